"""The styles, the templates and the page that describes them speak of the same things."""

import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from jinja2 import meta
from tests.newsexport.exporters.epub.epub_editions import RICH, SEA_WALL, made, page

from newsexport import assets
from newsexport.artwork.cover import Style
from newsexport.exporters.epub import articles, images, pages
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.epub.pages import NAMES, environment, masthead
from newsexport.exporters.html import blocks, inline, tables
from newsexport.exporters.html.inline import Links
from newsexport.model import Edition, Section

ROOT = Path(__file__).parents[4]
DESIGN = (ROOT / "docs/design.md").read_text("utf-8")
SHEETS = ("base", *Style)


def style(name: str) -> str:
    """A sheet of ours without its comments."""
    return re.sub(r"/\*.*?\*/", "", assets.read(f"epub/{name}.css").decode(), flags=re.DOTALL)


def template(name: str) -> str:
    return assets.read(f"epub/{name}.xhtml").decode()


def classes_in(selectors: str) -> set[str]:
    return set(re.findall(r"\.([a-z]+)", selectors))


def classes_of_sheets() -> set[str]:
    return classes_in(" ".join(re.sub(r"\{.*?\}", " ", style(name), flags=re.DOTALL) for name in SHEETS))


def classes_made() -> str:
    """All text from which a class can come: templates, and the modules that write elements themselves."""
    sources = [
        Path(module.__file__ or "").read_text("utf-8")
        for module in (articles, blocks, images, inline, pages, tables)
    ]
    return "\n".join([*map(template, NAMES), *sources])


def documented(name: str) -> set[str]:
    """The values that the page says a template is told."""
    (row,) = re.findall(rf"^\| `{name}` \|[^|]*\| (.*) \|$", DESIGN, re.MULTILINE)
    return set(re.findall(r"`(\w+)`", row))


def test_every_class_that_is_styled_is_one_that_pages_have() -> None:
    written = classes_made()
    assert {one for one in classes_of_sheets() if not re.search(rf"\b{one}\b", written)} == set()


def test_every_class_that_is_styled_is_documented_and_no_other() -> None:
    table = DESIGN.split("This is what can be set:")[1].split("## Templates")[0]
    named = classes_in(" ".join(re.findall(r"`([a-z0-9]+\.[a-z]+)`", table)))
    named |= set(re.findall(r"(?<!\.)`([a-z]+)`", table))
    assert classes_of_sheets() - named == set()
    assert {one for one in named if not re.search(rf"\b{one}\b", classes_made())} == set()


@pytest.mark.parametrize("name", NAMES)
def test_what_a_template_uses_is_documented_in_it_and_on_the_page(name: str) -> None:
    used = meta.find_undeclared_variables(environment(None).parse(template(name))) - {"super"}
    known = documented(name) | documented("page")
    assert used - known == set()
    heads = "\n".join(template(one).split("#}")[0] for one in {name, "page"})
    assert {value for value in known if not re.search(rf"\b{value}\b", heads)} == set()


@pytest.mark.parametrize("name", [name for name in NAMES if name != "page"])
def test_what_is_documented_is_told(name: str, tmp_path: Path) -> None:
    values = sorted(documented(name) | documented("page"))
    asked = "".join(f"<p>{value}: {{% if {value} is defined %}}told{{% endif %}}</p>" for value in values)
    if name == "contents":  # without them a page of contents would not be taken
        asked += '<nav epub:type="toc">{{ entries }}</nav>'
    (tmp_path / f"{name}.xhtml").write_text(
        f'{{% extends "page.xhtml" %}}{{% block body %}}{asked}{{% endblock %}}', encoding="utf-8"
    )
    book = made(RICH, tmp_path, EpubExporter(templates=tmp_path))
    files = {"front": "title", "section": "s01", "article": "a0001", "contents": "nav"}
    shown = page(book, f"{files.get(name, name)}.xhtml")
    assert [value for value in values if f"<p>{value}: told</p>" not in shown] == []


