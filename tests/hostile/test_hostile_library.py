"""A library in which a file is spoilt is published to and shown as before, but for what that file said."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.hostile.mutating import mutants
from tests.hostile.samples import EDITION

from newsexport.events import ignore
from newsexport.exporters.audio import AudioExporter
from newsexport.exporters.json import JsonExporter
from newsexport.exporters.text import TextExporter
from newsexport.job import Job
from newsexport.library.describing import describe
from newsexport.library.issue import Paper
from newsexport.library.library import Library
from newsexport.library.store import FolderStore
from newsexport.narration.transcripts import Transcript
from newsexport.protocols import Exporter
from newsexport.publishing.documents import Publications
from newsexport.publishing.pages import Pages
from newsexport.publishing.site import Site
from newsexport.routine.issue_files import make_files

SITE = Site("https://gazette.example/news/")
DOCUMENTS = Publications(SITE, {}, Pages(SITE), searchable=True)
PAPER = Paper("daily", "The Gazette", guid="0d8b4bb2-7f6e-4a4e-9d3e-2b6f3a1c9d10", language="en")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one issue that has a text, sound, a transcript and its edition."""
    folder = tmp_path_factory.mktemp("library")
    staging = tmp_path_factory.mktemp("staging")
    exporters: dict[str, Exporter] = {
        "text": TextExporter(),
        "audio": AudioExporter(engine="silent", chapters_json=True, transcript=(Transcript.JSON,)),
        "json": JsonExporter(),
    }
    files = make_files(EDITION, exporters, staging, PAPER, Job())
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)
    Library(FolderStore(folder), ignore).publish(PAPER, describe(PAPER, EDITION, files, now), DOCUMENTS)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", ["paper.json", "issue.json", "daily-*.json"])
def test_a_spoilt_file_ends_no_run(library: Path, tmp_path: Path, name: str) -> None:
    spoilt = [path.relative_to(library) for path in library.rglob(name)]
    assert spoilt
    for number, path in enumerate(spoilt):
        place = tmp_path / str(number)
        shutil.copytree(library, place)
        for mutant in mutants([(library / path).read_bytes()], 150 // len(spoilt), name):
            shutil.copytree(library, place, dirs_exist_ok=True)
            (place / path).write_bytes(mutant)
            Library(FolderStore(place), ignore).refresh(DOCUMENTS)
            assert (place / "index.html").is_file()
