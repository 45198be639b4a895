from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.library.places import PLACES, place
from tests.newsexport.library.publishing_run import MORNING, NOW, Lines, draft, publish

from newsexport.errors import OutputError, UsageError
from newsexport.events import Event, Lost, Noted, Omitted
from newsexport.library.entries import issue_in, issue_text
from newsexport.library.issue import (
    EVERYTHING,
    FileRole,
    Issue,
    IssueArticle,
    IssueFile,
    Keep,
    Paper,
    issue_id,
)
from newsexport.library.library import Holding, Library
from newsexport.library.manifest import ManifestError, issue_json, paper_json, read_issue, read_paper
from newsexport.library.store import FolderStore, Store
from newsexport.library.timetable import Timetable, timetable
from newsexport.text.plaintext import storable

DAY = date(2026, 11, 25)


@pytest.fixture(params=PLACES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with place(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "library")


def quiet(store: Store) -> Library:
    return Library(store, lambda _: None)


def names(store: Store) -> list[str]:
    return [one.path for one in store.list()]


@pytest.mark.slow
def test_what_is_published_is_found_again_newest_first(store: Store, tmp_path: Path) -> None:
    for back in (2, 0, 1):
        publish(store, tmp_path / "staging", DAY - timedelta(days=back), "news")
    library = quiet(store)
    assert library.papers() == (MORNING,)
    issues = library.issues(MORNING)
    assert [issue.issued for issue in issues] == [DAY, DAY - timedelta(days=1), DAY - timedelta(days=2)]
    for path, file in library.files().items():
        data = store.read(path)
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file.size, file.sha256)
        assert file.sha256[:8] in path
    feed = store.read("morning/feed.xml").decode()
    assert set(library.files()) == {line.split()[0] for line in feed.splitlines()}


def test_the_same_issue_again_writes_nothing(folder: FolderStore, tmp_path: Path) -> None:
    publish(folder, tmp_path / "staging", DAY, "news")
    before = list(folder.list())
    later = draft(tmp_path / "staging", DAY, "news")
    later = replace(later, issue=replace(later.issue, published=NOW + timedelta(hours=2)))
    quiet(folder).publish(MORNING, later, Lines())
    assert list(folder.list()) == before, "times of files included"


@pytest.mark.slow
def test_an_issue_made_again_keeps_who_it_is_and_when_it_appeared(store: Store, tmp_path: Path) -> None:
    first = publish(store, tmp_path / "staging", DAY, "news")
    library = quiet(store)
    later = draft(tmp_path / "staging", DAY, "corrected news")
    later = replace(later, issue=replace(later.issue, published=NOW + timedelta(hours=2)))
    second = library.publish(MORNING, later, Lines())
    assert (second.id, second.published, second.updated) == (first.id, NOW, NOW + timedelta(hours=2))
    assert library.issues(MORNING) == (second,)
    assert {file.name for file in first.files}.isdisjoint(file.name for file in second.files)
    if not store.grace:
        assert set(names(store)) >= set(library.files())
        assert not any(f"{first.folder}/{file.name}" in names(store) for file in first.files)


def test_what_is_not_kept_goes_and_nothing_else_does(folder: FolderStore, tmp_path: Path) -> None:
    folder.write("CNAME", b"oldhaven.example")
    folder.write("morning/mine.txt", b"a note of the user's")
    folder.write("morning/2026-11-20/mine.txt", b"another")
    folder.write("other/2026-11-20/photo.1a2b3c4d.jpg", b"of no paper of ours")
    for back in range(5, -1, -1):
        publish(folder, tmp_path / "staging", DAY - timedelta(days=back), "news", Keep(issues=2))
    library = quiet(folder)
    assert [issue.issued for issue in library.issues(MORNING)] == [DAY, DAY - timedelta(days=1)]
    kept = {
        name for name in names(folder) if not name.startswith(("morning/2026-11-25", "morning/2026-11-24"))
    }
    assert kept == {
        "CNAME",
        "morning/2026-11-20/mine.txt",
        "morning/feed.xml",
        "morning/latest.epub",
        "morning/latest.txt",
        "morning/mine.txt",
        "morning/paper.json",
        "opds.xml",
        "other/2026-11-20/photo.1a2b3c4d.jpg",
    }


