"""Work that hangs, swells or crashes costs itself and nothing else."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from newsexport.errors import SourceError
from newsexport.work.isolation import Isolation, WorkLostError


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    isolation = Isolation(2, seconds=2, megabytes=300)
    yield isolation
    isolation.shutdown()


def hang() -> None:
    time.sleep(60)


def swell() -> int:
    return len(bytearray(2_000_000_000))


def crash() -> None:
    os.abort()


def refuse() -> None:
    raise SourceError("note.txt", "is empty")


def double(number: int) -> int:
    return 2 * number


def reason(future: Future[Any]) -> str:
    with pytest.raises(WorkLostError) as caught:
        future.result(timeout=30)
    return str(caught.value)


@pytest.mark.slow
def test_what_hangs_swells_or_crashes_costs_only_itself(isolation: Isolation) -> None:
    lost: list[Future[Any]] = [isolation.submit(hang), isolation.submit(swell), isolation.submit(crash)]
    kept = [isolation.submit(double, number) for number in range(20)]
    assert [future.result(timeout=30) for future in kept] == [2 * number for number in range(20)]
    assert [reason(future) for future in lost] == [
        "took longer than 2 s and was given up",
        "takes more than 300 MB of memory",
        "took down the process that was reading it",
    ]


def test_the_errors_of_the_work_itself_come_through(isolation: Isolation) -> None:
    with pytest.raises(SourceError, match=r"note\.txt: is empty"):
        isolation.submit(refuse).result(timeout=30)


@pytest.mark.slow
def test_what_has_much_to_read_is_given_more_time(isolation: Isolation) -> None:
    assert reason(isolation.with_time_for(500_000).submit(hang)) == "took longer than 3 s and was given up"
    assert reason(isolation.with_time_for(10**9).submit(hang)) == "took longer than 12 s and was given up"


def test_no_process_is_started_for_no_work() -> None:
    idle = Isolation(2)
    idle.shutdown()
    assert "_pool" not in vars(idle)


def test_work_under_way_is_ended_when_nobody_waits_for_it() -> None:
    hasty = Isolation(1, seconds=60)
    begun = time.monotonic()
    hasty.submit(hang)
    time.sleep(0.5)
    hasty.shutdown(wait=False, cancel_futures=True)
    assert time.monotonic() - begun < 20


def test_processes_that_rest_are_gone_and_others_do_what_is_asked_then() -> None:
    resting = Isolation(1)
    resting.rest()
    first = resting.submit(os.getpid).result(timeout=30)
    resting.rest()
    second = resting.submit(os.getpid).result(timeout=30)
    resting.shutdown()
    assert first != second
    for number in (first, second):
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
