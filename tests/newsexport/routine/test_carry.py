"""What nobody read comes again in the next issue: from KOReader's position to the articles of a paper."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import newsexport
from tests.newsexport.serving.serving_rigs import running
from tests.newsexport.serving.test_koreader import TOKEN, KoReader

from newsexport.collecting.tally import EDITION
from newsexport.configuration.plan import Plan
from newsexport.configuration.planning import read_plan
from newsexport.errors import NothingToExportError, UsageError
from newsexport.events import ARTICLE, Counted, Event, Noted, Omitted
from newsexport.interchange import from_json
from newsexport.library.issue import FileRole, Issue
from newsexport.model import Article
from newsexport.reading.files import partial_md5
from newsexport.reading.record import ReadingRecord
from newsexport.routine import Folders, RunOptions, run_paper
from newsexport.serving.conversation import Conversation, Password
from newsexport.serving.koreader import ProgressSync

PAPER = """\
[paper.morning]
title = "Morning"
sources = ["{day}"]
carry = "unread"
{more}
[paper.morning.epub]
[paper.morning.text]
"""
WORDS = "The ferry left the quay at noon, with the mayor on board and a band that played. " * 8
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (23, 24, 25, 26))


class Paper:
    """A paper of some days, what is told of it, and who reads it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folders = Folders(folder / "cache", folder / "state")
        self.told: list[Event] = []

    def plan(self, day: str, more: str = "") -> Plan:
        path = self.folder / "newsexport.toml"
        path.write_text(PAPER.format(day=day, more=more), "utf-8")
        return read_plan(path)

    def wrote(self, day: str, *titles: str) -> None:
        (self.folder / day).mkdir(exist_ok=True)
        for number, title in enumerate(titles):
            (self.folder / day / f"{number}.txt").write_text(f"{title}\n\n{WORDS}\n\n{WORDS}\n", "utf-8")

    def comes_out(self, issued: date, *titles: str, more: str = "") -> Issue:
        day = issued.isoformat()
        self.wrote(day, *titles)
        self.told.clear()
        options = RunOptions(issued=issued, workers=1)
        return run_paper(self.plan(day, more), "morning", self.folders, options, self.told.append).issue

    def rehearsed(self, issued: date, more: str = "") -> tuple[str, list[str]]:
        """What a dry run tells of what comes again, to people and to programs."""
        self.plan(issued.isoformat(), more)
        (self.folder / issued.isoformat()).mkdir(exist_ok=True)
        typed = ("run", "--dry-run", "--date", issued.isoformat())
        told, facts = newsexport(*typed).stdout, newsexport(*typed, "--json").stdout
        (line,) = (line for line in told.splitlines() if "has again" in line)
        (known,) = (json.loads(each) for each in facts.splitlines() if '"again"' in each)
        return line.partition("earlier issues: ")[2], known["again"]

    def path(self, issue: Issue, role: FileRole) -> Path:
        return self.folder / "library" / issue.folder / issue.of(role)[0].name

    def articles(self, issue: Issue) -> list[Article]:
        return list(from_json(self.path(issue, FileRole.EDITION).read_bytes()).articles())

    def is_read(self, issue: Issue, fragment: int, percentage: float = 0.5) -> None:
        """KOReader tells its server that it is on a page of the book."""
        book = self.path(issue, FileRole.BOOK)
        with book.open("rb") as file:
            document = partial_md5(file)
        sync = ProgressSync(ReadingRecord(self.folders.reading()), Password(TOKEN), lambda: 1.0)
        with running(self.folder, spoken=Conversation((sync,))) as server:
            place = f"/body/DocFragment[{fragment}]/body/article/p[2]/text().34"
            pushed = KoReader(server.port).push(document=document, progress=place, percentage=percentage)
            assert pushed[0] == 200


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paper:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "newsexport").symlink_to("state")
    return Paper(tmp_path)


def titles(issue: Issue) -> list[str]:
    return [story.title for story in issue.stories]


def again(issue: Issue) -> list[str]:
    return [story.title for story in issue.stories if story.again]


def spine_of(path: Path, page: str) -> int:
    """The number of a page in the spine, from 1, as KOReader counts."""
    with zipfile.ZipFile(path) as book:
        package = book.read("EPUB/content.opf").decode()
    return package.partition("<spine")[2].partition(f'"{page}"')[0].count("<itemref")


