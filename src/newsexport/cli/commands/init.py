"""The command `init`: a first configuration from a few answers."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from newsexport import plugins
from newsexport.cli.config import NAME, names
from newsexport.cli.exits import run
from newsexport.cli.options import Telling
from newsexport.cli.ordering import Order, check_ending, ordered
from newsexport.cli.prompts import asked, meant
from newsexport.cli.rehearsing import missing
from newsexport.cli.routines import Beginning
from newsexport.configuration import writing
from newsexport.configuration.document import parsed
from newsexport.configuration.option_kinds import member
from newsexport.configuration.planning import DESTINATIONS, plan_of
from newsexport.configuration.schema import schema
from newsexport.errors import UsageError
from newsexport.events import Wrote
from newsexport.exporters.epub.device import Device
from newsexport.library.timetable import days_of_week, time_of_day
from newsexport.protocols import Resource
from newsexport.publishing.site import site_at
from newsexport.storage.atomic import is_reserved, staged
from newsexport.text.nearest import there_is

TITLE = "The Morning"

# Bytes that tell what a file is.
PROLOGUE = 20_000


def begin(beginning: Beginning, telling: Telling) -> None:
    """Write a configuration that can be run, or print what one may say. Ends with its exit code."""
    with run(telling, placed=True) as console:
        if beginning.schema:
            told = schema(names())
            console.show(json.dumps(told, indent=1), told)
            return
        target = Path(beginning.output)
        check_ending(beginning.output, "a configuration", (".toml",))
        if target.exists():
            raise UsageError(f"{target}: is there already; `newsexport run --dry-run` tells what it says")
        answers = _answers(beginning)
        text = writing.written(answers)
        plan_of(parsed(text, str(target), target.parent), names())  # what we write, we can read
        with staged(target) as draft:
            draft.write_text(text, encoding="utf-8", newline="\n")
        console.report(Wrote(target))
        where = "" if target.name == NAME else f" --config {target}"
        console.show(f"now: newsexport run {answers.key}{where}", {"paper": answers.key})


def _answers(beginning: Beginning) -> writing.Beginning:
    asks = not beginning.yes and sys.stdin.isatty()
    title = beginning.title or (asked("Title of your paper", TITLE) if asks else TITLE)
    sources = list(beginning.sources or ())
    if not sources and asks:
        sources = asked("Feeds, pages, folders or an OPML, with spaces between", "").split()
    if not sources:
        raise UsageError("name a source: a feed, a folder of articles, or an OPML of subscriptions")
    for source in sources:
        if reason := missing(source):
            raise UsageError(reason)
    words = beginning.to or (asked("Formats", "epub audio").split() if asks else ["epub", "audio"])
    formats = _formats(ordered(words, "./"))
    device = beginning.device
    if not device and "epub" in formats and asks:
        device = asked("E-reader (generic, kindle, kobo, apple, pocketbook, tolino, remarkable)", "generic")
    at, on = _when(beginning, asks=asks)
    if beginning.base:
        meant("--base", beginning.base, site_at)
    if device:
        device = meant("--for", device, partial(member, Device))
    if beginning.deliver and beginning.deliver.lower() not in DESTINATIONS:
        raise UsageError(
            f"--deliver: {beginning.deliver!r} is none{there_is(beginning.deliver, DESTINATIONS)}"
        )
    return writing.Beginning(
        key=_key(title),
        title=title,
        guid=str(uuid.uuid4()),
        sources=[_from_here(source) for source in sources],
        goes_on=any(map(_goes_on, sources)),
        formats=formats,
        device=device,
        base=beginning.base,
        at=at,
        on=on,
        deliver=beginning.deliver.lower(),
    )


def _formats(orders: Iterable[Order]) -> dict[str, Mapping[str, str]]:
    """What is ordered by the names of formats, each with the options that its word asks for."""
    return {order.format: {name: str(value) for name, value in order.given} for order in orders}


def _when(beginning: Beginning, *, asks: bool) -> tuple[str, str]:
    """The time of day and the days on which the paper comes out; nothing where that is left open."""
    at, on = beginning.at, beginning.on
    if not at and asks:
        at = asked("When it comes out, such as 06:30 (nothing: whenever you run it)", "", time_of_day)
    if not at and on:
        raise UsageError("--on: needs --at, a time of day such as 06:30")
    if at and not on and asks:
        on = asked("On which days (daily, weekdays, weekends, or such as mon,thu)", "daily", days_of_week)
    if at:
        meant("--at", at, time_of_day)
    if on:
        meant("--on", on, days_of_week)
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
