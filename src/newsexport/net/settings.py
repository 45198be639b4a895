"""How pages and pictures are fetched: what the user may choose, and what is always so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsexport import __version__
from newsexport.protocols import Kind

# Bytes after decompression.
LARGEST = {Kind.PAGE: 20_000_000, Kind.PICTURE: 15_000_000}

ACCEPT = {
    Kind.PAGE: "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,*/*;q=0.7",
    Kind.PICTURE: "image/jpeg,image/png,image/webp,image/gif,image/avif,image/*;q=0.5",
}


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """What the user may choose.

    At most `per_host` requests go to one host at a time and `in_all` to all together;
    each may take `seconds` from connection to last byte. A host that lets two requests in
    a row run out of time is asked nothing more, and after `deadline` seconds from the first
    request no host is. `allowed` hosts (``host`` or
    ``host:port``) may lie in a private network. `cookies` is the user's own file in the
    Netscape form; it is only read. `folder` keeps what was fetched for the next run,
    `offline` uses nothing else.
    """

    per_host: int = 1
    in_all: int = 8
    seconds: float = 30
    deadline: float = 600
    attempts: int = 3
    longest_wait: float = 10
    allowed: frozenset[str] = frozenset()
    cookies: Path | None = None
    folder: Path | None = None
    offline: bool = False
    agent: str = f"newsexport/{__version__} (news reader; fetches what one person reads)"