def test_issues_that_go_are_counted(folder: FolderStore, tmp_path: Path) -> None:
    for back in (3, 2, 1):
        publish(folder, tmp_path / "staging", DAY - timedelta(days=back), "news")
    told: list[Event] = []
    library = Library(folder, told.append)
    library.publish(MORNING, draft(tmp_path / "staging", DAY, "news"), Lines(), Keep(issues=2))
    reason = "removed: only the newest are kept (keep, keep_days)"
    assert told == [Omitted("morning", reason, "issue", 2)]


def test_lists_that_are_no_longer_made_go_with_what_they_name(folder: FolderStore, tmp_path: Path) -> None:
    old = (
        "morning/feed-0123abcd.xml",
        "morning/opds-0123abcd-2.json",
        "morning/opds-7.xml",
        "morning/latest.mp3",
        "morning/books.xml",
    )
    for path in (*old, "morning/feed-mine.xml", "morning/latest", "mine/latest.mp3/latest.mp3"):
        folder.write(path, b"names what will be gone")
    publish(folder, tmp_path / "staging", DAY, "news")
    assert not set(old) & set(names(folder))
    assert {"morning/feed.xml", "morning/feed-mine.xml", "morning/latest"} <= set(names(folder))
    assert "mine/latest.mp3/latest.mp3" in names(folder)


@pytest.mark.slow
def test_what_is_newest_lies_at_an_address_that_stays(store: Store, tmp_path: Path) -> None:
    def latest(end: str = "epub") -> bytes:
        return store.read(f"morning/latest.{end}")

    for back in (1, 0, 2):
        publish(store, tmp_path / "staging", DAY - timedelta(days=back), "news")
    assert latest() == b"morning.epub 2026-11-25 news " * 500
    assert "morning/latest.vtt" not in names(store), "a transcript is of no use by itself"
    publish(store, tmp_path / "staging", DAY, "NEWS")
    assert latest() == b"morning.epub 2026-11-25 NEWS " * 500, "of the same size, and another"
    later = draft(tmp_path / "staging", DAY + timedelta(days=1), "news", ["morning.txt"])
    quiet(store).publish(MORNING, later, Lines())
    assert latest("txt").startswith(b"morning.txt 2026-11-26")
    assert latest().startswith(b"morning.epub 2026-11-25 NEWS"), "the newest that there is of each"


def test_what_is_newest_is_renewed_only_where_something_else_stands(
    folder: FolderStore, tmp_path: Path
) -> None:
    path = folder.root / "morning/latest.epub"
    for back in (1, 0):
        publish(folder, tmp_path / "staging", DAY - timedelta(days=back), "news")
    before = path.stat()
    publish(folder, tmp_path / "staging", DAY, "news")
    quiet(folder).refresh(Lines())
    assert path.stat().st_ino == before.st_ino
    path.unlink()
    path.write_bytes(b"morning.epub 2026-11-25 fake " * 500)
    publish(folder, tmp_path / "staging", DAY, "news")
    assert b"fake" not in path.read_bytes()
    folder.remove(f"morning/{DAY}/issue.json")
    quiet(folder).refresh(Lines())
    assert path.read_bytes().startswith(b"morning.epub 2026-11-24"), "the newest is gone"
    folder.remove(f"morning/{DAY - timedelta(days=1)}/issue.json")
    quiet(folder).refresh(Lines())
    assert not path.exists()


def test_what_is_newest_cannot_be_renewed_and_the_issue_is_published_all_the_same(
    folder: FolderStore, tmp_path: Path
) -> None:
    folder.write("morning/latest.epub/mine.txt", b"a note of the user's")
    told: list[Event] = []
    library = Library(folder, told.append)
    issue = library.publish(MORNING, draft(tmp_path / "staging", DAY, "news"), Lines())
    assert told == [Noted("could not renew morning/latest.epub, and will try again: is a folder, not a file")]
    assert library.issues(MORNING) == (issue,)
    assert folder.read("morning/latest.txt") == b"morning.txt 2026-11-25 news " * 500


def test_in_a_bucket_what_is_young_may_be_another_runs(tmp_path: Path) -> None:
    with place("memory", tmp_path) as bucket:
        publish(bucket, tmp_path / "staging", DAY, "news")
        bucket.write("morning/2026-11-25/evening.0a1b2c3d.mp3", b"another run has not named it yet")
        publish(bucket, tmp_path / "staging", DAY - timedelta(days=1), "news")
        assert "morning/2026-11-25/evening.0a1b2c3d.mp3" in names(bucket)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["folder", "memory", "webdav"])
