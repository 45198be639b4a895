"""The package as users get it: installed from a wheel in a fresh environment, with a plug-in."""

import os
import subprocess
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def newsexport(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs the program of an environment that holds the package, the plug-in and no more."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", str(ROOT), str(ROOT / "tests" / "plugin")],
        check=True,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(*arguments: str, cwd: Path = folder) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-m", "newsexport", *arguments]
        return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)

    return run


@pytest.mark.slow
def test_a_strangers_exporter_is_used_by_name(newsexport: Run, tmp_path: Path) -> None:
    done = newsexport("export", str(ROOT / "seeds"), "--to", "headlines", "-o", f"{tmp_path}/")
    assert done.returncode == 0, done.stderr
    (made,) = tmp_path.iterdir()
    assert made.name.endswith(".headlines.txt")
    assert len(made.read_text(encoding="utf-8").splitlines()) >= 10


@pytest.mark.slow
def test_a_strangers_options_are_set_by_name(newsexport: Run, tmp_path: Path) -> None:
    story = tmp_path / "one.lines"
    story.write_text("Ferry sails | It sailed.\n", encoding="utf-8")
    target = tmp_path / "out.txt"
    done = newsexport(
        "export", str(story), "--to", "headlines", "--set", "headlines.bullet=*", "-o", str(target)
    )
    assert done.returncode == 0, done.stderr
    assert target.read_text(encoding="utf-8") == "* Ferry sails\n"
    wrong = newsexport("export", str(story), "--to", "headlines", "-o", str(tmp_path / "out.pdf"))
    assert wrong.returncode == 2
    assert "headlines is written as headlines.txt" in wrong.stderr


@pytest.mark.slow
def test_a_strangers_source_and_engine_work_with_our_exporter(newsexport: Run, tmp_path: Path) -> None:
    story = tmp_path / "one.lines"
    story.write_text("Ferry sails | It sailed at noon.\nFerry returns | It came back.\n", encoding="utf-8")
    target = tmp_path / "out.mp3"
    done = newsexport("audio", str(story), "--engine", "beep", "-o", str(target))
    assert done.returncode == 0, done.stderr
    told = newsexport("verify", str(target))
    assert told.returncode == 0, told.stdout + told.stderr
    assert "16000" in told.stdout


@pytest.mark.slow
def test_the_plug_ins_are_listed_beside_our_own(newsexport: Run) -> None:
    listed = newsexport("formats").stdout
    assert "headlines" in listed
    assert "epub" in listed
    assert "beep" in newsexport("engines").stdout


@pytest.mark.slow
def test_styles_and_fonts_are_in_the_wheel(newsexport: Run, tmp_path: Path) -> None:
    target = tmp_path / "book.epub"
    done = newsexport("epub", str(ROOT / "seeds"), "-o", str(target))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(target) as book:
        assert any(name.endswith(".css") and book.getinfo(name).file_size for name in book.namelist())


def test_the_version_is_told(newsexport: Run) -> None:
    assert newsexport("--version").stdout.startswith("newsexport 0.")
