"""What editions had is remembered, told apart from what has changed, and can be forgotten."""

import hashlib
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from newsexport.errors import UsageError
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.storage.history import APPLICATION, SCHEMA, Seen, Verdict

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
FERRY = Article(
    "Ferry", (Paragraph((Span("The ferry sails again, says the mayor."),)),), url="https://a.example/ferry"
)


def edition(*articles: Article) -> Edition:
    return Edition("Morning", date(2026, 11, 24), "en", (Section("", articles),))


@pytest.fixture
def seen(tmp_path: Path) -> Seen:
    memory = Seen(tmp_path / "state" / "seen.sqlite3")
    memory.remember(edition(FERRY), NOW)
    return memory


def test_nothing_is_known_and_nothing_made_before_the_first_edition(tmp_path: Path) -> None:
    memory = Seen(tmp_path / "state" / "seen.sqlite3")
    assert memory.judge(FERRY) is Verdict.NEW
    assert memory.recall() == []
    assert list(tmp_path.iterdir()) == []


def changed(text: str) -> Article:
    return replace(FERRY, body=(Paragraph((Span(text),)),))


@pytest.mark.parametrize(
    ("article", "verdict"),
    [
        (FERRY, Verdict.KNOWN),
        (replace(FERRY, url="http://www.a.example/ferry/?utm_source=x"), Verdict.KNOWN),
        (replace(FERRY, guid="tag:a.example,2026:1"), Verdict.KNOWN),
        (changed("The  ferry sails again, says the Mayor!"), Verdict.KNOWN),
        (changed("The ferry sails again, says the mayor. 17"), Verdict.UPDATED),
        (changed("The ferry sank."), Verdict.UPDATED),
        (replace(FERRY, body=()), Verdict.KNOWN),
        (replace(changed("The fer…"), partial=True), Verdict.KNOWN),
        (replace(FERRY, url="https://a.example/other"), Verdict.NEW),
        (replace(FERRY, url=None), Verdict.NEW),
    ],
)
def test_fd_12_an_article_is_known_by_guid_address_or_words(
    seen: Seen, article: Article, verdict: Verdict
) -> None:
    assert seen.judge(article) is verdict


def test_an_article_without_an_address_is_known_by_its_words(seen: Seen) -> None:
    note = replace(FERRY, url=None, title="Note")
    seen.remember(edition(note), NOW)
    assert seen.judge(note) is Verdict.KNOWN


def numbered(text: str, title: str = "Harbour", url: str | None = None) -> Article:
    return Article(title, (Paragraph((Span(text),)),), url=url)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Twelve ships: 12 dead.", "Twelve ships: 45 dead."),
        ("High water at 06.14.", "High water at 07.02."),
        ("It was 3 degrees at dawn.", "It was -3 degrees at dawn."),
        ("It was \u22123 degrees at dawn.", "It was 3 degrees at dawn."),
        ("Oldhaven 2, Norwick 1", "Oldhaven 1, Norwick 2"),
        ("死者12人。", "死者45人。"),
    ],
)
def test_the_same_words_with_other_figures_are_news(seen: Seen, before: str, after: str) -> None:
    address = "https://a.example/live"
    seen.remember(edition(numbered(before), numbered(before, url=address)), NOW)
    assert seen.judge(numbered(before)) is Verdict.KNOWN
    assert seen.judge(numbered(after)) is Verdict.NEW
    assert seen.judge(numbered(after, url=address)) is Verdict.UPDATED


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("Storm: 12 dead", Verdict.KNOWN),
        ("STORM – 12 dead", Verdict.KNOWN),
        ("Storm: 45 dead", Verdict.UPDATED),
        ("Storm: 45 dead in Norwick | The Gazette", Verdict.KNOWN),
    ],
)
def test_a_list_tells_of_an_update_by_the_figures_of_the_title(
    seen: Seen, title: str, verdict: Verdict
) -> None:
    address = "https://a.example/storm"
    seen.remember(edition(numbered("It blew.", "Storm: 12 dead", address)), NOW)
    assert seen.judge(Article(title, (), url=address)) is verdict


def test_what_was_folded_into_an_article_is_known_as_long_as_that_is(seen: Seen) -> None:
    kept = replace(FERRY, url="https://b.example/s", guid="b")
    twin = replace(kept, title="The ferry", guid="c", url="https://c.example/s")
    again = replace(kept, body=(Paragraph((Span("Another feed has less of it."),)),))
    unnamed = replace(twin, guid="", url=None)
    seen.remember(edition(kept), NOW, [(kept, twin), (kept, again), (kept, unnamed)])
    for known in (kept, twin, again, unnamed, replace(twin, guid="")):
        assert seen.judge(known) is Verdict.KNOWN
    assert seen.judge(replace(twin, body=again.body)) is Verdict.UPDATED
    assert [each.url for each in seen.recall()] == [FERRY.url, kept.url]
    seen.forget("b.example")
    for gone in (kept, twin, again, unnamed):
        assert seen.judge(gone) is Verdict.NEW


