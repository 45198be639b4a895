"""What is set apart in an article, and belongs to it: notices, posts, lists that a sentence announces."""

from __future__ import annotations

import re

from newsexport.markup.embeds import EMBEDDED
from newsexport.markup.folds import FOLDING, HEADINGS
from newsexport.markup.parsing import Element
from newsexport.text.boilerplate import is_boilerplate

NOTICE = re.compile(
    r"(?:^|\s)(?:(?:[\w-]+[-_])?(?:admonition|callout|admonitionblock|info-?box|key-?takeaways?)(?:[-_][\w-]+)?"
    r"|(?:markdown-)?alert(?:-(?:note|info|warning|tip|important|caution|danger|success))"
    r"|alert|note|tip|warning|caution|important|hint)(?:\s|$)",
    re.IGNORECASE,
)
NOTICE_ROLES = frozenset(("note", "doc-tip", "doc-notice", "doc-example"))
LABEL = re.compile(
    r"(?:admonition|callout|alert|info-?box|notice|note|tip|warning|hint)[-_]*(?:title|heading|label|header|type)(?![a-z])",
    re.IGNORECASE,
)
POST = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|reddit-(?:embed-bq|card)"
    r"|text-post-media|fb-post)(?:\s|$)",
    re.IGNORECASE,
)
BOXES = frozenset(("aside", "div", "section", "blockquote", "figure", "details", "article"))

# Letters of the longest notice and label.
LONGEST_NOTICE, LONGEST_LABEL = 4000, 120
# Of fewer words no sentence announces a list: "Related:", "More on this:".
FEWEST_WORDS = 4
INVITING = re.compile(
    r"(?i)(?:more|read|related|see also|also|you (?:may|might)|recommended|further|don.t miss"
    r"|follow|share|tags?|topics?|weitere?|mehr|lesen sie|lire|à lire"
    r"|voir|ver|leer|lea|leggi|lees|læs|läs|czytaj|читайте)\b"
)


def belongs(element: Element) -> bool:
    """Whether an element is part of the article around it though its name, links or make speak against it."""
    if element.tag in {"ul", "ol"}:
        return _is_announced(element)
    if element.tag in HEADINGS:
        return FOLDING.search(element.get("class") or "") is not None
    return element.tag in BOXES and (_is_notice(element) or _holds_post(element))


def is_label(element: Element) -> bool:
    """Whether it is the title of a notice."""
    return LABEL.search(element.get("class") or "") is not None and 0 < _length(element) <= LONGEST_LABEL


def _is_notice(element: Element) -> bool:
    said = NOTICE.search(element.get("class") or "") is not None or element.get("role") in NOTICE_ROLES
    length = _length(element) if said else 0
    linked = sum(len("".join(link.itertext())) for link in element.iter("a")) if length else 0
    advertises = any(
        {"sponsored", "nofollow"} & set((link.get("rel") or "").split()) for link in element.iter("a")
    )
    return 2 * linked < length <= LONGEST_NOTICE and not advertises and not _holds(element, "form", "input")


def _holds_post(element: Element) -> bool:
    if element.tag == "blockquote":
        return POST.search(element.get("class") or "") is not None
    posts = any(POST.search(each.get("class") or "") for each in element.iter("blockquote"))
    return (posts or any(each.get(EMBEDDED) is not None for each in element.iter("img"))) and (
        _length(element) <= LONGEST_NOTICE
    )


def _is_announced(items: Element) -> bool:
    """Whether the sentence in front of a list ends with a colon, and is none of those that lead elsewhere."""
    before = items.getprevious()
    if (
        before is None
        or before.tag not in {"p", "div"}
        or (before.tail or "").strip()
        or _length(before) > LONGEST_NOTICE
    ):
        return False
    text = " ".join("".join(before.itertext()).split())
    enough = len(text.split()) >= FEWEST_WORDS or (len(text) >= 4 * FEWEST_WORDS and not text.isascii())
    return text.endswith((":", "：")) and enough and not INVITING.match(text) and not is_boilerplate(text)


def _holds(element: Element, *tags: str) -> bool:
    return next(element.iter(*tags), None) is not None


def _length(element: Element) -> int:
    """How many letters are in it, or a few more than matter."""
    length = 0
    for piece in element.itertext():
        length += len(piece.strip())
        if length > LONGEST_NOTICE:
            break
    return length
