"""What cannot work is told before anything is read or fetched: with its name, or with its line and key."""

import os
import re
import shlex
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import furnish, newsexport

PLAN = """\
[library]
folder = "library"

[paper.morning]
title = "The Morning"
sources = ["news"]

[paper.morning.audio]
engine = "silent"
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    Path("no-picture.jpg").write_text("no picture")
    Path("no-sound.mp3").write_text("no sound")
    Path("no-lexicon.toml").write_text("= what")
    Path("no-script.json").write_text("{}")
    Path("empty").mkdir()
    Path("file").touch()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("audio news --engine nobody", "nobody"),
        ("audio news --engine espeak --voice nobody", "nobody"),
        ("audio news --voice nobody", "nobody"),
        ("audio news --engine silent --bitrate 3", "3 kbit/s"),
        ("audio news --engine silent --cover gone.jpg", "gone.jpg"),
        ("audio news --engine silent --cover no-picture.jpg", "no-picture.jpg"),
        ("audio news --engine silent --jingle no-sound.mp3", "no-sound.mp3"),
        ("audio news --engine silent --intro gone.mp3", "gone.mp3"),
        ("audio news --engine silent --lexicon no-lexicon.toml", "no-lexicon.toml"),
        ("audio news --engine silent --script no-script.json", "no-script.json"),
        ("script news --lexicon gone.toml -o x.script.json", "gone.toml"),
        ("epub news --cover no-picture.jpg", "no-picture.jpg"),
        ("epub news --css gone.css", "gone.css"),
        ("epub news --templates empty", "empty"),
        ("epub news --rules gone", "--rules"),
        ("epub news --cookies gone.txt", "gone.txt"),
        ("epub news --max-size 5", "such as 5MB or 5k"),
        ("epub news --max-size 5kB", "at least 10k"),
        ("epub news --since '3 apples'", "--since: expected"),
        ("epub news --since '3 months'", "--since: expected"),
        ("epub news -o file/book.epub", "is a file, not a folder"),
        ("epub news -o file/more/", "is a file, not a folder"),
    ],
)
def test_what_an_option_names_is_looked_at_before_anything_is_read(typed: str, told: str) -> None:
    result = newsexport(*shlex.split(typed))
    assert result.exit_code in {2, 4, 6}
    assert told in result.stderr
    assert "reading" not in result.stderr
    assert "Traceback" not in result.stderr
    assert not Path("dist").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told_before_anything_is_read() -> None:
    Path("empty").chmod(0o500)
    result = newsexport("epub", "news", "-o", "empty/")
    assert (result.exit_code, "reading" in result.stderr) == (6, False)


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ('["news"]', '["news"]\nsince = "3 apples"', 7, "paper.morning.since"),
        ('["news"]', '["news"]\nsort = "colour"', 7, "paper.morning.sort"),
        ('["news"]', '["news"]\nmax_size = "5"', 7, "paper.morning.max_size"),
        ('["news"]', '["news"]\ncontent = ["whole"]', 7, "paper.morning.content"),
        ('["news"]', '["news"]\nrules = "gone"', 7, "paper.morning.rules"),
        ('["news"]', '["news"]\ncookies = "gone.txt"', 7, "paper.morning.cookies"),
        ('["news"]', '["subscriptions.opml"]', 6, "paper.morning.sources"),
        ('"silent"', '"nobody"', 9, "paper.morning.audio.engine"),
        ('"silent"', '"espeak"\nvoice = "nobody"', 10, "paper.morning.audio.voice"),
        ('"silent"', '"silent"\nspeed = 9.0', 10, "paper.morning.audio.speed"),
        ('"silent"', '"silent"\ncover = "no-picture.jpg"', 10, "paper.morning.audio.cover"),
        ('"silent"', '"silent"\nlexicon = ["gone.toml"]', 8, "paper.morning.audio"),
        ('"library"', '"file/library"', 2, "library.folder"),
        ('"silent"', '"silent"\n[[paper.morning.section]]\ntitle = "a"\nsources = ["gone"]', 12,
         "paper.morning.section[1].sources"),
        ('"silent"', '"silent"\n[[paper.morning.section]]\ntitle = "a"\nsources = ["news"]\nsince = "x"', 13,
         "paper.morning.section[1].since"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_work_is_told_with_line_and_key(old: str, new: str, line: int, key: str) -> None:
    Path("newsexport.toml").write_text(PLAN.replace(old, new), "utf-8")
    result = newsexport("run", "--dry-run")
    assert result.exit_code == 2
    found = re.search(r"newsexport\.toml:(\d+): (\S+): ", result.stderr)
    assert found is not None, result.stderr
    assert found[2] == key
    assert int(found[1]) == line
    assert "Traceback" not in result.stderr


def test_a_plan_that_can_work_is_told_and_nothing_is_made() -> None:
    Path("newsexport.toml").write_text(PLAN, "utf-8")
    assert newsexport("run", "--dry-run").exit_code == 0
    assert not Path("library").exists()


def test_a_source_that_is_not_there_begins_no_paper() -> None:
    for source in ("subscriptions.opml", "gone/*.txt"):
        result = newsexport("init", source, "--yes")
        assert result.exit_code == 2
        assert source in result.stderr
        assert not Path("newsexport.toml").exists()
    assert newsexport("init", "news", "https://gazette.example/feed.xml", "--yes").exit_code == 0


@pytest.mark.slow
def test_that_nothing_could_be_read_is_not_that_nothing_is_new() -> None:
    """A scheduler takes 3 for success, and 9 never."""
    Path("newsexport.toml").write_text(PLAN.replace('["news"]', '["news"]\nnew = true'), "utf-8")
    codes = [newsexport("run", "--date", f"2026-11-2{day}").exit_code for day in (4, 5)]
    Path("news").rename("away")
    codes.append(newsexport("run", "--date", "2026-11-26").exit_code)
    Path("news").mkdir()
    codes.append(newsexport("run", "--date", "2026-11-27").exit_code)
    assert codes == [0, 3, 9, 3]
    assert newsexport("text", "gone").exit_code == 9
    assert newsexport("text", "empty").exit_code == 3
    assert newsexport("text", "away", "--new", "-o", "a.txt").exit_code == 0
    assert newsexport("text", "away", "--new", "-o", "b.txt").exit_code == 3


def test_the_timer_of_systemd_takes_only_what_is_truly_nothing_new_for_success() -> None:
    Path("newsexport.toml").write_text(PLAN, "utf-8")
    told = newsexport("schedule", "morning", "--for", "systemd").stdout
    (codes,) = re.findall(r"SuccessExitStatus=(.*)", told)
    assert codes.split() == ["1", "3"]


def test_a_hint_fits_or_there_is_none() -> None:
    for typed in ("text gone.txt", "text news --new -o a.txt"):
        newsexport(*shlex.split(typed))
        assert "hint" not in newsexport(*shlex.split(typed)).stderr
    assert "--engine" in newsexport("audio", "news", "--engine", "espeak", "--voice", "nobody").stderr
    assert "--output" in newsexport("text", "news", "-o", "file/a.txt").stderr
