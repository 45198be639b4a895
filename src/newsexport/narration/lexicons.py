"""The lexicons that a script goes by."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from newsexport.errors import UsageError
from spokenform import lexicon
from spokenform.lexicon import Lexicon, LexiconError


def read(file: Path) -> Lexicon:
    """A lexicon from a file. Raises `UsageError` when it cannot be used."""
    try:
        return lexicon.read(file)
    except LexiconError as error:
        raise UsageError(str(error)) from error


def with_starter(files: Iterable[Path]) -> Lexicon:
    """The list to begin with, and the user's upon it, in order. Raises `UsageError`."""
    try:
        return lexicon.with_starter(files)
    except LexiconError as error:
        raise UsageError(str(error)) from error
