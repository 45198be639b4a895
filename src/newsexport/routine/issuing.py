"""From an edition to a published issue: every format, the manifest, feed and pages, in that order."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from newsexport import pipeline
from newsexport.artwork.cover import draw_square
from newsexport.errors import ExportError, OutputError
from newsexport.events import Lost
from newsexport.job import Job
from newsexport.library.describing import describe
from newsexport.library.issue import Issue, Paper
from newsexport.library.library import Documents, Keep, Library
from newsexport.model import Edition
from newsexport.protocols import Exporter

# The format that pages and feeds are made of, whatever else is wanted.
DATA = "json"

# Pixels a side of the cover beside an issue.
COVER = 1400


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """An empty folder to make files in, gone at the end.

    What a killed run left in it is removed first, so whoever uses it is alone there.
    """
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        left = next(folder.iterdir(), None)
    except OSError as error:
        raise OutputError(str(folder), error.strerror or str(error)) from error
    if left is not None:  # Windows does not remove what somebody has open
        raise OutputError(str(left), "is of an earlier run, and cannot be removed; has a program opened it?")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def made(
    edition: Edition, exporters: Mapping[str, Exporter], folder: Path, paper: Paper, job: Job
) -> list[Path]:
    """Every format of an edition, its companions and its cover, as files of that folder.

    A format that could not be made is reported, and the others are the issue.

    Raises:
        ExportError: none was made but the data, or not even that.
        NewsExportError: what else an exporter raises.
    """
    stem = f"{paper.key}-{edition.issued.isoformat()}"
    failed: dict[str, ExportError] = {}
    for name, exporter in exporters.items():
        try:
            pipeline.export(edition, exporter, folder / f"{stem}{exporter.suffix}", job)
        except ExportError as error:
            failed[name] = error
    if DATA in failed or not exporters.keys() - {*failed, DATA}:
        raise failed.popitem()[1]
    for lost in failed.values():
        job.report(Lost(paper.key, str(lost)))
    (folder / f"{stem}.jpg").write_bytes(draw_square(edition, COVER))
    return sorted(folder.iterdir(), key=lambda path: (path.suffix == ".jpg", path.name))


def issued(
    edition: Edition,
    paper: Paper,
    files: Sequence[Path],
    now: datetime,
    keep: Keep,
    into: tuple[Library, Documents],
) -> Issue:
    """Publish the files as the issue of the edition's date. Raises `NewsExportError`."""
    library, documents = into
    return library.publish(paper, describe(paper, edition, files, now), documents, keep)
