"""What was fetched before: bodies with their validators, and how long a host wants to be left alone.

What a run fetches becomes valid when it is committed, after the edition was written. A
run that is killed leaves what was known before it, so no server's "not modified" can
hide an article that never reached its reader.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from newsexport.interchange.json_reader import JsonError, document
from newsexport.storage.atomic import put_in_place
from newsexport.storage.cache import FolderCache
from newsexport.text.addresses import redacted

DRAFTS = "draft-"
HOSTS = "hosts.json"
ABANDONED = 86_400  # seconds after which no run can still be writing a draft
LONGEST_WAIT = 86_400


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """A body as it was found at `address`, and what its server said of its version."""

    address: str
    media_type: str
    etag: str
    modified: str
    fetched: float
    body: bytes = field(repr=False)

    @classmethod
    def read(cls, data: bytes) -> CachedResponse | None:
        """What `written` made of it; None when it is nothing of ours."""
        line, _, body = data.partition(b"\n")
        try:
            head = document(line)
            address, media_type, etag, modified = (
                head.member(name).raw_text() for name in ("address", "media_type", "etag", "modified")
            )
            fetched = head.member("fetched").number(0, 2**53)
        except JsonError:
            return None
        return cls(address, media_type, etag, modified, fetched, body)

    def written(self) -> bytes:
        """One line of JSON, then the body. No secret of the address is written down."""
        head = {name: value for name, value in asdict(self).items() if name != "body"}
        head["address"] = redacted(self.address)
        return json.dumps(head).encode() + b"\n" + self.body

    @property
    def validators(self) -> dict[str, str]:
        """The headers that ask for a newer version only (RFC 9110, section 13.1)."""
        asked = {"if-none-match": self.etag, "if-modified-since": self.modified}
        return {name: value for name, value in asked.items() if value}


class HttpCache:
    """A folder of what was fetched. Without a folder nothing is remembered beyond the run."""

    def __init__(self, folder: Path | None, limit: int = 500_000_000) -> None:
        self._folder = folder
        self._limit = limit
        self._draft: Path | None = None
        self._waits: dict[str, float] = {}
        if folder is not None:
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                self._sweep(folder)
                self._waits = self._read_waits(folder)

    def get(self, url: str) -> CachedResponse | None:
        """What was found at the address in an earlier run that was committed."""
        data = FolderCache(self._folder).get(url) if self._folder else None
        kept = CachedResponse.read(data) if data is not None else None
        return replace(kept, address=url) if kept and kept.address == redacted(url) else kept

    def put(self, url: str, kept: CachedResponse) -> None:
        """Keep it once this run is committed."""
        if self._folder is None:
            return
        with suppress(OSError):
            if self._draft is None:
                self._draft = Path(tempfile.mkdtemp(prefix=DRAFTS, dir=self._folder))
            FolderCache(self._draft).put(url, kept.written())

    def wait_until(self, host: str) -> float:
        """The moment (seconds since the epoch) before which the host wants no request.

        One that is further ahead than any that is kept was written down while a clock was wrong.
        """
        until = self._waits.get(host, 0)
        return until if until <= time.time() + LONGEST_WAIT else 0

    def postpone(self, host: str, until: float) -> None:
        """Leave the host alone until then, in later runs too."""
        now = time.time()
        self._waits[host] = min(max(until, self.wait_until(host)), now + LONGEST_WAIT)
        if self._folder is None:
            return
        still = {host: moment for host, moment in self._waits.items() if moment > now}
        with suppress(OSError), tempfile.NamedTemporaryFile("w", dir=self._folder, delete=False) as draft:
            json.dump(still, draft)
            draft.close()
            put_in_place(Path(draft.name), self._folder / HOSTS)

    def commit(self) -> None:
        """Make what this run fetched the known version."""
        if self._draft is None or self._folder is None:
            return
        with suppress(OSError):
            for entry in self._draft.glob("*/??/*"):
                place = self._folder / entry.relative_to(self._draft)
                place.parent.mkdir(parents=True, exist_ok=True)
                put_in_place(entry, place)
            FolderCache(self._folder, self._limit).prune()
        self.forget_draft()

    def forget_draft(self) -> None:
        """Leave the known versions as they were."""
        if self._draft is not None:
            shutil.rmtree(self._draft, ignore_errors=True)
            self._draft = None

    def _sweep(self, folder: Path) -> None:
        for draft in folder.glob(DRAFTS + "*"):
            if abs(time.time() - draft.stat().st_mtime) > ABANDONED:
                shutil.rmtree(draft, ignore_errors=True)

    def _read_waits(self, folder: Path) -> dict[str, float]:
        try:
            waits = document((folder / HOSTS).read_bytes()).members()
            return {host: until.number(0, 2**53) for host, until in waits}
        except (OSError, JsonError):
            return {}
