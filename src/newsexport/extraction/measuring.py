"""What a part of a page is like: its names, its links, its text. Scoring and cleaning both ask."""

from __future__ import annotations

import re
from functools import lru_cache

from newsexport.markup.boxes import belongs
from newsexport.markup.parsing import Element, text_in
from newsexport.text.counting import SENTENCE_ENDS, UNSPACED_SENTENCE_ENDS

# Words in the class and id of elements that hardly ever hold an article, and of those that
# may all the same. A word counts where it is whole: "section-header" is no header of a page.
UNLIKELY = frozenset((
    "ad", "ads", "advert", "advertisement", "advertising", "adsense", "agegate", "ai2html", "banner",
    "breadcrumb", "breadcrumbs", "combx", "comment", "comments", "commentlist", "community", "consent",
    "cookie", "cookies", "disqus", "extra", "gdpr", "legends", "menu", "navbar", "newsletter",
    "newsletters", "outbrain", "pager", "pagination", "popup", "promobox", "recirc", "recirculation",
    "related", "remark", "remarks", "replies", "rss", "shoutbox", "sidebar", "skyscraper", "social",
    "sponsor", "sponsored", "supplemental", "taboola", "trending",
))  # fmt: skip
UNLIKELY_NAMES = re.compile(
    r"""(?ix)(?:^|\s)(?:(?:site|page|main|global|top|nav|bottom|primary|the)?[-_]*(?:header|footer)|masthead
      |cover-wrap|promo-?box|yom-remote)(?=\s|$)|\bmost-?(?:read|popular|viewed)\b"""
)
MAYBE = frozenset((
    "article", "articles", "body", "caption", "column", "content", "contents", "embed", "entry", "main",
    "mathjax", "quote", "shadow", "story", "text", "tweet",
))  # fmt: skip
GOOD = frozenset((
    "article", "articles", "articlebody", "blog", "body", "content", "entry", "hentry", "main", "page",
    "pagination", "post", "story", "text",
))  # fmt: skip
BAD = frozenset((
    "ad", "ads", "banner", "com", "combx", "comment", "comments", "contact", "footer", "gdpr", "hid",
    "hidden", "masthead", "media", "meta", "newsletter", "outbrain", "promo", "related", "scroll", "share",
    "shopping", "shoutbox", "sidebar", "signup", "skyscraper", "sponsor", "subscribe", "tags", "widget",
    "widgets",
))  # fmt: skip
WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+(?![a-z])")
ROLES = frozenset(
    (
        "menu",
        "menubar",
        "complementary",
        "navigation",
        "alert",
        "alertdialog",
        "dialog",
        "search",
        "contentinfo",
    )
)
COMMA = re.compile("[,،﹐︐︑⹁⸴⸲，、]")
# What a sentence ends with, and what may close behind it.
STOPS = tuple(SENTENCE_ENDS + UNSPACED_SENTENCE_ENDS)
ENDINGS = (*STOPS, *"”\"»“’')）」』")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def names(element: Element) -> str:
    """Class and id."""
    return f"{element.get('class', '')} {element.get('id', '')}"


@lru_cache(maxsize=4096)
def words_of_name(name: str) -> frozenset[str]:
    """The words of a class or id, in lower case: ``site-header__navBar`` has four."""
    return frozenset(word.lower() for word in WORD.findall(name[:1000]))


def is_unlikely(element: Element) -> bool:
    """Whether its names are those of what stands around an article."""
    return _are_unlikely(names(element))


@lru_cache(maxsize=4096)
def _are_unlikely(said: str) -> bool:
    words = words_of_name(said)
    return bool(words & UNLIKELY or UNLIKELY_NAMES.search(said)) and not words & MAYBE


def class_weight(element: Element) -> int:
    """How much its names speak for an element, from -50 to 50."""
    return _weight_of(element.get("class")) + _weight_of(element.get("id"))


@lru_cache(maxsize=4096)
def _weight_of(name: str | None) -> int:
    words = words_of_name(name or "")
    return 25 * bool(words & GOOD) - 25 * bool(words & BAD)


def inner_text(element: Element) -> str:
    """All text in the element on one line."""
    return " ".join(text_in(element).split())


def link_density(element: Element, length: int | None = None) -> float:
    """The share of its text that is links; those to places on the page count a third."""
    linked = sum(map(weight_of_link, element.iter("a")))
    if not linked:
        return 0.0
    return linked / (len(inner_text(element)) if length is None else length)


def weight_of_link(link: Element) -> float:
    """How many letters of links a link counts as."""
    return len(inner_text(link)) * (0.3 if (link.get("href") or "").startswith("#") else 1.0)


def commas(text: str) -> int:
    """How many commas of any script."""
    return len(COMMA.findall(text))


def within(element: Element, *tags: str) -> bool:
    """Whether an element of these kinds is around it."""
    return next(element.iterancestors(*tags), None) is not None


def signs(element: Element) -> bool:
    """Whether it says whom a quotation is from, and is no footer of the page; or belongs otherwise."""
    if belongs(element):
        return True
    if element.tag == "footer" and within(element, "blockquote"):
        return True
    return "blockquote-footer" in (element.get("class") or "").split()
