"""What was typed for any of the commands that make files, as one call of the library."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from newsexport.cli.context import lexicons, parse_date, parse_epoch, parse_language, user_folders
from newsexport.cli.exits import raise_gravest, reporting
from newsexport.cli.option_groups import Inputs, Placing, Running, Settings, Speaking
from newsexport.configuration.exporter_options import configured
from newsexport.configuration.reading_options import EditionOptions, ReadingOptions
from newsexport.errors import UsageError
from newsexport.exporters.format_choice import STANDARD_OUTPUT, ordered
from newsexport.interchange import storable
from newsexport.pipeline import Arrangement
from newsexport.routine.exporting import ExportRequest, check_inputs, export_formats

# The formats that speak.
SPOKEN = frozenset(("audio", "script"))


def export(
    formats: Sequence[str],
    inputs: Inputs,
    reading: ReadingOptions,
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
            dask=speaking.dask,
            cached=not speaking.no_cache,
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
        title=storable(options.title),
        language=parse_language(options.language),
        section=storable(options.section),
    )
