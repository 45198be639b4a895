"""Issues on their way to where they are read: what could not be brought waits for the next run.

A file is put aside before anything is sent, and let go when it has arrived, so a run that is killed in
between loses nothing; what is there already is known there, and is not sent again. What waits goes to the
place that it was promised to. When the configuration has that place no more it stays, and whoever
runs the paper is told until somebody says what is to become of it. Folders are simply filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from newsexport.configuration.plan import PaperPlan, Plan
from newsexport.delivery.deliver import PATIENCE, Destination, ToFolder, ToWebdav, deliver
from newsexport.delivery.mail import Ledger
from newsexport.delivery.places import DeliveryPlace, identity
from newsexport.delivery.shelves import NothingForItError, expired
from newsexport.delivery.waiting import Waiting, put_aside, waiting_in
from newsexport.errors import DeliveryError, NewsExportError, UsageError
from newsexport.events import Cause, Lost, Noted, Omitted, Report
from newsexport.library.describing import kind_of
from newsexport.library.issue import FileRole
from newsexport.net.retry import Timing
from newsexport.routine.issue_files import parts_of
from newsexport.storage.folders import Folders
from newsexport.storage.old_issues import OLD
from newsexport.text.counting import counted

# Issues that wait for a place that does not say how many it keeps.
MOST = 7

# Folders of an earlier version, which kept what waits by the kind of a place and its number.
NUMBERED = re.compile(r"(?P<kind>device|mail|crosspoint|remarkable|webdav)(?P<number>-\d+)?")

GIVEN_UP = "given up: it was not to wait any longer"
TWICE = "left to the one of that name that waits there already"
NOT_TAKEN = "of a format that is not sent there (formats)"


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Where a paper goes, and what waits for that; `configuration` is the file that says so, if any does."""

    paper: PaperPlan
    folders: Folders
    report: Report
    timing: Timing = PATIENCE
    configuration: Path | None = None

    @classmethod
    def of(cls, plan: Plan, paper: PaperPlan, folders: Folders, report: Report) -> Deliveries:
        """Those of a paper of a plan."""
        return cls(paper, folders, report, configuration=Path(plan.document.name))

    def bring(self, files: Sequence[Path]) -> Iterator[str]:
        """What arrived where, of an issue and of what waits; a place that fails keeps no other from it."""
        for place in self.paper.deliver:
            try:
                yield from self.bring_to(place, files)
            except (DeliveryError, UsageError) as error:
                self.report(Lost("delivery", str(error)))
        for stray in self.strays():
            self.report(Lost("delivery", told_of(stray)))

    @contextmanager
    def anyhow(self) -> Iterator[None]:
        """Have what waits go out even where there is no new issue to go with it."""
        try:
            yield
        except NewsExportError:
            for line in self.bring(()):
                self.report(Noted(f"delivered {line}"))
            raise

    def place(self, name: str) -> DeliveryPlace | None:
        """The place that is called so, by its name or by what it is and where."""
        return next((place for place in self.paper.deliver if place.told == name), None)

    def bring_to(self, place: DeliveryPlace, files: Sequence[Path] = ()) -> list[str]:
        """What arrived at one place, with what waits for it; nothing is asked of it when there is nothing.

        Raises:
            UsageError: there is no such device, or it reads none of the files.
            DeliveryError: it refuses, or is not reached. The message tells how many issues wait.
        """
        destination = place.destination
        wanted = _wanted(destination, files)
        if not isinstance(destination, ToFolder):
            for file in wanted:
                put_aside(self._room, place, file)
            self._drop_old(place, getattr(destination, "keep", None) or MOST, wanted)
            wanted = []
        waiting = self._taken(place)
        if not waiting and not wanted:
            return []
        try:
            arrived = self._delivered(destination, [*waiting, *wanted])
        except NothingForItError:
            self._let_go(place)
            raise
        except (DeliveryError, UsageError) as error:
            raise type(error)(*_with_note(error, waiting)) from error
        self._let_go(place)
        return arrived

    def waiting(self, place: DeliveryPlace) -> list[Path]:
        """The files that wait for a place, the oldest issue first; of two of a name the newer one."""
        found = [file for each in self._all() if self._whose(each) == place for file in each.files]
        return sorted({file.name: file for file in sorted(found, key=_put_aside_at)}.values(), key=_name)

    def all_waiting(self) -> Mapping[str, Sequence[Path]]:
        """The files that wait for each place that the configuration has, where any do."""
        return {place.told: files for place in self.paper.deliver if (files := self.waiting(place))}

    def strays(self) -> list[Waiting]:
        """What waits for places that the configuration has no more."""
        return [each for each in self._all() if self._whose(each) is None]

    def redirect(self, stray: Waiting, place: DeliveryPlace) -> None:
        """Have what waited for one place wait for another. Raises `DeliveryError`."""
        if self._whose(stray) == place:
            return
        there = {file.name for file in self.waiting(place)}
        for file in stray.files:
            if file.name in there:
                self.report(Omitted(file.name, TWICE, "file"))
            else:
                put_aside(self._room, place, file)
            stray.let_go([file])

    def give_up(self, waiting: Waiting) -> None:
        """Have it wait no longer."""
        for file in waiting.files:
            waiting.let_go([file])
            self.report(Omitted(file.name, GIVEN_UP, "file"))

    def waiting_for(self, told: str) -> list[Waiting]:
        """All that waits for a place that is called so, whether the configuration has it or not."""
        place = self.place(told)
        return [each for each in self._all() if self._whose(each) == place and (place or each.told == told)]

    @property
    def _room(self) -> Path:
        return self.folders.of_paper(self.paper.paper.key, ".waiting")

    def _all(self) -> list[Waiting]:
        return waiting_in(self._room)

    def _whose(self, waiting: Waiting) -> DeliveryPlace | None:
        """The place that something was promised to, where it is certain that it is that one."""
        if not waiting.address:
            return self._meant_before(waiting)
        surest = max(self.paper.deliver, key=waiting.is_for, default=None)
        return surest if surest and waiting.is_for(surest) else None

    def _meant_before(self, waiting: Waiting) -> DeliveryPlace | None:
        """What an earlier version meant by a kind: the only place of it, if nothing was changed since."""
        numbered = NUMBERED.fullmatch(waiting.folder.name)
        if numbered is None or self.configuration is None:
            return None
        kind = numbered["kind"]
        places = [place for place in self.paper.deliver if identity(place.destination)[0] == kind]
        of_kind = [each for each in self._all() if each.folder.name.partition("-")[0] == kind]
        if len(places) != 1 or len(of_kind) != 1 or numbered["number"]:
            return None
        with suppress(OSError):
            told = self.configuration.stat()
            changed = max(told.st_mtime, told.st_ctime)
            return places[0] if changed < min(map(_put_aside_at, waiting.files)) else None
        return None

    def _delivered(self, destination: Destination, files: Sequence[Path]) -> list[str]:
        ledger = Ledger(self.folders.mailed())
        return deliver(destination, files, ledger, self.report, timing=self.timing)

    def _taken(self, place: DeliveryPlace) -> list[Path]:
        """What waits for a place, without what it is sent no more since its formats were changed."""
        waiting = self.waiting(place)
        taken = [file for file in waiting if _is_taken(place.destination, file)]
        for file in set(waiting) - set(taken):
            self._let_go(place, file.name)
            self.report(Omitted(file.name, NOT_TAKEN, "file", cause=Cause.FORMAT))
        return taken

    def _let_go(self, place: DeliveryPlace, name: str = "") -> None:
        """Have what waits for a place, or only files of a name, wait no longer."""
        for each in self._all():
            if self._whose(each) == place:
                each.let_go([file for file in each.files if name in {"", file.name}])

    def _drop_old(self, place: DeliveryPlace, keep: int, brought: Sequence[Path]) -> None:
        names = [file.name for file in self.waiting(place)]
        for name in expired(names, keep, [file.name for file in brought] or names[-1:]):
            self._let_go(place, name)
            self.report(Omitted(name, OLD, "issue"))


