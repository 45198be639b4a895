"""The options of the command that puts lexicons together."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer


@dataclass(frozen=True)
class Merging:
    """Which lexicons, and as what."""

    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="Lexicons, the later the stronger; else your own."),
    ] = None
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Write them; .pls or .xml is PLS, else TOML."),
    ] = ""
    language: Annotated[
        str, typer.Option(help="Only what holds in this language; a PLS is in one.", show_default=False)
    ] = ""
    starter: Annotated[
        bool, typer.Option("--starter", help="Lay them upon the list that comes with the program.")
    ] = False
