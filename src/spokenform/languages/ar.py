"""Arabic: its words; numbers are kept simple, and nouns stay as they are printed."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.calendar import DAY_FIRST, DayFirst
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import Language
from spokenform.rewriting import Rule
from spokenform.word_file import words_of
from spokenform.word_lists import listed

# What the rules of CLDR write otherwise than newspapers do.
RESPELLED = (
    ("إثن", "اثن"),
    ("إحدى عشر(?!ة)", "أحد عشر"),
    (r"(ثلاث|أربع|خمس|ست|سبع|تسع)ة? مائة", r"\1مائة"),
    ("ثمانية? مائة|ثماني مائة", "ثمانمائة"),
    (r"((?:ثلاث|أربع|خمس|ست|سبع|ثماني|تسع|عشر)ة) مليون", r"\1 ملايين"),
    (r"((?:ثلاث|أربع|خمس|ست|سبع|ثماني|تسع|عشر)ة) مليار", r"\1 مليارات"),
    (r"^ألفي(?= و|$)|^ألفين(?= و|$)", "ألفان"),
    (r"(?<!^)ألفين?(?= و|$)", "ألفين"),
)


class Arabic(DayFirst):
    """Numbers as newspapers write them; one and two stand behind their noun or in it."""

    def cardinal(self, value: int) -> str:
        """The number in words."""
        return _mended(numerals.cardinal(value, self.tag))

    def agreed(self, value: int, gender: str) -> str:
        """Before a feminine noun three to ten are without their ending."""
        if gender == "feminine" and value in FEMININE:
            return FEMININE[value]
        return _mended(numerals.cardinal(value, self.tag, gender if gender == "feminine" else "masculine"))

    def decimals(self, part: str) -> str:
        """The figures behind the comma."""
        return _mended(super().decimals(part))

    def fraction(self, top: int, bottom: int) -> str:
        """``2/3`` is two of a dual, ``3/4`` three quarters; the rest as a ratio."""
        if (top, bottom) == (1, 2):
            return self.half
        parts = PARTS.get(bottom)
        if not parts or not 0 < top < bottom:
            return f"{self.cardinal(top)} على {self.cardinal(bottom)}" if bottom else ""
        return parts[top - 1] if top < 3 else f"{self.cardinal(top)} {parts[2]}"


# Three to ten before a feminine noun.
FEMININE = dict(enumerate(listed("ثلاث أربع خمس ست سبع ثماني تسع عشر"), 3))
PARTS = {
    3: ("ثلث", "ثلثان", "أثلاث"),
    4: ("ربع", "ربعان", "أرباع"),
    5: ("خمس", "خمسان", "أخماس"),
    10: ("عشر", "عشران", "أعشار"),
}


def _mended(said: str) -> str:
    for pattern, respelled in RESPELLED:
        said = re.sub(pattern, respelled, said)
    return said


def _year(value: int, _before: str) -> str:
    """``2026`` behind *عام*: ألفين وستة وعشرين."""
    said = _mended(numerals.cardinal(value, "ar"))
    return (
        re.sub(r"(?<=[رثعسمن])ون(?= |$)", "ين", said)
        .replace("ألفان", "ألفين")
        .replace("مائتان", "مائتين")
        .replace("اثنان", "اثنين")
    )


def _day(value: int, _before: str) -> str:
    return f"{numerals.ordinal(value, 'ar')} من"


def _clock(hour: int, minute: int, before: str) -> str:
    """``18:30`` is السادسة والنصف مساء."""
    late = " مساء" if hour > 12 and not before.endswith("مساء") else ""
    hour = hour + 1 if minute == 45 else hour
    shown = hour % 12 or 12
    named = "الواحدة" if shown == 1 else numerals.ordinal(shown, "ar", "feminine")
    parts = {0: "", 15: " والربع", 20: " والثلث", 30: " والنصف", 45: " إلا الربع"}
    rest = parts.get(minute)
    if rest is None:
        rest = f" و{LANGUAGE.agreed(minute, 'feminine')} {LANGUAGE.counted(str(minute), LANGUAGE.arc[1])}"
    return named + rest + late


LANGUAGE = words_of(Arabic, __file__, day=_day, year=_year, clock=_clock)

MARKS = str.maketrans({"٪": "%", "٫": ",", "٬": "."})
POINT = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?![\d]|[.,]\d)")
# "and" and its like are written in one word with what follows.
PREFIX = re.compile(r"(?<![ء-ي])([وبلفك])ـ?(?=[\d$€£½¼¾])")
AND = re.compile(r"(?<![ء-ي])([وبلفك]) (?=[ء-ي])")
NAMED = re.compile(
    r"(?<![\w.,])(?P<n>واحد|واحدة|اثنان|اثنين|اثنتان) (?P<noun>دولار|يورو|كيلومتر|متر|جنيه)(?P<two>ان)?(?!\w)"
)


def read_marks(text: str, _language: Language) -> str:
    """``12.5%`` and ``١٢٫٥٪``: a comma before decimals, nothing between thousands."""

    def figures(match: re.Match[str]) -> str:
        whole = match[1].replace(",", "")
        return f"{whole},{match[2]}" if match[2] else whole

    return POINT.sub(figures, PREFIX.sub(r"\1 ", text.translate(MARKS)))


def say_pairs(text: str, _language: Language) -> str:
    """One and two of what is counted: دولار واحد, دولاران."""
    text = NAMED.sub(
        lambda match: f"{match['noun']}ان" if match["two"] else f"{match['noun']} {match['n']}", text
    )
    return AND.sub(r"\1", text.replace("مساء مساء", "مساء").replace("مساء مساءً", "مساءً"))


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Arabic."""
    source = "Unicode CLDR 46; observed in newspapers"
    own: dict[Kind, tuple[RuleFor[Arabic], ...]] = {
        Kind.IDENTIFIERS: (RuleFor(read_marks, source, figures=True), *DAY_FIRST[Kind.IDENTIFIERS]),
        Kind.SIGNS: (RuleFor(say_pairs, source), *DAY_FIRST[Kind.SIGNS]),
    }
    return row(LANGUAGE, {**DAY_FIRST, **own})
