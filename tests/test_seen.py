"""What editions had is remembered, told apart from what has changed, and can be forgotten."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from newsexport.errors import UsageError
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.seen import APPLICATION, Seen, Verdict

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
        (changed("The  ferry sails again, says the Mayor. 17"), Verdict.KNOWN),
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


def test_what_is_remembered_can_be_looked_at_and_forgotten(seen: Seen) -> None:
    tram = replace(FERRY, title="Tram", url="https://b.example/tram")
    seen.remember(edition(tram), NOW + timedelta(days=1))
    assert [each.title for each in seen.recall()] == ["Tram", "Ferry"]
    assert seen.forget("b.EXAMPLE") == 1
    assert seen.forget(before=NOW) == 0
    assert seen.forget(before=NOW + timedelta(hours=1)) == 1
    assert seen.recall() == []


def test_the_file_says_whose_it_is_and_keeps_a_journal(seen: Seen) -> None:
    with sqlite3.connect(seen.path) as database:
        pragmas = [
            database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "journal_mode")
        ]
    database.close()
    assert pragmas == [APPLICATION, 1, "delete"]


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with sqlite3.connect(path) as database:
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
from newsexport.seen import Seen
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
