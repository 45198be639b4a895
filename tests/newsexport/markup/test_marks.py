"""What is struck, raised or numbered in its own way, and whom a quotation is from."""

import pytest

from newsexport.markup import blocks, parse, prepared
from newsexport.model import Block, Listing, Mark, Paragraph, Quote, Span, Spans, plain

STRUCK, INSERTED = frozenset({Mark.STRUCK}), frozenset({Mark.INSERTED})
LOWERED, RAISED = frozenset({Mark.LOWERED}), frozenset({Mark.RAISED})


def read(html: str) -> tuple[Block, ...]:
    return blocks(prepared(parse(f"<html><body>{html}</body></html>")))


def spans(html: str) -> Spans:
    (only,) = read(html)
    assert isinstance(only, Paragraph)
    return only.spans


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><del>€10</del> <ins>€8</ins></p>", (Span("€10", STRUCK), Span(" "), Span("€8", INSERTED))),
        ("<p>a<s>b</s><strike>c</strike></p>", (Span("a"), Span("bc", STRUCK))),
        ("<p>H<sub>2</sub>O</p>", (Span("H"), Span("2", LOWERED), Span("O"))),
        ("<p>x<sup>2</sup>, 10<sup>−3</sup></p>", (Span("x², 10⁻³"),)),
        ("<p>the 1<sup>st</sup></p>", (Span("the 1"), Span("st", RAISED))),
        (
            '<p>a<span style="text-decoration: underline line-through">b</span></p>',
            (Span("a"), Span("b", STRUCK)),
        ),
        ('<p>a<span style="vertical-align:sub">b</span></p>', (Span("a"), Span("b", LOWERED))),
        (
            "<p><del>a <b>b</b></del></p>",
            (Span("a ", STRUCK), Span("b", STRUCK | {Mark.STRONG})),
        ),
        (
            '<p>a<a href="https://x.example/"><u>b</u></a></p>',
            (Span("a"), Span("b", href="https://x.example/")),
        ),
        ("<p>a <u>b</u></p>", (Span("a "), Span("b", INSERTED))),
    ],
)
def test_what_a_mark_tells_is_kept(html: str, expected: Spans) -> None:
    assert spans(html) == expected


@pytest.mark.parametrize(
    "html",
    ["<del><p>a</p></del>", "<del><ul><li>a</li></ul></del>", "<s><blockquote><p>a</p></blockquote></s>"],
)
def test_whole_blocks_can_be_struck(html: str) -> None:
    assert any("STRUCK" in repr(block) for block in read(html))


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>Well.</p><footer>A. Mayor</footer></blockquote>",
        "<blockquote><p>Well.</p><p class='quote-author'>A. Mayor</p></blockquote>",
        "<blockquote><p>Well.</p><div class='attribution small'>— A. Mayor</div></blockquote>",
        "<blockquote><p>Well.</p><footer class='blockquote-footer'>— A. <b></b>Mayor</footer></blockquote>",
        "<blockquote><div><p>Well.</p><footer>— A. Mayor</footer></div></blockquote>",
        "<blockquote><p>Well.</p><p>— A. Mayor</p></blockquote>",
        "<blockquote>Well.<br>– A. Mayor</blockquote>",
        "<blockquote><p>Well.<br>-- A. Mayor</p></blockquote>",
        "<blockquote><p>Well.</p>— A. Mayor</blockquote>",
        "<blockquote><p>Well.</p></blockquote><p>— A. Mayor</p>",
        "<blockquote><p>Well.</p><cite>A. Mayor</cite></blockquote>",
        "<blockquote>Well.<br><cite>A. Mayor</cite></blockquote>",
        "<figure><blockquote><p>Well.</p></blockquote><figcaption>— A. Mayor</figcaption></figure>",
        "<figure><div><blockquote><p>Well.</p></blockquote></div><figcaption>A. Mayor</figcaption></figure>",
        "<blockquote><p>Well.</p><figcaption>A. Mayor</figcaption></blockquote>",
    ],
)
def test_whom_a_quotation_is_from_is_told_apart_from_it(html: str) -> None:
    assert read(html) == (Quote((Paragraph((Span("Well."),)),), attribution=(Span("A. Mayor"),)),)


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>Well.</p><p>— <cite>A. Mayor</cite></p></blockquote>",
        "<blockquote><p>Well.</p><p><cite>A. Mayor</cite></p></blockquote>",
        "<aside class='pullquote' role='doc-pullquote'><p>Well.</p><p><cite>A. Mayor</cite></p></aside>",
    ],
)
def test_a_name_or_work_alone_on_the_last_line_is_whom_it_is_from(html: str) -> None:
    (quote,) = read(html)
    assert isinstance(quote, Quote)
    assert quote.blocks == (Paragraph((Span("Well."),)),)
    assert quote.attribution == (Span("A. Mayor", frozenset({Mark.EMPHASIS})),)


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>— Oui.</p><p>— Non, dit-il</p></blockquote>",
        "<blockquote><p>He rose.</p><p>— You will never see it again, said the old man.</p></blockquote>",
        "<blockquote><p>He rose.</p><p>— Never!</p></blockquote>",
        "<blockquote><p>We read <cite>The Gazette</cite></p></blockquote>",
        "<blockquote><footer>A. Mayor</footer></blockquote>",
        "<blockquote><p>Well.</p></blockquote><p>— Oui</p><p>— Non</p>",
    ],
)
def test_what_may_be_said_by_somebody_else_stays_in_the_text(html: str) -> None:
    assert all(not (isinstance(block, Quote) and block.attribution) for block in read(html))


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ("<ol reversed><li>c<li>b<li>a</ol>", (3, 2, 1)),
        ("<ol start=5 reversed><li>c<li>b</ol>", (5, 4)),
        ("<ol><li>a<li value=7>b<li>c</ol>", (1, 7, 8)),
        ("<ol><li value=0>a<li value=' -2 '>b</ol>", (0, -2)),
        ("<ol><li value=x>a<li>b</ol>", (1, 2)),
    ],
)
def test_items_bear_the_numbers_that_they_were_given(html: str, numbers: tuple[int, ...]) -> None:
    (listing,) = read(html)
    assert isinstance(listing, Listing)
    assert listing.numbered == numbers


def test_a_list_that_counts_on_says_only_where_it_starts() -> None:
    (listing,) = read("<ol start=4><li>a<li value=5>b</ol>")
    assert isinstance(listing, Listing)
    assert (listing.start, listing.numbers) == (4, ())
    assert [plain(item[0].spans) for item in listing.items if isinstance(item[0], Paragraph)] == ["a", "b"]


def test_a_name_behind_the_last_sentence_of_a_quotation_is_whom_it_is_from() -> None:
    (quote,) = read("<blockquote>Well, it is.<cite>A. Mayor</cite></blockquote>")
    assert isinstance(quote, Quote)
    assert plain(quote.attribution) == "A. Mayor"
    (named,) = read("<blockquote>She said so in <cite>The Gazette</cite></blockquote>")
    assert isinstance(named, Quote)
    assert not named.attribution
    (pain,) = read("<blockquote><p>Never.</p><p class='source-of-pain'>He went home.</p></blockquote>")
    assert isinstance(pain, Quote)
    assert not pain.attribution