def test_runs_at_once_lose_nothing(kind: str, tmp_path: Path) -> None:
    days = [DAY - timedelta(days=back) for back in range(8 if kind == "memory" else 4)]
    failed: list[BaseException] = []

    def run(day: date) -> None:
        try:
            publish(shared, tmp_path / f"staging-{day}", day, "news", EVERYTHING)
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failed.append(error)

    with place(kind, tmp_path) as shared:
        threads = [threading.Thread(target=run, args=(day,)) for day in days]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not failed
        library = quiet(shared)
        assert [issue.issued for issue in library.issues(MORNING)] == days
        feed = shared.read("morning/feed.xml").decode()
        assert {line.split()[0] for line in feed.splitlines()} == set(library.files())


def test_a_damaged_manifest_loses_one_issue_with_a_message(folder: FolderStore, tmp_path: Path) -> None:
    for back in range(3):
        publish(folder, tmp_path / "staging", DAY - timedelta(days=back), "news")
    folder.write("morning/2026-11-24/issue.json", b'{"newsexport-issue": 1, "id": ')
    told: list[Event] = []
    library = Library(folder, told.append)
    assert [issue.issued.day for issue in library.issues(MORNING)] == [25, 23]
    assert [(event.reference, event.whole) for event in told if isinstance(event, Lost)] == [
        ("morning/2026-11-24/issue.json", True)
    ]
    publish(folder, tmp_path / "staging", DAY, "newer news")
    assert len([name for name in names(folder) if name.startswith("morning/2026-11-24/morning.")]) == 3
    publish(folder, tmp_path / "staging", DAY - timedelta(days=1), "news")
    assert [issue.issued.day for issue in library.issues(MORNING)] == [25, 24, 23]


def test_a_damaged_manifest_is_told_once_while_something_is_published(
    folder: FolderStore, tmp_path: Path
) -> None:
    publish(folder, tmp_path / "staging", DAY - timedelta(days=1), "news")
    folder.write("morning/2026-11-24/issue.json", b"{}")
    told: list[Event] = []
    Library(folder, told.append).publish(MORNING, draft(tmp_path / "staging", DAY, "news"), Lines())
    assert len([event for event in told if isinstance(event, Lost)]) == 1


def test_a_damaged_manifest_of_a_paper_leaves_its_issues(folder: FolderStore, tmp_path: Path) -> None:
    publish(folder, tmp_path / "staging", DAY, "news")
    folder.write("morning/paper.json", b"\xff\x00")
    told: list[Event] = []
    (paper,) = Library(folder, told.append).papers()
    assert (paper.key, paper.title, len(told)) == ("morning", "The Oldhaven Morning", 1)
    assert quiet(folder).issues(paper)


def test_a_manifest_in_another_place_is_not_believed(folder: FolderStore, tmp_path: Path) -> None:
    publish(folder, tmp_path / "staging", DAY, "news")
    folder.write("morning/2026-11-20/issue.json", folder.read("morning/2026-11-25/issue.json"))
    told: list[Event] = []
    assert len(Library(folder, told.append).issues(MORNING)) == 1
    assert "belongs at morning/2026-11-25" in str(told[0])


def test_without_room_nothing_is_changed_and_the_bytes_are_told(folder: FolderStore, tmp_path: Path) -> None:
    class Full(FolderStore):
        __slots__ = ()

        def room(self) -> int | None:
            return 1000

    publish(folder, tmp_path / "staging", DAY - timedelta(days=1), "news")
    before = list(folder.list())
    with pytest.raises(OutputError, match=r"needs 4,\d{3},\d{3} bytes, and 1,000 are free"):
        publish(Full(folder.root), tmp_path / "staging", DAY, "news")
    assert list(folder.list()) == before


class Refusing(FolderStore):
    """A folder in which what is being sent to somebody cannot be removed, as on Windows."""

    __slots__ = ()

    def remove(self, path: str) -> None:
        if path.endswith((".mp3", "2026-11-24/issue.json")):
            raise OutputError(path, "is being sent")
        super().remove(path)


