"""Books and documents come back as the articles that are in them."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.errors import SourceError
from newsexport.events import Cause, Omitted, noticed
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.job import Job
from newsexport.model import (
    Article,
    Edition,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Section,
    Span,
    plain_blocks,
    runs,
)
from newsexport.pipeline import Arrangement, arrange, collect
from newsexport.protocols import Resource
from newsexport.sources.book import BookSource
from newsexport.sources.document import DocumentSource
from newsexport.text.quotation_marks import typographic

SEEDS = Path(__file__).parents[3] / "seeds"


@cache
def newspaper() -> tuple[list[Article], bytes]:
    """The sample articles, and the book of them."""
    edition = arrange(collect([str(SEEDS)], lambda _: None), Arrangement(date(2026, 11, 23)))
    with TemporaryDirectory() as folder:
        target = Path(folder) / "a.epub"
        EpubExporter().write(edition, target, Job())
        return list(typographic(edition).articles()), target.read_bytes()


@pytest.fixture
def paper() -> tuple[list[Article], bytes]:
    return newspaper()


def words(article: Article) -> list[str]:
    return " ".join(plain_blocks(article.body)).split()


def test_a_newspaper_of_ours_comes_back_as_it_was(paper: tuple[list[Article], bytes]) -> None:
    articles, data = paper
    resource = Resource("a.epub", data)
    assert BookSource().accepts(resource) == 1
    found = [item for item in BookSource().read(resource) if isinstance(item, Article)]
    assert [(one.title, one.section) for one in found] == [(one.title, one.section) for one in articles]
    for was, one in zip(articles, found, strict=True):
        missing = set(words(was)) - set(words(one))
        assert len(missing) <= 0.02 * len(words(was))
    assert sum(len(one.media) for one in found) == sum(len(one.media) for one in articles)


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None], *more: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            content = change(info.filename, old.read(info))
            if content is not None:
                new.writestr(info.filename, content)
        for name, content in more:
            new.writestr(name, content)
    return made.getvalue()


def test_a_protected_book_is_refused_and_one_with_odd_fonts_is_not(
    paper: tuple[list[Article], bytes],
) -> None:
    def rights(name: str) -> bytes:
        return f'<encryption><EncryptedData><CipherData><CipherReference URI="{name}"/></CipherData></EncryptedData></encryption>'.encode()

    for name, refused in (("EPUB/a0001.xhtml", True), ("EPUB/font.otf", False)):
        data = rewritten(paper[1], lambda _, content: content, ("META-INF/encryption.xml", rights(name)))
        if refused:
            with pytest.raises(SourceError, match="DRM"):
                list(BookSource().read(Resource("a.epub", data)))
        else:
            assert list(BookSource().read(Resource("a.epub", data)))


def test_a_book_without_contents_is_read_by_its_headings(paper: tuple[list[Article], bytes]) -> None:
    articles, whole = paper
    data = rewritten(
        whole, lambda name, content: None if name.endswith(("nav.xhtml", "toc.ncx")) else content
    )
    titles = [item.title for item in BookSource().read(Resource("a.epub", data)) if isinstance(item, Article)]
    assert {article.title for article in articles} <= set(titles)


def test_a_page_that_is_not_there_is_told_and_one_spelt_otherwise_is_read(
    paper: tuple[list[Article], bytes],
) -> None:
    articles, whole = paper
    without = rewritten(whole, lambda name, content: None if name == "EPUB/a0001.xhtml" else content)
    found = list(BookSource().read(Resource("a.epub", without)))
    assert [str(item) for item in found if isinstance(item, SourceError)] == [
        "a.epub: is an e-book in which EPUB/a0001.xhtml cannot be read"
    ]
    assert sum(isinstance(item, Article) for item in found) == len(articles) - 1
    page = zipfile.ZipFile(io.BytesIO(whole)).read("EPUB/a0001.xhtml")
    spelt = rewritten(without, lambda _, content: content, ("EPUB/A%30001.xhtml", page))
    assert len(list(BookSource().read(Resource("a.epub", spelt)))) == len(articles)


def test_pages_beside_the_order_of_reading_are_counted(paper: tuple[list[Article], bytes]) -> None:
    def beside(name: str, content: bytes) -> bytes:
        return (
            re.sub(rb"(<itemref [^>]*)(/>)", rb'\1 linear="no"\2', content, count=3)
            if name.endswith(".opf")
            else content
        )

    with noticed("a.epub") as told:
        list(BookSource().read(Resource("a.epub", rewritten(paper[1], beside))))
    assert Omitted("a.epub", "of books, beside the order of reading", "page", 3, Cause.FORMAT) in told


@pytest.mark.slow
@given(st.integers(0, 4_000), st.binary(min_size=1, max_size=30))
def test_damaged_books_are_books_or_one_plain_error(place: int, noise: bytes) -> None:
    _, data = newspaper()
    place = place * len(data) // 4_000
    try:
        list(BookSource().read(Resource("a.epub", data[:place] + noise + data[place + len(noise) :])))
    except SourceError as error:
        assert "\n" not in str(error)


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""
CORE = b"""<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:creator>Ada Fenn</dc:creator>
<dcterms:created>2026-11-23T08:00:00Z</dcterms:created></cp:coreProperties>"""


def document(*paragraphs: tuple[str, str], more: str = "") -> bytes:
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("Title", "heading 1", "Normal")
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("docProps/core.xml", CORE)
        archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>')
        archive.writestr(
            "word/document.xml", f'{more}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    return made.getvalue()


def test_a_document_is_an_article() -> None:
    data = document(
        ("Title", "Ferry sails again"),
        ("Normal", "The ferry sails."),
        ("heading1", "Fares"),
        ("Normal", "Four crowns."),
    )
    resource = Resource("ferry.docx", data)
    assert DocumentSource().accepts(resource) == 1
    assert BookSource().accepts(resource) == 0
    (article,) = DocumentSource().read(resource)
    assert isinstance(article, Article)
    assert (article.title, article.byline) == ("Ferry sails again", ("Ada Fenn",))
    assert article.published is not None
    assert list(plain_blocks(article.body)) == ["The ferry sails.", "Fares", "Four crowns."]


def test_fd_01_a_document_that_declares_entities_is_refused() -> None:
    with pytest.raises(SourceError, match="declares entities"):
        list(
            DocumentSource().read(
                Resource("a.docx", document(("Normal", "x"), more="<!DOCTYPE x [<!ENTITY a 'b'>]>"))
            )
        )


def test_an_empty_or_damaged_document_is_one_plain_error() -> None:
    with pytest.raises(SourceError, match="has no text"):
        list(DocumentSource().read(Resource("a.docx", document())))
    with pytest.raises(SourceError, match="damaged document"):
        list(DocumentSource().read(Resource("a.docx", document(("Normal", "x"))[:900])))


NOTED = """<section epub:type="chapter"><p>The toll is <ruby>霧<rt>kiri</rt></ruby> dear, said the harbour master
on the quay<a epub:type="noteref" role="doc-noteref" href="#n1" id="c1">1</a>.</p>
<aside epub:type="pullquote"><p>The toll is dear</p></aside>
<p lang="fr">Quatre couronnes.</p>
<aside epub:type="footnote" role="doc-footnote" id="n1"><p><a role="doc-backlink" href="#c1">1</a> From May.</p></aside>
</section></body>""".encode()


def test_notes_readings_and_pulled_quotations_of_a_book_come_back(
    paper: tuple[list[Article], bytes],
) -> None:
    data = rewritten(
        paper[1],
        lambda name, content: content.replace(b"</body>", NOTED) if name.endswith("a0001.xhtml") else content,
    )
    first = next(item for item in BookSource().read(Resource("a.epub", data)) if isinstance(item, Article))
    (note,) = first.notes
    assert list(plain_blocks(note.blocks)) == ["From May."]
    spans = [span for run in runs(first.body) for span in run]
    assert [span.note for span in spans if span.note] == [note.id]
    assert [(span.text, span.ruby) for span in spans if span.ruby] == [("霧", "kiri")]
    assert [span.text for span in spans if span.language == "fr"] == ["Quatre couronnes."]
    assert Quote((Paragraph((Span("The toll is dear"),)),), pulled=True) in first.body


ENDNOTES = b"""<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><section
epub:type="endnotes" role="doc-endnotes"><h1>Notes</h1><ol><li id="n1" epub:type="endnote"><p><a href="a0001.xhtml#c1">1</a>
From May, and for a year at least.</p><p>More of it.</p></li><li id="n2"><p>Never called by anybody, and long enough.</p></li>
</ol></section></body></html>"""


def test_notes_that_stand_in_a_page_of_their_own_are_those_of_the_article_that_calls_them(
    paper: tuple[list[Article], bytes],
) -> None:
    call = b'<p>The toll is dear<a epub:type="noteref" href="a0002.xhtml#n1" id="c1">1</a> and goes up.</p></body>'

    def noted(name: str, content: bytes) -> bytes:
        if name.endswith("a0002.xhtml"):
            return ENDNOTES
        return content.replace(b"</body>", call) if name.endswith("a0001.xhtml") else content

    read = BookSource().read(Resource("a.epub", rewritten(paper[1], noted)))
    first, *others = [item for item in read if isinstance(item, Article)]
    assert [list(plain_blocks(note.blocks)) for note in first.notes] == [
        ["From May, and for a year at least.", "More of it."]
    ]
    assert first.notes[0].id in {span.note for run in runs(first.body) for span in run}
    assert not any("From May" in text for other in others for text in plain_blocks(other.body))


def test_notes_readings_and_pulled_quotations_that_we_write_we_read(tmp_path: Path) -> None:
    body = (
        Paragraph((Span("The toll is dear and rises again in May"), Span("", note="a"), Span("."))),
        Quote((Paragraph((Span("dear and rises again"),)),), pulled=True),
        Paragraph(
            (Span("It is called "), Span("霧", language="ja", ruby="きり"), Span("", note="b"), Span("."))
        ),
    )
    notes = (Note("a", (Paragraph((Span("Of this year"), Span("", note="b"))),)), Note("b", (body[1],)))
    article = Article("Tolls", body, language="en", notes=notes)
    target = tmp_path / "a.epub"
    EpubExporter().write(Edition("News", date(2026, 11, 23), "en", (Section("", (article,)),)), target, Job())
    (found,) = BookSource().read(Resource("a.epub", target.read_bytes()))
    assert isinstance(found, Article)
    renamed = repr(found).replace("note='1'", "note='a'").replace("note='2'", "note='b'")
    assert all(repr(block) in renamed for block in body)
    assert [repr(note.blocks) for note in notes] == [
        repr(note.blocks).replace("note='2'", "note='b'") for note in found.notes
    ]


def test_marks_numbers_and_whom_a_quotation_is_from_that_we_write_we_read(tmp_path: Path) -> None:
    marked = tuple(Span(mark.value, frozenset({mark})) for mark in Mark if mark is not Mark.CODE)
    quoted = (Paragraph((Span("The toll is dear and rises again in May."),)),)
    body = (
        Paragraph((Span("It costs "), *marked, Span(" crowns to cross the river on a weekday."))),
        Quote(quoted, attribution=(Span("A. Mayor, "), Span("The Gazette", frozenset({Mark.EMPHASIS})))),
        Listing(
            tuple((Paragraph((Span(text),)),) for text in "cba"), ordered=True, start=3, numbers=(3, 2, 1)
        ),
    )
    edition = Edition(
        "News", date(2026, 11, 23), "en", (Section("", (Article("Tolls", body, language="en"),)),)
    )
    EpubExporter().write(edition, target := tmp_path / "a.epub", Job())
    (found,) = BookSource().read(Resource("a.epub", target.read_bytes()))
    assert isinstance(found, Article)
    assert found.body[-len(body) :] == body  # below the line on how long it takes to read


def test_what_is_struck_lowered_or_raised_in_a_document_is_marked() -> None:
    looks = (("w:strike", ""), ("w:vertAlign", ' w:val="subscript"'), ("w:vertAlign", ' w:val="superscript"'))
    runs_of = "".join(
        f"<w:r><w:rPr><{name}{value}/></w:rPr><w:t>{at}th</w:t></w:r>"
        for at, (name, value) in enumerate(looks)
    )
    text = f"It costs a crown.</w:t></w:r>{runs_of}<w:r><w:t>Or two."
    (article,) = DocumentSource().read(Resource("a.docx", document(("Title", "Tolls"), ("Normal", text))))
    assert isinstance(article, Article)
    assert [(span.text, set(span.marks)) for run in runs(article.body) for span in run if span.marks] == [
        ("0th", {Mark.STRUCK}),
        ("1th", {Mark.LOWERED}),
        ("2th", {Mark.RAISED}),
    ]


FOOTNOTES = f"""<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2"><w:p><w:r><w:t>From May.</w:t></w:r></w:p></w:footnote>
</w:footnotes>""".encode()
NOTES_TYPE = b"""<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>"""
NOTES_RELATION = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>"""


