"""Issues on their way to where they are read: what could not be brought waits for the next run.

A file is put aside before anything is sent, and let go when it has arrived, so a run that is killed in
between loses nothing; what is there already is known there, and is not sent again. Folders are
simply filled.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from newsexport.configuration.plan import PaperPlan
from newsexport.configuration.planning import MAKES
from newsexport.delivery.deliver import PATIENCE, Destination, ToFolder, ToWebdav, deliver
from newsexport.delivery.mail import Ledger
from newsexport.delivery.shelves import NothingForItError, expired
from newsexport.errors import DeliveryError, NewsExportError, UsageError
from newsexport.events import Lost, Noted, Omitted, Report
from newsexport.library.describing import kind_of
from newsexport.library.issue import FileRole
from newsexport.net.retry import Timing
from newsexport.routine.issue_files import parts_of
from newsexport.storage.atomic import durable, file_errors, is_draft
from newsexport.storage.folders import Folders
from newsexport.storage.old_issues import OLD
from newsexport.text.counting import counted

NAMES = {made: by for by, made in MAKES.items()}

# Issues that wait for a place that does not say how many it keeps.
MOST = 7


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Where a paper goes, and what waits for that."""

    paper: PaperPlan
    folders: Folders
    report: Report
    timing: Timing = PATIENCE

    def bring(self, files: Sequence[Path]) -> Iterator[str]:
        """What arrived where, of an issue and of what waits; a place that fails keeps no other from it."""
        self._forget_places()
        for place, destination in self.places().items():
            try:
                yield from self.bring_to(place, destination, files)
            except (DeliveryError, UsageError) as error:
                self.report(Lost("delivery", str(error)))

    @contextmanager
    def anyhow(self) -> Iterator[None]:
        """Have what waits go out even where there is no new issue to go with it."""
        try:
            yield
        except NewsExportError:
            for line in self.bring(()):
                self.report(Noted(f"delivered {line}"))
            raise

    def places(self) -> Mapping[str, Destination]:
        """Every destination by its kind and, from the second of a kind on, its number."""
        found, count = dict[str, Destination](), Counter[str]()
        for destination in self.paper.deliver:
            kind = NAMES[type(destination)]
            count[kind] += 1
            found[kind if count[kind] == 1 else f"{kind}-{count[kind]}"] = destination
        return found

    def bring_to(self, place: str, destination: Destination, files: Sequence[Path] = ()) -> list[str]:
        """What arrived at one place, with what waits for it; nothing is asked of it when there is nothing.

        Raises:
            UsageError: there is no such device, or it reads none of the files.
            DeliveryError: it refuses, or is not reached. The message tells how many issues wait.
        """
        wanted = _wanted(destination, files)
        if isinstance(destination, ToFolder):
            return self._delivered(destination, wanted) if wanted else []
        for file in wanted:
            aside = self._aside(place) / file.name
            with file_errors(aside, DeliveryError), file.open("rb") as source, durable(aside) as draft:
                shutil.copyfileobj(source, draft)
        self._drop_old(place, getattr(destination, "keep", None) or MOST, wanted)
        waiting = self.waiting(place)
        try:
            arrived = self._delivered(destination, waiting) if waiting else []
        except NothingForItError:
            _let_go(waiting)
            raise
        except (DeliveryError, UsageError) as error:
            raise type(error)(*_with_note(error, waiting)) from error
        _let_go(waiting)
        return arrived

    def waiting(self, place: str) -> list[Path]:
        """The files that wait for a place, the oldest issue first."""
        with suppress(OSError):
            return sorted(path for path in self._aside(place).iterdir() if not is_draft(path))
        return []

    def all_waiting(self) -> Mapping[str, Sequence[Path]]:
        """The files that wait for each place, where any do."""
        return {place: files for place in self.places() if (files := self.waiting(place))}

    def _delivered(self, destination: Destination, files: Sequence[Path]) -> list[str]:
        ledger = Ledger(self.folders.mailed())
        return deliver(destination, files, ledger, self.report, timing=self.timing)

    def _aside(self, place: str) -> Path:
        return self.folders.of_paper(self.paper.paper.key, ".waiting") / place

    def _drop_old(self, place: str, keep: int, brought: Sequence[Path]) -> None:
        files = {path.name: path for path in self.waiting(place)}
        for name in expired(files, keep, [file.name for file in brought] or list(files)[-1:]):
            _let_go([files[name]])
            self.report(Omitted(name, OLD, "issue"))

    def _forget_places(self) -> None:
        """What waits for a place that is delivered to no more does not."""
        known = self.places()
        with suppress(OSError):
            for folder in self._aside("").iterdir():
                if folder.name not in known:
                    shutil.rmtree(folder, ignore_errors=True)


def _let_go(files: Sequence[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()


def _with_note(error: DeliveryError | UsageError, waiting: Sequence[Path]) -> tuple[str, ...]:
    """What an error is made of, with how much waits."""
    *before, told = map(str, error.args)
    waits = "waits" if len(waiting) == 1 else "wait"
    return (*before, f"{told}; {counted(len(waiting), 'file')} {waits} for the next run or `send --waiting`")


def _wanted(destination: Destination, files: Sequence[Path]) -> list[Path]:
    """Of the files of an issue those that go to a destination: books, where it is no place for all."""
    books = _of_role(files, FileRole.BOOK)
    parts = {entry.name for entry in parts_of(files)}
    sounds = _of_role(files, FileRole.SOUND)
    whole = [file for file in sounds if file.name not in parts]
    every = [*books, *(whole or sounds), *_of_role(files, FileRole.TEXT)]
    if isinstance(destination, ToWebdav) and destination.formats:
        return [file for file in every if file.suffix.lstrip(".") in destination.formats]
    return every if isinstance(destination, (ToFolder, ToWebdav)) else books or every


def _of_role(files: Sequence[Path], role: FileRole) -> list[Path]:
    return [file for file in files if kind_of(file.name)[0] is role]