def test_what_cannot_be_removed_is_told_and_goes_with_the_next_run(
    folder: FolderStore, tmp_path: Path
) -> None:
    publish(folder, tmp_path / "staging", DAY - timedelta(days=1), "news")
    folder.write("morning/2026-11-25/old.1a2b3c4d.mp3", b"no manifest names it")
    told: list[Event] = []
    one = draft(tmp_path / "staging", DAY, "news")
    Library(Refusing(folder.root), told.append).publish(MORNING, one, Lines(), Keep(issues=1))
    assert [str(event.text) for event in told if isinstance(event, Noted)] == [
        f"could not remove {path}, and will try again: is being sent"
        for path in ("morning/2026-11-24/issue.json", "morning/2026-11-25/old.1a2b3c4d.mp3")
    ]
    assert not any(isinstance(event, Omitted) for event in told), "it is still there"
    assert len([name for name in names(folder) if name.startswith("morning/2026-11-24/")]) == 5
    publish(folder, tmp_path / "staging", DAY, "news", Keep(issues=1))
    assert not any(name.startswith("morning/2026-11-24/") for name in names(folder))
    assert "morning/2026-11-25/old.1a2b3c4d.mp3" not in names(folder)


def test_without_papers_there_are_no_issues_and_of_other_papers_only_theirs(
    folder: FolderStore, tmp_path: Path
) -> None:
    evening = Paper("evening", "The Oldhaven Evening")
    library = quiet(folder)
    assert (library.papers(), library.issues(MORNING), library.files()) == ((), (), {})
    for paper in (MORNING, evening):
        library.publish(paper, draft(tmp_path / "staging", DAY, "news", paper=paper), Lines())
    assert library.papers() == (evening, MORNING)
    assert [issue.paper for issue in library.issues(evening)] == ["evening"]
    assert {path.partition("/")[0] for path in library.files()} == {"evening", "morning"}
    assert [held.paper for held in library.holdings()] == [evening, MORNING]


def test_only_papers_that_are_named_lose_issues(folder: FolderStore, tmp_path: Path) -> None:
    evening = Paper("evening", "The Oldhaven Evening")
    library = quiet(folder)
    for paper in (MORNING, evening):
        for back in (1, 0):
            made = draft(tmp_path / "staging", DAY - timedelta(days=back), "news", paper=paper)
            library.publish(paper, made, Lines())
    library.refresh(Lines(), {"morning": Keep(issues=1)})
    assert [len(library.issues(paper)) for paper in (MORNING, evening)] == [1, 2]
    library.refresh(Lines())
    assert [len(library.issues(paper)) for paper in (MORNING, evening)] == [1, 2]


def test_a_file_that_lacks_bytes_is_brought_again(folder: FolderStore, tmp_path: Path) -> None:
    issue = publish(folder, tmp_path / "staging", DAY, "news")
    path = f"{issue.folder}/{issue.files[0].name}"
    folder.write(path, b"half")
    publish(folder, tmp_path / "staging", DAY, "news")
    assert len(folder.read(path)) == issue.files[0].size


def test_what_just_fits_is_published(folder: FolderStore, tmp_path: Path) -> None:
    made = draft(tmp_path / "staging", DAY, "news")
    needed = sum(file.size for file in made.issue.files) + 4_000_000

    class Tight(FolderStore):
        __slots__ = ()

        def room(self) -> int | None:
            return needed - tight

    tight = 1
    with pytest.raises(OutputError) as told:
        quiet(Tight(folder.root)).publish(MORNING, made, Lines())
    assert str(told.value) == (
        f"morning/2026-11-25: publishing needs {needed:,} bytes, and {needed - 1:,} are free; nothing was changed"
    )
    tight = 0
    quiet(Tight(folder.root)).publish(MORNING, made, Lines())
    assert quiet(folder).issues(MORNING)


def test_another_runs_issue_that_comes_meanwhile_is_in_what_is_made_of_all(tmp_path: Path) -> None:
    """Where nothing keeps runs apart, what was made is made again until nobody changed anything meanwhile."""
    with place("memory", tmp_path) as bucket:

        class Meanwhile(Lines):
            def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
                rounds.append(len(holdings[0].issues))
                if len(rounds) == 1:
                    publish(bucket, tmp_path / "other", DAY - timedelta(days=1), "theirs", EVERYTHING)
                return super().of_library(holdings)

        rounds: list[int] = []
        quiet(bucket).publish(MORNING, draft(tmp_path / "ours", DAY, "ours"), Meanwhile())
        assert rounds == [1, 2]
        feed = bucket.read("morning/feed.xml").decode()
        assert {line.split()[0] for line in feed.splitlines()} == set(quiet(bucket).files())


def test_documents_that_are_the_same_are_not_written_again(folder: FolderStore, tmp_path: Path) -> None:
    publish(folder, tmp_path / "staging", DAY, "news")
    before = list(folder.list())
    quiet(folder).refresh(Lines())
    assert list(folder.list()) == before


