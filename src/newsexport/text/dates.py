"""Dates: as people write them, as they are printed under a masthead and beside a byline, as they are said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache

from newsexport.text.wording import Calendar, languages, wording

# Dates as people write them under a headline.

# First three letters of a month; the languages are told apart by nothing else.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen", "feb fév", "mar mär mrz mrt", "apr avr abr", "may mai mag", "jun giu", "jul lug",
            "aug ago aoû", "sep set", "oct okt ott out", "nov", "dec dez dic déc",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
# What begins like one of them and is another: Finnish for November.
OTHERWISE = ("marras",)

DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?(?P<month>[^\W\d]{3,12})\.?,?\s+(?:de\s+)?(?P<year>\d{4})"
)
MONTH_FIRST = re.compile(
    r"(?P<month>[^\W\d]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
)
NUMERIC = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")
WEEKDAY = re.compile(r"^[^\W\d]{2,10}\.?,?\s+(?=\d|[^\W\d]{3,12}\.?\s+\d)")

# Longer than any date with its weekday, in characters.
LONGEST = 60
# The weekday of a pattern that does without.
NAMED_DAY = re.compile(r"^\{weekday\},? |,? \{weekday\}$")
# How nearly all languages write a date that have a month between a day and a year.
COMMON = ("{day} {month} {year}", "{day}. {month} {year}")


# A date within a line. Nothing may be added to it, so that the figures of an address or a price are none.
ISO = re.compile(
    r"(?<![\w./-])(?P<year>\d{4})(?:-(?P<month>\d\d)-(?P<day>\d\d)(?!\w)"
    r"|\s?([./-])\s?(?P<month2>\d{1,2})\s?\4\s?(?P<day2>\d{1,2})(?![\w/-]))"
)
MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:\s?(?:Z|[+-]\d\d:?\d\d))?(?!\w)"
)
FIGURES = re.compile(
    r"(?<![\w./-])(?P<first>\d{1,2})([./-])\s?(?P<second>\d{1,2})\2\s?(?P<year>\d{4})(?![\w/-])"
)
# The same with a year of two figures, where days always come first.
SHORT_YEAR = re.compile(r"(?<![\w./-])(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d\d)(?![\w./-]*\d)")
WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
WORDED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w./])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s/-]+(?:of\s|de\s)?{WORD}[\s,/-]+(?:del?\s)?(?P<year>\d{{4}})(?!\w)",
        rf"(?<![^\W_]){WORD}\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s)(?P<year>\d{{4}})(?!\w)",
        rf"(?<!\w)(?P<year>\d{{4}}),?\s{WORD}\s(?P<day>\d{{1,2}})(?!\w)",
    )
)
# Years of the Buddhist era, and of the present Japanese one.
BUDDHIST = range(2400, 2700)
# The century that is left out of ``Nov 18, '25``.
SHORTENED = re.compile(r"(?<=[\d\w,.]\s)['’](?=\d\d(?!\w))")
ERA = re.compile(r"令和\s?(\d{1,2}|元)\s?年")
FIGURE, YEAR, SEVERAL = re.compile(r"\d"), re.compile(r"\d{4}"), re.compile(r"\d\D+\d")
MONTH_FIRST_REGIONS = ("en-us", "en-ph", "es-us")
EARLIEST, LATEST = 1990, 2100
# Words beside the date of a change, in the languages that we have words in.
UPDATED = re.compile(
    r"(?i)updat|modifi|revis|edited|last (?:review|change)|aktualis|geändert|zuletzt|stand\b|mise? à jour"
    r"|\bmàj|actualiza|aggiornat|atualiza|bijgewerkt|gewijzigd|uppdaterad|opdater|oppdater|päivitet|обновлен|обновено"
    r"|изменен|оновлен|zaktualiz|aktualiz|frissít|ažurira|posodobljen|actualizat|atnaujin|atjaunin|uuendatud"
    r"|ενημερ|güncelle|diperbarui|cập nhật|更新|수정|업데이트|تحديث|به‌?روز|עודכן|अपडेट|อัปเดต"
)
PUBLISHED = re.compile(
    r"(?i)publi[shcké]|posted|created|veröffentlich|erschienen|erstellt|pubblicat|gepubliceerd|geplaatst|udgivet"
    r"|julkaist|опубл|публ[іи]к|opublik|zveřejn|közzét|megjelen|objav|paskelb|avaldatud|δημοσ|yayın|diterbitkan"
    r"|đăng|发布|發布|公開|掲載|입력|등록|게시|نشر|منتشر|פורסם|प्रकाशित|เผยแพร่"
)
# Longer lines are prose.
LONGEST_LINE = 400


def dates_in(line: str, language: str = "") -> list[tuple[int, datetime]]:
    """The dates in a line of a page, with where each begins: ``Last updated: 18 November 2025 at 14:05 GMT``.

    In figures alone, ``11/12/2026`` is one where the language is told and its readers know which is the
    month. A time of day is told only by ISO 8601; all else is midnight in UTC.
    """
    line = line[:LONGEST_LINE]
    if not FIGURE.search(line):
        return []
    line = " ".join(unicodedata.normalize("NFC", line).split())
    line = SHORTENED.sub("20", line)
    line = ERA.sub(lambda found: f"{2018 + (1 if found[1] == '元' else int(found[1]))}年", line)
    dotted = SHORT_YEAR.search(line) if language and not language.lower().startswith("en") else None
    if not dotted and not (YEAR.search(line) and SEVERAL.search(line)):
        return []
    found: dict[int, datetime] = {}
    for at, moment in (*_of_figures(line, language), *_of_words(line, language)):
        if moment and EARLIEST <= moment.year <= LATEST:
            found.setdefault(at, moment)
    if dotted and (short := _midnight(2000 + int(dotted["year"]), int(dotted["month"]), int(dotted["day"]))):
        found.setdefault(dotted.start(), short)
    return sorted(found.items())


def _of_figures(line: str, language: str) -> Iterator[tuple[int, datetime | None]]:
    for found in MOMENT.finditer(line):
        yield found.start(), _iso(re.sub(r"\s(?=[Z+-])", "", found[0]))
    for found in ISO.finditer(line):
        told = found["month"] or found["month2"], found["day"] or found["day2"]
        yield found.start(), _midnight(int(found["year"]), *map(int, told))
    for found in FIGURES.finditer(line):
        first, second = int(found["first"]), int(found["second"])
        tag = language.lower()
        if second > 12 or (found[2] == "/" and tag in MONTH_FIRST_REGIONS):
            first, second = second, first
        elif found[2] == "/" and tag in {"", "en"} and first <= 12 and first != second:
            continue
        yield found.start(), _midnight(int(found["year"]), second, first)


def _of_words(line: str, language: str) -> Iterator[tuple[int, datetime | None]]:
    for form in WORDED:
        for found in form.finditer(line):
            if month := _month(found["month"].casefold(), language):
                yield found.start(), _midnight(int(found["year"]), month, int(found["day"]))
    own = wording(language)
    if language and own.speaks(language):
        yield from _of_calendar(line, own.calendar)
    told = {pair for calendar in _calendars() for pair in _of_calendar(line, calendar)}
    places = [at for at, _ in told]
    yield from (pair for pair in told if places.count(pair[0]) == 1)


def _of_calendar(line: str, calendar: Calendar) -> Iterator[tuple[int, datetime]]:
    for form in _forms(calendar) if _may_name(line, calendar) else ():
        for found in re.finditer(rf"(?<!\d)(?:{form.pattern})(?!\d)", line, re.IGNORECASE):
            if moment := _told(found, calendar):
                yield found.start(), moment


@cache
def _month(word: str, language: str) -> int:
    """The number of the month that a word in small letters is the name of, or begins; else 0."""
    own = wording(language)
    tags = [*([language] if language and own.speaks(language) else []), ""]
    for calendars in ([wording(tag).calendar] if tag else _calendars() for tag in tags):
        numbers = {
            number
            for calendar in calendars
            for name, number in _names(calendar).items()
            if name.startswith(word)
        }
        if len(numbers) == 1:
            return numbers.pop()
    return MONTHS.get(word, 0)


# A month and a year, and nothing else.
MONTH_OF_YEAR = re.compile(
    r"(?P<year>\d{4})\s?[-/年.]\s?(?P<figure>\d{1,2})\s?月?|(?P<month>[^\W\d_]{3,12})\.?,?\s+(?:del?\s+)?(?P<year2>\d{4})"
)


def month_in(text: str, language: str = "") -> datetime | None:
    """The first day of a month that is all that a text tells of a day: ``March 2026``, ``2026-03``.

    Before it may stand the word for publishing.
    """
    told = " ".join(text.split())
    words = told.split(" ")
    for start in range(min(len(words), 3)):
        found = MONTH_OF_YEAR.fullmatch(" ".join(words[start:]).strip(" .:"))
        if found and (start == 0 or PUBLISHED.search(" ".join(words[:start]))):
            year = int(found["year"] or found["year2"])
            month = int(found["figure"] or 0) or _month((found["month"] or "").casefold(), language)
            if EARLIEST <= year <= LATEST and 1 <= month <= 12:
                return datetime(year, month, 1, tzinfo=UTC)
    return None


def is_of_calendar(word: str, language: str) -> bool:
    """Whether a word is, or begins, the name of a month or of a day of the week."""
    folded = word.casefold()
    days = (day.casefold() for tag in (language, "en") for day in wording(tag).calendar.weekdays)
    return bool(_month(folded, language)) or any(day.startswith(folded) for day in days)


@cache
def weekdays() -> frozenset[str]:
    """The names of the days of the week in every language that we have words in, in small letters."""
    return frozenset(day.casefold() for calendar in _calendars() for day in calendar.weekdays)


def _calendars() -> list[Calendar]:
    return [wording(tag).calendar for tag in languages()]


def dated(field: str, language: str = "") -> datetime | None:
    """The date that a field of data holds, with whatever stands around it; None when it holds none."""
    return parse_date(field, language) or next((moment for _, moment in dates_in(field, language)), None)


def parse_date(text: str, language: str = "") -> datetime | None:
    """The moment a text names, aware; None when it names none.

    Read are ISO 8601, RFC 5322 (as in e-mail), ``23 November 2026``, ``Nov. 23, 2026``
    (also with the months of German, French, Spanish, Italian and Portuguese), ``23.11.2026``, and
    whole dates as every language that we have words in writes them. ``11/12/2026`` is not, because
    nobody can know what it means, and neither is a month that is another one in another
    language, as ``listopada`` in Polish and Croatian, unless the language of the text is told.
    """
    text = text.strip()
    return _iso(text) or _written(text) or mail_date(text) or _in_words(text, language)


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _written(text: str) -> datetime | None:
    for bare in (text, WEEKDAY.sub("", text)):
        for form in (DAY_FIRST, MONTH_FIRST, NUMERIC):
            if found := form.fullmatch(bare):
                return _day(found["year"], found["month"], found["day"])
    return None


def _day(year: str, month: str, day: str) -> datetime | None:
    name = "" if month.lower().startswith(OTHERWISE) else month[:3].lower()
    return _midnight(int(year), int(month) if month.isdecimal() else MONTHS.get(name, 0), int(day))


def _midnight(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def from_seconds(seconds: object) -> str:
    """A moment in whole seconds since 1970 as ISO 8601; nothing for what is none, or later than 2106."""
    if not isinstance(seconds, int) or not 0 < seconds < 2**32:
        return ""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def mail_date(text: str) -> datetime | None:
    """The moment of a date as mail and HTTP have it, aware, without a zone in UTC; None where it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _in_words(text: str, language: str) -> datetime | None:
    """The date in the language of the text, or the one date it is in any."""
    if len(text) > LONGEST or not re.search(r"\d{4}", text):
        return None
    text = " ".join(unicodedata.normalize("NFC", text).split())
    words = wording(language)
    if language and words.speaks(language) and (known := _in_calendar(text, words.calendar)):
        return known
    found = {_in_calendar(text, calendar) for calendar in _calendars()} - {None}
    return found.pop() if len(found) == 1 else None


