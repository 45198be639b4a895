"""The service of Edge's "Read aloud" on the loopback interface, as the code of edge-tts records it (7.3, communicate.py).

Two messages come, how to answer and what to say; back go the beginning of a turn, metadata, sound in binary messages with
a header of their own, and the end of the turn.
"""

import asyncio
import json
import re
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from ssl import SSLContext
from typing import TypeAlias
from xml.sax.saxutils import unescape

import av
import numpy as np
from aiohttp import WSMsgType, web

RATE, UNITS = 24000, 10_000_000
# Seconds of each word, of the gap behind it, and of that between sentences.
WORD, GAP, PAUSE = 0.25, 0.06, 0.6
BEFORE = 0.1
# However a test goes wrong, no handler stays longer than this.
BOUND = 10.0

VOICES = [
    {"ShortName": name, "Locale": locale, "Gender": gender, "Status": "GA", "VoiceTag": {"ContentCategories": kinds}}
    for name, locale, gender, kinds in (
        ("de-AT-IngridNeural", "de-AT", "Female", ["General"]),
        ("de-DE-KatjaNeural", "de-DE", "Female", ["General"]),
        ("en-GB-SoniaNeural", "en-GB", "Female", ["General"]),
        ("en-US-AnaNeural", "en-US", "Female", ["Cartoon", "Conversation"]),
        ("en-US-AriaNeural", "en-US", "Female", ["News", "Novel"]),
        ("en-US-EmmaMultilingualNeural", "en-US", "Female", ["Conversation"]),
        ("fr-FR-HenriNeural", "fr-FR", "Male", ["General"]),
    )
]  # fmt: skip


@dataclass
class Asked:
    """What one connection asked for."""

    text: str
    voice: str
    rate: str


