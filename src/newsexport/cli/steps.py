"""The steps under way, and how each gets on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, assert_never

from newsexport.events import Advanced, Finished, Started
from newsexport.pace import Pace

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
