"""Looking for issues in a catalogue: offered only where somebody answers, which a static host does not.

Sources: OpenSearch 1.1 draft 6, OPDS Catalog 1.2, section 3, and OPDS 2.0, section 2.4, for `query`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from newsexport.library.issue import Issue
from newsexport.library.library import Holding
from newsexport.publishing.catalogue import FIELD, PER_PAGE, ROOT_TITLE, SEARCH, Shelf, offered
from newsexport.publishing.site import Site
from newsexport.publishing.wording import dated_title
from newsexport.publishing.xml import child, document, root

DESCRIPTION = "opensearch.xml"
DESCRIPTION_TYPE = "application/opensearchdescription+xml"

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
RESULTS = "application/atom+xml;profile=opds-catalog;kind=acquisition"
# Of what is looked for, in characters; more are no question that anybody has, and time for each issue.
LONGEST = 200

ACCENTS = re.compile("[\u0300-\u036f]+")


def description(site: Site) -> bytes:
    """What an app must know to look for something here."""
    told = root(f"{{{OPENSEARCH}}}OpenSearchDescription", {"": OPENSEARCH})
    child(told, f"{{{OPENSEARCH}}}ShortName", ROOT_TITLE)
    child(told, f"{{{OPENSEARCH}}}Description", "Issues by the titles of their articles")
    child(told, f"{{{OPENSEARCH}}}InputEncoding", "UTF-8")
    template = f"{site.address(f'{SEARCH}.xml')}?{FIELD}={{searchTerms}}"
    child(told, f"{{{OPENSEARCH}}}Url", type=RESULTS, template=template)
    return document(told)


@dataclass(frozen=True, slots=True)
class Index:
    """The issues that are offered, newest first, each with its text as it is looked through."""

    issues: Sequence[tuple[Issue, str]]


def indexed(holdings: Sequence[Holding]) -> Index:
    """What is looked through, from all papers. It takes as long as many searches in it do."""
    issues = [issue for holding in holdings for issue in holding.issues if offered(issue)]
    newest = sorted(issues, key=lambda issue: (issue.published, issue.id), reverse=True)
    return Index([(issue, _folded("\n".join(_texts(issue)))) for issue in newest])


def found(index: Index, words: str) -> Shelf:
    """The newest issues that have every one of the words, in any order, accents or none."""
    sought = " ".join(words[:LONGEST].split())
    wanted = set(_folded(sought).split())
    having = (issue for issue, text in index.issues if wanted and all(word in text for word in wanted))
    newest = tuple(islice(having, PER_PAGE))
    return Shelf(None, "", (), newest, 1, 1, len(newest), sought=sought)


def _texts(issue: Issue) -> Iterator[str]:
    yield dated_title(issue)
    yield issue.summary
    for story in issue.stories:
        yield from (story.title, story.section, story.summary)


def _folded(text: str) -> str:
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
