"""HTML to blocks: what is kept, how white space falls, and that nothing active is left."""

import re
import time
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.events import PICTURE, Cause, Omitted, noticed
from newsexport.markup import MarkupError, blocks, parse, prepared, text
from newsexport.markup.blocks import DEEPEST
from newsexport.markup.preparing import best_candidate
from newsexport.markup.tables import LONGEST, WIDEST
from newsexport.model import (
    Block,
    Code,
    Figure,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    plain,
    plain_blocks,
    runs,
)


def read(html: str, base: str = "https://a.example/news/") -> tuple[Block, ...]:
    return blocks(prepared(parse(f"<html><body>{html}</body></html>"), base), base)


def paragraph(*spans: str | Span) -> Paragraph:
    return Paragraph(tuple(Span(span) if isinstance(span, str) else span for span in spans))


STRONG, EMPHASIS = frozenset({Mark.STRONG}), frozenset({Mark.EMPHASIS})


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One\n  two</p><p> three </p>", (paragraph("One two"), paragraph("three"))),
        ("a <b>b</b> c<p>d</p>", (paragraph("a ", Span("b", STRONG), " c"), paragraph("d"))),
        ("a<br>b<br><br>c", (paragraph("a\nb"), paragraph("c"))),
        ("<p>a <em>b</em><em> c</em></p>", (paragraph("a ", Span("b c", EMPHASIS)),)),
        ("<h1>A</h1><h3>B</h3>", (Heading((Span("A"),), 2), Heading((Span("B"),), 3))),
        ("<blockquote><p>Q</p></blockquote>", (Quote((paragraph("Q"),)),)),
        ("<ol start=3><li>a<li>b<ul><li>c</ul></ol>", (
            Listing(((paragraph("a"),), (paragraph("b"), Listing(((paragraph("c"),),)))), ordered=True, start=3),
        )),
        ("<pre><code class='language-python'>a\n  b</code></pre>", (Code("a\n  b", "python"),)),
        ("<p>a</p><hr><hr><p>b</p>", (paragraph("a"), Rule(), paragraph("b"))),
        ("<p>a<a href='/x?y#z'>b</a></p>", (paragraph("a", Span("b", href="https://a.example/x?y#z")),)),
        ("<p>fact<sup><a href='#n1'>1</a></sup>, m<sup>2</sup></p>", (paragraph("fact[1], m²"),)),
        ("<p><q>a</q> <ruby>漢<rt>kan</rt></ruby></p>", (paragraph("“a” ", Span("漢", ruby="kan")),)),
        ("<p>a <q>b <q>c</q></q></p>", (paragraph("a “b ‘c’”"),)),
        ("<div lang=pl>a <q>b</q> <p lang=ru><q>c <q>d</q></q></p></div>", (
            paragraph(Span("a „b”", language="pl")), paragraph(Span("«c „d“»", language="ru")),
        )),
        ("<p lang=fr><q>chat</q></p>", (paragraph(Span("«\u00a0chat\u00a0»", language="fr")),)),
        ("<p>a\u200bb\u00adc</p>", (paragraph("abc"),)),
        ("<p>e\u0301</p>", (paragraph("é"),)),
        ("<p lang=fr>chat</p>", (paragraph(Span("chat", language="fr")),)),
        ("<dl><dt>a</dt><dd>b</dd></dl>", (paragraph(Span("a", STRONG)), paragraph("b"))),
        ("<details><summary>S</summary><p>t</p></details>", (paragraph(Span("S", STRONG)), paragraph("t"))),
        ("<p>x <math alttext='a+b'><mi>a</mi></math></p>", (paragraph("x a+b"),)),
        ("<p></p><div> </div><ul></ul><p>&nbsp;</p>", ()),
    ],
)  # fmt: skip
def test_each_element_becomes_what_it_means(html: str, expected: tuple[Block, ...]) -> None:
    assert read(html) == expected


KAN, JI = Span("漢", ruby="かん"), Span("字", ruby="じ")


