"""Devices on the loopback interface that take books over the network, as their published descriptions say.

Each can be told to break at a request, once for each time that it is told.
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

# However a test goes wrong, nobody waits longer than this.
BOUND = 10.0

FORM = re.compile(rb'\r?\n?--\S+\r\nContent-Disposition: form-data; name="file"; filename="([^"]*)"\r\n')


@dataclass
class Device:
    """What is on a device: files by path, or documents; and what breaks.

    `breaks` are pairs of a path of a request and what happens at it: ``500``, ``full``, ``hang``, ``cut``
    (in the middle of the body), ``half`` (only half is kept, and nobody says so), ``lost`` (all is done, but
    the answer does not come).
    """

    files: dict[str, bytes] = field(default_factory=dict)
    folders: set[str] = field(default_factory=lambda: {"/"})
    documents: list[dict[str, str]] = field(default_factory=list)
    breaks: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    listed: str = ""
    address: str = ""
    early: bool = False
    closing: threading.Event = field(default_factory=threading.Event)

    def trouble(self, path: str) -> str:
        """What breaks at this request; it does so once."""
        for each in self.breaks:
            if path.startswith(each[0]):
                self.breaks.remove(each)
                return each[1]
        return ""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    device: Device
    trouble = ""

    def do_GET(self) -> None:
        self.begin()

    def do_POST(self) -> None:
        self.begin()

    def begin(self) -> None:
        parts = urlsplit(self.path)
        self.device.asked.append(f"{self.command} {parts.path}")
        self.trouble = self.device.trouble(parts.path)
        size = int(self.headers.get("Content-Length", "0"))
        if self.trouble == "cut":
            self.rfile.read(size // 2)
            self.close_connection = True
            return
        body = self.rfile.read(size)
        if self.trouble == "hang":
            self.device.closing.wait(BOUND)
        if self.trouble in {"hang", "500"}:
            self.say(500, b"Something broke")
            return
        self.answer(parts.path, {name: each[0] for name, each in parse_qs(parts.query).items()}, body)

    def answer(self, path: str, query: dict[str, str], body: bytes) -> None:
        raise NotImplementedError

    def say(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        if self.trouble == "lost":
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def uploaded(self, body: bytes) -> tuple[str, bytes]:
        """Name and contents of the one file in a form."""
        found = FORM.match(body)
        assert found
        edge = body.partition(b"\r\n")[0]
        content = body[found.end() :].partition(b"\r\n\r\n")[2].rpartition(b"\r\n" + edge)[0]
        return found[1].decode(), content[: len(content) // 2] if self.trouble == "half" else content


class CrossPoint(Handler):
    """docs/webserver-endpoints.md of crosspoint-reader; `early` is one without /download."""

    def answer(self, path: str, query: dict[str, str], body: bytes) -> None:
        device = self.device
        match path:
            case "/api/files":
                self.say(200, json.dumps(self.listing(query["path"])).encode(), "application/json")
            case "/download" if not device.early and query["path"] in device.files:
                self.say(200, device.files[query["path"]], "application/epub+zip")
            case "/upload":
                name, content = self.uploaded(body)
                if self.trouble == "full":
                    self.say(400, b"Failed to write to SD card - disk may be full")
                elif query["path"] not in device.folders:
                    self.say(400, b"Failed to create file on SD card")
                else:
                    device.files[f"{query['path'].rstrip('/')}/{name}"] = content
                    self.say(200, f"File uploaded successfully: {name}".encode())
            case "/mkdir":
                form = {name: each[0] for name, each in parse_qs(body.decode()).items()}
                device.folders.add(f"{form['path'].rstrip('/')}/{form['name']}")
                self.say(200, b"Folder created")
            case "/delete":
                form = {name: each[0] for name, each in parse_qs(body.decode()).items()}
                gone = device.files.pop(form["path"], None)
                self.say(200 if gone is not None else 404, b"Deleted")
            case _:
                self.say(404, b"404 Not Found")

    def listing(self, folder: str) -> list[dict[str, object]]:
        under = f"{folder.rstrip('/')}/"
        return [
            *(
                {"name": path.removeprefix(under), "size": 0, "isDirectory": True, "isEpub": False}
                for path in sorted(self.device.folders)
                if path != "/" and path.rpartition("/")[0] + "/" == under
            ),
            *(
                {"name": path.removeprefix(under), "size": len(data), "isDirectory": False, "isEpub": True}
                for path, data in self.device.files.items()
                if path.rpartition("/")[0] + "/" == under
            ),
        ]


class Remarkable(Handler):
    """remarkable.guide, "USB Web Interface": an upload goes where the last listing was."""

    def answer(self, path: str, query: dict[str, str], body: bytes) -> None:  # noqa: ARG002 - of others
        device = self.device
        if path.startswith("/documents/"):
            device.listed = path.removeprefix("/documents/")
            told = [each for each in device.documents if each["Parent"] == device.listed]
            self.say(200, json.dumps(told).encode(), "application/json")
        elif path == "/upload" and self.headers["Origin"] == device.address:
            name, content = self.uploaded(body)
            if self.trouble == "full":
                self.say(500, b"No space left on device")
                return
            number = f"id-{len(device.documents)}"
            device.files[number] = content
            device.documents.append(
                {
                    "ID": number,
                    "Parent": device.listed,
                    "VissibleName": name.rpartition(".")[0],
                    "Type": "DocumentType",
                }
            )
            self.say(201, b'{"status":"Upload successful"}', "application/json")
        else:
            self.say(404, b"nothing here")


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


@contextmanager
def device(kind: type[Handler], **told: object) -> Iterator[Device]:
    """A device that is awake."""
    state = Device(**told)  # type: ignore[arg-type]  # fields of it
    server = Server(("127.0.0.1", 0), type("Bound", (kind,), {"device": state}))
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield state
    finally:
        state.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
