"""A whole book: every file of it, and what they say of each other."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from epubpreflight import layout
from epubpreflight.archive import Archive, UnreadableError
from epubpreflight.book import Book
from epubpreflight.container import (
    CONTAINER,
    ENCRYPTION,
    SIGNATURES,
    Encryption,
    archive_faults,
    container_faults,
    extension_faults,
    package_names,
    path_faults,
    read_encryption,
    signature_faults,
)
from epubpreflight.document_schema import schema_notes
from epubpreflight.documents import (
    XHTML_TYPE,
    Document,
    MalformedError,
    element_lines,
    note_faults,
    parse,
    prolog_notes,
)
from epubpreflight.fault import Fault, Vendor, place
from epubpreflight.links import link_faults, property_faults, reading_faults
from epubpreflight.manifest import manifest_notes
from epubpreflight.metadata import metadata_notes
from epubpreflight.navigation import NcxContents, read_ncx
from epubpreflight.overlays import read_overlay
from epubpreflight.package import (
    EPUB2_ATTRIBUTES,
    EPUB2_CONTENT,
    EPUB3_ATTRIBUTES,
    EPUB3_CONTENT,
    OPF,
    Item,
    Package,
    read_package,
)
from epubpreflight.page import CheckedPage, check_drawing, check_page
from epubpreflight.pictures import picture_faults, read_picture
from epubpreflight.rules import Note, Rule
from epubpreflight.vendor_checks import vendor_faults

NOTHING: Mapping[str, CheckedPage] = MappingProxyType({})


def check(
    book: Path | str | bytes, vendor: Vendor | None = None, known: Mapping[str, CheckedPage] = NOTHING
) -> tuple[Fault, ...]:
    """Everything that is wrong with an EPUB, and with `vendor` what that one would refuse besides.

    `book` is the path of the file, or what is in it. Pages in `known`, by their names in the book, are not
    read again.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        with Archive(book) as archive:
            return tuple(dict.fromkeys(_faults(archive, vendor, known)))
    except UnreadableError as error:
        return (Rule.ZIP_UNREADABLE.at("", str(error)),)


def _faults(archive: Archive, vendor: Vendor | None, known: Mapping[str, CheckedPage]) -> Iterator[Fault]:
    found = list(_package_document(archive))
    package = next((one for one in found if isinstance(one, Package)), None)
    epub2 = package is not None and package.epub2
    yield from archive_faults(archive, epub2=epub2)
    yield from extension_faults(archive.name, epub2=epub2)
    yield from (one for one in found if isinstance(one, Fault))
    if archive.outsized or package is None:
        return
    book = Book(archive, package)
    yield from _read_all(book, known)
    yield from layout.page_faults(book)
    references = book.references
    yield from link_faults(references)
    yield from reading_faults(references)
    if not epub2:
        for item in package.items:
            if item.name in book.pages and not item.remote and not book.pages[item.name].broken:
                yield from property_faults(references, item, book.pages[item.name])
    yield from _undeclared(book)
    yield from vendor_faults(book, vendor)


def _package_document(archive: Archive) -> Iterator[Fault | Package]:
    """The package document if it can be found, and the faults on the way to it and in it."""
    if CONTAINER not in archive.names:
        yield Rule.CONTAINER_MISSING.at(CONTAINER)
        return
    container = yield from _parsed(archive, CONTAINER)
    if container is None:
        return
    yield from path_faults(container)
    names = package_names(container)
    if not names:
        yield Rule.ROOTFILE_MISSING.at(CONTAINER)
    missing = [name for name in names if name not in archive.names]
    yield from (Rule.PACKAGE_MISSING.at(CONTAINER, name) for name in missing)
    if not names or names[0] in missing:
        return
    document = yield from _parsed(archive, names[0])
    package = (yield from _package(names[0], document)) if document else None
    if document is None or package is None:
        return
    if len(names) > 1:
        yield from _renditions(archive, package)
    yield package
    yield from container_faults(container, epub2=package.epub2)
    yield from _package_faults(package, document, archive.read(names[0]))


def _package(name: str, document: Document) -> Generator[Fault, None, Package | None]:
    """The package document, if it is one, of a version that is known."""
    if document.root.tag != OPF + "package":
        root = document.root.tag.rpartition("}")[2]
        yield (Rule.PACKAGE_NAMESPACE if root == "package" else Rule.PACKAGE_ROOT).at(name, root)
        return None
    package = read_package(name, document)
    if package.version not in {"2.0", "3.0"}:
        yield Rule.PACKAGE_VERSION.at(name, package.version)
        return None
    return package


def _parsed(archive: Archive, name: str) -> Generator[Fault, None, Document | None]:
    try:
        return parse(archive.read(name))
    except MalformedError as error:
        yield error.fault(name)
    except UnreadableError as error:
        yield Rule.ZIP_DAMAGED.at(name, str(error))
    return None


