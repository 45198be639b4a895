"""``newsexport run``: from a configuration to a library, as often as one likes."""

import json
import os
import pty
import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
from PIL import Image
from tests.newsexport.cli.cli_runs import newsexport

from newsexport.events import Event
from newsexport.library.library import Library
from newsexport.library.store import FolderStore
from newsexport.routine.record import Ran, Record, remember

CONFIGURATION = """
[library]
folder = "library"
base = "https://paper.example.org/"

[paper.morning]
title = "The Morning"
timezone = "Europe/Berlin"
sources = ["news"]

[paper.morning.epub]

[paper.morning.audio]
engine = "silent"
"""
STORY = "---\ntitle: {title}\ndate: 2026-11-24\n---\n{text}\n"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "newsexport.toml").write_text(CONFIGURATION, "utf-8")
    (tmp_path / "news").mkdir()
    story(tmp_path, "The harbour opens", "The harbour of Norwick opened on Tuesday, its mayor said.")
    story(tmp_path, "A market moves", "The market of Oldhaven moves indoors until the spring.")
    return tmp_path


def story(room: Path, title: str, text: str) -> None:
    (room / "news" / f"{title}.md").write_text(STORY.format(title=title, text=text), "utf-8")


def tree(room: Path) -> dict[str, bytes]:
    files = (path for path in (room / "library").rglob("*") if path.is_file() and path.name[0] != ".")
    return {path.relative_to(room).as_posix(): path.read_bytes() for path in files}


def unheard(event: Event) -> None:
    """Nobody listens."""


@pytest.mark.slow
def test_an_issue_is_published_with_its_feed_and_catalogue(room: Path) -> None:
    done = newsexport("run", "morning", "--date", "2026-11-25")
    assert done.exit_code == 0, done.output
    (holding,) = Library(FolderStore(room / "library"), unheard).holdings()
    (issue,) = holding.issues
    assert [story.title for story in issue.stories] == ["A market moves", "The harbour opens"]
    for file in issue.files:
        assert (room / "library" / issue.folder / file.name).stat().st_size == file.size
    (episode,) = feedparser.parse((room / "library/morning/feed.xml").read_bytes()).entries
    name = episode.enclosures[0].href.rpartition("/")[2]
    assert int(episode.enclosures[0].length) == (room / "library" / issue.folder / name).stat().st_size
    assert (room / "library/opds.xml").is_file()
    assert f"{issue.folder}/{name}" in done.stdout


def test_a_library_without_an_address_has_that_of_its_server_here(room: Path) -> None:
    text = CONFIGURATION.replace('base = "https://paper.example.org/"', "[serve]\nport = 8001")
    (room / "newsexport.toml").write_text(text, "utf-8")
    newsexport("run", "--date", "2026-11-25")
    (episode,) = feedparser.parse((room / "library/morning/feed.xml").read_bytes()).entries
    assert episode.enclosures[0].href.startswith("http://localhost:8001/morning/2026-11-25/")


def test_a_paper_may_have_no_tags(room: Path) -> None:
    (room / "news/ferry.md").write_text("---\ntitle: A ferry\ntags: [sea, quay]\n---\nIt sails.\n", "utf-8")
    text = CONFIGURATION.replace('sources = ["news"]', 'sources = ["news"]\ntags = false').partition(
        "[paper.morning.a"
    )[0]
    for wanted, configuration in ((True, text.replace("tags = false\n", "")), (False, text)):
        (room / "newsexport.toml").write_text(configuration, "utf-8")
        assert newsexport("run", "--date", "2026-11-25").exit_code == 0
        issue = next((room / "library/morning/2026-11-25").glob("*.json"))
        assert (b"quay" in issue.read_bytes()) is wanted


def test_a_second_configuration_has_a_paper_of_the_same_name_to_itself(room: Path) -> None:
    new = CONFIGURATION.replace('sources = ["news"]', 'sources = ["news"]\nnew = true')
    (room / "newsexport.toml").write_text(new, "utf-8")
    assert newsexport("run", "--date", "2026-11-25").exit_code == 0
    assert "nothing to publish" in newsexport("run", "--date", "2026-11-26").output
    (room / "other.toml").write_text(new.replace('"library"', '"other"'), "utf-8")
    assert "has not run yet" in newsexport("status", "--config", "other.toml").stdout
    again = newsexport("run", "--config", "other.toml", "--date", "2026-11-25")
    assert again.exit_code == 0, again.output
    assert "morning: " + str(room / "newsexport.toml") + " has a paper of this name" in " ".join(
        again.output.split()
    )
    assert len(list((room / "other/morning").glob("2026-*"))) == 1
    assert "has not run yet" not in newsexport("status", "--config", "other.toml").stdout


