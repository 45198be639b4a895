"""Pages that are no article: what they ask for, refuse or regret, told by their words, title and make.

A wall speaks to its reader of itself, and so does most of its text; an article about walls tells
of them. So what counts is the share of a text that is said to the reader in one of the phrases of
a kind (`assets/refusals.toml`), and less of it is enough where the page is also named or made so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsexport.extraction.measuring import inner_text
from newsexport.extraction.walls import (
    Wall,
    compared,
    found_in,
    is_lettered,
    kind_of,
    kinds,
    label,
    pattern_of,
    phrases_in,
)
from newsexport.markup.parsing import Element
from newsexport.model import Block, Heading, Listing, Paragraph, Spans, plain, plain_blocks
from newsexport.text.counting import extent

SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
# What stands between a title and the name of its site, and of how many words such a name is beside it.
DIVIDERS = ((re.compile(r"\s*[|｜»•]\s*|\s+·\s+|_"), 5), (re.compile(r"\s+[-–—]\s+"), 3))
# What is quoted is told of, not said.
QUOTED = re.compile(
    r"“[^“”„\n]{1,200}[”“]|„[^“”„\n]{1,200}[”“]|«[^«»\n]{1,200}»|\"[^\"\n]{1,200}\"|「[^「」\n]{1,200}」"
)
QUOTES = '“„«"「'
# The name of a computer, which heads no article.
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")

# How much of a text has to be of a kind, between 0 and 1, and what of that a title or the make replaces.
ENOUGH = 0.65
BY_TITLE, BY_MAKE, BY_COUNT, MOST_COUNTED = 0.45, 0.25, 0.03, 5
# What a headline of its own takes off: that of an article stands in its page and in the window.
BY_HEADLINE = 0.25
# Of a page so named so little is enough; of any other, a single phrase is where there is hardly any text.
HARDLY_ANY, NOTHING = 250, 150
# No wall is longer, in letters, unless it is named so.
LONGEST = 6000
TEASERS = 3
LEAST_HEADLINE = 12
BANNER = 8
# A line of a wall has fewer letters.
WALL_LINE = 300
PRICE = re.compile(r"\d\s?(?:[€$£¥₽₹]|eur|usd|kr\b|zł|円|元|руб)|[€$£¥₹]\s?\d")
LONGEST_TITLE = 100  # of one that speaks to its reader
CHECKS = frozenset(("robots", "waiting"))
# Where programs that run in a browser put what they show.
SHELLS = frozenset(("root", "app", "__next", "__nuxt", "svelte", "application"))


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says: its titles, its text, one line a block, and whether that leads to other pages.

    `headline` is a heading that the window bears as well, as articles have it.
    """

    titles: tuple[str, ...]
    lines: tuple[str, ...]
    leads: bool = False
    headline: str = ""

    @property
    def length(self) -> int:
        """In letters of an alphabet."""
        return sum(map(extent, self.lines))


def _said_to_readers(words: Words) -> str:
    text = "\n".join(words.lines)
    return compared(QUOTED.sub(" ", text) if any(mark in text for mark in QUOTES) else text)


def words_of(titles: Iterable[str], body: Sequence[Block], headline: str = "") -> Words:
    """What a page of these titles says in these blocks."""
    headed = sum(isinstance(block, Heading | Paragraph) and leads(block.spans) for block in body)
    listed = sum(
        isinstance(block, Listing) and all(any(map(_is_lead, item)) for item in block.items) for block in body
    )
    return Words(tuple(titles), tuple(plain_blocks(body)), headed >= TEASERS or listed > 0, headline)


def _is_lead(block: Block) -> bool:
    return isinstance(block, Heading | Paragraph) and leads(block.spans)


def leads(spans: Spans) -> bool:
    """Whether a line is a link."""
    return 2 * sum(len(span.text) for span in spans if span.href) > len(plain(spans)) > 0


def refusal(words: Words, page: Callable[[], Element] | None = None) -> Wall | None:
    """The kind of page that this is, when it is no article; `page` gives it as it came, for a closer look."""
    named = named_by(words.titles)
    if words.length > LONGEST and not named:
        return None
    text = _said_to_readers(words)
    named = named or _headed(words)
    speaking = (kind for kind in kinds() if kind.own & phrases_in(text))
    suspects = {kind.name: kind for kind in (*named, *speaking)}
    if not suspects:
        return None
    make = _make(page()) if page is not None else ""
    points = [(_points(kind, text, words, kind in named, make), kind) for kind in suspects.values()]
    most, kind = max(points, key=lambda each: each[0])
    if most < ENOUGH:
        return None
    return _behind(kind, make)


