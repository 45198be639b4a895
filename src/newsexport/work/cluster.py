"""Work on other machines: the workers of a Dask scheduler as executors.

A worker gets files to read, articles to set or passages to speak, and gives back articles, pages or coded
frames, all as values; it needs the same version of newsexport and of what reads, speaks and encodes, and
nothing of our files.
"""

from __future__ import annotations

import logging
import platform
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, TypeVar

from newsexport.errors import SubjectError, UsageError
from newsexport.job import Forgetful, Job, Work
from newsexport.work.executors import AHEAD
from newsexport.work.isolation import (
    MEGABYTES,
    SECONDS,
    WorkLostError,
    bounded,
    pass_on,
    time_for,
    too_large,
)

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")

# Seconds that the scheduler may take to answer, and the first worker to be there.
PATIENCE = 10

# Loggers that would put their tracebacks between our lines when a connection is lost.
TALKATIVE = ("distributed", "distributed.client", "tornado", "asyncio")

# What the bytes of a narration depend on, beside the engine's own version, which stands in its orders,
# and what is found in a page.
SHARED = (
    "newsexport", "numpy", "lameenc", "av", "espeakng-loader", "hibari-tts", "onnxruntime",
    "lxml", "trafilatura", "pillow", "jinja2",
)  # fmt: skip


class ClusterError(SubjectError):
    """The cluster cannot be used, or was lost. The message names its scheduler."""

    def __str__(self) -> str:
        return f"--dask {super().__str__()}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Begins executors on a cluster, which can do with so many calls at a time."""

    address: str
    begin: Callable[[], Executor]
    ahead: int

    def job(self, local: Job) -> Job:
        """The job with what computes done by the cluster, and all else as before.

        Online voices are asked from here: the key is here, and so is what bounds their requests.
        Workers keep no segments, for their disks are not ours.
        """

        def choose(work: Work) -> Executor:
            return _Worded(self.begin(), self._lost) if work is Work.COMPUTE else local.executors(work)

        return replace(local, executors=choose, segments=Forgetful(), ahead=max(local.ahead, self.ahead))

    def reader(self) -> Reader:
        """What reads bytes that nobody vouches for: a worker that hangs on them ends, and another begins.

        A future of work that was lost raises `WorkLostError`.
        """
        return Reader(self.begin())

    def _lost(self, error: BaseException) -> BaseException:
        from distributed import KilledWorker  # noqa: PLC0415 - an extra, and takes half a second

        if not isinstance(error, KilledWorker):
            return error
        return ClusterError(
            self.address, "one piece of work took down several workers, perhaps for want of memory"
        )


class _Worded(Executor):
    """Calls of another executor whose errors are told in our words."""

    def __init__(self, there: Executor, worded: Callable[[BaseException], BaseException]) -> None:
        self._there = there
        self._worded = worded

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Have it called by the next worker that is free."""
        told: Future[T] = Future()
        made = self._there.submit(fn, *args, **kwargs)
        told.add_done_callback(lambda told: told.cancelled() and made.cancel())
        made.add_done_callback(partial(pass_on, told, worded=self._worded))
        return told

    def shutdown(self, wait: bool = True, **_: bool) -> None:  # noqa: FBT001, FBT002 - as the standard library has it
        """That of the other executor, which for Dask can cancel nothing."""
        self._there.shutdown(wait)


@dataclass(frozen=True, slots=True)
class Reader(Executor):
    """Calls on a cluster that end their worker when they take longer than `seconds`."""

    there: Executor
    seconds: float = SECONDS

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Have it called by the next worker that is free."""
        call = partial(fn, **kwargs) if kwargs else fn
        return _Worded(self.there, self._told).submit(bounded, self.seconds, MEGABYTES, call, *args)

    def with_time_for(self, size: int) -> Executor:
        """The same workers for calls that have so many bytes to read."""
        return Reader(self.there, time_for(size, self.seconds))

    def _told(self, error: BaseException) -> BaseException:
        """What became of the work; errors of the function itself, and of the cluster, as they are."""
        from distributed import KilledWorker  # noqa: PLC0415 - an extra, as above

        match error:
            case KilledWorker():
                return WorkLostError(
                    f"took down several workers, or longer than {self.seconds:.3g} s on each"
                )
            case MemoryError():
                return too_large()
            case _:
                return error


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at an address (``tcp://host:8786``, ``host:8786``).

    A worker that dies has its work done by another, until one piece of it has taken down
    three (distributed.scheduler.allowed-failures).

    Raises:
        UsageError: the extra is not installed.
        ClusterError: no scheduler answers, it has no workers, they have other versions
            than we, or they are lost while the block runs.
    """
    try:
        import distributed  # noqa: F401, PLC0415 - an extra, and takes half a second
    except ImportError as error:
        raise UsageError("--dask: pip install 'newsexport[dask]' has what this needs") from error
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    client = _connected(address)
    try:
        threads = _checked(client, address)
        yield Cluster(address, partial(client.get_executor, pure=False), AHEAD * threads)
    except (CancelledError, OSError) as error:
        if isinstance(error, OSError) and client.status == "running":
            raise  # of a file, not of the cluster
        raise ClusterError(address, "the connection to the scheduler was lost") from error
    finally:
        client.close(timeout=1)


def _connected(address: str) -> Client:
    from distributed import Client  # noqa: PLC0415 - an extra, as above

    try:
        with warnings.catch_warnings(action="ignore"):  # versions are compared below, and told as an error
            return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(address, f"no scheduler answers there ({error})") from error


def _checked(client: Client, address: str) -> int:
    """How many threads the cluster has; raises `ClusterError` when a worker is unlike us."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise ClusterError(address, "the scheduler has no workers") from error
    ours = versions()
    for worker, theirs in client.run(versions, on_error="return").items():
        if isinstance(theirs, Exception):
            raise ClusterError(address, f"worker {worker} has no newsexport like ours ({theirs})")
        for name in ours:
            if theirs.get(name) != ours[name]:
                told = f"{name} {theirs.get(name) or 'nowhere'}, here it is {ours[name]}"
                raise ClusterError(address, f"worker {worker} has {told}")
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


def versions() -> Mapping[str, str]:
    """What a worker must have as we have it."""
    found = {"python": ".".join(platform.python_version_tuple()[:2])}
    for name in SHARED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found
