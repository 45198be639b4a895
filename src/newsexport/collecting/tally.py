"""Where everything that was found has gone: counted as it is told, so that nothing goes untold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsexport.errors import NothingReadError, NothingToExportError
from newsexport.events import ARTICLE, PICTURE, Cause, Counted, Event, Folded, Lost, Made, Omitted, Report
from newsexport.text.counting import counted

# The reason for what earlier editions had.
KNOWN = "in an earlier edition (--new)"

# The step in which an edition is put together.
EDITION = "edition"

# Of what is gone though nobody said why: a fault of the program, which `--strict` makes a failure.
UNTOLD = "gone for no reason that is known"


@dataclass(slots=True)
class _Gone:
    """Of one kind of thing: how many have been told of, and why."""

    folded: int = 0
    lost: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def total(self) -> int:
        return self.folded + self.lost + self.left_out.total()


@dataclass(slots=True)
class Tally:
    """A report that hands on every event, and counts those that tell of articles and pictures gone.

    What an exporter tells that it made is only counted; `made` is None as long as it has told nothing.
    """

    report: Report
    step: str = EDITION
    made: Counter[str] | None = None
    _gone: dict[str, _Gone] = field(default_factory=lambda: {ARTICLE: _Gone(), PICTURE: _Gone()})

    def __call__(self, event: Event) -> None:
        """Count it and hand it on."""
        match event:
            case Made(articles, pictures):
                self.made = (self.made or Counter()) + Counter({ARTICLE: articles, PICTURE: pictures})
                return
            case Lost(whole=whole, pictures=pictures):
                self._gone[ARTICLE].lost += whole
                self._gone[PICTURE].lost += pictures
            case Folded():
                self._gone[ARTICLE].folded += 1
            case Omitted(reason=reason, thing=thing, count=count) if thing in self._gone:
                self._gone[thing].left_out[reason] += count
            case _:
                pass
        self.report(event)

    def gone(self, thing: str) -> int:
        """How many have been told of so far."""
        return self._gone[thing].total()

    def put(self, thing: str, found: int) -> int:
        """How many an exporter has put into its file: what it told, or all that it told no loss of."""
        return found - self.gone(thing) if self.made is None else self.made[thing]

    def settled(self, thing: str, found: int, kept: int) -> Counted:
        """The sum, told; what is missing in it is told first, as left out for no known reason."""
        missing = found - kept - self.gone(thing)
        if missing > 0:
            self(Omitted("", UNTOLD, thing, missing, Cause.LIMIT))
        gone = self._gone[thing]
        told = Counted(self.step, thing, found, kept, gone.folded, gone.lost, tuple(gone.left_out.items()))
        self.report(told)
        return told


def together(parts: Sequence[Counted]) -> Counted:
    """Several sums of one thing as one, which is that of the first one's step."""
    left_out: Counter[str] = Counter()
    for part in parts:
        left_out.update(dict(part.left_out))
    return Counted(
        parts[0].step,
        parts[0].thing,
        sum(part.found for part in parts),
        sum(part.kept for part in parts),
        sum(part.folded for part in parts),
        sum(part.lost for part in parts),
        tuple(left_out.items()),
    )


def in_words(sum_of: Counted) -> str:
    """``12 articles of 15: 2 older than 36h (--since), 1 told by another``; nothing, when none is gone."""
    if sum_of.found == sum_of.kept:
        return ""
    return f"{counted(sum_of.kept, sum_of.thing)} of {sum_of.found:,}: {why(sum_of)}"


def why(sum_of: Counted) -> str:
    """How many are gone for each reason: ``2 older than 36h (--since), 1 told by another``."""
    reasons = [f"{count} {reason}" for reason, count in sum_of.left_out]
    if sum_of.folded:
        reasons.append(f"{sum_of.folded} {'told by another' if sum_of.folded == 1 else 'told by others'}")
    if sum_of.lost:
        reasons.append(f"{sum_of.lost} could not be had")
    return ", ".join(reasons)


def nothing(sum_of: Counted, lead: str) -> NothingToExportError:
    """The error that says why nothing is kept; that nothing could be read is one of its own."""
    unread = 0 < sum_of.found == sum_of.lost
    return (NothingReadError if unread else NothingToExportError)(f"{lead}: {why_nothing(sum_of)}")


def why_nothing(sum_of: Counted) -> str:
    """Why nothing is kept, with numbers where there are several reasons."""
    if not sum_of.found:
        return "there is no article in what was given"
    if sum_of.lost == sum_of.found:
        return "no article could be read"
    match sum_of.left_out:
        case ((reason, count),) if count == sum_of.found:
            lead = "nothing is new: " if reason == KNOWN else ""
            return f"{lead}{'the only article is' if count == 1 else f'all {count} articles are'} {reason}"
        case _:
            return f"of {sum_of.found} articles {why(sum_of)}"
