"""The three plug-in shapes: a source, an exporter, a speech engine.

A plug-in is any class that fits; there is nothing to inherit. Its options are its
fields, so a frozen dataclass is the usual form. It is announced by an entry point in the
group ``newsexport.sources``, ``newsexport.exporters`` or ``newsexport.engines``; the
built-in ones come by the same road. `docs/extending.md` walks through one of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from enum import StrEnum
from os.path import splitext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, assert_never, runtime_checkable

from newsexport.errors import SourceError
from newsexport.job import Job, Work
from newsexport.model import Article, Edition, Origin

if TYPE_CHECKING:  # most runs do not speak
    from newsexport.speech import OfferedVoice, Speech, Utterance, Voice


@dataclass(frozen=True, slots=True)
class Resource:
    """Bytes and where they came from.

    `reference` is the path or address as the user would recognise it, ``-`` for standard
    input; `section` is the name the place gives (a sub-folder, a category of a list),
    empty when it gives none. `media_type` is what a server declared, parameters and all;
    `address` where the bytes were found after every redirect. Both are empty for files.
    `before` is how many messages, or lines of a table, of the same file came in earlier resources.
    `place` is whose records they are that are kept at a place of the user's, each with its ``id`` there;
    nothing that was fetched or lies in a file can say so of itself. `kept_as` is the id of a resource that is
    kept there as a whole.
    """

    reference: str
    data: bytes = field(repr=False)
    section: str = ""
    media_type: str = ""
    address: str = ""
    before: int = 0
    place: str = ""
    kept_as: str = ""

    @property
    def suffix(self) -> str:
        """The file suffix in lower case with its dot, or nothing; of ``a.html.gz`` the first."""
        name = self.reference.lower().removesuffix(".gz")
        return splitext(name)[1]  # noqa: PTH122 - asked often; a Path takes ten times as long


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to read that lies elsewhere, and what the list it stands in says of it.

    `article` holds what is known: a title, a date, a section, perhaps a teaser for a body.
    `chosen` when the user saved this very address; what following a feed leads to is not,
    and there robots.txt is asked. `many` when it leads to a list of articles (a feed), not
    to one.
    """

    address: str
    article: Article
    chosen: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Continued:
    """The first part of an article whose rest stands on another page, at `address`."""

    article: Article
    address: str


Item: TypeAlias = Article | Entry | Continued | SourceError


def kept_at(item: Item, origin: Origin) -> Item:
    """The item, kept there; a list of articles is none itself."""
    match item:
        case Article():
            return replace(item, origin=origin)
        case Entry(article=article, many=False) | Continued(article=article):
            return replace(item, article=replace(article, origin=origin))
        case Entry() | SourceError():
            return item
        case _:
            assert_never(item)


class Source(Protocol):
    """Turns the bytes of one kind of resource into articles.

    A source opens no file and no network. The `media` of a figure is therefore the target
    of the picture: an address, a path relative to the reference, a ``data:`` URI, or the
    name of a raw `Media` that the source put into the article. Whoever reads the article
    gets the picture and makes it fit. A source whose parser may hang or swell on hostile
    bytes says so with ``isolated = True``, and is run in a process that can be killed. One
    that may be run in several processes when there is much to read says ``parallel = True``.
    """

    def accepts(self, resource: Resource) -> float:
        """How sure this source is that the resource is its own: 0 is no, 1 is certain."""
        ...

    def read(self, resource: Resource) -> Iterator[Item]:
        """What is there, in order.

        A part that cannot be read (a row, a member of an archive) is a `SourceError` that
        is yielded among the others; one that is raised is the end of the resource.
        """
        ...


@runtime_checkable
class ReadsInPortions(Protocol):
    """A source of files with many records, which need not be in memory at once."""

    def portions(
        self, beginning: Resource, lines: Iterator[bytes]
    ) -> Iterator[Resource | SourceError] | None:
        """Resources of about a megabyte that together are the file; None for one that is read whole.

        `lines` are those of the whole file with their ends, of which `beginning` has the first megabyte.
        """
        ...


