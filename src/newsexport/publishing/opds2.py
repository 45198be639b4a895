"""The catalogue as OPDS 2.0, which is JSON: what Thorium and newer apps read.

Sources: OPDS 2.0 (specs.opds.io) and the Readium Web Publication Manifest it builds on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from newsexport.library.entries import Issues, Making, once
from newsexport.library.issue import Issue, Paper, offered
from newsexport.library.library import Holding
from newsexport.publishing.catalogue import (
    ACQUISITION,
    FIELD,
    IMAGE,
    PER_PAGE,
    SEARCH,
    THUMBNAIL,
    Shelf,
    called,
    catalogue,
    cover_and_thumbnail,
    first_shelf,
    latest,
    shelf_path,
    shelves,
)
from newsexport.publishing.notes import notes_text, sorting_title
from newsexport.publishing.site import Site
from newsexport.text.plaintext import storable
from newsexport.text.wording import wording

TYPE = "application/opds+json"
SUFFIX = ".json"
ROOT = "opds.json"
LONGEST_DESCRIPTION = 1500
# Between the lines of a publication in a list of them.
LINE = "\n  "


# What is written of issues in a list.
Written: TypeAlias = Callable[[Issues], Iterable[str]]


def opds2(
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


def _root(holdings: Sequence[Holding], site: Site, *, searchable: bool) -> bytes:
    firsts = [latest(holdings), *map(first_shelf, holdings)]
    return _json(
        {
            "metadata": {
                "title": wording(firsts[0].language).page.papers,
                "modified": firsts[0].updated.isoformat(),
            },
            "links": [
                _link(site.address(ROOT), TYPE, "self"),
                _link(site.address(ROOT), TYPE, "start"),
                *(_search(site) if searchable else ()),
            ],
            "navigation": [
                _link(
                    site.address(shelf.path(SUFFIX)),
                    TYPE,
                    "subsection" if shelf.paper else "new",
                    shelf.title,
                )
                for shelf in firsts
            ],
        }
    )


def listed(
    shelf: Shelf, holdings: Sequence[Holding], site: Site, *, searchable: bool, written: Written | None = None
) -> bytes:
    """The document of one shelf."""
    written = written or _written(holdings, site)
    told: dict[str, Any] = {
        "metadata": {
            "identifier": shelf.id,
            "title": shelf.title,
            "modified": shelf.updated.isoformat(),
            **(_counted(shelf) if shelf.page == 1 else {}),
        },
        "links": [*_links(shelf, site), *(_search(site) if searchable else ())],
    }
    if shelf.paper and shelf.page == 1:
        told |= _facets(shelf, holdings, site)
    if not shelf.issues:  # a feed must have something to follow
        told["navigation"] = [_link(site.address(ROOT), TYPE, "start", wording(shelf.language).page.papers)]
        return _json(told)
    before, after = _text({**told, "publications": [0]}).rsplit("0", 1)
    return f"{before}{f',{LINE}'.join(written(shelf.issues))}{after}\n".encode()


def _counted(shelf: Shelf) -> dict[str, int]:
    return {"numberOfItems": shelf.total, "itemsPerPage": PER_PAGE, "currentPage": shelf.page}


def _links(shelf: Shelf, site: Site) -> list[dict[str, Any]]:
    return [
        _link(shelf.address(SUFFIX, site), TYPE, "self"),
        _link(site.address(ROOT), TYPE, "start"),
        *(
            _link(site.address(shelf.path(SUFFIX, page)), TYPE, relation)
            for relation, page in shelf.ways.items()
        ),
    ]


def _search(site: Site) -> list[dict[str, Any]]:
    """Where the catalogue is looked through, by a template of RFC 6570."""
    template = f"{site.address(SEARCH + SUFFIX)}{{?{FIELD}}}"
    return [{**_link(template, TYPE, "search"), "templated": True}]


def _facets(shelf: Shelf, holdings: Sequence[Holding], site: Site) -> dict[str, Any]:
    key = shelf.paper.key if shelf.paper else ""
    papers = [
        _facet(site.address(shelf_path(one.paper.key, SUFFIX)), one.paper.title, active=one.paper.key == key)
        for one in holdings
    ]
    sections = [
        _facet(
            site.address(shelf_path(key, SUFFIX, section)),
            section or shelf.words.all,
            active=section == shelf.section,
        )
        for section in ("", *shelf.sections)
    ]
    facets = [
        {"metadata": {"title": title}, "links": links}
        for title, links in ((shelf.words.paper, papers), (shelf.words.section, sections))
        if len(links) > 1
    ]
    return {"facets": facets} if facets else {}


def _facet(address: str, title: str, *, active: bool) -> dict[str, Any]:
    return {"href": address, "type": TYPE, "title": title, **({"rel": "self"} if active else {})}


def _written(holdings: Sequence[Holding], site: Site) -> Written:
    return once(partial(_publication, {one.paper.key: one.paper for one in holdings}, site))


def _publication(papers: Mapping[str, Paper], site: Site, issue: Issue) -> str:
    """An issue as it stands in a list."""
    paper = papers[issue.paper]
    cover, thumbnail = cover_and_thumbnail(issue, paper)
    subjects = dict.fromkeys(story.section for story in issue.stories if story.section)
    told = {
        "metadata": {
            "@type": "http://schema.org/PublicationIssue",
            "identifier": issue.id,
            "title": sorting_title(issue),
            "language": issue.language,
            "published": issue.published.isoformat(),
            "modified": issue.changed.isoformat(),
            "description": notes_text(issue.stories, LONGEST_DESCRIPTION) or issue.summary,
            "author": paper.author or paper.title,
            "publisher": paper.title,
            "belongsTo": {"series": {"name": paper.title}},
            **({"subject": list(subjects)} if subjects else {}),
        },
        "links": [
            _link(site.address(f"{issue.folder}/{file.name}"), file.type, ACQUISITION, called(file))
            for file in offered(issue)
        ],
        "images": [
            _link(site.address(path), media, relation)
            for relation, (path, media) in ((IMAGE, cover), (THUMBNAIL, thumbnail))
        ],
    }
    return _text(told).replace("\n", LINE)


def _link(address: str, media: str, relation: str, title: str = "") -> dict[str, Any]:
    return {"rel": relation, "href": address, "type": media, **({"title": title} if title else {})}


def _json(value: Mapping[str, Any]) -> bytes:
    return f"{_text(value)}\n".encode()


def _text(value: Mapping[str, Any]) -> str:
    return storable(json.dumps(value, ensure_ascii=False, indent=1))
