"""Dates as people write them under a headline."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

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
