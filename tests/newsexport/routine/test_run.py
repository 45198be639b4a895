"""A whole run of a paper as a call of the library, without the command line."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
from PIL import Image

from newsexport.artwork.image_limits import DEFAULT, Fit, largest_fit
from newsexport.configuration.plan import Plan
from newsexport.configuration.planning import read_plan
from newsexport.errors import BusyError, NothingToExportError, UsageError
from newsexport.events import Event, Lost
from newsexport.exporters.epub.device import Device
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.json import JsonExporter
from newsexport.interchange import from_json
from newsexport.library.issue import FeedContents, FileRole
from newsexport.model import figures
from newsexport.routine import Folders, RunOptions, run_paper
from newsexport.routine.lock import alone
from newsexport.routine.record import recall

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAPER = """\
[paper.morning]
timezone = "Pacific/Apia"
sources = ["articles"]
[paper.morning.text]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/ferry.txt").write_text("The ferry sails\n\nIt left the quay at noon.\n", "utf-8")
    return tmp_path


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "cache", tmp_path / "state")


@pytest.fixture
def plan(folder: Path) -> Callable[[str], Plan]:
    def planned(text: str) -> Plan:
        path = folder / "newsexport.toml"
        path.write_text(text, "utf-8")
        return read_plan(path)

    return planned


def test_an_issue_is_published_and_its_run_remembered(
    plan: Callable[[str], Plan], folder: Path, folders: Folders
) -> None:
    made = run_paper(plan(PAPER), "morning", folders, RunOptions(workers=1), clock=lambda: NOON)
    assert made.issue.issued == date(2026, 11, 26)  # it is a day later in Apia
    place = folder / "library" / made.issue.folder
    assert all((place / file.name).is_file() for file in made.issue.files)
    assert recall(folders.of_paper("morning", ".json"), lambda _: None).runs == (made.ran,)
    assert made.ran.articles == 1
    assert not list(folders.workshop("morning").parent.iterdir())


def test_what_is_asked_of_one_run_is_done(
    plan: Callable[[str], Plan], folder: Path, folders: Folders
) -> None:
    planned = plan(PAPER + '[[paper.morning.deliver]]\nby = "folder"\npath = "reader"\n')
    asked = RunOptions(issued=date(2026, 1, 2), workers=1, deliver=False)
    assert run_paper(planned, "morning", folders, asked).ran.issued == "2026-01-02"
    assert not (folder / "reader").exists()
    made = run_paper(planned, "morning", folders, RunOptions(issued=date(2026, 1, 2), workers=1))
    assert made.ran.delivered == (str(folder / "reader" / "morning-2026-01-02.txt"),)


def test_what_is_lost_is_reported_and_the_rest_published(
    plan: Callable[[str], Plan], folder: Path, folders: Folders
) -> None:
    told: list[Event] = []
    planned = plan(PAPER.replace('"articles"', '"articles", "gone.txt"'))
    made = run_paper(planned, "morning", folders, RunOptions(workers=1), told.append)
    assert [event.reference for event in told if isinstance(event, Lost)] == [str(folder / "gone.txt")]
    assert (made.ran.code, len(made.ran.left_out), made.ran.articles) == (1, 1, 1)


def test_a_run_that_publishes_nothing_says_why_and_is_remembered(
    plan: Callable[[str], Plan], folder: Path, folders: Folders
) -> None:
    planned = plan(PAPER)
    with pytest.raises(UsageError, match="no paper 'evening' is planned"):
        run_paper(planned, "evening", folders)
    (folder / "articles/ferry.txt").unlink()
    with pytest.raises(NothingToExportError):
        run_paper(planned, "morning", folders, RunOptions(workers=1))
    (ran,) = recall(folders.of_paper("morning", ".json"), lambda _: None).runs
    assert ran.code != 0
    assert "nothing" in ran.message
    with alone(folders.of_paper("morning", ".lock")), pytest.raises(BusyError):
        run_paper(planned, "morning", folders)


