"""Bytes to articles by whichever source is surest, where they can do no harm."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from typing import TypeVar, assert_never

from newsexport import plugins
from newsexport.errors import NewsExportError, SourceError
from newsexport.job import Inline
from newsexport.model import Article
from newsexport.protocols import Continued, Entry, Item, Resource, Source

K = TypeVar("K")

# Resources that may be parsed at a time, or be parsed and wait for their turn.
AHEAD = 16


@dataclass(frozen=True, slots=True)
class Readers:
    """The sources, and where those run that parse what nobody vouches for."""

    sources: Sequence[Source]
    isolated: Executor = field(default_factory=Inline)

    @classmethod
    def installed(cls, isolated: Executor) -> Readers:
        """One of each source there is, with its default options."""
        return cls([make() for make in plugins.sources.values()], isolated)

    def of(self, resource: Resource) -> Source:
        """The source that is surest of the resource. Raises `SourceError` when none reads it."""
        sureness, surest = max(
            ((source.accepts(resource), source) for source in self.sources), key=lambda choice: choice[0]
        )
        if sureness <= 0:
            raise SourceError(resource.reference, "no source reads this kind of file")
        return surest

    def read(self, resource: Resource, *, elsewhere: bool = False) -> Future[tuple[Item, ...]]:
        """What the resource holds, sooner or later. The future raises `SourceError`.

        Sources that may do so read `elsewhere`, others where they must.
        """
        try:
            source = self.of(resource)
        except SourceError as error:
            refused: Future[tuple[Item, ...]] = Future()
            refused.set_exception(error)
            return refused
        away = getattr(source, "isolated", False) or (elsewhere and getattr(source, "parallel", False))
        return (self.isolated if away else Inline()).submit(read_whole, source, resource)

    def read_each(
        self, resources: Iterable[tuple[K, Resource]], *, much: bool = False
    ) -> Iterator[tuple[K, tuple[Item, ...]]]:
        """What each resource holds, in order; one that cannot be read holds its `SourceError`.

        When there is `much` to read it is read in several processes, where sources allow it.
        """
        pending: deque[tuple[K, Resource, Future[tuple[Item, ...]]]] = deque()
        for key, resource in resources:
            pending.append((key, resource, self.read(resource, elsewhere=much)))
            if len(pending) >= AHEAD:
                yield self._settled(*pending.popleft())
        while pending:
            yield self._settled(*pending.popleft())

    def _settled(
        self, key: K, resource: Resource, future: Future[tuple[Item, ...]]
    ) -> tuple[K, tuple[Item, ...]]:
        try:
            return key, future.result()
        except SourceError as error:
            return key, (error,)
        except NewsExportError as error:  # the process it was read in did not survive it
            if not getattr(self.of(resource), "isolated", False):
                return self._settled(key, resource, self.read(resource))
            return key, (SourceError(resource.reference, str(error)),)


def read_whole(source: Source, resource: Resource) -> tuple[Item, ...]:
    """Everything a source finds, up to the error that ends it; each under the section of its place."""
    items: list[Item] = []
    try:
        items.extend(placed(item, resource.section) for item in source.read(resource))
    except SourceError as error:
        items.append(error)
    return tuple(items)


def placed(item: Item, section: str) -> Item:
    """The item under a section, if it names none itself."""
    match item:
        case Article():
            return _placed(item, section)
        case Entry(article=article) | Continued(article=article):
            return replace(item, article=_placed(article, section))
        case SourceError():
            return item
        case _:
            assert_never(item)


def _placed(article: Article, section: str) -> Article:
    return replace(article, section=section) if section and not article.section else article
