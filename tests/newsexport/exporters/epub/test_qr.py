"""The codes say what they were made of, to a reader that is not their writer."""

import io

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from newsexport.exporters.epub.articles import code, code_file

URL = "https://ledger.example/world/sea-wall?from=front&part=1"
LONGEST = 858


def read(picture: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))]


def drawn(url: str) -> bytes:
    made = code(url)
    assert made is not None
    return made


@pytest.mark.parametrize(
    "url", [URL, "https://ø.example/ü#é", "https://新聞.example/", "https://a.example/" + "long/" * 168]
)
def test_a_code_says_the_address(url: str) -> None:
    assert read(drawn(url)) == [url]


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=200))
@settings(max_examples=20, deadline=None)
def test_every_address_can_be_read_back(path: str) -> None:
    assert read(drawn(f"https://a.example/{path}")) == [f"https://a.example/{path}"]


def test_the_same_address_gives_the_same_bytes() -> None:
    first = code(URL)
    code.cache_clear()
    assert code(URL) == first
    assert code_file(URL) != code_file(f"{URL}#")


def test_a_code_is_black_and_white_with_a_white_margin_of_four_modules() -> None:
    image = Image.open(io.BytesIO(drawn(URL)))
    assert image.format == "PNG" and image.mode == "1" and "transparency" not in image.info
    margin = 4 * 4
    inner = image.convert("L").point(lambda level: 255 - level).getbbox()
    assert inner == (margin, margin, image.width - margin, image.height - margin)


def test_a_code_survives_being_printed_at_half_its_size() -> None:
    image = Image.open(io.BytesIO(drawn(URL))).convert("L")
    small = image.resize((image.width // 2, image.height // 2))
    assert [found.text for found in zxingcpp.read_barcodes(small)] == [URL]


def test_an_address_too_long_for_a_code_has_none() -> None:
    assert code("h" * LONGEST) is not None
    assert code("h" * (LONGEST + 1)) is None
    assert code("h" * 10_000) is None
