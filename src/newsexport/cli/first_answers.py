"""What somebody who begins is asked, or has said already, as a first configuration."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import typer

from newsexport import plugins
from newsexport.cli.commands.init import InitOptions
from newsexport.cli.console import Console
from newsexport.cli.context import NAME
from newsexport.configuration.document import parsed
from newsexport.configuration.first_configuration import FirstConfiguration, written
from newsexport.configuration.names import known_names
from newsexport.configuration.option_kinds import member, parse_named
from newsexport.configuration.planning import DESTINATIONS, plan_of
from newsexport.configuration.schema import schema
from newsexport.errors import UsageError
from newsexport.events import Wrote
from newsexport.exporters.epub.device import Device
from newsexport.exporters.format_choice import Order, check_ending, ordered
from newsexport.library.timetable import days_of_week, time_of_day
from newsexport.protocols import Resource
from newsexport.publishing.site import site_at
from newsexport.routine.rehearsal import missing
from newsexport.storage.atomic import is_reserved
from newsexport.storage.staging import staged
from newsexport.text.nearest import there_is

TITLE = "The Morning"

# Bytes that tell what a file is.
PROLOGUE = 20_000


def write(options: InitOptions, console: Console) -> None:
    """Write a configuration that can be run, or show what one may say. Raises `UsageError`."""
    if options.schema:
        told = schema(known_names())
        console.show(json.dumps(told, indent=1), told)
        return
    target = Path(options.output)
    check_ending(options.output, "a configuration", (".toml",))
    if target.exists():
        raise UsageError(f"{target}: is there already; `newsexport run --dry-run` tells what it says")
    answered = _answers(options)
    text = written(answered)
    plan_of(parsed(text, str(target), target.parent), known_names())  # what we write, we can read
    with staged(target) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
    console.report(Wrote(target))
    where = "" if target.name == NAME else f" --config {target}"
    console.show(f"now: newsexport run {answered.key}{where}", {"paper": answered.key})


def _answers(options: InitOptions) -> FirstConfiguration:
    """What was said, and what is asked for on a terminal."""
    asks = not options.yes and sys.stdin.isatty()
    title = options.title or (prompt("Title of your paper", TITLE) if asks else TITLE)
    sources = list(options.sources or ())
    if not sources and asks:
        sources = prompt("Feeds, pages, folders or an OPML, with spaces between", "").split()
    if not sources:
        raise UsageError("name a source: a feed, a folder of articles, or an OPML of subscriptions")
    for source in sources:
        if reason := missing(source):
            raise UsageError(reason)
    words = options.to or (prompt("Formats", "epub audio").split() if asks else ["epub", "audio"])
    formats = _formats(ordered(words, "./"))
    device = options.device
    if not device and "epub" in formats and asks:
        device = prompt(f"E-reader ({', '.join(Device)})", Device.GENERIC)
    at, on = _when(options, asks=asks)
    if options.base:
        parse_named("--base", options.base, site_at)
    if device:
        device = parse_named("--for", device, partial(member, Device))
    if options.deliver and options.deliver.lower() not in DESTINATIONS:
        raise UsageError(f"--deliver: {options.deliver!r} is none{there_is(options.deliver, DESTINATIONS)}")
    return FirstConfiguration(
        key=_key(title),
        title=title,
        guid=str(uuid.uuid4()),
        sources=[_from_here(source) for source in sources],
        goes_on=any(map(_goes_on, sources)),
        formats=formats,
        device=device,
        base=options.base,
        at=at,
        on=on,
        deliver=options.deliver.lower(),
    )


def _formats(orders: Iterable[Order]) -> dict[str, Mapping[str, str]]:
    """What is ordered by the names of formats, each with the options that its word asks for."""
    return {order.format: {name: str(value) for name, value in order.given} for order in orders}


def _when(options: InitOptions, *, asks: bool) -> tuple[str, str]:
    """The time of day and the days on which the paper comes out; nothing where that is left open."""
    at, on = options.at, options.on
    if not at and asks:
        at = prompt("When it comes out, such as 06:30 (nothing: whenever you run it)", "", time_of_day)
    if not at and on:
        raise UsageError("--on: needs --at, a time of day such as 06:30")
    if at and not on and asks:
        on = prompt("On which days (daily, weekdays, weekends, or such as mon,thu)", "daily", days_of_week)
    if at:
        parse_named("--at", at, time_of_day)
    if on:
        parse_named("--on", on, days_of_week)
    return at, on


def _key(title: str) -> str:
    """A name for paths and commands: small letters, figures and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in {"the", "a", "an"}]
    key = "-".join(words)[:40].strip("-") or "paper"
    return f"{key}-paper" if is_reserved(key) else key


def _goes_on(source: str) -> bool:
    """Whether it leads to other articles every day, as an address does, and a list of feeds.

    What lies in a folder or in a saved export was put there to be read, however old it is.
    """
    path = Path(source)
    if not path.is_file():
        return not path.is_dir()
    with path.open("rb") as file:
        return plugins.sources["opml"]().accepts(Resource(source, file.read(PROLOGUE))) > 0


def _from_here(source: str) -> str:
    """A file by its whole path, so that the paper can be made from anywhere."""
    return str(Path(source).resolve()) if "://" not in source and Path(source).exists() else source


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
