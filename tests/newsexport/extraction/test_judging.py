"""What stands around an article goes, by kind and in several languages, and nothing goes for its name."""

from __future__ import annotations

import gc
import json

import pytest
from lxml.html import HtmlElement

from newsexport import assets
from newsexport.extraction.evidence import FEATURES
from newsexport.extraction.judging import judge, judge_of
from newsexport.extraction.measuring import is_unlikely, words_of_name
from newsexport.extraction.opinions import NO_OPINION, trafilatura_opinion
from newsexport.extraction.reasons import verdicts
from newsexport.markup import parse
from newsexport.model import Article, Figure, plain, plain_blocks
from newsexport.protocols import Resource
from newsexport.sources.page import PageSource

STORY = (
    "The ferry to Skerry sails again after two years, and the first to board was a dog, who knew the way.",
    "Work on the harbour wall took longer than planned, cost more than was said, and ended in the fog.",
    "A single crossing is four crowns, a return seven, and children, who never paid, still do not pay.",
    "The timetable, above the door, is that of the old ferry, and will be, the captain said, until spring.",
    "Nobody has counted the passengers of the first day, but the bakery, which had, sold out before ten.",
)
ADDRESS = "https://gazette.example/harbour/ferry"


def page(*body: str, head: str = "<title>Ferry sails again | The Gazette</title>") -> str:
    return f"<!doctype html><html lang=en><head>{head}</head><body>{''.join(body)}</body></html>"


def story(between: str = "", behind: str = "", before: str = "") -> str:
    """The story in a page, with something before it, in the middle or behind it."""
    paragraphs = [f"<p>{text}</p>" for text in STORY]
    return page(
        "<header><nav><ul><li><a href=/n>News</a><li><a href=/s>Sport</a></ul></nav></header><main><article>",
        "<h1>Ferry sails again</h1>", before, *paragraphs[:2], between, *paragraphs[2:], behind,
        "</article></main><footer><p>The Gazette, Harbour Road 1</p></footer>",
    )  # fmt: skip


def read(html: str) -> Article:
    resource = Resource(ADDRESS, html.encode(), media_type="text/html; charset=utf-8", address=ADDRESS)
    (article,) = PageSource().read(resource)
    assert isinstance(article, Article)
    return article


def lines(html: str) -> list[str]:
    return [line for line in plain_blocks(read(html).body) if line]


@pytest.mark.parametrize(
    "furniture",
    [
        '<p><a href="/y">ALSO: WHAT THE LAMPS WILL COST</a></p>',
        '<p><a href="/y">What the lamps on the wall will cost</a></p>',
        '<p><strong>Read more:</strong> <a href="/x">Ten boats that were never built</a></p>',
        '<p><b>Lesen Sie auch:</b> <a href="/x">Zehn Boote, die nie gebaut wurden</a></p>',
        '<p>À lire aussi : <a href="/x">Dix bateaux jamais construits</a></p>',
        '<p>Leer también: <a href="/x">Diez barcos que nunca se hicieron</a></p>',
        '<p>関連記事：<a href="/x">造られなかった十隻の船</a></p>',
        '<div class="related-box"><h3>More:</h3><ul><li><a href="/a">Ten boats</a><li><a href="/b">Lamps</a></ul></div>',
    ],
)
def test_links_to_other_stories_are_no_part_of_one(furniture: str) -> None:
    assert lines(story(between=furniture)) == list(STORY)


@pytest.mark.parametrize(
    "furniture",
    [
        "<p class=kicker>Harbour</p>",
        "<div class=meta><span>3 min read</span></div>",
        "<div class=byline>By Ann Other</div>",
        "<p class=date>Published 23 November 2026, updated 24 November 2026</p>",
        "<div class=social-links><a href=https://facebook.example>Facebook</a> <a href=/t>Tweet</a></div>",
    ],
)
def test_what_stands_above_an_article_is_not_its_text(furniture: str) -> None:
    assert lines(story(before=furniture)) == list(STORY)


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class=newsletter><h3>The morning letter</h3><p>Sign up for our newsletter.</p></div>",
        "<div class=comments><h3>Comments</h3><p>First! And the fares are a scandal.</p></div>",
        "<p>© 2026 The Gazette. All rights reserved.</p>",
        "<div class=tags><a href=/t/ferry>Ferry</a> <a href=/t/skerry>Skerry</a></div>",
        "<div class=author-bio><p>Ann Other is a reporter at The Gazette.</p></div>",
        '<section class=related><h2>Related</h2><p><a href="/a">Ten boats</a></p><p><a href="/b">Lamps</a></p></section>',
    ],
)
def test_what_stands_below_an_article_is_not_its_text(furniture: str) -> None:
    assert lines(story(behind=furniture)) == list(STORY)


