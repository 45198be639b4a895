import json
from datetime import date
from pathlib import Path

from newsexport.exporters.json import JsonExporter
from newsexport.interchange import from_json
from newsexport.job import Job
from newsexport.model import Article, Edition, Media, Paragraph, Section, Span

PICTURE = Media.named("image/png", b"\x89PNG\r\n\x1a\n and so on")
EDITION = Edition(
    "Morning",
    date(2026, 1, 2),
    "en",
    (
        Section(
            "Port", (Article("Ünder way", (Paragraph((Span("Text."),)),), language="en", media=(PICTURE,)),)
        ),
    ),
)


def test_what_is_written_is_read_in_again_as_the_same_edition(tmp_path: Path) -> None:
    target = tmp_path / "edition.json"
    JsonExporter().write(EDITION, target, Job())
    assert from_json(target.read_bytes()) == EDITION


def test_two_writes_give_the_same_bytes_and_a_last_newline(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        JsonExporter().write(EDITION, tmp_path / name, Job())
    data = (tmp_path / "one.json").read_bytes()
    assert data == (tmp_path / "two.json").read_bytes()
    assert data.endswith(b"\n")
    assert json.loads(data)["title"] == "Morning"
