"""News sitemaps: what a site published lately, where it has no feed (https://www.sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from newsexport.errors import SourceError
from newsexport.events import ARTICLE, Cause, omit
from newsexport.model import Article
from newsexport.protocols import Entry, Item, Resource
from newsexport.sources.guarded_xml import local, parse, root_name
from newsexport.text.addresses import is_web
from newsexport.text.dates import parse_date
from newsexport.text.languages import is_tag

MOST = 50_000  # what the protocol allows a file


@dataclass(frozen=True, slots=True)
class SitemapSource:
    """An entry for each page; for each map in an index of maps, one that leads to many."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By the root element."""
        return 1 if root_name(resource.data) in {"urlset", "sitemapindex"} else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """The entries in order. Raises `SourceError`."""
        root = parse(resource)
        many = local(root) == "sitemapindex"
        count = 0
        for element in root:
            entry = _entry(element, resource.section, many=many)
            if entry is not None and count < MOST:
                count += 1
                yield entry
            elif entry is not None:
                omit(f"beyond the {MOST} of one sitemap that are taken", Cause.LIMIT, ARTICLE)
        if not count:
            raise SourceError(resource.reference, "lists no page")


def _entry(element: Any, section: str, *, many: bool) -> Entry | None:
    said = {local(each): " ".join((each.text or "").split()) for each in reversed(list(element.iter()))}
    own = {local(each): " ".join((each.text or "").split()) for each in element}
    address = own.get("loc", "")
    if not is_web(address):
        return None
    date = said.get("publication_date") or said.get("lastmod") or ""
    language = said.get("language", "")
    article = Article(
        said.get("title", ""),
        (),
        published=parse_date(date) if date else None,
        section=section,
        url=None if many else address,
        site=said.get("name") or None,
        reference=address,
        language=language if is_tag(language) else "",
    )
    return Entry(address, article, many=many)
