"""Which executor does what: processes compute, threads wait, and one worker does all in place."""

import os
import signal
import threading
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from newsexport.events import ignore
from newsexport.job import SEVERAL, Forgetful, Inline, Job, Work
from newsexport.storage.folders import Folders
from newsexport.work.executors import (
    AHEAD,
    DaemonThreads,
    Hesitant,
    Processes,
    Threads,
    cores,
    executors,
    local_job,
)


def test_one_worker_does_all_in_place() -> None:
    assert isinstance(executors(1)(Work.COMPUTE), Inline)
    assert isinstance(executors(1)(Work.WAIT), Inline)


def test_several_workers_are_processes_for_what_computes_and_threads_for_what_waits() -> None:
    assert isinstance(executors(3)(Work.COMPUTE), Hesitant)
    assert isinstance(executors(None)(Work.WAIT), Threads)


def test_a_job_of_this_machine_keeps_its_workers_busy_and_remembers(tmp_path: Path) -> None:
    cache = Folders(tmp_path, tmp_path).speech()
    assert local_job(5, ignore, cache).ahead >= 5 * AHEAD
    assert local_job(None, ignore, Forgetful()).ahead >= cores() * AHEAD
    assert local_job(1, ignore, cache).segments is cache


def test_threads_of_a_service_are_never_more_than_it_bears() -> None:
    threads, together, most = DaemonThreads(3), set[int](), [0]
    gate = threading.Barrier(3)

    def call(number: int) -> int:
        together.add(threading.get_ident())
        most[0] = max(most[0], len(together))
        gate.wait(10)
        return number

    assert list(threads.each(call, range(6))) == list(range(6))
    assert most == [3]


def killed_once(mark: Path, number: int) -> int:
    """Twice the number, from whoever is not killed at the third, as the first who does it is."""
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def deadly(number: int) -> int:
    """Twice the number; whoever does the third is killed."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_what_a_killed_worker_was_at_is_done_by_another(tmp_path: Path) -> None:
    job = Job(executors=lambda _: Processes(2))
    made = job.each(partial(killed_once, tmp_path / "killed"), range(12), Work.COMPUTE)
    assert list(made) == [2 * number for number in range(12)]
    assert (tmp_path / "killed").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_what_kills_whoever_does_it_is_lost_alone() -> None:
    job = Job(executors=lambda _: Processes(2))
    assert list(job.each(deadly, range(12), Work.COMPUTE, lost=lambda number: -number)) == [
        -3 if number == 3 else 2 * number for number in range(12)
    ]
    with pytest.raises(BrokenExecutor):
        list(job.each(deadly, range(12), Work.COMPUTE))


def test_a_few_calls_that_take_no_time_are_made_in_place() -> None:
    job = Job(executors=lambda _: Hesitant(refused))
    here = os.getpid()
    assert list(job.each(lambda _: os.getpid(), range(SEVERAL - 1), Work.COMPUTE)) == [here] * (SEVERAL - 1)
    one_by_one = job.executors(Work.COMPUTE)
    assert [one_by_one.submit(os.getpid).result() for _ in range(8)] == [here] * 8


def refused() -> Executor:
    raise AssertionError("there is nothing to do that others are needed for")


def test_others_are_asked_where_there_is_much_to_do() -> None:
    others = ThreadPoolExecutor(1, "other")
    job = Job(executors=lambda _: Hesitant(lambda: others))
    assert (
        list(job.each(lambda _: threading.current_thread().name, range(SEVERAL), Work.COMPUTE))
        == ["other_0"] * SEVERAL
    )


def test_others_make_what_waits_while_a_call_in_place_takes_long() -> None:
    others, begun = ThreadPoolExecutor(1, "other"), threading.Event()

    def call(number: int) -> tuple[int, str]:
        if number == 0:
            assert begun.wait(30)  # until the other call is made elsewhere
        else:
            begun.set()
        return number, threading.current_thread().name

    job = Job(executors=lambda _: Hesitant(lambda: others))
    assert list(job.each(call, range(2), Work.COMPUTE)) == [(0, "MainThread"), (1, "other_0")]


def test_what_nobody_wants_any_more_is_not_made() -> None:
    made = list[int]()
    hesitant = Hesitant(refused)
    first, second = hesitant.submit(made.append, 1), hesitant.submit(made.append, 2)
    assert first.cancel()
    second.result()
    hesitant.shutdown(wait=False, cancel_futures=True)
    assert made == [2]
    with pytest.raises(CancelledError):
        first.result()
