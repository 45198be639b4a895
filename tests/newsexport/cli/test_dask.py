"""Speaking on a cluster: a real scheduler and real worker processes on the loopback interface."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newsexport.work import cluster

TEXT = "The harbour council of Norwick voted seven to two for a ferry. The old one is slow. " * 2


@dataclass
class Place:
    """A scheduler, its address and its workers."""

    scheduler: subprocess.Popen[bytes]
    file: Path
    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return next(line for line in self.file.read_text("utf-8").splitlines() if "tcp://" in line).split(
            '"'
        )[3]

    def employ(self, count: int, *environment: tuple[str, str]) -> None:
        command = ["worker", "--scheduler-file", self.file, "--no-dashboard", "--no-nanny", "--nthreads", "1"]
        for _ in range(count):
            self.workers.append(
                begun(self.folder, *map(str, command), "--host", "127.0.0.1", env=environment)
            )


def begun(folder: Path, *command: str, env: tuple[tuple[str, str], ...] = ()) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *command],
        cwd=folder,
        env={**os.environ, **dict(env)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def scheduling(folder: Path) -> Iterator[Place]:
    file = folder / "scheduler.json"
    command = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file"]
    place = Place(begun(folder, *command, str(file)), file, folder)
    try:
        for _ in range(300):
            if file.exists() and place.address:
                break
            time.sleep(0.1)
        yield place
    finally:
        for process in (*place.workers, place.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with scheduling(tmp_path_factory.mktemp("cluster")) as there:
        there.employ(2)
        yield there


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(
            f"Story {number} of the day\n\n{number}. {TEXT}{number * 7}.\n", "utf-8"
        )
    return folder


def spoken(news: Path, target: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "newsexport",
        "audio",
        str(news),
        "-o",
        str(target),
        "--engine",
        "espeak",
    ]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795400000"}
    return subprocess.run(
        [*command, "--no-cache", *options],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.slow
def test_a_cluster_gives_the_bytes_of_this_machine(place: Place, news: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here.mp3", tmp_path / "there.mp3"
    done = spoken(news, there, "--dask", place.address)
    assert done.returncode == 0, done.stderr
    assert spoken(news, here, "--workers", "1").returncode == 0
    assert there.read_bytes() == here.read_bytes()


@pytest.mark.slow
def test_a_worker_that_dies_is_made_up_for_by_another(news: Path, tmp_path: Path) -> None:
    for number in range(8):
        (news / f"more{number}.txt").write_text(
            f"More {number}\n\n{number}. {TEXT * 2}{number * 3}.\n", "utf-8"
        )
    with scheduling(tmp_path) as there:
        there.employ(2)
        with speaking(news, tmp_path / "there.mp3", there.address) as run:
            there.workers[0].send_signal(signal.SIGKILL)
            assert run.wait(60) == 0
        assert spoken(news, tmp_path / "here.mp3", "--workers", "2").returncode == 0
        assert (tmp_path / "there.mp3").read_bytes() == (tmp_path / "here.mp3").read_bytes()


@pytest.mark.slow
def test_a_scheduler_that_goes_away_ends_the_run(news: Path, tmp_path: Path) -> None:
    with scheduling(tmp_path) as there:
        there.employ(1)
        with speaking(news, tmp_path / "there.mp3", there.address) as run:
            there.scheduler.kill()
            assert run.wait(60) == 5
        assert "the connection to the scheduler was lost" in (tmp_path / "there.told").read_text("utf-8")
        assert not (tmp_path / "there.mp3").exists()


@contextmanager
def speaking(news: Path, target: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run on a cluster that has spoken something and is not done."""
    told = target.with_suffix(".told")
    command = [
        sys.executable,
        "-m",
        "newsexport",
        "audio",
        str(news),
        "-o",
        str(target),
        "--no-cache",
        "--json",
    ]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795400000"}
    with told.open("w") as out:
        run = subprocess.Popen(
            [*command, "--engine", "espeak", "--dask", address], stdout=out, env=environment
        )
        try:
            for _ in range(600):
                if '"speaking", "by"' in told.read_text("utf-8"):
                    break
                time.sleep(0.05)
            yield run
        finally:
            run.kill()
            run.wait()


def test_where_no_scheduler_answers_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with (
        pytest.raises(
            cluster.ClusterError, match=r"^--dask tcp://127\.0\.0\.1:9: no scheduler answers there"
        ),
        cluster.cluster("tcp://127.0.0.1:9"),
    ):
        pass


def test_where_nobody_works_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with (
        scheduling(tmp_path) as there,
        pytest.raises(cluster.ClusterError, match="the scheduler has no workers"),
        cluster.cluster(there.address),
    ):
        pass


@pytest.mark.slow
def test_a_worker_of_another_version_is_refused_by_name(news: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "lameenc-0.0.1.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: lameenc\nVersion: 0.0.1\n", "utf-8")
    path = os.pathsep.join(filter(None, (str(other.parent), os.environ.get("PYTHONPATH", ""))))
    with scheduling(tmp_path) as there:
        there.employ(1, ("PYTHONPATH", path))
        done = spoken(news, tmp_path / "x.mp3", "--dask", there.address)
    assert done.returncode == 5
    assert "has lameenc 0.0.1, here it is" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_without_the_extra_the_way_to_it_is_told(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError", "utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH", ""))))
    monkeypatch.setenv("PYTHONPATH", path)
    done = spoken(news, tmp_path / "x.mp3", "--dask", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "pip install 'newsexport[dask]'" in done.stderr


@pytest.mark.slow
def test_only_sound_is_made_on_a_cluster(news: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsexport", "export", str(news), "-o", str(tmp_path / "x.txt")]
    done = subprocess.run(
        [*command, "--dask", "tcp://127.0.0.1:9"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "only sound is made on a cluster" in done.stderr
