"""Text in the shipped fonts: what of it can be drawn, how wide it is, and in which lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from PIL import ImageDraw

from newsexport.artwork import shaping
from newsexport.artwork.fonts import SHAPED, TEXT, face_of, font, has
from newsexport.artwork.shaping import joined
from newsexport.text.patterns import pattern

# Where a line may break in scripts without spaces: after every character, but not before
# what closes or follows one, nor after what opens (JIS X 4051, the rules that headlines meet).
# A word of any other script is one piece.
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
OPENING = "「『（【〈《〔［｛"
CLOSING = "、。，．・：；？！」』）】〉》〕］｝ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…"
LONGEST = 40
PIECES = pattern(f"[{OPENING}]*[{WIDE}](?:(?<![{OPENING}])[{CLOSING}])*|[^{WIDE}]+")


@dataclass(frozen=True, slots=True)
class Lettering:
    """A face at a size in pixels, for text of a language that has been through `printable`."""

    face: str
    size: int
    language: str = ""

    def width(self, text: str) -> float:
        """How wide the text is, in pixels."""
        words = [_width(word, self.face, self.language) for word in text.split(" ")]
        return self.size * (sum(words) + _width(" ", self.face, "") * (len(words) - 1))

    def draw(self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], line: str, ink: str) -> None:
        """Draw a line, in the order `visual` gives, with its left end and baseline at a point."""
        x, y = at
        for face, run in self._runs(line):
            if face in SHAPED:
                word = shaping.painted(face, self.size, run)
                canvas.bitmap((round(x) - word.origin[0], round(y) - word.origin[1]), word.ink, ink)
            else:
                canvas.text((x, y), run, fill=ink, font=font(face, self.size), anchor="ls")
            x += _advance(face, run) * self.size

    def extent(self, text: str) -> tuple[float, float]:
        """How far the ink goes above the baseline and below it, in pixels."""
        above, below = 0.0, 0.0
        for face, run in self._runs(text):
            if face in SHAPED:
                word = shaping.painted(face, self.size, run)
                top, bottom = float(-word.origin[1]), float(word.ink.height - word.origin[1])
            else:
                _, top, _, bottom = font(face, self.size).getbbox(run, anchor="ls")
            above, below = max(above, -top), max(below, bottom)
        return above, below

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """The text in lines no wider than `width`; what `most` lines cannot hold ends in an ellipsis."""
        lines = [""]
        for space, piece in self._pieces(text, width):
            longer = f"{lines[-1]}{space}{piece}" if lines[-1] else piece
            if self.width(longer) <= width:
                lines[-1] = longer
            elif len(lines) == most:
                lines[-1] = self._ellipsed(lines[-1], width)
                break
            else:
                lines.append(piece)
        return lines

    def holds(self, text: str, width: float) -> bool:
        """Whether no word of the text need be cut to stand in lines of that width."""
        return all(self.width(piece) <= width for _, piece in _broken(text))

    def _pieces(self, text: str, width: float) -> Iterator[tuple[str, str]]:
        """What may not be parted, that wider than a line cut to pieces that are not."""
        for space, piece in _broken(text):
            rest, before = piece, space
            while self.width(rest) > width and len(rest) > 1:
                fitting = self._fitting(rest, width)
                yield before, rest[:fitting]
                rest, before = rest[fitting:], ""
            if rest:
                yield before, rest

    def _fitting(self, word: str, width: float) -> int:
        """How much of a word too wide for a line stands in one: at least a letter."""
        first = _letter_end(word, 1)
        end = _letter_end(word, max(first, int(len(word) * width / self.width(word)) - 1))
        while end > first and self.width(word[:end]) > width:  # the letters in front may be the wide ones
            end -= 1
            while end > first and _belongs(word[end]):
                end -= 1
        return end

    def _ellipsed(self, line: str, width: float) -> str:
        while line and self.width(f"{line}…") > width:
            line = line[:-1]
        return f"{line.rstrip(' ,;:.、。')}…"

    def _runs(self, text: str) -> Iterator[tuple[str, str]]:
        return _runs(text, self.face, self.language)


# Letters are measured at this size, once, and as wide in proportion at every other.
MEASURED = 256


@lru_cache(maxsize=8192)
def _width(word: str, face: str, language: str) -> float:
    """In ems."""
    return sum(_advance(own, run) for own, run in _runs(word, face, language))


@lru_cache(maxsize=8192)
def _advance(face: str, run: str) -> float:
    """In ems."""
    return shaping.width(face, run) if face in SHAPED else font(face, MEASURED).getlength(run) / MEASURED


def _runs(text: str, face: str, language: str) -> Iterator[tuple[str, str]]:
    for own, run in groupby(text, lambda character: face_of(character, face, language)):
        yield own, "".join(run)


@lru_cache(maxsize=64)
def _broken(text: str) -> tuple[tuple[str, str], ...]:
    """The pieces between which a line may break, each with the space before it."""
    return tuple(
        ("" if number else " ", piece)
        for word in text.split()
        for number, piece in enumerate(_short(PIECES.findall(word)))
    )


def _short(pieces: list[str]) -> Iterator[str]:
    """The pieces, those longer than any word parted: a mistake, or made to waste our time."""
    for piece in pieces:
        start = 0
        while start < len(piece):
            end = _letter_end(piece, start + LONGEST)
            yield piece[start:end]
            start = end


def _letter_end(word: str, at: int) -> int:
    """The first place from `at` on where no sign is parted from the letter it belongs to."""
    while at < len(word) and _belongs(word[at]):
        at += 1
    return at


def _belongs(sign: str) -> bool:
    """Does it belong to the letter before it?"""
    return unicodedata.category(sign) in {"Mn", "Mc"}


def printable(text: str, language: str = "") -> str:
    """What of the text can be drawn, joined and in reading order.

    Of a text in a script that no font has, so little would be left that it is better left
    out: it then comes back empty.
    """
    wanted = [
        character if not character.isspace() else " "
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or _is_wanted(character)
    ]
    drawn = [character for character in wanted if character == " " or _is_drawn(character, language)]
    if len(drawn) * 2 < len(wanted) or not "".join(drawn).strip():
        return ""
    return joined(" ".join("".join(drawn).split()))


def _is_wanted(character: str) -> bool:
    """Whether it is to be seen. Signs above and below letters are, where they can be placed."""
    kind = unicodedata.category(character)
    return kind not in {"Cc", "Cf", "Cs", "Co", "Cn", "Mn"} or (kind == "Mn" and _face(character) in SHAPED)


def _face(character: str, language: str = "") -> str:
    return face_of(character, TEXT, language)


def _is_drawn(character: str, language: str) -> bool:
    return has(_face(character, language), character)
