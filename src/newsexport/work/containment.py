"""What a stranger's code, or ours on a stranger's bytes, may raise: told as the loss of one input.

A parser raises what it was not meant to, recursion ends, a codec refuses half a character, a
library written in Rust panics. At each seam between a run and whoever works for it
(sources, fetching, pictures, pages, engines, plug-ins) that becomes one of our errors, so
that what ends is the input and not the run.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import AbstractContextManager
from functools import partial
from types import TracebackType

from newsexport.errors import NewsExportError, SourceError

# How much of a foreign message is told.
LONGEST = 160

# Raised to end a program or a task, not to say that something failed.
ENDINGS = (KeyboardInterrupt, GeneratorExit, CancelledError)


def contained(
    loss: Callable[[str], NewsExportError], *but: type[Exception], quitting: bool = False
) -> AbstractContextManager[None]:
    """Have whatever is raised inside raised as the loss it is, which is made of the reason.

    Errors of ours pass as they are, those of the kinds `but` whose caller knows better, and
    what ends a program: interrupts, tasks that are cancelled and, unless `quitting` is one
    mishap more, a call of `sys.exit`.
    """
    return _Seam(loss, (NewsExportError, *but), quitting=quitting)


def lost_alone(reference: str) -> AbstractContextManager[None]:
    """Have whatever a reader raises inside, errors of other places too, as the `SourceError` of one input."""
    return _Seam(partial(SourceError, reference), (SourceError,), quitting=True)


class _Seam(AbstractContextManager[None]):
    """Where errors become losses. A class, because a file passes twenty and hardly ever raises anything."""

    __slots__ = ("_known", "_loss", "_quitting")

    def __init__(
        self, loss: Callable[[str], NewsExportError], known: tuple[type[Exception], ...], *, quitting: bool
    ) -> None:
        self._loss, self._known, self._quitting = loss, known, quitting

    def __enter__(self) -> None:
        """Nothing has happened yet."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise what is raised as a loss, unless it is to pass."""
        if error is not None and not isinstance(error, self._known):
            if _ends(error, quitting=self._quitting):
                return
            raise self._loss(reason_of(error)) from error


def reason_of(error: BaseException) -> str:
    """Why something failed, in a line for people."""
    match error:
        case NewsExportError():
            return str(error)
        case BrokenExecutor():
            return "a worker process was killed, perhaps for want of memory; try --workers 1"
        case RecursionError():
            return "is nested too deeply"
        case MemoryError():
            return "takes more memory than there is"
        case OSError(strerror=str(reason)) if reason:
            return reason[:1].lower() + reason[1:]
        case _:
            return f"failed: {_foreign(error)}"


def in_one_line(error: BaseException) -> str:
    """The message of an error that is not ours, in a line, where its kind says nothing to people."""
    return " ".join(_message(error).split())[:LONGEST] or type(error).__name__


def _foreign(error: BaseException) -> str:
    """The kind and the message of an error that is not ours, as far as it can be shown."""
    words = " ".join(_message(error).split())
    shown = "".join(character for character in words if character.isprintable())[:LONGEST]
    kind = type(error).__name__
    return f"{kind} ({shown})" if shown else kind


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - an error that cannot even say what it is
        return ""


def _ends(error: BaseException, *, quitting: bool) -> bool:
    """Whether it is there to end a program, as what is no `Exception` is, but for panics of libraries."""
    if isinstance(error, SystemExit):
        return not quitting
    own = type(error).__module__ in {"builtins", "asyncio.exceptions"}
    return isinstance(error, ENDINGS) or (own and not isinstance(error, Exception))
