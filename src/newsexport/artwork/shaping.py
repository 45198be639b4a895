"""What headlines need of the Unicode Bidirectional Algorithm (UAX #9), and of Arabic joining.

Pillow does both only where the raqm and FriBiDi libraries are found at run time, so the
same cover would look different from machine to machine. Here they are done beforehand.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file
from itertools import groupby

from PIL import Image, ImageOps

from newsexport import assets
from newsexport.artwork.fonts import SHAPED

# The one ligature that Arabic cannot be written without, with each kind of alef.
LAM_ALEF = frozenset({"\u0644\u0622", "\u0644\u0623", "\u0644\u0625", "\u0644\u0627"})


@cache
def _joining_forms() -> dict[tuple[str, str], str]:
    """The presentation forms of Arabic letters, by letter and position."""
    forms = {}
    for point in (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD)):
        position, _, letters = unicodedata.decomposition(chr(point)).partition(" ")
        letter = "".join(chr(int(code, 16)) for code in letters.split())
        if len(letter) == 1 or letter in LAM_ALEF:
            forms[letter, position] = chr(point)
    return forms


def joined(text: str) -> str:
    """Arabic letters replaced by the forms they take beside their neighbours."""
    forms = _joining_forms()
    letters = _with_ligatures(text)
    joined = []
    for before, letter, after in zip(["", *letters], letters, [*letters[1:], ""], strict=False):
        left = (letter, "<initial>") in forms and (after, "<final>") in forms
        right = (before, "<initial>") in forms and (letter, "<final>") in forms
        position = {(True, True): "<medial>", (True, False): "<initial>", (False, True): "<final>"}.get(
            (left, right), "<isolated>"
        )
        joined.append(forms.get((letter, position), letter))
    return "".join(joined)


def _with_ligatures(text: str) -> list[str]:
    letters: list[str] = []
    for character in text:
        if letters and (letters[-1] + character, "<isolated>") in _joining_forms():
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def is_rightward(text: str) -> bool:
    """Whether the text begins at the right: its first letter is of such a script (UAX #9, rule P2)."""
    letters = (_direction(character) for character in text if character.isalpha())
    return next((right for right in letters if right is not None), False)


def visual(text: str, *, rightward: bool) -> str:
    """One line of a text of that direction, in the order in which it is drawn from left to right.

    Two levels of embedding, which is all a headline has: a run of the other direction in
    a line of one. Numbers run left to right in either.
    """
    if not rightward and text.isascii():
        return text
    runs = [
        ("".join(characters)[::-1].translate(MIRRORED) if right else "".join(characters))
        for right, characters in _directed(text, rightward=rightward)
    ]
    return "".join(reversed(runs) if rightward else runs)


MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def _directed(text: str, *, rightward: bool) -> Iterator[tuple[bool, list[str]]]:
    """Runs of one direction; what has none goes with its two neighbours or with the line."""
    known = [_direction(character) for character in text]
    before: list[bool | None] = [rightward]
    for direction in known:
        before.append(before[-1] if direction is None else direction)
    following: bool | None = rightward
    after: list[bool | None] = []
    for direction in reversed(known):
        following = following if direction is None else direction
        after.append(following)
    resolved = [
        left if left == right else rightward for left, right in zip(before[1:], reversed(after), strict=True)
    ]
    for right, run in groupby(zip(resolved, text, strict=True), lambda pair: pair[0]):
        yield bool(right), [character for _, character in run]


def _direction(character: str) -> bool | None:
    """Whether the character runs to the left; None when it goes with its neighbours."""
    return DIRECTIONS.get(unicodedata.bidirectional(character))


# By bidirectional class: the letters, and the two kinds of digits.
DIRECTIONS = {"R": True, "AL": True, "L": False, "EN": False, "AN": False}


# Words of scripts whose letters join, stack and change places, painted whole.
#
# Pillow does this only where the raqm and FriBiDi libraries are found at run time. The
# painter of drawings (resvg) brings its own shaping, the same on every machine; it does not
# tell how wide a word is, so that is measured on the painted word.

MEASURED = 48  # pixels, the size at which words are measured
WIDEST = 1.2  # ems, of one character


@dataclass(frozen=True, slots=True)
class Word:
    """A painted word: white where there is ink, with the place of its origin in the picture."""

    ink: Image.Image
    origin: tuple[int, int]


@lru_cache(maxsize=4096)
def width(face: str, word: str) -> float:
    """How wide the word is, in ems."""
    measured = _painted(face, MEASURED, word, WIDEST * len(word))
    return max(0.0, measured.ink.width - measured.origin[0]) / MEASURED


@lru_cache(maxsize=128)
def painted(face: str, size: int, word: str) -> Word:
    """The word in a face of `SHAPED`, at a size in pixels."""
    return _painted(face, size, word, width(face, word))


def _painted(face: str, size: int, word: str, ems: float) -> Word:
    import resvg_py  # noqa: PLC0415 - costs 20 ms, and most covers have no such word

    left, baseline = size // 2, size * 5 // 4
    wide, high = round(size * ems) + 2 * left, size * 2
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">'
        f'<text x="{left}" y="{baseline}" font-family="{SHAPED[face]}" font-size="{size}">{word}</text></svg>'
    )
    with as_file(assets.folder().joinpath("fonts", face)) as file:
        picture = resvg_py.svg_to_bytes(
            svg_string=drawing, skip_system_fonts=True, font_files=[str(file)], background="white"
        )
    ink = ImageOps.invert(Image.open(io.BytesIO(bytes(picture))).convert("L"))
    box = ink.getbbox() or (left, baseline, left + 1, baseline + 1)
    return Word(ink.crop(box), (left - box[0], baseline - box[1]))
