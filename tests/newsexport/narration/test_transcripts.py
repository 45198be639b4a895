"""Transcripts read back by readers that are not ours, and by people."""

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import jsonschema
import pysubs2
import pytest
import srt
import webvtt as webvtt_reader
from hypothesis import given
from hypothesis import strategies as st

from newsexport.narration.script import Level
from newsexport.narration.timeline import Chapter, Cue, Timeline
from newsexport.narration.transcripts import (
    COLUMNS,
    Transcript,
    balanced,
    captions,
    podcast_json,
    subrip,
    timed_text,
    transcript,
    webvtt,
)
from newsexport.speech import Role, Utterance
from newsexport.text.counting import columns as width

RATE = 22050

# Podcasting 2.0, podcast:transcript, JSON: what its example and its words ask for.
SCHEMA = {
    "type": "object",
    "required": ["version", "segments"],
    "properties": {
        "version": {"type": "string"},
        "segments": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["startTime", "endTime", "body"],
                "additionalProperties": False,
                "properties": {
                    "startTime": {"type": "number", "minimum": 0},
                    "endTime": {"type": "number", "exclusiveMinimum": 0},
                    "speaker": {"type": "string", "minLength": 1},
                    "body": {"type": "string", "minLength": 1},
                    "words": {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2}},
                },
            },
        },
    },
}

LONG = (
    "The council voted 5-4 on Tuesday, after a night of debates in which the harbour master, two "
    "ferry companies and the school in Hill Street had been heard, to build the line."
)
SENTENCES = (
    ("The Harbour Gazette.", "en", Role.ANNOUNCER, 1.2),
    ("World", "en", Role.ANNOUNCER, 0.8),
    ("Trams & ferries: who pays $4.5bn?", "en", Role.ANNOUNCER, 2.3),
    ("The line from <Quay 5> --> Hill Street opens in 2031.", "en", Role.READER, 3.75),
    (LONG, "en", Role.READER, 9.504),
    ("Гавань открыта", "ru", Role.ANNOUNCER, 1.0),
    ("市議会は火曜日の夜、港沿いの路面電車の新しい路線を五対四で可決した。費用は駐車場の料金でまかなわれる。", "ja", Role.READER, 8.0),
)  # fmt: skip


