"""Media overlays: recordings that are read along with the pages.

Source: EPUB 3.3, section 9.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from epubpreflight.document_schema import (
    NCNAME,
    OPS,
    Attributes,
    Content,
    Test,
    attributes,
    double_ids,
    holds,
    like,
    one_of,
    schema_notes,
)
from epubpreflight.documents import SMIL_TYPE, MalformedError, element_lines, note_faults, parse, prolog_notes
from epubpreflight.fault import Fault
from epubpreflight.page_findings import Reference
from epubpreflight.rules import Note, Rule
from epubpreflight.value_formats import seconds
from epubpreflight.vocabulary import PAGE_PREFIXES, known_prefixes, property_names

SMIL = "{http://www.w3.org/ns/SMIL}"


CONTENT: dict[str, Content] = {
    SMIL + "smil": holds(SMIL, "(?:head )?body "),
    SMIL + "head": holds(SMIL, "(?:metadata )?"),
    SMIL + "metadata": Content(words=True, anything=True),
    SMIL + "body": holds(SMIL, "(?:(?:seq|par) )+"),
    SMIL + "seq": holds(SMIL, "(?:(?:seq|par) )+"),
    SMIL + "par": holds(SMIL, "text (?:audio )?"),
    SMIL + "text": Content(),
    SMIL + "audio": Content(),
}
_ID: dict[str, Test | None] = {"id": NCNAME}
_TIMED: dict[str, Test | None] = _ID | {OPS + "type": None}
_CLOCK = like(
    r"\s*[0-9]+:[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?\s*|\s*[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?\s*"
    r"|\s*[0-9]+(?:\.[0-9]+)?(?:h|min|s|ms)?\s*"
)
ATTRIBUTES: dict[str, Attributes] = {
    SMIL + "smil": attributes(_ID | {"version": one_of("3.0"), OPS + "prefix": None}, ("version",)),
    SMIL + "body": attributes(_TIMED | {OPS + "textref": None}),
    SMIL + "seq": attributes(_TIMED | {OPS + "textref": None}, (OPS + "textref",)),
    SMIL + "par": attributes(_TIMED),
    SMIL + "text": attributes(_ID | {"src": None}, ("src",)),
    SMIL + "audio": attributes(_ID | {"src": None, "clipBegin": _CLOCK, "clipEnd": _CLOCK}, ("src",)),
}


@dataclass(frozen=True, slots=True)
class Overlay:
    """A media overlay: its faults, the places in pages it goes with, and its recordings."""

    faults: tuple[Fault, ...]
    texts: tuple[Reference, ...] = ()
    recordings: tuple[Reference, ...] = ()


def read_overlay(name: str, data: bytes) -> Overlay:
    """Read and check a media overlay. Raises nothing, whatever the bytes are."""
    try:
        document = parse(data)
    except MalformedError as error:
        return Overlay((error.fault(name),))
    root = document.root
    notes = list(prolog_notes(document, "3.0", SMIL_TYPE))
    notes += schema_notes(root, CONTENT, ATTRIBUTES, Rule.OVERLAY_SHAPE)
    notes += [
        (Rule.OVERLAY_SHAPE, number, (f"two parts have the id {found}",))
        for number, found in double_ids(root)
    ]
    known = known_prefixes(root.get(OPS + "prefix"), PAGE_PREFIXES, notes)
    texts, recordings = [], []
    for at, element in enumerate(root.iter()):
        for prefix, _, problem in property_names(element.get(OPS + "type", "")):
            if problem or (prefix and prefix not in known):
                notes.append((problem or Rule.PREFIX_UNDECLARED, at, (prefix,)))
        if element.tag == SMIL + "text" and (source := element.get("src")):
            texts.append(Reference(source, "spoken", at))
        elif element.get(OPS + "textref"):
            texts.append(Reference(element.get(OPS + "textref", ""), "spoken", at))
        elif element.tag == SMIL + "audio" and (source := element.get("src")):
            recordings.append(Reference(source.partition("#")[0], "recording", at, covered=True))
            notes += _clip(element.get("clipBegin", "0"), element.get("clipEnd"), source, at)
    faults = note_faults(name, notes, element_lines(data) if notes else [])
    return Overlay(faults, tuple(texts), tuple(recordings))


def _clip(begin: str, end: str | None, source: str, at: int) -> Iterator[Note]:
    if "#" in source:
        yield Rule.OVERLAY_AUDIO_FRAGMENT, at, ()
    if end is not None and _CLOCK(begin) and _CLOCK(end) and seconds(begin) >= seconds(end):
        yield Rule.OVERLAY_TIMES, at, ()
