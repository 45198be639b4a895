import json
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.cli.cli_runs import furnish, newsexport
from typer.testing import Result

from newsexport.cli.console import Console, JsonLines, Lines, printable
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Telling
from newsexport.cli.progress import Bars
from newsexport.cli.tables import Column, tabulated
from newsexport.errors import OutputError, SpeechError
from newsexport.events import Advanced, Finished, Started


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)


def result_of(result: Result) -> dict[str, Any]:
    events: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
    return next(event for event in events if event["event"] == "result")


def test_with_json_every_line_of_standard_output_is_one_object() -> None:
    result = newsexport("text", "news", "nowhere.txt", "--json")
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.stderr == ""
    assert {"event": "wrote", "path": "dist/news-2026-01-01.txt", "replaced": False} in events
    (lost,) = (event for event in events if event["event"] == "lost")
    assert (lost["reference"], lost["whole"]) == ("nowhere.txt", True)
    assert events[-1] == {"event": "ended", "exit_code": 1}


def test_with_json_an_error_is_an_object_too() -> None:
    result = newsexport("text", "nowhere.txt", "--json")
    *_, failed, ended = map(json.loads, result.stdout.splitlines())
    assert failed["event"] == "failed"
    assert failed["exit_code"] == ended["exit_code"] == result.exit_code == 9


def test_quiet_leaves_the_result_and_what_went_wrong() -> None:
    assert newsexport("text", "news", "--quiet").stderr == ""
    result = newsexport("text", "news", "nowhere.txt", "--quiet")
    assert result.stdout == "dist/news-2026-01-01.txt (replaced)\n"
    assert "left out: nowhere.txt" in result.stderr


def test_a_file_name_cannot_steer_the_terminal() -> None:
    name = "news/\x1b]0;owned\x07\u202egpj.txt"
    Path(name).touch()
    result = newsexport("text", "news", "-o", "\x1b[2Jout.txt")
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    assert "\\x1b]0;owned" in result.stderr
    assert result.stdout == "\\x1b[2Jout.txt\n"


@given(st.text())
def test_printable_text_holds_no_control_and_keeps_every_other_letter(text: str) -> None:
    shown = printable(text)
    assert all(character.isprintable() or character.isspace() or ord(character) > 159 for character in shown)
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown)
    if text.isprintable():
        assert shown == text


def test_show_tells_sections_words_and_minutes() -> None:
    result = newsexport("show", "news")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "News, 2026-01-01"
    assert lines[2].split() == ["Section", "Title", "Lang.", "Words", "Read", "Hear"]
    assert any("Port" in line and "The harbour opens again" in line for line in lines)
    assert lines[-1].startswith("Total")
    assert not Path("dist").exists()


def test_show_adds_up() -> None:
    result = newsexport("show", "news", "--json")
    facts = result_of(result)
    for total in ("words", "reading_minutes", "listening_minutes"):
        assert facts["totals"][total] == sum(article[total] for article in facts["articles"])
    assert facts["totals"]["articles"] == 2


@pytest.mark.slow
def test_show_makes_up_no_length_for_a_page_it_does_not_fetch() -> None:
    Path("saved.csv").write_text("title,url\nFerry,https://a.example/1\nMarket,https://a.example/2\n")
    lines = newsexport("show", "saved.csv").stdout.splitlines()
    assert [line.split()[-3:] for line in lines if "Ferry" in line or "Total" in line] == [
        ["–", "–", "–"]
    ] * 2
    assert (
        lines[-1] == "2 pages are not fetched to show this: their length is not known, and not in the total."
    )
    facts = result_of(newsexport("show", "saved.csv", "news", "--json"))
    assert [article["words"] for article in facts["articles"]][:2] == [None, None]
    assert (facts["totals"]["articles"], facts["totals"]["not_fetched"]) == (4, 2)
    assert facts["totals"]["words"] == sum(article["words"] or 0 for article in facts["articles"]) > 50


def test_formats_lists_each_option_with_its_default() -> None:
    result = newsexport("formats")
    assert result.exit_code == 0
    for line in ("--set text.width=72", "--set audio.pauses.sentence=", "--set epub.style="):
        assert line in result.stdout


def test_engines_tells_which_can_speak() -> None:
    result = newsexport("engines", "--json")
    facts = result_of(result)
    ready = {engine["name"]: engine["ready"] for engine in facts["engines"]}
    assert ready["silent"]
    assert ready["espeak"]


