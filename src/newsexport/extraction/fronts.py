"""Pages that hold no story of their own but lead to stories: fronts of sites and sections, lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import islice
from urllib.parse import urlsplit

from newsexport.extraction.candidates import NUMBER, numbers
from newsexport.extraction.measuring import HEADINGS, inner_text
from newsexport.extraction.refusing import leads
from newsexport.extraction.site_names import named
from newsexport.markup.parsing import Element
from newsexport.model import Block, Heading, plain_blocks
from newsexport.text.counting import extent

TEASERS = 3  # from here on a page of linked headings is the front of something
# So many headings make a list of stories, each of which is told of in fewer letters.
STORIES, TEASER = 6, 300
# So many cards beside each other lead to stories, of which so many of their kind do, and which are so much of
# what a page has to say. A line that leads to one has as many letters.
CARDS, OF_A_KIND, MOSTLY, TITLE = 4, 0.8, 0.7, 12
CARD_TAGS = frozenset(("article", "li", "div", "section", "a"))
PARTS = ("p", "div", "time", "article", "span")


class Front(Enum):
    """How much a page is like the front of a site or of a section of it."""

    NO = 0
    MAYBE = 1  # it stands where fronts do, or is made like one
    YES = 2  # both


def front(root: Element, address: str, names: Iterable[str]) -> Front:
    """How much the page at an address is a front: by its path, and by headings that lead elsewhere.

    Of a page whose address nobody knows, a title that is one of the site's `names` stands for the path.
    """
    if address:
        stands = urlsplit(address).path.rstrip("/") in {
            "",
            "/index.html",
            "/index.htm",
            "/index.php",
            "/home",
        }
    else:
        title = named(inner_text(window) if (window := next(root.iter("title"), None)) is not None else "")
        stands = title != "" and title in map(named, names)
    return Front(stands + (_teasers(root) >= TEASERS))


def leads_to_stories(root: Element, kept: frozenset[int], address: str) -> bool:
    """Whether most of what is kept of a page stands in cards side by side, each of which leads to a story.

    A card is short, and has a title or a line that is a link within the site, each elsewhere.
    """
    if sum(1 for _ in islice(root.iter("a"), CARDS)) < CARDS:
        return False
    host = _host(address)
    alike: dict[tuple[Element, str], list[Element]] = defaultdict(list)
    for element in root.iter(*CARD_TAGS):
        if (around := element.getparent()) is not None:
            alike[around, element.tag].append(element)
    found: set[int] = set()
    for several in alike.values():
        if len(several) < CARDS:
            continue
        cards = {each: target for each in several if (target := _target(each, host))}
        if len(cards) >= OF_A_KIND * len(several) and len(set(cards.values())) >= CARDS:
            found |= {number for card in cards for number in numbers(card)}
    letters = {
        number: extent(inner_text(each))
        for each in (root.iter() if found else ())
        if (number := int(each.get(NUMBER) or -1)) in kept
    }
    return sum(letters[at] for at in found & letters.keys()) > MOSTLY * sum(letters.values())


def _target(card: Element, host: str) -> str:
    """Where a card leads; nothing of what is none."""
    if extent(inner_text(card)) > TEASER:
        return ""
    titled = next(card.iter(*HEADINGS), None) is not None
    parted = next(card.iterdescendants(*PARTS), None) is not None
    for link in [card] if card.tag == "a" else card.iter("a"):
        href = (link.get("href") or "").partition("#")[0]
        told = titled or (parted and extent(inner_text(link)) >= TITLE)
        if href and told and _host(href) in {"", host}:
            return href
    return ""


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_list_of_links(body: Sequence[Block]) -> bool:
    """Whether it is headings that lead to stories, each with a line or two of what is told there."""
    headings = [block for block in body if isinstance(block, Heading)]
    lines = [extent(" ".join(plain_blocks([block]))) for block in body if not isinstance(block, Heading)]
    led = len(headings) >= STORIES and all(leads(heading.spans) for heading in headings)
    return led and len(lines) <= 2 * len(headings) and max(lines, default=0) < TEASER


def _teasers(root: Element) -> int:
    """How many headings are links, or in links, to elsewhere."""
    links = root.xpath("//h1//a[@href] | //h2//a[@href] | //h3//a[@href] | //h4//a[@href]"
                       " | //a[@href][.//h2 or .//h3 or .//h4]")  # fmt: skip
    return len({href for link in links if (href := link.get("href").partition("#")[0].rstrip("/"))})
