"""Headlines without the name of their site, which windows and search engines want before or behind them.

What is cut is cut by evidence: a name that the page gives its site, or a heading that says
the rest. Without any, only what stands behind a bar goes, which no sentence contains.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from newsexport.text.counting import CHARACTERS, LETTERS, count_words, extent
from newsexport.text.patterns import pattern

# A hyphen or a colon divides nothing in the middle of a word, unless words are not divided at all.
WIDE = f"{LETTERS}\u3000-\u303f{CHARACTERS}\uac00-\ud7af\uff00-\uffef"
DIVIDER = pattern(
    rf"\s*[|¦|┃∣»«›‹❯•·・_—–―－：／｜⋆★☆◆■●▪]+\s*|\s+[-:/\\>~]+\s*|[-:/\\>~]+\s+|(?<=[{WIDE}])[-:/~](?=\S)|(?<=\S)[-:/~](?=[{WIDE}])"
)
BAR = pattern(r"\s*[|¦｜┃∣]\s*|\s+(?:[»«⋆★]+|::+|//)\s*")
DASH = re.compile(r"\s+[-–—―－]+\s+")
ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|il|lo|o|os|de|het)\s+", re.IGNORECASE)

# Quotation marks that divide as well, where nothing is between two of them.
QUOTES, QUOTED = re.compile(r"[«»‹›]"), re.compile(r"«[^«»]+»|»[^«»]+«|‹[^‹›]+›")

# A site, a section of it, a section of that.
MOST_PARTS = 3
# Letters of a name that says little.
SHORT = 3


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
    return next((head for head, tail, _ in splits(title) if named(tail) in known and folded(head)), title)


def without_last_bar(title: str) -> str:
    """The longest of the parts between bars, if it is long enough to be a headline; else all of it."""
    parts = [part for part in BAR.split(title) if part.strip()]
    longest = max(parts, key=count_words, default=title)
    return longest.strip() if len(parts) > 1 and count_words(longest) > 3 else title


def _cut(title: str, known: set[str], headings: set[str]) -> str:
    """The title without one part at an end of it; nothing when there is none to cut."""
    whole = folded(title) in headings
    for head, tail, divider in splits(title):
        bar = BAR.fullmatch(divider) is not None
        if whole and not bar and not (DASH.fullmatch(divider) and len(named(tail)) > SHORT):
            continue
        if folded(head) and (named(tail) in known or (bar and _is_akin(tail, head, known))):
            return head
        if named(head) in known and folded(tail) and not (whole and not bar):
            return tail
    for head, tail, _ in () if whole else splits(title):
        if folded(head) in headings:
            return head
        if folded(tail) in headings and 2 * extent(tail) >= extent(head):  # else it may be the site's own
            return tail
    return ""


def _is_akin(tail: str, head: str, known: set[str]) -> bool:
    """Whether what stands behind a bar is a form of a name of the site: a part of it, or more than it."""
    name = named(tail)
    if not name:
        return True
    if len(name) < SHORT:
        return False
    least = SHORT if extent(tail) <= extent(head) else 2 * len(name) // 3
    return any(name in each or (len(each) > least and each in name) for each in known)


def splits(title: str) -> Iterator[tuple[str, str, str]]:
    """What is before and behind each divider, the last divider first, and the divider."""
    quoted = [each.span() for each in QUOTED.finditer(title)]
    for found in reversed(list(DIVIDER.finditer(title[:1000]))):
        if any(start < found.end() and found.start() < end for start, end in quoted) and QUOTES.search(
            found[0]
        ):
            continue
        head, tail = title[: found.start()].strip(), title[found.end() :].strip()
        yield head, tail, found[0]
