"""Words for numbers in any language that num2words has, each worked out once.

num2words takes milliseconds for a number and most of a second to be loaded, so it is
loaded when the first number of another language than English is met, and its answers kept.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import cast

from spokenform.tags import primary

# Longer numbers are no amounts, and some languages have no word for them.
LONGEST = 12

_CHINESE = "零一二三四五六七八九"
# Tags that num2words spells differently.
_SPELLINGS = {
    "nb": "no",
    "nn": "no",
    "kk": "kz",
    "iw": "he",
    "pt-BR": "pt_BR",
    "fr-BE": "fr_BE",
    "fr-CH": "fr_CH",
}


def speaks(language: str) -> bool:
    """Whether numbers can be put into words of this language."""
    return primary(language) in {"zh", "yue"} or _name(language) in _known()


@lru_cache(8192)
def cardinal(value: int, language: str) -> str:
    """The number in words; nothing when the language has no word for it."""
    if primary(language) in {"zh", "yue"}:
        return _chinese(value)
    return _tidy(_said(value, language, "cardinal"))


@lru_cache(2048)
def ordinal(value: int, language: str) -> str:
    """The ordinal in words, in the form that a dictionary has."""
    return _tidy(_said(value, language, "ordinal"))


@lru_cache(2048)
def year(value: int, language: str) -> str:
    """The number as that of a year."""
    return _tidy(_said(value, language, "year")) or cardinal(value, language)


def digits(figures: str, language: str) -> str:
    """Figure by figure."""
    return " ".join(cardinal(int(figure), language) for figure in figures if figure.isdecimal())


@lru_cache(1024)
def decimal(whole: str, part: str, language: str) -> str:
    """``4,5`` in words, with the language's own word for the comma; nothing when it has none."""
    if primary(language) in {"zh", "yue"}:
        return f"{_chinese(int(whole))}点{digits(part, language).replace(' ', '')}"
    return _tidy(_said(Decimal(f"{whole}.{part}"), language, "cardinal"))


def _said(value: int | Decimal, language: str, to: str) -> str:
    from num2words import num2words  # noqa: PLC0415 - see above

    try:
        return cast("str", num2words(value, lang=_name(language), to=to))
    except (NotImplementedError, OverflowError, ValueError, KeyError, IndexError, TypeError):
        return ""


def _tidy(words: str) -> str:
    return "" if re.search(r"\d", words) else " ".join(words.replace(",", "").split())


@cache
def _known() -> frozenset[str]:
    from num2words import CONVERTER_CLASSES  # noqa: PLC0415 - see above

    return frozenset(CONVERTER_CLASSES)


@cache
def _name(language: str) -> str:
    return _SPELLINGS.get(language) or _SPELLINGS.get(primary(language), primary(language))


def _chinese(value: int) -> str:
    """Hundreds of millions and ten thousands, as Chinese counts (GB/T 15835)."""
    if value < 10:
        return _CHINESE[value]
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value >= size:
            head, rest = divmod(value, size)
            first = "" if size == 10 and head == 1 else _chinese(head)
            gap = "零" if rest and rest < size // 10 else ""
            return f"{first}{unit}{gap}{_chinese(rest) if rest else ''}"
    raise AssertionError(value)
