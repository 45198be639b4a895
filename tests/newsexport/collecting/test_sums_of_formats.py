"""What an exporter says that it has put into its file is what others find there, and the rest is told."""

import json
import re
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3
from tests.newsexport.collecting.tally_sums import picture, sums

from newsexport.collecting.tally import UNTOLD
from newsexport.events import ARTICLE, PICTURE, Counted, Event, Lost, Omitted
from newsexport.exporters.audio.exporter import AudioExporter
from newsexport.exporters.epub.device import Device
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.json import JsonExporter
from newsexport.exporters.pdf.exporter import PdfExporter
from newsexport.exporters.pdf.newspaper import PageSize
from newsexport.exporters.readaloud import ReadAloudExporter
from newsexport.exporters.script import ScriptExporter
from newsexport.exporters.text import TextExporter
from newsexport.job import Job
from newsexport.model import (
    Article,
    Block,
    Code,
    Edition,
    Figure,
    Listing,
    Media,
    Note,
    Paragraph,
    Quote,
    Section,
    Span,
    Table,
)
from newsexport.pipeline import export
from newsexport.protocols import Exporter

RAW = tuple(Media.named("image/png", picture(name)) for name in ("crane", "boat"))
BROKEN = Media("broken.png", "image/png", b"\x89PNG\r\n\x1a\n and no more")
SHOWN = st.sampled_from((*(media.name for media in RAW), BROKEN.name, "gone.png")).map(
    lambda name: Figure(name, "A crane", (Span("The crane"),))
)
CALLING = Paragraph((Span("Called"), Span("", note="1")))
WORDS = st.sampled_from(("The ferry sails.", "§ § §", "No <b> & no end."))
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    WORDS.map(lambda text: Paragraph((Span(text),))),
    SHOWN,
    SHOWN.map(lambda shown: Quote((shown,))),
    SHOWN.map(lambda shown: Listing(((shown,),))),
    st.just(Quote((Paragraph((Span("The ferry"),)),), pulled=True)),
    st.just(Code("print(1)")),
    st.just(Table((), (((Span("a"),), (Span("b"),)),))),
    st.just(CALLING),
)


@st.composite
def an_edition(draw: st.DrawFn) -> Edition:
    sections = []
    for title in draw(st.lists(st.sampled_from(("", "News", "Sport")), min_size=1, max_size=3, unique=True)):
        articles = []
        for number in range(draw(st.integers(1, 3))):
            body = tuple(draw(st.lists(BLOCKS, max_size=4)))
            articles.append(
                Article(
                    draw(st.sampled_from(("Ferry", "§"))) + f" {title} {number}" * draw(st.integers(0, 1)),
                    body,
                    section=title,
                    guid=f"{title} {number}",
                    reference=f"{title} {number}",
                    language="en",
                    lead=draw(st.none() | SHOWN),
                    media=(*RAW, BROKEN),
                    notes=(Note("1", (Figure(RAW[0].name),)),) if CALLING in body else (),
                )
            )
        sections.append(Section(title, tuple(articles)))
    return Edition("The Evening", date(2026, 11, 29), "en", tuple(sections))


def told_of(edition: Edition, exporter: Exporter, folder: Path) -> tuple[dict[str, Counted], list[Event]]:
    """The sums of an export, which hold, and all that it told."""
    told: list[Event] = []
    export(edition, exporter, folder / f"edition{exporter.suffix}", Job(report=told.append))
    counted = {event.thing: event for event in told if isinstance(event, Counted)}
    assert {thing: one.found for thing, one in counted.items()} == sums(edition.articles())
    for thing, one in counted.items():
        assert one.found == one.kept + one.folded + one.lost + sum(dict(one.left_out).values())
        omitted = sum(each.count for each in told if isinstance(each, Omitted) and each.thing == thing)
        assert omitted == sum(dict(one.left_out).values())
        assert UNTOLD not in dict(one.left_out)
    assert counted[PICTURE].lost == sum(event.pictures for event in told if isinstance(event, Lost))
    return counted, told


@pytest.mark.slow
@settings(max_examples=25)
@given(an_edition(), st.sampled_from((Device.GENERIC, Device.KOBO)))
def test_of_a_book(edition: Edition, device: Device) -> None:
    with TemporaryDirectory() as folder:
        exporter = EpubExporter(device=device)
        counted, _ = told_of(edition, exporter, Path(folder))
        with zipfile.ZipFile(Path(folder, f"edition{exporter.suffix}")) as book:
            pages = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")}
    articles = [page for name, page in pages.items() if "<article" in page or re.search(r"/a\d+", name)]
    assert counted[ARTICLE].kept == len(articles)
    assert counted[PICTURE].kept == sum(len(re.findall(r"<img\b", page)) for page in articles)