def example() -> Timeline:
    cues, at = [], RATE // 8
    for printed, language, role, seconds in SENTENCES:
        last = at + round(seconds * RATE)
        cues.append(Cue(Utterance(printed, printed.replace("5", "five"), language, role), at, last))
        at = last + RATE // 3
    chapters = (
        Chapter("World", Level.SECTION, 0, cues[2].first - 900),
        Chapter("Trams & ferries --> who pays?", Level.ARTICLE, cues[2].first - 900, cues[5].first - 900),
        Chapter("Гавань открыта", Level.ARTICLE, cues[5].first - 900, at),
    )
    return Timeline(RATE, at, tuple(cues), chapters)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.lists(
    st.sampled_from(["a", "tram", "-->", "<b>", "&amp;", "市議会", "は、", "x" * 50, "é", "🚋", "1"]),
    max_size=60,
).map(" ".join)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    rate = draw(st.sampled_from([16000, 22050, 24000, 44100, 48000]))
    cues, at = [], draw(st.integers(0, rate))
    for text in draw(st.lists(TEXTS, max_size=8)):
        last = at + draw(st.integers(rate // 10, rate * 3000))
        cues.append(Cue(Utterance(text, text, draw(st.sampled_from(["en", "ja"]))), at, last))
        at = last + draw(st.integers(0, rate // 100))
    return Timeline(rate, at + rate // 8, tuple(cues), (Chapter("All", Level.ARTICLE, 0, at + rate // 8),))


def words(text: str) -> str:
    """What is left of a text when it does not matter how it is broken into lines."""
    return re.sub(r"[\s\x00-\x20\x7f]+", "", text)


def milliseconds(time: timedelta) -> int:
    return time // timedelta(milliseconds=1)


def check_times(times: list[tuple[int, int]], timeline: Timeline) -> None:
    assert all(begin < end for begin, end in times)
    assert all(one[1] <= other[0] for one, other in pairwise(times))
    assert not times or times[-1][1] <= timeline.length * 1000 / timeline.rate + 1


@pytest.mark.parametrize("kind", Transcript)
def test_transcripts_read_like_this(kind: Transcript, golden: Callable[[str, str], None]) -> None:
    golden(f"narration/harbour{kind.suffix}", transcript(kind, example()))


@pytest.mark.slow
@given(timelines())
def test_webvtt_is_read_back_sentence_by_sentence(timeline: Timeline) -> None:
    read = webvtt_reader.from_string(webvtt(timeline)).captions
    shown = [cue for cue in timeline.cues if words(cue.utterance.printed)]
    assert [words(html.unescape(one.text)) for one in read] == [words(cue.utterance.printed) for cue in shown]
    times = [(one.start_time.in_milliseconds(), one.end_time.in_milliseconds()) for one in read]
    check_times(times, timeline)
    for (begin, end), cue in zip(times, shown, strict=True):
        assert abs(begin - cue.first * 1000 / timeline.rate) <= 1
        assert abs(end - cue.last * 1000 / timeline.rate) <= 1


@given(timelines())
def test_subrip_is_read_back_with_all_its_text(timeline: Timeline) -> None:
    read = list(srt.parse(subrip(timeline), ignore_errors=False))
    text = "".join(cue.utterance.printed for cue in timeline.cues).replace("-->", "→")
    assert words("".join(one.content for one in read)) == words(text)
    assert [one.index for one in read] == list(range(1, len(read) + 1))
    check_times([(milliseconds(one.start), milliseconds(one.end)) for one in read], timeline)


@pytest.mark.slow
@given(timelines())
def test_the_podcast_transcript_has_the_shape_that_apps_expect(timeline: Timeline) -> None:
    read = json.loads(podcast_json(timeline))
    jsonschema.validate(read, SCHEMA)
    times = [(round(one["startTime"] * 1000), round(one["endTime"] * 1000)) for one in read["segments"]]
    check_times(times, timeline)
    said = "".join(cue.utterance.printed for cue in timeline.cues)
    assert words("".join(one["body"] for one in read["segments"])) == words(said)


@given(timelines())
def test_text_with_times_has_a_line_for_each_sentence(timeline: Timeline) -> None:
    lines = timed_text(timeline).split("\n")
    said = [cue.utterance.printed for cue in timeline.cues if words(cue.utterance.printed)]
    assert [words(line[14:]) for line in lines if line] == list(map(words, said))


@given(TEXTS)
def test_captions_keep_to_two_lines_of_42_columns_and_lose_nothing(text: str) -> None:
    shown = list(captions(Cue(Utterance(text, text, "en"), 1000, 900_000)))
    assert all(1 <= len(one.lines) <= 2 and max(map(width, one.lines)) <= COLUMNS for one in shown)
    assert words("".join(line for one in shown for line in one.lines)) == words(text)
    if shown:
        assert (shown[0].first, shown[-1].last) == (1000, 900_000)
    assert all(one.last == other.first for one, other in pairwise(shown))


def test_a_long_sentence_is_shown_in_captions_in_proportion_to_their_text() -> None:
    text = "word " * 34  # four captions' worth
    shown = list(captions(Cue(Utterance(text, text, "en"), 0, 170_000)))
    assert len(shown) > 1
    for one in shown:
        assert (one.last - one.first) / sum(map(width, one.lines)) == pytest.approx(170_000 / 166, rel=0.1)


@pytest.mark.parametrize("columns", range(8, 40))
def test_wide_letters_count_twice_and_lines_do_not_begin_with_a_full_stop(columns: int) -> None:
    lines = balanced("市議会は、火曜日に新線を可決した。" * 6, columns)
    assert max(map(width, lines)) <= columns
    assert not any(line.startswith(("。", "、")) for line in lines)


def test_cues_shorter_than_a_millisecond_still_follow_each_other() -> None:
    cues = tuple(Cue(Utterance("a", "a", "en"), at, at + 3) for at in range(0, 30, 3))
    read = json.loads(podcast_json(Timeline(48000, 48000, cues, ())))["segments"]
    check_times([(round(one["startTime"] * 1000), round(one["endTime"] * 1000)) for one in read], example())


def test_a_figure_is_not_parted_from_its_unit() -> None:
    assert balanced("It is 350\u00a0km to the border.", 11) == ["It is", "350\u00a0km to", "the border."]


def test_pysubs2_reads_both_forms_alike() -> None:
    read = [pysubs2.SSAFile.from_string(text) for text in (webvtt(example()), subrip(example()))]
    assert (read[0][0].start, read[0][0].end) == (read[1][0].start, read[1][0].end) == (125, 1325)
    assert read[0][-1].end == read[1][-1].end


@pytest.mark.parametrize("kind", Transcript)
def test_an_edition_in_which_nothing_is_said_has_a_transcript_all_the_same(kind: Transcript) -> None:
    empty = Timeline(RATE, RATE, (), ())
    expected = {
        Transcript.VTT: "WEBVTT\n",
        Transcript.SRT: "",
        Transcript.JSON: '{"version": "1.0.0", "segments": [\n\n]}\n',
        Transcript.TEXT: "",
        Transcript.WORDS: "WEBVTT\n",
    }
    assert transcript(kind, empty) == expected[kind]
