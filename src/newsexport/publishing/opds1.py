"""The catalogue as OPDS 1.2, which is Atom: what KOReader and most e-readers' apps read.

Sources: OPDS Catalog 1.2 (specs.opds.io), Atom (RFC 4287), RFC 5005 for paging.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from functools import partial
from typing import TypeAlias

from newsexport.library.entries import Issues, Making, once
from newsexport.library.issue import Issue, Paper, offered
from newsexport.library.library import Holding
from newsexport.publishing.catalogue import (
    ACQUISITION,
    DESCRIPTION,
    DESCRIPTION_TYPE,
    IMAGE,
    THUMBNAIL,
    Shelf,
    called,
    catalogue,
    cover_and_thumbnail,
    first_shelf,
    latest,
    root_id,
    shelf_path,
    shelves,
)
from newsexport.publishing.notes import notes_text, sorting_title
from newsexport.publishing.site import Site
from newsexport.publishing.xml import Element, child, document, plain, root
from newsexport.text.wording import wording

NAMESPACES = {
    "": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/terms/",
    "opds": "http://opds-spec.org/2010/catalog",
    "os": "http://a9.com/-/spec/opensearch/1.1/",
    "thr": "http://purl.org/syndication/thread/1.0",
}
ATOM, DC, OPDS, OPENSEARCH, *_ = (f"{{{address}}}" for address in NAMESPACES.values())
NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
LIST = "application/atom+xml;profile=opds-catalog;kind=acquisition"
FACET = "http://opds-spec.org/facet"
NEWEST = "http://opds-spec.org/sort/new"
SUFFIX = ".xml"
ROOT = "opds.xml"

# Of a summary that an e-reader shows on one page.
LONGEST_SUMMARY = 1500


# What is written of issues in a list.
Written: TypeAlias = Callable[[Issues], Iterable[Element]]


def opds1(
    holdings: Sequence[Holding],
    site: Site,
    *,
    searchable: bool = False,
    lists: Sequence[tuple[Shelf, str]] | None = None,
) -> Making:
    """Every document of the catalogue by its path relative to the root of the library.

    A catalogue that is `searchable` says where it is looked through. `lists` are the `shelves` of these
    holdings, where they are known.
    """
    written = _written(holdings, site)
    write = partial(listed, holdings=holdings, site=site, searchable=searchable, written=written)
    root = partial(_root, holdings, site, searchable=searchable)
    return catalogue(holdings, SUFFIX, write, root, shelves(holdings) if lists is None else lists)


def root_type(holdings: Sequence[Holding]) -> str:
    """The media type of the first page: of one paper it is its list, so that it can be kept in step with."""
    return LIST if len(holdings) == 1 else NAVIGATION


def _root(holdings: Sequence[Holding], site: Site, *, searchable: bool) -> bytes:
    newest = latest(holdings)
    feed = _feed(root_id(), wording(newest.language).page.papers, newest.updated)
    _link(feed, "self", site.address(ROOT), NAVIGATION)
    _link(feed, "start", site.address(ROOT), NAVIGATION)
    _add_search(feed, site, searchable=searchable)
    if holdings:
        _add_way(feed, newest, NEWEST, newest.words.latest, site)
    for holding in holdings:
        shelf = first_shelf(holding)
        _add_way(feed, shelf, "subsection", holding.paper.description or holding.paper.title, site)
    return document(feed)


def _add_way(feed: Element, shelf: Shelf, relation: str, told: str, site: Site) -> None:
    entry = child(feed, f"{ATOM}entry")
    child(entry, f"{ATOM}id", shelf.id)
    child(entry, f"{ATOM}title", plain(shelf.title))
    child(entry, f"{ATOM}updated", shelf.updated.isoformat())
    child(entry, f"{ATOM}content", plain(told), type="text")
    _link(entry, relation, site.address(shelf.path(SUFFIX)), LIST)


def listed(
    shelf: Shelf, holdings: Sequence[Holding], site: Site, *, searchable: bool, written: Written | None = None
) -> bytes:
    """The document of one shelf."""
    written = written or _written(holdings, site)
    feed = _feed(shelf.id, shelf.title, shelf.updated)
    if shelf.page == 1:
        child(feed, f"{OPENSEARCH}totalResults", str(shelf.total))
    _link(feed, "self", shelf.address(SUFFIX, site), LIST)
    for relation in ("start", "up"):
        _link(feed, relation, site.address(ROOT), root_type(holdings))
    _add_search(feed, site, searchable=searchable)
    _add_paging(feed, shelf, site)
    if shelf.paper and shelf.page == 1:
        _add_facets(feed, shelf, holdings, site)
    feed.extend(map(deepcopy, written(shelf.issues)))
    return document(feed)


def _feed(identity: str, title: str, updated: datetime) -> Element:
    feed = root(f"{ATOM}feed", NAMESPACES)
    child(feed, f"{ATOM}id", identity)
    child(feed, f"{ATOM}title", plain(title))
    child(feed, f"{ATOM}updated", updated.isoformat())
    child(child(feed, f"{ATOM}author"), f"{ATOM}name", "newsexport")
    return feed


def _link(parent: Element, relation: str, address: str, media: str, **attributes: str) -> None:
    child(parent, f"{ATOM}link", rel=relation, href=address, type=media, **attributes)


def _add_search(feed: Element, site: Site, *, searchable: bool) -> None:
    if searchable:
        _link(feed, "search", site.address(DESCRIPTION), DESCRIPTION_TYPE)


def _add_paging(feed: Element, shelf: Shelf, site: Site) -> None:
    for relation, page in shelf.ways.items():
        _link(feed, relation, site.address(shelf.path(SUFFIX, page)), LIST)


def _add_facets(feed: Element, shelf: Shelf, holdings: Sequence[Holding], site: Site) -> None:
    key = shelf.paper.key if shelf.paper else ""
    if len(holdings) > 1:
        for holding in holdings:
            address = site.address(shelf_path(holding.paper.key, SUFFIX))
            active = holding.paper.key == key
            _facet(feed, (shelf.words.paper, holding.paper.title), address, active=active)
    for section in ("", *shelf.sections) if shelf.sections else ():
        address = site.address(shelf_path(key, SUFFIX, section))
        named = (shelf.words.section, section or shelf.words.all)
        _facet(feed, named, address, active=section == shelf.section)


def _facet(feed: Element, named: tuple[str, str], address: str, *, active: bool) -> None:
    group, title = named
    state = {f"{OPDS}activeFacet": "true"} if active else {}
    _link(feed, FACET, address, LIST, title=plain(title), **{f"{OPDS}facetGroup": group}, **state)


def _written(holdings: Sequence[Holding], site: Site) -> Written:
    return once(partial(_entry, {one.paper.key: one.paper for one in holdings}, site))


def _entry(papers: Mapping[str, Paper], site: Site, issue: Issue) -> Element:
    paper, entry = papers[issue.paper], root(f"{ATOM}entry", NAMESPACES)
    child(entry, f"{ATOM}id", issue.id)
    child(entry, f"{ATOM}title", plain(sorting_title(issue)))
    child(entry, f"{ATOM}updated", issue.changed.isoformat())
    child(entry, f"{ATOM}published", issue.published.isoformat())
    child(child(entry, f"{ATOM}author"), f"{ATOM}name", plain(paper.author or paper.title))
    child(entry, f"{DC}language", issue.language)
    child(entry, f"{DC}issued", issue.issued.isoformat())
    for section in dict.fromkeys(story.section for story in issue.stories if story.section):
        child(entry, f"{ATOM}category", term=section, label=section)
    child(entry, f"{ATOM}summary", _summary(issue), type="text")
    cover, thumbnail = cover_and_thumbnail(issue, paper)
    for relation, (path, media) in ((IMAGE, cover), (THUMBNAIL, thumbnail)):
        _link(entry, relation, site.address(path), media)
    for file in offered(issue):
        address = site.address(f"{issue.folder}/{file.name}")
        _link(entry, ACQUISITION, address, file.type, title=called(file), length=str(file.size))
    return entry


def _summary(issue: Issue) -> str:
    return notes_text(issue.stories, LONGEST_SUMMARY, timed=False) or plain(issue.summary)
