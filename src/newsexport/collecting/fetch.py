"""From references to articles: files are read, lists opened, pages fetched and joined.

It goes in two steps, so that a choice can be made in between: `found` opens every list,
and knows each article at least by what its list says of it; `completed` fetches the
pages of those that are wanted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias, TypeGuard, assert_never
from urllib.parse import urlsplit

from newsexport.collecting.inputs import Lead
from newsexport.collecting.merge import as_listed, joined, merged
from newsexport.collecting.parse import Read, Readers
from newsexport.collecting.pictures import aside
from newsexport.errors import SourceError
from newsexport.events import Advanced, Finished, Folded, Lost, Omitted, Report, Started
from newsexport.model import Article
from newsexport.protocols import Continued, Entry, Item, Request, Resource, Web
from newsexport.shelf import TextShelf
from newsexport.sources.opening import unpacked
from newsexport.text.addresses import redacted, same_story_key

FETCHING = "fetching"
READING = "reading"

# A list of feeds leads to feeds, a feed to pages; nothing honest is deeper than this.
DEPTH = 4

# Pages asked for at a time, or here and waiting to be parsed. How many requests are really
# under way, and to whom, is the client's to decide.
AHEAD = 64

LONGEST_ARTICLE = 20  # pages

# Bytes of files that are read sooner than processes to read them would have started.
LITTLE = 1_000_000

# Articles after which it is asked which of them are wanted at all.
MANY = 1000

Find: TypeAlias = Article | Entry | Continued


@dataclass(frozen=True, slots=True)
class FetchContext:
    """What gathering is done with."""

    readers: Readers
    web: Web
    report: Report
    spool: Path | None = None
    shelf: TextShelf | None = None

    def found(self, leads: Iterable[Lead], wanted: Callable[[list[Find]], list[Find]] = list) -> list[Find]:
        """Every article that the leads lead to, in order, lists opened, pages not fetched.

        What cannot be read is reported as `Lost`. `wanted` is asked now and then which of what was found
        so far need not be kept, whatever else is found.
        """
        finds: list[Find] = []
        enough = MANY
        for find in self._read(leads):
            finds.append(find)
            if len(finds) >= enough:
                finds = _thinned(finds, wanted)
                enough = max(MANY, 2 * len(finds))
        for _ in range(DEPTH):
            lists = [find for find in finds if _is_list(find)]
            if not lists:
                break
            opened = self._opened(lists, "lists")
            finds = list(chain.from_iterable(next(opened) if _is_list(find) else (find,) for find in finds))
        return [find for find in finds if not self._is_too_deep(find)]

    def completed(self, finds: Sequence[Find]) -> Iterator[Article]:
        """The articles in full, in order; a page that cannot be had leaves what its list said."""
        pages = [find for find in finds if isinstance(find, Entry)]
        opened = self._opened(pages, "pages")
        for find in finds:
            match find:
                case Article():
                    yield find
                case Continued():
                    yield self._joined(find)
                case Entry():
                    came = next(opened)
                    kept_a_feed = find.chosen and any(isinstance(item, Entry) for item in came)
                    yield from self.completed(_crawled(came)) if kept_a_feed else self._articles(find, came)
                case _:
                    assert_never(find)

    def _read(self, leads: Iterable[Lead]) -> Iterator[Find]:
        """The files among the leads read, everything else as it is."""
        others: dict[int, Entry | SourceError | Omitted] = {}
        leads = iter(leads)
        first = _first(leads)

        def files() -> Iterator[tuple[int, Resource]]:
            for number, lead in enumerate(chain(first, leads)):
                if isinstance(lead, Resource):
                    yield number, lead
                else:
                    others[number] = lead

        self.report(Started(READING))
        following = 0
        for number, items in self.readers.read_each(files(), much=_size(first) > LITTLE):
            yield from self._kept(others[at] for at in range(following, number) if at in others)
            yield from self._kept(items)
            self.report(Advanced(READING))
            following = number + 1
        yield from self._kept(others[at] for at in sorted(others) if at >= following)
        self.report(Finished(READING))

    def _kept(self, items: Iterable[Read]) -> Iterator[Find]:
        for item in self._there(items):
            if isinstance(item, SourceError):
                self.report(Lost(item.subject, item.reason))
            else:
                yield aside(item, self.spool, self.shelf) if isinstance(item, Article) else item

    def _there(self, items: Iterable[Read]) -> list[Item]:
        """The items but for what was left out, which is told."""
        there: list[Item] = []
        for item in items:
            if isinstance(item, Omitted):
                self.report(item)
            else:
                there.append(item)
        return there

    def _opened(self, entries: Sequence[Entry], unit: str) -> Iterator[tuple[Find, ...]]:
        """What each entry leads to, in order. Each address is fetched once."""
        numbers: dict[str, int] = {}
        for number, entry in enumerate(entries):
            numbers.setdefault(same_story_key(entry.address), number)
        results: dict[int, tuple[Read, ...]] = {}
        if numbers:
            self.report(Started(FETCHING, len(numbers), unit))
            wanted = ((number, entries[number]) for number in numbers.values())
            results |= dict(self.readers.read_each(self._arrived(wanted, results)))
            self.report(Finished(FETCHING))
        for number, entry in enumerate(entries):
            first = numbers[same_story_key(entry.address)]
            if first != number and entry.article.origin is None:  # else it counts as read there too
                if not entry.many:
                    self.report(Folded(redacted(entry.address), redacted(entries[first].address)))
                yield ()
                continue
            yield tuple(self._kept(self._told(entry, results[first])))

    def _told(self, entry: Entry, came: Sequence[Read]) -> Iterator[Item]:
        """What came of an entry; its errors stay when there is nothing to show instead."""
        items = self._there(came)
        if not items and not entry.many:
            items = [SourceError(redacted(entry.address), "holds no article")]
        if not entry.many:
            items = [_unexpected(item, entry) for item in items]
        failed = [item for item in items if isinstance(item, SourceError)]
        if entry.many or len(failed) < len(items):
            yield from items
        elif entry.article.body or entry.article.standfirst:
            self.report(Lost(redacted(entry.address), f"only its teaser: {failed[0].reason}", whole=False))
            yield as_listed(entry)
        else:
            yield from failed

    def _arrived(
        self, entries: Iterable[tuple[int, Entry]], results: dict[int, tuple[Read, ...]]
    ) -> Iterator[tuple[int, Resource]]:
        """The resources as they come in; what cannot be fetched is put among the results."""
        queue = _interleaved(entries)
        waiting = {self._asked(entry): (number, entry) for number, entry in islice(queue, AHEAD)}
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                number, entry = waiting.pop(future)
                waiting |= {self._asked(other): (at, other) for at, other in islice(queue, 1)}
                self.report(Advanced(FETCHING))
                try:
                    yield number, unpacked(replace(future.result(), section=entry.article.section))
                except SourceError as error:
                    results[number] = (error,)

    def _asked(self, entry: Entry) -> Future[Resource]:
        return self.web.fetch(Request(entry.address, crawled=not entry.chosen))

    def _articles(self, entry: Entry, items: Sequence[Find]) -> Iterator[Article]:
        """The page as the article of its entry; a list that stood there instead, as it is."""
        for item in items:
            match item:
                case Article():
                    yield merged(entry, item) if len(items) == 1 else item
                case Continued(article, address):
                    whole = self._joined(Continued(article, address))
                    yield merged(entry, whole) if len(items) == 1 else whole
                case Entry(address):
                    listed = f"is listed at {redacted(entry.address)}, where an article was expected"
                    self.report(Lost(redacted(address), listed))
                case _:
                    assert_never(item)

    def _joined(self, part: Continued) -> Article:
        """The article with its further pages; one that cannot be had ends it there, and is told."""
        article, seen = part.article, {same_story_key(part.article.url or part.article.reference)}
        following: str | None = part.address
        while following and same_story_key(following) not in seen and len(seen) < LONGEST_ARTICLE:
            seen.add(same_story_key(following))
            try:
                resource = self.web.fetch(Request(following, crawled=True)).result()
                ((_, items),) = self.readers.read_each([(0, resource)])
                article, following = joined(article, self._there(items))
            except SourceError as error:
                self.report(Lost(error.subject, f"a further page: {error.reason}", whole=False))
                return replace(article, partial=True)
        return article

    def _is_too_deep(self, find: Find) -> bool:
        if not _is_list(find):
            return False
        self.report(Lost(redacted(find.address), "is a list within too many lists"))
        return True


def _thinned(finds: list[Find], wanted: Callable[[list[Find]], list[Find]]) -> list[Find]:
    """What is still wanted, and every list, in order."""
    kept = set(map(id, wanted([find for find in finds if not _is_list(find)])))
    return [find for find in finds if _is_list(find) or id(find) in kept]


def _first(leads: Iterator[Lead]) -> list[Lead]:
    """The first leads, all of them when they are little to read."""
    first: list[Lead] = []
    size = 0
    while size <= LITTLE and (lead := next(leads, None)) is not None:
        first.append(lead)
        size += _size([lead])
    return first


def _size(leads: Iterable[Lead]) -> int:
    return sum(len(lead.data) for lead in leads if isinstance(lead, Resource))


def _unexpected(item: Item, entry: Entry) -> Item:
    """The item, but for the feed of a site to whose front an address leads where an article was expected."""
    if isinstance(item, Entry) and item.many:
        return SourceError(
            redacted(entry.address), f"holds no article; it names a feed: {redacted(item.address)}"
        )
    return item


def _crawled(finds: Iterable[Find]) -> list[Find]:
    """What a feed lists, which nobody chose one by one; a list among it is not followed."""
    return [replace(find, chosen=False) if isinstance(find, Entry) else find for find in finds]


def _is_list(find: Find) -> TypeGuard[Entry]:
    return isinstance(find, Entry) and find.many


def _interleaved(entries: Iterable[tuple[int, Entry]]) -> Iterator[tuple[int, Entry]]:
    """One of each host in turn, so that no host keeps the others waiting."""
    hosts: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
    for number, entry in entries:
        hosts[urlsplit(entry.address).netloc].append((number, entry))
    ranked = ((turn, run[turn]) for run in hosts.values() for turn in range(len(run)))
    return (one for _, one in sorted(ranked, key=lambda pair: pair[0]))
