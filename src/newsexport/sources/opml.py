"""OPML: lists of subscriptions, whose categories become sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from newsexport.errors import SourceError
from newsexport.events import Cause, omit
from newsexport.model import Article
from newsexport.protocols import Entry, Item, Resource
from newsexport.sources.guarded_xml import local, parse, root_name
from newsexport.text.addresses import address_meant, is_web

MOST = 10_000


@dataclass(frozen=True, slots=True)
class OpmlSource:
    """An entry for each feed. Lists that an outline includes are not followed."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By the root element."""
        return 1 if root_name(resource.data) == "opml" else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """The feeds in order, each under the nearest category around it. Raises `SourceError`."""
        root = parse(resource)
        seen: set[str] = set()
        for outline in root.iter("{*}outline"):
            said = _attribute(outline, "xmlurl").strip()
            address = said if is_web(said) else address_meant(said)
            if said and not address:
                yield SourceError(resource.reference, f"{_name(outline) or said}: has no address of the web")
            if not address or address in seen:
                continue
            if len(seen) >= MOST:
                omit(f"beyond the {MOST} of one list that are taken", Cause.LIMIT, "feed")
                continue
            seen.add(address)
            title = _name(outline)
            section = resource.section or _category(outline)
            yield Entry(
                address, Article(title, (), section=section, reference=address), chosen=True, many=True
            )
        if not seen:
            raise SourceError(resource.reference, "lists no feed")


def _category(outline: Any) -> str:
    """The name of the nearest outline that holds this one, else its own category attribute."""
    for ancestor in outline.iterancestors():
        if local(ancestor) == "outline" and (name := _name(ancestor)):
            return name
    return _attribute(outline, "category").split(",")[0].strip("/ ").rpartition("/")[2]


def _name(outline: Any) -> str:
    return " ".join((_attribute(outline, "title") or _attribute(outline, "text")).split())


def _attribute(element: Any, name: str) -> str:
    """An attribute whose case programs disagree about."""
    return next((value for key, value in element.attrib.items() if key.lower() == name), "")
