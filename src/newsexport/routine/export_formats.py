"""An edition made in several formats from one reading: where each file goes, and what is refused before."""

from __future__ import annotations

import glob
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from newsexport import pipeline
from newsexport.artwork.image_limits import largest_fit
from newsexport.configuration.collecting_options import CollectingOptions
from newsexport.errors import ExportError, NewsExportError, OutputError, SpeechError, UsageError
from newsexport.events import Event, Noted, Report, Wrote
from newsexport.exporters.format_choice import (
    STANDARD_OUTPUT,
    Order,
    check_name,
    ending,
    is_file,
    is_folder,
    is_made,
)
from newsexport.job import Forgetful, Job
from newsexport.model import Edition
from newsexport.protocols import ChecksReadiness, Exporter, NamesCompanions
from newsexport.routine.collecting_session import (
    accounts_of,
    collecting_session,
    selection,
)
from newsexport.sources.services.accounts import ServiceAccount
from newsexport.storage import staging
from newsexport.storage.cache import FolderCache
from newsexport.storage.folders import Folders
from newsexport.storage.old_issues import expire, issue_at
from newsexport.work.cluster import cluster
from newsexport.work.executors import local_job

# The ends of files that are read as often as they are made.
ARTICLES = frozenset((".txt", ".text", ".json"))


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to read, how to arrange it, and where its files go.

    `output` is a file, a folder, or ``-`` for `stream`. The newest `keep` issues of the paper stay in a
    folder. `dask` is the address of a scheduler whose workers read and make what they can; without
    `cached`, all is spoken anew. `services` are those whose articles may be asked for, by name.
    """

    references: Sequence[str]
    arrangement: pipeline.Arrangement
    options: CollectingOptions = field(default_factory=CollectingOptions)
    output: str = "dist/"
    keep: int | None = None
    workers: int | None = None
    dask: str = ""
    cached: bool = True
    services: Mapping[str, ServiceAccount] = field(default_factory=dict)


def export_formats(
    request: ExportRequest,
    exporters: Mapping[Order, Exporter],
    folders: Folders,
    report: Report,
    stream: IO[bytes],
    clock: Callable[[], datetime],
) -> list[NewsExportError]:
    """Read once, then write each format; why some could not be written, which keeps no other from it.

    What was read counts as exported only when every format was written.

    Raises:
        UsageError: something makes no sense as it stands. That is found out before anything is read.
        NewsExportError: nothing can be read, or a file cannot be written.
    """
    output = _check(request, exporters)
    fit = largest_fit(exporters.values())
    cache = folders.speech() if request.cached else Forgetful()
    with (
        cluster(request.dask) if request.dask else nullcontext() as there,
        collecting_session(request.options, folders, report, request.workers, fit) as session,
    ):
        session.check()
        accounts = accounts_of(request.services, request.options, folders)
        means = session.asking(accounts, request.options)
        job = replace(local_job(request.workers, report, cache), offline=request.options.offline)
        if there:
            means = replace(means, isolated=there.reader(), ahead=there.ahead, distant=True)
            job = there.job(job)
        wanted = selection(request.options, clock())
        collected = pipeline.collect(request.references, report, means, wanted)
        session.rest()
        edition = pipeline.arrange(collected, request.arrangement)
        failures = list(_failures(edition, exporters, (output, request.keep), job, (stream, clock)))
        if not failures:
            session.settle(edition, clock(), collected.folded)
    if isinstance(cache, FolderCache) and not failures:
        cache.tidy()
    return failures


def _failures(
    edition: Edition,
    exporters: Mapping[Order, Exporter],
    where: tuple[str, int | None],
    job: Job,
    means: tuple[IO[bytes], Callable[[], datetime]],
) -> Iterator[NewsExportError]:
    """Write each format; why some could not be written."""
    stream, clock = means
    for exporter in exporters.values():
        try:
            if where[0] == STANDARD_OUTPUT:
                _pour(edition, exporter, job, stream)
            else:
                _write(edition, exporter, where, job, clock)
        except (ExportError, SpeechError) as error:  # the other formats are made none the less
            yield error


def check_inputs(references: Sequence[str], report: Report) -> None:
    """Refuse a last input that must have been meant for the file to make, and say how that is named.

    Raises:
        UsageError: it is not there, and sounds or books are hardly ever read.
    """
    *others, last = references
    # of a path that no file system takes, os.path says no where a Path raises
    if not others or glob.has_magic(last) or os.path.exists(last) or not is_made(last):  # noqa: PTH110 - as above
        return
    if Path(last).suffix.lower() not in ARTICLES:
        raise UsageError(f"{last}: there is no such file to read; to make it type -o {last}")
    report(Noted(f"{last}: is read, and is not there; to make it type -o {last}"))


def _check(request: ExportRequest, exporters: Mapping[Order, Exporter]) -> str:
    """The place, of several formats a folder, when all is well with it and with whatever is to be made."""
    output = _check_place(request.output, exporters)
    if output != STANDARD_OUTPUT:
        staging.check(Path(output, "edition") if is_folder(output) else Path(output))
    for exporter in exporters.values():
        if isinstance(exporter, ChecksReadiness):
            exporter.check()
    return output


def _check_place(output: str, exporters: Mapping[Order, Exporter]) -> str:
    """Raises `UsageError` for several formats in one file, or two of them with one name."""
    suffixes = [suffix for exporter in exporters.values() for suffix in _suffixes(exporter)]
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


def _write(
    edition: Edition,
    exporter: Exporter,
    where: tuple[str, int | None],
    job: Job,
    clock: Callable[[], datetime],
) -> None:
    """Write the file that is named, or one named as the edition in the folder that is, and keep that tidy."""
    output, keep = where
    target = Path(output)
    if is_folder(output):
        target /= pipeline.default_name(edition, exporter.suffix)
    pipeline.export(edition, exporter, target, job)
    issue = issue_at(target) if keep else None
    if keep and issue:
        expire(target.parent, issue.series, keep, job.report, issue.issued, clock().date())


def _pour(edition: Edition, exporter: Exporter, job: Job, stream: IO[bytes]) -> None:
    """Write the finished file to a stream; that it was written is not told there as well."""

    def report(event: Event) -> None:
        if not isinstance(event, Wrote):
            job.report(event)

    with TemporaryDirectory(prefix="newsexport-") as folder:
        target = Path(folder, "edition" + exporter.suffix)
        pipeline.export(edition, exporter, target, replace(job, report=report))
        try:
            with target.open("rb") as file:
                shutil.copyfileobj(file, stream)
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError("standard output", error.strerror or str(error)) from error
