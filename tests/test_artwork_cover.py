"""The drawn cover: always one, always the same, legible, and in its own direction."""

import io
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from newsexport.artwork import cover
from newsexport.artwork.lettering import DISPLAY, Lettering, is_rightward, printable, visual
from newsexport.model import Article, Edition, Paragraph, Section, Span

ISSUED = date(2026, 11, 23)


def edition(title: str, *headlines: str, section: str = "World") -> Edition:
    articles = tuple(Article(headline, (Paragraph((Span("Text."),)),)) for headline in headlines)
    return Edition(title, ISSUED, "en", (Section(section, articles),))


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_the_cover_is_a_jpeg_in_portrait_and_the_square_one_is_square() -> None:
    paper = edition("The Morning Ledger", "A sea wall for six towns")
    assert (picture(cover.draw(paper)).format, picture(cover.draw(paper)).size) == ("JPEG", (1200, 1600))
    assert picture(cover.draw_square(paper)).size == (1400, 1400)
    assert cover.draw(paper) == cover.draw(paper)


def test_title_date_and_headlines_are_all_to_be_seen() -> None:
    paper = edition("The Morning Ledger", "A sea wall for six towns")
    drawn = picture(cover.draw(paper))
    other_date = Edition(paper.title, date(2026, 11, 24), "en", paper.sections)
    others = (
        edition("The Evening Ledger", "A sea wall for six towns"),
        other_date,
        edition(paper.title, "Bread"),
    )
    for other in others:
        assert ImageChops.difference(drawn, picture(cover.draw(other))).convert("L").getextrema()[1] > 100  # type: ignore[operator]  # grey has one pair


@pytest.mark.parametrize("size", [100, 160])
def test_the_masthead_stands_out_in_a_thumbnail(size: int) -> None:
    small = picture(cover.draw(edition("The Morning Ledger"))).convert("L").resize((size, size * 4 // 3))
    band = small.crop((0, 0, size, size // 3))
    shades = [band.getpixel((x, y)) for x in range(band.width) for y in range(band.height)]
    assert sum(shade > 200 for shade in shades) > len(shades) * 0.05  # type: ignore[operator]  # grey is one number
    assert sum(shade < 60 for shade in shades) > len(shades) * 0.5  # type: ignore[operator]  # idem


@pytest.mark.parametrize(
    "title",
    [
        "",
        " \n",
        "x" * 500,
        "word " * 100,
        "\x00\x01\ud800\ufffe\u202e",
        "晨报",
        "عيتון 2026",
        "😀",
        "a\u0301" * 300,
    ],
)
def test_no_title_and_no_headline_is_too_odd_to_draw(title: str) -> None:
    for paper in (edition(title), edition(title, title, title, section=title), edition("Ledger", title)):
        assert picture(cover.draw(paper)).size == (1200, 1600)


def test_an_edition_of_nothing_has_a_cover_too() -> None:
    assert cover.draw(Edition("", date(1, 1, 1), "", ()))


@given(st.text(max_size=400))
@settings(max_examples=40, deadline=None)
def test_lines_are_never_wider_than_they_may_be(text: str) -> None:
    letters = Lettering(DISPLAY, 40)
    shown = printable(text)
    lines = letters.lines(shown, 400, 3)
    assert len(lines) <= 3
    assert all(letters.width(line) <= 400 for line in lines)


def test_text_that_fits_is_neither_cut_nor_changed() -> None:
    assert Lettering(DISPLAY, 40).lines("Six towns, one wall", 4000, 1) == ["Six towns, one wall"]
    assert Lettering(DISPLAY, 40).lines("Six towns, one wall", 200, 1)[0].endswith("…")


@pytest.mark.parametrize(
    "text", ["Ledger", "Утренний листок", "Ελληνικά νέα", "עיתון", "Žluťoučký kůň", "Việt"]
)
def test_the_fonts_have_the_alphabets_of_europe_and_hebrew(text: str) -> None:
    assert printable(text) == text


def test_arabic_letters_take_the_forms_of_their_places() -> None:
    forms = [unicodedata.name(letter).split()[-2:] for letter in printable("سلام بيت") if letter != " "]
    assert [form[0] for form in forms] == ["INITIAL", "FINAL", "ISOLATED", "INITIAL", "MEDIAL", "FINAL"]
    assert "LAM WITH ALEF" in unicodedata.name(printable("سلام")[1])


@pytest.mark.parametrize(
    ("line", "drawn"),
    [
        ("abc 12", "abc 12"),
        ("אבג", "גבא"),
        ("אבג 12 דהו", "והד 12 גבא"),
        ("אב (גד)", "(דג) בא"),
        ("אב Oldhaven 3–2 גד", "דג Oldhaven 3–2 בא"),
        ("the אב way", "the בא way"),
    ],
)
def test_a_line_is_drawn_in_the_order_in_which_it_is_seen(line: str, drawn: str) -> None:
    assert visual(line, rightward=is_rightward(line)) == drawn


def test_what_no_font_has_is_left_out() -> None:
    assert printable("晨报") == ""
    assert printable("News 晨 today") == "News today"
    assert printable("\x00\u202eNews") == "News"
