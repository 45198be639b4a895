"""Text that says how it is read, on its way to being said.

Where a span has a reading (``ruby``) and the language is one in which the reading is what
is said, both travel through the splitting into sentences between the characters that
Unicode has for this (U+FFF9 to U+FFFB, Unicode Standard, 23.8), and part at its end.
"""

from __future__ import annotations

import re

from newsexport.languages import primary
from newsexport.model import Span, Spans

BEGIN, PART, END = "\ufff9", "\ufffa", "\ufffb"
ANNOTATED = re.compile(f"{BEGIN}([^{BEGIN}{PART}{END}]*){PART}([^{BEGIN}{PART}{END}]*){END}")
SIGNS = dict.fromkeys(map(ord, BEGIN + PART + END))

# Elsewhere the small letters tell learners a sound, and voices know the language better.
READ = frozenset(("ja",))


def annotated(spans: Spans, language: str) -> str:
    """The text of a run, with its readings where they are what is said."""
    return "".join(_annotated(span, language) for span in spans)


def _annotated(span: Span, language: str) -> str:
    text = span.text.translate(SIGNS)
    if not span.ruby or primary(span.language or language) not in READ:
        return text
    return f"{BEGIN}{text}{PART}{span.ruby.translate(SIGNS)}{END}"


def printed(text: str) -> str:
    """The text as it stands in the article."""
    return ANNOTATED.sub(r"\1", text).translate(SIGNS)


def said(text: str) -> str:
    """The text with the readings in the place of what they read."""
    return ANNOTATED.sub(r"\2", text).translate(SIGNS)
