"""Old issues go, and nothing else in a folder ever does."""

import os
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsexport.errors import OutputError, UsageError
from newsexport.events import Event, Noted, Omitted, ignore
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.job import Job
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.storage.old_issues import OLD, OldIssue, expire, expired, issue_at, issues_in

PAPER = "The Morning Ledger"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OURS = '<meta name="generator" content="newsexport"/>'


def day(number: int) -> date:
    return date(2026, 11, number)


def series(title: str = PAPER, place: str = "2026.11.20", kind: str = "series") -> str:
    return (
        f'<meta property="belongs-to-collection" id="series">{title}</meta>'
        f'<meta refines="#series" property="collection-type">{kind}</meta>'
        f'<meta refines="#series" property="group-position">{place}</meta>'
    )


def package(metadata: str, before: str = "") -> str:
    return f'{before}<package xmlns="http://www.idpf.org/2007/opf"><metadata>{metadata}</metadata></package>'


def book(path: Path, opf: str | bytes, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("EPUB/content.opf", opf)
    return path


def issue(folder: Path, number: int, name: str = "", title: str = PAPER) -> Path:
    return book(
        folder / (name or f"ledger-{number}.epub"), package(OURS + series(title, f"2026.11.{number}"))
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_issue_is_known_by_what_the_exporter_writes(tmp_path: Path) -> None:
    stories = tuple(
        Article(title=title, language="en", body=(Paragraph((Span("It rained."),)),))
        for title in ("Rain", "More")
    )
    target = tmp_path / "ledger.kepub.epub"
    EpubExporter().write(Edition(PAPER, date(2026, 1, 5), "en", (Section("News", stories),)), target, Job())
    assert issue_at(target) == OldIssue(target, PAPER, date(2026, 1, 5))


def test_the_newest_dates_stay_and_each_removal_is_told(tmp_path: Path) -> None:
    for number in (18, 19, 20, 21):
        issue(tmp_path, number)
    told: list[Event] = []
    expire(tmp_path, PAPER, 2, told.append)
    assert names(tmp_path) == ["ledger-20.epub", "ledger-21.epub"]
    assert told == [
        Omitted("ledger-18.epub", OLD, "issue"),
        Omitted("ledger-19.epub", OLD, "issue"),
    ]


def test_the_parts_of_an_issue_stay_or_go_together(tmp_path: Path) -> None:
    for number in (20, 21):
        issue(tmp_path, number, f"ledger-{number}-1.epub")
        issue(tmp_path, number, f"ledger-{number}-2.kepub.epub")
    expire(tmp_path, PAPER, 1, ignore)
    assert names(tmp_path) == ["ledger-21-1.epub", "ledger-21-2.kepub.epub"]


def test_issues_of_days_to_come_stay_and_are_not_counted() -> None:
    row = [OldIssue(Path(f"{number}.epub"), PAPER, day(number)) for number in range(1, 7)]
    assert [issue.issued for issue in expired(row, 2, day(4), day(4))] == [day(1), day(2)]
    assert [issue.issued for issue in expired(row, 2, day(1), day(1))] == []
    assert [issue.issued for issue in expired(row, 2, day(5), day(1))] == [day(1), day(2), day(3)]


def test_an_old_issue_made_again_is_not_removed_at_once(tmp_path: Path) -> None:
    for number in (1, 2, 20, 21):
        issue(tmp_path, number)
    expire(tmp_path, PAPER, 2, ignore, delivered=day(1))
    assert names(tmp_path) == ["ledger-1.epub", "ledger-20.epub", "ledger-21.epub"]


def test_the_paper_of_another_name_stays(tmp_path: Path) -> None:
    issue(tmp_path, 21)
    issue(tmp_path, 1, "evening.epub", "The Evening Ledger")
    expire(tmp_path, PAPER, 1, ignore)
    assert "evening.epub" in names(tmp_path)


@pytest.mark.parametrize(
    "opf",
    [
        package(series()),
        package('<meta name="generator" content="another"/>' + series()),
        package('<meta name="generator" content="newsexporter"/>' + series()),
        package(OURS),
        package(OURS + series(kind="set")),
        package(OURS + series(place="3")),
        package(OURS + series(place="2026.13.1")),
        package(OURS + series(place="2026.11.20.1.2")),
        package(OURS + series().replace("refines", "about")),
        package(OURS + series()).replace("2007/opf", "2007/other"),
        package(OURS + series())[:-3],
        package(OURS + series("&title;"), '<!DOCTYPE package [<!ENTITY title "The Morning Ledger">]>'),
        package(OURS + series("&title;"), '<!DOCTYPE package [<!ENTITY title "The Morning Ledger">]>').encode(
            "utf-16"
        ),
        package(OURS + series() + "<meta/>" * 2_000),
        package(OURS + series()) + " " * 9_000_000,
        "",
    ],
    ids=map(str, range(16)),
)
def test_what_is_not_certainly_an_issue_stays(opf: str | bytes, tmp_path: Path) -> None:
    issue(tmp_path, 21)
    doubtful = book(tmp_path / "doubtful.epub", opf)
    assert issue_at(doubtful) is None
    expire(tmp_path, PAPER, 1, ignore)
    assert doubtful.exists()


def damaged(folder: Path, change: Callable[[bytes], bytes]) -> Path:
    path = issue(folder, 1)
    path.write_bytes(change(path.read_bytes()))
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda data: data[:200],
        lambda data: data[:-10],
        lambda data: data + b"a comment that the end does not announce",
        lambda data: data[:-22] + data[-22:-10] + b"\xff\xff\xff\xff" + data[-6:],  # a list of 4 GB
        lambda data: data[:-22] + b"PK\x06\x07" + bytes(16) + data[-22:],
        lambda data: data.replace(b"content.opf", b"another.opf"),
        lambda data: data.replace(b"META-INF", b"META-OUT"),
        lambda data: bytes(byte ^ 0x55 if 200 < number < 400 else byte for number, byte in enumerate(data)),
    ],
)
def test_a_damaged_file_stays(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = damaged(tmp_path, change)
    issue(tmp_path, 21)
    expire(tmp_path, PAPER, 1, ignore)
    assert path.exists()


def test_a_zip_of_another_kind_than_ours_is_not_read(tmp_path: Path) -> None:
    plain = issue(tmp_path, 1)
    assert issue_at(plain) is not None
    data = plain.read_bytes()
    end = data[-22:]
    counts, sizes = end[8:10].ljust(8, b"\0"), end[12:16].ljust(8, b"\0")
    larger = b"PK\x06\x06" + (44).to_bytes(8, "little") + bytes(12) + counts + counts + sizes
    larger += end[16:20].ljust(8, b"\0")
    locator = b"PK\x06\x07" + bytes(4) + (len(data) - 22).to_bytes(8, "little") + (1).to_bytes(4, "little")
    zip64 = tmp_path / "zip64.epub"
    zip64.write_bytes(data[:-22] + larger + locator + end)
    with zipfile.ZipFile(zip64) as archive:
        assert archive.testzip() is None  # it is one that others read
    assert issue_at(zip64) is None
    with zipfile.ZipFile(plain, "a") as archive:
        archive.comment = bytes(40)  # as no book of ours has one
    assert issue_at(plain) is None


def test_a_book_with_a_list_of_contents_too_long_to_be_ours_is_not_read(tmp_path: Path) -> None:
    many = issue(tmp_path, 1)
    with zipfile.ZipFile(many, "a") as archive:
        for number in range(4_500):
            archive.writestr(zipfile.ZipInfo("EPUB/" + "long/" * 180 + f"{number}.xhtml"), b"")
    assert issue_at(many) is None


def test_a_document_compressed_in_a_way_of_its_own_is_not_read(tmp_path: Path) -> None:
    assert issue_at(book(tmp_path / "a.epub", package(OURS + series()), zipfile.ZIP_LZMA)) is None
    assert issue_at(book(tmp_path / "b.epub", package(OURS + series()), zipfile.ZIP_STORED)) is not None


def test_links_folders_pipes_and_other_names_stay(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.epub.d"
    elsewhere.mkdir()
    issue(elsewhere, 1)
    folder = tmp_path / "device"
    folder.mkdir()
    issue(folder, 21)
    issue(folder, 1, "ledger.zip")
    (folder / "link.epub").symlink_to(elsewhere / "ledger-1.epub")
    (folder / "folder.epub").mkdir()
    issue(folder / "folder.epub", 1)
    os.mkfifo(folder / "pipe.epub")
    before = names(folder)
    expire(folder, PAPER, 1, ignore)
    assert names(folder) == before
    assert (elsewhere / "ledger-1.epub").exists()
    assert names(folder / "folder.epub") == ["ledger-1.epub"]


def test_a_book_put_in_the_place_of_an_issue_meanwhile_stays(tmp_path: Path) -> None:
    for number in (1, 2, 21):
        issue(tmp_path, number)

    def replaced(event: Event) -> None:
        assert event == Omitted("ledger-1.epub", OLD, "issue")
        book(tmp_path / "ledger-2.epub", package(series()))

    expire(tmp_path, PAPER, 1, replaced)
    assert names(tmp_path) == ["ledger-2.epub", "ledger-21.epub"]


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        expire(tmp_path / "missing", PAPER, 1, ignore)


def test_a_file_that_cannot_be_removed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (20, 21):
        issue(tmp_path, number)

    def refused(_: Path) -> None:
        raise PermissionError(1, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refused)
    told: list[Event] = []
    expire(tmp_path, PAPER, 1, told.append)
    assert told == [Noted("could not remove the old issue ledger-20.epub: Read-only file system")]


def test_none_can_be_kept_of_nothing() -> None:
    with pytest.raises(UsageError):
        expired((), 0)


ISSUES = st.lists(
    st.builds(
        OldIssue,
        st.integers(0, 99).map("{}.epub".format).map(Path),
        st.sampled_from([PAPER, "The Evening Ledger"]),
        st.integers(0, 20).map(lambda days: day(1) + timedelta(days)),
    ),
    unique_by=lambda issue: issue.path,
)


@given(ISSUES, st.integers(1, 6), st.none() | st.integers(1, 20).map(day))
def test_only_older_issues_go_and_as_many_dates_stay_as_are_asked_for(
    issues: list[OldIssue], keep: int, delivered: date | None
) -> None:
    gone = expired(issues, keep, delivered)
    assert set(gone) <= set(issues)
    for title in {issue.series for issue in issues}:
        dates = {issue.issued for issue in issues if issue.series == title}
        old = {issue.issued for issue in gone if issue.series == title}
        left = {issue.issued for issue in issues if issue.series == title and issue not in gone}
        assert left.isdisjoint(old)
        assert len(left - {delivered}) <= min(keep, len(dates)) <= len(left)
        assert max(old, default=date.min) < max(left)
        assert delivered not in old


@given(data=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_are_an_issue_by_chance(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "chance.epub"
    path.write_bytes(data)
    assert issue_at(path) is None


def test_issues_come_by_name(tmp_path: Path) -> None:
    for number in (21, 20):
        issue(tmp_path, number)
    assert [issue.path.name for issue in issues_in(tmp_path)] == ["ledger-20.epub", "ledger-21.epub"]


def test_parts_of_an_issue_come_and_go_together(tmp_path: Path) -> None:
    for part in (1, 2):
        book(tmp_path / f"old-{part}.epub", package(OURS + series(place=f"2026.11.20.{part}")))
        book(tmp_path / f"new-{part}.epub", package(OURS + series(place=f"2026.11.21.{part}")))
    expire(tmp_path, "The Morning Ledger", 1, ignore)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new-1.epub", "new-2.epub"]
