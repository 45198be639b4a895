"""Walls, checks, missing pages and the like are refused with what they are; short articles about them are kept."""

import io
import json
import quopri
import tomllib
import zipfile
from collections.abc import Iterator

import pytest
from tests.newsexport.extraction.oldhaven_fronts import FRONTS
from tests.newsexport.extraction.oldhaven_fronts import KEPT as KEPT_STORIES
from tests.newsexport.extraction.oldhaven_walls import NO_ARTICLES, SHORT, page
from tests.newsexport.net.web_server import Page, Route, serving

from newsexport import assets
from newsexport.collecting.context import CollectingContext
from newsexport.errors import SourceError
from newsexport.events import Event, Lost
from newsexport.extraction.walls import GAP, compared, kinds, phrases_in
from newsexport.model import Article, plain_blocks
from newsexport.net.client import Client
from newsexport.net.settings import FetchSettings
from newsexport.pipeline import collect
from newsexport.protocols import Entry, Item, Resource
from newsexport.sources.archive import ArchiveSource
from newsexport.sources.mail import MailSource
from newsexport.sources.page import MhtmlSource, PageSource
from newsexport.sources.saved import SavedJsonSource
from newsexport.work.isolation import Isolation

ADDRESS = "https://gazette.example/harbour/ferry"
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "ja", "zh", "ar")


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


def test_wordings_are_there_in_twelve_languages_and_without_doubles() -> None:
    told = tomllib.loads(assets.read("refusals.toml").decode())
    for name, kind in told.items():
        assert set(LANGUAGES) <= kind["phrases"].keys(), name
    for kind in kinds():
        assert len(set(kind.own)) == len(kind.own), kind.name
        assert all(phrase == phrase.strip() for phrase in kind.own)


# Every way in which a page comes.

LOGIN = NO_ARTICLES["a login"][1]
TEASER = "The ferry to Skerry sails again, and the first to board was a dog, who knew the way, the crew said."


def test_of_a_feed_whose_page_is_a_wall_its_own_text_stays_and_is_marked_partial() -> None:
    gone = NO_ARTICLES["a page that is gone"][1]
    items = "".join(
        f"<item><title>Story {number}</title><link>/{number}</link><description>{text}</description></item>"
        for number, text in enumerate((TEASER, "", ""))
    )
    routes: dict[str, Route] = {
        "/feed.xml": Page(f"<rss version='2.0'><channel><title>G</title>{items}</channel></rss>".encode()),
        "/0": Page(LOGIN.encode()),
        "/1": Page(gone.encode()),
        "/2": Page(SHORT["captchas"].encode()),
    }
    events: list[Event] = []
    isolation = Isolation(1)
    with serving(routes) as site, Client(FetchSettings(allowed=frozenset({site.host}), attempts=1)) as client:
        found = collect(
            [f"{site.url}/feed.xml"], events.append, CollectingContext(client, isolation)
        ).articles
    isolation.shutdown()
    assert [(one.title, one.partial) for one in found] == [("Story 0", True), ("Story 2", False)]
    assert list(plain_blocks(found[0].body)) == [TEASER]
    assert [(event.reason, event.whole) for event in events if isinstance(event, Lost)] == [
        ("only its teaser: holds no article: it asks to log in", False),
        ("holds no article: it says that there is no such page", True),
    ]


KEPT = NO_ARTICLES["consent or pay in German"][1]


def test_a_wall_that_a_service_kept_is_asked_for_again() -> None:
    records = [
        {"title": "Fähre fährt wieder", "url": "https://a.example/faehre", "content": KEPT, "tags": []}
    ]
    (item,) = SavedJsonSource().read(Resource("export.json", json.dumps(records).encode()))
    assert isinstance(item, Entry)
    assert (item.address, item.article.body) == ("https://a.example/faehre", ())


def test_a_wall_in_the_files_of_an_export_is_asked_for_again() -> None:
    record = [
        {"slug": "road", "title": "Road", "url": "https://a.example/road", "state": "Active", "savedAt": "1"}
    ]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("metadata_0_to_20.json", json.dumps(record))
        archive.writestr("content/road.html", KEPT)
    (item,) = ArchiveSource().read(Resource("omnivore.zip", made.getvalue()))
    assert isinstance(item, Entry)
    assert (item.address, item.article.body) == ("https://a.example/road", ())


def test_a_wall_that_somebody_sent_is_refused_and_a_letter_about_walls_is_read() -> None:
    def sent(html: str) -> Iterator[Item]:
        head = "From: Ann <ann@a.example>\nSubject: Look\nMessage-ID: <1@a.example>\nMIME-Version: 1.0\n"
        mail = f"{head}Content-Type: text/html; charset=utf-8\n\n{html}"
        return MailSource().read(Resource("look.eml", mail.encode()))

    first, *_ = refused_or_read(sent(KEPT))
    assert isinstance(first, SourceError)
    assert first.reason == f"holds no article: {NO_ARTICLES['consent or pay in German'][0]}"
    (letter,) = sent(
        "<p>Dear all, our paper drops its cookie banner on Monday, and the partners go with it.</p>"
    )
    assert isinstance(letter, Article)


