"""What is heard: the phonemes that the embedded voices make of what is spoken."""

import pytest

from newsexport.engines.espeak import EspeakEngine
from newsexport.engines.phonemes import misaki
from newsexport.engines.word_marks import engine_text
from newsexport.speech import Utterance
from spokenform import speak


def heard(printed: str, language: str = "en") -> str:
    """The IPA of what is said for a text, without stress."""
    engine = EspeakEngine()
    said = speak(printed, language)
    asked = Utterance(printed, said.text, language, pronunciations=said.pronunciations)
    sent = engine_text(asked, lambda ipa: engine.pronounced(ipa, language))
    return engine.transcribed(sent.text, language).replace("ˈ", "").replace("ˌ", "")


@pytest.mark.parametrize(
    ("printed", "sound"),
    [
        ("the AI Act", "eɪ aɪ"),
        ("in the UAE", "juː eɪ iː"),
        ("at 9 a.m. today", "naɪn eɪ ɛm"),
        ("AT&T said", "eɪ tiː ænd tiː"),
        ("the A38 is shut", "eɪ θɜːɾi"),
        ("Vitamin A is good", "eɪ ɪz"),
        ("in AD 79", "eɪ diː"),
        ("an AAA rating", "tɹɪpəl eɪ"),
        ("an A* and a B", "eɪ stɑːɹ"),
        ("in C# and F#", "siː ʃɑːɹp"),
        ("the α-wave", "ælfə weɪv"),
        ("a pH of 7", "piː eɪtʃ"),
        ("NGOs' pay", "oʊz"),
        ("3 RBIs", "ɑːɹ biː aɪz"),
        ("five DAUs", "diː eɪ juːz"),
        ("the MPs met", "ɛm piːz"),
        ("two CEOs left", "siː iː oʊz"),
        ("A TV show", "ɐ tiː viː"),
        ("A US senator", "ɐ juː ɛs"),
    ],
)
def test_letters_sound_as_their_names_and_articles_as_articles(printed: str, sound: str) -> None:
    assert sound in heard(printed)


@pytest.mark.parametrize(
    ("printed", "sound"),
    [
        ("in the UAE", "jˈu ˈA ˈi"),
        ("at 9 a.m. today", "ˈA ˈɛm"),
        ("the A38 is shut", "ˈA θˈɜɹT"),
        ("3 RBIs", "ˈɑɹ bˈi ˈIz"),
        ("the MPs met", "ˈɛm pˈiz"),
        ("A US senator", "ɐ jˈu ˈɛs"),
    ],
)
def test_the_neural_voice_of_english_hears_them_too(printed: str, sound: str) -> None:
    g2p = pytest.importorskip("hibari.g2p").G2P()
    said = speak(printed, "en")
    asked = Utterance(printed, said.text, "en", pronunciations=said.pronunciations)
    sent = engine_text(asked, lambda ipa: (told := misaki(ipa)) and f"[x](/{told}/)")
    assert sound in g2p(sent.text)


@pytest.mark.parametrize(
    ("printed", "language", "sound"),
    [
        ("nos EUA", "pt", "ɛ u"),
        ("a OMS disse", "pt", "ɔ ɛm"),
        ("według WHO", "pl", "vu xa"),
        ("ВВП вырос", "ru", "vɛ vɛ"),
        ("в США", "ru", "ɛs ʃ"),
        ("КНР", "ru", "ka ɛn"),
    ],
)
def test_a_letter_that_is_a_word_too_sounds_as_its_name(printed: str, language: str, sound: str) -> None:
    assert sound in heard(printed, language)


def test_a_mark_behind_a_letter_is_never_spoken_or_taken_from_what_is_printed() -> None:
    for printed in ("the AI Act", "A\u2063I", "the RBIs' sum"):
        assert "\u2063" not in speak(printed, "en").text
