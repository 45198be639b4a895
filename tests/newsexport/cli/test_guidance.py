"""The first things that somebody types who has not read anything: each works, or one line says what to type."""

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.cli.cli_runs import furnish, newsexport

from newsexport.text.nearest import nearest


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)
    Path("ferry.txt").write_text("The ferry sails\n\nIt left the quay at noon.\n", "utf-8")


def last_line(typed: str) -> str:
    result = newsexport(*shlex.split(typed))
    assert result.exit_code == 2
    return result.stderr.rstrip().rpartition("\n")[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("ferry.txt", "newsexport epub ferry.txt"),
        ("https://gazette.example/", "newsexport epub https://gazette.example/"),
        ("--to mp3 news", "newsexport export --to mp3 news"),
        ("-o book.epub news", "newsexport epub -o book.epub news"),
        ("convert news", "newsexport epub news"),
        ("convert ferry.txt ferry.mp3", "newsexport export ferry.txt -o ferry.mp3"),
        ("convert news --to text", "newsexport export news --to text"),
        ("podcast", "newsexport audio"),
        ("mp3 news", "newsexport audio news"),
        ("kindle news", "newsexport epub --for kindle news"),
        ("eupb news", "newsexport epub news"),
        ("help", "newsexport --help"),
    ],
)
def test_a_command_that_there_is_not_is_told_with_the_one_that_is(typed: str, instead: str) -> None:
    told = last_line(typed)
    assert told.endswith(instead)
    again = newsexport(*shlex.split(instead)[1:])
    assert "name a command" not in again.stderr
    assert "No such" not in again.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("epub news --device kobo", "do you mean --for?"),
        ("epub news --output-profile kobo", "do you mean --for?"),
        ("export news --output-format epub", "do you mean --to?"),
        ("audio news --output-format m4b", "do you mean --format?"),
        ("epub news --format kobo", "do you mean --for?"),
        ("epub news --out x.epub", "do you mean --output?"),
        ("epub news --toc", "a book always has its contents; leave it out"),
        ("epub news --author Ada", "articles bear the names of their authors; leave it out"),
        ("audio news --css mine.css", "it is an option of epub, readaloud, export"),
        ("text news --stylesheet mine.css", "--css is meant by that, an option of epub, readaloud, export"),
        ("epub news --kobo", "do you mean --for kobo?"),
        ("export news --mp3", "do you mean --to mp3?"),
        ("text news --wdith 40", "do you mean --width?"),
        ("audio news --speaker bella", "do you mean --voice?"),
        ("send --devises", "do you mean --devices?"),
        ("text news --xyzzy", "`newsexport text --help` lists them"),
    ],
)
def test_an_option_that_there_is_not_is_told_with_the_one_that_is(typed: str, instead: str) -> None:
    assert last_line(typed).endswith(instead)


def test_what_to_read_is_asked_for_with_an_example() -> None:
    for command in ("epub", "audio", "text", "show", "export"):
        assert "as in: newsexport" in last_line(command)


def test_a_second_name_that_can_only_be_the_result_is_not_read() -> None:
    assert last_line("epub news out.epub").endswith(
        "out.epub: there is no such file to read; to make it type -o out.epub"
    )
    assert not Path("dist").exists()
    result = newsexport("text", "news", "out.txt")  # may as well be an article that is missing
    assert "to make it type -o out.txt" in result.stderr
    assert result.exit_code == 1
    assert "to make it" not in newsexport("text", "news", "news/*.txt").stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("epub news --for kobbo", "do you mean kobo?"),
        ("epub news --for ipad", "do you mean apple?"),
        ("epub news --style large", "do you mean large-print?"),
        ("epub news --set epub.styl=plain", "do you mean style?"),
        ("audio news --engine google", "do you mean gtts?"),
        ("audio news --engine espeak --voice en-gbb", "do you mean en-gb?"),
        ("audio news --engine silent --set options.raet=8000", "do you mean rate?"),
        ("audio news --transcript vvt", "do you mean vtt?"),
        ("export news --to podcast", "do you mean audio?"),
        ("show news --sort date", "do you mean newest?"),
        ("verify ferry.txt --for kindel", "do you mean kindle?"),
        ("init news --yes --deliver male", "do you mean mail?"),
        ("init news --yes --for Kindl", "do you mean kindle?"),
        ("init news --yes --to ebook", "do you mean epub?"),
    ],
)
def test_of_what_can_be_chosen_the_nearest_is_named(typed: str, told: str) -> None:
    result = newsexport(*shlex.split(typed))
    assert result.exit_code in {2, 4}
    assert told in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed",
    [
        "epub news --for Kobo --style PLAIN --links Notes",
        "audio news --engine Silent --format M4B --split Article --transcript VTT",
        "export news --to EPUB,Txt",
        "show news --sort Newest --content Auto",
        "init news --yes --for KOBO --deliver Folder --to Epub",
        "say Hello --engine Silent",
    ],
)
def test_the_case_of_a_choice_does_not_matter(typed: str) -> None:
    assert newsexport(*shlex.split(typed)).exit_code == 0


@given(st.text(max_size=20), st.lists(st.text(max_size=9), max_size=6))
def test_the_nearest_is_always_one_that_there_is(word: str, known: list[str]) -> None:
    assert nearest(word, known) in {"", *known}
    for name in known:
        assert nearest(name, known).casefold() == name.casefold()
