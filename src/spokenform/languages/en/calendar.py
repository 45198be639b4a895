"""Dates, years and decades."""

from __future__ import annotations

import re

from spokenform.language import full_year
from spokenform.languages.en.figures import (
    Variety,
    below_hundred,
    cardinal,
    counts,
    ordinal,
    plural,
    year,
)
from spokenform.languages.en.letters import spelled
from spokenform.word_lists import pairs

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
SHORT = {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8, "Sept": 9, "Sep": 9, "Oct": 10,
    "Nov": 11, "Dec": 12,
}  # fmt: skip
NUMBERED = {name: number for number, name in enumerate(MONTHS, 1)} | SHORT
# A headline has them in capitals.
NUMBERED |= {name.upper(): number for name, number in NUMBERED.items()}
# Some write them small; "may" and "march" then mean something else.
NUMBERED |= {name.lower(): number for number, name in enumerate(MONTHS, 1) if name not in {"March", "May"}}
NUMBERED |= {name.lower(): number for name, number in SHORT.items() if name != "Mar"}
WEEKDAYS = pairs(
    """Mon = Monday; Tues = Tuesday; Tue = Tuesday; Weds = Wednesday; Wed = Wednesday; Thurs = Thursday
    Thur = Thursday; Thu = Thursday; Fri = Friday; Sat = Saturday; Sun = Sunday"""
)

_MONTH = rf"(?P<month>(?:{'|'.join(NUMBERED)})\b\.?)"
_NTH = r"(?:st|nd|rd|th)?"
_DASH = r"\s?(?:[-–—]|to)\s?"

