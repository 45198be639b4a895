"""The lists of phrases, and how a reading is compared."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

PHRASES = Path(__file__).parent / "phrases"
CHOICE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Phrase:
    """What is printed, in which language, and every reading that is right."""

    category: str
    language: str
    printed: str
    readings: frozenset[str]


def phrases(name: str) -> Iterator[Phrase]:
    """Those of one file, such as ``en`` or ``de``; a category may end with a tag of its own."""
    tables = tomllib.loads((PHRASES / f"{name}.toml").read_text("utf-8"))
    for table, entries in tables.items():
        category, _, tag = table.partition(" ")
        for printed, given in entries.items():
            patterns = [given] if isinstance(given, str) else given
            readings = frozenset(
                plain(one) for pattern in patterns for each in pattern.split("|") for one in expanded(each)
            )
            yield Phrase(category, tag or name.partition("-")[0], printed, readings)


def expanded(pattern: str) -> Iterator[str]:
    """Every reading of a pattern: ``(a/b)`` is a choice, ``&`` an and that may be left out."""
    pattern = pattern.replace("&", "(and/)").replace("%", "(percent/per cent)")
    while nested := re.search(r"\(([^()]*)\(([^()]*)\)([^()]*)\)", pattern):
        before, inner, after = nested.groups()
        flat = "/".join(f"{before}{one}{after}" for one in inner.split("/")) if "/" not in before + after else ""
        if not flat:
            outer = [part for part in re.split(r"/(?![^(]*\))", nested.group()[1:-1])]
            flat = "/".join(one for part in outer for one in expanded(part))
        pattern = pattern[: nested.start()] + f"({flat})" + pattern[nested.end() :]
    pieces = CHOICE.split(pattern)
    choices = [piece.split("/") if number % 2 else [piece] for number, piece in enumerate(pieces)]
    yield from ("".join(chosen) for chosen in product(*choices))


def plain(reading: str) -> str:
    """As it is compared: without case, hyphens, commas, and the full stop at the end."""
    words = reading.casefold().replace("-", " ").replace(",", " ")
    return " ".join(words.split()).rstrip(".!?")
