"""What was typed for any of the commands that read articles, as calls of the library."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

from newsexport.cli.console import Console
from newsexport.cli.context import (
    lexicons,
    parse_date,
    parse_epoch,
    parse_language,
    services_for,
    user_folders,
)
from newsexport.cli.exits import raise_gravest, reporting
from newsexport.cli.option_groups import Inputs, Placing, Running, Settings, Speaking
from newsexport.configuration.collecting_options import CollectingOptions, EditionOptions
from newsexport.configuration.exporter_options import configured
from newsexport.errors import UsageError
from newsexport.exporters.format_choice import STANDARD_OUTPUT, ordered
from newsexport.model import Edition
from newsexport.pipeline import Arrangement, Collected, arrange
from newsexport.routine.collecting_session import accounts_of, collecting_session, selection
from newsexport.routine.export_formats import ExportRequest, check_inputs, export_formats

# The formats that speak.
SPOKEN = frozenset(("audio", "readaloud", "script"))


def export(
    formats: Sequence[str],
    inputs: Inputs,
    reading: CollectingOptions,
    placing: Placing,
    options: Settings,
    running: Running,
) -> None:
    """Read once, then write each format. Ends the run with its exit code."""
    with reporting(running, strict=running.strict, placed=True) as console:
        check_inputs(inputs.references, console.report)
        if placing.output == STANDARD_OUTPUT and running.json:
            raise UsageError("--output -: the file and --json cannot both go to standard output")
        orders = ordered(formats, placing.output)
        values = exporter_values(options, {order.format for order in orders}, inputs)
        exporters = configured(orders, values, options.settings or ())
        speaking = running if isinstance(running, Speaking) else Speaking()
        request = ExportRequest(
            references=inputs.references,
            arrangement=arrangement_of(reading),
            options=reading,
            output=placing.output,
            keep=placing.keep,
            workers=running.workers,
            dask=running.dask,
            cached=not speaking.no_cache,
            services=services_for(inputs.references),
        )
        failures = export_formats(
            request,
            exporters,
            user_folders(),
            console.report,
            sys.stdout.buffer,
            lambda: datetime.now().astimezone(),
        )
        raise_gravest(failures, console)


def read_edition(
    references: Sequence[str],
    options: CollectingOptions,
    console: Console,
    read: Callable[..., Collected],
) -> tuple[Collected, Edition]:
    """What is collected by `read`, a verb of the pipeline, and as an edition of which no file is made."""
    wanted = selection(options, datetime.now().astimezone())
    arrangement = arrangement_of(options)
    services = services_for(references)
    with collecting_session(options, user_folders(), console.report) as session:
        # what is read outlives the session
        means = replace(session.asking(accounts_of(services, options, user_folders()), options), shelf=None)
        collected = read(references, console.report, means, wanted)
        edition = arrange(collected, arrangement)
        session.commit()
    return collected, edition


def exporter_values(
    options: Settings, formats: Collection[str], inputs: Inputs | None = None
) -> Mapping[str, object]:
    """The options of exporters by name, with the user's own lexicon, and a script that is the only input."""
    values = {each.name: getattr(options, each.name) for each in fields(options) if each.name != "settings"}
    if "lexicon" in values and SPOKEN & set(formats):
        values["lexicon"] = values["lexicon"] or lexicons(None)
    if "script" in values and "audio" in formats and inputs and not values["script"]:
        alone = inputs.references[0] if len(inputs.references) == 1 else ""
        if alone.lower().endswith(".script.json") and Path(alone).is_file():
            values["script"] = Path(alone)
    return values


def arrangement_of(options: EditionOptions) -> Arrangement:
    """What the user asks of the edition. Raises `UsageError`."""
    today, epoch = datetime.now().astimezone().date(), os.environ.get("SOURCE_DATE_EPOCH", "")
    return Arrangement(
        today=parse_epoch(epoch) if epoch else today,
        issued=parse_date(options.date) if options.date else None,
        title=options.title,
        language=parse_language(options.language),
        section=options.section,
    )
