"""Dates: as people write them, as they are printed under a masthead and beside a byline, as they are said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from functools import cache

from newsexport.text.wording import Calendar, languages, wording

# Dates as people write them under a headline.

# First three letters of a month; the languages are told apart by nothing else.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen", "feb fév", "mar mär mrz", "apr avr abr", "may mai mag", "jun giu", "jul lug",
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


def parse_date(text: str, language: str = "") -> datetime | None:
    """The moment a text names, aware; None when it names none.

    Read are ISO 8601, RFC 5322 (as in e-mail), ``23 November 2026``, ``Nov. 23, 2026``
    (also with the months of German, French, Spanish, Italian and Portuguese), ``23.11.2026``, and
    whole dates as every language that we have words in writes them. ``11/12/2026`` is not, because
    nobody can know what it means, and neither is a month that is another one in another
    language, as ``listopada`` in Polish and Croatian, unless the language of the text is told.
    """
    text = text.strip()
    return _iso(text) or _written(text) or _mail(text) or _in_words(text, language)


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


def _mail(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
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
    found = {_in_calendar(text, wording(tag).calendar) for tag in languages()} - {None}
    return found.pop() if len(found) == 1 else None


def _in_calendar(text: str, calendar: Calendar) -> datetime | None:
    folded = text.casefold()
    names = _names(calendar)
    if "{month_number}" not in calendar.date and not any(name in folded for name in names):
        return None
    for form in _forms(calendar):
        if found := form.fullmatch(text):
            told = found.groupdict()
            month = int(told["number"]) if told.get("number") else names[told["month"].casefold()]
            return _midnight(int(told["year"]), month, int(told["day"]))
    return None


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


def clock_time(moment: time, language: str) -> str:
    """``17:43``, ``5:43 م``, ``下午5:43``; ISO 8601 in languages we have no words in."""
    words = wording(language)
    pattern = words.calendar.time if words.speaks(language) else "{hour:02}:{minute:02}"
    half = words.calendar.halves[moment.hour >= 12]
    hour12 = moment.hour % 12 or 12
    written = pattern.format(hour=moment.hour, hour12=hour12, minute=moment.minute, half=half)
    return written.translate(words.figures)
