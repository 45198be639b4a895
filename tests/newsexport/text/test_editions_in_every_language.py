"""Whatever an edition says itself, it says in its own language: book, text, script, page, feed and catalogue.

The articles are of letters that no shipped language has, so every word in other letters is the program's.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree, html
from tests.newsexport.publishing import papers

from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.html.inline import Links
from newsexport.exporters.text import TextExporter
from newsexport.job import Job
from newsexport.library.issue import Issue, IssueArticle, Paper
from newsexport.library.library import Holding
from newsexport.model import Article, Edition, Figure, Mark, Note, Paragraph, Section, Span, Twin
from newsexport.narration.options import Direction
from newsexport.narration.script import script
from newsexport.publishing import pages
from newsexport.publishing.documents import Publications
from newsexport.publishing.notes import sorting_title
from newsexport.publishing.pages import Pages
from newsexport.publishing.site import Site
from newsexport.text.wording import direction, languages, wording

OTHERS = sorted(set(languages()) - {"en"})
ISSUED = date(2026, 11, 29)
SITE = Site("https://xn--5nad.example/")
# What is a name in every language, and what no reader sees.
NAMES = {
    "QR", "RSS", "OPDS", "Podcast", "Podcasts", "pcast", "Overcast", "Pocket", "Casts", "AntennaPod", "EPUB", "KEPUB", "JPG",
}  # fmt: skip
# Elements of feeds and catalogues that apps show.
SHOWN = {"title", "summary", "ShortName", "Description", "subtitle", "name", "content"}
WORD = re.compile(r"[^\W\d_]+(?:[’'׳״\u200c-][^\W\d_]+)*")
GEORGIAN = re.compile("[\u10a0-\u10ff]")
# Where no space parts words, only words of other scripts can be told.
UNSPACED = {"ja", "th", "zh-Hans", "zh-Hant"}


def edition(language: str) -> Edition:
    words = "ა ბ გ დ ე ვ ზ თ ი კ ლ მ ნ ო პ. " * 30
    body = (
        Paragraph(
            (
                Span("ღ "),
                Span("ყ", frozenset({Mark.STRUCK})),
                Span("შ", frozenset({Mark.INSERTED})),
                Span(" ჩ."),
            )
        ),
        Paragraph((Span(words), Span("", note="1"), Span("ც", href="https://xn--5nad.example/c"))),
    )
    article = Article(
        "სათაური", body, byline=("ნინო", "გია", "ანა"), published=datetime(2026, 11, 1, 5, tzinfo=UTC),
        url="https://xn--5nad.example/a", site="გაზეთი", language=language, partial=True, update=True,
        tags=("ზღვა",), again=date(2026, 10, 31),
        also_in=(Twin("https://xn--5nad.example/b", "მეორე"), Twin("https://xn--5nad.example/d", "მესამე")),
        notes=(Note("1", (Paragraph((Span("ძ."),)),)),),
    )  # fmt: skip
    second = replace(article, title="", url="https://xn--5nad.example/e", also_in=(), byline=("ნინო",))
    third = replace(
        article, title="ხ", url="https://xn--5nad.example/f", lead=Figure("none.png", ""), update=False
    )
    return Edition("მატიანე", ISSUED, language, (Section("წ", (article, second)), Section("ჭ", (third,) * 9)))


def own_words(language: str) -> set[str]:
    """Every word that the language's file has, and the ways in which dates join them."""
    return {word.casefold() for text in texts(asdict(wording(language))) for word in WORD.findall(text)}


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield re.sub(r"\{\w*(?::\d+)?\}", " ", value)
        yield re.sub(r"\{\w*(?::\d+)?\}", "", value)
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in texts(inner))
    elif isinstance(value, list | tuple):
        yield from (text for inner in value for text in texts(inner))


def foreign(shown: str, language: str) -> set[str]:
    """The words in a text that are neither those of an article nor those of the language."""
    own = own_words(language)
    months = [month.casefold() for month in wording(language).calendar.months]
    found = {word for word in WORD.findall(shown) if not GEORGIAN.search(word) and word not in NAMES}
    if language in UNSPACED:
        found = {word for word in found if word.isascii()}
    return {
        word for word in found
        if word.casefold() not in own and not any(month in word.casefold() for month in months)  # בנובמבר, azaroaren
    }  # fmt: skip


def seen(root: etree._Element) -> Iterator[str]:
    """What a page says to eyes and to a screen reader."""
    for element in root.iter(etree.Element):
        if etree.QName(element).localname in {"style", "script"}:
            continue
        yield from (text for text in (element.text, element.tail) if text)
        yield from (
            element.get(name, "") for name in ("alt", "title", "aria-label", "data-play", "data-pause")
        )


def book(language: str, folder: Path) -> dict[str, etree._Element]:
    target = folder / "book.epub"
    EpubExporter(links=Links.NOTES, codes=True).write(edition(language), target, Job())
    with zipfile.ZipFile(target) as archive:
        named = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        return {name.rpartition("/")[2]: etree.fromstring(archive.read(name)) for name in named}


