"""Marks, quotations and lists that tell something of themselves, on the pages of a book."""

from newsexport.exporters.epub.articles import flow
from newsexport.exporters.epub.pagination import measure, pieces, stretches
from newsexport.exporters.html.inline import Calls, Setting
from newsexport.model import Block, Listing, Mark, Paragraph, Quote, Span


def set_in_type(*blocks: Block) -> str:
    (stretch,) = stretches(blocks, measure(blocks))
    return flow(stretch, 1, Setting("en", {}, {}, "Picture", Calls(frozenset())))


def p(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def test_each_mark_has_an_element() -> None:
    marks = (Mark.STRUCK, Mark.INSERTED, Mark.LOWERED, Mark.RAISED)
    spans = tuple(Span(mark[0], frozenset({mark})) for mark in marks)
    struck = Span("x", frozenset({Mark.STRUCK, Mark.STRONG}))
    assert set_in_type(Paragraph((*spans, struck))) == (
        "<p><del>s</del><ins>i</ins><sub>l</sub><sup>r</sup><del><strong>x</strong></del></p>"
    )


def test_whom_a_quotation_is_from_stands_below_it() -> None:
    by = (Span("A. Mayor, "), Span("The Gazette", frozenset({Mark.EMPHASIS})))
    assert set_in_type(Quote((p("Well."),), attribution=by)) == (
        '<figure class="quote"><blockquote><p>Well.</p></blockquote>'
        "<figcaption>— A. Mayor, <em>The Gazette</em></figcaption></figure>"
    )
    pulled = set_in_type(Quote((p("Well."),), pulled=True, attribution=by[:1]))
    assert '<p class="attribution">— A. Mayor,</p></aside>' in pulled
    assert set_in_type(Quote((), attribution=by[:1])) == "<p>A. Mayor, </p>"


def test_items_bear_the_numbers_that_they_were_given() -> None:
    items = ((p("c"),), (), (p("a"),))
    listed = set_in_type(Listing(items, ordered=True, numbers=(3, 2, 1)))
    assert listed == '<ol>\n<li value="3">c</li>\n<li value="1">a</li>\n</ol>'


def test_a_quotation_and_a_list_too_long_for_a_page_lose_nothing_of_it() -> None:
    quote = Quote(tuple(p("word " * 200) for _ in range(4)), attribution=(Span("A. Mayor"),))
    parts = list(pieces(quote, 2000))
    assert len(parts) > 1
    assert [part.attribution for part in parts if isinstance(part, Quote)] == [
        *[()] * (len(parts) - 1),
        quote.attribution,
    ]
    listing = Listing(tuple((p("word " * 100),) for _ in range(6)), ordered=True, numbers=(6, 5, 4, 3, 2, 1))
    cut = [part.numbers for part in pieces(listing, 2000) if isinstance(part, Listing)]
    assert len(cut) > 1
    assert sum(cut, ()) == listing.numbers
