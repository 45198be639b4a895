"""What is made on request, kept for the next who asks."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from newsexport.publishing.site import Site
from newsexport.publishing.ways import recoded
from newsexport.serving.routes import GeneratedResource

# What is made once, for whoever asks under whatever name: the address of the library is filled in.
#
# Making the feeds and catalogues of a large library takes seconds, and a household knows its server by
# several names. So everything is made under a name that nothing else has, and that is replaced.

# Nobody who writes what is published can know it.
NEUTRAL = Site(f"http://{secrets.token_hex(16)}.invalid/")


def filled(body: bytes, media_type: str, site: Site) -> bytes:
    """What was made for `NEUTRAL`, as it is for a site: the same bytes as if it had been made for that.

    The address stands there whole, without its scheme (the links of apps have one of their own), or
    inside another address.
    """
    written = _as_text(media_type)
    whole, inside = NEUTRAL.base, quote(NEUTRAL.base, safe="")
    bare = whole.partition("://")[2]
    for form, value in (
        (inside, quote(site.base, safe="")),
        (whole, written(site.base)),
        (bare, written(site.base.partition("://")[2])),
    ):
        body = body.replace(form.encode(), value.encode())
    return recoded(body.decode()).encode() if b"data-code=" in body else body


def _as_text(media_type: str) -> Callable[[str], str]:
    """How an address is written into a document of a type."""
    if "json" in media_type:
        return lambda text: json.dumps(text)[1:-1]
    return escape if "ml" in media_type else str


# What is smaller fits into one packet either way.
WORTH_COMPRESSING = 1024

# Bytes that are kept: some hundred feeds and pages, little enough for a small machine.
KEPT = 12_000_000

# Those who may wait for what they look for; in a household nobody does.
SEARCHES = 16


@dataclass(frozen=True, slots=True)
class CachedBody:
    """A made thing as bytes; `compressed` is None where that would save nothing."""

    body: bytes
    etag: str
    compressed: bytes | None

    def __len__(self) -> int:
        return len(self.body) + len(self.compressed or b"")


class ResponseCache:
    """The last things made. They are made one after the other, so that nothing is made twice at once.

    Whoever asks under another name is given what was made already, with that name filled in. What is
    looked for is made beside them.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._room = kept
        self._kept: OrderedDict[tuple[int | str, str], tuple[object, CachedBody]] = OrderedDict()
        self._making = asyncio.Lock()
        self._looking = asyncio.Lock()
        self._waiting = 0

    async def of(self, made: GeneratedResource, site: Site) -> CachedBody:
        """What this is under that address, made before or now, in a thread."""
        key = (_name(made), site.base)
        if found := self._found(key):
            return found
        async with self._making:
            if found := self._found(key):
                return found
            neutral = self._found((_name(made), NEUTRAL.base))
            if neutral is None:
                neutral = CachedBody(await asyncio.to_thread(made.make, NEUTRAL), "", None)
                self._keep(made, NEUTRAL, neutral)
            printed = await asyncio.to_thread(_filled, made, neutral.body, site)
        self._keep(made, site, printed)
        return printed

    def _keep(self, made: GeneratedResource, site: Site, printed: CachedBody) -> None:
        # as long as it is held, nothing else has its id; what has a stamp may go, and its library with it
        self._kept[_name(made), site.base] = (None if made.stamp else made, printed)
        self._room -= len(printed)
        while self._room < 0:
            self._room += len(self._kept.popitem(last=False)[1][1])

    async def sought(self, made: GeneratedResource, site: Site) -> CachedBody | None:
        """What was found for somebody, None where too many are waiting for theirs.

        One search is made at a time, and nothing else waits for it. It is not kept: nobody asks for the
        very same again, and it would take the place of what many ask for.
        """
        if self._waiting >= SEARCHES:
            return None
        self._waiting += 1
        try:
            async with self._looking:
                return await asyncio.to_thread(_made_for, made, site)
        finally:
            self._waiting -= 1

    def _found(self, key: tuple[int | str, str]) -> CachedBody | None:
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][1]


def etag_of(made: GeneratedResource, site: Site) -> str:
    """The strong entity tag of something before it is made; empty where nobody can tell."""
    named = f"{made.stamp} {site.base}".encode()
    return f'"{hashlib.sha256(named).hexdigest()[:32]}"' if made.stamp else ""


def _name(made: GeneratedResource) -> int | str:
    """What it is kept under: with a stamp, whoever has the same is given the same."""
    return made.stamp or id(made)


def _filled(made: GeneratedResource, neutral: bytes, site: Site) -> CachedBody:
    return _printed(filled(neutral, made.type, site), made.type, etag_of(made, site))


def _made_for(made: GeneratedResource, site: Site) -> CachedBody:
    return _printed(made.make(site), made.type)


def _printed(body: bytes, media_type: str, etag: str = "") -> CachedBody:
    etag = etag or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    worth = len(body) >= WORTH_COMPRESSING and media_type.startswith(("text/", "application/"))
    compressed = gzip.compress(body, 6, mtime=0) if worth else None
    return CachedBody(body, etag, compressed if compressed and len(compressed) < len(body) else None)
