"""What Google Translate's speech service is sent and what it answers: calls, alone or in batches.

The service is one of those behind ``batchexecute``, which take any number of calls in a
request, each with a name that its answer bears again. A web page that reads several
sentences out sends them so.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode, urlsplit

from newsexport.net.retry import RequestError
from newsexport.net.transport import HttpRequest, HttpResponse

# The second string of the answer's envelope: ["wrb.fr","jQ1olc","[\"...\"]",...
_PAYLOAD = re.compile(rb'"jQ1olc",("[^"\\]*(?:\\.[^"\\]*)*")')

# What Google's page says to those whom it takes for a robot, and where it sends them.
_CAPTCHA = re.compile(rb"unusual traffic|/sorry/|recaptcha", re.IGNORECASE)


# How much is asked for in one request: calls of the service's, and characters in them.
MOST_CALLS, MOST_CHARACTERS = 8, 600


@dataclass(frozen=True, slots=True)
class Piece:
    """What is asked for in one call: at most 100 characters, in the language and accent of a host."""

    text: str
    language: str
    domain: str


def batches(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Pieces that go together: of one language and accent, and not too many."""
    batch: list[Piece] = []
    for piece in pieces:
        length = sum(len(one.text) for one in batch) + len(piece.text)
        alike = batch and (batch[0].language, batch[0].domain) == (piece.language, piece.domain)
        if batch and (not alike or length > MOST_CHARACTERS or len(batch) == MOST_CALLS):
            yield tuple(batch)
            batch = []
        batch.append(piece)
    if batch:
        yield tuple(batch)


def batch_request(singles: Sequence[HttpRequest]) -> HttpRequest:
    """One request for the calls of several, which are numbered so that each finds its answer."""
    if len(singles) == 1:
        return singles[0]
    calls = []
    for number, single in enumerate(singles, 1):
        ((call,),) = json.loads(parse_qs(single.body.decode())["f.req"][0])
        calls.append([*call[:3], str(number)])
    form = urlencode({"f.req": json.dumps([calls], separators=(",", ":"))})
    return replace(singles[0], body=form.encode())


def sounds_in(answer: HttpResponse, pieces: Sequence[Piece]) -> list[bytes]:
    """The MP3 of each piece. Raises `RequestError`."""
    if len(pieces) == 1:
        payload = _PAYLOAD.search(answer.body)
        return [_audio(payload[1] if payload else None, answer, pieces[0].text)]
    found: dict[str, bytes] = {}
    for line in answer.body.splitlines():
        if line.startswith(b"[["):
            found |= dict(_payloads(line))
    return [_audio(found.get(str(number)), answer, piece.text) for number, piece in enumerate(pieces, 1)]


def _payloads(line: bytes) -> Iterator[tuple[str, bytes]]:
    """The number and the payload of each answer in a line; nothing of a line that cannot be read."""
    with suppress(ValueError, TypeError, LookupError, RecursionError):
        for kind, *rest in json.loads(line):
            if kind == "wrb.fr" and rest[0] == "jQ1olc" and rest[1]:
                yield str(rest[-1]), json.dumps(rest[1]).encode()


def _audio(payload: bytes | None, answer: HttpResponse, text: str) -> bytes:
    """The MP3 in an answer: base64, in a JSON list, in a string of another JSON list."""
    if not payload:
        page = answer.body.lstrip()[:1] == b"<"
        reason = "a web page instead of sound (it may ask whether you are a robot)" if page else "no sound"
        raise RequestError(f"got {reason} for {text!r}", passing=False)
    try:
        encoded, *_ = json.loads(json.loads(payload))
        return base64.b64decode(encoded, validate=True)
    except (ValueError, TypeError, RecursionError) as error:
        raise RequestError(f"got an answer that cannot be read for {text!r}", passing=False) from error


def is_block(answer: HttpResponse) -> bool:
    """Whether this is, or leads to, the page on which one proves not to be a robot."""
    if "/sorry" in answer.headers.get("location", ""):
        return True
    return answer.body.lstrip()[:1] == b"<" and _CAPTCHA.search(answer.body) is not None


def refusal(answer: HttpResponse, host: str) -> str:
    """What an answer that is no success means, in one line."""
    if 300 <= answer.status < 400:
        elsewhere = urlsplit(answer.headers.get("location", "")).netloc or "another page"
        return f"{host} sends us on to {elsewhere} instead of speaking"
    if answer.status == 403:
        return f"{host} refuses to speak (403); its interface may have changed, a newer gTTS may help"
    return f"{host} answers {answer.status} {answer.phrase}".rstrip()
