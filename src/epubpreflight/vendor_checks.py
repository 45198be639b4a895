"""What the vendors' readers stumble over, and what readers with disabilities miss, found in a book.

Each function gives places and details; how bad that is, who minds and who says so stands in the table of
rules. Sources on accessibility: EPUB Accessibility 1.1; WCAG 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from epubpreflight.addresses import resolve
from epubpreflight.book import Book
from epubpreflight.documents import XHTML_TYPE
from epubpreflight.fault import KINDLE_LANGUAGES, Fault, Vendor, place
from epubpreflight.links import place_named
from epubpreflight.package import OPF
from epubpreflight.pictures import Picture
from epubpreflight.rules import Rule

Places = Iterator[tuple[str, tuple[object, ...]]]
"""Where something is found, and details for the gaps in the message of its rule."""
Check = Callable[[Book], Places]

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


def pages_with(*features: str) -> Check:
    """The check that finds where in each page these features first occur."""

    def places(book: Book) -> Places:
        for name in features:
            for page in book.pages.values():
                for feature in page.features:
                    if feature.name == name:
                        yield place(page.name, feature.line), ()

    return places


def pictures_that(seen: Callable[[Picture], bool]) -> Check:
    """The check that finds the pictures of which this is true."""
    return lambda book: ((name, ()) for name, picture in book.pictures.items() if seen(picture))


def body_links(book: Book) -> Places:
    """Links to an id of a body."""
    bodies = {
        (page.name, feature.name.partition(":")[2])
        for page in book.pages.values()
        for feature in page.features
        if feature.name.startswith("body-id:")
    }
    if not bodies:
        return
    for use in book.references.uses:
        fragment = place_named(use.target.fragment, "")
        if (use.target.name, fragment) in bodies and use.reference.use == "link":
            yield place(use.source, book.line(use.source, use.reference.element)), (use.reference.address,)


def disordered_contents(book: Book) -> Places:
    """Entries of the NCX that lead back in the reading order."""
    for name, contents in book.contents.items():
        before = -1
        for link in contents.links:
            position = book.package.position(resolve(name, link.address).name)
            if 0 <= position < before:
                yield place(name, book.line(name, link.element)), (link.address,)
            before = max(before, position)


def mail_size(book: Book) -> Places:
    """A book too large to be sent by mail."""
    with book.archive.open() as file:
        size = file.seek(0, 2)
    if size > MAIL_BYTES:
        yield "", (size // 1_000_000,)


def modern_pictures(book: Book) -> Places:
    """Pictures of formats that few readers know."""
    for name, picture in book.pictures.items():
        if picture.type in MODERN:
            yield name, (MODERN[picture.type],)


def large_pictures(book: Book) -> Places:
    """Pictures larger than what Kindle makes of them."""
    for name, picture in book.pictures.items():
        if picture.width > WIDEST or picture.height > HIGHEST:
            yield name, (picture.width, picture.height)


def scripts(book: Book) -> Places:
    """Pages with scripts or forms."""
    yield from ((page.name, ()) for page in book.pages.values() if "scripted" in page.needs)


def amazon_attributes(book: Book) -> Places:
    """Pages with attributes that a conversion for Kindle left behind."""
    for page in book.pages.values():
        for feature in page.features:
            if feature.name.startswith("attribute:data-amzn"):
                yield place(page.name, feature.line), (feature.name.partition(":")[2],)


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
    """A book without a guide, by which EPUB 2 says where the text begins."""
    if next(book.package.root.iter(OPF + "reference"), None) is None:
        yield book.package.name, ()


def without_cover(book: Book) -> Places:
    """A book without a cover."""
    if not book.package.covers:
        yield book.package.name, ()


def half_marked_cover(book: Book) -> Places:
    """A cover marked in only one of the two ways."""
    if not book.package.covers:
        return
    named = any(meta.get("name") == "cover" for meta in book.package.metas())
    marked = book.package.epub2 or any("cover-image" in item.properties for item in book.package.items)
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
        for feature in page.features:
            danger = feature.name.removeprefix("style:")
            if danger != feature.name and danger not in {"background", "@keyframes"}:
                yield place(page.name, feature.line), (danger,)


def backgrounds(book: Book) -> Places:
    """Styles that set a background."""
    yield from ((name, ()) for name, sheet in book.sheets.items() if "background" in sheet.dangers)
    yield from pages_with("style:background")(book)


def long_pages(book: Book) -> Places:
    """Pages that are slow to lay out."""
    for page in book.pages.values():
        if page.size > PAGE_BYTES:
            yield page.name, (page.size // 1000,)


def huge_files(book: Book) -> Places:
    """Files too large to be opened."""
    for info in book.archive.members:
        if info.file_size > FILE_BYTES:
            yield info.filename, (info.file_size // 1_000_000,)


def odd_names(book: Book) -> Places:
    """Names of files with other characters than plain ones."""
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
    with book.archive.open() as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and len(tail) > at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little"):
        yield "", ()


def long_endings(book: Book) -> Places:
    """Pictures named .jpeg."""
    yield from ((name, ()) for name in book.pictures if name.lower().endswith(".jpeg"))


# EPUB Accessibility 1.1, section 2.2: what must be declared, and what should.
ACCESSIBILITY_PROPERTIES = (
    "accessMode",
    "accessibilityFeature",
    "accessibilityHazard",
    "accessModeSufficient",
)


def missing_accessibility(book: Book) -> Places:
    """Metadata of accessibility that are missing."""
    missing = [
        name for name in ACCESSIBILITY_PROPERTIES if not book.package.property_values(f"schema:{name}")
    ]
    if missing and not book.package.epub2:
        yield book.package.name, (", ".join(missing),)


def pages_without_language(book: Book) -> Places:
    """Pages that do not tell their language."""
    for item in book.package.items:
        page = book.pages.get(item.name)
        if page and item.media_type == XHTML_TYPE and not page.language and not page.broken:
            yield page.name, ()


CHECKS: Mapping[Rule, Check] = MappingProxyType(
    {
        Rule.SHOP_LANGUAGE: unknown_language,
        Rule.SHOP_NO_DECLARATION: pages_with("no-declaration"),
        Rule.SHOP_LINK_TO_BODY: body_links,
        Rule.SHOP_CONTENTS_ORDER: disordered_contents,
        Rule.SHOP_SIZE: mail_size,
        Rule.SHOP_PICTURE_FORMAT: modern_pictures,
        Rule.SHOP_PICTURE_COLOURS: pictures_that(lambda picture: picture.cmyk),
        Rule.SHOP_PICTURE_SIZE: large_pictures,
        Rule.SHOP_PICTURE_TRANSPARENT: pictures_that(lambda picture: picture.transparent),
        Rule.SHOP_SCRIPT: scripts,
        Rule.SHOP_FORMULA: pages_with("formula"),
        Rule.SHOP_MEDIA: pages_with("audio", "video"),
        Rule.SHOP_PICTURE_ELEMENT: pages_with("picture-element"),
        Rule.SHOP_SRCSET: pages_with("srcset"),
        Rule.SHOP_EMPTY_ALT: pages_with("image-empty-alt"),
        Rule.SHOP_AMAZON_ATTRIBUTE: amazon_attributes,
        Rule.SHOP_NO_NCX: without_ncx,
        Rule.SHOP_CONTENTS_DEPTH: deep_contents,
        Rule.SHOP_PLAY_ORDER: jumping_contents,
        Rule.SHOP_NO_GUIDE: without_guide,
        Rule.SHOP_NO_COVER: without_cover,
        Rule.SHOP_COVER_MARKS: half_marked_cover,
        Rule.SHOP_COVER_FORMAT: odd_covers,
        Rule.SHOP_COMMENT: commented,
        Rule.SHOP_STYLE: modern_styles,
        Rule.SHOP_BACKGROUND: backgrounds,
        Rule.SHOP_PAGE_SIZE: long_pages,
        Rule.SHOP_PAGE_TOO_LARGE: huge_files,
        Rule.SHOP_NAME: odd_names,
        Rule.SHOP_LANDMARK_TYPES: double_landmarks,
        Rule.SHOP_NO_LANDMARKS: without_landmarks,
        Rule.SHOP_MARKED_CONTENTS: marked_contents,
        Rule.BYTES_AFTER_END: trailing_bytes,
        Rule.PICTURE_ENDING: long_endings,
        Rule.ACCESSIBILITY_METADATA: missing_accessibility,
        Rule.PAGE_LANGUAGE: pages_without_language,
        Rule.PICTURE_UNDESCRIBED: pages_with("image-without-alt"),
    }
)


def vendor_faults(book: Book, vendor: Vendor | None) -> Iterator[Fault]:
    """What this vendor minds, and good advice for any."""
    for rule, check in CHECKS.items():
        if rule.applies_to(vendor):
            name = vendor.label if vendor else ""
            yield from (rule.at(where, name, *details) for where, details in check(book))
