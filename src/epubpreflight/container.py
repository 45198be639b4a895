"""The container of a book: the zip file and its names, the way to the package document, locked files.

Sources: EPUB 3.3, section 4 (Open Container Format; 4.2.6.3.2 and 4.4 on encryption); OCF 2.0.1;
APPNOTE.TXT of the zip format.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from zipfile import ZIP_STORED, ZipInfo

from epubpreflight.addresses import resolve
from epubpreflight.archive import Archive, UnreadableError, unusually_compressed
from epubpreflight.document_schema import (
    MEDIA_TYPE,
    Attributes,
    Content,
    attributes,
    holds,
    local,
    one_of,
    schema_notes,
    words,
)
from epubpreflight.documents import Document, MalformedError, parse
from epubpreflight.fault import Fault
from epubpreflight.package import Package
from epubpreflight.rules import Rule

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"
PACKAGE_TYPE = "application/oebps-package+xml"
MIMETYPE = b"application/epub+zip"


# EPUB 3.3, section 4.2.2; OCF 2.0.1, section 3.3.
EPUB2_FORBIDDEN = frozenset('"*:<>?\\')
EPUB3_FORBIDDEN = EPUB2_FORBIDDEN | {"|", "\x7f"}


def archive_faults(archive: Archive, *, epub2: bool = False) -> Iterator[Fault]:
    """What is wrong with the book as a zip file, and with the names in it."""
    yield from _first_faults(archive)
    if archive.misnamed:
        yield Rule.NAME_ENCODING.at("")
    seen: set[str] = set()
    for info in archive.members:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", info.filename).casefold())
        if folded in seen:
            yield Rule.NAME_TWICE.at(info.filename, info.filename)
        seen.add(folded)
        yield from _name_faults(info.filename, epub2=epub2)
        yield from _member_faults(info)
    yield from _folder_faults(archive)
    if archive.outsized:
        yield Rule.ZIP_BOMB.at("")


def _first_faults(archive: Archive) -> Iterator[Fault]:
    """The first file must be `mimetype`, stored uncompressed, so that it can be read at byte 38."""
    first = min(archive.members, key=lambda info: info.header_offset, default=None)
    if first is None or first.filename != "mimetype" or first.header_offset:
        yield Rule.MIMETYPE_NOT_FIRST.at("mimetype")
    else:
        with archive.open() as file:
            head = file.read(30)
        if int.from_bytes(head[28:30], "little"):
            yield Rule.MIMETYPE_EXTRA.at("mimetype")
        if first.compress_type != ZIP_STORED:
            yield Rule.MIMETYPE_COMPRESSED.at("mimetype")
    if "mimetype" in archive.names:
        try:
            right = archive.read("mimetype") == MIMETYPE
        except UnreadableError:
            right = False
        if not right:
            yield Rule.MIMETYPE_WRONG.at("mimetype")


def _name_faults(name: str, *, epub2: bool) -> Iterator[Fault]:
    if name.startswith("/") or ".." in name.split("/"):
        yield Rule.NAME_OUTSIDE.at(name)
    bad = sorted({c for c in name if forbidden(c, epub2=epub2)})
    if bad:
        yield Rule.NAME_CHARACTERS.at(name, " ".join(f"U+{ord(c):04X}" for c in bad))
    if any(c.isspace() for c in name):
        yield Rule.NAME_SPACES.at(name)
    if name.endswith("."):
        yield Rule.NAME_ENDS_WITH_DOT.at(name)


def forbidden(character: str, *, epub2: bool) -> bool:
    """Whether this character may not stand in the name of a file in a book."""
    if epub2:
        return character in EPUB2_FORBIDDEN
    code = ord(character)
    return (
        character in EPUB3_FORBIDDEN
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
        yield Rule.ZIP_ENCRYPTED.at(info.filename)
    elif unusually_compressed(info):
        yield Rule.ZIP_COMPRESSION.at(info.filename)


def _folder_faults(archive: Archive) -> Iterator[Fault]:
    for info in archive.members:
        if info.is_dir() and not any(name.startswith(info.filename) for name in archive.names):
            yield Rule.FOLDER_EMPTY.at(info.filename)


def extension_faults(name: str, *, epub2: bool) -> Iterator[Fault]:
    """What is wrong with the name of the book itself."""
    ending = PurePath(name).suffix.removeprefix(".")
    if ending and ending != "epub":
        if ending.lower() == "epub":
            yield Rule.EXTENSION_CAPITALS.at("")
        elif epub2:
            yield Rule.EXTENSION_ODD.at("")


CONTENT: dict[str, Content] = {
    OCF + "container": holds(OCF, "rootfiles (?:links )?"),
    OCF + "rootfiles": holds(OCF, "(?:rootfile )+"),
    OCF + "links": holds(OCF, "(?:link )+"),
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

EPUB2_ROOTFILE = attributes({"full-path": None, "media-type": None}, ("full-path", "media-type"))


def container_faults(document: Document, *, epub2: bool) -> Iterator[Fault]:
    """What is wrong with the XML of the file that leads to the package document."""
    root = document.root
    tables = ATTRIBUTES | {OCF + "rootfile": EPUB2_ROOTFILE} if epub2 else ATTRIBUTES
    if root.tag != OCF + "container":
        yield Rule.CONTAINER_SHAPE.at(CONTAINER, f"it is a <{local(root.tag)}>")
        return
    for rule, _, details in schema_notes(root, CONTENT, tables, Rule.CONTAINER_SHAPE):
        yield rule.at(CONTAINER, *details)


def path_faults(document: Document) -> Iterator[Fault]:
    """What is wrong with the paths of package documents."""
    root = document.root
    for element in root.iter(OCF + "rootfile"):
        path = element.get("full-path")
        if path is None:
            yield Rule.ROOTFILE_WITHOUT_PATH.at(CONTAINER)
        elif not path.strip():
            yield Rule.ROOTFILE_EMPTY_PATH.at(CONTAINER)
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


XENC = "{http://www.w3.org/2001/04/xmlenc#}"
IDPF = "http://www.idpf.org/2008/embedding"
FONTS = frozenset(
    words(
        "font/otf font/ttf font/woff font/woff2 application/font-sfnt application/font-woff "
        "application/vnd.ms-opentype application/x-font-ttf"
    )
)

SIGNATURES = "META-INF/signatures.xml"


@dataclass(frozen=True, slots=True)
class Encryption:
    """The faults of META-INF/encryption.xml, and the encrypted files, which cannot be read."""

    faults: tuple[Fault, ...] = ()
    hidden: frozenset[str] = frozenset()


def read_encryption(data: bytes, names: frozenset[str], package: Package) -> Encryption:
    """Read the list of encrypted files. Raises nothing, whatever the bytes are."""
    try:
        root = parse(data).root
    except MalformedError as error:
        return Encryption((error.fault(ENCRYPTION),))
    faults: list[Fault] = []
    hidden: set[str] = set()
    if root.tag != OCF + "encryption":
        faults.append(Rule.ENCRYPTION_SHAPE.at(ENCRYPTION, f"it is a <{local(root.tag)}>"))
    if not len(root):
        faults.append(Rule.ENCRYPTION_SHAPE.at(ENCRYPTION, "it is empty"))
    ids = [one.get("Id") for one in root.iter() if one.get("Id") is not None]
    if len(set(ids)) < len(ids):
        faults.append(Rule.ENCRYPTION_SHAPE.at(ENCRYPTION, "two parts have the same id"))
    faults.extend(
        Rule.ENCRYPTION_SHAPE.at(ENCRYPTION, "how a file was compressed cannot be read")
        for one in root.iter("{http://www.idpf.org/2016/encryption#compression}Compression")
        if one.get("Method") not in {"0", "8"} or not one.get("OriginalLength", "").isdecimal()
    )
    for child in root:
        if child.tag not in {XENC + "EncryptedData", XENC + "EncryptedKey"}:
            faults.append(Rule.ENCRYPTION_SHAPE.at(ENCRYPTION, f"<{local(child.tag)}> may not stand in it"))
            continue
        method = child.find(XENC + "EncryptionMethod")
        for reference in child.iter(XENC + "CipherReference"):
            faults.extend(_locked_file_faults(reference.get("URI", ""), method, names, package, hidden))
    return Encryption(tuple(faults), frozenset(hidden))


def signature_faults(data: bytes) -> Iterator[Fault]:
    """What is wrong with the list of signatures."""
    try:
        root = parse(data).root
    except MalformedError as error:
        yield error.fault(SIGNATURES)
        return
    if root.tag != OCF + "signatures":
        yield Rule.SIGNATURES_SHAPE.at(SIGNATURES, local(root.tag))


def _locked_file_faults(
    address: str, method: object, names: frozenset[str], package: Package, hidden: set[str]
) -> Iterator[Fault]:
    name = resolve("", address).name
    algorithm = getattr(method, "get", lambda _: None)("Algorithm")
    if name not in names:
        yield Rule.ENCRYPTION_MISSING.at(ENCRYPTION, address)
    elif algorithm == IDPF:
        item = package.by_name.get(name)
        if item is not None and item.media_type not in FONTS:
            yield Rule.OBFUSCATED_NO_FONT.at(ENCRYPTION, name)
    elif algorithm != "http://ns.adobe.com/pdf/enc#RC":
        hidden.add(name)
        yield Rule.FILE_LOCKED.at(ENCRYPTION, name)