@pytest.mark.parametrize(
    "name",
    ["paywall", "section-header", "social-embed", "extra-content", "js-related", "md:hidden-footer"],
)
def test_nothing_is_deleted_by_a_name(name: str) -> None:
    told = "<p>The captain, asked whether she was glad, said that she had been told to be, and was.</p>"
    assert (
        len(lines(story(between=f'<div class="{name}">{told}{told.replace("captain", "mate")}</div>'))) == 7
    )


def test_words_of_names_are_whole() -> None:
    assert words_of_name("siteHeader__nav-bar x2") == {"site", "header", "nav", "bar", "x2"}
    box = parse(
        '<div class="commentary-box"></div><div class="comments"></div><div class="site-header"></div>'
    )
    assert [is_unlikely(each) for each in box.iter("div")] == [False, True, True]


def test_a_property_of_somebodys_own_hides_nothing() -> None:
    text = "".join(f"<p>{line}</p>" for line in STORY)
    assert lines(page(f'<div style="--footer-display: none; color: red"><main>{text}</main></div>')) == list(
        STORY
    )


@pytest.mark.parametrize("hidden", ["hidden", 'style="display: none"', "aria-hidden=true"])
def test_what_would_hide_nearly_everything_hides_nothing(hidden: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in STORY)
    assert lines(page(f"<div {hidden}><main>{text}</main></div><p>Loading</p>"))[: len(STORY)] == list(STORY)


def test_a_button_that_is_never_closed_swallows_no_article() -> None:
    text = "".join(f"<p>{line} {number}</p>" for number in range(9) for line in STORY)
    assert len(lines(page(f"<header><button class=menu><b>Menu</b></header><main>{text}</main>"))) == 45


def test_a_caption_is_with_its_picture_once() -> None:
    article = read(
        story(
            between="<figure><img src=/ferry.jpg width=800><figcaption>The ferry, at dusk.</figcaption></figure>"
            "<p>The ferry, at dusk.</p>"
        )
    )
    (figure,) = [block for block in article.body if isinstance(block, Figure)]
    assert plain(figure.caption) == "The ferry, at dusk."
    assert list(plain_blocks(article.body)).count("The ferry, at dusk.") == 1


def test_a_heading_that_says_what_the_description_says_is_the_standfirst() -> None:
    described = "The dog was first on board, and nobody had counted the others."
    html = story(before=f"<h2>{described}</h2>").replace(
        "</title>", f'</title><meta name="description" content="{described}">'
    )
    article = read(html)
    assert article.standfirst == described
    assert described not in list(plain_blocks(article.body))


def test_every_decision_is_told_with_its_reason() -> None:
    html = story(
        between='<p><a href="/y">ALSO: WHAT THE LAMPS WILL COST</a></p>', behind="<p>© 2026 The Gazette.</p>"
    )
    told = verdicts(Resource(ADDRESS, html.encode(), media_type="text/html", address=ADDRESS))
    assert [each.text for each in told if each.kept] == list(STORY)
    assert all(each.why for each in told)
    assert all(0 <= each.probability <= 1 for each in told)
    (headline,) = [each for each in told if each.tag == "h1"]
    assert not headline.kept


def test_a_page_that_was_read_is_gone_at_once() -> None:
    def elements() -> int:
        return sum(isinstance(each, HtmlElement) for each in gc.get_objects())

    gc.collect()
    before = elements()
    gc.disable()
    try:
        article = read(story(between=f"<aside class=pull-quote><p>{STORY[0]}</p></aside>"))
        assert article.body
        assert elements() == before
    finally:
        gc.enable()


def test_an_opinion_that_cannot_be_had_is_none() -> None:
    crowded = parse("<p>a</p>" * 21_000)
    assert trafilatura_opinion(crowded) is NO_OPINION
    assert trafilatura_opinion(parse("<html></html>")).words == 0


def test_a_second_opinion_on_little_of_a_page_asks_others() -> None:
    teaser = "".join(f"<p>{line}</p>" for line in STORY[:3])
    told = "".join(f"<p>{line} {number}</p>" for number in range(9) for line in STORY)
    found = trafilatura_opinion(parse(f"<article>{teaser}</article><div><div>{told}</div></div>"))
    assert found.words > 9 * sum(len(line.split()) for line in STORY)


def test_a_judge_refuses_evidence_that_it_does_not_know() -> None:
    shipped = json.loads(assets.read("extraction/judge.json"))
    assert judge().least == shipped["least"]
    with pytest.raises(ValueError, match="other evidence"):
        judge_of({**shipped, "evidence": ["the moon", *shipped["evidence"][1:]]})


def test_the_sum_is_what_the_reasons_moved() -> None:
    row = [0.0] * len(FEATURES)
    (total,) = judge().sums([tuple(row)])
    assert judge().sums([tuple(row)] * 2) == [total, total]
    begun = int(judge().values[0].sum())
    assert total == begun + sum(judge().reasons(row).values())
