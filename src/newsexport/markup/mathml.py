"""Formulas of which a page has nothing but MathML, as a line of text: ``q = √n + 1/2``.

Without a sign for what only stands above or beside something, a half would be read as twelve. The signs are
those of linear notation (Unicode Technical Note 28).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from newsexport.markup.parsing import Element
from newsexport.text.plaintext import LOWERED, RAISED

SILENT = frozenset(("annotation", "annotation-xml", "mphantom", "mprescripts", "none", "script", "style"))
ROWS = frozenset(("mrow", "mstyle", "mpadded"))
# Of what they hold, the first is shown.
CHOICES = frozenset(("semantics", "maction"))
# What stands in a formula for its grammar and is seen by nobody: application, times, a comma, a plus.
UNSEEN = str.maketrans({"\u2061": " ", "\u2062": "", "\u2063": ",", "\u2064": " "})
SPACED = frozenset("=<>≤≥≠≈≡∼≅→←↔⇒⇔↦∈∉⊂⊆∪∩∧∨+−±∓×÷·⋅∗*-")
# Large signs, and functions, that have their bounds above and below.
BOUNDED = re.compile(r"[∑∏∐∫∬∮⋃⋂⨁⨂]|lim|limsup|liminf|max|min|sup|inf|arg ?max|arg ?min|det|gcd")
ACCENTS = {
    "¯": "\u0304", "‾": "\u0304", "_": "\u0332", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303",
    "˜": "\u0303", "→": "\u20d7", "˙": "\u0307", ".": "\u0307", "¨": "\u0308",
}  # fmt: skip
PRIMES = frozenset("′″‴'°∘")
# What a sign holds together without parentheses.
WHOLE = re.compile(r"\d+(?:[.,]\d+)?|\([^()]*\)|.[\u0300-\u0332\u20d7]?")
TOKENS = frozenset(("mi", "mn", "mtext", "ms"))


def linear(math: Element) -> str:
    """A formula, or a part of it, on one line."""
    return " ".join(_shown(math).split())


def _shown(element: Element) -> str:
    name = _name(element)
    inside = [each for each in element if isinstance(each.tag, str)]
    match name:
        case "mspace":
            said = " "
        case "mfrac" if len(inside) == 2:
            thin = (element.get("linethickness") or "").strip() in {"0", "0px", "0pt"}
            said = ", ".join(map(linear, inside)) if thin else "/".join(map(_grouped, inside))
        case "mroot" if len(inside) == 2:
            said = f"{_levelled(inside[1], RAISED, '')}√{_grouped(inside[0])}"
        case "msqrt":
            said = "√" + (_grouped(inside[0]) if len(inside) == 1 else _held(_row(inside, element)))
        case "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover" | "mmultiscripts" if inside:
            said = _scripted(name, inside)
        case "mtable":
            said = "; ".join(", ".join(map(linear, row)) for row in inside)
        case "mfenced":
            between = f"{(element.get('separators') or ',').strip()[:1]} "
            said = f"{element.get('open', '(')}{between.join(map(linear, inside))}{element.get('close', ')')}"
        case _:
            said = "" if name in SILENT else _row(inside[:1] if name in CHOICES else inside, element)
    return said


def _row(inside: Iterable[Element], element: Element) -> str:
    """What stands in a row; signs between two things have room, those before the first have none."""
    said = " ".join((element.text or "").split()).translate(UNSEEN)
    ended = bool(said)
    for each in _flat(inside):
        part = _shown(each)
        if _name(each) == "mo" and part in SPACED and ended:
            said += f" {part} "
            ended = False
        else:
            said += part
            ended = bool(part) and not part.endswith(("(", "[", "{", ",", "|"))
        said += " ".join((each.tail or "").split()).translate(UNSEEN)
    return said


def _flat(inside: Iterable[Element]) -> Iterator[Element]:
    """Elements, rows among them as what is in them."""
    for each in inside:
        if _name(each) in ROWS and not (each.text or "").strip():
            yield from _flat([inner for inner in each if isinstance(inner.tag, str)])
        else:
            yield each


def _scripted(name: str, inside: Sequence[Element]) -> str:
    """A base with what stands above, below and beside it."""
    base, scripts = linear(inside[0]), inside[1:]
    if name == "mmultiscripts":
        at = next((at for at, each in enumerate(scripts) if _name(each) == "mprescripts"), len(scripts))
        return f"{_pairs(scripts[at + 1 :])}{base}{_pairs(scripts[:at])}"
    bounded = BOUNDED.fullmatch(base)
    if name in {"mover", "munder"} and not bounded and scripts:
        sign = linear(scripts[0])
        if sign in ACCENTS or sign in {"⏞", "⏟", "⎴", "⎵"}:
            return base + (ACCENTS.get(sign, "") if len(base) == 1 else "")
    raised = name in {"msup", "mover"}
    return base + _pairs(scripts, 1 if raised else 0) + (" " if bounded else "")


def _pairs(scripts: Sequence[Element], first: int = 0) -> str:
    """Indices and powers in turns, in the characters there are for them, or behind a sign."""
    levels = ((LOWERED, "_"), (RAISED, "^"))
    return "".join(_levelled(script, *levels[at % 2]) for at, script in enumerate(scripts, first))


def _levelled(script: Element, characters: dict[int, int], sign: str) -> str:
    text = linear(script)
    close = text.replace(" ", "")
    if all(ord(letter) in characters for letter in close):
        return close.translate(characters)
    return close if PRIMES.issuperset(close) else sign + _grouped(script)


def _grouped(element: Element) -> str:
    """What a sign is to hold together."""
    text = linear(element)
    return text if _name(element) in TOKENS else _held(text)


def _held(text: str) -> str:
    return text if WHOLE.fullmatch(text) else f"({text})"


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
