"""Markdown (CommonMark with tables and footnotes), with the same front matter and bylines as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

from newsexport.model import (
    Alignment,
    Article,
    Block,
    Code,
    Figure,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    plain,
    with_notes,
)
from newsexport.protocols import Resource
from newsexport.sources import front_matter
from newsexport.sources.bylines import fields_lifted
from newsexport.sources.decoding import decode
from newsexport.sources.layout import linked
from newsexport.sources.markdown_dialects import taught
from newsexport.sources.markdown_tree import Node, tree
from newsexport.sources.text import titled
from newsexport.text.attribution import attributed
from newsexport.text.plaintext import holding

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# As the parser writes what colons in the line below the head say.
ALIGNED = {f"text-align:{each}": each for each in Alignment}

SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mdown"})
LOOK = attrgetter("marks", "href", "note")
MARKS = {"em": Mark.EMPHASIS, "mark": Mark.EMPHASIS, "strong": Mark.STRONG, "s": Mark.STRUCK}
# What Markdown has no signs for is written in HTML.
WRITTEN = {
    "del": Mark.STRUCK, "s": Mark.STRUCK, "strike": Mark.STRUCK, "ins": Mark.INSERTED, "u": Mark.INSERTED,
    "sub": Mark.LOWERED, "sup": Mark.RAISED, "b": Mark.STRONG, "strong": Mark.STRONG, "i": Mark.EMPHASIS,
    "em": Mark.EMPHASIS, "mark": Mark.EMPHASIS, "code": Mark.CODE, "kbd": Mark.CODE, "samp": Mark.CODE,
}  # fmt: skip
MARKING = re.compile(rf"<(?P<closing>/?)(?P<tag>{'|'.join(WRITTEN)})\b[^<>]*>", re.IGNORECASE)
LINKING = re.compile(r"(?i)<(?:a\s[^<>]*?\bhref\s*=\s*[\"']?(?P<href>[^\"'<>\s]+)[^<>]*|(?P<closing>/a)\s*)>")
PICTURING = re.compile(r"(?i)<img\s[^<>]*?\bsrc\s*=\s*[\"']?(?P<src>[^\"'<>\s]+)[^<>]*>")
DESCRIBED = re.compile(r"(?i)\balt\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
# What is more than text in HTML.
BUILT = re.compile(
    r"(?i)<(?:img|table|figure|ul|ol|dl|blockquote|pre|h[1-6]|a\s|picture|video|audio|iframe)\b"
)
FOLLOWED = ("http://", "https://", "mailto:")
LONGEST_HEADLINE = 150

KIND = re.compile(r"\[!(?P<kind>[A-Za-z]{3,20})\][+-]?(?P<title>.*)", re.DOTALL)
DASHED = re.compile(r"[—―–]|--")
TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
HIDDEN = tuple(
    (re.compile(opening, re.IGNORECASE), re.compile(closing, re.IGNORECASE))
    for opening, closing in (("<!--", "-->"), ("<script", "</script[^<>]*>"), ("<style", "</style[^<>]*>"))
)


@dataclass(frozen=True, slots=True)
class MarkdownSource:
    """One article from each Markdown file. `docs/articles.md` tells what is understood."""

    parallel: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By suffix, or by what the server said; without either, by a first line that only Markdown has."""
        if resource.media_type.lower().startswith("text/markdown"):
            return 0.9
        if resource.suffix in SUFFIXES:
            return 0.9
        return 0.4 if not resource.suffix and resource.data.startswith(b"# ") else 0

    def read(self, resource: Resource) -> Iterator[Article]:
        """The article. Raises `SourceError` when there is no text in it."""
        about, text = front_matter.split(decode(resource), resource.reference)
        blocks, notes = _parsed(text)
        title, body = _headline(blocks, about.text("title"))
        article = about.complete(Article(title, _levelled(body), reference=resource.reference, notes=notes))
        article = fields_lifted(article)
        body, notes = with_notes(tuple(article.body), article.notes)  # the headline may have called one
        yield titled(replace(article, body=body, notes=notes), about)


