"""Words for numbers in any language that num2words has, each worked out once.

num2words takes milliseconds for a number and most of a second to be loaded, so it is
loaded when the first number of another language than English is met, and its answers kept.
Languages are named as num2words names them: ``de``, ``pt_BR``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import cast

# Longer numbers are no amounts, and some languages have no word for them.
LONGEST = 12


@cache
def speaks(language: str) -> bool:
    """Whether numbers can be put into words of this language."""
    from num2words import CONVERTER_CLASSES  # noqa: PLC0415 - see above

    return language in CONVERTER_CLASSES


@lru_cache(8192)
def cardinal(value: int, language: str) -> str:
    """The number in words; nothing when the language has no word for it."""
    return _tidy(_said(value, language, "cardinal"))


@lru_cache(2048)
def ordinal(value: int, language: str) -> str:
    """The ordinal in words, in the form that a dictionary has."""
    return _tidy(_said(value, language, "ordinal"))


def digits(figures: str, language: str) -> str:
    """Figure by figure; whatever is no figure parts them."""
    return " ".join(cardinal(int(figure), language) for figure in figures if figure.isdecimal())


@lru_cache(1024)
def decimal(whole: str, part: str, language: str) -> str:
    """``4,5`` in words, with the language's own word for the comma; nothing when it has none."""
    return _tidy(_said(Decimal(f"{whole}.{part}"), language, "cardinal"))


def _said(value: int | Decimal, language: str, to: str) -> str:
    from num2words import num2words  # noqa: PLC0415 - see above

    try:
        return cast("str", num2words(value, lang=language, to=to))
    except (NotImplementedError, OverflowError, ValueError, KeyError, IndexError, TypeError):
        return ""


def _tidy(words: str) -> str:
    return "" if re.search(r"\d", words) else " ".join(words.replace(",", "").split())
