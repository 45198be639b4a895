"""The commands that make files: from what the user typed to one call a format."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from newsexport import pipeline
from newsexport.artwork.image_limits import Fit, HasFit
from newsexport.cli.commands.cache import speech
from newsexport.cli.context import newsroom, selection
from newsexport.cli.exits import raise_gravest, run
from newsexport.cli.exporter_options import configured
from newsexport.cli.lexicons import with_lexicons
from newsexport.cli.options import (
    Arranging,
    AudioOptions,
    Inputs,
    Placing,
    Running,
    Settings,
    Telling,
    Wishes,
)
from newsexport.cli.ordering import (
    STANDARD_OUTPUT,
    Order,
    check_name,
    ending,
    is_file,
    is_folder,
    is_made,
    ordered,
)
from newsexport.errors import ExportError, OutputError, SpeechError, UsageError
from newsexport.events import Event, Noted, Report, Wrote
from newsexport.interchange import storable
from newsexport.job import Cache, Forgetful, Job, Work
from newsexport.model import Edition
from newsexport.protocols import ChecksReadiness, Exporter, NamesCompanions
from newsexport.storage import atomic
from newsexport.storage.cache import FolderCache
from newsexport.storage.old_issues import expire, issue_at
from newsexport.text.languages import is_tag
from newsexport.work.executors import AHEAD, cores, executors

# The ends of files that are read as often as they are made.
ARTICLES = frozenset((".txt", ".text", ".json"))


def export_formats(
    formats: Sequence[str],
    inputs: Inputs,
    wishes: Wishes,
    placing: Placing,
    options: Settings,
    running: Running,
) -> None:
    """Read once, then write each format. Ends the run with its exit code."""
    with run(running, strict=running.strict, placed=True) as console:
        check_inputs(inputs.references, console.report)
        orders = ordered(formats, placing.output)
        exporters = configured(orders, _completed(options, orders, inputs))
        output = check_place(placing.output, exporters, running)
        if output != STANDARD_OUTPUT:
            atomic.check(Path(output, "edition") if is_folder(output) else Path(output))
        for exporter in exporters.values():
            if isinstance(exporter, ChecksReadiness):
                exporter.check()
        if running.dask and not any(order.format == "audio" for order in orders):
            raise UsageError(f"--dask {running.dask}: only sound is made on a cluster")
        arrangement = arrangement_of(wishes)
        wanted = selection(wishes, datetime.now().astimezone())
        with newsroom(wishes, console.report, running.workers, _fit(exporters.values())) as room:
            room.check()
            collected = pipeline.collect(inputs.references, console.report, room.means, wanted)
            edition = pipeline.arrange(collected, arrangement)
            cache = _cache(running)
            local = job_at(running.workers, console.report, cache)
            failures: list[Exception] = []
            for order, exporter in exporters.items():
                try:
                    with speaking_at(running.dask if order.format == "audio" else "", local) as job:
                        _export(edition, exporter, (output, placing.keep), job)
                except (ExportError, SpeechError) as error:  # the other formats are made none the less
                    failures.append(error)
            raise_gravest(failures, console)
            room.settle(edition, datetime.now().astimezone(), collected.folded)
        if isinstance(cache, FolderCache):
            cache.prune()


def _export(edition: Edition, exporter: Exporter, where: tuple[str, int | None], job: Job) -> None:
    output, keep = where
    if output == STANDARD_OUTPUT:
        _pour(edition, exporter, job)
        return
    target = destination(output, edition, exporter.suffix)
    pipeline.export(edition, exporter, target, job)
    _tidy(target, keep, job)


def _completed(options: Settings, orders: Sequence[Order], inputs: Inputs) -> Settings:
    """The options with the user's own lexicon, and with the script that is all there is to read."""
    formats = {order.format for order in orders}
    options = with_lexicons(options, formats)
    alone = inputs.references[0] if len(inputs.references) == 1 else ""
    is_script = alone.lower().endswith(".script.json") and Path(alone).is_file()
    if is_script and "audio" in formats and isinstance(options, AudioOptions) and not options.script:
        return replace(options, script=Path(alone))
    return options


def _fit(exporters: Collection[Exporter]) -> Fit:
    """The form of pictures that all of the exporters can do with: the largest that one of them shows."""
    fits = [exporter.fit for exporter in exporters if isinstance(exporter, HasFit)]
    return max(fits, key=lambda fit: (not fit.grey, fit.width)) if len(fits) == len(exporters) else Fit()


def arrangement_of(arranging: Arranging) -> pipeline.Arrangement:
    """What the user asks of the edition. Raises `UsageError`."""
    today, epoch = datetime.now().astimezone().date(), os.environ.get("SOURCE_DATE_EPOCH", "")
    return pipeline.Arrangement(
        today=date_of_epoch(epoch) if epoch else today,
        issued=date_asked(arranging.date) if arranging.date else None,
        title=storable(arranging.title),
        language=language_asked(arranging.language),
        section=storable(arranging.section),
    )


