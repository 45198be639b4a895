"""The element of a page that holds the article, free of what is none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from newsexport.extraction.candidates import NUMBER, PICTURE, Place, TextBlock, candidates, numbers
from newsexport.extraction.evidence import Testimony, evidence
from newsexport.extraction.judging import judge
from newsexport.extraction.measuring import (
    HEADINGS,
    class_weight,
    commas,
    inner_text,
    link_density,
    names,
    signs,
    within,
    words_of_name,
)
from newsexport.extraction.metadata import PageMetadata
from newsexport.extraction.opinions import NO_OPINION, Opinion, words_in
from newsexport.extraction.pruning import pruned
from newsexport.extraction.refusing import is_wall_line
from newsexport.extraction.scoring import Scoring
from newsexport.extraction.settling import settled
from newsexport.markup.parsing import Element
from newsexport.markup.preparing import drop
from newsexport.markup.quotations import Pull, pull_of
from newsexport.text.counting import extent

# Less than this in letters is no article that a judge could have found.
FEWEST = 140
# Where scoring missed more than this share of what is kept, it knows not enough of its pictures; those are
# looked for in so many elements around each.
MISSED, OUTWARDS = 0.3, 4
# Captions that are more link than this lead to other stories, as all does in these.
HALF, ASIDE = 0.5, ("aside", "nav", "footer")
# So near behind an article a wall stands.
NEAR_WALL = 4
SENTENCES = re.compile(r"\n|(?<=[.!?。]) ")
SHARING = frozenset(("share", "sharedaddy", "sharing", "sharebar"))
SOCIAL = frozenset(("links", "share", "media", "bar", "icons", "buttons"))
ADVERTISING = re.compile(
    r"(?i)^(?:ad(?:vertising|vertisement)?|pub(?:licité)?|werb(?:ung)?|anuncio|广告|реклама"
    r"|loading|chargement|cargando|正在加载|загрузка)[ .…]*$"
)
COUNTED = ("p", "div", "img", "li", "input")
# What may or may not belong, before and after that is gone which never does.
Tags = tuple[tuple[str, ...], ...]
ALTERNATIVES: tuple[Tags, Tags] = (
    (("form",), ("fieldset",)),
    (("table",), ("ul", "ol"), ("div", "section", "header")),
)
NONE: tuple[Tags, Tags] = ((), ())


def cleaned(article: Element, *, conditionally: bool = True) -> Element:
    """The element itself without what only stands around an article."""
    tables = {table for table in article.iter("table") if _is_data(table)}
    first, then = ALTERNATIVES if conditionally else NONE
    for tags in first:
        _clean(article, tags, tables)
    for element in list(article.iter()):
        if element is not article and _never_belongs(element):
            drop(element)
    for tags in then:
        _clean(article, tags, tables)
    for paragraph in list(article.iter("p")):
        if not inner_text(paragraph) and not any(True for _ in paragraph.iter("img")):
            drop(paragraph)
    return article


def _never_belongs(element: Element) -> bool:
    if element.tag in {"footer", "aside", "nav"}:
        never = pull_of(element) is Pull.NO
    else:
        never = (element.tag in {"h1", "h2"} and class_weight(element) < 0) or _is_sharing(element)
    return never and not signs(element)


def _is_sharing(element: Element) -> bool:
    """Whether it offers to share the page: by whole words of its names, and it tells nothing."""
    if not _tells_of_sharing(names(element)):
        return False
    text = inner_text(element)
    length = extent(text)
    return length < 80 or (length < 500 and link_density(element, len(text)) > 0.2)


@lru_cache(maxsize=4096)
def _tells_of_sharing(name: str) -> bool:
    words = words_of_name(name)
    return bool(words & SHARING or ("social" in words and words & SOCIAL))


def _is_data(table: Element) -> bool:
    """Whether rows and columns mean something, by the signs that Mozilla's Readability goes by."""
    if table.get("role") in {"presentation", "none"} or table.get("datatable") == "0":
        return False
    if table.get("summary") or any(
        True for _ in table.iter("caption", "col", "colgroup", "tfoot", "thead", "th")
    ):
        return True
    if any(True for inner in table.iter("table") if inner is not table):
        return False
    rows = list(table.iter("tr"))
    columns = max((len(row) for row in rows), default=0)
    if columns == 1 or len(rows) == 1:
        return False
    return len(rows) >= 10 or columns > 4 or len(rows) * columns > 10


