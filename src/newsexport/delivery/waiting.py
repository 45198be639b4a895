"""Files that wait for the place that they were promised to, and for no other.

Those of one place lie in a folder, and beside it is written which place that is: where it is, as a hash, and
what it is called. So nothing goes elsewhere because a configuration was changed meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsexport.delivery.places import DeliveryPlace, identity
from newsexport.errors import DeliveryError
from newsexport.interchange.json_reader import JsonError, document
from newsexport.storage.atomic import durable, file_errors, is_draft


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one place: the files in `folder`, promised to where `address` is the hash of.

    `name` is what the place was called, `told` what people are told it is. A folder of an
    earlier version has neither name nor address: it is called after a kind of place and a number.
    """

    folder: Path
    told: str
    address: str = ""
    name: str = ""

    @property
    def files(self) -> list[Path]:
        """Those that are whole, the oldest issue first."""
        with suppress(OSError):
            return sorted(path for path in self.folder.iterdir() if not is_draft(path))
        return []

    def is_for(self, place: DeliveryPlace) -> int:
        """How surely it was promised to a place: 2 or 3 by its address, 1 by its name alone, 0 not."""
        called_so = self.name == place.name
        if self.address == address_of(place):
            return 3 if called_so else 2
        return 1 if called_so and self.name else 0

    def let_go(self, files: Sequence[Path]) -> None:
        """Remove files, and when they were the last, the folder and what it was for."""
        for file in files:
            with suppress(OSError):
                file.unlink()
        with suppress(OSError):
            self.folder.rmdir()
            _told_in(self.folder).unlink(missing_ok=True)


def put_aside(room: Path, place: DeliveryPlace, file: Path) -> None:
    """Have a copy of a file wait for a place. Raises `DeliveryError`, as when the disk is full."""
    told = {"place": place.told, "address": address_of(place), "name": place.name}
    folder = room / hashlib.sha256(f"{place.name}\0{told['address']}".encode()).hexdigest()[:24]
    if not _told_in(folder).exists():
        with file_errors(_told_in(folder), DeliveryError), durable(_told_in(folder)) as draft:
            draft.write(json.dumps(told, ensure_ascii=False, indent=1).encode())
    aside = folder / file.name
    with file_errors(aside, DeliveryError), file.open("rb") as source, durable(aside) as draft:
        shutil.copyfileobj(source, draft)


def waiting_in(room: Path) -> list[Waiting]:
    """What waits, a value for each place that anything waits for."""
    with suppress(OSError):
        return [each for each in _read(room) if each.files]
    return []


def address_of(place: DeliveryPlace) -> str:
    """A hash of where a place is."""
    return hashlib.sha256("\0".join(identity(place.destination)).encode()).hexdigest()


def _read(room: Path) -> Iterator[Waiting]:
    for folder in sorted(path for path in room.iterdir() if path.is_dir()):
        try:
            told = document(_told_in(folder).read_bytes())
            names = [told.member(name).raw_text() for name in ("place", "address", "name")]
        except (OSError, JsonError):
            yield Waiting(folder, folder.name)
        else:
            yield Waiting(folder, *names)


def _told_in(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")
