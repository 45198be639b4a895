"""Groups of options, each said once: a group is a dataclass, and its fields become options of a command.

Field names are those of the thing they shape, so that `--bitrate` is the `bitrate` of the exporter. Fields
of what the library takes as it is (`newsexport.configuration.collecting_options`) have their words here, and
their kinds and bounds there. An option that was not given is None, or empty: its default belongs to
whoever takes it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache, wraps
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer

from newsexport.cli import completion
from newsexport.configuration.collecting_options import (
    CollectingOptions,
    EditionOptions,
    SelectionOptions,
    WebOptions,
)
from newsexport.configuration.option_kinds import Between


class Panel(StrEnum):
    """Where an option stands in the help of a command, in this order."""

    ARGUMENTS = "Arguments"
    USED = "Used most"
    READ = "What to read"
    CHOOSE = "What to choose"
    EDITION = "The edition"
    LOOK = "How it looks"
    SOUND = "How it sounds"
    PLACE = "Where it goes"
    MAIL = "By mail"
    WEB = "The web"
    RUN = "The run"


def option(text: str, *flags: str, panel: Panel = Panel.RUN, **more: Any) -> Any:
    """An option with its help; `more` is what `typer.Option` takes besides."""
    return typer.Option(*flags, help=text, rich_help_panel=panel, **{"show_default": False, **more})


def argument(text: str, metavar: str, **more: Any) -> Any:
    """What is typed without a name of its own."""
    return typer.Argument(
        help=text, metavar=metavar, rich_help_panel=Panel.ARGUMENTS, **{"show_default": False, **more}
    )


def either(choices: Iterable[str]) -> str:
    """Choices in a sentence: ``a, b or c``."""
    *others, last = choices
    return f"{', '.join(others)} or {last}"


@dataclass(frozen=True)
class Inputs:
    """What to read."""

    references: Annotated[
        list[str],
        argument(
            "Files, folders (a sub-folder names a section), patterns, addresses; - reads standard input.",
            "INPUT",
        ),
    ]


READING: Mapping[str, Any] = {
    "title": option("Give the edition this title.", panel=Panel.EDITION, metavar="TEXT"),
    "language": option(
        "Say which language the edition is in, such as en or pt-BR; detected if not given.",
        panel=Panel.EDITION,
        metavar="TAG",
    ),
    "section": option("Put every article into this section.", panel=Panel.EDITION, metavar="TEXT"),
    "date": option(
        "Date the edition.  [default: the day of SOURCE_DATE_EPOCH, or today]",
        panel=Panel.EDITION,
        metavar="YYYY-MM-DD",
    ),
    "new": option(
        "Leave out what an earlier edition made with --new had; `seen` lists it.",
        "--new",
        panel=Panel.CHOOSE,
    ),
    "since": option(
        "Leave out what is older than this: 24h, 7d, yesterday or a date.", panel=Panel.CHOOSE, metavar="WHEN"
    ),
    "max_articles": option(
        "Take at most N articles, from all sections in turn.", panel=Panel.CHOOSE, metavar="N"
    ),
    "minutes": option(
        "Take what can be read in N minutes: whole articles, from all sections in turn.",
        panel=Panel.CHOOSE,
        metavar="N",
    ),
    "sort": option(
        "Order within sections: input, newest, oldest, title, shortest or longest.",
        panel=Panel.CHOOSE,
        metavar="ORDER",
        show_default=True,
        autocompletion=completion.orders,
    ),
    "offline": option(
        "Fetch nothing: use files, and what an earlier run fetched.", "--offline", panel=Panel.WEB
    ),
    "allow_host": option(
        "Allow this host to be in a private network; can be given several times.",
        panel=Panel.WEB,
        metavar="HOST[:PORT]",
    ),
    "cookies": option("Send your own cookies, from a cookies.txt.", panel=Panel.WEB, metavar="FILE"),
    "connections": option(
        "Make at most N requests at a time.", panel=Panel.WEB, metavar="N", show_default=True
    ),
    "per_host": option(
        "Make at most N requests to one host at a time.", panel=Panel.WEB, metavar="N", show_default=True
    ),
    "timeout": option(
        "Give up a request after so many seconds.", panel=Panel.WEB, metavar="SECONDS", show_default=True
    ),
    "deadline": option(
        "Stop fetching after so many minutes, and use what is there by then.",
        panel=Panel.WEB,
        metavar="MINUTES",
        show_default=True,
    ),
    "content": option(
        "Take articles from the feed, from the page, or decide (auto); for one feed, or for all.",
        panel=Panel.READ,
        metavar="[FEED=]MODE",
        autocompletion=completion.modes,
    ),
    "rules": option(
        "Use the rules for sites in this folder, in the form of ftr-site-config.",
        panel=Panel.READ,
        metavar="FOLDER",
    ),
    "letter_pictures": option(
        "Fetch the pictures of newsletters, which tells the senders that you read them.",
        "--letter-pictures",
        panel=Panel.READ,
    ),
    "max_size": option(
        "Make pictures smaller until the book is no larger than this, such as 24MB.",
        panel=Panel.LOOK,
        metavar="SIZE",
    ),
    "tags": option("Print the tags of articles, or leave them out.", "--tags/--no-tags", panel=Panel.LOOK),
    "no_pictures": option("Leave out all pictures.", "--no-pictures", panel=Panel.LOOK),
    "grey": option("Turn pictures grey, for electronic ink.", "--grey", panel=Panel.LOOK),
    "picture_size": option(
        "Make pictures at most so many pixels wide.  [default: as the device of --for shows them]",
        panel=Panel.LOOK,
        metavar="PIXELS",
    ),
}


@dataclass(frozen=True)
class Placing:
    """Where the result goes."""

    output: Annotated[
        str,
        option(
            "Write to this file; to a folder if it exists or ends in /; or to standard output if it is -.",
            "--output",
            "-o",
            panel=Panel.PLACE,
            metavar="PATH",
            show_default=True,
        ),
    ] = "dist/"
    keep: Annotated[
        int | None,
        option(
            "Keep the newest N issues of the paper in the folder, and remove its older ones.",
            panel=Panel.PLACE,
            min=1,
            metavar="N",
        ),
    ] = None


@dataclass(frozen=True)
class Settings:
    """Options of an exporter that have no flag of their own."""

    settings: Annotated[
        list[str] | None,
        option(
            "Set any option of the format; `newsexport formats` lists them.",
            "--set",
            panel=Panel.EDITION,
            metavar="NAME=VALUE",
        ),
    ] = None


Lexicons = Annotated[
    list[Path] | None,
    option(
        "Pronounce names as this TOML or PLS file says; can be given several times.  "
        "[default: your lexicon.toml]",
        "--lexicon",
        panel=Panel.SOUND,
        metavar="FILE",
    ),
]
Workers = Annotated[
    int | None,
    option(
        "Do N things at a time; 1 does all in one process.  [default: one for each processor core]",
        min=1,
        metavar="N",
    ),
]
Config = Annotated[
    Path | None,
    option(
        "Read this configuration.  [default: newsexport.toml here, or your own]",
        "--config",
        "-c",
        metavar="FILE",
    ),
]


@dataclass(frozen=True)
class Telling:
    """How much is told, and how."""

    quiet: Annotated[bool, option("Show only results and errors.", "--quiet", "-q")] = False
    verbose: Annotated[bool, option("Show every step, and errors in full.", "--verbose", "-v")] = False
    json: Annotated[bool, option("Write one JSON object a line, for programs.", "--json")] = False


@dataclass(frozen=True)
class Judging(Telling):
    """How a run that reads articles judges what it lost."""

    strict: Annotated[bool, option("Count anything lost, even a picture, as a failure.", "--strict")] = False


@dataclass(frozen=True)
class Running(Judging):
    """How a run does its work."""

    workers: Workers = None
    dask: Annotated[str, option("Work on the workers of this Dask scheduler.", metavar="ADDRESS")] = ""


@dataclass(frozen=True)
class Speaking(Running):
    """The same of a run that may speak."""

    no_cache: Annotated[bool, option("Speak every article anew, and do not remember it.", "--no-cache")] = (
        False
    )


@dataclass(frozen=True)
class WordsOnly(WebOptions, SelectionOptions, EditionOptions):
    """The options of reading for commands that show no pictures."""


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Let typer see the fields of the groups a command takes as parameters of its own."""
    groups = {name: hint for name, hint in get_type_hints(command).items() if name != "return"}
    parameters = [parameter for group in groups.values() for parameter in _parameters(group)]

    @wraps(command)
    def spreading(**values: Any) -> None:
        command(
            **{
                name: group(**{field.name: values[field.name] for field in fields(group)})
                for name, group in groups.items()
            }
        )

    spreading.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    spreading.__dict__["__signature__"] = inspect.Signature(parameters)
    return spreading


@cache  # most groups are those of several commands
def _parameters(group: type[Any]) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=_of_reading(field.name, hints[field.name])
            if field.name in READING and (group is WordsOnly or issubclass(CollectingOptions, group))
            else hints[field.name],
        )
        for field in fields(group)
    ]


def _of_reading(name: str, kind: Any) -> Any:
    """An option of the library as typer takes it: its kind, its words, and the bounds of its number."""
    told = copy(READING[name])
    if get_origin(kind) is Annotated:
        kind, *checks = get_args(kind)
        for bounds in (each for each in checks if isinstance(each, Between)):
            told.min, told.max = bounds.low, bounds.high
    return Annotated[kind, told]


def collecting_options(*groups: object) -> CollectingOptions:
    """What the groups say together; what none of them has is not asked."""
    return CollectingOptions(**{name: value for group in groups for name, value in vars(group).items()})