def test_a_grey_book_makes_no_other_format_grey_or_small(
    plan: Callable[[str], Plan], folder: Path, folders: Folders
) -> None:
    Image.new("RGB", (1300, 900), (200, 30, 30)).save(folder / "articles/quay.png")
    page = '<html><head><title>The quay</title></head><body><article><h1>The quay</h1><p>{}</p><img src="quay.png"/>'
    words = "The ferry left the quay at noon, with the mayor on board and a band that played. " * 30
    (folder / "articles/quay.html").write_text(page.format(words), "utf-8")
    planned = plan(
        '[paper.morning]\nsources = ["articles/quay.html"]\n[paper.morning.epub]\nfor = "remarkable"\n'
    )
    made = run_paper(planned, "morning", folders, RunOptions(workers=1))
    (data,) = (file.name for file in made.issue.files if file.name.endswith(".json"))
    edition = from_json((folder / "library" / made.issue.folder / data).read_bytes())
    (article,) = edition.articles()
    (figure,) = figures(article)
    picture = article.picture(figure.media)
    assert picture is not None
    with Image.open(BytesIO(picture.data)) as image:
        assert image.mode == "RGB"
        assert image.width == 1300


def test_pictures_are_as_large_as_the_format_that_shows_them_largest() -> None:
    grey = EpubExporter(device=Device.REMARKABLE)
    assert largest_fit([grey]) == grey.fit
    assert largest_fit([grey]).grey
    assert largest_fit([grey, EpubExporter()]) == EpubExporter().fit
    assert largest_fit([grey, JsonExporter()]) == DEFAULT  # nobody knows who will look at it
    large = EpubExporter(device=Device.APPLE)
    assert largest_fit([JsonExporter(), large, grey]) == large.fit
    assert largest_fit([]) == Fit()


def test_the_record_is_readable_by_others(plan: Callable[[str], Plan], folders: Folders) -> None:
    run_paper(plan(PAPER), "morning", folders, RunOptions(workers=1), clock=lambda: NOON)
    told = json.loads(folders.of_paper("morning", ".json").read_bytes())
    assert told["runs"][0]["began"] == "2026-11-26T01:00:00+13:00"


HEARD = """\
[paper.morning]
timezone = "Europe/Berlin"
sources = ["articles"]
feed = "{feed}"
keep = 2
[paper.morning.text]
[paper.morning.audio]
engine = "espeak"
[[paper.morning.deliver]]
by = "folder"
path = "player"
"""


def published(folder: Path) -> dict[str, bytes]:
    """Everything that others see of the library, but what tells when a run was."""
    library = folder / "library"
    return {
        path.relative_to(library).as_posix(): path.read_bytes()
        for path in sorted(library.rglob("*"))
        if path.is_file() and path.suffix not in {".xml", ".html"} and path.name[0] != "."
        if path.name != "issue.json"
    }


def episodes(folder: Path, feed: str) -> list[Any]:
    found = feedparser.parse((folder / "library/morning" / feed).read_bytes())
    assert not found.bozo
    return list(found.entries)


@pytest.mark.parametrize(
    ("feed", "sounds", "delivered"),
    [
        (FeedContents.ISSUES, ["morning-2026-11-25.mp3"], 1),
        (
            FeedContents.ARTICLES,
            ["morning-2026-11-25-01-a-market.mp3", "morning-2026-11-25-02-the-ferry-sails.mp3"],
            2,
        ),
        (
            FeedContents.BOTH,
            [
                "morning-2026-11-25-01-a-market.mp3",
                "morning-2026-11-25-02-the-ferry-sails.mp3",
                "morning-2026-11-25.mp3",
            ],
            1,
        ),
    ],
)
def test_what_is_an_episode_is_as_the_paper_says(
    plan: Callable[[str], Plan],
    folder: Path,
    folders: Folders,
    feed: FeedContents,
    sounds: list[str],
    delivered: int,
) -> None:
    (folder / "articles/a.txt").write_text("A market\n\nThe traders have a roof at last.\n", "utf-8")
    planned = plan(HEARD.format(feed=feed))
    made = run_paper(planned, "morning", folders, RunOptions(workers=1), clock=lambda: NOON)
    heard = [file for file in made.issue.files if file.role is FileRole.SOUND]
    assert sorted(f"{file.stem}.mp3" for file in heard) == sounds
    pictures = [file for file in made.issue.files if file.role is FileRole.PICTURE]
    assert [file.article for file in pictures] == ([] if feed is FeedContents.ISSUES else [1, 2])
    for file in pictures:
        with Image.open(folder / "library" / made.issue.folder / file.name) as drawn:
            assert drawn.size == (1400, 1400)
    assert sum(path.endswith(".mp3") for path in made.ran.delivered) == delivered
    assert (folder / "library/morning/articles.xml").exists() == (feed is not FeedContents.ISSUES)
    assert len(episodes(folder, "feed.xml")) == (2 if feed is FeedContents.ARTICLES else 1)
    if feed is not FeedContents.ISSUES:
        assert [one.title for one in episodes(folder, "articles.xml")] == ["A market", "The ferry sails"]
    assert (folder / "library/morning/latest.mp3").exists() == (feed is not FeedContents.ARTICLES)
    (small,) = (file for file in made.issue.files if file.role is FileRole.THUMBNAIL)
    assert small.size <= 20_000


