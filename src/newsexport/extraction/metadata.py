"""What a page says of its article: JSON-LD, the ``meta`` elements of several schools, and its own marks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsexport.addresses import absolute, is_web, same_story_key, site_of
from newsexport.dates import parse_date
from newsexport.extraction.measuring import inner_text
from newsexport.languages import is_tag
from newsexport.markup import text
from newsexport.markup.parsing import Element

# Names of `meta` elements in order of trust: Dublin Core, Open Graph, Parse.ly, Sailthru, plain HTML.
TITLES = ("dc:title", "dcterms:title", "og:title", "weibo:article:title", "title", "twitter:title",
          "parsely-title", "citation_title", "sailthru.title")  # fmt: skip
AUTHORS = ("dc:creator", "dcterms:creator", "author", "parsely-author", "article:author", "citation_author",
           "sailthru.author", "byl", "cxenseparse:author")  # fmt: skip
DATES = ("article:published_time", "parsely-pub-date", "datepublished", "dc:date", "dcterms:created",
    "dcterms:date",
         "dc:date.issued", "citation_publication_date", "sailthru.date", "date", "pubdate", "publishdate",
         "ptime",
         "og:published_time", "publish-date", "publication_date", "dcterms:issued")  # fmt: skip
DESCRIPTIONS = ("dc:description", "og:description", "description", "twitter:description")
PICTURES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
SECTIONS = ("article:section", "parsely-section", "section")

ARTICLE = re.compile(r"Article$|Posting$|Report$|^Recipe$|^Review$|^Report|^ScholarlyArticle")
SEPARATOR = re.compile(r"\s+[|\-–—\\/>»·•]\s+|\s*[|»]\s*")
SAVED = re.compile(r"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)")
ROLE = re.compile(r"(?i)^\s*(?:by|von|par|por|di|da|written by|posted by|story by|text:?)\s*:?\s+")
DATED = re.compile(
    r"(?i)\s*(?:[-–—|·,]\s*)?(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?(?:updated:?\s+|published:?\s+)?"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|\d{1,4}[./-]\d{1,2}|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)).*$"
)
LONGEST_LD = 2_000_000


@dataclass(frozen=True, slots=True)
class About:
    """What is said; empty where nothing is. `words` and `body_length` are of the whole article."""

    title: str = ""
    byline: tuple[str, ...] = ()
    published: datetime | None = None
    standfirst: str = ""
    section: str = ""
    site: str = ""
    language: str = ""
    picture: str = ""
    url: str = ""
    free: bool = True
    words: int = 0
    body_length: int = 0
    next_page: str = ""


def about(root: Element, address: str = "") -> About:
    """What the page at `address` says of its article. Nothing in it is changed."""
    meta = _meta(root)
    linked = _linked_data(root)
    url = _url(root, meta, linked, address)
    site = _one(linked.get("publisher")) or meta.get("og:site_name", "")
    return About(
        title=_title(root, meta, linked, site),
        byline=_byline(root, meta, linked),
        published=_published(root, meta, linked),
        standfirst=text(_text(linked.get("description")) or _first(meta, DESCRIPTIONS)),
        section=_section(meta, linked),
        site=site or (site_of(url) if url else ""),
        language=_language(root, meta, linked),
        picture=_picture(meta, linked, url or address),
        url=url,
        free=str(linked.get("isAccessibleForFree", "true")).lower() not in {"false", "0", "no"},
        words=_number(linked.get("wordCount")),
        body_length=len(_text(linked.get("articleBody"))),
        next_page=next(
            (link.get("href") or "" for link in root.xpath('//link[@rel="next"] | //a[@rel="next"]')), ""
        ),
    )


def _meta(root: Element) -> dict[str, str]:
    """The content of each `meta` by its name in lower case, the first of each that says anything."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        for name in (element.get("property"), element.get("name"), element.get("itemprop")):
            for each in (name or "").lower().split():
                normal = re.sub(
                    r"^(dc|dcterms?|og|twitter|article)[.:]",
                    lambda found: found[1].replace("dcterm", "dcterms").replace("ss", "s") + ":",
                    each,
                )
                if content:
                    found.setdefault(normal, content)
    return found


