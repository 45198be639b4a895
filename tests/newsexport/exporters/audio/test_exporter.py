"""An edition spoken by the real engine, and the MP3 read by players' own code."""

import hashlib
import io
import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.readers.sound.music_metadata import read_by_music_metadata

from newsexport.artwork import pictures
from newsexport.audio import mp3
from newsexport.audio.loudness import Peaks, loudness
from newsexport.errors import SpeechError, UsageError
from newsexport.events import Event, Lost
from newsexport.exporters.audio import AudioExporter
from newsexport.job import Job, Work
from newsexport.model import Article, Edition, Figure, Heading, Media, Paragraph, Section, Span
from newsexport.narration.narrate import narrate
from newsexport.narration.options import Direction
from newsexport.narration.orders import Studio
from newsexport.narration.script import script
from newsexport.narration.transcripts import Transcript
from newsexport.pipeline import export
from newsexport.speech import Speech, Utterance
from newsexport.storage.cache import FolderCache

LONG = (
    "Harbourne council approves a tram line along the harbour, "
    "to be paid for by a levy on parking, after a night of debates."
)
CYRILLIC = "Городской совет одобрил новую трамвайную линию вдоль набережной"
TEXT = (
    "The council voted 5-4 on Tuesday to build the line, which will cost $4.5bn. "
    "Mr. Osei, the mayor, called it “a good day for the harbour”. It opens in six years."
)


def picture(colour: str) -> Media:
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(drawn, "JPEG")
    return pictures.prepare(drawn.getvalue())


def article(title: str, colour: str = "navy", paragraphs: int = 2) -> Article:
    media = picture(colour)
    return Article(
        title=title,
        body=tuple(Paragraph((Span(TEXT),)) for _ in range(paragraphs)),
        standfirst="The mayor called it a good day.",
        site="The Harbourne Gazette",
        url="https://example.org/tram?id=1&from=ü",
        reference=f"{title[:8]}.txt",
        language="ru" if title == CYRILLIC else "en",
        lead=Figure(media.name, "A tram"),
        media=(media,),
    )


EDITION = Edition(
    "The Morning Edition",
    date(2026, 11, 23),
    "en",
    (
        Section("World", (article(LONG, "navy"), article(CYRILLIC, "maroon"))),
        Section("Sport", (article("A late goal", "green"),)),
    ),
)


@pytest.fixture(scope="module")
def episode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("episode") / "morning.mp3"
    exporter = AudioExporter(engine="espeak", chapters_json=True, transcript=tuple(Transcript))
    export(EDITION, exporter, target, Job())
    return target


def decoded(path: Path) -> NDArray[np.float32]:
    with av.open(str(path), "r") as container:
        parts = [frame.to_ndarray().ravel() for frame in container.decode(audio=0)]
    return np.concatenate(parts).astype(np.float32)


def chapters_of(path: Path) -> list[dict[str, Any]]:
    chapters: list[dict[str, Any]] = json.loads(path.with_suffix(".chapters.json").read_text())["chapters"]
    return chapters


@pytest.mark.slow
def test_sections_and_articles_are_chapters_in_order(episode: Path) -> None:
    assert [chapter["title"] for chapter in chapters_of(episode)] == [
        "World", LONG, CYRILLIC, "Sport", "A late goal",
    ]  # fmt: skip
    assert len(LONG) == 120


def test_chapters_begin_at_0_abut_and_end_with_the_sound(episode: Path) -> None:
    chapters = chapters_of(episode)
    assert chapters[0]["startTime"] == 0
    assert [one["endTime"] for one in chapters[:-1]] == [one["startTime"] for one in chapters[1:]]
    assert chapters[-1]["endTime"] == pytest.approx(len(decoded(episode)) / 22050, abs=0.001)


def test_ffmpeg_reads_the_same_chapters(episode: Path) -> None:
    with av.open(str(episode), "r") as container:
        read = [(one["metadata"]["title"], one["start"], one["end"]) for one in container.chapters()]
    assert read == [
        (one["title"], round(one["startTime"] * 1000), round(one["endTime"] * 1000))
        for one in chapters_of(episode)
    ]


def test_music_metadata_reads_the_same_chapters_with_links_and_pictures(
    episode: Path, tmp_path: Path
) -> None:
    told = read_by_music_metadata(episode, tmp_path)
    read = [(one["title"], one["start"], one["end"]) for one in told["chapters"]]
    assert read == [(one["title"], one["startTime"], one["endTime"]) for one in chapters_of(episode)]
    assert [one["picture"] for one in told["chapters"]] == [None, *["image/jpeg"] * 2, None, "image/jpeg"]
    assert told["chapters"][1]["url"] == "https://example.org/tram?id=1&from=%C3%BC"
    assert (told["title"], told["album"], told["genre"], told["pictures"]) == (
        "The Morning Edition, 23 November 2026",
        "The Morning Edition",
        ["Podcast"],
        ["image/jpeg"],
    )


