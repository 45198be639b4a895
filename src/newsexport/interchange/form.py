"""What both directions agree on: the version, the limits, the characters."""

from __future__ import annotations

import re

VERSION = 1

# Quotes in quotes and lists in lists; people stop at three, and no reader's screen has room for more.
DEEPEST = 32

LANGUAGE = re.compile(r"(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)?")
MEDIA_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")
PICTURES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "image/gif": b"GIF8"}

# C0 and C1 controls, zero-width no-break space, lone surrogates and the noncharacters of
# every plane: XML 1.0 (fifth edition, section 2.2) takes none or discourages them.
UNSTORABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)


def storable(text: str) -> str:
    """The text without the characters that XML, and so most formats, cannot hold."""
    if text.replace("\n", "").isprintable():
        return text  # nearly always, and thirty times as fast to find out
    return UNSTORABLE.sub("", text)
