"""When an article was published, by what a page says of it and what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from newsexport.extraction.json_ld import plain_text
from newsexport.extraction.vicinity import Line, Vicinity
from newsexport.markup.parsing import Element, finder
from newsexport.text.counting import count_words
from newsexport.text.dates import (
    EARLIEST,
    FIGURE,
    LATEST,
    MONTHS,
    PUBLISHED,
    UPDATED,
    dated,
    dates_in,
    month_in,
)

DATES = (
    "article:published_time", "parsely-pub-date", "datepublished", "dc:date", "dcterms:created",
    "dcterms:date", "dc:date.issued", "citation_publication_date", "citation_date",
    "citation_online_date", "sailthru.date",
    "date", "pubdate", "publishdate", "ptime", "og:published_time", "publish-date", "publish_date",
    "published-date", "published_date", "publication_date", "publication-date", "dcterms:issued",
    "article:published", "og:article:published_time", "originalpublicationdate", "article_date_original",
    "displaydate", "published", "post_date", "article:publish_date", "bt:pubdate", "dc:created",
    "publishtime", "publish_time", "pubtime",
    "vr:published_time", "cxenseparse:recs:publishtime", "og:pubdate",
    "rnews:datepublished", "contentpublishdate", "shareaholic:article_published_time",
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
    r'\\?"\w{0,12}?(?:datePublished|[Pp]ubli(?:sh|shed|cation)(?:ed)?(?:_?[Oo]n|_?[Aa]t|_?[Dd]ate|_time|Time)|postDate'
    r'|firstPublished\w{0,10}|originalPublishDate)\\?"\s?:\s?\\?"(\d{4}-\d\d-\d\d[^"\\]{0,30})'
)
SENTENCE = re.compile(r"\w{3,}[.!?。！？]$")
FEWEST_WORDS = 8
# What stands between who wrote, when, and how long it takes.
PARTED = re.compile(r"\s+[·•|]\s+")
# Words beside the date of the first publication, where the page has been published again.
FIRST = re.compile(
    r"(?i)(?:originally|first) (?:published|posted|appeared)|oorspronkelijk gepubliceerd"
    r"|(?:erst|ursprünglich|zuerst) ?(?:veröffentlicht|erschienen)|publié initialement|initialement publié"
    r"|publicado originalmente|originalmente publicado|pubblicato originariamente"
)
# Seconds or thousandths of them since 1970, of this century.
STAMP = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:$|[T ])")
SECONDS = re.compile(r"1\d{9}(?:\d{3})?")
IN_PATH = re.compile(
    r"[/_-]((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)|[/_-]((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.-]|$)"
    r"|/((?:19|20)\d\d)/?(\d\d)/?(\d\d)(?=/|$)"
)
LONGEST_SCRIPT = 3_000_000
MONTH_IN_PATH = re.compile(r"(?<=/\d{4})/([a-z]{3,9})/(?=\d{1,2}/)", re.IGNORECASE)
SHORT, SHORTEST, LABEL = 160, 50, 40


# Ends of hosts that tell which English is written.
DAY_FIRST_ENDS = frozenset(
    ("uk", "ie", "au", "nz", "in", "za", "sg", "my", "ke", "ng", "gh", "hk", "pk", "lk")
)
MONTH_FIRST_ENDS = frozenset(("us", "gov", "edu", "mil", "ph"))


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
    language, address = _with_region(*context), context[1]
    article, page = things
    near = list(_shown(shown().near(), language))
    called = [when for kind, when in near if kind is DateKind.PUBLISHED]
    plain = [when for kind, when in near if kind is not DateKind.UPDATED]
    stated = next(_stated(root, meta, article, language), None)
    if not stated and plain and not called:
        plain = [min((plain[0], *_first(shown().rest(), language))), *plain[1:]]
    if stated:
        changed = {when.date() for when in _changed(meta, article, language)}
        other = next((when for when in (*called, *plain) if when.date() not in changed), stated)
        known = other.date() != stated.date() and (other in called or other < stated - timedelta(days=1))
        return other if known else stated
    return next(filter(None, _supposed(root, page, called or plain, language, address)), None) or next(
        (when for when in _last_resorts(root, article, shown, language)),
        next((when for _, when in near), None) or next(_changed_at(shown().rest(), language), None),
    )


def _with_region(language: str, address: str) -> str:
    """The language, that of a country by the address where it names none: its readers know what 11/12 is."""
    end = (urlsplit(address).hostname or "").rpartition(".")[2]
    if language.lower() not in {"", "en"}:
        return language
    return "en-GB" if end in DAY_FIRST_ENDS else "en-US" if end in MONTH_FIRST_ENDS else language


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


TIMES = finder("//time[@datetime]")
TIMES_OF_ARTICLES = finder("//article//time[@datetime] | //header//time[@datetime] | //main//time[@datetime]")


def _last_resorts(
    root: Element, article: Mapping[str, Any], shown: Callable[[], Vicinity], language: str
) -> Iterator[datetime]:
    said = [each.get("datetime") for each in (TIMES_OF_ARTICLES(root) or TIMES(root))[:1]]
    yield from filter(None, (_moment(each, language) for each in said))
    called = {when for kind, when in _shown(shown().rest(), language) if kind is DateKind.PUBLISHED}
    yield from called if len(called) == 1 else ()  # several are of other stories
    yield from filter(None, [_moment(plain_text(article.get("dateCreated")), language)])
    # Magazines tell no more than the month.
    months = [_said(article.get("datePublished")), *(line.text for line in shown().near())]
    yield from filter(None, (month_in(each, language) for each in months if len(each) < LABEL))


STATED = finder(
    '/descendant::*[@itemprop="datePublished" or @property="datePublished"'
    ' or @property="schema:datePublished"]'
)


def _stated(
    root: Element, meta: Mapping[str, str], article: Mapping[str, Any], language: str
) -> Iterator[datetime]:
    said = [_said(article.get("datePublished")), *(meta[name] for name in DATES if name in meta)]
    said += [each.get("datetime") or each.get("content") or "" for each in STATED(root)]
    said += [each.get("datetime") or "" for each in root.iter("time") if each.get("pubdate") is not None]
    said += [_said(article.get("coverageStartTime"))]
    return (found for each in said if each and (found := _moment(each, language)))


def _said(value: Any) -> str:
    """A date in JSON-LD, which may be a number, in a list, or a value with a type."""
    match value:
        case str() | int():
            return str(value).strip()
        case [first, *_]:
            return _said(first)
        case {"@value": first}:
            return _said(first)
        case _:
            return ""


def _moment(field: str, language: str) -> datetime | None:
    """The date in a field of the page, if it may be an article's: empty ones are of 1970, or the year 1."""
    if SECONDS.fullmatch(field):
        return datetime.fromtimestamp(int(field[:10]), UTC)
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
        if len(told) > SHORT or (len(told) >= LABEL and not _may_date(line)):
            before = ""
            continue
        other = len(before) > 0 and OTHERWISE.search(before)
        if other or OTHERWISE.search(told) or _is_of_events(told):
            before = "" if other or len(told) >= LABEL or dates_in(told, language) else told
            continue
        dates = dates_in(told, language) or list(_marked(line))
        end = 0
        for at, when in dates:
            label = told[end:at] or before
            marked = line.element.get("class") or ""
            if UPDATED.search(label) or (CHANGE_MARKS.search(marked) and not PUBLISHED.search(label)):
                yield DateKind.UPDATED, when
            else:
                yield DateKind.PUBLISHED if PUBLISHED.search(label) else DateKind.UNTOLD, when
            end = at
        before = told if len(told) < LABEL and not dates else ""


