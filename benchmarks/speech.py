"""Times speech from a server with OpenAI's interface against p0n1/epub_to_audiobook, in one run.

    python benchmarks/speech.py CHECKOUT [--python PYTHON] [--articles 8] [--characters 2500]

CHECKOUT is that program's source, PYTHON an interpreter that has what it needs. Both get
the same text and the same server on the loopback interface, which takes 200 ms to begin
and then sends 0.06 s of sound for a character, with a pause after each sentence. The other
program is run with as many workers as requests are allowed, which is its fastest setting.
Its result is the server's MP3 as it came, one file for a chapter; ours is levelled,
encoded anew and marked, so two times are told: that of the whole, and that from the first
request to the last answer.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LATENCY = 0.2
RATE, SECONDS_PER_CHARACTER = 24000, 0.06
# Samples of silence after each sentence, 0.4 s.
PAUSE = 9600
ALLOWED = (4, 8, 16)

SENTENCES = (
    "The harbour council of {place} voted {count} to two on Tuesday for ferry {number}, its mayor said.",
    "The boat will cross the sound in {count} minutes, a third less than the one that {place} has now.",
    "Rain is expected between {place} and the cape until the weekend, with strong wind on day {number}.",
    "Traders at the market of {place} said that {count} kinds of fish cost what they did in spring.",
    "Two of the {number} schools near the old bridge stay shut while engineers look at what it stands on.",
)
PLACES = ("Norwick", "Oldhaven", "Sandmouth", "Easterly", "Kingsbarn", "Millbrook", "Fenwater", "Hollin")


@dataclass(frozen=True)
class Run:
    """Seconds of the whole and of the speaking, requests, and how many of them were under way at once."""

    whole: float
    speaking: float
    requests: int
    most: int


def serve() -> None:
    """Be the server: its port goes to standard output."""
    import lameenc

    tone = [round(9000 * math.sin(2 * math.pi * 220 * n / RATE)) for n in range(RATE)]
    pcm = struct.pack(f"<{RATE}h", *tone) * 180

    def encoded(samples: bytes) -> bytes:
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_channels(1)
        encoder.set_in_sample_rate(RATE)
        encoder.set_bit_rate(64)
        return bytes(encoder.encode(samples) + encoder.flush())

    mp3, hush = encoded(pcm), encoded(bytes(2 * PAUSE))
    lock, seen = threading.Lock(), {"now": 0, "most": 0, "requests": 0, "first": 0.0, "last": 0.0}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                seen["now"] += 1
                seen["requests"] += 1
                seen["most"] = max(seen["most"], seen["now"])
                seen["first"] = seen["first"] or time.monotonic()
            time.sleep(LATENCY)
            form = asked.get("response_format", "mp3")
            sound, quiet, size = (mp3, hush, 192) if form == "mp3" else (pcm, bytes(2 * PAUSE), 2)
            a_second = len(sound) / 180
            parts = []
            for sentence in re.split(r"(?<=[.!?])\s+", asked["input"]):
                length = int(SECONDS_PER_CHARACTER * len(sentence) * a_second)
                parts += [sound[: length // size * size], quiet]
            body = b"".join(parts) if form == "mp3" else wav(b"".join(parts))
            with lock:
                seen["now"] -= 1
                seen["last"] = time.monotonic()
            self.answer(body)

        def do_GET(self) -> None:
            with lock:
                body = json.dumps(seen).encode()
                seen.update(dict.fromkeys(seen, 0))
            self.answer(body)

        def answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


def wav(pcm: bytes) -> bytes:
    form = struct.pack("<4sIHHIIHH4sI", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16, b"data", len(pcm))
    return b"RIFF" + struct.pack("<I", 36 + len(pcm)) + b"WAVE" + form + pcm


@contextmanager
def server() -> Iterator[str]:
    """The address of a server of its own process, so that it takes no time from who is measured."""
    process = subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
    finally:
        process.kill()
        process.wait()


def write_news(folder: Path, articles: int, characters: int) -> None:
    folder.mkdir()
    for number in range(articles):
        place = PLACES[number % len(PLACES)]
        story, at = "", 0
        while len(story) < characters:
            # Counted through, so that no two articles are taken for one story.
            story += SENTENCES[(at + number) % 5].format(place=place, count=3 + at, number=100 * number + at)
            story += "\n\n" if at % 4 == 3 else " "
            at += 1
        (folder / f"{number:03}.txt").write_text(
            f"News of {place}, number {number}\n\n{story}\n", encoding="utf-8"
        )


def write_book(news: Path, target: Path) -> None:
    """The same articles as an EPUB with a chapter for each."""
    from ebooklib import epub

    book = epub.EpubBook()
    book.set_identifier("speech")
    book.set_title("News")
    book.set_language("en")
    for path in sorted(news.glob("*.txt")):
        title, *paragraphs = path.read_text("utf-8").strip().split("\n\n")
        chapter = epub.EpubHtml(title=title, file_name=f"{path.stem}.xhtml", lang="en")
        chapter.content = f"<h1>{title}</h1>" + "".join(f"<p>{one}</p>" for one in paragraphs)
        book.add_item(chapter)
        book.spine.append(chapter)
    book.add_item(epub.EpubNcx())
    epub.write_epub(str(target), book)


def timed(command: list[str], url: str, folder: Path) -> Run:
    urllib.request.urlopen(url).read()
    environment = {
        **os.environ,
        "OPENAI_API_KEY": "none",
        "OPENAI_BASE_URL": url,
        "NEWSEXPORT_OPENAI_URL": url,
    }
    begin = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    whole = time.monotonic() - begin
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    seen = json.load(urllib.request.urlopen(url))
    return Run(whole, seen["last"] - seen["first"], seen["requests"], seen["most"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkout", nargs="?", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--articles", type=int, default=8)
    parser.add_argument("--characters", type=int, default=2500)
    parser.add_argument("--serve", action="store_true")
    given = parser.parse_args()
    if given.serve:
        serve()
        return
    with tempfile.TemporaryDirectory() as scratch, server() as url:
        folder = Path(scratch)
        write_news(folder / "news", given.articles, given.characters)
        write_book(folder / "news", folder / "news.epub")
        print(f"{given.articles} articles of {given.characters} characters, {LATENCY * 1000:.0f} ms")
        print(f"{'':<16}{'allowed':>8}{'whole s':>9}{'speaking s':>11}{'requests':>9}{'at once':>8}")
        for allowed in ALLOWED:
            ours = [sys.executable, "-m", "newsexport", "audio", "news", "-o", "news.mp3", "--no-cache"]
            ours += ["--engine", "openai", "--set", f"options.at_once={allowed}", "-q"]
            theirs = [
                given.python,
                str(given.checkout.absolute() / "main.py"),
                "--tts",
                "openai",
                "--no_prompt",
            ]
            theirs += ["--worker_count", str(allowed), "news.epub", f"out{allowed}"]
            runs = {"newsexport": timed(ours, url, folder), "epub_to_audiobook": timed(theirs, url, folder)}
            for name, run in runs.items():
                assert run.most <= allowed
                print(
                    f"{name:<18}{allowed:>6}{run.whole:>9.2f}{run.speaking:>11.2f}{run.requests:>9}{run.most:>8}"
                )


if __name__ == "__main__":
    main()
