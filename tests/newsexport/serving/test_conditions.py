"""Conditional requests, by RFC 9110, section 13."""

from datetime import UTC, datetime, timedelta

import pytest

from newsexport.serving.request import Outcome, Validators, continues, outcome

ETAG = '"abc"'
CHANGED = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
NOW = CHANGED + timedelta(hours=1)
HELD = Validators(ETAG, CHANGED)
SAME = "Wed, 25 Nov 2026 06:00:00 GMT"
BEFORE = "Wed, 25 Nov 2026 05:59:59 GMT"
LATER = "Wed, 25 Nov 2026 07:00:00 GMT"
GO, HAS, NO = Outcome.PROCEED, Outcome.NOT_MODIFIED, Outcome.FAILED


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, GO),
        ({"if-none-match": '"abc"'}, HAS),
        ({"if-none-match": 'W/"abc"'}, HAS),
        ({"if-none-match": '"x", W/"abc" ,"y"'}, HAS),
        ({"if-none-match": '"x,y","abc"'}, HAS),
        ({"if-none-match": "*"}, HAS),
        ({"if-none-match": '"abcd"'}, GO),
        ({"if-none-match": '"ABC"'}, GO),
        ({"if-none-match": "abc"}, GO),
        ({"if-none-match": ""}, GO),
        ({"if-none-match": '"a,"abc'}, GO),
        ({"if-modified-since": SAME}, HAS),
        ({"if-modified-since": LATER}, HAS),
        ({"if-modified-since": "Sat, 01 Jan 2400 00:00:00 GMT"}, GO),
        ({"if-modified-since": BEFORE}, GO),
        ({"if-modified-since": "Wednesday, 25-Nov-26 06:00:00 GMT"}, HAS),
        ({"if-modified-since": "Wed Nov 25 06:00:00 2026"}, HAS),
        ({"if-modified-since": "yesterday"}, GO),
        ({"if-modified-since": ""}, GO),
        ({"if-modified-since": "Wed, 99 Nov 2026 06:00:00 GMT"}, GO),
        ({"if-modified-since": "Wed, 25 Nov 99999999999999 06:00:00 GMT"}, GO),
        ({"if-modified-since": f"{SAME}, {SAME}"}, GO),
        ({"if-none-match": '"x"', "if-modified-since": LATER}, GO),
        ({"if-none-match": '"abc"', "if-modified-since": BEFORE}, HAS),
        ({"if-match": '"abc"'}, GO),
        ({"if-match": "*"}, GO),
        ({"if-match": 'W/"abc"'}, NO),
        ({"if-match": '"x"'}, NO),
        ({"if-match": '"x"', "if-none-match": '"abc"'}, NO),
        ({"if-match": '"abc"', "if-none-match": '"abc"'}, HAS),
        ({"if-unmodified-since": BEFORE}, NO),
        ({"if-unmodified-since": SAME}, GO),
        ({"if-unmodified-since": "never"}, GO),
        ({"if-match": '"abc"', "if-unmodified-since": BEFORE}, GO),
    ],
)
def test_conditions_in_their_order(headers: dict[str, str], expected: Outcome) -> None:
    assert outcome(headers, HELD, NOW) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        ('"abc"', True),
        ('W/"abc"', False),
        ('"nomatch"', False),
        ('"abc", "x"', False),
        ("abc", False),
        ("*", False),
        (SAME, True),
        ("Wed Nov 25 06:00:00 2026", True),
        (BEFORE, False),
        (LATER, False),
        ("soon", False),
        ("", False),
    ],
)
def test_a_download_goes_on_only_where_nothing_has_changed(condition: str | None, expected: bool) -> None:  # noqa: FBT001 - a table
    assert continues(condition, HELD, NOW) is expected


def test_a_date_within_the_second_of_a_change_proves_nothing() -> None:
    assert not continues(SAME, HELD, CHANGED + timedelta(milliseconds=900))
