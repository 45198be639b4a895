"""Every piece of text in a page that may be part of its article: each would be a block of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from newsexport.extraction.measuring import HEADINGS, inner_text, names, words_of_name
from newsexport.markup.formulas import source_of
from newsexport.markup.inline import INLINE
from newsexport.markup.parsing import Element

NUMBER = "candidate"
"""The attribute that says which candidate an element is, in copies of the tree too."""

PICTURE = "picture"
"""The attribute that numbers the pictures in the same way."""

# Deeper than any page is written; what lies below is one candidate.
DEEPEST = 100
# No more are told apart: what follows in a page is none of its article.
MOST = 5000

WHOLE = frozenset(("pre", "listing", "xmp", "table", *HEADINGS))
LISTS = frozenset(("ul", "ol", "dl"))
# Of these the text is not read, or read with what is around it.
WITHIN = frozenset(("br", "img", "sup", "sub", "ruby", "math", "svg", "wbr", "picture", "source"))
UNREAD = frozenset((
    "script", "style", "template", "noscript", "head", "title", "iframe", "object", "embed", "applet",
    "canvas", "input", "button", "select", "textarea", "link", "meta", "base", "map", "frame", "frameset",
    "track", "param", "video", "audio", "dialog", "option", "datalist",
))  # fmt: skip
BESIDE_PICTURES = ("blockquote", "pre", "table", "p", "ul", "ol")


@dataclass(slots=True, eq=False)
class Place:
    """An element around candidates, and the one around it."""

    element: Element
    around: Place | None
    depth: int
    tags: frozenset[str]
    words: frozenset[str]
    listing: int = 0  # the number of the outermost list that it is or stands in, else 0
    letters: int = 0
    linked: int = 0
    taken: float = 0.0
    count: int = 0
    distances: tuple[int, ...] = ()  # see evidence.py

    def outwards(self) -> Iterator[Place]:
        """This one, and all that are around it."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.around


@dataclass(slots=True)
class TextBlock:
    """One piece of text: what it says on one line, and where it stands."""

    number: int
    element: Element
    place: Place
    text: str
    linked: float  # the share of its letters that are links
    links: int
    strong: float
    pictures: int  # how many pictures of the page stand before it

    @property
    def listing(self) -> int:
        """The number of the outermost list that it stands in, else 0."""
        return self.place.listing

    @property
    def heading(self) -> int:
        """The level of a heading, else 0."""
        tag = self.element.tag
        return HEADINGS.index(tag) + 1 if tag in HEADINGS else 0


@dataclass(slots=True)
class _Walk:
    """The candidates that are found so far, in reading order."""

    holding: set[Element]
    found: list[TextBlock] = field(default_factory=list)
    pictures: int = 0
    lists: int = 0

    def descend(self, element: Element, place: Place) -> None:
        for child in list(element):
            tag = child.tag
            if not isinstance(tag, str) or tag in UNREAD or ":" in tag or len(self.found) >= MOST:
                continue
            if tag == "img":
                self.pictures += 1
            elif tag in WHOLE or (child not in self.holding and is_block(tag)) or place.depth > DEEPEST:
                self._add(child, place)
            elif tag == "figure" and is_picture(child):
                self.pictures += 1
            elif child in self.holding:
                _wrap(child, self.holding)
                self.descend(child, self._place(child, place))
            else:
                self.pictures += _pictures(child)

    def _add(self, element: Element, place: Place) -> None:
        text = line_of(element)
        if text:
            number = len(self.found)
            element.set(NUMBER, str(number))
            inside = self._place(element, place)
            linked, links, strong = _marked(element, len(text), linked="a" in place.tags)
            self.found.append(TextBlock(number, element, inside, text, linked, links, strong, self.pictures))
        self.pictures += _pictures(element)

    def _place(self, element: Element, around: Place) -> Place:
        said = names(element)
        words = words_of_name(said) if said != " " else frozenset[str]()
        listing = around.listing
        if not listing and element.tag in LISTS:
            self.lists += 1
            listing = self.lists
        tags = around.tags if element.tag in around.tags else around.tags | {element.tag}
        return Place(element, around, around.depth + 1, tags, words, listing)


def candidates(root: Element) -> list[TextBlock]:
    """The candidates of a prepared page, in reading order.

    On the way text that stands loose among blocks becomes paragraphs, and each candidate is numbered.
    """
    body = root.find("body")
    body = root if body is None else body
    for number, image in enumerate(body.iter("img")):
        image.set(PICTURE, str(number))
    holding = _holding(body)
    walk = _Walk(holding)
    _wrap(body, holding)
    walk.descend(body, Place(body, None, 0, frozenset(), frozenset()))
    return walk.found


def numbers(element: Element, kind: str = NUMBER) -> frozenset[int]:
    """Of the candidates (or pictures) that are in it."""
    among = element.iter("img") if kind == PICTURE else element.iter()
    return frozenset([int(number) for each in among if (number := each.get(kind))])


