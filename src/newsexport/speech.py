"""The words between narration and engines: what is asked for, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from spokenform import Pronunciation

__all__ = [
    "MANY",
    "VOICES_VARIABLE",
    "Gender",
    "OfferedVoice",
    "Pronunciation",
    "Quality",
    "Role",
    "Speech",
    "Utterance",
    "Voice",
    "VoiceFile",
    "WordMark",
]


class Role(StrEnum):
    """Who is speaking; an engine with several voices may tell them apart."""

    ANNOUNCER = "announcer"
    READER = "reader"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to say in one breath, usually a sentence.

    `printed` is the text as it stands in the article, `spoken` as it is to be said.
    `pause` is the silence after it in seconds. `pronunciations` are in order and do not
    overlap.
    """

    printed: str
    spoken: str
    language: str
    role: Role = Role.READER
    pause: float = 0.0
    pronunciations: tuple[Pronunciation, ...] = ()


@dataclass(frozen=True, slots=True)
class WordMark:
    """Where a word begins: its offset and length in the spoken text, and the sample."""

    offset: int
    length: int
    sample: int

    def numbers(self) -> tuple[int, int, int]:
        """As they are kept; `dataclasses.astuple` copies deeply, which takes forty times as long."""
        return self.offset, self.length, self.sample

    def later(self, samples: int) -> WordMark:
        """The same word that many samples later; `dataclasses.replace` takes three times as long."""
        return WordMark(self.offset, self.length, self.sample + samples)


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine returns: mono, 16-bit little-endian PCM at the engine's rate."""

    pcm: bytes = field(repr=False)
    words: tuple[WordMark, ...] = ()


class Gender(StrEnum):
    """How a voice is heard, where that is known."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = ""


class Quality(IntEnum):
    """How near a voice comes to a person's; the best is the greatest."""

    UNKNOWN = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


# Where voices lie that were fetched: a folder, with one for each engine in it.
VOICES_VARIABLE = "NEWSEXPORT_VOICES"

# The language of a voice that speaks many (ISO 639-2).
MANY = "mul"


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that can be asked for by `name`.

    `language` is a BCP 47 tag, `MANY` for one that speaks whatever it is given. `offline`
    when nothing leaves the machine.
    """

    name: str
    language: str
    title: str
    offline: bool
    gender: Gender = Gender.UNKNOWN
    quality: Quality = Quality.UNKNOWN


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A file of a voice: where it is had, its `size` in bytes, and its hash, such as ``sha256:5f70…``."""

    name: str
    address: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class OfferedVoice:
    """A voice that can be fetched, under a `licence`; `rate` is in samples a second.

    `memory` is about how many bytes a process takes that speaks with it, 0 where that is nothing to speak of.
    """

    voice: Voice
    licence: str
    rate: int
    files: tuple[VoiceFile, ...]
    memory: int = 0

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)
