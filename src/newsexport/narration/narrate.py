"""Record a script in parallel and join the recordings in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from newsexport.errors import SpeechError
from newsexport.events import Advanced, Finished, Lost, Noted, Started
from newsexport.job import Job, damage
from newsexport.model import Article, Edition, plain_blocks
from newsexport.narration.recording import Recording, RecordingJob, Studio, record
from newsexport.narration.script import Passage
from newsexport.narration.timeline import Placed
from newsexport.text.counting import counted

SPEAKING = "speaking"

# Passages refused one after another that mean the engine is gone, not an odd sentence.
GIVEN_UP_AFTER = 3

LOST = "the process that was to speak it was killed, twice; perhaps for want of memory"


def narrate(
    passages: Iterable[Passage], studio: Studio, job: Job, sink: BinaryIO, total: int | None = None
) -> list[Placed]:
    """Write the frames of every passage to `sink`, in order, and say where they lie.

    Passages are taken as they are needed, so the first is spoken while the last is not yet
    thought of; `total` is how many printed characters they will have, as far as is known.
    An article of which any part cannot be spoken is left out whole and reported. What was
    recorded before is taken from the job's cache; what is recorded now goes there at once,
    and what is spoken into its segments, so a run that is stopped has lost at most the
    utterances it was at.

    Raises:
        SpeechError: the engine refuses several passages in a row, or every article.
    """
    job.report(Started(SPEAKING, total, "characters"))
    placed: list[Placed] = []
    refused: SpeechError | None = None
    for _, parts in groupby(_recorded(passages, studio, job), key=lambda pair: _belongs(pair[0])):
        begin, before = sink.tell(), len(placed)
        refusals: list[tuple[Passage, SpeechError]] = []
        for passage, result in parts:
            match result:
                case Recording(frames, length, spans, words):
                    sink.write(frames)
                    placed.append(Placed(passage, length, spans, words, len(frames)))
                case SpeechError():
                    refusals.append((passage, result))
        if refusals:
            # An article is heard whole or not at all: what was written of it is taken back.
            sink.truncate(sink.seek(begin))
            del placed[before:]
            passage, refused = refusals[-1]
            job.report(_loss(passage.article, refused))
    job.report(Finished(SPEAKING))
    _tell_damage(job)
    if refused is not None and not any(one.passage.article for one in placed):
        raise refused
    return placed


def expected(edition: Edition) -> int:
    """About how many printed characters of an edition are spoken."""
    return sum(
        len(article.title) + len(article.standfirst) + sum(map(len, plain_blocks(article.body)))
        for article in edition.articles()
    )


def _belongs(passage: Passage) -> object:
    """What the passages of one article have in common, and no others."""
    return id(passage.article or passage)  # two articles may be equal


def _recorded(
    passages: Iterable[Passage], studio: Studio, job: Job
) -> Iterator[tuple[Passage, Recording | SpeechError]]:
    waiting: deque[tuple[Passage, RecordingJob]] = deque()
    remembered: set[str] = set()

    def orders() -> Iterator[RecordingJob]:
        for passage in passages:
            order = RecordingJob(studio, passage.utterances, passage.sound, job.segments)
            waiting.append((passage, order))
            yield order

    def recall(order: RecordingJob) -> Recording | None:
        data = job.cache.get(order.key)
        if data is None:
            return None
        remembered.add(order.key)
        return Recording.from_bytes(data)

    def lost(order: RecordingJob) -> SpeechError:
        return SpeechError(type(order.studio.engine).__name__, LOST)

    refusals = 0
    for result in job.each(record, orders(), studio.engine.work, recall, lost):
        passage, order = waiting.popleft()
        job.report(Advanced(SPEAKING, size(passage), remembered=order.key in remembered))
        if isinstance(result, SpeechError):
            refusals += 1
            if refusals == GIVEN_UP_AFTER:
                raise result
        else:
            refusals = 0
            damage(job.segments).update(result.damaged)
            if order.key not in remembered:
                job.cache.put(order.key, result.to_bytes())
        yield passage, result


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


def _loss(subject: Article | None, refused: SpeechError) -> Lost:
    if subject is not None:
        return Lost(subject.reference or subject.title, str(refused))
    return Lost("an announcement", str(refused), whole=False)
