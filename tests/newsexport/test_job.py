"""Work is done in order, bounded, on whatever executor is handed in."""

import operator
import os
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import active_children

import pytest

from newsexport.job import SEVERAL, Inline, Job, Work
from newsexport.work.executors import Threads, executors

double = partial(operator.mul, 2)


@pytest.mark.parametrize(
    "executor", [Inline, partial(ThreadPoolExecutor, 3), partial(Threads, 3), partial(ProcessPoolExecutor, 2)]
)
def test_results_come_in_order_from_any_executor(executor: type[Executor]) -> None:
    job = Job(executors=lambda _work: executor(), ahead=4)
    assert list(job.each(double, range(50), Work.COMPUTE)) == [2 * number for number in range(50)]


def test_inputs_are_taken_no_further_ahead_than_told() -> None:
    taken: list[int] = []

    def inputs() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = Job(ahead=5).each(double, inputs(), Work.WAIT)
    next(results)
    assert len(taken) == 1  # it was done at once


def test_what_is_done_is_handed_over_before_more_is_begun() -> None:
    happened: list[str] = []
    note = happened.append
    for result in Job().each(lambda number: note(f"did {number}"), range(3), Work.COMPUTE):
        note(f"took {result}")
    assert happened == ["did 0", "took None", "did 1", "took None", "did 2", "took None"]


def test_what_is_recalled_is_not_computed_again() -> None:
    called: list[int] = []

    def compute(number: int) -> int:
        called.append(number)
        return -number

    results = Job().each(compute, range(6), Work.COMPUTE, lambda number: 100 if number % 2 else None)
    assert list(results) == [0, 100, -2, 100, -4, 100]
    assert called == [0, 2, 4]


def test_an_interrupt_does_not_wait_for_what_has_begun() -> None:
    begun, ends = threading.Event(), threading.Event()

    def wait(number: int) -> int:  # noqa: ARG001 - whatever it is given
        begun.set()
        ends.wait(10)
        return 0

    def inputs() -> Iterator[int]:
        yield 1
        begun.wait(10)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(Job(executors=lambda _work: Threads(2)).each(wait, inputs(), Work.WAIT))
    assert not ends.is_set()
    ends.set()


def test_a_caller_who_stops_early_does_not_wait_for_what_has_begun() -> None:
    go_on = threading.Event()
    executor = ThreadPoolExecutor(2)
    results = Job(executors=lambda _work: executor).each(
        lambda number: number == 0 or go_on.wait(60), range(2), Work.WAIT
    )
    assert next(results)
    assert isinstance(results, Generator)
    results.close()  # comes back although the other goes on
    go_on.set()


def test_the_first_error_is_raised_and_the_rest_is_cancelled() -> None:
    begun: list[int] = []
    lock = threading.Lock()

    def fail_at_three(number: int) -> int:
        with lock:
            begun.append(number)
        if number == 3:
            raise ValueError(number)
        return number

    job = Job(executors=lambda _work: ThreadPoolExecutor(1), ahead=50)
    with pytest.raises(ValueError, match="3"):
        list(job.each(fail_at_three, range(1000), Work.WAIT))
    assert len(begun) < 1000


def made(call: Callable[[], int]) -> int:
    return call()


def called(*calls: Callable[[], int]) -> list[int]:
    """What the calls return, made as the command line makes them."""
    return list(Job(executors=executors(2), ahead=SEVERAL).each(made, calls, Work.COMPUTE))


def test_a_few_calls_are_made_here_and_several_by_processes() -> None:
    assert called(os.getpid, os.getpid) == [os.getpid()] * 2
    assert os.getpid() not in called(*[os.getpid] * SEVERAL)


def test_calls_that_wait_for_no_other_are_made_here() -> None:
    job, wanted = Job(executors=executors(2), ahead=4), {3, 12}
    where = job.each(
        lambda _number: os.getpid(), range(20), Work.COMPUTE, lambda number: None if number in wanted else 0
    )
    assert [number for number, pid in enumerate(where) if pid == os.getpid()] == [3, 12]


def test_the_error_of_a_call_is_raised_wherever_it_was_made() -> None:
    wrong = partial(int, "seven")
    for calls in ((wrong,), (wrong, os.getpid), (os.getpid, wrong)):
        with pytest.raises(ValueError, match="seven"):
            called(*calls)


def test_a_call_whose_result_nobody_wants_is_not_made() -> None:
    begun: list[int] = []
    results = Job(executors=executors(2)).each(
        begun.append, range(9), Work.COMPUTE, lambda number: number if number != 1 else None
    )
    assert next(results) == 0
    assert isinstance(results, Generator)
    results.close()
    assert begun == []


def pid(_: object) -> int:
    return os.getpid()


def test_who_works_can_begin_before_there_is_work() -> None:
    with Job(executors=executors(2), ahead=4).begun(Work.COMPUTE, abs, 1) as job:
        there = {child.pid for child in active_children()}
        assert set(job.each(pid, range(4), Work.COMPUTE)) <= there
        assert there.isdisjoint(job.each(pid, range(4), Work.COMPUTE))


def is_there(number: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(number, 0)
        return True
    return False


def test_who_began_in_vain_ends() -> None:
    with Job(executors=executors(2), ahead=4).begun(Work.COMPUTE, abs, 1):
        there = [child.pid or 0 for child in active_children()]
    assert there
    for _ in range(100):
        if not any(map(is_there, there)):
            break
        time.sleep(0.1)
    assert not any(map(is_there, there))
