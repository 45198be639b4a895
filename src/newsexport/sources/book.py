"""E-books (EPUB 2 and 3): every chapter an article, as its table of contents names it.

Read by zipfile and a guarded parser: what a newspaper for an e-reader needs of the form
is its spine and its contents.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import unquote

from newsexport.errors import SourceError
from newsexport.events import Cause, omit
from newsexport.model import Article, Block, Figure, Heading, Media, figures, plain_blocks, with_notes
from newsexport.protocols import Item, Resource
from newsexport.sources.archive import DAMAGED_ZIP
from newsexport.sources.guarded_xml import local, parse
from newsexport.text.counting import first_words
from newsexport.text.dates import dated
from newsexport.text.languages import is_tag
from newsexport.text.plaintext import holding

CONTAINER = "META-INF/container.xml"
LARGEST_PAGE, LARGEST_PICTURE, MOST_PAGES = 5_000_000, 15_000_000, 5000

# What stands in a book and is no article of it.
PASSED_OVER = frozenset(
    ("cover", "titlepage", "toc", "landmarks", "copyright-page", "colophon", "loi", "index")
)
# Kinds of pages that hold nothing but notes, which stand with what calls them.
NOTES = frozenset(("endnotes", "footnotes", "rearnotes"))
FEWEST = 40  # characters


@dataclass(frozen=True, slots=True)
class TocChapter:
    """How the table of contents names a file, and under what; `holds` the files that stand under it."""

    title: str
    section: str
    holds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BookSource:
    """The chapters of an e-book in reading order; parts that hold chapters are sections."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By the media type that an EPUB begins with."""
        start = resource.data[:120]
        if not start.startswith(b"PK\x03\x04"):
            return 0
        return 1 if b"application/epub+zip" in start else 0.95 if resource.suffix == ".epub" else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """An article for each page with a text. Raises `SourceError`."""
        book = _Book.opened(resource)
        count = 0
        beyond = len(book.spine) - MOST_PAGES
        omit(f"beyond the {MOST_PAGES} of one book that are taken", Cause.LIMIT, "page", beyond)
        for name in book.spine[:MOST_PAGES]:
            try:
                article = book.article(name)
            except SourceError as error:
                yield error
                continue
            if article is not None:
                count += 1
                yield article
        aside = len(set(book.aside) - set(book.noted))
        omit("of books, beside the order of reading", Cause.FORMAT, "page", aside)
        if not count:
            raise SourceError(resource.reference, "is a book without a text")


