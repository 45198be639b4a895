"""Which executor does what: processes compute, threads wait, and one worker does all in place."""

import threading
from pathlib import Path

from newsexport.events import ignore
from newsexport.job import Forgetful, Inline, Work
from newsexport.storage.folders import Folders
from newsexport.work.executors import AHEAD, DaemonThreads, Hesitant, Threads, cores, executors, local_job


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