def _parsed(text: str) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The blocks, and the notes that they call; a note that nothing calls stays where it was written."""
    written: dict[str, Any] = {}
    tokens = _parser().parse(text, written)
    if "footnotes" not in written:
        return tuple(_blocks(tree(tokens))), ()
    numbers: dict[str, int] = written["footnotes"].get("refs", {})
    for token in tokens:
        if token.type == "footnote_reference_open":  # of two by one name, the first is called
            token.meta["id"] = numbers.pop(f":{token.meta['label']}", -1)
    root = tree(tokens)
    notes = {
        node.meta["id"]: tuple(_blocks(node))
        for node in root.walk()
        if node.type == "footnote_reference" and node.meta["id"] >= 0
    }
    for number, note in written["footnotes"].get("list", {}).items():
        if "tokens" in note:
            notes[number] = tuple(_paragraph(_inline_note(note["tokens"])))
    made = tuple(Note(_note_id(number), notes[number]) for number in sorted(notes))
    return with_notes(tuple(_blocks(root)), made)


def _inline_note(tokens: list[Token]) -> Node:
    return replace(tree(tokens), type="paragraph")


def _note_id(number: int) -> str:
    return str(number + 1)


@cache
def _parser() -> MarkdownIt:
    """Every link is parsed, whatever it leads to: which are followed is decided below, not printed."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - every source is loaded, and few runs read Markdown
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415 - it is the parser's

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    footnote_plugin(parser, move_to_end=False)
    taught(parser)
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 - as its manual shows
    return parser


def _headline(blocks: tuple[Block, ...], given: str) -> tuple[str, tuple[Block, ...]]:
    """The headline and the blocks below it.

    It is the first heading of the first level, or else what the text begins with when that
    is a heading or short and no sentence. A headline that front matter gives is not repeated.
    """
    for at, block in enumerate(blocks):
        if isinstance(block, Heading) and (block.level == 1 or at == 0):
            same = plain(block.spans).strip() == given
            return (
                (given, blocks)
                if given and not same
                else (holding(block.spans), (*blocks[:at], *blocks[at + 1 :]))
            )
    if not given and len(blocks) > 1 and isinstance(first := blocks[0], Paragraph):
        text = holding(first.spans) if "\n" not in plain(first.spans).strip() else "\n"
        if len(text) <= LONGEST_HEADLINE and "\n" not in text and not text.endswith((".", ":")):
            return text, blocks[1:]
    return given, blocks


def _levelled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """With the highest heading of the body at level 2, whatever it was written as."""
    highest = min((block.level for block in blocks if isinstance(block, Heading)), default=2)
    return tuple(
        replace(block, level=min(6, block.level - highest + 2)) if isinstance(block, Heading) else block
        for block in blocks
    )


def _blocks(parent: Node) -> Iterator[Block]:
    for node in parent.children:
        if node.type != "footnote_reference":
            yield from _block(node)
        elif node.meta["id"] < 0:
            yield from _blocks(node)


def _block(node: Node) -> Iterator[Block]:
    match node.type:
        case "paragraph":
            yield from _paragraph(node)
        case "heading":
            yield Heading(_spans(node), int(node.tag[1:]))
        case "blockquote":
            yield from _notice(node) or _quotation(node)
        case "bullet_list" | "ordered_list":
            items = tuple(tuple(_blocks(item)) for item in node.children)
            yield Listing(items, node.type == "ordered_list", int(node.attrs.get("start", 1)))
        case "fence" | "code_block":
            yield Code(node.content.removesuffix("\n"), next(iter(node.info.split()), None))
        case "table":
            yield _table(node)
        case "hr":
            yield Rule()
        case "html_block":
            yield from _written(node.content)
        case _:  # link definitions and the like, which show nothing
            return


def _notice(node: Node) -> tuple[Block, ...]:
    """A quotation that begins with its kind is a notice, as GitHub and Obsidian write them: ``[!NOTE]``."""
    opening = node.children[0] if node.children else None
    inside = (
        opening.children[0].children if opening and opening.type == "paragraph" and opening.children else []
    )
    found = KIND.match(inside[0].content) if inside and inside[0].type == "text" else None
    if found is None or opening is None:
        return ()
    end = next((at for at, part in enumerate(inside) if part.type in {"softbreak", "hardbreak"}), len(inside))
    label = Span(found["kind"].capitalize())
    if title := "".join(
        (found["title"], *(each.content for part in inside[1:end] for each in part.walk()))
    ).strip():
        label = Span(title)
    opening.children[0].children = inside[end + 1 :]
    return (Paragraph((replace(label, marks=frozenset({Mark.STRONG})),)), *_blocks(node))


def _quotation(node: Node) -> tuple[Block, ...]:
    _keep_line_of_name(node)
    return (attributed(Quote(tuple(_blocks(node)))),)


def _keep_line_of_name(quotation: Node) -> None:
    """Let the last line of a quotation stay a line of its own where a dash begins it: it is a name."""
    last = quotation.children[-1] if quotation.children else None
    inside = last.children[-1].children if last and last.type == "paragraph" and last.children else []
    for line_end, after in zip(reversed(inside[:-1]), reversed(inside[1:]), strict=True):
        if line_end.type == "softbreak":
            if after.type == "text" and DASHED.match(after.content):
                line_end.type = "hardbreak"
            return


