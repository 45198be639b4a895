"""What a listener would say, of sounds made for it: tones, holes in them, chapters beside them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from epubpreflight import Severity
from newsexport.audio import mp3
from newsexport.audio.id3 import ChapterMark, Tag
from newsexport.verify.files import verify
from newsexport.verify.finding import Finding
from newsexport.verify.hearing import chapter_advice
from newsexport.verify.id3 import FoundChapter

RATE = 22050
COVER = b"\xff\xd8\xff\xe0" + bytes(100)


def voice(seconds: float, level: float = 0.2) -> NDArray[np.float64]:
    """A noise that is as loud as a voice at -16 LUFS, about, and has no pause."""
    noise = np.random.default_rng(1).normal(size=round(seconds * RATE))
    smooth = np.convolve(noise, np.ones(12) / 12, "same")
    return np.asarray(level * smooth / np.abs(smooth).max() * 3)


def nothing(seconds: float) -> NDArray[np.float64]:
    return np.zeros(round(seconds * RATE))


def recording(path: Path, parts: list[NDArray[np.float64]], starts: list[float], **more: Any) -> Path:
    """An MP3 of the parts one after the other with a chapter at each start, in seconds."""
    pcm = (np.clip(np.concatenate(parts), -1, 1) * 32767).astype("<i2").tobytes()
    form = mp3.Format(RATE, 64)
    frames = mp3.encode(pcm, form)
    count = sum(1 for _ in mp3.frames(frames))
    end = round((count * form.frame_samples - mp3.DELAY) * 1000 / RATE)
    bounds = [*(round(start * 1000) for start in starts), end]
    marks = [
        ChapterMark(f"Chapter {number}", bounds[number], bounds[number + 1], **more)
        for number in range(len(starts))
    ]
    tag = Tag("Title", "Paper", "Paper", "2026-11-23", "eng", "Podcast", "", COVER, marks)
    path.write_bytes(tag.to_bytes() + mp3.info_frame(form, count, len(frames)) + frames)
    return path


def rules(finding: Finding) -> dict[str, str]:
    return {fault.rule: str(fault) for fault in finding.faults}


def test_the_longest_silence_is_told_with_its_place(tmp_path: Path) -> None:
    parts = [voice(4), nothing(1), voice(65), nothing(7), voice(3)]
    finding = verify(recording(tmp_path / "a.mp3", parts, [0, 4.5]))
    assert dict(finding.facts)["longest silence"] == "7.0 s at 1:10"
    assert rules(finding)["long-silence"] == "1:10: 7.0 s of silence"
    assert finding.sound  # whoever recorded it may have wished for it


def test_chapters_in_pauses_are_right_and_said_so(tmp_path: Path) -> None:
    parts = [voice(10), nothing(1.5), voice(10), nothing(1.5), voice(5)]
    finding = verify(recording(tmp_path / "a.mp3", parts, [0, 10.7, 22.9]))
    assert dict(finding.facts)["chapters in pauses"] == "2 of 2 after the first"
    assert not {"chapter-beside-pause", "chapter-in-speech"} & set(rules(finding))


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (9.0, "'Chapter 1' begins in the middle of what is said, 1.8 s before the pause"),
        (13.0, "'Chapter 1' begins in the middle of what is said, 2.2 s after the pause"),
    ],
)
def test_a_chapter_that_has_slipped_is_a_fault(start: float, words: str, tmp_path: Path) -> None:
    parts = [voice(10), nothing(1.5), voice(10)]
    finding = verify(recording(tmp_path / "a.mp3", parts, [0, start]))
    assert words in rules(finding)["chapter-beside-pause"]
    assert not finding.sound


def test_where_nobody_pauses_a_chapter_may_begin_anywhere(tmp_path: Path) -> None:
    """Music goes on under everything that is said."""
    finding = verify(recording(tmp_path / "a.mp3", [voice(20)], [0, 9]))
    assert "does not begin in a pause" in rules(finding)["chapter-in-speech"]
    assert finding.sound


@pytest.mark.parametrize(("level", "rule"), [(0.02, "loudness"), (0.5, "peak")])
def test_a_level_that_apps_do_not_like_is_advice(level: float, rule: str, tmp_path: Path) -> None:
    finding = verify(recording(tmp_path / "a.mp3", [voice(20, level)], [0]))
    assert rule in rules(finding)
    assert finding.sound


def test_loudness_is_that_of_a_tone_of_known_level(tmp_path: Path) -> None:
    """BS.1770-5, annex 1: a sine of 997 Hz at full scale in one channel is at -3.01 LKFS."""
    tone = 0.1 * np.sin(2 * np.pi * 997 * np.arange(RATE * 20) / RATE) / mp3.SCALE
    facts = dict(verify(recording(tmp_path / "a.mp3", [tone], [0])).facts)
    assert facts["loudness"] == "-23.0 LUFS"
    assert facts["true peak"] in {"-20.0 dBTP", "-19.9 dBTP"}


def test_what_apps_show_is_told_for_each(tmp_path: Path) -> None:
    path = recording(
        tmp_path / "a.mp3",
        [voice(4), nothing(1), voice(4)],
        [0, 4.5],
        url="https://example.org/",
        picture=COVER,
    )
    facts = dict(verify(path).facts)
    for client in ("Apple Podcasts", "Overcast", "Pocket Casts", "AntennaPod", "mpv, audiobookshelf"):
        assert facts[f"in {client}"] == "2 chapters, 2 pictures, 2 links"


@pytest.mark.parametrize(
    ("count", "title", "expected"),
    [
        (1, "Short", {"chapters-few": "Apple Podcasts, Spotify: 1 chapter; of fewer than 3"}),
        (2, "Short", {"chapters-few": "Apple Podcasts, Spotify: 2 chapters; of fewer than 3"}),
        (3, "ä" * 40, {}),
        (3, "ä" * 41, {"chapter-title-long": "Spotify: 3 titles of chapters beyond 40 characters, the first at 0:00"}),
    ],
)  # fmt: skip
def test_what_apple_and_spotify_ask_of_chapters_is_advice(
    count: int, title: str, expected: dict[str, str]
) -> None:
    chapters = [FoundChapter("", start * 1000, start * 1000 + 1000, title) for start in range(count)]
    told = {fault.rule: fault for fault in chapter_advice(chapters)}
    assert set(told) == set(expected)
    for rule, words in expected.items():
        assert str(told[rule]).startswith(words)
        assert told[rule].severity is Severity.ADVICE
