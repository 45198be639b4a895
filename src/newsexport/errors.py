"""The errors newsexport raises on purpose, in one tree.

::

    NewsExportError                 5
    ├── UsageError                  2   an option or an input that cannot mean anything
    │   └── UnknownPluginError      2   no source, exporter or engine of that name
    ├── SourceError                 1   one input that could not be read; the others still are
    ├── NothingToExportError        3   not one article was left: nothing new, or nothing that is wanted
    │   └── NothingReadError        9   not one could be read
    ├── SpeechError                 4   an engine cannot speak, or could not speak this
    ├── ExportError                 5   an exporter could not make its file
    ├── OutputError                 6   the file could not be written (disk, permission, place)
    ├── DeliveryError               8   a file could not be brought to a device or a mailbox
    └── BusyError                  75   another run is at the same paper

The number is the exit code of the command line when that error ends a run.
`docs/command-line.md` tells them to users, together with those that no error here has:
0 (everything), 1 (some articles left out), 7 (`verify` found a fault), 70 (a mistake of
ours), 130 (interrupted).

Errors that belong to one place are defined there, below the root or below that of their kind
here: `PluginError` in `plugins`, `ConfigurationError` (a `UsageError`) in `configuration`.

Errors pickle, because they cross process boundaries: every ``__init__`` passes its
arguments on unchanged.
"""

from collections.abc import Iterable
from typing import ClassVar

from newsexport.text.nearest import there_is


class NewsExportError(Exception):
    """The root: everything newsexport raises on purpose."""

    exit_code: ClassVar[int] = 5


class SubjectError(NewsExportError):
    """One that says what it is about, such as a file, an address or an engine, and what is wrong with it."""

    def __init__(self, subject: str, reason: str) -> None:
        self.subject = subject
        self.reason = reason
        super().__init__(subject, reason)

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"


class UsageError(NewsExportError):
    """The request itself makes no sense; the message says what would."""

    exit_code = 2


class UnknownPluginError(UsageError):
    """No plug-in of this kind has this name."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(sorted(known))
        super().__init__(kind, name, self.known)

    def __str__(self) -> str:
        return f"no {self.kind} named {self.name!r}{there_is(self.name, self.known)}"


class SourceError(SubjectError):
    """One input, by its reference, could not become an article."""

    exit_code = 1


class NothingToExportError(NewsExportError):
    """No article was left to make an edition from."""

    exit_code = 3


class NothingReadError(NothingToExportError):
    """Nothing that was asked for could be read, so that nobody knows whether there is anything new."""

    exit_code = 9


class SpeechError(SubjectError):
    """An engine cannot start, or could not speak a line; `lasting` when it speaks no other in this run."""

    exit_code = 4

    def __init__(self, engine: str, reason: str, *, lasting: bool = False) -> None:
        super().__init__(engine, reason)
        self.lasting = lasting

    def __str__(self) -> str:
        return f"engine {super().__str__()}"


class ExportError(NewsExportError):
    """An exporter could not make its file from this edition."""

    exit_code = 5


class OutputError(SubjectError):
    """The file system would not take the finished file at a path."""

    exit_code = 6


class BusyError(NewsExportError):
    """Another run is at it; this one has done nothing (EX_TEMPFAIL of sysexits.h: try again later)."""

    exit_code = 75


class DeliveryError(SubjectError):
    """A finished file could not be brought to a place: a device or a mailbox."""

    exit_code = 8
