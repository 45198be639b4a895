"""What a part of a page is like: its names, its links, its text. Scoring and cleaning both ask."""

from __future__ import annotations

import re

from newsexport.markup.boxes import belongs
from newsexport.markup.parsing import Element

# Words in the class and id of elements that hardly ever hold an article, and of those that
# may all the same.
UNLIKELY = re.compile(
    r"""(?ix) -ad- | ai2html | banner | breadcrumbs | combx | comment | community | cover-wrap | disqus
      | extra
      | footer | gdpr | header | legends | menu | related | remark | replies | rss | shoutbox | sidebar
      | skyscraper
      | social | sponsor | supplemental | ad-break | agegate | pagination | pager | popup | yom-remote
      | newsletter
      | cookie | consent | paywall | promo-?box | recirc | trending | most-?(?:read|popular)"""
)
MAYBE = re.compile(r"(?i)and|article|body|column|content|main|mathjax|shadow")
GOOD = re.compile(r"(?i)article|body|content|entry|hentry|h-entry|main|page|pagination|post|text|blog|story")
BAD = re.compile(
    r"""(?ix) -ad- | hidden | ^hid$ | \ hid$ | \ hid\  | ^hid\  | banner | combx | comment | com-
      | contact | footer
      | gdpr | masthead | media | meta | outbrain | promo | related | scroll | share | shoutbox | sidebar
      | skyscraper
      | sponsor | shopping | tags | widget | newsletter | signup | subscribe"""
)
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
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def names(element: Element) -> str:
    """Class and id."""
    return f"{element.get('class', '')} {element.get('id', '')}"


def class_weight(element: Element) -> int:
    """How much its names speak for an element, from -50 to 50."""
    weight = 0
    for name in (element.get("class"), element.get("id")):
        if name:
            weight += 25 * bool(GOOD.search(name)) - 25 * bool(BAD.search(name))
    return weight


def inner_text(element: Element) -> str:
    """All text in the element on one line."""
    return " ".join("".join(element.itertext()).split())


def link_density(element: Element, length: int | None = None) -> float:
    """The share of its text that is links; those to places on the page count a third."""
    total = len(inner_text(element)) if length is None else length
    if not total:
        return 0.0
    linked = sum(
        len(inner_text(link)) * (0.3 if (link.get("href") or "").startswith("#") else 1.0)
        for link in element.iter("a")
    )
    return linked / total


def commas(text: str) -> int:
    """How many commas of any script."""
    return len(COMMA.findall(text))


def within(element: Element, *tags: str) -> bool:
    """Whether an element of these kinds is around it."""
    return any(ancestor.tag in tags for ancestor in element.iterancestors())


def signs(element: Element) -> bool:
    """Whether it says whom a quotation is from, and is no footer of the page; or belongs otherwise."""
    if belongs(element):
        return True
    if element.tag == "footer" and within(element, "blockquote"):
        return True
    return "blockquote-footer" in (element.get("class") or "").split()
