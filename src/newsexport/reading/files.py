"""What readers know the files of an issue by, and where its articles lie in each."""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from lxml import etree

from newsexport.errors import ExportError
from newsexport.library.issue import (
    HASHED,
    FileRole,
    Issue,
    IssueArticle,
    IssueFile,
    articles_of,
    of_whole,
    parts_of,
)
from newsexport.model import Article
from newsexport.reading.places import Stretch, Whereabouts, of_pages, of_sound, of_words
from newsexport.text.counting import word_count
from newsexport.work.containment import contained

# Of a file KOReader hashes so many bytes at the beginning and at each fourfold of that (`partialMD5`).
SAMPLE, SAMPLES = 1024, 12

# Our own pages of an article: ``a0012.xhtml``, ``a0012-2.xhtml``.
PAGE = re.compile(r"a(\d{4,})(?:-\d+)?\.xhtml")
# No page of ours comes near that; what does is another's work.
LARGEST = 20_000_000
NAMES = {"c": "urn:oasis:names:tc:opendocument:xmlns:container", "o": "http://www.idpf.org/2007/opf"}
# Elements within a line begin where their paragraph does, as far as anybody needs to know.
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q",
     "rp", "rt", "ruby", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"}
)  # fmt: skip


def name_of(story: IssueArticle) -> str:
    """By what an article is known from one issue to the next: its address, or else its title and its length.

    What has no address often has the title that it had the day before.
    """
    return story.url or f"{story.title}\n{story.words}"


def named(article: Article) -> str:
    """The same of an article that has not come out, or as it stands in the data of an issue."""
    return name_of(IssueArticle(article.title, url=article.url, words=word_count(article)))


def document_ids(file: BinaryIO, name: str) -> tuple[str, ...]:
    """By what KOReader knows a published file: its bytes, or the name it has once it was downloaded.

    A published name bears a hash, which the name of a download has not.
    """
    plain = HASHED.sub(lambda found: found[1] or "", name)
    names = dict.fromkeys((name, plain))
    return (partial_md5(file), *(_md5(each.encode()) for each in names))


# Where sounds of a library lie.
SOUND = re.compile(r"/(?P<path>[a-z0-9-]+/\d{4}-\d\d-\d\d/[^/]+)$")


def sound_at(address: str) -> str:
    """Where a sound lies in a library, by its address; empty where none lies so. Raises `ValueError`."""
    found = SOUND.search(unquote(urlsplit(address).path))
    return found["path"] if found else ""


def partial_md5(file: BinaryIO) -> str:
    """The hash of samples of a file by which KOReader knows it, in hexadecimal."""
    samples = []
    for number in range(SAMPLES):
        file.seek(SAMPLE << 2 * (number - 1) if number else 0)
        sample = file.read(SAMPLE)
        if not sample:
            break
        samples.append(sample)
    return _md5(b"".join(samples))


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def places_in(issue: Issue, file: IssueFile, opened: BinaryIO) -> Whereabouts:
    """Where the articles of an issue lie in a book or a text of it.

    Of what cannot be looked into only the order of its articles and their words are known.
    """
    names = tuple(map(name_of, issue.stories))
    found = None
    try:
        with contained(ExportError):
            if file.name.endswith(".epub"):
                found = Whereabouts(names, tuple(_spine(opened)))
            elif file.name.endswith(".pdf"):
                found = of_pages(names, *_outline(issue, opened))
    except ExportError:
        found = None
    if found and any(stretch.article for stretch in found.stretches):
        return found
    return of_words(names, [story.words for story in issue.stories])


