"""What marks tell, told in plain text; how an article begins; lines of text; what can be stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, islice

from newsexport.model import Article, Block, Mark, Paragraph, Span, Spans, plain, plain_blocks, walk
from newsexport.text.counting import CHARACTERS, columns
from newsexport.text.patterns import pattern

STRIKE = "~~"
LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
RAISED = str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ")
# The levels that text can stand on, with the characters that have a place there and the sign for all others.
LEVELS = ((Mark.LOWERED, LOWERED, "_"), (Mark.RAISED, RAISED, "^"))


def legible(spans: Iterable[Span]) -> Spans:
    """The run as it can be read without marks: ``~~€10~~ €8``, ``H₂O``, ``a₍ₙ₊₁₎``.

    Lowered and raised text has characters of its own where all of it does, and else a sign before it;
    raised letters (``1st``, ``XXe``) are read where they stand.
    """
    told: list[Span] = []
    for struck, run in groupby(spans, lambda span: Mark.STRUCK in span.marks):
        inside = list(_levelled(run))
        if struck and plain(inside).strip():
            look = replace(inside[0], text=STRIKE, ruby=None, note=None)
            inside = [look, *inside, replace(inside[-1], text=STRIKE, ruby=None, note=None)]
        told += inside
    return tuple(told)


def holding(spans: Iterable[Span]) -> str:
    """The words that still hold, on one line of plain text: what is struck is left out."""
    kept = (span for span in spans if Mark.STRUCK not in span.marks)
    return " ".join(plain(legible(kept)).split())


def openings(article: Article) -> Iterator[str]:
    """What may tell in a line what an article is about: its running text first, then whatever else it has.

    A caption, a heading or a table at its top does not.
    """
    yield from running(article.body)
    yield from plain_blocks(article.body)


def beginnings(body: Iterable[Block]) -> tuple[str, str]:
    """What a body begins with, a few blocks of it: all of their text, and the running text alone."""
    first, told = islice(body, 3), islice(running(body), 3)
    return " ".join(" ".join(plain_blocks(first)).split()), " ".join(told)


def running(blocks: Iterable[Block]) -> Iterator[str]:
    """The running text of blocks, paragraph by paragraph, those of lists and quotations among them."""
    return (holding(block.spans) for block in walk(blocks) if isinstance(block, Paragraph))


def _levelled(spans: Iterable[Span]) -> Iterator[Span]:
    for level, grouped in groupby(spans, _level):
        run = list(grouped)
        yield from run if level is None else _shown(run, *LEVELS[level][1:])


def _level(span: Span) -> int | None:
    return next((at for at, (mark, _, _) in enumerate(LEVELS) if mark in span.marks), None)


def _shown(run: list[Span], characters: dict[int, int], sign: str) -> Iterator[Span]:
    text = plain(run)
    if all(ord(letter) in characters for letter in text):
        yield from (replace(span, text=span.text.translate(characters)) for span in run)
    elif sign == "^" and text.isalpha():
        yield from run
    else:
        opened, closed = (sign, "") if text.isalnum() else (f"{sign}(", ")")
        yield replace(run[0], text=opened, ruby=None, note=None)
        yield from run
        if closed:
            yield replace(run[-1], text=closed, ruby=None, note=None)


# Lines of so many columns.

# Chinese and Japanese are written without spaces, so a line may end between any two
# characters, except before a closing mark and after an opening one (JIS X 4051).
_IDEOGRAPHIC = f"\u3000-\u303f{CHARACTERS}\uff00-\uff60"
_OPENING = "「『（［｛〈《【〔“‘"
_CLOSING = "」』）］｝〉》】〕”’、。，．・：；？！ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
PIECE = pattern(f"[{_OPENING}]*(?:[{_IDEOGRAPHIC}]|[^{_IDEOGRAPHIC}]+)[{_CLOSING}]*|[{_OPENING}{_CLOSING}]+")


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; a word that is longer, such as an address, keeps its own.

    A newline in the text stays one. No-break spaces do not break.
    """
    return [line for forced in text.split("\n") for line in _fill(forced, width)]


def _fill(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for glue, piece in _pieces(text):
        size = columns(piece)
        if used and used + len(glue) + size > width:
            yield line
            line, used = piece, size
        else:
            line, used = line + (glue if used else "") + piece, used + (len(glue) if used else 0) + size
    if line:
        yield line


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What may not be broken, each with what stands before it on the same line."""
    for word in re.split(r"[ \t]+", text):
        for index, piece in enumerate(PIECE.findall(word)):
            yield ("" if index else " "), piece


# What formats can hold.

# C0 and C1 controls, zero-width no-break space, lone surrogates and the noncharacters of
# every plane: XML 1.0 (fifth edition, section 2.2) takes none or discourages them.
UNSTORABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)
# Two escapes of JSON that are one character, where a reader of YAML or of something else left them two.
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def storable(text: str) -> str:
    """The text without the characters that XML, and so most formats, cannot hold.

    Halves of surrogate pairs go as well, but two that belong together are the character that was meant.
    """
    if text.replace("\n", "").isprintable():
        return text  # nearly always, and thirty times as fast to find out
    text = PAIR.sub(lambda found: found[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    for each in UNSTORABLE.findall("".join(set(text))):
        text = text.replace(each, "")
    return text


# The same as UTF-8: controls are octets of their own; all others hold one of these, as few characters do.
CONTROLS = bytes({*range(32), 127} - {9, 10})
RARE = tuple(map(re.compile, (rb"\xc2[\x80-\x9f]", rb"\xef(?:\xbb\xbf|\xb7)", rb"\xbf[\xbe\xbf]")))


def stored(text: str) -> bytes:
    """`storable` as UTF-8, found fast for a long text."""
    try:
        octets = text.encode().translate(None, CONTROLS)
    except UnicodeEncodeError:
        return storable(text).encode()
    return storable(text).encode() if any(each.search(octets) for each in RARE) else octets
