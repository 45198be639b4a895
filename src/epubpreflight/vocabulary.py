"""Names of properties and the prefixes in front of them.

Source: EPUB 3.3, appendix D (vocabularies), D.1.4 (the prefix attribute), D.1.5 (reserved prefixes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from epubpreflight.document_schema import fits
from epubpreflight.rules import Note, Rule

NAME = r"[A-Za-z_\u00c0-\u02ff\u0370-\u037d\u037f-\u1fff\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff]"
NCNAME = rf"{NAME}(?:{NAME}|[\-.0-9\u00b7\u0300-\u036f])*"
URI = (
    r"[A-Za-z][A-Za-z0-9+.\-]*:(?:[A-Za-z0-9!$&'()*+,./:;=?@_~#\-\[\]\u00a0-\uffff]|%[0-9A-Fa-f]{2})*|"
    r"(?:[A-Za-z0-9!$&'()*+,./;=?@_~#\-\u00a0-\uffff]|%[0-9A-Fa-f]{2})+"
)

PACKAGE_PREFIXES: Mapping[str, str] = {
    "a11y": "http://www.idpf.org/epub/vocab/package/a11y/#",
    "dcterms": "http://purl.org/dc/terms/",
    "marc": "http://id.loc.gov/vocabulary/",
    "media": "http://www.idpf.org/epub/vocab/overlays/#",
    "onix": "http://www.editeur.org/ONIX/book/codelists/current.html#",
    "rendition": "http://www.idpf.org/vocab/rendition/#",
    "schema": "http://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PAGE_PREFIXES: Mapping[str, str] = {
    "msv": "http://www.idpf.org/epub/vocab/structure/magazine/#",
    "prism": "http://www.prismstandard.org/specifications/3.0/PRISM_CV_Spec_3.0.htm#",
}
DEFAULTS = frozenset(
    f"http://idpf.org/epub/vocab/{one}/#"
    for one in ("package/item", "package/itemref", "package/meta", "package/link", "structure")
)
DC = "http://purl.org/dc/elements/1.1/"

# One prefix and its address, with whatever stands around them.
_ONE = re.compile(r"([^\s:]*)(\s*)(:?)(\s*)(\S*)(\s*)")


def known_prefixes(declared: str | None, reserved: Mapping[str, str], notes: list[Note]) -> dict[str, str]:
    """The prefixes that may be used, reserved or declared. What is wrong with it goes to `notes`."""
    known = dict(reserved)
    if not declared:
        return known
    if declared != declared.strip():
        notes.append((Rule.PREFIXES_SPACED, 0, ()))
    at = len(declared) - len(declared.lstrip())
    while at < len(declared):
        match = _ONE.match(declared, at)
        if match is None or match.end() == at:
            break
        at = match.end()
        _declare(match, known, reserved, notes, last=at >= len(declared))
    return known


def _declare(
    match: re.Match[str],
    known: dict[str, str],
    reserved: Mapping[str, str],
    notes: list[Note],
    *,
    last: bool,
) -> None:
    prefix, before, colon, between, address, after = match.groups()
    problem = _shape(prefix, before, colon, between, address)
    if problem:
        notes.append((problem, 0, (prefix,)))
        return
    if between.strip(" "):
        notes.append((Rule.PREFIX_ODD_SPACE, 0, (prefix,)))
    if not last and after.strip(" \t\r\n"):
        notes.append((Rule.PREFIX_ODD_GAP, 0, ()))
    if not fits(URI, address):
        notes.append((Rule.PREFIX_BAD_ADDRESS, 0, (address,)))
        return
    problem = _meaning(prefix, address, reserved)
    if problem:
        notes.append((problem, 0, (prefix,)))
    if problem in {None, Rule.PREFIX_RESERVED}:
        known[prefix] = address


def _shape(prefix: str, before: str, colon: str, between: str, address: str) -> Rule | None:
    if not prefix:
        return Rule.PREFIX_EMPTY
    if not fits(NCNAME, prefix):
        return Rule.PREFIX_NAME
    if before or not colon:
        return Rule.PREFIX_COLON
    if not address:
        return Rule.PREFIX_ADDRESS
    return None if between else Rule.PREFIX_SPACE


def _meaning(prefix: str, address: str, reserved: Mapping[str, str]) -> Rule | None:
    if prefix == "_":
        return Rule.PREFIX_UNDERSCORE
    if address in DEFAULTS:
        return Rule.PREFIX_OF_DEFAULT
    if address == DC:
        return Rule.PREFIX_OF_DUBLIN_CORE
    return Rule.PREFIX_RESERVED if prefix in reserved and reserved[prefix] != address else None


def property_names(value: str) -> Iterator[tuple[str, str, Rule | None]]:
    """The prefix and the name of each property in a list, and the rule it breaks, if any."""
    for one in value.split():
        prefix, colon, name = one.partition(":")
        if not colon:
            yield "", one, None
        elif not prefix or not name:
            yield prefix, name, Rule.PROPERTY_MALFORMED
        else:
            yield prefix, name, None
