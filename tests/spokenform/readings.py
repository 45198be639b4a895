"""The lists of phrases, and how a reading is compared."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spokenform import EMPTY, Lexicon, speak

PHRASES = Path(__file__).parent / "phrases"
LANGUAGES = (
    "en", "en-GB", "en-US", "de", "fr", "es", "it", "pt", "nl", "sv", "tr", "pl", "ru", "ar", "zh", "ja", "hi", "ko",
)  # fmt: skip
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
    choice = CHOICE.search(pattern)
    if choice is None:
        yield pattern
        return
    for chosen in choice[1].split("/"):
        yield from expanded(pattern[: choice.start()] + chosen + pattern[choice.end() :])


def plain(reading: str) -> str:
    """As it is compared: without case, hyphens, commas, and the full stop at the end."""
    words = reading.casefold().replace("-", " ").replace(",", " ")
    words = re.sub(r"(?<=met|.it)re(?=s?\b)", "er", words)  # it sounds the same
    return " ".join(words.split()).rstrip(".!?")


def spoken(text: str, language: str, lexicon: Lexicon = EMPTY) -> str:
    """What is spoken, without how it sounds."""
    return speak(text, language, lexicon).text
