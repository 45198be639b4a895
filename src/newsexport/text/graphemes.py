"""What a reader takes for one letter, and text cut without cutting one."""

from __future__ import annotations

import unicodedata
from itertools import takewhile

_REGIONAL = frozenset(map(chr, range(0x1F1E6, 0x1F200)))


def clipped(text: str, most: int) -> str:
    """As much of the text as `most` bytes of UTF-8 hold, ending where a letter ends."""
    if len(text.encode("utf-8", "replace")) <= most:
        return text
    at = len(text.encode("utf-8", "replace")[:most].decode(errors="ignore"))
    return text[: next((end for end in range(at, 0, -1) if not is_one(text, end, 0)), at)].rstrip()


def is_one(text: str, at: int, begin: int) -> bool:
    """Whether the characters before and after `at` are one grapheme to a reader.

    No grapheme goes on across `begin`.

    The rules of Unicode Standard Annex #29, section 3.1.1, as far as the standard
    library knows the properties they rest on.
    """
    before, after = text[at - 1], text[at]
    return (
        unicodedata.category(after) in {"Mn", "Mc", "Me"}
        or "\u200d" in {before, after}
        or unicodedata.combining(before) == 9  # a virama joins the consonant after it
        or ("\u1160" <= after <= "\u11ff" and "\u1100" <= before <= "\u11ff")  # Hangul, decomposed
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # a skin tone
        or ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff")
        or _is_flag(text, at, begin)
    )


def _is_flag(text: str, at: int, begin: int) -> bool:
    """Whether `at` lies between the two regional indicators that make a flag."""
    indicators = takewhile(_REGIONAL.__contains__, (text[back] for back in range(at - 1, begin - 1, -1)))
    return text[at] in _REGIONAL and sum(1 for _ in indicators) % 2 == 1