@pytest.mark.parametrize(
    ("html", "spans"),
    [
        ("漢<rt>かん</rt>字<rt>じ</rt>", (KAN, JI)),
        ("漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(</rp><rt>じ</rt><rp>)</rp>", (KAN, JI)),
        ("\n 漢\n <rp>(<rt>かん<rp>)</rp>", (KAN,)),
        ("<rb>漢</rb><rb>字</rb><rt>かん</rt><rt>じ</rt>", (KAN, JI)),
        ("<rb>漢<rb>字<rt>かん<rt>じ", (KAN, JI)),
        ("<rb>漢</rb><rb>字</rb><rtc><rt>かんじ</rt></rtc>", (Span("漢字", ruby="かんじ"),)),
        ("<b>漢</b>字<rt>かんじ</rt>", (Span("漢字", STRONG, ruby="かんじ"),)),
        (
            "<a href=/x>漢</a><rt lang=ja>か<i>ん</i></rt>",
            (Span("漢", href="https://a.example/x", ruby="かん"),),
        ),
        ("漢<rt>かん</rt>漢<rt>かん</rt>", (KAN, KAN)),
        ("漢<rt>かん</rt> and more", (KAN, Span(" and more"))),
        ("漢<rt> </rt>字", (Span("漢字"),)),
        ("<rt>かん</rt><ruby></ruby>x", (Span("x"),)),
        ("<ruby>漢<rt>かん</rt></ruby><rt>kan</rt>", (KAN, Span("(kan)"))),
        ("漢<p>字</p><rt>かん</rt>", (Span("漢"), Span("字"), Span("(かん)"))),
    ],
)
def test_a_reading_stands_beside_what_it_reads(html: str, spans: Spans) -> None:
    assert tuple(span for run in runs(read(f"<div><ruby>{html}</ruby></div>")) for span in run) == spans


@pytest.mark.parametrize(
    "html",
    [
        "<p lang={}>x</p>",
        "<div lang={}><p>x</p></div>",
        "<p>y <span lang={} dir=rtl>x</span></p>",
        "<p xml:lang={}>x</p>",
        "<h2 lang={}>x</h2>",
        "<blockquote lang={}><p>x</p></blockquote>",
        "<div lang={}><blockquote>x</blockquote></div>",
        "<ul lang={}><li>x</ul>",
        "<ul lang={}><li><ul><li>x</ul></ul>",
        "<ul lang={}>x</ul>",
        "<ol><li lang={}>x</ol>",
        "<dl><dt lang={}>x</dt></dl>",
        "<table lang={}><tr><td>x<th>y</table>",
        "<table><tr><td lang={}>x<th>y</table>",
        "<table lang={}><caption>x</caption><tr><td>x<th>y</table>",
        "<figure lang={}><img src=a.jpg><figcaption>x</figcaption></figure>",
        "<figure><img src=a.jpg><figcaption lang={}>x</figcaption></figure>",
        "<aside class=pullquote lang={}>x</aside>",
        "<p><ruby lang={}>x<rt>y</rt></ruby></p>",
        "<p lang={}><sup>x</sup></p>",
    ],
)
@pytest.mark.parametrize("tag", ["he", "pt_BR"])
def test_what_is_in_another_language_says_so_wherever_it_stands(html: str, tag: str) -> None:
    said = {span.language for run in runs(read(html.format(tag))) for span in run if "x" in span.text}
    assert said == {tag.replace("_", "-")}


def test_a_direction_alone_costs_no_text() -> None:
    html = "<p dir=rtl>a <bdo dir=rtl>b</bdo> <span dir=rtl>c</span> <bdi>d</bdi> <span lang='?'>e</span></p>"
    assert read(html) == (paragraph("a b c d e"),)


TEXT = "<p>She said on Monday that nothing at all is lost in the sea, ever.</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<aside class='pull-quote'><p>{}</p></aside>",
        "<blockquote class='c-pullquote'>{}</blockquote>",
        "<figure class='wp-block-pullquote'><blockquote><p>{}</p></blockquote></figure>",
        "<div class='article__pull_quote right'><blockquote class='pullquote'>{}</blockquote></div>",
        "<section role='doc-pullquote'><p>{}</p></section>",
        "<aside epub:type='pullquote'>{}</aside>",
        "<blockquote class='pulled'><p>{}</p></blockquote>",
    ],
)
def test_a_quotation_that_repeats_the_text_is_pulled(html: str) -> None:
    quoted = "Nothing at all is lost in the sea"
    assert read(TEXT + html.format(quoted))[1:] == (Quote((paragraph(quoted),), pulled=True),)


