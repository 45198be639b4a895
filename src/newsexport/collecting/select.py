"""Which articles go into an edition: the recent ones, so many of them, as many as there is time for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from newsexport.collecting.deduplicate import Merged, merged
from newsexport.collecting.tally import KNOWN
from newsexport.errors import UsageError
from newsexport.events import Folded, Omitted, Report
from newsexport.job import forget
from newsexport.model import Article
from newsexport.sources.services.choice import INBOX
from newsexport.storage.history import Seen, Verdict
from newsexport.text.counting import READING_SPEED, word_count

T = TypeVar("T")

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


class Sort(StrEnum):
    """The order of articles within their sections; `INPUT` leaves them as they came."""

    INPUT = "input"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    SHORTEST = "shortest"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted. None is no bound.

    Articles without a date are kept by `since`: nothing says that they are old. Of `most`
    articles and of `minutes` every section gets its share. `since_said` is `since` in the words of
    whoever asked.
    """

    since: datetime | None = None
    most: int | None = None
    minutes: float | None = None
    words_a_minute: float = READING_SPEED
    sort: Sort = Sort.INPUT
    since_said: str = ""

    @property
    def bound(self) -> str:
        """What articles are not to be older than, in words."""
        return self.since_said or (self.since.isoformat(" ", "minutes") if self.since else "")

    def recent(self, candidates: Iterable[T], article_of: Callable[[T], Article]) -> list[T]:
        """Those that are not older than asked for."""
        return [each for each in candidates if not self._is_old(article_of(each).published)]

    def chosen(self, candidates: Sequence[T], article_of: Callable[[T], Article]) -> list[T]:
        """At most so many, in the order they came in: the first of every section before any second.

        Within a section the newest come first, as far as they are dated.
        """
        if self.most is None or len(candidates) <= self.most:
            return list(candidates)
        kept = set(_in_turn([article_of(each) for each in candidates])[: self.most])
        return [each for number, each in enumerate(candidates) if number in kept]

    def fitting(self, articles: Sequence[Article]) -> list[Article]:
        """Whole articles that fit into the minutes, sections in turn; the shortest alone when none fits."""
        if self.minutes is None:
            return list(articles)
        left = self.minutes
        kept = set()
        for number in _in_turn(articles):
            needed = word_count(articles[number]) / self.words_a_minute
            if needed <= left:
                left -= needed
                kept.add(number)
        if not kept and articles:
            kept = {min(range(len(articles)), key=lambda number: word_count(articles[number]))}
        return [article for number, article in enumerate(articles) if number in kept]

    def sorted(self, articles: Sequence[Article]) -> list[Article]:
        """The articles in the order asked for; sections stay in the order in which they came."""
        if self.sort is Sort.INPUT:
            return list(articles)
        sections = {
            section: number for number, section in enumerate(dict.fromkeys(each.section for each in articles))
        }
        return sorted(articles, key=lambda article: (sections[article.section], *_rank(article, self.sort)))

    def _is_old(self, published: datetime | None) -> bool:
        return self.since is not None and published is not None and published < self.since


def _rank(article: Article, order: Sort) -> tuple[float | str, ...]:
    moment = article.published.timestamp() if article.published else 0.0
    match order:
        case Sort.NEWEST:
            return (-moment,)
        case Sort.OLDEST:
            return (moment or float("inf"),)
        case Sort.TITLE:
            return (article.title.casefold(),)
        case Sort.SHORTEST:
            return (float(word_count(article)),)
        case Sort.LONGEST:
            return (-float(word_count(article)),)
        case Sort.INPUT:
            return ()


def _in_turn(articles: Sequence[Article]) -> list[int]:
    """The numbers of the articles: the newest of each section, then the second of each, and so on."""
    sections: dict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        sections[article.section].append(number)
    turns = []
    for run in sections.values():
        run.sort(key=lambda number: -_moment(articles[number]))
        turns += [(turn, number) for turn, number in enumerate(run)]
    return [number for _, number in sorted(turns, key=lambda pair: pair[0])]


# How people write a time that has passed. Months and years are of no one length.
AGO = re.compile(r"(\d{1,5})\s*(m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)(?: ago)?")


def _moment(article: Article) -> float:
    return article.published.timestamp() if article.published else 0.0


