"""What is chosen of all there is, with everything else named: left out, why, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from newsexport.desk.duplicates import Merged, merged
from newsexport.desk.selection import Selection
from newsexport.desk.tally import KNOWN
from newsexport.events import Folded, Omitted, Report
from newsexport.model import Article
from newsexport.seen import Seen, Verdict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sieve:
    """Keeps what is wanted, and of that what `seen` does not know; every other article is told."""

    wanted: Selection
    seen: Seen | None
    report: Report

    def likely(self, candidates: Sequence[T], article_of: Callable[[T], Article]) -> list[T]:
        """What may be wanted, as far as lists tell of it.

        What a list tells of a known article is not enough to call it changed.
        """
        if self.seen is not None:
            judge = self.seen.judge
            fresh = [each for each in candidates if judge(article_of(each)) is not Verdict.KNOWN]
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
            verdict = self.seen.judge(article) if self.seen else Verdict.NEW
            if verdict is Verdict.KNOWN:
                self.report(Omitted(article.reference, KNOWN))
            else:
                kept.append(replace(article, update=True) if verdict is Verdict.UPDATED else article)
        return kept

    def _recent(self, candidates: Sequence[T], article_of: Callable[[T], Article]) -> list[T]:
        recent = self.wanted.recent(candidates, article_of)
        return self._without(candidates, recent, f"older than {self.wanted.bound} (--since)", article_of)

    def _chosen(self, candidates: Sequence[T], article_of: Callable[[T], Article]) -> list[T]:
        chosen = self.wanted.chosen(candidates, article_of)
        return self._without(
            candidates, chosen, f"beyond the {self.wanted.most} of --max-articles", article_of
        )

    def _without(
        self, candidates: Iterable[T], kept: list[T], reason: str, article_of: Callable[[T], Article]
    ) -> list[T]:
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
