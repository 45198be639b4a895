"""The drawn cover: always one, always the same, legible, and in its own direction."""

import io
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from newsexport.artwork import cover, cover_layout, leadpicture, themes
from newsexport.artwork.cover import Look, Style
from newsexport.artwork.fonts import DISPLAY, HAN, HAN_JAPANESE, HAN_TRADITIONAL, TEXT, face_of
from newsexport.artwork.shaping import is_rightward, visual
from newsexport.artwork.text_layout import Lettering, printable
from newsexport.artwork.themes import FrontPage
from newsexport.model import Article, Edition, Figure, Media, Paragraph, Section, Span

ISSUED = date(2026, 11, 23)
RED, GREEN, BLUE = (200, 30, 30), (30, 160, 40), (30, 40, 190)


def edition(title: str, *headlines: str, section: str = "World", language: str = "en") -> Edition:
    return Edition(title, ISSUED, language, (Section(section, tuple(map(article, headlines))),))


def article(headline: str, *pictures: bytes, standfirst: str = "") -> Article:
    """An article with such pictures, the first of them its lead."""
    media = tuple(Media(f"picture{number}", "image/jpeg", data) for number, data in enumerate(pictures))
    figures = [Figure(each.name) for each in media]
    return Article(
        headline,
        (Paragraph((Span("Text."),)), *figures[1:]),
        standfirst=standfirst,
        lead=figures[0] if figures else None,
        media=media,
    )


def pictured(*articles: Article) -> Edition:
    return Edition("The Morning Ledger", ISSUED, "en", (Section("World", articles),))


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def photograph(colour: tuple[int, int, int], size: tuple[int, int] = (1200, 800)) -> bytes:
    """Something like a photograph: of one colour in the main, and nowhere flat."""
    grain = Image.effect_noise(size, 60).convert("RGB")
    return encoded(Image.blend(Image.new("RGB", size, colour), grain, 0.2))


def encoded(image: Image.Image, kind: str = "JPEG") -> bytes:
    data = io.BytesIO()
    image.save(data, kind)
    return data.getvalue()


def share(image: Image.Image, colour: tuple[int, int, int]) -> float:
    """How much of the picture is nearly of that colour."""
    small = image.convert("RGB").resize((60, 80), Image.Resampling.BOX)
    seen = [small.getpixel((x, y)) for x in range(60) for y in range(80)]
    near = [each for each in seen if all(abs(a - b) < 60 for a, b in zip(each, colour, strict=True))]  # type: ignore[arg-type]  # RGB gives triples
    return len(near) / len(seen)


def test_the_cover_is_a_jpeg_in_portrait_and_the_square_one_is_square() -> None:
    paper = edition("The Morning Ledger", "A sea wall for six towns")
    assert (picture(cover.draw(paper)).format, picture(cover.draw(paper)).size) == ("JPEG", (1200, 1600))
    assert picture(cover.draw_square(paper)).size == (1400, 1400)
    assert "progressive" not in picture(cover.draw(paper)).info


@pytest.mark.slow
@pytest.mark.parametrize("style", Style)
def test_title_date_headlines_section_and_picture_are_all_to_be_seen(style: Style) -> None:
    def drawn(paper: Edition) -> Image.Image:
        return picture(cover.draw(paper, look=Look(style)))

    paper = pictured(article("A sea wall for six towns", photograph(RED)), article("Bread"))
    others = (
        Edition("The Evening Ledger", ISSUED, "en", paper.sections),
        Edition(paper.title, date(2026, 11, 24), "en", paper.sections),
        Edition(paper.title, ISSUED, "en", (Section("Sport", paper.sections[0].articles),)),
        pictured(article("A sea wall for six villages", photograph(RED)), article("Bread")),
        pictured(article("A sea wall for six towns", photograph(BLUE)), article("Bread")),
    )
    for other in others:
        assert ImageChops.difference(drawn(paper), drawn(other)).convert("L").getextrema()[1] > 100 or (  # type: ignore[operator]  # grey has one pair
            share(drawn(other), BLUE) > 0.15
        )


