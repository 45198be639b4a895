"""How fast voices speak and how long they pause, in the finished sound."""

import re
from datetime import date

import numpy as np
import pytest
from benchmarks.prosody import Prosody, measured

from newsexport.audio import pcm
from newsexport.engines import word_marks
from newsexport.engines.espeak import EspeakEngine
from newsexport.engines.hibari import HibariEngine
from newsexport.model import Article, Edition, Heading, Paragraph, Section, Span
from newsexport.narration.recording import BREATH
from newsexport.speech import Utterance

RATE = 24000


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def article(title: str, place: str) -> Article:
    body = (
        paragraph(
            f"The harbour council of {place} voted on Tuesday to build another bridge across the estuary, according to "
            "its mayor. Construction begins in September, and the present bridge remains open until it is finished."
        ),
        paragraph(
            "Hardly anybody will miss the noise, said a baker whose family has lived there since the war."
        ),
        Heading((Span("What it costs"),), 2),
        paragraph(
            "The county provides the money. A toll is not planned, although several members demanded one."
        ),
    )
    return Article(title, body, language="en", byline=("Ada Marsh",))


EDITION = Edition(
    "The Morning Edition",
    date(2026, 11, 23),
    "en",
    (Section("World", (article("A bridge for Tarn", "Tarn"), article("Ferries go on", "Oldhaven"))),),
)


@pytest.fixture(scope="module", params=["espeak", "hibari"])
def heard(request: pytest.FixtureRequest) -> Prosody:
    if request.param == "hibari":
        pytest.importorskip("hibari")
    return measured(EDITION, request.param)


def test_news_is_read_as_newsreaders_read_it(heard: Prosody) -> None:
    assert 140 < heard.rate < 175


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        ("sentence", 0.4, 0.6),
        ("paragraph", 0.7, 0.9),
        ("headline", 0.95, 1.2),
        ("heading", 0.95, 1.2),
        ("paragraph before a heading", 0.95, 1.2),
        ("section", 1.2, 1.7),
        ("article", 1.8, 2.4),
    ],
)
def test_pauses_are_as_long_as_they_should_be_with_what_the_voice_leaves(
    heard: Prosody, kind: str, least: float, most: float
) -> None:
    assert least <= heard.heard(kind) <= most
    assert all(abs(gap.heard - gap.timed) < 0.12 for gap in heard.gaps[kind])


@pytest.mark.parametrize("gain", [0.01, 0.1, 0.9])
def test_the_edges_of_a_voice_are_found_however_loud_it_is_and_through_its_noise(gain: float) -> None:
    noise = np.random.default_rng(5).uniform(-0.003, 0.003, 3 * RATE).astype(np.float32)
    noise[RATE : 2 * RATE] = np.sin(np.arange(RATE) * 0.05)
    first, last = pcm.bounds(noise * np.float32(gain), round(BREATH * RATE))
    assert first / RATE == pytest.approx(1 - BREATH, abs=0.002)
    assert last / RATE == pytest.approx(2 + BREATH, abs=0.002)


def test_what_is_silent_throughout_is_left_alone() -> None:
    hiss = np.random.default_rng(5).uniform(-0.0015, 0.0015, RATE).astype(np.float32)
    assert pcm.bounds(hiss, 10) == pcm.bounds(pcm.silence(RATE), 10) == (0, RATE)


@pytest.mark.parametrize(
    ("spoken", "with_commas"),
    [
        ("The mayor (a baker) said so.", "The mayor, a baker, said so."),
        ("It rained — at last — in May (by noon).", "It rained , at last , in May, by noon ."),
        ("Ferry: (one) boats (two) — cars.", "Ferry:, one, boats, two, , cars."),
    ],
)
def test_voices_that_know_neither_brackets_nor_dashes_get_commas_and_words_stay(
    spoken: str, with_commas: str
) -> None:
    told = word_marks.with_commas(Utterance(spoken, spoken, "en"))
    assert told.spoken == with_commas
    words = EspeakEngine().say(Utterance(spoken, spoken, "en")).words
    assert [spoken[one.offset :][: one.length] for one in words] == re.findall(r"\(?\w+", spoken)


def test_a_neural_voice_says_what_stands_in_brackets_otherwise_than_between_commas() -> None:
    pytest.importorskip("hibari")

    def seconds(text: str) -> int:
        return len(HibariEngine().say(Utterance(text, text, "en")).pcm)

    assert seconds("The mayor (a baker) said so.") < seconds("The mayor, a baker, said so.")
