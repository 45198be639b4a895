"""Text and attributes of XHTML, written by joining strings.

Whatever an article holds, what these functions give is well-formed: characters that XML
1.0 (fifth edition, section 2.2) has no place for are dropped here, once and for all.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsexport.languages import direction, is_within

# What XML does not take, and the controls and noncharacters that it takes and discourages; and soft hyphens,
# which keep words from a device's dictionary while the device hyphenates by itself.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)

# A letter or sign that can be seen; a title or a link needs one, or it has no name to be read out by.
SEEN = re.compile("[^\\s\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def legal(value: str) -> str:
    """The text without what XML has no place for."""
    # The test is much faster than the search, and nearly every text passes it.
    return value if value.isprintable() else UNWANTED.sub("", value)


def text(value: str) -> str:
    """Character data."""
    return legal(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """An attribute's value, on one line, to stand between double quotes."""
    return text(" ".join(value.split())).replace('"', "&quot;")


def is_seen(value: str) -> bool:
    """Whether anything of the text can be seen."""
    return SEEN.search(legal(value)) is not None


def label(value: str, longest: int = 160) -> str:
    """Plain text on one line for a list of contents, shortened at a word; not escaped.

    Nothing, when nothing of it can be seen.
    """
    line = " ".join(legal(value[: 8 * longest]).split())  # a paragraph need not be read to its end
    if not SEEN.search(line):
        return ""
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


@lru_cache(maxsize=256)
def language_attributes(tag: str, around: str, *, xml: bool = True) -> str:
    """The attributes of an element whose language may differ from the text around it.

    Without those of XML for a page of the web.
    """
    if is_within(tag, around):
        return ""
    turned = f' dir="{direction(tag)}"' if direction(tag) != direction(around) else ""
    again = f' xml:lang="{tag}"' if xml else ""
    return f' lang="{tag}"{again}{turned}'