def test_the_template_on_the_page_works(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```jinja\n(.*?)^```$", DESIGN, re.MULTILINE | re.DOTALL)
    (tmp_path / "article.xhtml").write_text(shown, encoding="utf-8")
    article = page(made(RICH, tmp_path, EpubExporter(templates=tmp_path)), "a0001.xhtml")
    assert "You read The Morning Ledger of 23 November 2026: 1\u00a0min read." in article


@pytest.mark.parametrize("name", SHEETS)
def test_newer_properties_stand_beside_their_older_names(name: str) -> None:
    for rule in re.findall(r"\{(.*?)\}", style(name), re.DOTALL):
        for new, value in re.findall(r"(?<![-\w])(break-[a-z]+): (\w+)", rule):
            assert f"page-{new}: {value}" in rule
        if re.search(r"(?<![-\w])writing-mode", rule):
            assert "-epub-writing-mode" in rule
            assert "-webkit-writing-mode" in rule
        if "overflow-wrap" in rule:
            assert "word-wrap" in rule


@pytest.mark.parametrize("name", SHEETS)
def test_lengths_are_in_em_and_margins_small(name: str) -> None:
    """Kobo takes margins of at most 2em; RMSDK cannot place what is positioned."""
    text = style(name)
    assert re.findall(r"\d(?!em\b|%|\d|\.)[a-z]+", re.sub(r"h[1-6]", "h", text)) == []
    margins = re.findall(r"margin: ([^;]+);", text)
    assert {
        length for margin in margins for length in re.findall(r"([\d.]+)em", margin) if float(length) > 2
    } == set()
    assert not re.search(
        r"position:|display: table|text-align: justify|text-transform|small-caps|letter-spacing", text
    )
    assert not re.search(r"font-size: [\d.]+%", text)


def test_large_print_makes_nothing_small() -> None:
    """What the base sheet makes small, large print makes large again; readings are small by nature."""
    sizes = re.findall(r"([^{}]+)\{[^{}]*font-size: ([\d.]+)em", style("large-print"))
    assert [(one.strip(), size) for one, size in sizes if float(size) < 1 and one.strip() != "rt"] == []
    small = re.findall(r"([^{}]+)\{[^{}]*font-size: 0?\.[\d]+em", style("base"))
    assert [one.strip() for one in small if f"\n{one.strip()} {{" not in style("large-print")] == []
    assert "italic" not in style("large-print")


@pytest.mark.parametrize(
    ("title", "size"),
    [
        ("The Morning Ledger", "short"),
        ("朝の台帳", "short"),
        ("Bundestagswahlnachrichten", "longest"),
        ("Oberhausener Nachrichten", "short"),
        ("The Morning and Evening Ledger", "long"),
        ("word " * 40, "longest"),
    ],
)
def test_a_long_title_is_set_smaller(title: str, size: str) -> None:
    assert masthead(title) == size


def headings(book: Path, name: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])", page(book, name))]


@pytest.mark.parametrize("edition", [RICH, replace(RICH, sections=(Section("", RICH.sections[0].articles),))])
def test_headings_of_a_front_page_skip_no_level(edition: Edition, tmp_path: Path) -> None:
    levels = headings(made(edition, tmp_path), "title.xhtml")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_first_picture_of_an_edition_stands_on_its_front_page(tmp_path: Path) -> None:
    world, *others = RICH.sections
    bare = replace(world, articles=(replace(world.articles[-1], title="No picture"), *world.articles))
    front = page(made(replace(RICH, sections=(bare, *others)), tmp_path), "title.xhtml")
    lead, second = front.split('<section class="column">')[0].split('<section class="')[1:]
    assert lead.startswith("lead")
    assert second.startswith("second")
    assert "No picture" in lead
    assert "<img" not in lead
    assert SEA_WALL.title in second
    assert front.count(SEA_WALL.title) == 1
    assert front.count("<img") == 1


def test_an_edition_of_one_article_says_its_headline_once(tmp_path: Path) -> None:
    edition = Edition(SEA_WALL.title, RICH.issued, "en", (Section("World", (SEA_WALL,)),))
    front = page(made(edition, tmp_path), "title.xhtml").split("<body")[1]
    assert front.count(SEA_WALL.title) == 1
    assert headings(tmp_path / "book.epub", "title.xhtml") == [1]
    assert 'href="a0001.xhtml"' in front


def test_a_front_page_of_many_sections_names_the_last_ones_only(tmp_path: Path) -> None:
    sections = tuple(Section(f"Section {number}", RICH.sections[0].articles) for number in range(1, 16))
    front = page(made(replace(RICH, sections=sections), tmp_path), "title.xhtml")
    shown, named = front.split('<ul class="others">')
    assert shown.count('<h2 class="name"') == 12
    assert re.findall(r">(Section \d+)</a></li>", named) == ["Section 13", "Section 14", "Section 15"]


