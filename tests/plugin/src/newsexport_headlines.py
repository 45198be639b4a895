"""A plug-in of each kind, as small as they can be: what `docs/extending.md` walks through."""

import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsexport.job import Job, Work
from newsexport.model import Article, Edition, Paragraph, Span
from newsexport.protocols import Resource
from newsexport.speech import Speech, Utterance


@dataclass(frozen=True)
class HeadlinesExporter:
    """Every headline on a line of its own, after `bullet`."""

    bullet: str = "-"

    @property
    def suffix(self) -> str:
        return ".headlines.txt"

    def write(self, edition: Edition, target: Path, job: Job) -> None:
        lines = [f"{self.bullet} {article.title}\n" for article in edition.articles()]
        target.write_text("".join(lines), encoding="utf-8")


@dataclass(frozen=True)
class LinesSource:
    """A file ``*.lines``: each line is an article, ``headline | text``."""

    def accepts(self, resource: Resource) -> float:
        return 1.0 if resource.suffix == ".lines" else 0.0

    def read(self, resource: Resource) -> Iterator[Article]:
        for line in resource.data.decode("utf-8").splitlines():
            title, _, text = line.partition(" | ")
            yield Article(title, (Paragraph((Span(text),)),), reference=resource.reference)


@dataclass(frozen=True)
class BeepEngine:
    """A tone for every utterance, as long as the utterance would be."""

    voice: str = ""
    speed: float = 1.0
    rate: int = 16000
    version: str = "1"
    work: Work = Work.COMPUTE

    def say(self, utterance: Utterance) -> Speech:
        samples = round(len(utterance.spoken) / 15 / self.speed * self.rate)
        wave = (round(8000 * math.sin(at * 440 * math.tau / self.rate)) for at in range(samples))
        return Speech(array("h", wave).tobytes())
