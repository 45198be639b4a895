"""What a book says of its locked files: META-INF/encryption.xml.

Source: EPUB 3.3, section 4.2.6.3.2 and 4.4 (font obfuscation).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from epubpreflight.addresses import resolve
from epubpreflight.container import ENCRYPTION
from epubpreflight.documents import Broken, parse
from epubpreflight.fault import Fault
from epubpreflight.grammar import words
from epubpreflight.package import Package
from epubpreflight.page import place
from epubpreflight.rules.content import ENTITY_BOMB, NOT_WELL_FORMED
from epubpreflight.rules.encryption import LOCKED, MISSING, NOT_A_FONT, SHAPE, SIGNED

OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"
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
    """Faults, and the files that cannot be read."""

    faults: tuple[Fault, ...] = ()
    hidden: frozenset[str] = frozenset()


def read_encryption(data: bytes, names: frozenset[str], package: Package) -> Encryption:
    """Look at the list of locked files. Raises nothing, whatever the bytes are."""
    try:
        root = parse(data).root
    except Broken as broken:
        rule = ENTITY_BOMB if broken.entities else NOT_WELL_FORMED
        return Encryption((rule.at(place(ENCRYPTION, broken.line), broken.words),))
    faults: list[Fault] = []
    hidden: set[str] = set()
    if root.tag != OCF + "encryption":
        faults.append(SHAPE.at(ENCRYPTION, f"it is a <{root.tag.rpartition('}')[2]}>"))
    if not len(root):
        faults.append(SHAPE.at(ENCRYPTION, "it is empty"))
    ids = [one.get("Id") for one in root.iter() if one.get("Id") is not None]
    if len(set(ids)) < len(ids):
        faults.append(SHAPE.at(ENCRYPTION, "two parts have the same id"))
    faults.extend(
        SHAPE.at(ENCRYPTION, "how a file was compressed cannot be read")
        for one in root.iter("{http://www.idpf.org/2016/encryption#compression}Compression")
        if one.get("Method") not in {"0", "8"} or not one.get("OriginalLength", "").isdecimal()
    )
    for child in root:
        if child.tag not in {XENC + "EncryptedData", XENC + "EncryptedKey"}:
            faults.append(SHAPE.at(ENCRYPTION, f"<{child.tag.rpartition('}')[2]}> may not stand in it"))
            continue
        method = child.find(XENC + "EncryptionMethod")
        for reference in child.iter(XENC + "CipherReference"):
            faults.extend(_one(reference.get("URI", ""), method, names, package, hidden))
    return Encryption(tuple(faults), frozenset(hidden))


def signature_faults(data: bytes) -> Iterator[Fault]:
    """What is wrong with the list of signatures."""
    try:
        root = parse(data).root
    except Broken as broken:
        yield NOT_WELL_FORMED.at(place(SIGNATURES, broken.line), broken.words)
        return
    if root.tag != OCF + "signatures":
        yield SIGNED.at(SIGNATURES, root.tag.rpartition("}")[2])


def _one(
    address: str, method: object, names: frozenset[str], package: Package, hidden: set[str]
) -> Iterator[Fault]:
    name = resolve("", address).name
    algorithm = getattr(method, "get", lambda _: None)("Algorithm")
    if name not in names:
        yield MISSING.at(ENCRYPTION, address)
    elif algorithm == IDPF:
        item = package.by_name.get(name)
        if item is not None and item.media_type not in FONTS:
            yield NOT_A_FONT.at(ENCRYPTION, name)
    elif algorithm != "http://ns.adobe.com/pdf/enc#RC":
        hidden.add(name)
        yield LOCKED.at(ENCRYPTION, name)
