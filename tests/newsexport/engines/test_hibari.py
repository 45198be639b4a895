"""The real package with its own voice, and with models made of it that lack something."""

import pickle
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import onnx
import pytest

from newsexport.audio import pcm
from newsexport.engines import hibari, hibari_speaker
from newsexport.engines.hibari import HibariEngine
from newsexport.engines.hibari_speaker import TokenSound, divided, with_quotes
from newsexport.engines.onnx_models import Element, added_output
from newsexport.engines.phonemes import misaki
from newsexport.engines.word_marks import quotation_marks
from newsexport.errors import SpeechError
from newsexport.protocols import ChecksReadiness, HasVoices, SpeechEngine
from newsexport.speech import Pronunciation, Role, Speech, Utterance, Voice

pytest.importorskip("hibari")

SENTENCE = "The council voted on Tuesday, and the ferry runs again."
EMMA = "bf_emma.int8.onnx"


def said(text: str, *told: Pronunciation, engine: HibariEngine | None = None, language: str = "en") -> Speech:
    return (engine or HibariEngine()).say(Utterance(text, text, language, pronunciations=told))


def words(text: str, speech: Speech) -> list[str]:
    return [text[one.offset : one.offset + one.length] for one in speech.words]


def own_model() -> bytes:
    from hibari.voices import voice_path

    return Path(voice_path("heart", download_missing=False)).read_bytes()


@pytest.fixture
def with_emma(tmp_path: Path) -> Iterator[HibariEngine]:
    """A folder in which a voice lies that does not tell how long its sounds last."""
    model = onnx.load_from_string(own_model())
    for node in model.graph.node:
        for names in (node.input, node.output):
            names[:] = ["unnamed" if name == hibari_speaker.DURATIONS else name for name in names]
    (tmp_path / EMMA).write_bytes(model.SerializeToString())
    yield HibariEngine(folder=str(tmp_path))
    hibari_speaker.loaded.cache_clear()


def test_it_has_the_shape_of_an_engine_and_is_sent_to_workers() -> None:
    engine = HibariEngine("heart", 1.5)
    assert isinstance(engine, HasVoices) and isinstance(engine, ChecksReadiness)
    assert pickle.loads(pickle.dumps(engine)) == engine
    shape: SpeechEngine = engine
    shape.say(Utterance("Hello.", "Hello.", "en"))


def test_the_same_text_sounds_the_same_here_and_in_another_process() -> None:
    here = said(SENTENCE)
    assert 2 < len(here.pcm) / 2 / hibari_speaker.RATE < 5
    said("Something else in between.")
    assert said(SENTENCE) == here
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(HibariEngine().say, Utterance(SENTENCE, SENTENCE, "en")).result() == here


def test_every_word_is_marked_in_order() -> None:
    speech = said(SENTENCE)
    assert words(SENTENCE, speech) == SENTENCE.replace(",", "").rstrip(".").split()
    assert all(one.sample < other.sample for one, other in pairwise(speech.words))


@pytest.mark.parametrize("text", ["Maybe tomorrow.", "Four men.", "Yellow boats.", "Some did.", "An end."])
def test_a_word_is_marked_where_its_sound_begins(text: str) -> None:
    """One can see where the first sound begins, if it is no plosive, before which there is a silence of its own."""
    speech = said(text)
    begin = int(np.argmax(np.abs(pcm.from_bytes(speech.pcm)) > 0.01))
    assert abs(begin - speech.words[0].sample) <= 0.06 * hibari_speaker.RATE


@pytest.mark.parametrize(
    ("text", "word"), [("Call a ferry now.", "ferry"), ("Many a sun.", "sun"), ("We saw a ship.", "ship")]
)
@pytest.mark.parametrize("speed", [0.8, 1.0, 1.4])
def test_a_word_within_a_sentence_is_marked_where_its_hiss_begins(text: str, word: str, speed: float) -> None:
    speech = said(text, engine=HibariEngine(speed=speed))
    (mark,) = (one.sample for one in speech.words if text[one.offset :].startswith(word))
    step, around = hibari_speaker.RATE // 100, 15  # frames of 10 ms
    frames = pcm.from_bytes(speech.pcm)[mark - around * step :][: 2 * around * step].reshape(-1, step)
    hiss = (np.abs(np.fft.rfft(frames * np.hanning(step)))[:, 40:] ** 2).sum(axis=1)  # from 4 kHz on
    begin = int(np.argmax(hiss > 0.2 * hiss.max()))
    assert abs(begin - around) <= 6


