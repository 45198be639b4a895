"""What `verify` tells of books, and for whom."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.epubpreflight.sound_books import PLAIN, body, changed, pack
from typer.testing import CliRunner, Result

from newsexport.cli.app import app


def newsexport(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return pack(PLAIN, tmp_path / "book.epub")


def with_more(book: Path, xml: str) -> Path:
    return pack(changed(PLAIN, (body(xml),)), book.with_name("changed.epub"))


def test_a_plain_book_is_sound(book: Path) -> None:
    result = newsexport("verify", str(book))
    assert (result.exit_code, "EPUB, sound" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("xml", "count"),
    [
        ("<p><span>It</span> <span>is</span> <span>low</span>.</p><p>re<em>mark</em>able</p>", 4),
        ("<ul><li>One</li><li>two</li></ul><p>three<br/>four</p>", 4),
        ("<div>" * 3000 + "deep" + "</div>" * 3000, 1),
    ],
)
def test_a_word_is_one_however_it_is_marked_and_lines_part_words(book: Path, xml: str, count: int) -> None:
    def words(path: Path) -> int:
        told = newsexport("verify", str(path), "--json").stdout.splitlines()[0]
        return int(json.loads(told)["facts"]["words"])

    assert words(with_more(book, xml)) - words(book) == count


def test_a_fault_is_told_in_words_and_by_the_exit_code(book: Path) -> None:
    broken = with_more(book, '<p><img src="gone.png" alt="x"/></p>')
    result = newsexport("verify", str(broken))
    assert result.exit_code == 7
    assert "It shows the picture gone.png, which is missing." in result.stdout


def test_faults_are_objects_for_programs(book: Path) -> None:
    broken = with_more(book, "<li>x</li>")
    result = newsexport("verify", str(broken), "--json")
    told = json.loads(result.stdout.splitlines()[0])
    (fault,) = [one for one in told["faults"] if one["gravity"] != "advice"]
    assert (fault["rule"], fault["gravity"], fault["epubcheck"]) == (
        "element-misplaced",
        "refused",
        "RSC-005",
    )
    assert ", line " in fault["place"]
    assert told["sound"] is False


def test_what_a_shop_minds_is_told_when_it_is_asked_for(book: Path) -> None:
    other = with_more(book, '<p><img src="pic.png" alt="x" srcset="pic.png 1x"/></p>')
    assert "Kindle" not in newsexport("verify", str(other)).stdout
    assert "Kindle stumbles over" in newsexport("verify", str(other), "--for", "kindle").stdout


def test_a_shop_nobody_knows_is_refused(book: Path) -> None:
    result = newsexport("verify", str(book), "--for", "corner-shop")
    assert result.exit_code == 2


def test_advice_leaves_a_book_sound_and_is_not_told_in_quiet(book: Path) -> None:
    advised = with_more(book, "<p/>")
    with ZipFile(advised, "a") as archive:
        archive.writestr("left-over.txt", "?")
    loud, quiet = newsexport("verify", str(advised)), newsexport("verify", str(advised), "--quiet")
    assert (loud.exit_code, quiet.exit_code) == (0, 0)
    assert "advice: left-over.txt" in loud.stdout
    assert "left-over" not in quiet.stdout