def test_voices_are_listed_by_language() -> None:
    result = newsexport("voices", "--engine", "espeak", "--language", "de-AT", "--json")
    voices = next(
        event for event in map(json.loads, result.stdout.splitlines()) if event["event"] == "result"
    )
    assert {voice["engine"] for voice in voices["voices"]} == {"espeak"}
    assert all(voice["language"].startswith("de") for voice in voices["voices"])


def test_an_engine_without_voices_and_a_language_no_one_speaks_are_errors() -> None:
    assert newsexport("voices", "--engine", "silent").exit_code == 4
    assert newsexport("voices", "--engine", "espeak", "--language", "xx").exit_code == 2


def test_the_version_is_that_of_the_package() -> None:
    from newsexport import __version__

    assert newsexport("--version").stdout == f"newsexport {__version__}\n"


def test_columns_line_up_by_what_a_terminal_shows() -> None:
    rows = [("東京", 7), ("a", 1234)]
    text = tabulated((Column("Where"), Column("n", right=True)), rows, terminal=False)
    assert text.splitlines() == ["Where     n", "東京      7", "a      1234"]


def test_a_drawn_table_shows_markup_as_it_stands() -> None:
    text = tabulated((Column("Title", flexible=True),), [("[red]not a colour[/red]",)], terminal=True)
    assert "[red]not a colour[/red]" in text


def test_bars_come_and_go_with_their_steps() -> None:
    now = [0.0]
    bars = Bars(lambda: now[0])  # asked by the thread that draws, too
    bars.tell(Started("speaking", 4))
    for now[0] in (4.0, 8.0, 12.0):
        bars.tell(Advanced("speaking"))
    assert bars.progress is not None
    (task,) = bars.progress.tasks
    assert task.completed == 3
    now[0] = 13.0
    assert bars.steps.left("speaking") == 3  # four seconds a unit, one of which has gone by
    bars.tell(Finished("speaking"))
    assert bars.progress.tasks == []
    bars.stop()
    assert bars.progress is None


def test_a_long_step_is_told_in_tenths(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = iter(range(1000))
    console = Console(Lines(lambda: next(seconds)))
    console.report(Started("speaking", 100))
    for _ in range(100):
        console.report(Advanced("speaking"))
    console.report(Finished("speaking"))
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "speaking (100)"
    assert told[1].startswith("speaking: 10 of 100, ")
    assert told[1].endswith(" s left")
    assert told[-1] == "speaking: 100 done"
    assert len(told) == 11


def test_json_lines_tell_how_far_a_step_is(capsys: pytest.CaptureFixture[str]) -> None:
    now = 100.0
    console = Console(JsonLines(lambda: now))
    console.report(Started("speaking", 100, "characters"))
    console.report(Advanced("speaking", 20, remembered=True))
    for now in (102.0, 104.0, 106.0):  # noqa: B007 - the console's clock
        console.report(Advanced("speaking", 10))
    _, remembered, *early, worked = map(json.loads, capsys.readouterr().out.splitlines())
    assert (remembered["done"], remembered["total"], remembered["seconds_left"]) == (20, 100, None)
    assert [one["seconds_left"] for one in early] == [None, None]
    assert (worked["done"], worked["total"], worked["seconds_left"]) == (50, 100, 10)


def test_json_lines_are_ascii() -> None:
    Path("ü.txt").write_text("Über den Fluss\n\nEin Absatz über nichts.\n", encoding="utf-8")
    assert newsexport("show", "ü.txt", "--json").stdout.isascii()
    assert isinstance(Console(JsonLines(float)).style, JsonLines)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OutputError("x.epub", "no space left"), 6, "newsexport: x.epub: no space left"),
        (SpeechError("gtts", "no answer"), 4, "newsexport: engine gtts: no answer\nhint: "),
        (ZeroDivisionError("division by zero"), 70, "unexpected ZeroDivisionError: division by zero"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_every_error_has_its_line_and_its_code(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, reporting(Telling()):
        raise error
    told = capsys.readouterr().err
    assert ended.value.exit_code == code
    assert words in told
    assert "Traceback" not in told


def test_verbose_shows_where_an_error_came_from(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit), reporting(Telling(verbose=True)):
        raise OutputError("x.epub", "no space left")
    assert "Traceback" in capsys.readouterr().err
