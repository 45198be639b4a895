"""A request as plain values: what it asks for, which version and which bytes (RFC 9110).

A header that cannot be meant is ignored, as section 14.2 allows: the client then gets the whole,
which every client understands. Apps that play while they load repeat a refused range for ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any
from urllib.parse import parse_qs

from newsexport.text.dates import mail_date

# "first-last", "first-" or "-length" (section 14.1.1); digits are ASCII's.
SPEC = re.compile(r"(?P<first>[0-9]+)-(?P<last>[0-9]*)|-(?P<length>[0-9]+)", re.ASCII)

# Players ask for one range, readers of zip files for a handful; what asks for more is answered whole,
# because hundreds of small ranges cost a server more than they can be worth (section 17.15).
MOST = 16

# More digits than any file has bytes, and few enough for a number to be made of them.
DIGITS = 19


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `first` to `last`, both included, counted from 0."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


def stretches(header: str, size: int) -> tuple[ByteRange, ...] | None:
    """What is asked of a file of `size` bytes; None for all of it, nothing where no byte is there.

    Stretches that overlap are joined, others keep the order they were asked for in (section 15.3.7.2).
    An empty file has no part that a `Content-Range` could name, so it is always given whole.
    """
    unit, equals, listed = header.partition("=")
    if unit.strip().lower() != "bytes" or not equals or size == 0:
        return None
    specs = [spec for each in listed.split(",") if (spec := each.strip(" \t"))]
    matches = [SPEC.fullmatch(spec) for spec in specs]
    if not specs:
        return None
    asked: list[ByteRange] = []
    for match in matches:
        if match is None or _backwards(match):
            return None
        if stretch := _stretch(match, size):
            asked.append(stretch)
    joined = _joined(asked)
    return joined if len(joined) <= MOST else None


def _backwards(match: re.Match[str]) -> bool:
    return bool(match["last"]) and _number(match["last"]) < _number(match["first"])


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= DIGITS else 10**DIGITS


def _stretch(match: re.Match[str], size: int) -> ByteRange | None:
    """The part of the file that one range names, None where it names nothing that is there."""
    if match["length"]:
        length = min(_number(match["length"]), size)
        return ByteRange(size - length, size - 1) if length else None
    first = _number(match["first"])
    last = min(_number(match["last"]), size - 1) if match["last"] else size - 1
    return ByteRange(first, last) if first < size else None


def _joined(asked: list[ByteRange]) -> tuple[ByteRange, ...]:
    in_order = sorted(asked, key=lambda stretch: stretch.first)
    joined: list[ByteRange] = []
    for stretch in in_order:
        if joined and stretch.first <= joined[-1].last:
            joined[-1] = ByteRange(joined[-1].first, max(joined[-1].last, stretch.last))
        else:
            joined.append(stretch)
    return tuple(asked) if len(joined) == len(asked) else tuple(joined)


# Whether a client has what it asks for already (RFC 9110, section 13).

# An entity tag in a list (section 8.8.3); its characters are those of ISO 8859-1, as headers are decoded.
TAG = re.compile(r'(?P<weak>W/)?(?P<tag>"[\x21\x23-\x7e\x80-\xff]*")')


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one state of a resource from another.

    `etag` is a strong entity tag with its quotes; `modified` has whole seconds.
    """

    etag: str
    modified: datetime


class Outcome(Enum):
    """What is to be done after the conditions of a request were looked at."""

    PROCEED = auto()
    NOT_MODIFIED = auto()
    FAILED = auto()


def outcome(headers: Mapping[str, str], validators: Validators, now: datetime) -> Outcome:
    """The conditions in the order of section 13.2.2; `headers` by their names in lower case.

    A client that was told a date later than `now`, while a clock was wrong, is answered in full.
    """
    if "if-match" in headers:
        if not _lists(headers["if-match"], validators.etag, weakly=False):
            return Outcome.FAILED
    elif (since := _date(headers.get("if-unmodified-since"))) and validators.modified > since:
        return Outcome.FAILED
    if "if-none-match" in headers:
        has_it = _lists(headers["if-none-match"], validators.etag, weakly=True)
        return Outcome.NOT_MODIFIED if has_it else Outcome.PROCEED
    since = _date(headers.get("if-modified-since"))
    return Outcome.NOT_MODIFIED if since and validators.modified <= since <= now else Outcome.PROCEED


def continues(condition: str | None, validators: Validators, now: datetime) -> bool:
    """Whether a client may add a part to what it has, by its `If-Range` (section 13.1.5).

    A date is only good for that when nothing was changed within the second it names (section 8.8.2.2).
    """
    if condition is None:
        return True
    if match := TAG.fullmatch(condition.strip()):
        return not match["weak"] and match["tag"] == validators.etag
    date = _date(condition)
    return date == validators.modified and (now - validators.modified).total_seconds() >= 1


def _lists(header: str, etag: str, *, weakly: bool) -> bool:
    if header.strip() == "*":
        return True
    return any(match["tag"] == etag and (weakly or not match["weak"]) for match in TAG.finditer(header))


def _date(text: str | None) -> datetime | None:
    """A date in any of the three forms of section 5.6.7, None where it is none."""
    if not text or text.count(",") > 1:  # several fields of one name
        return None
    return mail_date(text)


# A request as plain values, taken from what an ASGI server hands over.

Scope = Mapping[str, Any]

# Fields of a query, and characters of one.
MOST_FIELDS, LONGEST = 16, 200


@dataclass(frozen=True, slots=True)
class ClientRequest:
    """What a client asks.

    `target` is the path as it was sent, still percent-encoded and without its `query`; `hosts` every
    `Host` that was sent; `local` the address of this machine that the client reached, and `port` the
    port there, None where a server has none. `headers` have names in lower case, several of one name
    joined by commas (RFC 9110, section 5.3).
    """

    method: str
    target: bytes
    scheme: str
    hosts: tuple[str, ...]
    local: str
    client: str
    headers: Mapping[str, str]
    query: bytes = b""
    port: int | None = None

    def asked(self, name: str) -> str:
        """What a field of the query says, cut to what a person would type; empty where there is none."""
        try:
            fields = parse_qs(self.query.decode("latin-1"), max_num_fields=MOST_FIELDS)
        except ValueError:  # more fields than that
            return ""
        return fields.get(name, [""])[0][:LONGEST]

    @property
    def has_body(self) -> bool:
        """Whether something follows the head, which nothing here would have asked for."""
        return "transfer-encoding" in self.headers or self.headers.get("content-length", "0") != "0"


def read(scope: Scope) -> ClientRequest:
    """The request in an ASGI scope of the type `http`.

    A whole address in the first line takes the place of the `Host` (RFC 9112, section 3.2.2).
    """
    headers: dict[str, str] = {}
    hosts: list[str] = []
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
        if name == "host":
            hosts.append(value)
    target: bytes = scope["raw_path"]
    if target.lower().startswith((b"http://", b"https://")):
        authority, slash, path = target.partition(b"//")[2].partition(b"/")
        hosts, target = [authority.decode("latin-1")], slash + path
    return ClientRequest(
        method=scope["method"],
        target=target,
        scheme=scope["scheme"],
        hosts=tuple(hosts),
        local=_end(scope.get("server")),
        client=_end(scope.get("client")),
        headers=headers,
        query=scope.get("query_string", b""),
        port=(scope.get("server") or ("", None))[1],
    )


def _end(end: tuple[str, int | None] | None) -> str:
    return end[0] if end else ""
