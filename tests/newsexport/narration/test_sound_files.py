"""Files in every format as players and taggers that we did not write find them; sounds of one's own; parts."""

import base64
import io
import wave
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, assert_never

import av
import mutagen
import numpy as np
import pytest
from tests.newsexport.narration.tones import RATE, begins, passage, record
from tests.readers.sound.music_metadata import read_by_music_metadata

from newsexport.audio import mp3, playlist
from newsexport.audio.coding import SoundFormat
from newsexport.errors import UsageError
from newsexport.exporters.audio import AudioExporter
from newsexport.job import Job
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.narration.parting import Split
from newsexport.narration.recording import BREATH, LEAD
from newsexport.narration.script import Passage
from newsexport.pipeline import export
from newsexport.verify.hearing import hear

EVERY = pytest.mark.parametrize("kind", list(SoundFormat))
TEXT = (
    "The council voted on Tuesday to build the line along the harbour. Boats will wait for it, said the mayor. "
    "A bell rings before each of them leaves, and six people asked why; nobody in the town hall knew."
)
# Bytes before the picture in a block of FLAC that has neither a description nor sizes.
PICTURE_HEAD = 8 + len("image/jpeg") + 24

TITLES = ("The harbour opens", "Гавань открыта", "A market moves")


def article(title: str) -> Article:
    return Article(title, (Paragraph((Span(TEXT),)), Paragraph((Span(TEXT),))), language="en")


