"""A web on the loopback interface: routes that answer as they are told, and a record of who asked when."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# However a test goes wrong, no handler stays longer than this.
BOUND = 10.0


@dataclass(frozen=True)
class Page:
    """What a route answers; `delay` in seconds before it does."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass(frozen=True)
class Visit:
    """One request as the server saw it; begin and end in seconds of the monotonic clock."""

    path: str
    headers: Mapping[str, str]
    begun: float
    ended: float
    method: str = "GET"


@dataclass
class Site:
    """What a test sees of a server."""

    url: str
    visits: list[Visit] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        return self.url.partition("://")[2]

    def paths(self) -> list[str]:
        return [visit.path for visit in self.visits]

    def most_at_once(self) -> int:
        """The most requests that were under way at one moment."""
        moments = sorted(
            (moment, step) for visit in self.visits for moment, step in ((visit.begun, 1), (visit.ended, -1))
        )
        most = now = 0
        for _, step in moments:
            now += step
            most = max(most, now)
        return most


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer in two pieces waits 40 ms for an acknowledgement
    site: Site
    routes: "Routes"
    form = b""

    def do_POST(self) -> None:
        self.form = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.do_GET()

    def do_PUT(self) -> None:
        self.do_POST()

    def do_PATCH(self) -> None:
        self.do_POST()

    def do_GET(self) -> None:
        begun = time.monotonic()
        route = self.routes.get(self.path.partition("?")[0])
        answer = route(self) if callable(route) else route
        if answer is not None:
            self.site.closing.wait(min(answer.delay, BOUND))
        headers = {name.lower(): value for name, value in self.headers.items()}
        visit = Visit(self.path, headers, begun, time.monotonic(), self.command)
        self.site.visits.append(visit)
        if isinstance(answer, Page):
            self.reply(answer)
        elif route is None:
            self.reply(Page(b"nothing here", 404))

    def reply(self, page: Page) -> None:
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if "content-length" not in {name.lower() for name in page.headers} and page.status not in {204, 304}:
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        self.wfile.write(page.body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


Route = Page | Callable[[Handler], Page | None]
Routes = Mapping[str, Route]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


@contextmanager
def serving(routes: Routes, context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A server with these routes; ``routes`` may be changed while it runs."""
    handler = type("Bound", (Handler,), {"routes": routes})
    server = Server(("127.0.0.1", 0), handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(f"{'https' if context else 'http'}://127.0.0.1:{server.server_address[1]}")
    handler.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def trickle(handler: Handler) -> None:
    """A body that never ends, a byte at a time."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    ends = time.monotonic() + BOUND
    while time.monotonic() < ends and not handler.site.closing.wait(0.05):
        try:
            handler.wfile.write(b".")
        except OSError:
            return


def cut_short(handler: Handler) -> None:
    """Half of the body that was promised."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"." * 500)
    handler.close_connection = True


@dataclass
class Canary:
    """A port nobody may connect to."""

    port: int
    touched: list[str] = field(default_factory=list)


@contextmanager
def canary() -> Iterator[Canary]:
    """A listening port that notes whoever connects."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        bird = Canary(listening.getsockname()[1])
        ended = threading.Event()

        def watch() -> None:
            while not ended.is_set():
                try:
                    connection, peer = listening.accept()
                except TimeoutError:
                    continue
                bird.touched.append(str(peer))
                connection.close()

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield bird
        finally:
            ended.set()
            thread.join()


@contextmanager
def silent() -> Iterator[str]:
    """A host that takes every connection and never says a word: ``host:port``.

    Nobody accepts; the system completes the handshake by itself, up to the backlog.
    """
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        yield f"127.0.0.1:{listening.getsockname()[1]}"
