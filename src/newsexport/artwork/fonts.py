"""The shipped fonts: which one draws a character, and what none of them has.

Latin, Greek and Cyrillic come in four cuts. For every other script there is one bold
face, used in all designs. Chinese, Japanese and Korean share most of their characters and
differ in how they write some of them, so the language of the text decides there.

The fonts of the system are never asked: the same edition would look different, and have
other bytes, from machine to machine.
"""

from __future__ import annotations

import io
from bisect import bisect
from functools import cache, lru_cache

from PIL import ImageFont

from newsexport import assets
from newsexport.text.languages import primary

DISPLAY = "NotoSerifDisplay-CondensedExtraBold.ttf"
HEADLINE = "NotoSerif-CondensedExtraBold.ttf"
TEXT = "NotoSerif-SemiCondensedMedium.ttf"
SANS = "NotoSans-SemiCondensedBold.ttf"

HEBREW = "NotoSerifHebrew-SemiCondensedBold.ttf"
ARABIC = "NotoNaskhArabic-Bold.ttf"
ARMENIAN = "NotoSerifArmenian-CondensedExtraBold.ttf"
GEORGIAN = "NotoSerifGeorgian-CondensedExtraBold.ttf"
DEVANAGARI = "NotoSerifDevanagari-CondensedExtraBold.ttf"
BENGALI = "NotoSerifBengali-CondensedExtraBold.ttf"
GUJARATI = "NotoSerifGujarati-ExtraBold.ttf"
TAMIL = "NotoSerifTamil-CondensedExtraBold.ttf"
TELUGU = "NotoSerifTelugu-ExtraBold.ttf"
THAI = "NotoSerifThai-CondensedExtraBold.ttf"
HAN = "NotoSansCJK-Bold.otf"
# Only what Japan, and what Taiwan and Hong Kong, write differently.
HAN_JAPANESE = "NotoSansCJK-Bold-Japanese.otf"
HAN_TRADITIONAL = "NotoSansCJK-Bold-Traditional.otf"

# Scripts whose letters change shape or place beside others, by the name that their font
# gives its family. They are drawn whole words at a time (`newsexport.artwork.shaping`).
SHAPED = {
    DEVANAGARI: "Noto Serif Devanagari",
    BENGALI: "Noto Serif Bengali",
    GUJARATI: "Noto Serif Gujarati",
    TAMIL: "Noto Serif Tamil",
    TELUGU: "Noto Serif Telugu",
    THAI: "Noto Serif Thai",
}

# The first and last code point of the blocks of each script, in order.
BLOCKS = (
    (0x0530, 0x058F, ARMENIAN),
    (0x0590, 0x05FF, HEBREW),
    (0x0600, 0x06FF, ARABIC),
    (0x0900, 0x097F, DEVANAGARI),
    (0x0980, 0x09FF, BENGALI),
    (0x0A80, 0x0AFF, GUJARATI),
    (0x0B80, 0x0BFF, TAMIL),
    (0x0C00, 0x0C7F, TELUGU),
    (0x0E00, 0x0E7F, THAI),
    (0x10A0, 0x10FF, GEORGIAN),
    (0x2E80, 0x9FFF, HAN),
    (0xAC00, 0xD7A3, HAN),
    (0xF900, 0xFAFF, HAN),
    (0xFB1D, 0xFB4F, HEBREW),
    (0xFB50, 0xFEFC, ARABIC),
    (0xFF00, 0xFFEF, HAN),
)
STARTS = [first for first, _, _ in BLOCKS]

ABSENT = "\uffff"  # a noncharacter: every font draws it as its box for what it does not have


def face_of(character: str, latin: str, language: str = "") -> str:
    """The font that draws a character, in a design that has `latin` for Latin letters."""
    script = _script(character)
    if script is None:
        return latin
    if script == HAN:
        regional = _regional(language)
        return regional if regional and has(regional, character) else HAN
    return script


@cache
def _script(character: str) -> str | None:
    at = bisect(STARTS, ord(character)) - 1
    if at < 0:
        return None
    _, last, face = BLOCKS[at]
    return face if ord(character) <= last else None


def _regional(language: str) -> str | None:
    subtags = set(language.lower().replace("_", "-").split("-"))
    if primary(language) == "ja":
        return HAN_JAPANESE
    if primary(language) == "yue" or (primary(language) == "zh" and subtags & {"hant", "tw", "hk", "mo"}):
        return HAN_TRADITIONAL
    return None


@cache
def has(face: str, character: str) -> bool:
    """Whether the font has the character."""
    small = font(face, 16)
    return bytes(small.getmask(character)) != bytes(small.getmask(ABSENT))


@lru_cache(maxsize=96)
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels, set by the plain engine that is the same everywhere."""
    return ImageFont.truetype(io.BytesIO(_file(face)), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _file(face: str) -> bytes:
    return assets.read(f"fonts/{face}")
