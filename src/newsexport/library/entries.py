"""Issues that are read when somebody looks at them, and documents that are made when they are asked for."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter, methodcaller
from typing import Any, NamedTuple, TypeVar, overload

from newsexport.library.issue import (
    FileRole,
    Issue,
    IssueArticle,
    IssueFile,
    articles_of,
    book_of,
    covers_of,
    latest_names,
    of_whole,
    offered,
    parts_of,
)


@dataclass(frozen=True, slots=True)
class Inventory:
    """What an issue has, in which few issues of a paper differ.

    It has `episodes` in the feed of its paper, in that of each of the `parts` one, and `articles` in that
    of the articles. `latest` is what the names of its files end in that may be the newest of their kind;
    `books` are some of these. `roles` are those of all its files.
    """

    language: str
    offered: bool
    book: bool
    episodes: int
    articles: int
    sections: tuple[str, ...]
    parts: tuple[str, ...]
    books: tuple[str, ...]
    latest: tuple[str, ...]
    roles: tuple[str, ...]


class IssueEntry(NamedTuple):
    """An issue as lists know it: a row of an index, of which ten thousand are read at once.

    `stamp` is another for every change of its manifest. Times are in ISO 8601, `age` is the first of them
    in seconds since 1970. `names` and `inventory` are JSON, in ASCII: its id, the cover as it is shown among
    others, and its files that may be the newest of their kind; and the values of an `Inventory`.
    """

    folder: str
    first: str
    last: str
    age: float
    stamp: str
    names: str
    inventory: str

    @property
    def paper(self) -> str:
        """The key of its paper."""
        return self.folder.partition("/")[0]

    @property
    def issued(self) -> date:
        """The day that it is of."""
        return date.fromisoformat(self.folder.partition("/")[2])

    @property
    def published(self) -> datetime:
        """When it first appeared."""
        return datetime.fromisoformat(self.first)

    @property
    def changed(self) -> datetime:
        """When it last became what it is."""
        return datetime.fromisoformat(self.last)

    @property
    def id(self) -> str:
        """Its URN."""
        return str(json.loads(self.names)[0])

    @property
    def cover(self) -> str:
        """The name of its cover, as it is shown among others; empty if there is none."""
        return str(json.loads(self.names)[1])

    @property
    def language(self) -> str:
        """The tag of its language."""
        return self.has.language

    @property
    def year(self) -> int:
        """That of the day that it is of."""
        return int(self.folder[-10:-6])

    @property
    def has(self) -> Inventory:
        """What it has."""
        return _inventory(self.inventory)

    @property
    def latest(self) -> Iterator[tuple[str, str]]:
        """Its files that may be the newest of their kind: the end of the name, and the name."""
        return zip(self.has.latest, json.loads(self.names)[2:], strict=True)


def entry_of(issue: Issue, stamp: str) -> IssueEntry:
    """What lists must know of an issue whose manifest has that stamp."""
    cover = next((file.name for file in covers_of(issue)), "")
    inventory = _inventory_of(issue)
    return IssueEntry(
        folder=issue.folder,
        first=issue.published.isoformat(),
        last=issue.changed.isoformat(),
        age=issue.published.timestamp(),
        stamp=stamp,
        names=json.dumps([issue.id, cover, *(name for _, name in latest_names(issue))]),
        inventory=json.dumps([getattr(inventory, one.name) for one in fields(Inventory)]),
    )


def _inventory_of(issue: Issue) -> Inventory:
    parted = dict.fromkeys(file.part for file in issue.files if file.part)
    return Inventory(
        language=issue.language,
        offered=bool(offered(issue)),
        book=book_of(issue) is not None,
        episodes=1 if of_whole(issue) else len(parts_of(issue)),
        articles=len(articles_of(issue)),
        sections=tuple(dict.fromkeys(story.section for story in issue.stories if story.section)),
        parts=tuple(part for part in parted if of_whole(issue, part)),
        books=tuple(file.suffix for file in issue.of(FileRole.BOOK) if not file.part),
        latest=tuple(end for end, _ in latest_names(issue)),
        roles=tuple(dict.fromkeys(file.role for file in issue.files)),
    )


@lru_cache(maxsize=4096)
def _inventory(text: str) -> Inventory:
    values: list[Any] = [tuple(one) if isinstance(one, list) else one for one in json.loads(text)]
    return Inventory(*values)


KeyT = TypeVar("KeyT")
WrittenT = TypeVar("WrittenT")

# Issues that were read or written of last, as many as a feed has, and some.
LATELY = 150

# All that a manifest says, for whoever wrote it down and reads it back: no more is checked.
_ISSUE, _STORY, _FILE = (tuple(one.name for one in fields(kind)) for kind in (Issue, IssueArticle, IssueFile))
_story, _file = attrgetter(*_STORY), attrgetter(*_FILE)


def issue_text(issue: Issue) -> str:
    """An issue as JSON, in ASCII."""
    values = {name: getattr(issue, name) for name in _ISSUE}
    values |= {"stories": [*map(_story, issue.stories)], "files": [*map(_file, issue.files)]}
    return json.dumps(list(values.values()), default=methodcaller("isoformat"))


def issue_in(text: bytes) -> Issue:
    """The issue that `issue_text` wrote."""
    values = dict(zip(_ISSUE, json.loads(text), strict=True))
    values["issued"] = date.fromisoformat(values["issued"])
    for name in ("published", "updated"):
        values[name] = values[name] and datetime.fromisoformat(values[name])
    values["stories"] = tuple(map(_story_in, values["stories"]))
    files = (dict(zip(_FILE, file, strict=True)) for file in values["files"])
    values["files"] = tuple(IssueFile(**{**file, "role": FileRole(file["role"])}) for file in files)
    return Issue(**values)


def _story_in(told: Sequence[Any]) -> IssueArticle:
    values = dict(zip(_STORY, told, strict=True))
    values["tags"] = tuple(values["tags"])
    values["again"] = values["again"] and date.fromisoformat(values["again"])
    return IssueArticle(**values)


def stamped(*parts: object) -> str:
    """A short name for values, another for others; bytes and values that tell all of themselves by `repr`."""
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True, eq=False)
class Issues(Sequence[Issue]):
    """Issues that are read when somebody looks at them; a slice of them reads none."""

    entries: tuple[IssueEntry, ...]
    load: Callable[[IssueEntry], Issue]

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, place: int) -> Issue: ...

    @overload
    def __getitem__(self, place: slice) -> Issues: ...

    def __getitem__(self, place: int | slice) -> Issue | Issues:
        if isinstance(place, slice):
            return Issues(self.entries[place], self.load)
        return self.load(self.entries[place])

    def __iter__(self) -> Iterator[Issue]:
        return map(self.load, self.entries)

    @property
    def stamp(self) -> str:
        """Another for every change of one of them."""
        return stamped("".join([entry.stamp for entry in self.entries]))

    def having(self, wanted: Callable[[IssueEntry], object]) -> Issues:
        """Those of which something is true."""
        return Issues(tuple(filter(wanted, self.entries)), self.load)

    def by(self, keys: Callable[[IssueEntry], Iterable[KeyT]]) -> dict[KeyT, Issues]:
        """Those of each key, of which an issue may have several; the first keys of the first issue first."""
        found: dict[KeyT, list[IssueEntry]] = {}
        for entry in self.entries:
            for key in keys(entry):
                found.setdefault(key, []).append(entry)
        return {key: Issues(tuple(entries), self.load) for key, entries in found.items()}


def once(write: Callable[[Issue], WrittenT]) -> Callable[[Issues], Iterator[WrittenT]]:
    """What is written of issues: of each once, for all lists that it stands in one after the other."""
    kept: OrderedDict[IssueEntry, WrittenT] = OrderedDict()

    def written(issues: Issues) -> Iterator[WrittenT]:
        for entry in issues.entries:
            if entry not in kept:
                kept[entry] = write(issues.load(entry))
                if len(kept) > LATELY:
                    kept.popitem(last=False)
            yield kept[entry]

    return written


def latest_of(entries: Sequence[IssueEntry]) -> dict[str, str]:
    """The newest file of each kind, of issues that come newest first, by where it can always be had.

    As ``morning/latest.epub``, relative to the root of the library, as the file is.
    """
    found: dict[str, str] = {}
    seen = set[tuple[str, str]]()
    for entry in entries:
        if (kinds := (entry.paper, entry.inventory)) not in seen:  # else a newer one has all that it has
            seen.add(kinds)
            for end, name in entry.latest:
                found.setdefault(f"{entry.paper}/latest{end}", f"{entry.folder}/{name}")
    return found


# What is made of issues.


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is made of manifests when it is asked for; `stamp` is another whenever its bytes may be others."""

    stamp: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Making(Mapping[str, bytes]):
    """Documents by their paths, each made when it is looked at."""

    recipes: Mapping[str, Recipe]

    def __getitem__(self, path: str) -> bytes:
        return self.recipes[path].make()

    def __iter__(self) -> Iterator[str]:
        return iter(self.recipes)

    def __len__(self) -> int:
        return len(self.recipes)

    def __or__(self, others: Making) -> Making:
        return Making({**self.recipes, **others.recipes})

    def stamped_with(self, more: str) -> Making:
        """The same, made of something more that all of them have in common."""
        return Making({path: Recipe(f"{one.stamp}{more}", one.make) for path, one in self.recipes.items()})
