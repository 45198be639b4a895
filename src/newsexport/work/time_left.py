"""How long a step will take yet, from what of it is done and when: a value, the clock handed in.

Time is in seconds of any clock that runs evenly, work in the units that events count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from newsexport.events import Advanced, Finished, Started

# Moments that are remembered; of more, every second one is let go.
MOMENTS = 32
# What a pace is told from: so many moments, and this part of the work that is not remembered. Before, workers
# are still starting, and one slow unit is taken for all.
LEAST_MOMENTS = 3
LEAST_PART = 0.1


@dataclass(frozen=True, slots=True)
class Moment:
    """When so much had been worked off."""

    work: int
    at: float


@dataclass(frozen=True, slots=True)
class Pace:
    """A step of `total` units begun at `began`, of which `done` are done and `remembered` took no work."""

    began: float
    total: int | None = None
    done: int = 0
    remembered: int = 0
    moments: tuple[Moment, ...] = ()

    def advanced(self, by: int, now: float, *, remembered: bool = False) -> Pace:
        """The pace when `by` more units are done; those that were `remembered` tell nothing of it."""
        if remembered:
            return replace(self, done=self.done + by, remembered=self.remembered + by)
        moments = (*self.moments, Moment(self.done + by - self.remembered, now))
        if len(moments) > MOMENTS:
            moments = (*moments[:-1:2], moments[-1])
        return replace(self, done=self.done + by, moments=moments)

    def left(self, now: float) -> float | None:
        """Seconds until all is done; None as long as nobody can know (`LEAST_MOMENTS`, `LEAST_PART`).

        Several workers finish by turns or all at once, the first of them late, for they have to
        start. So the pace is the median, weighted by work, of that between moments far apart, not
        what was done since the beginning. It is right within a fifth once a tenth is done
        (`tests/newsexport/work/test_time_left.py`). Since the last moment time has gone by.
        """
        if self.total is None or len(self.moments) < LEAST_MOMENTS:
            return None
        if self.done - self.remembered < LEAST_PART * (self.total - self.remembered):
            return None
        last = self.moments[-1]
        rest = max(0, self.total - self.done)
        return max(0.0, rest * self._seconds_a_unit() - (now - last.at))

    def _seconds_a_unit(self) -> float:
        """The median of the paces; what was done since the beginning, where no work lies between moments."""
        paces = sorted(self._between())
        half, before = sum(work for _, work in paces) / 2, 0
        for pace, work in paces:
            before += work
            if before >= half:
                return pace
        last = self.moments[-1]
        return (last.at - self.began) / max(1, last.work)

    def _between(self) -> Iterator[tuple[float, int]]:
        """Seconds a unit, and units, between any two moments with half of all of them in between."""
        apart = len(self.moments) // 2
        for at, one in enumerate(self.moments):
            for other in self.moments[at + apart :]:
                if work := other.work - one.work:
                    yield (other.at - one.at) / work, work


def in_words(seconds: float) -> str:
    """A time left as it is read off: ``40 s``, ``7 min``, ``2 h 5 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


# The steps under way, and how each gets on.

Clock: TypeAlias = Callable[[], float]


class Steps:
    """What the events of a run say of its steps. `clock` gives seconds."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.paces: dict[str, Pace] = {}

    def tell(self, event: Started | Advanced | Finished) -> Pace:
        """How the event's step gets on, now that it has happened."""
        now = self.clock()
        match event:
            case Started(step, total):
                pace = Pace(now, total)
            case Advanced(step, by, remembered):
                pace = self.paces.get(step, Pace(now)).advanced(by, now, remembered=remembered)
            case Finished(step):
                return self.paces.pop(step, Pace(now))
            case _:
                assert_never(event)
        self.paces[step] = pace
        return pace

    def left(self, step: str) -> float | None:
        """Seconds that a step will take yet; None when nobody can know."""
        return self.paces[step].left(self.clock()) if step in self.paces else None
