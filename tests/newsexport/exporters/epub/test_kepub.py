"""Kobo's marks stand where Kobo looks for them, and nothing else on a page has changed."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from tests.newsexport.exporters.epub.epub_editions import RICH, made
from tests.newsexport.exporters.epub.hostile_editions import NASTY
from tests.newsexport.exporters.epub.test_check import messages

from newsexport.errors import ExportError
from newsexport.exporters.epub.kepub import kepub_page, sentences
from newsexport.model import Edition

XHTML = "{http://www.w3.org/1999/xhtml}"

Golden = Callable[[str, str], None]

STORY = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><meta charset="utf-8"/><title>The ferry. It runs again.</title><script src="a.js"/></head>
<body epub:type="bodymatter">
<h1 id="top">The ferry runs again. At last!</h1>
<p class="byline">By <a href="ada.xhtml">Ada Fenn</a> <b>and</b> <i>Bo</i></p>
<p>It left at noon. Nobody waved!  “Why should we?” asked a man of 3.5 feet; he had a dog.<a epub:type="noteref" href="#n1" id="r1">1</a> The end&#8230;</p>
<p> </p>
<p/>
<p>An &amp; a &lt;b&gt;, a no-break&#160;space,<br/>and <span lang="de" xml:lang="de">ein Hund. Zwei.</span></p>
<figure><img src="ferry.jpg" alt="A ferry. White."/><figcaption>The ferry. <em>Drawn</em></figcaption></figure>
<ul>
<li>One. Two.</li>
<li><p>Three.</p></li>
</ul>
<table><tr><th>Town</th><td dir="rtl" lang="he" xml:lang="he">עיר. גן.</td></tr></table>
<pre>Not this. Nor this.
</pre>
<p lang="ja" xml:lang="ja">これは<ruby>船<rp>(</rp><rt>ふね</rt><rp>)</rp></ruby>です。次の文。</p>
<svg xmlns="http://www.w3.org/2000/svg"><title>Not. This.</title><path d="M0 0"/></svg>
<p>Where <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math> is it?</p>
<!-- Not. This. -->
<aside epub:type="footnote" id="n1"><p><a href="#r1">1</a> A small dog.</p></aside>
<nav class="turn"><p><a href="nav.xhtml">Contents</a></p></nav>
</body>
</html>
"""

FOREIGN_BOOK = """\
<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head><meta http-equiv="Content-Type" content="application/xhtml+xml; charset=iso-8859-1" /><title/></head>
<body>
Loose text. Before any paragraph.
<div>Caf\xe9&nbsp;&mdash; open<br></br>all day. <a id="here"/><![CDATA[Fish & <chips>.]]> Daily.</div>
<p>Since <time>1884</time>, <time datetime="2026-11-23">today</time> too. <picture><source srcset="a.jpg"/><img src="a.jpg" alt=""/></picture></p>
<select><option>One. Two.</option></select>
</body>
</html>
"""


def page(body: str, head: str = "<title>A page</title>") -> bytes:
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head>{head}</head><body>{body}</body></html>'.encode()
    )


def spans(kepub: bytes) -> list[tuple[str, str]]:
    """The number of every koboSpan, and its text."""
    return [
        (span.get("id", "").removeprefix("kobo."), "".join(map(str, span.itertext())))
        for span in etree.fromstring(kepub).iter(f"{XHTML}span")
        if span.get("class") == "koboSpan"
    ]


def numbers(body: str) -> str:
    return " ".join(number for number, _ in spans(kepub_page(page(body))))


def test_a_page_of_ours_is_written_as_the_golden_one(golden: Golden) -> None:
    golden("kepub/story.xhtml", kepub_page(STORY.encode()).decode())


