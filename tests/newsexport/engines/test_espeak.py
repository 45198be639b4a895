"""The embedded engine, the real library every time."""

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from newsexport.engines import espeak
from newsexport.engines.espeak import EspeakEngine
from newsexport.errors import SpeechError
from newsexport.speech import Role, Speech, Utterance

FOX = "The quick brown fox jumps over the lazy dog."


def said(text: str, language: str = "en", engine: EspeakEngine | None = None) -> Speech:
    return (engine or EspeakEngine()).say(Utterance(text, text, language))


def seconds(speech: Speech) -> float:
    return len(speech.pcm) / 2 / EspeakEngine().rate


def test_a_sentence_lasts_about_as_long_as_a_newsreader_takes() -> None:
    assert 2 < seconds(said(FOX)) < 4


def test_what_was_said_before_does_not_change_what_is_said_now() -> None:
    first = said(FOX)
    for other in ("Something else entirely, at some length.", "Noch etwas."):
        said(other, "de")
    assert said(FOX) == first


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["en", "en+whisper"])
def test_another_process_says_exactly_the_same(voice: str) -> None:
    script = (
        "import hashlib; from newsexport.engines.espeak import EspeakEngine;"
        "from newsexport.speech import Utterance;"
        f"text = {FOX!r}; said = EspeakEngine({voice!r}).say(Utterance(text, text, 'en'));"
        "print(hashlib.sha256(said.pcm).hexdigest())"
    )
    runs = set()
    for pause in (1.1, 0):  # in another second, because a noise could begin with the clock
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        runs.add(done.stdout)
        time.sleep(pause)
    assert len(runs) == 1


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system does not name open files")
@pytest.mark.parametrize(
    ("voice", "language"), [("en-us", "en"), ("de", "de"), ("pt-br", "pt"), ("en-us+f3", "en")]
)
def test_a_voice_sounds_the_same_by_file_and_by_name(
    voice: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_file = said(FOX, language, EspeakEngine(voice))
    monkeypatch.setattr(espeak, "_chosen_by_file", lambda *_: False)
    assert said(FOX, language, EspeakEngine(voice)) == by_file


def test_threads_take_turns() -> None:
    expected = said(FOX)
    with ThreadPoolExecutor(4) as pool:
        assert all(speech == expected for speech in pool.map(lambda _: said(FOX), range(12)))


def test_words_are_marked_where_they_stand_in_the_text() -> None:
    marks = said("Ships sail north.").words
    assert ["Ships sail north."[mark.offset : mark.offset + mark.length] for mark in marks] == [
        "Ships",
        "sail",
        "north",
    ]
    assert [mark.sample for mark in marks] == sorted(mark.sample for mark in marks)


def test_speed_shortens_speech() -> None:
    assert seconds(said(FOX, engine=EspeakEngine(speed=1.5))) < 0.8 * seconds(said(FOX))


@pytest.mark.parametrize("language", ["de", "fr-CA", "he", "ar", "zh-TW", "pt-BR", "en-GB", "no", "ja", "hi"])
def test_many_languages_are_spoken(language: str) -> None:
    texts = {"he": "שלום", "ar": "مرحبا", "zh-TW": "你好", "ja": "こんにちは", "hi": "नमस्ते"}
    assert seconds(said(texts.get(language, "radio"), language)) > 0.2


def test_a_chosen_voice_is_kept_to_its_language() -> None:
    british = EspeakEngine(voice="en-gb")
    assert said(FOX, "en", british) != said(FOX, "en")
    assert said("Guten Tag", "de", british) == said("Guten Tag", "de")


def test_a_language_without_a_voice_is_refused_by_name() -> None:
    with pytest.raises(SpeechError, match="'tlh'"):
        said("nuqneH", "tlh")


def test_an_unknown_voice_is_refused_before_the_first_word() -> None:
    with pytest.raises(SpeechError, match="no voice named 'hal'"):
        EspeakEngine(voice="hal").check()
    EspeakEngine(voice="de").check()


def test_voices_cover_many_languages() -> None:
    languages = {voice.language for voice in EspeakEngine().voices()}
    assert len(languages) > 100
    assert {"en-us", "en-gb", "de", "fr", "he"} <= languages


@pytest.mark.parametrize("text", ["\0", "\ud800", "😀", "a\0b", "…"])
def test_odd_text_is_no_error(text: str) -> None:
    said(text)


def test_every_word_is_marked_once_and_whole() -> None:
    text = "It didn't cost $4.5bn in 1987, said U.S. Sen. O'Neill. Café 😀 is naïve."
    marks = said(text).words
    assert [text[mark.offset : mark.offset + mark.length] for mark in marks] == [
        *("It", "didn't", "cost", "$4.5bn", "in", "1987", "said", "U.S", "Sen", "O'Neill"),
        *("Café", "😀", "is", "naïve"),
    ]
    samples = [mark.sample for mark in marks]
    assert samples == sorted(set(samples))


def test_words_are_marked_where_they_are_heard() -> None:
    # What follows a long pause in the sound is the word after the full stop.
    speech = said("One. Two.")
    samples = memoryview(speech.pcm).cast("h")
    begin = speech.words[1].sample
    quiet = max(abs(value) for value in samples[begin - 2000 : begin - 500])
    loud = max(abs(value) for value in samples[begin : begin + 4000])
    assert quiet < 200 and loud > 2000


def test_a_cast_gives_each_language_and_role_its_voice() -> None:
    mixed = EspeakEngine(voice="en-gb,de=de+f3,announcer=en-us+f2")
    mixed.check()
    assert said(FOX, "en", mixed) == said(FOX, "en", EspeakEngine(voice="en-gb"))
    assert said("Guten Tag", "de", mixed) == said("Guten Tag", "de", EspeakEngine(voice="de+f3"))
    announced = mixed.say(Utterance(FOX, FOX, "en", Role.ANNOUNCER))
    assert announced == said(FOX, "en", EspeakEngine(voice="en-us+f2"))
    with pytest.raises(SpeechError, match="'hal'"):
        EspeakEngine(voice="en-gb,de=hal").check()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers that interrupt here")
def test_an_interrupt_while_it_speaks_is_not_swallowed() -> None:
    """Whatever moment it comes at, within what the library calls back too."""
    came = 0

    def interrupt(*_: object) -> None:
        nonlocal came
        came += 1
        raise KeyboardInterrupt

    text = f"{FOX} " * 40
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        for step in range(60):
            told = came
            with suppress(KeyboardInterrupt):
                signal.setitimer(signal.ITIMER_REAL, 0.004 + step / 2000)
                said(text)
                signal.setitimer(signal.ITIMER_REAL, 0)
                assert came == told, "the interrupt came and nothing was raised"
    finally:
        signal.signal(signal.SIGALRM, before)
    assert came > 0
