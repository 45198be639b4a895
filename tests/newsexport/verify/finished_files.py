"""Sound files to break, made by the real exporters."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from newsexport.job import Job
from newsexport.model import Article, Edition, Heading, Paragraph, Section, Span
from newsexport.pipeline import export
from newsexport.protocols import Exporter

Change = Callable[[dict[str, bytes]], None]


def article(title: str) -> Article:
    return Article(
        title,
        (
            Paragraph((Span("A first paragraph with "), Span("a link", href="https://example.org/a"))),
            Heading((Span("What comes next"),)),
            Paragraph((Span("A second paragraph. It has two sentences."),)),
        ),
        standfirst="What it is about.",
        byline=("Ann Other",),
        published=datetime(2026, 1, 1, tzinfo=UTC),
        language="en",
    )


EDITION = Edition(
    "Morning",
    date(2026, 1, 2),
    "en",
    (
        Section("Port", (article("The harbour opens"), article("Гавань открыта"))),
        Section("Town", (article("A market moves"),)),
    ),
)


def finish(exporter: Exporter, folder: Path) -> Path:
    """The edition as this exporter makes it."""
    return export(EDITION, exporter, folder / f"edition{exporter.suffix}", Job()).path


def repack(book: Path, change: Change, target: Path) -> Path:
    """The EPUB with its files changed: the change is given them by name."""
    with ZipFile(book) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return target