def _in_calendar(text: str, calendar: Calendar) -> datetime | None:
    matches = (form.fullmatch(text) for form in (_forms(calendar) if _may_name(text, calendar) else ()))
    return next((_told(found, calendar) for found in matches if found), None)


def _may_name(text: str, calendar: Calendar) -> bool:
    folded = text.casefold()
    return "{month_number}" in calendar.date or any(name in folded for name in _names(calendar))


def _told(found: re.Match[str], calendar: Calendar) -> datetime | None:
    told = found.groupdict()
    month = int(told["number"]) if told.get("number") else _names(calendar)[told["month"].casefold()]
    year = int(told["year"])
    return _midnight(year - 543 if year in BUDDHIST else year, month, int(told["day"]))


@cache
def _names(calendar: Calendar) -> dict[str, int]:
    """The number of each month by its name in small letters, in a date and alone."""
    rows = (calendar.months_alone, calendar.months)
    return {name.casefold(): number for row in rows for number, name in enumerate(row, 1)}


@cache
def _forms(calendar: Calendar) -> tuple[re.Pattern[str], ...]:
    """What dates look like: by the patterns and `COMMON`, with and without a weekday and what they end in."""
    known = (calendar.full_date, calendar.date, calendar.spoken_date)
    patterns = [*known, *(NAMED_DAY.sub("", written) for written in known), *COMMON]
    bare = (written[: written.rfind("}") + 1] for written in patterns)
    months = "|".join(
        map(re.escape, sorted((*calendar.months, *calendar.months_alone), key=len, reverse=True))
    )
    parts = {
        "{day}": rf"(?P<day>\d{{1,2}})(?:{re.escape(calendar.first_day.lstrip('1'))})?",
        "{month}": f"(?P<month>{months})",
        "{month_number}": r"(?P<number>\d{1,2})",
        "{year}": r"(?P<year>\d{4})",
        "{weekday}": f"(?:{'|'.join(map(re.escape, calendar.weekdays))})",
    }
    forms = dict.fromkeys(filter(None, (*patterns, *bare)))
    return tuple(re.compile("".join(_expressions(form, parts)), re.IGNORECASE) for form in forms)