def _behind(kind: Wall, make: str) -> Wall:
    """The kind itself, or what its scripts are for: a page that asks for them alone may be there to check."""
    if kind.name != "scripts":
        return kind
    return next((each for each in kinds() if each.name in CHECKS and _is_marked(each, make)), kind)


def named_by(titles: Iterable[str]) -> list[Wall]:
    """The kinds of page that a title names."""
    names = set(_names(titles))
    return [kind for kind in kinds() if names & kind.titles]


def _headed(words: Words) -> list[Wall]:
    """The kinds of page in whose words a title speaks to its reader, where the window bears no headline."""
    if words.headline:
        return []
    titles = [compared(title) for title in words.titles if extent(title) < LONGEST_TITLE]
    return [kind for kind in kinds() if any(kind.own & phrases_in(title) for title in titles)]


def likeliest(words: Words, page: Callable[[], Element]) -> Wall | None:
    """The kind of page that this is most like, where it is known that it is no article."""
    named, text = named_by(words.titles), _said_to_readers(words)
    points = [(5 * (kind in named) + len(kind.phrases & phrases_in(text)), kind) for kind in kinds()]
    points = [(found, kind) for found, kind in points if found >= 5 or kind.own & phrases_in(text)]
    if points:
        return max(points, key=lambda each: each[0])[1]
    make = _make(page()) if words.length < HARDLY_ANY else ""
    return next((each for each in kinds() if each.name in CHECKS and _is_marked(each, make)), None)


def without_banner(body: Sequence[Block], headline: str) -> tuple[Block, ...]:
    """Without what asks for consent above or below an article of a headline, as the text of a banner may."""
    if not _is_own(headline, kind_of("consent")):
        return tuple(body)
    begin = _banner(body[:BANNER])
    end = len(body) - _banner(body[max(begin, len(body) - BANNER) :][::-1])
    return tuple(body[begin:end]) if begin < end else tuple(body)


def _banner(blocks: Sequence[Block]) -> int:
    """How many of these, from the first on, ask for consent; one between two that do belongs to them."""
    consent, found, last = kind_of("consent"), set[str](), 0
    for number, block in enumerate(blocks, 1):
        text = compared(" ".join(plain_blocks([block])))
        said = consent.phrases & phrases_in(text) if len(text) < LONGEST else set()
        if said and 2 * _spoken(consent, text)[0] > extent(text):
            found |= said
            last = number
        elif number > last + 1:
            break
    return last if len(found) >= 3 else 0


def without_wall(body: Sequence[Block], *, cut: bool = False) -> tuple[tuple[Block, ...], bool]:
    """Without the lines of a wall before the rest, if `cut` also its prices; and whether one is past half."""
    lines = [" ".join(plain_blocks([block])) for block in body]
    short = "\n".join(line for line in lines if len(line) < 2 * WALL_LINE)
    near = kind_of("cut").phrases & phrases_in(compared(short))
    if not (near or cut):
        return tuple(body), False
    texts = list(map(compared, lines))
    walls = {at for at, text in enumerate(texts) if near and len(text) < WALL_LINE and _hides(near, text)}
    priced = _priced(body, texts) if cut else len(texts)
    kept = tuple(block for number, block in enumerate(body) if number not in walls and number < priced)
    return kept, any(2 * number >= len(body) for number in walls)


def _priced(body: Sequence[Block], texts: Sequence[str]) -> int:
    """Which of the last lines, all of them short, is the first that offers to subscribe, with a price."""
    phrases, first = kind_of("offer").phrases, len(texts)
    for number in range(len(texts) - 1, 0, -1):
        if len(texts[number]) >= WALL_LINE:
            break
        if PRICE.search(texts[number]) and phrases & phrases_in(texts[number]):
            first = number
    while first < len(texts) and isinstance(body[first - 1], Heading):
        first -= 1
    return first


def is_wall_line(line: str) -> bool:
    """Whether a line is one of those behind which the rest of an article is hidden."""
    text = compared(line) if len(line) < WALL_LINE else ""
    near = kind_of("cut").phrases & phrases_in(text)
    return bool(near) and _hides(near, text)


