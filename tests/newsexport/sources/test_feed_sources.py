"""Feeds and lists: every item once, with what it is known by, whole or where the whole is."""

import json
import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.errors import SourceError
from newsexport.events import Cause, Omitted, noticed
from newsexport.model import Article, figures, plain_blocks
from newsexport.protocols import Entry, Item, Resource
from newsexport.sources.address_list import AddressListSource, OpmlSource, SitemapSource
from newsexport.sources.feed import FeedSource, JsonFeedSource

FEED = "https://gazette.example/feed.xml"
LONG = "".join(f"<p>{'The ferry to Skerry sails again, and nobody is late. ' * 6}</p>" for _ in range(6))
TEASER = "<p>The ferry to Skerry sails again after two years […]</p>"


def rss(
    *items: str, channel: str = "<title>The Gazette</title><link>https://gazette.example/</link>"
) -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel>{channel}{''.join(items)}</channel></rss>"
    ).encode()


def item(title: str = "Ferry", body: str = TEASER, link: str = "/ferry", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link><description><![CDATA[{body}]]></description>{more}</item>"


def read(data: bytes, *, section: str = "", source: FeedSource | None = None) -> list[Item]:
    return list((source or FeedSource()).read(Resource(FEED, data, section, "application/rss+xml", FEED)))


def articles(items: Iterable[Item]) -> list[Article]:
    return [
        each.article if isinstance(each, Entry) else each
        for each in items
        if isinstance(each, Article | Entry)
    ]


def test_a_whole_article_comes_from_the_feed_and_a_teaser_leads_to_its_page() -> None:
    whole, teaser = read(rss(item("One", LONG), item("Two", link="https://gazette.example/two")))
    assert isinstance(whole, Article)
    assert isinstance(teaser, Entry)
    assert teaser.address == "https://gazette.example/two"
    assert teaser.article.partial
    assert not (teaser.chosen or teaser.many)
    assert (whole.url, whole.section, whole.site) == (
        "https://gazette.example/ferry",
        "The Gazette",
        "The Gazette",
    )


def test_where_articles_come_from_can_be_told() -> None:
    data = rss(item("One", LONG), item("Two", link="/two"))
    assert [type(each) for each in read(data, source=FeedSource("feed"))] == [Article, Article]
    assert [type(each) for each in read(data, source=FeedSource("page"))] == [Entry, Entry]


def test_people_are_named_in_a_feed_as_on_a_page() -> None:
    more = "<dc:creator>By Ada Fenn, Staff Writer, and Bo Lind</dc:creator>"
    (article,) = articles(read(rss(item("A", LONG, more=more))))
    assert article.byline == ("Ada Fenn", "Bo Lind")


def test_everything_an_item_says_is_known() -> None:
    more = (
        "<dc:creator>Ada Fenn</dc:creator><pubDate>Mon, 23 Nov 2026 08:30:00 +0100</pubDate>"
        "<guid isPermaLink='false'>7</guid><media:content url='https://gazette.example/a.jpg' medium='image'/>"
    )
    (article,) = articles(read(rss(item("A &amp;amp; B", LONG, more=more)), section="Harbour"))
    assert (article.title, article.byline, article.section) == ("A & B", ("Ada Fenn",), "Harbour")
    assert article.published is not None
    assert article.published.isoformat() == "2026-11-23T08:30:00+01:00"
    assert article.guid == f"{FEED}#7"
    assert next(figures(article)).media == "https://gazette.example/a.jpg"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Rates rise - The Gazette", "Rates rise"),
        ("Rates rise | Some Paper", "Rates rise"),
        ("The Gazette: a history", "The Gazette: a history"),
        ("Rates rise - what it means", "Rates rise - what it means"),
    ],
)
def test_an_item_is_called_without_the_name_of_its_paper(title: str, expected: str) -> None:
    source = "<source url='https://paper.example/'>Some Paper</source>"
    (article,) = articles(read(rss(item(title, LONG, more=source))))
    assert article.title == expected


