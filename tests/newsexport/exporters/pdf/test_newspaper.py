"""Newspapers in columns, read back with MuPDF: every word is there, in order, inside of its page."""

import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from tests.newsexport.exporters.epub.epub_editions import (
    ARABIC,
    BREAD,
    EMPTY,
    GERMAN,
    HARBOUR,
    HEBREW,
    ISSUED,
    RICH,
    SEA_WALL,
    SINGLE,
    p,
)
from tests.newsexport.exporters.epub.hostile_editions import NASTY
from tests.newsexport.exporters.epub.large_editions import large

from newsexport.errors import UsageError
from newsexport.events import PICTURE, Event, Lost, Made, Noted, Omitted
from newsexport.exporters.html.inline import Links
from newsexport.exporters.pdf.exporter import PdfExporter
from newsexport.exporters.pdf.newspaper import PageSize
from newsexport.job import Job
from newsexport.model import (
    Article,
    Block,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Mark,
    Media,
    Note,
    Paragraph,
    Quote,
    Section,
    Span,
    Table,
    plain,
    walk,
)
from newsexport.verify.files import verify

COLUMNED = [page for page in PageSize if page.sheet.columns > 1]
POINTS = 72 / 25.4


def made(edition: Edition, folder: Path, exporter: PdfExporter | None = None) -> tuple[Path, list[Event]]:
    target, told = folder / "paper.pdf", list[Event]()
    (exporter or PdfExporter()).write(edition, target, Job(report=told.append))
    return target, told


def edition_of(*articles: Article, title: str = "The Ledger", language: str = "en") -> Edition:
    return Edition(title, ISSUED, language, (Section("", articles),))


def text_of(path: Path) -> str:
    """What is drawn, in the order in which it is."""
    with pymupdf.open(path) as document:
        return "\n".join(page.get_text(sort=False) for page in document)


def squeezed(text: str) -> str:
    """Letters and figures alone: lines break words in other places than the article does."""
    return re.sub(r"[^\w]|_", "", text)


def openings(edition: Edition) -> Iterator[str]:
    """How each paragraph and heading begins, in reading order."""
    for article in edition.articles():
        for block in walk(article.body):
            if isinstance(block, Paragraph | Heading):
                yield squeezed(plain(block.spans))[:24]


def letters(path: Path) -> Iterator[tuple[pymupdf.Page, str, pymupdf.Rect]]:
    """Every letter with its page and its place there."""
    with pymupdf.open(path) as document:
        for page in document:
            for block in page.get_text("rawdict", flags=0)["blocks"]:
                for line in block.get("lines", ()):
                    for span in line["spans"]:
                        for one in span["chars"]:
                            if one["c"].strip():
                                yield page, one["c"], pymupdf.Rect(one["bbox"])


def outside(path: Path, page: PageSize) -> list[str]:
    """The letters that stand in the margin."""
    margin = page.sheet.margin * POINTS
    return [
        f"{one} on page {sheet.number}"
        for sheet, one, box in letters(path)
        if box.x0 < margin - 3
        or box.x1 > sheet.rect.width - margin + 3
        or box.y1 > sheet.rect.height - margin + 6
    ]


def is_quiet(told: list[Event]) -> bool:
    return not any(isinstance(event, Lost | Noted | Omitted) for event in told)


@pytest.mark.parametrize("page", PageSize)
def test_the_words_stand_in_reading_order_inside_of_the_page(tmp_path: Path, page: PageSize) -> None:
    edition = replace(RICH, sections=(*RICH.sections, *large(12).sections))
    path, told = made(edition, tmp_path, PdfExporter(page=page))
    read, at = squeezed(text_of(path)), 0
    for opening in openings(replace(edition, sections=edition.sections[1:])):
        at = read.find(opening, at)
        assert at >= 0, opening
    assert outside(path, page) == []
    assert is_quiet(told)
    assert next(event for event in told if isinstance(event, Made)).articles == len(list(edition.articles()))


