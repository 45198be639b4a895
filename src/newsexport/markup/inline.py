"""Runs of text: their looks, and white space as a browser collapses it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from lxml import etree

from newsexport.markup.notes import CALL
from newsexport.markup.parsing import Element
from newsexport.model import Mark, Span, Spans
from newsexport.text.addresses import absolute
from newsexport.text.languages import is_tag
from newsexport.text.plaintext import storable
from newsexport.text.wording import wording

# Readings beside a text (``ruby``): which belongs to which part of it.
#
# HTML has had three forms: base and reading by turns, all bases and then all readings, and
# either with parentheses (``rp``) for programs that know no ruby (WHATWG HTML, 4.5.10 to
# 4.5.12; HTML Ruby Markup Extensions, https://www.w3.org/TR/html-ruby-extensions/).

Part: TypeAlias = str | Element

OWN = frozenset(("rb", "rt", "rp", "rtc"))
READINGS = frozenset(("rt", "rtc"))


@dataclass(slots=True)
class RubyReading:
    """A part of the text, as strings and elements, and how it is read; empty when nothing says."""

    base: list[Part] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class _Unit:
    kind: str
    parts: list[Part]


def readings(ruby: Element) -> Iterator[RubyReading]:
    """The parts of a ``ruby`` element with their readings, in order; a reading of nothing is dropped."""
    group: list[_Unit] = []
    units = [unit for unit in _units(ruby, "rb") if unit.kind != "rp" and _has_text(unit.parts)]
    for unit, following in pairwise([*units, _Unit("rb", [])]):
        group.append(unit)
        if unit.kind in READINGS and following.kind not in READINGS:
            yield from _paired(group)
            group = []
    yield from _paired(group)


def _units(element: Element, kind: str) -> Iterator[_Unit]:
    """Runs of the same kind. Ends of such elements are often left out, which nests one in the other."""
    unit = _Unit(kind, [element.text or ""])
    for child in element:
        if child.tag in OWN:
            yield unit
            yield from _units(child, child.tag)
            unit = _Unit(kind, [])
        elif isinstance(child.tag, str):
            unit.parts.append(child)
        unit.parts.append(child.tail or "")
    yield unit


def _paired(group: list[_Unit]) -> Iterator[RubyReading]:
    """Bases with readings one by one when there are as many, else all with all."""
    bases = [unit.parts for unit in group if unit.kind not in READINGS]
    texts = [_text(unit.parts) for unit in group if unit.kind in READINGS]
    if len(bases) != len(texts):
        bases, texts = [[part for base in bases for part in base]], [" ".join(texts)]
    for base, text in zip(bases, texts, strict=True):
        if base:
            yield RubyReading(base, text)


def _text(parts: list[Part]) -> str:
    said = "".join(part if isinstance(part, str) else "".join(part.itertext()) for part in parts)
    return " ".join(INVISIBLE.sub("", said).split())


def _has_text(parts: list[Part]) -> bool:
    return any(not isinstance(part, str) or part.strip() for part in parts)


MARKS = {
    "em": Mark.EMPHASIS, "i": Mark.EMPHASIS, "cite": Mark.EMPHASIS, "dfn": Mark.EMPHASIS,
    "var": Mark.EMPHASIS,
    "strong": Mark.STRONG, "b": Mark.STRONG,
    "code": Mark.CODE, "kbd": Mark.CODE, "samp": Mark.CODE, "tt": Mark.CODE,
    "del": Mark.STRUCK, "s": Mark.STRUCK, "strike": Mark.STRUCK,
    "ins": Mark.INSERTED, "u": Mark.INSERTED,
    "sub": Mark.LOWERED, "sup": Mark.RAISED,
}  # fmt: skip
# What editors write instead of these elements.
STYLES = (
    (re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE), Mark.STRUCK),
    (re.compile(r"vertical-align\s*:\s*sub", re.IGNORECASE), Mark.LOWERED),
    (re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE), Mark.RAISED),
)
LASTING = frozenset((Mark.STRUCK, Mark.INSERTED))
FOLLOWED = ("http://", "https://", "mailto:")

# Nothing to see or to say: zero-width space, soft hyphen, word joiner, byte order mark. The
# joiners U+200C and U+200D stay: Persian and many Indian scripts are wrong without them.
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins",
    "kbd", "label", "mark", "nobr", "output", "q", "rb", "rt", "rtc", "ruby", "s", "samp", "small", "span",
    "strike",
    "strong", "sub", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u2063\u2062]")
SPACE = re.compile(r"[ \t\n\r\f]+")
BREAK = "\n"
# In front of these a call of a note stands right behind the word, whatever was between.
BEHIND_CALLS = " .,;:!?)]»”’…。，"
DIGITS = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")


def look_of(element: Element, around: Span, base: str) -> Span:
    """The look of what is in an element: marks, link and language on top of those around."""
    mark = MARKS.get(element.tag)
    if element.tag == "u" and around.href:
        mark = None  # a line under a link is only its look
    marks = around.marks | {mark} if mark else around.marks
    if style := element.get("style"):
        marks |= {mark for pattern, mark in STYLES if pattern.search(style)}
    href = _href(element, base) if element.tag == "a" else None
    return Span("", marks, href or around.href, language_of(element, around))


def language_of(element: Element, around: Span) -> str | None:
    """The language an element says it is in (``lang``, in XHTML ``xml:lang``), else that around it."""
    said = (element.get("lang") or element.get("xml:lang") or "").strip().replace("_", "-")
    return said if is_tag(said) else around.language


def is_inline(element: Element) -> bool:
    """Whether it stands in a line of text, as far as what it is tells."""
    return element.tag in INLINE or element.tag in {"rp", "br", "img", "sup", CALL, etree.Comment}


def quotes_of(quotation: Element, language: str) -> tuple[str, str]:
    """The marks around a ``q``: those of the language around it, the inner ones within another."""
    around = (each.get("lang") or each.get("xml:lang") or "" for each in quotation.iterancestors())
    outer, closing, inner, inner_closing = wording(next(filter(is_tag, around), language)).quotes
    nested = sum(1 for _ in quotation.iterancestors("q")) % 2
    return (inner, inner_closing) if nested else (outer, closing)


def _href(element: Element, base: str) -> str | None:
    href = (element.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    href = absolute(base, href)
    return href if href.lower().startswith(FOLLOWED) else None


def superscript(element: Element) -> str:
    """Raised text that has characters of its own, or is the number of a note, in brackets; else nothing."""
    text = " ".join("".join(element.itertext()).split())
    linked = any(True for _ in element.iter("a"))
    if linked and re.fullmatch(r"\[?[\d*†‡a-z]{1,4}\]?", text):
        return f"[{text.strip('[]')}]"
    return text.replace("−", "-").translate(DIGITS) if re.fullmatch(r"[\d+\-−=()]{1,6}", text) else ""


@dataclass(slots=True)
class Run:
    """Text on its way to being paragraphs."""

    spans: list[Span] = field(default_factory=list)

    def add(self, text: str, look: Span) -> None:
        """More text, its white space collapsed, in this look."""
        if not text:
            return
        if "  " in text or not text.isprintable():
            text = SPACE.sub(" ", INVISIBLE.sub("", text))
        before = next((span.text for span in reversed(self.spans) if span.note is None), BREAK)
        if before.endswith(" ") and self.spans[-1].note is not None and text[0] in BEHIND_CALLS:
            self._close_up()
        elif before.endswith((" ", BREAK)):
            text = text.removeprefix(" ")
        if not text:
            return
        last = self.spans[-1] if self.spans else None
        if last is not None and last.text != BREAK and _look_alike(last, look):
            self.spans[-1] = _saying(last, last.text + text)
        else:
            self.spans.append(_saying(look, text))

    def _close_up(self) -> None:
        """Let calls of notes stand right behind the word: a space is behind them, or a sign."""
        at = next(at for at in range(len(self.spans) - 1, -1, -1) if self.spans[at].note is None)
        self.spans[at] = _saying(self.spans[at], self.spans[at].text.removesuffix(" "))

    def add_whole(self, span: Span) -> None:
        """A span that stays one by itself: a call of a note, or text that is read as it says beside it."""
        self.spans.append(span)

    def line_break(self) -> None:
        """A forced break: one is a new line, two are a new paragraph."""
        self.spans.append(Span(BREAK))

    def is_at_start(self) -> bool:
        """Whether what comes next begins a paragraph."""
        return not any(map(_shows, self.spans)) or [span.text for span in self.spans[-2:]] == [BREAK, BREAK]

    def taken(self) -> Iterator[Spans]:
        """The paragraphs of the run, which is empty then."""
        spans, self.spans = self.spans, []
        part: list[Span] = []
        broken = 0
        for span in spans:
            if span.text == BREAK:
                broken += 1
                continue
            if not _shows(span):
                if part and not broken:
                    part.append(span)
                continue
            if broken > 1 and part:
                yield from _paragraph(part)
                part = []
            elif broken and part:
                part.append(Span(BREAK))
            broken = 0
            part.append(span)
        yield from _paragraph(part)


def _saying(look: Span, text: str) -> Span:
    """A span of this look; a third of the time that `replace` takes, and of this there is most in a page."""
    return look if look.text == text else Span(text, *_look(look))


def _look(span: Span) -> tuple[frozenset[Mark], str | None, str | None, str | None, str | None]:
    return span.marks, span.href, span.language, span.ruby, span.note


def _look_alike(one: Span, other: Span) -> bool:
    return _look(one) == _look(other)


def _shows(span: Span) -> bool:
    return span.note is not None or bool(span.text.strip())


def _storable(span: Span) -> Span:
    """The span composed and free of what no format can hold."""
    if span.ruby:
        span = replace(span, ruby=unicodedata.normalize("NFC", storable(span.ruby)))
    return _saying(span, unicodedata.normalize("NFC", storable(span.text)))


def _paragraph(part: list[Span]) -> Iterator[Spans]:
    """The spans trimmed and tidied; none when nothing is left."""
    made = [_storable(span) for span in part]
    if not any(map(_shows, made)):
        return
    while not _shows(made[0]):
        made.pop(0)
    while not _shows(made[-1]):
        made.pop()
    made[0] = _saying(made[0], made[0].text.lstrip())
    made[-1] = _saying(made[-1], made[-1].text.rstrip())
    tidy: list[Span] = []
    for span in made:
        text = span.text.lstrip(" ") if tidy and tidy[-1].text.endswith(BREAK) else span.text
        if span.text == BREAK and tidy:
            tidy[-1] = _saying(tidy[-1], tidy[-1].text.rstrip(" "))
        if text and tidy and span.ruby is None and _look_alike(tidy[-1], span):
            tidy[-1] = _saying(tidy[-1], tidy[-1].text + text)
        elif text or span.note is not None:
            tidy.append(_saying(span, text))
    yield tuple(tidy)