@pytest.mark.slow
@given(an_edition())
def test_of_a_text_and_of_data(edition: Edition) -> None:
    with TemporaryDirectory() as folder:
        counted, told = told_of(edition, TextExporter(), Path(folder))
        text = Path(folder, "edition.txt").read_text("utf-8")
        of_data, _ = told_of(edition, JsonExporter(), Path(folder))
        data = json.loads(Path(folder, "edition.json").read_bytes())
    assert counted[PICTURE].kept == 0
    assert all(event.accepted for event in told if isinstance(event, Omitted))
    assert counted[ARTICLE].kept == len(re.findall(r"(?m)^-+$", text))
    assert of_data[ARTICLE].kept == sum(len(section["articles"]) for section in data["sections"])
    assert of_data[PICTURE].kept == of_data[PICTURE].found


@settings(max_examples=25)
@given(an_edition())
def test_of_what_is_spoken(edition: Edition) -> None:
    with TemporaryDirectory() as folder:
        counted, _ = told_of(edition, ScriptExporter(), Path(folder))
        script = json.loads(Path(folder, "edition.script.json").read_bytes())
    assert counted[ARTICLE].kept == len(json.dumps(script).split('"level": "article"')) - 1


@settings(max_examples=5)
@given(an_edition())
def test_of_a_sound(edition: Edition) -> None:
    exporter = AudioExporter(engine="silent", heading_chapters=86400)
    speakable = any(re.search(r"\w", article.title) for article in edition.articles())
    if not speakable:
        return
    with TemporaryDirectory() as folder:
        counted, _ = told_of(edition, exporter, Path(folder))
        tag = ID3(Path(folder, "edition.mp3"))  # type: ignore[no-untyped-call]
        chapters = tag.getall("CHAP")  # type: ignore[no-untyped-call]
    titles = [str(chapter.sub_frames.getall("TIT2")[0]) for chapter in chapters]
    assert counted[ARTICLE].kept == sum(title not in {"News", "Sport"} for title in titles)


@pytest.mark.slow
@settings(max_examples=10)
@given(an_edition())
def test_of_a_book_that_is_read_aloud(edition: Edition) -> None:
    with TemporaryDirectory() as folder:
        counted, _ = told_of(edition, ReadAloudExporter(engine="silent"), Path(folder))
        with zipfile.ZipFile(Path(folder, "edition.readaloud.epub")) as book:
            pages = [book.read(name).decode() for name in book.namelist() if re.search(r"/a\d+\.x", name)]
    assert counted[ARTICLE].kept == len(pages) == sum(1 for _ in edition.articles())
    assert counted[PICTURE].kept == sum(len(re.findall(r"<img\b", page)) for page in pages)


@pytest.mark.slow
@settings(max_examples=15)
@given(an_edition())
def test_of_a_newspaper(edition: Edition) -> None:
    with TemporaryDirectory() as folder:
        counted, _ = told_of(edition, PdfExporter(page=PageSize.KOBO), Path(folder))
        with pymupdf.open(Path(folder, "edition.pdf")) as paper:
            bookmarks = [title for _, title, _ in paper.get_toc()]
            shown = sum(len(page.get_image_info()) for page in paper)
    titles = [section.title for section in edition.sections if section.title]
    articles = len(bookmarks) - len(titles)
    assert counted[ARTICLE].kept == articles == sum(1 for _ in edition.articles())
    front = sum(1 for _ in edition.articles()) > 1  # shows the picture that the article then does not
    assert shown <= counted[PICTURE].kept + front


@pytest.mark.parametrize("exporter", [EpubExporter(), TextExporter(), AudioExporter(engine="silent")])
def test_what_a_format_never_has_is_told_as_accepted(tmp_path: Path, exporter: Exporter) -> None:
    body = (Paragraph((Span("The ferry sails."),)), Figure(RAW[0].name), Code("print(1)"))
    article = Article("Ferry", body, media=RAW, language="en", lead=Figure(RAW[0].name))
    edition = Edition("The Evening", date(2026, 11, 29), "en", (Section("", (article,)),))
    counted, told = told_of(edition, exporter, tmp_path)
    assert counted[ARTICLE].kept == 1
    assert all(event.accepted for event in told if isinstance(event, Omitted))
