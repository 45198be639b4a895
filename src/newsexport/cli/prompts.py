"""What people type, in options and when they are asked, and what is meant by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import typer

from newsexport.errors import UsageError

T = TypeVar("T")
W = TypeVar("W")


def meant(option: str, words: W, meaning: Callable[[W], T]) -> T:
    """What the words of an option mean.

    Raises:
        UsageError: they mean nothing; it names the option.
    """
    try:
        return meaning(words)
    except (UsageError, ValueError) as error:
        raise UsageError(f"{option}: {error}") from error


def asked(question: str, usual: str, meaning: Callable[[str], object] = str) -> str:
    """What is typed for a question, or what is usual where nothing is; asked until it means something."""

    def checked(words: str) -> str:
        try:
            if words:
                meaning(words)
        except UsageError as error:
            raise typer.BadParameter(str(error)) from error
        return words

    told = typer.prompt(question, default=usual, show_default=bool(usual), value_proc=checked, err=True)
    return str(told)
