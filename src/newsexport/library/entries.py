"""Issues that are read when somebody looks at them, and documents that are made when they are asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter, methodcaller
from typing import Any, overload

from newsexport.library.issue import (
    FileRole,
    Issue,
    IssueArticle,
    IssueFile,
    articles_of,
    book_of,
    latest_names,
    of_whole,
    offered,
    parts_of,
)


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """An issue as lists know it, a small value.

    `stamp` is another for every change of its manifest. It has `episodes` in the feed of its paper, in
    that of each of the `parts` one, and `articles` in that of the articles. `latest` are its files that
    may be the newest of their kind: the end of the name, and the name; `books` are the ends of some.
    """

    folder: str
    id: str
    published: datetime
    changed: datetime
    stamp: str
    offered: bool
    book: bool
    episodes: int
    articles: int
    sections: tuple[str, ...]
    parts: tuple[str, ...]
    books: tuple[str, ...]
    latest: tuple[tuple[str, str], ...]

    @property
    def paper(self) -> str:
        """The key of its paper."""
        return self.folder.partition("/")[0]

    @property
    def issued(self) -> date:
        """The day that it is of."""
        return date.fromisoformat(self.folder.partition("/")[2])


def entry_of(issue: Issue, stamp: str) -> IssueEntry:
    """What lists must know of an issue whose manifest has that stamp."""
    parted = dict.fromkeys(file.part for file in issue.files if file.part)
    return IssueEntry(
        folder=issue.folder,
        id=issue.id,
        published=issue.published,
        changed=issue.changed,
        stamp=stamp,
        offered=bool(offered(issue)),
        book=book_of(issue) is not None,
        episodes=1 if of_whole(issue) else len(parts_of(issue)),
        articles=len(articles_of(issue)),
        sections=tuple(dict.fromkeys(story.section for story in issue.stories if story.section)),
        parts=tuple(part for part in parted if of_whole(issue, part)),
        books=tuple(file.suffix for file in issue.of(FileRole.BOOK) if not file.part),
        latest=latest_names(issue),
    )


NAMES = tuple(one.name for one in fields(IssueEntry))


def entry_text(entry: IssueEntry) -> str:
    """An entry as JSON, in ASCII."""
    values = [getattr(entry, name) for name in NAMES]
    return json.dumps([v.isoformat() if isinstance(v, datetime) else v for v in values])


def entry_in(text: str) -> IssueEntry:
    """The entry that `entry_text` wrote."""
    values = dict(zip(NAMES, json.loads(text), strict=True))
    for name in ("published", "changed"):
        values[name] = datetime.fromisoformat(values[name])
    for name in ("sections", "parts", "books"):
        values[name] = tuple(values[name])
    values["latest"] = tuple(map(tuple, values["latest"]))
    return IssueEntry(**values)


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

    def having(self, wanted: Callable[[IssueEntry], object]) -> Issues:
        """Those of which something is true."""
        return Issues(tuple(filter(wanted, self.entries)), self.load)


def latest_of(entries: Sequence[IssueEntry]) -> dict[str, str]:
    """The newest file of each kind, of issues that come newest first, by where it can always be had.

    As ``morning/latest.epub``, relative to the root of the library, as the file is.
    """
    found: dict[str, str] = {}
    for entry in entries:
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