def test_articles_are_episodes_once_however_often_a_paper_runs_and_go_with_their_issue(
    plan: Callable[[str], Plan], folder: Path, folders: Folders
) -> None:
    planned = plan(HEARD.format(feed=FeedContents.BOTH))

    def run(day: int) -> None:
        run_paper(planned, "morning", folders, RunOptions(date(2026, 11, day), workers=1), clock=lambda: NOON)

    run(20)
    first, ids = published(folder), [one.id for one in episodes(folder, "articles.xml")]
    run(20)
    assert published(folder) == first
    assert [one.id for one in episodes(folder, "articles.xml")] == ids
    run(21)
    run(22)
    assert len(episodes(folder, "articles.xml")) == 2
    assert not list((folder / "library/morning").glob("2026-11-20/*"))
    planned = plan(HEARD.format(feed=FeedContents.ISSUES))
    run(22)
    assert not (folder / "library/morning/articles.xml").exists()
    assert not list((folder / "library/morning").glob("2026-11-22/*-01-*"))


def test_of_a_book_in_parts_the_first_is_offered_first(
    plan: Callable[[str], Plan], folder: Path, folders: Folders
) -> None:
    for name in ("quay", "pier"):
        Image.effect_noise((1200, 900), 60).convert("RGB").save(folder / f"articles/{name}.jpg")
        text = f"# The {name}\n\n![the {name}]({name}.jpg)\n\nA band played on the {name}.\n"
        (folder / f"articles/{name}.md").write_text(text, "utf-8")
    planned = plan('[paper.morning]\nsources = ["articles"]\n[paper.morning.epub]\npart_size = 1\n')
    run_paper(planned, "morning", folders, RunOptions(date(2026, 11, 25), workers=1))
    books = list((folder / "library/morning/2026-11-25").glob("*.epub"))
    assert len(books) > 1
    (book,) = episodes(folder, "books.xml")
    assert re.search(r"/morning-2026-11-25\.[0-9a-f]{8}\.epub$", book.link)
    first = folder / "library/morning/2026-11-25" / book.link.rpartition("/")[2]
    assert (folder / "library/morning/latest.epub").read_bytes() == first.read_bytes()
    entry = feedparser.parse((folder / "library/opds.xml").read_bytes()).entries[0]
    taken = [link.href for link in entry.links if link.rel.endswith("open-access")]
    assert taken[0] == book.link


def test_covers_have_the_quotation_marks_of_their_language(
    plan: Callable[[str], Plan], folder: Path, folders: Folders
) -> None:
    covers = []
    for key, headline in (("typed", 'The "old" quay'), ("set", "The “old” quay")):
        (folder / key).mkdir()
        (folder / key / "quay.txt").write_text(f"{headline}\n\nA band played on the quay.\n", "utf-8")
        planned = plan(f'[paper.{key}]\ntitle = "Quays"\nsources = ["{key}"]\n[paper.{key}.epub]\n')
        run_paper(planned, key, folders, RunOptions(date(2026, 11, 25), workers=1))
        (cover,) = (folder / f"library/{key}/2026-11-25").glob("*.thumbnail.jpg")
        covers.append(cover.read_bytes())
    assert covers[0] == covers[1]
