"""The text follows the sound: what is printed is found again in what was said, and nothing is changed."""

import re
from datetime import date
from html import unescape
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from newsexport.model import Article, Edition, Listing, Mark, Note, Paragraph, Quote, Section, Span, Table
from newsexport.publishing.read_along import Said, told

WORDS = st.lists(
    st.sampled_from(["the", "ferry", "of", "Norwick", "sailed", "on", "time", "Tuesday", "again"]),
    min_size=1,
    max_size=6,
)
SENTENCES = st.lists(WORDS.map(lambda words: " ".join(words) + "."), min_size=1, max_size=6)


def heard(*bodies: str) -> list[Said]:
    return [Said(body, float(at), at + 0.9) for at, body in enumerate(bodies)]


@given(SENTENCES, st.lists(st.integers(0, 200), max_size=6), st.booleans())
def test_no_letter_is_changed_wherever_marks_and_links_begin(
    sentences: list[str],
    cuts: list[int],
    linked: bool,  # noqa: FBT001 - drawn
) -> None:
    text = " ".join(sentences)
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    spans = tuple(
        Span(
            text[first:last],
            frozenset({Mark.STRONG}) if number % 2 else frozenset(),
            "https://x.example/" if linked and number % 3 == 0 else None,
        )
        for number, (first, last) in enumerate(pairwise(places))
    )
    article = Article("Title", (Paragraph(spans),), language="en")
    edition = Edition("Paper", date(2026, 11, 25), "en", (Section("", (article,)),))
    (story,) = told(edition, heard("Title", *sentences))
    paragraph = re.search(r"<p>(.*)</p>", story.html, re.DOTALL)
    assert paragraph is not None
    assert unescape(re.sub(r"<[^>]*>", "", paragraph[1])) == text
    assert len(re.findall(r'<span class="s"', paragraph[1])) == len(sentences)
    _is_nested(paragraph[1])


def _page(*articles: Article, sentences: list[Said] | None = None) -> list[str]:
    edition = Edition("Paper", date(2026, 11, 25), "en", (Section("", articles),))
    return [str(story.html) for story in told(edition, sentences or [])]


def test_a_note_is_called_where_it_belongs_and_leads_back() -> None:
    spans = (Span("It sails"), Span("", note="a"), Span(" daily."), Span("", note="b"), Span(" It floats."))
    notes = (
        Note("a", (Paragraph((Span("By day"), Span("", note="c"), Span("."))),)),
        Note("b", (Paragraph((Span("Not on Sundays."),)),)),
        Note("c", (Paragraph((Span("And at dusk."),)),)),
    )
    article = Article("T", (Paragraph(spans),), notes=notes, language="en")
    first, second = _page(article, article, sentences=heard("It sails daily.", "It floats."))
    call = '<a id="story-1-c{0}" role="doc-noteref" class="call" href="#story-1-n{0}">{0}</a>'
    assert (
        f'<p><span class="s" data-start="0.000" data-end="0.900">It sails{call.format(1)} daily.{call.format(2)}'
        '</span> <span class="s" data-start="1.000" data-end="1.900">It floats.</span></p>'
    ) in first
    back = '<li id="story-1-n{0}"><p><a role="doc-backlink" href="#story-1-c{0}">{0}</a> '
    listed = [first.index(back.format(1)), first.index(back.format(2)), first.index(back.format(3))]
    assert listed == sorted(listed)
    assert f"By day{call.format(3)}." in first
    assert 'href="#story-2-n1"' in second
    assert "story-1-" not in second


def test_a_page_shows_blocks_as_a_book_does_and_has_nothing_of_a_book_in_it() -> None:
    cell = (Span("1"),)
    (html,) = _page(
        Article(
            "T",
            (
                Quote((Paragraph((Span("Well."),)),), attribution=(Span("A. Mayor"),)),
                Listing(
                    ((Paragraph((Span("b"),)),), (Paragraph((Span("a"),)),)), ordered=True, numbers=(2, 1)
                ),
                Table(((Span("A"),),), ((cell,),)),
                Paragraph((Span("x", frozenset({Mark.STRUCK})), Span("oui", language="fr"))),
                Quote((Paragraph((Span("Well."),)),), pulled=True),
            ),
            language="en",
        ),
        sentences=heard("Well.", "A. Mayor"),
    )
    assert '</blockquote><figcaption>— <span class="s"' in html
    assert '<li value="2">b</li>' in html
    assert '<div class="table" tabindex="0"><table>' in html
    assert '<p><del>x</del><span lang="fr">oui</span></p>' in html
    assert '<aside class="pulled" role="doc-pullquote">' in html
    assert "epub:" not in html
    assert "xml:" not in html


def test_a_pulled_quote_is_for_the_eye_and_the_sentence_it_repeats_follows_the_sound() -> None:
    pulled = Quote(
        (Paragraph((Span("The dog boarded first."),)),), attribution=(Span("A. Mayor"),), pulled=True
    )
    text = Paragraph((Span("Rain fell. The dog boarded first."),))
    (html,) = _page(
        Article("T", (pulled, text), language="en"), sentences=heard("Rain fell.", "The dog boarded first.")
    )
    assert (
        '<aside class="pulled" role="doc-pullquote"><p>The dog boarded first.</p>'
        '<p class="attribution">— A. Mayor</p></aside>'
    ) in html
    assert re.findall(r'<span class="s"[^>]*>(.*?)</span>', html) == ["Rain fell.", "The dog boarded first."]


def _is_nested(html: str) -> None:
    open_: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z]+)[^>]*>", html):
        if closing:
            assert open_.pop() == name
        elif name != "br":
            open_.append(name)
    assert open_ == []
