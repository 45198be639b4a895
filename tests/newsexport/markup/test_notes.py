"""Footnotes: found however pages write them, taken out of the text, and nothing lost on the way."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.extraction.oldhaven_pages import FERRY
from tests.newsexport.markup.note_habits import BESIDE, LINKED, PRINTED

from newsexport.markup import blocks_and_notes, lifted, parse, prepared
from newsexport.model import Article, Block, Note, called_notes, plain_blocks, runs
from newsexport.protocols import Resource
from newsexport.sources.page import PageSource


def read(html: str, base: str = "https://a.example/news/") -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    return blocks_and_notes(prepared(parse(f"<html><body>{html}</body></html>"), base), base)


def shown(blocks: Iterable[Block]) -> list[str]:
    """The runs of text, a call as the id of its note in braces."""
    return ["".join(f"{{{span.note}}}" if span.note else span.text for span in run) for run in runs(blocks)]


def told(html: str) -> tuple[list[str], dict[str, list[str]]]:
    body, notes = read(html)
    return shown(body), {note.id: shown(note.blocks) for note in notes}


ALL = {**LINKED, **BESIDE, **{f"{name}, printed": html for name, html in PRINTED.items()}}


@pytest.mark.parametrize("html", ALL.values(), ids=ALL)
def test_a_note_is_a_note_however_it_is_written(html: str) -> None:
    assert told(html) == (["Salt{1} is dear."], {"1": ["Four crowns."]})


@pytest.mark.parametrize("html", ALL.values(), ids=ALL)
def test_a_note_of_a_page_survives_the_search_for_the_article(html: str) -> None:
    page = FERRY.replace("<h2>What it costs</h2>", f"{html}<h2>What it costs</h2>")
    (article,) = PageSource().read(Resource("p.html", page.encode(), address="https://a.example/news/"))
    assert isinstance(article, Article)
    assert "Salt{1} is dear." in shown(article.body)
    assert {note.id: shown(note.blocks) for note in article.notes} == {"1": ["Four crowns."]}
    assert "crowns." not in "".join(text for text in shown(article.body) if text.startswith("Four"))


def test_a_note_called_several_times_is_one_and_several_calls_stand_side_by_side() -> None:
    html = """<p>One<sup><a href="#a">1</a>,<a href="#b">2</a></sup> two<sup><a href="#a">1</a></sup>.</p>
    <ol><li id="b">B</li><li id="a">A</li></ol>"""
    assert told(html) == (["One{1}{2} two{1}."], {"1": ["A"], "2": ["B"]})


def test_a_call_may_stand_alone_at_either_end_and_behind_a_break() -> None:
    call = "<sup><a href='#a'>1</a></sup>"
    html = f"<p>{call}</p><p> {call} One<br> {call} <b>two </b>{call} </p><p id=a>A</p>"
    assert told(html)[0] == ["{1}", "{1}One\n{1}two{1}"]


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


def test_a_note_is_as_many_paragraphs_as_are_written() -> None:
    two = """<p>One<a href="#_ftn1" name="_ftnref1">[1]</a> two<a href="#_ftn2" name="_ftnref2">[2]</a></p>
    <p><a href="#_ftnref1" name="_ftn1">[1]</a> A</p><p>AA</p><ul><li>AAA</ul><p><a href="#_ftnref2" name="_ftn2">[2]</a> B</p><p>C</p>"""
    assert told(two) == (["One{1} two{2}", "C"], {"1": ["A", "AA", "AAA"], "2": ["B"]})
    back = """<p>One<sup><a href="#a" id="r">1</a></sup></p><p id="a">A</p><p>AA <a href="#r">back</a></p><p>B</p>"""
    assert told(back) == (["One{1}", "B"], {"1": ["A", "AA"]})
    listed = """<p>One<sup><a href="#a">1</a></sup></p><div class="footnotes"><p id="a">A</p><p>AA</p></div><p>B</p>"""
    assert told(listed) == (["One{1}", "B"], {"1": ["A", "AA"]})


def test_text_between_notes_that_stand_behind_their_paragraphs_is_no_part_of_them() -> None:
    html = """<p>One<a href="#fn1">[1]</a></p><p id="fn1">[1] A</p><p>Two<a href="#fn2">[2]</a></p><p>Three</p><p id="fn2">[2] B</p>"""
    assert told(html) == (["One{1}", "Two{2}", "Three"], {"1": ["A"], "2": ["B"]})


def test_notes_may_be_lines_of_one_paragraph() -> None:
    html = """<p>One [<a href="#f1n">1</a>], two [<a href="#f2n">2</a>].</p><p>Notes<br>[<a name="f1n">1</a>] A, of
    course.<br>[<a name="f2n">2</a>] B<br>and more</p>"""
    assert told(html) == (["One{1}, two{2}."], {"1": ["A, of course."], "2": ["B\nand more"]})


@pytest.mark.parametrize("between", ["<br>", "\n", "</p><p>", "<hr>"])
def test_notes_that_are_raised_as_a_whole_are_apart_whatever_is_between(between: str) -> None:
    html = """<p>One<sup><a href="#fn1" id="r1">1</a></sup> two<sup><a href="#fn2" id="r2">2</a></sup></p><hr><p><sup id="fn1">1. A note
    <a href="#r1">↩</a></sup>BETWEEN<sup id="fn2">2. Another <a href="#r2">↩</a></sup></p>"""
    assert told(html.replace("BETWEEN", between)) == (["One{1} two{2}"], {"1": ["A note"], "2": ["Another"]})


def test_several_notes_beside_the_text_keep_their_order_and_their_paragraphs() -> None:
    html = """<p>One<label for=a class="margin-toggle sidenote-number"></label><input type=checkbox id=a class="margin-toggle"
    ><span class="sidenote">A is long enough</span>, two<label for=b class="margin-toggle sidenote-number"></label><input
    type=checkbox id=b class="margin-toggle"><span class="sidenote">B is <i>long</i> enough</span>.</p><p>Three.</p>"""
    assert told(html) == (
        ["One{1}, two{2}.", "Three."],
        {"1": ["A is long enough"], "2": ["B is long enough"]},
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>One<sup class='tooltip' title='See note 1'>1</sup> two.</p>",
        "<p>See <a href='#s1'>1</a> there.</p><div id='s1'><p>One long section.</p></div>",
        "<p>One <button data-bs-target='#c' aria-controls='c'>Comments here</button> two.</p><div id='c'><p>Loud words.</p></div>",
        "<div><button data-bs-target='#c'>1</button><button data-bs-target='#c'>2</button></div><div id='c'><p>Two pictures.</p></div>",
        "<aside class='sidenote'><p>A remark of its own.</p></aside><p>Text.</p>",
        "<p>An area of 5 m<sup>2</sup> is small.</p><h2>Notes</h2><ol><li>Bring shoes</li><li>Bring a hat</li></ol>",
        "<p>Prices* and more* of them.</p><p>* Not all of them.</p>",
        "<p>He said f*** it.</p><p>* * *</p><p>Later.</p>",
        "<p>One thing[1].</p><p>[1] A</p><p>[2] B</p><p>[1] again</p>",
        "<p>Eggs and [2] ham [1].</p><p>[1] Not in order.</p><p>[2] At all.</p>",
        "<pre>a[1] = 2</pre><p>[1] A subscript.</p>",
    ],
    ids=["an invitation", "a section", "a button for more", "a gallery", "a remark", "a square", "two stars", "a row of stars",
         "numbers that go on", "another order", "code"],
)  # fmt: skip
def test_what_only_resembles_a_note_is_none(html: str) -> None:
    _, notes = told(html)
    assert notes == {}


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


@given(
    st.lists(
        st.sampled_from([piece for html in ALL.values() for piece in re.findall("<[^>]*>|[^<]+", html)]),
        max_size=25,
    )
)
def test_pieces_of_all_habits_in_any_order_are_read(pieces: list[str]) -> None:
    body, notes = read("".join(pieces))
    everything = (*body, *(block for note in notes for block in note.blocks))
    assert {span.note for run in runs(everything) for span in run if span.note} == {note.id for note in notes}


def test_links_within_links_back_are_taken_out_with_them() -> None:
    html = """<p>One<sup><a href="#a" id="r">1</a></sup></p><ol><li id="a"><span>^ <a href="#r"><b>a</b></a></span> A</li></ol>"""
    root = prepared(parse(html))
    (back,) = root.xpath("//li//a")
    back.append(back.makeelement("a", href="#r"))  # as a parser leaves it where an end is missing
    assert shown(blocks_and_notes(root)[1][0].blocks) == ["A"]


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
        "<p>x" + "<span class=sidenote>A remark</span>" * 30_000,
        "<p>x" + "<span class=sidenote>" * 200 + "A remark" + "</span>" * 200,
        "<p>x" + "<sup data-footnote='A remark'>1</sup>" * 30_000,
        "<p>x" + "<button aria-controls=a>1</button>" * 30_000 + "<div hidden id=a>A remark</div>",
        "<p>x"
        + "".join(f"<a href='#fn{n}'>[{n}]</a>, x" for n in range(9000))
        + "</p><p>"
        + "".join(f"[<a name=fn{n}>{n}</a>] A<br>" for n in range(9000)),
        "".join(f"<p>x[{n}]</p>" for n in range(1, 900)) + "".join(f"<p>[{n}] A</p>" for n in range(1, 900)),
        "<p>x* " + "*" * 100_000 + "<p>" + "* " * 50_000,
        "<p>x<sup><a href=#a>1</a></sup><p id=a>A" + "<p>B" * 50_000,
    ],
    ids=[
        "calls",
        "notes",
        "around itself",
        "nested targets",
        "far behind",
        "beside",
        "beside in beside",
        "attributes",
        "buttons",
        "lines",
        "printed",
        "stars",
        "paragraphs",
    ],
)
def test_monsters_come_to_an_end(html: str) -> None:
    body, _ = read(html)
    assert body
