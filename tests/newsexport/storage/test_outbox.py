"""What waits to be done where articles are kept, and what becomes of it."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsexport.errors import UsageError
from newsexport.model import Origin
from newsexport.storage import outbox
from newsexport.storage.outbox import Errand, Outbox, Promise, State

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ONE, OTHER = (Errand(Origin("readeck", name), "archive", f"article {name}") for name in ("a", "b"))
TODAY, TOMORROW = "morning/2026-11-25 3fa9", "morning/2026-11-26 77c0"


@pytest.fixture
def box(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "papers" / "morning.outbox.sqlite3")


def test_a_promise_is_nothing_to_be_done_until_it_is_kept(box: Outbox) -> None:
    promise = Promise(TODAY, (ONE, OTHER), "[]")
    box.promise(promise, NOW)
    assert (box.promises(), box.due()) == ([promise], [])
    assert (promise.folder, promise.contents) == ("morning/2026-11-25", "3fa9")
    box.keep(promise, NOW)
    assert (box.promises(), box.due()) == ([], [ONE, OTHER])
    assert box.of_issue("morning/2026-11-25") == [ONE, OTHER]


@pytest.mark.skipif(os.name == "nt", reason="there modes tell nothing")
def test_nobody_else_reads_what_was_printed(box: Outbox) -> None:
    box.promise(Promise(TODAY, (ONE,), "[]"), NOW)
    assert box.path.stat().st_mode & 0o777 == 0o600


def test_a_promise_that_is_dropped_leaves_nothing(box: Outbox) -> None:
    box.promise(Promise(TODAY, (ONE,)), NOW)
    box.promise(Promise(TOMORROW, (OTHER,)), LATER)
    box.drop(Promise(TODAY, ()))
    assert [promise.issue for promise in box.promises()] == [TOMORROW]
    assert box.due() == []


def test_what_is_done_is_not_done_again_for_the_same_issue_but_for_another(box: Outbox) -> None:
    box.keep(Promise(TODAY, (ONE, OTHER)), NOW)
    box.settle([ONE], State.DONE, NOW)
    assert box.due() == [OTHER]
    box.keep(Promise("morning/2026-11-25 other contents", (ONE, OTHER)), LATER)
    box.add([ONE, OTHER], "", LATER)
    assert box.due() == [OTHER]
    box.keep(Promise(TOMORROW, (ONE,)), LATER)
    assert box.due() == [OTHER, ONE]


def test_what_is_held_is_not_done_until_it_is_printed_in_full(box: Outbox) -> None:
    held = Errand(ONE.origin, ONE.after, ONE.article, held=True)
    box.keep(Promise(TODAY, (held,)), NOW)
    box.add([ONE], "", NOW)
    assert box.due() == []
    box.keep(Promise("morning/2026-11-25 in full", (ONE,)), NOW)
    assert box.due() == [ONE]


def test_what_is_known_of_nothing_is_nothing(box: Outbox) -> None:
    box.add([], "", NOW)
    assert (box.promises(), box.due(), box.expire(NOW), box.of_issue("x")) == ([], [], [], [])
    assert not box.path.exists()


def test_what_waits_too_long_is_given_up_and_what_is_old_forgotten(box: Outbox) -> None:
    box.add([ONE], "", NOW)
    box.add([OTHER], "", LATER)
    month = NOW + outbox.TRIED
    assert box.expire(month) == []
    assert box.expire(month + timedelta(seconds=1)) == [ONE]
    assert box.due() == [OTHER]
    box.add([ONE], "", month)  # which is remembered
    assert box.due() == [OTHER]
    box.settle([OTHER], State.DONE, LATER)
    box.expire(LATER + outbox.REMEMBERED)
    box.add([ONE, OTHER], "", LATER)
    assert box.due() == []
    box.expire(LATER + outbox.REMEMBERED + timedelta(seconds=1))
    box.add([ONE, OTHER], "", LATER)
    assert box.due() == [OTHER]


def test_no_more_than_so_many_wait(box: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "MOST", 3)
    many = [Errand(Origin("readeck", str(number)), "archive") for number in range(5)]
    for number, errand in enumerate(many):
        box.add([errand], "", NOW + timedelta(minutes=number))
    assert box.expire(LATER) == many[:2]
    assert box.due() == many[2:]


def test_two_things_may_be_done_with_one_article(box: Outbox) -> None:
    tag = Errand(ONE.origin, "tag:printed", ONE.article)
    box.keep(Promise(TODAY, (ONE, tag)), NOW)
    box.settle([tag], State.DONE, NOW)
    assert box.due() == [ONE]


def test_a_file_that_is_not_ours_is_refused(box: Outbox) -> None:
    box.path.parent.mkdir()
    with closing(sqlite3.connect(box.path)) as database, database:
        database.execute("CREATE TABLE theirs (x)")
    with pytest.raises(UsageError, match="is the database of another program"):
        box.due()
