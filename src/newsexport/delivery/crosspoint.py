"""A reader with CrossPoint, by the file transfer of its own web server.

An upload goes to its name at once, and a reader that hears it break off removes what it had. So
every file is looked at when it is there, and one that is not whole is removed and sent again.

Sources: crosspoint-reader, docs/webserver-endpoints.md and src/network/CrossPointWebServer.cpp,
also of its first versions, which had no /download and wanted a ``type`` of what is to be deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from newsexport.delivery.devices import DeviceKind, Model
from newsexport.delivery.remote import Remote, form_of, in_words
from newsexport.delivery.remote_shelf import Facts, Standing
from newsexport.interchange.json_reader import JsonError, document
from newsexport.net.retry import RequestError

MODEL = Model(DeviceKind.CROSSPOINT, (), "", (".epub", ".kepub.epub", ".txt"))
ADDRESS = "http://crosspoint.local"
HINT = "is its file transfer on, and are both in one network? Its number, as it shows it, does as an address"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class CrossPointShelf:
    """A folder on its card; ``/`` is all of it."""

    remote: Remote
    folder: str

    def standing(self, name: str, facts: Facts) -> Standing:
        """What is under a name, beside a file of ours. Raises `DeliveryError`."""
        return self.remote.until_done(lambda: self._standing(name, facts))

    def put(self, file: Path, name: str, *, replaces: bool) -> bool:  # noqa: ARG002 - an upload always does
        """Bring a file there, and look that it is whole. Raises `DeliveryError`."""
        self.remote.until_done(self._make_folder)
        self.remote.until_done(lambda: self._upload(file, name))
        return True

    def remove(self, name: str) -> None:
        """Remove what is under a name. Raises `DeliveryError`."""
        self.remote.until_done(lambda: self._delete(name))

    def abandon(self, name: str, facts: Facts) -> None:
        """Remove what has the beginning of a file. Raises `DeliveryError`."""
        size = self.remote.until_done(self._sizes).get(name.casefold())
        if size is not None and size < facts.size:
            self.remove(name)

    def _standing(self, name: str, facts: Facts) -> Standing:
        size = self._sizes().get(name.casefold())
        if size is None:
            return Standing.ABSENT
        if size != facts.size:
            return Standing.OTHER
        query = urlencode({"path": self._path(name)})
        answer = self.remote.ask("GET", f"/download?{query}", (200, 404))
        same = answer.status == 404 or facts.are_of(answer.body)  # early versions can give nothing back
        return Standing.SAME if same else Standing.OTHER

    def _upload(self, file: Path, name: str) -> None:
        headers, body = form_of(file, name, "application/epub+zip")
        self.remote.ask("POST", f"/upload?{urlencode({'path': self.folder})}", (200,), headers, body)
        size = self._sizes().get(name.casefold())
        if size != file.stat().st_size:
            if size is not None:
                self._delete(name)
            reason = f"has {size or 0:,} bytes of {file.stat().st_size:,} when all were sent"
            raise RequestError(reason, status=200)

    def _delete(self, name: str) -> None:
        form = urlencode({"path": self._path(name), "type": "file"})
        self.remote.ask("POST", "/delete", (200, 404), FORM, form.encode())

    def _make_folder(self) -> None:
        """Each folder of the path that is not there; a file of that name is not told from a folder."""
        parent = "/"
        for name in filter(None, self.folder.split("/")):
            if name.casefold() not in {one.casefold() for one, _ in self._listed(parent)}:
                form = urlencode({"name": name, "path": parent}).encode()
                answer = self.remote.ask("POST", "/mkdir", (200, 400), FORM, form)
                if answer.status == 400 and "exists" not in in_words(answer):
                    raise RequestError(
                        f"makes no folder {name} {in_words(answer)}".rstrip(), passing=False, status=400
                    )
            parent = f"{parent.rstrip('/')}/{name}"

    def _sizes(self) -> dict[str, int]:
        return {name.casefold(): size for name, size in self._listed(self.folder)}

    def _listed(self, folder: str) -> Iterator[tuple[str, int]]:
        answer = self.remote.ask("GET", f"/api/files?{urlencode({'path': folder})}")
        try:
            for each in document(answer.body, ours=False).items():
                size = each.member("size").whole(0, 2**40)
                yield each.member("name").raw_text(), size
        except JsonError as error:
            raise RequestError(
                f"lists no files; is it a reader with CrossPoint? ({error})", passing=False
            ) from error

    def _path(self, name: str) -> str:
        return f"{self.folder.rstrip('/')}/{name}"
