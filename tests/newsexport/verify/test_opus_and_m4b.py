"""Audiobooks, Opus and playlists read back: sound as they are made, and told when they are spoilt."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.newsexport.verify.finished_files import finish

from newsexport.audio.coding import SoundFormat
from newsexport.exporters.audio import AudioExporter
from newsexport.narration.parting import Split
from newsexport.verify.files import verify

CODED = (SoundFormat.M4B, SoundFormat.OPUS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[SoundFormat, Path]:
    folder = tmp_path_factory.mktemp("made")
    return {kind: finish(AudioExporter(engine="espeak", format=kind), folder) for kind in CODED}


@pytest.fixture(scope="module")
def playlist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    exporter = AudioExporter(engine="espeak", format=SoundFormat.OPUS, split=Split.ARTICLE)
    return finish(exporter, tmp_path_factory.mktemp("parts"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", CODED)
def test_what_we_make_is_sound_and_its_chapters_begin_in_pauses(
    kind: SoundFormat, made: dict[SoundFormat, Path]
) -> None:
    finding = verify(made[kind])
    assert finding.sound, finding.told
    assert [title.text for title in finding.contents] == [
        "Port", "The harbour opens", "Гавань открыта", "Town", "A market moves",
    ]  # fmt: skip
    facts = dict(finding.facts)
    assert facts["chapters in pauses"] == "4 of 4 after the first"
    assert facts["in AntennaPod"] == "5 chapters"
    assert float(facts["true peak"].split()[0]) <= -1


@pytest.mark.parametrize("kind", CODED)
@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_a_file_that_breaks_off_is_told(
    kind: SoundFormat, part: float, made: dict[SoundFormat, Path], tmp_path: Path
) -> None:
    data = made[kind].read_bytes()
    cut = tmp_path / f"cut.{kind}"
    cut.write_bytes(data[: int(len(data) * part)])
    finding = verify(cut)
    assert not finding.sound
    assert any("breaks off" in told for told in finding.told)


def test_an_opus_that_ends_at_a_page_is_told_too(made: dict[SoundFormat, Path], tmp_path: Path) -> None:
    data = made[SoundFormat.OPUS].read_bytes()
    cut = tmp_path / "cut.opus"
    cut.write_bytes(data[: data.rindex(b"OggS")])
    assert any("does not say that it is the last" in told for told in verify(cut).told)


def test_bytes_that_are_spoilt_inside_are_told_or_heard(
    made: dict[SoundFormat, Path], tmp_path: Path
) -> None:
    data = bytearray(made[SoundFormat.M4B].read_bytes())
    middle = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 2
    data[middle : middle + 4000] = bytes(4000)
    spoilt = tmp_path / "spoilt.m4b"
    spoilt.write_bytes(data)
    assert not verify(spoilt).sound


def test_an_index_behind_the_sound_is_told(made: dict[SoundFormat, Path], tmp_path: Path) -> None:
    data = made[SoundFormat.M4B].read_bytes()
    kind, index = int.from_bytes(data[:4]), data.index(b"moov") - 4
    end = index + int.from_bytes(data[index : index + 4])
    behind = tmp_path / "behind.m4b"
    behind.write_bytes(data[:kind] + data[end:] + data[index:end])
    assert any("its index comes after the sound" in told for told in verify(behind).told)


def test_titles_that_are_no_utf_8_are_read_all_the_same(
    made: dict[SoundFormat, Path], tmp_path: Path
) -> None:
    harmed = tmp_path / "harmed.m4b"
    harmed.write_bytes(made[SoundFormat.M4B].read_bytes().replace("Гавань".encode(), b"\xe5\xff\xfe" * 4))
    assert any("\ufffd" in title.text for title in verify(harmed).contents)


@pytest.mark.slow
def test_a_playlist_is_sound_with_all_its_files(playlist: Path) -> None:
    finding = verify(playlist)
    assert finding.sound, finding.told
    assert [title.text for title in finding.contents] == [
        "The harbour opens", "Гавань открыта", "A market moves",
    ]  # fmt: skip


def without(folder: Path) -> None:
    next(folder.glob("*-02-*")).unlink()


def cut_short(folder: Path) -> None:
    part = next(folder.glob("*-02-*"))
    part.write_bytes(part.read_bytes()[:-3000])


def other_length(folder: Path) -> None:
    listed = next(folder.glob("*.m3u8"))
    lines = listed.read_text("utf-8").splitlines()
    number = next(at for at, line in enumerate(lines) if line.startswith("#EXTINF"))
    lines[number] = "#EXTINF:500,The harbour opens"
    listed.write_text("\n".join(lines), "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "words"),
    [(without, "is not there"), (cut_short, "breaks off"), (other_length, "the playlist says 500")],
)
def test_what_is_wrong_with_one_file_of_a_playlist_is_told_with_its_name(
    spoil: Callable[[Path], None], words: str, playlist: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(playlist.parent, tmp_path / "parts")
    spoil(folder)
    finding = verify(folder / playlist.name)
    assert not finding.sound
    assert any(words in told and "edition-0" in told for told in finding.told)


def test_a_playlist_leads_nowhere_else(tmp_path: Path) -> None:
    listed = tmp_path / "list.m3u8"
    listed.write_text("#EXTM3U\n#EXTINF:1,Up\n../secret.mp3\n#EXTINF:1,Round\nlist.m3u8\n", "utf-8")
    told = verify(listed).told
    assert any("not beside the playlist" in one for one in told)
    assert any("a playlist in a playlist" in one for one in told)
