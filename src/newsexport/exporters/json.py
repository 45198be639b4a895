"""The edition itself as JSON: to look at, to edit, and to read in again."""

from dataclasses import dataclass
from pathlib import Path

from newsexport.events import Made
from newsexport.interchange import in_pieces
from newsexport.job import Job
from newsexport.model import Edition, pictured


@dataclass(frozen=True, slots=True)
class JsonExporter:
    """The edition itself, to look at, edit and read in again (`docs/json.md`)."""

    @property
    def suffix(self) -> str:
        """``.json``."""
        return ".json"

    def write(self, edition: Edition, target: Path, job: Job) -> None:
        """Make the file at `target`."""
        with target.open("wb") as file:
            file.writelines(in_pieces(edition))
        job.report(Made(sum(1 for _ in edition.articles()), sum(map(pictured, edition.articles()))))