@pytest.mark.parametrize(
    "html",
    [
        "<aside class='pull-quote'>Tolls are theft, and always were</aside>",
        "<blockquote class='has-pullquote'>Nothing at all is lost in the sea</blockquote>",
        "<blockquote>Nothing at all is lost in the sea</blockquote>",
    ],
    ids=["other words", "another class", "no class"],
)
def test_a_quotation_of_other_words_is_a_quotation(html: str) -> None:
    (quote,) = read(TEXT + html)[1:]
    assert isinstance(quote, Quote)
    assert not quote.pulled


def test_what_is_named_for_a_pulled_quotation_and_holds_an_article_is_none() -> None:
    html = f"<div class='pullquote-page'>{TEXT * 20}</div>"
    assert all(isinstance(block, Paragraph) for block in read(html))


def test_tables_become_rectangles() -> None:
    html = "<table><caption>C</caption><tr><th>A<th>B<th>D<tr><td rowspan=2>1<td colspan=2>2<tr><td>3<td>4</table>"
    (table,) = read(html)
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.head] == ["A", "B", "D"]
    assert [[plain(cell) for cell in row] for row in table.rows] == [["1", "2", ""], ["", "3", "4"]]
    assert plain(table.caption) == "C"


def test_tables_that_only_arrange_are_opened() -> None:
    html = (
        "<table role=presentation><tr><td><table><tr><td><p>One</p></td></tr></table><td><p>Two</p></table>"
    )
    assert read(html) == (paragraph("One"), paragraph("Two"))


@pytest.mark.parametrize(
    "html",
    [
        "<img src='a.jpg' alt='A'>",
        "<img src='data:image/gif;base64,AA==' data-src='a.jpg' alt='A'>",
        """<picture><source srcset='a.avif' type='image/avif'>
        <source srcset='s.jpg 400w, a.jpg 1600w, b.jpg 3000w'><img src='s.jpg' alt='A'></picture>""",
        """<a href='big.html'><img src='placeholder.gif' data-original='a.jpg' alt='A'></a>
        <noscript><img src='z.jpg'></noscript>""",
    ],
)
def test_a_picture_is_found_however_it_is_loaded(html: str) -> None:
    html = f"<figure>{html}<figcaption>Cap <i>t</i></figcaption></figure>"
    assert read(html) == (Figure("https://a.example/news/a.jpg", "A", (Span("Cap "), Span("t", EMPHASIS))),)


@pytest.mark.parametrize(
    "frame", ["<figure>{}</figure>{}", "<figure>{}<p></p>{}</figure>", "<div>{}{}</div>"]
)
def test_a_caption_behind_a_picture_is_its_caption(frame: str) -> None:
    html = frame.format("<img src='/a.jpg'>", "<figcaption>Cap</figcaption>")
    assert read(html) == (Figure("https://a.example/a.jpg", "", (Span("Cap"),)),)


def test_a_picture_only_those_without_scripts_see_is_taken_and_a_pixel_is_not() -> None:
    html = "<p>Text</p><noscript><img src='/a.jpg' alt=''></noscript><img src='/t.gif' width=1 height=1>"
    assert read(html) == (paragraph("Text"), Figure("https://a.example/a.jpg"))


@pytest.mark.parametrize(
    "name",
    [
        "greyhound-race.jpg", "lady-jane-grey.jpg", "loading-dock-at-night.jpg", "blank-cheque.png",
        "point-blank.jpg", "transparent-ballot-box.jpg", "spacers-of-the-tram.jpg", "earl-grey.jpeg",
        "pixel-9.jpg", "white-house.jpg", "empty-chairs.png", "gray.anatomy.jpg", "blank.gif",
    ],
)  # fmt: skip
def test_no_picture_goes_by_its_name_where_no_other_address_waits(name: str) -> None:
    assert read(f"<p>Text</p><img src='/{name}'>")[1:] == (Figure(f"https://a.example/{name}"),)


@pytest.mark.parametrize(
    "name",
    ["blank.gif", "img/spacer.png", "grey.jpg?v=2", "placeholder-300x200.png", "lazy-loader.svg", "1x1.gif"],
)
@pytest.mark.parametrize(
    "frame",
    [
        "<img src='/{}' data-example='/photo.jpg'>",
        "<img src='/{}' data-src='/photo.jpg'>",
        "<img src='/{}' srcset='/photo.jpg 2x'>",
        "<div><img src='/{}'></div><noscript><img src='/photo.jpg'></noscript>",
    ],
)
def test_a_placeholder_gives_way_to_the_address_that_waits(name: str, frame: str) -> None:
    assert read(f"<p>Text</p>{frame.format(name)}")[1:] == (Figure("https://a.example/photo.jpg"),)


