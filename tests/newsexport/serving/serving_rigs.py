"""A real server on loopback, over a folder of files, for one test or many."""

from __future__ import annotations

import hashlib
import http.client
import io
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import uvicorn

from newsexport.library.issue import MANIFEST, PAPER, FileRole, Issue, IssueFile, Paper, issue_id
from newsexport.library.manifest import issue_json, paper_json
from newsexport.serving.admission import AccessPolicy
from newsexport.serving.app import App, Served
from newsexport.serving.conversation import Conversation
from newsexport.serving.files import Folder
from newsexport.serving.routes import GeneratedResource, RouteTable, Servable, StoredResource
from newsexport.serving.server import ConnectionLimits, configured, listen

MADE = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


@dataclass
class Shelf:
    """Holdings whose table a test may change."""

    folder: Folder
    now: RouteTable = field(default_factory=lambda: RouteTable({}))

    def table(self) -> RouteTable:
        return self.now

    def open(self, stored: StoredResource) -> io.FileIO | None:
        return self.folder.open(stored)

    def put(self, path: str, content: bytes, type_: str = "audio/mpeg", download: str = "") -> StoredResource:
        """Write a file and name it in the table."""
        target = self.folder.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        stored = StoredResource(path, type_, len(content), hashlib.sha256(content).hexdigest(), download)
        self.now = RouteTable({**self.now.resources, path: stored})
        return stored

    def make(self, path: str, text: str, type_: str = "text/html; charset=utf-8") -> None:
        made = GeneratedResource(
            type_, lambda site: text.replace("BASE", site.base).encode(), MADE, "default-src 'none'"
        )
        self.now = RouteTable({**self.now.resources, path: made})


def publish(root: Path, paper: str, files: Mapping[str, bytes], day: date = date(2026, 11, 25)) -> None:
    """Put an issue into the folder of a library: its files, then its manifest."""
    folder = root / paper / day.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    named = []
    for name, content in files.items():
        (folder / name).write_bytes(content)
        named.append(
            IssueFile(name, FileRole.SOUND, "audio/mpeg", len(content), hashlib.sha256(content).hexdigest())
        )
    described = Paper(paper, paper.title())
    (root / paper / PAPER).write_bytes(paper_json(described))
    identity = issue_id(described, day)
    issue = Issue(identity, paper, paper.title(), day, MADE, "en", "", (), tuple(named))
    draft = folder / "draft.part"
    draft.write_bytes(issue_json(issue))
    draft.replace(folder / MANIFEST)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Running:
    """A server that runs in a thread of its own."""

    port: int
    shelf: Shelf
    served: list[Served]
    server: uvicorn.Server

    def ask(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """One request by the standard library's client; `if_range` stands for If-Range."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            response = connection.getresponse()
            facts = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, facts, response.read())
        finally:
            connection.close()

    def raw(self, request: bytes, *, timeout: float = 20) -> bytes:
        """What comes back for these bytes, until the server closes or says no more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            connection.sendall(request)
            received = b""
            while chunk := connection.recv(65536):
                received += chunk
            return received


@contextmanager
def running(
    folder: Path,
    door: AccessPolicy | None = None,
    patience: ConnectionLimits | None = None,
    shelf: Shelf | None = None,
    holdings: Servable | None = None,
    spoken: Conversation | None = None,
) -> Iterator[Running]:
    """Serve a folder as long as the block lasts: what a test puts on a shelf, or other holdings."""
    shelf = shelf or Shelf(Folder.at(folder))
    served: list[Served] = []
    app = App(holdings or shelf, door or AccessPolicy(), heard=served.append, spoken=spoken or Conversation())
    listening = listen(0, everywhere=False)
    server = uvicorn.Server(configured(app, patience or ConnectionLimits()))
    thread = threading.Thread(target=server.run, kwargs={"sockets": list(listening.sockets)})
    thread.start()
    try:
        yield Running(listening.port, shelf, served, server)
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
    assert not thread.is_alive()
