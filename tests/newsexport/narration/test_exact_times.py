"""Chapters and cues lie where the sound is, in every format, and whatever the chapters are."""

from pathlib import Path

import numpy as np
import pytest
from mutagen import File
from tests.newsexport.narration.tones import (
    EDITION,
    RATE,
    begins,
    chapter_errors,
    chapters,
    cue_errors,
    passage,
    passages_for,
    record,
)

from newsexport.audio.coding import SoundFormat
from newsexport.narration.script import Passage
from newsexport.speech import Utterance

EVERY = pytest.mark.parametrize("kind", list(SoundFormat))

# Half a millisecond is what whole milliseconds cost.
WITHIN = 0.002

TITLES = (
    "",
    "a",
    "Городской совет одобрил линию",
    "市議会が新しい路線を承認",
    "مجلس المدينة يوافق",
    "Fire 🔥 & smoke; a=b \\ #1",
    "Of every length " * 30,
    "x" + "長い題名" * 100,
)


def short(number: int, title: str = "") -> Passage:
    """Half a second, about."""
    return Passage((Utterance("", "m" * 6, "en"),), passage(number, title).openings)


@pytest.mark.slow
@EVERY
def test_every_cue_and_chapter_is_where_it_is_heard(kind: SoundFormat, tmp_path: Path) -> None:
    recorded = record(list(passages_for(90)), kind, tmp_path / f"tones.{kind}")
    errors = cue_errors(recorded)
    assert np.abs(errors).max() < WITHIN
    assert np.abs(chapter_errors(recorded, begins(recorded.path))).max() < WITHIN


@EVERY
def test_the_same_passages_make_the_same_bytes(kind: SoundFormat, tmp_path: Path) -> None:
    first = record([passage(1)], kind, tmp_path / f"first.{kind}").path.read_bytes()
    assert record([passage(1)], kind, tmp_path / f"second.{kind}").path.read_bytes() == first


@pytest.mark.slow
@EVERY
@pytest.mark.parametrize("count", [1, 255, 256, 1000])
def test_many_chapters_shorter_than_a_second_are_all_read(
    kind: SoundFormat, count: int, tmp_path: Path
) -> None:
    recorded = record([short(0, f"Piece {at}") for at in range(count)], kind, tmp_path / f"many.{kind}")
    read = chapters(recorded.path)
    assert [title for _, _, title in read] == [f"Piece {at}" for at in range(count)]
    assert [begin for begin, _, _ in read] == pytest.approx(
        [one.first / RATE for one in recorded.timeline.chapters], abs=WITHIN
    )
    assert read[0][1] < 1


@EVERY
def test_an_edition_that_opens_no_chapter_has_one(kind: SoundFormat, tmp_path: Path) -> None:
    recorded = record([Passage(passage(3).utterances)], kind, tmp_path / f"none.{kind}")
    assert [title for _, _, title in chapters(recorded.path)] == [EDITION.title]


@EVERY
def test_titles_of_any_length_and_script_come_back(kind: SoundFormat, tmp_path: Path) -> None:
    recorded = record([short(0, title or " ") for title in TITLES], kind, tmp_path / f"titles.{kind}")
    read = [title.strip() for _, _, title in chapters(recorded.path)]
    assert read == [" ".join(title.split()) for title in TITLES]
    assert File(recorded.path) is not None  # it refuses a file with half a letter in it


@EVERY
def test_mutagen_reads_title_and_length(kind: SoundFormat, tmp_path: Path) -> None:
    recorded = record([passage(1), passage(2)], kind, tmp_path / f"tones.{kind}")
    sound = File(recorded.path, easy=True)
    assert sound["title"][0].startswith("Tones, ")
    assert sound.info.length == pytest.approx(recorded.timeline.length / RATE, abs=0.06)
