"""The catalogue of Piper's voices, in the form in which it is published."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from newsexport.engines.piper_catalogue import CATALOGUE, offered
from newsexport.errors import SpeechError
from newsexport.net.download import DownloadError
from newsexport.speech import Quality

ROOT = CATALOGUE.removesuffix("voices.json")
CARD = """# Model card for {title} (medium)

* Language: de_DE (German, Germany)
* Speakers: 1
* Quality: medium
* Samplerate: {rate}

## Dataset

* URL: https://example.org/{title}
* License: {licence}
"""


def entry(name: str, **files: object) -> dict[str, Any]:
    """What the catalogue has of a voice, as it is published."""
    code, title, quality = name.split("-")
    folder = f"{code[:2]}/{code}/{title}/{quality}"
    told = {"size_bytes": 20_628_813, "md5_digest": "51BFC52A58282C2E4FC01AE66567A708"}
    listed = {f"{folder}/{name}.onnx": told, f"{folder}/{name}.onnx.json": {**told, "size_bytes": 4158}}
    return {
        "key": name,
        "name": title,
        "language": {"code": code, "family": code[:2], "region": code[3:], "name_english": "German"},
        "quality": quality,
        "num_speakers": 1,
        "speaker_id_map": {},
        "files": files or {**listed, f"{folder}/MODEL_CARD": {**told, "size_bytes": 246}},
        "aliases": [],
    }


@dataclass
class Catalogue:
    """What a reader finds at the address of the catalogue and at those of cards."""

    voices: Mapping[str, object]
    cards: Mapping[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def read(self, address: str) -> bytes:
        self.asked.append(address)
        if address == CATALOGUE:
            return json.dumps(self.voices).encode()
        for name, card in self.cards.items():
            if address.endswith(f"/{name}/MODEL_CARD"):
                return card.encode()
        raise DownloadError("answers 404")


def catalogue(*names: str, **cards: str) -> Catalogue:
    return Catalogue(
        {name: entry(name) for name in names}, {name.replace("__", "/"): card for name, card in cards.items()}
    )


def test_the_voices_of_a_language_are_told_with_size_licence_and_rate() -> None:
    listed = catalogue(
        "de_DE-eva_k-x_low",
        "de_DE-thor-high",
        "de_AT-resi-medium",
        "en_US-joe-medium",
        thor__high=CARD.format(title="thor", licence="CC0", rate="22,050Hz"),
        eva_k__x_low=CARD.format(title="eva_k", licence="See URL", rate="16000 Hz"),
        resi__medium="no card of the usual form; Samplerate of 48 kHz",
    )
    found = offered(listed.read, "de")
    assert [(one.voice.name, one.voice.language, one.licence, one.rate) for one in found] == [
        ("de_AT-resi-medium", "de-AT", "licence unknown", 22050),
        ("de_DE-thor-high", "de-DE", "CC0", 22050),
        ("de_DE-eva_k-x_low", "de-DE", "see https://example.org/eva_k", 16000),
    ]
    assert [one.voice.quality for one in found] == [Quality.MEDIUM, Quality.HIGH, Quality.MEDIUM]
    assert all(one.size == 20_628_813 + 4158 for one in found)
    assert [one.memory for one in found] == [550_000_000, 800_000_000, 0]
    model, described = found[1].files
    assert model.address == f"{ROOT}de/de_DE/thor/high/de_DE-thor-high.onnx"
    assert (model.name, model.digest) == ("de_DE-thor-high.onnx", "md5:51bfc52a58282c2e4fc01ae66567a708")
    assert described.name == "de_DE-thor-high.onnx.json"
    assert len(listed.asked) == 4, "of other languages no card is read"


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("de-AT", ["de_AT-resi-medium"]),
        ("de_DE-thor-high", ["de_DE-thor-high"]),
        ("pt", ["pt_PT-tugão-medium"]),
        ("nb", ["no_NO-nora-medium"]),
        ("tlh", []),
    ],
)
def test_a_voice_is_had_by_its_name_and_several_by_language_or_region(wanted: str, names: list[str]) -> None:
    listed = catalogue("de_DE-thor-high", "de_AT-resi-medium", "pt_PT-tugão-medium", "no_NO-nora-medium")
    assert [one.voice.name for one in offered(listed.read, wanted)] == names


@pytest.mark.parametrize(
    ("rate", "told"), [("22,050Hz", 22050), ("16,000 Hz", 16000), ("44.1 kHz", 44100), ("fast", 22050)]
)
def test_the_rate_is_what_the_card_says(rate: str, told: int) -> None:
    card = CARD.format(title="a", licence="CC0", rate=rate)
    (one,) = offered(catalogue("de_DE-a-medium", a__medium=card).read, "de")
    assert one.rate == told


def test_for_the_name_of_another_engines_voice_nobody_is_asked() -> None:
    listed = catalogue("de_DE-thor-high")
    assert offered(listed.read, "emma") == [] and not listed.asked


def test_a_name_in_other_letters_is_asked_for_as_addresses_write_it() -> None:
    (one,) = offered(catalogue("pt_PT-tugão-medium").read, "pt")
    assert one.files[0].address.endswith("/tug%C3%A3o/medium/pt_PT-tug%C3%A3o-medium.onnx")
    assert one.files[0].name == "pt_PT-tugão-medium.onnx"


def test_a_mirror_is_asked_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSEXPORT_PIPER_CATALOGUE", "https://mirror.example/p/voices.json")
    (one,) = offered(lambda _: json.dumps({"de_DE-a-low": entry("de_DE-a-low")}).encode(), "de")
    assert one.files[0].address == "https://mirror.example/p/de/de_DE/a/low/de_DE-a-low.onnx"


def test_nothing_is_written_but_what_is_called_as_the_voice_is() -> None:
    strange = {"../de_DE-x-low": entry("de_DE-x-low"), "de_DE-y/z-low": entry("de_DE-y-low")}
    assert offered(Catalogue(strange).read, "de") == []
    outside = entry("de_DE-a-low", **{"../../.profile": {"size_bytes": 1, "md5_digest": "0"}})
    with pytest.raises(SpeechError, match=r"no file de_DE-a-low\.onnx is listed"):
        offered(Catalogue({"de_DE-a-low": outside}).read, "de")


def test_a_file_lies_at_the_host_of_the_catalogue_whatever_its_path_says() -> None:
    told = {"size_bytes": 1, "md5_digest": "0"}
    name = "de_DE-a-low"
    files = {f"//elsewhere.example/{name}.onnx": told, f"https://elsewhere.example/{name}.onnx.json": told}
    (one,) = offered(Catalogue({name: entry(name, **files)}).read, "de")
    assert all(file.address.startswith(ROOT) for file in one.files)


@pytest.mark.parametrize(
    "data", [b"<html>", b"[]", b'{"de_DE-a-low": {}}', b'{"de_DE-a-low": {"files": []}}']
)
def test_a_catalogue_that_is_none_is_told_in_a_line(data: bytes) -> None:
    with pytest.raises(SpeechError, match=r"piper: the catalogue of huggingface\.co cannot be read") as error:
        offered(lambda _: data, "de")
    assert "\n" not in str(error.value)


def test_a_card_writes_nothing_but_its_licence_to_the_terminal() -> None:
    card = "* License: CC0\x1b[2J" + "x" * 500
    (one,) = offered(catalogue("de_DE-a-low", a__low=card).read, "de")
    assert one.licence.startswith("CC0") and one.licence.isprintable() and len(one.licence) <= 80
