"""Pages with nothing but an article, as archives, converters and people write them: no furniture around it.

Where all that a page shows is headings, paragraphs, lists, figures, quotations and tables, none of which is
named or worded as furniture is, there is nothing to judge: its body is the article. That is told by how the
page is made, whoever made it.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from newsexport.extraction.evidence import is_worded, kinds_named
from newsexport.extraction.measuring import ENDINGS, HEADINGS, inner_text, is_unlikely, names, words_of_name
from newsexport.extraction.site_names import folded
from newsexport.markup.parsing import Element
from newsexport.markup.preparing import HIDDEN, is_layout
from newsexport.text.counting import extent

# What has lines in it and no text of its own; what is a line; what may stand among lines and in them.
HOLDERS = frozenset(("body", "main", "article", "section", "div", "ul", "ol", "dl", "blockquote", "figure"))
LINES = frozenset(("p", "li", "dt", "dd", "figcaption", "pre", "table", *HEADINGS))
AMONG = HOLDERS | LINES | frozenset(("img", "hr", "br"))
INSIDE = frozenset((
    "a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "u", "var",
    "caption", "col", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th",
))  # fmt: skip
UNSHOWN = frozenset(("script", "style", etree.Comment, etree.ProcessingInstruction))
KNOWN = AMONG | INSIDE
# Attributes that do not tell what an element is for. Names may.
SHOWING = frozenset((
    "href", "src", "alt", "title", "width", "height", "lang", "xml:lang", "dir", "start", "type", "value",
    "colspan", "rowspan", "align", "valign", "cite", "class", "id", "style", "role",
))  # fmt: skip
# What notes say that they are, which are taken out of a page before it is read.
NOTED = ("doc-noteref", "doc-backlink", "doc-endnotes", "doc-endnote", "doc-footnote")
# What an article and its parts are called.
OWN_NAMES = frozenset(("article", "body", "title", "caption"))
# Paragraphs in these are parts of the page by themselves.
SECTIONS = frozenset(("body", "main", "article", "section", "div"))
LISTS = frozenset(("ul", "ol", "dl", "table", "blockquote", "pre"))
# Parts of tables, whose headers are none of a page.
ROWS = frozenset(("thead", "tbody", "tfoot", "tr", "colgroup", "col"))
# What calls a note behind a sentence.
MARKS = "0123456789*†‡[]"
# Letters of a paragraph, and how many of those there are at least.
PROSE, PARAGRAPHS = 60, 2


def is_bare(root: Element) -> bool:
    """Whether a page, as it came, holds nothing but an article, so that nobody need be asked where that is.

    Every paragraph is whole sentences or announces a list, nothing has a name that tells of anything else, no
    line is a link or speaks as furniture does, and there is one headline at most.
    """
    body = root.find("body")
    if body is None or sum(1 for _ in body.iter("h1")) > 1:
        return False
    prose = 0
    for element in body.iter():
        tag = element.tag
        if tag in UNSHOWN:
            continue
        text = inner_text(element) if tag in LINES else ""
        if tag not in KNOWN or not _is_plain(element, text):
            return False
        if tag in LINES and text:
            if not _is_line(element, text):
                return False
            prose += tag == "p" and extent(text) >= PROSE
        elif not _is_around(element):
            return False
    return prose >= PARAGRAPHS


def whole_body(root: Element) -> Element:
    """All that a page shows, as an element by itself."""
    body = root.find("body")
    article = deepcopy(root if body is None else body)
    article.tag = "div"
    return article


def _is_plain(element: Element, text: str) -> bool:
    """Whether nothing that is said of an element tells that it is no part of an article."""
    said = element.keys()
    if not said:
        return True
    if not SHOWING.issuperset(said):
        return False
    if element.get("role", NOTED[0]) not in NOTED or HIDDEN.search(element.get("style", "")):
        return False
    if element.tag in ROWS:
        return True
    anchor = element.tag in HEADINGS and folded(element.get("id") or "") == folded(text)
    named = element.get("class") or "" if anchor else names(element)  # words of its own lead there
    return kinds_named(words_of_name(named)) <= OWN_NAMES and (anchor or not is_unlikely(element))


def _is_around(element: Element) -> bool:
    """Whether an element shows nothing but what is judged by itself."""
    if element.tag == "a":
        return next(element.iter("img"), None) is None  # else it may be a sign that leads elsewhere
    if element.tag not in HOLDERS:
        return True
    loose = (element.text, *(child.tail for child in element))
    return not any(text and not text.isspace() for text in loose) and all(
        child.tag in AMONG or child.tag in UNSHOWN for child in element
    )


def _is_line(element: Element, text: str) -> bool:
    """Whether a line may be one of an article: none of links, or of words, that stand around articles."""
    called = next(element.iter("sup"), None) is not None
    tag, ends = element.tag, (text.rstrip(MARKS) if called else text).endswith(ENDINGS)
    if tag == "h1":  # there is only one
        return True
    if tag == "table" and is_layout(element):
        return False
    if tag == "p" and element.getparent().tag in SECTIONS and not (ends or _announces(element, text)):
        return False
    linked = sum(len(inner_text(link)) for link in element.iter("a"))
    return 2 * linked < len(text) and not is_worded(text, prose=ends and extent(text) >= PROSE)


def _announces(paragraph: Element, text: str) -> bool:
    following = paragraph.getnext()
    return text.endswith((":", "：")) and following is not None and bool(following.tag in LISTS)