def line_of(element: Element) -> str:
    """All its text on one line, with a space between lines and cells."""
    parts = [element.text or ""]
    for each in element.iterdescendants() if len(element) else ():
        tag = each.tag
        apart = tag == "br" or (tag not in INLINE and tag not in WITHIN)
        if apart:
            parts.append(" ")
        if isinstance(tag, str) and tag not in UNREAD:
            parts.append(each.text or (source_of(each) if tag == "math" else ""))
        parts.append(each.tail or "")
    return " ".join("".join(parts).split())


def _pictures(element: Element) -> int:
    return sum(1 for _ in element.iter("img")) if len(element) else 0


@lru_cache(maxsize=1024)
def is_block(tag: object) -> bool:
    """Whether an element of this tag stands by itself, on lines of its own."""
    return (
        isinstance(tag, str)
        and tag not in INLINE
        and tag not in WITHIN
        and tag not in UNREAD
        and ":" not in tag
    )


def is_picture(figure: Element) -> bool:
    """Whether a ``figure`` is pictures and their caption, and nothing else."""
    if next(figure.iter("img"), None) is None:
        return False
    return not any(
        all(around.tag != "figcaption" for around in each.iterancestors())
        for each in figure.iter(*BESIDE_PICTURES)
    )


def _holding(body: Element) -> set[Element]:
    """The elements that hold a block, or two line breaks in a row, which part paragraphs as well."""
    holding: set[Element] = set()
    for element in body.iter():
        if not (is_block(element.tag) or (_parts(element) and element.getparent().tag not in WHOLE)):
            continue
        around = element.getparent()
        while around is not None and around not in holding and around.tag not in WITHIN:
            holding.add(around)
            around = around.getparent()
    return holding


def _parts(element: Element) -> bool:
    """Whether it is the first of two line breaks, with nothing between them."""
    if element.tag != "br" or (element.tail and element.tail.strip()):
        return False
    following = element.getnext()
    return following is not None and following.tag == "br"


def _wrap(element: Element, holding: set[Element]) -> None:
    """Runs of text and inline elements between blocks become paragraphs."""
    if element.tag in {"ul", "ol", "dl", "tr", "tbody", "thead", "tfoot"}:
        return
    if element.tag == "p":  # it is parted
        element.tag = "div"
    if not _is_loose(element, holding):
        _drop_space(element)
        return
    children, run = list(element), [element.text or ""]
    element.text = None
    del element[:]
    for at, child in enumerate(children):
        tail, child.tail = child.tail or "", None
        if child in holding or child.tag in UNREAD or is_block(child.tag):
            _end(element, run)
            element.append(child)
        elif child.tag == "br" and _is_parted(children, run, at, tail):
            _end(element, run)
        elif isinstance(child.tag, str):
            run.append(child)
        run.append(tail)
    _end(element, run)


def _is_loose(element: Element, holding: set[Element]) -> bool:
    """Whether anything but blocks and white space stands in it."""
    if element.text and not element.text.isspace():
        return True
    return any(
        not (child in holding or is_block(child.tag) or child.tag in UNREAD)
        or (child.tail and not child.tail.isspace())
        for child in element
    )


def _drop_space(element: Element) -> None:
    element.text = None
    for child in element:
        child.tail = None


def _is_parted(children: list[Element], run: list[str | Element], at: int, tail: str) -> bool:
    """Whether the line break at this place is one of several in a row."""
    if not tail.strip() and at + 1 < len(children) and children[at + 1].tag == "br":
        return True
    return (
        at > 0
        and children[at - 1].tag == "br"
        and not any(each.strip() if isinstance(each, str) else True for each in run)
    )


def _end(element: Element, run: list[str | Element]) -> None:
    """Put the run into the element, as a paragraph if it says anything; then begin anew."""
    said = any(
        each.strip() if isinstance(each, str) else any(map(str.strip, each.itertext())) for each in run
    )
    into = element.makeelement("p") if said else element
    last: Element | None = None
    for each in run:
        if not isinstance(each, str):
            into.append(each)
            last = each
        elif said and last is not None:
            last.tail = (last.tail or "") + each
        elif said:
            into.text = (into.text or "") + each
    if said:
        element.append(into)
    run.clear()


def _marked(element: Element, length: int, *, linked: bool) -> tuple[float, int, float]:
    """The share that is links, their number, and the share that is set in bold."""
    if linked:
        return 1.0, 1, 0.0
    if not len(element):
        return 0.0, 0, 0.0
    inside, links, strong = 0, 0, 0
    for each in element.iter("a", "b", "strong"):
        size = len(inner_text(each))
        if each.tag == "a":
            inside, links = inside + size, links + 1
        else:
            strong += size
    return min(1.0, inside / length), links, min(1.0, strong / length)