class Kind(StrEnum):
    """What is hoped for at an address."""

    PAGE = "page"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Request:
    """An address to be fetched, and how.

    `kind` decides what is asked for and how much is taken at most. `referer` is the page
    it was found on. `crawled` when no person chose the address, so that robots.txt decides.
    """

    address: str
    kind: Kind = Kind.PAGE
    referer: str = ""
    crawled: bool = False


class Web(Protocol):
    """Whatever fetches addresses: the guarded client, or nothing at all."""

    def fetch(self, request: Request) -> Future[Resource]:
        """The bytes, sooner or later. The future raises `SourceError` with the reason."""
        ...


@runtime_checkable
class ReadsEditions(Protocol):
    """A source whose resources are whole editions, with a title and a date of their own."""

    def edition(self, resource: Resource) -> Edition:
        """The edition as it was saved. Raises `SourceError`."""
        ...


@runtime_checkable
class NamesExports(Protocol):
    """A source whose resources may be exports of a service, after which an edition of one is called."""

    def service(self, resource: Resource) -> str:
        """The name of the service; empty where it cannot be told. Looks at little, and parses nothing."""
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


@runtime_checkable
class NamesSuffixes(Protocol):
    """An exporter that makes files of several kinds, each known by how its name ends.

    Tell them as an attribute of the class, so that a name can be held against it before one is made. What
    does not tell them makes files of its one `suffix`.
    """

    @property
    def suffixes(self) -> Mapping[str, Mapping[str, object]]:
        """Every end of a name, in small letters with its dot, and to each the options that make it.

        Several values of an option that make it stand in a tuple, first that which is meant unless told.
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
class NamesParts(Protocol):
    """An exporter whose file names others beside it that it made together with it."""

    def parts_of(self, finished: Path) -> Sequence[Path]:
        """The parts of a file that it may have made; none where it did not, or cannot be sure."""
        ...


@runtime_checkable
class NamesCompanions(Protocol):
    """An exporter that puts other files beside its own, under the same name."""

    @property
    def companions(self) -> Sequence[str]:
        """How the names of those files end, each with its dot."""
        ...


@runtime_checkable
class SpeaksMany(Protocol):
    """An engine that speaks several utterances side by side, because it waits for each."""

    def say_many(self, utterances: Sequence[Utterance]) -> Iterator[Speech]:
        """The speech of each, in order. Raises `SpeechError`.

        Passages call this side by side too: the engine bounds what is asked of its service
        at once over all of them.
        """
        ...


@runtime_checkable
class HasVoices(Protocol):
    """An engine that can list its voices."""

    def voices(self) -> Sequence[Voice]:
        """Every voice that `voice=` takes, in order of language."""
        ...


@runtime_checkable
class OffersVoices(Protocol):
    """An engine with voices that can be fetched into its folder, where it finds them from then on."""

    @property
    def home(self) -> Path:
        """The folder in which it looks for the files of voices."""
        ...

    def offered(self, read: Callable[[str], bytes], wanted: str) -> Sequence[OfferedVoice]:
        """The voices that can be had under a name or for a language, in order of language, the best first.

        `read` fetches a catalogue, or what else is small.

        Raises `SpeechError`, and what `read` raises.
        """
        ...


@runtime_checkable
class TellsSpeaker(Protocol):
    """An engine that tells who is heard, and who gets the text for that."""

    @property
    def destination(self) -> str:
        """Who is sent the text, such as ``Google`` or a host; nothing where it stays on this machine."""
        ...

    def speaker(self, language: str) -> str:
        """Who speaks a language, as listeners are told: a voice, or whose it is."""
        ...


@runtime_checkable
class Auditions(Protocol):
    """An engine that lists its voices, and that ``auto`` may choose for their languages.

    Of those that are ready, the one with the best voice for a language speaks it; of equals one whose
    voice is offline, and then the faster.
    """

    @property
    def speedup(self) -> float:
        """Seconds of speech that it makes in one, about, on a core of an ordinary machine."""
        ...

    def voices(self) -> Sequence[Voice]:
        """As for `HasVoices`."""
        ...


@runtime_checkable
class ChecksReadiness(Protocol):
    """An engine or an exporter that may turn out not to be usable here and now.

    An exporter looks at the files that its options name. It is asked before anything is read or fetched.
    """

    def check(self) -> None:
        """Return when it can work; raise `SpeechError` or `UsageError` with the reason when it cannot."""
        ...
