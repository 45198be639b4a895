import json
import os
from datetime import date
from pathlib import Path

import pytest
import typer
from tests.newsexport.cli.cli_runs import furnish, newsexport

from newsexport.cli.context import parse_date, parse_epoch
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Telling
from newsexport.errors import UsageError
from newsexport.events import Lost


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)


def test_without_options_the_file_stands_in_dist_under_title_and_date() -> None:
    result = newsexport("text", "news")
    assert result.exit_code == 0
    assert result.stdout == "dist/news-2026-01-01.txt\n"
    assert "The harbour opens again" in Path("dist/news-2026-01-01.txt").read_text(encoding="utf-8")


def test_an_older_file_is_replaced_and_the_line_says_so() -> None:
    newsexport("text", "news")
    assert newsexport("text", "news").stdout == "dist/news-2026-01-01.txt (replaced)\n"


def test_output_is_a_file_unless_it_is_a_folder_or_written_as_one() -> None:
    Path("there").mkdir()
    assert newsexport("text", "news", "-o", "paper.txt").stdout == "paper.txt\n"
    assert newsexport("text", "news", "-o", "there").stdout == "there/news-2026-01-01.txt\n"
    assert newsexport("text", "news", "-o", "new/").stdout == "new/news-2026-01-01.txt\n"


def test_several_formats_are_made_from_one_reading() -> None:
    result = newsexport("export", "news", "--to", "text", "--to", "json", "--to", "text")
    assert result.stdout.splitlines() == ["dist/news-2026-01-01.txt", "dist/news-2026-01-01.json"]
    assert result.stderr.count("reading: 2 done") == 1


def test_a_bad_file_is_named_with_its_reason_and_the_rest_is_exported() -> None:
    Path("news/empty.txt").touch()
    Path("news/picture.txt").write_bytes(bytes(range(256)) * 20)
    result = newsexport("text", "news", "nowhere.txt")
    assert result.exit_code == 1
    assert result.stdout == "dist/news-2026-01-01.txt\n"
    for name in ("news/empty.txt", "news/picture.txt", "nowhere.txt"):
        assert f"left out: {name}: " in result.stderr
    assert "3 left out" in result.stderr
    assert "Traceback" not in result.stderr
    assert "A market moves indoors" in Path("dist/news-2026-01-01.txt").read_text(encoding="utf-8")


def test_a_lost_part_is_a_failure_only_when_strict() -> None:
    for strict, code in ((False, 0), (True, 1)):
        with pytest.raises(typer.Exit) as ended, reporting(Telling(), strict=strict) as console:
            console.report(Lost("boat.jpg", "is no picture", whole=False))
        assert ended.value.exit_code == code
    assert newsexport("text", "news", "--strict").exit_code == 0
    assert newsexport("text", "news", "nowhere.txt", "--strict").exit_code == 1


def test_nothing_to_export_has_its_own_code() -> None:
    result = newsexport("text", "nowhere.txt")
    assert result.exit_code == 9
    assert "nothing to export" in result.stderr
    assert not Path("dist").exists()


def test_standard_input_is_read() -> None:
    result = newsexport(
        "text", "-", "-o", "out.txt", stdin="A headline from a pipe\n\nIts first paragraph.\n"
    )
    assert result.exit_code == 0
    assert "A headline from a pipe" in Path("out.txt").read_text(encoding="utf-8")


def test_a_file_can_go_to_standard_output_and_nothing_else_does() -> None:
    newsexport("text", "news", "-o", "out.txt")
    result = newsexport("text", "news", "-o", "-")
    assert result.exit_code == 0
    assert result.stdout_bytes == Path("out.txt").read_bytes()
    assert newsexport("text", "news", "-o", "-", "--json").exit_code == 2


