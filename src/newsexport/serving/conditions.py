"""Whether a client has what it asks for already (RFC 9110, section 13)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto

# An entity tag in a list (section 8.8.3); its characters are those of ISO 8859-1, as headers are decoded.
TAG = re.compile(r'(?P<weak>W/)?(?P<tag>"[\x21\x23-\x7e\x80-\xff]*")')


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one state of a resource from another.

    `etag` is a strong entity tag with its quotes; `modified` has whole seconds.
    """

    etag: str
    modified: datetime


class Outcome(Enum):
    """What is to be done after the conditions of a request were looked at."""

    PROCEED = auto()
    NOT_MODIFIED = auto()
    FAILED = auto()


def outcome(headers: Mapping[str, str], validators: Validators, now: datetime) -> Outcome:
    """The conditions in the order of section 13.2.2; `headers` by their names in lower case.

    A client that was told a date later than `now`, while a clock was wrong, is answered in full.
    """
    if "if-match" in headers:
        if not _lists(headers["if-match"], validators.etag, weakly=False):
            return Outcome.FAILED
    elif (since := _date(headers.get("if-unmodified-since"))) and validators.modified > since:
        return Outcome.FAILED
    if "if-none-match" in headers:
        has_it = _lists(headers["if-none-match"], validators.etag, weakly=True)
        return Outcome.NOT_MODIFIED if has_it else Outcome.PROCEED
    since = _date(headers.get("if-modified-since"))
    return Outcome.NOT_MODIFIED if since and validators.modified <= since <= now else Outcome.PROCEED


def continues(condition: str | None, validators: Validators, now: datetime) -> bool:
    """Whether a client may add a part to what it has, by its `If-Range` (section 13.1.5).

    A date is only good for that when nothing was changed within the second it names (section 8.8.2.2).
    """
    if condition is None:
        return True
    if match := TAG.fullmatch(condition.strip()):
        return not match["weak"] and match["tag"] == validators.etag
    date = _date(condition)
    return date == validators.modified and (now - validators.modified).total_seconds() >= 1


def _lists(header: str, etag: str, *, weakly: bool) -> bool:
    if header.strip() == "*":
        return True
    return any(match["tag"] == etag and (weakly or not match["weak"]) for match in TAG.finditer(header))


def _date(text: str | None) -> datetime | None:
    """A date in any of the three forms of section 5.6.7, None where it is none."""
    if not text or text.count(",") > 1:  # several fields of one name
        return None
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date
