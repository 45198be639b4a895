"""The words under which readers, or authors, keep an article, however a service or a file writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from newsexport.events import Cause, omit
from newsexport.text.plaintext import storable

# What tags are called in exports, by services and by browsers, in small letters; and in each.
TAGS = ("tags", "labels", "document tags", "article__tags")
NAMES = ("name", "label", "title")

# Characters of a tag, and tags of an article: a page of keywords is nothing that anybody keeps by hand.
LONGEST, MOST = 60, 20

# Only say whether something was read, however they are written: "to-read", "To Read", "toread".
STATES = frozenset(("unread", "read", "toread", "readlater", "archived", "starred"))
APART = re.compile(r"[\s_-]+")


def tags_in(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags of a record whose names are in small letters."""
    spaced = "href" in fields and "extended" in fields  # Pinboard, Delicious
    written = (fields[name] for name in TAGS if fields.get(name))
    return tags_of(each for value in written for each in _listed(value, spaced=spaced))


def tags_of(written: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: each once, in order, without its ``#``, no state, none that is a sentence."""
    lines = (" ".join(storable(each).split()).lstrip("#").strip() for each in written)
    found: dict[str, str] = {}
    for line in filter(None, lines):
        if APART.sub("", line.lower()) not in STATES:
            found.setdefault(line.casefold(), line)
    short = [tag for tag in found.values() if len(tag) <= LONGEST]
    omit(f"of more than {LONGEST} characters", Cause.LIMIT, "tag", len(found) - len(short))
    omit(f"beyond the {MOST} of one article that are taken", Cause.LIMIT, "tag", len(short) - MOST)
    return tuple(short[:MOST])


def divided(line: str, *, spaced: bool = False) -> list[str]:
    """The tags on one line: with ``|`` (Pocket) or commas between them, or spaces where they are `spaced`.

    Where each has its ``#``, spaces are enough. Brackets and quotation marks around them are those of a list
    that was written as a text (Readwise).
    """
    if line.startswith("[") and line.endswith("]"):
        return [each.strip(" '\"") for each in line[1:-1].split(",")]
    spaced = spaced or all(word.startswith("#") for word in line.split())
    divider = next((sign for sign in "|,;" if sign in line), " " if spaced else "\n")
    return line.split(divider)


def _listed(value: Any, *, spaced: bool) -> Iterator[str]:
    """The tags in a text, in a list of texts or objects, or in an object that has them for names."""
    if isinstance(value, str):
        yield from divided(value.strip(), spaced=spaced)
    elif isinstance(value, Mapping):
        yield from map(str, value)
    elif isinstance(value, list):
        for each in value:
            named = each if isinstance(each, Mapping) else {"name": each}
            yield next((named[name] for name in NAMES if isinstance(named.get(name), str)), "")
