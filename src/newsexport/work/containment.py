"""What a stranger's code, or ours on a stranger's bytes, may raise: told as the loss of one input.

A parser raises what it was not meant to, recursion ends, a codec refuses half a character, a
library written in Rust panics. At each seam between a run and whoever works for it
(sources, fetching, pictures, pages, engines, plug-ins) that becomes one of our errors, so
that what ends is the input and not the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager

from newsexport.errors import NewsExportError, SourceError

# How much of a foreign message is told.
LONGEST = 160

# Raised to end a program or a task, not to say that something failed.
ENDINGS = (KeyboardInterrupt, GeneratorExit, CancelledError)


@contextmanager
def contained(
    loss: Callable[[str], NewsExportError], *but: type[Exception], quitting: bool = False
) -> Iterator[None]:
    """Have whatever is raised inside raised as the loss it is, which is made of the reason.

    Errors of ours pass as they are, those of the kinds `but` whose caller knows better, and
    what ends a program: interrupts, tasks that are cancelled and, unless `quitting` is one
    mishap more, a call of `sys.exit`.
    """
    try:
        yield
    except BaseException as error:
        if isinstance(error, (NewsExportError, *but)) or _ends(error, quitting=quitting):
            raise
        raise loss(reason_of(error)) from error


@contextmanager
def lost_alone(reference: str) -> Iterator[None]:
    """Have whatever a reader raises inside, errors of other places too, as the `SourceError` of one input."""
    try:
        with contained(lambda reason: SourceError(reference, reason), quitting=True):
            yield
    except SourceError:
        raise
    except NewsExportError as error:
        raise SourceError(reference, str(error)) from error


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
