"""Headlines without the name of their site, which windows and search engines want before or behind them.

What is cut is cut by evidence: a name that the page gives its site, or a heading that says
the rest. Without any, only what stands behind a bar goes, which no sentence contains.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from newsexport.wordcount import count_words, extent

# A hyphen or a colon divides nothing in the middle of a word, unless words are not divided at all.
WIDE = "\u3000-\u9fff\uac00-\ud7af\uff00-\uffef\u0e00-\u0e7f"
DIVIDER = re.compile(
    rf"\s*[|¦|»«›‹•·・_—–：／｜]+\s*|\s+[-:/\\>~]+\s*|[-:/\\>~]+\s+|(?<=[{WIDE}])[-:/~](?=\S)|(?<=\S)[-:/~](?=[{WIDE}])"
)
BAR = re.compile(r"\s*[|¦｜]\s*|\s+[»«]\s+")
ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|il|lo|o|os|de|het)\s+", re.IGNORECASE)

# A site, a section of it, a section of that.
MOST_PARTS = 3


def folded(text: str) -> str:
    """The letters and figures of a text alone, in one case and width: equal for what reads alike."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def named(name: str) -> str:
    """A name folded, without the article that is sometimes before it."""
    return folded(ARTICLE.sub("", name.strip().removeprefix("@")))


def without_site(title: str, names: Iterable[str], shown: Iterable[str] = (), section: str = "") -> str:
    """The headline without the site, whatever script it is in and whatever divides the two.

    `names` are those of the site, `shown` the headings of the page; `section` is cut where
    it stands between the headline and the site.
    """
    known = {named(name) for name in names} - {""}
    headings = {folded(heading) for heading in shown} - {""}
    for _ in range(MOST_PARTS):
        shorter = _cut(title, known, headings)
        if not shorter:
            return title
        title, known = shorter, known | ({named(section)} - {""})
    return title


def without_site_behind(title: str, names: Iterable[str]) -> str:
    """The headline as a list gives it, without a site that stands last.

    No page is there to say what is shown: what stands first may as well be a topic.
    """
    known = {named(name) for name in names} - {""}
    return next((head for head, tail, _ in _splits(title) if named(tail) in known and folded(head)), title)


def without_last_bar(title: str) -> str:
    """The longest of the parts between bars, if it is long enough to be a headline; else all of it."""
    parts = [part for part in BAR.split(title) if part.strip()]
    longest = max(parts, key=count_words, default=title)
    return longest.strip() if len(parts) > 1 and count_words(longest) > 3 else title


def _cut(title: str, known: set[str], headings: set[str]) -> str:
    """The title without one part at an end of it; nothing when there is none to cut."""
    whole = folded(title) in headings
    for head, tail, bar in _splits(title):
        if whole and not bar:
            continue
        if named(tail) in known and folded(head):
            return head
        if named(head) in known and folded(tail):
            return tail
    for head, tail, _ in () if whole else _splits(title):
        if folded(head) in headings:
            return head
        if folded(tail) in headings and 2 * extent(tail) >= extent(head):  # else it may be the site's own
            return tail
    return ""


def _splits(title: str) -> Iterator[tuple[str, str, bool]]:
    """What is before and behind each divider, the last divider first, and whether it is a bar."""
    for found in reversed(list(DIVIDER.finditer(title[:1000]))):
        head, tail = title[: found.start()].strip(), title[found.end() :].strip()
        yield head, tail, BAR.fullmatch(found[0]) is not None