def test_footnotes_of_a_document_are_notes() -> None:
    call = b'</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'

    def noted(name: str, content: bytes) -> bytes:
        content = content.replace(b"</Types>", NOTES_TYPE) if name == "[Content_Types].xml" else content
        return (
            content.replace(b"sails.</w:t></w:r>", b"sails." + call)
            if name == "word/document.xml"
            else content
        )

    plain_one = document(("Title", "Ferry"), ("Normal", "The ferry sails."), ("Normal", "Four crowns."))
    data = rewritten(
        plain_one, noted, ("word/footnotes.xml", FOOTNOTES), ("word/_rels/document.xml.rels", NOTES_RELATION)
    )
    (article,) = DocumentSource().read(Resource("ferry.docx", data))
    assert isinstance(article, Article)
    assert list(plain_blocks(article.body)) == ["The ferry sails.", "Four crowns."]
    assert [list(plain_blocks(note.blocks)) for note in article.notes] == [["From May."]]


def test_a_document_is_read_with_its_tracked_changes_taken_and_what_they_delete_counted() -> None:
    changed = (
        'It costs</w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText> ten</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t> eight</w:t></w:r></w:ins><w:r><w:t> crowns.'
    )
    data = document(("Title", "Tolls"), ("Normal", changed))
    with noticed("a.docx") as told:
        (article,) = DocumentSource().read(Resource("a.docx", data))
    assert isinstance(article, Article)
    assert " ".join(words(article)) == "It costs eight crowns."
    reason = "struck out by a change that Word tracked"
    assert told == [Omitted("a.docx", reason, "passage", 1, Cause.FORMAT)]


