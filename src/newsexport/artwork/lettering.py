"""Text in the shipped fonts, as runs that are drawn one after another.

Pillow sets right-to-left and joined scripts only where the raqm and FriBiDi libraries
are found at run time, so the same cover would look different from machine to machine.
Here the plain engine is used everywhere, and the little that headlines need of the
Unicode Bidirectional Algorithm (UAX #9) and of Arabic joining is done beforehand.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from PIL import ImageDraw, ImageFont

from newsexport import resources

DISPLAY = "NotoSerifDisplay-CondensedExtraBold.ttf"
TEXT = "NotoSerif-SemiCondensedMedium.ttf"
HEBREW = "NotoSerifHebrew-SemiCondensedBold.ttf"
ARABIC = "NotoNaskhArabic-Bold.ttf"

ABSENT = "\uffff"  # a noncharacter: every font draws it as its box for what it does not have


@dataclass(frozen=True, slots=True)
class Lettering:
    """A face at a size in pixels. Text given to it has been through `printable`."""

    face: str
    size: int

    def width(self, text: str) -> float:
        """How wide the text is, in pixels."""
        return sum(_font(face, self.size).getlength(run) for face, run in self._runs(text))

    def draw(self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], line: str, ink: str) -> None:
        """Draw a line, in the order `visual` gives, with its left end and baseline at a point."""
        x, y = at
        for face, run in self._runs(line):
            font = _font(face, self.size)
            canvas.text((x, y), run, fill=ink, font=font, anchor="ls")
            x += font.getlength(run)

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """The text in lines no wider than `width`; what `most` lines cannot hold ends in an ellipsis."""
        lines = [""]
        for word in self._words(text, width):
            longer = f"{lines[-1]} {word}".lstrip()
            if self.width(longer) <= width:
                lines[-1] = longer
            elif len(lines) == most:
                lines[-1] = self._ellipsed(lines[-1], width)
                break
            else:
                lines.append(word)
        return lines

    def _words(self, text: str, width: float) -> Iterator[str]:
        """The words, those wider than a line cut to pieces that are not."""
        for word in text.split():
            while self.width(word) > width and len(word) > 1:
                fitting = max(1, int(len(word) * width / self.width(word)) - 1)
                yield word[:fitting]
                word = word[fitting:]  # noqa: PLW2901 - the rest of the word is the next word
            yield word

    def _ellipsed(self, line: str, width: float) -> str:
        while line and self.width(f"{line}…") > width:
            line = line[:-1]
        return f"{line.rstrip(' ,;:.')}…"

    def _runs(self, text: str) -> Iterator[tuple[str, str]]:
        for face, run in groupby(text, lambda character: _face(character, self.face)):
            yield face, "".join(run)


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        io.BytesIO(resources.read(f"fonts/{face}")), size, layout_engine=ImageFont.Layout.BASIC
    )


def _face(character: str, latin: str) -> str:
    if "\u0590" <= character <= "\u05ff" or "\ufb1d" <= character <= "\ufb4f":
        return HEBREW
    if "\u0600" <= character <= "\u06ff" or "\ufb50" <= character <= "\ufefc":
        return ARABIC
    return latin


def printable(text: str) -> str:
    """What of the text can be drawn, joined and in reading order.

    The fonts have Latin, Greek, Cyrillic, Hebrew and Arabic. Of a text in another script
    so little would be left that it is better left out: it then comes back empty.
    """
    wanted = [
        character if not character.isspace() else " "
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Mn"}
    ]
    drawn = [character for character in wanted if character == " " or _is_drawn(character)]
    if len(drawn) * 2 < len(wanted) or not "".join(drawn).strip():
        return ""
    return _joined(" ".join("".join(drawn).split()))


@cache
def _is_drawn(character: str) -> bool:
    font = _font(_face(character, TEXT), 16)
    return bytes(font.getmask(character)) != bytes(font.getmask(ABSENT))


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


def _joined(text: str) -> str:
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
