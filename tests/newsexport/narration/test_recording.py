"""Segments: spoken once, kept as soon as they are spoken, and never trusted."""

import io
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.audio import mp3, pcm
from newsexport.audio.coding import Aac
from newsexport.engines.espeak import EspeakEngine
from newsexport.errors import SpeechError
from newsexport.events import Event, Lost
from newsexport.job import Forgetful, Job, Work
from newsexport.model import Article
from newsexport.narration.narrate import LOST, narrate
from newsexport.narration.orders import Recording, RecordingJob, Studio, record
from newsexport.narration.recording import BREATH, Segment, SegmentError, key, segments
from newsexport.narration.script import Passage
from newsexport.speech import Role, Speech, Utterance, WordMark
from newsexport.storage.cache import FolderCache
from newsexport.work.executors import Processes

FIRST, SECOND, THIRD = (Utterance(text, text, "en") for text in ("One ferry.", "Two boats.", "Three ships."))


@dataclass(frozen=True)
class Counting:
    """A real engine that writes down what it was asked, and can refuse a word."""

    log: Path
    refused: str = ""
    rate: int = 22050
    version: str = "1"
    work: Work = Work.COMPUTE

    def __repr__(self) -> str:
        return "Counting"

    def say(self, utterance: Utterance) -> Speech:
        if self.refused and self.refused in utterance.spoken:
            raise SpeechError("counting", "will not")
        with self.log.open("a") as log:
            log.write(f"{utterance.spoken}\n")
        return EspeakEngine().say(utterance)


@dataclass(frozen=True, repr=False)
class Together(Counting):
    """One that is asked for many at a time."""

    def say_many(self, utterances: Sequence[Utterance]) -> Iterator[Speech]:
        yield from [self.say(utterance) for utterance in utterances]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    (tmp_path / "log").touch()
    return tmp_path / "log"


def asked(log: Path) -> list[str]:
    return log.read_text().splitlines()


@given(
    st.binary(min_size=2, max_size=400).map(lambda data: data[: len(data) // 2 * 2]),
    st.lists(st.builds(WordMark, *[st.integers(0, 2**32 - 1)] * 3), max_size=5),
)
def test_a_segment_comes_back_as_it_was(sound: bytes, words: list[WordMark]) -> None:
    segment = Segment(sound, tuple(words))
    assert Segment.from_bytes(segment.to_bytes()) == segment


@given(st.data())
def test_a_segment_cut_short_is_none(data: st.DataObject) -> None:
    whole = Segment(bytes(range(100)), (WordMark(0, 3, 5),)).to_bytes()
    with pytest.raises(SegmentError):
        Segment.from_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])


@pytest.mark.parametrize("kind", [Counting, Together])
def test_what_was_spoken_before_a_refusal_is_not_spoken_again(
    kind: type[Counting], log: Path, tmp_path: Path
) -> None:
    cache = FolderCache(tmp_path / "cache")
    with pytest.raises(SpeechError):
        list(segments(Counting(log, refused="Three"), [FIRST, SECOND, THIRD], cache))
    assert len(list(segments(kind(log), [FIRST, SECOND, THIRD], cache))) == 3
    assert asked(log) == ["One ferry.", "Two boats.", "Three ships."]


def test_a_sentence_that_comes_twice_is_spoken_once(log: Path, tmp_path: Path) -> None:
    heard = list(segments(Counting(log), [FIRST, SECOND, FIRST], FolderCache(tmp_path / "cache")))
    assert asked(log) == ["One ferry.", "Two boats."]
    assert heard[0] == heard[2] != heard[1]


def test_formats_loudness_and_pauses_share_what_was_spoken(log: Path, tmp_path: Path) -> None:
    cache = FolderCache(tmp_path / "cache")
    studio = Studio(Counting(log), mp3.Format(22050, 64))
    record(RecordingJob(studio, (FIRST,), kept=cache))
    record(
        RecordingJob(
            replace(studio, form=Aac(22050, 64), loudness=-19.0), (replace(FIRST, pause=2.0),), kept=cache
        )
    )
    assert asked(log) == ["One ferry."]


