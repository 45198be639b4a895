"""The headline of a page, by all that the page says of it and of its site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import islice, pairwise
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from newsexport.extraction.json_ld import plain_text, sites_in
from newsexport.extraction.measuring import inner_text
from newsexport.extraction.site_names import BAR, WIDE, folded, named, splits, without_last_bar, without_site
from newsexport.markup import blocks, text
from newsexport.markup.parsing import Element, finder
from newsexport.model import Paragraph
from newsexport.text.addresses import same_story_key
from newsexport.text.counting import count_words
from newsexport.text.dates import dates_in
from newsexport.text.people import BY
from newsexport.text.plaintext import holding

# Names of `meta` elements that name the site.
SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "al:ios:app_name",
         "twitter:app:name:iphone", "al:android:app_name", "dc:publisher", "dcterms:publisher", "copyright",
         "citation_journal_title", "publisher")  # fmt: skip

# What the name of a feed adds to that of its site.
FEED = re.compile(r"(?i)\s*[-–—|»·:]*\s*(?:rss|atom|feed|news ?feed|rss[- ]feed|comments)\W*$")

LONGEST_NAME = 60
LONGEST, MOST_HEADINGS, MOST_WORDS = 1000, 50, 40
BREAKING = frozenset(("br", "div", "p", "h1", "h2", "h3", "li", "hr", "section", "header", "time", "td"))
# How much of the words of a heading is to be in what the metadata say.
ALIKE = 0.5
# Titles of windows that say nothing.
NO_TITLE = re.compile(
    r"(?i)(?:loading|untitled(?: document)?|document|home(?: ?page)?|index|(?:new |web )?page"
    r"|(?:react|vite) app)\W*"
)
# Links to a heading itself, and to edit it.
GLUED = re.compile(
    r"\s*(?:[¶§🔗]|\s#|\[(?:edit|bearbeiten|modifier|editar|modifica|bewerken|править|編集|编辑)[^\]]*\])\s*$"
)
# Where words may be divided, and where not.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# What may stand behind a headline in its heading.
ADDED = re.compile(r"(?i)^\W*(?:posted|published|updated|by|\(?\w+\.\w+)\b")
SMALLEST = frozenset(
    ("the", "and", "for", "with", "your", "you", "how", "what", "are", "this", "that", "from", "der", "die",
     "das", "und", "les", "des", "una", "los", "del")
)  # fmt: skip
SHORT = 3  # words
# How many lesser headings are looked at for the whole of one that was cut off.
LESSER, MOST_PARTS = 3, 10
# What the heading of an article is called that is none of the first rank.
CALLED = re.compile(
    r"(?i)(?:^|[\s_-])(?:entry|post|article|story)[_-]{1,2}(?:title|headline)(?:$|\s)|(?:^|\s)p-name(?:$|\s)"
)


def headlines_of(
    root: Element,
    said: Iterable[str],
    names: Sequence[str],
    section: str,
    address: str = "",
    writers: Iterable[str] = (),
) -> tuple[str, ...]:
    """The headline, without the name of the site, and then every form in which the page gives it.

    `said` is what its metadata say, most trusted first; `names` are those of the site, `writers` those who
    wrote. The headline is what the page shows as one: search engines and networks are often told another.
    """
    known = {named(name) for name in names}
    forms = [form[:LONGEST] for form in said if form and named(form[:LONGEST]) not in known]
    window = _window(root)
    window = "" if named(window) in known else window
    headings = [heading for heading in _shown(root) if named(heading) not in known]
    names = [*names, *_initials(names)]
    shown = [without_site(heading, names, (heading,)) for heading in headings]
    lesser = [line for each in islice(root.iter("h2"), LESSER) if (line := line_of(each))]
    titles = [without_site(form, names, shown, section) for form in (*forms, window)]
    if forms:
        found = _of_metadata(forms[0], titles[0], shown, lesser)
    else:
        found = _of_window(titles[0], window, shown, lesser)
        found = found or next((line for line in lesser if named(line) not in known), "")
    found, *bare = (_without_writer(form, set(map(folded, writers))) for form in (found, *titles))
    found = _headed(found, bare, shown, lesser)
    found = _without_places(_as_shown(found, (*bare, _slug(address)), shown, list(_parts(root))), address)
    found = _uncut(found, (*bare, *shown, *lesser))
    alike = [heading for heading in headings if folded(found) in folded(heading)]
    legible = _legible(root).get(folded(found), found)
    every = dict.fromkeys(form for form in (legible, found, *forms, window, *alike) if form)
    return tuple(every) if found else ()


def _window(root: Element) -> str:
    """The title of the window; nothing where it says nothing."""
    title = next(root.iter("title"), None)
    window = line_of(title) if title is not None else ""
    return "" if NO_TITLE.fullmatch(window) else window


def _without_writer(title: str, writers: Collection[str]) -> str:
    """The headline without who wrote it behind a bar, or behind a dash and the word for it."""
    for head, tail, divider in splits(title):
        bare = BY.sub("", tail, count=1)
        if folded(head) and folded(bare) in writers and (BAR.fullmatch(divider) or bare != tail):
            return head
    return title


def _parts(root: Element) -> Iterator[str]:
    """What the elements in headings say, where there are several: one may be that above the headline."""
    for heading in islice(root.iter("h1"), MOST_HEADINGS):
        if len(heading):
            yield from (line_of(part) for part in islice(heading.iterchildren("*"), MOST_PARTS))


def _of_metadata(form: str, title: str, shown: Sequence[str], lesser: Sequence[str]) -> str:
    """The headline that metadata say; the only heading, where what stood behind the site may be a motto."""
    behind = len(title) < len(form) and form.endswith(title) and title not in lesser
    return shown[0] if behind and len(shown) == 1 and count_words(shown[0]) > 1 else title


def _of_window(title: str, window: str, shown: Sequence[str], lesser: Sequence[str]) -> str:
    """The headline where nothing tells it but headings and the window, whose `title` is without its site."""
    if title in lesser:
        return title
    if title and title == window and folded(title) not in map(folded, shown):
        title = without_last_bar(window)
    lone = len(shown) == 1 and not (title and folded(title) in folded(shown[0]))
    if lone and count_words(title) <= SHORT and (count_words(shown[0]) > SHORT + 1 or not window):
        return shown[0]
    return title or next(iter(shown), "")


def _headed(found: str, others: Iterable[str], shown: Iterable[str], lesser: Iterable[str]) -> str:
    """The part before a divider that is a lesser heading, where none of the first rank is the headline."""
    wanted = set(map(folded, lesser))
    if folded(found) in set(map(folded, shown)):
        return found
    for form in (found, *others):
        for head, _, _ in ((form, "", ""), *splits(form)):
            if folded(head) and folded(head) in wanted:
                return head
    return found


def _as_shown(found: str, others: Sequence[str], shown: Sequence[str], parts: Sequence[str]) -> str:
    """The heading that says what the metadata say, if in other words, or its part; else what they say.

    Where a heading says more, such as who wrote it and when, it is no better.
    """
    alike = {key: heading for heading in reversed((*shown, *parts)) if (key := folded(heading))}
    if same := next((alike[key] for key in map(folded, (found, *others)) if key in alike), ""):
        return found if folded(same) == folded(found) and same.isupper() else same
    told = [_words(each) for each in (found, *others) if each]
    scores = [max((_shared(_words(heading), words) for words in told), default=0.0) for heading in shown]
    best = max(scores, default=0.0)
    heading = shown[scores.index(best)] if best >= ALIKE else found
    if heading.isupper() or (folded(found) in folded(heading) and _is_more(found, heading, parts)):
        return found
    return heading


def _is_more(found: str, heading: str, parts: Iterable[str]) -> bool:
    """Whether a heading has the headline and something else: when, by whom, in which section."""
    at = heading.casefold().find(found.casefold())
    before, behind = heading[: max(at, 0)], heading[at + len(found) :]
    apart = {folded(before), folded(behind)} & set(map(folded, parts)) - {""}
    added = dates_in(before) or ":" in before or dates_in(behind) or ADDED.search(behind)
    return at >= 0 and bool(added or apart)


def _uncut(found: str, forms: Iterable[str]) -> str:
    """The headline, the whole of it where a form of it was cut off."""
    start = found.rstrip(" .…[")
    if start == found and found.count("(") == found.count(")"):
        return found
    return next((form for form in forms if form.startswith(start) and len(form) > len(found)), found)


def _words(text: str) -> frozenset[str]:
    """What a headline is about: its words but the smallest, or pairs of characters where none is divided."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    unspaced = re.findall(f"[{WIDE}]", plain)
    pairs = map("".join, pairwise(unspaced))
    words = (word for word in re.findall(r"[^\W_]{3,}", plain) if word not in SMALLEST)
    return frozenset(islice((*pairs, *words), MOST_WORDS))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter of two headlines is in the other."""
    lesser, greater = sorted((one, other), key=len)
    least = len(lesser)
    common = sum(any(word.startswith(each) or each.startswith(word) for each in greater) for word in lesser)
    return common / least if common > 1 else 0.0


def _without_places(title: str, address: str) -> str:
    """The headline without the sections behind its last bars that the address goes through."""
    places = {folded(place) for place in urlsplit(address).path.split("/")[:-1]} - {""}
    for head, tail, divider in splits(title):
        if folded(tail) not in places or not BAR.fullmatch(divider):
            break
        title = head
    return title


def _initials(names: Iterable[str]) -> Iterator[str]:
    """The first letters of names of several words."""
    return ("".join(word[0] for word in name.split()) for name in names if len(name.split()) > 2)


def _slug(address: str) -> str:
    """The words in an address that may be those of the headline."""
    parts = [part for part in urlsplit(address).path.split("/") if part.count("-") > 1]
    return parts[-1].replace("-", " ") if parts else ""


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
    yield ".".join(host.split(".")[-2:])
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
        and "/" not in target[8:].rstrip("/")
        and same_story_key(target) == same_story_key(address).partition("/")[0]
    )


def _legible(root: Element) -> dict[str, str]:
    """Of headings whose marks change what they say, by their letters, how they are read without."""
    legible = {}
    for heading in islice(root.iter("h1"), MOST_HEADINGS):
        if next(heading.iter("sub", "sup", "del", "s", "strike"), None) is not None:
            lines = (block.spans for block in blocks(heading) if isinstance(block, Paragraph))
            legible[folded(inner_text(heading))] = " ".join(map(holding, lines))
    return legible


MARKED = finder('/descendant::*[@itemprop][contains(@itemprop, "headline") and not(self::meta)]')


def _shown(root: Element) -> list[str]:
    """The headings that may be the headline: of the first rank, or marked as it, or the one called so."""
    marked = MARKED(root)
    called = {
        line_of(each): each for each in root.iter("h2", "h3", "h4") if CALLED.search(each.get("class") or "")
    }
    headings = islice(
        (*root.iter("h1"), *marked, *(called.values() if len(called) == 1 else ())), MOST_HEADINGS
    )
    return [shown for each in headings if (shown := GLUED.sub("", line_of(each))) and "{{" not in shown]


def _begins_a_word(parts: Sequence[str], told: str | None) -> bool:
    """Whether an element right behind another begins anew: ``Harbour`` and ``The wall stays``."""
    before = next((part for part in reversed(parts) if part), "")
    return bool(told) and before[-1:].islower() and (told or "")[:1].isupper()


def line_of(element: Element) -> str:
    """What an element says on one line, a space where it begins another."""
    parts: list[str] = []
    beside = False
    for event, each in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        told = each.text if event == "start" else each.tail if each is not element else ""
        if each.tag in BREAKING or (beside and _begins_a_word(parts, told)):
            parts.append(" ")
        parts.append(told or "")
        beside = event == "end" and not each.tail
    return " ".join(unescape("".join(parts)).translate(UNSEEN).split())[:LONGEST]