@pytest.mark.slow
def test_no_letter_stands_on_another(tmp_path: Path) -> None:
    """Where columns are too short, what is in them is set over what follows."""
    code = "\n".join(f"line_{number} = {number}" for number in range(7))
    odd = Article(
        "Odds and ends",
        tuple(
            block
            for number in range(9)
            for block in (
                p(
                    f"Paragraph {number} runs on for a line or two, so that columns break within it here. "
                    * 3
                ),
                Code(code),
                Listing(tuple((p(f"item {item} of {number}"),) for item in range(5)), ordered=True),
                Quote((p("Said in a few words by somebody who was there."),), attribution=(Span("Ada"),)),
            )
        ),
        language="en",
    )
    for page in COLUMNED:
        path, told = made(edition_of(odd, SEA_WALL, odd), tmp_path, PdfExporter(page=page))
        assert is_quiet(told)
        lines = dict[tuple[int | None, int], list[pymupdf.Rect]]()
        for sheet, _, box in letters(path):
            lines.setdefault((sheet.number, round(box.x0 / 8)), []).append(box)
        for boxes in lines.values():
            for at, box in enumerate(boxes):
                for other in boxes[at + 1 : at + 12]:
                    shared = box & other
                    across = abs(box.y0 - other.y0) < 1.5 or shared.is_empty  # side by side in one line
                    assert across or shared.width * shared.height < 0.4 * box.width * box.height


def test_no_font_is_missing_and_all_is_tagged_and_in_a_language(tmp_path: Path) -> None:
    path, _ = made(RICH, tmp_path)
    finding = verify(path)
    facts = dict(finding.facts)
    assert finding.told == ()
    assert (finding.kind, facts["tagged"], facts["version"]) == ("PDF", "yes", "PDF-1.7, PDF/UA")
    assert (facts["title"], facts["language"]) == (RICH.title, "en-GB")
    assert [title.text for title in finding.contents if title.depth == 1] == [s.title for s in RICH.sections]
    assert {title.text for title in finding.contents} >= {article.title for article in RICH.articles()}


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path) -> None:
    first = made(RICH, tmp_path)[0].read_bytes()
    time.sleep(1.1)  # a file that bore its time would bear it to the second
    assert hashlib.sha256(made(RICH, tmp_path)[0].read_bytes()).digest() == hashlib.sha256(first).digest()
    assert b"D:20261123000000Z" in first or b"20261123" in first


@pytest.mark.parametrize("page", [PageSize.A4, PageSize.KOBO])
def test_contents_and_links_lead_where_they_say(tmp_path: Path, page: PageSize) -> None:
    path, _ = made(RICH, tmp_path, PdfExporter(page=page))
    with pymupdf.open(path) as document:
        links = [link for sheet in document for link in sheet.get_links()]
    inside = [link for link in links if link["kind"] in {pymupdf.LINK_GOTO, pymupdf.LINK_NAMED}]
    outward = {link["uri"] for link in links if link["kind"] == pymupdf.LINK_URI}
    assert len(inside) >= len(list(RICH.articles()))
    assert SEA_WALL.url in outward
    assert BREAD.url in outward


def test_a_link_becomes_a_note_at_the_foot_or_nothing_on_request(tmp_path: Path) -> None:
    body = (
        Paragraph((Span("Read "), Span("all of it", href="https://far.example/deep/path?x=1"), Span("."))),
    )
    edition = edition_of(Article("Links", body, language="en"))
    for links, seen, count in ((Links.INLINE, 0, 1), (Links.NOTES, 1, 1), (Links.NONE, 0, 0)):
        path, _ = made(edition, tmp_path, PdfExporter(links=links))
        with pymupdf.open(path) as document:
            uris = [link for sheet in document for link in sheet.get_links() if "uri" in link]
        assert ("far.example/deep" in text_of(path).replace("\n", "")) == bool(seen)
        assert len({link["uri"] for link in uris}) == count


MARKED = Article(
    "Marks",
    (
        Paragraph(
            (
                Span("€10", frozenset({Mark.STRUCK})),
                Span("€8", frozenset({Mark.INSERTED})),
                Span(" H"),
                Span("2", frozenset({Mark.LOWERED})),
                Span("O m"),
                Span("3", frozenset({Mark.RAISED})),
                Span("strong", frozenset({Mark.STRONG, Mark.EMPHASIS})),
                Span("code_here", frozenset({Mark.CODE})),
                Span("called", note="n"),
                Span(" again", note="n"),
            )
        ),
        Listing(((p("third"),), (p("second"),), (p("first"),)), ordered=True, start=3, numbers=(3, 2, 1)),
        Listing(((p("below nothing"),),), ordered=True, start=-4),
        Quote((p("The road was long."),), attribution=(Span("the harbour master"),)),
        Quote((p("A pulled one."),), pulled=True),
        Table(
            ((Span("Town"),), (Span("Share"),)),
            (((Span("Oldhaven"),), (Span("42"),)),),
            (Span("Shares"),),
        ),
        Code("if x:\n    y = 1"),
    ),
    language="en",
    notes=(Note("n", (p("What the note says."),)),),
)