def language_asked(text: str) -> str:
    """The language tag the user wrote, if any. Raises `UsageError`."""
    tag = text.replace("_", "-")
    if tag and not is_tag(tag):
        raise UsageError(f"--language: expected a tag such as en or pt-BR, not {text!r}")
    return tag


def date_asked(text: str) -> date:
    """The date the user wrote. Raises `UsageError`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--date: expected a date such as 2026-11-23, not {text!r}") from error


def date_of_epoch(text: str) -> date:
    """The date in UTC of SOURCE_DATE_EPOCH, which stands for today. Raises `UsageError`."""
    try:
        return datetime.fromtimestamp(int(text), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH: expected a number of seconds, not {text!r}") from error


def _pour(edition: Edition, exporter: Exporter, job: Job) -> None:
    """Write the finished file to standard output; that it was written is not told there as well."""

    def report(event: Event) -> None:
        if not isinstance(event, Wrote):
            job.report(event)

    with TemporaryDirectory(prefix="newsexport-") as folder:
        target = Path(folder, "edition" + exporter.suffix)
        pipeline.export(edition, exporter, target, replace(job, report=report))
        try:
            with target.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError("standard output", error.strerror or str(error)) from error


def _tidy(delivered: Path, keep: int | None, job: Job) -> None:
    """Remove the old issues of a paper from the folder that just got a new one, where that is wished."""
    issue = issue_at(delivered) if keep else None
    if keep and issue:
        today = datetime.now().astimezone().date()
        expire(delivered.parent, issue.series, keep, job.report, issue.issued, today)


def check_inputs(references: Sequence[str], report: Report) -> None:
    """Refuse a last input that must have been meant for the file to make, and say how that is named.

    Raises:
        UsageError: it is not there, and sounds or books are hardly ever read.
    """
    *others, last = references
    # of a path that no file system takes, os.path says no where a Path raises
    if not others or not is_made(last) or os.path.exists(last):  # noqa: PTH110
        return
    if Path(last).suffix.lower() not in ARTICLES:
        raise UsageError(f"{last}: there is no such file to read; to make it type -o {last}")
    report(Noted(f"{last}: is read, and is not there; to make it type -o {last}"))


def check_place(output: str, exporters: Mapping[Order, Exporter], telling: Telling) -> str:
    """The place, of several formats a folder; refused, before anything is read, if it cannot take them.

    Raises:
        UsageError: several formats for one file, two of them with one name, or standard
            output for the file and for JSON lines at once.
    """
    suffixes = [suffix for exporter in exporters.values() for suffix in _suffixes(exporter)]
    if output == STANDARD_OUTPUT and telling.json:
        raise UsageError("--output -: the file and --json cannot both go to standard output")
    if len(exporters) > 1 and is_file(output):
        if ending(output):
            raise UsageError(f"--output {output}: several formats need a folder; end its name with /")
        output += "/"
    for order, exporter in exporters.items():
        if is_file(output):
            check_name(order, exporter, output)
    if len(set(suffixes)) < len(suffixes):
        raise UsageError(
            f"{', '.join(order.word for order in exporters)}: "
            f"two of these make files of the same name ({', '.join(_twice(suffixes))}); "
            "export one at a time, into folders of their own"
        )
    return output


def _suffixes(exporter: Exporter) -> tuple[str, ...]:
    """Of all the files that it makes under one name, each once."""
    beside = exporter.companions if isinstance(exporter, NamesCompanions) else ()
    return tuple(dict.fromkeys((exporter.suffix, *beside)))


def _twice(suffixes: Sequence[str]) -> list[str]:
    return [suffix for suffix, times in Counter(suffixes).items() if times > 1]


def destination(output: str, edition: Edition, suffix: str) -> Path:
    """The file to make: the one named, or one with the edition's name in the folder named."""
    return Path(output, pipeline.default_name(edition, suffix)) if is_folder(output) else Path(output)


def job_at(workers: int | None, report: Report, cache: Cache) -> Job:
    """How a run does its work on this machine."""
    job = Job(executors(workers), report, cache, segments=cache)
    return replace(job, ahead=max(job.ahead, AHEAD * (workers or cores())))


@contextmanager
def speaking_at(address: str, local: Job) -> Iterator[Job]:
    """The job as it is; with an address, what computes is done by the Dask cluster there.

    Online voices are asked from here: the key is here, and so is what bounds their requests.
    Workers keep no segments, for their disks are not ours. Raises what `cluster` does.
    """
    if not address:
        yield local
        return
    from newsexport.work.cluster import cluster  # noqa: PLC0415 - few runs have one

    with cluster(address) as there:

        def choose(work: Work) -> Executor:
            return there.begin() if work is Work.COMPUTE else local.executors(work)

        yield replace(local, executors=choose, segments=Forgetful(), ahead=max(local.ahead, there.ahead))


def _cache(running: Running) -> Cache:
    return Forgetful() if running.no_cache else speech()
