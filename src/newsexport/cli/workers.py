"""Executors for the command line: processes for what computes, threads for what waits."""

from __future__ import annotations

import os
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import assert_never

from newsexport.isolation import attend_parent, beginning
from newsexport.job import Executors, Inline, Work

# Requests to an online voice at a time: it is someone else's machine.
POLITE = 4


def executors(workers: int | None) -> Executors:
    """Executors of so many workers; None is one a core, or a few for work that waits."""

    def choose(work: Work) -> Executor:
        match work:
            case Work.COMPUTE:
                return _processes(workers or cores())
            case Work.WAIT:
                return Inline() if workers == 1 else ThreadPoolExecutor(workers or POLITE)
            case _:
                assert_never(work)

    return choose


def cores() -> int:
    """How many processor cores this program may use."""
    if hasattr(os, "sched_getaffinity"):  # a container may be given fewer than the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processes(count: int) -> Executor:
    if count == 1:
        return Inline()
    return ProcessPoolExecutor(count, mp_context=beginning(), initializer=attend_parent)
