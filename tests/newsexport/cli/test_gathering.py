"""The command line chooses, remembers and fetches as it is told."""

from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import furnish, newsexport


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_what_an_edition_had_is_left_out_of_the_next() -> None:
    assert newsexport("text", "news/1-port", "--new", "-o", "a.txt").exit_code == 0
    assert newsexport("text", "news", "--new", "-o", "b.txt").exit_code == 0
    assert "harbour" not in Path("b.txt").read_text("utf-8").lower()
    none = newsexport("text", "news", "--new", "-o", "c.txt")
    assert none.exit_code == 3
    assert "nothing is new" in none.stderr
    assert not Path("c.txt").exists()


AGENCY = """Library opens on Sundays again

On Sunday at noon, for the first time in eleven years, somebody turned the key of the library from the
inside. Forty people were waiting, among them a class with its teacher. The library lost its Sundays in
2015, when the city saved 310,000 pounds a year on wages. A bequest by a reader who wished to stay unnamed
now pays for them until 2031. The busiest place was the reading room on the third floor, with its view.
"""


def test_a_story_that_another_stood_for_does_not_come_the_next_day() -> None:
    for name, title in (("a", ""), ("b", "The Courier: ")):
        Path(f"{name}.txt").write_text(f"{title}{AGENCY}", "utf-8")
    first = newsexport("text", "a.txt", "b.txt", "--new", "-o", "one.txt")
    assert "the same story as" in first.stderr
    for name in ("a.txt", "b.txt"):
        assert newsexport("text", name, "--new", "-o", "two.txt").exit_code == 3


def test_a_memory_that_cannot_be_written_is_told_before_anything_is_made() -> None:
    Path("state").write_text("in the way")
    refused = newsexport("text", "news", "--new", "-o", "a.txt")
    assert refused.exit_code == 2
    assert "seen.sqlite3" in refused.stderr
    assert not Path("a.txt").exists()
    assert newsexport("text", "news", "-o", "a.txt").exit_code == 0


def test_what_changed_comes_again_and_says_so() -> None:
    newsexport("text", "news", "--new", "-o", "a.txt")
    path = Path("news/2-town/market.txt")
    path.write_text(
        "Title: A market\nSource: https://town.example/market\n\n" + path.read_text("utf-8"), encoding="utf-8"
    )
    newsexport("text", "news", "--new", "-o", "b.txt")
    path.write_text(path.read_text("utf-8") + "\nAnd then it rained.\n", encoding="utf-8")
    assert newsexport("text", "news", "--new", "-o", "c.txt").exit_code == 0
    assert "Updated" in Path("c.txt").read_text("utf-8")


def test_what_was_exported_can_be_seen_and_forgotten() -> None:
    assert "nothing was exported" in newsexport("seen").stdout
    newsexport("text", "news", "--new", "-o", "a.txt")
    assert "2 articles" in newsexport("seen").stdout
    assert newsexport("seen", "--forget", "harbour").stdout == "forgot 1 article\n"
    assert newsexport("seen", "--older-than", "2020-01-01").stdout == "forgot 0 articles\n"
    assert newsexport("seen", "--forget", "all").stdout == "forgot 1 article\n"
    assert newsexport("seen", "--path").stdout.strip().endswith("seen.sqlite3")
    assert "--older-than: expected" in newsexport("seen", "--older-than", "soon").stderr


def test_a_run_without_new_remembers_nothing() -> None:
    newsexport("text", "news", "-o", "a.txt")
    assert not Path("state").exists()


@pytest.mark.parametrize(
    ("options", "count"),
    [(["--max-articles", "1"], 1), (["--minutes", "1"], 2), (["--since", "2h"], 2), ([], 2)],
)
def test_articles_are_chosen(options: list[str], count: int) -> None:
    result = newsexport("show", "news", *options)
    assert f"{count} article" in result.stdout


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--since", "soon"], "--since: expected"),
        (["--sort", "colour"], "--sort: 'colour' is not one of"),
        (["--cookies", "none.txt"], "none.txt: No such file"),
    ],
)
def test_wishes_that_mean_nothing_are_told(options: list[str], reason: str) -> None:
    result = newsexport("text", "news", *options)
    assert result.exit_code == 2
    assert reason in result.stderr


def test_an_address_that_leads_inwards_costs_only_itself() -> None:
    result = newsexport("text", "news", "http://127.0.0.1:9/feed.xml", "-o", "a.txt")
    assert result.exit_code == 1
    assert "http://127.0.0.1:9/feed.xml: leads to a private address" in result.stderr
    assert Path("a.txt").exists()


def test_addresses_may_be_piped_in_and_nothing_is_fetched_offline() -> None:
    result = newsexport("text", "-", "--offline", "-o", "a.txt", stdin="https://gazette.example/ferry\n")
    assert result.exit_code == 9
    assert "https://gazette.example/ferry: is not in the cache, and the run is offline" in result.stderr
