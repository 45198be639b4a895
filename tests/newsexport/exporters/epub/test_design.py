"""The styles, the templates and the page that describes them speak of the same things."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from jinja2 import meta
from tests.newsexport.exporters.epub.epub_editions import RICH, SEA_WALL, made, page

from newsexport import assets
from newsexport.artwork.cover import Style
from newsexport.exporters.epub import articles, pages
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
        Path(module.__file__ or "").read_text("utf-8") for module in (articles, blocks, inline, pages, tables)
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
    assert shown.count('<h2 class="name">') == 12
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