@pytest.mark.parametrize(
    "title",
    [
        "<title>How to &lt;shut&gt; a lock</title>",
        '<title type="html">How &lt;b&gt;to&lt;/b&gt; &amp;lt;shut&amp;gt; a lock</title>',
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">How <b>to</b> &lt;shut&gt; a lock</div></title>',
    ],
)
def test_words_in_angle_brackets_stay_in_a_title(title: str) -> None:
    data = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry>{title}<id>1</id>
<content type="html">{LONG.replace("<", "&lt;")}</content></entry></feed>"""
    (article,) = FeedSource().read(Resource("feed.atom", data.encode()))
    assert isinstance(article, Article)
    assert article.title == "How to <shut> a lock"


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Oldhaven</title><link href="https://a.example/"/>
<entry><title>A chart</title><id>urn:x:1</id><content type="image/png">iVBORw0K</content><summary>It is new.</summary>
<link rel="enclosure" type="audio/mpeg" href="1.mp3"/><link rel="enclosure" type="image/png" href="1.png"/></entry>
<entry><title>A ferry</title><id>urn:x:2</id><content type="text/html" src="ferry.html"/></entry></feed>"""


def test_what_an_item_brings_that_is_no_text_is_told_and_a_text_elsewhere_is_fetched() -> None:
    with noticed("a.xml") as told:
        chart, ferry = read(ATOM)
    assert isinstance(chart, Article)
    assert list(plain_blocks(chart.body)) == ["It is new."]
    assert isinstance(ferry, Entry)
    assert ferry.address == "https://a.example/ferry.html"
    assert [(each.reason, each.thing, each.cause) for each in told if isinstance(each, Omitted)] == [
        ("of feeds, which are no text (audio/mpeg)", "attachment", Cause.FORMAT),
        ("of feeds, which are no text (image/png)", "attachment", Cause.FORMAT),
    ]


def test_what_an_item_of_json_brings_that_is_no_text_is_told() -> None:
    sounds = [
        {"url": "https://a.example/1.mp3", "mime_type": "audio\ud800/mpeg"},
        {"mime_type": "image/png"},
        "x",
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "A", "attachments": sounds}]}
    with noticed("a.json") as told:
        list(JsonFeedSource().read(Resource("a.json", json.dumps(feed).encode())))
    assert [each.reason for each in told if isinstance(each, Omitted)] == [
        "of feeds, which are no text (audio/mpeg)"
    ]


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Sat, 28 Nov 2026 10:00:00 +0530", "2026-11-28T10:00:00+05:30"),
        ("Sáb, 28 nov 2026 10:00:00 +0100", "2026-11-28T10:00:00+01:00"),
        ("Saturday, November 28, 2026 - 10:00", "2026-11-28T00:00:00+00:00"),
        ("28/11/2026 10:00", "2026-11-28T00:00:00+00:00"),
        ("2026-11-28 10:00:00 UTC", "2026-11-28T10:00:00+00:00"),
        ("2026-W48-6", "2026-11-28T00:00:00+00:00"),
        ("Sat, 28 Nov 2026 24:00:00 GMT", "2026-11-28T00:00:00+00:00"),
    ],
)
def test_a_date_is_that_which_stands_there(said: str, known: str) -> None:
    (found,) = articles(read(rss(item(more=f"<pubDate>{said}</pubDate>"))))
    assert found.published is not None
    assert found.published.isoformat() == known


def test_a_feed_with_a_content_of_its_own_is_read() -> None:
    odd = "<title>The Gazette</title><content>It is odd.</content>"
    assert len(read(rss(item("Ferry", LONG), channel=odd))) == 1


def test_an_item_that_is_a_picture_alone_is_called_what_it_shows() -> None:
    first, second = (
        f"<item><guid isPermaLink='false'>{at}</guid><description><![CDATA[<img src='/h{at}.jpg'{alt}>]]></description></item>"
        for at, alt in enumerate((" alt='A heron'", ""))
    )
    assert [each.title for each in articles(read(rss(first, second)))] == ["A heron", "The Gazette"]


