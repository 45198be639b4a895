"""Lexicons as files: TOML as people write it, and PLS as programs exchange it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from spokenform import languages
from spokenform.lexicon import tables
from spokenform.lexicon.entries import EMPTY, Lexicon, LexiconError

PLS_SUFFIXES = frozenset((".pls", ".xml"))


def read(file: Path) -> Lexicon:
    """A lexicon from a file: PLS when its name ends in ``.pls`` or ``.xml``, else TOML.

    Raises:
        LexiconError: it cannot be read, or an entry cannot be meant.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise LexiconError(str(file), "", error.strerror or str(error)) from error
    if file.suffix.lower() in PLS_SUFFIXES:
        from spokenform.lexicon import pls  # noqa: PLC0415 - few have one, and it needs lxml

        return pls.from_pls(data, str(file))
    return tables.from_toml(data, str(file))


@cache
def starter() -> Lexicon:
    """Places, institutions and foreign words that are often in the news, and how they sound."""
    merged = EMPTY
    for name, data in languages.lexicons():
        merged = merged.under(tables.from_toml(data, name))
    return merged


def with_starter(files: Iterable[Path]) -> Lexicon:
    """The list to begin with, and the user's upon it, in order. Raises `LexiconError`."""
    merged = starter()
    for file in files:
        merged = merged.under(read(file))
    return merged