def _paragraph(node: Node) -> Iterator[Block]:
    """The text, and after it the pictures that stood in it."""
    spans = _spans(node, pictures=False)
    if plain(spans).strip() or any(span.note for span in spans):
        yield Paragraph(spans)
    for image in node.walk():
        if image.type == "image":
            title = str(image.attrs.get("title", ""))
            yield Figure(str(image.attrs["src"]), image.content, linked(title) if title else ())
        elif image.type == "html_inline" and (shown := PICTURING.fullmatch(image.content)):
            described = DESCRIBED.search(image.content)
            alt = (described["double"] or described["single"] or "") if described else ""
            yield Figure(unescape(shown["src"]), unescape(alt))


def _table(node: Node) -> Table:
    rows = [tuple(_spans(cell) for cell in row.children) for part in node.children for row in part.children]
    first = next(row for part in node.children for row in part.children)
    said = tuple(ALIGNED.get(str(cell.attrs.get("style", ""))) for cell in first.children)
    return Table(rows[0], tuple(rows[1:]), alignment=said if any(said) else ())


def _spans(node: Node, *, pictures: bool = True) -> Spans:
    """The text in a block as flat runs, equal neighbours joined, bare addresses linked."""
    runs = (
        ("".join(span.text for span in run), *look)
        for look, run in groupby(_inline(node, Span(""), pictures=pictures), LOOK)
    )
    return tuple(
        _trimmed(
            span
            for text, marks, href, note in runs
            for span in ((Span(text, marks, href, note=note),) if marks or href or note else linked(text))
        )
    )


def _trimmed(spans: Iterable[Span]) -> list[Span]:
    """Without the space at either end that a picture taken out of the text may leave."""
    kept = [span for span in spans if span.text or span.note]
    if kept and kept[0].text[:1].isspace():
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    if kept and kept[-1].text[-1:].isspace():
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return [span for span in kept if span.text or span.note]


def _inline(  # noqa: C901 - one case a kind of node
    node: Node, look: Span, *, pictures: bool
) -> Iterator[Span]:
    """The runs below a node; `look` is an empty span with the marks and link of what is around."""
    given, around = look.marks, look.href
    for child in node.children:
        match child.type:
            case "html_inline" if written := MARKING.fullmatch(child.content):
                mark = {WRITTEN[written["tag"].lower()]}
                marks = look.marks - (mark - given) if written["closing"] else look.marks | mark
                look = replace(look, marks=marks)
            case "html_inline" if leading := LINKING.fullmatch(child.content):
                href = unescape(leading["href"] or "")
                look = replace(look, href=href if href.lower().startswith(FOLLOWED) else around)
            case "text" | "text_special" | "math_inline":
                yield Span(child.content, look.marks, look.href)
            case "code_inline":
                yield Span(child.content, look.marks | {Mark.CODE}, look.href)
            case "softbreak":
                yield Span(" ", look.marks, look.href)
            case "hardbreak":
                yield Span("\n", look.marks, look.href)
            case "html_inline":
                yield Span("\n" if child.content.lower().startswith("<br") else "", look.marks, look.href)
            case "footnote_ref":
                yield Span("", note=_note_id(child.meta["id"]))
            case "image":
                yield Span(child.content if pictures else "", look.marks, look.href)
            case "link":
                href = str(child.attrs.get("href", ""))
                followed = href if href.lower().startswith(FOLLOWED) else look.href
                yield from _inline(child, replace(look, href=followed), pictures=pictures)
            case _:
                mark = {MARKS[child.type]} if child.type in MARKS else set()
                yield from _inline(child, replace(look, marks=look.marks | mark), pictures=pictures)


def _written(html: str) -> Iterator[Block]:
    """The blocks of raw HTML, as those of a page."""
    from newsexport.markup import MarkupError, blocks, parse, prepared  # noqa: PLC0415 - loads the parser

    if BUILT.search(html):
        try:
            yield from blocks(prepared(parse(f"<html><body>{html}</body></html>")))
        except MarkupError:
            return
    elif text := _without_tags(html):
        yield Paragraph(linked(text))


def _without_tags(html: str) -> str:
    """The text of raw HTML: comments, scripts and styles go with what is in them, other tags alone."""
    for opening, closing in HIDDEN:
        html = "".join(_outside(html, opening, closing))
    return " ".join(unescape(TAG.sub("", html)).split())


def _outside(html: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[str]:
    """What is not between opening and closing; one that is not closed hides the rest, as in browsers.

    A single pattern for all of it, and the standard library's parser, take time that grows
    with the square of the openings.
    """
    at = 0
    while start := opening.search(html, at):
        yield html[at : start.start()]
        end = closing.search(html, start.end())
        if not end:
            return
        at = end.end()
    yield html[at:]