def test_a_page_of_an_old_book_is_written_as_the_golden_one(golden: Golden) -> None:
    golden("kepub/old.xhtml", kepub_page(FOREIGN_BOOK.encode("iso-8859-1")).decode())


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One. Two! Three?", ["One. ", "Two! ", "Three?"]),
        ("“One.” ‘Two!’ Three", ["“One.” ", "‘Two!’ ", "Three"]),
        ("One...  two?! three.\n\tFour", ["One...  ", "two?! ", "three.\n\t", "Four"]),
        ("Half.stop: 3.5; (One.) Two… three", ["Half.stop: 3.5; (One.) Two… three"]),
        ("One.”’ Two", ["One.”’ Two"]),
        ("One.… Two", ["One.… ", "Two"]),
        ("一。二！三", ["一。二！三"]),
        ("One.\u00a0Two.\u2003Three", ["One.\u00a0Two.\u2003Three"]),
        ("One. ", ["One. "]),
        (" ", [" "]),
    ],
)
def test_sentences_end_where_kepubify_ends_them(text: str, cut: list[str]) -> None:
    assert list(sentences(text)) == cut


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One. Two.</p><p>Three.</p>", "1.1 1.2 2.1"),
        ("<h2>One</h2><div>Two</div><p>Three</p>", "1.1 1.2 2.1"),
        ("<div>One</div><div>Two</div><p>Three</p>", "0.1 0.2 1.1"),
        ("<ul><li>One</li><li>Two</li></ul><ol><li>Three</li></ol>", "1.1 1.2 2.1"),
        ("<ul><li><p>One</p></li></ul>Two", "1.1 1.2"),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", "1.1 1.2"),
        ("<p>One</p><p/><p><b> </b></p><p>Two</p>", "1.1 2.1"),
        ("<p>One</p><p> </p><p>Two</p>", "1.1 2.1 3.1"),
        ("<p>One <b>two</b> <i>three</i></p>", "1.1 1.2 1.3 1.4"),
        ("<p>One<!-- two -->three</p>", "1.1 1.2"),
        ("<p>One <img src='a.jpg' alt=''/> two</p><p>Three</p>", "1.1 2.1 2.2 3.1"),
        ("<p><img src='a.jpg' alt=''/></p>", "1.1"),
        ("<p>One</p><pre>two</pre><audio>three</audio><p>Four</p>", "1.1 2.1"),
        ("<p><time>One</time> two</p>", "1.2"),
    ],
)
def test_paragraphs_and_segments_are_numbered_as_kepubify_numbers_them(body: str, expected: str) -> None:
    assert numbers(body) == expected


def test_the_body_stands_in_both_boxes_and_the_style_at_the_end_of_the_head() -> None:
    root = etree.fromstring(kepub_page(page("<p>One</p>")))
    assert [child.get("id") for child in root.iterfind(f"{XHTML}body/*")] == ["book-columns"]
    (inner,) = root.iterfind(f"{XHTML}body/{XHTML}div/*")
    assert inner.get("id") == "book-inner" and inner[0].tag == f"{XHTML}p"
    assert root.findall(f"{XHTML}head/*")[-1].get("class") == "kobostylehacks"


def test_a_list_of_contents_is_left_to_the_reading_system() -> None:
    body = '<nav epub:type="toc" xmlns:epub="http://www.idpf.org/2007/ops"><ol><li><a href="a">A. B.</a></li></ol></nav>'
    assert body.encode() in kepub_page(page(body))


def test_a_picture_is_wrapped_whole() -> None:
    picture = '<picture><source srcset="a.jpg"/><img src="a.jpg" alt=""/></picture>'
    marked = f'<p><span class="koboSpan" id="kobo.1.1">{picture}</span></p>'
    assert marked.encode() in kepub_page(page(f"<p>{picture}</p>"))


def test_within_a_drawing_nothing_changes() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title/><source>A. B.</source><img x="1"></img></svg>'
    assert drawing.encode() in kepub_page(page(drawing))


def test_names_of_characters_become_numbers_in_attributes_too() -> None:
    assert b'<p title="a&#160;&amp;&#8230;">' in kepub_page(
        DOCTYPE + page('<p title="a&nbsp;&amp;&hellip;">One</p>')
    )


