"""Whatever bytes a book is made of, preflight finds faults and never fails."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.epubpreflight.sound_books import PLAIN, Files, pack
from tests.epubpreflight.variants import SOUND_BOOKS

from epubpreflight import Fault, Vendor, check, read_publication
from epubpreflight.page import check_drawing, check_page
from epubpreflight.styles import inspect_attribute, inspect_sheet

MARKS = (
    b"<", b">", b"/", b"&", b'"', b"'", b"\x00", b"\xff", b"]]>", b"<!--", b"<!DOCTYPE x [", b"<![CDATA[", b"xmlns", b"=",
    b"{", b"}", b"\\", b"%", b"#", b"?", b"://", b"\xf0\x9f\x98\x80", b" id=''", b"-1", b"9" * 400, b" ",
)  # fmt: skip


def damage(data: bytes, random: Random) -> bytes:
    """Some bytes changed, left out, said twice, or marks of a markup put between them."""
    damaged = bytearray(data)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(damaged) + 1)
        match random.randrange(4):
            case 0 if damaged:
                damaged[min(at, len(damaged) - 1)] = random.randrange(256)
            case 1:
                del damaged[at : at + random.randint(1, 40)]
            case 2:
                damaged[at:at] = damaged[at : at + random.randint(1, 40)]
            case _:
                damaged[at:at] = random.choice(MARKS)
    return bytes(damaged)


def judge(path: Path) -> None:
    for vendor in (None, Vendor.KINDLE, Vendor.APPLE, Vendor.KOBO):
        assert all(isinstance(fault, Fault) for fault in check(path, vendor))
    read = read_publication(path)
    assert read is None or all(read.page_at(name, "#top") is page for name, page in read.pages.items())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_files_in_a_book_may_be_damaged(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    files: Files = dict(SOUND_BOOKS[random.choice(sorted(SOUND_BOOKS))])
    for name in random.sample(sorted(files), 3):
        files[name] = damage(files[name], random)
    judge(pack(files, tmp_path / "book.epub"))


@pytest.mark.parametrize("seed", range(60))
def test_the_zip_file_itself_may_be_damaged(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    path = pack(PLAIN, tmp_path / "book.epub")
    data = damage(path.read_bytes(), random)
    path.write_bytes(data[: random.choice((len(data), random.randrange(len(data))))])
    judge(path)


@pytest.mark.parametrize("data", [b"", b"P", b"PK", b"PK\x05\x06", b"PK\x05\x06" + bytes(18), b"\xff" * 100])
def test_what_is_no_zip_file_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(data)
    assert check(path)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_check_of_a_page_fail(data: bytes) -> None:
    assert check_page("a.xhtml", data).name == "a.xhtml"
    assert check_drawing("a.svg", data).name == "a.svg"
    inspect_sheet(data)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_the_check_of_a_style_fail(text: str) -> None:
    inspect_attribute(text)
    inspect_sheet(text.encode("utf-8", "replace"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["(" * 20_000, "{" * 20_000, "a{b:" + "(" * 20_000, "@media x {" * 5000, "<" * 50_000]
)
def test_styles_nested_deeply_are_read_or_refused(text: str) -> None:
    inspect_sheet(text.encode())
    inspect_attribute(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "div",
        "span",
        "b",
        "a",
        "svg xmlns='http://www.w3.org/2000/svg'",
        "math xmlns='http://www.w3.org/1998/Math/MathML'",
        "object data='x'",
        "x-y",
    ],
)
def test_pages_nested_deeply_are_read_or_refused(name: str) -> None:
    inner = f"<{name}>" * 20_000 + f"</{name.split(maxsplit=1)[0]}>" * 20_000
    page = (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>{inner}</body></html>'
    )
    check_page("a.xhtml", page.encode())


def test_entities_that_unpack_to_thousand_millions_are_refused_at_once() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE html [<!ENTITY e0 "boom">{entities}]><html xmlns="http://www.w3.org/1999/xhtml"><body>&e9;</body></html>'
    (fault,) = check_page("a.xhtml", bomb.encode()).faults
    assert fault.rule == "entity-bomb"


@pytest.mark.slow
def test_a_small_file_that_unpacks_to_a_large_one_is_refused(tmp_path: Path) -> None:
    path = pack(PLAIN | {"EPUB/zeros.bin": bytes(101_000_000)}, tmp_path / "book.epub")
    assert path.stat().st_size < 1_000_000
    assert any("more than 100 MB" in fault.message for fault in check(path))
