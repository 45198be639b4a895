"""The command `spokenform`, and its page."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import spokenform
from spokenform.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "spokenform.md"


def command(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "spokenform", *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_text_is_said() -> None:
    done = command("Dr. Osei", "paid $5")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Doctor Osei paid five dollars\n", "")


def test_lines_in_are_lines_out_in_the_language_asked_for() -> None:
    done = command("--language", "de", given="19.30 Uhr\r\n\nam 3.11.2026\n")
    assert done.stdout == "neunzehn Uhr dreißig\n\nam dritten November zweitausendsechsundzwanzig\n"


def test_steps_and_objects_tell_how_it_came(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--steps", "Dr. Osei paid $5"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Dr. Osei paid $5",
        "  say titles  Doctor Osei paid $5",
        "  say money   Doctor Osei paid five dollars",
        "= Doctor Osei paid five dollars",
    ]
    assert main(["--json", "--starter", "to Kyiv"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["spoken"], told["pronunciations"][0]["offset"]) == ("to Kyiv", 3)


def test_a_lexicon_of_ones_own_wins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = tmp_path / "names.toml"
    names.write_text('[[entry]]\nword = "Wexcombe"\nspoken = "Wex-kum"\n', "utf-8")
    main(["--lexicon", str(names), "in Wexcombe"])
    assert capsys.readouterr().out == "in Wex-kum\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["-l", "English!", "x"], "--language: 'English!' is no language tag"),
        (["--lexicon", "none.toml", "x"], "none.toml: No such file"),
        (["--steps", "--json", "x"], "not allowed with"),
    ],
)
def test_what_cannot_be_meant_is_one_line_and_code_2(
    arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert reason in capsys.readouterr().err.splitlines()[-1]


def test_bytes_that_are_no_text_and_a_reader_that_goes_away_are_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "spokenform"],
        input=b"5 \xff%\n" * 9,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr, done.stdout.count(b"\n")) == (0, b"", 9)
    with subprocess.Popen(
        [sys.executable, "-m", "spokenform"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        run.stdin.write(b"5%\n")
        run.stdin.close()
        assert run.wait(timeout=60) == 141
        assert run.stderr.read() == b""


def test_the_page_names_everything_that_is_offered() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in spokenform.__all__ if f"`{name}" not in page] == []
    assert [tag for tag in spokenform.languages_known() if f"`{tag}`" not in page] == []
    options = set(re.findall(r"--[a-z]+", command("--help").stdout)) - {"--help", "--version"}
    assert [option for option in options if option not in page] == []


def test_the_programs_of_the_page_print_what_they_say() -> None:
    programs = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert programs
    for program in programs:
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines() == re.findall(r"# (.+)$", program, re.MULTILINE)
