"""Record a script in parallel and join the recordings in order."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import BinaryIO

from newsexport.errors import SpeechError
from newsexport.events import Advanced, Finished, Lost, Noted, Started
from newsexport.job import Job, Work, damage, forget
from newsexport.model import Edition, plain_blocks
from newsexport.narration.casting import Cast
from newsexport.narration.orders import Recording, RecordingJob, Studio, record
from newsexport.narration.pieces import joined, pieces
from newsexport.narration.script import Passage
from newsexport.narration.timeline import Placed
from newsexport.text.counting import counted

SPEAKING = "speaking"

# Passages refused one after another that mean the engine is gone, not an odd sentence.
GIVEN_UP_AFTER = 3

LOST = "the process that was to speak it was killed, twice; perhaps for want of memory"


@dataclass(frozen=True, slots=True)
class Take:
    """A passage, what became of it, and whose voice it is in, as listeners are told."""

    passage: Passage
    result: Recording | SpeechError
    voice: str = ""


def narrate(
    passages: Iterable[Passage],
    studio: Studio,
    job: Job,
    sink: BinaryIO,
    total: int | None = None,
    cast: Cast | None = None,
) -> list[Placed]:
    """Write the frames of every passage to `sink`, in order, and say where they lie.

    Passages are taken as they are needed, so the first is spoken while the last is not yet
    thought of; `total` is how many printed characters they will have, as far as is known.
    Each is spoken by whom the `cast` has for it, or else by the engine of the studio; what an
    engine that is gone refuses, by who stands in, an article whole. One of which any part
    cannot be spoken is left out whole and reported. What was recorded before is taken from
    the job's cache; what is recorded now goes there at once, and what is spoken into its
    segments, so a run that is stopped has lost at most the utterances it was at.

    Raises:
        SpeechError: the engine refuses several passages in a row, or every article.
    """
    job.report(Started(SPEAKING, total, "characters"))
    booth = _Booth(studio, job, cast)
    placed: list[Placed] = []
    refused: SpeechError | None = None
    for _, parts in groupby(booth.recorded(passages), key=lambda take: _belongs(take.passage)):
        takes = booth.retaken(list(parts))
        refusals = [(one.passage, one.result) for one in takes if isinstance(one.result, SpeechError)]
        booth.give_up_after(takes)
        if refusals:  # an article is heard whole or not at all
            job.report(_loss(*refusals[-1]))
            refused = refusals[-1][1]
        else:
            placed += (_placed(one, one.result, sink) for one in takes if isinstance(one.result, Recording))
    job.report(Finished(SPEAKING))
    _tell_damage(job)
    booth.tell_who_spoke(placed)
    if refused is not None and not any(one.passage.article for one in placed):
        raise refused
    return placed


def _placed(take: Take, recording: Recording, sink: BinaryIO) -> Placed:
    sink.write(recording.frames)
    spans, words = recording.spans, recording.words
    return Placed(take.passage, recording.length, spans, words, len(recording.frames), take.voice)


def who_spoke(placed: Sequence[Placed]) -> str:
    """How many articles each voice has spoken: ``spoken by Google: 3 articles; by espeak: 12``."""
    voices = {id(one.passage.article): one.voice for one in placed if one.passage.article}
    counts = [f"{voice}: {counted(count, 'article')}" for voice, count in Counter(voices.values()).items()]
    return f"spoken by {'; by '.join(counts)}"


def expected(edition: Edition) -> int:
    """About how many printed characters of an edition are spoken."""
    return sum(
        len(article.title) + len(article.standfirst) + sum(map(len, plain_blocks(article.body)))
        for article in edition.articles()
    )


def _belongs(passage: Passage) -> object:
    """What the passages of one article have in common, and no others."""
    return id(passage.article or passage)  # two articles may be equal


@dataclass
class _Booth:
    """Where passages are recorded: side by side, and again where the voice has to change."""

    studio: Studio
    job: Job
    cast: Cast | None
    remembered: set[str] = field(default_factory=set)
    refused_in_a_row: int = 0

    def recorded(self, passages: Iterable[Passage]) -> Iterator[Take]:
        """A take of every passage, in order, as it comes."""
        return self._takes(passages, (), self._advanced)

    def retaken(self, takes: list[Take]) -> list[Take]:
        """The takes of an article; all of them anew with another voice, where its own is gone."""
        without: set[str] = set()
        while self.cast is not None:
            refusal = next(
                ((one.passage, one.result) for one in takes if isinstance(one.result, SpeechError)), None
            )
            new = self.cast.stands_in(refusal[1], refusal[0]) - without if refusal else set()
            if not new:
                break
            without |= new
            try:
                takes = list(self._takes([one.passage for one in takes], frozenset(without)))
            except SpeechError:  # nobody is left
                break
        return takes

    def tell_who_spoke(self, placed: Sequence[Placed]) -> None:
        """Say it at the end, where it was not all as it was told at the beginning."""
        if self.cast is not None and self.cast.handed_over:
            self.job.report(Noted(who_spoke(placed)))

    def give_up_after(self, takes: Iterable[Take]) -> None:
        """Raise the `SpeechError` of the last passage when there were too many before it."""
        for one in takes:
            self.refused_in_a_row = self.refused_in_a_row + 1 if isinstance(one.result, SpeechError) else 0
            if self.refused_in_a_row == GIVEN_UP_AFTER and isinstance(one.result, SpeechError):
                raise one.result

    def _takes(
        self,
        passages: Iterable[Passage],
        without: Collection[str],
        told: Callable[[RecordingJob], None] = forget,
    ) -> Iterator[Take]:
        """A take of every passage, in order; its pieces are recorded side by side, `told` as each comes."""
        waiting: deque[tuple[Passage, list[RecordingJob], str]] = deque()

        def orders() -> Iterator[RecordingJob]:
            for passage in passages:
                engine = self.cast.engine(passage, without) if self.cast else self.studio.engine
                voice = self.cast.voice(passage, without) if self.cast else ""
                studio = replace(self.studio, engine=engine)
                parts = [
                    RecordingJob(studio, piece, passage.sound, self.job.segments)
                    for piece in pieces(passage.utterances, engine.work)
                ]
                waiting.append((passage, parts, voice))
                yield from parts

        came: list[Recording | SpeechError] = []
        for result in self.job.each(record, orders(), _work, self._recall, _lost):
            passage, parts, voice = waiting[0]
            order = parts[len(came)]
            came.append(result)
            if isinstance(result, Recording):
                self._keep(order, result)
            told(order)
            if len(came) == len(parts):
                waiting.popleft()
                yield self._take(passage, came, voice)
                came = []

    def _take(self, passage: Passage, came: Sequence[Recording | SpeechError], voice: str) -> Take:
        """What became of a passage: its pieces joined, or why one of them was refused."""
        heard = [one for one in came if isinstance(one, Recording)]
        refused = next((one for one in came if isinstance(one, SpeechError)), None)
        if refused is not None:
            return Take(passage, refused, voice)
        if self.cast:
            self.cast.answered(passage)
        return Take(passage, joined(heard), voice)

    def _advanced(self, order: RecordingJob) -> None:
        printed = sum(len(one.printed) for one in order.utterances)
        self.job.report(Advanced(SPEAKING, printed, remembered=order.key in self.remembered))

    def _recall(self, order: RecordingJob) -> Recording | None:
        data = self.job.cache.get(order.key)
        if data is None:
            return None
        self.remembered.add(order.key)
        return Recording.from_bytes(data)

    def _keep(self, order: RecordingJob, result: Recording) -> None:
        damage(self.job.segments).update(result.damaged)
        if order.key not in self.remembered:
            self.job.cache.put(order.key, result.to_bytes())


def _lost(order: RecordingJob) -> SpeechError:
    return SpeechError(type(order.studio.engine).__name__, LOST)


def _work(order: RecordingJob) -> Work:
    return order.studio.engine.work


def size(passage: Passage) -> int:
    """Printed characters, which the time it takes is proportional to."""
    return sum(len(utterance.printed) for utterance in passage.utterances)


def _tell_damage(job: Job) -> None:
    """Say once what was not as it had been kept; what depended on it was made again."""
    found = damage(job.cache) | damage(job.segments)
    if found:
        entries = counted(len(found), "damaged entry", "damaged entries")
        job.report(Noted(f"{entries} of the cache {'was' if len(found) == 1 else 'were'} made anew"))
    for cache in (job.cache, job.segments):
        damage(cache).clear()


def _loss(passage: Passage, refused: SpeechError) -> Lost:
    subject = passage.article
    if subject is not None:
        return Lost(subject.reference or subject.title, str(refused))
    return Lost("an announcement", str(refused), whole=False)
