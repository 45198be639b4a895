"""The article that a page carries in its scripts, where nothing of it stands in the page.

Three places: ``articleBody`` of JSON-LD (https://schema.org/articleBody); the state that programs of the
browser begin with, as JSON; and the rows in which Next.js sends what React is to show.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import accumulate, takewhile
from typing import Any

from newsexport.extraction.finding import article_in
from newsexport.extraction.json_ld import article_among, plain_text, things_in
from newsexport.extraction.site_names import folded
from newsexport.markup import MarkupError, blocks, parse, prepared
from newsexport.markup.parsing import Element
from newsexport.model import Block, Paragraph, Span, plain_blocks
from newsexport.text.counting import extent
from newsexport.text.dates import dated
from newsexport.text.people import MOST_PEOPLE, is_name, people_in

# In letters: a shorter text may be anything.
FEWEST = 300
LARGEST = 5_000_000
DEEPEST, DEEPEST_PART = 60, 8
SHORTEST_TITLE = 8

# What programs call the text of an article, and its title.
BODIES = re.compile(
    r"(?i)(?:article|story|rich)?[_-]?(?:body|content|text)[_-]?(?:html|text|elements)?|html|story|paragraphs"
    r"|blocks|components|elements"
)
PIECES = ("text", "content", "html", "body", "value", "children", "paragraph")
TITLES = frozenset(("title", "headline", "name", "heading"))
# What they call those who wrote it, and when it was published.
AUTHORS = re.compile(r"(?i)by_?line|(?:authors?|creators?|writers?)_?(?:names?)?")
PUBLISHED = re.compile(
    r"(?i)(?:first_?|date_?|original_?)?publi(?:shed|cation|sh)_?(?:at|on|date|time)?|post_?date|pub_?date"
)

TAGGED = re.compile(r"</?[a-z][^<>]{0,300}>", re.IGNORECASE)
ASSIGNED = re.compile(
    r"(?:window|self|globalThis)\s*(?:\.\w+|\[[\"']\w+[\"']\])\s*=\s*(JSON\.parse\(\s*(?=\"))?(?=[{\[\"])"
)
# Attributes in which programs are given what they begin with: Inertia, and React in other frameworks.
GIVEN = "//@data-page | //@data-props | //@data-react-props"
PUSHED = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
ROW = re.compile(rb"([0-9a-f]*):")
LONG = re.compile(rb"T([0-9a-f]+),")
REFERENCE = re.compile(r"\$[L@]?([0-9a-f]+)$")
REFERRED = re.compile(rb'"\$[L@]?([0-9a-f]+)"')
ATTRIBUTES = ("href", "src", "alt", "class")
VOID = frozenset(("img", "br", "hr"))
KEPT = VOID | frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "figure", "figcaption", "a",
    "em", "strong", "b", "i", "pre", "code", "table", "tr", "td", "th", "tbody", "thead", "div", "section",
    "article", "main", "header", "footer", "aside", "nav", "span", "time", "cite", "q", "sub", "sup",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class CarriedArticle:
    """Blocks, and what is said beside them of those who wrote them, and when."""

    body: tuple[Block, ...] = ()
    byline: tuple[str, ...] = ()
    published: datetime | None = None


def carried(root: Element, title: str, base: str = "", *, everything: bool = True) -> CarriedArticle:
    """The article that a page, as it came, carries in its scripts; without a body when it carries none.

    Unless `everything` may be its article, only what the page says is.
    """
    said = _said(article_among(things_in(root)))
    found = _long_enough(_blocks(said, base))
    if found or not everything:
        return CarriedArticle(found)
    documents = list(_states(root))
    if rows := _rows(root):
        if found := _long_enough(_blocks(_drawn(rows.own, dict(rows.values)), base, whole=True)):
            return CarriedArticle(found)
        documents.append(_resolved(rows.own, rows.values))
    best, record = _best(documents, title)
    body = _long_enough(_blocks(best, base))
    return CarriedArticle(body, _people(record), _published(record)) if body else CarriedArticle()


def _said(article: Mapping[str, Any]) -> str:
    """The text that a page gives its article in JSON-LD; of one told as it happens, all that was told."""
    body = article.get("articleBody") or article.get("text")
    if isinstance(body, str | list):
        return "\n\n".join(filter(None, map(plain_text, body if isinstance(body, list) else [body])))
    updates = article.get("liveBlogUpdate")
    told = (each for each in (updates if isinstance(updates, list) else [updates]) if isinstance(each, dict))
    return "".join(
        f"<h2>{html.escape(plain_text(each.get('headline')))}</h2><p>{plain_text(each.get('articleBody'))}</p>"
        for each in told
    )


def _long_enough(found: tuple[Block, ...]) -> tuple[Block, ...]:
    return found if sum(map(extent, plain_blocks(found))) >= FEWEST else ()


def _blocks(text: str, base: str, *, whole: bool = False) -> tuple[Block, ...]:
    """The blocks of a text, which may be HTML, once escaped or not; `whole` when it is that of a page."""
    if not TAGGED.search(text) and "&lt;" in text:
        text = html.unescape(text)
    if not TAGGED.search(text):
        lines = (" ".join(html.unescape(line).split()) for line in text.splitlines())
        return tuple(Paragraph((Span(line),)) for line in lines if line)
    if "<p" not in text.lower() and "\n\n" in text:
        text = re.sub(r"\n\s*\n", "<p>", text)
    try:
        page = prepared(parse(f"<html><body>{text}</body></html>"), base)
    except MarkupError:
        return ()
    return blocks(article_in(page) if whole else page)


# The state that programs begin with: a text under one of the usual names, beside the title of the page.


def _states(root: Element) -> Iterator[Any]:
    for script in root.iter("script"):
        text, kind = script.text or "", (script.get("type") or "").lower()
        if "json" in kind and "ld+json" not in kind:
            yield from map(_revived, _decoded(text))
        for begin in ASSIGNED.finditer(text) if "json" not in kind else ():
            yield from _decoded(text[begin.end() :])
    for given in root.xpath(GIVEN):
        yield from _decoded(given)


def _decoded(text: str) -> Iterator[Any]:
    """The JSON that a text begins with, if it does."""
    with suppress(ValueError, RecursionError):
        yield json.JSONDecoder(strict=False).raw_decode(text[:LARGEST].lstrip())[0]


def _revived(document: Any) -> Any:
    """What Nuxt writes as a flat list where numbers tell of values (devalue), each in its first place."""
    if not isinstance(document, list) or not document or not isinstance(document[0], list | dict):
        return document

    rest = dict(enumerate(document))

    def value(number: Any, depth: int) -> Any:
        if type(number) is not int or depth > DEEPEST:
            return None
        found = rest.get(number) if isinstance(rest.get(number), str) else rest.pop(number, None)
        match found:
            case [str(), int(inner)]:  # a value with the name of what it is wrapped in
                return value(inner, depth + 1)
            case list() as items:
                return [value(each, depth + 1) for each in items]
            case dict() as fields:
                return {name: value(each, depth + 1) for name, each in fields.items()}
            case plain:
                return plain

    return [document, value(0, 0)]


def _best(documents: Iterable[Any], title: str) -> tuple[str, Mapping[str, Any]]:
    """The text beside the title of the page, the longest of several; else one far longer than all others.

    And the record that it stands in.
    """
    wanted, found, records = folded(title), dict[str, tuple[bool, int]](), dict[str, Mapping[str, Any]]()
    for record in _records(documents, 0):
        titles = {
            folded(value)
            for name, value in record.items()
            if name.lower() in TITLES and isinstance(value, str)
        }
        beside = any(len(each) >= SHORTEST_TITLE and each in wanted for each in titles)
        for name, value in record.items():
            if BODIES.fullmatch(name) and (text := _joined(_pieces(value, 0))):
                found[text] = max(found.get(text, (False, 0)), (beside, len(TAGGED.sub("", text))))
                records[text] = record  # the innermost comes last
    best, *others = sorted(found, key=lambda text: found[text], reverse=True) or [""]
    alone = all(2 * found[other][1] < found[best][1] for other in others)
    return (best, records[best]) if best and (found[best][0] or alone) else ("", {})


def _people(record: Mapping[str, Any]) -> tuple[str, ...]:
    told = (name for key, value in record.items() if AUTHORS.fullmatch(key) for name in _names(value))
    people = dict.fromkeys(person for name in told for person in people_in(name))
    return tuple(person for person in people if is_name(person.partition(",")[0]))


def _names(value: Any) -> Iterator[str]:
    """The names in what is said of one author, or of several."""
    for each in value[:MOST_PEOPLE] if isinstance(value, list) else [value]:
        match each:
            case str():
                yield each
            case (
                {"name": str(name)}
                | {"displayName": str(name)}
                | {"full_name": str(name)}
                | {"title": str(name)}
            ):
                yield name
            case {"firstName": str(first), "lastName": str(last)}:
                yield f"{first} {last}"
            case _:
                pass


def _published(record: Mapping[str, Any]) -> datetime | None:
    said = (value for key, value in record.items() if PUBLISHED.fullmatch(key) and isinstance(value, str))
    return next(filter(None, map(dated, said)), None)


def _joined(pieces: Iterable[str]) -> str:
    """The pieces as paragraphs, as far as an article goes."""
    sizes = accumulate(pieces, lambda size, piece: (size[0] + len(piece), piece), initial=(0, ""))
    return "\n\n".join(piece for _, piece in takewhile(lambda each: each[0] <= LARGEST, sizes) if piece)


def _records(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, str) and value[:1] in {"{", "["}:
        value = next(_decoded(value), None)
    if isinstance(value, dict):
        yield value
    if isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _records(each, depth + 1)


def _pieces(value: Any, depth: int) -> Iterator[str]:
    """The texts in a body, which may be a text, or a list of parts with texts of their own."""
    match value:
        case str():
            if " " in value or not value.isascii():
                yield value
        case list() if depth > 1 and all(map(_is_run, value)):
            yield "".join(each.get("text") or each.get("value") or "" for each in value)
        case list() if depth < DEEPEST_PART:
            for each in value:
                yield from _pieces(each, depth + 1)
        case dict():
            yield from _pieces(next((value[name] for name in PIECES if name in value), None), depth + 1)
        case _:
            pass


def _is_run(part: Any) -> bool:
    """Whether it is a run of text in a paragraph, as editors keep them (Slate, Sanity, Contentful)."""
    if not isinstance(part, dict) or not isinstance(part.get("text", part.get("value")), str):
        return False
    return part.get("type", part.get("_type", part.get("nodeType", "text"))) in {"text", "span"}


# Rows of React's flight format: an id, a colon, and JSON to the end of the line; or T, a length, and a text.


@dataclass(frozen=True, slots=True)
class FlightRows:
    """Values by their ids; `own` are those that no other refers to."""

    values: Mapping[str, Any]
    own: Sequence[Any]


def _rows(root: Element) -> FlightRows | None:
    data = "".join(_pushed(root)).encode("utf-8", "replace")
    values: dict[str, Any] = {}
    at = 0
    while begin := ROW.match(data, at):
        name = begin[1].decode()
        if long := LONG.match(data, begin.end()):
            at = long.end() + int(long[1], 16)
            values[name] = data[long.end() : at].decode("utf-8", "replace")
            continue
        end = data.find(b"\n", begin.end())
        at = len(data) if end < 0 else end + 1
        for value in _decoded(data[begin.end() : at].decode("utf-8", "replace")):
            values[name] = value
    referred = {each.decode() for each in REFERRED.findall(data)}
    own = [value for name, value in values.items() if name not in referred and not isinstance(value, str)]
    return FlightRows(values, own) if own else None


def _pushed(root: Element) -> Iterator[str]:
    for script in root.iter("script"):
        if begin := PUSHED.search(text := script.text or ""):
            for value in _decoded(text[begin.end() :]):
                if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):
                    yield value[1]


def _drawn(value: Any, rest: dict[str, Any], depth: int = 0, *, shown: bool = False) -> str:
    """Elements of React as HTML, those of components as what they hold; texts where they are `shown`.

    What is referred to is taken out of the `rest` of the rows, so that each is drawn once.
    """
    if depth > DEEPEST:
        return ""
    drawn = partial(_drawn, rest=rest, depth=depth + 1)
    match value:
        case str() if value.startswith("$") and not value.startswith("$$"):
            row = rest.pop(_id(value), None)
            text = html.escape(row) * shown if isinstance(row, str) else drawn(row, shown=shown)
        case str():
            text = html.escape(value.removeprefix("$")) if shown else ""
        case ["$", str(tag), _, dict(props), *_]:
            text = _element(tag, props, rest, depth)
        case list():
            text = "".join(drawn(each, shown=shown) for each in value)
        case dict():
            text = "".join(map(drawn, value.values()))
        case _:
            text = str(value) if shown and type(value) in {int, float} else ""
    return text


def _id(reference: str) -> str:
    """The id of the row that a text refers to; empty where it refers to none."""
    found = REFERENCE.match(reference)
    return found[1] if found else ""


def _element(tag: str, props: Mapping[str, Any], rest: dict[str, Any], depth: int) -> str:
    raw = props.get("dangerouslySetInnerHTML")
    given = raw.get("__html") if isinstance(raw, dict) else None
    if isinstance(given, str):
        row = rest.pop(_id(given), None)
        inside = row if isinstance(row, str) else given
    else:
        inside = _drawn(props.get("children"), rest, depth + 1, shown=True)
    if tag not in KEPT:
        others = [value for name, value in props.items() if name != "children"]
        return inside + (_drawn(others, rest, depth + 1) if tag.startswith("$") else "")
    told = {"class" if name == "className" else name: value for name, value in props.items()}
    said = (f' {name}="{html.escape(told[name])}"' for name in ATTRIBUTES if isinstance(told.get(name), str))
    return f"<{tag}{''.join(said)}>" + (inside + f"</{tag}>") * (tag not in VOID)


def _resolved(value: Any, rows: Mapping[str, Any], depth: int = 0) -> Any:
    """A value with the texts it refers to in their places."""
    if depth > DEEPEST:
        return None
    match value:
        case str():
            row = rows.get(_id(value), value)
            return row if isinstance(row, str) else None
        case list():
            return [_resolved(each, rows, depth + 1) for each in value]
        case dict():
            return {name: _resolved(each, rows, depth + 1) for name, each in value.items()}
        case _:
            return value
