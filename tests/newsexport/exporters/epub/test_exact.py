"""Exact books: the same bytes however they were made, and no change but where something changed."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from tests.newsexport.exporters.epub.epub_editions import ISSUED, made, p

from newsexport.exporters.epub import assemble, images
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.job import Job
from newsexport.model import Article, Edition, Section
from newsexport.work.executors import executors


def article(number: int) -> Article:
    return Article(
        f"Council {number} votes", (p(f"The {number} members met. " * 90),), url=f"https://a.example/{number}"
    )


MANY = Edition(
    "The Long Ledger",
    ISSUED,
    "en",
    (
        Section("World", tuple(map(article, range(200)))),
        Section("Sport", tuple(map(article, range(200, 400)))),
    ),
)


def files(book: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(book) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
def test_workers_make_the_same_bytes_as_one_process(tmp_path: Path) -> None:
    assert sum(1 for _ in MANY.articles()) >= assemble.MANY  # so that workers are really used
    EpubExporter().write(MANY, tmp_path / "workers.epub", Job(executors(2)))
    EpubExporter().write(MANY, tmp_path / "inline.epub", Job())
    assert (tmp_path / "workers.epub").read_bytes() == (tmp_path / "inline.epub").read_bytes()


def test_one_changed_article_changes_its_page_and_the_contents_only(tmp_path: Path) -> None:
    small = replace(MANY, sections=(Section("World", tuple(map(article, range(20)))),))
    changed = list(small.sections[0].articles)
    changed[7] = replace(
        changed[7], body=(*changed[7].body, *(p("A paragraph more. " * 100) for _ in range(9)))
    )
    before = files(made(small, tmp_path))
    after = files(made(replace(small, sections=(Section("World", tuple(changed)),)), tmp_path))
    different = {name for name in before | after if before.get(name) != after.get(name)}
    assert different <= {"EPUB/a0008.xhtml", "EPUB/title.xhtml", "EPUB/s01.xhtml", "EPUB/nav.xhtml"}
    assert "EPUB/a0008.xhtml" in different


def test_the_threshold_for_other_processes_is_one_that_tests_can_reach() -> None:
    assert images.MANY <= 200
