"""What is remembered of runs, and that nothing depends on it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.events import Event
from newsexport.routine.record import KEPT, LeftOut, Ran, Record, recall, remember

AT = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
RAN = Ran(AT, AT, 0, "2026-11-25", "The Morning", 3, published=("a.epub",))
DOWN = LeftOut("https://down.example/feed", "does not answer")


def nothing_told(event: Event) -> None:
    raise AssertionError(event)


@pytest.mark.slow
@given(st.lists(st.builds(LeftOut, st.text(), st.text(), st.booleans()), max_size=3))
def test_a_record_comes_back_as_it_was(left_out: list[LeftOut]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        record = Record((replace(RAN, left_out=tuple(left_out)),), {"feed": 2})
        remember(Path(folder, "state", "morning.json"), record)
        assert recall(Path(folder, "state", "morning.json"), nothing_told) == record


def test_a_source_is_told_plainly_after_three_failures_in_a_row_and_not_when_it_is_back() -> None:
    record = Record()
    sources = [DOWN.reference, "https://up.example/feed"]
    for times in (1, 2, 3):
        assert record.plainly() == []
        record = record.after(replace(RAN, left_out=(DOWN,)), sources)
        assert record.failing == {DOWN.reference: times}
    assert record.plainly() == [DOWN.reference]
    assert record.after(RAN, sources).plainly() == []


def test_a_run_that_ends_early_takes_no_failure_back() -> None:
    sources = [DOWN.reference, "https://up.example/feed"]
    record = Record().after(replace(RAN, left_out=(DOWN,)), sources)
    assert record.after(replace(RAN, code=130), sources).failing == {DOWN.reference: 1}
    assert record.after(replace(RAN, code=4, left_out=(DOWN,)), sources).failing == {DOWN.reference: 2}
    assert record.after(replace(RAN, code=130), ["https://up.example/feed"]).failing == {}


def test_a_picture_that_is_lost_is_no_failure_of_its_source() -> None:
    lost = replace(DOWN, whole=False)
    assert Record().after(replace(RAN, left_out=(lost,)), [DOWN.reference]).failing == {}


def test_old_runs_are_forgotten() -> None:
    record = Record()
    for number in range(KEPT + 5):
        record = record.after(replace(RAN, articles=number), [])
    assert [len(record.runs), record.runs[0].articles] == [KEPT, KEPT + 4]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"runs": [{}], "failing": {}}', b"\xff"])
def test_a_damaged_record_is_set_aside_and_told(damage: bytes, tmp_path: Path) -> None:
    path = tmp_path / "morning.json"
    told: list[Event] = []
    path.write_bytes(damage)
    assert recall(path, told.append) == Record()
    assert len(told) == 1
    assert path.with_suffix(".damaged").read_bytes() == damage
    assert not path.exists()
