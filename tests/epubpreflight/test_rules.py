"""Every rule finds what it is for, and nothing is found in what is right."""

import pickle
from pathlib import Path

import pytest
from tests.epubpreflight.broken_books import CONTAINERS, LISTS, METADATA, Broken
from tests.epubpreflight.broken_pages import CONTENTS, LINKS, PAGES, STYLES
from tests.epubpreflight.shop_books import SHOPS
from tests.epubpreflight.sound_books import PLAIN, pack
from tests.epubpreflight.variants import SOUND_BOOKS

from epubpreflight import Fault, Rule, Severity, Vendor, check, check_page

BROKEN = (*CONTAINERS, *METADATA, *LISTS, *PAGES, *CONTENTS, *LINKS, *STYLES)


def named(broken: Broken) -> str:
    return broken.rule


def found(broken: Broken, folder: Path) -> tuple[Fault, ...]:
    return check(pack(broken.made(), folder / f"book{broken.packing.suffix}", broken.packing), broken.vendor)


@pytest.mark.slow
@pytest.mark.parametrize("broken", [*BROKEN, *SHOPS], ids=named)
def test_a_fault_is_found_by_its_rule(broken: Broken, tmp_path: Path) -> None:
    faults = found(broken, tmp_path)
    assert broken.rule in {fault.rule for fault in faults}, [str(fault) for fault in faults]


@pytest.mark.parametrize("name", SOUND_BOOKS)
def test_nothing_is_found_in_a_book_that_is_right(name: str, tmp_path: Path) -> None:
    faults = check(pack(SOUND_BOOKS[name], tmp_path / "book.epub"))
    assert [str(fault) for fault in faults if fault.severity is not Severity.ADVICE] == []


@pytest.mark.parametrize("vendor", Vendor)
def test_no_vendor_minds_a_plain_book(vendor: Vendor, tmp_path: Path) -> None:
    assert check(pack(PLAIN, tmp_path / "book.epub"), vendor) == ()


@pytest.mark.slow
@pytest.mark.parametrize("broken", [one for one in SHOPS if one.vendor], ids=named)
def test_what_a_shop_minds_is_not_told_of_books_for_others(broken: Broken, tmp_path: Path) -> None:
    path = pack(broken.made(), tmp_path / "book.epub", broken.packing)
    assert broken.rule not in {fault.rule for fault in check(path)}


def test_every_rule_has_a_sample_and_a_name_of_its_own() -> None:
    names = [rule.id for rule in Rule]
    assert len(set(names)) == len(names)
    assert set(names) == {broken.rule for broken in (*BROKEN, *SHOPS)}


def test_there_are_enough_broken_books() -> None:
    assert len(BROKEN) > 300


def test_the_line_of_a_fault_is_told(tmp_path: Path) -> None:
    files = PLAIN | {"EPUB/a.xhtml": PLAIN["EPUB/a.xhtml"].replace(b"</body>", b"\n<li>x</li>\n</body>")}
    (fault,) = check(pack(files, tmp_path / "book.epub"))
    assert str(fault) == "EPUB/a.xhtml, line 12: <li> may not stand in <body>."
    assert (fault.severity, fault.epubcheck) == (Severity.REFUSED, "RSC-005")


def test_pages_that_are_known_are_not_read_again(tmp_path: Path) -> None:
    damaged = PLAIN | {"EPUB/b.xhtml": b"<broken"}
    path = pack(damaged, tmp_path / "book.epub")
    pages = {name: check_page(name, data) for name, data in PLAIN.items() if name.endswith(".xhtml")}
    assert check(path)
    assert check(path, known=pages) == ()


def test_what_is_known_of_a_page_can_be_sent_between_processes() -> None:
    page = check_page("EPUB/a.xhtml", PLAIN["EPUB/a.xhtml"])
    assert pickle.loads(pickle.dumps(page)) == page


def test_a_known_page_is_judged_as_one_that_is_read(tmp_path: Path) -> None:
    for broken in LINKS:
        if broken.files is not None or any(name.endswith(".smil") for name in broken.made()):
            continue
        files = broken.made()
        path = pack(files, tmp_path / "book.epub")
        pages = {name: check_page(name, data) for name, data in files.items() if name.endswith(".xhtml")}
        assert check(path, known=pages) == check(path)
