"""How long it will take yet: laws, and real runs that were written down as they went."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.work.time_left import MOMENTS, Pace, in_words

# Narrations by espeak: each event with its seconds (benchmarks/narration.py makes such editions).
RUNS = sorted((Path(__file__).parents[2] / "golden" / "pace").glob("*.json"))


def left_as_seen(run: list[list[float]]) -> list[tuple[float, float, float]]:
    """At every hundredth of a run: the share that is done, the seconds left as told, and as they were."""
    (_, began, total), *advances, (_, end) = run
    seen = []
    for percent in range(1, 100):
        now = began + (end - began) * percent / 100
        pace = Pace(began, int(total))
        for _, at, by, remembered in advances:
            if at <= now:
                pace = pace.advanced(int(by), at, remembered=bool(remembered))
        seen.append((pace.done / total, pace.left(now) or 0, end - now))
    return seen


@pytest.mark.parametrize("path", RUNS, ids=lambda path: path.stem)
def test_after_a_tenth_the_time_left_is_right_within_a_fifth(path: Path) -> None:
    seen = [one for one in left_as_seen(json.loads(path.read_text("utf-8"))) if one[0] >= 0.1]
    assert len(seen) > 80
    for _, told, true in seen:
        # At the very end a fifth would be less than the last passage takes.
        assert abs(told - true) <= max(0.22 * true, 0.03 * seen[0][2])


@given(
    sizes=st.lists(st.integers(1, 5000), min_size=1, max_size=150),
    rate=st.floats(0.01, 1000),
    began=st.floats(0, 1e6),
)
def test_at_an_even_pace_the_time_left_is_exact(sizes: list[int], rate: float, began: float) -> None:
    pace, now = Pace(began, sum(sizes)), began
    for size in sizes:
        now = began + (pace.done + size) / rate
        pace = pace.advanced(size, now)
        true = (sum(sizes) - pace.done) / rate
        told = pace.left(now)
        assert (told is None) == (len(pace.moments) < 3 or pace.done * 10 < sum(sizes))
        assert told is None or told == pytest.approx(true, rel=1e-3, abs=1e-2)
        assert len(pace.moments) <= MOMENTS


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans(), st.floats(0, 9)), min_size=1, max_size=60))
def test_time_left_is_never_less_than_nothing_and_only_falls_while_nothing_happens(
    advances: list[tuple[int, bool, float]],
) -> None:
    pace, now = Pace(0, sum(by for by, *_ in advances)), 0.0
    for by, remembered, pause in advances:
        now += pause
        pace = pace.advanced(by, now, remembered=remembered)
        waited = [pace.left(now + more) for more in (0, 1, 5, 1e6)]
        assert all(one is None for one in waited) or waited[-1] == 0
        assert all((one or 0) >= (other or 0) for one, other in pairwise(waited))


def test_what_was_remembered_says_nothing_of_the_pace() -> None:
    half = Pace(0, 100).advanced(50, 0.1, remembered=True)
    assert half.left(0.1) is None
    for moment in (1, 2, 3):
        half = half.advanced(4, float(moment))
    assert half.left(3.0) == pytest.approx(9.5, rel=0.02)


def test_nothing_is_told_before_a_tenth_is_done_and_three_moments_are_there() -> None:
    """A first unit that was waited for, as long as workers start, once read as "48 min left" of 15 s."""
    pace = Pace(0, 1000).advanced(600, 0.1, remembered=True)
    told = []
    for at, by in ((9.0, 1), (9.5, 1), (10.0, 1), (10.5, 30), (11.0, 7), (11.5, 40)):
        pace = pace.advanced(by, at)
        told.append(pace.left(at))
    assert told[:4] == [None] * 4  # 33 of 400 that are not remembered
    assert told[4] is not None
    assert Pace(0, 10).advanced(5, 9).advanced(4, 10).left(10) is None  # two moments alone


def test_without_a_total_nobody_knows() -> None:
    assert Pace(0).advanced(5, 1).left(1) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3.4, "3 s"), (89, "89 s"), (424, "7 min"), (7512, "2 h 5 min"), (5400, "1 h 30 min")],
)
def test_a_time_left_is_told_no_finer_than_it_is_known(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
