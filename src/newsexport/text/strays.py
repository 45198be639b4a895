"""What bytes tell of their encoding: UTF-8 with strays of an older one, and where anything is told."""

from __future__ import annotations

import re

from newsexport.text.patterns import pattern

STRAYS = pattern("[\udc80-\udcff]+")
# What stands between or beside words besides letters, in Windows-1252.
SIGNS = frozenset("‘’“”–—…")


BEYOND_ASCII = re.compile(b"[\x80-\xff]")
# Bytes that are looked at.
SAMPLE = 65_536


def telling(data: bytes, size: int = SAMPLE) -> bytes:
    """A piece of so many bytes, in which some are beyond ASCII where any are."""
    found = BEYOND_ASCII.search(data)
    start = max(found.start() - size // 2, 0) if found and found.start() > size // 2 else 0
    return data[start : start + size]


def mostly_utf8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 beyond doubt, though not all of them; None of others.

    A lone byte beside a Latin letter is what it was in Windows-1252, all else that is damaged U+FFFD.
    """
    repaired = telling(data).decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    if sum(character > "\x7f" for character in repaired) - broken <= 3 * broken:
        return None
    text = data.decode("utf-8", "surrogateescape")
    return STRAYS.sub(
        lambda found: _mended(
            found[0], text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        ),
        text,
    )


def _mended(run: str, before: str, after: str) -> str:
    raw = run.encode("utf-8", "surrogateescape")
    meant = raw.decode("cp1252", "replace") if len(run) == 1 else ""
    latin = any(each.isalpha() and each < "\u0250" for each in (before, after))
    return meant if latin and (meant.isalpha() or meant in SIGNS) else raw.decode("utf-8", "replace")
