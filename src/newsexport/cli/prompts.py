"""Questions on a terminal."""

from __future__ import annotations

from collections.abc import Callable

import typer

from newsexport.errors import UsageError


def prompt(question: str, usual: str, parse: Callable[[str], object] = str) -> str:
    """What is typed for a question, or what is usual where nothing is; asked until it means something."""

    def checked(words: str) -> str:
        try:
            if words:
                parse(words)
        except UsageError as error:
            raise typer.BadParameter(str(error)) from error
        return words

    told = typer.prompt(question, default=usual, show_default=bool(usual), value_proc=checked, err=True)
    return str(told)
