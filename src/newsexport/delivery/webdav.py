"""A folder of a WebDAV server, such as Nextcloud, or what KOReader has as cloud storage.

A file is sent under a hidden name of our own and then moved to its place, so that at every moment
nothing or all of an issue is there. Where its name is free, the move overwrites nothing.

Sources: RFC 4918, sections 9.3, 9.6, 9.7 and 9.9. No listing is asked for: all names are
known. Where the folder of a file is missing, nginx answers 500; so it is asked for before.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from newsexport.delivery.remote import Remote
from newsexport.delivery.remote_shelf import Facts, Standing
from newsexport.errors import DeliveryError
from newsexport.net.retry import RequestError

# Of a name that nobody has, and that Nextcloud takes; one that ends in .part it does not.
DRAFT = ".newsexport-{}.tmp"
# Seconds of silence, in which a server may put together what it was sent, and look through it.
SILENCE = 60.0

GONE, MADE, MOVED = (404, 410), (200, 201, 204), (200, 201, 204)
TAKEN = 412
# A folder was made, or was there, or somebody else's is and nothing can be made beside it.
THERE = (201, 405, 301, 403)
# That in which one is to be is not there: RFC 4918 wants the first, some answer the second.
NO_FOLDER = (409, 404)
BYTES = {"Content-Type": "application/octet-stream"}
# Answers to a move by servers behind others, which take their own address for somebody else's.
ELSEWHERE = (400, 502)


@dataclass(frozen=True, slots=True)
class WebdavShelf:
    """The folder at the address of a server; `token` tells our drafts from those of other machines."""

    remote: Remote
    token: str

    def standing(self, name: str, facts: Facts) -> Standing:
        """What is under a name, beside a file of ours. Raises `DeliveryError`."""
        return self.remote.until_done(lambda: self._standing(_at(name), facts))

    def put(self, file: Path, name: str, *, replaces: bool) -> bool:
        """Bring a file there; False where somebody has taken the name. Raises `DeliveryError`."""
        draft = self._draft(name)
        self.remote.until_done(lambda: self._send(file, draft))
        facts = Facts.of(file)
        try:
            return self.remote.until_done(lambda: self._move(draft, name, facts, replaces=replaces))
        except DeliveryError:
            self._discard(draft)
            raise

    def remove(self, name: str) -> None:
        """Remove what is under a name. Raises `DeliveryError`."""
        self.remote.until_done(lambda: self.remote.ask("DELETE", _at(name), (*MADE, *GONE)))

    def abandon(self, name: str, facts: Facts) -> None:  # noqa: ARG002 - a draft is nobody else's
        """Remove the draft of what was to have a name. Raises `DeliveryError`."""
        self.remote.until_done(lambda: self.remote.ask("DELETE", self._draft(name), (*MADE, *GONE)))

    def _standing(self, path: str, facts: Facts) -> Standing:
        head = self.remote.ask("HEAD", path, (200, *GONE))
        if head.status in GONE:
            return Standing.ABSENT
        size = head.headers.get("content-length", "")
        if size.isdecimal() and int(size) != facts.size:
            return Standing.OTHER
        answer = self.remote.ask("GET", path, (200, *GONE))
        if answer.status in GONE:
            return Standing.ABSENT
        return Standing.SAME if facts.are_of(answer.body) else Standing.OTHER

    def _send(self, file: Path, draft: str) -> None:
        """Send all of a file to a name. A server asks who we are at the small requests before."""
        from newsexport.net.transport import FileBody  # noqa: PLC0415 - few send anything

        _make_folder(self.remote)
        self.remote.ask("PUT", draft, MADE, BYTES, FileBody(file))
        size = self.remote.ask("HEAD", draft).headers.get("content-length", "")
        if size.isdecimal() and int(size) != file.stat().st_size:
            reason = f"has {int(size):,} bytes of {file.stat().st_size:,} when all were sent"
            raise RequestError(reason, status=200)

    def _move(self, draft: str, name: str, facts: Facts, *, replaces: bool) -> bool:
        """Whether it is in its place now; a move may have been made whose answer was lost."""
        parts, target = urlsplit(self.remote.address), self.remote.path_of(_at(name))
        told = {"Destination": f"{parts.scheme}://{parts.netloc}{target}", "Overwrite": "FT"[replaces]}
        expected = (*MOVED, TAKEN, *NO_FOLDER)
        answer = self.remote.ask("MOVE", draft, (*expected, *ELSEWHERE), told)
        if answer.status in ELSEWHERE:
            answer = self.remote.ask("MOVE", draft, expected, {**told, "Destination": target})
        if answer.status in MOVED or self._standing(_at(name), facts) is Standing.SAME:
            return True
        if answer.status == TAKEN:
            self._discard(draft)
            return False
        reason = f"answers {answer.status} when the file is to be moved into its place"
        raise RequestError(reason, passing=False, status=answer.status)

    def _discard(self, draft: str) -> None:
        with suppress(RequestError):  # it goes with the next delivery
            self.remote.ask("DELETE", draft, (*MADE, *GONE))

    def _draft(self, name: str) -> str:
        told = hashlib.sha256(f"{self.token} {name}".encode()).hexdigest()[:16]
        return _at(DRAFT.format(told))


def _at(name: str) -> str:
    return f"/{quote(name)}"


def _make_folder(remote: Remote) -> None:
    """Make the folder at an address, and before it the one that it is in, where there is none."""
    answer = remote.ask("MKCOL", "/", (*THERE, *NO_FOLDER))
    if answer.status in NO_FOLDER:
        parent = remote.address.rstrip("/").rpartition("/")[0]
        if not urlsplit(parent).netloc:
            reason = "has no such folder; is its address right?"
            raise RequestError(reason, passing=False, status=answer.status)
        _make_folder(replace(remote, address=parent))
        remote.ask("MKCOL", "/", THERE)
