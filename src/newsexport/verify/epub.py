"""What is in an EPUB, told beside what preflight finds wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from epubpreflight import EpubCheckError, Publication, Vendor, check, read_publication, run_epubcheck
from newsexport.errors import UsageError
from newsexport.verify.finding import Finding, Title

KIND = "EPUB"
PAGE_TYPE = "application/xhtml+xml"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


def check_epub(path: Path, *, epubcheck: bool = False, vendor: Vendor | None = None) -> Finding:
    """Everything preflight finds, and what is in the book; with `epubcheck`, ask it too.

    Raises:
        UsageError: EPUBCheck was asked for and is not installed.
    """
    faults = check(path, vendor)
    if epubcheck:
        try:
            faults += tuple(run_epubcheck(path))
        except EpubCheckError as error:
            raise UsageError(str(error)) from error
    read = read_publication(path)
    if read is None:
        return Finding(path, KIND, faults=faults)
    return Finding(path, KIND, _facts(read), tuple(_titles(read)), faults)


def _entries(nav: Element) -> Iterator[tuple[int, str, str]]:
    """Depth, title and target of each entry of the table of contents."""
    for element in nav.iter(XHTML + "nav"):
        if "toc" in element.get(TYPE, "").split():
            yield from _listed(element, 1)


def _listed(parent: Element, depth: int) -> Iterator[tuple[int, str, str]]:
    for item in parent.findall(f"{XHTML}ol/{XHTML}li"):
        for label in (*item.findall(XHTML + "a"), *item.findall(XHTML + "span")):
            yield depth, " ".join("".join(label.itertext()).split()), label.get("href", "")
        yield from _listed(item, depth + 1)


def _titles(read: Publication) -> Iterator[Title]:
    for item in read.package.navigation:
        if item.name in read.pages:
            for depth, title, _ in _entries(read.pages[item.name]):
                yield Title(depth, title)


def _sections(read: Publication) -> int:
    """Entries at the top of the contents whose page is no article: the front pages of sections."""
    return sum(
        1
        for item in read.package.navigation
        if item.name in read.pages
        for depth, _, target in _entries(read.pages[item.name])
        if depth == 1 and not _is_article(read.page_at(item.name, target))
    )


def _is_article(page: Element | None) -> bool:
    return page is not None and any(page.iter(XHTML + "article"))


def _facts(read: Publication) -> tuple[tuple[str, str], ...]:
    package = read.package
    pages = [read.pages[item.name] for item in package.reading_order() if item.name in read.pages]
    words = sum(
        len(" ".join(body.itertext()).split()) for root in pages for body in root.iter(XHTML + "body")
    )
    pictures = sum(item.media_type.startswith("image/") for item in package.items)
    return (
        ("title", package.metadata.get("title", "")),
        ("date", package.metadata.get("date", "")),
        ("language", package.metadata.get("language", "")),
        ("version", f"EPUB {package.version}"),
        ("pages", str(len([item for item in package.items if item.media_type == PAGE_TYPE]))),
        ("sections", str(_sections(read))),
        ("articles", str(sum(1 for root in pages for _ in root.iter(XHTML + "article")))),
        ("words", str(words)),
        ("pictures", str(pictures)),
    )
