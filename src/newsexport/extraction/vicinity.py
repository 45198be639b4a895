"""The short lines around a headline, where pages say who wrote an article and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree

from newsexport.extraction.headlines import LONGEST_NAME
from newsexport.extraction.site_names import folded
from newsexport.markup.boxes import POST
from newsexport.markup.parsing import Element
from newsexport.markup.preparing import HIDDEN
from newsexport.text.counting import extent

# What shows nothing that is said of the article.
UNTOLD = frozenset(
    ("script", "style", "template", "svg", "noscript", "select", "textarea", "iframe", "nav", "dialog",
     "head", "object", "math", "audio", "video", "form")
)  # fmt: skip
# What stands in a line of text; all else begins a line of its own.
INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "cite", "em", "font", "i", "img", "label", "mark", "s", "small", "span",
     "strong", "sub", "sup", "time", "u", "wbr", "picture", "source", "address", "button")
)  # fmt: skip
ELSEWHERE = re.compile(
    r"(?i)(?:^|[\s_-])(?:comments?|related|recommend\w*|sidebar|footer|menu|navbar|breadcrumbs?|most-?read|trending"
    r"|teasers?|read-?next|also-?read|cookie\w*|popup|modal)(?:$|[\s_-])"
)

# The end of an article itself.
OWN_FOOTER = re.compile(r"(?i)(?<![^\s])(?:post|entry|article|story)[\w-]*footer[\w-]*")
# Where one subscribes, if there is anything to fill in; an issue of a newsletter is called so, too.
LETTER = re.compile(r"(?i)(?:^|[\s_-])newsletter(?:$|[\s_-])")

# What stands above other stories, which have writers and dates of their own.
OTHER_STORIES = re.compile(
    r"(?i)(?:also see|see also|related(?: (?:articles|stories|posts|topics|content|reading|news))?"
    r"|read (?:next|also)|more (?:stories|news|articles|on this(?: story| topic)?)|recommended(?: for you)?"
    r"|you (?:may|might) also like|most (?:read|popular)|latest(?: news| stories| posts)?|mehr zum thema"
    r"|lesen sie auch|auch interessant|(?:à )?lire aussi|te puede interesar|leggi anche|leia também"
    r"|lees ook|czytaj (?:także|też)|читайте также|関連記事|相关阅读|相關新聞|관련 ?기사)\W*"
)

LONGEST_PAGE = 60_000  # elements
MOST = 50  # headings, pictures
PORTRAIT = re.compile(
    r"(?i)^(?:(?:photo|picture|portrait|avatar|headshot|image|foto|profile picture) (?:of|for|de|von) )?"
)
PROSE = 240  # letters, of what is no line but a paragraph
SENTENCE, LONGEST_STANDFIRST = 90, 500  # letters
BEFORE, AFTER = 14, 30  # lines


@dataclass(frozen=True, slots=True)
class LinePiece:
    """A text and what it stands in."""

    text: str
    element: Element


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line, all of it with a space between the pieces, and piece by piece."""

    text: str
    pieces: tuple[LinePiece, ...]

    @classmethod
    def of(cls, pieces: Iterable[LinePiece]) -> Line:
        """The line of these pieces."""
        pieces = tuple(pieces)
        return cls(" ".join([piece.text for piece in pieces]), pieces)

    @property
    def element(self) -> Element:
        """What its first piece stands in."""
        return self.pieces[0].element


@dataclass(frozen=True, slots=True)
class Vicinity:
    """The lines of a page, where the headline is among them, and what its pictures are called."""

    lines: tuple[Line, ...]
    at: int
    portrayed: frozenset[str] = frozenset()

    def near(self) -> Iterator[Line]:
        """The lines behind the headline, up to where the text has begun; then those before, backwards."""
        prose = 0
        for line in self.lines[self.at + 1 : self.at + 1 + AFTER]:
            length = extent(line.text)
            prose += length if length > SENTENCE else 0
            if prose > LONGEST_STANDFIRST or OTHER_STORIES.fullmatch(line.text):
                break
            if length <= PROSE:
                yield line
        for line in reversed(self.lines[max(0, self.at - BEFORE) : self.at]):
            if extent(line.text) > PROSE:
                break
            yield line

    def rest(self) -> Iterator[Line]:
        """All other short lines behind the headline."""
        return (line for line in self.lines[self.at + 1 :] if extent(line.text) <= PROSE)


def vicinity(root: Element, headline: str) -> Vicinity:
    """Where the headline stands: as a heading, or else as a line of its own; else at the top."""
    lines = tuple(_lines(root))
    wanted = folded(headline)
    texts = ((number, line.text) for number, line in enumerate(lines))
    alike = [number for number, text in texts if len(text) < 2 * len(headline) and folded(text) == wanted]
    headed = [number for number in alike if _is_heading(lines[number].element)]
    if not alike:
        headed = [number for number, line in enumerate(lines) if _is_heading(line.element, "h1")]
    images = islice(root.iter("img"), MOST)
    portrayed = frozenset(folded(PORTRAIT.sub("", image.get("alt") or "")[:LONGEST_NAME]) for image in images)
    return Vicinity(lines, next(iter(headed or alike), -1), portrayed)


def _is_heading(element: Element, *tags: str) -> bool:
    tags = tags or ("h1", "h2")
    return element.tag in tags or any(
        above.tag in tags for _, above in zip(range(4), element.iterancestors(), strict=False)
    )


def _lines(root: Element) -> Iterator[Line]:
    pieces: list[LinePiece] = []
    seen = 0
    # Whatever it is called, it is not elsewhere if the article is in it.
    around = {
        above for each in islice(root.iter("h1", "article", "main"), MOST) for above in each.iterancestors()
    }
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            seen += 1
            if seen > LONGEST_PAGE:
                break
            skipped = element not in around and _is_untold(element)
            if element.tag not in INLINE and pieces:
                yield Line.of(pieces)
                pieces = []
            if skipped:
                walk.skip_subtree()
            else:
                _add(pieces, element.text, element)
        elif event == "end":
            if element.tag not in INLINE and pieces:
                yield Line.of(pieces)
                pieces = []
            _add(pieces, element.tail, element.getparent())
        else:
            _add(pieces, element.tail, element.getparent())
    if pieces:
        yield Line.of(pieces)


def _add(pieces: list[LinePiece], text: str | None, element: Element | None) -> None:
    told = " ".join((text or "").split())
    if told and element is not None:
        pieces.append(LinePiece(told, element))


def _is_untold(element: Element) -> bool:
    style = element.get("style")
    if element.tag in UNTOLD or (style and HIDDEN.search(style)):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(names) < 2 or element.tag in {"body", "main", "article"}:
        return False
    elsewhere, letter = _told_by(names)
    return elsewhere or (letter and next(element.iter("form", "input", "iframe"), None) is not None)


@lru_cache(maxsize=4096)
def _told_by(names: str) -> tuple[bool, bool]:
    """Whether names say that what they name is elsewhere, and whether they say that it is a letter."""
    names = OWN_FOOTER.sub("", names)
    elsewhere = ELSEWHERE.search(names) is not None or POST.search(names) is not None
    return elsewhere, LETTER.search(names) is not None