@pytest.mark.slow
def test_a_paper_keeps_its_feeds_when_another_configuration_publishes_beside_it(room: Path) -> None:
    text = CONFIGURATION.replace("[library]", "[library]\nsection_feeds = true\nnumbered = true")
    split = text.replace('engine = "silent"', 'engine = "silent"\nsplit = "section"')
    (room / "newsexport.toml").write_text(split.replace('sources = ["news"]', 'sources = ["in"]'), "utf-8")
    (room / "in" / "1-harbour").mkdir(parents=True)
    (room / "in" / "1-harbour" / "a.md").write_text("# A ferry\n\nIt sails.\n", "utf-8")
    assert newsexport("run", "--date", "2026-11-25").exit_code == 0
    (feed,) = (room / "library/morning").glob("feed-*.xml")
    before = feed.read_bytes()
    assert b"<itunes:episode>329<" in before
    other = CONFIGURATION.replace("paper.morning", "paper.evening")
    (room / "newsexport.toml").write_text(other, "utf-8")
    assert newsexport("run", "--date", "2026-11-25").exit_code == 0
    assert feed.read_bytes() == before


def test_the_feed_tells_how_often_the_paper_comes_out(room: Path) -> None:
    newsexport("run", "--date", "2026-11-25")
    assert b"updateFrequency" not in (room / "library/morning/feed.xml").read_bytes()
    timed(room)
    newsexport("run", "--date", "2026-11-25")
    feed = (room / "library/morning/feed.xml").read_bytes()
    assert b'<podcast:updateFrequency rrule="FREQ=WEEKLY;BYDAY=MO,TH">Monday, Thursday<' in feed


def test_the_same_day_is_one_issue_however_often_it_runs(room: Path) -> None:
    newsexport("run", "--date", "2026-11-25")
    first = tree(room)
    newsexport("run", "--date", "2026-11-25")
    assert tree(room) == first
    story(room, "A late story", "Rain is expected between Norwick and the cape.")
    newsexport("run", "--date", "2026-11-25")
    (holding,) = Library(FolderStore(room / "library"), unheard).holdings()
    (issue,) = holding.issues
    assert len(issue.stories) == 3
    names = {path.name for path in (room / "library" / issue.folder).iterdir()}
    assert {file.name for file in issue.files} <= names
    assert not any(".mp3" in name for name in names - {file.name for file in issue.files})


def test_a_story_that_another_stood_for_does_not_come_in_the_next_issue(room: Path) -> None:
    text = CONFIGURATION.replace('sources = ["news"]', 'sources = ["news"]\nnew = true')
    (room / "newsexport.toml").write_text(text, "utf-8")
    agency = " ".join(f"The harbour master of Norwick told us of ship number {n}." for n in range(20))
    story(room, "One paper", agency)
    story(room, "The other paper", f"Our own words come first. {agency}")
    assert newsexport("run", "--date", "2026-11-25").exit_code == 0
    (holding,) = Library(FolderStore(room / "library"), unheard).holdings()
    assert len(holding.issues[0].stories) == 3
    assert newsexport("run", "--date", "2026-11-26").exit_code == 3


def test_a_state_folder_that_cannot_be_written_is_told_without_advice_that_does_not_help(room: Path) -> None:
    (room / "state").write_text("in the way")
    refused = newsexport("run")
    assert refused.exit_code == 6
    assert "state" in refused.stderr
    assert "--output" not in refused.stderr
    assert not (room / "library").exists()


@pytest.mark.slow
def test_what_is_new_is_new_to_the_paper_and_not_to_an_earlier_run_of_the_day(room: Path) -> None:
    text = CONFIGURATION.replace('sources = ["news"]', 'sources = ["news"]\nnew = true')
    (room / "newsexport.toml").write_text(text, "utf-8")
    assert newsexport("run", "--date", "2026-11-25").exit_code == 0
    assert newsexport("run", "--date", "2026-11-25").exit_code == 0
    nothing = newsexport("run", "--date", "2026-11-26")
    assert nothing.exit_code == 3
    story(room, "A late story", "Rain is expected between Norwick and the cape.")
    assert newsexport("run", "--date", "2026-11-26").exit_code == 0
    (holding,) = Library(FolderStore(room / "library"), unheard).holdings()
    assert [len(issue.stories) for issue in holding.issues] == [1, 2]