def test_what_was_folded_today_is_new_to_the_edition_that_is_made_again(tmp_path: Path) -> None:
    twin = replace(FERRY, url="https://c.example/s")
    today, tomorrow = (Seen(tmp_path / "seen.sqlite3", day) for day in ("paper 1", "paper 2"))
    today.remember(edition(FERRY), NOW, [(FERRY, twin)])
    assert today.judge(twin) is Verdict.NEW
    assert tomorrow.judge(twin) is Verdict.KNOWN


def test_what_the_first_version_remembered_is_known_still(tmp_path: Path) -> None:
    path = tmp_path / "seen.sqlite3"
    old = "ferry the ferry sails again says the mayor"
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(SCHEMA)
        database.execute(
            "INSERT INTO article VALUES (?, NULL, ?, 'Ferry', NULL, 'Morning', '2026-11-24T06:00:00+00:00')",
            ("url a.example/ferry", hashlib.sha256(old.encode()).hexdigest()),
        )
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute("PRAGMA user_version = 1")
    database.close()
    seen = Seen(path)
    assert seen.judge(FERRY) is Verdict.KNOWN
    assert seen.judge(changed("The ferry sails again, 7 times, says the mayor.")) is Verdict.UPDATED
    seen.remember(edition(changed("The ferry sails again, 7 times, says the mayor.")), NOW)
    assert seen.judge(changed("The ferry sails again, 9 times, says the mayor.")) is Verdict.UPDATED


def test_a_place_where_nothing_can_be_kept_is_told_before_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match=r"seen\.sqlite3"):
        Seen(tmp_path / "file" / "seen.sqlite3").check()
    Seen(tmp_path / "state" / "seen.sqlite3").check()
    assert list((tmp_path / "state").iterdir()) == []


def test_what_is_remembered_can_be_looked_at_and_forgotten(seen: Seen) -> None:
    tram = replace(FERRY, title="Tram", url="https://b.example/tram")
    seen.remember(edition(tram), NOW + timedelta(days=1))
    assert [each.title for each in seen.recall()] == ["Tram", "Ferry"]
    assert seen.forget("b.EXAMPLE") == 1
    assert seen.forget(before=NOW) == 0
    assert seen.forget(before=NOW + timedelta(hours=1)) == 1
    assert seen.recall() == []


def test_the_file_says_whose_it_is_and_keeps_a_journal(seen: Seen) -> None:
    with closing(sqlite3.connect(seen.path)) as database, database:
        pragmas = [
            database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "journal_mode")
        ]
    database.close()
    assert pragmas == [APPLICATION, 2, "delete"]


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE theirs (a)")
    database.close()
    before = path.read_bytes()
    for ask in (lambda: Seen(path).judge(FERRY), lambda: Seen(path).remember(edition(FERRY), NOW)):
        with pytest.raises(UsageError, match="is the database of another program"):
            ask()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"no database at all, but long enough to be taken for one" * 20, b"SQLite format 3\0" + b"\xff" * 600],
)
def test_a_damaged_file_is_told_and_left(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "seen.sqlite3"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="damaged or no database"):
        Seen(path).judge(FERRY)


WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from newsexport.model import Article, Edition, Section
from newsexport.storage.history import Seen
seen = Seen(Path(sys.argv[1]))
for number in range(20):
    article = Article("A", (), url=f"https://a.example/{sys.argv[2]}/{number}")
    seen.remember(Edition("E", date(2026, 11, 24), "en", (Section("", (article,)),)), datetime.now(UTC))
"""


def test_several_runs_may_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "seen.sqlite3"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(number)]) for number in range(4)
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0, 0]
    assert len(Seen(path).recall()) == 80


@pytest.mark.slow
def test_several_runs_may_make_it_at_once(tmp_path: Path) -> None:
    """Fifty times over, for they seldom meet in the one moment that matters."""
    for number in range(50):
        path, together = tmp_path / f"{number}.sqlite3", Barrier(4)

        def write(run: int, path: Path = path, together: Barrier = together) -> None:
            story = replace(FERRY, url=f"https://a.example/{run}")
            together.wait()
            Seen(path).remember(edition(story), NOW)

        with ThreadPoolExecutor(4) as runs:
            list(runs.map(write, range(4)))
        assert len(Seen(path).recall()) == 4