def test_every_chapter_begins_in_silence_and_no_joint_is_heard(episode: Path) -> None:
    samples = decoded(episode)
    for chapter in chapters_of(episode)[1:]:
        joint = round(chapter["startTime"] * 22050)
        assert np.abs(samples[joint - 1000 : joint + 1000]).max() < 0.003


def test_there_is_no_silence_to_wait_through_at_either_end(episode: Path) -> None:
    heard = np.flatnonzero(np.abs(decoded(episode)) > 0.01)
    assert heard[0] < 0.25 * 22050
    assert len(decoded(episode)) - heard[-1] < 0.4 * 22050


def test_every_sentence_of_a_transcript_is_heard_at_its_time(episode: Path) -> None:
    samples = np.abs(decoded(episode))
    segments = json.loads(episode.with_suffix(".transcript.json").read_text(encoding="utf-8"))["segments"]
    assert [one["body"] for one in segments][:4] == [
        "The Morning Edition.", "Monday, 23 November 2026.", "World", LONG,
    ]  # fmt: skip
    for one, following in pairwise([*segments, {"startTime": len(samples) / 22050}]):
        begin, end, after = (
            round(time * 22050) for time in (one["startTime"], one["endTime"], following["startTime"])
        )
        edge = round(0.03 * 22050)
        heard = np.flatnonzero(samples[begin:end] > 0.01)
        assert heard[0] < 3 * edge  # a consonant may rise slowly
        assert samples[end + edge : after - edge].max() < 0.01


def test_transcripts_lie_beside_the_sound_under_its_name(episode: Path) -> None:
    names = {path.name for path in episode.parent.iterdir()}
    assert names == {
        "morning.mp3", "morning.chapters.json", "morning.vtt", "morning.srt",
        "morning.words.vtt",
        "morning.transcript.json", "morning.transcript.txt",
    }  # fmt: skip


@pytest.mark.slow
def test_loudness_and_peak_are_what_was_asked(episode: Path, tmp_path: Path) -> None:
    samples = decoded(episode)
    assert loudness(samples, 22050) == pytest.approx(-16, abs=1)
    assert 20 * np.log10(Peaks.of(samples).above(0.0).max()) <= -1
    quiet = tmp_path / "quiet.mp3"
    export(EDITION, AudioExporter(engine="espeak", loudness=-19), quiet, Job())
    assert loudness(decoded(quiet), 22050) == pytest.approx(-19, abs=0.6)


@pytest.mark.slow
def test_processes_and_a_cache_make_the_same_bytes_on_any_day(episode: Path, tmp_path: Path) -> None:
    exporter = AudioExporter(engine="espeak", chapters_json=True)
    cache = FolderCache(tmp_path / "cache")
    for name in ("computed.mp3", "remembered.mp3"):
        job = Job(executors=lambda _work: ProcessPoolExecutor(2), cache=cache)
        export(EDITION, exporter, tmp_path / name, job)
        assert (tmp_path / name).read_bytes() == episode.read_bytes()
    assert (tmp_path / "computed.chapters.json").read_bytes() == episode.with_suffix(
        ".chapters.json"
    ).read_bytes()


@pytest.mark.slow
def test_an_article_spoken_before_is_not_spoken_again(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path / "cache")
    exporter = AudioExporter(engine="espeak")
    export(EDITION, exporter, tmp_path / "a.mp3", Job(cache=cache))
    before = set((tmp_path / "cache").glob("passage/??/*"))
    changed = replace(EDITION.sections[1].articles[0], standfirst="Something new.")
    edition = replace(EDITION, sections=(EDITION.sections[0], Section("Sport", (changed,))))
    export(edition, exporter, tmp_path / "b.mp3", Job(cache=cache))
    assert len(set((tmp_path / "cache").glob("passage/??/*")) - before) == 1


@dataclass(frozen=True)
class Refusing:
    """A real engine that will not say one word; `everything` makes it refuse all."""

    word: str
    rate: int = 22050
    version: str = "1"
    work: Work = Work.COMPUTE

    def say(self, utterance: Utterance) -> Speech:
        if self.word in utterance.spoken:
            raise SpeechError("refusing", f"will not say {self.word}")
        return Speech(b"\x00\x10\x00\xf0" * 9000)


