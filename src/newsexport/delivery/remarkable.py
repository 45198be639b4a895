"""A reMarkable, by the web page that it shows over its USB cable.

An upload goes into the folder that was listed last, by whomever, so that is listed right before each.
The tablet can remove nothing this way and tells no contents; what was sent is therefore written down, as
of mail, and not sent again. Where the line breaks, what is new in the folder tells whether all arrived.

Sources: remarkable.guide, "USB Web Interface" (/documents/, /upload and its headers); an upload is
answered by 201.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from newsexport.delivery.devices import BOOK, DeviceKind, Model
from newsexport.delivery.mail import Fate, Ledger
from newsexport.delivery.remote import Remote, form_of
from newsexport.delivery.shelves import HASHED, portable
from newsexport.events import Noted, Report
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.net.retry import RequestError
from newsexport.storage.atomic import sha256_of

MODEL = Model(DeviceKind.REMARKABLE, (), "", BOOK)
ADDRESS = "http://10.11.99.1"
HINT = "is it plugged in and awake, and its USB web interface on (Settings, Storage)?"
TYPES = {".epub": "application/epub+zip", ".pdf": "application/pdf"}


def headers(address: str) -> Mapping[str, str]:
    """What its own page sends along, without which some versions take nothing."""
    return {"Origin": address, "Referer": f"{address}/"}


class Item(NamedTuple):
    """A document or folder in a listing."""

    id: str
    name: str
    is_folder: bool


@dataclass(frozen=True, slots=True)
class Tablet:
    """A folder of a reMarkable, by its path of names; an empty one is where all begins."""

    remote: Remote
    folder: str
    ledger: Ledger
    report: Report

    def send(self, files: Sequence[Path], *, again: bool = False) -> list[str]:
        """Send those that were not sent before; the names of those that are there now.

        Raises:
            DeliveryError: it refuses, is not reached, or has no such folder.
        """
        place = self.remote.until_done(self._place)
        return [name for file in files if (name := self._sent(file, place, again=again))]

    def _sent(self, file: Path, place: str, *, again: bool) -> str:
        """The name it has there; none where it was sent before."""
        name, sha256 = portable(HASHED.sub("", file.name)), sha256_of(file)
        fate = None if again else self.ledger.fate(self._recipient, sha256)
        if fate is Fate.SENT:
            self.report(Noted(f"{file.name} was sent to the reMarkable before; --resend sends it again"))
            return ""
        before = self.remote.until_done(lambda: self._listed(place))
        if fate is Fate.SENDING and Path(name).stem in {item.name for item in before}:
            self.ledger.note(self._recipient, sha256, Fate.SENT)
            return name
        self.ledger.note(self._recipient, sha256, Fate.SENDING)
        known = {item.id for item in before}
        self.remote.until_done(lambda: self._upload(file, name, place, known))
        self.ledger.note(self._recipient, sha256, Fate.SENT)
        return name

    def _upload(self, file: Path, name: str, place: str, known: Collection[str]) -> None:
        """Send it, unless an earlier attempt, whose answer was lost, has brought something new."""
        if any(item.id not in known for item in self._listed(place) if not item.is_folder):
            return
        told, body = form_of(file, name, TYPES[file.suffix.lower()])
        self.remote.ask("POST", "/upload", (200, 201), told, body)

    def _place(self) -> str:
        """The identifier of the folder."""
        place = ""
        for name in filter(None, self.folder.split("/")):
            inner = [item.id for item in self._listed(place) if item.is_folder and item.name == name]
            if not inner:
                raise RequestError(
                    f"has no folder {name}; it can only be made on the tablet", passing=False, status=404
                )
            place = inner[0]
        return place

    def _listed(self, place: str) -> list[Item]:
        answer = self.remote.ask("GET", f"/documents/{quote(place, safe='')}")
        try:
            return list(map(_item, document(answer.body, ours=False).items()))
        except JsonError as error:
            raise RequestError(
                f"lists no documents; is it a reMarkable? ({error})", passing=False, status=200
            ) from error

    @property
    def _recipient(self) -> str:
        return f"remarkable {self.remote.host}"


def _item(each: JsonValue) -> Item:
    kind = each.optional("Type", JsonValue.raw_text, "")
    return Item(
        each.member("ID").raw_text(),
        each.optional("VissibleName", JsonValue.raw_text, ""),
        kind == "CollectionType",
    )
