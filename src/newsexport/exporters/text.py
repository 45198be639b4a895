"""A plain-text file that people like to read, on anything that shows letters.

Lines are measured as a terminal shows them: a Chinese character takes two columns, a
combining accent none. Nothing that was said is dropped: a link or a footnote becomes a number with
the address or the note at the end of the article, a picture its description, a table stays
a table. Only pulled quotes are left out, because they say what the text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import ClassVar, TypeAlias, assert_never

from newsexport.errors import ExportError, UsageError
from newsexport.events import PICTURE, Cause, Lost, Made, Omitted, Report, ignore
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
    Section,
    Span,
    Spans,
    Table,
    pictured,
    plain_blocks,
)
from newsexport.text.attribution import signed
from newsexport.text.counting import columns, is_wide, reading_minutes
from newsexport.text.dates import dateline
from newsexport.text.plaintext import legible, wrap
from newsexport.text.quotation_marks import typographic
from newsexport.text.wording import Wording, wording
from newsexport.work.containment import contained

Lines: TypeAlias = list[str]
# Address, or ``#`` and the id of a footnote, to number, in the order in which an article
# first names each.
Notes: TypeAlias = dict[str, int]

NARROWEST = 24
INDENT = "    "
GAP = "  "
# The narrowest column that still holds a readable word.
COLUMN = 8

# What no text file should send to a terminal: C0 and C1 controls but tab and newline.
CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)))

NUMBER = re.compile(r"[^\w\s]?\s?\d[\d\s.,:%'’–-]*\s?[^\W\d]{0,3}|[–—-]?")


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
        printed = edition if self.straight_quotes else typographic(edition)
        text = render(printed, self.width, job.report)
        target.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        articles = list(edition.articles())
        for reason, thing, count in (
            ("told in words instead of shown", PICTURE, sum(map(pictured, articles))),
            ("that a text does not repeat", "pulled quotation", sum(map(_pulled, articles))),
        ):
            if count:
                job.report(Omitted(target.name, reason, thing, count, Cause.FORMAT))
        job.report(Made(len(articles)))


def _pulled(article: Article) -> int:
    return sum(isinstance(block, Quote) and block.pulled for block in article.body)


def render(edition: Edition, width: int, report: Report = ignore) -> str:
    """The whole file as one string that ends in a single newline."""
    articles = list(edition.articles())
    if len(articles) == 1 and articles[0].title == edition.title:
        parts = [_set(articles[0], width, report)]
    else:
        parts = [_title_page(edition, width), _contents(edition, width)]
        for section in edition.sections:
            parts.extend(_section(section, width, report))
    text = "\n\n\n".join("\n".join(part) for part in parts)
    return text.translate(CONTROLS).strip("\n") + "\n"


def _underlined(text: str, stroke: str, width: int) -> Lines:
    lines = wrap(text, width)
    return [*lines, stroke * min(width, max((columns(line) for line in lines), default=0))]


def _indented(lines: Iterable[str], indent: str, first: str | None = None) -> Lines:
    """The lines behind an indent; the first behind `first`, a bullet for instance."""
    heads = [indent if first is None else first]
    return [((heads.pop() if heads else indent) + line).rstrip() for line in lines]


def _apart(groups: Iterable[Lines]) -> Lines:
    """The groups that are not empty, with a blank line between each two."""
    lines: Lines = []
    for group in groups:
        if group and lines:
            lines.append("")
        lines.extend(group)
    return lines


def _title_page(edition: Edition, width: int) -> Lines:
    return [*_underlined(edition.title, "=", width), dateline(edition.issued, edition.language)]


def _contents(edition: Edition, width: int) -> Lines:
    numbers = iter(range(1, 1 + sum(1 for _ in edition.articles())))
    groups = [[wording(edition.language).contents]]
    for section in edition.sections:
        group = wrap(section.title, width) if section.title else []
        for article in section.articles:
            bullet = f"{next(numbers):>4}. "
            title = wrap(article.title, width - len(bullet)) or [""]
            group.extend(_indented(title, " " * len(bullet), bullet))
        groups.append(group)
    return _apart(groups)


def _section(section: Section, width: int, report: Report) -> Iterator[Lines]:
    if section.title:
        yield ["=" * width, *wrap(section.title, width), "=" * width]
    for article in section.articles:
        yield _set(article, width, report)


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
    return _apart(
        (
            _underlined(article.title, "-", width),
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
            lines.extend(_indented(body, " " * len(bullet), bullet))
        else:
            lines.append(f"{bullet}{name}")
        told += 1
    return lines


def _origin(article: Article, setting: TextSetting) -> Lines:
    """Who wrote it, when, where, and how long it takes; below that its address."""
    words, names = setting.words, tuple(filter(str.strip, article.byline))
    facts = (
        words.names(names) if names else "",
        dateline(article.published.date(), words.language) if article.published else "",
        article.site or "",
        words.reading_time(reading_minutes(article)),
        *words.standing(partial=article.partial, update=article.update),
    )
    line = " · ".join(fact for fact in facts if fact)
    others = (
        f"{words.also_in}: {words.comma.join(twin.site for twin in article.also_in)}"
        if article.also_in
        else ""
    )
    return [
        *wrap(line, setting.width),
        *([article.url] if article.url else []),
        *wrap(others, setting.width),
    ]


def _blocks(blocks: Iterable[Block], setting: TextSetting) -> Lines:
    return _apart(_block(block, setting) for block in blocks)


def _block(block: Block, setting: TextSetting) -> Lines:  # noqa: PLR0911 - one a kind of block
    match block:
        case Paragraph(spans):
            return wrap(_noted(spans, setting.notes), setting.width)
        case Heading(spans, level):
            text = _noted(spans, setting.notes)
            return _underlined(text, "~", setting.width) if level == 2 else wrap(text, setting.width)
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
    return _indented([*_blocks(quote.blocks, inside), *by], INDENT)


def _listing(listing: Listing, setting: TextSetting) -> Lines:
    digits = max((len(str(number)) for number in listing.numbered), default=0)
    items: list[Lines] = []
    for number, item in zip(listing.numbered, listing.items, strict=True):
        bullet = f"{number:>{digits}}. " if listing.ordered else "- "
        body = _blocks(item, setting.narrower(len(bullet))) or [""]
        items.append(_indented(body, " " * len(bullet), bullet))
    # Items of one block each stand close; an item that holds paragraphs needs air around it.
    airy = any(sum(not isinstance(block, Listing) for block in item) > 1 for item in listing.items)
    return _apart(items) if airy else [line for item in items for line in item if line]


def _figure(figure: Figure, setting: TextSetting) -> Lines:
    picture = setting.words.picture
    label = f"[{picture}: {figure.alt}]" if figure.alt else f"[{picture}]"
    caption = _noted(figure.caption, setting.notes)
    return [*wrap(label, setting.width), *wrap(caption, setting.width)]


def _table(table: Table, setting: TextSetting) -> Lines:
    width, notes = setting.width, setting.notes
    rows = [[_noted(cell, notes) for cell in row] for row in table.rows]
    head = [_noted(cell, notes) for cell in table.head]
    count = max((len(row) for row in (head, *rows)), default=0)
    for row in (head, *rows) if head else rows:
        row.extend([""] * (count - len(row)))
    caption = wrap(_noted(table.caption, notes), width)
    if not count:
        return caption
    room = width - len(GAP) * (count - 1)
    if room < COLUMN * count:
        return _apart((caption, *(_record(head, row, width) for row in rows)))
    return _apart((caption, _grid(head, rows, room)))


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> Lines:
    every = [head, *rows] if head else list(rows)
    widths = _share(
        [max(1, *(_widest(cell) for cell in column)) for column in zip(*every, strict=True)], room
    )
    right = [all(NUMBER.fullmatch(cell) for cell in column) for column in zip(*rows, strict=True)]
    right = right or [False] * len(widths)
    lines = _row(head, widths, right) if head else []
    if head:
        lines.append(GAP.join("-" * width for width in widths))
    for row in rows:
        lines.extend(_row(row, widths, right))
    return lines


def _widest(cell: str) -> int:
    return max(columns(line) for line in cell.split("\n"))


def _share(wanted: Sequence[int], room: int) -> list[int]:
    """Widths that fit the room: narrow columns get what they want, wide ones share the rest."""
    widths = list(wanted)
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Lines:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(1, *(len(lines) for lines in wrapped))
    return [
        GAP.join(
            _padded(lines[index] if index < len(lines) else "", width, flush)
            for lines, width, flush in zip(wrapped, widths, right, strict=True)
        ).rstrip()
        for index in range(height)
    ]


def _padded(text: str, width: int, right: bool) -> str:  # noqa: FBT001 - one of two sides
    space = " " * (width - columns(text))
    return space + text if right else text + space


def _record(head: Sequence[str], row: Sequence[str], width: int) -> Lines:
    """A row of a table too wide for the page: one line a cell, named by its column."""
    names = head or [""] * len(row)
    cells = [f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=True) if cell]
    return [line for cell in cells for line in _indented(wrap(cell, width - 2), GAP, "")]
