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


def several(text: str) -> dict[str, tuple[str, ...]]:
    """Signs to names of one and of several, from ``sign sign = one/several``; an s where none is given.

    A language with more plural forms gives as many.
    """
    names: dict[str, tuple[str, ...]] = {}
    for signs, said in rows(text):
        forms = tuple(said.split("/"))
        names |= dict.fromkeys(signs.split(), forms if len(forms) > 1 else (said, f"{said}s"))
    return names


def alike(text: str) -> dict[str, tuple[str, ...]]:
    """The same where one and several have one name: ``sign sign = name``."""
    return {sign: (said,) for signs, said in rows(text) for sign in signs.split()}


# Prefixes, and which stand before which units (SI Brochure, 9th edition, tables 2 to 8).
PREFIXES = ["k", "c", "m", "d", "h", "µ", "n", "M", "G", "T"]
PREFIXED = pairs(
    """m = k c m d µ μ n; g = k m µ μ n; l = m c d h µ μ; L = m c d h µ μ; W = k M G T m; Wh = k M G T
    V = k m M; Hz = k M G T; B = k K M G T; J = k M G T; Pa = h k M; s = m µ μ n; A = m k; t = k M G
    bit = k M G; N = k; Bq = k M G; Sv = m µ μ; eV = k M G T; cal = k; Ω = k M; Ah = m; bit/s = k M G
    b/s = k M G; o = k K M G T; mol = m µ μ n k"""
)
# Behind a figure these are rather letters than units: "class 3 B".
LETTERS = frozenset("BJNo")


def metric(prefixes: str, units: str) -> dict[str, tuple[str, ...]]:
    """Symbols to names, prefixed as they may be: ``kilo centi mili …``, ``m = metro; Hz = hercio``.

    Where prefixes begin with a capital, as in German, so do the names of units without one.
    """
    before = dict(zip(PREFIXES, prefixes.split(), strict=True))
    capital = prefixes[0].isupper()
    names: dict[str, tuple[str, ...]] = {}
    for unit, forms in several(units).items():
        if unit not in LETTERS:
            names[unit] = tuple(map(str.capitalize, forms)) if capital else forms
        for prefix in PREFIXED.get(unit, "").split():
            if said := before.get({"K": "k", "μ": "µ"}.get(prefix, prefix)):
                names[f"{prefix}{unit}"] = tuple(f"{said}{form}" for form in forms)
    return names


def short_weekdays(text: str, until: str, closed: str) -> tuple[tuple[str, str], ...]:
    """Patterns of short weekdays: ``lun.-ven.`` is *lundi à vendredi*, ``mar. 3`` *mardi trois*.

    Alone they are too like other words, but beside one of `closed`. Days are given as ``lun = lundi``,
    `until` joins two.
    """
    days = pairs(text)
    short = rf"(?:{'|'.join(days)})\b"
    named = {rf"(?i:{day[0]}){day[1:]}": name for day, name in days.items()}
    link = rf"(?:\s?[-–]\s?(?={short})|\s{until}\s(?={short}\.))"
    joined = [(rf"\b{day}\.{link}", f"{name} {until} ") for day, name in named.items()]
    last = "|".join(rf"(?i:(?<={name} {until} ))" for name in days.values())
    lasts = [(rf"(?:{last}){day}\b\.?", name) for day, name in named.items()]
    dated = [(rf"\b{day}\.(?=,?\s\d{{1,2}}(?!\d))", name) for day, name in named.items()]
    listed = [(rf"\b{day}\.(?=,?\s(?:(?:et|y|e|ou|o)\s)?{short}\.)", name) for day, name in named.items()]
    shut = "|".join(rf"(?<={word} )" for word in closed.split("|"))
    alone = [(rf"(?:{shut}){day}\b\.?|\b{day}\.(?=\s(?:{closed})\b)", name) for day, name in named.items()]
    return (*listed, *joined, *lasts, *dated, *alone)


def short_months(text: str) -> dict[str, int]:
    """Short names to numbers, from January on: ``sept/sep`` are two of one, ``-`` is none."""
    return {
        name: number
        for number, names in enumerate(text.split(), 1)
        for name in names.split("/")
        if name != "-"
    }


def shortened(text: str) -> tuple[tuple[str, str], ...]:
    """Abbreviations that end in a point, as patterns: ``z. B. = zum Beispiel; dhr.|dr. = …``.

    One of two small letters or more may begin a sentence: ``Vgl.`` as well as ``vgl.``.
    """

    def pattern(written: str) -> str:
        return "|".join(map(one, written.split("|")))

    def one(written: str) -> str:
        ending = written.replace(".", r"\.").replace(" ", r"\s?")
        begins = re.match(r"[^\W\d_]{2}", written) and written.islower()
        return rf"\b(?i:{ending[0]}){ending[1:]}" if begins else rf"\b{ending}"

    return tuple((pattern(written), said) for written, said in rows(text))
