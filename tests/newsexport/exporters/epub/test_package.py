"""The zip, the package document and the options of the exporter."""

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from tests.newsexport.exporters.epub.epub_editions import (
    CHART,
    EMPTY,
    HARBOUR,
    ISSUED,
    RICH,
    RIGHT_TO_LEFT,
    SEA_WALL,
    SINGLE,
    made,
    p,
    page,
    picture,
)
from tests.newsexport.exporters.epub.hostile_editions import NASTY

from newsexport.errors import UsageError
from newsexport.events import Advanced, Event, Lost
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.job import Job
from newsexport.model import Article, Edition, Figure, Media, Section

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


def package(book: Path) -> ET.Element:
    return ET.fromstring(page(book, "content.opf"))


def said(book: Path, name: str) -> list[str]:
    """Everything the package says under a Dublin Core name or a property."""
    root = package(book)
    found = [element.text or "" for element in root.iter(f"{DC}{name}")]
    return found + [meta.text or "" for meta in root.iter(f"{OPF}meta") if meta.get("property") == name]


@pytest.mark.slow
def test_the_same_edition_gives_the_same_bytes_in_every_time_zone(tmp_path: Path) -> None:
    digests = set()
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from epub_editions import RICH, made\n"
        "made(RICH, Path(sys.argv[2]))\n"
    )
    for number, zone in enumerate(("UTC", "Asia/Tokyo", "America/St_Johns")):
        folder = tmp_path / str(number)
        folder.mkdir()
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(number)}
        command = [sys.executable, "-c", script, str(Path(__file__).parent), str(folder)]
        subprocess.run(command, check=True, env=environment)
        digests.add(hashlib.sha256((folder / "book.epub").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_media_type_comes_first_and_stored_and_every_entry_has_the_same_date(tmp_path: Path) -> None:
    book = made(RICH, tmp_path)
    with zipfile.ZipFile(book) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
    assert entries[0].filename == "mimetype"
    assert entries[0].compress_type == zipfile.ZIP_STORED
    assert book.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {3}
    assert len({entry.filename for entry in entries}) == len(entries)


def test_file_names_are_ours_whatever_the_articles_hold(tmp_path: Path) -> None:
    with zipfile.ZipFile(made(NASTY, tmp_path)) as archive:
        names = archive.namelist()
    assert all(name.isascii() and ".." not in name and " " not in name for name in names)
    assert "EPUB/a0001.xhtml" in names
    assert f"EPUB/p{HARBOUR.name}" in names


def test_the_book_is_described_from_the_edition_alone(tmp_path: Path) -> None:
    book = made(RICH, tmp_path)
    assert said(book, "identifier") == [f"urn:uuid:{RICH.id}"]
    assert said(book, "title") == ["The Morning Ledger, 23 November 2026"]
    assert said(book, "language") == ["en-GB"]
    assert said(book, "date") == ["2026-11-23"]
    assert said(book, "dcterms:modified") == ["2026-11-23T00:00:00Z"]
    assert said(book, "description")[0].splitlines()[0] == SEA_WALL.title
    assert said(book, "belongs-to-collection") == ["The Morning Ledger"]
    assert said(book, "group-position") == ["2026.11.23"]


def test_a_single_article_is_a_book_by_its_authors(tmp_path: Path) -> None:
    book = made(SINGLE, tmp_path)
    assert said(book, "title") == [SEA_WALL.title]
    assert said(book, "creator") == ["Ada Fenn", "Bo Lindqvist"]
    assert said(book, "belongs-to-collection") == []


def test_the_cover_is_marked_in_both_ways(tmp_path: Path) -> None:
    book = made(RICH, tmp_path)
    items = {item.get("id"): item for item in package(book).iter(f"{OPF}item")}
    named = [meta.get("content") for meta in package(book).iter(f"{OPF}meta") if meta.get("name") == "cover"]
    assert named == ["cover-picture"]
    assert items["cover-picture"].get("properties") == "cover-image"
    assert items["cover-picture"].get("media-type") == "image/jpeg"


def test_a_book_in_a_script_from_the_right_is_paged_from_the_right(tmp_path: Path) -> None:
    spine = package(made(RIGHT_TO_LEFT, tmp_path)).find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    assert '<html xmlns="http://www.w3.org/1999/xhtml"' in page(tmp_path / "book.epub", "a0001.xhtml")
    assert 'lang="he" xml:lang="he" dir="rtl"' in page(tmp_path / "book.epub", "a0001.xhtml")
    assert 'lang="en" xml:lang="en" dir="ltr"' in page(tmp_path / "book.epub", "a0003.xhtml")


@pytest.mark.parametrize("tag", ["", "und", "C", "us_english", "x-none", "e"])
def test_a_language_that_is_none_becomes_english(tag: str, tmp_path: Path) -> None:
    edition = Edition("Ledger", ISSUED, tag, (Section("", (Article("A", (p("b"),)),)),))
    assert said(made(edition, tmp_path), "language") == ["en"]


def test_accessibility_is_claimed_only_where_it_is_true(tmp_path: Path) -> None:
    described = Article("A", (Figure(HARBOUR.name, "A wall"),), media=(HARBOUR,))
    captioned = Article("B", (Figure(HARBOUR.name, "", p("A wall").spans),), media=(HARBOUR,))
    bare = Article("C", (Figure(HARBOUR.name),), media=(HARBOUR,))
    plain = Article("D", (p("words"),))

    def sufficient(*articles: Article) -> tuple[list[str], bool]:
        book = made(Edition("Ledger", ISSUED, "en", (Section("", articles),)), tmp_path)
        features = said(book, "schema:accessibilityFeature")
        return said(book, "schema:accessModeSufficient"), "alternativeText" in features

    assert sufficient(plain) == (["textual"], False)
    assert sufficient(described) == (["textual,visual", "textual"], True)
    assert sufficient(captioned) == (["textual,visual", "textual"], False)
    assert sufficient(described, bare) == (["textual,visual"], False)


def test_a_picture_is_packed_once_and_only_when_it_is_shown(tmp_path: Path) -> None:
    twice = Article("A", (Figure(HARBOUR.name, "a"), Figure(HARBOUR.name, "a")), media=(HARBOUR, CHART))
    with zipfile.ZipFile(made(Edition("L", ISSUED, "en", (Section("", (twice, twice)),)), tmp_path)) as book:
        pictures = [name for name in book.namelist() if re.match(r"EPUB/p[0-9a-f]{16}", name)]
        assert book.read(pictures[0]) == HARBOUR.data
    assert pictures == [f"EPUB/p{HARBOUR.name}"]


def test_a_picture_is_what_its_bytes_are_not_what_it_is_called(tmp_path: Path) -> None:
    with io.BytesIO() as written:
        Image.new("RGBA", (40, 30), (255, 0, 0, 128)).save(written, "WEBP")
        webp = Media("shot.gif", "image/gif", written.getvalue())
    article = Article("A", (Figure("shot.gif", "a"),), media=(webp,))
    book = made(Edition("L", ISSUED, "en", (Section("", (article,)),)), tmp_path)
    shown = re.search(r'<img src="(p[0-9a-f]{16}\.jpg)" alt="a"/>', page(book, "a0001.xhtml"))
    assert shown is not None
    with zipfile.ZipFile(book) as archive:
        assert archive.read(f"EPUB/{shown[1]}").startswith(b"\xff\xd8\xff")


def test_a_picture_that_cannot_be_shown_is_reported_and_captions_are_kept(tmp_path: Path) -> None:
    events: list[Event] = []
    article = Article(
        "A", (Figure("gone.jpg", "", p("The old quay").spans),), reference="quay.md", lead=Figure("broken"),
        media=(Media("broken", "image/png", b"no picture"),),
    )  # fmt: skip
    edition = Edition("L", ISSUED, "en", (Section("", (article,)),))
    EpubExporter().write(edition, tmp_path / "book.epub", Job(report=events.append))
    lost = [event for event in events if isinstance(event, Lost)]
    assert [(event.reference, event.whole) for event in lost] == [("quay.md", False)]
    assert "broken is not a JPEG" in lost[0].reason
    assert "The old quay" in page(tmp_path / "book.epub", "a0001.xhtml")
    assert "<img" not in page(tmp_path / "book.epub", "a0001.xhtml")


def test_progress_is_told_article_by_article(tmp_path: Path) -> None:
    events: list[Event] = []
    EpubExporter().write(RICH, tmp_path / "book.epub", Job(report=events.append))
    assert sum(isinstance(event, Advanced) for event in events) == len(list(RICH.articles()))


def test_a_cover_of_ones_own_is_used(tmp_path: Path) -> None:
    own = tmp_path / "own.png"
    own.write_bytes(picture(600, 800, "PNG").data)
    with zipfile.ZipFile(made(RICH, tmp_path, EpubExporter(cover=own))) as book:
        cover = Image.open(io.BytesIO(book.read("EPUB/cover-picture.jpg")))
    assert (cover.format, cover.size) == ("JPEG", (600, 800))


def test_a_cover_that_is_no_picture_is_refused_by_name(tmp_path: Path) -> None:
    text = tmp_path / "cover.jpg"
    text.write_text("not a picture")
    with pytest.raises(UsageError, match=r"cover\.jpg: is not a JPEG"):
        made(RICH, tmp_path, EpubExporter(cover=text))
    with pytest.raises(UsageError, match="absent"):
        made(RICH, tmp_path, EpubExporter(cover=tmp_path / "absent.png"))


def test_a_style_of_ones_own_comes_after_ours(tmp_path: Path) -> None:
    style = tmp_path / "mine.css"
    style.write_text("p { margin: 1em 0 }")
    book = made(RICH, tmp_path, EpubExporter(css=style))
    text = page(book, "a0001.xhtml")
    assert text.index("style.css") < text.index("user.css")
    assert page(book, "user.css") == "p { margin: 1em 0 }"
    with pytest.raises(UsageError, match="absent"):
        made(RICH, tmp_path, EpubExporter(css=tmp_path / "absent.css"))


def test_what_the_file_system_refuses_is_raised(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        EpubExporter().write(EMPTY, tmp_path / "absent" / "book.epub", Job())
    with pytest.raises(OSError, match="No space left"):
        EpubExporter().write(EMPTY, Path("/dev/full"), Job())


def test_any_day_of_the_calendar_will_do(tmp_path: Path) -> None:
    assert said(made(Edition("L", date(1, 1, 1), "en", ()), tmp_path), "date") == ["0001-01-01"]
    assert said(made(Edition("L", date.max, "en", ()), tmp_path), "date") == ["9999-12-31"]
