"""What is made is what was asked for, by whatever word, and what its name says."""

import json
import zipfile
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import furnish, newsexport

ZIP, OGG, MPEG4 = b"PK\x03\x04", b"OggS", b"ftyp"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("command", "name", "written_as"),
    [
        ("audio", "f.wav", "audio is written as mp3, m4b or opus"),
        ("audio", "f.FLAC", "audio is written as mp3, m4b or opus"),
        ("audio", "f.epub", "audio is written as mp3, m4b or opus"),
        ("audio", "f.m3u8", "audio is written as mp3, m4b or opus"),
        ("epub", "book.mobi", "epub is written as epub or kepub.epub"),
        ("epub", "book.azw3", "epub is written as epub or kepub.epub"),
        ("epub", "book.kepub", "epub is written as epub or kepub.epub"),
        ("text", "x.pdf", "text is written as txt"),
        ("text", "x.md", "text is written as txt"),
        ("script", "x.txt", "script is written as script.json"),
    ],
)
def test_a_name_that_would_lie_is_refused_before_anything_is_read(
    command: str, name: str, written_as: str
) -> None:
    result = newsexport(command, "news", "-o", name)
    assert result.exit_code == 2
    assert f"{name}: {written_as}" in result.stderr
    assert "reading" not in result.stderr
    assert not Path(name).exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "head"), [("f.m4a", MPEG4), ("f.m4b", MPEG4), ("f.OGG", OGG), ("f.opus", OGG)]
)
def test_the_name_of_a_sound_decides_its_form(name: str, head: bytes) -> None:
    assert newsexport("audio", "news", "--engine", "silent", "-o", name).exit_code == 0
    assert head in Path(name).read_bytes()[:8]


@pytest.mark.parametrize(
    "clash",
    [
        ("audio", "--format", "mp3", "-o", "x.m4b"),
        ("audio", "--set", "format=opus", "-o", "x.mp3"),
        ("audio", "--split", "article", "-o", "x.mp3"),
        ("export", "--to", "mp3", "-o", "x.m4b"),
        ("export", "--to", "mp3", "--format", "opus"),
        ("epub", "--for", "kindle", "-o", "x.kepub.epub"),
        ("export", "--to", "json", "-o", "x.script.json"),
        ("export", "--to", "epub,text", "-o", "x.epub"),
    ],
)
def test_two_wishes_that_cannot_both_be_are_told(clash: tuple[str, ...]) -> None:
    command, *options = clash
    result = newsexport(command, "news", *options)
    assert result.exit_code == 2
    assert "reading" not in result.stderr
    assert not list(Path().glob("x.*"))


def spans(book: str) -> bool:
    with zipfile.ZipFile(book) as pages:
        return any(b"koboSpan" in pages.read(name) for name in pages.namelist() if name.endswith("xhtml"))


def test_a_book_for_kobo_is_what_its_name_says() -> None:
    assert newsexport("epub", "news", "-o", "a.kepub.epub").exit_code == 0
    plain = newsexport("epub", "news", "--for", "kobo", "-o", "b.epub")
    assert "a plain EPUB" in plain.stderr
    assert newsexport("export", "news", "--to", "kepub", "-o", "shelf/").stdout.endswith(".kepub.epub\n")
    assert (spans("a.kepub.epub"), spans("b.epub")) == (True, False)


def test_several_formats_make_a_folder_however_they_are_listed() -> None:
    for place, formats in (
        ("one", ("--to", "epub", "--to", "text")),
        ("two", ("--to", "EPUB,txt")),
        ("three", ("--to", " text , epub")),
    ):
        assert newsexport("export", "news", *formats, "-o", place).exit_code == 0
        assert {path.suffix for path in Path(place).iterdir()} == {".epub", ".txt"}


@pytest.mark.slow
def test_files_of_several_kinds_of_sound_come_from_one_reading() -> None:
    result = newsexport("export", "news", "--to", "mp3,m4b,ogg", "--engine", "silent", "-o", "out")
    assert {path.suffix for path in Path("out").iterdir()} == {".mp3", ".m4b", ".opus"}
    assert result.stderr.count("reading: 2 done") == 1


def test_the_name_of_the_file_is_order_enough() -> None:
    for name in ("book.epub", "a.txt", "a.json", "a.script.json"):
        assert newsexport("export", "news", "-o", name).exit_code == 0
    assert Path("book.epub").read_bytes().startswith(ZIP)
    assert "sections" in json.loads(Path("a.json").read_bytes())
    assert "passages" in Path("a.script.json").read_text("utf-8")
    for arguments in (("-o", "out/"), ("-o", "x.docx"), ()):
        result = newsexport("export", "news", *arguments)
        assert (result.exit_code, "(there is: audio, epub, json" in result.stderr) == (2, True)


def test_a_name_without_a_telling_end_may_be_any() -> None:
    for name in ("paper", "St. Ives", "news.2026"):
        assert newsexport("text", "news", "-o", name).stdout == f"{name}\n"


@pytest.mark.parametrize(
    "asked",
    [["--transcript", "vtt"], ["--split", "section"], ["--set", "audio.chapters_json=true"]],
    ids=["transcripts", "playlists", "chapters"],
)
def test_two_kinds_of_sound_never_share_what_lies_beside_them(asked: list[str]) -> None:
    sound = ["export", "articles", "--to", "mp3,m4b", "--engine", "silent"]
    refused = newsexport(*sound, *asked, "-o", "both/")
    assert refused.exit_code == 2
    assert "make files of the same name" in refused.stderr
    assert not Path("both").exists()


def test_a_form_of_sound_that_was_asked_for_by_a_word_may_be_in_parts() -> None:
    made = newsexport(
        "export", "news", "--to", "opus", "--split", "section", "--engine", "silent", "-o", "parts/"
    )
    assert made.exit_code == 0, made.output
    assert sorted(path.suffix for path in Path("parts").iterdir()) == [".m3u8", ".opus", ".opus"]