def test_another_voice_role_or_word_is_another_segment() -> None:
    engine = EspeakEngine()
    names = {
        key(engine, FIRST),
        key(EspeakEngine(voice="en-gb"), FIRST),
        key(EspeakEngine(speed=1.5), FIRST),
        key(engine, SECOND),
        key(engine, replace(FIRST, role=Role.QUOTED)),
        key(engine, replace(FIRST, language="de")),
    }
    assert len(names) == 6
    assert key(engine, FIRST) == key(engine, replace(FIRST, pause=3.0, printed="1 ferry."))


@pytest.mark.parametrize("harm", [b"", b"\0" * 40, b"short"])
def test_a_damaged_segment_is_spoken_again(harm: bytes, log: Path, tmp_path: Path) -> None:
    cache = FolderCache(tmp_path / "cache")
    (first,) = segments(Counting(log), [FIRST], cache)
    cache.put(key(Counting(log), FIRST), harm)  # sound to the cache, but no segment
    (again,) = segments(Counting(log), [FIRST], cache)
    assert again == first
    assert asked(log) == ["One ferry.", "One ferry."]


def test_words_are_where_they_are_heard() -> None:
    studio = Studio(EspeakEngine(), mp3.Format(22050, 64))
    recording = record(RecordingJob(studio, (FIRST, replace(SECOND, pause=0.5))))
    assert isinstance(recording, Recording)
    for (first, last), words in zip(recording.spans, recording.words, strict=True):
        assert len(words) == 2
        assert first <= words[0].sample < words[1].sample < last
        assert words[1].sample - words[0].sample > 22050 // 10
    assert Recording.from_bytes(recording.to_bytes()) == recording


@dataclass(frozen=True)
class Unsure:
    """Silence, a tone, silence; its one word is told at some sample."""

    told: int
    offset: int = 0
    rate: int = 24000
    version: str = "1"
    work: Work = Work.COMPUTE

    def say(self, utterance: Utterance) -> Speech:  # noqa: ARG002 - it says the same whatever it is told
        tone = np.sin(np.arange(self.rate) / 10).astype(np.float32)
        sound = np.concatenate((pcm.silence(8000), tone, pcm.silence(8000)))
        return Speech(pcm.to_bytes(sound), (WordMark(self.offset, 3, self.told),))


@pytest.mark.parametrize("told", [0, 5000, 8000, 11000])
def test_the_first_word_begins_where_the_sound_does(told: int) -> None:
    (heard,) = segments(Unsure(told), [Utterance("“One.", "“One.", "en")], Forgetful())
    assert heard.words[0].sample == pytest.approx(BREATH * 24000, abs=3)
    (later,) = segments(Unsure(told, 5), [Utterance("One two.", "One two.", "en")], Forgetful())
    assert later.words[0].sample == pytest.approx(max(0, told - 8000 + BREATH * 24000), abs=3)


@dataclass(frozen=True)
class Deadly:
    """A real engine by which the process is killed that speaks a word."""

    word: str
    rate: int = 22050
    version: str = "1"
    work: Work = Work.COMPUTE

    def say(self, utterance: Utterance) -> Speech:
        if self.word in utterance.spoken:
            os.kill(os.getpid(), signal.SIGKILL)
        return EspeakEngine().say(utterance)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_an_article_that_kills_whoever_speaks_it_is_lost_alone() -> None:
    passages = [Passage((said,), article=Article(said.printed, ())) for said in (FIRST, SECOND, THIRD)]
    events: list[Event] = []
    job = Job(executors=lambda _: Processes(2), report=events.append)
    studio = Studio(Deadly("boats"), mp3.Format(22050, 64))
    placed = narrate(passages, studio, job, io.BytesIO())
    assert [one.passage for one in placed] == [passages[0], passages[2]]
    assert [event for event in events if isinstance(event, Lost)] == [
        Lost(SECOND.printed, f"engine Deadly: {LOST}")
    ]
