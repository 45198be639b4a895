"""The command `init`: a first configuration from a few answers."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
import uuid
from pathlib import Path

import typer

from newsexport import plugins
from newsexport.cli.exits import run
from newsexport.cli.options import Telling
from newsexport.cli.planning import NAME, names
from newsexport.cli.routines import Beginning
from newsexport.configuration import writing
from newsexport.configuration.document import parsed
from newsexport.configuration.planning import DESTINATIONS, plan_of
from newsexport.configuration.schema import schema
from newsexport.errors import UsageError
from newsexport.events import Wrote
from newsexport.publishing.site import site_at
from newsexport.staging import staged

TITLE = "The Morning"


def begin(beginning: Beginning, telling: Telling) -> None:
    """Write a configuration that can be run, or print what one may say. Ends with its exit code."""
    with run(telling) as console:
        if beginning.schema:
            told = schema(names())
            console.show(json.dumps(told, indent=1), told)
            return
        target = Path(beginning.output)
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
    title = beginning.title or (_asked("Title of your paper", TITLE) if asks else TITLE)
    sources = list(beginning.sources or ())
    if not sources and asks:
        sources = _asked("Feeds, pages, folders or an OPML, with spaces between", "").split()
    if not sources:
        raise UsageError("name a source: a feed, a folder of articles, or an OPML of subscriptions")
    formats = beginning.to or (_asked("Formats", "epub audio").split() if asks else ["epub", "audio"])
    for name in formats:
        if name not in plugins.exporters:
            raise UsageError(f"there is no format {name!r} (there is: {', '.join(plugins.exporters)})")
    device = beginning.device
    if not device and "epub" in formats and asks:
        device = _asked("E-reader (generic, kindle, kobo, apple, pocketbook, tolino, remarkable)", "generic")
    if beginning.base:
        try:
            site_at(beginning.base)
        except UsageError as error:
            raise UsageError(f"--base: {error}") from error
    if beginning.deliver and beginning.deliver not in DESTINATIONS:
        raise UsageError(f"--deliver: expected {', '.join(DESTINATIONS)}, not {beginning.deliver!r}")
    return writing.Beginning(
        key=_key(title),
        title=title,
        guid=str(uuid.uuid4()),
        sources=[_from_here(source) for source in sources],
        formats=formats,
        device=device,
        base=beginning.base,
        deliver=beginning.deliver,
    )


def _asked(question: str, usual: str) -> str:
    return str(typer.prompt(question, default=usual, err=True))


def _key(title: str) -> str:
    """A name for paths and commands: small letters, figures and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in {"the", "a", "an"}]
    return "-".join(words)[:40].strip("-") or "paper"


def _from_here(source: str) -> str:
    """A file by its whole path, so that the paper can be made from anywhere."""
    return str(Path(source).resolve()) if "://" not in source and Path(source).exists() else source