def _renditions(archive: Archive, package: Package) -> Iterator[Fault]:
    if package.epub2:
        yield Rule.RENDITIONS_OLD.at(CONTAINER)
    elif "META-INF/metadata.xml" not in archive.names:
        yield Rule.RENDITIONS_UNTOLD.at(CONTAINER)


def _package_faults(package: Package, document: Document, data: bytes) -> Iterator[Fault]:
    content, tables = (
        (EPUB2_CONTENT, EPUB2_ATTRIBUTES) if package.epub2 else (EPUB3_CONTENT, EPUB3_ATTRIBUTES)
    )
    notes: list[Note] = [
        *prolog_notes(document, package.version, "opf"),
        *schema_notes(document.root, content, tables, Rule.PACKAGE_SHAPE),
        *metadata_notes(package),
        *manifest_notes(package),
    ]
    yield from note_faults(package.name, notes, element_lines(data) if notes else [])


def _read_all(book: Book, known: Mapping[str, CheckedPage]) -> Iterator[Fault]:
    """Read every file of the book and collect what each refers to."""
    encryption = yield from _encryption(book)
    if SIGNATURES in book.archive.names:
        yield from signature_faults(book.archive.read(SIGNATURES))
    package, read = book.package, set[str]()
    book.add_package_references()
    for item in package.items:
        if item.remote or item.name in read:
            continue
        read.add(item.name)
        if item.name not in book.archive.names:
            yield Rule.ITEM_MISSING.at(place(package.name, book.line(package.name, item.element)), item.name)
        elif item.name not in encryption.hidden:
            yield from _read(book, item, known)
    for info in book.archive.members:
        if info.filename not in read and not info.is_dir() and not book.archive.outsized:
            try:
                book.archive.read(info)
            except UnreadableError as error:
                yield Rule.ZIP_DAMAGED.at(info.filename, str(error))


def _encryption(book: Book) -> Generator[Fault, None, Encryption]:
    if ENCRYPTION not in book.archive.names:
        return Encryption()
    try:
        encryption = read_encryption(book.archive.read(ENCRYPTION), book.archive.names, book.package)
    except UnreadableError as error:
        yield Rule.ZIP_DAMAGED.at(ENCRYPTION, str(error))
        return Encryption()
    yield from encryption.faults
    return encryption


def _read(book: Book, item: Item, known: Mapping[str, CheckedPage]) -> Iterator[Fault]:
    page = known.get(item.name) if item.media_type == XHTML_TYPE else None
    if page is not None:
        book.add_page(page)
        yield from _page_faults(item, page)
        return
    try:
        data = book.archive.read(item.name)
    except UnreadableError as error:
        yield Rule.ZIP_DAMAGED.at(item.name, str(error))
        return
    yield from _read_data(book, item, data)


def _read_data(book: Book, item: Item, data: bytes) -> Iterator[Fault]:
    version = book.package.version
    match item.media_type:
        case "application/xhtml+xml":
            page = check_page(item.name, data, version)
            book.add_page(page)
            yield from _page_faults(item, page)
        case "image/svg+xml":
            drawing = check_drawing(item.name, data, version)
            book.add_page(drawing)
            yield from drawing.faults
        case "application/x-dtbncx+xml":
            yield from _contents_faults(book, item, read_ncx(item.name, data, version))
        case "text/css":
            yield from book.add_sheet(item, data)
        case "image/jpeg" | "image/png" | "image/gif":
            picture = read_picture(data)
            book.pictures[item.name] = picture
            yield from picture_faults(item.name, item.media_type, data, picture)
        case "application/smil+xml" if not book.package.epub2:
            overlay = read_overlay(item.name, data)
            book.add_overlay(item, overlay)
            yield from overlay.faults
            yield from book.overlay_faults(item)
        case kind if kind.startswith("image/"):
            book.pictures[item.name] = read_picture(data)
        case _:
            pass


def _page_faults(item: Item, page: CheckedPage) -> Iterator[Fault]:
    yield from page.faults
    if "nav" in item.properties and not page.broken:
        yield from page.nav_faults
        count = sum("toc" in nav.types for nav in page.navs)
        if count != 1:
            yield Rule.NAV_WITHOUT_CONTENTS.at(item.name, count)


def _contents_faults(book: Book, item: Item, contents: NcxContents) -> Iterator[Fault]:
    yield from contents.faults
    book.contents[item.name] = contents
    book.references.add(item.name, contents.links)
    own = book.package.identifier
    if contents.identifier is not None and own and contents.identifier.strip() != own:
        yield Rule.NCX_IDENTIFIER.at(item.name, contents.identifier)


def _undeclared(book: Book) -> Iterator[Fault]:
    package = book.package
    declared = {item.name for item in package.items} | {package.name, "mimetype"} | book.linked
    for name in sorted(book.archive.names - declared):
        if not name.startswith("META-INF/"):
            yield Rule.FILE_UNDECLARED.at(name)
