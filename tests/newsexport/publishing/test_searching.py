"""What is found in a catalogue, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.newsexport.publishing import papers

from newsexport.library.issue import IssueArticle
from newsexport.library.library import Holding
from newsexport.publishing.catalogue import LONGEST, PER_PAGE, found
from newsexport.publishing.opds1 import listed
from newsexport.publishing.site import Site

SITE = Site("https://oldhaven.example/k3y/")
EVENING = replace(papers.MORNING, key="evening", guid="", title="Oldhaven Evening")
CAFE = papers.issue(EVENING, date(2026, 11, 24), stories=[IssueArticle("Café closes", "Straßen", None, "")])
HOLDINGS = [Holding(papers.MORNING, papers.days(2)), Holding(EVENING, (CAFE,))]
INDEX = papers.indexed(HOLDINGS)


@pytest.mark.parametrize(
    ("words", "papers_found"),
    [
        ("ferry", ["morning", "morning"]),
        ("Harbour CHOIR", ["morning", "morning"]),
        ("choir harbour", ["morning", "morning"]),
        ("cafe", ["evening"]),
        ("CAFÉ strassen", ["evening"]),
        ("oldhaven evening", ["evening"]),
        ("24 november 2026", ["morning", "evening"]),
        ("ferry café", []),
        ("", []),
        ("  ", []),
        (".*", []),
    ],
)
def test_an_issue_is_found_by_all_of_the_words(words: str, papers_found: list[str]) -> None:
    assert sorted(issue.paper for issue in found(INDEX.matching, HOLDINGS, words).issues) == sorted(
        papers_found
    )


def test_the_newest_are_found_first_and_no_more_than_a_page() -> None:
    many = [Holding(papers.MORNING, papers.days(PER_PAGE + 9)), Holding(EVENING, (CAFE,))]
    shelf = found(papers.indexed(many).matching, many, "oldhaven")
    assert len(shelf.issues) == shelf.total == PER_PAGE
    assert list(shelf.issues) == sorted(shelf.issues, key=lambda issue: issue.published, reverse=True)


@given(st.text(max_size=30))
def test_whatever_is_looked_for_is_a_list_of_its_own(words: str) -> None:
    data = listed(found(INDEX.matching, HOLDINGS, words), HOLDINGS, SITE, searchable=True)
    assert etree.fromstring(data).find("{*}id") is not None


def test_two_searches_are_two_lists() -> None:
    ids = {found(INDEX.matching, HOLDINGS, words).id for words in ("", "ferry", "choir", " ferry ")}
    assert len(ids) == 3


def test_looking_for_nothing_is_not_the_list_of_the_latest() -> None:
    shelf = found(INDEX.matching, HOLDINGS, " ")
    assert (shelf.title, shelf.address(".xml", SITE)) == (
        "Search",
        SITE.address("opds-search.xml") + "?query=",
    )


def test_what_is_very_long_is_looked_for_as_far_as_it_is_told() -> None:
    """Else words by the thousand, each in every issue, would keep a server busy."""
    words = "ferry " * (LONGEST // 6) + "nowhere " * 1000
    shelf = found(INDEX.matching, HOLDINGS, words)
    assert shelf.sought == words[:LONGEST].strip()
    assert len(found(INDEX.matching, HOLDINGS, "ferry " * 5000).issues) == 2
