"""Record a script in parallel and join the recordings in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

from newsexport.errors import SpeechError
from newsexport.events import Advanced, Finished, Lost, Started
from newsexport.job import Job
from newsexport.model import Article
from newsexport.narration.recording import Order, Recording, Studio, record
from newsexport.narration.script import Passage
from newsexport.narration.timeline import Placed

SPEAKING = "speaking"

# Passages refused one after another that mean the engine is gone, not an odd sentence.
GIVEN_UP_AFTER = 3


def narrate(passages: Sequence[Passage], studio: Studio, job: Job, sink: BinaryIO) -> list[Placed]:
    """Write the frames of every passage to `sink`, in order, and say where they lie.

    An article of which any part cannot be spoken is left out whole and reported. What was
    recorded before is taken from the job's cache; what is recorded now goes there at once,
    so a run that is stopped has lost at most the passages it was at.

    Raises:
        SpeechError: the engine refuses several passages in a row, or every article.
    """
    job.report(Started(SPEAKING, sum(map(_size, passages)), "characters"))
    placed: list[Placed] = []
    refused: SpeechError | None = None
    recorded = zip(passages, _recorded(passages, studio, job), strict=True)
    for article, parts in groupby(recorded, key=lambda pair: pair[0].article or pair[0]):
        begin, before = sink.tell(), len(placed)
        refusals: list[SpeechError] = []
        for passage, result in parts:
            match result:
                case Recording(frames, length, spans):
                    sink.write(frames)
                    placed.append(Placed(passage, length, spans))
                case SpeechError():
                    refusals.append(result)
        if refusals:
            # An article is heard whole or not at all: what was written of it is taken back.
            sink.truncate(sink.seek(begin))
            del placed[before:]
            refused = refusals[-1]
            job.report(_loss(article, refused))
    job.report(Finished(SPEAKING))
    if refused is not None and not any(one.passage.article for one in placed):
        raise refused
    return placed


def _recorded(passages: Iterable[Passage], studio: Studio, job: Job) -> Iterator[Recording | SpeechError]:
    orders = [Order(studio, passage.utterances) for passage in passages]
    remembered: set[str] = set()

    def recall(order: Order) -> Recording | None:
        data = job.cache.get(order.key())
        if data is None:
            return None
        remembered.add(order.key())
        return Recording.from_bytes(data)

    refusals = 0
    results = job.each(record, orders, studio.engine.work, recall)
    for order, passage, result in zip(orders, passages, results, strict=True):
        job.report(Advanced(SPEAKING, _size(passage)))
        if isinstance(result, SpeechError):
            refusals += 1
            if refusals == GIVEN_UP_AFTER:
                raise result
        else:
            refusals = 0
            if order.key() not in remembered:
                job.cache.put(order.key(), result.to_bytes())
        yield result


def _size(passage: Passage) -> int:
    """Characters to be spoken, which the time it takes is proportional to."""
    return sum(len(utterance.spoken) for utterance in passage.utterances)


def _loss(subject: object, refused: SpeechError) -> Lost:
    if isinstance(subject, Article):
        return Lost(subject.reference or subject.title, str(refused))
    return Lost("an announcement", str(refused), whole=False)