def narrated_by(engine: Refusing, edition: Edition, tmp_path: Path) -> list[Event]:
    told: list[Event] = []
    with (tmp_path / "frames").open("wb") as frames:
        narrate(
            list(script(edition, Direction())),
            Studio(engine, mp3.Format(22050, 64)),
            Job(report=told.append),
            frames,
        )
    return told


def test_an_article_that_cannot_be_spoken_is_named_and_the_rest_is_heard(tmp_path: Path) -> None:
    told = narrated_by(Refusing("goal"), EDITION, tmp_path)
    assert [event for event in told if isinstance(event, Lost)] == [
        Lost("A late g.txt", "engine refusing: will not say goal")
    ]


def test_of_a_long_article_refused_at_its_end_nothing_is_heard(tmp_path: Path) -> None:
    body = (*article("x", paragraphs=60).body, Paragraph((Span("A late goal."),)))
    refused = replace(article("A long read"), body=body)
    heard = []
    for name, inside in {"with": (refused, article(LONG)), "without": (article(LONG),)}.items():
        (tmp_path / name).mkdir()
        narrated_by(Refusing("goal"), replace(EDITION, sections=(Section("", inside),)), tmp_path / name)
        heard.append((tmp_path / name / "frames").read_bytes())
    assert heard[0] == heard[1]


def test_an_engine_that_refuses_everything_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="will not say e"):
        narrated_by(Refusing("e"), EDITION, tmp_path)


def test_an_article_without_a_word_is_named(tmp_path: Path) -> None:
    told: list[Event] = []
    wordless = Article("???", (Paragraph((Span("!!!"),)),), reference="odd.txt", language="en")
    edition = replace(EDITION, sections=(Section("", (wordless, article("A late goal"))),))
    export(edition, AudioExporter(engine="silent"), tmp_path / "x.mp3", Job(report=told.append))
    assert Lost("odd.txt", "nothing in it can be spoken") in told


@pytest.mark.slow
def test_parts_of_a_long_article_are_chapters_below_it(tmp_path: Path) -> None:
    body = (
        *article("x", paragraphs=14).body,
        Heading((Span("What happens next"),)),
        *article("x", paragraphs=14).body,
    )
    long_read = replace(article("A long read"), body=body)
    edition = replace(EDITION, sections=(Section("", (long_read,)),))
    target = tmp_path / "long.mp3"
    export(edition, AudioExporter(engine="silent", chapters_json=True), target, Job())
    assert [one["title"] for one in chapters_of(target)] == ["A long read", "What happens next"]


def test_a_bit_rate_that_cannot_be_is_refused_before_the_first_word(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="63 kbit/s"):
        export(EDITION, AudioExporter(engine="silent", bitrate=63), tmp_path / "x.mp3", Job())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_time_zone_and_locale_do_not_show(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(f"A late goal\n\n{TEXT}\n\n{TEXT}\n", encoding="utf-8")
    digests = set()
    for zone, language in (("UTC", "C"), ("Asia/Tokyo", "C.UTF-8"), ("America/St_Johns", "de_DE.UTF-8")):
        target = tmp_path / "out.mp3"
        subprocess.run(
            [
                sys.executable, "-m", "newsexport", "audio", str(story),
                "--engine", "espeak", "--no-cache", "-o", str(target),
            ],
            env={**os.environ, "TZ": zone, "LC_ALL": language, "SOURCE_DATE_EPOCH": "1795400000"},
            check=True,
            capture_output=True,
        )  # fmt: skip
        digests.add(hashlib.sha256(target.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_titles_have_the_quotation_marks_of_their_language_in_players(tmp_path: Path) -> None:
    told = [
        replace(article(title), language=tag) for title, tag in (('A "mad" dash', ""), ('Der "Mut"', "de"))
    ]
    edition = Edition('The "Mail"', date(2026, 11, 23), "en", (Section("", tuple(told)),))
    target = tmp_path / "morning.mp3"
    export(edition, AudioExporter(engine="silent", chapters_json=True), target, Job())
    chapters = json.loads(target.with_suffix(".chapters.json").read_bytes())["chapters"]
    assert [chapter["title"] for chapter in chapters] == ["A “mad” dash", "Der „Mut“"]
    with av.open(str(target)) as sound:
        tags = [sound.metadata, *(chapter["metadata"] for chapter in sound.chapters())]
    assert [tag["title"] for tag in tags] == ["The “Mail”, 23 November 2026", "A “mad” dash", "Der „Mut“"]
    assert (tags[0]["artist"], tags[0]["album"]) == ("The “Mail”", "The “Mail”")
