"""The container of a book: the zip file, its names, and how it leads to the package document.

Sources: EPUB 3.3, section 4 (Open Container Format); OCF 2.0.1; APPNOTE.TXT of the zip format.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_STORED, ZipInfo

from epubpreflight.addresses import resolve
from epubpreflight.archive import Archive, UnreadableError, compressed_oddly
from epubpreflight.document_schema import MEDIA_TYPE, holds, shape_notes
from epubpreflight.documents import Document
from epubpreflight.fault import Fault
from epubpreflight.grammar import Attributes, Content, attributes, one_of
from epubpreflight.rules.container import (
    CONTAINER_SHAPE,
    EMPTY_FOLDER,
    EMPTY_PATH,
    ENCRYPTED,
    EXTENSION,
    MIMETYPE_EXTRA,
    MIMETYPE_FIRST,
    MIMETYPE_PACKED,
    MIMETYPE_WRONG,
    NAME_CHARACTERS,
    NAME_DOT,
    NAME_ENCODING,
    NAME_OUTSIDE,
    NAME_SPACES,
    NAME_TWICE,
    NO_PATH,
    ODDLY_PACKED,
    OLD_EXTENSION,
    OUTSIZED,
)

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"
PACKAGE_TYPE = "application/oebps-package+xml"
MIMETYPE = b"application/epub+zip"


# EPUB 3.3, section 4.2.2; OCF 2.0.1, section 3.3.
FORBIDDEN_2 = frozenset('"*:<>?\\')
FORBIDDEN_3 = FORBIDDEN_2 | {"|", "\x7f"}
SHORTEST_ZIP = 58


def archive_faults(archive: Archive, *, old: bool = False) -> Iterator[Fault]:
    """What is wrong with it as a zip file, and with the names in it."""
    yield from _first_faults(archive)
    if archive.misnamed:
        yield NAME_ENCODING.at("")
    seen: set[str] = set()
    for info in archive.members:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", info.filename).casefold())
        if folded in seen:
            yield NAME_TWICE.at(info.filename, info.filename)
        seen.add(folded)
        yield from _name_faults(info.filename, old=old)
        yield from _member_faults(info)
    yield from _folder_faults(archive)
    if archive.outsized:
        yield OUTSIZED.at("")


def _first_faults(archive: Archive) -> Iterator[Fault]:
    """The first file must be `mimetype`, stored as it is, so that byte 38 tells what this is."""
    first = min(archive.members, key=lambda info: info.header_offset, default=None)
    if first is None or first.filename != "mimetype" or first.header_offset:
        yield MIMETYPE_FIRST.at("mimetype")
    else:
        with archive.path.open("rb") as file:
            head = file.read(30)
        if int.from_bytes(head[28:30], "little"):
            yield MIMETYPE_EXTRA.at("mimetype")
        if first.compress_type != ZIP_STORED:
            yield MIMETYPE_PACKED.at("mimetype")
    if "mimetype" in archive.names:
        try:
            right = archive.read("mimetype") == MIMETYPE
        except UnreadableError:
            right = False
        if not right:
            yield MIMETYPE_WRONG.at("mimetype")


def _name_faults(name: str, *, old: bool) -> Iterator[Fault]:
    if name.startswith("/") or ".." in name.split("/"):
        yield NAME_OUTSIDE.at(name)
    bad = sorted({c for c in name if forbidden(c, old=old)})
    if bad:
        yield NAME_CHARACTERS.at(name, " ".join(f"U+{ord(c):04X}" for c in bad))
    if any(c.isspace() for c in name):
        yield NAME_SPACES.at(name)
    if name.endswith("."):
        yield NAME_DOT.at(name)


def forbidden(character: str, *, old: bool) -> bool:
    """Whether no name of a file in a book may hold this character."""
    if old:
        return character in FORBIDDEN_2
    code = ord(character)
    return (
        character in FORBIDDEN_3
        or code < 0x20
        or 0x80 <= code <= 0x9F
        or unicodedata.category(character) == "Co"
        or 0xFFF0 <= code <= 0xFFFF
        or 0xFDD0 <= code <= 0xFDEF
        or code & 0xFFFE == 0xFFFE
        or code == 0xE0001
    )


def _member_faults(info: ZipInfo) -> Iterator[Fault]:
    if info.flag_bits & 1:
        yield ENCRYPTED.at(info.filename)
    elif compressed_oddly(info):
        yield ODDLY_PACKED.at(info.filename)


def _folder_faults(archive: Archive) -> Iterator[Fault]:
    for info in archive.members:
        if info.is_dir() and not any(name.startswith(info.filename) for name in archive.names):
            yield EMPTY_FOLDER.at(info.filename)


def extension_faults(path: Path, *, old: bool) -> Iterator[Fault]:
    """What is wrong with the name of the book itself."""
    ending = path.suffix.removeprefix(".")
    if ending and ending != "epub":
        if ending.lower() == "epub":
            yield EXTENSION.at("")
        elif old:
            yield OLD_EXTENSION.at("")


def _ocf(names: str) -> frozenset[str]:
    return frozenset(OCF + name for name in names.split())


CONTENT: dict[str, Content] = {
    OCF + "container": holds(_ocf("rootfiles links"), "rootfiles (?:links )?"),
    OCF + "rootfiles": holds(_ocf("rootfile"), "(?:rootfile )+"),
    OCF + "links": holds(_ocf("link"), "(?:link )+"),
    OCF + "rootfile": Content(),
    OCF + "link": Content(),
}
RENDITION = "{http://www.idpf.org/2013/rendition}"
ATTRIBUTES: dict[str, Attributes] = {
    OCF + "container": attributes({"version": one_of("1.0")}, ("version",)),
    OCF + "rootfile": attributes(
        {"full-path": None, "media-type": one_of(PACKAGE_TYPE)}
        | {RENDITION + name: None for name in ("media", "layout", "language", "accessMode", "label")},
        ("full-path", "media-type"),
    ),
    OCF + "link": attributes({"href": None, "rel": None, "media-type": MEDIA_TYPE}, ("href", "rel")),
}

OLD_ROOTFILE = attributes({"full-path": None, "media-type": None}, ("full-path", "media-type"))


def container_faults(document: Document, *, old: bool) -> Iterator[Fault]:
    """What is wrong with the shape of the file that leads to the package document."""
    root = document.root
    tables = ATTRIBUTES | {OCF + "rootfile": OLD_ROOTFILE} if old else ATTRIBUTES
    if root.tag != OCF + "container":
        yield CONTAINER_SHAPE.at(CONTAINER, f"it is a <{root.tag.rpartition('}')[2]}>")
        return
    for rule, _, details in shape_notes(
        root, CONTENT, tables, lambda at, problem: (CONTAINER_SHAPE, at, (problem,))
    ):
        yield rule.at(CONTAINER, *details)


def path_faults(document: Document) -> Iterator[Fault]:
    """What is wrong with the ways to package documents."""
    root = document.root
    for element in root.iter(OCF + "rootfile"):
        path = element.get("full-path")
        if path is None:
            yield NO_PATH.at(CONTAINER)
        elif not path.strip():
            yield EMPTY_PATH.at(CONTAINER)
        elif rule := resolve("", path).rule:
            yield rule.at(CONTAINER, path)


def package_names(document: Document) -> list[str]:
    """The package documents that the container file names."""
    return [
        resolve("", path).name
        for element in document.root.iter(OCF + "rootfile")
        if (path := element.get("full-path", "").strip())
        and element.get("media-type", "").strip() == PACKAGE_TYPE
    ]