def _m(name: str, *inside: str) -> str:
    return f"<m:{name}>{''.join(inside)}</m:{name}>"


def _t(text: str) -> str:
    return _m("r", _m("t", text))


HALF = _m("f", _m("num", _t("1")), _m("den", _t("2")))


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        (_t("q=") + HALF + _m("sSup", _m("e", _t("x")), _m("sup", _t("2"))), "q = 1/2x²"),
        (_m("f", '<m:fPr><m:type m:val="noBar"/></m:fPr>', _m("num", _t("n")), _m("den", _t("k"))), "n, k"),
        (_m("rad", _m("deg"), _m("e", _t("a+b"))) + _m("rad", _m("deg", _t("3")), _m("e", _t("c"))), "√(a + b)³√c"),
        (
            _m("nary", '<m:naryPr><m:chr m:val="∑"/></m:naryPr>', _m("sub", _t("i=1")), _m("sup", _t("n")), _m("e", _t("i"))),
            "∑ᵢ₌₁ⁿ i",
        ),
        (_m("func", _m("fName", _t("sin")), _m("e", _m("d", _m("e", _t("x")), _m("e", _t("y"))))), "sin(x|y)"),
        (_m("d", _m("e", _m("m", _m("mr", _m("e", _t("1")), _m("e", _t("0")))))), "(1, 0)"),
        (_m("acc", _m("e", _t("v"))) + _m("phant", _m("e", _t("x"))) + _t("<3.5".replace("<", "&lt;")), "v\u0302 < 3.5"),
        (_m("sPre", _m("sub", _t("6")), _m("sup", _t("14")), _m("e", _t("C"))), "₆¹⁴C"),
    ],
)  # fmt: skip
def test_formulas_of_a_document_are_read_where_they_stand(formula: str, read: str) -> None:
    maths = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    text = f"It is </w:t></w:r><m:oMath {maths}>{formula}</m:oMath><w:r><w:t>, says Ada."
    shown = f"Below.</w:t></w:r><m:oMathPara {maths}>{_m('oMath', _t('E=m'))}</m:oMathPara><w:r><w:t>"
    data = document(("Title", "Tolls"), ("Normal", text), ("Normal", shown))
    (article,) = DocumentSource().read(Resource("a.docx", data))
    assert isinstance(article, Article)
    assert list(plain_blocks(article.body)) == [f"It is {read}, says Ada.", "Below.E = m"]


def test_boxes_of_text_are_read_and_what_is_hidden_is_not() -> None:
    other = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    box = f"<wps:txbx {other}><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    text = f"Beside it.</w:t><mc:AlternateContent {other}><mc:Choice>{box}</mc:Choice></mc:AlternateContent><w:t>"
    hidden = "Seen.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Unseen.</w:t></w:r><w:r><w:rPr>"
    told = f'{hidden}<w:vanish w:val="0"/></w:rPr><w:t> Seen.'
    data = document(("Title", "Tolls"), ("Normal", text), ("Normal", told))
    with noticed("a.docx") as events:
        (article,) = DocumentSource().read(Resource("a.docx", data))
    assert isinstance(article, Article)
    assert sorted(plain_blocks(article.body)) == ["Beside it.", "In a box.", "Seen. Seen."]
    assert events == [Omitted("a.docx", "hidden by its author", "passage", 1, Cause.FORMAT)]
