"""The user's own pronunciations: read, laid upon each other, and kept from every other rule."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spokenform.readings import spoken

from newsexport.audio import mp3
from newsexport.engines.espeak import EspeakEngine
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.narration.orders import RecordingJob, Studio
from newsexport.narration.unknown_names import unknown
from newsexport.speech import Pronunciation, Utterance
from spokenform import explain, speak
from spokenform.languages import sounds
from spokenform.lexicon import Entry, Lexicon, LexiconError, from_toml, read, starter, to_toml, with_starter
from spokenform.lexicon.pls import from_pls, to_pls

NAMES = Lexicon(
    (
        Entry("Harbourne", "HAR-born"),
        Entry("Harbourne Bridge", "the old bridge"),
        Entry(r"HR-(\d+)", r"Harbourne route \1", pattern=True),
        Entry("osei", "oh-SAY", exact=False),
        Entry("Lund", ipa="lʊnd", language="en"),
        Entry("Wexcombe", language="en"),
        Entry("नई", "nayi"),
        Entry("北京", "běi jīng"),
        Entry("O'Dell", "oh dell"),
    )
)


@pytest.mark.parametrize(
    ("printed", "language", "heard"),
    [
        ("Harbourne votes", "en", "HAR-born votes"),
        ("the Harbourne Bridge in Harbourne", "en", "the the old bridge in HAR-born"),
        ("Harbournes and harbourne", "en", "Harbournes and harbourne"),
        ("Harbourne’s mayor", "en", "HAR-born's mayor"),
        ("OSEI, Osei and osei", "en", "oh-SAY, oh-SAY and oh-SAY"),
        ("take HR-7", "en", "take Harbourne route seven"),
        ("Peter O’Dell", "en", "Peter oh dell"),
        ("नई दिल्ली, नईि", "hi", "nayi दिल्ली, नईि"),
        ("他在北京说", "zh", "他在běi jīng说"),
        ("see harbour@Harbourne.example", "en", "see harbour at Harbourne dot example"),
        ("St. Harbourne III paid $5", "en", "Saint HAR-born the third paid five dollars"),
    ],
)
def test_an_entry_is_said_for_whole_words(printed: str, language: str, heard: str) -> None:
    assert spoken(printed, language, NAMES) == heard


def test_what_an_entry_says_is_not_changed_by_any_rule_or_entry() -> None:
    loud = Lexicon((Entry("Wexcombe", "A&B Harbourne (UK)"), Entry("Harbourne", "x")))
    assert spoken("At Wexcombe.", "en", loud) == "At A&B Harbourne (UK)."


def test_the_lexicon_is_a_step_of_its_own() -> None:
    told = explain("Dr. Osei", "en", NAMES)
    assert [(step.rule, step.after) for step in told.steps] == [
        ("lexicon", "Dr. oh-SAY"),
        ("say titles", "Doctor oh-SAY"),
    ]


def test_how_a_word_sounds_is_told_where_it_stands_in_what_is_spoken() -> None:
    told = speak("On May 3, Lund spoke; Lund left.", "en", NAMES)
    places = [(told.text[one.offset :][: one.length], one.ipa) for one in told.pronunciations]
    assert places == [("Lund", "lʊnd"), ("Lund", "lʊnd")]
    assert speak("Lund", "sv", NAMES).pronunciations == ()


def test_an_engine_without_ipa_is_told_the_words_beside_it_or_those_printed() -> None:
    both = Lexicon((Entry("Lund", "loond", "lʊnd"), Entry("A4", ipa="ˈeɪ")))
    assert speak("Lund", "en", both).text == "loond"
    assert not any(map(str.isdigit, speak("the A4", "en", both).text))


def test_another_sound_is_another_recording() -> None:
    studio = Studio(EspeakEngine(), mp3.Format(22050, 64))
    plain = Utterance("Lund", "Lund", "en")
    keys = {
        RecordingJob(studio, (one,)).key
        for one in (
            plain,
            Utterance("Lund", "Lund", "en", pronunciations=(Pronunciation(0, 4, "lʊnd"),)),
            Utterance("Lund", "Lund", "en", pronunciations=(Pronunciation(0, 4, "lund"),)),
        )
    }
    assert len(keys) == 3


def test_the_later_lexicon_and_the_narrower_language_win() -> None:
    mine = from_toml(
        b'[[entry]]\nword = "Kyiv"\nlanguage = "en-GB"\nspoken = "Keev"\n[[entry]]\nword = "Kyiv"\nspoken = "K"',
        "x",
    )
    assert spoken("Kyiv", "en-GB", starter().under(mine)) == "Keev"
    assert spoken("Kyiv", "en", starter().under(mine)) == "K"
    assert speak("Kyiv", "en", starter()).pronunciations != ()


def test_an_entry_that_says_nothing_leaves_the_word_as_it_is_and_hides_those_below() -> None:
    assert speak("Kyiv", "en", starter().under(Lexicon((Entry("Kyiv"),)))).pronunciations == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("word", "names.toml: is not TOML: "),
        ("words = 3", "names.toml: 'words' means nothing here"),
        ("entry = 3", "names.toml: entry: expected a list"),
        ("[[entry]]", "names.toml: entry 1: needs a word, a phrase or a pattern"),
        ('[[entry]]\nword = "a b"', "names.toml: entry 1 (a b): a word has no spaces"),
        ('[[entry]]\nword = "ab"\nipa = "hE5"', "names.toml: entry 1 (ab): ipa: 'E' is no sign of the IPA"),
        ('[[entry]]\nword = "ab"\nspokn = "x"', "names.toml: entry 1 (ab): 'spokn' means nothing"),
        ("[[entry]]\nword = 3", "names.toml: entry 1: word: expected text"),
        ('[[entry]]\nword = "ab"\nexact = "no"', "names.toml: entry 1 (ab): exact: expected true or false"),
        ('[[entry]]\nword = "ab"\nlanguage = "English!"', "names.toml: entry 1 (ab): language: 'English!'"),
        ("[[entry]]\npattern = 'ab('", "names.toml: entry 1 (ab(): pattern: "),
        ("[[entry]]\npattern = '(ab)*'", "names.toml: entry 1 ((ab)*): pattern: would be found everywhere"),
        ("[[entry]]\npattern = 'abc'\nspoken = '\\2'", "names.toml: entry 1 (abc): spoken: the pattern has 0"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told_with_file_and_entry(text: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as refused:
        read(file)
    told = str(refused.value).replace(str(file), "names.toml")
    assert told.startswith(reason)
    assert "\n" not in told


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"none\.toml: No such file"):
        with_starter([tmp_path / "none.toml"])


NAMED = (
    st.text("abcxyzÀé'é ", min_size=2, max_size=9)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: len(text) > 1)
)
ENTRIES = st.builds(Entry, NAMED, NAMED, st.sampled_from(["", "lʊnd", "ˈkiːv"]), st.just("en"))


@pytest.mark.slow
@given(st.lists(ENTRIES))
def test_a_lexicon_written_is_the_lexicon_read(entries: list[Entry]) -> None:
    composed = from_toml(to_toml(Lexicon(tuple(entries))).encode(), "x")
    assert from_toml(to_toml(composed).encode(), "x") == composed
    assert from_pls(to_pls(composed, "en"), "x") == composed
    assert len(composed.entries) == len(entries)


PLS = """<?xml version="1.0"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-GB">
  <lexeme><grapheme>Lund</grapheme><grapheme>Lunde</grapheme>
    <phoneme>lund</phoneme><phoneme prefer="true">lʊnd</phoneme></lexeme>
  <lexeme><grapheme>W3C</grapheme><alias>World Wide Web Consortium</alias></lexeme>
