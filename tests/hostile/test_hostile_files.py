"""Files that are not articles, spoilt: read as far as they can be, or refused in words, never with a foreign error."""

import io
import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image
from tests.hostile.mutating import Sample, mutants, spoilt
from tests.hostile.samples import BOOK, EDITION, PIXEL

from newsexport.artwork.pictures import PictureError, prepare
from newsexport.audio.coding import SoundFormat
from newsexport.configuration.document import ConfigurationError, read
from newsexport.configuration.names import known_names
from newsexport.configuration.planning import plan_of
from newsexport.delivery.mail import Ledger
from newsexport.errors import NewsExportError
from newsexport.events import ignore
from newsexport.exporters.audio import AudioExporter
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.interchange import to_json
from newsexport.job import Job
from newsexport.library.issue import FileRole, Issue, IssueFile, Paper
from newsexport.library.manifest import issue_json, paper_json, read_issue, read_paper
from newsexport.narration import lexicons
from newsexport.narration.options import Direction
from newsexport.narration.script import script
from newsexport.narration.script_file import read_script
from newsexport.narration.script_file import to_json as written
from newsexport.narration.transcripts import Transcript
from newsexport.net.cookies import Cookies
from newsexport.net.http_cache import HttpCache
from newsexport.pipeline import export
from newsexport.routine.record import recall
from newsexport.storage.history import Seen
from newsexport.verify.files import verify

COUNT = 400


def picture(form: str, mode: str = "RGB") -> bytes:
    chance = random.Random(form)
    image = Image.new(mode, (24, 16))
    image.frombytes(chance.randbytes(24 * 16 * len(image.getbands())))
    file = io.BytesIO()
    image.save(file, form)
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="30" viewBox="0 0 40 30"><defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><g transform="rotate(3)"><rect width="9" height="9" fill="url(#g)"/><path d="M1 2L3 4C1 1 2 2 3 3Z"/><text x="3" y="9">Stone</text><use xlink:href="#g"/></g></svg>'