def _clean(article: Element, tags: tuple[str, ...], tables: set[Element]) -> None:
    for element in reversed(list(article.iter(*tags))):
        if (
            element is article
            or element.getparent() is None
            or (element.getparent() is article and len(article) == 1)
        ):
            continue
        if (class_weight(element) < 0 or _is_clutter(element)) and not _is_kept(element, tables):
            drop(element)


def _is_kept(element: Element, tables: set[Element]) -> bool:
    if any(table in tables for table in chain((element,), element.iterancestors("table"))):
        return True
    if within(element, "code", "pre", "figure", "blockquote") or pull_of(element) is not Pull.NO:
        return True
    if signs(element):
        return True
    return any(table in tables for table in element.iter("table"))


def _is_clutter(element: Element) -> bool:
    """Whether its make-up is that of a list of links, a box or a bar, and not of running text."""
    text = inner_text(element)
    if ADVERTISING.match(text):
        return True
    tiny = extent(text) < 25
    if commas(text) >= 10:
        return False
    tags = [each.tag for each in element.iter(*COUNTED) if each.tag != "div" or each.get("as") == "p"]
    paragraphs = tags.count("p") + tags.count("div")
    images, items, inputs = tags.count("img"), tags.count("li") - 100, tags.count("input")
    listed = sum(len(inner_text(each)) for each in element.iter("ul", "ol") if not within(each, "ul", "ol"))
    is_list = element.tag in {"ul", "ol"} or (len(text) > 0 and listed / len(text) > 0.9)
    density, weight = link_density(element, len(text)), class_weight(element)
    headed = sum(len(inner_text(each)) for each in element.iter(*HEADINGS)) / max(len(text), 1)
    if is_list and images and all(len(item) <= 1 for item in element.iter("li")) and images == items + 100:
        return False
    return (
        (images > 1 and paragraphs / images < 0.5 and not _shows(element))
        or (not is_list and items > paragraphs)
        or inputs > paragraphs // 3
        or (not is_list and headed < 0.9 and tiny and (images == 0 or images > 2) and density > 0)
        or (not is_list and weight < 25 and density > 0.2)
        or (weight >= 25 and density > 0.5)
        or (images == 0 and not text)
    )


def _shows(element: Element) -> bool:
    """Whether its pictures are the article's: figures, or large and not links."""
    return any(True for _ in element.iter("figure")) or not any(True for _ in element.iter("a"))


# The article's element in a page, by several ways of which one checks the other.

# An article shorter than this (in letters) may be the wrong part of the page, so other ways are tried.
SHORT = 500


@dataclass(frozen=True, slots=True)
class Way:
    """How much is left out before and after."""

    strict: bool
    weighing: bool
    cleaning: bool


WAYS = (Way(True, True, True), Way(False, True, True), Way(False, False, True), Way(False, False, False))  # noqa: FBT003 - a table


def _scored(root: Element) -> tuple[Element, frozenset[int], frozenset[int]]:
    """What scoring finds, cleaned; and the candidates that it took, and that cleaning left."""
    best, most, taken = None, -1, frozenset[int]()
    for way in WAYS:
        copied = deepcopy(root)
        _alive = list(copied.iter())  # else lxml makes an object of each whenever it is met
        found = Scoring(copied, way.strict, way.weighing).article()
        scored = numbers(found)
        found = cleaned(found, conditionally=way.cleaning)
        length = extent(inner_text(found))
        if length > most:
            best, most, taken = found, length, scored
        if most >= SHORT:
            break
    return best, taken, numbers(best)


@dataclass(frozen=True, slots=True)
class Hearing:
    """The candidates of a page, what speaks for and against those that are heard, and what scoring finds."""

    candidates: Sequence[TextBlock]
    rows: Mapping[int, tuple[float, ...]]
    scored: Element
    left: frozenset[int]  # of the candidates in that


def heard(root: Element, second: Opinion, said: PageMetadata) -> Hearing:
    """The candidates of a prepared page, which are numbered in it; `second` is what others find."""
    _alive = list(root.iter())  # else lxml makes an object of each whenever it is met
    found = candidates(root)
    scored, taken, left = _scored(root)
    testimony = Testimony(
        taken, left, second, Opinion.of(SENTENCES.split(said.body)) if said.body else NO_OPINION,
        frozenset(word for line in said.headlines for word in words_in(line)),
        frozenset(words_in(said.standfirst)),
        Opinion.of(SENTENCES.split(said.asked)) if said.asked else NO_OPINION,
    )  # fmt: skip
    return Hearing(found, evidence(found, testimony), scored, left)