def test_a_note_can_still_be_called() -> None:
    (call,) = etree.fromstring(kepub_page(STORY.encode())).iterfind(f".//{XHTML}a[@id='r1']")
    assert call.get("href") == "#n1" and call.get("{http://www.idpf.org/2007/ops}type") == "noteref"
    assert "".join(map(str, call.itertext())) == "1"


@pytest.mark.parametrize(
    "body",
    [
        '<p><span class="koboSpan" id="kobo.1.1">One. Two.</span></p>',
        '<div id="book-columns"><div id="book-inner"><svg xmlns="http://www.w3.org/2000/svg"/></div></div>',
    ],
)
def test_a_page_that_is_kepub_already_is_returned_as_it_is(body: str) -> None:
    assert kepub_page(page(body)) == page(body)


def test_a_page_about_kepub_is_not_taken_for_one() -> None:
    body = '<p>They write &lt;span class="koboSpan" id="kobo.1.1"> there.</p><!-- <p class="koboSpan"/> -->'
    assert numbers(body) == "1.1"


def test_an_id_that_the_page_uses_itself_is_passed_over() -> None:
    assert numbers('<p id="kobo.1.2">One. Two. Three.</p>') == "1.1 1.3 1.4"
    assert kepub_page(page('<p id="book-inner">One</p>')).count(b"book-inner") == 2  # the other is the style


def test_entities_that_a_page_declares_itself_are_not_resolved() -> None:
    declared = b"""<!DOCTYPE html [<!ENTITY nbsp "&#183;"><!-- don't ]> -->]>"""
    declared += page("<p title='&nbsp;'>a&nbsp;b. c</p>")
    written = kepub_page(declared)
    assert b"a&nbsp;b. " in written and b"title='&nbsp;'" in written
    assert spans(written) == [("1.1", "a·b. "), ("1.2", "c")]


def test_prefixed_elements_are_known_by_their_names() -> None:
    prefixed = (
        b'<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns:s="http://www.w3.org/2000/svg"><h:head><h:title/>'
        b"</h:head><h:body><h:p>One. Two.<h:br/></h:p><s:svg><s:title>No.</s:title></s:svg></h:body></h:html>"
    )
    assert spans(kepub_page(prefixed)) == [("1.1", "One. "), ("1.2", "Two.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_becomes_utf_8(encoding: str) -> None:
    written = kepub_page(STORY.replace('"utf-8"?', f'"{encoding.removesuffix("-sig")}"?').encode(encoding))
    assert written == kepub_page(STORY.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        page("<p>One"),
        page("a < b"),
        page("\x01"),
        page("&#xD800;"),
        b"\xff\xff",
        b'<?xml version="1.0" encoding="klingon"?><p/>',
        b"<!--" * 100_000,
        b"<!DOCTYPE a [" * 20_000,
        page("<a b='" * 50_000),
        page('<p class="a<b">One</p>'),
        page("AT&T"),
        page("a&nbsp;b"),
    ],
    ids=[
        "empty",
        "text",
        "open",
        "stray",
        "control",
        "surrogate",
        "bytes",
        "encoding",
        "comments",
        "doctypes",
        "quotes",
        "attribute",
        "ampersand",
        "entity",
    ],
)
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(ExportError):
        kepub_page(data)


# What a page may be made of, by chance: text full of stops, marks and references …
WORDS = ["One", "two", ". ", "? ", "!” ", "…", " ", "\n", "\r\n", "\r", "\u00a0", "。", "é"]
REFERENCES = ["&amp;", "&lt;", "&#160;", "&#13;", "&#x0002E; ", "]]&gt;", "&nbsp;", "&hellip;"]
ASIDES = ["<!-- a. b -->", "<![CDATA[&amp;<c>. d]]>", "<br/>", "<img src='a' alt='x>y'/>", "<?pi a?>"]
SNIPPETS = st.lists(st.sampled_from([*WORDS, *REFERENCES, *ASIDES]), max_size=6).map("".join)
NAMES = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "ruby",
        "rt",
        "rp",
        "ul",
        "li",
        "h1",
        "table",
        "pre",
        "svg",
        "time",
        "picture",
        "nav",
        "a",
        "span",
    ]
)
BODIES = st.recursive(
    SNIPPETS,
    lambda inner: st.lists(
        st.one_of(
            SNIPPETS,
            st.tuples(NAMES, inner).map(
                lambda made: f"<{made[0]} lang='de' dir=\"rtl\">{made[1]}</{made[0]}>"
            ),
            NAMES.map("<{} />".format),
        ),
        max_size=4,
    ).map("".join),
    max_leaves=12,
)
DOCTYPE = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'