def test_pages_are_made_of_new_issues_of_those_without_and_of_all_on_request(
    folder: FolderStore, tmp_path: Path
) -> None:
    for back in range(3):
        publish(folder, tmp_path / "staging", DAY - timedelta(days=back), "news")
    folder.remove("morning/2026-11-24/index.html")
    folder.write("morning/2026-11-25/index.html", b"by hand")
    folder.write("morning/2026-11-25/mine.txt", b"newer than the page, which is not made of it")
    publish(folder, tmp_path / "staging", DAY - timedelta(days=2), "news")
    assert folder.read("morning/2026-11-24/index.html")
    assert folder.read("morning/2026-11-25/index.html") == b"by hand"
    quiet(folder).refresh(Lines())
    assert folder.read("morning/2026-11-25/index.html") != b"by hand"


def test_days_are_counted_to_the_newest_issue() -> None:
    issues = [draft_issue(DAY - timedelta(days=back)) for back in (0, 1, 6, 7, 30)]
    assert [issue.issued.day for issue in Keep(days=7).of(issues)] == [25, 24, 19]
    assert len(Keep(issues=2, days=7).of(issues)) == 2
    assert Keep().of(issues) == tuple(issues)
    assert Keep(days=1).of(issues) == Keep(issues=1).of(issues) == tuple(issues[:1])
    for wrong in ({"issues": 0}, {"days": 0}):
        with pytest.raises(UsageError):
            Keep(**wrong)


def test_a_stretch_without_issues_counts_as_one_day() -> None:
    """Whether the paper rested or a clock was a year ahead for one run."""
    real = [draft_issue(DAY - timedelta(days=back)) for back in range(9)]
    ahead, after = draft_issue(date(2027, 11, 25)), draft_issue(date(2027, 11, 26))
    assert Keep(days=7).of(real) == tuple(real[:7])
    assert Keep(days=7).of([ahead, *real]) == (ahead, *real[:6])
    assert Keep(days=7).of([after, ahead, *real]) == (after, ahead, *real[:5])
    beginning = draft_issue(date(1970, 1, 1))
    assert Keep(days=7).of([*real[:3], beginning]) == (*real[:3], beginning)


def test_issues_of_days_to_come_stay_and_are_not_counted() -> None:
    real = [draft_issue(DAY - timedelta(days=back)) for back in range(9)]
    ahead = [draft_issue(DAY + timedelta(days=days)) for days in (700, 365, 1)]
    assert Keep(issues=2).of([*ahead, *real], DAY) == (*ahead, *real[:2])
    assert Keep(days=3).of([*ahead, *real], DAY) == (*ahead, *real[:3])
    assert Keep(issues=2).of([*ahead, *real], date(1970, 1, 1)) == (*ahead, *real)


@pytest.mark.slow
@pytest.mark.parametrize("keep", [Keep(days=7), Keep(issues=7), Keep(issues=1), Keep(days=1)])
@pytest.mark.parametrize("wrong", [date(1970, 1, 1), date(2027, 11, 25), date(2026, 10, 1)])
def test_what_was_just_published_stays_whatever_the_clock_says(
    folder: FolderStore, tmp_path: Path, wrong: date, keep: Keep
) -> None:
    told: list[Event] = []
    library = Library(folder, told.append)
    days = [DAY - timedelta(days=1), wrong, DAY, DAY + timedelta(days=1)]
    for day in days:
        one = draft(tmp_path / "staging", day, "news")
        at = NOW.replace(year=day.year, month=day.month, day=day.day)
        one = replace(one, issue=replace(one.issue, published=at))
        library.publish(MORNING, one, Lines(), keep)
        there = [issue.issued for issue in library.issues(MORNING)]
        assert day in there
        if (keep.issues or keep.days) == 7 and day <= DAY:
            assert there == sorted(days[: days.index(day) + 1], reverse=True)
    notes = [event.text for event in told if isinstance(event, Noted)]
    ahead = wrong > DAY
    assert any("morning/2027-11-25: is of a day to come" in note for note in notes) is ahead


@pytest.mark.parametrize("when", [None, timetable("6:05"), timetable("23:30", "weekdays")])
def test_how_a_paper_is_published_is_written_down_with_it(when: Timetable | None) -> None:
    paper = replace(MORNING, numbered=True, section_feeds=True, timetable=when)
    assert read_paper(paper_json(paper), "p") == paper
    assert read_paper(paper_json(MORNING), "p") == MORNING


