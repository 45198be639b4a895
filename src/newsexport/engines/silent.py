"""The right amount of nothing: for dry runs, tests and demonstrations."""

from dataclasses import dataclass

from newsexport.job import Work
from newsexport.speech import Speech, Utterance

# A newsreader's 160 words a minute at six characters a word, spaces counted.
CHARACTERS_PER_SECOND = 16


@dataclass(frozen=True, slots=True)
class SilentEngine:
    """Says nothing for as long as a voice would take to say it."""

    voice: str = ""
    speed: float = 1.0
    rate: int = 22050

    @property
    def version(self) -> str:
        """Silence does not change."""
        return "1"

    @property
    def work(self) -> Work:
        """Encoding silence still takes a processor."""
        return Work.COMPUTE

    def say(self, utterance: Utterance) -> Speech:
        """Silence in proportion to the characters that would be spoken."""
        samples = round(len(utterance.spoken) * self.rate / CHARACTERS_PER_SECOND / self.speed)
        return Speech(bytes(2 * samples))