def test_the_name_of_a_paper_is_set_apart_from_words_in_another_direction(tmp_path: Path) -> None:
    def source(language: str) -> str:
        told = tuple(replace(one, language=language) for section in RICH.sections for one in section.articles)
        edition = replace(RICH, sections=(Section("", told),))
        shown = page(made(edition, tmp_path, EpubExporter(links=Links.NOTES)), "a0002.xhtml")
        return "".join(re.findall(r'<p class="source".*?</p>', shown)).partition("</p>")[0]

    linked = r'<a href="[^"]+">iton.example</a>'
    assert re.search(rf'Source: <span lang="yi" xml:lang="yi" dir="rtl">{linked}</span>', source("yi"))
    assert re.search(rf'<p class="source">מקור: {linked}', source("he"))


def test_a_high_picture_leaves_its_caption_room_on_a_page() -> None:
    widths = dict(re.findall(r"\n\.(\w+) img \{ max-width: (\d+)%; \}", style("base")))
    for name, least in images.SHAPES:
        # Of the room of a 6-inch page, 480 by 660, a caption of four lines takes 90.
        highest = {"tall": 1.4, "taller": 1.7, "tallest": 2.2, "strip": 3.5}[name]
        assert 480 * int(widths[name]) / 100 * highest <= 660 - 90
        assert images.shape(100, round(100 * least) + 1) == name
    assert images.shape(100, 110) == ""


def test_a_story_that_leads_the_front_page_is_a_headline_in_its_section(tmp_path: Path) -> None:
    book = made(RICH, tmp_path)
    front, section = page(book, "title.xhtml"), page(book, "s01.xhtml")
    assert front.count("<img") >= 1
    lead = RICH.sections[0].articles[0]
    assert lead.standfirst in front
    assert lead.standfirst not in section
    assert "teaser first" not in section
    assert "teaser first" in page(book, "s02.xhtml")


def test_the_name_of_a_section_and_what_else_it_has_stand_with_its_headlines(tmp_path: Path) -> None:
    articles_ = tuple(replace(SEA_WALL, title=f"Story {n}", media=(), lead=None) for n in range(30))
    front = page(
        made(Edition("M", RICH.issued, "en", (Section("World", articles_),)), tmp_path), "title.xhtml"
    )
    teasers = re.findall(r'<div class="teaser".*?</div>', front, re.DOTALL)
    assert 'class="name"' in teasers[0]
    assert 'class="more"' in teasers[-1]
    assert "+ 26" in teasers[-1]


@pytest.mark.parametrize(("count", "place"), [(60, 2), (61, 63)])
def test_the_contents_of_many_articles_stand_behind_them(count: int, place: int, tmp_path: Path) -> None:
    articles_ = tuple(
        replace(SEA_WALL, title=f"Story {n}", media=(), lead=None, notes=()) for n in range(count)
    )
    book = made(Edition("M", RICH.issued, "en", (Section("", articles_),)), tmp_path)
    package = page(book, "content.opf")
    assert re.findall(r'<itemref idref="([^"]*)"', package).index("nav") == place


def test_the_font_of_the_headlines_is_there_where_it_has_their_letters(tmp_path: Path) -> None:
    for style_, language, title, there in (
        (Style.CLASSIC, "en", "Rain in Oldhaven", True),
        (Style.CLASSIC, "ja", "雨が降る", False),
        (Style.PLAIN, "en", "Rain in Oldhaven", False),
    ):
        edition = Edition("M", RICH.issued, language, (Section("", (replace(SEA_WALL, title=title),)),))
        with zipfile.ZipFile(made(edition, tmp_path, EpubExporter(style=style_))) as book:
            assert ("EPUB/headlines.ttf" in book.namelist()) is there


def test_the_cover_is_as_large_as_the_screen_allows(tmp_path: Path) -> None:
    cover = page(made(RICH, tmp_path), "cover.xhtml")
    assert 'viewBox="0 0 1200 1600" preserveAspectRatio="xMidYMid meet"' in cover


def test_marks_are_typographic_unless_they_are_to_be_as_they_were_typed(tmp_path: Path) -> None:
    edition = Edition("M", RICH.issued, "en", (Section("", (replace(SEA_WALL, title='Ada\'s "wall"'),)),))
    assert "Ada’s “wall”" in page(made(edition, tmp_path), "a0001.xhtml")
    straight = made(edition, tmp_path, EpubExporter(straight_quotes=True))
    assert "Ada’s" not in page(straight, "a0001.xhtml")