WORLD = """
[[paper.morning.section]]
title = "World"
sources = ["world"]
new = true
no_pictures = true
"""


def test_what_a_section_wishes_for_holds_for_it_alone(room: Path) -> None:
    (room / "newsexport.toml").write_text(CONFIGURATION + WORLD, "utf-8")
    (room / "world").mkdir()
    for folder, title in (("world", "Far away"), ("news", "At home")):
        picture = "---\ntitle: {0}\nimage: dot.png\n---\n{0} it rained for days on end.\n"
        (room / folder / f"{title}.md").write_text(picture.format(title), "utf-8")
        Image.effect_mandelbrot((90, 60), (-2, -1, 1, 1), 30).save(room / folder / "dot.png")
    assert newsexport("run", "--date", "2026-11-25").exit_code == 0
    assert newsexport("run", "--date", "2026-11-26").exit_code == 0
    (holding,) = Library(FolderStore(room / "library"), unheard).holdings()
    titles = {str(issue.issued): sorted(story.title for story in issue.stories) for issue in holding.issues}
    assert titles["2026-11-25"] == ["A market moves", "At home", "Far away", "The harbour opens"]
    assert titles["2026-11-26"] == ["A market moves", "At home", "The harbour opens"]
    read = [
        json.loads(path.read_text("utf-8")) for path in (room / "library").rglob("morning-2026-11-25.*.json")
    ]
    (edition,) = [each for each in read if "sections" in each]
    shown = {
        article["title"]: bool(article.get("lead"))
        for section in edition["sections"]
        for article in section["articles"]
    }
    assert (shown["At home"], shown["Far away"]) == (True, False)


def test_a_story_of_two_sections_stands_in_the_first(room: Path) -> None:
    (room / "newsexport.toml").write_text(CONFIGURATION + WORLD.replace("new = true\n", ""), "utf-8")
    (room / "world").mkdir()
    agency = " ".join(f"The harbour master of Norwick told us of ship number {n}." for n in range(20))
    story(room, "One paper", agency)
    (room / "news" / "One paper.md").rename(room / "world" / "One paper.md")
    story(room, "The other paper", f"Our own words come first. {agency}")
    done = newsexport("run", "--date", "2026-11-25")
    assert done.exit_code == 0, done.output
    assert "3 articles of 4: 1 told by another" in done.stdout
    (holding,) = Library(FolderStore(room / "library"), unheard).holdings()
    assert len(holding.issues[0].stories) == 3
    assert {story.section for story in holding.issues[0].stories} <= {"", "News"}


def test_a_source_that_is_not_there_is_told_with_its_line(room: Path) -> None:
    text = CONFIGURATION + WORLD
    (room / "newsexport.toml").write_text(text, "utf-8")
    line = text.splitlines().index('sources = ["world"]') + 1
    done = newsexport("run", "--date", "2026-11-25")
    told = f"left out: world: no such file or folder ({room / 'newsexport.toml'}:{line}: paper.morning.section[1].sources)"
    assert told.replace(f"{room}/", "") in done.stderr.replace(f"{room}/", "")


@pytest.mark.slow
def test_a_source_that_fails_delays_nothing_and_is_told_plainly_in_the_end(room: Path) -> None:
    text = CONFIGURATION.replace('sources = ["news"]', 'sources = ["gone", "news"]')
    (room / "newsexport.toml").write_text(text, "utf-8")
    for _ in range(3):
        done = newsexport("run", "--date", "2026-11-25")
        assert done.exit_code == 1
        assert "left out: gone: no such file or folder" in done.stdout
    told = newsexport("status")
    assert "gone has failed 3 times in a row; somebody should look" in told.stdout
    facts = json.loads(newsexport("status", "--json").stdout.splitlines()[0])
    assert facts["failing"] == {"gone": 3}


@pytest.mark.slow
def test_episodes_have_season_and_number_on_request(room: Path) -> None:
    plain = newsexport("run", "--date", "2026-11-25")
    assert plain.exit_code == 0, plain.output
    feed = room / "library" / "morning" / "feed.xml"
    assert "itunes:season" not in feed.read_text("utf-8")
    text = CONFIGURATION.replace("[library]", "[library]\nnumbered = true")
    (room / "newsexport.toml").write_text(text, "utf-8")
    assert newsexport("run", "--date", "2026-11-25").exit_code == 0
    assert "<itunes:season>2026</itunes:season>" in feed.read_text("utf-8")
    assert "<itunes:episode>329</itunes:episode>" in feed.read_text("utf-8")


