"""Arabic: its words; numbers are kept simple, and nouns stay as they are printed."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.calendar import DAY_FIRST, DayFirst
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import Language
from spokenform.rules import Rule
from spokenform.word_lists import alike, listed, pairs, several, words

# What the rules of CLDR write otherwise than newspapers do.
RESPELLED = (
    ("إثن", "اثن"),
    ("إحدى عشر(?!ة)", "أحد عشر"),
    (r"(ثلاث|أربع|خمس|ست|سبع|تسع)ة? مائة", r"\1مائة"),
    ("ثمانية? مائة|ثماني مائة", "ثمانمائة"),
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
    return re.sub(r"(?<=[رثعسمن])ون(?= |$)", "ين", said).replace("ألفان", "ألفين").replace("مائتان", "مائتين")


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


LANGUAGE = Arabic(
    tag="ar",
    plurals=("one", "two", "few", "many", "other"),
    months=listed("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
    short_months={
        "كانون الثاني": 1,
        "شباط": 2,
        "آذار": 3,
        "نيسان": 4,
        "أيار": 5,
        "حزيران": 6,
        "تموز": 7,
        "آب": 8,
        "أيلول": 9,
        "تشرين الأول": 10,
        "تشرين الثاني": 11,
        "كانون الأول": 12,
    },
    comma="فاصلة",
    percent="في المئة",
    permille="في الألف",
    minus="ناقص",
    plus="زائد",
    until="إلى",
    score="مقابل",
    dot="نقطة",
    at="آت",
    hashtag="وسم",
    one="واحد",
    conjunction="و",
    per="في",
    half="نصف",
    day=_day,
    year=_year,
    clock=_clock,
    before_hours="الساعة",
    before_year="عام|سنة|العام|منذ|في|منتصف|نهاية|بداية|لعام|بعام|لسنة|مونديال|أولمبياد",
    feminine_ending="(?:ة|ات)$",
    feminine_one="واحدة",
    cents=("سنت", "سنتان", "سنتات", "سنتا", "سنت"),
    cents_link=" و",
    cents_named=True,
    thousand="ألف",
    currencies=several(
        """$ USD = دولار/دولاران/دولارات/دولارا/دولار
        £ GBP = جنيه إسترليني/جنيهان إسترلينيان/جنيهات إسترلينية/جنيها إسترلينيا/جنيه إسترليني
        ¥ = ين/ينان/ينات/ينا/ين; ₽ = روبل/روبلان/روبلات/روبلا/روبل; ₺ = ليرة/ليرتان/ليرات/ليرة/ليرة"""
    )
    | alike("€ EUR = يورو"),
    magnitudes=several(
        """مليون ملايين = مليون/مليونان/ملايين/مليون/مليون; مليار مليارات = مليار/ملياران/مليارات/مليار/مليار
        تريليون = تريليون/تريليونان/تريليونات/تريليون/تريليون; ألف آلاف = ألف/ألفان/آلاف/ألف/ألف"""
    ),
    units=several(
        """كم km = كيلومتر/كيلومتران/كيلومترات/كيلومترا/كيلومتر; م m = متر/متران/أمتار/مترا/متر
        سم cm = سنتيمتر/سنتيمتران/سنتيمترات/سنتيمترا/سنتيمتر
        كغ كجم kg = كيلوغرام/كيلوغرامان/كيلوغرامات/كيلوغراما/كيلوغرام
        km/h كم/س = كيلومتر في الساعة/كيلومتران في الساعة/كيلومترات في الساعة/كيلومترا في الساعة
        °C °م = درجة مئوية/درجتان مئويتان/درجات مئوية/درجة مئوية/درجة مئوية; ° = درجة/درجتان/درجات/درجة/درجة
        م² كم² = متر مربع/متران مربعان/أمتار مربعة/مترا مربعا/متر مربع; لتر L = لتر/لتران/لترات/لترا/لتر"""
    )
    | several("كم² km² = كيلومتر مربع/كيلومتران مربعان/كيلومترات مربعة/كيلومترا مربعا/كيلومتر مربع"),
    abbreviations=(
        (r"\bد\.(?=\s?[ء-ي]{2})", "الدكتور "),
        (r"(?<=\d)\s?م\.?(?=\s*(?:$|[،.)]))", " ميلادي"),
        (r"(?<=\d)\s?هـ", " هجري"),
    ),
    signs=pairs(
        "& = و; + = زائد; = = يساوي; × = في; % = في المئة; € = يورو; $ = دولار; £ = جنيه; @ = آت; ° = درجة"
    ),
    particles=words("و في من إلى على عن مع أن ما هذا هذه التي الذي كان كانت قال بين بعد قبل أو ثم لا لم"),
    arc=(
        ("درجة", "درجتان", "درجات", "درجة"),
        ("دقيقة", "دقيقتان", "دقائق", "دقيقة"),
        ("ثانية", "ثانيتان", "ثوان", "ثانية"),
    ),
    power="أس",
)

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
    return AND.sub(r"\1", text)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Arabic."""
    source = "Unicode CLDR 46; observed in newspapers"
    own: dict[Kind, tuple[RuleFor[Arabic], ...]] = {
        Kind.IDENTIFIERS: (RuleFor(read_marks, source, figures=True), *DAY_FIRST[Kind.IDENTIFIERS]),
        Kind.SIGNS: (RuleFor(say_pairs, source), *DAY_FIRST[Kind.SIGNS]),
    }
    return row(LANGUAGE, {**DAY_FIRST, **own})
