"""Issues in a folder of a server or a device in the network: brought there, and removed when they are old.

Such a place holds no list of what is ours; so that is written down here, before anything is
sent and when it is there. Only what stands in that list, and is as it was brought, is removed
or replaced; whatever else has a name we want keeps it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from newsexport.delivery.shelves import HASHED, expired, portable
from newsexport.errors import DeliveryError
from newsexport.events import Noted, Omitted, Report
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.storage.atomic import durable, file_errors, lock, sha256_of
from newsexport.storage.old_issues import OLD
from newsexport.storage.private import make_private, privately


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file is known by. `sending` while nobody knows whether it is there."""

    size: int
    sha256: str
    sending: bool = False

    @classmethod
    def of(cls, file: Path) -> Facts:
        """Those of a file. Raises `OSError`."""
        return cls(file.stat().st_size, sha256_of(file))

    def are_of(self, data: bytes) -> bool:
        """Whether these bytes are that file."""
        return len(data) == self.size and hashlib.sha256(data).hexdigest() == self.sha256


class Standing(Enum):
    """What is under a name, beside a file that is known."""

    ABSENT = auto()
    SAME = auto()
    OTHER = auto()


class RemoteShelf(Protocol):
    """A folder elsewhere. Each method raises `DeliveryError` when it cannot be done."""

    def standing(self, name: str, facts: Facts) -> Standing:
        """What is under a name, beside a file of ours."""

    def put(self, file: Path, name: str, *, replaces: bool) -> bool:
        """Bring a file there; False where somebody has taken the name, unless it `replaces` what is there."""

    def remove(self, name: str) -> None:
        """Remove what is under a name."""

    def abandon(self, name: str, facts: Facts) -> None:
        """Remove what is left of that file by an upload to a name that was cut short."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is ours at a place, in a file of this machine that others can wait for."""

    path: Path

    @classmethod
    def at(cls, place: str, folder: Path) -> Holdings:
        """That of a place, by what it is called, among those in a folder."""
        return cls(folder / f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.json")

    @contextmanager
    def held(self) -> Iterator[None]:
        """One brings files to a place at a time. Raises `DeliveryError`."""
        with file_errors(self.path, DeliveryError):
            make_private(self.path.parent)
            file = open(self.path.with_suffix(".lock"), "ab", opener=privately)  # noqa: SIM115 - Path has no opener
        with file:
            lock(file)
            yield

    def token(self) -> str:
        """What tells uploads of this machine to this place from those of others."""
        found, files = self._read()
        if not found:
            self._keep(files, found := secrets.token_hex(8))
        return found

    def files(self) -> dict[str, tuple[Facts, ...]]:
        """What is ours, or was to be when we last heard of it, by name. Raises `DeliveryError`."""
        return self._read()[1]

    def note(self, name: str, *facts: Facts) -> None:
        """Write down what may be ours under a name, durably. Raises `DeliveryError`."""
        known = self.files()
        if known.get(name, ()) == facts:
            return
        known.pop(name, None)
        self._keep({**known, **({name: facts} if facts else {})}, self.token())

    def _keep(self, files: Mapping[str, Sequence[Facts]], token: str) -> None:
        told = {"token": token, "files": {name: list(map(asdict, each)) for name, each in files.items()}}
        with file_errors(self.path, DeliveryError), durable(self.path) as draft:
            draft.write(json.dumps(told, indent=1, ensure_ascii=False).encode())

    def _read(self) -> tuple[str, dict[str, tuple[Facts, ...]]]:
        try:
            with file_errors(self.path, DeliveryError):
                known = document(self.path.read_bytes()) if self.path.exists() else None
            if known is None:
                return "", {}
            files = {name: tuple(map(_facts, each.items())) for name, each in known.member("files").members()}
            return known.member("token").raw_text(), files
        except JsonError as error:
            reason = f"is damaged ({error}); remove it, and no old issue is removed there any more"
            raise DeliveryError(str(self.path), reason) from error


def _facts(each: JsonValue) -> Facts:
    return Facts(
        each.member("size").whole(0, 2**50), each.member("sha256").raw_text(), each.member("sending").flag()
    )


@dataclass(frozen=True, slots=True)
class Bringing:
    """Files on their way to a shelf."""

    shelf: RemoteShelf
    holdings: Holdings
    report: Report

    def bring(self, files: Sequence[Path], keep: int | None) -> list[str]:
        """Bring what is not there yet, then remove old issues beyond `keep`; the names that are there.

        Raises:
            DeliveryError: the place refuses, or is not reached. What came before stays there.
        """
        with self.holdings.held():
            self._recover()
            there: list[str] = []
            for file in files:
                there.append(self._brought(file, there))
            self._settle(there, keep)
        return there

    def _recover(self) -> None:
        """Find out what became of files that were on their way when a run was killed or a line broke."""
        for name, facts in self.holdings.files().items():
            known = [each for each in facts if not each.sending]
            for each in facts:
                if each.sending:
                    self.shelf.abandon(name, each)
                    if self.shelf.standing(name, each) is Standing.SAME:
                        known = [replace(each, sending=False)]
            self.holdings.note(name, *known)

    def _brought(self, file: Path, before: Sequence[str]) -> str:
        """The name under which it now is there. One that somebody else's file has is not taken."""
        facts, taken = Facts.of(file), list(before)
        while True:
            name = portable(HASHED.sub("", file.name), taken)
            ours = self.holdings.files().get(name, ())
            standing = self.shelf.standing(name, facts)
            if standing is Standing.SAME:
                return name
            replaces = standing is Standing.OTHER
            if not replaces or self._is_any(name, ours):
                self.holdings.note(name, *ours, replace(facts, sending=True))
                done = self.shelf.put(file, name, replaces=replaces)
                self.holdings.note(name, *((facts,) if done else ours))
                if done:
                    return name
            taken.append(name)

    def _is_any(self, name: str, ours: Sequence[Facts]) -> bool:
        """Whether what is there is one of our files, as it was brought."""
        return any(self.shelf.standing(name, each) is Standing.SAME for each in ours)

    def _settle(self, there: Sequence[str], keep: int | None) -> None:
        known = self.holdings.files()
        for name in expired(known, keep, there):
            if self._removed(name, known[name]):
                self.holdings.note(name)

    def _removed(self, name: str, ours: Sequence[Facts]) -> bool:
        """Whether it is ours no more. What somebody has changed since is somebody's."""
        try:
            if self._is_any(name, ours):
                self.shelf.remove(name)
                self.report(Omitted(name, OLD, "issue"))
            elif self.shelf.standing(name, ours[0]) is Standing.OTHER:
                self.report(Noted(f"{name} is not as it was delivered, and stays"))
        except DeliveryError as error:
            self.report(Noted(f"could not remove the old issue {name}: {error.reason}"))
            return False
        return True
