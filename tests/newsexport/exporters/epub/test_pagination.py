"""Long articles as pages that no device is too small for."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.exporters.epub.epub_editions import ISSUED, made, p, page

from newsexport.exporters.epub.pagination import MOST, measure, size, stretches
from newsexport.model import (
    Article,
    Block,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Section,
    Span,
    Table,
    plain_blocks,
)

LARGEST_PAGE = 260_000  # bytes: where calibre splits for Adobe's software

WORDS = st.text(st.sampled_from("ab &<é語\n "), max_size=60)
SPANS = st.lists(st.builds(Span, WORDS, href=st.sampled_from([None, "https://a.example/"])), max_size=4).map(
    tuple
)
LEAVES = st.one_of(
    st.builds(Paragraph, SPANS),
    st.builds(Heading, SPANS, st.integers(2, 6)),
    st.builds(Code, WORDS.filter(lambda text: text == text.rstrip("\n"))),
    st.builds(Table, st.just(()), st.lists(st.tuples(SPANS, SPANS), min_size=1, max_size=4).map(tuple)),
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Quote, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Listing, st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


def letters(blocks: tuple[Block, ...]) -> str:
    """The text without what a cut may fall on."""
    return re.sub(r"\s", "", "".join(plain_blocks(blocks)))


@pytest.mark.slow
@given(st.lists(BLOCKS, max_size=6).map(tuple), st.integers(300, 2000))
def test_splitting_loses_no_letter_and_keeps_their_order(body: tuple[Block, ...], most: int) -> None:
    cut = stretches(body, measure(body, most), most)
    together = "".join(letters(stretch.blocks) for stretch in cut)
    if "Table(" not in repr(body):  # when a row is cut, the beginnings of its cells come before their ends
        assert together == letters(body)
    assert sorted(together) == sorted(letters(body))


LONG: list[tuple[Block, ...]] = [
    tuple(p(f"Paragraph {number} of a very long article. " * 20) for number in range(600)),
    (p("word " * 120_000),),
    (p("x" * 600_000),),
    (p("&" * 300_000),),
    (p("語" * 300_000),),
    (Paragraph(tuple(Span(f"link {n} ", href=f"https://a.example/{n}") for n in range(3000))),),
    (Quote(tuple(p("quoted " * 200) for _ in range(400))),),
    (Listing(tuple((p("item " * 50),) for _ in range(2000)), ordered=True),),
    (Listing(((p("one item " * 60_000),),)),),
    (Code("\n".join("    code = 1" for _ in range(50_000))),),
    (Table(((Span("Head"),),), tuple(((Span("cell " * 10),),) for _ in range(9000))),),
    (Table((), (((Span("cell " * 90_000),), (Span("b"),)),)),),
    (Heading((Span("head " * 90_000),)),),
    (Figure("gone.jpg", caption=(Span("caption " * 60_000),)),),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("body", LONG, ids=lambda body: type(body[0]).__name__)
def test_no_page_is_too_large_and_no_word_is_lost(body: tuple[Block, ...], tmp_path: Path) -> None:
    article = Article("Long", body, language="en")
    book = made(Edition("L", ISSUED, "en", (Section("", (article,)),)), tmp_path)
    cut = stretches(body, measure(body))
    files = ["a0001.xhtml", *(f"a0001-{number}.xhtml" for number in range(2, len(cut) + 1))]
    pages = [page(book, file) for file in files]
    assert len(files) > 1
    assert max(len(text.encode()) for text in pages) <= LARGEST_PAGE
    written = sum(text.count("word") + text.count("語") + text.count("cell ") for text in pages)
    there = letters(body)
    assert written == there.count("word") + there.count("語") + " ".join(plain_blocks(body)).count("cell ")
    assert f'href="{files[1]}"' in pages[0]  # the way on


def test_a_heading_on_a_later_page_is_in_the_contents(tmp_path: Path) -> None:
    body: tuple[Block, ...] = (
        *(p("word " * 500) for _ in range(120)),
        Heading((Span("Far down"),)),
        p("end"),
    )
    book = made(Edition("L", ISSUED, "en", (Section("", (Article("Long", body),)),)), tmp_path)
    assert re.search(r'<a href="a0001-\d+\.xhtml#h1">Far down</a>', page(book, "nav.xhtml"))
    assert re.search(r'<content src="a0001-\d+\.xhtml#h1"/>', page(book, "toc.ncx"))


def test_pages_of_an_article_are_numbered_on_their_own(tmp_path: Path) -> None:
    long = Article("Long", tuple(p("word " * 100) for _ in range(7)))
    book = made(Edition("L", ISSUED, "en", (Section("", (long, Article("Short", (p("word"),)))),)), tmp_path)
    listed = page(book, "nav.xhtml").split('epub:type="page-list"')[1]
    assert re.findall(r'href="([^"]+)">([^<]+)<', listed) == [
        ("a0001.xhtml#p1", "1"), ("a0001.xhtml#p2", "1.2"), ("a0001.xhtml#p3", "1.3"), ("a0002.xhtml#p1", "2"),
    ]  # fmt: skip
    assert 'id="p3"' in page(book, "a0001.xhtml")


@pytest.mark.slow
@given(st.lists(BLOCKS, min_size=1, max_size=5).map(tuple))
def test_what_is_said_to_fit_does_fit(body: tuple[Block, ...]) -> None:
    if measure(body).fits:
        assert sum(map(size, body)) <= MOST
