"""What is said to a request: status, headers, and which bytes follow.

Nothing here opens or sends anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import quote

from newsexport.serving.request import Outcome, Request, Stretch, Validators, continues, outcome, stretches
from newsexport.serving.response_cache import Print
from newsexport.serving.routes import Made, Stored

# The header that gives a download its name (RFC 6266).

# What may stand in a value as it is (RFC 8187, section 3.2.1), less what `quote` keeps anyway.
KEPT = "!#$&+^`|"


def attachment(name: str) -> str:
    """`Content-Disposition` for a file of this name, in ASCII whatever the name holds.

    Old clients read the plain `filename`, all others the encoded one that follows it.
    """
    visible = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    plain = unicodedata.normalize("NFKD", visible).encode("ascii", "ignore").decode()
    safe = "".join(character if character not in '"\\/%' else "_" for character in plain) or "file"
    return f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(visible, safe=KEPT)}"


Piece: TypeAlias = bytes | Stretch
Headers: TypeAlias = tuple[tuple[str, str], ...]

# A name bears the hash of what it names, so that what lies under it never changes (RFC 8246).
FOR_EVER = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"

# For everything: nothing is guessed, nobody is told where a reader came from, nobody frames it.
GUARDED: Headers = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
)

# A file of an issue may do nothing in a browser. What is only seen or heard has no scripts, and a browser
# would not play it in a sandbox.
INERT = "default-src 'none'; sandbox"
PERCEIVED = "default-src 'none'; img-src 'self'; media-src 'self'"

# A weight that says "not at all" (RFC 9110, section 12.4.2).
NOTHING = re.compile(r"q=0(\.0{0,3})?")


@dataclass(frozen=True, slots=True)
class Answer:
    """A response; `pieces` are bytes, and stretches of the file that is being served."""

    status: int
    headers: Headers
    pieces: tuple[Piece, ...] = ()

    @property
    def length(self) -> int:
        """How many bytes the pieces have together."""
        return sum(map(len, self.pieces))


def refusal(status: int, reason: str = "", headers: Headers = ()) -> Answer:
    """An answer that says why there is no other."""
    words = f"{reason or HTTPStatus(status).phrase}\n".encode()
    plain = (("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store"))
    return Answer(status, plain + GUARDED + headers, (words,))


def moved(address: str) -> Answer:
    """Where to look instead: an address of this library."""
    return refusal(301, headers=(("location", address),))


def made_answer(request: Request, made: Made, printed: Print, now: datetime) -> Answer:
    """A page, a feed or a catalogue, compressed for those who can read that."""
    zipped = printed.compressed is not None and _takes_gzip(request.headers)
    etag = f'{printed.etag[:-1]}-gzip"' if zipped else printed.etag
    # Never later than now (RFC 9110, section 8.8.2.1): a date that stays ahead would hide every change.
    validators = Validators(etag, min(made.modified, now).replace(microsecond=0))
    headers = (
        *_validated(validators),
        ("cache-control", ASK_AGAIN),
        ("vary", "Accept-Encoding"),
        ("content-security-policy", made.policy),
        *GUARDED,
    )
    if early := _early(request, validators, headers, now):
        return early
    coding = (("content-encoding", "gzip"),) if zipped else ()
    body = printed.compressed if zipped and printed.compressed else printed.body
    return Answer(200, (("content-type", made.type), *coding, *headers), (body,))


def stored_answer(
    request: Request, stored: Stored, modified: datetime, now: datetime, boundary: str
) -> Answer:
    """A file, or the parts of it that were asked for.

    `modified` is when the file was last written, `boundary` what parts several ranges.
    """
    validators = Validators(f'"{stored.sha256[:32]}"', min(modified, now).replace(microsecond=0))
    headers = (
        *_validated(validators),
        ("cache-control", FOR_EVER),
        ("accept-ranges", "bytes"),
        ("content-security-policy", _policy(stored)),
        *((("content-disposition", attachment(stored.download)),) if stored.download else ()),
        *GUARDED,
    )
    if early := _early(request, validators, headers, now):
        return early
    typed = (("content-type", stored.type), *headers)
    asked = request.headers.get("range") if request.method == "GET" else None
    if asked is None or not continues(request.headers.get("if-range"), validators, now):
        return _whole(stored, typed)
    match stretches(asked, stored.size):
        case None:
            return _whole(stored, typed)
        case ():
            return Answer(416, (("content-range", f"bytes */{stored.size}"), *headers))
        case (stretch,):
            return Answer(206, (("content-range", _named(stretch, stored)), *typed), (stretch,))
        case several:
            parted = ("content-type", f"multipart/byteranges; boundary={boundary}")
            return Answer(206, (parted, *headers), _parted(several, stored, boundary))


def _policy(stored: Stored) -> str:
    perceived = stored.type.startswith(("audio/", "video/", "image/")) and not stored.download
    return PERCEIVED if perceived else INERT


def _whole(stored: Stored, headers: Headers) -> Answer:
    return Answer(200, headers, (Stretch(0, stored.size - 1),) if stored.size else ())


def _named(stretch: Stretch, stored: Stored) -> str:
    return f"bytes {stretch.first}-{stretch.last}/{stored.size}"


def _parted(several: tuple[Stretch, ...], stored: Stored, boundary: str) -> tuple[Piece, ...]:
    """Each part with its head, as RFC 9110, section 14.6, has it."""
    pieces: list[Piece] = []
    for stretch in several:
        described = f"Content-Type: {stored.type}\r\nContent-Range: {_named(stretch, stored)}"
        pieces += [f"--{boundary}\r\n{described}\r\n\r\n".encode(), stretch, b"\r\n"]
    return (*pieces, f"--{boundary}--\r\n".encode())


def _validated(validators: Validators) -> Headers:
    modified = format_datetime(validators.modified.astimezone(UTC), usegmt=True)
    return (("etag", validators.etag), ("last-modified", modified))


def _early(request: Request, validators: Validators, headers: Headers, now: datetime) -> Answer | None:
    """The answer where the conditions of a request settle it."""
    match outcome(request.headers, validators, now):
        case Outcome.NOT_MODIFIED:
            return Answer(304, headers)
        case Outcome.FAILED:
            return refusal(412)
        case Outcome.PROCEED:
            return None


def _takes_gzip(headers: Mapping[str, str]) -> bool:
    """Whether gzip is accepted (RFC 9110, section 12.5.3)."""
    takes: dict[str, bool] = {}
    for each in headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = each.replace(" ", "").partition(";")
        takes[name] = NOTHING.fullmatch(weight) is None
    return takes.get("gzip", takes.get("*", False))
