"""Chapters abut and cover, whatever the passages."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from newsexport.narration.script import Level, Opening, Passage
from newsexport.narration.timeline import Placed, assemble
from newsexport.speech import Utterance

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
