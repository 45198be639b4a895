"""Our verdicts against those of EPUBCheck, the conformance checker of the W3C, on every book of these tests."""

from pathlib import Path

import pytest
from tests.epubpreflight.broken_books import CONTAINERS, LISTS, METADATA, Broken
from tests.epubpreflight.broken_pages import CONTENTS, LINKS, PAGES, STYLES
from tests.epubpreflight.epubcheck_runner import judged
from tests.epubpreflight.shop_books import SHOPS
from tests.epubpreflight.sound_books import pack
from tests.epubpreflight.variants import SOUND_BOOKS

from epubpreflight import Severity, check

pytestmark = [pytest.mark.java, pytest.mark.slow]

BROKEN = (*CONTAINERS, *METADATA, *LISTS, *PAGES, *CONTENTS, *LINKS, *STYLES)
# Two messages of EPUBCheck for what we tell in one way; and what it calls its own failures.
SAME = {
    "MED-009": "MED-008",
    "PKG-003": "PKG-008",
    "PKG-004": "PKG-008",
    "RSC-007": "RSC-007w",
    "OPF-030": "RSC-005",
}
OWN_FAILURE = "CHK-008"


def ids(messages: list[str]) -> set[str]:
    return {SAME.get(one.split(" ")[0], one.split(" ")[0]) for one in messages} - {OWN_FAILURE}


@pytest.mark.slow
@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.rule)
def test_what_epubcheck_finds_we_find(broken: Broken, tmp_path: Path) -> None:
    path = pack(broken.made(), tmp_path / f"book{broken.packing.suffix}", broken.packing)
    theirs = ids(judged(path))
    ours = [fault for fault in check(path) if fault.severity is not Severity.ADVICE]
    told = {SAME.get(fault.epubcheck, fault.epubcheck) for fault in ours if fault.epubcheck}
    assert bool(told) == bool(theirs) or (not told and not theirs), (theirs, list(map(str, ours)))
    assert not theirs or told & theirs, (theirs, list(map(str, ours)))


@pytest.mark.parametrize("name", SOUND_BOOKS)
def test_epubcheck_has_nothing_against_what_we_find_right(name: str, tmp_path: Path) -> None:
    assert judged(pack(SOUND_BOOKS[name], tmp_path / "book.epub")) == []


@pytest.mark.slow
@pytest.mark.parametrize("broken", SHOPS, ids=lambda broken: broken.rule)
def test_what_only_shops_mind_epubcheck_does_not(broken: Broken, tmp_path: Path) -> None:
    path = pack(broken.made(), tmp_path / "book.epub", broken.packing)
    ours = {fault.epubcheck for fault in check(path) if fault.severity is not Severity.ADVICE}
    assert bool(ids(judged(path))) == bool(ours)
