"""The date as it is printed under a masthead and beside a byline, and as it is announced."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from newsexport.text.languages import primary

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

DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?(?P<month>[^\W\d]{3,12})\.?,?\s+(?:de\s+)?(?P<year>\d{4})"
)
MONTH_FIRST = re.compile(
    r"(?P<month>[^\W\d]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
)
NUMERIC = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")
WEEKDAY = re.compile(r"^[^\W\d]{2,10}\.?,?\s+(?=\d|[^\W\d]{3,12}\.?\s+\d)")


def parse_date(text: str) -> datetime | None:
    """The moment a text names, aware; None when it names none.

    Read are ISO 8601, RFC 5322 (as in e-mail), ``23 November 2026``, ``Nov. 23, 2026``
    (also with the months of German, French, Spanish, Italian and Portuguese) and
    ``23.11.2026``. ``11/12/2026`` is not, because nobody can know what it means.
    """
    text = text.strip()
    return _iso(text) or _written(text) or _mail(text)


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
    number = int(month) if month.isdecimal() else MONTHS.get(month[:3].lower(), 0)
    try:
        return datetime(int(year), number, int(day), tzinfo=UTC)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# Month names of the languages in which a date with a name reads the same everywhere.
# fmt: off
MONTH_NAMES = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
           "September", "Oktober", "November", "Dezember"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
           "septembre", "octobre", "novembre", "décembre"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
           "septiembre", "octubre", "noviembre", "diciembre"),
    "it": ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
           "settembre", "ottobre", "novembre", "dicembre"),
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
           "september", "oktober", "november", "december"),
    "pt": ("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto",
           "setembro", "outubro", "novembro", "dezembro"),
}
DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "it": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "pt": ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado",
           "domingo"),
}
# fmt: on
PATTERNS = {
    "de": "{day}. {month} {year}",
    "es": "{day} de {month} de {year}",
    "pt": "{day} de {month} de {year}",
}
# The first of a month, where it is an ordinal and the other days are not. Brazil writes 1º,
# Portugal 1; the ordinal is understood in both.
FIRST = {"fr": "1er", "it": "1º", "pt": "1º"}


def dateline(day: date, language: str) -> str:
    """``23 November 2026`` in the languages we know the months of, ISO 8601 in all others.

    The system's locales are not asked: they differ from machine to machine.
    """
    tag = primary(language)
    if tag not in MONTH_NAMES:
        return day.isoformat()
    pattern = PATTERNS.get(tag, "{day} {month} {year}")
    number = FIRST.get(tag, "1") if day.day == 1 else day.day
    return pattern.format(day=number, month=MONTH_NAMES[tag][day.month - 1], year=day.year)


def spoken_dateline(day: date, language: str) -> str:
    """``Monday, 23 November 2026``; without the day of the week where we do not know its name."""
    names = DAYS.get(primary(language))
    return f"{names[day.weekday()]}, {dateline(day, language)}" if names else dateline(day, language)
