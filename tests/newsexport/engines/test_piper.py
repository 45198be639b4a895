"""The real Piper and the real runtime, with a voice that is built here: a tone for each text."""

import json
import math
import pickle
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from newsexport.engines.piper import LONGEST, PACE, PiperEngine
from newsexport.engines.split_text import pack
from newsexport.errors import SpeechError
from newsexport.events import ignore
from newsexport.narration.auditions import casting
from newsexport.protocols import ChecksReadiness, HasVoices, SpeechEngine
from newsexport.speech import Gender, Pronunciation, Quality, Role, Speech, Utterance

SENTENCE = "The ferry runs again."
# Samples for each number of a phoneme, and how many of them a unit of durations has; the signs that a voice knows.
HOP, RATE, UNIT = 800, 16000, 8
SIGNS = "_^$ abcdefhijklmnopqrstuvwxyzɐɑɒɔəɛɜɡɪɹʃʊʌʒˈˌːθðŋæɾ.,!?\u0329"


def build_voice(
    folder: Path,
    name: str,
    pitch: float = 0.17,
    hop: int = HOP,
    durations: str = "/Ceil_output_0",
    **described: object,
) -> None:
    """The least that Piper can speak with: as many samples of a tone as the phonemes and scales ask for.

    How long each lasts is called `durations` within. With two speakers the second is an octave above.
    """
    speakers = described.get("speaker_id_map") or {}
    numbers = {"hop": hop / UNIT, "unit": UNIT, "zero": 0, "one": 1, "pitch": pitch, "loud": 0.4}
    constants = [helper.make_tensor(key, TensorProto.FLOAT, [], [value]) for key, value in numbers.items()]
    constants += [
        helper.make_tensor("shape", TensorProto.INT64, [4], [1, 1, 1, -1]),
        helper.make_tensor("length", TensorProto.INT64, [], [1]),
    ]
    steps: list[tuple[str, Sequence[str], str, dict[str, Any]]] = [
        ("Gather", ["scales", "length"], "scale", {"axis": 0}),
        ("Cast", ["input"], "numbers", {"to": TensorProto.FLOAT}),
        ("Mul", ["numbers", "zero"], "zeros", {}),
        ("Mul", ["hop", "scale"], "wanted", {}),
        ("Add", ["zeros", "wanted"], "units", {}),
        ("Ceil", ["units"], durations, {}),
        ("ReduceSum", [durations], "count", {"keepdims": 0}),
        ("Mul", ["count", "unit"], "samples", {}),
        ("Range", ["zero", "samples", "one"], "times", {}),
        ("Mul", ["times", "pitch"], "phases", {}),
        ("Sin", ["phases"], "wave", {}),
        ("Mul", ["wave", "loud"], "quiet", {}),
        ("Reshape", ["quiet", "shape"], "output", {}),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, None]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, [1]))
        steps[9:10] = [
            ("Cast", ["sid"], "sids", {"to": TensorProto.FLOAT}),
            ("Add", ["sids", "one"], "octave", {}),
            ("Mul", ["octave", "pitch"], "higher", {}),
            ("Mul", ["times", "higher"], "phases", {}),
        ]
    nodes = [helper.make_node(kind, wanted, [made], **settings) for kind, wanted, made, settings in steps]
    outputs = [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, None])]
    graph = helper.make_graph(nodes, "voice", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    (folder / f"{name}.onnx").write_bytes(model.SerializeToString())
    description = {
        "audio": {"sample_rate": RATE, "quality": name.rpartition("-")[2]},
        "espeak": {"voice": "en-us"},
        "language": {"code": name.partition("-")[0]},
        "dataset": name.split("-")[1],
        "phoneme_type": "espeak",
        "phoneme_id_map": {sign: [number] for number, sign in enumerate(SIGNS)},
        "num_symbols": 256,
        "hop_length": UNIT,
        "num_speakers": max(1, len(speakers)),  # type: ignore[arg-type]
        **described,
    }
    (folder / f"{name}.onnx.json").write_text(json.dumps(description), encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("voices")
    build_voice(folder, "en_US-ada-low", gender="female")
    build_voice(folder, "en_US-bert-medium", pitch=0.3)
    build_voice(folder, "en_GB-cora-low", pitch=0.1)
    build_voice(folder, "de_DE-pair-high", speaker_id_map={"low": 0, "high": 1}, espeak={"voice": "de"})
    return folder


def said(
    engine: PiperEngine, text: str = SENTENCE, language: str = "en-US", role: Role = Role.READER
) -> Speech:
    return engine.say(Utterance(text, text, language, role))


def pitch(speech: Speech, rate: int) -> float:
    """The frequency of the tone, in radians a sample at the voice's own rate."""
    samples = np.frombuffer(speech.pcm, "<i2").astype(float)
    strongest = int(np.argmax(np.abs(np.fft.rfft(samples)))) / len(samples)
    return strongest * 2 * np.pi * rate / RATE


def test_a_text_is_spoken_through_the_model_and_always_the_same(folder: Path) -> None:
    engine = PiperEngine("en_US-ada-low", folder=str(folder))
    speech = said(engine)
    assert 1 < len(speech.pcm) / 2 / engine.rate < 4
    assert said(engine) == speech
    assert pitch(speech, engine.rate) == pytest.approx(0.17, abs=0.002)


def test_speed_and_rate_are_as_wanted(folder: Path) -> None:
    engine = PiperEngine("en_US-ada-low", folder=str(folder), rate=RATE)
    whole = len(said(engine).pcm)
    assert len(said(replace(engine, speed=2.0)).pcm) == pytest.approx(whole / 2, rel=0.01)
    assert len(said(replace(engine, rate=48000)).pcm) == pytest.approx(3 * whole, rel=0.01)


def test_the_voices_of_a_folder_are_described(folder: Path) -> None:
    voices = PiperEngine(folder=str(folder)).voices()
    assert [(voice.name, voice.language, voice.quality) for voice in voices] == [
        ("de_DE-pair-high#high", "de-DE", Quality.HIGH),
        ("de_DE-pair-high#low", "de-DE", Quality.HIGH),
        ("en_GB-cora-low", "en-GB", Quality.MEDIUM),
        ("en_US-ada-low", "en-US", Quality.MEDIUM),
        ("en_US-bert-medium", "en-US", Quality.MEDIUM),
    ]
    assert voices[3].gender is Gender.FEMALE
    assert all(voice.offline for voice in voices)


def test_without_a_name_the_best_voice_of_the_language_speaks(folder: Path) -> None:
    engine = PiperEngine(folder=str(folder))
    pitches = [pitch(said(engine, language=tag), engine.rate) for tag in ("en-US", "en-GB", "en")]
    assert pitches == [pytest.approx(expected, abs=0.003) for expected in (0.3, 0.1, 0.3)]


def test_a_language_is_spoken_under_whichever_of_its_names(tmp_path: Path) -> None:
    build_voice(tmp_path, "no_NO-nora-low", espeak={"voice": "nb"})
    engine = PiperEngine(folder=str(tmp_path))
    assert said(engine, "God dag", "nb").pcm == said(engine, "God dag", "no").pcm


def test_a_voice_with_several_speakers_speaks_as_the_one_that_is_named(folder: Path) -> None:
    engine = PiperEngine(
        "en_US-ada-low,de=de_DE-pair-high#low,de/announcer=de_DE-pair-high#high", folder=str(folder)
    )
    engine.check()
    reader, announcer = (said(engine, "Guten Tag", "de", role) for role in (Role.READER, Role.ANNOUNCER))
    assert pitch(announcer, engine.rate) == pytest.approx(2 * pitch(reader, engine.rate), rel=0.02)
    with pytest.raises(SpeechError, match="no speaker 'third' in de_DE-pair-high"):
        said(replace(engine, voice="de_DE-pair-high#third"), "Guten Tag", "de")


def test_a_pronunciation_is_said_sound_by_sound(folder: Path) -> None:
    def length(ipa: str) -> int:
        told = (Pronunciation(4, 5, ipa),)
        return len(
            PiperEngine("en_US-ada-low", folder=str(folder))
            .say(Utterance(SENTENCE, SENTENCE, "en", pronunciations=told))
            .pcm
        )

    # Each sign more is two numbers more for the model: its own and the one between.
    assert length("fɛɹɪɪɪ") - length("fɛɹɪ") == pytest.approx(2 * 2 * 2 * sound(1) * 22050 / RATE, abs=8)
    assert length("???€") == len(said(PiperEngine("en_US-ada-low", folder=str(folder)), language="en").pcm)


def sound(speed: float) -> float:
    """Samples of each number at a speed, in whole units."""
    return math.ceil(HOP / UNIT / (speed * PACE)) * UNIT


def heard_at(folder: Path, utterance: Utterance, **options: Any) -> list[tuple[str, int]]:
    engine = PiperEngine("en_US-ada-low", folder=str(folder), rate=RATE, **options)
    words = engine.say(utterance).words
    return [(utterance.spoken[one.offset : one.offset + one.length], one.sample) for one in words]


def at(number: int, speed: float = 1.0, early: float = 0.01) -> Any:
    """The sample at which a sound begins, of which each is as long as the others, and so many seconds earlier."""
    return pytest.approx(max(0, number * sound(speed) - early * RATE), abs=1)


@pytest.mark.parametrize("speed", [1.0, 1.25])
def test_words_are_marked_where_the_one_before_ends(folder: Path, speed: float) -> None:
    # ^_ ð_ə_ _f_ˈ_ɛ_ɹ_i_ _ɹ_ˈ_…: a sign and what stands between it and the next are two numbers.
    utterance = Utterance("The ferry ran.", "The ferry ran.", "en-US")
    assert heard_at(folder, utterance, speed=speed) == [
        ("The", 0),
        ("ferry", at(6, speed)),
        ("ran", at(18, speed)),
    ]


def test_words_that_are_spoken_together_or_as_several_are_told_apart(folder: Path) -> None:
    text = "One of the 24 ran (at 9)."
    marks = heard_at(folder, Utterance(text, text, "en-US"))
    sounds = "^wˈʌn ʌvðə twˈɛnti fˈɔːɹ ɹˈæn, æt nˈaɪn."
    begins = [("of", " ʌv"), ("the", "ðə"), ("24", " tw"), ("ran", " ɹˈæ"), ("9", " nˈ")]
    told = {word: at(2 * sounds.index(sign)) for word, sign in begins}
    after_a_stop = {"(at": at(2 * sounds.index("æt"), early=0.03)}
    assert dict(marks) == {"One": 0, **told, **after_a_stop}


def test_a_stress_that_lasts_is_the_beginning_of_its_word(folder: Path) -> None:
    text = "One ran, all asked."
    sounds = "^wˈʌn ɹˈæn, ˈɔːl ˈæskt."
    marks = dict(heard_at(folder, Utterance(text, text, "en-US")))
    assert marks["asked"] == at(2 * sounds.index(" ˈæ"))
    assert marks["all"] == at(2 * sounds.index("ˈɔ"), early=0.03)


def test_a_word_with_a_pronunciation_is_marked_as_it_was_written(folder: Path) -> None:
    text = "The xyz ran."
    marks = heard_at(folder, Utterance(text, text, "en-US", pronunciations=(Pronunciation(4, 3, "fɛɹi"),)))
    assert marks == [("The", 0), ("xyz", at(6)), ("ran", at(16))]


def test_a_model_that_does_not_tell_how_long_its_sounds_last_speaks_all_the_same(
    folder: Path, tmp_path: Path
) -> None:
    build_voice(tmp_path, "en_US-ada-low", durations="/Other_output_0")
    silent = said(PiperEngine("en_US-ada-low", folder=str(tmp_path)))
    telling = said(PiperEngine("en_US-ada-low", folder=str(folder)))
    assert silent.pcm == telling.pcm
    assert telling.words and not silent.words


def test_what_is_missing_is_told_in_a_line(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSEXPORT_PIPER_VOICES", raising=False)
    monkeypatch.delenv("NEWSEXPORT_VOICES", raising=False)
    with pytest.raises(SpeechError, match="there is no voice; `newsexport voices --get LANGUAGE` brings one"):
        PiperEngine().check()
    with pytest.raises(SpeechError, match="no folder of voices is named; set its folder option"):
        _ = PiperEngine().home
    with pytest.raises(SpeechError, match=f"there is no voice in {tmp_path}"):
        PiperEngine(folder=str(tmp_path)).check()
    with pytest.raises(SpeechError, match="no voice named 'hal'"):
        PiperEngine("hal", folder=str(folder)).check()
    with pytest.raises(SpeechError, match="has no voice for the language 'fr'"):
        said(PiperEngine(folder=str(folder)), "Bonjour", "fr")
    monkeypatch.setenv("NEWSEXPORT_PIPER_VOICES", str(folder))
    PiperEngine().check()


def test_voices_that_were_fetched_stand_beside_those_of_a_folder_of_ones_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSEXPORT_VOICES", str(tmp_path))
    engine = PiperEngine(folder=str(folder))
    own = [voice.name for voice in engine.voices()]
    (tmp_path / "piper").mkdir()
    build_voice(tmp_path / "piper", "fr_FR-eva-low", pitch=0.2)
    build_voice(tmp_path / "piper", "en_US-ada-low", pitch=0.2)
    assert {voice.name for voice in engine.voices()} == {*own, "fr_FR-eva-low"}
    assert pitch(said(engine, "Bonjour", "fr"), engine.rate) == pytest.approx(0.2, abs=0.003)
    ada = replace(engine, voice="en_US-ada-low")
    assert pitch(said(ada), engine.rate) == pytest.approx(0.17, abs=0.003), "one's own goes first"


def test_the_smallest_voice_goes_before_a_robot_and_after_a_larger_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSEXPORT_PIPER_VOICES", str(tmp_path))
    build_voice(tmp_path, "de_DE-zoe-x_low")
    cast = casting("auto", {}, ignore, offline=True)
    assert cast.chosen("de").speaker("de") == "de_DE-zoe-x_low"
    build_voice(tmp_path, "de_DE-ada-low")
    build_voice(tmp_path, "de_DE-abe-medium")
    assert PiperEngine().speaker("de") == "de_DE-abe-medium"


def test_a_long_sentence_is_divided_where_a_speaker_would_breathe_and_all_its_words_are_marked(
    folder: Path,
) -> None:
    text = ", ".join(["the ferry ran and the council of the town was there"] * 8) + "."
    told = (Pronunciation(text.index("town", 150), 4, "tɑʊn taʊn"),)
    speech = PiperEngine(folder=str(folder)).say(Utterance(text, text, "en-US", pronunciations=told))
    assert [text[one.offset :][: one.length] for one in speech.words] == text.replace(",", "").strip(
        "."
    ).split()
    assert all(one.sample < other.sample for one, other in pairwise(speech.words))
    pieces = pack(text, LONGEST)
    assert len(pieces) == 3 and all(piece[-1] in ",." for piece in pieces)


@pytest.mark.parametrize(
    ("model", "description", "told"),
    [
        (b"no model at all", None, r"en-odd-low\.onnx cannot be loaded: "),
        (None, "{", r"en-odd-low\.onnx\.json cannot be read: "),
        (None, "[]", r"en-odd-low\.onnx\.json describes no voice"),
        (None, '{"language": {"code": "en"}}', r"en-odd-low\.onnx\.json lacks 'num_symbols'"),
    ],
)
def test_a_voice_that_is_broken_is_told_by_its_file(
    tmp_path: Path, model: bytes | None, description: str | None, told: str
) -> None:
    build_voice(tmp_path, "en-odd-low")
    if model is not None:
        (tmp_path / "en-odd-low.onnx").write_bytes(model)
    if description is not None:
        (tmp_path / "en-odd-low.onnx.json").write_text(description)
    with pytest.raises(SpeechError, match=told) as error:
        said(PiperEngine("en-odd-low", folder=str(tmp_path)), language="en")
    assert "\n" not in str(error.value)
    assert error.value.lasting == ("loaded" in told or "lacks" in told), (
        "then another voice speaks from there on"
    )


def test_a_model_that_is_none_of_pipers_is_told(tmp_path: Path) -> None:
    build_voice(tmp_path, "en-odd-low", num_speakers=2)
    with pytest.raises(SpeechError, match=r"en-odd-low could not speak 'The ferry runs again\.': "):
        said(PiperEngine("en-odd-low", folder=str(tmp_path)), language="en")


def test_another_voice_in_the_folder_is_another_version(tmp_path: Path) -> None:
    build_voice(tmp_path, "en-one-low")
    before = PiperEngine(folder=str(tmp_path)).version
    build_voice(tmp_path, "en-one-high")
    assert PiperEngine(folder=str(tmp_path)).version != before


def test_it_is_an_engine_that_travels(folder: Path) -> None:
    engine = PiperEngine(folder=str(folder))
    shape: SpeechEngine = engine
    assert isinstance(shape, HasVoices)
    assert isinstance(shape, ChecksReadiness)
    assert pickle.loads(pickle.dumps(engine)) == engine


@pytest.mark.parametrize(("hop", "told"), [(20, "too short"), (9000, "too long")])
def test_a_sound_that_cannot_be_the_text_is_told(tmp_path: Path, hop: int, told: str) -> None:
    build_voice(tmp_path, "en_GB-odd-low", hop=hop)
    with pytest.raises(SpeechError, match=f"made a sound that cannot be .*{told}"):
        PiperEngine(folder=str(tmp_path)).say(Utterance(SENTENCE, SENTENCE, "en", Role.READER))