def test_a_feed_that_says_that_it_is_utf_16_and_is_not_is_read() -> None:
    feed = rss(item("“Ferry”", LONG)).replace(b'version="1.0"?', b'version="1.0" encoding="utf-16"?')
    assert [each.title for each in articles(read(feed))] == ["“Ferry”"]


def test_atom_is_read_alike() -> None:
    data = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title><entry><title type="html">&lt;b&gt;A&lt;/b&gt;</title>
    <link rel="alternate" href="https://blatt.example/a"/><id>tag:blatt.example,2026:1</id><author><name>Bo Lind</name></author>
    <updated>2026-11-23T08:00:00Z</updated><content type="html"><![CDATA[{LONG}]]></content></entry></feed>""".encode()
    (article,) = articles(read(data))
    assert (article.title, article.byline, article.guid) == ("A", ("Bo Lind",), "tag:blatt.example,2026:1")
    assert article.url == "https://blatt.example/a"


def test_json_feeds_are_read_alike() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Gazette",
        "items": [
            {"id": 1, "url": "https://gazette.example/1", "title": "One", "content_html": LONG},
            {"id": "2", "url": "https://gazette.example/2", "summary": "Two"},
            "nonsense",
            {"id": "3"},
        ],
    }
    source = JsonFeedSource()
    resource = Resource(FEED, json.dumps(document).encode(), address=FEED)
    assert source.accepts(resource) > 0.9
    one, two = source.read(resource)
    assert isinstance(one, Article)
    assert one.guid == f"{FEED}#1"
    assert isinstance(two, Entry)


@pytest.mark.parametrize("end", ["[…]", "[...]", "…", "<a href='/ferry'>Continue reading →</a>", "Read more"])
def test_a_long_text_that_was_cut_is_a_teaser(end: str) -> None:
    (found,) = read(rss(item(body=f"{LONG}<p>And then {end}</p>")))
    assert isinstance(found, Entry)


def test_footers_of_feeds_and_pixels_go() -> None:
    end = "<p>The post <a href='/x'>Ferry</a> appeared first on <a href='/'>The Gazette</a>.</p>"
    pixel = "<img src='https://feeds.feedburner.com/~r/x/1' width='1' height='1'>"
    (article,) = articles(read(rss(item(body=LONG + end + pixel))))
    assert "appeared first" not in " ".join(plain_blocks(article.body))
    assert list(figures(article)) == []


@pytest.mark.parametrize(
    "bomb",
    [
        "<!ENTITY a 'x'>",
        "<!ENTITY a SYSTEM 'file:///etc/passwd'>",
        "<!ENTITY % p SYSTEM 'http://127.0.0.1/'>",
    ],
)
def test_fd_01_entities_of_its_own_are_refused(bomb: str) -> None:
    data = rss(item()).replace(b"?>", f"?><!DOCTYPE rss [{bomb}]>".encode(), 1)
    with pytest.raises(SourceError, match="declares entities"):
        read(data)


@pytest.mark.slow
def test_fd_06_and_07_deep_and_long_feeds_end_soon() -> None:
    begun = time.monotonic()
    read(rss("<item>" + "<a>" * 50_000 + "</item>"))
    assert len(read(rss(*(item(str(number), link=f"/{number}") for number in range(8_000))))) == 5_000
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "gopher://a.example/", "\\\\smb\\x"]
)
def test_fd_09_links_lead_to_the_web_or_nowhere(link: str) -> None:
    (article,) = articles(read(rss(item(link=link, body=LONG))))
    assert article.url is None or article.url.startswith("https://gazette.example/")


def test_fd_11_items_are_one_by_guid_then_link_and_the_last_counts() -> None:
    same = "<guid>https://gazette.example/g</guid>"
    found = articles(
        read(
            rss(
                item("Old", more=same),
                item("Other", link="/b"),
                item("New", more=same),
                item("Bare", link=""),
            )
        )
    )
    assert [each.title for each in found] == ["New", "Other", "Bare"]


@pytest.mark.parametrize(
    "date",
    [
        "",
        "never",
        "Feb 30 2026",
        "Mon, 23 Nov 2026 25:00:00 GMT",
        "1969-01-01",
        "2999-01-01",
        "23/11/26",
        "9" * 400,
    ],
)
def test_fd_13_odd_dates_are_unknown_or_right(date: str) -> None:
    (article,) = articles(read(rss(item(body=LONG, more=f"<pubDate>{date}</pubDate>"))))
    assert article.published is None or 1990 <= article.published.year <= 2100


def test_fd_14_a_feed_that_breaks_off_keeps_its_good_items() -> None:
    whole = rss(item("One", LONG), item("Two", LONG, "/b"), item("Three", LONG, "/c"))
    cut = whole[: whole.index(b"Three") + 200]
    assert [article.title for article in articles(read(cut))][:2] == ["One", "Two"]


def test_fd_15_encodings_are_told_by_the_server_and_the_declaration() -> None:
    data = rss(item("Grüße", LONG)).replace(b'version="1.0"?>', b'version="1.0" encoding="iso-8859-1"?>', 1)
    (article,) = articles(FeedSource().read(Resource("feed.xml", data.decode().encode("iso-8859-1"))))
    assert article.title == "Grüße"


def test_a_page_is_no_feed() -> None:
    assert FeedSource().accepts(Resource(FEED, b"<!DOCTYPE html><html><body>x")) == 0
    with pytest.raises(SourceError, match="is no feed"):
        read(b"<html><body>Not found</body></html>")


@pytest.mark.slow
@given(st.binary(max_size=300), st.integers(0, 2000))
def test_fd_08_damaged_feeds_are_feeds_or_one_plain_error(noise: bytes, place: int) -> None:
    data = rss(item("One", LONG), item("Two"))
    for source in (FeedSource(), OpmlSource(), SitemapSource(), JsonFeedSource()):
        try:
            list(source.read(Resource("feed.xml", data[:place] + noise + data[place:])))
        except SourceError as error:
            assert "\n" not in str(error)


OPML = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="Science"><outline text="Space">
<outline type="rss" title="Comets" xmlUrl="https://comets.example/feed"/></outline>
<outline type="rss" text="Moss" XMLURL="https://moss.example/rss"/></outline>
<outline type="rss" text="Passwords" xmlUrl="file:///etc/passwd"/><outline type="link" url="https://a.example/other.opml"/>
<outline type="rss" text="Bare" xmlUrl="https://bare.example/rss" category="/News/Local"/></body></opml>"""


