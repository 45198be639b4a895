"""Where the articles of an issue lie in one of its files, and how far each is read at a position.

A file is a run of stretches in reading order, each of an article or of what stands between them. Whatever
a reader says of where it is becomes a number: what lies before it, in the measure of the file.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from newsexport.interchange.json_reader import JsonValue, document

# From this share on an article counts as read: what follows is a picture, or silence.
WHOLE = 0.95
# Where a reader says it is this far in the file, it shows the last page. KOReader tells four figures.
END = 0.995

# What an engine puts between elements that are none of the page's own.
BOXES = re.compile(r"(autoBoxing|floatBox|inlineBox|tabularBox|rubyBox|mathBox|pseudoElem)(\[\d+\])?")
# ``/body/DocFragment[12]/body/p[3]/text().34``, as crengine writes where somebody is in a book.
XPOINTER = re.compile(r"/body/DocFragment(?:\[(?P<fragment>\d{1,6})\])?(?P<rest>/.*|\.\d+)?", re.DOTALL)
TEXT = re.compile(r"text\(\)(\[\d+\])?")
STEP = re.compile(r"[A-Za-z][\w:-]*(\[\d{1,6}\])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a spine item, a page or a part of a sound has of an article, `length` in the file's own measure.

    `article` is its number in the issue from 1, 0 where it is of none. `marks` are where elements begin, by
    their path below the body, every step with its index: ``article[1]/p[3]``.
    """

    article: int
    length: float
    marks: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The stretches of a file. `articles` name those of the issue in order, as `name_of` does."""

    articles: tuple[str, ...]
    stretches: tuple[Stretch, ...]

    @property
    def length(self) -> float:
        """The whole, in the file's own measure."""
        return sum(stretch.length for stretch in self.stretches)

    @property
    def bounds(self) -> tuple[float, ...]:
        """Where the stretches begin, and where the last one ends."""
        return tuple(accumulate((stretch.length for stretch in self.stretches), initial=0.0))

    def at(self, progress: str, percentage: float) -> float:
        """What lies before a position that a reader tells; what it makes no sense of goes by its share."""
        if percentage >= END:
            return self.length
        found = XPOINTER.fullmatch(progress.strip())
        number = int(found["fragment"] or 1) if found else 0
        if found is None or not 1 <= number <= len(self.stretches):
            return self.length * min(max(percentage, 0.0), 1.0) if math.isfinite(percentage) else 0.0
        stretch = self.stretches[number - 1]
        return self.bounds[number - 1] + min(_within(stretch, found["rest"] or ""), stretch.length)

    def read(self, begin: float, end: float) -> Mapping[str, float]:
        """Which share of each article lies between two positions, by its name; of some there is none."""
        whole: dict[int, float] = {}
        had: dict[int, float] = {}
        for stretch, (first, last) in zip(self.stretches, pairwise(self.bounds), strict=True):
            whole[stretch.article] = whole.get(stretch.article, 0.0) + stretch.length
            inside = max(0.0, min(last, end) - max(first, begin))
            had[stretch.article] = had.get(stretch.article, 0.0) + inside
        return {
            self.articles[number - 1]: had[number] / whole[number]
            for number in whole
            if 0 < number <= len(self.articles) and had[number] > 0
        }


def _within(stretch: Stretch, path: str) -> float:
    """How much of a page lies before an element; of one that is not known before the nearest around it."""
    at, known = 0.0, ""
    for step in path.removeprefix("/body").split("/"):
        if not step or BOXES.fullmatch(step):
            continue
        if text := TEXT.match(step):
            offset = step[text.end() + 1 :]
            return at + (int(offset) if offset.isascii() and offset.isdigit() and len(offset) < 9 else 0)
        name = step.partition(".")[0]
        if not STEP.fullmatch(name):
            return at
        inner = f"{known}/{name}" if known else name
        inner = inner if inner.endswith("]") else f"{inner}[1]"
        if inner not in stretch.marks:
            return at
        known, at = inner, stretch.marks[inner]
    return at


def of_words(articles: Sequence[str], words: Sequence[int]) -> Whereabouts:
    """A file of which only the order of its articles and how long they are is known."""
    told = tuple(Stretch(number, float(max(1, count))) for number, count in enumerate(words, 1))
    return Whereabouts(tuple(articles), told)


def of_pages(articles: Sequence[str], begins: Sequence[int | None], pages: int) -> Whereabouts | None:
    """A file of so many pages, on which articles begin; None where not all of them were found in order.

    An article is read when the page on which the next one begins was come to.
    """
    starts = [page for page in begins if page is not None]
    if len(starts) < len(articles) or starts != sorted(starts) or not starts or starts[-1] >= pages:
        return None
    ends = [*starts[1:], pages]
    stretches = [Stretch(0, float(starts[0]))]
    stretches += [
        Stretch(number, float(end - start))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    ]
    return Whereabouts(tuple(articles), tuple(stretches))


def of_sound(articles: Sequence[str], begins: Sequence[float | None], seconds: float) -> Whereabouts:
    """A sound of so many seconds, in which articles begin; those that are not heard in it begin nowhere."""
    told = sorted(
        (begin, number) for number, begin in enumerate(begins, 1) if begin is not None and begin < seconds
    )
    bounds = [*(begin for begin, _ in told), seconds]
    stretches = [Stretch(0, told[0][0] if told else seconds)]
    stretches += [Stretch(number, end - begin) for (begin, number), end in zip(told, bounds[1:], strict=True)]
    return Whereabouts(tuple(articles), tuple(stretches))


def joined(spans: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Spans of a file that were heard, each part of it once."""
    begin, end = 0.0, 0.0
    for first, last in sorted(spans):
        if first > end:
            yield begin, end
            begin, end = first, last
        end = max(end, last)
    yield begin, end


def places_json(places: Whereabouts) -> bytes:
    """Whereabouts as they are kept."""
    told = [[stretch.article, stretch.length, stretch.marks] for stretch in places.stretches]
    return json.dumps({"articles": places.articles, "stretches": told}, ensure_ascii=True).encode()


def read_places(data: bytes) -> Whereabouts:
    """Whereabouts that were kept. Raises `JsonError`."""
    value = document(data)
    return Whereabouts(
        tuple(each.text() for each in value.member("articles").items()),
        tuple(map(_read_stretch, value.member("stretches").items())),
    )


def _read_stretch(value: JsonValue) -> Stretch:
    article, length, marks = value.items()
    told = {name: mark.number(0, 1e12) for name, mark in marks.members()}
    return Stretch(article.whole(0), length.number(0, 1e12), told)
