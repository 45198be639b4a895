"""Bytes or text to a tree of HTML, within limits."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias, cast

import webencodings
from lxml import etree
from lxml.html import HtmlComment, HtmlElement, document_fromstring, fragment_fromstring

from newsexport.errors import NewsExportError
from newsexport.text.plaintext import LOWERED, RAISED, storable, stored
from newsexport.text.strays import mostly_utf8, telling

Element: TypeAlias = Any
"""An `lxml.html.HtmlElement`; its stubs know less of it than we use."""

LARGEST = 5_000_000

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\s[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE
)
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)

# One character in UTF-8, each octet of which has become a character; the controls tell that it was none.
TWICE = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
SURELY_TWICE = re.compile(b"\xc3[\xa2-\xb4]\xc2[\x80-\x9f]\xc2[\x80-\xbf]")

# A document that says so in itself is at least a superset of ASCII, whatever it says (WHATWG
# HTML, 13.2.3.2); and in these two any text can hide.
MISLEADING = frozenset({"utf-16le", "utf-16be", "x-user-defined"})

PROLOGUE = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>\s*)?", re.IGNORECASE
)
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
OPENED, CLOSED = re.compile(r"<([A-Za-z][\w:-]*)([^<>]*)>"), re.compile(r"</([A-Za-z][\w:-]*)")
# Elements that need no end.
ALONE = frozenset(("br", "wbr", "hr", "img", "p", "li", "input"))


class MarkupError(NewsExportError):
    """What was given is no HTML that can be read; the message is the reason."""


def parse(source: str | bytes, media_type: str = "") -> HtmlElement:
    """The tree of a whole document; its root is ``html``. What is nested over 256 deep is cut off.

    The encoding is told by a byte order mark, else by the server's `media_type`, else by
    the document, else by the bytes.

    Raises:
        MarkupError: it is larger than 5 MB without the pictures that are written into it, or there is
            no element in it.
    """
    inlined: list[str] = []
    source = without_inlined(source, inlined)
    if len(source) > LARGEST:
        raise MarkupError(f"is larger than {LARGEST // 1_000_000} MB of HTML")
    markup = source if isinstance(source, str) else decoded(source, media_type)
    markup = PROLOGUE.sub("", markup, count=1)
    try:
        tree = document_fromstring(stored(markup), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise MarkupError("holds no HTML") from error
    if inlined:
        _put_back(tree, inlined)
    return tree


def _parser() -> etree.HTMLParser:
    """A parser whose elements are all of one class: lxml's own asks Python for each, whenever it is met."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment))
    return parser


# What is written into a page: browsers' add-ons save whole pages in one file, pictures, fonts and all.
LONG = r"data:[\w.+/-]{0,100}(?:;[\w=.-]{1,40}){0,4},[\w+/=%.~-]{2000,}"
INLINED, INLINED_BYTES = re.compile(LONG, re.ASCII), re.compile(LONG.encode())
STAND_IN = re.compile(r"data:,inlined-(\d{1,9})\b")
# What is shown twice SingleFile writes into the style sheet, and a drawing of its size where it is shown.
SHARED = re.compile(r"(--sf-img-\d{1,6})\s*:\s*url\([\"']?(data:[^\"')]{1,2000})")
SHARED_USE = re.compile(r"background-image\s*:\s*var\((--sf-img-\d{1,6})\)")
PICTURED = ("img", "source", "image", "amp-img", "video")


def without_inlined(source: str | bytes, inlined: list[str]) -> str | bytes:
    """The page with short names for what is written into it as long ``data:`` addresses, which are listed."""

    def stand_in(address: str) -> str:
        inlined.append(address)
        return f"data:,inlined-{len(inlined) - 1}"

    if isinstance(source, str):
        return INLINED.sub(lambda found: stand_in(found[0]), source)
    return INLINED_BYTES.sub(lambda found: stand_in(found[0].decode("ascii")).encode(), source)