def test_fd_17_subscriptions_come_under_their_categories() -> None:
    found = [each for each in OpmlSource().read(Resource("list.opml", OPML)) if isinstance(each, Entry)]
    assert [(each.address, each.article.section) for each in found] == [
        ("https://comets.example/feed", "Space"),
        ("https://moss.example/rss", "Science"),
        ("https://bare.example/rss", "Local"),
    ]
    assert all(each.many and each.chosen for each in found)


def test_a_subscription_to_no_address_is_told_and_an_old_scheme_is_understood() -> None:
    old = OPML.replace(b"https://bare.example/rss", b"feed://bare.example/rss")
    items = list(OpmlSource().read(Resource("list.opml", old)))
    assert [each.address for each in items if isinstance(each, Entry)][-1] == "https://bare.example/rss"
    assert [str(each) for each in items if isinstance(each, SourceError)] == [
        "list.opml: Passwords: has no address of the web"
    ]


def test_a_broken_list_of_subscriptions_gives_what_it_has() -> None:
    assert len(list(OpmlSource().read(Resource("list.opml", OPML[:300])))) >= 1
    with pytest.raises(SourceError, match="lists no feed"):
        list(OpmlSource().read(Resource("list.opml", b"<opml><body/></opml>")))


def test_a_list_of_addresses_may_have_titles_comments_and_sections() -> None:
    data = b"https://a.example/1\n\n# a comment\n## Harbour\n- [Ferry](https://a.example/2)\n<https://a.example/3_(x)>\n"
    assert AddressListSource().accepts(Resource("-", data)) > 0.9
    found = [each for each in AddressListSource().read(Resource("-", data)) if isinstance(each, Entry)]
    assert [(each.address, each.article.title, each.article.section) for each in found] == [
        ("https://a.example/1", "", ""),
        ("https://a.example/2", "Ferry", "Harbour"),
        ("https://a.example/3_(x)", "", "Harbour"),
    ]


