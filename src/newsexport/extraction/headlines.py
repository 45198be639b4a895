"""The headline of a page, by all that the page says of it and of its site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from newsexport.extraction.json_ld import plain_text, sites_in
from newsexport.extraction.measuring import inner_text
from newsexport.markup import blocks, text
from newsexport.markup.parsing import Element
from newsexport.model import Paragraph
from newsexport.text.addresses import same_story_key
from newsexport.text.counting import CHARACTERS, LETTERS, count_words, extent
from newsexport.text.plaintext import holding

# Headlines without the name of their site, which windows and search engines want before or behind them.
#
# What is cut is cut by evidence: a name that the page gives its site, or a heading that says
# the rest. Without any, only what stands behind a bar goes, which no sentence contains.

# A hyphen or a colon divides nothing in the middle of a word, unless words are not divided at all.
WIDE = f"{LETTERS}\u3000-\u303f{CHARACTERS}\uac00-\ud7af\uff00-\uffef"
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


# Names of `meta` elements that name the site.
SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "al:ios:app_name",
         "twitter:app:name:iphone", "al:android:app_name", "dc:publisher", "dcterms:publisher", "copyright",
         "citation_journal_title", "publisher")  # fmt: skip

# What the name of a feed adds to that of its site.
FEED = re.compile(r"(?i)\s*[-–—|»·:]*\s*(?:rss|atom|feed|news ?feed|rss[- ]feed|comments)\W*$")

LONGEST_NAME = 60
SHORT = 3  # words


def headlines_of(root: Element, said: Iterable[str], names: Sequence[str], section: str) -> tuple[str, ...]:
    """The headline, without the name of the site, and then every form in which the page gives it.

    `said` is what its metadata say, most trusted first; `names` are those of the site.
    """
    known = {named(name) for name in names}
    forms = [form for form in said if form and named(form) not in known]
    window = inner_text(title) if (title := next(root.iter("title"), None)) is not None else ""
    headings = [heading for heading in _shown(root) if named(heading) not in known]
    shown = [without_site(heading, names, (heading,)) for heading in headings]
    if not forms:
        found = _of_window("" if named(window) in known else window, names, shown, section)
    else:
        found = without_site(forms[0], names, shown, section)
    alike = [heading for heading in headings if folded(found) in folded(heading)]
    legible = _legible(root).get(folded(found), found)
    return (
        tuple(dict.fromkeys(form for form in (legible, found, *forms, window, *alike) if form))
        if found
        else ()
    )


def _of_window(window: str, names: Iterable[str], shown: Sequence[str], section: str) -> str:
    """The headline where nothing but the title of the window and the headings tell it."""
    title = without_site(window, names, shown, section)
    if title == window and folded(title) not in map(folded, shown):
        title = without_last_bar(window)
    if len(shown) == 1 and count_words(title) <= SHORT and (count_words(shown[0]) > SHORT + 1 or not window):
        return shown[0]
    return title or next(iter(shown), "")


def said_in(linked: Mapping[str, Any], root: Element) -> str:
    """The headline in JSON-LD; the name, where the headline tells about it as an encyclopedia's does."""
    shown = next((inner_text(each) for each in root.iter("title")), "").lower()
    headline, name = (text(plain_text(linked.get(each))) for each in ("headline", "name"))
    if headline and name and headline != name and name.lower() in shown and headline.lower() not in shown:
        return name
    return headline or name


def names_of(
    root: Element, meta: Mapping[str, str], things: Iterable[Mapping[str, Any]], address: str
) -> Iterator[str]:
    """Every name that the page gives its site; `address` is where it is published."""
    yield from (meta[name] for name in SITES if name in meta)
    yield from sites_in(things)
    for link in root.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        if "search" in rel or ("alternate" in rel and "xml" in (link.get("type") or "")):
            yield FEED.sub("", link.get("title") or "")
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    yield host
    yield host.partition(".")[0] if host.count(".") == 1 else ".".join(host.split(".")[-2:-1])
    for link in root.iter("a"):
        if _is_home(link.get("href") or "", address):
            yield inner_text(link)[:LONGEST_NAME]
            yield from (image.get("alt") or "" for image in link.iter("img"))


def _is_home(href: str, address: str) -> bool:
    """Whether it leads to the front page of the site."""
    target = href.strip()
    return target in {"/", "./", "/index.html"} or (
        bool(address)
        and target.startswith(("http://", "https://"))
        and same_story_key(target) == same_story_key(address).partition("/")[0]
    )


def _legible(root: Element) -> dict[str, str]:
    """Of headings whose marks change what they say, by their letters, how they are read without."""
    legible = {}
    for heading in root.iter("h1"):
        if next(heading.iter("sub", "sup", "del", "s", "strike"), None) is not None:
            lines = (block.spans for block in blocks(heading) if isinstance(block, Paragraph))
            legible[folded(inner_text(heading))] = " ".join(map(holding, lines))
    return legible


def _shown(root: Element) -> list[str]:
    """The headings that may be the headline: those of the first rank, or marked as it."""
    marked = root.xpath('//*[contains(@itemprop, "headline") and not(self::meta)]')
    return [shown for each in (*root.iter("h1"), *marked) if (shown := inner_text(each))]
