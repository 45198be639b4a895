"""Names that every file system takes: FAT's letters, Windows' reserved words, and no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from newsexport.disk import is_reserved

# Bytes of a whole name; FAT and exFAT take 255 UTF-16 units, ext4 255 bytes, and some readers less.
LONGEST = 120

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def portable(name: str, taken: Collection[str] = ()) -> str:
    """The name as every device takes it, at most `LONGEST` bytes, unlike those that are taken.

    The same name always gives the same; two that differ in case alone are alike.
    """
    stem, suffix = _parted(unicodedata.normalize("NFC", name))
    stem = FORBIDDEN.sub("-", stem).strip(" .").lstrip("-~")
    if is_reserved(stem):
        stem = f"_{stem}"
    others = {other.casefold() for other in taken}
    number = 1
    while True:
        mark = f"-{number}" if number > 1 else ""
        room = LONGEST - len((mark + suffix).encode())
        cut = stem.encode("utf-8", "replace")[:room].decode(errors="ignore").rstrip(" .") or "news"
        candidate = f"{cut}{mark}{suffix}"
        if candidate.casefold() not in others:
            return candidate
        number += 1


def _parted(name: str) -> tuple[str, str]:
    """Stem and suffix; that of a Kobo book has two parts."""
    for double in (".kepub.epub",):
        if name.lower().endswith(double):
            return name[: -len(double)], double
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem or len(suffix) > 8 or not suffix.isalnum():
        return name, ""
    return stem, f".{suffix.lower()}"
