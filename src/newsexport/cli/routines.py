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


@dataclass(frozen=True)
class Beginning:
    """What a first configuration says. What is not told is asked for, on a terminal."""

    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Feeds, pages, files, folders, or an OPML of them."),
    ] = None
    title: Annotated[str, typer.Option(help="Title of the paper.", show_default=False)] = ""
    to: Annotated[
        list[str] | None,
        typer.Option("--to", "-t", metavar="FORMAT", help="Formats.  [default: epub, audio]"),
    ] = None
    device: Annotated[str, typer.Option("--for", metavar="DEVICE", help="Whose book: kobo, kindle …")] = ""
    base: Annotated[str, typer.Option(metavar="ADDRESS", help="Where the library will be served.")] = ""
    at: Annotated[
        str, typer.Option(metavar="HH:MM", help="When it comes out, where the paper is.", show_default=False)
    ] = ""
    on: Annotated[
        str,
        typer.Option(
            "--on", metavar="DAYS", help="daily, weekdays, or days such as mon,thu.", show_default=False
        ),
    ] = ""
    deliver: Annotated[
        str, typer.Option(metavar="HOW", help="Where books go: device, folder or mail.", show_default=False)
    ] = ""
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")] = (
        "newsexport.toml"
    )
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a configuration, for editors.")
    ] = False


@dataclass(frozen=True)
class Scheduling:
    """When a paper comes out, and who sees to it."""

    name: Annotated[str, typer.Argument(metavar="PAPER", help="A paper of the configuration.")]
    at: Annotated[
        str,
        typer.Option(
            metavar="HH:MM",
            help="The time of day, where the paper is.  [default: the paper's, or 06:30]",
            show_default=False,
        ),
    ] = ""
    on: Annotated[
        str,
        typer.Option(
            "--on",
            metavar="DAYS",
            help="daily, weekdays, or days such as mon,thu.  [default: the paper's, or daily]",
            show_default=False,
        ),
    ] = ""
    scheduler: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="SYSTEM",
            help="cron, systemd, launchd, windows or github.  [default: that of this machine]",
            show_default=False,
        ),
    ] = ""
    config: Config = None