EDITION = Edition(
    "Morning",
    date(2026, 11, 25),
    "en",
    (
        Section("Port", (article(TITLES[0]), article(TITLES[1]))),
        Section("Town", (article(TITLES[2]),)),
    ),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[SoundFormat, Path]:
    folder = tmp_path_factory.mktemp("whole")
    return {kind: made(folder / f"morning.{kind}", format=kind) for kind in SoundFormat}


def made(target: Path, **options: Any) -> Path:
    return export(EDITION, AudioExporter(engine="espeak", **options), target, Job()).path


def tone(seconds: float, rate: int = 44100) -> bytes:
    """A WAV of a tone, as loud as can be, at a rate of its own."""
    at = np.arange(round(seconds * rate)) / rate
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        sound.writeframes((0.99 * np.sin(2 * np.pi * 700 * at) * 32767).astype("<i2").tobytes())
    return file.getvalue()


@pytest.mark.slow
@EVERY
def test_an_edition_is_as_loud_as_asked_and_no_peak_is_higher(
    kind: SoundFormat, whole: dict[SoundFormat, Path]
) -> None:
    heard = hear(whole[kind])
    assert heard.loudness == pytest.approx(-16, abs=0.5)
    assert heard.peak <= -1


@pytest.mark.slow
@EVERY
def test_each_article_is_as_loud_as_the_next(kind: SoundFormat, tmp_path: Path) -> None:
    made(tmp_path / "morning.m3u8", format=kind, split=Split.ARTICLE)
    parts = sorted(tmp_path.glob(f"*.{kind}"))
    heard = [hear(part) for part in parts]
    assert len(parts) == 3
    assert [one.loudness for one in heard] == pytest.approx([-16] * 3, abs=0.5)
    assert max(one.peak for one in heard) <= -1
    assert max(one.pauses(0.1)[0].end for one in heard) < 0.3  # what is silent at the beginning


@pytest.mark.slow
@EVERY
def test_parts_are_numbered_named_and_listed(kind: SoundFormat, tmp_path: Path) -> None:
    listed = made(tmp_path / "morning.m3u8", format=kind, split=Split.SECTION)
    names = [line for line in listed.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert names == [f"morning-01-port.{kind}", f"morning-02-town.{kind}"]
    tags = [mutagen.File(tmp_path / name, easy=True) for name in names]
    assert [tag["title"][0] for tag in tags] == ["Port", "Town"]
    assert [str(tag["tracknumber"][0]) for tag in tags] == ["1/2", "2/2"]
    assert {tag["album"][0] for tag in tags} == {"Morning, 25 November 2026"}


@EVERY
def test_mutagen_finds_the_cover(kind: SoundFormat, whole: dict[SoundFormat, Path]) -> None:
    tags = mutagen.File(whole[kind]).tags
    match kind:
        case SoundFormat.MP3:
            cover = tags.getall("APIC")[0].data
        case SoundFormat.M4B:
            cover = bytes(tags["covr"][0])
        case SoundFormat.OPUS:
            cover = base64.b64decode(tags["metadata_block_picture"][0])[PICTURE_HEAD:]
        case _:
            assert_never(kind)
    assert cover[:3] == b"\xff\xd8\xff"


def test_music_metadata_reads_the_chapters_of_an_audiobook(
    whole: dict[SoundFormat, Path], tmp_path: Path
) -> None:
    read = read_by_music_metadata(whole[SoundFormat.M4B], tmp_path)
    heard = hear(whole[SoundFormat.M4B]).chapters
    assert [(one["title"], one["start"]) for one in read["chapters"]] == [
        (title, begin) for begin, _, title in heard
    ]
    assert read["pictures"] == ["image/jpeg"]


@EVERY
def test_a_sound_of_ones_own_moves_everything_after_it(kind: SoundFormat, tmp_path: Path) -> None:
    jingle = Passage((), sound=tone(1.5))
    recorded = record([jingle, passage(1), jingle, passage(2)], kind, tmp_path / f"jingles.{kind}")
    starts = np.cumsum([0, *(one.length for one in recorded.placed)])
    told = [(starts[at] / RATE) + LEAD for at in (0, 2)]
    told += [cue.first / RATE + BREATH for cue in recorded.timeline.cues]
    assert begins(recorded.path) == pytest.approx(sorted(told), abs=0.03)
    assert hear(recorded.path).peak <= -1


@pytest.mark.parametrize("option", ["intro", "outro", "jingle"])
def test_a_bad_sound_ends_the_run_with_its_name(option: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.wav"
    bad.write_bytes(b"RIFF" + bytes(50))
    with pytest.raises(UsageError, match=r"bad\.wav"):
        made(tmp_path / "morning.mp3", **{option: bad})
    assert [one.name for one in tmp_path.iterdir()] == ["bad.wav"]


@pytest.mark.slow
@EVERY
def test_nothing_clicks_where_pieces_are_joined(kind: SoundFormat, tmp_path: Path) -> None:
    recorded = record([passage(at) for at in range(6)], kind, tmp_path / f"joined.{kind}")
    heard = hear(recorded.path)
    joints = np.cumsum([one.length for one in recorded.placed])[:-1] / RATE
    around = [
        heard.levels[round((at - 0.05) / heard.block) : round((at + 0.05) / heard.block)] for at in joints
    ]
    assert max(level.max() for level in around) < -60


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "listed"),
    [
        ("a" * 127, "a" * 127),
        ("a" * 128, "a" * 127),
        ("й" * 100, "й" * 63),
        ("a" * 125 + "e\u0301" + "x", "a" * 125),
        ("a" * 121 + "\U0001f1e9\U0001f1ea", "a" * 121),
        ("a" * 120 + "\U0001f468\u200d\U0001f469\u200d\U0001f467", "a" * 120),
        ("क्षि" * 20, "क्षि" * 10),
    ],
    ids=["fits", "one more", "Cyrillic", "an accent", "a flag", "a family", "a conjunct"],
)
def test_a_title_in_the_list_of_nero_is_no_longer_than_antennapod_reads(
    title: str, listed: str, tmp_path: Path
) -> None:
    """Its length is a byte there, and one of 128 is taken for less than nothing; the text track has it whole."""
    articles = tuple(Article(name, (Paragraph((Span("A few words."),)),)) for name in (title, "The second"))
    edition = Edition("Morning", date(2026, 11, 25), "en", (Section("", articles),))
    target = tmp_path / "long.m4b"
    export(edition, AudioExporter(engine="silent", format=SoundFormat.M4B), target, Job())
    chapters = mutagen.File(target).chapters
    assert [one.title for one in chapters] == [listed, "The second"]
    with av.open(str(target)) as container:
        assert [one["metadata"]["title"] for one in container.chapters()] == [title, "The second"]


def frames_of(path: Path) -> bytes:
    """What is coded, behind the tag and the frame that tells of it."""
    data = path.read_bytes()
    size = sum((byte & 127) << 7 * place for place, byte in enumerate(reversed(data[6:10])))
    return data[10 + size + len(mp3.info_frame(mp3.Format(RATE, 64), 1, 1)) :]


def test_the_whole_and_each_article_beside_it_are_the_same_passages_coded_once(tmp_path: Path) -> None:
    whole = made(tmp_path / "morning.mp3", split=Split.BOTH, chapters_json=True)
    entries = list(playlist.read((tmp_path / "morning.m3u8").read_text("utf-8")))
    assert [(entry.title, entry.article) for entry in entries] == list(zip(TITLES, (1, 2, 3), strict=True))
    parts = [tmp_path / entry.name for entry in entries]
    assert b"".join(map(frames_of, parts)) == frames_of(whole)
    assert min(len(frames_of(part)) for part in parts) > 50_000
    for part, title, number in zip(parts, TITLES, (1, 2, 3), strict=True):
        tag: Any = mutagen.File(part)
        assert (str(tag["TIT2"]), str(tag["TRCK"])) == (title, f"{number}/3")
        assert part.with_suffix(".chapters.json").is_file()
    covers = {bytes(mutagen.File(part).tags.getall("APIC")[0].data) for part in parts}
    assert len(covers) == 3, "each has a picture of its own"
    assert max(map(len, covers)) <= 60_000
    assert len(list(tmp_path.iterdir())) == 9


def test_parts_beside_a_whole_that_is_made_again_go_with_it(tmp_path: Path) -> None:
    exporter = AudioExporter(engine="silent", split=Split.BOTH)
    export(EDITION, exporter, tmp_path / "morning.mp3", Job())
    assert len(list(tmp_path.glob("*.mp3"))) == 4
    export(replace(EDITION, sections=EDITION.sections[1:]), exporter, tmp_path / "morning.mp3", Job())
    assert [path.name for path in sorted(tmp_path.glob("*.mp3"))] == [
        "morning-01-a-market-moves.mp3",
        "morning.mp3",
    ]
