"""The times of printed words, from those of the words that were spoken."""

import html
import json
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
import webvtt as reader
from hypothesis import given
from hypothesis import strategies as st

from newsexport.engines.espeak import EspeakEngine
from newsexport.narration.timeline import Cue, Timeline, onsets
from newsexport.narration.transcripts import podcast_json, webvtt
from newsexport.speech import Utterance, WordMark

RATE = 1000  # a sample is a millisecond
STAMP = re.compile(r"<(\d+):(\d\d):(\d\d)\.(\d{3})>")


def spoken_at(printed: str, spoken: str, first: int = 500, each: int = 100) -> Cue:
    """A cue whose words are said one after the other, each as long as the last."""
    found = list(re.finditer(r"\S+", spoken))
    marks = (WordMark(one.start(), len(one[0]), first + at * each) for at, one in enumerate(found))
    return Cue(Utterance(printed, spoken, "en"), first, first + len(found) * each, tuple(marks))


def told(cue: Cue) -> dict[str, int]:
    """Each stretch of the printed text with the sample it is heard from."""
    printed = cue.utterance.printed
    found = onsets(cue, printed)
    ends = [*(one.offset for one in found[1:]), len(printed)]
    return {printed[one.offset : end].strip(): one.sample for one, end in zip(found, ends, strict=True)}


def test_words_that_are_said_as_they_are_printed_have_their_own_time() -> None:
    assert told(spoken_at("The ferry, late.", "The ferry, late.")) == {
        "The": 500,
        "ferry,": 600,
        "late.": 700,
    }


def test_what_is_said_otherwise_begins_when_its_spoken_form_does() -> None:
    cue = spoken_at("Who pays $4.5bn now?", "Who pays four point five billion dollars now?")
    assert told(cue) == {"Who": 500, "pays": 600, "$4.5bn": 700, "now?": 1200}


def test_no_time_is_made_up_within_a_stretch_that_is_said_otherwise() -> None:
    cue = spoken_at("Dr. J. Hale 3-2 won", "Doctor Jay Hale three two won")
    assert told(cue) == {"Dr. J.": 500, "Hale": 700, "3-2": 800, "won": 1000}


def test_what_is_printed_and_not_said_has_no_time_of_its_own() -> None:
    cue = spoken_at("Hale (see page nine) won — at last", "Hale won at last")
    assert told(cue) == {"Hale (see page nine)": 500, "won —": 600, "at": 700, "last": 800}


def test_words_that_come_again_and_again_have_times_of_their_own() -> None:
    text = "row and row and " * 60
    assert len(onsets(spoken_at(f"$5: {text}", f"five pounds {text}"), f"$5: {text}")) == 241


def test_an_engine_that_tells_no_words_gives_no_times() -> None:
    assert onsets(Cue(Utterance("The ferry", "The ferry", "en"), 0, 900), "The ferry") == []


def test_a_transcript_by_words_reads_like_this(golden: Callable[[str, str], None]) -> None:
    cues = (
        spoken_at(
            "Harbour & Sons <ltd> pays $4.5bn",
            "Harbour and Sons Limited pays four point five billion dollars",
        ),
        spoken_at("It opens in 2031.", "It opens in twenty thirty-one.", 3000, 250),
        Cue(Utterance("No words are told.", "No words are told.", "en"), 5000, 6000),
    )
    golden("narration/by-words.vtt", webvtt(Timeline(RATE, 7000, cues, ()), words=True))


WORDS = st.sampled_from(
    ["tram", "the", "5-4", "<b>", "-->", "&", "市議会", "five", "to", "four", "Éire", "_"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@given(SENTENCES, SENTENCES, st.integers(0, 5000), st.integers(1, 400))
def test_times_rise_within_their_cue_and_the_text_is_whole(
    printed: str, spoken: str, first: int, each: int
) -> None:
    cue = spoken_at(printed, spoken, first, each)
    text = webvtt(Timeline(RATE, cue.last + 9, (cue,), ()), words=True)
    (caption,) = reader.from_string(text).captions
    stamps = [
        ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest)
        for hours, minutes, seconds, rest in STAMP.findall(caption.raw_text)
    ]
    times = [caption.start_time.in_milliseconds(), *stamps, caption.end_time.in_milliseconds()]
    assert all(one < other for one, other in pairwise(times))
    bare = STAMP.sub("", caption.raw_text).removeprefix("<v Reader>")
    assert html.unescape(bare) == printed


@given(SENTENCES)
def test_what_is_said_as_printed_is_timed_word_by_word(printed: str) -> None:
    timed = [word for word in re.finditer(r"\S+", printed) if re.search(r"[^\W_]", word[0])]
    assert [one.offset for one in onsets(spoken_at(printed, printed), printed)] == [
        one.start() for one in timed
    ]


@pytest.mark.parametrize("printed", ["The harbour line opens on Monday.", "Nine of them voted against it."])
def test_espeak_tells_its_words_in_the_order_of_reading(printed: str) -> None:
    speech = EspeakEngine().say(Utterance(printed, printed, "en"))
    cue = Cue(Utterance(printed, printed, "en"), 0, len(speech.pcm) // 2, speech.words)
    assert len(onsets(cue, printed)) == len(printed.split())


def test_the_transcript_in_json_tells_the_words_of_a_segment_too() -> None:
    cues = (
        spoken_at("It opens in 2031.", "It opens in twenty thirty-one.", 3000, 250),
        Cue(Utterance("No words are told.", "No words are told.", "en"), 5000, 6000),
    )
    opens, untold = json.loads(podcast_json(Timeline(RATE, 7000, cues, ())))["segments"]
    assert [opens["body"][offset:].split()[0] for offset, _ in opens["words"]] == ["opens", "in", "2031."]
    assert [second for _, second in opens["words"]] == sorted(second for _, second in opens["words"])
    assert all(opens["startTime"] < second < opens["endTime"] for _, second in opens["words"])
    assert "words" not in untold
