"""Roman numerals of kings, popes, wars and chapters."""

from __future__ import annotations

import re

from spokenform.language import roman
from spokenform.languages.en.figures import Variety, cardinal, ordinal
from spokenform.languages.en.tables import TABLES
from spokenform.word_lists import pairs, words

# Names that monarchs and popes have borne. After them a numeral is an ordinal.
_REGNAL = words(TABLES["roman_numerals"]["regnal"])
_RULERS = words(
    """King Queen Pope Emperor Empress Tsar Czar Kaiser Sultan Shah Prince Patriarch Grand Duke"""
)

# After these a numeral counts.
_COUNTED = words(TABLES["roman_numerals"]["counted"])
_LOWER_COUNTED = words(
    """act annex appendix article book category chapter class level mark part phase scene section stage
    table tier title type volume world grade factor"""
)

ROMAN = re.compile(
    r"\b(?P<word>[A-Za-zÀ-ÿ][\w’'-]*\.?)(?P<gap>[\s-])(?P<roman>[IVXLCDM]+)(?P<letter>[ab])?\b(?!\.[A-Z])(?![-’'][A-Z])"
)
# "chapters IV–VI"
FROM_TO = re.compile(r"\b(?P<word>[A-Za-z]+)\s(?P<low>[IVXLC]+)\s?[-–]\s?(?P<high>[IVXLC]+)\b")
BOOKS = (
    "Genesis|Exodus|Leviticus|Numbers|Deuteronomy|Joshua|Judges|Ruth|Samuel|Kings|Chronicles|Nehemiah|Esther|Job|Psalms?|"
    "Proverbs|Ecclesiastes|Isaiah|Jeremiah|Ezekiel|Daniel|Hosea|Amos|Micah|Matthew|Mark|Luke|John|Acts|Romans|"
    "Corinthians|Galatians|Ephesians|Philippians|Colossians|Thessalonians|Timothy|Titus|Hebrews|James|Peter|Jude|Revelation"
)
VERSE = re.compile(
    rf"\b(?:(?P<nth>[123])\s)?(?P<book>{BOOKS})\s(?P<chapter>\d{{1,3}}):(?P<verse>\d{{1,3}})(?:[-–](?P<to>\d{{1,3}}))?(?![\d:]|\s?[ap]\.?m)"
)
SHORT = pairs(TABLES["roman_numerals"]["books"])
SHORT_BOOKS = re.compile(rf"\b(?P<book>{'|'.join(SHORT)})\.?(?=\s\d{{1,3}}:\d)|\b(?P<psalm>Ps)\.(?=\s\d)")
NTH_BOOK = re.compile(
    r"(?<![\w,.-])(?P<nth>[123])\s(?=(?:Corinthians|Thessalonians|Timothy|Samuel|Chronicles|Maccabees)\b)"
)
OLYMPIADS = re.compile(r"\b(?P<the>the|The)\s(?P<roman>[IVXL]{2,})\b")
# The name of a chapter, or a numeral that can be nothing else.
_PROPER = r"L?X{0,3}(?:IX|IV|V?I{0,3})"
LONE = re.compile(rf"^(?=[IVXL]{{2}}){_PROPER}(?=\.?$)")
LONGER = re.compile(rf"(?<![\w.&'-])(?=[IVXL]{{3}})(?!XXX\b|LIV\b|LIX\b){_PROPER}(?!\.\w|[\w&'-])")
WORLD_WARS = re.compile(r"\bWW\s?(?P<roman>I{1,3}|[123])\b")
# What only *I* does: at the head of a sentence "Charles I was" is about a king.
SPEAKS_NOW = re.compile(
    r"\s(?:am|have|do|think|will|can|know|want|say|see|go|don|love|hope|believe|mean|like)\b"
)
SPEAKS = re.compile(
    r"\s(?:am|was|have|had|do|did|think|thought|will|would|can|could|know|knew|want|said|say|saw|see|went|go|just|"
    r"don|didn|love|hope|believe|mean|met|like|never|always|and my)\b"
)


