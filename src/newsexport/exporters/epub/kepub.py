"""KEPUB: pages as Kobo's own renderer reads them, made of those of any EPUB.

Kobo opens a plain ``.epub`` with an older engine and a ``.kepub.epub`` with its own, which
turns pages faster and shows notes in place. Its highlights, bookmarks and reading
positions refer to marks that must stand in the page: two boxes around the body, and a
numbered span around each sentence and picture. The format has no specification; the rules
here are those that kepubify documents and found in books from Kobo's shop
(pgaskin/kepubify, kepub/transform.go), so that positions made on its pages hold on ours.

A page is never taken apart into a tree and written anew. Marks are put into its text, and
all else stays as it was to the byte, but for what would not mean the same to an HTML
parser: ``<p/>``, ``&nbsp;`` and CDATA are written as HTML and XML both understand them.

Departures from kepubify, each because the page would become invalid, or lose its meaning:

- a list of contents (``nav`` with an ``epub:type``) is left to the system that reads it;
- ``picture`` is wrapped whole, as its ``img`` cannot stand in anything else;
- ``time`` without ``datetime``, ``rp``, ``option`` and ``textarea`` hold text only: their
  segments are counted, so that those after them have kepubify's numbers, and not marked;
- an id that the page uses itself is passed over.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from xml.parsers import expat

from newsexport.errors import ExportError

STYLE = "div#book-inner { margin-top: 0; margin-bottom: 0; }"
BOXES = ("book-columns", "book-inner")

# Each begins a paragraph, if any text follows.
PARAGRAPHS = frozenset(("p", "ol", "ul", "table", "h1", "h2", "h3", "h4", "h5", "h6"))

# Nothing within these is marked.
FOREIGN = frozenset(("svg", "math"))
UNMARKED = FOREIGN | {"script", "style", "pre", "audio", "video", "picture"}
TEXT_ONLY = frozenset(("rp", "option", "textarea"))

# HTML, section 13.1.2: these have no end tag, and all others have one.
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track")
) | {"wbr"}

# What may stand before the root element. Here and below, of pages known to be well-formed.
PROLOGUE = re.compile(
    r"(?>(?:\s++|<\?.*?\?>|<!--.*?-->)*)"
    r"(?:<!DOCTYPE(?>(?:[^\[<>\"']++|\"[^\"]*+\"|'[^']*+')*)"
    r"(?P<subset>\[(?>(?:<!--.*?-->|<\?.*?\?>|[^\]\"']|\"[^\"]*+\"|'[^']*+')*)\])?\s*+>)?",
    re.DOTALL,
)
TOKEN = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>"
    r"|<(?P<end>/?)(?P<prefix>[^\s<>/:\"'!?]++:)?(?P<name>[^\s<>/:\"'!?]++)"
    r"(?>(?:[^<>\"']++|\"[^<\"]*+\"|'[^<']*+')*)>",
    re.DOTALL,
)

# The end of a sentence, as kepubify has it: no colon, no CJK stop, no other space than ASCII's.
STOP = re.compile("[.!?]['\"”’“…]?[ \t\n\f\r]+")

REFERENCE = re.compile(
    r"&(?:#x0*(?P<hex>[0-9a-fA-F]{1,6})|#0*(?P<decimal>[0-9]{1,7})|(?P<name>[^\s&;<>#]+));"
)
OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
KEPT = "\ufffe"  # stands for the & of a reference that is not ours to resolve; XML has no such character

CHARSET = re.compile(r"(charset\s*=\s*[\"']?)[\w.:-]+")
ENCODING = re.compile(r"(<\?xml[^>]*?\sencoding\s*=\s*[\"'])([A-Za-z][\w.-]*)")
NAMING = re.compile(r"\s(?:id|class)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
TYPED = re.compile(r"\sepub:type\s*=")
DATED = re.compile(r"\sdatetime\s*=")


def kepub_page(data: bytes) -> bytes:
    """The page with Kobo's marks, in UTF-8; a page that has such marks is returned as it is.

    Raises:
        ExportError: the page is not well-formed XML, or in an encoding nobody knows.
    """
    source = _decoded(data)
    try:
        expat.ParserCreate().Parse(source, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise ExportError(f"a page is not well-formed: {error}") from error
    prologue = PROLOGUE.match(source)
    start = prologue.end() if prologue else 0
    names = _names(source, start)
    if names & {"koboSpan", "kobostylehacks"} or names >= set(BOXES):
        return data
    own_entities = bool(prologue and prologue["subset"])
    page = _KoboPage(_Spans(names), own_entities=own_entities, boxed=names.isdisjoint(BOXES))
    opening = ENCODING.sub(r"\1utf-8", source[:start], count=1)
    return (opening + page.marked(source, start)).encode()


@dataclass(slots=True)
class _Spans:
    """Numbers the spans: paragraphs of the page, and segments of a paragraph, both from 1.

    Text before the first paragraph is in paragraph 0. `due` when a paragraph has begun
    that has no segment yet; one that never has any is not counted. `taken` are names that
    the page uses itself.
    """

    taken: set[str]
    prefix: str = ""
    paragraph: int = 0
    segment: int = 0
    due: bool = False

    def start(self) -> str:
        """The start tag of the next segment."""
        if self.due:
            self.paragraph, self.segment, self.due = self.paragraph + 1, 0, False
        self.segment += 1
        while (name := f"kobo.{self.paragraph}.{self.segment}") in self.taken:
            self.segment += 1
        return f'<{self.prefix}span class="koboSpan" id="{name}">'

    def end(self) -> str:
        return f"</{self.prefix}span>"

    def around(self, content: str) -> str:
        return self.start() + content + self.end()


@dataclass(slots=True)
class _KoboPage:
    """One reading of a page from its first tag to its last.

    `stack` are the open elements; `unmarked` is the depth of that within which nothing is
    marked, or 0, and `counted` whether its text is numbered all the same; `foreign` within
    SVG and MathML; `boxed` when Kobo's boxes are to be drawn; `held` is text that has been
    read and not yet written, as the next token may go on with it.
    """

    spans: _Spans
    own_entities: bool
    boxed: bool
    out: list[str] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    unmarked: int = 0
    counted: bool = False
    foreign: bool = False
    in_body: bool = False
    held: list[str] = field(default_factory=list)

    def marked(self, source: str, start: int) -> str:
        for token in TOKEN.finditer(source, start):
            self.held.append(source[start : token.start()])
            start = token.end()
            tag, name, prefix = token[0], token["name"], token["prefix"] or ""
            if name is None:
                self._aside(tag)
                continue
            self._flush()
            if "&" in tag:
                tag = REFERENCE.sub(self._numbered, tag)
            if token["end"]:
                self._close(tag, prefix, name)
            else:
                self._open(tag, prefix, name)
        self._flush()
        return "".join(self.out) + source[start:]

    @property
    def _marking(self) -> bool:
        return self.in_body and not self.unmarked

    def _aside(self, token: str) -> None:
        """A comment or an instruction; or CDATA, which is text like any other."""
        if self._marking and token.startswith("<![CDATA["):
            self.held.append(html.escape(token[9:-3], quote=False))
            return
        self._flush()
        self.out.append(token)

    def _flush(self) -> None:
        text = "".join(self.held)
        self.held.clear()
        if not text:
            return
        if self._marking:
            self.out.extend(self._segments(text))
            return
        if self.counted:
            list(self._segments(text))
        self.out.append(REFERENCE.sub(self._numbered, text) if "&" in text else text)

    def _segments(self, text: str) -> Iterator[str]:
        """The text in segments. Space alone is one only where it may part two words of a paragraph."""
        if "&" in text:
            text = REFERENCE.sub(self._resolved, text)
        in_paragraph = self.stack[-1] == "p"
        for sentence in sentences(text):
            written = _escaped(sentence)
            yield self.spans.around(written) if in_paragraph or not sentence.isspace() else written

    def _open(self, tag: str, prefix: str, name: str) -> None:
        if not self.stack:
            self.spans.prefix = prefix
        if prefix == self.spans.prefix and name in VOID and not self.foreign:
            self._void(tag, name)
        elif tag.endswith("/>") and not self.foreign:
            self._open(tag[:-2].rstrip() + ">", prefix, name)
            self._close(f"</{prefix}{name}>", prefix, name)
        else:
            self._enter(tag, name)

    def _void(self, tag: str, name: str) -> None:
        tag = tag if tag.endswith("/>") else tag[:-1] + "/>"
        if name == "img" and self._marking:
            self.spans.due = True
            tag = self.spans.around(tag)
        elif name == "meta" and not self.in_body:
            tag = CHARSET.sub(r"\1utf-8", tag)
        self.out.append(tag)

    def _enter(self, tag: str, name: str) -> None:
        if self._marking:
            if name == "picture":
                self.spans.due = True
                self.out.append(self.spans.start())
            elif name in PARAGRAPHS:
                self.spans.due = True
        self.out.append(tag)
        if tag.endswith("/>"):
            return
        self.stack.append(name)
        if name == "body" and not self.in_body:
            self.in_body = True
            self._box("".join(f'<{self.spans.prefix}div id="{box}">' for box in BOXES))
        if not self.unmarked and (name in UNMARKED or _text_only(tag, name) or _contents(tag, name)):
            self.unmarked = len(self.stack)
            self.foreign = name in FOREIGN
            self.counted = self.in_body and _text_only(tag, name)

    def _close(self, tag: str, prefix: str, name: str) -> None:
        if prefix == self.spans.prefix and name in VOID and not self.foreign:
            return
        if name == "head" and len(self.stack) == 2:
            self.out.append(f'<{prefix}style type="text/css" class="kobostylehacks">{STYLE}</{prefix}style>')
        elif name == "body" and len(self.stack) == 2:
            self.in_body = False
            self._box(f"</{prefix}div>" * len(BOXES))
        self.out.append(tag)
        if self.unmarked and self.unmarked == len(self.stack):
            self.unmarked, self.foreign, self.counted = 0, False, False
            if name == "picture" and self.in_body:
                self.out.append(self.spans.end())
        if self.stack:
            self.stack.pop()

    def _box(self, tags: str) -> None:
        if self.boxed:
            self.out.append(tags)

    def _numbered(self, reference: re.Match[str]) -> str:
        """A reference by name that only HTML knows, as one by number."""
        name = reference["name"]
        meant = None if not name or self.own_entities or name in OF_XML else html5.get(f"{name};")
        return "".join(f"&#{ord(character)};" for character in meant) if meant else reference[0]

    def _resolved(self, reference: re.Match[str]) -> str:
        """The characters of a reference, if it is certain which they are."""
        name = reference["name"]
        if not name:
            return chr(int(reference["hex"], 16) if reference["hex"] else int(reference["decimal"]))
        meant = None if self.own_entities and name not in OF_XML else html5.get(f"{name};")
        return meant or KEPT + reference[0][1:]


def sentences(text: str) -> Iterator[str]:
    """The text cut behind the space that follows a sentence; the pieces joined are the text."""
    start = 0
    for stop in STOP.finditer(text):
        if stop.end() < len(text):
            yield text[start : stop.end()]
            start = stop.end()
    yield text[start:]


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\xa0", "&#160;").replace("\r", "&#13;").replace(KEPT, "&")


def _text_only(tag: str, name: str) -> bool:
    """Whether no element may stand in this one (HTML, sections 4.5.14, 4.5.12 and 4.10)."""
    return name in TEXT_ONLY or (name == "time" and not DATED.search(tag))


def _contents(tag: str, name: str) -> bool:
    """Whether this is a list of contents, pages or landmarks (EPUB 3.3, section 7.4)."""
    return name == "nav" and TYPED.search(tag) is not None


def _names(source: str, start: int) -> set[str]:
    """The ids and classes of the page that could be mistaken for Kobo's; mostly none."""
    if "kobo" not in source and "book-" not in source:
        return set()
    return {
        name
        for token in TOKEN.finditer(source, start)
        if token["name"] and ("kobo" in token[0] or "book-" in token[0])
        for values in NAMING.findall(token[0])
        for name in "".join(values).split()
    }


def _decoded(data: bytes) -> str:
    """The text of the page, its line ends as XML has them (XML 1.0, sections 2.11 and 4.3.3)."""
    declared = ENCODING.match(data[:200].decode("ascii", "replace"))
    encoding = declared[2] if declared else "utf-8"
    if data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = data.decode(encoding)
    except (LookupError, ValueError) as error:
        raise ExportError(f"a page is not in the encoding it names: {error}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
