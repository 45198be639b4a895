"""Much to read is read in several processes, and comes to the same as in one."""

import io
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PIL import Image

from newsexport.collecting.context import CollectingContext
from newsexport.collecting.fetch import LITTLE
from newsexport.collecting.pictures import FEW
from newsexport.events import Event, Lost
from newsexport.model import Article, figures
from newsexport.pipeline import collect
from newsexport.work.isolation import TOGETHER, Isolation, WorkLostError

T = TypeVar("T")


class Counting(Executor):
    """Processes of which it is told how often they were asked."""

    def __init__(self, processes: Executor) -> None:
        self.processes = processes
        self.asked = 0

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        self.asked += 1
        return self.processes.submit(fn, *args, **kwargs)


class Losing(Executor):
    """Processes that do not survive anything."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:  # noqa: ARG002 - their shape
        lost: Future[T] = Future()
        lost.set_exception(WorkLostError("took down the process that was reading it"))
        return lost


@pytest.fixture
def processes() -> Iterator[Isolation]:
    isolation = Isolation(2)
    yield isolation
    isolation.shutdown(wait=False, cancel_futures=True)


def shelf(folder: Path, size: int, pictures: int = 0) -> Path:
    """A folder of so many bytes of articles in Markdown and text, of which every fifth is empty."""
    count = size // 20_000 + 2
    for number in range(count):
        words = " ".join(f"bridge{number}x{each}" for each in range(1_500))
        shown = "".join(f"\n\n![]({each}.png)" for each in range(number, pictures, count))
        text = f"# Bridge {number}\n\n{words}.{shown}\n" if number % 5 else ""
        (folder / f"{number}.{'txt' if number % 4 == 3 else 'md'}").write_text(text, encoding="utf-8")
    for number in range(pictures):
        Image.new("RGB", (8, 6), (number % 256, 0, 0)).save(folder / f"{number}.png")
    return folder


def read(folder: Path, executor: Executor | None = None) -> tuple[tuple[Article, ...], list[Event]]:
    events: list[Event] = []
    means = CollectingContext(isolated=executor) if executor else CollectingContext()
    return collect([str(folder)], events.append, means).articles, events


@pytest.mark.slow
def test_articles_losses_and_their_order_are_those_of_one_process(
    tmp_path: Path, processes: Isolation
) -> None:
    shelf(tmp_path, LITTLE * 2)
    counting = Counting(processes)
    articles, events = read(tmp_path, counting)
    assert (articles, events) == read(tmp_path)
    assert [one.title for one in articles] == [f"Bridge {number}" for number in range(102) if number % 5]
    assert [Path(one.reference).stem for one in events if isinstance(one, Lost)] == [
        str(number) for number in range(0, 102, 5)
    ]
    assert counting.asked > 5


def test_little_to_read_needs_no_process(tmp_path: Path, processes: Isolation) -> None:
    shelf(tmp_path, LITTLE // 2, pictures=FEW // 2)
    counting = Counting(processes)
    assert read(tmp_path, counting) == read(tmp_path)
    assert counting.asked == 0


@pytest.mark.slow
def test_what_a_process_does_not_survive_is_read_here(tmp_path: Path) -> None:
    shelf(tmp_path, LITTLE * 2, pictures=FEW * 4)
    assert read(tmp_path, Losing()) == read(tmp_path)


@pytest.mark.slow
def test_many_pictures_are_made_fit_elsewhere_and_are_the_same(tmp_path: Path, processes: Isolation) -> None:
    shelf(tmp_path, LITTLE // 2, pictures=FEW * 4)
    (tmp_path / "6.png").write_bytes(b"no picture")
    counting = Counting(processes)
    there, here = read(tmp_path, counting), read(tmp_path)
    assert there == here
    assert [event for event in here[1] if isinstance(event, Lost) and not event.whole]
    asked = sum(1 for article in here[0] for _ in figures(article))
    assert FEW < asked == TOGETHER * (counting.asked - 1) + (asked % TOGETHER or TOGETHER)


def test_a_jpeg_cut_short_is_no_picture(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(data, "JPEG")
    (tmp_path / "cut.jpg").write_bytes(data.getvalue()[:-2000])
    (tmp_path / "a.md").write_text("# Bridge\n\nIt has sunk.\n\n![](cut.jpg)\n", encoding="utf-8")
    _, events = read(tmp_path)
    (lost,) = (event for event in events if isinstance(event, Lost))
    assert lost.reason.startswith("picture cut.jpg: is damaged")