def refused_or_read(items: Iterator[Item]) -> list[Item]:
    try:
        return list(items)
    except SourceError as error:
        return [error]


def test_a_letter_that_a_wall_cuts_short_is_partial() -> None:
    head = "From: Ann <ann@a.example>\nSubject: Look\nMessage-ID: <1@a.example>\nMIME-Version: 1.0\n"
    lines = f"<p>{TEASER}</p>" * 4 + "<p>This post is for paid subscribers.</p>"
    (letter,) = MailSource().read(Resource("a.eml", f"{head}Content-Type: text/html\n\n{lines}".encode()))
    assert isinstance(letter, Article)
    assert letter.partial
    assert list(plain_blocks(letter.body)) == [TEASER] * 4


@pytest.mark.parametrize(
    "wall",
    [
        "Already a subscriber? Log in",
        "Dieser Artikel ist nur für Abonnenten lesbar.",
        "La suite est réservée aux abonnés.",
        "Contenido solo para suscriptores",
        "Contenuto riservato agli abbonati",
        "Conteúdo exclusivo para assinantes",
        "Dit artikel is alleen voor abonnees.",
        "Artykuł dostępny tylko dla subskrybentów",
        "Материал доступен только для подписчиков",
        "この記事は有料会員限定です。続きを読むには登録が必要です。",
        "本文仅限订阅用户阅读",
    ],
)
def test_an_article_that_a_wall_cuts_short_is_partial_in_any_language(wall: str) -> None:
    (article,) = read(
        page("Ferry sails again", f"<main><p>{TEASER}</p><p>{TEASER[::-1]}</p><p>{wall}</p></main>")
    )
    assert isinstance(article, Article)
    assert article.partial
    assert list(plain_blocks(article.body)) == [TEASER, TEASER[::-1]]


def test_a_missing_page_may_say_at_length_why() -> None:
    told = "The story may have been moved or removed from our archive. Stories older than ninety days are there for "
    more = (
        "members of the library, and some of an agency have to be taken down after a month under its licence."
    )
    html = page(
        "The Oldhaven Gazette", f"<main><h1>We can’t seem to find that story.</h1><p>{told}{more}</p></main>"
    )
    with pytest.raises(SourceError, match="there is no such page"):
        list(read(html))


def test_headings_that_lead_to_stories_are_a_list_of_links() -> None:
    card = "<div><h3><a href='/{0}'>What the harbour board said on day {0}</a></h3><p>It said it again on day {0}.</p></div>"
    html = page("The Oldhaven Gazette", f"<main>{''.join(map(card.format, range(14)))}</main>")
    with pytest.raises(SourceError, match="it is a list of links"):
        list(read(html))


@pytest.mark.parametrize("name", FRONTS)
def test_a_page_of_cards_that_lead_to_stories_is_a_list_of_links(name: str) -> None:
    with pytest.raises(SourceError, match="it is a list of links"):
        list(read(FRONTS[name], "https://gazette.example/section/here"))


@pytest.mark.parametrize("name", KEPT_STORIES)
def test_a_story_in_brief_and_one_that_lists_others_are_kept(name: str) -> None:
    count, html = KEPT_STORIES[name]
    (article,) = read(html)
    assert isinstance(article, Article)
    assert len(list(plain_blocks(article.body))) == count


def test_an_article_with_headings_that_are_links_is_none() -> None:
    text = "<p>The ferry to Skerry sails again, and the first to board was a dog, who knew the way, the crew said.</p>"
    parts = "".join(f"<h2><a href='/{at}'>Pier {at}</a></h2>{text * 4}" for at in range(8))
    (article,) = read(
        page("Eight piers", f"<main><article><h1>Eight piers</h1>{text}{parts}</article></main>")
    )
    assert isinstance(article, Article)


def test_what_the_rest_of_an_article_costs_is_none_of_it() -> None:
    text = "<p>The ferry to Skerry sails again, and the first to board was a dog, who knew the way, the crew said.</p>"
    offer = "<h3>Keep reading</h3><p>4 weeks for €1, then €9.99 a month. Cancel anytime.</p><ul><li>All stories</li></ul>"
    free = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again",'
    html = page(
        "Ferry sails again",
        f'{free}"isAccessibleForFree":false}}</script><article><h1>Ferry sails again</h1>{text * 3}{offer}</article>',
    )
    (article,) = read(html)
    assert isinstance(article, Article)
    assert article.partial
    assert not [line for line in plain_blocks(article.body) if "ferry" not in line]


def test_every_phrase_is_found_where_it_stands_whatever_fills_its_gaps() -> None:
    phrases = {phrase for kind in kinds() for phrase in kind.phrases}
    said = {phrase: compared(f"So, {phrase.replace(GAP, 's x')}, it said.") for phrase in phrases}
    assert {phrase for phrase, text in said.items() if phrase not in phrases_in(text)} == set()
