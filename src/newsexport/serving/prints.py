"""What is made on request, kept for the next who asks."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from newsexport.publishing.site import Site
from newsexport.serving.table import Made

# What is smaller fits into one packet either way.
WORTH_COMPRESSING = 1024

# Pages, feeds and catalogues of a household's library, each under two or three addresses.
KEPT = 256


@dataclass(frozen=True, slots=True)
class Print:
    """A made thing as bytes; `compressed` is None where that would save nothing."""

    body: bytes
    etag: str
    compressed: bytes | None


class Prints:
    """The last things made. May be used from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, str], tuple[Made, Print]] = OrderedDict()
        self._lock = Lock()

    def of(self, made: Made, site: Site) -> Print:
        """What this is under that address, made now or before."""
        key = (id(made), site.base)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][1]
        printed = _printed(made.make(site))
        with self._lock:
            self._kept[key] = (made, printed)  # holding the thing keeps its id from being given to another
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return printed


def _printed(body: bytes) -> Print:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    compressed = gzip.compress(body, 6, mtime=0) if len(body) >= WORTH_COMPRESSING else None
    return Print(body, etag, compressed if compressed and len(compressed) < len(body) else None)