@pytest.mark.parametrize("page", [PageSize.A4, PageSize.PHONE])
def test_every_kind_of_block_and_mark_is_seen(tmp_path: Path, page: PageSize) -> None:
    path, told = made(edition_of(MARKED), tmp_path, PdfExporter(page=page))
    text = " ".join(text_of(path).split())
    for words in ("€10€8", "3. third", "2. second", "1. first", "4. below nothing", "— the harbour master"):
        assert words in text
    for words in ("A pulled one.", "Oldhaven", "42", "Shares", "if x:", "y = 1", "What the note says."):
        assert words in text
    assert text.count("What the note says.") == 1
    assert is_quiet(told)
    with pymupdf.open(path) as document:
        spans = [
            span
            for sheet in document
            for block in sheet.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
        strokes = sum(len(sheet.get_drawings()) for sheet in document)
    fonts = {span["text"].strip(): (span["font"], span["size"]) for span in spans}
    assert "BoldItal" in fonts["strong"][0]
    assert "Mono" in fonts["code_here"][0]
    assert strokes > 5


def test_what_an_article_says_is_never_markup(tmp_path: Path) -> None:
    said = '#panic("no") = Title $x^2$ *bold* @ref <label> // gone /* gone */ \\ #[x] ~ `raw` "q" https://a.example'
    article = Article(
        said, (p(said), Code(said), Heading((Span(said),))), standfirst=said, byline=(said,), language="en"
    )
    path, told = made(edition_of(article, article, title=said), tmp_path)
    assert squeezed(text_of(path)).count(squeezed(said)) >= 8
    assert is_quiet(told)


JAPANESE = Article(
    "港の壁、市議会が可決",
    (
        Paragraph(
            (Span("東京", ruby="とうきょう"), Span("の"), Span("強調", frozenset({Mark.STRONG})), Span("。"))
        ),
        p("港町の市議会は月曜日、防波堤を新しくする計画を賛成多数で可決した。" * 6),
    ),
    language="ja",
)


def test_scripts_are_drawn_with_fonts_that_have_them(tmp_path: Path) -> None:
    greek = Article("Νέος κυματοθραύστης", (p("Οι εργασίες αρχίζουν τον Απρίλιο."),), language="el")
    hindi = Article("नगर परिषद", (p("काम अगले साल अप्रैल में शुरू होगा।"),), language="hi")
    korean = Article("새 방파제", (p("시의회는 월요일 계획을 통과시켰다."),), language="ko")
    path, told = made(edition_of(JAPANESE, ARABIC, HEBREW, greek, hindi, korean), tmp_path)
    assert is_quiet(told)
    with pymupdf.open(path) as document:
        fonts = " ".join(font[3] for sheet in document for font in sheet.get_fonts())
    for font in (
        "NotoSerifCJKjp",
        "NotoNaskhArabic",
        "NotoSerifDevanagari",
        "LibertinusSerif",
        "NotoSansCJK",
    ):
        assert font in fonts
    text = text_of(path)
    assert "防波堤を新しくする" in text.replace("\n", "")
    assert "とうきょう" in text


def test_a_paper_from_right_to_left_begins_in_the_right_column(tmp_path: Path) -> None:
    body = (
        tuple(p(plain(ARABIC.body[0].spans) * 6) for _ in range(6))
        if isinstance(ARABIC.body[0], Paragraph)
        else ()
    )
    path, _ = made(edition_of(replace(ARABIC, body=body), title="جريدة", language="ar"), tmp_path)
    with pymupdf.open(path) as document:
        places = [word[0] for word in document[0].get_text("words", sort=False) if word[1] > 200]
    assert places[0] > document_width(path) / 2


def document_width(path: Path) -> float:
    with pymupdf.open(path) as document:
        return float(document[0].rect.width)


def test_what_no_font_has_is_told_and_drawn_with_the_fonts_in_a_folder(tmp_path: Path) -> None:
    edition = edition_of(Article("Signs 😀", (p("Tibetan བོད and a face 👍🏽 here."),), language="en"))
    path, told = made(edition, tmp_path)
    lost = next(event for event in told if isinstance(event, Lost))
    signs = next(event for event in told if isinstance(event, Omitted))
    assert "2 letters stand as □" in lost.reason
    assert not lost.whole
    assert (signs.thing, signs.count >= 3) == ("sign", True)
    assert "Tibetan □" in text_of(path)
    assert "😀" not in text_of(path)
    for folder, reason in ((tmp_path / "none", "not a folder"), (tmp_path, "no fonts are there")):
        with pytest.raises(UsageError, match=reason):
            PdfExporter(font_folder=folder).check()


def test_words_too_long_for_a_column_are_broken(tmp_path: Path) -> None:
    address = "https://far.example/" + "a-very/long_path.with?every=sign&there=is" * 6
    german = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"
    body: tuple[Block, ...] = (
        p(f"See {address} for more."),
        Paragraph((Span(address, href=address),)),
        p("x" * 300),
        p(f"Die {german} gilt."),
        Code("call(" + "y" * 200 + ")"),
        Table((), (((Span("z" * 120),), (Span(german),)),)),
        p("م" * 200),
    )
    article = Article(
        "W" * 90, body, standfirst="S" * 120, byline=("B" * 90,), language="de", url=address, site=address
    )
    for page in (PageSize.A4, PageSize.PHONE, PageSize.REMARKABLE):
        path, _ = made(edition_of(article, article), tmp_path, PdfExporter(page=page))
        assert outside(path, page) == []
        assert squeezed(text_of(path)).count("x" * 300) == 2


def test_a_headline_is_divided_where_a_word_of_it_is_wider_than_the_page_and_nowhere_else(
    tmp_path: Path,
) -> None:
    long = Article("Die Donaudampfschifffahrtsgesellschaft fährt", (p("Es geht los. " * 40),), language="de")
    short = Article("Gestern entgleiste in Oberkirchberg die Schmalspurbahn", long.body, language="de")
    for page in (PageSize.PHONE, PageSize.KOBO, PageSize.REMARKABLE):
        path, _ = made(edition_of(long, short), tmp_path, PdfExporter(page=page))
        assert outside(path, page) == []
        assert "Oberkirchberg" in text_of(path)
        assert "Schmalspurbahn" in text_of(path)


@pytest.mark.slow
@pytest.mark.parametrize("edition", [EMPTY, SINGLE, NASTY], ids=["empty", "single", "nasty"])
@pytest.mark.parametrize("page", [PageSize.LETTER, PageSize.REMARKABLE_PRO, PageSize.PHONE])
def test_any_edition_makes_a_sound_paper(tmp_path: Path, edition: Edition, page: PageSize) -> None:
    path, told = made(edition, tmp_path, PdfExporter(page=page, links=Links.NOTES))
    assert outside(path, page) == []
    assert [fault for fault in verify(path).told if "no words" not in fault] == []
    assert not any("set without its form" in event.reason for event in told if isinstance(event, Lost))


def test_a_broken_picture_costs_itself(tmp_path: Path) -> None:
    broken = Media("broken.png", "image/png", b"\x89PNG\r\n\x1a\n and no more")
    body = (p("Still here."), Figure(broken.name, caption=(Span("Its caption"),)), Figure(HARBOUR.name))
    path, told = made(edition_of(Article("Other", body, language="en", media=(broken, HARBOUR))), tmp_path)
    assert "Still here." in text_of(path)
    assert "Its caption" in text_of(path)
    assert [event.pictures for event in told if isinstance(event, Lost)] == [1]
    assert next(event for event in told if isinstance(event, Made)).pictures == 1


def test_an_article_that_cannot_be_set_costs_its_form_and_no_other_anything(tmp_path: Path) -> None:
    """Notes that call notes that call notes go deeper than the compiler does."""
    deep = tuple(
        Note(str(number), (Paragraph((Span(f"Note {number}."), Span("", note=str(number + 1)))),))
        for number in range(400)
    )
    body = (Paragraph((Span("It begins."), Span("", note="0"))), Figure(HARBOUR.name, "A wall"))
    bad = Article("Deep", body, language="en", reference="deep.txt", notes=deep, media=(HARBOUR,))
    path, told = made(edition_of(SEA_WALL, bad, BREAD), tmp_path)
    text = squeezed(text_of(path))
    assert all(squeezed(f"Note {number}.") in text for number in range(400))
    assert squeezed("It begins.") in text
    (lost,) = (event for event in told if isinstance(event, Lost))
    assert (lost.reference, lost.whole, lost.pictures) == ("deep.txt", False, 1)
    assert "set without its form" in lost.reason
    assert next(event for event in told if isinstance(event, Made)).pictures == 2


def test_a_leading_picture_that_the_text_shows_again_stands_at_the_top_alone(tmp_path: Path) -> None:
    article = replace(
        SEA_WALL,
        lead=Figure(HARBOUR.name, "A wall"),
        media=(HARBOUR,),
        body=(p("Text."), Figure(HARBOUR.name, "A wall")),
    )
    path, told = made(edition_of(article), tmp_path)
    with pymupdf.open(path) as document:
        assert sum(len(sheet.get_image_info()) for sheet in document) == 1
    omitted = next(event for event in told if isinstance(event, Omitted))
    assert (omitted.thing, omitted.count, omitted.accepted) == (PICTURE, 1, True)


SAID = "The council met on Tuesday and decided nothing of note, which surprised nobody who was there. "


def test_wide_tables_stand_across_the_page_between_texts(tmp_path: Path) -> None:
    def table(columns: int, rows: int, cell: str) -> Table:
        return Table(
            tuple((Span(f"Head {column}"),) for column in range(columns)),
            tuple(
                tuple((Span(f"{cell} {row}.{column}"),) for column in range(columns)) for row in range(rows)
            ),
            (Span("A table"),),
        )

    body = (
        p(SAID * 5), Heading((Span("Nine columns"),)), table(9, 12, "of"), p(SAID * 5), table(3, 70, "x"),
        table(14, 3, "far too wide for a page"), Table((), (((Span(SAID * 30),), (Span("beside"),)),)), p("The end."),
    )  # fmt: skip
    for page in (PageSize.A4, PageSize.REMARKABLE, PageSize.KOBO):
        path, told = made(
            edition_of(Article("Tables", body, language="en"), SEA_WALL), tmp_path, PdfExporter(page=page)
        )
        read = squeezed(text_of(path))
        assert is_quiet(told)
        assert outside(path, page) == []
        assert [read.count(squeezed(cell)) for cell in ("of 11.8", "x 69.2", "a page 2.13")] == [1, 1, 1]
        assert (
            read.index(squeezed("Nine columns"))
            < read.index(squeezed("of 0.0"))
            < read.index("x00")
            < read.index("Theend")
        )


def test_notes_of_pictures_tables_and_headings_stand_once_at_the_foot(tmp_path: Path) -> None:
    def called(text: str, note: str) -> tuple[Span, ...]:
        return (Span(text), Span("", note=note))

    body = (
        Heading(called("Head", "b")),
        Table((called("H", "a"),), ((called("c", "b"),),)),
        Paragraph(called(SAID, "c")),
        Quote((p("So."),), attribution=called("Ada", "a")),
    )
    notes = tuple(Note(name, (p(f"Says {name} alone."),)) for name in "abc")
    lead = Figure(HARBOUR.name, "A wall", called("The caption", "a"))
    article = Article("Notes", body, language="en", lead=lead, media=(HARBOUR,), notes=notes)
    for page in (PageSize.LETTER, PageSize.PHONE):
        path, told = made(edition_of(article, SEA_WALL), tmp_path, PdfExporter(page=page))
        read = squeezed(text_of(path))
        assert is_quiet(told)
        assert [read.count(f"Says{name}alone") for name in "abc"] == [1, 1, 1]


@pytest.mark.slow
def test_a_large_edition_has_an_index_and_all_its_articles(tmp_path: Path) -> None:
    edition = large(200)
    path, told = made(edition, tmp_path)
    assert not any(isinstance(event, Noted) for event in told)
    finding = verify(path)
    assert finding.told == ()
    assert sum(title.depth == 2 for title in finding.contents) == 200
    assert outside(path, PageSize.A4) == []


def test_pages_have_the_measures_of_what_they_are_for() -> None:
    assert [page.sheet.columns for page in PageSize] == [3, 3, 2, 2, 1, 1]
    assert (PageSize.LETTER.sheet.width, PageSize.LETTER.sheet.height) == (215.9, 279.4)
    assert PageSize.REMARKABLE.sheet.fit.grey
    assert GERMAN.language == "de"
    assert date(2026, 11, 23) == ISSUED
