"""When an article was published, by what a page says of it and what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from newsexport.extraction.json_ld import plain_text
from newsexport.extraction.vicinity import Line, Vicinity
from newsexport.markup.parsing import Element
from newsexport.text.dates import EARLIEST, LATEST, PUBLISHED, UPDATED, dated, dates_in

DATES = (
    "article:published_time", "parsely-pub-date", "datepublished", "dc:date", "dcterms:created",
    "dcterms:date", "dc:date.issued", "citation_publication_date", "citation_date",
    "citation_online_date", "sailthru.date",
    "date", "pubdate", "publishdate", "ptime", "og:published_time", "publish-date", "publish_date",
    "published-date", "published_date", "publication_date", "publication-date", "dcterms:issued",
    "article:published", "og:article:published_time", "originalpublicationdate", "article_date_original",
    "displaydate",
)  # fmt: skip
CHANGED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms:modified",
           "lastmod", "revised")  # fmt: skip

# Dates of something else.
OTHERWISE = re.compile(
    r"(?i)©|\b(?:copyright|since|founded|deadline|expires?|registration|event|until|effective|retrieved|accessed"
    r"|joined|born|reviewed by|checked)\b"
)
CHANGE_MARKS = re.compile(r"(?i)updat|modif|changed|revis")
SCRIPTED = re.compile(
    r'\\?"(?:datePublished|publi(?:sh|shed|cation)(?:ed)?(?:_?[Oo]n|_?[Aa]t|_?[Dd]ate|_time|Time)|postDate'
    r'|firstPublished\w{0,10}|originalPublishDate)\\?"\s?:\s?\\?"(\d{4}-\d\d-\d\d[^"\\]{0,30})'
)
IN_PATH = re.compile(
    r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)|[/_-]((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.-]|$)"
)
LONGEST_SCRIPT = 3_000_000
SHORT = 160


class DateKind(Enum):
    """What the date in a line is that of."""

    PUBLISHED = "published"
    UPDATED = "updated"
    UNTOLD = "untold"


def published_in(
    root: Element,
    meta: Mapping[str, str],
    things: tuple[Mapping[str, Any], Mapping[str, Any]],
    shown: Callable[[], Vicinity],
    context: tuple[str, str],
) -> datetime | None:
    """When it was published.

    `things` are the article and the page in JSON-LD, `context` is the language and the address.
    What is stated to machines goes before what is shown, unless that is called the date of publication
    or is the older: sites that move have their new pages say when they moved. What is shown as the
    date of a change is the last resort.
    """
    language, address = context
    article, page = things
    near = list(_shown(shown().near(), language))
    called = [when for kind, when in near if kind is DateKind.PUBLISHED]
    plain = [when for kind, when in near if kind is not DateKind.UPDATED]
    stated = next(_stated(root, meta, article, language), None)
    if stated:
        changed = {when.date() for when in _changed(meta, article, language)}
        other = next((when for when in (*called, *plain) if when.date() not in changed), stated)
        known = other.date() != stated.date() and (other in called or other < stated - timedelta(days=1))
        return other if known else stated
    return next(filter(None, _supposed(root, page, called or plain, language, address)), None) or next(
        (when for when in _last_resorts(root, article, shown, language)),
        next((when for _, when in near), None),
    )


def _supposed(
    root: Element, page: Mapping[str, Any], near: list[datetime], language: str, address: str
) -> Iterator[datetime | None]:
    yield from near
    yield _moment(plain_text(page.get("datePublished")), language)
    yield from _of_address(address)
    scripts = ((script.text or "")[:LONGEST_SCRIPT] for script in root.iter("script"))
    told = {found[1][:10]: found[1] for script in scripts for found in SCRIPTED.finditer(script)}
    if len(told) == 1:
        yield _moment(next(iter(told.values())), language)


def _last_resorts(
    root: Element, article: Mapping[str, Any], shown: Callable[[], Vicinity], language: str
) -> Iterator[datetime]:
    times = root.xpath("//article//time[@datetime] | //header//time[@datetime] | //main//time[@datetime]")
    said = [each.get("datetime") for each in (times or root.xpath("//time[@datetime]"))[:1]]
    yield from filter(None, (_moment(each, language) for each in said))
    yield from (when for kind, when in _shown(shown().rest(), language) if kind is DateKind.PUBLISHED)
    yield from filter(None, [_moment(plain_text(article.get("dateCreated")), language)])


def _stated(
    root: Element, meta: Mapping[str, str], article: Mapping[str, Any], language: str
) -> Iterator[datetime]:
    said = [plain_text(article.get("datePublished")), *(meta[name] for name in DATES if name in meta)]
    said += [
        each.get("datetime") or each.get("content") or ""
        for each in root.xpath('//*[@itemprop="datePublished"]')
    ]
    said += [each.get("datetime") or "" for each in root.xpath("//time[@pubdate]")]
    return (found for each in said if each and (found := _moment(each, language)))


def _moment(field: str, language: str) -> datetime | None:
    """The date in a field of the page, if it may be an article's: empty ones are of 1970, or the year 1."""
    found = dated(field, language)
    return found if found and EARLIEST <= found.year <= LATEST else None


def _changed(meta: Mapping[str, str], article: Mapping[str, Any], language: str) -> Iterator[datetime]:
    said = [plain_text(article.get("dateModified")), *(meta[name] for name in CHANGED if name in meta)]
    return (found for each in said if each and (found := _moment(each, language)))


def _shown(lines: Iterable[Line], language: str) -> Iterator[tuple[DateKind, datetime]]:
    """The dates that lines show, and what is said of each."""
    before = ""
    for line in lines:
        told = line.text
        if len(told) > SHORT or OTHERWISE.search(told):
            before = ""
            continue
        end = 0
        for at, when in dates_in(told, language):
            label = told[end:at] or before
            marked = line.element.get("class") or ""
            if UPDATED.search(label) or (CHANGE_MARKS.search(marked) and not PUBLISHED.search(label)):
                yield DateKind.UPDATED, when
            else:
                yield DateKind.PUBLISHED if PUBLISHED.search(label) else DateKind.UNTOLD, when
            end = at
        before = told if len(told) < 40 else ""


def _of_address(address: str) -> Iterator[datetime]:
    for found in IN_PATH.finditer(urlsplit(address).path):
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            yield datetime(year, month, day, tzinfo=UTC)
        except ValueError:
            continue