def _spine(opened: BinaryIO) -> Iterator[Stretch]:
    """A stretch for each item of the spine; its length is that of the text of the article."""
    with zipfile.ZipFile(opened) as book:
        container = etree.fromstring(_member(book, "META-INF/container.xml"), _parser())
        package = next(root.get("full-path", "") for root in container.iterfind(".//c:rootfile", NAMES))
        root = etree.fromstring(_member(book, package), _parser())
        hrefs = {item.get("id"): str(item.get("href")) for item in root.iterfind(".//o:item", NAMES)}
        for item in root.iterfind(".//o:spine/o:itemref", NAMES):
            path = posixpath.join(posixpath.dirname(package), unquote(hrefs.get(item.get("idref"), "")))
            page = PAGE.fullmatch(posixpath.basename(path))
            yield _page(int(page[1]), _member(book, path)) if page else Stretch(0, 0.0)


def _member(book: zipfile.ZipFile, path: str) -> bytes:
    if book.getinfo(path).file_size > LARGEST:
        raise ExportError(f"{path}: is larger than any page of ours")
    return book.read(path)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _page(number: int, data: bytes) -> Stretch:
    """A page of an article: where its elements begin, in characters of the article's text before them."""
    body = etree.fromstring(data, _parser()).find("{*}body")
    marks: dict[str, float] = {}
    length = _walk(body, "", 0, marks) if body is not None else 0
    return Stretch(number, float(max(1, length)), marks)


def _walk(element: Any, path: str, at: int, marks: dict[str, float]) -> int:
    """Note where the elements within one begin; where it ends. What leads elsewhere is behind all text."""
    at += len(element.text or "")
    counts: dict[str, int] = {}
    for child in element:
        if isinstance(child.tag, str):
            name = etree.QName(child).localname
            counts[name] = counts.get(name, 0) + 1
            inner = f"{path}/{name}[{counts[name]}]".removeprefix("/")
            if name in INLINE:
                at += len("".join(child.itertext()))
            else:
                marks[inner] = at
                at = at if name == "nav" else _walk(child, inner, at, marks)
        at += len(child.tail or "")
    return at


def _outline(issue: Issue, opened: BinaryIO) -> tuple[list[int | None], int]:
    """The page, from 1, on which each article begins by the outline of a PDF, and how many there are."""
    from pypdf import PdfReader  # noqa: PLC0415 - an extra

    read = PdfReader(opened)
    marks = list(_bookmarks(read.outline, read))
    begins: list[int | None] = []
    for story in issue.stories:
        place = next((at for at, (title, _) in enumerate(marks) if _alike(title, story.title)), None)
        begins.append(marks[place][1] if place is not None else None)
        marks = marks[place + 1 :] if place is not None else marks
    return begins, len(read.pages)


def _bookmarks(outline: Any, read: Any) -> Iterator[tuple[str, int]]:
    for each in outline:
        if isinstance(each, list):
            yield from _bookmarks(each, read)
        else:
            yield str(each.title), int(read.get_destination_page_number(each)) + 1


def _alike(title: str, another: str) -> bool:
    """Whether two titles have the same letters and figures; quotation marks are set anew in print."""
    return re.findall(r"\w+", title.casefold()) == re.findall(r"\w+", another.casefold())


def sounds_of(issue: Issue) -> Iterator[tuple[IssueFile, Whereabouts]]:
    """The sounds of an issue, each with where the articles begin in it, in seconds."""
    names = tuple(map(name_of, issue.stories))
    starts = [story.start for story in issue.stories]
    alone = {file.name: number for number, part in articles_of(issue) for file in part.sounds}
    begin = 0.0
    for file in of_whole(issue):
        yield file, of_sound(names, starts, file.seconds or 0.0)
    for part in () if alone else parts_of(issue):
        seconds = part.sounds[0].seconds or 0.0
        told = [story.start if story in part.stories else None for story in issue.stories]
        for file in part.sounds:
            yield file, of_sound(names, _from(told, begin), seconds)
        begin += seconds
    for file in issue.of(FileRole.SOUND):
        if file.name in alone:
            yield file, Whereabouts(names, (Stretch(alone[file.name], file.seconds or 0.0),))


def _from(starts: list[float | None], begin: float) -> list[float | None]:
    """Starts in the whole as starts in a part of it, which are none before its beginning."""
    return [None if start is None else max(0.0, start - begin) for start in starts]