def test_a_pixel_that_tells_who_reads_is_told_and_only_where_somebody_hears() -> None:
    html = "<p>Text</p><img src='/t.gif' width=1 height=1><img src='/u.gif' height='1px'>"
    with noticed("page") as told:
        assert read(html) == (paragraph("Text"),)
    assert told == [Omitted("page", "only telling who reads", PICTURE, 2, Cause.EMPTY)]


def test_rows_and_columns_beyond_the_most_are_told() -> None:
    html = f"<table>{'<tr><td>a<td>b' * (LONGEST + 2)}</table>"
    wide = f"<table><tr>{'<td>a' * (WIDEST + 3)}<tr><td>b</table>"
    with noticed("page") as told:
        read(html)
        read(wide)
    assert [(one.thing, one.count, one.accepted) for one in told] == [("row", 2, False), ("column", 3, False)]


@pytest.mark.parametrize(
    ("srcset", "best"),
    [
        ("a.jpg 400w, b.jpg 1600w, c.jpg 3000w", "b.jpg"),
        ("a.jpg 1x, b.jpg 2x, c.jpg 3x", "b.jpg"),
        ("a.jpg 300w, b.jpg 900w", "b.jpg"),
        (
            "https://i.example/w_400,h_300/a.jpg 400w, https://i.example/w_900,h_1/b.jpg 900w",
            "https://i.example/w_900,h_1/b.jpg",
        ),
        ("a.jpg", "a.jpg"),
        ("", None),
        ("data:image/gif;base64,AA 1x", None),
    ],
)
def test_of_a_set_the_smallest_that_is_wide_enough_is_taken(srcset: str, best: str | None) -> None:
    assert best_candidate(srcset) == best


words = st.text("abcé漢 \n\t<&", min_size=1, max_size=12).map(lambda raw: raw.replace("<", "&lt;"))
documents = st.recursive(
    words,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(
            ["p", "div", "b", "em", "section", "li", "blockquote", "span", "h2", "td", "ul", "a"]
        ),
        st.lists(inner, min_size=1, max_size=4).map("".join),
    ),
    max_leaves=12,
)


def letters(raw: str) -> str:
    return "".join(re.findall(r"\w", raw))


@given(documents)
def test_no_letter_is_lost_and_none_invented(html: str) -> None:
    shown = letters("".join(parse(f"<html><body>{html}</body></html>").itertext()))
    assert letters("".join(plain_blocks(read(html)))) == shown


@given(documents)
def test_preparing_twice_is_preparing_once(html: str) -> None:
    once = prepared(parse(f"<html><body>{html}</body></html>"), "https://a.example/")
    first = blocks(once)
    assert blocks(prepared(once, "https://a.example/")) == first


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\u0001javascript:alert(1)'>x</a>",
    "<img src='javascript:alert(1)'>",
    "<img src='data:text/html,<script>'>",
    "<img src='file:///etc/passwd'>",
    "<img srcset='file:///etc/passwd 2x'>",
    "<object data=file:///etc/passwd></object>",
    "<embed src=file:///etc/passwd>",
    "<link rel=stylesheet href=file:///etc/passwd>",
    "<base href='file:///etc/'><img src=passwd>",
    "<base href='javascript:alert(1)//'><a href=x>x</a>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<button onclick=alert(1)>x</button>",
    "<style>@import url(http://127.0.0.1/)</style>",
    "<div style='background:url(file:///etc/passwd)'>x</div>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><image xlink:href='file:///etc/passwd'/></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<video src=x onerror=alert(1)></video>",
    "<audio autoplay src=x></audio>",
    "<details ontoggle=alert(1) open>x</details>",
    "<body onload=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<xmp><script>alert(1)</script></xmp>",
    "<textarea><script>alert(1)</script></textarea>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<!--<script>alert(1)</script>-->",
    "<?php system('id') ?>",
    "<meta http-equiv=refresh content='0;javascript:alert(1)'>",
    "<table background='javascript:alert(1)'><tr><td>x</table>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<keygen autofocus onfocus=alert(1)>",
    "<a href='//127.0.0.1/x'>x</a>",
    "<frameset><frame src=javascript:alert(1)></frameset>",
    "<applet code=x></applet>",
    "<dialog open>x</dialog>",
    "＜script＞alert(1)＜/script＞",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src='x' alt='\"><script>alert(1)</script>'>",
    "<p title='<script>'>x</p>",
    "<a href='http://a b'>x</a>",
    "<a href='https://[::1'>x</a>",
    "<img src='https://[::1'>",
    "<a href='mailto:a@b?subject=\"><script>'>x</a>",
    "<picture><source srcset='javascript:alert(1)'><img src='javascript:alert(1)'></picture>",
    "<input value='<script>'>",
]


