"""The options of the commands about papers that come out by themselves."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option(
        "--config", "-c", metavar="FILE", help="The configuration.  [default: newsexport.toml here, or yours]"
    ),
]


@dataclass(frozen=True)
class Papers:
    """Which papers of which configuration."""

    names: Annotated[
        list[str] | None, typer.Argument(metavar="PAPER", help="Papers of the configuration; else all.")
    ] = None
    config: Config = None


@dataclass(frozen=True)
class Issuing(Papers):
    """How a paper is made now."""

    date: Annotated[
        str,
        typer.Option(metavar="YYYY-MM-DD", help="Date of the issue.  [default: today, where the paper is]"),
    ] = ""
    wait: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Wait so long for another run of the paper.")
    ] = 0.0
    offline: Annotated[
        bool, typer.Option("--offline", help="Fetch nothing; use files and what was fetched before.")
    ] = False
    workers: Annotated[int | None, typer.Option(min=1, help="Parallel workers.  [default: one a core]")] = (
        None
    )
    no_deliver: Annotated[bool, typer.Option("--no-deliver", help="Publish, and send nothing anywhere.")] = (
        False
    )
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the configuration and tell what would be done.")
    ] = False