def test_title_section_language_and_date_are_those_asked_for() -> None:
    asked = ("--title", "Abend", "--section", "Alles", "--language", "de", "--date", "2026-02-03")
    result = newsexport("show", "news", *asked, "--json")
    facts = next(event for event in map(json.loads, result.stdout.splitlines()) if event["event"] == "result")
    assert (facts["title"], facts["issued"], facts["language"]) == ("Abend", "2026-02-03", "de")
    assert {article["section"] for article in facts["articles"]} == {"Alles"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("text",), "INPUT"),
        (("text", "news", "--bitrate", "64"), "--bitrate"),
        (("export", "news", "--to", "nonsense"), "no format named 'nonsense' (there is: "),
        (("export", "news", "--to", "text", "--cover", "x.jpg"), "--cover means nothing to text"),
        (
            ("export", "news", "--to", "text", "--to", "json", "-o", "one.txt"),
            "formats need a folder",
        ),
        (("text", "news", "--date", "tomorrow"), "expected a date such as"),
        (("text", "news", "--width", "3"), "at least 24 columns"),
        (("text", "news", "--set", "width"), "expected NAME=VALUE"),
        (("text", "news", "--set", "width=wide"), "'wide' is not"),
        (("text", "news", "--set", "height=3"), "takes no such option (there is: straight_quotes, width)"),
        (("audio", "news", "--engine", "nobody"), "no engine named 'nobody'"),
        (("audio", "news", "--workers", "0"), "workers"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_written(
    arguments: tuple[str, ...], complaint: str
) -> None:
    result = newsexport(*arguments)
    assert result.exit_code == 2
    assert complaint in result.stderr
    assert "Traceback" not in result.stderr
    assert not Path("dist").exists() or not list(Path("dist").iterdir())


def test_any_option_of_a_format_can_be_set_by_name() -> None:
    newsexport("text", "news", "-o", "by-flag.txt", "--width", "40")
    newsexport("export", "news", "--to", "text", "-o", "by-name.txt", "--set", "text.width=40")
    assert Path("by-flag.txt").read_bytes() == Path("by-name.txt").read_bytes()
    assert max(map(len, Path("by-name.txt").read_text(encoding="utf-8").splitlines())) == 40


@pytest.mark.slow
def test_a_pause_set_by_name_makes_the_audio_longer() -> None:
    def length(*options: str) -> float:
        newsexport("audio", "news", "-o", "out.mp3", "--engine", "silent", "--workers", "1", *options)
        result = newsexport("verify", "out.mp3", "--json")
        assert result.exit_code == 0, result.stdout
        minutes, seconds = json.loads(result.stdout.splitlines()[0])["facts"]["length"].split(":")
        return int(minutes) * 60 + int(seconds)

    assert length("--set", "pauses.article=20") > length() + 15


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        ("--transcript", "vtt", "--transcript", "json"),
        ("--set", "transcript=vtt,json"),
        ("--set", "transcript=vtt, json", "--set", "chapters_json=false"),
    ],
)
def test_transcripts_are_asked_for_one_by_one_or_with_commas(asked: tuple[str, ...]) -> None:
    assert newsexport("audio", "news", "--engine", "silent", "-o", "out/a.mp3", *asked).exit_code == 0
    assert {path.name for path in Path("out").iterdir()} == {"a.mp3", "a.vtt", "a.transcript.json"}


def test_a_transcript_of_no_known_kind_is_a_usage_error() -> None:
    result = newsexport("audio", "news", "--transcript", "vtt", "--transcript", "lrc")
    assert result.exit_code == 2
    assert "'lrc' is not one of vtt, srt, json, text" in result.stderr


def test_a_place_that_cannot_be_written_has_its_own_code() -> None:
    Path("file").touch()
    result = newsexport("text", "news", "-o", "file/out.txt")
    assert result.exit_code == 6
    assert "file" in result.stderr


def test_the_same_articles_give_the_same_bytes() -> None:
    for name in ("one.txt", "two.txt"):
        newsexport("text", "news", "-o", name)
    assert Path("one.txt").read_bytes() == Path("two.txt").read_bytes()


def test_dates_are_those_asked_for_or_of_the_environment() -> None:
    assert parse_date("2026-05-06") == date(2026, 5, 6)
    assert parse_epoch("86400") == date(1970, 1, 2)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        parse_epoch("soon")
    with pytest.raises(UsageError, match="--date"):
        parse_date("tomorrow")


def test_a_saved_edition_keeps_its_title_and_date() -> None:
    newsexport(
        "export", "news", "--to", "json", "--title", "The Gazette", "--date", "2026-05-06", "-o", "a.json"
    )
    again = newsexport("export", "a.json", "--to", "json", "-o", "out/")
    assert again.stdout.strip() == "out/the-gazette-2026-05-06.json"
    assert Path("a.json").read_bytes() == Path("out/the-gazette-2026-05-06.json").read_bytes()
    renamed = newsexport("export", "a.json", "--to", "json", "--title", "Other", "-o", "out/")
    assert renamed.stdout.strip() == "out/other-2026-05-06.json"


