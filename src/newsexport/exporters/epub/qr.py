"""The address of a page as a picture that a telephone can read off the e-reader's screen.

Someone who reads offline cannot follow a link; with a code beside it they can follow it
on the telephone in their pocket.
"""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache

# Pixels a module: 3 are read from a 300 ppi screen at arm's length, and readers shrink pictures.
SCALE = 4

# Modules of white around the code (ISO/IEC 18004:2015, section 6.3.8).
QUIET = 4

# 97 by 97 modules, 858 bytes at the lowest level: larger ones are not read from a 6-inch screen.
LARGEST = 20


def code_file(url: str) -> str:
    """The name of the file that holds the code of a URL."""
    return f"q{hashlib.sha256(url.encode()).hexdigest()[:16]}.png"


@lru_cache(maxsize=256)
def code(url: str) -> bytes | None:
    """The URL as a QR code, a PNG of one bit a pixel; None where it is too long for one.

    The code bears as much error correction as fits in the size that the URL needs.
    """
    import segno  # noqa: PLC0415 - few books have codes

    try:
        symbol = segno.make_qr(url, error="l", version=None, mode="byte", encoding="utf-8", boost_error=True)
    except segno.DataOverflowError:
        return None
    if int(symbol.version) > LARGEST:
        return None
    written = io.BytesIO()
    symbol.save(written, kind="png", scale=SCALE, border=QUIET)
    return written.getvalue()
