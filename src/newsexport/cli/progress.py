"""Progress bars with the time left, on a terminal."""

from __future__ import annotations

from typing import assert_never

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.text import Text

from newsexport.events import Advanced, Finished, Started
from newsexport.work.time_left import Clock, Steps, in_words


class Left(ProgressColumn):
    """The time that a step will take yet."""

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self.steps = steps

    def render(self, task: Task) -> Text:
        """In words, as soon as it is known."""
        left = self.steps.left(task.fields["step"])
        return Text("" if left is None else f"{in_words(left)} left", style="progress.remaining")


class Bars:
    """A bar for each step under way; all are gone when they are stopped."""

    def __init__(self, clock: Clock) -> None:
        self.console = Console(stderr=True)
        self.steps = Steps(clock)
        self.progress: Progress | None = None
        self.tasks: dict[str, TaskID] = {}

    def tell(self, event: Started | Advanced | Finished) -> None:
        """Draw a step's bar, move it, or take it away."""
        self.steps.tell(event)
        progress = self.progress or self._start()
        match event:
            case Started(step, total, unit):
                named = f"{step} {unit}".strip()
                self.tasks[step] = progress.add_task(named, total=total, step=step)
            case Advanced(step, by):
                if step in self.tasks:
                    progress.advance(self.tasks[step], by)
            case Finished(step):
                if step in self.tasks:
                    progress.remove_task(self.tasks.pop(step))
            case _:
                assert_never(event)

    def line(self, text: str) -> None:
        """A line above the bars, as it is: rich shall not see markup in a file name."""
        self.console.print(text, markup=False, highlight=False, emoji=False, soft_wrap=True)

    def stop(self) -> None:
        """Take all bars down; the next event puts new ones up."""
        if self.progress:
            self.progress.stop()
        self.progress = None
        self.tasks.clear()

    def _start(self) -> Progress:
        self.progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            Left(self.steps),
            console=self.console,
            transient=True,
            redirect_stdout=False,  # else results would end on standard error
            redirect_stderr=False,
        )
        self.progress.start()
        return self.progress