def test_each_fault_of_a_configuration_is_told_on_a_line_of_its_own(room: Path) -> None:
    text = CONFIGURATION.replace('sources = ["news"]', 'sources = ["news"]\nneu = true\nkeep = "two"')
    (room / "newsexport.toml").write_text(text, "utf-8")
    done = newsexport("run")
    assert done.exit_code == 2
    told = [line for line in done.stderr.splitlines() if line.startswith("newsexport: ")]
    assert ["neu" in line for line in told] == [True, False]
    assert "keep" in told[1]


def test_a_paper_that_fails_delays_no_other(room: Path) -> None:
    evening = '\n[paper.evening]\nsources = ["news"]\n[paper.evening.text]\n'
    text = CONFIGURATION.replace('sources = ["news"]', 'sources = ["gone"]') + evening
    (room / "newsexport.toml").write_text(text, "utf-8")
    done = newsexport("run", "--date", "2026-11-25")
    assert done.exit_code == 9
    assert "morning: nothing to publish" in done.stderr
    (holding,) = Library(FolderStore(room / "library"), unheard).holdings()
    assert holding.paper.key == "evening"


@pytest.mark.slow
def test_a_library_that_is_elsewhere_keeps_nothing_from_being_delivered(room: Path) -> None:
    elsewhere = CONFIGURATION.replace('"library"', f'"local://{room}/bucket"')
    player = '\n[[paper.morning.deliver]]\nby = "folder"\npath = "player"\n'
    (room / "newsexport.toml").write_text(elsewhere + player, "utf-8")
    done = newsexport("run", "morning", "--date", "2026-11-25")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (room / "player").glob("[!.]*")} == {
        "morning-2026-11-25.epub",
        "morning-2026-11-25.mp3",
    }
    assert len(list((room / "bucket" / "morning" / "2026-11-25").glob("*.epub"))) == 1


@pytest.mark.slow
def test_a_delivery_that_fails_keeps_no_issue_from_coming_out(room: Path) -> None:
    (room / "player").write_text("no folder", "utf-8")
    player = '\n[[paper.morning.deliver]]\nby = "folder"\npath = "player"\n'
    (room / "newsexport.toml").write_text(CONFIGURATION + player, "utf-8")
    done = newsexport("run", "morning", "--date", "2026-11-25")
    assert done.exit_code == 1, done.output
    assert "left out: delivery: " in done.output
    assert len(feedparser.parse((room / "library/morning/feed.xml").read_bytes()).entries) == 1


@pytest.mark.slow
def test_old_issues_go_when_the_next_is_there(room: Path) -> None:
    (room / "newsexport.toml").write_text(CONFIGURATION.replace("sources", "keep = 2\nsources"), "utf-8")
    for day in ("2026-11-23", "2026-11-24", "2026-11-25"):
        assert newsexport("run", "--date", day).exit_code == 0
    days = sorted(path.name for path in (room / "library/morning").glob("2026-*"))
    assert days == ["2026-11-24", "2026-11-25"]
    feed = feedparser.parse((room / "library/morning/feed.xml").read_bytes())
    assert len(feed.entries) == 2


@pytest.mark.usefixtures("room")
def test_with_quiet_nothing_is_told_where_all_is_well() -> None:
    assert newsexport("run", "--quiet").stdout == ""


def test_a_dry_run_changes_nothing(room: Path) -> None:
    told = newsexport("run", "--dry-run")
    assert "publishes to" in told.stdout
    assert not (room / "library").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "spoken"), [("", "de"), ('language = "de-AT"', "de-AT"), ('language = "fr"', "fr")]
)
def test_a_paper_is_in_the_language_that_it_says_or_else_in_that_of_its_articles(
    room: Path, asked: str, spoken: str
) -> None:
    for path in (room / "news").iterdir():
        path.unlink()
    story(room, "Die Fähre fährt", "Die Fähre von Norwick fährt wieder, und niemand kam am Dienstag zu spät.")
    (room / "newsexport.toml").write_text(CONFIGURATION.replace("sources", f"{asked}\nsources"), "utf-8")
    assert newsexport("run", "--date", "2026-11-25").exit_code == 0
    feed = feedparser.parse((room / "library/morning/feed.xml").read_bytes()).feed
    assert feed.language == spoken.lower()
    for page in ("index.html", "morning/2026-11-25/index.html"):
        assert f'<html lang="{spoken}"' in (room / "library" / page).read_text("utf-8")


