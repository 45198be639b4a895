"""Whatever was found is in the edition, stands there as another, or is told as left out."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.collecting.tally_sums import picture, sums

from newsexport.collecting.context import CollectingContext
from newsexport.collecting.select import Selection
from newsexport.collecting.tally import UNTOLD, Tally, in_words, together
from newsexport.errors import NothingToExportError
from newsexport.events import ARTICLE, PICTURE, Cause, Counted, Event, Folded, Lost, Omitted, ignore
from newsexport.interchange import to_json
from newsexport.model import Article, Edition, Figure, Media, Paragraph, Section, Span
from newsexport.pipeline import collect, glance
from newsexport.storage.history import Seen

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TEXTS = tuple(" ".join(f"{word}{number}" for number in range(60)) for word in ("ferry", "market", "rain"))
RAW = (
    Media("crane.png", "image/png", picture("crane")),
    Media("dot.png", "image/png", picture("dot", (1, 1))),
    Media("broken.png", "image/png", b"\x89PNG\r\n\x1a\n and no more"),
)


@st.composite
def an_article(draw: st.DrawFn) -> Article:
    shown = draw(st.lists(st.sampled_from((*(media.name for media in RAW), "nowhere.png")), max_size=3))
    words = draw(st.sampled_from(TEXTS) | st.text("abcdefg ", min_size=1))
    hours = draw(st.none() | st.integers(0, 90))
    return Article(
        draw(st.sampled_from(("Ferry", "Market", "Rain"))),
        (Paragraph((Span(words),)), *map(Figure, shown)),
        published=None if hours is None else NOW - timedelta(hours=hours),
        section=draw(st.sampled_from(("", "News", "Sport"))),
        guid=draw(st.sampled_from(("", "", "1", "2", "3"))),
        media=tuple(media for media in RAW if media.name in shown),
    )


editions = st.lists(an_article(), min_size=1, max_size=9)
wishes = st.builds(
    Selection,
    since=st.none() | st.just(NOW - timedelta(hours=36)),
    most=st.none() | st.integers(1, 6),
    minutes=st.none() | st.floats(1, 3),
    since_said=st.just("36h"),
)


def gathered(articles: Sequence[Article], wanted: Selection, *, pictures: bool, known: int) -> list[Event]:
    """What is told when a saved edition is read of which the first so many were exported before."""
    told: list[Event] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "edition.json")
        edition = Edition("News", date(2026, 11, 29), "en", (Section("", tuple(articles)),))
        path.write_bytes(to_json(edition))
        seen = Seen(Path(folder, "seen.sqlite3"))
        seen.remember(
            Edition("Before", date(2026, 11, 28), "en", (Section("", tuple(articles[:known])),)), NOW
        )
        means = CollectingContext(seen=seen) if pictures else CollectingContext(seen=seen, fit=None)
        try:
            collected = collect([str(path), str(Path(folder, "gone.txt"))], told.append, means, wanted)
        except NothingToExportError:
            collected = None
    kept = {ARTICLE: 0, PICTURE: 0} if collected is None else sums(collected.articles)
    for counted in (event for event in told if isinstance(event, Counted)):
        assert counted.kept == kept[counted.thing]
    return told


@pytest.mark.slow
@given(editions, wishes, st.booleans(), st.integers(0, 2))
def test_what_was_found_is_kept_folded_or_left_out(
    articles: list[Article],
    wanted: Selection,
    pictures: bool,  # noqa: FBT001 - as the property draws it
    known: int,
) -> None:
    told = gathered(articles, wanted, pictures=pictures, known=known)
    (counted, *of_pictures) = (event for event in told if isinstance(event, Counted))
    assert counted.found == len(articles) + 1  # and the file that is not there
    assert all(one.found == one.kept + one.folded + one.lost + sum(dict(one.left_out).values())
               for one in (counted, *of_pictures))  # fmt: skip
    assert counted.folded == sum(isinstance(event, Folded) for event in told)
    assert counted.lost == 1
    left_out = [event for event in told if isinstance(event, Omitted)]
    assert UNTOLD not in {event.reason for event in left_out}
    for one in (counted, *of_pictures):
        told_of = sum(event.count for event in left_out if event.thing == one.thing)
        assert told_of == sum(dict(one.left_out).values())


def test_what_is_missing_without_a_word_is_told_as_a_fault() -> None:
    told: list[Event] = []
    tally = Tally(told.append)
    tally(Omitted("a", "older than 36h (--since)"))
    counted = tally.settled(ARTICLE, 5, 3)
    assert told[1] == Omitted("", UNTOLD, ARTICLE, 1, Cause.LIMIT)
    assert counted.left_out == (("older than 36h (--since)", 1), (UNTOLD, 1))


@pytest.mark.parametrize("verb", [collect, glance])
@pytest.mark.parametrize(
    ("ages", "wanted", "reason"),
    [
        (
            (50, 60),
            Selection(since=NOW - timedelta(hours=36), since_said="36h"),
            "all 2 articles are older than 36h",
        ),
        (
            (50,),
            Selection(since=NOW - timedelta(hours=36)),
            "the only article is older than 2026-11-28 00:00",
        ),
    ],
)
def test_the_reason_for_nothing_is_the_real_one(
    tmp_path: Path, verb: object, ages: tuple[int, ...], wanted: Selection, reason: str
) -> None:
    for age in ages:
        text = f"---\ntitle: Story {age}\ndate: {(NOW - timedelta(hours=age)).isoformat()}\n---\nThe words of {age}."
        (tmp_path / f"{age}.md").write_text(text, encoding="utf-8")
    with pytest.raises(NothingToExportError, match=reason):
        verb([str(tmp_path)], lambda _: None, CollectingContext(), wanted)  # type: ignore[operator]


def test_a_sum_in_words() -> None:
    told = Counted("edition", ARTICLE, 15, 12, folded=1, left_out=(("older than 36h (--since)", 2),))
    assert in_words(told) == "12 articles of 15: 2 older than 36h (--since), 1 told by another"
    both = together((told, Counted("edition", ARTICLE, 4, 1, lost=3)))
    assert in_words(both) == (
        "13 articles of 19: 2 older than 36h (--since), 1 told by another, 3 could not be had"
    )
    assert in_words(Counted("edition", PICTURE, 3, 3)) == ""


def test_a_loss_counts_the_pictures_it_takes_along() -> None:
    tally = Tally(ignore)
    tally(Lost("a", "picture b: gone", whole=False, pictures=2))
    assert (tally.gone(ARTICLE), tally.gone(PICTURE)) == (0, 2)


def test_pixels_that_go_when_a_page_is_read_are_among_the_pictures_found(tmp_path: Path) -> None:
    words = "The ferry to the islands sailed again on Monday, after nine days of fog, with forty people. " * 6
    (tmp_path / "crane.png").write_bytes(picture("crane"))
    shown = "<img src='crane.png'><img src='t.gif' width=1 height=1><img src='gone.png'>"
    page = f"<html><body><article><h1>Ferry</h1><p>{words}</p>{shown}<p>{words}</p></article></body></html>"
    (tmp_path / "ferry.html").write_text(page, encoding="utf-8")
    told: list[Event] = []
    collect([str(tmp_path / "ferry.html")], told.append)
    (counted,) = (event for event in told if isinstance(event, Counted) and event.thing == PICTURE)
    assert counted == Counted("edition", PICTURE, 3, 1, lost=1, left_out=(("only telling who reads", 1),))
