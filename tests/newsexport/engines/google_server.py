"""Google Translate's speech service on the loopback interface: its protocol, over TLS, with real MP3.

It answers as the script it is given says, one `Answer` a request, and speaks when the script is over.
"""

import base64
import json
import math
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qs

import lameenc
import trustme

RATE = 24000
SECONDS_PER_CHARACTER = 0.06
# However a test goes wrong, no handler stays longer than this.
BOUND = 10.0


@dataclass(frozen=True)
class Asked:
    """One request as the service understood it."""

    text: str
    language: str
    slow: bool | None


@dataclass
class Google:
    """What a test sees of the service."""

    url: str
    closing: threading.Event = field(default_factory=threading.Event)
    hung_up_on: threading.Event = field(default_factory=threading.Event)
    asked: list[Asked] = field(default_factory=list)
    requests: int = 0
    inside: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    google: Google
    script: list[Callable[["Handler", str], None]]
    names: list[str]
    texts: list[str]

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        calls = json.loads(form["f.req"][0])[0]
        assert {call[0] for call in calls} == {"jQ1olc"}
        assert self.path == "/_/TranslateWebserverUi/data/batchexecute"
        self.names = [call[3] for call in calls]
        self.texts = [json.loads(call[1])[0] for call in calls]
        with self.google.lock:
            self.google.inside += 1
            self.google.most = max(self.google.most, self.google.inside)
            self.google.requests += 1
            for call in calls:
                text, language, slow, _ = json.loads(call[1])
                self.google.asked.append(Asked(text, language, slow))
            answer = self.script.pop(0) if self.script else speak
        try:
            answer(self, self.texts[0])
        finally:
            with self.google.lock:
                self.google.inside -= 1

    def do_HEAD(self) -> None:
        (self.script.pop(0) if self.script else status(200))(self, "")

    def reply(self, code: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


Answer: TypeAlias = Callable[[Handler, str], None]


def speech(text: str) -> bytes:
    """An MP3 of a tone, in silence, as long as the text would take to say."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE)
    encoder.set_bit_rate(64)
    quiet = bytes(2 * RATE // 4)
    count = round(RATE * SECONDS_PER_CHARACTER * len(text))
    tone = [round(9000 * math.sin(2 * math.pi * 220 * n / RATE)) for n in range(count)]
    return bytes(encoder.encode(quiet + struct.pack(f"<{count}h", *tone) + quiet) + encoder.flush())


def envelope(*payloads: str | None, names: Sequence[str] = ("generic",)) -> bytes:
    """The answer to a batch of calls: a guard against inclusion, then lengths and chunks."""
    answers = [
        ["wrb.fr", "jQ1olc", payload, None, None, None, name]
        for payload, name in zip(payloads, names, strict=True)
    ]
    chunk = json.dumps(answers, separators=(",", ":"))
    end = json.dumps([["di", 42], ["af.httprm", 42, "-1", 7]], separators=(",", ":"))
    return f")]}}'\n\n{len(chunk) + 1}\n{chunk}\n{len(end) + 1}\n{end}\n".encode()


def payload(mp3: bytes) -> str:
    return json.dumps([base64.b64encode(mp3).decode()])


def sound(mp3: bytes) -> bytes:
    return envelope(payload(mp3))


def speak(handler: Handler, text: str) -> None:  # noqa: ARG001 - all texts of the batch
    payloads = [payload(speech(one)) for one in handler.texts]
    body = envelope(*payloads, names=handler.names)
    handler.reply(200, body, {"Content-Type": "application/json; charset=utf-8"})


def only_one(handler: Handler, text: str) -> None:
    """A service that takes one call at a time."""
    if len(handler.texts) > 1:
        handler.reply(400)
    else:
        speak(handler, text)


def slowly(handler: Handler, text: str) -> None:
    time.sleep(0.05)
    speak(handler, text)


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _: handler.reply(code, body, named)


def hang(handler: Handler, text: str) -> None:  # noqa: ARG001 - whatever is asked
    handler.google.closing.wait(BOUND)


def trickle(beginning: bytes) -> Answer:
    """Begin as told, then one byte at a time, without an end."""

    def answer(handler: Handler, text: str) -> None:  # noqa: ARG001 - whatever is asked
        handler.wfile.write(beginning)
        for _ in range(int(BOUND / 0.05)):
            try:
                handler.wfile.write(b"x")
            except OSError:
                handler.google.hung_up_on.set()
                return
            if handler.google.closing.wait(0.05):
                return

    return answer


class Server(ThreadingHTTPServer):
    daemon_threads = True
    context: ssl.SSLContext

    def finish_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: Any
    ) -> None:
        assert isinstance(request, socket.socket)
        try:
            with self.context.wrap_socket(request, server_side=True) as secure:
                secure.settimeout(BOUND)
                super().finish_request(secure, client_address)
        except OSError:
            """The client went away, or did not like the certificate."""


@contextmanager
def google(context: ssl.SSLContext, script: Sequence[Answer] = ()) -> Iterator[Google]:
    """The service while the block lasts."""

    class Scripted(Handler):
        pass

    with Server(("127.0.0.1", 0), Scripted) as server:
        server.context = context
        service = Google(f"https://localhost:{server.server_address[1]}")
        Scripted.google, Scripted.script = service, list(script)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.closing.set()
            server.shutdown()
            thread.join(BOUND)


def trusted(authority: trustme.CA) -> ssl.SSLContext:
    """A server's certificate for localhost, signed by the authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server's certificate that nobody signed but itself."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "self.pem")
    authority.private_key_pem.write_to_path(folder / "self.key")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "self.pem", folder / "self.key")
    return context
