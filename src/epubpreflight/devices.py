"""What readers of certain makers stumble over, found in a book.

Each function gives places and details; what is said of them, and of whom, stands in `shops`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from epubpreflight.addresses import resolve
from epubpreflight.book import Book
from epubpreflight.grammar import words
from epubpreflight.links import place_named
from epubpreflight.package import OPF
from epubpreflight.page import place

Places = Iterator[tuple[str, tuple[object, ...]]]

# The languages that Kindle's converter knows, by the list in kindle-epub-fix.
KINDLE_LANGUAGES = frozenset(
    words(
        "af gsw ar eu nb br ca zh kw co da nl stq en fi fr fy gl de gu hi is ga it ja lb mr ml gv frr nn "
        "pl pt oc rm sco gd es sv ta cy afr ara eus baq bre cat zho chi cor cos dan nld dut eng fin fra "
        "fre fry glg deu ger guj hin isl ice gle ita jpn ltz mar mal glv nor nob nno pol por oci roh gla "
        "spa swe tam cym wel"
    )
)
MAIL_BYTES = 50_000_000
PAGE_BYTES = 260_000
FILE_BYTES = 10_000_000
WIDEST, HIGHEST = 1440, 1920
PLAIN_NAME = re.compile(r"[A-Za-z0-9_\-./]+")
MODERN = {"image/webp": "WebP", "image/avif": "AVIF", "image/bmp": "BMP", "image/tiff": "TIFF"}


def unknown_language(book: Book) -> Places:
    """A language of the book that Kindle does not know."""
    language = book.package.metadata.get("language", "")
    if language and language.replace("_", "-").split("-")[0].lower() not in KINDLE_LANGUAGES:
        yield book.package.name, (language,)


def undeclared_pages(book: Book) -> Places:
    """Pages that do not begin with a declaration of XML."""
    yield from _marked(book, "no-declaration")


def _marked(book: Book, name: str) -> Places:
    for page in book.pages.values():
        for mark in page.marks:
            if mark.name == name:
                yield place(page.name, mark.line), ()


def body_links(book: Book) -> Places:
    """Links to an id of a body."""
    bodies = {
        (page.name, mark.name.partition(":")[2])
        for page in book.pages.values()
        for mark in page.marks
        if mark.name.startswith("body-id:")
    }
    if not bodies:
        return
    for use in book.web.uses:
        fragment = place_named(use.target.fragment, "")
        if (use.target.name, fragment) in bodies and use.reference.use == "link":
            yield place(use.source, book.line(use.source, use.reference.element)), (use.reference.address,)


def disordered_contents(book: Book) -> Places:
    """Entries of the NCX that lead back."""
    for name, contents in book.contents.items():
        before = -1
        for link in contents.links:
            position = book.package.position(resolve(name, link.address).name)
            if 0 <= position < before:
                yield place(name, book.line(name, link.element)), (link.address,)
            before = max(before, position)


def mail_size(book: Book) -> Places:
    """A book too large to be sent by mail."""
    size = book.archive.path.stat().st_size
    if size > MAIL_BYTES:
        yield "", (size // 1_000_000,)


def modern_pictures(book: Book) -> Places:
    """Pictures of formats that few readers know."""
    for name, picture in book.pictures.items():
        if picture.type in MODERN:
            yield name, (MODERN[picture.type],)


def printed_colours(book: Book) -> Places:
    """Pictures in the colours of print."""
    yield from ((name, ()) for name, picture in book.pictures.items() if picture.cmyk)


def large_pictures(book: Book) -> Places:
    """Pictures larger than what Kindle makes of them."""
    for name, picture in book.pictures.items():
        if picture.width > WIDEST or picture.height > HIGHEST:
            yield name, (picture.width, picture.height)


def transparent_pictures(book: Book) -> Places:
    """Pictures one can see through."""
    yield from ((name, ()) for name, picture in book.pictures.items() if picture.transparent)


def scripts(book: Book) -> Places:
    """Pages with scripts or forms."""
    yield from ((page.name, ()) for page in book.pages.values() if "scripted" in page.needs)


def formulas(book: Book) -> Places:
    """Pages with MathML."""
    yield from _marked(book, "formula")


def media(book: Book) -> Places:
    """Pages that play sound or film."""
    yield from _marked(book, "audio")
    yield from _marked(book, "video")


def picture_elements(book: Book) -> Places:
    """Pages that leave it to the reader which picture to show."""
    yield from _marked(book, "picture-element")


def source_sets(book: Book) -> Places:
    """Pages with pictures in several sizes."""
    yield from _marked(book, "srcset")


def empty_descriptions(book: Book) -> Places:
    """Pages with pictures that are marked as mere decoration."""
    yield from _marked(book, "image-empty-alt")


def amazon_attributes(book: Book) -> Places:
    """Pages that were converted for Kindle before."""
    for page in book.pages.values():
        for mark in page.marks:
            if mark.name.startswith("attribute:data-amzn"):
                yield place(page.name, mark.line), (mark.name.partition(":")[2],)


def without_ncx(book: Book) -> Places:
    """A book without the contents of EPUB 2."""
    if not book.package.contents:
        yield book.package.name, ()


def deep_contents(book: Book) -> Places:
    """Contents of more than two levels."""
    yield from ((name, (one.depth,)) for name, one in book.contents.items() if one.depth > 2)


def jumping_contents(book: Book) -> Places:
    """An NCX whose numbers are not 1, 2, 3."""
    yield from ((name, ()) for name, one in book.contents.items() if not one.sequential)


def without_guide(book: Book) -> Places:
    """A book that does not tell in the manner of EPUB 2 where its text begins."""
    if next(book.package.root.iter(OPF + "reference"), None) is None:
        yield book.package.name, ()


def without_cover(book: Book) -> Places:
    """A book without a cover."""
    if not book.package.covers:
        yield book.package.name, ()


def half_marked_cover(book: Book) -> Places:
    """A cover marked in one of the two ways."""
    if not book.package.covers:
        return
    named = any(meta.get("name") == "cover" for meta in book.package.metas())
    marked = book.package.old or any("cover-image" in item.properties for item in book.package.items)
    if not named or not marked:
        yield book.package.name, ()


def odd_covers(book: Book) -> Places:
    """Covers that are no JPEG."""
    for item in book.package.covers:
        if item.media_type != "image/jpeg":
            yield item.name, (item.media_type.removeprefix("image/").upper(),)


def commented(book: Book) -> Places:
    """A zip file with a comment."""
    if book.archive.zip.comment:
        yield "", ()


def modern_styles(book: Book) -> Places:
    """Styles that older renderers cannot read."""
    for name, sheet in book.sheets.items():
        dangers = sorted(sheet.dangers - {"background", "@keyframes"})
        if dangers:
            yield name, (", ".join(dangers),)
    for page in book.pages.values():
        for mark in page.marks:
            danger = mark.name.removeprefix("style:")
            if danger != mark.name and danger not in {"background", "@keyframes"}:
                yield place(page.name, mark.line), (danger,)


def backgrounds(book: Book) -> Places:
    """Styles that colour the ground."""
    yield from ((name, ()) for name, sheet in book.sheets.items() if "background" in sheet.dangers)
    yield from _marked(book, "style:background")


def long_pages(book: Book) -> Places:
    """Pages that are slow to lay out."""
    for page in book.pages.values():
        if page.size > PAGE_BYTES:
            yield page.name, (page.size // 1000,)


def huge_files(book: Book) -> Places:
    """Files that are not opened at all."""
    for info in book.archive.members:
        if info.file_size > FILE_BYTES:
            yield info.filename, (info.file_size // 1_000_000,)


def odd_names(book: Book) -> Places:
    """Names that some programs on the way cannot write."""
    for name in sorted(book.archive.names):
        if not PLAIN_NAME.fullmatch(name):
            yield name, ()


def double_landmarks(book: Book) -> Places:
    """Landmarks of several kinds at once."""
    for item in book.package.navigation:
        page = book.pages.get(item.name)
        for nav in page.navs if page else ():
            for entry in nav.entries if "landmarks" in nav.types else ():
                if len(entry.type.split()) > 1:
                    yield place(item.name, book.line(item.name, entry.element)), (entry.type,)


def without_landmarks(book: Book) -> Places:
    """A book without landmarks."""
    pages = [book.pages.get(item.name) for item in book.package.navigation]
    if not any("landmarks" in nav.types for page in pages if page for nav in page.navs):
        yield book.package.name, ()


def marked_contents(book: Book) -> Places:
    """Entries of the contents with elements inside of them."""
    for item in book.package.navigation:
        page = book.pages.get(item.name)
        for nav in page.navs if page else ():
            for entry in nav.entries:
                if entry.marked:
                    yield place(item.name, book.line(item.name, entry.element)), ()
                    return


def trailing_bytes(book: Book) -> Places:
    """Bytes behind the end of the zip file, which is marked by a record of 22 bytes and a comment."""
    with book.archive.path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and len(tail) > at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little"):
        yield "", ()


def long_endings(book: Book) -> Places:
    """Pictures named .jpeg."""
    yield from ((name, ()) for name in book.pictures if name.lower().endswith(".jpeg"))
