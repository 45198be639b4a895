"""Footnotes: found however pages write them, taken out of the text, and nothing lost on the way."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.markup import blocks_and_notes, lifted, parse, prepared
from newsexport.model import Article, Block, Note, called_notes, plain_blocks, runs


def read(html: str, base: str = "https://a.example/news/") -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    return blocks_and_notes(prepared(parse(f"<html><body>{html}</body></html>"), base), base)


def shown(blocks: Iterable[Block]) -> list[str]:
    """The runs of text, a call as the id of its note in braces."""
    return ["".join(f"{{{span.note}}}" if span.note else span.text for span in run) for run in runs(blocks)]


def told(html: str) -> tuple[list[str], dict[str, list[str]]]:
    body, notes = read(html)
    return shown(body), {note.id: shown(note.blocks) for note in notes}


PANDOC = """<p>Salt<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> is dear.</p>
<section class="footnotes" role="doc-endnotes"><hr/><ol><li id="fn1" role="doc-endnote"><p>Four crowns.<a
href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>"""
MARKDOWN_IT = """<p>Salt<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> is dear.</p>
<hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item">
<p>Four crowns. <a href="#fnref1" class="footnote-backref">↩︎</a> <a href="#fnref1:1" class="footnote-backref">↩︎</a></p>
</li></ol></section>"""
GITHUB = """<p>Salt<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref>1</a></sup> is dear.</p>
<section data-footnotes class="footnotes"><h2 id="footnote-label" class="sr-only">Footnotes</h2><ol>
<li id="user-content-fn-1"><p>Four crowns. <a href="#user-content-fnref-1" data-footnote-backref>↩</a></p></li></ol></section>"""
WORDPRESS = """<p>Salt<sup data-fn="b2c" class="fn"><a href="#b2c" id="b2c-link">1</a></sup> is dear.</p>
<ol class="wp-block-footnotes"><li id="b2c">Four crowns. <a href="#b2c-link" aria-label="Jump to 1">↩︎</a></li></ol>"""
EASY = """<p>Salt<span id="e-1" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a
href="#eb-1" title="Four crowns."><sup>1</sup></a></span> is dear.</p><ol><li><span id="eb-1"></span>Four crowns.<a
class="easy-footnote-to-top" href="#e-1"></a></li></ol>"""
WIKIPEDIA = """<p>Salt<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup>
is dear.</p><div class="mw-heading"><h2>References</h2><span>[edit]</span></div><div class="reflist"><ol class="references">
<li id="cite_note-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-1_0"><sup><i><b>a</b></i></sup></a>
<a href="#cite_ref-1_1"><sup>1.1</sup></a></span> <span class="reference-text">Four crowns.</span></li></ol></div>"""
SUBSTACK = """<p>Salt<a id="footnote-anchor-1" href="#footnote-1" class="footnote-anchor">1</a> is dear.</p>
<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>
<div class="footnote-content"><p>Four crowns.</p></div></div>"""
WORD = """<p>Salt<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup> is dear.</p>
<ol><li id="footnote-1"><p> Four crowns. <a href="#footnote-ref-1">↑</a></p></li></ol>"""
BOOK = """<p>Salt<a epub:type="noteref" role="doc-noteref" href="#n1" id="c1">1</a> is dear.</p>
<aside epub:type="footnote" role="doc-footnote" id="n1"><p><a role="doc-backlink" href="#c1">1</a> Four crowns.</p></aside>"""
DOCUTILS = """<p>Salt<a class="footnote-reference brackets" href="#f1" id="r1" role="doc-noteref"><span>[</span>1<span>]</span></a>
is dear.</p><aside class="footnote brackets" id="f1" role="doc-footnote"><span class="label"><span>[</span><a
role="doc-backlink" href="#r1">1</a><span>]</span></span><p>Four crowns.</p></aside>"""
BY_HAND = """<p>Salt<sup>[<a name="r1" href="#n1">1</a>]</sup> is dear.</p><h3>Notes:</h3><hr>
<p><sup><a name="n1" href="#r1">1</a></sup> Four crowns.</p>"""
STARRED = """<p>Salt<a href="#star"><sup>*</sup></a> is dear.</p><p id="star">* Four crowns.</p>"""
DEFINED = (
    """<p>Salt<sup><a href="#d1">1</a></sup> is dear.</p><dl><dt>[1]</dt><dd id="d1">Four crowns.</dd></dl>"""
)
SAVED = """<p>Salt<sup><a href="https://a.example/news/#n1">1</a></sup> is dear.</p><ol><li id="n1">Four crowns.</li></ol>"""


@pytest.mark.parametrize(
    "html",
    [PANDOC, MARKDOWN_IT, GITHUB, WORDPRESS, EASY, WIKIPEDIA, SUBSTACK, WORD, BOOK, DOCUTILS, BY_HAND, STARRED,
     DEFINED, SAVED],
    ids=["pandoc", "markdown-it", "GitHub", "WordPress", "Easy Footnotes", "Wikipedia", "Substack", "Word", "EPUB",
         "docutils", "by hand", "a star", "a definition", "a saved page"],
)  # fmt: skip
def test_a_note_is_a_note_however_it_is_written(html: str) -> None:
    assert told(html) == (["Salt{1} is dear."], {"1": ["Four crowns."]})


def test_a_note_called_several_times_is_one_and_several_calls_stand_side_by_side() -> None:
    html = """<p>One<sup><a href="#a">1</a>,<a href="#b">2</a></sup> two<sup><a href="#a">1</a></sup>.</p>
    <ol><li id="b">B</li><li id="a">A</li></ol>"""
    assert told(html) == (["One{1}{2} two{1}."], {"1": ["A"], "2": ["B"]})


def test_a_call_may_stand_alone_at_either_end_and_behind_a_break() -> None:
    call = "<sup><a href='#a'>1</a></sup>"
    html = f"<p>{call}</p><p> {call} One<br> {call} <b>two </b>{call} </p><p id=a>A</p>"
    assert told(html)[0] == ["{1}", "{1}One\n{1}two {1}"]


def test_a_note_may_call_another_and_is_not_called_by_itself() -> None:
    html = """<p>One<sup><a href="#a">1</a></sup></p><ol><li id="a">A<sup><a href="#b">2</a></sup></li>
    <li id="b">B<sup><a href="#a">1</a></sup> and <sup><a href="#b">2</a></sup></li></ol>"""
    assert told(html) == (["One{1}"], {"1": ["A{2}"], "2": ["B{1} and [2]"]})


def test_a_note_keeps_its_blocks_and_its_links() -> None:
    html = """<p>One<sup><a href="#a">1</a></sup></p><aside id="a"><p>A <a href="/x">2</a></p><ul><li>b</ul></aside>"""
    (body, (note,)) = read(html)
    assert shown(note.blocks) == ["A 2", "b"]
    assert [span.href for run in runs(note.blocks) for span in run] == [None, "https://a.example/x", None]
    assert len(body) == 1


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<sup><a href='#a'>1</a></sup></p>", ["One[1]"]),
        ("<p>One<sup><a href='#a'>1</a></sup></p><h2 id=a>A</h2><p>B</p>", ["One[1]", "A", "B"]),
        ("<p>One<sup><a href='#a'>1</a></sup></p><div id=a><h2>A</h2><p>B</p></div>", ["One[1]", "A", "B"]),
        ("<div id=a><p>One<sup><a href='#a'>1</a></sup></p></div>", ["One[1]"]),
        ("<p>One <a href='#a'>1</a></p><p id=a>A</p>", ["One 1", "A"]),
        ("<p>One<sup><a href='#a'>see there</a></sup></p><p id=a>A</p>", ["Onesee there", "A"]),
        ("<p>One<sup><a href='#a'>1</a></sup></p><p>A <span id=a></span> B</p>", ["One[1]", "A B"]),
        ("<p>One<sup><a href='#comments'>3</a></sup></p><div id=comments>Loading</div>", ["One[3]", "Loading"]),
        (f"<p>One<sup><a href='#a'>1</a></sup></p><p id=a>{'word ' * 1200}</p>", ["One[1]", ("word " * 1200).strip()]),
        ("<p id=a>A</p><p>One<sup><a href='#a'>1</a></sup></p>", ["A", "One[1]"]),
        ("<p>One</p><h2>Notes</h2><ol><li id=a>A</li></ol>", ["One", "Notes", "A"]),
    ],
    ids=["no target", "a heading", "a section", "what it stands in", "not raised", "words", "the middle of a paragraph",
         "a count of comments", "half the article", "above", "not called"],
)  # fmt: skip
def test_what_is_no_call_keeps_its_text_and_what_is_no_note_its_place(html: str, text: list[str]) -> None:
    assert told(html) == (text, {})


def test_of_a_list_only_what_is_called_is_taken() -> None:
    html = """<p>One<sup><a href="#a">1</a></sup></p><h2>References</h2><ol><li id="a">A</li><li id="b">B</li></ol>"""
    assert told(html) == (["One{1}", "References", "B"], {"1": ["A"]})


def test_a_heading_goes_with_its_notes_and_stays_with_anything_else() -> None:
    called = "<p>One<sup><a href='#a'>1</a></sup></p>"
    assert told(f"{called}<h2>Notes</h2><p id=a>A</p><h2>More</h2><p>B</p>")[0] == ["One{1}", "More", "B"]
    assert told(f"{called}<h2>Notes</h2><p id=a>A</p><p>B</p>")[0] == ["One{1}", "Notes", "B"]
    assert told(f"{called}<h2>Prices</h2><p id=a>A</p>")[0] == ["One{1}", "Prices"]


def test_of_two_targets_of_one_name_the_first_is_meant() -> None:
    html = "<p>One<sup><a href='#a'>1</a></sup></p><ol><li id=a>A</li><li id=a>B</li></ol>"
    assert told(html) == (["One{1}", "B"], {"1": ["A"]})


def test_notes_are_called_from_headings_tables_captions_and_lists() -> None:
    call = "<sup><a href='#a'>1</a></sup>"
    html = (
        f"<h2>H{call}</h2><table><caption>T{call}</caption><tr><th>A{call}<th>B<tr><td>c{call}<td>d</table>"
        f"<figure><img src=a.jpg><figcaption>F{call}</figcaption></figure><ul><li>L{call}</ul><p id=a>Note</p>"
    )
    assert told(html) == (["H{1}", "T{1}", "A{1}", "B", "c{1}", "d", "F{1}", "L{1}"], {"1": ["Note"]})


def test_a_note_called_where_only_bare_text_is_kept_is_no_note() -> None:
    html = "<pre>code<sup><a href='#a'>1</a></sup></pre><p id=a>A</p>"
    body, notes = read(html)
    assert list(plain_blocks(body)) == ["code1", "A"]
    assert notes == ()


def test_a_part_of_a_document_has_the_notes_that_it_calls() -> None:
    html = """<div>One<sup><a href="#a">1</a></sup></div><p>Two<sup><a href="#b">2</a></sup></p><ol><li id=a>A<li id=b>B</ol>"""
    root = parse(html)
    apart = lifted(root)
    body, notes = blocks_and_notes(root.find(".//p"), apart=apart)
    assert shown(body) == ["Two{2}"]
    assert [(note.id, shown(note.blocks)) for note in notes] == [("2", ["B"])]
    assert "A" not in "".join(root.itertext())


names = st.sampled_from("abc")
pieces = st.recursive(
    st.from_regex(r"[a-z]{4,6}", fullmatch=True).map(lambda word: f" {word} ")
    | st.builds("<sup><a href='#{}' id={}>{}</a></sup>".format, names, names, st.sampled_from("123"))
    | st.builds(
        "<a role=doc-noteref href='#{}'>{}</a>".format, names, st.sampled_from(["1", "*", " wordy "])
    ),
    lambda inner: st.builds(
        "<{0} id={1}>{2}</{0}>".format,
        st.sampled_from(["p", "div", "li", "aside", "span", "section", "ol", "td", "dd", "b"]),
        names,
        st.lists(inner, min_size=1, max_size=4).map("".join),
    ),
    max_leaves=16,
)


@given(st.lists(pieces, min_size=1, max_size=6).map("".join))
def test_no_word_is_lost_and_calls_and_notes_belong_together(html: str) -> None:
    words = set(re.findall(r"[a-z]{4,}", "".join(parse(f"<html><body>{html}</body></html>").itertext())))
    body, notes = read(html)
    everything = (*body, *(block for note in notes for block in note.blocks))
    assert set(re.findall(r"[a-z]{4,}", " ".join(plain_blocks(everything)))) == words
    called = {span.note for run in runs(everything) for span in run if span.note}
    assert called == {note.id for note in notes}
    assert called_notes(Article("", body, notes=notes)) == notes


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "<sup><a href='#a'>1</a></sup>" * 20_000 + "<p id=a>A</p>",
        "".join(f"<p>x<sup><a href='#n{n}'>{n}</a></sup></p>" for n in range(5000))
        + "".join(f"<p id=n{n}>Note <a href='#r{n}'>↩</a></p>" for n in range(5000)),
        "<div id=a>" * 200 + "x<sup><a href='#a'>1</a></sup>",
        "<sup><a href='#a'>1</a></sup>" + "<div><span id=a></span>" * 5_000 + "x",
        "<p>" + "<b></b>" * 50_000 + "<a id=a></a>x</p><sup><a role=doc-noteref href='#a'>1</a></sup>" * 20,
    ],
    ids=["calls", "notes", "around itself", "nested targets", "far behind"],
)
def test_monsters_come_to_an_end(html: str) -> None:
    body, _ = read(html)
    assert body
