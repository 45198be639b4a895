"""Spans as HTML: marks, links, languages, readings, and the calls of notes."""

from dataclasses import replace

import pytest

from newsexport.exporters.epub.articles import heard_named
from newsexport.exporters.html.following import Following
from newsexport.exporters.html.inline import Call, Calls, Links, Setting, WebSetting, inline, numbered
from newsexport.model import Mark, Span
from newsexport.narration.following import Follower
from newsexport.text.addresses import same_story_key

HREF = "https://a.example/ferry"
BOOK = Setting("en", {}, {}, "Picture", Calls(frozenset("nm")))
WEB = replace(BOOK, web=WebSetting(lambda _: "", 3))


@pytest.fixture
def book() -> Setting:
    """A setting of a book whose notes are called for the first time."""
    return replace(BOOK, calls=Calls(frozenset("nm")))


def test_equal_marks_nest_alike() -> None:
    marks = frozenset(Mark)
    assert inline((Span("x", marks),), BOOK) == (
        "<del><ins><strong><em><sub><sup><code>x</code></sup></sub></em></strong></ins></del>"
    )


def test_a_reading_stands_inside_of_the_marks() -> None:
    assert inline((Span("東<", frozenset({Mark.STRONG}), ruby="ひ&"),), BOOK) == (
        "<strong><ruby>東&lt;<rt>ひ&amp;</rt></ruby></strong>"
    )
    assert inline((Span("", frozenset({Mark.STRONG}), ruby="x"),), BOOK) == ""


def test_a_line_that_was_broken_stays_so() -> None:
    assert inline((Span("a <\nb\nc"),), BOOK) == "a &lt;<br/>b<br/>c"


@pytest.mark.parametrize(("setting", "private"), [(BOOK, ""), (WEB, ' rel="noreferrer"')])
def test_neighbours_with_the_same_target_are_one_link(setting: Setting, private: str) -> None:
    spans = (
        Span("See "),
        Span("the ", href=HREF),
        Span("ferry", frozenset({Mark.EMPHASIS}), HREF),
        Span("."),
    )
    assert inline(spans, setting) == f'See <a href="{HREF}"{private}>the <em>ferry</em></a>.'


@pytest.mark.parametrize("href", ["javascript:alert(1)", "#top", "/ferry", ""])
def test_what_is_no_address_is_no_link(href: str) -> None:
    assert inline((Span("ferry", href=href),), BOOK) == "ferry"


def test_a_link_without_words_is_none() -> None:
    assert inline((Span(" \u200b", href=HREF),), BOOK) == " \u200b"


def test_a_link_to_an_article_of_the_book_leads_there_even_where_links_are_left_out() -> None:
    setting = replace(BOOK, places={same_story_key(HREF): "article-2.xhtml"}, links=Links.NONE)
    spans = (
        Span("ferry", href=f"{HREF}?utm_source=x"),
        Span(" and "),
        Span("bridge", href="https://b.example/"),
    )
    assert inline(spans, setting) == '<a href="article-2.xhtml">ferry</a> and bridge'


def test_a_link_as_a_note_is_called_behind_its_words(book: Setting) -> None:
    setting = replace(book, links=Links.NOTES, called_as="noteref")
    spans = (Span("ferry", href=HREF), Span(" and "), Span("boat", href=HREF))
    assert inline(spans, setting) == (
        'ferry<a id="c1" epub:type="noteref" role="doc-noteref" class="call" href="#n1">1</a> and '
        'boat<a epub:type="noteref" role="doc-noteref" class="call" href="#n1">1</a>'
    )
    assert list(setting.calls.in_order()) == [(1, HREF, False)]


def test_a_call_stands_in_no_link(book: Setting) -> None:
    found = inline((Span("ferry", href=HREF, note="n"),), book)
    assert found == 'ferry<a id="c1" epub:type="noteref" role="doc-noteref" class="call" href="#n1">1</a>'


def test_the_call_of_a_note_that_is_not_there_is_none() -> None:
    assert inline((Span("ferry", note="lost"),), BOOK) == "ferry"


def test_a_page_of_the_web_has_nothing_of_a_book(book: Setting) -> None:
    web = replace(book, web=WebSetting(lambda _: "", 3))
    found = inline((Span("a", note="n"), Span("oui", language="fr"), Span("نعم", language="ar")), web)
    assert found == (
        'a<a id="c1" role="doc-noteref" class="call" href="#n1">1</a>'
        '<span lang="fr">oui</span><span lang="ar" dir="rtl">نعم</span>'
    )


def test_a_sentence_that_is_heard_parts_the_emphasis_and_the_link_it_ends_in() -> None:
    spans = (Span("A "), Span("wall. And", frozenset({Mark.EMPHASIS}), "https://x.example/"), Span(" more."))
    followed = replace(BOOK, sound=Following(Follower([("A wall.",), ("And more.",)]), heard_named))
    link = '<a href="https://x.example/"><em>{}</em></a>'
    assert inline(spans, followed) == (
        f'<span id="s0">A {link.format("wall.")}</span><em> </em>'
        f'<span id="s1">{link.format("And")} more.</span>'
    )


def test_neighbours_of_one_language_are_one_element() -> None:
    spans = (
        Span("oui ", language="fr"),
        Span("non", frozenset({Mark.EMPHASIS}), language="fr"),
        Span(" yes"),
    )
    assert inline(spans, BOOK) == '<span lang="fr" xml:lang="fr">oui <em>non</em></span> yes'
    assert inline((Span("colour", language="en-GB"),), BOOK) == "colour"
    assert inline((Span("x", language="no tag"),), BOOK) == "x"
    assert inline((Span("", language="fr"), Span("a")), BOOK) == "a"


def test_calls_count_on_from_the_pages_before() -> None:
    calls = Calls(frozenset("nm"), before=3, prefix="s-")
    assert calls.last == 3
    assert calls.note("m") == Call(4, first=True, prefix="s-")
    assert calls.link(HREF) == Call(5, first=True, prefix="s-")
    assert calls.note("n") == Call(6, first=True, prefix="s-")
    assert calls.note("m") == Call(4, first=False, prefix="s-")
    assert calls.note("x") is None
    assert calls.last == 6
    assert list(calls.in_order()) == [(4, "m", True), (5, HREF, False), (6, "n", True)]
    call = Call(4, first=True, prefix="s-")
    assert (call.note, call.place) == ("s-n4", "s-c4")


def test_notes_that_notes_call_are_reached_in_turn() -> None:
    calls = Calls(frozenset("nmo"), before=3)
    calls.note("n")
    calls.note("m")
    reached = []
    for number, name, _ in calls.reached():
        reached.append((number, name))
        if name == "n":
            calls.note("o")
    assert reached == [(4, "n"), (5, "m"), (6, "o")]
    assert list(Calls(frozenset("n"), before=3).reached()) == []


def test_a_note_begins_with_the_way_back() -> None:
    back = '<a role="doc-backlink" href="#s-c4">4</a> '
    assert numbered("<p>It <p>sails.</p>", 4, "s-") == f"<p>{back}It <p>sails.</p>"
    assert numbered("<ul></ul>", 4, "s-") == f"<p>{back}</p>\n<ul></ul>"
    assert numbered("<p>x</p>", 4) == '<p><a role="doc-backlink" href="#c4">4</a> x</p>'