@pytest.mark.slow
@pytest.mark.parametrize("style", [Style.CLASSIC, Style.PLAIN])
@pytest.mark.parametrize("size", [(1200, 1600), (1400, 1400)])
def test_three_headlines_stand_beside_a_picture(style: Style, size: tuple[int, int]) -> None:
    first = article("The old ferry returns to Kestrel Bay after nine winters", photograph(RED))
    paper = pictured(first, article("Tram fares to fall by a third"), article("Ten books nobody borrowed"))
    three = picture(cover.draw(paper, size, Look(style)))
    for missing in (1, 2):
        articles = paper.sections[0].articles
        fewer = pictured(*articles[:missing], article("Salt prices rise"), *articles[missing + 1 :])
        assert three.tobytes() != picture(cover.draw(fewer, size, Look(style))).tobytes()
    assert share(three, RED) > 0.15


@pytest.mark.slow
@pytest.mark.parametrize("look", [Look(style, grey) for style in Style for grey in (False, True)])
def test_the_same_edition_gives_the_same_bytes(look: Look) -> None:
    paper = pictured(article("A sea wall for six towns", photograph(RED)), article("समाचार 晨报 سلام"))
    assert cover.draw(paper, look=look) == cover.draw(paper, look=look)


TITLES = {
    "one short": ("ABC", "en"),
    "one word": ("Ledger", "en"),
    "two words": ("Morning Ledger", "en"),
    "Cyrillic": ("Утренний вестник", "ru"),
    "Chinese": ("晨报", "zh"),
    "Japanese": ("朝の新聞", "ja"),
    "Korean": ("아침신문", "ko"),
    "Arabic": ("صحيفة الصباح", "ar"),
    "Hebrew": ("עיתון הבוקר", "he"),
    "Hindi": ("प्रभात समाचार", "hi"),
    "Bengali": ("প্রভাত সংবাদ", "bn"),
    "Tamil": ("காலை செய்தி", "ta"),
    "Thai": ("ข่าวเช้า", "th"),
    "Armenian": ("Առավոտ", "hy"),
    "Georgian": ("დილის გაზეთი", "ka"),
    "mixed": ("Ledger 晨报", "en"),
}


