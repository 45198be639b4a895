"""What is put aside is there once, whoever puts it in and whoever is killed, and goes by its number."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsexport.errors import UsageError
from newsexport.storage.inbox import FORM, LETTERS, MOST, SCHEMA, Inbox, InboxFullError, Saved, Saving

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def address(url: str, title: str = "", note: str = "", *tags: str) -> Saving:
    return Saving(Saved.ADDRESS, url.encode(), title, note, tags, "test")


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "state" / "inbox.sqlite3")


def test_nothing_is_made_before_something_is_put_in(inbox: Inbox) -> None:
    assert inbox.entries() == []
    assert inbox.remove([1]) == []
    assert inbox.clear() == 0
    inbox.attempted([(1, "gone")])
    assert not inbox.path.parent.exists()


def test_what_is_put_in_is_there_in_order_and_whole(inbox: Inbox) -> None:
    note = Saving(Saved.NOTE, "# Überschrift\n\nText.".encode(), "", "", (), "share")
    added = inbox.add([address("https://a.example/1", "One", "Read", "later", "sea"), note], NOW)
    assert [is_new for _, is_new in added] == [True, True]
    first, second = inbox.entries()
    assert (first.text, first.title, first.note, first.tags) == (
        "https://a.example/1",
        "One",
        "Read",
        ("later", "sea"),
    )
    assert (first.added, first.origin, second.kind, second.text) == (
        NOW,
        "test",
        Saved.NOTE,
        "# Überschrift\n\nText.",
    )


def test_one_story_is_one_entry_which_is_told_more(inbox: Inbox) -> None:
    ((first, _),) = inbox.add([address("https://www.a.example/1/", "", "Read", "sea")], NOW)
    ((again, is_new),) = inbox.add([address("http://a.example/1", "One", "And this", "sea", "wind")], NOW)
    assert (again.id, is_new) == (first.id, False)
    assert (again.text, again.title) == ("https://www.a.example/1/", "One")
    assert (again.note, again.tags) == ("Read\n\nAnd this", ("sea", "wind"))
    inbox.add([address("https://a.example/1", "Other", "Read")], NOW)
    (only,) = inbox.entries()
    assert (only.title, only.note) == ("One", "Read\n\nAnd this")


def test_what_is_added_to_what_was_read_meanwhile_is_not_taken_out_with_it(inbox: Inbox) -> None:
    inbox.add([address("https://a.example/1"), address("https://a.example/2", "", "Read")], NOW)
    handles = [entry.handle for entry in inbox.entries()]
    inbox.add(
        [address("https://a.example/1", "", "And this"), address("https://a.example/2", "", "Read")], NOW
    )
    assert inbox.take_out([*handles, "no number", "9"]) == 1
    (only,) = inbox.entries()
    assert (only.text, only.note, only.handle) == ("https://a.example/1", "And this", "1+1")
    inbox.add([address("https://a.example/1", "", "", "sea")], NOW)
    assert (inbox.take_out(["1+1"]), inbox.take_out(["1+2"]), inbox.entries()) == (1, 0, [])


def test_an_inbox_of_an_earlier_version_is_read(inbox: Inbox) -> None:
    inbox.path.parent.mkdir()
    with closing(sqlite3.connect(inbox.path)) as earlier, earlier:
        for statement in (*SCHEMA.split(";"), *LETTERS.split(";")):
            earlier.execute(re.sub("--.*", "", statement))
        earlier.execute(f"PRAGMA application_id = {FORM.application}")
        earlier.execute("PRAGMA user_version = 2")
        row = ("url a", "address", b"https://a.example/1", "", "", "[]", "", NOW.isoformat())
        earlier.execute(
            "INSERT INTO entry (key, kind, content, title, note, tags, origin, added) VALUES (?,?,?,?,?,?,?,?)",
            row,
        )
    earlier.close()
    assert [entry.handle for entry in inbox.entries()] == ["1"]


def test_a_number_is_never_given_twice(inbox: Inbox) -> None:
    inbox.add([address("https://a.example/1"), address("https://a.example/2")], NOW)
    assert [gone.id for gone in inbox.remove([2, 2, 9])] == [2]
    ((fresh, _),) = inbox.add([address("https://a.example/3")], NOW)
    assert fresh.id == 3
    assert inbox.clear() == 2
    assert inbox.entries() == []


def test_attempts_are_counted_with_the_last_reason(inbox: Inbox) -> None:
    inbox.add([address("https://a.example/1")], NOW)
    inbox.attempted([(1, "not found")])
    inbox.attempted([(1, "gone"), (7, "never in")])
    (entry,) = inbox.entries()
    assert (entry.attempts, entry.reason) == (2, "gone")


@pytest.mark.skipif(os.name == "nt", reason="there modes tell nothing")
def test_nobody_else_can_read_it(inbox: Inbox) -> None:
    inbox.add([address("https://a.example/1")], NOW)
    assert inbox.path.stat().st_mode & 0o777 == 0o600


def test_there_is_an_end_to_what_it_takes_and_then_nothing_of_it_is_kept(inbox: Inbox) -> None:
    inbox.add([address(f"https://a.example/{number}") for number in range(MOST - 1)], NOW)
    with pytest.raises(InboxFullError, match="the inbox is full: it has 10000 entries"):
        inbox.add([address("https://b.example/1"), address("https://b.example/2")], NOW)
    assert len(inbox.entries()) == MOST - 1
    inbox.add([address("https://a.example/7"), address("https://b.example/1")], NOW)


def test_the_database_of_another_program_is_refused(inbox: Inbox) -> None:
    inbox.path.parent.mkdir()
    with closing(sqlite3.connect(inbox.path)) as theirs, theirs:
        theirs.execute("CREATE TABLE theirs (a)")
    theirs.close()
    with pytest.raises(UsageError, match="is the database of another program"):
        inbox.add([address("https://a.example/1")], NOW)


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from newsexport.storage.inbox import Inbox, Saved, Saving
inbox = Inbox(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    url = f"https://a.example/{sys.argv[2]}/{number}"
    inbox.add([Saving(Saved.ADDRESS, url.encode()), Saving(Saved.ADDRESS, b"https://a.example/all")], datetime.now(UTC))
    print(number, flush=True)
"""


def _writer(inbox: Inbox, name: str, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(inbox.path), name, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_many_write_at_once_and_one_that_is_killed_loses_nothing_it_told(inbox: Inbox) -> None:
    writers = [_writer(inbox, str(number), 10) for number in range(4)]
    killed = _writer(inbox, "killed", 10_000)
    assert killed.stdout is not None
    told = [killed.stdout.readline() for _ in range(3)]
    killed.kill()
    told += killed.stdout.readlines()
    killed.wait()
    killed.stdout.close()
    for writer in writers:
        assert len(writer.communicate(timeout=60)[0].split()) == 10
    urls = [entry.text for entry in inbox.entries()]
    assert sum("/killed/" not in url for url in urls) == 41
    kept = [url for url in urls if "/killed/" in url]
    complete = [line for line in told if line.endswith("\n")]
    assert len(complete) <= len(kept) <= len(complete) + 1
    with closing(sqlite3.connect(inbox.path)) as database, database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA application_id").fetchone() == (FORM.application,)
    database.close()
