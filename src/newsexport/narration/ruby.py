"""Text that says how it is read, on its way to being said: readings, and what marks tell the eye.

Where a span has a reading (``ruby``) and the language is one in which the reading is what
is said, both travel through the splitting into sentences between the characters that
Unicode has for this (U+FFF9 to U+FFFB, Unicode Standard, 23.8), and part at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from newsexport.model import Mark, Span, Spans, plain
from newsexport.text.languages import primary
from newsexport.text.plaintext import LOWERED, RAISED, STRIKE
from newsexport.text.wording import Wording, wording

BEGIN, PART, END = "\ufff9", "\ufffa", "\ufffb"
ANNOTATED = re.compile(f"{BEGIN}([^{BEGIN}{PART}{END}]*){PART}([^{BEGIN}{PART}{END}]*){END}")
SIGNS = dict.fromkeys(map(ord, BEGIN + PART + END))

# Elsewhere the small letters tell learners a sound, and voices know the language better.
READ = frozenset(("ja",))

# What is said of a figure raised above the line is known by the characters that Unicode has for it.
POWER = re.compile(r"[-−+]?\d+")
# Indices that are not figures alone, and each of their characters as it stands on the line.
ORDINARY = {below: chr(letter) for letter, below in reversed(LOWERED.items())}
BELOW = "".join(map(chr, ORDINARY))
INDEX = re.compile(f"(?<=\\w)(?![₀-₉]+(?![{BELOW}]))[{BELOW}]+")
LEVELS = frozenset((Mark.LOWERED, Mark.RAISED))


def annotated(spans: Spans, language: str) -> str:
    """The text of a run, with its readings where they are what is said, and with what its marks tell.

    ``€10 €8``, the first struck and the second inserted, is said as ``€10, struck out, now €8``. In a
    language that we have no words of what is struck is not said: it would be heard as if it held.
    """
    words = wording(language)
    ours = words if words.speaks(language) else None
    parts: list[str] = []
    after = False  # whether what is struck stands right before
    for standing, grouped in groupby(spans, _standing):
        run = tuple(grouped)
        text = "".join(_read(run, language))
        if standing is Mark.STRUCK:
            parts.append(_struck(text, ours))
        else:
            replaces = after and ours is not None and standing is Mark.INSERTED
            parts += [_unprinted(f"{ours.now} "), text] if replaces and ours else [text]
        after = standing is Mark.STRUCK or (after and not plain(run).strip())
    return "".join(parts)


def unsaid(spans: Spans, language: str) -> str:
    """What of a run is struck and not said; see `annotated`."""
    if wording(language).speaks(language):
        return ""
    return plain(span for span in spans if _standing(span) is Mark.STRUCK)


def _standing(span: Span) -> Mark | None:
    return next((mark for mark in (Mark.STRUCK, Mark.INSERTED) if mark in span.marks), None)


def _struck(text: str, words: Wording | None) -> str:
    """The text and that it is struck, before the mark that ends it: behind that another sentence begins."""
    if not text.strip():
        return text
    if words is None:
        return read_as(f"{STRIKE}{printed(text)}{STRIKE}", "")
    kept = text.rstrip(" .,;:!?…")
    begins = len(kept) - len(kept.lstrip())
    told = read_as(STRIKE, f"{words.comma}{words.struck}{words.comma.rstrip()}")
    return f"{kept[:begins]}{read_as(STRIKE, '')}{kept[begins:]}{told}{text[len(kept) :]}"


def read_as(printed: str, said: str) -> str:
    """Text with what is said in its place."""
    return f"{BEGIN}{printed}{PART}{said}{END}"


def _unprinted(said: str) -> str:
    """What is said where nothing is printed."""
    return read_as("", said)


def _read(spans: Spans, language: str) -> Iterator[str]:
    """The text of each span; an index or power that is more than a figure is a word of its own."""
    for level, grouped in groupby(spans, lambda span: span.marks & LEVELS):
        run = tuple(grouped)
        text = plain(run)
        lowered = Mark.LOWERED in level and not text.isdecimal()
        raised = Mark.RAISED in level and (text == "n" or not text.isalnum())
        if Mark.RAISED in level and POWER.fullmatch(text):
            yield read_as(text, text.translate(RAISED))
        elif lowered or raised:
            yield from (_unprinted(" "), text.translate(SIGNS))
        else:
            yield from (_annotated(span, language) for span in run)


def _annotated(span: Span, language: str) -> str:
    text = span.text.translate(SIGNS)
    if not span.ruby or primary(span.language or language) not in READ:
        return text
    return read_as(text, span.ruby.translate(SIGNS))


def with_indices(text: str) -> str:
    """The text with indices that are more than a figure, such as ``aₙ₊₁``, as words of their own: ``a n+1``.

    So they stand in headlines, which have no marks; figures below the line are known to the rules.
    """
    return INDEX.sub(lambda found: f" {found[0].translate(ORDINARY)}", text)


def printed(text: str) -> str:
    """The text as it stands in the article."""
    return ANNOTATED.sub(r"\1", text).translate(SIGNS)


def said(text: str) -> str:
    """The text with the readings in the place of what they read."""
    return ANNOTATED.sub(r"\2", text).translate(SIGNS)
