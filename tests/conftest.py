"""Fixtures every test may use."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from newsexport.job import VOICES_FOLDER
from newsexport.speech import VOICES_VARIABLE

# Properties are about what comes out: the first example that loads a model may take its second.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"

# The files of tests that take longest, longest first; only how long the whole takes depends on it.
LONGEST = (HERE / "longest.txt").read_text("utf-8").split()

# More workers than that wait for each other, as many tests start processes of their own.
MOST_WORKERS = 8


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files from what is made now"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Run the whole of the tests on all cores; a folder, a file or a test that is named is run in one process.

    A worker gets whole files, because what a file prepares once for its tests is often what takes long.
    It is itself a run of pytest that comes through here, and must start no workers of its own.
    """
    if hasattr(config, "workerinput"):
        return
    cores = min(os.cpu_count() or 1, MOST_WORKERS)
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if whole and cores > 1 and config.pluginmanager.hasplugin("xdist") and not config.option.usepdb:
        if config.option.numprocesses is None:
            config.option.numprocesses = cores
        if config.option.dist == "no":
            config.option.dist = "loadfile"
            config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that at the end no worker is left alone with one of them."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        rank = {HERE / name: number for number, name in enumerate(LONGEST)}
        items.sort(key=lambda item: rank.get(item.path, len(rank)))


@pytest.fixture(scope="session")
def no_voices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which no voice lies."""
    return tmp_path_factory.mktemp("no-voices")


# What systems call the folder of a user, and those in which programs keep what is theirs.
HOMES = {
    "HOME": "", "XDG_STATE_HOME": "state", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
}  # fmt: skip


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders of users that nobody is, one after the other."""
    street = tmp_path_factory.mktemp("homes")
    return (street / str(number) for number in count(1))


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A test is a user of its own: what it keeps is kept of nobody who runs it, and of no other test."""
    folder = next(homes)
    folder.mkdir()
    for variable, name in HOMES.items():
        monkeypatch.setenv(variable, str(folder / name))
    return folder


@pytest.fixture(autouse=True)
def voices_of_nobody(no_voices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Voices that somebody has fetched on this machine speak in no test."""
    monkeypatch.setenv(VOICES_VARIABLE, str(no_voices))
    VOICES_FOLDER.set("")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """``golden("text/daily.txt", actual)``: equal to that file, or the file is rewritten."""

    def check(name: str, actual: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="")
        assert path.exists(), f"no golden file {name}; run pytest --update-golden and read what it wrote"
        assert actual == path.read_bytes().decode("utf-8")

    return check