ISO = re.compile(
    r"(?<![\w/-])(?P<year>\d{4})(?P<mark>[-/])(?P<month>[01]\d)(?P=mark)(?P<day>[0-3]\d)"
    r"(?:T(?P<time>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?![\w/-])"
)
FIGURES = re.compile(r"(?<![\w./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\w/-]|\.\d)")
MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s(?:the\s)?(?P<day>[0-3]?\d){_NTH}(?:{_DASH}(?P<last>[0-3]?\d){_NTH})?"
    r"(?:,?\s(?P<year>[12]\d{3}))?(?!\d|[.,:]\d|\s?[%$£€])\b"
)
DAY_FIRST = re.compile(
    rf"(?<![\w.,:/$£€-])(?P<the>the\s)?(?P<day>[0-3]?\d){_NTH}(?:{_DASH}(?P<last>[0-3]?\d){_NTH})?"
    rf"\s(?P<of>of\s)?{_MONTH}(?:,?\s(?P<year>[12]\d{{3}}))?(?!\d|:\d)",
)
WEEKDAY_NTH = re.compile(
    rf"\b(?P<name>{'|'.join(WEEKDAYS.values())})\s(?:the\s)?(?P<day>[0-3]?\d)(?:st|nd|rd|th)\b"
)
# "15-Jan-2020", "Jan-15-2020"
TIED = re.compile(
    rf"(?<![\w-])(?:(?P<day>[0-3]?\d)-(?P<month>{'|'.join(NUMBERED)})-|(?P<first>{'|'.join(NUMBERED)})-(?P<nth>[0-3]?\d)-)"
    r"(?P<year>\d{4}|\d\d)(?![\w-])"
)
MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s(?P<year>[12]\d{{3}})(?!\d|[:,.]\d)\b")
LONE_MONTH = re.compile(
    rf"(?<=\bin\s)({'|'.join(SHORT)})\b\.?(?!\s[A-Z])|(?<=\b(?:of|by|to)\s)({'|'.join(SHORT)})\.(?!\s[A-Z])"
    rf"|(?<=\b(?:last|next|late)\s)({'|'.join(SHORT)})\b\.?(?!\s[A-Z])"
    rf"|(?<=\b(?:since|until|early)\s)({'|'.join(SHORT)})\."
    rf"|\b({'|'.join(SHORT)})\b\.?(?=\s['’]\d\d\b)|^({'|'.join(SHORT)})\.(?=\s(?:was|is|will|has|had|saw|brought)\b)"
    rf"|\b({'|'.join(month for month in SHORT if month != 'Mar')})\."
    r"(?=\s(?:delivery|futures|contract|meeting|issue|election|report|data|figures|sales|vote|session|deadline|"
    r"trial|hearing|launch|release)s?\b)"
)
DATE_TO_DATE = re.compile(rf"(?<=\d)\s?[-–—]\s?(?=(?:{'|'.join(NUMBERED)})\b)")
_NAMES = "|".join(NUMBERED)
DATE_TO_DAY = re.compile(rf"(?<=\d\s)(?P<month>{_NAMES})\.?\s?[-–—]\s?(?=\d{{1,2}}\s(?:{_NAMES})\b)")
MID_MONTH = re.compile(
    rf"(?P<part>\b(?:[Mm]id|[Ee]arly|[Ll]ate)[\s-])(?P<month>{'|'.join(SHORT)})\b\.?(?!\s\d)"
)
WEEKDAY = re.compile(
    rf"\b(?P<name>Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|(?:Sat|Sun)(?=\.(?:,?\s\d|,|\s(?:at|and|to|night|morning|afternoon|evening))))\.(?=[\s,–-])|\b(?P<open>Sat|Sun)(?=:?\s(?:1?\d(?:[:.]\d\d)?\s?(?:[ap]m)?\s?[-–]\s?1?\d|closed\b))|\b(?P<last>Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|(?<=[a-z]\s)S(?:at|un))\.$"
    rf"|\b(?P<sure>{'|'.join(WEEKDAYS)})\b\.?(?=,?\s(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?(?:{'|'.join(NUMBERED)})\b|\d{{1,2}}/\d{{1,2}}\b))"
)
DECADE = re.compile(r"\b(?P<decade>(?:1\d|20)\d0)[’']?s\b")
ROUNDED = re.compile(r"(?<![\w.,-])(?P<round>10{1,6}|10{0,2},000|1,000,000)s\b")
DECADES = re.compile(r"(?P<first>\b(?:1\d|20)\d0[’']?s)\s?[-–]\s?(?=(?:\d\d)?\d0s\b)")
SHORT_DECADE = re.compile(r"(?<!\w)[’'‘](?P<decade>\d0)[’']?s\b")
TENS = re.compile(
    r"(?P<before>\b(?:in|the|his|her|their|my|our|your|mid|late|early|low|high|upper|into)[\s-]|(?<=ies\s)(?:and|or|to)\s)"
    r"(?P<tens>[2-9]0|00)[’']?s\b"
)
# "a 60s delay"; but "a 90s band" is of the nineties, as is whatever does not last so long.
SECONDS = re.compile(
    r"(?P<a>\b[Aa]n?\s)(?P<n>[1-5]0|[6-9]0(?=s\s(?:ad|advert|break|burst|clip|countdown|delay|gap|interval|lap|lead|limit|"
    r"margin|pause|penalty|ride|run|sprint|spot|timeout|timer|video|wait|warning|window)\b))s\b"
)
TENS_OF_A_CENTURY = re.compile(r"(?P<before>\b[Aa]n?\s)(?P<tens>[6-9]0)s\b")
LONE_TENS = re.compile(r"(?<![\w.,:-])(?P<tens>[2-9]0)[’']?s\b")
SHORT_YEAR = re.compile(r"(?<=\s)[’'‘](?P<year>\d\d)\b(?![’'])|^[’'‘](?P<first>\d\d)\b(?![’'])")
YEARS = re.compile(
    r"(?<![\w.,:/$£€–-])(?P<first>1\d{3}|20\d\d)\s?(?P<mark>[-–—/])\s?(?P<last>[12]\d{3}|\d\d)(?![\w/:–-]|[.,]\d)"
)
ERA = re.compile(
    r"(?<![\w.,])(?P<years>\d{1,4})(?:\s?[-–]\s?(?P<last>\d{1,4}))?\s?(?P<era>BCE|BC|CE|AD|B\.C\.E?\.?|A\.D\.)(?!\w)"
)
ERA_BEFORE = re.compile(r"\b(?P<era>AD|A\.D\.)\s?(?P<years>\d{1,4})\b")
YEAR = re.compile(
    r"(?:(?<![\w.,:/$£€#-])|(?<=[a-z]-))(?P<year>1[1-9]\d\d|10[0-9]{2}|20\d\d)(?![\w/]|[.,:]\d|-\d|\s?[%°])"
)
# "There were 2010 applicants."
AMOUNTS_TO = re.compile(
    r"\b(?:there (?:were|are|have been)|exactly|only|just|more than|fewer than|less than|almost|nearly|"
    r"total of|up to|all|another|some) $",
    re.IGNORECASE,
)
SEVERAL = re.compile(r" [a-z]{3,}s\b(?<!ss)")
YEAR_OF = re.compile(r"(?<=\byear\s)(?P<year>\d{3,4})\b")
QUARTER = re.compile(r"\b(?P<which>[QHqh])(?P<number>[1-4])\s(?P<year>20\d\d|19\d\d)\b")
PERIOD = re.compile(r"(?<![\w.,-])(?P<number>[1-4])(?P<which>[QHqh])\s?[’']?(?P<year>(?:20)?[0-4]\d)\b")
DAY_AND_MONTH = re.compile(r"(?<![\w./-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/]|\.\d)")
COMMON = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 25, 32, 50, 64, 100))
DATED = re.compile(
    rf"\b(?:(?:on|by|until|since|from|before|after|dated|due|(?:ended|ends|expire[sd]?|opens?|opened|closes?|closed|starts?|"
    rf"started|begins?|began|runs?)(?:\son)?|(?:{'|'.join((*WEEKDAYS.values(), *WEEKDAYS))})\.?,?))\s$",
    re.IGNORECASE,
)


