"""Words of scripts whose letters join, stack and change places, painted whole.

Pillow does this only where the raqm and FriBiDi libraries are found at run time. The
painter of drawings (resvg) brings its own shaping, the same on every machine; it does not
tell how wide a word is, so that is measured on the painted word.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file

from PIL import Image, ImageOps

from newsexport import resources
from newsexport.artwork.faces import SHAPED

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
    with as_file(resources.folder().joinpath("fonts", face)) as file:
        picture = resvg_py.svg_to_bytes(
            svg_string=drawing, skip_system_fonts=True, font_files=[str(file)], background="white"
        )
    ink = ImageOps.invert(Image.open(io.BytesIO(bytes(picture))).convert("L"))
    box = ink.getbbox() or (left, baseline, left + 1, baseline + 1)
    return Word(ink.crop(box), (left - box[0], baseline - box[1]))
