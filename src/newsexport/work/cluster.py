"""Speaking on other machines: the workers of a Dask scheduler as an executor.

A worker gets passages and gives back coded frames, both as values; it needs the same
version of newsexport and of what speaks and encodes, and nothing of our files.
"""

from __future__ import annotations

import logging
import platform
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from newsexport.errors import SubjectError, UsageError
from newsexport.job import Forgetful, Job, Work
from newsexport.work.executors import AHEAD

if TYPE_CHECKING:
    from distributed import Client

# Seconds that the scheduler may take to answer, and the first worker to be there.
PATIENCE = 10

# Loggers that would put their tracebacks between our lines when a connection is lost.
TALKATIVE = ("distributed", "distributed.client", "tornado", "asyncio")

# What the bytes of a narration depend on, beside the engine's own version, which stands in its orders.
SHARED = ("newsexport", "numpy", "lameenc", "av", "espeakng-loader", "hibari-tts", "onnxruntime")


class ClusterError(SubjectError):
    """The cluster cannot be used, or was lost. The message names its scheduler."""

    def __str__(self) -> str:
        return f"--dask {super().__str__()}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Begins an executor on a cluster, which can do with so many passages at a time."""

    begin: Callable[[], Executor]
    ahead: int


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at an address (``tcp://host:8786``, ``host:8786``).

    A worker that dies has its passages done by another, until one passage has taken down
    three (distributed.scheduler.allowed-failures).

    Raises:
        UsageError: the extra is not installed.
        ClusterError: no scheduler answers, it has no workers, they have other versions
            than we, or they are lost while the block runs.
    """
    try:
        from distributed import KilledWorker  # noqa: PLC0415 - an extra, and takes half a second
    except ImportError as error:
        raise UsageError("--dask: pip install 'newsexport[dask]' has what this needs") from error
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    client = _connected(address)
    try:
        threads = _checked(client, address)
        yield Cluster(partial(client.get_executor, pure=False), AHEAD * threads)
    except KilledWorker as error:
        reason = "one passage took down several workers, perhaps for want of memory"
        raise ClusterError(address, reason) from error
    except (CancelledError, OSError) as error:
        if isinstance(error, OSError) and client.status == "running":
            raise  # of a file, not of the cluster
        raise ClusterError(address, "the connection to the scheduler was lost") from error
    finally:
        client.close(timeout=1)


@contextmanager
def job_on_cluster(address: str, local: Job) -> Iterator[Job]:
    """The job with what computes done by the Dask cluster at an address, and all else as before.

    Online voices are asked from here: the key is here, and so is what bounds their requests.
    Workers keep no segments, for their disks are not ours. Raises what `cluster` does.
    """
    with cluster(address) as there:

        def choose(work: Work) -> Executor:
            return there.begin() if work is Work.COMPUTE else local.executors(work)

        yield replace(local, executors=choose, segments=Forgetful(), ahead=max(local.ahead, there.ahead))


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
