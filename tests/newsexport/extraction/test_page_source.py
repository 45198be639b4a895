"""The article of a page: all of it, nothing around it, and a plain word when there is none."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.extraction.oldhaven_pages import FERRY, FIRST_PAGE, HEBREW, NONE, PARAGRAPHS, WALLED

from newsexport.errors import SourceError
from newsexport.interchange import to_json
from newsexport.model import (
    Article,
    Edition,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Section,
    Span,
    figures,
    plain,
    plain_blocks,
    runs,
)
from newsexport.protocols import Continued, Resource
from newsexport.sources.page import PageSource

ADDRESS = "https://gazette.example/harbour/ferry"


def read(html: str, address: str = ADDRESS) -> Article:
    (item,) = PageSource().read(Resource(address or "page.html", html.encode(), address=address))
    assert isinstance(item, Article)
    return item


def test_the_article_of_a_page_is_found_whole_and_alone(golden: Callable[[str, str], None]) -> None:
    edition = Edition("News", date(2026, 11, 23), "en", (Section("", (read(FERRY),)),))
    golden("sources/page.json", to_json(edition).decode())


def test_what_the_page_says_of_it_is_known() -> None:
    article = read(FERRY)
    assert article.title == "Ferry sails again"
    assert article.byline == ("Ada Fenn", "Bo Lind")
    assert article.published == datetime.fromisoformat("2026-11-23T08:30:00+01:00")
    assert (article.section, article.site, article.url) == ("Harbour", "The Oldhaven Gazette", ADDRESS)
    assert article.standfirst == "Two years after the storm Skerry is an island people can leave."
    assert article.language == "en"
    assert not article.partial


def test_nothing_that_stands_around_it_comes_along() -> None:
    text = "\n".join(plain_blocks(read(FERRY).body)).lower()
    for stray in (
        "cookies",
        "share on",
        "newsletter",
        "read more",
        "another story",
        "first!",
        "rights",
        "ada fenn",
    ):
        assert stray not in text


@pytest.mark.parametrize(
    "quotation",
    [
        "<blockquote><p>{}</p><footer>A. Mayor</footer></blockquote>",
        "<blockquote class='blockquote'><p>{}</p><footer class='blockquote-footer'>— A. Mayor</footer></blockquote>",
        "<figure><blockquote><p>{}</p></blockquote><figcaption class='blockquote-footer'>A. Mayor</figcaption></figure>",
        "<figure class='quote'><blockquote><p>{}</p></blockquote><figcaption>A. Mayor</figcaption></figure>",
    ],
)
def test_whom_a_quotation_is_from_is_no_furniture(quotation: str) -> None:
    words = "We used to pay for places to park that stood empty."
    text = f"{PARAGRAPHS}{quotation.format(words)}"
    page = f"<html><body><article><h1>Tolls</h1>{text}</article><footer>All rights reserved</footer></body></html>"
    quote = Quote((Paragraph((Span(words),)),), attribution=(Span("A. Mayor"),))
    body = read(page).body
    assert quote in body
    assert "rights" not in repr(body)


def test_pictures_come_with_captions_and_credits() -> None:
    (shown,) = figures(read(FERRY))
    assert shown.media == "https://gazette.example/img/ferry.jpg"
    assert shown.alt == "The ferry at the quay"
    assert plain(shown.caption) == "The ferry at the quay on Monday. Photo: Bo Lind"


def test_the_picture_a_page_is_announced_with_leads_where_there_is_no_other() -> None:
    article = read(FERRY.replace("<figure>", "<div hidden>").replace("</figure>", "</div>"))
    assert article.lead == Figure("https://gazette.example/img/ferry-large.jpg")


def test_a_wall_is_told() -> None:
    article = read(WALLED)
    assert article.partial
    assert "dog" in " ".join(plain_blocks(article.body))
    assert "Subscribe" not in " ".join(plain_blocks(article.body))


def test_a_note_of_the_wall_goes_with_it() -> None:
    wall = "Subscribe to continue reading<sup><a href='#terms'>1</a></sup>.</p><p id='terms'>Terms: a year at least."
    assert read(WALLED.replace("Subscribe to continue reading.", wall)).notes == ()


def test_an_article_that_goes_on_elsewhere_says_where() -> None:
    (item,) = PageSource().read(Resource(ADDRESS, FIRST_PAGE.encode(), address=ADDRESS))
    assert isinstance(item, Continued)
    assert item.address == "https://gazette.example/harbour/ferry/2"


@pytest.mark.parametrize(
    "following", ["/harbour/next-story", "https://b.example/harbour/ferry/2", "javascript:x", ""]
)
def test_the_next_article_is_no_next_page(following: str) -> None:
    assert (
        read(FERRY.replace("</head>", f'<link rel="next" href="{following}"></head>')).title
        == "Ferry sails again"
    )


def test_other_scripts_are_read_alike() -> None:
    article = read(HEBREW, "")
    assert article.title == "המעבורת שבה להפליג אחרי שנתיים של עבודה בנמל"
    assert article.language == "he"
    assert len(article.body) == 2


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("log in", "it asks to log in"),
        ("consent", "it asks for consent to cookies"),
        ("scripts", "its text is loaded by scripts"),
        ("links", "it is a page of links"),
        ("frames", "it is a set of frames"),
    ],
)
def test_htm_14_a_page_without_an_article_is_refused_with_the_reason(kind: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(NONE[kind])


def test_a_page_somebody_saved_knows_where_it_was() -> None:
    bare = FERRY.replace('<link rel="canonical" href="https://gazette.example/harbour/ferry">', "")
    saved = bare.replace(
        "<head>", f"<head><!-- Page saved with SingleFile\n url: {ADDRESS} \n saved date: x -->"
    )
    article = read(saved, "")
    assert article.url == ADDRESS
    assert next(figures(article)).media == "https://gazette.example/img/ferry.jpg"


@pytest.mark.parametrize(
    ("start", "sure"),
    [
        (b"<!DOCTYPE html><p>x", 0.8),
        (b"\xef\xbb\xbf <html><body>x", 0.8),
        (b"<!DOCTYPE NETSCAPE-Bookmark-file-1><html>", 0),
        (b"<?xml version='1.0'?><rss><channel>", 0),
        (b"plain text", 0),
    ],
)
def test_a_page_is_known_by_how_it_begins(start: bytes, sure: float) -> None:
    assert PageSource().accepts(Resource("-", start)) == sure


@pytest.mark.slow
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_a_damaged_page_is_an_article_or_one_plain_error(seed: int, cuts: int) -> None:
    chance = random.Random(seed)
    page = FERRY
    for _ in range(cuts):
        start = chance.randrange(len(page))
        page = (
            page[:start]
            + chance.choice(["", "<", ">", "</div>", "<table>", "\0", "&#xD800;"])
            + page[start + chance.randrange(60) :]
        )
    try:
        list(PageSource().read(Resource("page.html", page.encode("utf-8", "replace"))))
    except SourceError as error:
        assert "\n" not in str(error)


def test_the_same_page_gives_the_same_article_wherever_it_lies() -> None:
    online, saved = read(FERRY), read(FERRY, "")
    assert replace(saved, reference=online.reference) == online


def test_times_without_a_zone_are_utc() -> None:
    page = (
        f"<html><body><article><time datetime='2026-11-23T08:00'></time>{PARAGRAPHS}</article></body></html>"
    )
    assert read(page).published == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_notes_at_the_foot_of_a_page_are_notes_of_its_article() -> None:
    html = FERRY.replace(
        "until somebody complains.", 'until somebody complains.<sup><a href="#fn-1" id="r-1">1</a></sup>'
    )
    foot = """<footer class="footer related"><h2>Footnotes</h2><ol><li id="fn-1">It took <a href="/other/9">a week</a>.
    <a href="#r-1">↩</a></li><li id="fn-2">Called from the comments.</li></ol></footer>"""
    article = read(html.replace("</main>", f"</main>{foot}"))
    (note,) = article.notes
    assert list(plain_blocks(note.blocks)) == ["It took a week."]
    assert [span.note for run in runs(article.body) for span in run if span.note] == [note.id]
    assert "Footnotes" not in list(plain_blocks(article.body))


def test_notes_of_what_stands_around_an_article_are_not_its_own() -> None:
    call = '<p>First!<sup><a href="#fn-1">1</a></sup></p>'
    html = FERRY.replace("<p>First!", f"{call}<p>First!").replace(
        "</main>", '</main><p id="fn-1">Or second.</p>'
    )
    assert read(html).notes == ()


@pytest.mark.parametrize("tag", ["aside role=complementary", "div", "blockquote", "figure"])
def test_a_pulled_quotation_stays_one_and_other_asides_go(tag: str) -> None:
    quotation = (
        f"<{tag} class='pullquote sidebar'><p>the first to board was a dog</p></{tag.split(maxsplit=1)[0]}>"
    )
    article = read(
        FERRY.replace(
            "<h2>What it costs", f"{quotation}<aside><p>Skerry in figures.</p></aside><h2>What it costs"
        )
    )
    (pulled,) = [block for block in article.body if isinstance(block, Quote) and block.pulled]
    assert list(plain_blocks(pulled.blocks)) == ["the first to board was a dog"]
    assert "Skerry in figures." not in list(plain_blocks(article.body))


TEXT = (
    "<p>The ferry to Skerry sails again, and the first to board was a dog, who knew the way, the crew said.</p>"
    * 3
)
CHINESE = "<p>林港市议会星期二投票决定，整个夏季禁止汽车驶入港口路。渡轮将免费运送自行车。</p><p>市长何澜说，两次都成功了。</p>"


def titled(title: str, head: str = "", heading: str = "", text: str = TEXT) -> Article:
    shown = f"<h1>{heading}</h1>" if heading else ""
    return read(
        f"<html><head><title>{title}</title>{head}</head><body><main>{shown}{text}</main></body></html>"
    )


NAMED = '<meta property="og:site_name" content="{}">'
PUBLISHED = '<script type="application/ld+json">{{"@type": "NewsMediaOrganization", "name": "{}"}}</script>'


@pytest.mark.parametrize(
    ("title", "head", "heading", "expected"),
    [
        ("Rates rise | The Oldhaven Gazette", NAMED.format("The Oldhaven Gazette"), "", "Rates rise"),
        ("Rates rise — Oldhaven Gazette", NAMED.format("The Oldhaven Gazette"), "", "Rates rise"),
        ("Rates rise · Gazette", PUBLISHED.format("Gazette"), "", "Rates rise"),
        ("Gazette: Rates rise", '<meta name="twitter:site" content="@gazette">', "", "Rates rise"),
        ("Rates rise • gazette.example", "", "", "Rates rise"),
        ("Rates rise » Some Paper", "", "Rates rise", "Rates rise"),
        ("Some Paper » Money » Rates rise again", "", "Rates rise again", "Rates rise again"),
        ("Rates rise | Money | Gazette", NAMED.format("Gazette"), "", "Rates rise | Money"),
        ("Rates rise | Gazette", NAMED.format("Gazette"), "Rates rise | Gazette", "Rates rise"),
        ("The Gazette", NAMED.format("The Gazette"), "Rates rise", "Rates rise"),
        ("港口路夏季禁止汽车通行 | Gazette", NAMED.format("Gazette"), "", "港口路夏季禁止汽车通行"),
        ("港口路禁止汽车通行_新浪网", NAMED.format("新浪网"), "", "港口路禁止汽车通行"),
        ("港口路禁止汽车通行-新华网", "", "港口路禁止汽车通行", "港口路禁止汽车通行"),
        ("市長、辞任へ：朝の新聞", PUBLISHED.format("朝の新聞"), "", "市長、辞任へ"),
        ("サッカー・市長杯｜丘の新聞", NAMED.format("丘の新聞"), "", "サッカー・市長杯"),
        ("ข่าวด่วน: ท่าเรือปิด - โอลด์เฮเวน", NAMED.format("โอลด์เฮเวน"), "", "ข่าวด่วน: ท่าเรือปิด"),
        ("Паром вернулся — Газета", NAMED.format("Газета"), "", "Паром вернулся"),
        ("המעבורת חזרה | העיתון", NAMED.format("העיתון"), "", "המעבורת חזרה"),
        ("Rates rise – what it means", NAMED.format("Gazette"), "", "Rates rise – what it means"),
        ("Apple: the fall", NAMED.format("Apple"), "Apple: the fall", "Apple: the fall"),
        ("Interview: Time flies", NAMED.format("Time"), "", "Interview: Time flies"),
        ("Mayor: »We did it« | Gazette", NAMED.format("Gazette"), "", "Mayor: »We did it«"),
        ("Coca-Cola wins", NAMED.format("Cola wins"), "", "Coca-Cola wins"),
    ],
)
def test_a_headline_is_told_without_its_site_and_only_once(
    title: str, head: str, heading: str, expected: str
) -> None:
    article = titled(title, head, heading)
    assert article.title == expected
    assert [block for block in article.body if isinstance(block, Heading)] == []


def test_a_section_goes_with_the_site_behind_it() -> None:
    head = NAMED.format("Gazette") + '<meta property="article:section" content="Money">'
    assert titled("Rates rise | Money | Gazette", head).title == "Rates rise"


def test_a_short_article_in_chinese_is_one() -> None:
    article = titled("", text=CHINESE)
    assert article.title == "林港市议会星期二投票决定"
    assert len(article.body) == 2
    links = "".join(f'<p><a href="/{at}">关于港口的另一条消息</a></p>' for at in range(30))
    assert len(titled("渡轮", text=f"{CHINESE}<p>Log in</p><nav>{links}</nav>").body) >= 2
    whole = '<script type="application/ld+json">{"@type": "NewsArticle", "wordCount": 760}</script>'
    assert not titled("渡轮", whole, text=CHINESE * 20).partial


def test_a_headline_says_what_its_marks_tell_the_eye() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    page = "<html><head><title>{window}</title></head><body><article><h1>{shown}</h1>{body}</article></body></html>"
    for window, shown, title in (
        (
            "The series an+1 and CO2",
            "The series a<sub>n+1</sub> and CO<sub>2</sub>",
            "The series aₙ₊₁ and CO₂",
        ),
        ("Rates rise fall to 4%", "Rates <del>rise</del> <ins>fall</ins> to 4%", "Rates fall to 4%"),
    ):
        article = read(page.format(window=window, shown=shown, body=body))
        assert article.title == title
        assert not any(isinstance(block, Heading) for block in article.body)


def test_a_page_is_read_in_its_language() -> None:
    html = (
        "<!doctype html><html lang=pl><head><title>Port</title></head><body><article><h1>Port znów otwarty</h1>"
        "<p class=published>29 listopada 2026</p>"
        + "<p>Burmistrz powiedziała: <q>Próbowaliśmy dwa razy</q> i mieszkańcy się zgodzili, bo prom kursuje.</p>"
        * 6
        + "</article></body></html>"
    )
    article = read(html)
    assert article.published == datetime(2026, 11, 29, tzinfo=UTC)
    assert len(article.body) == 6
    assert next(plain_blocks(article.body)).startswith("Burmistrz powiedziała: „Próbowaliśmy dwa razy” i")
