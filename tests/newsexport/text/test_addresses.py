"""Addresses in normal form, compared, unwrapped and shown."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsexport.text.addresses import (
    address_meant,
    canonical,
    is_front,
    is_web,
    names_feed,
    redacted,
    same_story_key,
    secret_parts,
    site_of,
    unwrapped,
    without_parts,
)

addresses = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["a.example", "WWW.A.example:80", "ü.example", "a.example:8080", "[2001:db8::1]"]),
    st.text("ab/.%~ü?41 ", max_size=12).map(lambda path: f"/{path}"),
    st.sampled_from(["", "?b=1&utm_source=x", "?a=%7e&a=ü", "?fbclid=1"]),
    st.sampled_from(["", "#top", "#!route"]),
)


@given(addresses)
@example("https://a.example/%2e%2e/b")
@example("https://a.example//b//")
def test_a_normal_form_stays_as_it_is(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@given(st.text())
def test_whatever_is_no_address_comes_back(text: str) -> None:
    for function in (canonical, same_story_key, unwrapped, redacted, site_of):
        assert isinstance(function(text), str)
    if not is_web(text):
        assert canonical(text) == text


def test_what_an_address_says_that_it_leads_to() -> None:
    feeds = [
        "/feed/",
        "/rss.xml",
        "/news.atom",
        "/a/index.xml",
        "/feeds",
        "/blog/feed.json",
        "/list.opml",
        "/atom",
    ]
    assert all(names_feed(f"https://a.example{path}") for path in feeds)
    pages = ["/", "/feeding-the-cat", "/feed/the-cat", "/news.xml.html", "/rss-is-dead/", "/data.xml?x=/feed"]
    assert not any(names_feed(f"https://a.example{path}") for path in pages)
    assert is_front("https://a.example")
    assert is_front("https://a.example/")
    assert not any(is_front(f"https://a.example{rest}") for rest in ("/a", "/?p=7", "?p=7"))


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://News.Example:80/a/../b?utm_medium=rss&id=7#c", "http://news.example/b?id=7"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/a?mc_cid=1&at_medium=RSS&xtor=2&CMP=share", "https://a.example/a"),
        ("https://ü.example/ü", "https://xn--tda.example/%C3%BC"),
        ("https://a.example/%7Ebo", "https://a.example/~bo"),
        ("https://a.example/#!/story", "https://a.example/#!/story"),
    ],
)
def test_normal_forms(url: str, normal: str) -> None:
    assert canonical(url) == normal


@pytest.mark.parametrize(
    "other",
    [
        "http://www.a.example/story/",
        "https://m.a.example/story?utm_campaign=x",
        "https://a.example/story/amp",
        "https://a.example/story/index.html#comments",
    ],
)
def test_variants_of_one_story_have_one_key(other: str) -> None:
    assert same_story_key(other) == same_story_key("https://a.example/story")


@pytest.mark.parametrize(
    "other", ["https://a.example/story2", "https://a.example/story?id=2", "https://b.example/story"]
)
def test_other_stories_have_other_keys(other: str) -> None:
    assert same_story_key(other) != same_story_key("https://a.example/story")


def test_redirectors_are_unwrapped_and_others_are_not() -> None:
    target = "https://a.example/story?id=1"
    assert unwrapped("https://www.google.com/url?q=https%3A%2F%2Fa.example%2Fstory%3Fid%3D1") == target
    assert (
        unwrapped("https://news.example/story?url=https://a.example/")
        == "https://news.example/story?url=https://a.example/"
    )


def test_net_33_secrets_are_not_shown() -> None:
    shown = redacted("https://ada:pass@a.example/feed?token=abc&id=1&api_key=def")
    assert shown == "https://a.example/feed?token=***&id=1&api_key=***"


def test_secrets_are_left_out_of_addresses_that_have_them_and_of_no_others() -> None:
    secret = secret_parts("https://a.example/feed?token=abc&id=1&api_key=def")
    assert secret == {"token=abc", "api_key=def"}
    assert secret_parts("news/token=abc") == secret_parts("https://a.example/token=abc") == set()
    assert without_parts("https://b.example/c?id=1&token=abc#top", secret) == "https://b.example/c?id=1#top"
    assert without_parts("https://b.example/c?token=abc", secret) == "https://b.example/c"
    for other in ("https://b.example/c?token=abcd&&x", "token=abc", "", "https://[", "mid:token=abc"):
        assert without_parts(other, secret) == other


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gazette.example/feed.xml", "https://gazette.example/feed.xml"),
        ("www.gazette.example", "https://www.gazette.example"),
        ("gazette.example", "https://gazette.example"),
        ("gazette.example?feed=rss", "https://gazette.example?feed=rss"),
        ("bücher.example/neu", "https://bücher.example/neu"),
        ("feed://gazette.example/rss", "https://gazette.example/rss"),
        ("feed:https://gazette.example/rss", "https://gazette.example/rss"),
        ("feeds:gazette.example/rss", "https://gazette.example/rss"),
        ("podcast:gazette.example", "https://gazette.example"),
        ("pcast://gazette.example/rss", "https://gazette.example/rss"),
        ("localhost:8080", "http://localhost:8080"),
        ("127.0.0.1:8080/feed", "http://127.0.0.1:8080/feed"),
        ("<https://gazette.example/a>", "https://gazette.example/a"),
        ("http:/gazette.example/a", "https://gazette.example/a"),
        ("ttps://gazette.example/a", "https://gazette.example/a"),
        ("//gazette.example/a", "https://gazette.example/a"),
        ("https://gazette.example/a", "https://gazette.example/a"),
    ],
)
def test_what_is_like_an_address_is_taken_for_the_one_that_is_meant(typed: str, meant: str) -> None:
    assert address_meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["monday.txt", "feed.xml", "articles/monday.txt", "../gazette.example/a", "C:\\news", "feed", "feed:", "~/x",
     "1.txt", "ada@gazette.example", "a b.example/x", "gazette.example:99999", "http://", "news/", "*.html", ""],
)  # fmt: skip
def test_what_is_like_a_file_is_taken_for_no_address(typed: str) -> None:
    assert address_meant(typed) == ""


@given(st.text(max_size=60))
def test_whatever_is_typed_means_an_address_or_nothing(typed: str) -> None:
    meant = address_meant(typed)
    assert meant == "" or is_web(meant)


def test_a_site_is_called_by_its_host() -> None:
    assert site_of("https://www.a.example/x") == "a.example"
    assert site_of("https://a.www.example/") == "a.www.example"
    assert site_of("nothing") == "nothing"