def _expressions(form: str, parts: dict[str, str]) -> Iterator[str]:
    for part in re.split(r"(\{\w+\})", " ".join(form.split())):
        yield parts.get(part) or re.escape(part)


@lru_cache(maxsize=1024)
def dateline(day: date, language: str) -> str:
    """``23 November 2026`` in the languages we have words in, ISO 8601 in all others.

    The system's locales are not asked: they differ from machine to machine.
    """
    words = wording(language)
    return _filled(day, words.calendar.date, language) if words.speaks(language) else day.isoformat()


def full_dateline(day: date, language: str) -> str:
    """``Monday, 23 November 2026``; without the day of the week where we do not know its name."""
    words = wording(language)
    return _filled(day, words.calendar.full_date, language) if words.speaks(language) else day.isoformat()


def spoken_dateline(day: date, language: str) -> str:
    """The same as it is said: ``воскресенье, двадцать девятое ноября 2026 года``."""
    calendar = wording(language).calendar
    if not wording(language).speaks(language) or not calendar.spoken_date:
        return full_dateline(day, language)
    number = calendar.spoken_days[day.day - 1] if calendar.spoken_days else ""
    return _filled(day, calendar.spoken_date, language, number)


def _filled(day: date, pattern: str, language: str, number: str = "") -> str:
    """A pattern of a calendar, filled in."""
    words = wording(language)
    calendar = words.calendar
    first = calendar.first_day if day.day == 1 else ""
    return pattern.format(
        day=number or first or words.numeral(day.day),
        month=calendar.months[day.month - 1],
        month_number=words.numeral(day.month),
        year=words.numeral(day.year),
        weekday=calendar.weekdays[day.weekday()],
    )
