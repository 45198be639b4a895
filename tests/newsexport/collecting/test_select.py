"""What is chosen: the recent, the balanced, what fits into the time there is."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.collecting.select import Selection, Sort, moment
from newsexport.errors import UsageError
from newsexport.model import Article, Paragraph, Span
from newsexport.text.counting import word_count

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def article(section: str, words: int = 100, hours: float | None = None, title: str = "") -> Article:
    return Article(
        title or f"{section} {words} {hours}",
        (Paragraph((Span("word " * words),)),),
        section=section,
        published=None if hours is None else NOW - timedelta(hours=hours),
    )


articles = st.lists(
    st.builds(article, st.sampled_from("abc"), st.integers(1, 900), st.none() | st.integers(0, 99)),
    max_size=30,
)


def itself(one: Article) -> Article:
    return one


def test_what_is_older_goes_and_what_has_no_date_stays() -> None:
    found = [article("a", hours=1), article("a", hours=30), article("a", hours=None)]
    assert Selection(since=NOW - timedelta(hours=24)).recent(found, itself) == [found[0], found[2]]


def test_every_section_gets_its_share_newest_first_in_the_old_order() -> None:
    found = [article("a", hours=hours) for hours in (9, 1, 5)] + [article("b", hours=3)]
    assert Selection(most=3).chosen(found, itself) == [found[1], found[2], found[3]]


@given(articles, st.integers(1, 20))
def test_no_section_has_two_more_than_another_that_has_some_left(found: list[Article], most: int) -> None:
    chosen = Selection(most=most).chosen(found, itself)
    assert len(chosen) == min(most, len(found))
    assert chosen == [one for one in found if any(one is kept for kept in chosen)]
    there, taken = Counter(one.section for one in found), Counter(one.section for one in chosen)
    short = [taken[section] for section in there if taken[section] < there[section]]
    assert not short or max(taken.values()) - min(short) <= 1


@given(articles, st.integers(1, 40))
def test_what_is_chosen_fits_into_the_minutes(found: list[Article], minutes: int) -> None:
    chosen = Selection(minutes=minutes, words_a_minute=100).fitting(found)
    total = sum(map(word_count, chosen))
    assert total <= minutes * 100 or len(chosen) == 1
    assert bool(chosen) == bool(found)


def test_articles_are_sorted_within_their_sections() -> None:
    found = [article("b", 5, 1), article("a", 9, 2), article("b", 3, 3), article("a", 1, None)]
    assert Selection(sort=Sort.INPUT).sorted(found) == found
    assert Selection(sort=Sort.SHORTEST).sorted(found) == [found[2], found[0], found[3], found[1]]
    assert Selection(sort=Sort.OLDEST).sorted(found) == [found[2], found[0], found[1], found[3]]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("24h", NOW - timedelta(hours=24)),
        ("90m", NOW - timedelta(minutes=90)),
        ("7 days", NOW - timedelta(days=7)),
        ("2w", NOW - timedelta(weeks=2)),
        ("today", datetime(2026, 11, 24, tzinfo=UTC)),
        ("Yesterday", datetime(2026, 11, 23, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20T06:00:00+01:00", datetime(2026, 11, 20, 5, tzinfo=UTC)),
    ],
)
def test_moments_as_people_write_them(text: str, meant: datetime) -> None:
    assert moment(text, NOW) == meant


@pytest.mark.parametrize("text", ["soon", "", "-3d", "24", "1e9h", "2026-13-01"])
def test_what_is_no_moment_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="expected 24h"):
        moment(text, NOW)


@pytest.mark.parametrize(
    ("now", "text", "meant"),
    [
        # Berlin puts its clocks forward on the 29th of March and back on the 25th of October.
        ("2026-03-29T06:30", "24h", "2026-03-28T05:30"),
        ("2026-10-25T06:30", "24h", "2026-10-24T07:30"),
        ("2026-03-29T06:30", "1d", "2026-03-28T06:30"),
        ("2026-10-25T06:30", "yesterday", "2026-10-24T00:00"),
    ],
)
def test_hours_pass_whatever_is_done_to_the_clocks_and_days_are_those_of_the_calendar(
    now: str, text: str, meant: str
) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    at = datetime.fromisoformat(now).replace(tzinfo=berlin)
    assert moment(text, at).astimezone(UTC) == (
        datetime.fromisoformat(meant).replace(tzinfo=berlin).astimezone(UTC)
    )


def test_half_an_hour_is_what_passes_while_clocks_are_put_back_by_half_an_hour() -> None:
    later = datetime(2026, 4, 5, 1, 45, tzinfo=ZoneInfo("Australia/Lord_Howe"), fold=1)
    assert later.astimezone(UTC) - moment("30m", later).astimezone(UTC) == timedelta(minutes=30)
