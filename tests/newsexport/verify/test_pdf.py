"""PDFs read back: what is in them, and what is wrong with those that others made."""

from datetime import date
from pathlib import Path

import pymupdf
import pytest

from newsexport.exporters.pdf.exporter import PdfExporter
from newsexport.job import Job
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.verify.files import verify

EDITION = Edition(
    "The Ledger",
    date(2026, 11, 23),
    "en",
    (
        Section(
            "World",
            (
                Article("A wall", (Paragraph((Span("It is long."),)),), language="en"),
                Article("A gate", (Paragraph((Span("It is wide."),)),), language="en"),
            ),
        ),
    ),
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    target = tmp_path / "paper.pdf"
    PdfExporter().write(EDITION, target, Job())
    return target


def test_a_paper_of_ours_is_sound_and_tells_what_is_in_it(paper: Path) -> None:
    finding = verify(paper)
    facts = dict(finding.facts)
    assert (finding.kind, finding.sound, finding.told) == ("PDF", True, ())
    assert (facts["title"], facts["language"], facts["pages"], facts["tagged"]) == (
        "The Ledger",
        "en",
        "1",
        "yes",
    )
    assert int(facts["words"]) > 10
    assert [(title.depth, title.text, title.place) for title in finding.contents] == [
        (1, "World", "1"),
        (2, "A wall", "1"),
        (2, "A gate", "1"),
    ]


def test_what_others_leave_out_is_told(tmp_path: Path) -> None:
    plain, blank = tmp_path / "plain.pdf", tmp_path / "blank.pdf"
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "Words in Helvetica, which does not lie in the file.")
        document.save(plain)
    with pymupdf.open() as document:
        document.new_page()
        document.save(blank)
    told = " ".join(verify(plain).told)
    for fault in ("not tagged", "no title", "language", "fonts do not lie in it: Helvetica"):
        assert fault in told
    assert "there are no words in it" in verify(blank).told


@pytest.mark.parametrize("kept", [9, 200, 5000])
def test_a_paper_that_is_cut_short_is_told_as_that(paper: Path, kept: int) -> None:
    paper.write_bytes(paper.read_bytes()[:kept])
    finding = verify(paper)
    assert not finding.sound
    assert "cannot be read" in finding.told[0]
