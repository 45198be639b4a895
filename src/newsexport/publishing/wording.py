"""What issues are called, when they come out, and times within them."""

from __future__ import annotations

from collections.abc import Sequence

from newsexport.dateline import DAYS as NAMES
from newsexport.dateline import dateline
from newsexport.languages import primary
from newsexport.library.issue import Issue
from newsexport.library.timetable import DAYS

DAILY = {
    "en": "Daily",
    "de": "Täglich",
    "fr": "Quotidien",
    "es": "Diario",
    "it": "Quotidiano",
    "nl": "Dagelijks",
    "pt": "Diário",
}


def dated_title(issue: Issue) -> str:
    """The title of an issue with its date, by which issues of one paper are told apart."""
    dated = dateline(issue.issued, issue.language)
    return issue.title if dated in issue.title else f"{issue.title}, {dated}"


def days_named(days: Sequence[str], language: str) -> str:
    """``Monday, Thursday`` or ``Daily``; nothing where we do not know the names of days."""
    tag = primary(language)
    if tag not in DAILY:
        return ""
    return DAILY[tag] if tuple(days) == DAYS else ", ".join(NAMES[tag][DAYS.index(day)] for day in days)


def clock(seconds: float) -> str:
    """``01:02:03``, as apps find times in show notes; what is less than a second is left out."""
    minutes, whole = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{whole:02}"
