"""Checks of what is made of nothing but text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

from epubpreflight import (
    EpubCheckError,
    Fault,
    Package,
    Publication,
    Vendor,
    check,
    read_publication,
    run_epubcheck,
)
from newsexport.audio.playlist import PlaylistEntry, read
from newsexport.audio.sound import DecodeError, seconds_of
from newsexport.errors import UsageError
from newsexport.interchange import InterchangeError, from_json
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.model import Edition, figures
from newsexport.text.counting import word_count
from newsexport.verify.finding import Finding, Title, clock, unsound


def check_text(path: Path) -> Finding:
    """A text file: UTF-8, with words in it, and without what would steer a terminal."""
    data = path.read_bytes()
    if not data.strip():
        return Finding(path, "text", faults=unsound("it is empty"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Finding(path, "text", faults=unsound(f"not UTF-8 from byte {error.start} on"))
    steering = sum(unicodedata.category(character) == "Cc" for character in text if character not in "\t\n\r")
    return Finding(
        path,
        "text",
        (("words", str(len(text.split()))), ("lines", str(len(text.splitlines())))),
        faults=unsound(
            *((f"{steering} control characters",) if steering else ()),
            *(("the last line does not end",) if not text.endswith("\n") else ()),
        ),
    )


def check_json(path: Path) -> Finding:
    """A saved edition, or the chapters of an episode."""
    data = path.read_bytes()
    with suppress(JsonError):  # the check of an edition says what is wrong with it
        held = document(data)
        if "chapters" in held.mapping() and "newsexport" not in held.mapping():
            return _check_chapters(path, held)
    return _check_edition(path, data)


def _check_chapters(path: Path, held: JsonValue) -> Finding:
    """Podcasting 2.0 JSON chapters: each with a title, beginning at 0, one after the other."""
    kind = "JSON chapters"
    titles: list[Title] = []
    times: list[tuple[float, float]] = []
    try:
        for one in held.member("chapters").items():
            start = _seconds(one.member("startTime"))
            times.append((start, one.optional("endTime", _seconds, start)))
            titles.append(Title(1, one.member("title").raw_text(), clock(round(1000 * start))))
    except JsonError as error:
        return Finding(path, kind, faults=unsound(f"a chapter without a title or a start: {error}"))
    faults = [f"{one.text} ends before it begins" for one, (a, b) in zip(titles, times, strict=True) if b < a]
    faults += [
        f"{one.text} begins before the chapter in front of it ends"
        for one, (before, now) in zip(titles[1:], pairwise(times), strict=True)
        if now[0] < before[1]
    ]
    if times and times[0][0] != 0:
        faults.append("the first chapter does not begin at 0")
    if not held.mapping().get("version"):
        faults.append("no version is given")
    return Finding(path, kind, (("chapters", str(len(titles))),), tuple(titles), unsound(*faults))


def _seconds(value: JsonValue) -> float:
    return value.number(-(2**31), 2**31)


def _check_edition(path: Path, data: bytes) -> Finding:
    """An edition as JSON: everything the format asks for, and pictures that are there."""
    try:
        edition = from_json(data)
    except InterchangeError as error:
        return Finding(path, "edition as JSON", faults=unsound(str(error)))
    articles = list(edition.articles())
    media = edition.media()
    return Finding(
        path,
        "edition as JSON",
        (
            ("title", edition.title),
            ("date", edition.issued.isoformat()),
            ("language", edition.language),
            ("sections", str(len(edition.sections))),
            ("articles", str(len(articles))),
            ("words", str(sum(map(word_count, articles)))),
            ("pictures", str(len(media))),
        ),
        _titles(edition),
        unsound(
            *(
                f"{article.title}: its picture {figure.media} is missing"
                for article in articles
                for figure in figures(article)
                if figure.media not in media
            )
        ),
    )


def _titles(edition: Edition) -> tuple[Title, ...]:
    titles: list[Title] = []
    for section in edition.sections:
        if section.title:
            titles.append(Title(1, section.title))
        titles.extend(Title(2 if section.title else 1, article.title) for article in section.articles)
    return tuple(titles)


# Checks of an M3U8: the files it names, in order, each by the rules of its own kind.

KIND = "playlist"

# Times in a playlist are whole seconds.
WITHIN = 1.0


def check_playlist(path: Path, check: Callable[[Path], Finding]) -> Finding:
    """Look for every file beside the playlist and have each checked."""
    try:
        entries = list(read(path.read_text("utf-8-sig")))
    except UnicodeDecodeError:
        return Finding(path, KIND, faults=unsound("it is not UTF-8, as M3U8 has to be"))
    # One that is named a thousand times is looked at once.
    once = cache(check), cache(seconds_of)
    faults = [fault for entry in dict.fromkeys(entries) for fault in _faults(path.parent, entry, *once)]
    if not entries:
        faults += unsound("it names no file")
    named = Counter(entry.name for entry in entries)
    faults += unsound(*(f"{name}: named twice" for name in sorted(named) if named[name] > 1))
    seconds = sum(entry.seconds or 0 for entry in entries)
    facts = (("files", str(len(entries))), ("length", clock(round(seconds * 1000))))
    return Finding(path, KIND, facts, tuple(_playlist_titles(entries)), tuple(faults))


def _faults(
    folder: Path, entry: PlaylistEntry, check: Callable[[Path], Finding], length: Callable[[Path], float]
) -> Iterator[Fault]:
    if "/" in entry.name or "\\" in entry.name:
        yield from unsound(f"{entry.name}: not beside the playlist, so it is not looked at")
        return
    file = folder / entry.name
    if not file.is_file():
        yield from unsound(f"{entry.name}: is not there")
        return
    for fault in check(file).faults:
        yield replace(fault, place=f"{entry.name}{', ' if fault.place else ''}{fault.place}")
    if entry.seconds is None:
        yield from unsound(f"{entry.name}: the playlist does not tell how long it is")
        return
    try:
        heard = length(file)
    except DecodeError:  # its own check has told that
        return
    if abs(heard - entry.seconds) > WITHIN:
        yield from unsound(f"{entry.name}: takes {heard:.1f} s, the playlist says {entry.seconds:.0f}")


def _playlist_titles(entries: Sequence[PlaylistEntry]) -> Iterator[Title]:
    at = 0.0
    for entry in entries:
        yield Title(1, entry.title or entry.name, clock(round(at * 1000)))
        at += entry.seconds or 0


# What is in an EPUB, told beside what preflight finds wrong with it.

EPUB = "EPUB"
PAGE_TYPE = "application/xhtml+xml"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
# Elements within a line, which part no word.
INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "ruby", "s")
) | {"samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr"}


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
        return Finding(path, EPUB, faults=faults)
    return Finding(path, EPUB, _facts(read), tuple(_toc_titles(read)), faults)


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


def _toc_titles(read: Publication) -> Iterator[Title]:
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


def _told(body: Element) -> Iterator[str]:
    """The text of an element, however deep; around what is no part of a line there is a gap."""
    waiting: list[Element | str] = [body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        gap = "" if one.tag.removeprefix(XHTML) in INLINE else " "
        yield gap + (one.text or "")
        waiting.append(gap)
        for child in reversed(one):
            waiting += [child.tail or "", child]


def _facts(read: Publication) -> tuple[tuple[str, str], ...]:
    package = read.package
    pages = [read.pages[item.name] for item in package.reading_order() if item.name in read.pages]
    words = sum(len("".join(_told(body)).split()) for root in pages for body in root.iter(XHTML + "body"))
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
        *_heard(package),
    )


def _heard(package: Package) -> Iterator[tuple[str, str]]:
    """How long a book with media overlays is read aloud, on how many pages, and by whom."""
    pages = sum(bool(item.overlay) for item in package.items)
    if pages:
        length = ", ".join(package.property_values("media:duration"))
        by = ", ".join(package.property_values("media:narrator"))
        yield "read aloud", f"{length} on {pages} pages{' by ' if by else ''}{by}"