@dataclass(frozen=True, slots=True)
class _Book:
    """An opened book: its archive, its package, its pages in order and those beside it, their names."""

    resource: Resource
    archive: zipfile.ZipFile
    package: Any
    folder: str
    spine: tuple[str, ...]
    aside: tuple[str, ...]
    places: dict[str, TocChapter]
    noted: dict[str, dict[str, Any]] = field(
        default_factory=dict
    )  # what pages that are called hold, by its names

    @classmethod
    def opened(cls, resource: Resource) -> _Book:
        try:
            archive = zipfile.ZipFile(io.BytesIO(resource.data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise SourceError(resource.reference, "is a damaged e-book") from error
        _refuse_protected(archive, resource)
        roots = [each.get("full-path") for each in _xml(archive, CONTAINER, resource).iter("{*}rootfile")]
        if not roots or not roots[0]:
            raise SourceError(resource.reference, "is an e-book without a package")
        package, folder = _xml(archive, roots[0], resource), posixpath.dirname(roots[0])
        items = {item.get("id"): item for item in package.iter("{*}item")}
        pages: tuple[list[str], list[str]] = ([], [])
        for each in package.iter("{*}itemref"):
            item = items.get(each.get("idref"))
            name = _joined(folder, each.get("idref", "") if item is None else item.get("href", ""))
            pages[each.get("linear") == "no"].append(name)
        spine, aside = map(tuple, pages)
        return cls(
            resource, archive, package, folder, spine, aside, _places(archive, items, folder, resource)
        )

    def article(self, name: str) -> Article | None:
        """The article of a page; None where it is a cover, contents or empty. Raises `SourceError`."""
        from newsexport.markup import MarkupError, blocks_and_notes, brought, prepared  # noqa: PLC0415 - loads the parser
        from newsexport.markup import parse as parse_page  # noqa: PLC0415 - loads the parser

        data = _member(self.archive, name, LARGEST_PAGE, self.resource)
        try:
            root = parse_page(data)
        except MarkupError:
            return None
        kinds = " ".join(
            each.get("epub:type") or "" for each in root.iter("html", "body", "section", "nav")
        ).split()
        told = name in self.noted and bool(NOTES.intersection(kinds))
        if told or PASSED_OVER.intersection(kinds) or self._is_front(name, root):
            return None
        for nav in list(root.iter("nav")):
            nav.drop_tree()
        brought(root, lambda href: self._element_at(name, href), posixpath.basename(name))
        body, notes = blocks_and_notes(prepared(root))
        place = self.places.get(name, TocChapter("", ""))
        title, body = _headline(body, place.title)
        body, notes = with_notes(body, notes)  # the headline may have called one
        if not _is_text(body):
            return None
        language = self._said("language")
        article = Article(
            title,
            body,
            published=dated(self._said("date")),
            section=self.resource.section or place.section or self._said("title"),
            site=self._said("title") or None,
            reference=self.resource.reference,
            language=language if is_tag(language) else "",
            notes=notes,
        )
        return self._illustrated(article, name)

    def _element_at(self, name: str, href: str) -> Any:
        """What a page names in another one; None when there is nothing of the kind."""
        from newsexport.markup import MarkupError  # noqa: PLC0415 - loads the parser
        from newsexport.markup import parse as parse_page  # noqa: PLC0415 - loads the parser

        other, place = _file(posixpath.dirname(name), href), unquote(href.partition("#")[2])
        if other not in self.noted and other in self.archive.NameToInfo:
            try:
                page = parse_page(_member(self.archive, other, LARGEST_PAGE, self.resource))
                self.noted[other] = {each.get("id"): each for each in page.iter() if each.get("id")}
            except (MarkupError, SourceError):
                self.noted[other] = {}
        return self.noted.get(other, {}).get(place)

    def _is_front(self, name: str, root: Any) -> bool:
        """Whether a page only leads to others: the front of a section, a title page, a list of links."""
        if not self.places:
            return False
        if name not in self.places:
            return _is_front(root)
        led_to = {_file(posixpath.dirname(name), link.get("href") or "") for link in root.iter("a")}
        return not self.places[name].holds.isdisjoint(led_to)

    def _illustrated(self, article: Article, name: str) -> Article:
        media = []
        for target in dict.fromkeys(figure.media for figure in figures(article)):
            try:
                data = _member(
                    self.archive, _joined(posixpath.dirname(name), target), LARGEST_PICTURE, self.resource
                )
            except SourceError:
                continue  # told when the picture is looked for
            media.append(Media(target, "", data))
        return replace(article, media=tuple(media))

    def _said(self, name: str) -> str:
        """What the metadata say, the first of each."""
        found = (each for each in self.package.iter() if local(each) == name)
        return next((" ".join((each.text or "").split()) for each in found), "")


def _is_text(body: tuple[Block, ...]) -> bool:
    """Whether there is something to read; that there are pictures alone is told."""
    if sum(map(len, plain_blocks(body))) >= FEWEST:
        return True
    alone = any(isinstance(block, Figure) for block in body)
    omit("of books, with nothing but pictures", Cause.FORMAT, "page", int(alone))
    return False


def _headline(body: tuple[Block, ...], named: str) -> tuple[str, tuple[Block, ...]]:
    """The name in the contents, or else the first heading near the top; that heading goes."""
    first = next((block for block in body[:4] if isinstance(block, Heading)), None)
    if first is not None:
        heading = holding(first.spans)
        return named or heading, tuple(block for block in body if block is not first)
    return named or first_words(" ".join(plain_blocks(body))), body


def _is_front(root: Any) -> bool:
    """Whether a page that the contents do not name is a title page or a list of links."""
    from newsexport.extraction.measuring import inner_text, link_density  # noqa: PLC0415 - loads the parser

    return len(inner_text(root)) < 400 or link_density(root) > 0.5


def _places(
    archive: zipfile.ZipFile, items: dict[str, Any], folder: str, resource: Resource
) -> dict[str, TocChapter]:
    """Every file that the contents name: the navigation of EPUB 3, or the NCX."""
    nav = next((item for item in items.values() if "nav" in (item.get("properties") or "").split()), None)
    ncx = next(
        (item for item in items.values() if item.get("media-type") == "application/x-dtbncx+xml"), None
    )
    for item, read in ((nav, _from_nav), (ncx, _from_ncx)):
        if item is None:
            continue
        name = _joined(folder, item.get("href", ""))
        try:
            places = read(_xml(archive, name, resource), posixpath.dirname(name))
        except SourceError:
            continue
        if places:
            return places
    return {}


def _from_nav(root: Any, folder: str) -> dict[str, TocChapter]:
    places: dict[str, TocChapter] = {}
    for nav in root.iter("{*}nav"):
        kind = next((value for key, value in nav.attrib.items() if key.rpartition("}")[2] == "type"), "toc")
        if "toc" not in kind.split():
            continue
        for item in nav.iter("{*}li"):
            link = next((each for each in item if local(each) == "a"), None)
            if link is None:
                continue
            around = next((each for each in item.iterancestors() if local(each) == "li"), None)
            label = (
                next((each for each in around if local(each) in {"a", "span"}), None)
                if around is not None
                else None
            )
            file = _file(folder, link.get("href") or "")
            holds = {_file(folder, each.get("href") or "") for each in item.iter("{*}a")} - {file}
            section = _words(label) if label is not None else ""
            places.setdefault(file, TocChapter(_words(link), section, frozenset(holds)))
    return places


def _from_ncx(root: Any, folder: str) -> dict[str, TocChapter]:
    places: dict[str, TocChapter] = {}
    for point in root.iter("{*}navPoint"):
        source = next(iter(point.iterchildren("{*}content")), None)
        around = point.getparent()
        section = _label(around) if around is not None and local(around) == "navpoint" else ""
        if source is not None:
            file = _file(folder, source.get("src") or "")
            holds = {_file(folder, each.get("src") or "") for each in point.iter("{*}content")} - {file}
            places.setdefault(file, TocChapter(_label(point), section, frozenset(holds)))
    return places


def _label(point: Any) -> str:
    label = next(iter(point.iterchildren("{*}navLabel")), None)
    return _words(label) if label is not None else ""


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _refuse_protected(archive: zipfile.ZipFile, resource: Resource) -> None:
    """Books under DRM encrypt their pages; fonts alone are obfuscated in many free ones."""
    if "META-INF/encryption.xml" not in archive.namelist():
        return
    root = _xml(archive, "META-INF/encryption.xml", resource)
    names = [each.get("URI") or "" for each in root.iter("{*}CipherReference")]
    if any(not name.lower().endswith((".ttf", ".otf", ".woff", ".woff2")) for name in names):
        raise SourceError(resource.reference, "is protected (DRM) and cannot be read")


def _xml(archive: zipfile.ZipFile, name: str, resource: Resource) -> Any:
    return parse(Resource(resource.reference, _member(archive, name, LARGEST_PAGE, resource)))


def _member(archive: zipfile.ZipFile, name: str, largest: int, resource: Resource) -> bytes:
    """The bytes of a member, counted as they come. Raises `SourceError`."""
    try:
        with archive.open(_spelt(archive, name)) as file:
            data = file.read(largest + 1)
    except DAMAGED_ZIP as error:
        raise SourceError(resource.reference, f"is an e-book in which {name[:80]} cannot be read") from error
    if len(data) > largest:
        raise SourceError(resource.reference, f"is an e-book in which {name[:80]} is too large")
    return data


def _spelt(archive: zipfile.ZipFile, name: str) -> str:
    """The name of a member as its archive spells it, which may have escapes and capitals of its own."""
    if name in archive.NameToInfo:
        return name
    alike = (each for each in archive.NameToInfo if unquote(each).casefold() == name.casefold())
    return next(alike, name)


def _file(folder: str, href: str) -> str:
    """The file a link leads to, whatever place in it."""
    return _joined(folder, href.partition("#")[0])


def _joined(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href)))
