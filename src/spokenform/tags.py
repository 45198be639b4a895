"""Language tags (BCP 47), as far as it needs to know them."""

from __future__ import annotations

import re

# A language of two or three letters, then subtags (RFC 5646, section 2.1, without the grandfathered ones).
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def is_tag(text: str) -> bool:
    """Whether this is a language tag, such as ``en`` or ``pt-BR``."""
    return TAG.fullmatch(text) is not None


def primary(tag: str) -> str:
    """The language alone, in lower case: ``en`` for ``en-GB``."""
    return tag.replace("_", "-").split("-", 1)[0].lower()
