"""Looking for issues in a catalogue: offered only where somebody answers, which a static host does not.

Sources: OpenSearch 1.1 draft 6, OPDS Catalog 1.2, section 3, and OPDS 2.0, section 2.4, for `query`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

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


def found(holdings: Sequence[Holding], words: str) -> Shelf:
    """The newest issues of all papers that have every one of the words, in any order, accents or none."""
    wanted = _folded(words).split()
    issues = [issue for holding in holdings for issue in holding.issues if wanted and offered(issue)]
    having = [issue for issue in issues if _has(issue, wanted)]
    newest = sorted(having, key=lambda issue: (issue.published, issue.id), reverse=True)[:PER_PAGE]
    return Shelf(None, "", (), tuple(newest), 1, 1, len(newest), sought=" ".join(words.split()))


def _has(issue: Issue, wanted: Sequence[str]) -> bool:
    text = _folded("\n".join(_texts(issue)))
    return all(word in text for word in wanted)


def _texts(issue: Issue) -> Iterator[str]:
    yield dated_title(issue)
    yield issue.summary
    for story in issue.stories:
        yield from (story.title, story.section, story.summary)


def _folded(text: str) -> str:
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
