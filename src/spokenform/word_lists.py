"""Words as tables of text, for what a language brings as data."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """A set of words, from text that has them with spaces between."""
    return frozenset(text.split())


def listed(text: str) -> tuple[str, ...]:
    """Words in order."""
    return tuple(text.split())


def rows(text: str) -> list[tuple[str, str]]:
    """``sign = name; sign = name``, or a line each."""
    parts = (part.strip().partition(" = ") for part in re.split(r"[;\n]", text))
    return [(sign, said) for sign, _, said in parts if said]


def pairs(text: str) -> dict[str, str]:
    """Signs to names, from ``sign = name; sign = name``."""
    return dict(rows(text))


def several(text: str) -> dict[str, tuple[str, str]]:
    """Signs to names of one and of several, from ``sign sign = one/several``; an s where none is given."""
    names: dict[str, tuple[str, str]] = {}
    for signs, said in rows(text):
        one, _, many = said.partition("/")
        names |= dict.fromkeys(signs.split(), (one, many or f"{one}s"))
    return names


def alike(text: str) -> dict[str, tuple[str, str]]:
    """The same where one and several have one name: ``sign sign = name``."""
    return {sign: (said, said) for signs, said in rows(text) for sign in signs.split()}


def short_months(text: str) -> dict[str, int]:
    """Short names to numbers, from January on: ``sept/sep`` are two of one, ``-`` is none."""
    return {
        name: number
        for number, names in enumerate(text.split(), 1)
        for name in names.split("/")
        if name != "-"
    }


def shortened(text: str) -> tuple[tuple[str, str], ...]:
    """Abbreviations that end in a point, as patterns: ``z. B. = zum Beispiel; jun.|jr. = junior``."""

    def pattern(written: str) -> str:
        return "|".join(r"\b" + one.replace(".", r"\.").replace(" ", r"\s?") for one in written.split("|"))

    return tuple((pattern(written), said) for written, said in rows(text))
