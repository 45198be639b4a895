"""What a page says of its article: JSON-LD, the ``meta`` elements of several schools, and its own marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from newsexport.extraction.bylines import AUTHORS, authors_of
from newsexport.extraction.dating import published_in
from newsexport.extraction.headlines import headlines_of, names_of, said_in
from newsexport.extraction.json_ld import article_among, asked_in, name_in, pages_in, plain_text, things_in
from newsexport.extraction.measuring import STOPS, inner_text
from newsexport.extraction.vicinity import Vicinity, vicinity
from newsexport.markup import text
from newsexport.markup.parsing import TAG, Element, finder
from newsexport.text.addresses import absolute, is_web, same_story_key, site_of
from newsexport.text.boilerplate import is_boilerplate
from newsexport.text.counting import extent
from newsexport.text.dates import dates_in
from newsexport.text.languages import is_tag
from newsexport.text.people import BY, is_name

# Names of `meta` elements in order of trust: Dublin Core, Open Graph, Parse.ly, Sailthru, plain HTML.
TITLES = ("dc:title", "dcterms:title", "og:title", "weibo:article:title", "title", "twitter:title",
          "parsely-title", "citation_title", "sailthru.title")  # fmt: skip
DESCRIPTIONS = ("dc:description", "og:description", "description", "twitter:description")
PICTURES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
SECTIONS = ("article:section", "parsely-section", "section")

# Names of the element below a headline that tells in a sentence what it is about.
STANDFIRST = re.compile(
    r"(?i)(?:^|[\s_-]|(?<=[a-z])(?=[SDLCVIOEB]))(?:standfirst|dek|deck|sub-?title|sub-?head(?:line|ing)?|lede|strapline"
    r"|(?:article|entry|post|story)(?:-|__?)(?:summary|intro|excerpt|lead|description)|chap[oô]|chapeau|vorspann|ingress"
    r"|occhiello|sommario|entradilla|bajada)(?:$|[\s_-])"
)
WHOLE = frozenset(("article", "main", "body", "html", "header"))
SHORTEST, LONGEST = 25, 400  # letters
SOON, NEXT = 12, 2  # lines
SIGNATURE = 120  # letters
# Pictures of the site, and of no article.
LOGO = re.compile(
    r"(?i)(?:^|[/_.-])(?:logo|favicon|apple-touch-icon|default[-_](?:og|share|social)|(?:og|share|social)[-_]default)"
    r"(?:[-_](?:image|\d+(?:x\d+)?))*\.(?:png|jpe?g|svg|gif|webp|ico)(?:\?|$)"
)
MOST = 20
SCHOOL = re.compile(r"^(dc|dcterms?|og|twitter|article)[.:]")
SAVED = re.compile(r"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What is said; empty where nothing is.

    `words` and `body` are of the whole article, `asked` are the questions that it answers;
    `headlines` all forms in which the page gives its headline, with the name of the site and
    without; `standfirst_shown` when the standfirst is not only in its metadata. `is_article` when
    it says so; `names` are all those of its site.
    """

    title: str = ""
    byline: tuple[str, ...] = ()
    published: datetime | None = None
    standfirst: str = ""
    standfirst_shown: bool = False
    section: str = ""
    site: str = ""
    language: str = ""
    picture: str = ""
    url: str = ""
    free: bool = True
    words: int = 0
    body: str = ""
    asked: str = ""
    next_page: str = ""
    headlines: tuple[str, ...] = ()
    is_article: bool = False
    names: tuple[str, ...] = ()


def about(root: Element, address: str = "") -> PageMetadata:
    """What the page at `address` says of its article. Nothing in it is changed."""
    pairs = list(_pairs(root))
    meta: dict[str, str] = {}
    for name, content in pairs:
        meta.setdefault(name, content)
    things = tuple(things_in(root))
    linked = article_among(things)
    url = _url(root, meta, linked, address)
    site = name_in(linked.get("publisher")) or meta.get("og:site_name", "")
    section, language = _section(meta, linked), _language(root, meta, linked)
    said = [said_in(linked, root), *(text(meta[name]) for name in TITLES if name in meta)]
    names = tuple(names_of(root, meta, things, url or address))
    authors = linked.get("author") or linked.get("creator") or _of_microdata(root)
    writers = [name_in(authors), *(content for name, content in pairs if name in AUTHORS)]
    headlines = headlines_of(root, said, names, section, url or address, writers)
    shown = cache(lambda: vicinity(root, headlines[0] if headlines else ""))
    standfirst = _standfirst(shown(), language)
    return PageMetadata(
        title=headlines[0] if headlines else "",
        byline=authors_of(authors if isinstance(authors, list) else [authors], pairs, names, shown),
        published=published_in(
            root, meta, (linked, next(pages_in(things), {})), shown, (language, url or address)
        ),
        standfirst=standfirst or text(plain_text(linked.get("description")) or _first(meta, DESCRIPTIONS)),
        standfirst_shown=bool(standfirst),
        section=section,
        site=site or (site_of(url) if url else ""),
        language=language,
        picture=_picture(meta, linked, url or address),
        url=url,
        free=str(linked.get("isAccessibleForFree", "true")).lower() not in {"false", "0", "no"},
        words=_number(linked.get("wordCount")),
        body=TAG.sub("", plain_text(linked.get("articleBody"))),
        asked=asked_in(things),
        next_page=next(iter(NEXT_PAGE(root)), ""),
        headlines=headlines,
        names=names,
        is_article=bool(linked) or meta.get("og:type", "").lower() == "article",
    )


