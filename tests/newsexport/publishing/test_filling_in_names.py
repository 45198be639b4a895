"""Whoever asks under another name has what was made already, as if it had been made for that name."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.newsexport.publishing import papers

from newsexport.library.library import Holding
from newsexport.publishing.documents import Publications
from newsexport.publishing.pages import Pages
from newsexport.publishing.site import Site
from newsexport.serving.editions import served
from newsexport.serving.files import kind_of
from newsexport.serving.response_cache import NEUTRAL, ResponseCache, filled
from newsexport.serving.routes import GeneratedResource

SITES = [
    Site("http://localhost:8642/"),
    Site("http://[fe80::1]:8642/x9YbT3uV/"),
    Site("https://paper.example.org/a&b/%C3%A9/"),
]


def everything(site: Site) -> Mapping[str, bytes]:
    public = papers.MORNING
    issues = (papers.issue(), papers.in_parts("article", date(2026, 11, 24)))
    shown = Publications(site, pages=Pages(site), searchable=True)
    pages = [shown.of_issue(public, issue, lambda _: b"") for issue in issues]
    made = shown.addressed([Holding(public, issues)])
    return {**made, **{path: data for each in pages for path, data in each.items()}}


@pytest.mark.parametrize("site", SITES)
def test_what_is_filled_in_is_what_would_have_been_made(site: Site) -> None:
    neutral, own = everything(NEUTRAL), everything(site)
    assert neutral.keys() == own.keys()
    for path, body in neutral.items():
        assert filled(body, kind_of(path).type, site) == own[path], path
    assert any(body.count(site.base.encode()) for body in own.values())


def test_another_name_makes_nothing_anew() -> None:
    asked: list[Site] = []

    def make(site: Site) -> bytes:
        asked.append(site)
        return f"<a href='{site.base}'>".encode()

    made = GeneratedResource("text/html", make, datetime(2026, 11, 25, tzinfo=UTC), "")
    prints = ResponseCache()
    bodies = [asyncio.run(prints.of(made, site)).body for site in (*SITES, *SITES)]
    assert len(asked) == 1
    assert bodies[:3] == bodies[3:]
    assert len(set(bodies)) == len(SITES)


def test_a_library_is_made_once_for_all_names(tmp_path: Path) -> None:
    asked: list[Site] = []

    def published(site: Site) -> Publications:
        asked.append(site)
        return Publications(site, pages=Pages(site))

    table = served(tmp_path, published, lambda _: None).table()
    for site in SITES:
        for path in ("index.html", "opds.xml", "opds.json"):
            resource = table.resources[path]
            assert isinstance(resource, GeneratedResource)
            resource.make(site)
    assert asked == [NEUTRAL]