def told_of(stray: Waiting, paper: str = "") -> str:
    """What is to be said of files whose place is gone from the configuration, or their `paper`."""
    whose = f", of the paper {paper}" if paper else ""
    return (
        f"{waits(stray.files)} for {stray.told}{whose}, which is no longer in the configuration; "
        "`newsexport send --waiting` sends it elsewhere with `--to NAME`, or gives it up with `--drop`"
    )


def waits(files: Sequence[Path]) -> str:
    """``1 file waits``, ``3 files wait``."""
    return f"{counted(len(files), 'file')} {'waits' if len(files) == 1 else 'wait'}"


def _with_note(error: DeliveryError | UsageError, waiting: Sequence[Path]) -> tuple[str, ...]:
    """What an error is made of, with how much waits."""
    *before, told = map(str, error.args)
    if not waiting:  # a folder: nothing is put aside for it
        return (*before, told)
    return (*before, f"{told}; {waits(waiting)} for the next run or `send --waiting`")


def _wanted(destination: Destination, files: Sequence[Path]) -> list[Path]:
    """Of the files of an issue those that go to a destination: books, where it is no place for all."""
    books = _of_role(files, FileRole.BOOK)
    parts = {entry.name for entry in parts_of(files)}
    sounds = _of_role(files, FileRole.SOUND)
    whole = [file for file in sounds if file.name not in parts]
    every = [*books, *(whole or sounds), *_of_role(files, FileRole.TEXT)]
    if isinstance(destination, ToWebdav):
        return [file for file in every if _is_taken(destination, file)]
    return every if isinstance(destination, ToFolder) else books or every


def _of_role(files: Sequence[Path], role: FileRole) -> list[Path]:
    return [file for file in files if kind_of(file.name)[0] is role]


def _is_taken(destination: Destination, file: Path) -> bool:
    formats = destination.formats if isinstance(destination, (ToFolder, ToWebdav)) else ()
    return not formats or file.suffix.lstrip(".") in formats


def _put_aside_at(file: Path) -> float:
    return file.stat().st_mtime


def _name(file: Path) -> str:
    return file.name
