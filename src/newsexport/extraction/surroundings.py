"""What speaks for a passage and against it by where it stands: in what, behind what, among what alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsexport.extraction.candidates import Place, TextBlock


@dataclass(slots=True)
class Weighed:
    """A passage with what is counted of it once; `taken` is how far others take it, 0 to 1."""

    passage: TextBlock
    words: tuple[str, ...]
    letters: int
    second: float
    taken: float


# By what stands in the same elements.


def count_places(pieces: Sequence[Weighed]) -> None:
    """Sum up in every place what stands in it."""
    for piece in pieces:
        linked, taken = int(piece.letters * piece.passage.linked), piece.letters * piece.taken
        for place in piece.passage.place.outwards():
            place.letters += piece.letters
            place.linked += linked
            place.taken += taken
            place.count += 1


LEVELS = 4
BY_PLACE = (
    "depth", "up_to_main", "main_share", "down_from_main", "branch_taken", "branch_letters",
    "branch_count", "branch_linked",
    *(f"{what}_{level}" for level in range(1, LEVELS + 1) for what in ("taken", "covers", "linked", "count")),
)  # fmt: skip


def by_place(piece: Weighed, page: Surroundings) -> tuple[float, ...]:
    """By what stands in the same elements."""
    place = piece.passage.place
    chain = list(place.outwards())
    row = [float(place.depth)]
    up = next((level for level, each in enumerate(chain) if each in page.mains), len(chain) - 1)
    main, branch = chain[up], chain[max(0, up - 1)]
    row += [float(up), main.letters / page.letters, float(page.main_depth - main.depth)]
    row += [
        branch.taken / max(1, branch.letters),
        branch.letters / page.letters,
        float(branch.count),
        branch.linked / max(1, branch.letters),
    ]
    for level in range(1, LEVELS + 1):
        each = chain[min(level, len(chain) - 1)]
        letters = max(1, each.letters)
        row += [each.taken / letters, each.taken / page.taken, each.linked / letters, float(each.count)]
    return tuple(row)


# By what stands before and behind.


@dataclass(slots=True)
class Surroundings:
    """What is counted of all pieces once."""

    pieces: Sequence[Weighed]
    letters: int
    taken: float
    median: float
    first: int
    last: int
    mains: set[Place]
    main_depth: int
    before: list[float]
    alike_by: dict[tuple[object, ...], tuple[float, float, int]]
    told_in: Mapping[str, set[Place | None]]
    headed: Sequence[tuple[bool, bool]]  # of each, whether a heading before and behind says the same

    @classmethod
    def of(cls, pieces: Sequence[Weighed]) -> Surroundings:
        """Of all pieces of a page, whose places are counted."""
        taken = sum(piece.letters * piece.taken for piece in pieces)
        sure = [at for at, piece in enumerate(pieces) if piece.taken > 0.7 and piece.letters > 60]
        lengths = sorted(pieces[at].letters for at in sure)
        mains, depth = _mains(pieces, taken)
        told_in: dict[str, set[Place | None]] = {}
        for piece in pieces:
            told_in.setdefault(piece.passage.text, set()).add(piece.passage.place.around)
        before, so_far = [], 0.0
        for piece in pieces:
            before.append(so_far)
            so_far += piece.letters * piece.taken
        return cls(
            pieces, max(1, sum(piece.letters for piece in pieces)), max(1.0, taken),
            float(lengths[len(lengths) // 2]) if lengths else 0.0,
            sure[0] if sure else 0, sure[-1] if sure else len(pieces) - 1, mains, depth, before,
            _alike(pieces),
            told_in, _headed(pieces),
        )  # fmt: skip

    def around(self, at: int) -> tuple[float, ...]:
        """Of the pieces just before and behind, and of three on either side."""
        row: list[float] = []
        for step in (-2, -1, 1, 2):
            near = self.pieces[at + step] if 0 <= at + step < len(self.pieces) else None
            row += (
                [-1.0, -1.0, -1.0, 0.0]
                if near is None
                else [
                    float(near.letters),
                    near.taken,
                    near.passage.linked,
                    float(near.passage.element.tag[:1] == "h"),
                ]
            )
        for start, end in ((at - 5, at), (at + 1, at + 6)):
            window = self.pieces[max(0, start) : end]
            letters = sum(each.letters for each in window)
            row += [float(letters), sum(each.letters * each.taken for each in window) / max(1, letters)]
        return tuple(row)

    def in_order(self, at: int) -> tuple[float, ...]:
        """Where it stands in the page, and from the first and last that both surely take."""
        piece, count = self.pieces[at], len(self.pieces)
        candidate = piece.passage
        pictures = [self.pieces[near].passage.pictures for near in (max(0, at - 1), min(count - 1, at + 1))]
        return (
            at / count, float(count), float(at - self.first), float(self.last - at),
            self.before[at] / self.taken,
            piece.letters / max(1.0, self.median), self.median, self.taken, self.taken / self.letters,
            float(candidate.pictures > pictures[0]), float(pictures[1] > candidate.pictures),
            float(len(self.told_in[candidate.text])),
            *map(float, self.headed[at]),
            float(sum([behind for _, behind in self.headed[max(0, at - 4) : at + 5]])),
        )  # fmt: skip

    def alike(self, piece: Weighed) -> tuple[float, ...]:
        """How many others have the same kind of element in the same kind, and what is taken of them."""
        row: list[float] = []
        for key in _signatures(piece.passage.place):
            letters, taken, number = self.alike_by[key]
            others = letters - piece.letters
            row += [
                float(number),
                (taken - piece.letters * piece.taken) / others if others > 0 else -1.0,
                letters / self.letters,
            ]
        return tuple(row)


BY_ORDER = (
    *(f"{what}_{step:+}" for step in (-2, -1, 1, 2) for what in ("letters", "taken", "linked", "heading")),
    "letters_before", "taken_before", "letters_behind", "taken_behind",
    "position", "pieces", "from_first", "to_last", "already", "to_median", "median", "page_taken",
    "page_share",
    "picture_before", "picture_behind", "twice", "headed_before", "headed_behind", "headed_around",
    *(f"{what}_{way}" for way in ("named", "tagged") for what in ("alike", "alike_taken", "alike_share")),
)  # fmt: skip


# Letters of the longest line that may be of the contents.
LONGEST_HEADING = 200


def _headed(pieces: Sequence[Weighed]) -> Sequence[tuple[bool, bool]]:
    """For each piece, whether headings before and behind it say the same, but for numbers before that.

    What says what headings behind it say is the contents of the page.
    """
    keys = [
        "".join(piece.words[piece.words[0].isdigit() :])
        if piece.words and piece.letters < LONGEST_HEADING
        else ""
        for piece in pieces
    ]
    headings: dict[str, list[int]] = {}
    for at, (piece, key) in enumerate(zip(pieces, keys, strict=True)):
        if key and piece.passage.heading:
            headings.setdefault(key, []).append(at)
    same = [headings.get(key, (at,)) for at, key in enumerate(keys)]
    return [(each[0] < at, each[-1] > at) for at, each in enumerate(same)]


def _mains(pieces: Sequence[Weighed], taken: float) -> tuple[set[Place], int]:
    """The places around more than half of what is taken, and how deep the innermost of them is."""
    chosen = {
        place for piece in pieces for place in piece.passage.place.outwards() if 2 * place.taken > taken
    }
    return chosen, max((place.depth for place in chosen), default=0)


def _signatures(place: Place) -> Iterator[tuple[object, ...]]:
    around = place.around
    yield (place.element.tag, place.words, around and around.element.tag, around and around.words)
    yield (place.element.tag, around and around.element.tag, place.depth)


def _alike(pieces: Sequence[Weighed]) -> dict[tuple[object, ...], tuple[float, float, int]]:
    alike: dict[tuple[object, ...], tuple[float, float, int]] = {}
    for piece in pieces:
        for key in _signatures(piece.passage.place):
            letters, taken, number = alike.get(key, (0.0, 0.0, 0))
            alike[key] = (letters + piece.letters, taken + piece.letters * piece.taken, number + 1)
    return alike