@pytest.mark.parametrize(
    ("printed", "spoken", "heard"),
    [
        ("“It rains,” she said.", "It rains, she said.", "“ˌɪt ɹˈAnz,” ʃi sˈɛd."),
        ('"Why?" she said.', "Why? she said.", "“wˌI?” ʃi sˈɛd."),
        ("She said ‘no’.", "She said no.", "ʃˌi sˈɛd “nˈO”."),
        ("“$5m,” she said.", "five million dollars, she said.", "“fˈIv mˈɪljᵊn dˈɑləɹz,” ʃi sˈɛd."),
        ("He said: “We go", "He said: We go", "hˌi sˈɛd: “wˌi ɡˌO"),
        ("not once.” Dogs' tails", "not once. Dogs' tails", "nˌɑt wˈʌns.” dˈɔɡz tˈAlz"),
        ('6" tall', "six inches tall", "sˈɪks ˈɪnʧᵻz tˈɔl"),
        ("", "“It rains,” she said.", "“ˌɪt ɹˈAnz,” ʃi sˈɛd."),
        ("Tea (green) – hot", "Tea (green) — hot", "tˈi (ɡɹˈin) — hˈɑt"),
    ],
)
def test_marks_of_quotations_reach_the_model_and_move_no_word(printed: str, spoken: str, heard: str) -> None:
    from hibari.voices import voice_path

    voice = hibari_speaker.loaded(voice_path("heart", download_missing=False), "heart", british=False)
    quotes = quotation_marks(Utterance(printed, spoken, "en"))
    sounds = with_quotes(voice.sounds(spoken.translate(hibari.MARKS)), quotes)
    assert "".join(one.signs for one in sounds) == heard
    speech = HibariEngine().say(Utterance(printed, spoken, "en"))
    assert re.findall(r"\w+", " ".join(words(spoken, speech))) == re.findall(r"\w+", spoken)
    assert (speech.pcm == said(spoken.translate(hibari.MARKS)).pcm) == ("“" not in heard and "”" not in heard)


def test_a_quotation_behind_a_pronunciation_is_where_it_was() -> None:
    told = Pronunciation(0, 5, "ˈkiːv")
    quoted = HibariEngine().say(Utterance("Kyjiw “won”.", "Kyjiw won.", "en", pronunciations=(told,)))
    assert words("Kyjiw won.", quoted) == ["Kyjiw", "won"]
    assert quoted.pcm != said("Kyjiw won.", told).pcm


def test_twice_the_speed_takes_half_the_time_and_marks_move_along() -> None:
    slow, fast = said(SENTENCE), said(SENTENCE, engine=HibariEngine(speed=2))
    assert len(fast.pcm) / len(slow.pcm) == pytest.approx(0.5, abs=0.08)
    assert fast.words[-1].sample / slow.words[-1].sample == pytest.approx(0.5, abs=0.08)


def test_a_pronunciation_is_said_for_its_words_and_they_are_marked_as_one() -> None:
    text = "In Worcester Park, now."
    speech = said(text, Pronunciation(3, 14, "ˈwʊstə pɑːk"))
    assert words(text, speech) == ["In", "Worcester Park", "now"]
    assert speech != said(text)
    assert said(text, Pronunciation(3, 14, "?")) == said(text), "what is no IPA is not said"


@pytest.mark.parametrize(
    ("ipa", "american", "british"),
    [
        ("ˈkiːv", "kˈiv", "kˈiːv"),
        ("ˌmaɪkəlˈændʒəloʊ", "mˌIkəlˈænʤəlO", "mˌIkəlˈanʤəlQ"),
        ("ʃʁøːdɐ", "ʃɹɜɹdə", "ʃɹɜːdə"),
        ("/ˈtʃɛxɔf/", "ʧˈɛkɔf", "ʧˈɛkɔf"),
        ("no IPA!", None, None),
    ],
)
def test_ipa_is_spelled_as_the_model_takes_it(ipa: str, american: str | None, british: str | None) -> None:
    assert misaki(ipa) == american
    assert misaki(ipa, british=True) == british


def test_brackets_and_links_in_a_text_are_no_pronunciations() -> None:
    text = "Sources [sic](/kˈɛɹət/) said."
    assert "Sources" in words(text, said(text)) and "said" in words(text, said(text))
    assert said(text) == said(text.replace("[", "(").replace("]", ")"))


