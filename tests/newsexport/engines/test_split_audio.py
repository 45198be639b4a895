"""Sentences told apart by their pauses, in the speech of a real voice that marks its words."""

import random

import pytest

from newsexport.engines.espeak import RATE, EspeakEngine
from newsexport.engines.split_audio import cut
from newsexport.speech import Utterance

SENTENCES = (
    "The harbour council voted on Tuesday, by seven votes to two, to pay for a new ferry.",
    "It was about time.",
    "Its mayor, Ada Marsh, said that nobody would miss the noise: it had woken the town since 1987.",
    "Tickets cost £4.50, as they did.",
    "The boat will carry 60 cars, cross the sound in twenty minutes, and sail at night too.",
    "Two schools near the old bridge stay shut while engineers look at what it stands on.",
    "“Not before May,” they said.",
    "Rain is expected on the coast until the weekend; then it clears, says the weather office.",
    "Prices had not changed much.",
)


def test_no_cut_of_a_real_voice_goes_through_a_sentence() -> None:
    chance = random.Random(5)
    sure = 0
    for _ in range(40):
        texts = chance.sample(SENTENCES, chance.randint(2, 9))
        whole = " ".join(texts)
        speech = EspeakEngine(speed=chance.choice((0.9, 1.0, 1.3))).say(Utterance(whole, whole, "en"))
        pieces = cut(speech.pcm, texts, RATE)
        if pieces is None:
            continue
        sure += 1
        assert b"".join(pieces) == speech.pcm
        at = offset = 0
        for piece, text in zip(pieces[:-1], texts, strict=False):
            at += len(piece) // 2
            offset += len(text) + 1
            following = next(mark for mark in speech.words if mark.offset >= offset)
            before = max(
                (mark for mark in speech.words if mark.offset < offset), key=lambda mark: mark.sample
            )
            # A word lasts some tenths of a second, so the cut lies in the pause after it.
            assert before.sample + RATE // 10 < at <= following.sample
    assert sure >= 5


@pytest.mark.parametrize(
    "texts", [["One sentence."] * 3, ["Short.", "A very much longer sentence than that, by far."]]
)
def test_sound_without_pauses_or_without_sound_is_not_cut(texts: list[str]) -> None:
    tone = b"\x00\x10\x00\xf0" * RATE
    assert cut(tone, texts, RATE) is None
    assert cut(bytes(len(tone)), texts, RATE) is None
    assert cut(b"", texts, RATE) is None