def test_a_list_of_addresses_may_have_numbers_names_and_remarks() -> None:
    lines = (
        "- [Ferry](https://a.example/1) – read!", "1. https://a.example/2", "https://a.example/3 (from Ada)",
        "+ [ ] https://a.example/4", "The harbour: https://a.example/5", "* The ship – <https://a.example/6>",
    )  # fmt: skip
    data = "\n".join(lines).encode()
    assert AddressListSource().accepts(Resource("a.txt", data)) > 0.9
    assert AddressListSource().accepts(Resource("a.txt", lines[2].encode())) == 0
    found = [each for each in AddressListSource().read(Resource("a.txt", data)) if isinstance(each, Entry)]
    assert [(each.address[-1], each.article.title) for each in found] == [
        ("1", "Ferry"), ("2", ""), ("3", ""), ("4", ""), ("5", "The harbour"), ("6", "The ship"),
    ]  # fmt: skip


def test_addresses_without_a_scheme_are_a_list_and_a_word_is_none() -> None:
    data = b"www.a.example/1\n- b.example/feed.xml\nhttps://c.example/2\nfeed://d.example/rss\n"
    assert AddressListSource().accepts(Resource("list.txt", data)) > 0.9
    found = [
        each.address
        for each in AddressListSource().read(Resource("list.txt", data))
        if isinstance(each, Entry)
    ]
    assert found == [
        "https://www.a.example/1",
        "https://b.example/feed.xml",
        "https://c.example/2",
        "https://d.example/rss",
    ]
    for text in (b"Ferry\n\nIt sails.\n", b"monday.txt\n", b"ada@a.example\n", b"See www.a.example\n"):
        assert AddressListSource().accepts(Resource("a.txt", text)) == 0


def test_a_list_of_tabs_has_titles_behind_its_addresses() -> None:
    data = (
        b"https://a.example/1 | One | two\nhttps://a.example/2\n\nchrome://extensions/ | Extensions\n"
        b"https://a.example/3\tThree\n"
    )
    assert AddressListSource().accepts(Resource("tabs.txt", data)) > 0.9
    found = list(AddressListSource().read(Resource("tabs.txt", data)))
    assert [(each.address, each.article.title) for each in found if isinstance(each, Entry)] == [
        ("https://a.example/1", "One | two"),
        ("https://a.example/2", ""),
        ("https://a.example/3", "Three"),
    ]
    assert [str(each) for each in found if isinstance(each, SourceError)] == [
        "tabs.txt:4: is no address of the web"
    ]
    assert AddressListSource().accepts(Resource("a.txt", b"note: a | b\nchrome:x | y\n")) == 0


@pytest.mark.parametrize(
    "data", [b"A headline\n\nText with https://a.example/ in it.", b"", b"# only a comment", b"\xff\xfe"]
)
def test_a_text_is_no_list_of_addresses(data: bytes) -> None:
    assert AddressListSource().accepts(Resource("a.txt", data)) == 0