@pytest.mark.parametrize("language", OTHERS)
def test_a_book_says_everything_in_its_language(language: str, tmp_path: Path) -> None:
    made = book(language, tmp_path)
    for name, root in made.items():
        if name.endswith(".opf"):
            told = [element.text or "" for element in root.iter("{*}title", "{*}description")]
            told += [
                each.text or ""
                for each in root.iter("{*}meta")
                if each.get("property") == "schema:accessibilitySummary"
            ]
            told += [each.get("title", "") for each in root.iter("{*}reference")]
            assert any(wording(language).accessibility.ways in text for text in told)
        else:
            told = list(seen(root))
            assert not [text for text in told if ISSUED.isoformat() in text]
        told = [re.sub(r"(?:https://)?xn--5nad\.example\S*", "", text) for text in told]
        assert foreign(" \n ".join(told), language) == set(), name
        assert not root.xpath("//*[@lang='en']"), name


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_and_what_is_said_are_in_their_language(language: str, tmp_path: Path) -> None:
    TextExporter().write(edition(language), tmp_path / "paper.txt", Job())
    text = (tmp_path / "paper.txt").read_text(encoding="utf-8")
    assert ISSUED.isoformat() not in text
    assert foreign(re.sub(r"https://\S+", "", text), language) == set()
    said = [one for passage in script(edition(language), Direction()) for one in passage.utterances]
    assert foreign("\n".join(one.printed for one in said), language) == set()
    assert not [one for one in said if "2026-" in one.printed or "2026-" in one.spoken]
    assert wording(language).struck in " ".join(one.spoken for one in said)


def of_library(language: str) -> tuple[Paper, Issue]:
    paper = replace(
        papers.MORNING, language=language, title="მატიანე", description="ა ბ", author="ნინო", category="ა"
    )
    stories = [
        IssueArticle("სათაური", "წ", "https://xn--5nad.example/a", "ბ", 300, 4.5),
        IssueArticle("ხ", "ჭ", None, "", 9, 99.0),
    ]
    return paper, replace(
        papers.issue(paper, ISSUED, stories=stories, stem="a"), title="მატიანე", language=language
    )


@pytest.mark.parametrize("language", OTHERS)
def test_the_pages_of_a_library_are_in_its_language(language: str) -> None:
    paper, issue = of_library(language)
    shown = pages.issue_page(paper, issue, SITE, pages.IssueText(edition(language)))
    for page in (shown, pages.index([Holding(paper, (issue,)), Holding(replace(paper, key="b"), ())], SITE)):
        root = html.document_fromstring(page.decode())
        told = [re.sub(r"a-2026\S*|\([a-z0-9.]+, |\((?:j|k|l)\)", "", text) for text in seen(root)]
        assert foreign(" \n ".join(told), language) <= {"kB", "KB"}
        assert root.get("dir") == direction(language)
        assert not root.xpath("//*[@lang='en']")
        assert not [text for text in told if ISSUED.isoformat() in text]


@pytest.mark.parametrize("language", OTHERS)
def test_feeds_and_catalogues_are_in_the_language_of_their_papers(language: str) -> None:
    paper, issue = of_library(language)
    holdings = [Holding(paper, (issue,)), Holding(replace(paper, key="b"), ())]
    made = Publications(SITE, pages=Pages(SITE), searchable=True).addressed(holdings)
    told = [text for name, data in made.items() for text in _told(name, data)]
    assert wording(language).catalogue.latest in told
    assert foreign("\n".join(told), language) <= {"newsexport"}
    dated = {text for text in told if ISSUED.isoformat() in text}
    assert dated == {sorting_title(issue)}, "dates in figures only where titles are sorted by them"


def _told(name: str, data: bytes) -> Iterator[str]:
    if name.endswith(".json"):
        document = json.loads(data)
        yield document["metadata"]["title"]
        for group in document.get("facets", ()):
            yield from (group["metadata"]["title"], *(link["title"] for link in group["links"]))
        yield from (link.get("title", "") for link in document.get("navigation", ()))
        yield from (one["metadata"]["title"] for one in document.get("publications", ()))
    elif name.endswith(".xml"):
        for element in etree.fromstring(data).iter(etree.Element):
            if etree.QName(element).localname in SHOWN:
                yield element.text or ""
            yield element.get("{http://opds-spec.org/2010/catalog}facetGroup", "")


@pytest.mark.parametrize("language", ["ar", "fa", "he"])
def test_in_a_script_from_the_right_what_comes_next_is_on_the_left(language: str, tmp_path: Path) -> None:
    made = book(language, tmp_path)
    spine = made["package.opf" if "package.opf" in made else "content.opf"].find("{*}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    turns = [
        turn
        for name, root in made.items()
        if name.endswith(".xhtml")
        for turn in root.iterfind(".//{*}nav[@class='turn']")
    ]
    assert turns
    for turn in turns:
        assert {element.get("dir") for element in (turn, *turn.iterancestors())} <= {None, "rtl"}
    paper, issue = of_library(language)
    page = html.document_fromstring(pages.issue_page(paper, issue, SITE).decode())
    (player,) = page.iterfind(".//section[@class='player']")
    assert {element.get("dir") for element in (player, *player.iterancestors())} <= {None, "rtl"}
    signed = [*page.iterfind(".//button[@data-do='back']"), *page.iterfind(".//option")]
    assert {element.get("dir") for element in signed} == {
        "ltr"
    }  # else the sign would stand behind its figure
    # In a row that runs from the right, what stands first is at the right: back, previous; then next.
    bars = [element for element in page.iter() if (element.get("class") or "").startswith("bar")]
    ways = [[button.get("data-do") for button in bar.iter("button")] for bar in bars]
    assert ways == [["back", "play", "forward"], ["previous", "next"]]