@dataclass
class Service:
    """What a test sees of the server."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    listed: int = 0
    closing: threading.Event = field(default_factory=threading.Event)


Answer: TypeAlias = Callable[[web.WebSocketResponse, Asked], Awaitable[None]]


def spoken(text: str) -> tuple[bytes, list[tuple[str, float]]]:
    """A tone for each word, and when each begins."""
    parts, times, at = [np.zeros(round(BEFORE * RATE))], [], BEFORE
    for word in text.split():
        bare = word.strip(".,!?“”")
        gap = PAUSE if word[-1] in ".!?" else GAP
        times.append((bare, at))
        tone = 9000 * np.sin(2 * np.pi * 330 / RATE * np.arange(round(WORD * RATE)))
        parts += [tone, np.zeros(round(gap * RATE))]
        at += WORD + gap
    return np.concatenate(parts).astype("<i2").tobytes(), times


def mp3(pcm: bytes) -> bytes:
    """As the service sends it: 48 kbit a second, and no header that tells of delays."""
    file = BytesIO()
    with av.open(file, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono")
        assert isinstance(stream, av.AudioStream)
        stream.bit_rate = 48000
        frame = av.AudioFrame.from_ndarray(
            np.frombuffer(pcm, "<i2").reshape(1, -1), format="s16", layout="mono"
        )
        frame.sample_rate = RATE
        resampler = av.AudioResampler(
            format=stream.codec_context.format,
            layout="mono",
            rate=RATE,
            frame_size=stream.codec_context.frame_size,
        )
        for one in (frame, None):
            for part in resampler.resample(one):
                container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return file.getvalue()


async def speak(socket: web.WebSocketResponse, asked: Asked) -> None:
    await turn(socket, *spoken(asked.text))


async def turn(socket: web.WebSocketResponse, pcm: bytes, times: Sequence[tuple[str, float]]) -> None:
    head = "X-RequestId:1\r\nContent-Type:application/json; charset=utf-8\r\nPath:{}\r\n\r\n{}"
    await socket.send_str(head.format("turn.start", '{"context":{"serviceTag":"1"}}'))
    await socket.send_str(head.format("response", '{"context":{"serviceTag":"1"},"audio":{"type":"inline"}}'))
    for word, at in times:
        data = {
            "Offset": round(at * UNITS),
            "Duration": round(WORD * UNITS),
            "text": {"Text": word, "Length": len(word)},
        }
        told = json.dumps({"Metadata": [{"Type": "WordBoundary", "Data": data}]})
        await socket.send_str(head.format("audio.metadata", told))
    begin = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nX-StreamId:1\r\nPath:audio\r\n"
    sound = mp3(pcm)
    for at in range(0, len(sound), 720):
        await socket.send_bytes(len(begin).to_bytes(2, "big") + begin + sound[at : at + 720])
    end = b"X-RequestId:1\r\nX-StreamId:1\r\nPath:audio\r\n"
    await socket.send_bytes(len(end).to_bytes(2, "big") + end)
    await socket.send_str(head.format("turn.end", "{}"))


async def silent(socket: web.WebSocketResponse, asked: Asked) -> None:  # noqa: ARG001 - whatever is asked
    """What the service does with a voice that it has no more: the turn ends without sound."""
    await socket.send_str("X-RequestId:1\r\nPath:turn.start\r\n\r\n{}")
    await socket.send_str("X-RequestId:1\r\nPath:turn.end\r\n\r\n{}")


async def hang_up(socket: web.WebSocketResponse, asked: Asked) -> None:  # noqa: ARG001 - whatever is asked
    await socket.close()


async def hang(socket: web.WebSocketResponse, asked: Asked) -> None:  # noqa: ARG001 - whatever is asked
    await asyncio.sleep(BOUND)


async def otherwise(socket: web.WebSocketResponse, asked: Asked) -> None:  # noqa: ARG001 - whatever is asked
    await socket.send_str("X-RequestId:1\r\nPath:audio.new\r\n\r\n{}")


def refuse(status: int) -> Answer:
    async def answer(socket: web.WebSocketResponse, asked: Asked) -> None:
        """Never asked: the connection is not made."""

    answer.status = status  # type: ignore[attr-defined]
    return answer


def _application(service: Service, script: list[Answer]) -> web.Application:
    async def voices(request: web.Request) -> web.Response:
        assert request.query["Sec-MS-GEC"] and request.query["trustedclienttoken"]
        service.listed += 1
        return web.json_response(VOICES)

    async def read_aloud(request: web.Request) -> web.StreamResponse:
        assert request.query["Sec-MS-GEC"] and request.query["ConnectionId"]
        answer = script.pop(0) if script else speak
        if status := getattr(answer, "status", 0):
            return web.Response(status=status, text="no")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        config = await socket.receive(BOUND)
        assert "Path:speech.config\r\n" in config.data and '"wordBoundaryEnabled":"true"' in config.data
        ssml = await socket.receive(BOUND)
        assert ssml.type is WSMsgType.TEXT and "Path:ssml\r\n" in ssml.data
        told = re.search(
            r"<voice name='([^']*)'><prosody pitch='\S*' rate='([^']*)' volume='\S*'>(.*)</prosody>",
            ssml.data,
        )
        assert told
        asked = Asked(unescape(told[3]), told[1], told[2])
        service.asked.append(asked)
        await answer(socket, asked)
        return socket

    application = web.Application()
    application.router.add_get("/voices/list", voices)
    application.router.add_get("/edge/v1", read_aloud)
    return application


@contextmanager
def edge(script: Sequence[Answer] = (), context: SSLContext | None = None) -> Iterator[Service]:
    """The service while the block lasts."""
    service, ready, loop = Service(), threading.Event(), asyncio.new_event_loop()

    async def serve() -> web.AppRunner:
        runner = web.AppRunner(_application(service, list(script)), shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
        await site.start()
        service.port = runner.addresses[0][1]
        return runner

    def run() -> None:
        asyncio.set_event_loop(loop)
        runner = loop.run_until_complete(serve())
        ready.set()
        loop.run_forever()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(BOUND)
    try:
        yield service
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(BOUND)