def say_roman_numerals(text: str, variety: Variety) -> str:
    """``Charles III`` is Charles the third, ``World War II`` world war two; ``I`` and ``CD`` are none."""

    def numeral(match: re.Match[str]) -> str:
        word, printed = match["word"].rstrip("."), match["roman"]
        value = roman(printed)
        if value is None:
            return match.group()
        before, after = match.string[: match.start()], match.string[match.end() :]
        letter = f" {match['letter']}" if match["letter"] else ""
        if _counts(word):
            if printed in {"C", "D", "M", "CD", "DC", "L"} and not before.rstrip().endswith(
                ("Super", "Chapter")
            ):
                return match.group()
            return f"{match['word']}{match['gap']}{cardinal(value, variety)}{letter}"
        if _is_ordinal(word, printed, before, after):
            return f"{match['word']} the {ordinal(value, variety)}"
        return match.group()

    text = LONE.sub(lambda match: cardinal(roman(match.group()) or 0, variety), text)
    text = FROM_TO.sub(lambda match: _from_to(match, variety), text)
    text = WORLD_WARS.sub(lambda match: f"World War {_war(match['roman'])}", text)
    text = OLYMPIADS.sub(lambda match: _olympiad(match, variety), text)
    text = ROMAN.sub(numeral, text)
    return LONGER.sub(lambda match: cardinal(roman(match.group()) or 0, variety), text)


def _from_to(match: re.Match[str], variety: Variety) -> str:
    word = match["word"]
    low, high = roman(match["low"]), roman(match["high"])
    if low is None or high is None or low >= high or not _counts(word.removesuffix("s")):
        return match.group()
    return f"{word} {cardinal(low, variety)} to {cardinal(high, variety)}"


def _counts(word: str) -> bool:
    """Whether a numeral after the word is a number, as in ``Act IV``."""
    return word in _COUNTED or word in _LOWER_COUNTED or word.capitalize() in _COUNTED


def say_verses(text: str, variety: Variety) -> str:
    """``1 Corinthians 13:4-7`` is first Corinthians thirteen, four to seven."""

    def verse(match: re.Match[str]) -> str:
        nth = f"{ordinal(int(match['nth']), variety)} " if match["nth"] else ""
        to = f" to {cardinal(int(match['to']), variety)}" if match["to"] else ""
        chapter, first = (cardinal(int(match[key]), variety) for key in ("chapter", "verse"))
        return f"{nth}{match['book']} {chapter}, {first}{to}"

    text = SHORT_BOOKS.sub(lambda match: SHORT[match["book"] or match["psalm"]], text)
    text = VERSE.sub(verse, text)
    return NTH_BOOK.sub(lambda match: f"{ordinal(int(match['nth']), variety)} ", text)


def _war(numeral: str) -> str:
    return ("one", "two", "three")[(int(numeral) if numeral.isdigit() else len(numeral)) - 1]


def _olympiad(match: re.Match[str], variety: Variety) -> str:
    value = roman(match["roman"])
    return f"{match['the']} {ordinal(value, variety)}" if value else match.group()


def _is_ordinal(word: str, numeral: str, before: str, after: str) -> bool:
    """A name of rulers takes any numeral up to XXX; another name only what is no word or initial."""
    ruler = bool(set(before.split()[-2:]) & _RULERS)
    if set(numeral) - set("IVX"):
        return False
    if word in _REGNAL or (ruler and word[0].isupper()):
        if numeral == "I":
            begins = not before.strip() or before.rstrip().endswith((".", "?", "!", "“"))
            speaks = SPEAKS_NOW if begins else SPEAKS
            return ruler or not (speaks.match(after) or word == "Malcolm")
        return not (numeral in {"V", "X"} and not ruler and word in {"Malcolm", "Victor", "Martin"})
    return (
        word[0].isupper() and numeral in {"II", "III", "IV", "VI", "VII", "VIII", "IX"} and not word.isupper()
    )
