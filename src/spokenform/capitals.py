"""Words in capitals: initialisms, words made of first letters, and headlines that shout."""

from __future__ import annotations

import re

from spokenform.language import Tongue, roman
from spokenform.rules import words

DOTTED = re.compile(r"\b(?:[A-ZÀ-Þ]\.\s?){2,}")
CAPITALS = re.compile(r"(?<![^\W_])(?P<word>[A-ZÀ-ÖØ-Þ]{2,})(?P<s>s|en)?(?![^\W_])")
CAMEL = re.compile(r"(?<!\w)[A-Z][a-z][A-Z](?!\w)")
VOWELS = re.compile("[AEIOUYÀ-ÖØ-Ý]")
AMPERSAND = re.compile(r"\b([A-Z]{1,2})\s?&\s?([A-Z]{1,2})\b")
# More than two letters of one kind in a row, and nobody could say it.
UNSAYABLE = re.compile(
    r"[BCDFGHJKLMNPQRSTVWXZ]{3}|[AEIOUY]{3}|^[BCDFGHJKLMNPQRSTVWXZ]{2}(?<![BCFGPTDKSV][LRHNTPKC])"
)
NUMERAL = re.compile(r"(?<![\w.&])(?=[IVX]{2}|[IVXL]{4})L?X{0,3}(?:IX|IV|V?I{0,3})(?!\.\w|[\w&])")
# Names of products that are short and yet words in every language: "737 MAX".
PRODUCTS = words("MAX PRO AIR")
# Shorter ones may all be initialisms.
LONG, LONGER = 5, 7


def say_other_numerals(text: str, tongue: Tongue) -> str:
    """``SGB II`` is zwei: a Roman numeral of two letters and more is never spelled."""
    return NUMERAL.sub(lambda match: tongue.cardinal(roman(match.group()) or 0), text)


def say_capitals(text: str, tongue: Tongue) -> str:
    """``EU`` is spelled, ``NATO`` is a word; a headline in capitals is words."""
    text = AMPERSAND.sub(rf"\1 {tongue.conjunction} \2", text)
    text = DOTTED.sub(lambda match: " ".join(re.findall(r"[^\W\d_]", match.group())) + " ", text)
    text = CAMEL.sub(lambda match: " ".join(match.group()), text)
    shouted = _shouted(text, tongue)

    def say(match: re.Match[str]) -> str:
        word = match["word"]
        if _spell(word, tongue, shouted=shouted):
            return " ".join(word) + (match["s"] or "")
        small = shouted and len(word) < 4 and word not in tongue.acronyms
        return (word.lower() if small else word.capitalize()) + (match["s"] or "")

    return CAPITALS.sub(say, text)


def _shouted(text: str, tongue: Tongue) -> bool:
    """Whether a text is a headline in capitals, and not a row of initialisms: ``PME, SNCF, RATP``.

    A headline has long words or small ones (*the*, *of*) in capitals too.
    """
    met = re.findall(r"[^\W\d_]{2,}", text)
    capitals = [word for word in met if word.isupper()]
    if len(met) < 3 or len(capitals) < 0.6 * len(met):
        return False
    least = LONGER if any(word.islower() for word in met) else LONG
    plain = (word for word in capitals if word not in tongue.acronyms and word not in tongue.spelled)
    return any(
        word.lower() in tongue.particles or (len(word) >= least and VOWELS.search(word)) for word in plain
    )


def _spell(word: str, tongue: Tongue, *, shouted: bool) -> bool:
    if word in tongue.acronyms or word in PRODUCTS:
        return False
    if word in tongue.spelled or not VOWELS.search(word):
        return True
    return not shouted and (len(word) < 4 or UNSAYABLE.search(word) is not None)
