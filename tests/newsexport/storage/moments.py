"""What a test can do at the very moment at which the code under test is about to do something."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from newsexport.storage.staging import OWNER


class Moments:
    """What the interpreter is about to do is told here, and once answered by something that is done first."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] | None = None
        self.moment = ""
        self.answer: Callable[[str], object] = str
        sys.addaudithook(self._hear)  # which cannot be taken away again, so there is one for all tests

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if self.told is None or event not in {"open", "os.rename", "fcntl.flock"}:
            return
        path = str(args[0])
        self.told.append((event, Path(path).name))
        if event == self.moment and (event != "open" or path.endswith(OWNER)):
            self.moment = ""
            self.answer(path)

    @contextmanager
    def heard(
        self, moment: str = "", answer: Callable[[str], object] = str
    ) -> Iterator[list[tuple[str, str]]]:
        self.told, self.moment, self.answer = [], moment, answer
        try:
            yield self.told
        finally:
            self.told = None


MOMENTS = Moments()