def test_init_writes_what_runs(room: Path) -> None:
    (room / "newsexport.toml").unlink()
    done = newsexport("init", "news", "--title", "The Evening", "--to", "epub", "--yes")
    assert done.exit_code == 0, done.output
    assert newsexport("init", "news", "--yes").exit_code == 2  # it is there
    assert newsexport("run", "evening").exit_code == 0


@pytest.mark.parametrize(
    ("sources", "since"),
    [
        (["news"], None),
        (["export.csv"], None),
        (["feeds.opml"], "36h"),
        (["https://gazette.example/feed.xml"], "36h"),
        (["news", "https://gazette.example/feed.xml"], "36h"),
    ],
)
def test_init_leaves_out_the_old_only_where_there_is_news_every_day(
    room: Path, sources: list[str], since: str | None
) -> None:
    (room / "newsexport.toml").unlink()
    (room / "export.csv").write_text("url,title\nhttps://a.example/,A\n", "utf-8")
    outline = '<outline text="A" xmlUrl="https://gazette.example/feed.xml"/>'
    (room / "feeds.opml").write_text(f"<opml version='2.0'><body>{outline}</body></opml>", "utf-8")
    assert newsexport("init", *sources, "--title", "The Evening", "--yes").exit_code == 0
    told = tomllib.loads((room / "newsexport.toml").read_text("utf-8"))
    assert told["paper"]["evening"].get("since") == since


def test_init_tells_of_an_address_that_is_none(room: Path) -> None:
    (room / "newsexport.toml").unlink()
    done = newsexport("init", "news", "--base", "https://a/#b", "--yes")
    assert (done.exit_code, done.stderr) == (
        2,
        "newsexport: --base: 'https://a/#b' is no address, as https://paper.example.org/ would be\n",
    )


def test_init_writes_when_the_paper_comes_out(room: Path) -> None:
    def written(*when: str) -> str:
        (room / "newsexport.toml").unlink()
        done = newsexport("init", "news", "--title", "The Evening", "--yes", *when)
        assert done.exit_code == 0, done.output
        return str(json.loads(newsexport("status", "evening", "--json").stdout.splitlines()[0])["next"])

    assert written() == "None"
    assert "T17:45:00" in written("--at", "17:45")
    assert datetime.fromisoformat(written("--at", "17:45", "--on", "sun")).weekday() == 6
    assert 'on = "sun"' in (room / "newsexport.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (["--at", "25:00"], "--at: expected a time such as 06:30, not '25:00'"),
        (
            ["--at", "5:00", "--on", "never"],
            "--on: expected daily, weekdays, weekends or days such as mon,thu",
        ),
        (["--on", "mon"], "--on: needs --at, a time of day such as 06:30"),
    ],
)
def test_init_tells_of_times_that_are_none(room: Path, when: list[str], told: str) -> None:
    (room / "newsexport.toml").unlink()
    done = newsexport("init", "news", "--yes", *when)
    assert (done.exit_code, told in done.stderr) == (2, True)
    assert not (room / "newsexport.toml").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "lines"),
    [
        (["25:00", "6:05", "never", "weekdays"], ['at = "6:05"', 'on = "weekdays"']),
        (["6:05", ""], ['at = "6:05"', 'on = "daily"']),
        ([""], ['# at = "06:30"', '# on = "weekdays"']),
    ],
)
def test_init_asks_when_the_paper_comes_out(room: Path, answers: list[str], lines: list[str]) -> None:
    (room / "newsexport.toml").unlink()
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "newsexport", "init", "news", "--title", "The Evening", "--to", "text"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.STDOUT) as process:
        os.close(theirs)
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        assert process.wait(60) == 0
    os.close(ours)
    text = (room / "newsexport.toml").read_text("utf-8")
    assert [line for line in lines if f"\n{line} " in text] == lines


def timed(room: Path) -> None:
    text = CONFIGURATION.replace("sources", 'at = "06:15"\non = "mon,thu"\nsources')
    (room / "newsexport.toml").write_text(text, "utf-8")


@pytest.mark.usefixtures("room")
def test_an_issue_is_out_whatever_was_made_after_it() -> None:
    today = datetime.now(ZoneInfo("Europe/Berlin")).date()
    assert newsexport("run", "--date", str(today)).exit_code == 0
    assert newsexport("run", "--date", "2026-11-20").exit_code == 0
    assert f"the issue of today, {today}, is out" in newsexport("status").stdout