def test_sitemaps_lead_to_pages_and_indexes_to_sitemaps() -> None:
    data = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://a.example/1</loc><news:news><news:publication><news:name>A</news:name><news:language>en</news:language>
    </news:publication><news:publication_date>2026-11-23T08:00:00Z</news:publication_date><news:title>One</news:title></news:news></url>
    <url><loc>javascript:x</loc></url></urlset>"""
    (entry,) = SitemapSource().read(Resource("https://a.example/news.xml", data))
    assert isinstance(entry, Entry)
    assert (entry.article.title, entry.article.site, entry.article.language) == ("One", "A", "en")
    assert not entry.many
    index = b"<sitemapindex><sitemap><loc>https://a.example/news.xml</loc></sitemap></sitemapindex>"
    (more,) = SitemapSource().read(Resource("https://a.example/map.xml", index))
    assert isinstance(more, Entry)
    assert more.many


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b'{"items": NaN', b'{"items": 1e999999}', b"\xff", b"{}", b"[]"]
)
def test_fd_21_monsters_of_json_are_one_plain_error(data: bytes) -> None:
    with pytest.raises(SourceError):
        list(JsonFeedSource().read(Resource("feed.json", data)))


def test_an_item_without_a_summary_has_none_made_of_its_content() -> None:
    content = "<figure><figcaption>A shop</figcaption></figure><p>It opened.</p><p>It closed.</p>"
    data = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>A</title>
    <item><title>T</title><guid>1</guid><content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>"""
    (item,) = FeedSource().read(Resource("feed.xml", data.encode()))
    article = item.article if isinstance(item, Entry) else item
    assert isinstance(article, Article)
    assert article.standfirst == ""
    assert len(article.body) == 3


@pytest.mark.parametrize(
    ("feed", "entry", "content", "expected"),
    [
        ("", "", 'xml:base="https://b.example/sub/"', "https://b.example/sub/boat.png"),
        ('xml:base="https://b.example/x/"', 'xml:base="y/"', "", "https://b.example/x/y/boat.png"),
        ("", "", 'xml:base="/sub/"', "https://a.example/sub/boat.png"),
        ("", "", 'xml:base="javascript:0"', "https://a.example/p/boat.png"),
        ("", "", "", "https://a.example/p/boat.png"),
    ],
)
def test_a_feed_says_what_its_relative_addresses_are_relative_to(
    feed: str, entry: str, content: str, expected: str
) -> None:
    data = f"""<feed xmlns="http://www.w3.org/2005/Atom" {feed}><title>G</title><entry {entry}><title>One</title>
    <id>urn:x:1</id><link href="https://a.example/p/wall"/><content type="html" {content}>{"Boats. " * 300}
    &lt;img src="boat.png"&gt;</content></entry></feed>"""
    (article,) = FeedSource().read(Resource("feed.atom", data.encode()))
    assert isinstance(article, Article)
    assert [figure.media for figure in figures(article)] == [expected]
    assert article.url == "https://a.example/p/wall"


@pytest.mark.parametrize(
    "wall",
    [
        "This post is for paid subscribers",
        "Already a subscriber? Log in.",
        "Il vous reste 62 % de cet article à lire. La suite est réservée aux abonnés.",
        "Jetzt weiterlesen",
    ],
)
def test_a_text_that_ends_at_a_wall_is_a_teaser_without_it(wall: str) -> None:
    (found,) = read(rss(item(body=f"{LONG}<p>And then the night came.</p><p>{wall}</p>")))
    assert isinstance(found, Entry)
    assert list(plain_blocks(found.article.body))[-1] == "And then the night came."
    (kept,) = FeedSource(content="feed").read(Resource(FEED, rss(item(body=f"{LONG}<p>{wall}</p>"))))
    assert isinstance(kept, Article)
    assert kept.partial


@pytest.mark.parametrize(
    "ending",
    [
        "By 1998 she was already a member of the town council.",
        "To pass the night he went on, in order to continue reading his notes by lamplight.",
        "Er war bereits Abonnent der Oper.",
    ],
)
def test_an_article_may_end_with_words_that_walls_have(ending: str) -> None:
    (article,) = read(rss(item(body=f"{LONG}<p>{ending}</p>")))
    assert isinstance(article, Article)
    assert not article.partial
    assert list(plain_blocks(article.body))[-1] == ending
