"""The options of the commands that tell what was kept of earlier runs, and forget it."""

from dataclasses import dataclass
from typing import Annotated

import typer


@dataclass(frozen=True)
class Forgetting:
    """What to forget of what was exported."""

    forget: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="Forget what has TEXT in title, address or edition; all forgets all."
        ),
    ] = ""
    older_than: Annotated[
        str,
        typer.Option(metavar="WHEN", help="Forget what was exported longer ago than 90d, or before a date."),
    ] = ""
    path: Annotated[bool, typer.Option("--path", help="Tell where it is kept.")] = False


@dataclass(frozen=True)
class Clearing:
    """What to do with what was spoken before."""

    clear: Annotated[bool, typer.Option("--clear", help="Remove all of it.")] = False