def figures_of(found: Iterable[Block]) -> Iterator[Figure]:
    for block in found:
        match block:
            case Figure():
                yield block
            case Quote(inner):
                yield from figures_of(inner)
            case Listing(items):
                for item in items:
                    yield from figures_of(item)
            case _:
                pass


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    "frame", ["{}", "<p>a{}b</p>", "<ul><li>{}</ul>", "<table><tr><th>h<tr><td>{}</table>"]
)
def test_htm_05_nothing_active_comes_through(payload: str, frame: str) -> None:
    found = read(frame.format(payload))
    for spans in runs(found):
        for span in spans:
            assert span.href is None or span.href.lower().startswith(("http://", "https://", "mailto:"))
    for figure in figures_of(found):
        assert re.match(r"https?://|data:image/(?:jpeg|png|gif|webp|avif|svg)", figure.media)


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "deep",
        "<b>" * 200_000,
        "<a><b>" * 80_000,
        "<p " + "a " * 1_000_000 + ">x",
        "<p title='" + "a" * 4_900_000 + "'>x",
        "<table>" + "<tr><td>x" * 100_000,
        "<ul><li>" * 5_000 + "x",
        "&" * 1_000_000,
        "<" * 1_000_000,
        "<!--" * 500_000,
        "<p>" * 1_000_000,
    ],
    ids=lambda html: html[:12],
)
def test_htm_10_monsters_end_soon(html: str) -> None:
    begun = time.process_time()  # of this process alone, however busy the machine is
    read(html)
    assert time.process_time() - begun < 15


def test_htm_11_more_than_five_megabytes_are_refused() -> None:
    with pytest.raises(MarkupError, match="larger than 5 MB"):
        parse("x" * 5_000_001)


@pytest.mark.parametrize("source", ["", " ", b"", "\0"])
def test_nothing_is_no_html(source: str | bytes) -> None:
    with pytest.raises(MarkupError):
        parse(source)


@pytest.mark.parametrize(
    ("source", "media_type"),
    [
        ("<p>Grüße".encode(), ""),
        ("<meta charset=iso-8859-1><p>Grüße".encode("cp1252"), ""),
        ("<p>Grüße".encode("cp1252"), "text/html; charset=windows-1252"),
        ("\ufeff<p>Grüße".encode("utf-16-le"), "text/html; charset=utf-8"),
        ("<meta charset=gb2312><p>Grüße".encode(), ""),
        ("<meta charset=utf-7><p>Grüße".encode(), ""),
        ("<p>Grüße<!-- ’ -->".encode().decode("latin-1").encode(), ""),
    ],
)
def test_htm_12_encodings_are_told_as_browsers_tell_them(source: bytes, media_type: str) -> None:
    assert "".join(parse(source, media_type).itertext()).strip() == "Grüße"


@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        ("A &amp; B", "A & B"),
        ("A &amp;amp; B", "A & B"),
        ("<b>Bold</b> title", "Bold title"),
        ("&lt;b&gt;Bold&lt;/b&gt; title", "Bold title"),
        ("1 < 2", "1 < 2"),
        ("one<br>two", "one two"),
        ("<script>x</script>t", "t"),
        ("How to <shut> a lock", "How to <shut> a lock"),
        ("How <b>to</b> &lt;shut&gt; a lock", "How to <shut> a lock"),
        ("The <main> element of <i>HTML</i>", "The <main> element of HTML"),
        ('<span class="x">cut off', "cut off"),
    ],
)
def test_titles_are_plain_text(fragment: str, shown: str) -> None:
    assert text(fragment) == shown


def test_pictures_deeper_than_any_page_is_written_are_counted() -> None:
    deep = "<div>" * (DEEPEST + 20) + "a<img src='a.jpg'><img src='b.jpg'>" + "</div>" * (DEEPEST + 20)
    with noticed("page") as told:
        found = read(deep)
    assert "a" in "".join(plain_blocks(found))
    assert told == [Omitted("page", f"within more than {DEEPEST} elements", PICTURE, 2, Cause.LIMIT)]
