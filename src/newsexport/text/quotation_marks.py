"""Quotation marks and apostrophes as they are printed, where they were typed straight.

A mark that can open and finds one that can close makes a pair, which gets the marks of the language
(`wording`): double ones the outer, single ones the inner. What is paired with nothing stays as it was, but
for an apostrophe, and for the mark before a paragraph whose speaker goes on in the next. Inches, feet and
minutes keep theirs, Hebrew initials too, and scripts without spaces, which have marks of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsexport.model import Article, Edition, Mark, Note, Section, Spans, respanned, reworded
from newsexport.text.languages import primary
from newsexport.text.wording import wording

STRAIGHT = re.compile("[\"']")
APOSTROPHE = "’"
# Words that begin with an apostrophe, which looks as if it opened a quotation.
ELIDED = re.compile(r"(?i)\d0?s\b|\d\ds?\b|(?:em|n|til|tis|twas|cause|bout|round|s|t|ere|tude)\b")
# Before these a mark opens, as before a space; Ps and Pi are brackets and quotation marks that open.
OPENS_BEHIND = "-–—/\"'¿¡"
OPENING = ("Ps", "Pi")
UNTOUCHED = frozenset(("ja", "zh", "yue", "ko", "th", "km", "lo", "my"))
# There a mark behind a letter makes another letter of it.
LETTERED = frozenset(("he", "yi"))


def curled(text: str, language: str) -> str:
    """A text with the quotation marks of its language."""
    return _set(text, dict(_changes(text, language))) if STRAIGHT.search(text) else text


def typographic(edition: Edition) -> Edition:
    """The edition as it is printed: every article with the quotation marks of its language."""
    return replace(
        edition,
        title=curled(edition.title, edition.language),
        sections=tuple(
            Section(
                curled(section.title, edition.language),
                tuple(typographic_article(article, edition.language) for article in section.articles),
            )
            for section in edition.sections
        ),
    )


def typographic_article(article: Article, around: str) -> Article:
    """The article with the quotation marks of its language, else of that around it. Code is as it was."""
    language = article.language or around

    def changed(spans: Spans) -> Spans:
        return _curled_spans(spans, language)

    lead = replace(article.lead, caption=changed(article.lead.caption)) if article.lead else None
    return replace(
        article,
        title=curled(article.title, language),
        standfirst=curled(article.standfirst, language),
        byline=tuple(curled(name, language) for name in article.byline),
        lead=lead,
        body=reworded(article, changed),
        notes=tuple(Note(note.id, respanned(note.blocks, changed)) for note in article.notes),
    )


def _curled_spans(spans: Spans, language: str) -> Spans:
    if not any(STRAIGHT.search(span.text) for span in spans):
        return spans
    # A quotation may begin in emphasis and end behind it. Code is a word, whatever is in it.
    text = "".join("x" * len(span.text) if Mark.CODE in span.marks else span.text for span in spans)
    changes = dict(_changes(text, language))
    made, at = [], 0
    for span in spans:
        here = {place - at: mark for place, mark in changes.items() if at <= place < at + len(span.text)}
        made.append(replace(span, text=_set(span.text, here)) if here else span)
        at += len(span.text)
    return tuple(made)


def _set(text: str, changes: dict[int, str]) -> str:
    return "".join(changes.get(at, letter) for at, letter in enumerate(text))


@dataclass(frozen=True, slots=True)
class _Straight:
    """A straight mark at a place of a text, and what stands around it."""

    text: str
    at: int

    @property
    def mark(self) -> str:
        return self.text[self.at]

    @property
    def before(self) -> str:
        return self.text[self.at - 1] if self.at else " "

    @property
    def behind(self) -> str:
        return self.text[self.at + 1 : self.at + 2] or " "

    @property
    def opens(self) -> bool:
        """Whether it can open a quotation."""
        free = self.before.isspace() or self.before in OPENS_BEHIND
        return (free or unicodedata.category(self.before) in OPENING) and not self.behind.isspace()

    @property
    def closes(self) -> bool:
        """Whether it can close one."""
        return not self.before.isspace() and not self.behind.isalnum()

    @property
    def is_apostrophe(self) -> bool:
        """Whether it stands within a word, or for what a word lost at its beginning."""
        if self.mark != "'":
            return False
        within = self.before.isalnum() and self.behind.isalpha()
        return within or (not self.before.isalnum() and ELIDED.match(self.text, self.at + 1) is not None)


def _changes(text: str, language: str) -> Iterator[tuple[int, str]]:
    """Where another mark belongs, and which."""
    if primary(language) in UNTOUCHED:
        return
    outer, outer_end, inner, inner_end = wording(language).quotes
    pairs = {'"': (outer, outer_end), "'": (inner, inner_end)}
    opened: list[_Straight] = []
    for found in STRAIGHT.finditer(text):
        one = _Straight(text, found.start())
        begun = next((at for at in reversed(range(len(opened))) if opened[at].mark == one.mark), None)
        if one.is_apostrophe and primary(language) in LETTERED:
            continue
        if one.is_apostrophe:
            yield one.at, APOSTROPHE
        elif one.closes and begun is not None:
            yield opened[begun].at, pairs[one.mark][0]
            yield one.at, pairs[one.mark][1]
            yield from _unpaired(opened[begun + 1 :], pairs)
            del opened[begun:]
        elif one.opens:
            opened.append(one)
        elif one.mark == "'" and one.before.isalpha():
            yield one.at, APOSTROPHE
    yield from _unpaired(opened, pairs)


def _unpaired(opened: list[_Straight], pairs: dict[str, tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """What opened and was never closed: a paragraph of somebody who goes on, or an apostrophe."""
    for one in opened:
        if one.at == 0 and one.mark == '"':
            yield one.at, pairs['"'][0]
        elif one.mark == "'" and one.behind.isalpha():
            yield one.at, APOSTROPHE