def test_status_tells_what_comes_next(room: Path) -> None:
    assert "next" not in newsexport("status").stdout
    assert json.loads(newsexport("status", "--json").stdout.splitlines()[0])["next"] is None
    timed(room)
    told = newsexport("status").stdout
    facts = json.loads(newsexport("status", "--json").stdout.splitlines()[0])
    due = datetime.fromisoformat(facts["next"])
    assert due > datetime.now(UTC)
    assert (due.weekday() in {0, 3}, due.strftime("%H:%M")) == (True, "06:15")
    assert f"  next: {due:%A %Y-%m-%d} 06:15 Europe/Berlin\n" in told
    assert "overdue" not in told


@pytest.mark.slow
def test_status_tells_of_an_issue_that_is_overdue_and_no_more_once_it_ran(room: Path) -> None:
    timed(room)
    month_ago = datetime.now(UTC) - timedelta(days=30)
    path = room / "state" / "newsexport" / "papers" / "morning.json"
    remember(path, Record((Ran(month_ago, month_ago, 0),)))
    told = newsexport("status").stdout
    assert re.search(r"  overdue: no run has begun since \w+day [-\d]+ 06:15 Europe/Berlin; does its", told)
    facts = json.loads(newsexport("status", "--json").stdout.splitlines()[0])
    assert month_ago < datetime.fromisoformat(facts["overdue"]) < datetime.now(UTC)
    newsexport("run", "--date", "2026-11-25")
    assert "overdue" not in newsexport("status").stdout
    facts = json.loads(newsexport("status", "--json").stdout.splitlines()[0])
    assert (facts["overdue"], facts["begun"]) == (None, None)


def test_schedule_goes_by_the_configuration_unless_it_is_told_otherwise(room: Path) -> None:
    assert "30 6 * * * cd" in newsexport("schedule", "morning").stdout
    timed(room)
    assert "15 6 * * 1,4 cd" in newsexport("schedule", "morning").stdout
    assert "0 7 * * 1,4 cd" in newsexport("schedule", "morning", "--at", "7:00").stdout
    assert "15 6 * * 6,0 cd" in newsexport("schedule", "morning", "--on", "sun,sat").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "noon"), "no paper 'noon' is planned (there is: morning)"),
        (("run", "--config", "missing.toml"), "missing.toml: No such file"),
        (("status", "noon"), "no paper 'noon'"),
        (("schedule", "morning", "--at", "noon"), "--at: expected a time such as 06:30"),
        (("schedule", "morning", "--on", "never"), "--on: expected daily, weekdays"),
        (("schedule", "morning", "--for", "anacron"), "expected cron, systemd, launchd, windows, github"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(
    arguments: tuple[str, ...], message: str, room: Path
) -> None:
    done = newsexport(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.output
    assert room.is_dir()


@pytest.mark.slow
def test_a_run_counts_what_it_leaves_out_and_status_tells_it(room: Path) -> None:
    for name, day in (("old", "2026-11-01"), ("older", "2026-10-01")):
        text = f"---\ntitle: {name}\ndate: {day}\n---\nThe words of what is {name}, and no others.\n"
        (room / "news" / f"{name}.md").write_text(text, "utf-8")
    configuration = CONFIGURATION.replace('sources = ["news"]', 'sources = ["news"]\nsince = "2026-11-20"')
    twice = '\n[[paper.morning.section]]\ntitle = "Again"\nsources = ["news"]\n'
    (room / "newsexport.toml").write_text(configuration + twice, "utf-8")
    done = newsexport("run", "--date", "2026-11-25")
    assert done.exit_code == 0, done.output
    count = len(list((room / "news").rglob("*.md"))) - 2
    told = f"{count} articles of {2 * count + 4}: 4 older than 2026-11-20 (--since), {count} told by others"
    assert told in done.stdout
    assert told in newsexport("status").stdout


def test_a_run_without_news_names_the_real_reason(room: Path) -> None:
    configuration = CONFIGURATION.replace('sources = ["news"]', 'sources = ["news"]\nsince = "2031-01-01"')
    (room / "newsexport.toml").write_text(configuration, "utf-8")
    done = newsexport("run", "--date", "2026-11-25")
    assert done.exit_code == 3
    assert "older than 2031-01-01 (--since)" in done.stderr
    assert "could be read" not in done.output