def say_iso_dates(text: str, variety: Variety) -> str:
    """``2026-11-03`` is November third, twenty twenty-six; a time of day stays for its rule."""

    def date(match: re.Match[str]) -> str:
        said = _date(int(match["day"]), int(match["month"]), match["year"], variety) or match.group()
        zone = {"Z": " UTC", None: ""}.get(match["zone"], "")
        return f"{said}, {match['time']}{zone}" if match["time"] else said

    return ISO.sub(date, text)


def say_dates_in_figures(text: str, variety: Variety) -> str:
    """``11/3/2026`` is in November in America and in March in Britain, unless only one can be."""

    def date(match: re.Match[str]) -> str:
        first, mark, second, printed_year = match.groups()
        day, month = _ordered(int(first), int(second), day_first=variety.british or mark == ".")
        if len(printed_year) == 2:
            printed_year = str(full_year(printed_year))
        return _date(day, month, printed_year, variety) or match.group()

    def short(match: re.Match[str]) -> str:
        a, b = int(match["a"]), int(match["b"])
        dated = DATED.search(match.string[: match.start()]) is not None
        if not dated and (not variety.british or b in COMMON or a > b):
            return match.group()
        day, month = _ordered(a, b, day_first=variety.british)
        return _date(day, month, "", variety) or match.group()

    def tied(match: re.Match[str]) -> str:
        printed = match["year"]
        full = full_year(printed)
        if match["first"]:
            return f"{match['first']} {match['nth']}, {full}"
        return f"{match['day']} {match['month']} {full}"

    return DAY_AND_MONTH.sub(short, FIGURES.sub(date, TIED.sub(tied, text) if "-" in text else text))


def _ordered(first: int, second: int, *, day_first: bool) -> tuple[int, int]:
    if second > 12 or (first <= 12 and not day_first):
        return second, first
    return first, second


def _date(day: int, month: int, printed_year: str, variety: Variety) -> str:
    """Nothing where there is no such day."""
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return ""
    nth = ordinal(day, variety)
    said = f"the {nth} of {MONTHS[month - 1]}" if variety.british else f"{MONTHS[month - 1]} {nth}"
    if not printed_year:
        return said
    link = " " if variety.british else ", "
    return f"{said}{link}{year(int(printed_year), variety)}"


def say_dates(text: str, variety: Variety) -> str:
    """``Nov. 3, 2026`` is November third, twenty twenty-six; ``3 November`` the third of November."""

    def month_first(match: re.Match[str]) -> str:
        return f"{_month(match)} {_days(match, variety)}{_year(match, variety, ', ')}"

    def day_first(match: re.Match[str]) -> str:
        the = match["the"] or ("" if match["of"] else "the ")
        return f"{the}{_days(match, variety)} of {_month(match)}{_year(match, variety, ' ')}"

    def month_year(match: re.Match[str]) -> str:
        return f"{_month(match)} {year(int(match['year']), variety)}"

    text = DAY_FIRST.sub(day_first, text)
    text = WEEKDAY_NTH.sub(lambda match: f"{match['name']} the {ordinal(int(match['day']), variety)}", text)
    return MONTH_YEAR.sub(month_year, MONTH_FIRST.sub(month_first, text))


def _month(match: re.Match[str]) -> str:
    return MONTHS[NUMBERED[match["month"].rstrip(".")] - 1]


def _days(match: re.Match[str], variety: Variety) -> str:
    first = ordinal(int(match["day"]), variety)
    return f"{first} to {ordinal(int(match['last']), variety)}" if match["last"] else first


def _year(match: re.Match[str], variety: Variety, link: str) -> str:
    return f"{link}{year(int(match['year']), variety)}" if match["year"] else ""


def name_months_and_days(text: str, _variety: Variety) -> str:
    """``in Feb.`` and ``Mon 4 Aug`` name month and weekday; elsewhere the letters may be a name."""

    def weekday(match: re.Match[str]) -> str:
        return WEEKDAYS[match["name"] or match["last"] or match["sure"] or match["open"]] + (
            "." if match["last"] else ""
        )

    text = DATE_TO_DAY.sub(r"\g<month> to ", DATE_TO_DATE.sub(" to ", text))
    text = MID_MONTH.sub(lambda match: match["part"] + MONTHS[NUMBERED[match["month"]] - 1], text)
    named = WEEKDAY.sub(weekday, text)
    return LONE_MONTH.sub(lambda match: MONTHS[NUMBERED[match.group().rstrip(".")] - 1], named)


