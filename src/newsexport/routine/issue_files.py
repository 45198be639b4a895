"""The files of an issue: every format of its edition, its companions, its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from newsexport import pipeline
from newsexport.artwork import COVER
from newsexport.artwork.cover import draw_article, draw_lead, draw_square, listed
from newsexport.audio import playlist
from newsexport.errors import ExportError
from newsexport.events import Lost
from newsexport.job import Job
from newsexport.library.describing import is_playlist
from newsexport.library.issue import FeedContents, Paper
from newsexport.model import Edition
from newsexport.protocols import Exporter
from newsexport.routine.rehearsal import ALWAYS
from newsexport.text.quotation_marks import typographic


def make_files(
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
    if ALWAYS in failed or not exporters.keys() - {*failed, ALWAYS}:
        raise failed.popitem()[1]
    for lost in failed.values():
        job.report(Lost(paper.key, str(lost)))
    printed = typographic(edition)
    cover = draw_square(printed, COVER)
    (folder / f"{stem}.jpg").write_bytes(cover)
    (folder / f"{stem}.thumbnail.jpg").write_bytes(listed(cover))
    if lead := draw_lead(edition):
        (folder / f"{stem}.lead.jpg").write_bytes(lead)
    if paper.feed is not FeedContents.ISSUES:
        _draw_articles(printed, folder)
    _illustrate(edition, folder)
    return sorted(folder.iterdir(), key=_place)


def _illustrate(edition: Edition, folder: Path) -> None:
    """Every picture as a file of its own, which the page of the issue shows."""
    for media in edition.media().values():
        name, _, suffix = media.name.partition(".")
        if suffix in {"jpg", "png"}:
            (folder / f"{name}.illustration.{suffix}").write_bytes(media.data)


def _place(path: Path) -> tuple[bool, list[str]]:
    """By what files of an issue are in order: the whole or the first part before others, pictures last."""
    return path.suffix in {".jpg", ".png"}, path.name.split(".")


def parts_of(files: Iterable[Path]) -> Iterator[playlist.PlaylistEntry]:
    """What the playlists among the files name."""
    for path in filter(is_playlist, files):
        yield from playlist.read(path.read_text("utf-8"))


def _draw_articles(edition: Edition, folder: Path) -> None:
    """A picture for each article that has a sound of its own, under the name of that."""
    articles = list(edition.articles())
    for entry in parts_of(sorted(folder.iterdir())):
        if entry.article:
            picture = draw_article(edition, articles[entry.article - 1], COVER)
            (folder / entry.name).with_suffix(".picture.jpg").write_bytes(picture)
