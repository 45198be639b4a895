"""Walls, checks, missing pages and the like are refused with what they are; short articles about them are kept."""

import quopri
import tomllib
from collections.abc import Iterator

import pytest
from tests.newsexport.extraction.oldhaven_walls import NO_ARTICLES, SHORT, page

from newsexport import assets
from newsexport.errors import SourceError
from newsexport.extraction.refusing import kinds
from newsexport.model import Article, plain_blocks
from newsexport.protocols import Item, Resource
from newsexport.sources.page import MhtmlSource, PageSource

ADDRESS = "https://gazette.example/harbour/ferry"
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "ja", "zh")


def read(html: str, address: str = ADDRESS) -> Iterator[Item]:
    return PageSource().read(Resource(address or "page.html", html.encode(), address=address))


@pytest.mark.parametrize("name", NO_ARTICLES)
@pytest.mark.parametrize("address", [ADDRESS, ""])
def test_a_page_that_is_no_article_is_refused_with_what_it_is(name: str, address: str) -> None:
    reason, html = NO_ARTICLES[name]
    with pytest.raises(SourceError) as refused:
        list(read(html, address))
    assert refused.value.reason == f"holds no article: {reason}"


@pytest.mark.parametrize("name", SHORT)
def test_a_short_article_about_such_pages_is_kept_whole(name: str) -> None:
    (article,) = read(SHORT[name])
    assert isinstance(article, Article)
    assert len(list(plain_blocks(article.body))) == 2
    assert not article.partial


def test_the_feed_a_wall_names_is_told_and_not_followed() -> None:
    html = NO_ARTICLES["a login"][1].replace(
        "</head>", '<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>'
    )
    with pytest.raises(
        SourceError, match=r"asks to log in; it names a feed: https://gazette\.example/feed\.xml"
    ):
        list(read(html, "https://gazette.example/"))


def test_a_page_that_was_saved_with_all_it_shows_is_refused_alike() -> None:
    html = quopri.encodestring(NO_ARTICLES["a page that is gone, in German"][1].encode()).decode()
    saved = (
        f"Snapshot-Content-Location: {ADDRESS}\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
        f"--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{html}\n--x--\n"
    )
    with pytest.raises(SourceError, match="there is no such page"):
        list(MhtmlSource().read(Resource("gone.mhtml", saved.encode())))


def test_an_article_behind_a_banner_is_read_without_it() -> None:
    wall = NO_ARTICLES["consent in English"][1]
    banner = wall[wall.index("<div") : wall.index("</body>")]
    text = "<p>The ferry to Skerry sails again, and the first to board was a dog, who knew the way, the crew said.</p>"
    html = page(
        "Ferry sails again", f"{banner}<main><article><h1>Ferry sails again</h1>{text * 12}</article></main>"
    )
    (article,) = read(html)
    assert isinstance(article, Article)
    assert "partners" not in " ".join(plain_blocks(article.body))


def test_wordings_are_there_in_eleven_languages_and_without_doubles() -> None:
    told = tomllib.loads(assets.read("refusals.toml").decode())
    for name, kind in told.items():
        assert set(LANGUAGES) <= kind["phrases"].keys(), name
    for kind in kinds():
        assert len(set(kind.own)) == len(kind.own), kind.name
        assert all(phrase == phrase.strip() for phrase in kind.own)