def say_decades(text: str, variety: Variety) -> str:
    """``the 1980s``, ``the '90s``, ``in his 30s``."""
    text = DECADES.sub(r"\g<first> to ", ROUNDED.sub(_round, text))
    text = DECADE.sub(lambda match: plural(year(int(match["decade"]), variety)), text)
    text = SHORT_DECADE.sub(lambda match: _tens(int(match["decade"])), text)
    text = SECONDS.sub(lambda match: f"{match['a']}{below_hundred(int(match['n']))} second", text)
    for pattern in (TENS_OF_A_CENTURY, TENS):
        text = pattern.sub(lambda match: match["before"] + _tens(int(match["tens"])), text)
    return LONE_TENS.sub(lambda match: _tens(int(match["tens"])), text)


ROUND = {"10": "tens", "100": "hundreds", "1000": "thousands", "10000": "tens of thousands",
         "100000": "hundreds of thousands", "1000000": "millions"}  # fmt: skip


def _round(match: re.Match[str]) -> str:
    return ROUND[match["round"].replace(",", "")]


def _tens(value: int) -> str:
    return "two thousands" if value == 0 else plural(below_hundred(value))


CIRCA = re.compile(
    r"\bca?\.\s?(?=\d{1,4}\s?(?:BC|AD|CE|B\.C|A\.D)|\d{3,4}\b)|\bc\.?(?=\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m)|\bc(?=[£$€]\d)"
)


TILDE = re.compile(r"(?<!\w)[~∼]\s?(?=[\d$£€])")


def say_circa(text: str, _variety: Variety) -> str:
    """``c9.45pm`` is circa nine forty-five P M, ``~2 a.m.`` about two."""
    return TILDE.sub("about ", CIRCA.sub("circa ", text)) if "c" in text or "~" in text else text


def say_eras(text: str, variety: Variety) -> str:
    """``44 BC`` is forty-four B C, ``AD 476`` A D four seventy-six."""

    def after(match: re.Match[str]) -> str:
        last = f" to {year(int(match['last']), variety)}" if match["last"] else ""
        return f"{year(int(match['years']), variety)}{last} {_spelled(match['era'])}"

    text = ERA.sub(after, text)
    return ERA_BEFORE.sub(
        lambda match: f"{_spelled(match['era'])} {year(int(match['years']), variety)}", text
    )


def _spelled(era: str) -> str:
    return spelled(era.replace(".", ""))


def say_spans_of_years(text: str, variety: Variety) -> str:
    """``1914-18`` is nineteen fourteen to eighteen, ``2005-06`` two thousand and five to ... and six."""

    def span(match: re.Match[str]) -> str:
        first, last = int(match["first"]), int(match["last"])
        if last < 100 and not (last > first % 100 or last == (first + 1) % 100):
            return match.group()
        if last >= 100 and (last <= first or last > 2199 or counts(match.string[match.end() :])):
            return match.group()
        if last < 100 and last >= 10:
            return f"{year(first, variety)} to {below_hundred(last)}"
        full = last if last >= 100 else (first // 100 + (last < first % 100)) * 100 + last
        return f"{year(first, variety)} to {year(full, variety)}"

    return YEARS.sub(span, text)


def say_years(text: str, variety: Variety) -> str:
    """``in 2026`` is twenty twenty-six; ``1500 people`` are no year."""
    text = QUARTER.sub(
        lambda match: f"{match['which']} {match['number']} {year(int(match['year']), variety)}", text
    )
    text = PERIOD.sub(lambda match: _period(match, variety), text)

    def lone(match: re.Match[str]) -> str:
        after = match.string[match.end() :]
        if counts(after) or (AMOUNTS_TO.search(match.string[: match.start()]) and SEVERAL.match(after)):
            return cardinal(int(match["year"]), variety)
        return year(int(match["year"]), variety)

    text = SHORT_YEAR.sub(lambda match: _short(match["year"] or match["first"]), text)
    text = YEAR_OF.sub(lambda match: year(int(match["year"]), variety), text)
    return YEAR.sub(lone, text)


def _period(match: re.Match[str], variety: Variety) -> str:
    part = "quarter" if match["which"] in "Qq" else "half"
    return (
        f"{ordinal(int(match['number']), variety)} {part} of {year(2000 + int(match['year'][-2:]), variety)}"
    )


def _short(figures: str) -> str:
    return f"oh {below_hundred(int(figures))}" if figures.startswith("0") else below_hundred(int(figures))
