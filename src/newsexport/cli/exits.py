"""How a run ends: every error to its exit code, its one line, and where useful a hint.

This is the only place that decides about exit codes. `errors.py` gives each error of
ours its code; the others are here.
"""

from __future__ import annotations

import errno
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer

from newsexport.cli.console import Console
from newsexport.cli.option_groups import Telling
from newsexport.configuration.document import ConfigurationError
from newsexport.errors import NewsExportError, OutputError, SpeechError

# What the system says of places that somebody named, or that are somebody else's, wherever one looks there.
NOT_OURS = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO)

SOME_LEFT_OUT = 1
FAULT_FOUND = 7
# EX_SOFTWARE of sysexits.h: an error that is ours, not the user's.
UNEXPECTED = 70
# 128 and the number of SIGINT, as shells count it.
INTERRUPTED = 130

# Of Windows only the second reaches us: Ctrl-Break, and a console that is closed (Python, `signal.SIGBREAK`).
ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGBREAK") if hasattr(signal, name)]


class _ScratchError(OutputError):
    """The folder for temporary files is full; whoever writes anywhere else tells where by itself."""


HINTS: dict[type[NewsExportError], str] = {
    SpeechError: "`newsexport engines` tells which can speak here",
    _ScratchError: "the variable TMPDIR names another folder for temporary files",
}
# Those of commands that have the options which they name.
OF_EXPORTS: dict[type[NewsExportError], str] = {
    SpeechError: "`newsexport engines` tells which can speak here; --engine chooses one",
    OutputError: "--output chooses another place",
}


@contextmanager
def reporting(telling: Telling, *, strict: bool = False, placed: bool = False) -> Iterator[Console]:
    """A command's whole run: what happens inside is shown, and ends in an exit code.

    `placed` where --output says where what is made goes, and --engine who speaks.

    Raises:
        typer.Exit: always, with the code.
    """
    console = Console.of(telling)
    with signal_to_interrupt():
        try:
            with console:
                yield console
            code = console.code or _verdict(console, strict=strict)
        except BrokenPipeError:
            raise  # the reader has gone; typer ends the run without a word, as shells expect
        except KeyboardInterrupt:
            code = INTERRUPTED
            console.fail("interrupted; nothing unfinished was left behind", code)
        except Exception as error:  # noqa: BLE001 - the last place that can tell the user in words
            code = _tell(error, console, telling, placed=placed)
    console.close(code)
    raise typer.Exit(code)


def raise_gravest(failures: Sequence[Exception], console: Console) -> None:
    """Tell what failed while the rest went on, and end the run with the gravest of it, if there is any."""
    if not failures:
        return
    gravest = max(failures, key=_code)
    for failure in failures:
        if failure is not gravest:
            console.fail(str(failure), _code(failure))
    raise gravest


def _code(error: Exception) -> int:
    known = _known(error)
    return UNEXPECTED if known is None else known.exit_code


def _verdict(console: Console, *, strict: bool) -> int:
    left_out = any(loss.whole for loss in console.losses)
    return SOME_LEFT_OUT if left_out or (strict and (console.losses or console.missed)) else 0


def _tell(error: Exception, console: Console, telling: Telling, *, placed: bool) -> int:
    known = _known(error)
    if known is None:
        console.fail(f"unexpected {type(error).__name__}: {error}", UNEXPECTED, "--verbose shows where")
    else:
        console.fail(_message(known), known.exit_code, _hint(known, placed=placed))
    if telling.verbose:
        traceback.print_exception(error, file=sys.stderr)
    return UNEXPECTED if known is None else known.exit_code


def _known(error: Exception) -> NewsExportError | None:
    match error:
        case NewsExportError():
            return error
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return _ScratchError(tempfile.gettempdir(), error.strerror or "is full")
        case OSError(errno=code, filename=str() as place) if code in NOT_OURS:
            return OutputError(place, error.strerror or "cannot be used")
        case _:
            return None


def _message(error: NewsExportError) -> str:
    """One line; of a configuration one for each fault."""
    lines = str(error).split("\n")
    return "\n".join(lines) if isinstance(error, ConfigurationError) else " ".join(lines)


def _hint(error: NewsExportError, *, placed: bool) -> str:
    """What helps; nothing where the message says it all, or each reason was told."""
    if isinstance(error, _ScratchError):
        return HINTS[_ScratchError]
    hints = {**HINTS, **OF_EXPORTS} if placed else HINTS
    return next((hint for kind, hint in hints.items() if isinstance(error, kind)), "")


@contextmanager
def signal_to_interrupt() -> Iterator[None]:
    """Let what else ends a run do so as Ctrl-C does: drafts removed, workers ended."""
    before = {each: signal.signal(each, signal.default_int_handler) for each in ENDINGS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
