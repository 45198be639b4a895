"""Books for one device or another, and editions too large for one book."""

import io
import re
import zipfile
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from tests.newsexport.exporters.epub.epub_editions import EMPTY, ISSUED, RICH, made, p, page

from epubpreflight import Severity, Vendor, check
from newsexport.artwork.cover import Style
from newsexport.errors import UsageError
from newsexport.events import Event, Lost, Noted
from newsexport.exporters.epub.device import Device
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.job import Job
from newsexport.model import Article, Edition, Figure, Media, Section
from newsexport.pipeline import export


def noise(seed: int, side: int = 600) -> Media:
    """A picture that does not compress."""
    pixels = Image.frombytes("RGB", (side, side), Random(seed).randbytes(side * side * 3))
    written = io.BytesIO()
    pixels.save(written, "JPEG", quality=85)
    return Media.named("image/jpeg", written.getvalue())


def illustrated(number: int) -> Article:
    media = noise(number)
    return Article(f"Story {number}", (Figure(media.name, "Noise"), p("Words.")), media=(media,))


LARGE = Edition(
    "The Large Ledger",
    ISSUED,
    "en",
    (
        Section("World", tuple(map(illustrated, range(5)))),
        Section("Sport", tuple(map(illustrated, range(5, 8)))),
    ),
)


def parts(folder: Path, exporter: EpubExporter, report: list[Event] | None = None) -> list[Path]:
    events = report if report is not None else []
    export(LARGE, exporter, folder / f"large{exporter.suffix}", Job(report=events.append))
    return sorted(folder.iterdir(), key=lambda path: (len(path.name), path.name))


def titles(book: Path) -> list[str]:
    return re.findall(r">(Story \d)<", page(book, "toc.ncx"))


def test_a_large_edition_becomes_parts_that_are_small_and_hold_everything(tmp_path: Path) -> None:
    events: list[Event] = []
    books = parts(tmp_path, EpubExporter(part_size=1.5), events)
    assert [book.name for book in books][:2] == ["large.epub", "large-2.epub"]
    assert all(book.stat().st_size <= 1_500_000 for book in books)
    assert len(books) >= 2
    assert [title for book in books for title in titles(book)] == [f"Story {number}" for number in range(8)]
    assert any(
        isinstance(event, Noted) and f"split into {len(books)} parts" in event.text for event in events
    )


def test_parts_say_which_they_are_and_are_told_apart(tmp_path: Path) -> None:
    books = parts(tmp_path, EpubExporter(part_size=1.5))
    described = [page(book, "content.opf") for book in books]
    count = len(books)
    for number, text in enumerate(described, 1):
        assert f"The Large Ledger {number}/{count}, 23 November 2026</dc:title>" in text
        assert f">2026.11.23.{number}</meta>" in text
        assert f'content="20261123.0{number}"' in text
    assert len({re.findall(r"urn:uuid:[0-9a-f-]+", text)[0] for text in described}) == count


def test_a_section_that_is_cut_goes_on_under_its_name(tmp_path: Path) -> None:
    books = parts(tmp_path, EpubExporter(part_size=1.5))
    assert all(re.search(r">(World|Sport)<", page(book, "nav.xhtml")) for book in books)
    last = zipfile.ZipFile(books[-1]).namelist()
    assert "EPUB/a0008.xhtml" in last
    assert "EPUB/a0001.xhtml" not in last


def test_an_edition_that_is_small_enough_stays_whole(tmp_path: Path) -> None:
    assert len(parts(tmp_path, EpubExporter(part_size=50))) == 1


