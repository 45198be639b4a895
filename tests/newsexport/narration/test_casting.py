"""Who is cast for which language, among the real engines and some that declare what a test wants."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from newsexport.engines.espeak import EspeakEngine
from newsexport.engines.hibari import HibariEngine
from newsexport.errors import SpeechError, UsageError
from newsexport.events import Event, Noted, ignore
from newsexport.job import Work
from newsexport.model import Article
from newsexport.narration.auditions import casting
from newsexport.narration.casting import AUTO, Candidate, Cast, voiced
from newsexport.narration.orders import Ensemble
from newsexport.narration.script import Passage
from newsexport.speech import MANY, Quality, Speech, Utterance, Voice

pytest.importorskip("hibari")

NOWHERE = {"speed": 1.0}


@dataclass(frozen=True)
class Declared:
    """An engine that is what it says it is."""

    quality: Quality
    offline: bool = True
    speedup: float = 10
    languages: tuple[str, ...] = ("en", "de")
    broken: str = ""
    rate: int = 22050
    version: str = "1"

    @property
    def work(self) -> Work:
        return Work.COMPUTE if self.offline else Work.WAIT

    def voices(self) -> list[Voice]:
        return [Voice(tag, tag, tag, self.offline, quality=self.quality) for tag in self.languages]

    def check(self) -> None:
        if self.broken:
            raise SpeechError("declared", self.broken)

    def say(self, utterance: Utterance) -> Speech:
        return Speech(bytes(2 * len(utterance.spoken)))


def cast_of(engines: Mapping[str, Declared], *, offline: bool = False) -> tuple[Cast, list[Event]]:
    told: list[Event] = []
    candidates = [
        Candidate(name, engine, {voice.language: voice for voice in engine.voices()})
        for name, engine in engines.items()
    ]
    return Cast(lambda: candidates, told.append, offline=offline), told


def chosen(language: str, **engines: Declared) -> str:
    cast, _ = cast_of(engines)
    cast.announce([language])
    return cast.chosen(language).name


def test_the_best_voice_speaks_of_equals_the_one_of_this_machine_and_of_those_the_fastest() -> None:
    low, online = Declared(Quality.LOW, speedup=600), Declared(Quality.MEDIUM, offline=False)
    medium, high = Declared(Quality.MEDIUM, languages=("de",)), Declared(Quality.HIGH, languages=("en",))
    engines: dict[str, Declared] = {"low": low, "online": online, "medium": medium, "high": high}
    assert chosen("en-GB", **engines) == "high"
    assert chosen("de", **engines) == "medium"
    del engines["medium"]
    assert chosen("de", **engines) == "online"
    assert (
        chosen("en", slow=Declared(Quality.HIGH, speedup=3), fast=Declared(Quality.HIGH, speedup=30))
        == "fast"
    )


def test_each_language_has_its_voice_and_the_first_line_says_so() -> None:
    cast, told = cast_of(
        {
            "robot": Declared(Quality.LOW),
            "service": Declared(Quality.MEDIUM, offline=False, languages=("de", "fr")),
            "person": Declared(Quality.HIGH, languages=("en",)),
        }
    )
    cast.announce(["en", "de", "en-GB", "fr"])
    assert told == [Noted("en: person (on this machine); de, fr: service (your text is sent there)")]


def test_offline_nothing_is_sent_and_what_is_not_ready_is_told() -> None:
    service, robot = Declared(Quality.HIGH, offline=False), Declared(Quality.LOW)
    cast, told = cast_of({"service": service, "robot": robot}, offline=True)
    cast.announce(["de"])
    assert told == [Noted("de: robot (on this machine)")]
    cast, told = cast_of({"service": Declared(Quality.HIGH, offline=False, broken="is down"), "robot": robot})
    cast.announce(["de"])
    assert told == [Noted("de: robot (on this machine) (engine declared: is down)")]


def test_a_language_that_nobody_was_told_of_stays_on_this_machine() -> None:
    cast, _ = cast_of({"service": Declared(Quality.HIGH, offline=False), "robot": Declared(Quality.LOW)})
    cast.announce(["en"])
    assert cast.chosen("en").name == "service" and cast.chosen("de").name == "robot"


def test_a_passage_of_several_languages_is_spoken_by_several() -> None:
    cast, _ = cast_of(
        {"one": Declared(Quality.LOW, languages=("en",)), "two": Declared(Quality.LOW, languages=("de",))}
    )
    cast.announce(["en", "de"])
    article = Article("x", (), language="de")
    lines = [Utterance("x", "x", tag) for tag in ("en", "de", "tlh")]
    (passage,) = voiced([Passage(tuple(lines), article=article)], cast)
    assert [line.language for line in passage.utterances] == ["en", "de", "de"]
    engine = cast.engine(passage)
    assert isinstance(engine, Ensemble) and [tag for tag, _ in engine.cast] == ["de", "en"]
    assert cast.voice(passage) == "two"
    assert not isinstance(cast.engine(Passage((lines[1],), article=article)), Ensemble)


def test_english_is_spoken_by_hibari_and_the_rest_by_who_is_there() -> None:
    told: list[Event] = []
    cast = casting(AUTO, NOWHERE, told.append, offline=True)
    cast.announce(["en-US", "de", "nn", "zh"])
    assert told == [Noted("en: heart (on this machine); de, nn, zh: espeak (on this machine)")]
    assert isinstance(cast.chosen("en-US").engine, HibariEngine)
    assert cast.rate == 24000


def test_beside_a_named_engine_the_rest_stays_on_this_machine() -> None:
    told: list[Event] = []
    cast = casting("hibari", NOWHERE, told.append)
    cast.announce(["en", "de"])
    assert told == [Noted("en: heart (on this machine); de: espeak (on this machine)")]
    cast = casting("espeak", {"voice": "en-gb+f3"}, ignore)
    cast.announce(["en", "de"])
    assert cast.chosen("en") is cast.chosen("de") is cast.named
    assert cast.rate == 22050


def test_a_voice_belongs_to_who_lists_it() -> None:
    cast = casting(AUTO, {"voice": "de+f3,announcer=heart"}, ignore, offline=True)
    cast.announce(["en", "de", "fr"])
    assert cast.chosen("de").engine == EspeakEngine("de+f3")
    assert cast.chosen("en").engine == HibariEngine("announcer=heart")
    cast = casting(AUTO, {"voice": "en-gb"}, ignore, offline=True)
    cast.announce(["en"])
    assert cast.chosen("en").name == "espeak", "who asks for a robot gets one"
    with pytest.raises(SpeechError, match=r"no voice named 'hart'.*do you mean heart"):
        casting(AUTO, {"voice": "hart"}, ignore)


def test_an_engine_that_is_named_is_taken_or_refused() -> None:
    with pytest.raises(SpeechError, match="no program is named"):
        casting("command", {}, ignore)
    with pytest.raises(UsageError, match=r"takes no option 'programme'.*do you mean program"):
        casting("command", {"programme": "say"}, ignore)
    with pytest.raises(UsageError, match="no engine takes an option 'programme'"):
        casting(AUTO, {"programme": "say"}, ignore)


def test_a_language_that_nobody_knows_costs_what_is_in_it_alone() -> None:
    told: list[Event] = []
    cast = casting(AUTO, NOWHERE, told.append, offline=True)
    cast.announce(["und", "en"])
    assert told == [Noted("en: heart (on this machine)")]
    with pytest.raises(SpeechError, match="no voice for the language 'und'"):
        cast.chosen("und").engine.say(Utterance("x", "x", "und"))


def test_who_is_gone_hands_over_for_good_and_who_only_stumbles_for_an_article() -> None:
    engines = {
        "service": Declared(Quality.HIGH, offline=False),
        "person": Declared(Quality.MEDIUM, languages=("en", "de"), speedup=9),
        "robot": Declared(Quality.LOW),
    }
    cast, told = cast_of(engines)
    cast.announce(["en"])
    article = Passage((Utterance("x", "x", "en"),), article=Article("Trams", (), language="en"))
    assert cast.stands_in(SpeechError("service", "cannot say x"), article) == {"service"}
    assert cast.chosen("en").name == "service"
    assert cast.stands_in(SpeechError("service", "is down", lasting=True), article) == {"service"}
    assert cast.chosen("en").name == "person"
    assert cast.stands_in(SpeechError("person", "stumbled"), article) == {"person"}
    assert cast.chosen("en").name == "person"
    assert [one.text for one in told if isinstance(one, Noted)][1:] == [
        "Trams: spoken by person (on this machine); engine service: cannot say x",
        "engine service: is down; from here on en: person (on this machine)",
        "Trams: spoken by robot (on this machine); engine person: stumbled",
    ]


def test_a_quotation_that_is_refused_is_told_by_its_language() -> None:
    service, person = Declared(Quality.HIGH, offline=False, languages=("de",)), Declared(Quality.LOW)
    cast, told = cast_of({"service": service, "person": person})
    cast.announce(["en", "de"])
    lines = (Utterance("x", "x", "en"), Utterance("y", "y", "de"))
    passage = Passage(lines, article=Article("Trams", (), language="en"))
    assert cast.stands_in(SpeechError("service", "is down", lasting=True), passage) == {"service"}
    assert told[-1] == Noted("engine service: is down; from here on de: person (on this machine)")
    assert cast.chosen("en").name == cast.chosen("de").name == "person"


def test_an_engine_of_many_languages_speaks_each() -> None:
    cast, _ = cast_of({"all": Declared(Quality.LOW, languages=(MANY,))})
    cast.announce(["en", "tlh"])
    assert cast.speaks("tlh") and cast.chosen("tlh").name == "all"
