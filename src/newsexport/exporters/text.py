"""A plain-text file that people like to read, on anything that shows letters.

Lines are measured as a terminal shows them: a Chinese character takes two columns, a
combining accent none. Nothing that was said is dropped: a link or a footnote becomes a number with
the address or the note at the end of the article, a picture its description, a table stays
a table. Only pulled quotes are left out, because they say what the text says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, groupby, islice
from pathlib import Path
from typing import ClassVar, TypeAlias, assert_never

from newsexport.errors import ExportError, UsageError
from newsexport.events import PICTURE, Cause, Lost, Made, Omitted, Report, ignore
from newsexport.exporters.text_lines import Lines, apart, indented, tabled, underlined
from newsexport.job import Job
from newsexport.model import (
    Article,
    Block,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    pictured,
    plain_blocks,
)
from newsexport.text.attribution import signed
from newsexport.text.counting import is_wide, reading_minutes
from newsexport.text.dates import dateline, full_dateline
from newsexport.text.plaintext import legible, wrap
from newsexport.text.quotation_marks import curled, typographic_article
from newsexport.text.wording import Wording, wording
from newsexport.work.containment import contained

# Address, or ``#`` and the id of a footnote, to number, in the order in which an article
# first names each.
Notes: TypeAlias = dict[str, int]

NARROWEST = 24
INDENT = "    "
# What no text file should send to a terminal: C0 and C1 controls but tab and newline.
CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)))


@dataclass(frozen=True, slots=True)
class TextSetting:
    """What surrounds the blocks of an article: columns to fill, words to say, notes so far."""

    width: int
    words: Wording
    notes: Notes

    def narrower(self, columns: int) -> TextSetting:
        """The setting of what is indented; some room is left however deep lists and quotes nest."""
        return replace(self, width=max(self.width - columns, NARROWEST // 2))


@dataclass(frozen=True, slots=True)
class TextExporter:
    """Plain text to read on anything, in UTF-8, wrapped at `width` columns.

    Raises:
        UsageError: the width leaves no room for words.
    """

    width: int = 72
    straight_quotes: bool = False

    def __post_init__(self) -> None:
        if self.width < NARROWEST:
            raise UsageError(f"a text needs a width of at least {NARROWEST} columns, not {self.width}")

    suffixes: ClassVar[Mapping[str, Mapping[str, object]]] = {".txt": {}, ".text": {}}

    @property
    def suffix(self) -> str:
        """``.txt``."""
        return ".txt"

    def write(self, edition: Edition, target: Path, job: Job) -> None:
        """Make the file at `target`. An article that has to do without its form is reported."""
        printing = _Printing(edition, self.width, curly=not self.straight_quotes, report=job.report)
        with target.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(printing.pieces())
        for reason, thing, number in (
            ("told in words instead of shown", PICTURE, sum(map(pictured, edition.articles()))),
            ("that a text does not repeat", "pulled quotation", sum(map(_pulled, edition.articles()))),
        ):
            if number:
                job.report(Omitted(target.name, reason, thing, number, Cause.FORMAT))
        job.report(Made(sum(1 for _ in edition.articles())))


def _pulled(article: Article) -> int:
    return sum(isinstance(block, Quote) and block.pulled for block in article.body)


def render(edition: Edition, width: int, report: Report = ignore) -> str:
    """The whole file as one string that ends in a single newline."""
    return "".join(_Printing(edition, width, curly=False, report=report).pieces())


@dataclass(frozen=True, slots=True)
class _Printing:
    """An edition as it is printed, piece by piece: one article at a time is in memory as it is set."""

    edition: Edition
    width: int
    curly: bool
    report: Report

    def pieces(self) -> Iterator[str]:
        """The text of the file in order, without blank lines at its beginning and end."""
        begun, blank = False, ""
        for number, part in enumerate(self._parts()):
            text = ("\n\n\n" if number else "") + "\n".join(part).translate(CONTROLS)
            text = blank + text if begun else text.lstrip("\n")
            told = text.rstrip("\n")
            begun, blank = begun or bool(told), text[len(told) :]
            yield told
        yield "\n"

    def _parts(self) -> Iterator[Lines]:
        edition = self.edition
        alone = list(islice(edition.articles(), 2))
        if len(alone) == 1 and alone[0].title == edition.title:
            yield _set(self._printed(alone[0]), self.width, self.report)
            return
        yield [
            *underlined(self._curled(edition.title), "=", self.width),
            dateline(edition.issued, edition.language),
        ]
        yield self._contents()
        for section in edition.sections:
            if section.title:
                title = wrap(self._curled(section.title), self.width)
                yield ["=" * self.width, *title, "=" * self.width]
            for article in section.articles:
                yield _set(self._printed(article), self.width, self.report)

    def _contents(self) -> Lines:
        numbers = count(1)
        groups = [[wording(self.edition.language).contents]]
        for section in self.edition.sections:
            group = wrap(self._curled(section.title), self.width) if section.title else []
            for article in section.articles:
                bullet = f"{next(numbers):>4}. "
                told = self._curled(article.title, article.language)
                title = wrap(told, self.width - len(bullet)) or [""]
                group.extend(indented(title, " " * len(bullet), bullet))
            groups.append(group)
        return apart(groups)

    def _printed(self, article: Article) -> Article:
        return typographic_article(article, self.edition.language) if self.curly else article

    def _curled(self, text: str, language: str = "") -> str:
        return curled(text, language or self.edition.language) if self.curly else text


def _set(article: Article, width: int, report: Report) -> Lines:
    """The article, or its bare words where something in it cannot be set."""
    try:
        with contained(ExportError):
            return _article(article, width)
    except ExportError as error:
        report(Lost(article.reference or article.title, f"set without its form: {error}", whole=False))
        return [article.title, "", *("\n".join(plain_blocks(article.body)).split("\n"))]


def _article(article: Article, width: int) -> Lines:
    setting = TextSetting(width, wording(article.language), {})
    lead = (article.lead,) if article.lead else ()
    return apart(
        (
            underlined(article.title, "-", width),
            wrap(article.standfirst, width),
            _origin(article, setting),
            _blocks((*lead, *article.body), setting),
            _notes(article, setting),
        )
    )


def _notes(article: Article, setting: TextSetting) -> Lines:
    """The addresses and footnotes by their numbers; a footnote may call further ones."""
    footnotes = {f"#{note.id}": note.blocks for note in article.notes}
    lines: Lines = []
    told = 0
    while told < len(setting.notes):
        name, number = list(setting.notes.items())[told]
        bullet = f"[{number}] "
        if name in footnotes:
            body = _blocks(footnotes[name], setting.narrower(len(bullet))) or [""]
            lines.extend(indented(body, " " * len(bullet), bullet))
        else:
            lines.append(f"{bullet}{name}")
        told += 1
    return lines


def _origin(article: Article, setting: TextSetting) -> Lines:
    """Who wrote it, when, where, and how long it takes; below that its address and its tags."""
    words, names = setting.words, tuple(filter(str.strip, article.byline))
    again = full_dateline(article.again, words.language) if article.again else ""
    facts = (
        words.names(names) if names else "",
        dateline(article.published.date(), words.language) if article.published else "",
        article.site or "",
        words.reading_time(reading_minutes(article)),
        *words.standing(partial=article.partial, update=article.update, again=again),
    )
    line = " · ".join(fact for fact in facts if fact)
    others = (
        f"{words.also_in}: {words.comma.join(dict.fromkeys(twin.site for twin in article.also_in))}"
        if article.also_in
        else ""
    )
    return [
        *wrap(line, setting.width),
        *([article.url] if article.url else []),
        *wrap(others, setting.width),
        *wrap(f"{words.tags}: {words.comma.join(article.tags)}" if article.tags else "", setting.width),
    ]


def _blocks(blocks: Iterable[Block], setting: TextSetting) -> Lines:
    return apart(_block(block, setting) for block in blocks)


def _block(block: Block, setting: TextSetting) -> Lines:  # noqa: PLR0911 - one a kind of block
    match block:
        case Paragraph(spans):
            return wrap(_noted(spans, setting.notes), setting.width)
        case Heading(spans, level):
            text = _noted(spans, setting.notes)
            return underlined(text, "~", setting.width) if level == 2 else wrap(text, setting.width)
        case Quote(pulled=True):
            return []
        case Quote():
            return _quote(block, setting)
        case Listing():
            return _listing(block, setting)
        case Figure():
            return _figure(block, setting)
        case Table():
            return _table(block, setting)
        case Code(text):
            return [INDENT + line if line.strip() else "" for line in text.rstrip("\n").split("\n")]
        case Rule():
            return ["* * *".center(setting.width).rstrip()]
        case _:
            assert_never(block)


def _noted(spans: Spans, notes: Notes) -> str:
    """The text, each link and each call of a footnote with its number behind it.

    A link that reads as its own address needs none, nor one to a place in the article.
    """
    parts: list[str] = []
    for (href, note), run in groupby(legible(spans), key=lambda span: (span.href, span.note)):
        text = "".join(map(_read, run))
        parts.append(text)
        if note is not None:
            parts.append(f"[{notes.setdefault(f'#{note}', len(notes) + 1)}]")
            continue
        if (
            href
            and text.strip()
            and not href.startswith("#")
            and text.strip() != href.removeprefix("mailto:")
        ):
            parts.append(f" [{notes.setdefault(href, len(notes) + 1)}]")
    return "".join(parts).strip()


def _read(span: Span) -> str:
    """The text, and its reading behind it in the parentheses that are as wide as its letters."""
    if not span.ruby:
        return span.text
    wide = any(map(is_wide, span.text))
    return f"{span.text}（{span.ruby}）" if wide else f"{span.text} ({span.ruby})"


def _quote(quote: Quote, setting: TextSetting) -> Lines:
    """The quotation, and on the line below whom it is from."""
    inside = setting.narrower(len(INDENT))
    by = wrap(_noted(signed(quote.attribution), setting.notes), inside.width)
    return indented([*_blocks(quote.blocks, inside), *by], INDENT)


def _listing(listing: Listing, setting: TextSetting) -> Lines:
    digits = max((len(str(number)) for number in listing.numbered), default=0)
    items: list[Lines] = []
    for number, item in zip(listing.numbered, listing.items, strict=True):
        bullet = f"{number:>{digits}}. " if listing.ordered else "- "
        body = _blocks(item, setting.narrower(len(bullet))) or [""]
        items.append(indented(body, " " * len(bullet), bullet))
    # Items of one block each stand close; an item that holds paragraphs needs air around it.
    airy = any(sum(not isinstance(block, Listing) for block in item) > 1 for item in listing.items)
    return apart(items) if airy else [line for item in items for line in item if line]


def _figure(figure: Figure, setting: TextSetting) -> Lines:
    picture = setting.words.picture
    label = f"[{picture}: {figure.alt}]" if figure.alt else f"[{picture}]"
    caption = _noted(figure.caption, setting.notes)
    return [*wrap(label, setting.width), *wrap(caption, setting.width)]


def _table(table: Table, setting: TextSetting) -> Lines:
    width, notes = setting.width, setting.notes
    rows = [[_noted(cell, notes) for cell in row] for row in table.rows]
    head = [_noted(cell, notes) for cell in table.head]
    return apart((wrap(_noted(table.caption, notes), width), *tabled(head, rows, width, table.alignment)))
