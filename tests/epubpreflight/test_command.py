"""The command `epubpreflight`, and what the package offers to Python."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.epubpreflight.sound_books import PLAIN, body, changed, item, pack, put

import epubpreflight
from epubpreflight import Fault, Rule, Severity, Vendor, check, read_publication
from epubpreflight.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "epubpreflight.md"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return pack(PLAIN, tmp_path / "sound.epub")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The book of the page in docs: two mistakes."""
    changes = (body("\n<li>x</li>"), body('<p><img src="gone.png" alt="x"/></p>'))
    return pack(changed(PLAIN, changes), tmp_path / "book.epub")


def test_a_sound_book_ends_in_0_and_one_with_a_fault_in_7(
    sound: Path, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (main([str(sound)]), capsys.readouterr().out) == (0, f"{sound}: sound\n")
    assert main([str(sound), str(broken)]) == 7


def test_the_page_shows_what_is_said(
    broken: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(broken.parent)
    main(["book.epub"])
    said = "".join(f"    {line}\n" for line in capsys.readouterr().out.splitlines())
    assert said in PAGE.read_text("utf-8"), said


def test_a_book_is_one_json_object(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", str(broken)]) == 7
    told = json.loads(capsys.readouterr().out)
    assert (told["path"], told["sound"], len(told["faults"])) == (str(broken), False, 2)
    assert {fault["rule"] for fault in told["faults"]} == {"element-misplaced", "picture-missing"}
    assert set(told["faults"][0]) == {"rule", "place", "message", "severity", "epubcheck"}


def test_what_one_vendor_minds_is_said_for_that_vendor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = pack(
        changed(PLAIN, (body('<p><img src="pic.png" alt="x" srcset="pic.png 1x"/></p>'),)),
        tmp_path / "a.epub",
    )
    assert (main([str(book)]), main(["--for", "kindle", str(book)])) == (0, 7)
    assert capsys.readouterr().out.count("Kindle stumbles over") == 1


def test_advice_leaves_a_book_sound_and_quiet_leaves_it_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = pack(PLAIN | {"EPUB/left-over.txt": b"?"}, tmp_path / "a.epub")
    assert main([str(book)]) == 0
    assert "advice: EPUB/left-over.txt" in capsys.readouterr().out
    assert (main(["--quiet", str(book)]), capsys.readouterr().out) == (0, "")


def test_a_file_that_is_not_there_or_no_book_is_told_and_the_others_checked(
    sound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(sound.with_name("gone.epub")), str(PAGE), str(sound)]) == 7
    said = capsys.readouterr().out
    assert said.count("The file cannot be opened as a book") == 2
    assert f"{sound}: sound" in said


def test_names_in_a_book_cannot_steer_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = pack(changed(PLAIN, (put("EPUB/\x1b[2J.txt", b""),)), tmp_path / "a.epub")
    assert main([str(book)]) == 7
    said = capsys.readouterr().out
    assert "[2J.txt" in said
    assert "\x1b" not in said


def test_a_reader_that_has_enough_ends_the_command_without_a_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "epubpreflight", "--list-rules", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.readline()
        command.stdout.close()
        assert command.stderr.read() == b""


@pytest.mark.parametrize("arguments", [[], ["--for", "corner-shop", "a.epub"], ["--loud", "a.epub"]])
def test_a_command_line_that_cannot_be_understood_ends_in_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "epubpreflight: error:" in capsys.readouterr().err


def test_every_rule_is_listed_and_those_of_other_vendors_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list-rules", "--json"]) == 0
    every = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["rule"] for one in every] == [rule.id for rule in Rule]
    assert main(["--list-rules", "--for", "apple"]) == 0
    said = capsys.readouterr().out
    assert "shop-landmark-types: shown wrong [apple]" in said
    assert "shop-comment" not in said


def test_the_bytes_of_a_book_are_checked_like_its_file(broken: Path) -> None:
    for vendor in (None, Vendor.KINDLE, Vendor.KOBO):
        assert check(broken.read_bytes(), vendor) == check(str(broken), vendor) == check(broken, vendor)


def test_the_program_of_the_page_runs(broken: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=broken.parent, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("refused element-misplaced EPUB/a.xhtml, line ")


def test_all_that_is_public_is_there_and_is_loaded_when_it_is_used() -> None:
    assert [name for name in epubpreflight.__all__ if not hasattr(epubpreflight, name)] == []
    assert dir(epubpreflight) == sorted(epubpreflight.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = epubpreflight.nothing  # type: ignore[attr-defined]
    program = "import sys; from epubpreflight import Vendor; sys.exit('epubpreflight.page' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_what_is_in_a_book_is_read_without_judging(tmp_path: Path) -> None:
    files = changed(
        PLAIN,
        (item('<item id="x" href="x.xhtml" media-type="application/xhtml+xml"/>'), put("EPUB/x.xhtml", "<p")),
    )
    read = read_publication(pack(files, tmp_path / "a.epub"))
    assert read is not None
    assert read.package.metadata["title"] == "The Harbour Post"
    assert [item.id for item in read.package.reading_order()] == ["a", "b"]
    assert sorted(read.pages) == ["EPUB/a.xhtml", "EPUB/b.xhtml", "EPUB/nav.xhtml"]
    assert read.page_at("EPUB/nav.xhtml", "b.xhtml#x") is read.pages["EPUB/b.xhtml"]
    assert read_publication(b"no book") is None


def test_a_fault_is_a_place_and_a_message() -> None:
    fault = Fault("own", "a.xhtml, line 3", "It is wrong.", Severity.REFUSED)
    assert (str(fault), fault.epubcheck) == ("a.xhtml, line 3: It is wrong.", "")
