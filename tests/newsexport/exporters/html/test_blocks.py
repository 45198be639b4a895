"""Each kind of block as HTML, to the letter, in a book and on a page of the web."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from newsexport.exporters.html.blocks import blocks, figure
from newsexport.exporters.html.inline import Calls, Setting, WebSetting
from newsexport.model import (
    Block,
    Code,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)

BOOK = Setting("en", {"a.jpg": "images/a.jpg"}, {}, 'A "picture"', Calls(frozenset("nm")))


def shown(_: Figure) -> str:
    return "<img>"


WEB = replace(BOOK, web=WebSetting(shown, 4))


def spans(text: str) -> Spans:
    return (Span(text),)


def p(text: str) -> Paragraph:
    return Paragraph(spans(text))


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (p("It sails."), "<p>It sails.</p>"),
        (p(" \n "), ""),
        (Heading(spans("Tolls")), '<p class="subhead">Tolls</p>'),
        (Heading(spans(" ")), ""),
        (Rule(), "<hr/>"),
        (Code("\n\tif a < b:\n\t\tgo\n"), '<pre dir="ltr"><code>    if a &lt; b:\n        go</code></pre>'),
        (Code("  x\n"), '<pre dir="ltr"><code>  x</code></pre>'),
        (Code(" \n"), ""),
        (Quote((p("a"), p(" "), p("b"))), "<blockquote><p>a</p>\n<p>b</p></blockquote>"),
        (Quote(()), ""),
        (
            Quote((p("Well."),), pulled=True),
            '<aside class="pulled" epub:type="pullquote" role="doc-pullquote"><p>Well.</p></aside>',
        ),
        (
            Quote((p("Well."),), attribution=spans("A. Mayor")),
            (
                '<figure class="quote"><blockquote><p>Well.</p></blockquote>'
                "<figcaption>— A. Mayor</figcaption></figure>"
            ),
        ),
        (
            Listing(((p("a"),), (), (p(" "),), (p("b"), p("c")))),
            "<ul>\n<li>a</li>\n<li><p>b</p>\n<p>c</p></li>\n</ul>",
        ),
        (Listing(((Rule(),),)), "<ul>\n<li><hr/></li>\n</ul>"),
        (Listing(((),)), ""),
        (Listing(((p("a"),),), ordered=True), "<ol>\n<li>a</li>\n</ol>"),
        (Listing(((p("a"),),), ordered=True, start=7), '<ol start="7">\n<li>a</li>\n</ol>'),
        (Listing(((p("a"),), (p("b"),)), numbers=(4, 5)), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        (
            Listing(((p("a"),), (p("b"),)), ordered=True, numbers=(4, 2)),
            '<ol>\n<li value="4">a</li>\n<li value="2">b</li>\n</ol>',
        ),
        (Figure("a.jpg", "A quay"), '<figure><img src="images/a.jpg" alt="A quay"/></figure>'),
        (
            Figure("a.jpg", " ", spans(" The quay ")),
            '<figure><img src="images/a.jpg" alt="A &quot;picture&quot;"/><figcaption>The quay</figcaption></figure>',
        ),
        (Figure("lost.jpg", "A quay", spans("The quay")), '<p class="caption">The quay</p>'),
        (Figure("lost.jpg", "A quay"), ""),
    ],
)
def test_a_block_in_a_book(block: Block, html: str) -> None:
    assert blocks((block,), BOOK) == html


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (Heading(spans("Tolls")), '<h4 class="inner">Tolls</h4>'),
        (Heading(spans(" ")), ""),
        (Code("x"), '<pre dir="ltr" tabindex="0"><code>x</code></pre>'),
        (
            Figure("a.jpg", "A quay", spans("The quay")),
            "<figure><img><figcaption>The quay</figcaption></figure>",
        ),
        (
            Quote((p("Well."),), pulled=True),
            '<aside class="pulled" role="doc-pullquote"><p>Well.</p></aside>',
        ),
        (
            Table((), ((spans("a"), spans("1")),)),
            (
                '<div class="table" tabindex="0"><table><tbody>\n<tr><td>a</td><td class="n">1</td></tr>\n'
                "</tbody></table></div>"
            ),
        ),
    ],
)
def test_a_block_on_a_page_of_the_web(block: Block, html: str) -> None:
    assert blocks((block,), WEB) == html


def test_blocks_stand_one_a_line_and_empty_ones_take_none() -> None:
    assert blocks((p("a"), p(""), Rule(), p("b")), BOOK) == "<p>a</p>\n<hr/>\n<p>b</p>"


def test_a_picture_that_a_page_shows_nothing_for_leaves_its_caption() -> None:
    web = replace(BOOK, web=WebSetting(lambda _: "", 3))
    assert figure(Figure("a.jpg", "", spans("The quay")), web) == '<p class="caption">The quay</p>'


def quoted(inner: Block) -> Block:
    return Quote((inner,))


def listed(inner: Block) -> Block:
    return Listing(((inner,),))


def numbered(inner: Block) -> Block:
    return Listing(((inner,),), ordered=True)


@pytest.mark.parametrize(("around", "tag"), [(quoted, "blockquote"), (listed, "ul"), (numbered, "ol")])
def test_from_the_fifth_indent_on_there_is_no_room_for_another(
    around: Callable[[Block], Block], tag: str
) -> None:
    block: Block = p("x")
    for _ in range(6):
        block = around(block)
    html = blocks((block,), BOOK)
    assert html.count(f"<{tag}>") == 4
    assert html.count(f'<{tag} class="deep">') == 2
    assert html.index(f"<{tag}>") < html.index(f'<{tag} class="deep">')


def test_notes_are_called_in_the_order_of_reading() -> None:
    calls = Calls(frozenset("nm"))
    quote = Quote(
        (Paragraph((Span("Well."), Span("", note="m"))),), attribution=(Span("A"), Span("", note="n"))
    )
    blocks((quote,), replace(BOOK, calls=calls))
    assert list(calls.in_order()) == [(1, "m", True), (2, "n", True)]