def test_a_missing_picture_is_named_and_is_a_loss_when_strict() -> None:
    Path("boat.md").write_text("# The boat\n\nIt sailed.\n\n![A boat](missing.jpg)\n\nIt came back.\n")
    result = newsexport("text", "boat.md", "-o", "b.txt")
    assert result.exit_code == 0
    assert "picture missing.jpg" in result.stderr
    assert newsexport("text", "boat.md", "-o", "b.txt", "--strict").exit_code == 1


def test_a_device_or_a_pipe_is_no_place_for_a_file() -> None:
    os.mkfifo("pipe")
    result = newsexport("text", "news", "-o", "pipe")
    assert result.exit_code == 6
    assert "pipe: is a device or a pipe" in result.stderr


def test_tags_are_left_out_where_nobody_wants_them() -> None:
    Path("tagged.md").write_text("---\ntitle: A\ntags: [sea, quay]\n---\nThe ferry sails.\n")
    assert "Tags: sea, quay" in newsexport("text", "tagged.md", "-o", "-").stdout
    without = newsexport("text", "tagged.md", "--no-tags", "-o", "-")
    assert "Tags" not in without.stdout
    assert "2 tags not wanted (--no-tags)" in without.stderr
    newsexport("export", "tagged.md", "--to", "json", "--no-tags", "-o", "out.json")
    assert "sea" not in Path("out.json").read_text("utf-8")


def test_a_pipe_as_cover_is_refused_without_waiting() -> None:
    os.mkfifo("cover.jpg")
    result = newsexport("epub", "news", "--cover", "cover.jpg", "-o", "out/")
    assert result.exit_code == 2
    assert "cover.jpg: is a device or a pipe" in result.stderr


def test_a_path_that_no_file_system_takes_is_told_in_one_line() -> None:
    result = newsexport("text", "news", "-o", "x" * 300 + ".txt")
    assert result.exit_code == 6
    assert "Traceback" not in result.stderr


def test_control_characters_in_the_title_asked_for_are_dropped() -> None:
    newsexport("text", "news", "--title", "The\x07 Gazette\udcff", "-o", "out.txt")
    assert Path("out.txt").read_text(encoding="utf-8").startswith("The Gazette\n")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--speed", "0"),
        ("--speed", "nan"),
        ("--speed", "1e9"),
        ("--bitrate", "7"),
        ("--language", "english"),
        ("--language", "xx-"),
        ("--set", "loudness=inf"),
        ("--set", "peak=3"),
        ("--set", "pauses.article=-5"),
    ],
)
def test_an_option_that_can_mean_nothing_is_a_usage_error(option: str, value: str) -> None:
    result = newsexport("audio", "news", "--engine", "silent", "-o", "out.mp3", option, value)
    assert result.exit_code == 2, result.stderr
    assert not Path("out.mp3").exists()


def test_old_issues_go_when_a_new_one_comes_and_other_books_stay() -> None:
    for day in ("2026-01-01", "2026-01-02", "2026-01-03"):
        result = newsexport("epub", "news", "--date", day, "-o", "reader/", "--title", "Harbour Post")
        assert result.exit_code == 0
    newsexport("epub", "news", "--date", "2025-12-31", "-o", "reader/", "--title", "Another Paper")
    result = newsexport(
        "epub", "news", "--date", "2026-01-04", "-o", "reader/", "--title", "Harbour Post", "--keep", "2"
    )
    assert sorted(path.name for path in Path("reader").iterdir()) == [
        "another-paper-2025-12-31.epub", "harbour-post-2026-01-03.epub", "harbour-post-2026-01-04.epub",
    ]  # fmt: skip
    assert "harbour-post-2026-01-01.epub: 1 issue removed" in result.stderr


def test_a_device_is_chosen_by_name() -> None:
    assert newsexport("epub", "news", "--for", "kobo", "-o", "reader/").exit_code == 0
    assert [path.name for path in Path("reader").iterdir()] == ["news-2026-01-01.kepub.epub"]
    result = newsexport("epub", "news", "--for", "abacus")
    assert result.exit_code == 2
    assert "'abacus' is not one of generic, kindle, kobo" in result.stderr


@pytest.mark.slow
def test_what_is_kept_of_earlier_narrations_can_be_seen_and_removed() -> None:
    assert newsexport("audio", "news", "--engine", "silent").exit_code == 0
    told = json.loads(newsexport("cache", "--json").stdout.splitlines()[0])
    assert told["entries"] > 0
    assert "removed" in newsexport("cache", "--clear").stdout
    assert json.loads(newsexport("cache", "--json").stdout.splitlines()[0])["entries"] == 0
