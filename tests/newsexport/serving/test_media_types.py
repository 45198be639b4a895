"""What is made on request comes as what it is."""

from datetime import date, datetime

import pytest

from newsexport.library.issue import Issue, IssueArticle, Paper
from newsexport.library.library import Holding
from newsexport.publishing.documents import Publications
from newsexport.publishing.site import Site
from newsexport.serving.files import kind_of


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("morning/feed.xml", "application/rss+xml; charset=utf-8"),
        ("morning/feed-3fa9c1d0.xml", "application/rss+xml; charset=utf-8"),
        ("opds.xml", "application/atom+xml;profile=opds-catalog;kind=navigation"),
        ("opds-latest.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition"),
        ("morning/opds.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition"),
        ("morning/opds-3fa9c1d0-2.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition"),
        ("opds-search.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition"),
        ("opds-search.json", "application/opds+json"),
        ("opensearch.xml", "application/opensearchdescription+xml"),
        ("opds.json", "application/opds+json"),
        ("morning/opds-3fa9c1d0.json", "application/opds+json"),
        ("morning/artwork-1400.jpg", "image/jpeg"),
        ("morning/page.js", "text/javascript; charset=utf-8"),
    ],
)
def test_a_path_tells_what_is_there(path: str, expected: str) -> None:
    assert kind_of(path).type == expected


def test_nothing_that_a_library_publishes_is_of_an_unknown_kind() -> None:
    day = date(2026, 11, 25)
    stories = (IssueArticle("The ferry", "Harbour"), IssueArticle("The choir", "Culture"))
    issue = Issue(
        "urn:uuid:7f0a1c52-6d0e-5c53-9a55-0f6f5b2f5a11",
        "morning",
        "M",
        day,
        datetime(2026, 11, 25).astimezone(),
        "en",
        "",
        stories,
        (),
    )
    made = Publications(Site("http://localhost/")).addressed([Holding(Paper("morning", "Morning"), (issue,))])
    assert len(made) > 4
    assert [path for path in made if kind_of(path).type == "application/octet-stream"] == []
