"""A server with OpenAI's ``/v1/audio/speech`` on the loopback interface, that answers as a script says.

It checks what it is asked, counts how many are with it at once, and speaks when the script is over.
"""

import json
import math
import re
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any, TypeAlias

import av
import numpy as np

RATE = 24000
SECONDS_PER_CHARACTER = 0.06
# However a test goes wrong, no handler stays longer than this.
BOUND = 10.0


@dataclass
class Service:
    """What a test sees of the server."""

    url: str
    closing: threading.Event = field(default_factory=threading.Event)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    lines: set[object] = field(default_factory=set)
    inside: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: Service
    script: list["Answer"]
    latency: float
    listed: bytes | None

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        service = self.service
        assert self.headers["Content-Type"] == "application/json"
        assert (
            {"model", "input", "voice", "response_format", "speed"} <= set(asked) <= {*asked, "instructions"}
        )
        with service.lock:
            service.inside += 1
            service.most = max(service.most, service.inside)
            service.asked.append(asked)
            service.keys.append(self.headers["Authorization"])
            service.paths.append(self.path)
            service.lines.add(self.client_address)
            answer = self.script.pop(0) if self.script else speak
        try:
            time.sleep(self.latency)
            answer(self, asked)
        finally:
            with service.lock:
                service.inside -= 1

    def do_GET(self) -> None:
        if self.path == "/v1/models":
            self.reply(200, b'{"data": []}', {"Content-Type": "application/json"})
        elif self.path == "/v1/audio/voices" and self.listed is not None:
            self.reply(200, self.listed, {"Content-Type": "application/json"})
        else:
            self.reply(404, b'{"detail": "Not Found"}', {"Content-Type": "application/json"})

    def reply(self, code: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


Answer: TypeAlias = Callable[[Handler, dict[str, Any]], None]


def tone(text: str, rate: int = RATE, quiet: float = 0.25) -> bytes:
    """Samples of a tone as long as the text would take to say, in a little silence."""
    count = round(rate * SECONDS_PER_CHARACTER * len(text))
    wave = (9000 * np.sin(2 * math.pi * 220 / rate * np.arange(count))).astype("<i2").tobytes()
    around = bytes(2 * round(quiet * rate))
    return around + bytes(wave) + around


def wav(pcm: bytes, rate: int = RATE, length: int | None = None) -> bytes:
    """A WAV file; `length` is what its header says instead of the truth."""
    size = len(pcm) if length is None else length
    form = struct.pack("<4sIHHIIHH4sI", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16, b"data", size)
    return b"RIFF" + struct.pack("<I", (36 + size) & 0xFFFFFFFF) + b"WAVE" + form + pcm


def encoded(pcm: bytes, form: str, codec: str) -> bytes:
    """The samples as FFmpeg would send them."""
    file = BytesIO()
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream(codec, rate=48000 if codec == "libopus" else RATE, layout="mono")
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(
            np.frombuffer(pcm, "<i2").reshape(1, -1), format="s16", layout="mono"
        )
        frame.sample_rate = RATE
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout="mono", rate=stream.codec_context.sample_rate,
            frame_size=stream.codec_context.frame_size or 1024,
        )  # fmt: skip
        for one in (frame, None):
            for part in resampler.resample(one):
                container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return file.getvalue()


FORMS = {
    "mp3": ("mp3", "libmp3lame"),
    "flac": ("flac", "flac"),
    "opus": ("ogg", "libopus"),
    "aac": ("adts", "aac"),
}


def speak(handler: Handler, asked: dict[str, Any]) -> None:
    pcm, form = tone(asked["input"]), asked["response_format"]
    body = pcm if form == "pcm" else wav(pcm) if form == "wav" else encoded(pcm, *FORMS[form])
    handler.reply(200, body, {"Content-Type": f"audio/{form}"})


def stream(handler: Handler, asked: dict[str, Any]) -> None:
    """A WAV whose length is not known when it begins, in chunks."""
    body = wav(tone(asked["input"]), length=0xFFFFFFFF)
    handler.send_response(200)
    handler.send_header("Content-Type", "audio/wav")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for at in range(0, len(body), 10_000):
        part = body[at : at + 10_000]
        handler.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
    handler.wfile.write(b"0\r\n\r\n")


def paused(sentence: float, comma: float) -> Answer:
    """A voice that makes pauses of so many seconds."""

    def answer(handler: Handler, asked: dict[str, Any]) -> None:
        parts = re.findall(r"[^.,]+[.,]?", asked["input"])
        pauses = {".": bytes(2 * round(sentence * RATE)), ",": bytes(2 * round(comma * RATE))}
        sounds = [tone(part.strip(), quiet=0) + pauses.get(part[-1], b"") for part in parts]
        handler.reply(200, wav(b"".join(sounds)), {"Content-Type": "audio/wav"})

    return answer


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _: handler.reply(code, body, named)


def sound(body: bytes, kind: str = "audio/wav") -> Answer:
    return status(200, body, Content_Type=kind)


def hang(handler: Handler, asked: dict[str, Any]) -> None:  # noqa: ARG001 - whatever is asked
    handler.service.closing.wait(BOUND)


def hang_up(handler: Handler, asked: dict[str, Any]) -> None:  # noqa: ARG001 - whatever is asked
    handler.close_connection = True


def trickle(beginning: bytes) -> Answer:
    """Begin as told, then one byte at a time, without an end."""

    def answer(handler: Handler, asked: dict[str, Any]) -> None:  # noqa: ARG001 - whatever is asked
        handler.wfile.write(beginning)
        handler.close_connection = True
        for _ in range(int(BOUND / 0.05)):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return
            if handler.service.closing.wait(0.05):
                return

    return answer


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """The client went away."""


@contextmanager
def openai(
    script: Sequence[Answer] = (), latency: float = 0.0, listed: bytes | None = None
) -> Iterator[Service]:
    """The server while the block lasts."""

    class Scripted(Handler):
        pass

    with Server(("127.0.0.1", 0), Scripted) as server:
        service = Service(f"http://127.0.0.1:{server.server_address[1]}/v1")
        Scripted.service, Scripted.script, Scripted.latency, Scripted.listed = (
            service,
            list(script),
            latency,
            listed,
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.closing.set()
            server.shutdown()
            thread.join(BOUND)
