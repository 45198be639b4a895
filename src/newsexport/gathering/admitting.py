"""The door of the model: whatever a source found passes here, and is valid afterwards.

Half a surrogate pair from a JSON escape, a NUL from a header, a noncharacter from a
table of entities: no format that is made can hold them, and each would stop another
exporter. They are taken out here, for all sources and all fields at once.
"""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from operator import is_
from typing import Any, TypeVar, assert_never

from newsexport.errors import SourceError
from newsexport.interchange import storable
from newsexport.model import Article, Span
from newsexport.protocols import Continued, Entry, Item

V = TypeVar("V")


def admitted(item: Item, section: str) -> Item:
    """The item with text that every format can hold, under a section if it names none itself."""
    match item:
        case Article():
            return _placed(valid(item), section)
        case Entry(article=article) | Continued(article=article):
            placed = _placed(valid(article), section)
            return replace(item, article=placed, address=storable(item.address))
        case SourceError():
            return SourceError(storable(item.reference), storable(item.reason))
        case _:
            assert_never(item)


def valid(value: V) -> V:
    """A value of the model with every text in it storable; the very same where all are."""
    return _valid(value)  # type: ignore[no-any-return]  # what comes out is of the kind that went in


def _valid(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value) if type(value) is str else value  # marks are words of ours
    if isinstance(value, tuple):
        mended = tuple(map(_valid, value))
        return value if all(map(is_, mended, value)) else mended
    if type(value) is Span and value.href is value.language is value.ruby is value.note is None:
        text = storable(value.text)
        return value if text is value.text else replace(value, text=text)
    return _valid_fields(value) if is_dataclass(value) else value


def _valid_fields(value: Any) -> Any:
    names: tuple[str, ...] = value.__slots__
    before = {name: getattr(value, name) for name in names}
    changed = {name: after for name, one in before.items() if (after := _valid(one)) is not one}
    return replace(value, **changed) if changed else value


def _placed(article: Article, section: str) -> Article:
    return replace(article, section=section) if section and not article.section else article
