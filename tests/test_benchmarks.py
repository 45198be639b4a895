"""The one door to all that is measured."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_a_row_is_a_ratio_that_a_later_run_is_compared_with(tmp_path: Path) -> None:
    file = tmp_path / "now.json"
    assert run("start", "--rounds", "1", "--json", str(file)).startswith("start ")
    told = json.loads(file.read_text("utf-8"))
    (row,) = told["rows"]
    quotient = row["ours"]["processor"] / row["theirs"]["processor"]
    assert row["ratios"]["processor"] == pytest.approx(quotient, rel=0.02)
    row["ratios"]["processor"] /= 1000
    file.write_text(json.dumps(told), encoding="utf-8")
    assert "(worse)" in run("start", "--rounds", "1", "--compare", str(file))


def test_scripts_have_options_of_their_own() -> None:
    assert "--articles" in run("books", "--help")
    assert "narration" in run("--help")
