"""Text cut where a speaker would breathe, into pieces that an engine takes at a time.

Every cut is heard: an engine ends each piece as if it were a sentence. So a cut belongs at
the end of a sentence or clause, and each piece is one more request to a service that
counts them. `pack` weighs the one against the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain

from newsexport.text.counting import SENTENCE_ENDS, UNSPACED_SENTENCE_ENDS, is_one

# Marks that end a clause when a space follows, in the scripts that have spaces.
CLAUSE_ENDS = ",;:–—،؛፣၊·"
# Their counterparts in scripts that have none; a long dash needs none either.
UNSPACED_CLAUSE_ENDS = "、，；：､—…"
OPENING = '([{“‘«„「『（【《"'
CLOSING_BRACKETS = ")]}»」』）】》"
CLOSING = CLOSING_BRACKETS + "”’\"'"

_SEAM = re.compile(
    rf" |[{re.escape(UNSPACED_SENTENCE_ENDS + UNSPACED_CLAUSE_ENDS)}]++[{re.escape(CLOSING)}]*+"
)
# Dr. No. St. U.S.: a capital and at most two more letters.
_ABBREVIATED = re.compile(r"\b[^\W\d_a-z]\w{0,2}\.\Z")
# Longer than any run of marks worth looking through for what ends here.
_LOOK_BACK = 12


class Cut(IntEnum):
    """What ends at a cut, the best first."""

    SENTENCE = 0
    CLAUSE = 1
    WORD = 2


@dataclass(frozen=True, slots=True)
class _Place:
    """A cut that may be made: one piece would end at `end`, the next begin at `start`."""

    end: int
    start: int
    cut: Cut


def pack(text: str, limit: int = 100) -> list[str]:
    """Pieces of at most `limit` characters that together say all of the text, in order.

    Cuts are made at the ends of sentences, else of clauses, as long as the pieces stay
    few: no more than one for every 65 hundredths of `limit` begun, unless words longer
    than the other 35 force more. Where clauses do not allow that, a cut comes between
    words, near the middle. Only a word longer than `limit` is cut itself, and then not
    inside a grapheme unless that alone is longer. White space is single spaces, and a
    piece without a letter or digit, which no engine could speak, is left out.
    """
    text = " ".join(text.split())
    places = [_Place(0, 0, Cut.SENTENCE), *_places(text, limit), _Place(len(text), len(text), Cut.SENTENCE)]
    fewest = _fewest(places, limit)
    allowed = max(fewest[0], -(-100 * len(text) // (65 * limit)))
    pieces: list[str] = []
    here, last = 0, len(places) - 1
    while here < last:
        there = _next(places, fewest, here, (limit, allowed - 1))
        pieces.append(text[places[here].start : places[there].end])
        here, allowed = there, allowed - 1
    return [piece for piece in pieces if any(map(str.isalnum, piece))]


def _next(places: list[_Place], fewest: list[int], here: int, bounds: tuple[int, int]) -> int:
    """Where to cut next; `bounds` are the longest piece and how many may come after it."""
    limit, allowed = bounds
    begin, last = places[here].start, len(places) - 1
    reach = list(_within(places, here, limit))
    if reach[-1] == last:
        return last
    natural = [
        there
        for there in reach
        if places[there].cut < Cut.WORD
        and fewest[there] <= allowed
        # A clause of two words is not worth a request of its own.
        and (fewest[there] < fewest[here] or places[there].end - begin >= limit // 3)
    ]
    if natural:
        return min(natural, key=lambda there: (fewest[there], places[there].cut, -there))
    even = (places[last].end - begin) / fewest[here]
    thrifty = (there for there in reach if fewest[there] < fewest[here])
    return min(thrifty, key=lambda there: abs(places[there].end - begin - even))


def _within(places: list[_Place], here: int, limit: int) -> Iterator[int]:
    """The places that a piece which begins `here` can end at."""
    for there in range(here + 1, len(places)):
        if places[there].end - places[here].start > limit:
            return
        yield there


def _fewest(places: list[_Place], limit: int) -> list[int]:
    """For each place the least number of pieces that the text after it can be cut into."""
    last = len(places) - 1
    fewest = [0] * len(places)
    furthest = last
    for here in range(last - 1, -1, -1):
        while places[furthest].end - places[here].start > limit:
            furthest -= 1
        fewest[here] = 1 + fewest[furthest]
    return fewest


def _places(text: str, limit: int) -> Iterator[_Place]:
    """Every place to cut, close enough that a piece fits between any two neighbours."""
    begin = 0
    for seam in _SEAM.finditer(text):
        end, start = seam.span() if seam[0] == " " else (seam.end(), seam.end())
        if start == len(text) or text[start] == " ":
            continue  # the end, or the space that follows, is the place
        yield from _inside(text, begin, end, limit)
        yield _Place(end, start, _cut(text, end, start))
        begin = start
    yield from _inside(text, begin, len(text), limit)


def _cut(text: str, end: int, start: int) -> Cut:
    """What ends at `end`, when the text goes on at `start`."""
    before, after = text[max(0, end - _LOOK_BACK) : end], text[start]
    mark = before.rstrip(CLOSING)[-1:]
    # '"Stop!" he said' goes on, and so does "approx. ten".
    ends_sentence = not after.islower() and not _ABBREVIATED.search(before)
    if mark and mark in SENTENCE_ENDS + UNSPACED_SENTENCE_ENDS and ends_sentence:
        return Cut.SENTENCE
    if (mark and mark in "!?؟…" + CLAUSE_ENDS + UNSPACED_CLAUSE_ENDS) or after in OPENING:
        return Cut.CLAUSE
    return Cut.CLAUSE if before[-1:] in CLOSING_BRACKETS else Cut.WORD


def _inside(text: str, begin: int, end: int, limit: int) -> Iterator[_Place]:
    """Places in a word that is too long for one piece, in about equal parts."""
    while end - begin > limit:
        parts = -(-(end - begin) // limit)
        at = begin + -(-(end - begin) // parts)
        candidates = chain(range(at, begin, -1), range(at + 1, begin + limit + 1))
        at = next((near for near in candidates if not is_one(text, near, begin)), begin + limit)
        yield _Place(at, at, Cut.WORD)
        begin = at