def masthead(data: bytes, width: int, style: Style) -> list[list[int]]:
    """The rows of the masthead at that width, ink as high numbers, without rules, edges and date."""
    image = picture(data).convert("L")
    top, bottom = (40, 250) if style != Style.PLAIN else (0, 250)
    small = image.crop((30, top, 1170, bottom)).resize((width * 95 // 100, (bottom - top) * width // 1200))
    raw = small.tobytes()
    rows = [list(raw[at : at + small.width]) for at in range(0, len(raw), small.width)]
    return rows if style == Style.PLAIN else [[255 - shade for shade in row] for row in rows]


@pytest.mark.slow
@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("title", TITLES)
def test_the_masthead_can_be_read_in_a_thumbnail(title: str, style: Style) -> None:
    words, language = TITLES[title]
    paper = edition(words, "Bread", language=language)
    rows = masthead(cover.draw(paper, look=Look(style)), 100, style)
    inked = [row for row in rows if max(row) > 150]
    assert len(inked) >= 8  # pixels from the lowest ink to the highest
    strong = sum(shade > 150 for row in inked for shade in row)
    assert strong > 60  # that much is as dark as ink on paper, or as light as paper on ink
    assert strong < 0.75 * len(inked) * len(inked[0])  # and there is ground between the letters


ODD = [
    "",
    " \n",
    "x" * 500,
    "word " * 100,
    "\x00\x01\ud800\ufffe\u202e",
    "晨" * 500,
    "ضَ" * 250,
    "עיתון" * 100,
    "समाचार" * 80,
    "क्" * 200,
    "عيتון 2026 晨报 Ledger",
    "ព័ត៌មាន",
    "😀",
    "a\u0301" * 300,
    "「" * 90,
]


@pytest.mark.slow
@pytest.mark.parametrize("title", ODD)
def test_no_title_and_no_headline_is_too_odd_to_draw(title: str) -> None:
    for paper in (edition(title), edition(title, title, title, section=title), edition("Ledger", title)):
        assert picture(cover.draw(paper)).size == (1200, 1600)


@pytest.mark.slow
@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("title", [*ODD, *(words for words, _ in TITLES.values())])
def test_nothing_runs_over_the_margins_and_the_title_never_vanishes(title: str, style: Style) -> None:
    paper = edition(title, title, title, title, section=title[:40])
    for size in ((1200, 1600), (1200, 1200)):
        grey = picture(cover.draw(paper, size, Look(style, grey=True)))
        left, right = grey.crop((10, 40, 30, size[1] - 10)), grey.crop((1170, 40, 1190, size[1] - 10))
        for margin in (left, right):
            rows = [set(margin.crop((0, y, 20, y + 1)).tobytes()) for y in range(margin.height)]
            assert all(max(row) - min(row) < 60 for row in rows)  # white, or the band, and no letter in it
        assert grey.crop((60, 40, 1140, 240)).getextrema() != (255, 255)


def test_a_title_that_no_font_has_leaves_the_date_in_its_place() -> None:
    strange, empty = edition("ព័ត៌មាន", "Bread"), edition("", "Bread")
    assert cover.draw(strange) == cover.draw(empty)
    assert cover.draw(strange) != cover.draw(edition("Ledger", "Bread"))


def test_headlines_that_no_font_has_give_way_to_those_after_them() -> None:
    assert cover.draw(edition("Ledger", "ព័ត៌មាន", "Bread", "ព័ត៌មាន", "Salt")) == cover.draw(
        edition("Ledger", "Bread", "Salt")
    )


def test_an_edition_of_nothing_has_a_cover_too() -> None:
    assert cover.draw(Edition("", date(1, 1, 1), "", ()))
    assert cover.draw_square(Edition("", date(1, 1, 1), "", (Section("", ()),)))


def test_the_picture_of_the_first_article_is_shown() -> None:
    paper = pictured(article("Bread", photograph(RED)), article("Salt", photograph(BLUE)))
    assert share(picture(cover.draw(paper)), RED) > 0.2
    assert share(picture(cover.draw(paper)), BLUE) == 0


def damaged() -> bytes:
    return photograph(RED)[:2000]


@pytest.mark.slow
@pytest.mark.parametrize(
    "passed_over",
    [
        damaged(),
        b"no picture",
        photograph(RED, (200, 150)),
        photograph(RED, (1400, 300)),
        photograph(RED, (600, 1400)),
        encoded(Image.new("RGB", (900, 600), RED), "PNG"),
    ],
    ids=["damaged", "none", "tiny", "panorama", "tower", "logo"],
)
def test_what_makes_no_cover_gives_way_to_the_next_picture(passed_over: bytes) -> None:
    same = pictured(article("Bread", passed_over, photograph(BLUE)))
    next_one = pictured(article("Bread", passed_over), article("Salt", photograph(BLUE)))
    for paper in (same, next_one):
        assert share(picture(cover.draw(paper)), BLUE) > 0.2
        assert share(picture(cover.draw(paper)), RED) < 0.02
    alone = cover.draw(pictured(article("Bread", passed_over)))
    if leadpicture.chosen([article("Bread", passed_over)]) is None:
        assert alone == cover.draw(pictured(article("Bread")))


def test_a_picture_that_lies_is_taken_before_one_that_stands() -> None:
    paper = pictured(article("Bread", photograph(RED, (800, 1000))), article("Salt", photograph(BLUE)))
    assert share(picture(cover.draw(paper)), BLUE) > 0.2
    only = pictured(article("Bread", photograph(RED, (800, 1000))))
    assert share(picture(cover.draw(only)), RED) > 0.2


def test_the_story_that_leads_is_the_one_in_the_picture() -> None:
    bread, salt = article("Bread"), article("Salt", photograph(BLUE))
    assert cover.draw(pictured(bread, salt)) == cover.draw(pictured(salt, bread))


def test_a_picture_of_the_readers_own_is_shown_instead() -> None:
    paper = pictured(article("Bread", photograph(RED)))
    shown = picture(cover.draw(paper, look=Look(picture=photograph(GREEN))))
    assert share(shown, GREEN) > 0.2
    assert cover.draw(paper, look=Look(picture=b"no picture")) == cover.draw(paper)


def test_the_crop_keeps_what_there_is_to_see() -> None:
    image = Image.new("L", (600, 1200), 128)
    ImageDraw.Draw(image).bitmap((0, 850), Image.effect_noise((600, 200), 200))
    shown = leadpicture.LeadPicture(image).cropped(600, 400)
    low, high = shown.getextrema()
    assert isinstance(low, int) and isinstance(high, int)
    assert high - low > 60


def test_only_the_first_articles_are_looked_at() -> None:
    seen: list[int] = []

    def articles() -> Iterator[Article]:
        for number in range(10_000):
            seen.append(number)
            yield article(f"Number {number}", photograph(RED, (500, 300)) if number < 20 else b"")

    assert leadpicture.chosen(articles()) is not None
    assert len(seen) <= leadpicture.LOOKED_AT


def test_after_three_damaged_pictures_none_is_looked_for() -> None:
    def shown(broken: int) -> float:
        articles = [article(f"Number {number}", damaged()) for number in range(broken)]
        return share(picture(cover.draw(pictured(*articles, article("Salt", photograph(BLUE))))), BLUE)

    assert shown(2) > 0.2
    assert shown(3) == 0


def even(image: Image.Image) -> Image.Image:
    """White where a pixel is grey, neither black nor white, and so are all around it: no edge of a letter."""
    spread = ImageChops.subtract(
        image.filter(ImageFilter.MaxFilter(3)), image.filter(ImageFilter.MinFilter(3))
    )
    flat = spread.point(lambda width: 255 if width < 24 else 0)
    return ImageChops.darker(flat, image.point(lambda shade: 255 if 60 < shade < 225 else 0))


@pytest.mark.slow
@pytest.mark.parametrize("style", Style)
def test_in_grey_all_that_is_drawn_is_black_or_white(style: Style) -> None:
    paper = edition("The Morning Ledger", "A sea wall for six towns", "Bread")
    grey = picture(cover.draw(paper, (2400, 3200), Look(style, grey=True)))
    assert grey.mode == "L"
    assert even(grey).histogram()[255] < 100
    coloured = picture(cover.draw(paper, (2400, 3200), Look(style))).convert("L")
    assert even(coloured).histogram()[255] > 1000  # where the accent is


@pytest.mark.parametrize("style", Style)
def test_no_rule_is_thinner_than_two_pixels_on_a_small_device(style: Style) -> None:
    paper = edition("Ledger", *("A sea wall for six towns" for _ in range(3)))
    small = picture(cover.draw(paper, look=Look(style, grey=True))).resize((600, 800), Image.Resampling.BOX)
    rows = [small.crop((60, y, 540, y + 1)).tobytes() for y in range(10, 790)]
    ruled = [all(shade < 200 for shade in row) for row in rows]
    rules = [
        sum(1 - sum(row) / len(row) / 255 for _, row in group)
        for is_rule, group in groupby(zip(ruled, rows, strict=True), lambda pair: pair[0])
        if is_rule
    ]
    assert len(rules) >= 2
    assert min(rules) > 1.8  # pixels of black, over however many rows they are spread


@given(st.text(max_size=400))
@example("0000000/n©©®´æŒ˙˙‘…ˈ•")  # its wide letters stand together
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
    "text",
    [
        "Ledger",
        "Утренний листок",
        "Ελληνικά νέα",
        "עיתון",
        "Žluťoučký kůň",
        "Việt",
        "晨报",
        "朝刊",
        "조간",
        "समाचार",
        "সংবাদ",
        "ข่าวเช้า",
    ],
)
def test_the_fonts_have_the_scripts_that_news_is_written_in(text: str) -> None:
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
    assert printable("ព័ត៌មាន") == ""
    assert printable("News 😀 today") == "News today"
    assert printable("\x00\u202eNews") == "News"


@pytest.mark.parametrize(
    ("language", "face"),
    [
        ("zh", HAN),
        ("zh-CN", HAN),
        ("ja", HAN_JAPANESE),
        ("zh-TW", HAN_TRADITIONAL),
        ("zh-Hant", HAN_TRADITIONAL),
    ],
)
def test_a_character_is_written_as_its_language_writes_it(language: str, face: str) -> None:
    assert face_of("骨", TEXT, language) == face


def test_a_line_may_break_between_chinese_characters_but_not_before_their_marks() -> None:
    letters = Lettering(TEXT, 40, "zh")
    lines = letters.lines("六座城镇，将建海堤。", 161, 9)
    assert "".join(lines) == "六座城镇，将建海堤。"
    assert len(lines) > 2
    assert not any(line[0] in "，。" for line in lines)


def test_letters_of_one_syllable_are_shaped_together() -> None:
    letters = Lettering(TEXT, 40)
    assert letters.width("क्ष") < letters.width("क") + letters.width("ष")  # a ligature of the two
    assert letters.width("कि") < 40


def test_the_date_of_a_script_from_the_right_begins_at_the_right() -> None:
    def ink(dated: str) -> Image.Image:
        """The row of the date, of which nothing but the letters is kept."""
        front = FrontPage("Paper", dated, (), None, grey=True, language="he", rightward=False)
        drawn = ImageChops.invert(cover_layout.drawn(front, themes.CLASSIC, (1200, 1600)).convert("L"))
        rules = [y for y in range(200, 500) if drawn.crop((200, y, 201, y + 1)).getbbox()]
        top = next(above for above, below in pairwise(rules) if below - above > 30)
        bottom = next(y for y in rules if y > top)
        row = drawn.crop((60, top + 1, 1140, bottom))
        box = row.getbbox()
        assert box is not None
        return row.crop((box[0], 0, box[2], row.height))

    def weight(image: Image.Image) -> float:
        return sum(shade * count for shade, count in enumerate(image.histogram()))

    year, whole = ink("2026"), ink("29 בנובמבר 2026")
    left, right = (0, 0, *year.size), (whole.width - year.width, 0, *whole.size)
    assert weight(whole.crop(left)) == pytest.approx(weight(year), rel=0.02)
    assert weight(whole.crop(right)) != pytest.approx(weight(year), rel=0.02)


def test_an_article_shows_its_own_picture_or_its_headline_alone() -> None:
    red, blue = photograph(RED), photograph(BLUE)
    first, second, bare = article("Ferry", red), article("Bridge", blue), article("Choir sings in the rain")
    made = pictured(first, second, bare)
    for one, colour in ((first, RED), (second, BLUE)):
        shown = cover.draw_article(made, one)
        assert picture(shown).size == (1400, 1400)
        assert share(picture(shown), colour) > 0.9
    drawn = cover.draw_article(made, bare)
    assert drawn == cover.draw_square(pictured(bare)), "as if there were no other"
    assert drawn != cover.draw_square(made)
    noise = encoded(Image.effect_noise((1600, 1600), 90).convert("RGB"))
    assert len(cover.draw_article(made, article("Noise", noise))) <= 400_000


def test_a_cover_without_a_picture_is_filled_with_how_the_story_begins() -> None:
    text = "The mayor of Oldhaven cut a ribbon on Saturday and walked to the east bank in the rain. " * 4
    story = Article("Bridge reopens", (Paragraph((Span(text),)),) * 3, standfirst="At last.", language="en")
    edition = Edition("The Ledger", ISSUED, "en", (Section("World", (story,)),))
    drawn = ImageChops.invert(Image.open(io.BytesIO(cover.draw(edition))).convert("L"))
    below = drawn.crop((80, 1000, 1120, 1520))
    assert sum(below.histogram()[128:]) > 0.05 * below.width * below.height