def _first(meta: Mapping[str, str], names: Iterable[str]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _linked_data(root: Element) -> Mapping[str, Any]:
    """The first article in the page's JSON-LD."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or len(script.text or "") > LONGEST_LD:
            continue
        body = re.sub(
            r"^\s*(?:<!\[CDATA\[|//<!\[CDATA\[|<!--)|(?:\]\]>|//\]\]>|-->)\s*$", "", script.text or ""
        )
        try:
            document = json.loads(body, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(document):
            kinds = thing.get("@type")
            if any(
                isinstance(kind, str) and ARTICLE.search(kind)
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                return thing
    return {}


def _things(document: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 5:
        return
    if isinstance(document, list):
        for each in document[:100]:
            yield from _things(each, depth + 1)
    elif isinstance(document, dict):
        yield document
        for name in ("@graph", "mainEntity", "itemListElement", "item"):
            if isinstance(document.get(name), list | dict):
                yield from _things(document[name], depth + 1)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _one(value: Any) -> str:
    """The name of a thing, which may be a text, an object, or several of either."""
    match value:
        case str():
            return "" if is_web(value) else text(value)
        case {"name": str(name)}:
            return text(name)
        case [first, *_]:
            return _one(first)
        case _:
            return ""


def _title(root: Element, meta: Mapping[str, str], linked: Mapping[str, Any], site: str) -> str:
    shown = next((inner_text(each) for each in root.iter("title")), "")
    said = _headline(linked, shown) or text(_first(meta, TITLES))
    title = _without_site(said or shown, site, shown if said else "")
    if said or len(title.split()) > 3:
        return title
    headings = [inner_text(each) for each in root.iter("h1")]
    if len(headings) == 1 and (len(headings[0].split()) > 4 or not shown):
        return headings[0]
    return shown or title


def _headline(linked: Mapping[str, Any], shown: str) -> str:
    """The headline; the name, where the headline tells about it as that of an encyclopedia does."""
    headline, name = (text(_text(linked.get(each))) for each in ("headline", "name"))
    if (
        headline
        and name
        and headline != name
        and name.lower() in shown.lower()
        and headline.lower() not in shown.lower()
    ):
        return name
    return headline or name


def _without_site(title: str, site: str, shown: str) -> str:
    """The headline without the name of the paper before or behind it."""
    parts = SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    if site:
        for end, rest in ((parts[-1], title[: title.rfind(parts[-1])]), (parts[0], title[len(parts[0]) :])):
            if end.strip().lower() == site.strip().lower():
                return re.sub(r"^[\s|\-–—\\/>»·•]+|[\s|\-–—\\/>»·•]+$", "", rest) or title
    if shown:
        return title
    longest = max(parts, key=lambda part: len(part.split()))
    return longest if len(longest.split()) > 3 else title


def _byline(root: Element, meta: Mapping[str, str], linked: Mapping[str, Any]) -> tuple[str, ...]:
    authors = linked.get("author") or linked.get("creator")
    listed = authors if isinstance(authors, list) else [authors]
    names = [name for each in listed if (name := _one(each))]
    if not names:
        names = [text(meta[name]) for name in AUTHORS if meta.get(name) and not is_web(meta[name])][:1]
    if not names:
        names = [found for found in map(_named, _author_marks(root)) if found][:1]
    return tuple(dict.fromkeys(name for each in names for name in _people(each)))


def _people(names: str) -> Iterator[str]:
    names = DATED.sub("", ROLE.sub("", names))
    for name in re.split(r"\s+(?:and|und|et|y|&)\s+|\s*[;|]\s*|,\s+(?=\w+\s+\w+)", names):
        bare = ROLE.sub("", name).strip(" ,.")
        if bare and "@" not in bare and len(bare) < 100:
            yield bare


def author_marks(root: Element) -> list[Element]:
    """Elements that the page itself marks as naming the author."""
    return _author_marks(root)


def _author_marks(root: Element) -> list[Element]:
    marked = (
        '//*[@rel="author" or contains(@itemprop, "author") or contains(concat(" ", @class, " "), " byline ")'
        ' or contains(@class, "author-name") or contains(@class, "byline") or contains(@class, "dateline")'
        ' or @id="byline" or contains(@class, "p-author")]'
    )
    return [each for each in root.xpath(marked) if 0 < len(inner_text(each)) < 100]


def _named(element: Element) -> str:
    return inner_text(element)


def _published(root: Element, meta: Mapping[str, str], linked: Mapping[str, Any]) -> datetime | None:
    said = [_text(linked.get("datePublished")), *(meta[name] for name in DATES if name in meta)]
    said += [
        each.get("datetime") or each.get("content") or ""
        for each in root.xpath('//*[@itemprop="datePublished"]')
    ]
    times = root.xpath(
        "//article//time[@datetime] | //header//time[@datetime] | //main//time[@datetime]"
    ) or root.xpath("//time[@datetime]")
    said += [each.get("datetime") for each in times[:3]]
    said += [
        inner_text(each) for each in root.xpath("//time[@pubdate] | //*[contains(@class, 'published')]")[:3]
    ]
    said.append(_text(linked.get("dateCreated")))
    return next(
        (moment for moment in map(parse_date, filter(None, said)) if moment and 1990 <= moment.year <= 2100),
        None,
    )


def _section(meta: Mapping[str, str], linked: Mapping[str, Any]) -> str:
    said = linked.get("articleSection")
    return text(_one(said) or _first(meta, SECTIONS))[:60]


def _language(root: Element, meta: Mapping[str, str], linked: Mapping[str, Any]) -> str:
    html = root if root.tag == "html" else None
    said = (
        (html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
        if html is not None
        else ""
    )
    for tag in (
        said,
        _text(linked.get("inLanguage")),
        meta.get("og:locale", ""),
        meta.get("content-language", ""),
    ):
        normal = tag.strip().replace("_", "-")
        if normal and is_tag(normal):
            return normal
    return ""


def _picture(meta: Mapping[str, str], linked: Mapping[str, Any], base: str) -> str:
    image = linked.get("image")
    while isinstance(image, list) and image:
        image = image[0]
    said = image.get("url") if isinstance(image, dict) else image
    address = absolute(base, _text(said) or _first(meta, PICTURES))
    return address if is_web(address) else ""


def _url(root: Element, meta: Mapping[str, str], linked: Mapping[str, Any], address: str) -> str:
    """Where the page says it is published, if that is its own site; else where it was found."""
    canonical = next(
        (
            link.get("href") or ""
            for link in root.iter("link")
            if (link.get("rel") or "").lower() == "canonical"
        ),
        "",
    )
    said = [canonical, meta.get("og:url", ""), _text(linked.get("url")), *_saved_from(root)]
    for url in (absolute(address, each.strip()) for each in said if each.strip()):
        own_site = (
            not address or same_story_key(url).partition("/")[0] == same_story_key(address).partition("/")[0]
        )
        if is_web(url) and own_site and not _is_front(url, address):
            return str(url)
    return address if is_web(address) else ""


def _is_front(url: str, address: str) -> bool:
    """Whether it is the front page of a site, as careless templates say of every page."""
    return bool(address) and "/" not in same_story_key(url) and "/" in same_story_key(address)


def _saved_from(root: Element) -> Iterator[str]:
    """The address that a browser or SingleFile notes in a page it saves."""
    tree = root.getroottree()
    for comment in (*tree.xpath("//comment()")[:20], *root.xpath("preceding-sibling::comment()")):
        if found := SAVED.search(comment.text or ""):
            yield found[1] or found[2]


def _number(value: Any) -> int:
    return int(value) if isinstance(value, int | str) and re.fullmatch(r"\d{1,6}", str(value)) else 0