@pytest.mark.parametrize(
    "wrong", [{"at": "25:00"}, {"at": 6}, {"at": "6:00", "on": []}, {"at": "6:00", "on": [1]}]
)
def test_a_timetable_that_means_nothing_is_damage(wrong: dict[str, object]) -> None:
    told = json.dumps({**json.loads(paper_json(MORNING)), **wrong}).encode()
    with pytest.raises(ManifestError, match="is damaged"):
        read_paper(told, "p")


def draft_issue(day: date) -> Issue:
    return Issue(issue_id(MORNING, day), "morning", "M", day, NOW, "en", "", (), ())


TEXT = st.text(st.characters(codec="utf-8"), max_size=20).map(storable)  # as the model has it
STORY = st.builds(
    IssueArticle,
    TEXT,
    TEXT,
    st.none() | TEXT,
    TEXT,
    st.integers(0, 10**6),
    st.none() | st.floats(0, 1e6),
    TEXT,
    TEXT,
    st.lists(TEXT, max_size=2).map(tuple),
    st.none() | st.dates(),
)
FILE = st.builds(
    IssueFile,
    st.from_regex(r"[^./\\\0][^/\\\0]{0,9}", fullmatch=True).filter(lambda name: storable(name) == name),
    st.sampled_from(FileRole),
    TEXT,
    st.integers(0, 2**40),
    st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    st.none() | st.floats(0, 1e6),
    TEXT,
)
ISSUE = st.builds(
    Issue,
    id=TEXT,
    paper=st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True),
    title=TEXT,
    issued=st.dates(),
    # with offsets alone: what a zone's clock showed twice, or never, equals nothing elsewhere (PEP 495)
    published=st.datetimes(timezones=st.timezones()).map(lambda at: datetime.fromisoformat(at.isoformat())),
    language=TEXT,
    summary=TEXT,
    stories=st.lists(STORY, max_size=3).map(tuple),
    files=st.lists(FILE, max_size=3).map(tuple),
    updated=st.none() | st.datetimes(timezones=st.just(NOW.tzinfo)),
)


@pytest.mark.slow
@given(ISSUE)
def test_an_issue_is_the_same_after_it_was_written_and_read(issue: Issue) -> None:
    assert read_issue(issue_json(issue), "") == issue
    assert issue_in(issue_text(issue).encode()) == issue


@pytest.mark.slow
@given(ISSUE, st.binary(max_size=40), st.integers(0, 4000))
def test_a_damaged_manifest_is_told_or_still_an_issue(issue: Issue, noise: bytes, at: int) -> None:
    data = issue_json(issue)
    try:
        read_issue(data[:at] + noise + data[at + len(noise) :], "morning/issue.json")
    except ManifestError as error:
        assert str(error).startswith("morning/issue.json: ")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("newsexport-issue", 2),
        ("issued", "yesterday"),
        ("published", "2026-11-25T06:00:00"),
        ("paper", "../etc"),
        ("stories", {}),
        ("title", None),
        ("files", [{"name": "../../passwd", "role": "book", "type": "", "size": 1, "sha256": "0" * 64}]),
        ("files", [{"name": ".htaccess", "role": "book", "type": "", "size": 1, "sha256": "0" * 64}]),
        ("files", [{"name": "a", "role": "book", "type": "", "size": -1, "sha256": "0" * 64}]),
        ("files", [{"name": "a", "role": "book", "type": "", "size": 1, "sha256": "0"}]),
    ],
)
def test_what_no_manifest_may_say_is_refused(member: str, value: object) -> None:
    said = json.loads(issue_json(draft_issue(DAY)))
    with pytest.raises(ManifestError):
        read_issue(json.dumps({**said, member: value}).encode(), "issue.json")


def test_what_a_later_version_added_is_passed_over() -> None:
    said = json.loads(issue_json(draft_issue(DAY)))
    said["weather"] = "rain"
    said["files"] = [
        {"name": "a", "role": "hologram", "type": "x/y", "size": 1, "sha256": "0" * 64, "new": 1}
    ]
    issue = read_issue(json.dumps(said).encode(), "issue.json")
    assert issue.files[0].role is FileRole.OTHER


def test_a_paper_is_the_same_after_it_was_written_and_read() -> None:
    guid = "5f0c1f7e-3c1b-4b52-9d0c-3c7c1a4d9b10"
    paper = Paper("a-b", "Ä", guid, "de", "d", "a", "e", "l", "c", explicit=True, private=False)
    assert read_paper(paper_json(paper), "") == paper
