"""The three plug-in shapes: a source, an exporter, a speech engine.

A plug-in is any class that fits; there is nothing to inherit. Its options are its
fields, so a frozen dataclass is the usual form. It is announced by an entry point in the
group ``newsexport.sources``, ``newsexport.exporters`` or ``newsexport.engines``; the
built-in ones come by the same road. `docs/extending.md` walks through one of each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from os.path import splitext
from pathlib import Path
from typing import Protocol, runtime_checkable

from newsexport.job import Job, Work
from newsexport.model import Article, Edition
from newsexport.speech import Speech, Utterance, Voice


@dataclass(frozen=True, slots=True)
class Resource:
    """Bytes and where they came from.

    `reference` is the path or address as the user would recognise it, ``-`` for standard
    input; `section` is the name the place gives (a sub-folder), empty when it gives none.
    """

    reference: str
    data: bytes = field(repr=False)
    section: str = ""

    @property
    def suffix(self) -> str:
        """The file suffix in lower case with its dot, or nothing."""
        return splitext(self.reference)[1].lower()  # noqa: PTH122 - asked often; a Path takes ten times as long


class Fetch(Protocol):
    """Gets what a resource refers to (a picture beside an article).

    `target` is taken as relative to the reference of `resource`. Raises `SourceError`.
    """

    def __call__(self, target: str, resource: Resource, /) -> bytes:
        """The bytes of what is referred to."""
        ...


class Source(Protocol):
    """Turns the bytes of one kind of resource into articles."""

    def accepts(self, resource: Resource) -> float:
        """How sure this source is that the resource is its own: 0 is no, 1 is certain."""
        ...

    def read(self, resource: Resource, fetch: Fetch) -> Iterator[Article]:
        """The articles, in order. Raises `SourceError` naming the reference."""
        ...


@runtime_checkable
class ReadsEditions(Protocol):
    """A source whose resources are whole editions, with a title and a date of their own."""

    def edition(self, resource: Resource) -> Edition:
        """The edition as it was saved. Raises `SourceError`."""
        ...


class Exporter(Protocol):
    """Turns an edition into one file."""

    @property
    def suffix(self) -> str:
        """The suffix of the file it makes, with the dot."""
        ...

    def write(self, edition: Edition, target: Path, job: Job) -> None:
        """Make the file at `target`.

        `target` lies in a private folder whose every file is published, under its own
        name, when this returns; on an error nothing is. A companion of the file (a
        chapter list, a transcript) is therefore written beside it. What had to be left
        out is told with ``job.report(Lost(...))``. Raises `ExportError`.
        """
        ...


class SpeechEngine(Protocol):
    """Says one utterance at a time.

    What an utterance sounds like must depend on nothing but the utterance and the
    engine's own fields: narration runs in parallel and is remembered.
    """

    @property
    def rate(self) -> int:
        """Samples a second, one of the rates an MP3 can have (16000, 22050, 24000, 32000, 44100, 48000)."""
        ...

    @property
    def version(self) -> str:
        """Changes when the same utterance may sound different, so that nothing stale is reused."""
        ...

    @property
    def work(self) -> Work:
        """Whether it computes (give it processes) or waits for a network (give it threads)."""
        ...

    def say(self, utterance: Utterance) -> Speech:
        """Speak. Raises `SpeechError`."""
        ...


@runtime_checkable
class HasVoices(Protocol):
    """An engine that can list its voices."""

    def voices(self) -> Sequence[Voice]:
        """Every voice that `voice=` takes, in order of language."""
        ...


@runtime_checkable
class ChecksReadiness(Protocol):
    """An engine that may turn out not to be usable here and now."""

    def check(self) -> None:
        """Return when it can speak, raise `SpeechError` with the reason when it cannot."""
        ...
