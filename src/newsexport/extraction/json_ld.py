"""What a page says in JSON-LD (https://schema.org): things with names, one of which is its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from newsexport.markup import text
from newsexport.markup.parsing import Element
from newsexport.text.addresses import is_web

ARTICLE = re.compile(r"Article$|Posting$|Report$|^Recipe$|^Review$|^Report|^ScholarlyArticle")
SITE = re.compile(r"^WebSite$|Organization$|^Newspaper$|^Periodical$")
LONGEST = 2_000_000
DEEPEST = 5


def things_in(root: Element) -> Iterator[dict[str, Any]]:
    """Everything the page tells of, in order; scripts that are no JSON tell nothing."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or len(script.text or "") > LONGEST:
            continue
        body = re.sub(
            r"^\s*(?:<!\[CDATA\[|//<!\[CDATA\[|<!--)|(?:\]\]>|//\]\]>|-->)\s*$", "", script.text or ""
        )
        try:
            document = json.loads(body, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _things(document)


def article_in(things: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The first article; empty when there is none."""
    return next((thing for thing in things if _is(thing, ARTICLE)), {})


def sites_in(things: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The names of the sites and publishers there are, other names of them included."""
    for thing in things:
        if _is(thing, SITE):
            yield name_in(thing)
            yield plain_text(thing.get("alternateName"))
        yield name_in(thing.get("publisher"))


def name_in(value: Any) -> str:
    """The name of a thing, which may be a text, an object, or several of either."""
    match value:
        case str():
            return "" if is_web(value) else text(value)
        case {"name": str(name)}:
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
        for name in ("@graph", "mainEntity", "itemListElement", "item"):
            if isinstance(document.get(name), list | dict):
                yield from _things(document[name], depth + 1)
