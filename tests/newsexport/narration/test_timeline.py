"""Chapters abut and cover, whatever the passages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.narration.script import Level, Opening, Passage
from newsexport.narration.timeline import Chapter, Cue, Onset, Placed, Timeline, assemble, onsets
from newsexport.speech import Utterance, WordMark

RATE = 1000


@st.composite
def placed(draw: st.DrawFn) -> Placed:
    count = draw(st.integers(1, 6))
    spans, at = [], 100
    for _ in range(count):
        length, pause = draw(st.integers(1, 9000)), draw(st.integers(0, 2000))
        spans.append((at, at + length))
        at += length + pause
    openings = []
    if draw(st.booleans()):
        openings.append(Opening("start", draw(st.sampled_from([Level.SECTION, Level.ARTICLE]))))
    later = draw(st.sets(st.integers(1, count - 1))) if count > 1 else set()
    openings += [Opening(f"part {number}", Level.HEADING, number) for number in sorted(later)]
    utterances = tuple(Utterance(str(number), str(number), "en") for number in range(count))
    return Placed(Passage(utterances, tuple(openings)), at + 100, tuple(spans))


@given(st.lists(placed(), min_size=1, max_size=8), st.floats(0, 20))
def test_chapters_abut_and_cover_the_whole(passages: list[Placed], least: float) -> None:
    timeline = assemble(passages, RATE, "The Paper", least)
    chapters = timeline.chapters
    assert chapters[0].first == 0
    assert chapters[-1].last == timeline.length == sum(one.length for one in passages)
    assert all(one.last == other.first for one, other in pairwise(chapters))
    assert all(chapter.first < chapter.last for chapter in chapters)


@given(st.lists(placed(), min_size=1, max_size=8), st.floats(0, 20))
def test_no_short_part_of_an_article_is_a_chapter(passages: list[Placed], least: float) -> None:
    for chapter in assemble(passages, RATE, "The Paper", least).chapters:
        if chapter.level == Level.HEADING and chapter.first:
            assert chapter.last - chapter.first >= round(least * RATE) - 1


@given(st.lists(placed(), min_size=1, max_size=8))
def test_cues_are_in_order_and_none_is_lost(passages: list[Placed]) -> None:
    timeline = assemble(passages, RATE, "The Paper", 0)
    said = [cue.utterance.printed for cue in timeline.cues]
    assert said == [one.printed for placed in passages for one in placed.passage.utterances]
    assert all(one.last <= other.first for one, other in pairwise(timeline.cues))


def test_an_edition_without_openings_is_one_chapter_with_its_title() -> None:
    only = Placed(Passage((Utterance("a", "a", "en"),)), 500, ((10, 400),))
    (chapter,) = assemble([only], RATE, "The Paper", 60).chapters
    assert (chapter.title, chapter.first, chapter.last) == ("The Paper", 0, 500)


def said(*words: str) -> tuple[Utterance, ...]:
    return tuple(Utterance(word, word, "en") for word in words)


def test_a_chapter_begins_in_mid_pause() -> None:
    """Players land a little beside the point they seek, and half a pause is room for that on both sides."""
    openings = (
        Opening("Ferry", Level.ARTICLE, 0, "https://a.example/ferry", "a.jpg"),
        Opening("Tolls", Level.HEADING, 1),
        Opening("Crew", Level.HEADING, 2),
    )
    greeting = Placed(Passage(said("hello")), 250, ((50, 200),))
    ferry = Placed(Passage(said("a", "b", "c"), openings), 4000, ((100, 901), (1300, 2000), (2600, 3900)))
    assert assemble([greeting, ferry], RATE, "The Paper", 1).chapters == (
        Chapter("Ferry", Level.ARTICLE, 0, 1350, "https://a.example/ferry", "a.jpg"),
        Chapter("Tolls", Level.HEADING, 1350, 2550),
        Chapter("Crew", Level.HEADING, 2550, 4250),
    )


def test_a_part_just_long_enough_is_a_chapter_and_a_shorter_one_belongs_to_the_one_before() -> None:
    openings = (Opening("Ferry", Level.ARTICLE), Opening("Tolls", Level.HEADING, 1))
    ferry = Placed(Passage(said("a", "b"), openings), 3000, ((0, 900), (1100, 3000)))
    assert [one.title for one in assemble([ferry], RATE, "P", 2).chapters] == ["Ferry", "Tolls"]
    assert [one.title for one in assemble([ferry], RATE, "P", 2.001).chapters] == ["Ferry"]


def test_short_articles_are_chapters_all_the_same() -> None:
    short = [Placed(Passage(said(name), (Opening(name, Level.ARTICLE),)), 500, ((9, 400),)) for name in "ab"]
    assert [(one.title, one.first) for one in assemble(short, RATE, "P", 60).chapters] == [
        ("a", 0),
        ("b", 500),
    ]


def test_speech_that_lacks_an_utterance_is_no_timeline() -> None:
    for spans, words in (((), ()), (((0, 1), (1, 2)), ()), (((0, 1),), ((), ()))):
        with pytest.raises(ValueError, match="zip"):
            assemble([Placed(Passage(said("a")), 9, spans, words)], RATE, "P", 1)


def test_an_edition_without_openings_says_nothing_of_the_origin_of_its_chapter() -> None:
    only = Placed(Passage(said("a")), 500, ((10, 400),))
    assert assemble([only], RATE, "P", 60).chapters == (Chapter("P", Level.ARTICLE, 0, 500),)


def test_cues_and_words_are_counted_from_the_beginning_of_the_whole() -> None:
    first, second = said("one two", "three")
    silent = Placed(Passage(said("hush")), 1000, ((0, 900),))
    words = ((WordMark(0, 3, 100), WordMark(4, 3, 400)), (WordMark(0, 5, 800),))
    spoken = Placed(Passage((first, second)), 1500, ((50, 700), (800, 1400)), words)
    timeline = assemble([silent, spoken], RATE, "P", 60)
    assert timeline.cues[1:] == (
        Cue(first, 1050, 1700, (WordMark(0, 3, 1100), WordMark(4, 3, 1400))),
        Cue(second, 1800, 2400, (WordMark(0, 5, 1800),)),
    )
    assert timeline.cues[0].words == ()
    assert (timeline.rate, timeline.length) == (RATE, 2500)


def test_milliseconds_are_rounded_to_the_nearest() -> None:
    timeline = Timeline(44_100, 0, (), ())
    assert [timeline.milliseconds(sample) for sample in (0, 22, 23, 44_100, 66_172)] == [0, 0, 1, 1000, 1500]


def test_onsets_lie_within_their_cue_and_rise() -> None:
    spoken = "one two three four"
    utterance = Utterance(spoken, spoken, "en")
    marks = tuple(
        WordMark(spoken.index(word), len(word), sample)
        for word, sample in (("one", 99), ("two", 100), ("three", 100), ("four", 200))
    )
    assert onsets(Cue(utterance, 100, 200, marks), spoken) == [Onset(4, 100)]
    assert onsets(Cue(utterance, 99, 201, marks), spoken) == [Onset(0, 99), Onset(4, 100), Onset(14, 200)]
