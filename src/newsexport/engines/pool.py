"""The threads that make the requests of a whole run to one service: never more than so many at once.

Articles are recorded side by side, and each waits for sentence after sentence. So what
bounds the requests cannot belong to an article; it belongs to the service.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable

from newsexport.work.executors import DaemonThreads

_THREADS: dict[tuple[Hashable, int], DaemonThreads] = {}
_THREADS_LOCK = threading.Lock()


def threads_for(service: Hashable, size: int) -> DaemonThreads:
    """The threads of this process for a service, the same for whoever asks."""
    with _THREADS_LOCK:
        return _THREADS.setdefault((service, size), DaemonThreads(size))
