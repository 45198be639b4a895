"""The forms of dates, times, language tags and identifiers.

Sources: W3C note on dates and times; BCP 47; RFC 9562; SMIL 3.0, section 5.4.3.
"""

from __future__ import annotations

import re
from datetime import date

from epubpreflight.grammar import words

W3C_DATE = re.compile(
    r"(\d+)(?:-(\d+)(?:-(\d+)(?:T(\d+):(\d+)(?::(\d+)(?:\.(\d+))?)?(?:Z|[+-](\d+):(\d+)))?)?)?", re.ASCII
)
UNDATED = re.compile(r"(\d+)(?:-(\d+)(?:-(\d+)(?:T(\d+):(\d+))?)?)?", re.ASCII)
BCP47 = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE | re.ASCII,
)
GRANDFATHERED = frozenset(
    words(
        "art-lojban cel-gaulish en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo "
        "i-navajo i-pwn i-tao i-tay i-tsu no-bok no-nyn sgn-be-fr sgn-be-nl sgn-ch-de zh-guoyu zh-hakka "
        "zh-min zh-min-nan zh-xiang"
    )
)


CLOCK = re.compile(
    r"[0-9]+:[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|[0-9]+(\.[0-9]+)?(h|min|s|ms)?"
)


UNITS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001, "": 1.0}


def seconds(clock: str) -> float:
    """A clock value of SMIL in seconds."""
    parts = clock.strip().split(":")
    if len(parts) > 1:
        total = 0.0
        for part in parts:
            total = total * 60 + float(part)
        return total
    found = re.fullmatch(r"([0-9.]+)(h|min|s|ms)?", clock.strip())
    return float(found.group(1)) * UNITS[found.group(2) or ""] if found else 0.0


def is_uuid(text: str) -> bool:
    """Five groups of hexadecimal digits; how many there are in each, EPUBCheck does not count."""
    return re.fullmatch(r"[0-9A-Fa-f]{1,8}(?:-[0-9A-Fa-f]{1,4}){3}-[0-9A-Fa-f]{1,12}", text) is not None


def is_date(text: str) -> bool:
    """A date in the manner of the W3C's note on dates and times."""
    found = W3C_DATE.fullmatch(text) or UNDATED.fullmatch(text)
    if not found or not 1 <= len(found.group(1)) <= 9:
        return False
    year, month, day = (int(found.group(at) or 1) for at in (1, 2, 3))
    if year > 9999:
        return False
    try:
        date(max(year, 1), month, day)
    except ValueError:
        return False
    hour, minute, second = (int(one or 0) for one in (found.groups() + (None,) * 9)[3:6])
    return hour < 24 and minute < 60 and second < 60


def is_language(tag: str) -> bool:
    """A language tag as BCP 47 has them."""
    return BCP47.fullmatch(tag) is not None or tag.lower() in GRANDFATHERED