</lexicon>"""


def test_pls_is_read_with_preferred_phonemes_and_every_grapheme(tmp_path: Path) -> None:
    file = tmp_path / "names.pls"
    file.write_text(PLS, encoding="utf-8")
    assert read(file).entries == (
        Entry("Lund", "", "lʊnd", "en-GB"),
        Entry("Lunde", "", "lʊnd", "en-GB"),
        Entry("W3C", "World Wide Web Consortium", "", "en-GB"),
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("</lexicon>", "", "is not XML"),
        ("?>\n", '?>\n<!DOCTYPE lexicon [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n', "document type is not taken"),
        ("2005/01/pron", "2005/01/pran", "is no PLS"),
        ('alphabet="ipa"', 'alphabet="x-sampa"', "entry 1 (Lund): alphabet: only ipa is understood"),
        ("<alias>World Wide Web Consortium</alias>", "", "entry 2 (W3C): has neither phoneme nor alias"),
        ("en-GB", "", "xml:lang"),
    ],
)  # fmt: skip
def test_pls_that_is_not_safe_or_not_understood_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(LexiconError) as refused:
        from_pls(PLS.replace(old, new, 1).encode(), "names.pls")
    assert reason in str(refused.value)


def test_every_sound_of_the_starting_list_is_one_that_the_embedded_voice_can_make() -> None:
    engine = EspeakEngine()
    assert len(starter().entries) > 400
    mute = [one.written for one in starter().entries if engine.pronounced(one.ipa, one.language) is None]
    assert mute == []


@given(st.text(max_size=60), st.sampled_from(["en", "de", "hi", "zh", "fr"]))
def test_any_text_passes_the_lexicon(text: str, language: str) -> None:
    told = speak(f"Harbourne {text} Lund", language, NAMES)
    for one in told.pronunciations:
        assert told.text[one.offset :][: one.length] in {"Lund", *sounds(language)}
    assert "qxjz" not in told.text.lower() or "qxjz" in text.lower()


def test_names_that_no_lexicon_has_are_found_by_their_capitals() -> None:
    article = Article(
        "Harbourne And Its Mayor",
        (
            Paragraph((Span("Yesterday the mayor, Greta Ollin, came to Wexcombe by Lund. Bread was cheap."),)),
            Paragraph((Span("“Quiet,” said Ollin’s friend on Monday: Nobody wrote to x@Tarn.example. NATO met."),)),
        ),
        language="en",
    )  # fmt: skip
    edition = Edition("E", date(2026, 11, 23), "en", (Section("", (article,)),))
    assert [(one.name, one.count) for one in unknown(edition, NAMES)] == [("Ollin", 2), ("Greta", 1)]


def test_german_nouns_are_no_names() -> None:
    text = "Die Stadt wählt. Am Abend kam Bürgermeisterin Greta Ollin aus Lindenau in die Sitzung der Stadt."
    article = Article("Wahl", (Paragraph((Span(text),)),), language="de")
    edition = Edition("E", date(2026, 11, 23), "de", (Section("", (article,)),))
    assert {one.name for one in unknown(edition, Lexicon())} == {"Greta", "Ollin", "Lindenau"}


def test_what_is_unknown_can_be_pasted_and_then_is_known() -> None:
    article = Article("x", (Paragraph((Span("They met Ollin there."),)),), language="en")
    edition = Edition("E", date(2026, 11, 23), "en", (Section("", (article,)),))
    (one,) = unknown(edition, Lexicon())
    assert unknown(edition, from_toml(one.to_toml().encode(), "pasted")) == []
