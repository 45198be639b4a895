"""The index of a library's manifests: what is read again, and what becomes of a file that nobody should trust."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.newsexport.publishing import papers

from newsexport.library.entries import entry_of
from newsexport.library.index import INDEX, LibraryIndex
from newsexport.library.issue import Issue, latest_names, offered
from newsexport.library.library import Holding, holdings_of
from newsexport.library.manifest import issue_json, paper_json
from newsexport.library.store import FolderStore

LONG_AGO = 1_000_000_000


def put(root: Path, issue: Issue, at: float = LONG_AGO) -> Path:
    """Write the manifest of an issue, and that of its paper."""
    manifest = root / issue.folder / "issue.json"
    manifest.parent.mkdir(parents=True, exist_ok=True)
    written = {manifest: issue_json(issue), manifest.parent.parent / "paper.json": paper_json(papers.MORNING)}
    for path, data in written.items():
        draft = manifest.with_name(f".{path.name}")
        draft.write_bytes(data)
        os.utime(draft, (at, at))
        draft.replace(path)
    return manifest


class Reading:
    """A library in a folder that counts what is read of it."""

    def __init__(self, root: Path) -> None:
        self.store = FolderStore(root)
        self.read: list[str] = []

    def __call__(self, path: str) -> bytes:
        self.read.append(path)
        return self.store.read(path)

    @contextmanager
    def index(self, *places: Path) -> Iterator[LibraryIndex]:
        with closing(LibraryIndex(self, places or (self.store.root / INDEX,))) as index:
            index.renew(self.store.manifests())
            yield index


@pytest.fixture
def library(tmp_path: Path) -> Reading:
    for issue in papers.days(4):
        put(tmp_path, issue)
    return Reading(tmp_path)


def told(index: LibraryIndex) -> list[Issue]:
    return [issue for holding in holdings_of(index, print) for issue in holding.issues]


def test_an_index_says_what_the_manifests_say_and_reads_each_once(library: Reading) -> None:
    for times in (5, 0, 0):
        library.read.clear()
        with library.index() as index:
            assert told(index) == list(papers.days(4))
            assert index.papers() == {"morning": papers.MORNING}
        assert len(library.read) == times


def test_only_what_changed_is_read_again(library: Reading) -> None:
    days = papers.days(5)
    with library.index() as index:
        library.read.clear()
        put(library.store.root, days[4])
        (library.store.root / days[3].folder / "issue.json").unlink()
        changed = papers.issue(day=days[0].issued, stories=papers.STORIES[:1])
        put(library.store.root, changed, LONG_AGO + 1)
        index.renew(library.store.manifests())
        gone = f"{days[3].folder}/issue.json"
        assert sorted(library.read) == sorted(
            [f"{changed.folder}/issue.json", f"{days[4].folder}/issue.json", "morning/paper.json", gone]
        )
        assert told(index) == [changed, days[1], days[2], days[4]]
        assert len(index.matching(["choir"], 9)) == 3


def test_what_was_written_a_moment_ago_may_be_replaced_within_the_same_time(library: Reading) -> None:
    """The time of a file has steps, and another of the same size may be written within one."""
    first, second = (papers.issue(stories=[papers.STORIES[0], papers.STORIES[place]]) for place in (1, 1))
    with library.index() as index:
        manifest = put(library.store.root, first)
        now = manifest.stat().st_ctime
        os.utime(manifest, (now, now))
        index.renew(library.store.manifests())
        data = issue_json(second).replace(b"ferry is back", b"ferry is late")
        manifest.write_bytes(data)
        os.utime(manifest, (now, now))
        index.renew(library.store.manifests())
        assert told(index)[0].stories[0].title == "The ferry is late"


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_index_is_made_anew(library: Reading, damage: bytes) -> None:
    (library.store.root / INDEX).write_bytes(damage)
    with library.index() as index:
        assert told(index) == list(papers.days(4))
    library.read.clear()
    with library.index() as index:
        assert told(index) == list(papers.days(4))
    assert not library.read, "and is kept"


def test_pages_that_a_disk_has_spoilt_are_noticed_when_the_index_is_brought_up_to_date(
    library: Reading,
) -> None:
    with library.index():
        pass
    kept = library.store.root / INDEX
    data = kept.read_bytes()
    kept.write_bytes(data[:4096] + b"\xaa" * (len(data) - 4096))
    with library.index() as index:
        assert told(index) == list(papers.days(4))


def test_an_index_of_another_version_is_made_anew(library: Reading) -> None:
    with closing(sqlite3.connect(library.store.root / INDEX)) as other:
        other.execute("CREATE TABLE manifest (of TEXT)")
        other.execute("PRAGMA user_version = 99")
    with library.index() as index:
        assert told(index) == list(papers.days(4))


def test_where_nothing_may_be_written_it_is_kept_elsewhere_or_nowhere(
    library: Reading, tmp_path: Path
) -> None:
    nowhere = tmp_path / "none" / "index"
    elsewhere = tmp_path / "elsewhere"
    for places, kept in (((nowhere, elsewhere), True), ((nowhere,), False)):
        for again in (False, True):
            library.read.clear()
            with library.index(*places) as index:
                assert told(index) == list(papers.days(4))
            assert bool(library.read) is not (kept and again)


def test_a_new_index_begins_with_another_which_is_only_read(library: Reading, tmp_path: Path) -> None:
    with library.index():
        pass
    another, before = library.store.root / INDEX, (library.store.root / INDEX).read_bytes()
    put(library.store.root, papers.days(5)[4])
    library.read.clear()
    with closing(LibraryIndex(library, [tmp_path / "kept"], another)) as index:
        index.renew(library.store.manifests())
        assert told(index) == list(papers.days(5))
    assert library.read == ["morning/2026-11-21/issue.json"]
    assert another.read_bytes() == before


def test_a_manifest_that_cannot_be_read_is_told_and_the_others_are_there(library: Reading) -> None:
    days = papers.days(4)
    (library.store.root / days[1].folder / "issue.json").write_bytes(b"{")
    strayed = library.store.root / days[2].folder / "issue.json"
    strayed.write_bytes(strayed.read_bytes().replace(b'"morning"', b'"../../etc"'))
    for _ in range(2):
        with library.index() as index:
            assert told(index) == [days[0], days[3]]
            assert [fault.subject for fault in index.faults()] == [
                f"{one.folder}/issue.json" for one in (days[2], days[1])
            ]


def test_several_processes_and_threads_share_an_index(library: Reading) -> None:
    def once(number: int) -> int:
        put(library.store.root, papers.days(20)[number])
        with library.index() as index:
            return len(told(index))

    with ThreadPoolExecutor(6) as pool:
        assert min(pool.map(once, range(4, 20))) >= 5
    with library.index() as index:
        assert told(index) == list(papers.days(20))


KILLED = """
import os, signal, sys
from pathlib import Path
from newsexport.library import index
from newsexport.library.store import FolderStore
store, left = FolderStore(Path(sys.argv[1])), [int(sys.argv[2])]
def read(path):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return store.read(path)
index.BATCH = 3
index.LibraryIndex(read, [store.root / index.INDEX]).renew(store.manifests())
"""


@pytest.mark.slow
@pytest.mark.parametrize("reads", [0, 4, 11])
def test_an_index_whose_maker_was_killed_is_finished_by_the_next(library: Reading, reads: int) -> None:
    for issue in papers.days(14):
        put(library.store.root, issue)
    command = [sys.executable, "-c", KILLED, str(library.store.root), str(reads)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    with library.index() as index:
        assert told(index) == list(papers.days(14))
    assert len(library.read) == 15 - reads // 3 * 3


def test_an_entry_is_read_as_it_was_written() -> None:
    for issue in (
        papers.issue(),
        papers.by_articles(),
        papers.in_parts("section"),
        papers.issue(suffixes=[]),
    ):
        with closing(papers.indexed([Holding(papers.MORNING, (issue,))])) as index:
            (entry,) = index.issues()["morning"].entries
        assert entry == entry_of(issue, entry.stamp)
        assert (entry.paper, entry.issued, entry.id) == (issue.paper, issue.issued, issue.id)
        assert (entry.published, entry.changed) == (issue.published, issue.changed)
        assert entry.has.offered == bool(offered(issue))
        assert dict(entry.latest) == dict(latest_names(issue))