def _hides(phrases: Collection[str], text: str) -> bool:
    """Whether a sentence of a line says to its reader that there is more behind.

    It begins with such a phrase, has two of them, or is hardly more than one: "already a member?" says so,
    "by then she was already a member of the council" tells of somebody.
    """
    for sentence in SENTENCE.split(text):
        said = found_in(phrases, sentence)
        if len(said) > 1 or any(_begins(phrase, sentence) for phrase in said):
            return True
        # Words are shorter where each letter is one.
        if sum(len(phrase) * (2 if is_lettered(phrase[0]) else 3) for phrase in said) > len(sentence):
            return True
    return False


def _begins(phrase: str, sentence: str) -> bool:
    found = pattern_of(phrase).search(sentence)
    return found is not None and not any(map(str.isalnum, sentence[: found.start()]))


def refused(title: str, body: Sequence[Block]) -> str:
    """Why a text that was kept without its page is no article; empty when it is one."""
    kind = refusal(words_of((title,), body))
    return kind.reason if kind else ""


def _points(kind: Wall, text: str, words: Words, named: bool, make: str) -> float:  # noqa: FBT001 - one of its signs
    """How much the page is of a kind; from `ENOUGH` on it is."""
    spoken, different = _spoken(kind, text)
    total = extent(text)
    alone = 0.8 if words.headline and different < 2 else 0.5
    short = total < HARDLY_ANY and (
        (named and (different or not words.headline or total < NOTHING)) or spoken > alone * total
    )
    own = _is_own(words.headline, kind)
    if (short and not own) or (named and different >= 2 and words.leads):
        return 1 + different / 100
    if not different:
        return 0
    points = spoken / total + BY_COUNT * min(different, MOST_COUNTED)
    points += BY_TITLE * named + BY_MAKE * _is_marked(kind, make) - BY_HEADLINE * own
    return points if different >= 2 or named else points / 2


def _spoken(kind: Wall, text: str) -> tuple[int, int]:
    """How much of a text, in letters, is in sentences with a phrase of a kind; and in how many phrases."""
    near = kind.phrases & phrases_in(text)
    said = [sentence for sentence in SENTENCE.split(text) if found_in(near, sentence)] if near else []
    return sum(map(extent, said)), len(near)


def _is_own(headline: str, kind: Wall) -> bool:
    """Whether a headline is that of an article, and none that such a page would have."""
    if extent(headline) < LEAST_HEADLINE or label(headline) in kind.titles or HOST.fullmatch(headline):
        return False
    return not kind.phrases & phrases_in(compared(headline))


def _is_marked(kind: Wall, make: str) -> bool:
    return any(mark in make for mark in kind.marks) or not kind.buttons.isdisjoint(make.split("\n"))


def _names(titles: Iterable[str]) -> Iterator[str]:
    """Each title whole, and without what may be the name of its site."""
    for title in titles:
        yield label(title)
        yield label(HOST.sub("", title))
        for pattern, most in DIVIDERS:
            for divider in pattern.finditer(title):
                parts = title[: divider.start()], title[divider.end() :]
                for part, other in (parts, parts[::-1]):
                    if len(other.split()) <= most:
                        yield label(part)


def _make(root: Element) -> str:
    """How a page is made: names, addresses and buttons, a line each, in small letters."""
    names = [*root.xpath("//@id"), *root.xpath("//@class")]
    addresses = root.xpath("//script/@src | //iframe/@src | //form/@action | //frame/@src")
    pressed = root.xpath(
        "//button | //a[contains(@class, 'btn') or contains(@class, 'button') or @role='button']"
    )
    sent = root.xpath("//input[@type='submit' or @type='button']/@value")
    scripts = [(script.text or "")[:2000] for script in root.iter("script") if not script.get("src")]
    labels = map(label, (*map(inner_text, pressed[:200]), *sent))
    password = ["login-form"] if root.xpath("//input[@type='password']") else []
    return "\n".join((*names, *addresses, *scripts, *password)).lower() + "\n" + "\n".join(labels)


def shell_of(root: Element) -> str:
    """What would have to be loaded to see anything, if that is all that a page, as it came, is made for."""
    if any(True for _ in root.iter("frame")):
        return "it is a set of frames"
    asked = any(asks_for_scripts(inner_text(each)) for each in root.iter("noscript"))
    empty = any(each.get("id") in SHELLS and not inner_text(each) for each in root.iter("div"))
    return kind_of("scripts").reason if asked or empty else ""


def asks_for_scripts(text: str) -> bool:
    """Whether a text says that scripts are needed."""
    return bool(kind_of("scripts").own & phrases_in(compared(text)))