def _put_back(tree: HtmlElement, inlined: list[str]) -> None:
    """Pictures have their addresses again; fonts, styles and what is linked go without."""

    def address(found: re.Match[str]) -> str:
        number = int(found[1])
        return inlined[number] if number < len(inlined) else found[0]

    sheets = "\n".join(sheet.text or "" for sheet in tree.iter("style"))
    shared = dict(SHARED.findall(sheets)) if "--sf-img-" in sheets else {}
    for element in tree.iter(*PICTURED):
        use = SHARED_USE.search(element.get("style") or "") if shared else None
        if use and use[1] in shared:
            element.set("src", shared[use[1]])
        for name, value in element.attrib.items():
            if name != "style" and "data:,inlined-" in value:
                element.set(name, STAND_IN.sub(address, value))


def finder(path: str) -> Callable[[Element], list[Element]]:
    """What finds the elements on a path (XPath) in a tree, in their order, and fast."""
    return cast("Callable[[Element], list[Element]]", etree.XPath(path))


_text_of = partial(etree.tostring, method="text", encoding="unicode", with_tail=False)


def text_in(element: Element) -> str:
    """All text in the element, as it stands there; no comments.

    This takes a fifth of the time that `itertext` takes, which makes an object of every element.
    """
    return str(_text_of(element)) if len(element) else element.text or ""


def decoded(source: bytes, media_type: str = "") -> str:
    """The text of a document, in the order of authority that browsers have."""
    for mark, name in BOMS:
        if source.startswith(mark):
            return source[len(mark) :].decode(name, "replace")
    if (text := _as_utf8(source)) is not None:
        return TWICE.sub(_decoded_again, text) if SURELY_TWICE.search(source) else text
    named = CHARSET.search(media_type)
    inside = DECLARED.search(source[:8192])
    for label in (named[1] if named else "", inside[1].decode("ascii") if inside else ""):
        encoding = webencodings.lookup(label)
        if encoding is not None and encoding.name == "utf-8":
            if source.isascii():
                return source.decode()
            break  # which not all of it is
        if encoding is not None and encoding.name not in MISLEADING:
            return str(encoding.codec_info.decode(source, "replace")[0])
    return mostly_utf8(source) or _guessed(source)


def _decoded_again(found: re.Match[str]) -> str:
    """What was coded as UTF-8 twice: ``Ã©``, and controls that no text has."""
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _as_utf8(source: bytes) -> str | None:
    """The text, if it is UTF-8 beyond doubt.

    Pages that were saved or passed on are often transcoded and still name the encoding they
    came in; hardly any text of another encoding is valid UTF-8 by chance.
    """
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if len(text) < len(source) or not DECLARED.search(source[:8192]) else None


def _guessed(source: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few documents do not say

    best = from_bytes(telling(source)).best()
    return source.decode(best.encoding if best else "cp1252", "replace")


def text(fragment: str) -> str:
    """The plain text of a fragment of HTML, or of a text with entities, on one line.

    What was escaped twice, as titles in feeds are, is read once more. A tag of which only the beginning is
    there is a word: ``How to <shut> a lock``, ``What <main> is for``.
    """
    for _ in range(2):
        if "<" in fragment:
            fragment = _with_words(fragment)
        if "<" in fragment and TAG.search(fragment):
            fragment = _without_tags(fragment)
        if "&" not in fragment:
            break
        fragment = html.unescape(fragment)
    return " ".join(storable(fragment).split())


def _with_words(fragment: str) -> str:
    """The fragment with those tags escaped that are words."""
    closed = {name.lower() for name in CLOSED.findall(fragment)} | ALONE

    def told(tag: re.Match[str]) -> str:
        return tag[0] if tag[1].lower() in closed or tag[2].strip(" /") else html.escape(tag[0])

    return OPENED.sub(told, fragment)


def _without_tags(fragment: str) -> str:
    try:
        root = fragment_fromstring(fragment[:100_000], create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return TAG.sub(" ", fragment)
    etree.strip_elements(root, "script", "style", etree.Comment, with_tail=False)
    etree.strip_elements(root, "del", "s", "strike", with_tail=False)  # what no longer holds
    for tag, characters in (("sub", LOWERED), ("sup", RAISED)):
        for level in root.iter(tag):
            if all(ord(letter) in characters for letter in level.text_content()):
                level.text = level.text_content().translate(characters)
                del level[:]
    for line in root.iter("br", "p", "div", "li"):
        line.tail = f" {line.tail or ''}"
    return str(root.text_content())