@pytest.mark.parametrize("text", ["Москва.", "北京。", "Łódź, Đà Nẵng.", "λόγος"])
def test_words_in_other_scripts_are_heard(text: str) -> None:
    assert np.abs(pcm.from_bytes(said(text).pcm)).max() > 0.05


def test_what_has_no_word_is_no_reason_to_fail() -> None:
    for text in ("…", "!", "", "☃"):
        assert not said(text).words


def test_a_long_sentence_is_divided_where_a_speaker_would_breathe() -> None:
    sounds = [TokenSound(at, 3, "bˈæt" + "," * (at % 10 == 9)) for at in range(200)]
    pieces = divided(sounds)
    assert [one for piece in pieces for one in piece] == sounds
    assert all(sum(len(one.signs) for one in piece) <= hibari_speaker.LONGEST for piece in pieces)
    assert all(piece[-1].phonemes.endswith(",") for piece in pieces[:-1])
    assert divided(sounds[:5]) == [sounds[:5]] and divided([]) == []


def test_words_of_a_long_sentence_are_marked_through_all_its_parts() -> None:
    text = ", ".join(
        f"{name} spoke for the harbour"
        for name in ("Ada", "Bert", "Cora", "Dora", "Emil", "Fred", "Gina", "Hans", "Ida", "Jan", "Karl")
    )
    speech = said(f"{text}.")
    assert words(text, speech) == text.replace(",", "").split()
    assert all(one.sample < other.sample for one, other in pairwise(speech.words))
    assert speech.words[-1].sample < len(speech.pcm) / 2


def test_a_voice_that_was_fetched_speaks_its_kind_of_english(with_emma: HibariEngine) -> None:
    assert [(one.name, one.language) for one in with_emma.voices()] == [("emma", "en-GB"), ("heart", "en-US")]
    british = said("A bath.", engine=with_emma, language="en-GB")
    assert british == said("A bath.", engine=HibariEngine("emma", folder=with_emma.folder), language="en-US")
    assert british.pcm != said("A bath.", engine=with_emma, language="en-AU").pcm


def test_a_model_that_does_not_tell_speaks_without_marks(with_emma: HibariEngine) -> None:
    speech = said(SENTENCE, engine=with_emma, language="en-GB")
    assert len(speech.pcm) > hibari_speaker.RATE and not speech.words


def test_an_added_output_is_one_to_onnx_itself() -> None:
    model = onnx.load_from_string(own_model() + added_output(hibari_speaker.DURATIONS, Element.INT64))
    assert model.graph.output[-1].name == hibari_speaker.DURATIONS
    assert len(model.graph.output) == 7


def test_what_cannot_speak_says_why(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match=r"no voice named 'ema'.*do you mean emma"):
        HibariEngine("ema").check()
    with pytest.raises(SpeechError, match=r"emma is not here yet.*voices --get emma"):
        HibariEngine("emma", folder=str(tmp_path)).check()
    with pytest.raises(SpeechError, match="English only"):
        said("Guten Tag.", language="de")
    (tmp_path / EMMA).write_bytes(b"no model")
    with pytest.raises(SpeechError, match="emma cannot be loaded"):
        said("Hello.", engine=HibariEngine("emma", folder=str(tmp_path)))


def test_a_role_has_its_own_voice(with_emma: HibariEngine) -> None:
    engine = HibariEngine("announcer=emma", folder=with_emma.folder)
    announced = engine.say(Utterance("Hello.", "Hello.", "en", Role.ANNOUNCER))
    assert announced.pcm != engine.say(Utterance("Hello.", "Hello.", "en")).pcm


def test_voices_are_listed_as_they_are() -> None:
    heart = Voice("heart", "en-US", "Heart (American)", offline=True)
    (listed,) = (one for one in HibariEngine().voices() if one.name == "heart")
    assert (listed.language, listed.title, listed.offline) == (heart.language, heart.title, heart.offline)


@pytest.mark.parametrize("text", ["½", "² ①", "٣٤", "ª", "Ⅷ.", "𝟛"])
def test_signs_that_the_package_passes_over_are_heard_or_cost_nothing(text: str) -> None:
    assert said(text).pcm


def test_a_speed_that_it_has_not_is_refused() -> None:
    HibariEngine(speed=2).check()
    with pytest.raises(SpeechError, match=r"0\.59 to 2\.35 times its speed, not at 3"):
        HibariEngine(speed=3).check()