def outline(data: bytes) -> tuple[str, list[object]]:
    """The text of a page's body, and its elements, comments and instructions but for Kobo's."""
    named = re.sub(b"&nbsp;", b"&#160;", data).replace(b"&hellip;", b"&#8230;")
    body = etree.fromstring(named).find(f"{XHTML}body")
    assert body is not None
    nodes: list[object] = [
        (node.tag if isinstance(node.tag, str) else node.text, sorted(node.attrib.items()))
        for node in body.iter()
        if node.get("class") != "koboSpan" and node.get("id") not in {"book-columns", "book-inner"}
    ]
    texts = body.xpath("//text()")
    assert isinstance(texts, list)
    return "".join(map(str, texts)), nodes


@given(BODIES)
def test_the_text_and_the_elements_stay_and_ids_are_unique(body: str) -> None:
    before = DOCTYPE + page(body)
    after = kepub_page(before)
    style = "div#book-inner { margin-top: 0; margin-bottom: 0; }"
    text, nodes = outline(after)
    assert (text.replace(style, "", 1), nodes) == outline(before)
    ids = re.findall(rb' id="([^"]+)"', after)
    assert len(ids) == len(set(ids)) >= 2
    assert kepub_page(after) == after == kepub_page(before)


@given(BODIES)
def test_spans_are_never_nested_and_hold_text_or_one_picture(body: str) -> None:
    for span in etree.fromstring(kepub_page(DOCTYPE + page(body))).iter(f"{XHTML}span"):
        if span.get("class") == "koboSpan":
            assert [etree.QName(child).localname for child in span] in ([], ["img"], ["picture"])
            assert bool(span.text) != bool(len(span))


@given(BODIES)
@example('<svg dir="rtl"><svg lang="de"></svg><p /></svg>')
def test_html_parsers_see_no_open_element_where_xml_sees_none(body: str) -> None:
    written = kepub_page(DOCTYPE + page(body)).decode()
    outside = re.sub(r"<svg[^>]*/>|<!--.*?-->|<\?.*?\?>", "", written, flags=re.DOTALL)
    while (less := re.sub(r"<svg(?:(?!<svg\b).)*?</svg>", "", outside, flags=re.DOTALL)) != outside:
        outside = less  # drawings within drawings, from the inside
    assert set(re.findall(r"<(\w+)[^<>]*/>", outside.replace("x>y", ""))) <= {"br", "img"}


@given(st.text(alphabet=".!?'\"”’“… \t\nab。", max_size=40))
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    pieces = list(sentences(text))
    assert "".join(pieces) == text
    assert all(pieces) or pieces == [""]


@pytest.mark.slow
@pytest.mark.parametrize("edition", [RICH, NASTY], ids=["rich", "nasty"])
def test_epubcheck_has_nothing_to_say_of_a_book_of_such_pages(edition: Edition, tmp_path: Path) -> None:
    target = tmp_path / "book.kepub.epub"
    with zipfile.ZipFile(made(edition, tmp_path)) as book, zipfile.ZipFile(target, "w") as kepub:
        for entry in book.infolist():
            data = book.read(entry)
            kepub.writestr(entry, kepub_page(data) if entry.filename.endswith(".xhtml") else data)
    assert messages(target) == []