def moment(text: str, now: datetime) -> datetime:
    """The moment that ``24h``, ``7d``, ``yesterday``, ``2026-11-23`` or an ISO moment means at `now`.

    Raises:
        UsageError: it means none.
    """
    said = text.strip().lower()
    if ago := AGO.fullmatch(said):
        span = int(ago[1]) * UNITS[ago[2][0]]
        # Days are those of the calendar; hours pass, whatever is done to the clocks.
        return now - span if ago[2][0] in "dw" else (now.astimezone(UTC) - span).astimezone(now.tzinfo)
    if said in {"today", "yesterday"}:
        day = now.date() - timedelta(days=said == "yesterday")
        return datetime.combine(day, time(), now.tzinfo)
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"expected 24h, 7d, yesterday or a date such as 2026-11-23, not {text!r}") from error
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo or UTC)


# What is chosen of all there is, with everything else named: left out, why, and for whom.

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Keeps what is wanted, and of that what `seen` does not know; every other article is told.

    `met` gets the articles that an earlier edition had.
    """

    wanted: Selection
    seen: Seen | None
    report: Report
    met: Callable[[Article], object] = forget

    def likely(self, candidates: Sequence[Found], article_of: Callable[[Found], Article]) -> list[Found]:
        """What may be wanted, as far as lists tell of it.

        What a list tells of a known article is not enough to call it changed.
        """
        if self.seen is not None:
            fresh = [each for each in candidates if self._verdict(article_of(each)) is not Verdict.KNOWN]
            there = set(map(id, fresh))
            for each in candidates:
                if id(each) not in there:
                    self.met(article_of(each))
            candidates = self._without(candidates, fresh, KNOWN, article_of)
        return self._chosen(self._recent(candidates, article_of), article_of)

    def wanted_of(self, articles: Sequence[Article]) -> list[Article]:
        """What is wanted of articles that were read, in the order asked for."""
        chosen = self._chosen(self._recent(self._new(articles), _itself), _itself)
        minutes = f"beyond the {self.wanted.minutes or 0:g} minutes of --minutes"
        fitting = self._without(chosen, self.wanted.fitting(chosen), minutes, _itself)
        return self.wanted.sorted(fitting)

    def _new(self, articles: Iterable[Article]) -> list[Article]:
        """Those that no earlier edition had, or had in other words, which says so."""
        kept = []
        for article in articles:
            verdict = self._verdict(article)
            if verdict is Verdict.KNOWN:
                self.met(article)
                self.report(Omitted(article.reference, KNOWN))
            else:
                kept.append(replace(article, update=True) if verdict is Verdict.UPDATED else article)
        return kept

    def _verdict(self, article: Article) -> Verdict:
        """Whether an earlier edition had it; what is in the inbox with a note is there for the note, too."""
        verdict = self.seen.judge(article) if self.seen else Verdict.NEW
        noted = article.notes and article.origin is not None and article.origin.place == INBOX
        return Verdict.UPDATED if verdict is Verdict.KNOWN and noted else verdict

    def _recent(self, candidates: Sequence[Found], article_of: Callable[[Found], Article]) -> list[Found]:
        recent = self.wanted.recent(candidates, article_of)
        return self._without(candidates, recent, f"older than {self.wanted.bound} (--since)", article_of)

    def _chosen(self, candidates: Sequence[Found], article_of: Callable[[Found], Article]) -> list[Found]:
        chosen = self.wanted.chosen(candidates, article_of)
        return self._without(
            candidates, chosen, f"beyond the {self.wanted.most} of --max-articles", article_of
        )

    def _without(
        self,
        candidates: Iterable[Found],
        kept: list[Found],
        reason: str,
        article_of: Callable[[Found], Article],
    ) -> list[Found]:
        """Those that are kept, the others told."""
        stay = set(map(id, kept))
        for each in candidates:
            if id(each) not in stay:
                self.report(Omitted(article_of(each).reference, reason))
        return kept


def _itself(article: Article) -> Article:
    return article


def distinct(articles: Sequence[Article], report: Report) -> Merged:
    """Each article once, and each story once; of every other one it is told in which it stands."""
    found = merged(articles)
    for reference, twin in found.same:
        report(Folded(reference, twin))
    for reference, twin in found.alike:
        report(Folded(reference, twin, same=False))
    return found