def test_what_was_not_read_to_its_end_comes_again_and_says_so(paper: Paper) -> None:
    first = paper.comes_out(MONDAY, "One", "Two", "Three", "Four")
    paper.is_read(first, spine_of(paper.path(first, FileRole.BOOK), "a0003"))
    assert paper.rehearsed(TUESDAY) == ("2 articles (Three; Four)", ["Three", "Four"])
    second = paper.comes_out(TUESDAY, "Fresh")
    assert titles(second) == ["Fresh", "Three", "Four"]
    assert [article.again for article in paper.articles(second)] == [None, MONDAY, MONDAY]
    marked = "Again from Monday, 23 November 2026"
    assert paper.path(second, FileRole.TEXT).read_text("utf-8").count(marked) == 2
    with zipfile.ZipFile(paper.path(second, FileRole.BOOK)) as book:
        assert [marked in book.read(f"EPUB/a000{number}.xhtml").decode() for number in (1, 2, 3)] == [
            False,
            True,
            True,
        ]
    assert Counted(EDITION, ARTICLE, 3, 3) in paper.told
    assert any("2 articles of earlier issues" in one.text for one in paper.told if isinstance(one, Noted))


def test_nothing_comes_again_of_an_issue_that_nobody_opened(paper: Paper) -> None:
    paper.comes_out(MONDAY, "One", "Two")
    assert titles(paper.comes_out(TUESDAY, "Fresh")) == ["Fresh"]


def test_an_issue_that_is_opened_late_is_looked_back_at(paper: Paper) -> None:
    first = paper.comes_out(MONDAY, "One", "Two")
    paper.comes_out(TUESDAY, "Fresh")
    paper.is_read(first, spine_of(paper.path(first, FileRole.BOOK), "a0002"))
    assert titles(paper.comes_out(WEDNESDAY, "Latest")) == ["Latest", "Two"]


@pytest.mark.parametrize(("times", "expected"), [(1, [MONDAY, None, None]), (2, [MONDAY, MONDAY, None])])
def test_it_comes_again_as_often_as_told(paper: Paper, times: int, expected: list[date | None]) -> None:
    more = f"carry_times = {times}"
    issue = paper.comes_out(MONDAY, "One", "Two", more=more)
    came = []
    for day in (TUESDAY, WEDNESDAY, THURSDAY):
        paper.is_read(issue, spine_of(paper.path(issue, FileRole.BOOK), "a0001"), 0.1)
        issue = paper.comes_out(day, f"Of {day:%A}", more=more)
        came.append(next((story.again for story in issue.stories if story.title == "Two"), None))
    assert came == expected


def test_what_was_read_in_the_older_book_meanwhile_does_not_come(paper: Paper) -> None:
    first = paper.comes_out(MONDAY, "One", "Two", more="carry_times = 3")
    paper.is_read(first, spine_of(paper.path(first, FileRole.BOOK), "a0002"))
    second = paper.comes_out(TUESDAY, "Fresh", more="carry_times = 3")
    assert again(second) == ["Two"]
    paper.is_read(second, spine_of(paper.path(second, FileRole.BOOK), "a0001"), 0.3)
    paper.is_read(first, spine_of(paper.path(first, FileRole.BOOK), "a0002"), 1.0)
    assert titles(paper.comes_out(WEDNESDAY, "Latest", more="carry_times = 3")) == ["Latest", "Fresh"]


def test_no_more_comes_again_than_there_is_room_for(paper: Paper) -> None:
    first = paper.comes_out(MONDAY, "One", "Two", "Three", "Four")
    paper.is_read(first, spine_of(paper.path(first, FileRole.BOOK), "a0001"), 0.1)
    told = "2 articles (One; Two), and has no room for 2 articles more (carry_most)"
    assert paper.rehearsed(TUESDAY, "carry_most = 2")[0] == told
    second = paper.comes_out(TUESDAY, "Fresh", more="carry_most = 2")
    assert again(second) == ["One", "Two"]
    assert [one.count for one in paper.told if isinstance(one, Omitted) and "carry_most" in one.reason] == [2]


def test_what_comes_by_itself_again_is_there_once_and_marked(paper: Paper) -> None:
    first = paper.comes_out(MONDAY, "One", "Two")
    paper.is_read(first, spine_of(paper.path(first, FileRole.BOOK), "a0002"))
    second = paper.comes_out(TUESDAY, "Two", "Fresh")
    assert (titles(second), again(second)) == (["Two", "Fresh"], ["Two"])