@pytest.mark.slow
@pytest.mark.parametrize("device", Device)
def test_pictures_are_as_large_and_as_grey_as_the_device_is(device: Device, tmp_path: Path) -> None:
    wide = Image.new("RGB", (3000, 1500), (200, 30, 30))
    written = io.BytesIO()
    wide.save(written, "JPEG")
    media = Media.named("image/jpeg", written.getvalue())
    article = Article("A", (Figure(media.name, "Red"),), media=(media,))
    edition = Edition("L", ISSUED, "en", (Section("", (article,)),))
    exporter = EpubExporter(device=device)
    book = made(edition, tmp_path, exporter)
    with zipfile.ZipFile(book) as archive:
        (name,) = [name for name in archive.namelist() if re.match(r"EPUB/p[0-9a-f]{16}", name)]
        with Image.open(io.BytesIO(archive.read(name))) as shown:
            fit = device.needs.fit
            assert shown.width == fit.width
            assert shown.mode == ("L" if fit.grey else "RGB")


def test_kobo_gets_its_own_form_and_name(tmp_path: Path) -> None:
    exporter = EpubExporter(device=Device.KOBO)
    assert exporter.suffix == ".kepub.epub"
    text = page(made(RICH, tmp_path, exporter), "a0001.xhtml")
    assert 'class="koboSpan"' in text
    assert 'id="book-columns"' in text
    assert "koboSpan" not in page(tmp_path / "book.epub", "nav.xhtml").split("<nav")[1]


def test_kindle_is_told_a_language_it_takes_and_the_pages_keep_theirs(tmp_path: Path) -> None:
    assert not Device.KINDLE.needs.takes("uk")
    article = Article("Міст відкрито", (p("Міст знову відкрито."),), language="uk")
    edition = Edition("Газета", ISSUED, "uk", (Section("", (article,)),))
    events: list[Event] = []
    EpubExporter(device=Device.KINDLE).write(edition, tmp_path / "book.epub", Job(report=events.append))
    assert "<dc:language>en</dc:language>" in page(tmp_path / "book.epub", "content.opf")
    assert 'lang="uk"' in page(tmp_path / "book.epub", "a0001.xhtml")
    assert any(isinstance(event, Noted) and "uk" in event.text for event in events)


def test_kindle_shows_two_levels_of_contents(tmp_path: Path) -> None:
    kindle = page(made(RICH, tmp_path, EpubExporter(device=Device.KINDLE)), "toc.ncx")
    assert 'name="dtb:depth" content="2"' in kindle
    deeper = re.search(r'name="dtb:depth" content="(\d)"', page(made(RICH, tmp_path), "toc.ncx"))
    assert deeper is not None
    assert int(deeper[1]) > 2


def test_issues_of_a_paper_are_stacked_by_every_way_devices_know(tmp_path: Path) -> None:
    text = page(made(RICH, tmp_path), "content.opf")
    assert '<meta property="belongs-to-collection" id="series">The Morning Ledger</meta>' in text
    assert '<meta name="calibre:series" content="The Morning Ledger"/>' in text
    assert '<meta name="calibre:series_index" content="20261123"/>' in text


@pytest.mark.parametrize("options", [{"part_size": 0.1}, {"part_size": -1}, {"part_size": 5000}])
def test_what_no_book_can_have_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        EpubExporter(**options)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("device", Device)
@pytest.mark.parametrize("style", Style)
def test_no_maker_finds_a_fault_in_a_book_made_for_it(device: Device, style: Style, tmp_path: Path) -> None:
    events: list[Event] = []
    exporter = EpubExporter(device=device, style=style)
    exporter.write(RICH, tmp_path / "book.epub", Job(report=events.append))
    assert [event for event in events if isinstance(event, Lost)] == []
    assert [
        fault
        for fault in check(tmp_path / "book.epub", Vendor(device))
        if fault.severity is not Severity.ADVICE
    ] == []


def test_a_font_comes_only_on_request(tmp_path: Path) -> None:
    names = zipfile.ZipFile(made(EMPTY, tmp_path)).namelist()
    assert not any(name.endswith(".ttf") for name in names)
    with_font = zipfile.ZipFile(made(EMPTY, tmp_path, EpubExporter(fonts=True))).namelist()
    assert "EPUB/headlines.ttf" in with_font
