"""Bytes to articles by whichever source is surest, where they can do no harm."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, is_dataclass, replace
from operator import is_
from typing import Any, TypeAlias, TypeVar, assert_never

from newsexport import plugins
from newsexport.collecting.deduplicate import sampled
from newsexport.errors import NewsExportError, SourceError
from newsexport.events import Omitted, noticed
from newsexport.job import Inline
from newsexport.model import Article, Origin, Span, looked_over
from newsexport.plugins import surest
from newsexport.protocols import Continued, Entry, Item, Resource, Source, kept_at
from newsexport.shelf import recalled
from newsexport.text.plaintext import storable
from newsexport.work.containment import contained, lost_alone
from newsexport.work.isolation import Timed, WorkLostError

# The door of the model: whatever a source found passes here, and is valid afterwards.
#
# Half a surrogate pair from a JSON escape, a NUL from a header, a noncharacter from a
# table of entities: no format that is made can hold them, and each would stop another
# exporter. They are taken out here, for all sources and all fields at once.

V = TypeVar("V")


def admitted(item: Item, section: str) -> Item:
    """The item with text that every format can hold, under a section if it names none itself."""
    match item:
        case Article():
            return _placed(valid(item), section)
        case Entry(article=article) | Continued(article=article):
            placed = _placed(valid(article), section)
            return replace(item, article=placed, address=storable(item.address))
        case SourceError():
            return SourceError(storable(item.subject), storable(item.reason))
        case _:
            assert_never(item)


def valid(value: V) -> V:
    """A value of the model with every text in it storable; the very same where all are."""
    return _valid(value)  # type: ignore[no-any-return]  # what comes out is of the kind that went in


def _valid(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value) if type(value) is str else value  # marks are words of ours
    if isinstance(value, tuple):
        mended = tuple(map(_valid, value))
        return value if all(map(is_, mended, value)) else mended
    if type(value) is Span and value.href is value.language is value.ruby is value.note is None:
        text = storable(value.text)
        return value if text is value.text else replace(value, text=text)
    return _valid_fields(value) if is_dataclass(value) else value


def _valid_fields(value: Any) -> Any:
    names: tuple[str, ...] = value.__slots__
    before = {name: getattr(value, name) for name in names}
    changed = {name: after for name, one in before.items() if (after := _valid(one)) is not one}
    return replace(value, **changed) if changed else value


def _placed(article: Article, section: str) -> Article:
    return replace(article, section=section) if section and not article.section else article


K = TypeVar("K")

# What came of reading: what is there, and what was left out.
Read: TypeAlias = Item | Omitted

# A resource under its key, and what is to read it.
Piece: TypeAlias = tuple[K, Resource, Source | SourceError]

# Resources, or runs of small ones, that may be parsed at a time, or be parsed and wait for their turn.
AHEAD = 16

AHEAD_BYTES = 64_000_000

# Bytes of what is read where nothing ends what takes too long or too much memory.
LARGEST_TRUSTED = 20_000_000

# Handing work to a process takes as long as a tenth of parsing an article, so small ones go together.
RUN = 12
SMALL = 100_000  # bytes


@dataclass(frozen=True, slots=True)
class Readers:
    """The sources, and where those run that parse what nobody vouches for, `ahead` runs at a time."""

    sources: Sequence[Source]
    isolated: Executor = field(default_factory=Inline)
    ahead: int = AHEAD

    @classmethod
    def installed(cls, isolated: Executor, ahead: int = AHEAD) -> Readers:
        """One of each source there is, with its default options."""
        return cls(list(plugins.sources.made({}).values()), isolated, ahead)

    def of(self, resource: Resource) -> Source:
        """The source that is surest of the resource. Raises `SourceError` when none reads it."""
        return surest(self.sources, resource)[0]

    def read_each(
        self, resources: Iterable[tuple[K, Resource]], *, much: bool = False
    ) -> Iterator[tuple[K, tuple[Read, ...]]]:
        """What each resource holds, in order; one that cannot be read holds its `SourceError`.

        When there is `much` to read it is read in several processes, where sources allow it.
        """
        pending: deque[tuple[list[Piece[K]], Future[list[tuple[Read, ...]]]]] = deque()
        size = 0
        for run in self._runs(resources, much=much):
            pending.append((run, self._begun(run, much=much)))
            size += _size(run)
            while len(pending) >= self.ahead or (size > AHEAD_BYTES and pending):
                size -= _size(pending[0][0])
                yield from self._settled(*pending.popleft())
        while pending:
            yield from self._settled(*pending.popleft())

    def _runs(self, resources: Iterable[tuple[K, Resource]], *, much: bool) -> Iterator[list[Piece[K]]]:
        """The resources one by one, or small ones that may leave this process together."""
        run: list[Piece[K]] = []
        for key, resource in resources:
            source = self._chosen(resource)
            together = much and len(resource.data) <= SMALL and _leaves(source, much=much)
            if run and (not together or len(run) == RUN):
                yield run
                run = []
            run.append((key, resource, source))
            if not together:
                yield run
                run = []
        if run:
            yield run

    def _chosen(self, resource: Resource) -> Source | SourceError:
        try:
            source = self.of(resource)
        except SourceError as error:
            from newsexport.sources.decoding import unread  # noqa: PLC0415 - most files are read

            return unread(error, resource.data)
        if len(resource.data) > LARGEST_TRUSTED and not getattr(source, "isolated", False):
            return SourceError(resource.reference, f"is larger than {LARGEST_TRUSTED // 1_000_000} MB")
        return source

    def _begun(self, run: list[Piece[K]], *, much: bool) -> Future[list[tuple[Read, ...]]]:
        work = [(source, resource) for _, resource, source in run]
        away = all(_leaves(source, much=much) for source, _ in work)
        return (self._with_time_for(run) if away else Inline()).submit(read_run, work)

    def _with_time_for(self, run: list[Piece[K]]) -> Executor:
        return self.isolated.with_time_for(_size(run)) if isinstance(self.isolated, Timed) else self.isolated

    def _settled(
        self, run: list[Piece[K]], future: Future[list[tuple[Read, ...]]]
    ) -> Iterator[tuple[K, tuple[Read, ...]]]:
        """Of a process that did not survive a run, its resources are read one by one."""
        (key, resource, source), *others = run
        try:
            with contained(lambda reason: SourceError(resource.reference, reason), quitting=True):
                read = future.result()
        except NewsExportError as error:
            trusted = not getattr(source, "isolated", False)
            if others or (trusted and isinstance(error, WorkLostError)):
                for piece in run:
                    yield from self._settled([piece], self._begun([piece], much=False))
            else:
                reason = error.reason if isinstance(error, SourceError) else str(error)
                yield key, (SourceError(resource.reference, reason),)
            return
        yield from zip((each for each, *_ in run), read, strict=True)


def _size(run: Iterable[Piece[K]]) -> int:
    return sum(len(resource.data) for _, resource, _ in run)


def _leaves(source: Source | SourceError, *, much: bool) -> bool:
    """Whether what the source reads is read in another process."""
    return bool(getattr(source, "isolated", False) or (much and getattr(source, "parallel", False)))


def read_run(work: Sequence[tuple[Source | SourceError, Resource]]) -> list[tuple[Read, ...]]:
    """Everything of each resource by its source; that none reads it, where there is none."""
    return [
        (source,) if isinstance(source, SourceError) else read_whole(source, resource)
        for source, resource in work
    ]


def read_whole(source: Source, resource: Resource) -> tuple[Read, ...]:
    """Everything a source finds, up to the error that ends it, whatever that is; each as the model takes it.

    Last comes what it left out. Only want of memory is raised: whoever runs this knows best
    how much there is.
    """
    items: list[Item] = []
    with noticed(resource.reference) as left_out:
        try:
            with lost_alone(resource.reference):
                items.extend(_known(admitted(item, resource.section)) for item in _kept(source, resource))
        except SourceError as error:
            if isinstance(error.__cause__, MemoryError):
                raise error.__cause__ from None
            items.append(admitted(error, ""))
    return (*items, *left_out)


def _known(item: Item) -> Item:
    """The item with what all that is found is asked for, which is found out here, beside other such work."""
    if not isinstance(item, Article):
        return item
    article = looked_over(item)
    recalled(sampled, article.body)
    return article


def _kept(source: Source, resource: Resource) -> Iterator[Item]:
    """What a source finds, with where it is kept."""
    origin = Origin(resource.place, resource.kept_as)
    for item in source.read(resource):
        yield kept_at(item, origin) if resource.kept_as else item