def test_what_has_the_title_of_the_day_before_is_another_article(paper: Paper) -> None:
    first = paper.comes_out(MONDAY, "Letters", "Two")
    paper.is_read(first, spine_of(paper.path(first, FileRole.BOOK), "a0001"), 0.1)
    (paper.folder / TUESDAY.isoformat()).mkdir()
    words = "Nobody wrote to us since, but for a reader in the north, who asks after the weather.\n"
    (paper.folder / TUESDAY.isoformat() / "9.txt").write_text(f"Letters\n\n{words}", "utf-8")
    second = paper.comes_out(TUESDAY)
    assert [(story.title, story.again) for story in second.stories] == [
        ("Letters", None),
        ("Letters", MONDAY),
        ("Two", MONDAY),
    ]


def test_a_book_made_anew_meanwhile_is_known_by_both(paper: Paper) -> None:
    first = paper.comes_out(MONDAY, "One", "Two", "Three")
    place = spine_of(paper.path(first, FileRole.BOOK), "a0003")
    before = paper.path(first, FileRole.BOOK).read_bytes()
    made_anew = paper.comes_out(MONDAY, "Zero", "Two", "Three")
    assert paper.path(made_anew, FileRole.BOOK).read_bytes() != before
    old = made_anew.of(FileRole.BOOK)[0]
    kept = paper.path(made_anew, FileRole.BOOK).read_bytes()
    paper.path(made_anew, FileRole.BOOK).write_bytes(before)  # as it lies on the device
    paper.is_read(made_anew, place)
    (paper.folder / "library" / made_anew.folder / old.name).write_bytes(kept)
    assert again(paper.comes_out(TUESDAY, "Fresh")) == ["Zero", "Three"]


def test_made_again_on_the_same_day_it_is_the_same_issue(paper: Paper) -> None:
    first = paper.comes_out(MONDAY, "One", "Two")
    paper.is_read(first, spine_of(paper.path(first, FileRole.BOOK), "a0002"))
    second = paper.comes_out(TUESDAY, "Fresh")
    before = paper.path(second, FileRole.BOOK).read_bytes()
    assert paper.path(paper.comes_out(TUESDAY, "Fresh"), FileRole.BOOK).read_bytes() == before


def test_what_comes_again_makes_no_issue_by_itself(paper: Paper) -> None:
    first = paper.comes_out(MONDAY, "One", "Two")
    paper.is_read(first, spine_of(paper.path(first, FileRole.BOOK), "a0002"))
    with pytest.raises(NothingToExportError):
        paper.comes_out(TUESDAY)


def test_a_book_that_somebody_removed_keeps_nothing_else_from_coming(paper: Paper) -> None:
    first = paper.comes_out(MONDAY, "One", "Two")
    place = spine_of(paper.path(first, FileRole.BOOK), "a0002")
    paper.is_read(first, place)
    paper.folders.reading().rename(paper.folder / "kept.sqlite3")  # nothing is known of its files any more
    paper.is_read(first, place)
    paper.path(first, FileRole.TEXT).unlink()
    assert titles(paper.comes_out(TUESDAY, "Fresh")) == ["Fresh", "Two"]


def test_a_record_that_cannot_be_read_keeps_no_issue_from_coming(paper: Paper) -> None:
    paper.comes_out(MONDAY, "One")
    paper.folders.reading().write_bytes(b"nothing of ours " * 100)
    assert paper.rehearsed(TUESDAY) == ("nothing", [])
    assert titles(paper.comes_out(TUESDAY, "Fresh")) == ["Fresh"]
    assert any("nothing comes again" in one.text for one in paper.told if isinstance(one, Noted))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("carry_times = 0", "begin at 1"),
        ("carry_most = 0", "begin at 1"),
        ('carry_times = "often"', "expected"),
        ("carry_time = 1", "carry_times"),
    ],
)
def test_what_makes_no_sense_is_refused(paper: Paper, more: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        paper.plan("2026-11-23", more)


def test_only_what_is_asked_for_is_put_down(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.newsexport.routine.test_carry.PAPER", PAPER.replace('carry = "unread"\n', ""))
    paper.comes_out(MONDAY, "One")
    assert not paper.folders.reading().exists()
