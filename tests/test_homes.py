"""Whoever runs the tests finds nothing of theirs among their own things, and the tests nothing of theirs."""

import os
import subprocess
import sys
from pathlib import Path

from tests.newsexport.cli.cli_runs import newsexport

from newsexport.cli.context import user_folders

# A run of a paper that is delivered, remembered and told, in a shell that says nothing of folders but these.
TEST = """
from pathlib import Path
from tests.newsexport.cli.cli_runs import newsexport

def test_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news/ferry.txt").write_text("The ferry sails\\n\\nIt left the quay at noon.\\n")
    Path("newsexport.toml").write_text('[paper.m]\\nsources = ["news"]\\nnew = true\\ntext = {}\\n')
    assert newsexport("add", "https://a.example/1").exit_code == 0
    assert newsexport("run").exit_code == 0
"""


def test_a_test_that_names_no_folder_keeps_what_it_keeps_in_one_of_its_own(own_home: Path) -> None:
    newsexport("add", "https://a.example/1")
    folders = user_folders()
    assert (folders.state / "inbox.sqlite3").is_file()
    assert folders.state.is_relative_to(own_home) and folders.cache.is_relative_to(own_home)
    assert Path.home() == own_home


def test_nothing_is_written_where_whoever_runs_the_tests_keeps_their_own(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    root = Path(__file__).parent.parent
    (tmp_path / "test_it.py").write_text(TEST)
    plugins = ("-p", "tests.conftest", "-p", "no:cacheprovider", "-p", "no:xdist", "--noconftest")
    unset = {name: each for name, each in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, "--rootdir", tmp_path, tmp_path / "test_it.py"],
        check=False,
        cwd=root,
        capture_output=True,
        text=True,
        env={**unset, "HOME": str(mine), "PYTHONPATH": str(root)},
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
    assert list(mine.rglob("*")) == []
