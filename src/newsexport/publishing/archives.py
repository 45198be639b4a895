"""A feed and its archives: the newest in one document, what came before in others, which stay as they are.

Source: RFC 5005, section 4. What follows pages instead (section 3) finds the archives as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from newsexport.library.entries import IssueEntry, Issues

HISTORY = "http://purl.org/syndication/history/1.0"


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A document of a feed: of these issues at most so many episodes, and the `ways` to other documents."""

    path: str
    issues: Issues
    most: int | None
    ways: tuple[tuple[str, str], ...]

    @property
    def is_archive(self) -> bool:
        """Whether it is all that it will ever be."""
        return self.most is None

    @property
    def depends(self) -> tuple[object, ...]:
        """All that it is made of, for its stamp."""
        return (self.path, self.most, self.ways, self.issues.stamp)


def pages_of(
    path: str, issues: Issues, counted: Callable[[IssueEntry], int], most: int
) -> Iterator[FeedPage]:
    """The document at a path with the newest `most` episodes, and those of the archives, oldest first.

    `counted` says how many episodes an issue has. Archives are filled from the oldest on, so that a new issue
    changes none. The last of them may tell of some that the feed tells of as well.
    """
    issues = issues.having(counted)
    counts = list(map(counted, issues.entries))
    told = _fitting(counts, most)
    whole = sum(counts[:told]) <= most
    archives = [issues[begin:end] for begin, end in _archives(counts, most, told if whole else told - 1)]
    paths = [archive_path(path, number) for number in range(1, len(archives) + 1)]
    yield FeedPage(path, issues[:told], most, _older(paths[-1:]))
    for place, archive in enumerate(archives):
        newer = [("next-archive", newer) for newer in paths[place + 1 : place + 2]]
        ways = (*_older(paths[max(0, place - 1) : place]), *newer, ("current", path))
        yield FeedPage(paths[place], archive, None, ways)


def archive_path(path: str, number: int) -> str:
    """``morning/feed-archive-3.xml``, the third from the oldest."""
    stem, dot, suffix = path.rpartition(".")
    return f"{stem}-archive-{number}{dot}{suffix}"


def _older(paths: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((relation, path) for path in paths for relation in ("prev-archive", "next"))


def _fitting(counts: Sequence[int], most: int) -> int:
    """How many of the newest issues have the newest `most` episodes among them."""
    left = most
    for place, count in enumerate(counts):
        if left <= 0:
            return place
        left -= count
    return len(counts)


def _archives(counts: Sequence[int], most: int, told: int) -> Iterator[tuple[int, int]]:
    """Stretches of at most `most` episodes, from the oldest on, as far as the feed does not tell of them."""
    end = len(counts)
    while end > told:
        begin, left = end - 1, most - counts[end - 1]
        while begin > 0 and counts[begin - 1] <= left:
            begin -= 1
            left -= counts[begin]
        yield begin, end
        end = begin
