"""What a page says in JSON-LD (https://schema.org): things with names, one of which is its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from newsexport.markup import text
from newsexport.markup.parsing import Element
from newsexport.text.addresses import is_web

ARTICLE = re.compile(r"Article$|Posting$|Report$|^Recipe$|^Review$|^Report|^ScholarlyArticle")
PAGE = re.compile(r"(?:Page|^CreativeWork|^WebContent|^HowTo|Episode|Object|^MediaObject)$")
QUESTION = re.compile(r"^Question$")
SITE = re.compile(r"^WebSite$|Organization$|^Newspaper$|^Periodical$")
MOST_ANSWERS = 5
LONGEST = 2_000_000
DEEPEST = 6
# How many things are remembered by their identifiers; no page has more that matter.
MOST = 5000

# Marks around the JSON that are none of it.
AROUND = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
# A text as careless templates write it: it ends where its quotation mark is followed by what may follow.
STRING = re.compile(r'"(?>(?:[^"\\]|\\(?:.|\Z)|"(?!\s*+(?:[,:}\]]|\Z)))*)(?:"|\Z)', re.DOTALL)
ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
COMMENT = re.compile(r"/\*(?>(?:[^*]|\*(?!/))*)(?:\*/|\Z)|//[^\n]*")
REPAIRS = (
    (re.compile(r",(?=\s*+[}\]])"), ""),
    (re.compile(r",(?=\s*+,)"), ""),
    (re.compile(r"\bundefined\b"), "null"),
    (re.compile(r"(?<=[}\]])\s*+(?=[{\[])"), ","),
)


def things_in(root: Element) -> Iterator[dict[str, Any]]:
    """Everything the page tells of, in order; scripts that are no JSON tell nothing.

    What refers to another thing by its ``@id`` has that thing in it.
    """
    documents = [document for script in _scripts(root) for document in documents_in(script)]
    known: dict[str, dict[str, Any]] = {}
    for thing in _everything(documents):
        identity = thing.get("@id")
        if isinstance(identity, str) and len(thing) > 1 and len(thing) > len(known.get(identity, ())):
            known[identity] = thing
    for document in documents:
        for thing in _things(document):
            yield {key: _told(value, known) for key, value in thing.items()}


def _scripts(root: Element) -> Iterator[str]:
    """Every text that is called JSON-LD, also where a framework puts it into a `meta`."""
    for each in root.iter("script", "meta"):
        kind, told = (
            (each.get("type"), each.text) if each.tag == "script" else (each.get("name"), each.get("content"))
        )
        if "ld+json" in (kind or "").lower() and len(told or "") <= LONGEST:
            yield told or ""


def documents_in(script: str) -> list[Any]:
    """The JSON of a script, one or several, also where it is a little broken.

    Mended are commas too many, line breaks and quotation marks in texts, comments, and marks of HTML
    and XML around it.
    """
    body = AROUND.sub(" ", script).strip().rstrip(";")
    if "&quot;" in body and '"' not in body:
        body = unescape(body)
    try:
        return [json.loads(body, strict=False)]
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(f"[{_repaired(body)}]", strict=False)]
    except (ValueError, RecursionError):
        return []


def _repaired(body: str) -> str:
    parts: list[str] = []
    end = 0
    for found in STRING.finditer(body):
        parts.append(_code(body[end : found.start()]))
        inside = found[0][1:].removesuffix('"')
        parts.append(f'"{ESCAPE.sub("", _escaped(inside))}"')
        end = found.end()
    return "".join((*parts, _code(body[end:]))).strip().strip(",")


def _escaped(inside: str) -> str:
    """A text with its quotation marks escaped that were not."""
    return re.sub(r'(\\.)|"', lambda found: found[1] or '\\"', inside, flags=re.DOTALL)


def _code(code: str) -> str:
    code = COMMENT.sub("", code)
    for wrong, right in REPAIRS:
        code = wrong.sub(right, code)
    return code


def article_among(things: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The first article; empty when there is none."""
    return next((thing for thing in things if _is(thing, ARTICLE)), {})


def asked_in(things: Iterable[Mapping[str, Any]]) -> str:
    """The questions that the page answers, and the answers, each on lines of its own."""
    lines = []
    for thing in things:
        if _is(thing, QUESTION):
            answers = thing.get("acceptedAnswer")
            told = (answers if isinstance(answers, list) else [answers])[:MOST_ANSWERS]
            texts = (plain_text(each.get("text")) for each in told if isinstance(each, dict))
            lines += [name_in(thing), *(text(each) for each in texts)]
    return "\n".join(lines)


def pages_in(things: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What is told of the page itself, or of what else it shows than an article."""
    return (thing for thing in things if _is(thing, PAGE))


def sites_in(things: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The names of the sites and publishers there are, other names of them included."""
    for thing in things:
        if _is(thing, SITE):
            yield name_in(thing)
            yield plain_text(thing.get("alternateName"))
        yield name_in(thing.get("publisher"))


def is_organisation(value: Any) -> bool:
    """Whether a thing says that it is one, or a site."""
    return isinstance(value, dict) and _is(value, SITE)


def name_in(value: Any) -> str:
    """The name of a thing, which may be a text, an object, or several of either."""
    match value:
        case str():
            return "" if is_web(value) else text(value)
        case {"name": str(name)}:
            return text(name)
        case {"name": [str(name), *_]}:
            return text(name)
        case [first, *_]:
            return name_in(first)
        case _:
            return ""


def plain_text(value: Any) -> str:
    """The value where it is a text, else nothing."""
    return value.strip() if isinstance(value, str) else ""


def _is(thing: Mapping[str, Any], kind: re.Pattern[str]) -> bool:
    kinds = thing.get("@type")
    return any(
        isinstance(each, str) and kind.search(each) is not None
        for each in (kinds if isinstance(kinds, list) else [kinds])
    )


def _things(document: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(document, list):
        for each in document[:100]:
            yield from _things(each, depth + 1)
    elif isinstance(document, dict):
        yield document
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if isinstance(document.get(name), list | dict):
                yield from _things(document[name], depth + 1)


def _everything(documents: list[Any]) -> Iterator[dict[str, Any]]:
    """Every object there is, however deep, up to `MOST`."""
    waiting, seen = documents[::-1], 0
    while waiting and seen < MOST:
        value = waiting.pop()
        if isinstance(value, dict):
            seen += 1
            yield value
            waiting += list(value.values())[::-1]
        elif isinstance(value, list):
            waiting += value[:100][::-1]


def _told(value: Any, known: Mapping[str, dict[str, Any]]) -> Any:
    """A value with what it refers to: of a thing that is told of elsewhere, all that is said there."""
    if isinstance(value, list):
        return [_told(each, known) for each in value[:100]]
    identity = value.get("@id") if isinstance(value, dict) else None
    if isinstance(identity, str) and identity in known:
        return {**value, **known[identity]}
    return value