def _standfirst(shown: Vicinity, language: str) -> str:
    """What is marked as the standfirst; else what stands between the headline and who wrote, or when."""
    lines = shown.lines[shown.at + 1 :][:SOON] if shown.at >= 0 else ()
    marked = next((line for line in lines if _is_marked(line.element) and _is_long_enough(line.text)), None)
    if not marked and lines and _is_long_enough(lines[0].text) and not _is_signature(lines[0].text, language):
        signed = any(_is_signature(line.text, language) for line in lines[1 : 1 + NEXT])
        marked = lines[0] if signed else None
    return text(marked.text) if marked else ""


def _is_long_enough(line: str) -> bool:
    """Whether a line may tell in a sentence what an article is about."""
    return SHORTEST < extent(line) < LONGEST and not is_boilerplate(line)


def _is_signature(line: str, language: str) -> bool:
    """Whether it says who wrote an article, or when; a sentence ("By midnight all had gone.") does not."""
    if extent(line) > SIGNATURE or line.endswith(STOPS):
        return False
    return bool(BY.match(line) or dates_in(line, language))


def _is_marked(element: Element) -> bool:
    around = (element, *islice(element.iterancestors(), 2))
    named = (f"{each.get('class') or ''} {each.get('id') or ''}" for each in around if each.tag not in WHOLE)
    said = element.get("itemprop") or ""
    return said in {"description", "alternativeHeadline"} or any(map(STANDFIRST.search, named))


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    """The content of each `meta` that says anything, with its name in lower case."""
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        for name in (element.get("property"), element.get("name"), element.get("itemprop")):
            for each in (name or "").lower().split() if content else ():
                yield SCHOOL.sub(_school, each), content


def _school(found: re.Match[str]) -> str:
    return found[1].replace("dcterm", "dcterms").replace("ss", "s") + ":"


def _first(meta: Mapping[str, str], names: Iterable[str]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


AUTHORED = finder(
    '/descendant::*[@rel="author" or @id="byline" or contains(@itemprop, "author") or @class['
    'contains(., "byline") or contains(., "author-name") or contains(., "dateline")'
    ' or contains(., "p-author")]]'
)
WRITTEN_BY = finder('/descendant::*[@itemprop="author"][not(self::meta)]')
NEXT_PAGE = finder('//link[@rel="next"]/@href | //a[@rel="next"]/@href')


def author_marks(root: Element) -> list[Element]:
    """Elements that the page itself marks as naming the author."""
    return [each for each in AUTHORED(root) if 0 < len(inner_text(each)) < 100]


def _of_microdata(root: Element) -> str:
    """The author of the article in microdata, if it names but one: comments and reviews have theirs."""
    marked = WRITTEN_BY(root)[:MOST]
    named = (next(iter(each.xpath('.//*[@itemprop="name"]')), each) for each in marked)
    names = set(map(inner_text, named))
    return next(filter(is_name, names), "") if len(names) == 1 else ""


def _section(meta: Mapping[str, str], linked: Mapping[str, Any]) -> str:
    said = linked.get("articleSection")
    return text(name_in(said) or _first(meta, SECTIONS))[:60]


def _language(root: Element, meta: Mapping[str, str], linked: Mapping[str, Any]) -> str:
    html = root if root.tag == "html" else None
    said = (
        (html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
        if html is not None
        else ""
    )
    for tag in (
        said,
        plain_text(linked.get("inLanguage")),
        meta.get("og:locale", ""),
        meta.get("content-language", ""),
    ):
        normal = tag.strip().replace("_", "-")
        if normal and is_tag(normal):
            return normal
    return ""


def _picture(meta: Mapping[str, str], linked: Mapping[str, Any], base: str) -> str:
    """The address of the first picture it is shown with elsewhere that is none of its site."""
    logo = set(_addresses(linked.get("publisher")))
    said = (*_addresses(linked.get("image")), *(meta[name] for name in PICTURES if name in meta))
    found = (absolute(base, each) for each in said if each and each not in logo and not LOGO.search(each))
    return next(filter(is_web, found), "")


def _addresses(image: Any) -> Iterator[str]:
    """The addresses of a picture, or of pictures, in JSON-LD; of a house, that of its logo."""
    for each in image[:MOST] if isinstance(image, list) else [image]:
        if isinstance(each, str):
            yield each.strip()
        elif isinstance(each, dict):
            yield from map(plain_text, (each.get("url"), each.get("contentUrl"), each.get("logo")))
            logo = each.get("logo")
            yield plain_text(logo.get("url")) if isinstance(logo, dict) else ""


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
    said = [canonical, meta.get("og:url", ""), plain_text(linked.get("url")), *_saved_from(root)]
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
