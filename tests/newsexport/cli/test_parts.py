"""A sound in parts made again: what is no part any more goes, and nothing else does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import furnish, newsexport

HARBOUR, MARKET = "m-01-the-harbour-opens-again.mp3", "m-02-a-market-moves-indoors.mp3"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)
    assert speak() == []
    assert names() == {"m.m3u8", HARBOUR, MARKET}


def speak(*options: str, code: int = 0, target: str = "out/m.m3u8") -> list[str]:
    """What is told of parts that go."""
    asked = ("--split", "article", "--engine", "silent", "--workers", "1", "-o", target, *options)
    done = newsexport("audio", "news", *asked)
    assert done.exit_code == code, done.output
    return [line for line in done.stderr.splitlines() if "old part" in line]


def names() -> set[str]:
    return {path.name for path in Path("out").iterdir()}


def test_the_part_of_an_article_that_is_gone_goes() -> None:
    Path("news/1-port/harbour.txt").unlink()
    assert speak() == [f"removed the old part {HARBOUR}", f"removed the old part {MARKET}"]
    assert names() == {"m.m3u8", "m-01-a-market-moves-indoors.mp3"}
    assert speak() == []
    assert newsexport("verify", "out/m.m3u8").exit_code == 0


@pytest.mark.slow
def test_another_format_or_way_to_split_replaces_all_parts() -> None:
    assert len(speak("--format", "opus")) == 2
    assert names() == {"m.m3u8", HARBOUR.replace("mp3", "opus"), MARKET.replace("mp3", "opus")}
    assert len(speak("--format", "opus", "--split", "section")) == 2
    assert names() == {"m.m3u8", "m-01-port.opus", "m-02-town.opus"}


def test_what_no_playlist_of_that_name_names_stays() -> None:
    others = {"m-03-of-another.mp3", "m-01-the-harbour-opens-again.vtt", "m.mp3", "song.mp3"}
    for name in others:
        Path("out", name).write_bytes(b"somebody's own")
    Path("news/1-port/harbour.txt").unlink()
    speak()
    assert names() == {"m.m3u8", "m-01-a-market-moves-indoors.mp3", *others}
    assert {Path("out", name).read_bytes() for name in others} == {b"somebody's own"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text + "#EXTINF:9,My song\nsong.mp3\n",
        lambda text: text.replace("m-02", "../m-02"),
        lambda text: text.replace("m-02", "m-03"),
        lambda text: text.replace("m-0", "n-0"),
        lambda text: text.replace("#EXTM3U\n", ""),
        lambda text: "\n".join(reversed(text.splitlines())),
    ],
)
def test_where_somebody_has_written_into_the_playlist_all_files_stay(harm: Callable[[str], str]) -> None:
    playlist = Path("out/m.m3u8")
    playlist.write_text(harm(playlist.read_text("utf-8")), "utf-8")
    for path in (Path("out/song.mp3"), Path("m-02-a-market-moves-indoors.mp3")):
        path.write_bytes(b"somebody's own")
    Path("news/1-port/harbour.txt").unlink()
    assert speak() == []
    assert names() == {"m.m3u8", HARBOUR, MARKET, "m-01-a-market-moves-indoors.mp3", "song.mp3"}
    assert Path("m-02-a-market-moves-indoors.mp3").exists()


def test_a_run_that_fails_leaves_the_old_parts() -> None:
    before = {path: path.read_bytes() for path in Path("out").iterdir()}
    Path("news/1-port/harbour.txt").unlink()
    speak("--engine", "command", "--set", "options.program=/bin/false", code=4)
    assert {path: path.read_bytes() for path in Path("out").iterdir()} == before


def test_a_link_or_a_folder_in_the_place_of_a_part_stays() -> None:
    Path("out", HARBOUR).unlink()
    Path("out", HARBOUR).symlink_to("../news/2-town/market.txt")
    Path("out", MARKET).unlink()
    Path("out", MARKET).mkdir()
    assert speak("--split", "section") == []
    assert names() == {"m.m3u8", HARBOUR, MARKET, "m-01-port.mp3", "m-02-town.mp3"}