def article_in(root: Element, second: Opinion = NO_OPINION, said: PageMetadata | None = None) -> Element:
    """The part of a prepared page that is the article; but for numbers the page stays as it is."""
    hearing = heard(root, second, said or PageMetadata())
    kept = kept_of(hearing)
    letters = sum(extent(hearing.candidates[at].text) for at in kept)
    if letters < FEWEST and letters < _unlinked(hearing.scored):
        return hearing.scored
    pictures = numbers(hearing.scored, PICTURE) | _pictures_among(root, hearing, kept)
    article = pruned(root, kept, pictures.union(*_captioned(root, kept)))
    for element in list(article.iter()):
        if element is not article and _is_sharing(element):
            drop(element)
    return article


def _unlinked(article: Element) -> float:
    """How many letters are no link."""
    text = inner_text(article)
    return extent(text) * (1 - link_density(article, len(text)))


def _pictures_among(root: Element, hearing: Hearing, kept: frozenset[int]) -> frozenset[int]:
    """Pictures that stand among what is kept, where scoring took little of that and so knows none of them."""
    letters = {at: len(hearing.candidates[at].text) for at in kept}
    missed = sum(letters[at] for at in kept - hearing.left)
    if missed < MISSED * sum(letters.values()):
        return frozenset()
    found = set[int]()
    for image in root.iter("img"):
        around = (each for each in islice(image.iterancestors(), OUTWARDS) if numbers(each))
        inside = numbers(next(around, image))
        if image.get(PICTURE) and inside and inside <= kept:
            found.add(int(image.get(PICTURE)))
    return frozenset(found)


def _captioned(root: Element, kept: frozenset[int]) -> Iterator[frozenset[int]]:
    """Pictures with a caption that stand among what is kept, or right before it, and lead nowhere else."""
    figures = {
        figure
        for caption in root.iter("figcaption")
        if (figure := caption.getparent()).tag == "figure" and link_density(caption) < HALF
    }
    first, last, before = min(kept, default=0), max(kept, default=0), -1
    for element in root.iter() if figures else ():
        if (number := element.get(NUMBER)) is not None:
            before = int(number)
        elif element in figures and before < last and not (numbers(element) or within(element, *ASIDE)):
            among = bool(kept & {before, before + 1}) if before >= first else _leads(element, kept)
            yield numbers(element, PICTURE) if among else frozenset()


def _leads(figure: Element, kept: frozenset[int]) -> bool:
    """Whether what is kept comes next in what the picture stands in."""
    around = next((each for each in islice(figure.iterancestors(), OUTWARDS) if numbers(each)), None)
    return around is not None and bool(numbers(around) & kept)


def kept_of(hearing: Hearing) -> frozenset[int]:
    """The numbers of the candidates that are the article."""
    kept = frozenset(settled(hearing.candidates, sums(hearing), judge().least, hearing.rows))
    return kept | _pulled(hearing) | _walls(hearing, kept)


def _walls(hearing: Hearing, kept: frozenset[int]) -> frozenset[int]:
    """Lines of a wall that scoring left behind what is kept: they tell that it is cut short."""
    last = max(kept, default=0)
    behind = (at for at in hearing.left if last < at <= last + NEAR_WALL)
    return frozenset(at for at in behind if is_wall_line(hearing.candidates[at].text))


def _pulled(hearing: Hearing) -> frozenset[int]:
    """What is in pulled quotations that scoring left: they are marked as such, and not told twice."""
    pulled: dict[Place | None, bool] = {None: False}
    for at in hearing.left:
        for place in reversed(list(hearing.candidates[at].place.outwards())):
            if place not in pulled:
                pulled[place] = pulled[place.around] or pull_of(place.element) is not Pull.NO
    return frozenset(at for at in hearing.left if pulled[hearing.candidates[at].place])


def sums(hearing: Hearing) -> dict[int, int]:
    """What the judge makes of each candidate that is heard."""
    return dict(zip(hearing.rows, judge().sums(list(hearing.rows.values())), strict=True))