def _may_date(line: Line) -> bool:
    """Whether a line can tell a date: in figures, or by an attribute."""
    return FIGURE.search(line.text) is not None or next(_marked(line), None) is not None


def _marked(line: Line) -> Iterator[tuple[int, datetime]]:
    """The date in an attribute of a line that tells it in other words: ``3 days ago``."""
    said = (piece.element.get(name) or "" for piece in line.pieces for name in ("datetime", "title"))
    found = (_moment(each.strip(), "") for each in said if STAMP.match(each.strip()))
    return ((len(line.text), when) for when in islice(filter(None, found), 1))


def _is_of_events(line: str) -> bool:
    """Whether it is a sentence that tells when something was, or is to come."""
    parts = PARTED.split(line)
    long = any(count_words(part) > FEWEST_WORDS and SENTENCE.search(part) for part in parts)
    return long and not (UPDATED.search(line) or PUBLISHED.search(line))


def _first(lines: Iterable[Line], language: str) -> Iterator[datetime]:
    """The dates in lines that say when an article was published at first."""
    told = (line.text for line in lines if len(line.text) < SHORT)
    return (when for line in told if FIRST.search(line) for _, when in dates_in(line, language)[:1])


def _changed_at(lines: Iterable[Line], language: str) -> Iterator[datetime]:
    """The dates in lines that say nothing but when the page was changed."""
    told = (line for line in lines if len(line.text) < SHORTEST and UPDATED.search(line.text))
    found = (list(_shown([line], language)) for line in told)
    return (dates[0][1] for dates in found if len(dates) == 1)


def _of_address(address: str) -> Iterator[datetime]:
    path = MONTH_IN_PATH.sub(
        lambda found: f"/{MONTHS.get(found[1][:3].lower(), 0):02}/", urlsplit(address).path
    )
    for found in IN_PATH.finditer(path):
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            yield datetime(year, month, day, tzinfo=UTC)
        except ValueError:
            continue
