"""IPA for the embedded voice, checked by what the library itself says it would say."""

import pytest

from newsexport.engines.espeak import EspeakEngine
from newsexport.engines.phonemes import plain, pronounced
from newsexport.speech import Pronunciation, Speech, Utterance

ENGINE = EspeakEngine()

# Whatever the voice says for these can be asked for in its own transcription.
WORDS = {
    "en": "government council ferry bridge parliament children measure vision judge north nurse Washington",
    "en-gb": "fire power tour goat water parliament hair",
    "de": "Regierung Bürgermeister Brücke Krankenhaus München Häuser ich Buch Zug schön Tag",
    "fr": "gouvernement pont hôpital bon vin un blanc feu lune oiseau montagne",
    "es": "gobierno alcalde niño calle perro guerra lluvia muchacho",
    "it": "sindaco figlio zucchero acqua giorno",
    "pt": "governo hospital pão mãe coração filho carro",
    "nl": "regering burgemeester goed huis leuk",
    "pl": "rząd szpital dziecko życie ręka mąż",
}


@pytest.mark.parametrize(("language", "word"), [(tag, word) for tag in WORDS for word in WORDS[tag].split()])
def test_a_transcription_is_said_as_it_is_written(language: str, word: str) -> None:
    ipa = ENGINE.transcribed(word, language)
    spelled = ENGINE.pronounced(ipa, language)
    assert spelled
    assert ENGINE.transcribed(spelled, language) == ipa


def sounds(ipa: str, language: str = "en") -> str:
    """What is said for a transcription that a person wrote."""
    return ENGINE.transcribed(ENGINE.pronounced(ipa, language) or "", language)


@pytest.mark.parametrize(
    ("ipa", "language", "said"),
    [
        ("/ˈkiːv/", "en", "kˈiːv"),
        ("[zəˈlɛn.ski]", "en", "zəlˈɛnski"),
        ("t͡ʃɛs", "en", "tʃɛs"),
        ("gəʊ", "en", "ɡəʊ"),
        ("ʃiː dʒɪnˈpɪŋ", "en", "ʃiː dʒɪnpˈɪŋ"),
        ("ˈwɔːʃɪŋtən", "de", "wˈɔːʃɪŋtən"),
        ("ˈxesus", "es", "xˈesus"),
    ],
)
def test_signs_of_dictionaries_are_understood(ipa: str, language: str, said: str) -> None:
    assert sounds(ipa, language) == said


def test_a_sound_that_a_voice_has_not_is_replaced_by_the_nearest() -> None:
    assert sounds("ˈʁyː") == "ʁˈuː"
    assert sounds("ɲɔkːi", "en") == "ɲɔkːi"
    assert sounds("ˈstɑːɹmɚ", "fr") == "stˈaːrmər"


def test_what_is_no_transcription_is_refused() -> None:
    for text in ("", "  ", "5", "k%v", "ˈki€v"):
        assert ENGINE.pronounced(text, "en") is None


def test_one_spelling_of_ipa() -> None:
    assert plain("/ˈt͡ʃeː.ɡʷaː/") == "ˈtʃeːɡwaː"
    assert plain("g") == "ɡ"
    assert pronounced("k", {"k": "k"}) == "[[k]]"


def heard(text: str, *pronunciations: Pronunciation) -> Speech:
    return ENGINE.say(Utterance(text, text, "en", pronunciations=pronunciations))


def test_a_pronunciation_changes_its_word_and_no_other() -> None:
    text = "They went to Kyiv today."
    as_usual, told = heard(text), heard(text, Pronunciation(13, 4, "ˈkiːv"))
    assert told.pcm != as_usual.pcm
    words = [
        [text[mark.offset : mark.offset + mark.length] for mark in one.words] for one in (as_usual, told)
    ]
    assert words[0] == words[1] == ["They", "went", "to", "Kyiv", "today"]
    assert [mark.sample for mark in told.words[:4]] == pytest.approx(
        [mark.sample for mark in as_usual.words[:4]], abs=100
    )


def test_a_phrase_with_one_pronunciation_is_one_word() -> None:
    text = "Then Xi Jinping spoke."
    marks = heard(text, Pronunciation(5, 10, "ʃiː dʒɪnˈpɪŋ")).words
    assert [text[mark.offset : mark.offset + mark.length] for mark in marks] == [
        "Then",
        "Xi Jinping",
        "spoke",
    ]


def test_a_pronunciation_that_cannot_be_read_leaves_the_word_as_it_was() -> None:
    assert heard("To Kyiv.", Pronunciation(3, 4, "???")) == heard("To Kyiv.")


def test_brackets_in_the_text_are_no_phonemes() -> None:
    assert len(heard("He said [[sic]] twice.").words) == 4