PICTURES = {
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "png-alpha": picture("PNG", "RGBA"),
    "webp": picture("WEBP"),
    "gif": picture("GIF", "P"),
    "svg": SVG,
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_spoilt_picture_is_refused_in_words(name: str) -> None:
    for data in mutants([PICTURES[name]], COUNT, name):
        try:
            prepare(data)
        except PictureError:
            continue


PLAN = b"""[library]
folder = "library"
base = "https://gazette.example/news/"
[serve]
port = 8080
[paper.daily]
title = "The Gazette"
guid = "0d8b4bb2-7f6e-4a4e-9d3e-2b6f3a1c9d10"
sources = ["https://gazette.example/feed.xml", "news"]
formats = ["epub", "audio"]
since = "36h"
new = true
keep = 30
at = "06:30"
on = "mon,tue"
timezone = "Europe/Berlin"
[paper.daily.audio]
bitrate = 64
pauses = {article = 1.5}
[[paper.daily.section]]
title = "World"
sources = ["world"]
[[paper.daily.deliver]]
by = "folder"
path = "out"
"""

LEXICON = b"""# how names sound
language = "en"
[[entry]]
word = "Oldhaven"
spoken = "Old Hayven"
[[entry]]
phrase = "Kestrel Bay"
ipa = "k\xc9\x9bstr\xc9\x99l"
"""

PLS = b"""<?xml version="1.0" encoding="UTF-8"?><lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
<lexeme><grapheme>Oldhaven</grapheme><alias>Old Hayven</alias></lexeme><lexeme><grapheme>Nuku</grapheme><phoneme>nuku</phoneme></lexeme></lexicon>"""

RECORD = json.dumps(
    {
        "runs": [
            {
                "began": "2026-11-23T08:00:00+00:00", "ended": "2026-11-23T08:01:00+00:00", "code": 1, "message": "", "issued": "2026-11-23",
                "title": "The Gazette", "articles": 3, "published": ["a.epub"], "delivered": ["x"],
                "left_out": [{"reference": "a", "reason": "b", "whole": True}],
            }
        ],
        "failing": {"https://gazette.example/feed.xml": 3},
    }
).encode()  # fmt: skip

ISSUE = Issue(
    id="tag:1",
    paper="daily",
    title="The Gazette",
    issued=date(2026, 11, 23),
    published=datetime(2026, 11, 23, 8, tzinfo=UTC),
    language="en",
    summary="Harbour opens",
    stories=(),
    files=(IssueFile("daily-0123456789abcdef.epub", FileRole.BOOK, "application/epub+zip", 3, "0" * 64),),
)


def plan(path: Path) -> object:
    return plan_of(read(path), known_names())


def edition_script(path: Path) -> object:
    return read_script(path)


def seen(path: Path) -> object:
    memory = Seen(path)
    return [memory.judge(article) for article in EDITION.articles()], memory.recall()


def memory_of_hosts(path: Path) -> object:
    return HttpCache(path.parent)


def database(folder: Path) -> bytes:
    path = folder / "seen.sqlite3"
    Seen(path).remember(EDITION, datetime(2026, 11, 23, tzinfo=UTC))
    return path.read_bytes()


FILES: dict[str, tuple[str, bytes, Callable[[Path], object]]] = {
    "configuration": ("newsexport.toml", PLAN, plan),
    "issue": ("issue.json", issue_json(ISSUE), lambda path: read_issue(path.read_bytes(), "issue.json")),
    "paper": ("paper.json", paper_json(Paper("daily", "The Gazette")), lambda path: read_paper(path.read_bytes(), "paper.json")),
    "record": ("daily.json", RECORD, lambda path: recall(path, ignore)),
    "lexicon": ("names.toml", LEXICON, lexicons.read),
    "pls": ("names.pls", PLS, lexicons.read),
    "script": ("day.script.json", written(EDITION, tuple(script(EDITION, Direction()))), edition_script),
    "ledger": ("ledger.json", b'{"a@b.example 00": "sent"}', lambda path: Ledger(path).fate("a@b.example", "00")),
    "cookies": ("cookies.txt", b"# Netscape HTTP Cookie File\ngazette.example\tFALSE\t/\tTRUE\t1999999999\tname\tvalue\n", Cookies),
    "hosts": ("hosts.json", b'{"gazette.example": 1790000000.5}', memory_of_hosts),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_spoilt_file_is_refused_in_words(name: str, tmp_path: Path) -> None:
    file, data, use = FILES[name]
    path = tmp_path / file
    path.write_bytes(data)
    use(path)
    for mutant in mutants([data], COUNT, name):
        path.write_bytes(mutant)
        try:
            use(path)
        except ConfigurationError as error:
            assert all(line.startswith(str(path)) for line in str(error).split("\n"))
        except NewsExportError as error:
            assert str(error)


def test_a_spoilt_memory_is_refused_in_words(tmp_path: Path) -> None:
    chance = random.Random("memory")
    data = database(tmp_path)
    for number in range(COUNT):
        path = tmp_path / f"{number}.sqlite3"
        path.write_bytes(spoilt(data, chance))
        try:
            seen(path)
        except NewsExportError as error:
            assert str(path) in str(error)
        path.unlink()


def test_a_memory_with_strange_values_is_refused_in_words(tmp_path: Path) -> None:
    database(tmp_path)
    path = tmp_path / "seen.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE article SET exported = 'yesterday'")
    connection.close()
    with pytest.raises(NewsExportError, match="is damaged"):
        Seen(path).recall()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A small finished file of every kind that `verify` reads."""
    folder = tmp_path_factory.mktemp("finished")
    export(EDITION, EpubExporter(), folder / "out.epub", Job())
    told = AudioExporter(engine="silent", chapters_json=True, transcript=(Transcript.JSON, Transcript.VTT))
    for form in SoundFormat:
        exporter = told if form is SoundFormat.MP3 else AudioExporter(engine="silent", format=form)
        export(EDITION, exporter, folder / f"out.{form}", Job())
    (folder / "list.m3u8").write_text("#EXTM3U\n#EXTINF:3,Harbour\nout.mp3\n")
    (folder / "out.json").write_bytes(to_json(EDITION))
    (folder / "pixel.png").write_bytes(PIXEL)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "count"),
    [("epub", 150), ("mp3", 60), ("m4b", 60), ("opus", 60), ("m3u8", 60), ("json", 300), ("vtt", 200)],
)
def test_a_spoilt_finished_file_is_not_sound_and_no_more(
    finished: dict[str, bytes], tmp_path: Path, kind: str, count: int
) -> None:
    chosen = {name: data for name, data in finished.items() if name.endswith(f".{kind}")}
    assert chosen
    for name, data in finished.items():
        (tmp_path / name).write_bytes(data)
    for name, data in chosen.items():
        samples: list[Sample] = [data, BOOK] if kind == "epub" else [data]
        for mutant in mutants(samples, count // len(chosen), name):
            (tmp_path / name).write_bytes(mutant)
            finding = verify(tmp_path / name)
            assert "cannot be read: failed" not in " ".join(finding.told)
