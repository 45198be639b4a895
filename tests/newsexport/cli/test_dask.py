"""Work on a cluster: a real scheduler and real worker processes on the loopback interface."""

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PIL import Image

from newsexport.job import Job, Work
from newsexport.work import cluster
from newsexport.work.isolation import WorkLostError

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

    def employ(self, count: int, *environment: tuple[str, str], nanny: bool = False) -> None:
        command = ["worker", "--scheduler-file", self.file, "--no-dashboard", "--nthreads", "1"]
        command += [] if nanny else ["--no-nanny"]
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
def scheduling(folder: Path, *environment: tuple[str, str]) -> Iterator[Place]:
    file = folder / "scheduler.json"
    command = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file"]
    place = Place(begun(folder, *command, str(file), env=environment), file, folder)
    try:
        for _ in range(300):
            if file.exists() and place.address:
                break
            time.sleep(0.1)
        yield place
    finally:
        for process in place.workers:  # a nanny that is killed leaves its worker to itself for a while
            process.terminate()
        for process in (*place.workers, place.scheduler):
            with suppress(subprocess.TimeoutExpired):
                process.wait(5 if process in place.workers else 0)
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


def made(news: Path, target: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "newsexport", "export", str(news), "-o", str(target), "--offline", *options],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795400000"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_articles_read_and_books_made_on_a_cluster_are_those_of_this_machine(
    place: Place, news: Path, tmp_path: Path
) -> None:
    """Of workers in a folder of their own, which have no file of ours: not the pages, not their pictures."""
    for number in range(16):  # enough for pages to be set side by side
        text = "".join(f"<p>{part}.{number} {TEXT}</p>" for part in range(5))
        (news / f"page{number}.html").write_text(
            f"<title>Page {number}</title><article><h1>Page {number} of the day</h1>{text}"
            f'<figure><img src="{number}.png"><figcaption>Ferry {number}</figcaption></figure></article>',
            "utf-8",
        )
        Image.new("RGB", (600 + number, 400), (number * 9, 60, 90)).save(news / f"{number}.png")
    (news / "torn.docx").write_bytes(b"PK\x03\x04 torn")
    formats = ("--to", "epub", "--to", "text", "--to", "json")
    here, there = tmp_path / "here", tmp_path / "there"
    far = made(news, there, *formats, "--dask", place.address)
    near = made(news, here, *formats)
    assert (far.returncode, near.returncode) == (1, 1), far.stderr
    assert far.stderr == near.stderr
    assert "torn.docx" in far.stderr
    files = sorted(path.name for path in here.iterdir())
    assert len(files) == 3
    assert files == sorted(path.name for path in there.iterdir())
    assert all((here / name).read_bytes() == (there / name).read_bytes() for name in files)
    with zipfile.ZipFile(next(there.glob("*.epub"))) as book:
        assert sum(name.endswith((".png", ".jpg")) for name in book.namelist()) >= 16


@pytest.mark.slow
def test_what_hangs_or_swells_on_a_cluster_is_lost_alone(tmp_path: Path) -> None:
    """A regular expression that never ends takes no turn from Python, and is ended none the less."""
    with scheduling(tmp_path, ("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")) as there:
        there.employ(1, nanny=True)
        with cluster.cluster(there.address) as workers:
            reader = workers.reader()
            assert reader.submit(len, b"123").result(30) == 3
            with pytest.raises(WorkLostError, match=r"^takes more than 512 MB of memory$"):
                reader.submit(bytearray, 2_000_000_000).result(30)
            hanging = replace(reader, seconds=0.5).submit(re.match, "(a|a)*$", "a" * 60 + "b")
            with pytest.raises(WorkLostError, match=r"^took down several workers, or longer than 0\.5 s"):
                hanging.result(30)
            assert reader.submit(len, b"1234").result(30) == 4  # by the worker that came in its place


@pytest.mark.slow
def test_a_page_that_takes_down_every_worker_ends_the_run_with_its_reason(tmp_path: Path) -> None:
    with scheduling(tmp_path, ("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")) as there:
        there.employ(1, nanny=True)
        with cluster.cluster(there.address) as workers:
            calls = workers.job(Job()).each(os._exit, [1], Work.COMPUTE)
            with pytest.raises(cluster.ClusterError, match="one piece of work took down several workers"):
                list(calls)
