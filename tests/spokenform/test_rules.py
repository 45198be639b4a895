"""What is said for what is printed."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.spokenform.readings import LANGUAGES, phrases, spoken

from spokenform import explain, for_the_eye, rules, speak

# Signs that an engine takes for pauses, not for words.
PAUSES = set(" .,;:!?'-،؛؟۔।॥。、，！？：；・「」『』《》〈〉·")


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("a $4.5bn plan", "a four point five billion dollar plan"),
        ("a $3.50 ticket", "a three dollar and fifty cent ticket"),
        ("It costs $1.", "It costs one dollar."),
        ("Sen. Okafor and Dr. Weiss met Gov. Lund", "Senator Okafor and Doctor Weiss met Governor Lund"),
        ("Mr. Osei, of St. Aldhelm", "Mister Osei, of Saint Aldhelm"),
        ("by 52–48", "by fifty-two to forty-eight"),
        ("the 2019–2024 term", "the twenty nineteen to twenty twenty-four term"),
        ("Jan. Smit wrote to Jan. Of Mar he said nothing", "Jan. Smit wrote to Jan. Of Mar he said nothing"),
        ("a friend of Jan Smit to mar it", "a friend of Jan Smit to mar it"),
        ("see https://www.example.org/a?b=1.", "see example dot org."),
        ("See http://[::1 or www.[.com now", "See or now"),
        ("The mayor — who was late — left", "The mayor, who was late, left"),
        ("as reported[12] before", "as reported before"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_english_is_said_in_words_with_its_pauses(printed: str, said: str) -> None:
    assert spoken(printed, "en-GB") == said


@pytest.mark.parametrize(
    ("printed", "american", "british"),
    [
        (
            "on 11/3/2026",
            "on November third, twenty twenty-six",
            "on the eleventh of March twenty twenty-six",
        ),
        ("205 votes", "two hundred five votes", "two hundred and five votes"),
        ("won 1-0", "won one nothing", "won one nil"),
    ],
)
def test_the_englishes_differ(printed: str, american: str, british: str) -> None:
    assert spoken(printed, "en-US") == american
    assert spoken(printed, "en-GB") == british


@pytest.mark.parametrize(
    ("printed", "language", "said"),
    [
        ("価格は¥300です", "ja", "価格は三百円です"),
        ("每年12月, 3.5%", "zh-TW", "每年十二月, 百分之三点五"),
        ("Het kostte € 4,5 miljoen", "nl", "Het kostte vier komma vijf miljoen euro"),
        ("%5 arttı", "tr", "yüzde beş arttı"),
        ("१२ लोग, 5%", "hi", "बारह लोग, पाँच%"),
        ("১২ জন, 5%", "bn", "১২ জন, 5%"),
    ],
)
def test_a_language_without_rules_has_its_numbers_said_or_left_alone(
    printed: str, language: str, said: str
) -> None:
    assert spoken(printed, language) == said


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Jane Roe / Agency", "Credit: REUTERS/Max Muster", "Picture by Jane Roe", "Foto de Juan Pérez", "Getty Images",
        "(Image credit: AP Photo/John Doe)", "Max Muster/dpa", "© Agency", "news/world", "/news/world/story",
        "https://example.org/story", "www.example.org", "desk@example.org", "Bild: picture alliance/dpa",
    ],
)  # fmt: skip
def test_a_credit_an_address_and_a_path_are_for_the_eye(line: str) -> None:
    assert for_the_eye(line)


@pytest.mark.parametrize(
    "line",
    [
        "Pictures of the flood were shown.", "Photo by night", "Foto di gruppo", "Yes/no votes follow.", "Reuters said so.",
        "Win/win", "Credit is dear.", "The picture by Jane Roe hangs in the hall.",
    ],
)  # fmt: skip
def test_a_sentence_is_for_the_ear(line: str) -> None:
    assert not for_the_eye(line)


def test_an_explanation_tells_rule_by_rule() -> None:
    told = explain("Dr. Osei paid $5", "en-GB")
    assert told.printed == "Dr. Osei paid $5"
    assert told.spoken == "Doctor Osei paid five dollars"
    assert [(step.rule, step.before, step.after) for step in told.steps] == [
        ("say titles", "Dr. Osei paid $5", "Doctor Osei paid $5"),
        ("say money", "Doctor Osei paid $5", "Doctor Osei paid five dollars"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_name_of_its_own_and_a_source(language: str) -> None:
    names = [rule.name for rule in rules(language)]
    assert len(names) == len(set(names))
    assert [rule.name for rule in rules(language) if not rule.source] == []


news = st.lists(
    st.one_of(
        st.sampled_from([phrase.printed for phrase in phrases("en")]),
        st.from_regex(r"[$£€]?\d{1,4}([.,:/-]\d{1,3}){0,3}(bn|m|%|km|th|s|am|°C)?", fullmatch=True),
        st.text(max_size=8),
    ),
    max_size=6,
).map(" ".join)


@pytest.mark.slow
@given(news, st.sampled_from(LANGUAGES[:-2]))  # the last two have no rules of their own
@example("1000000000000000000000000 x 0/0 13/13/2026 99:99 0-0-0", "en")
@example("MMMM V IIX 31.31.2026 25h61 1/0", "fr")
@example("#² ²1@example.org", "en")  # what is a digit and no figure
def test_no_figure_and_no_sign_is_left_to_the_engine(text: str, language: str) -> None:
    said = spoken(text, language)
    assert [letter for letter in said if not _word(letter)] == []
    assert "\n" not in said
    assert said == " ".join(said.split())


def _word(letter: str) -> bool:
    return letter in PAUSES or unicodedata.category(letter)[0] in "LM" or unicodedata.category(letter) == "Cf"


@pytest.mark.slow
@given(news, st.sampled_from(["en", "de", "ja", "hi", "ar", ""]))
def test_the_steps_lead_from_what_is_printed_to_what_is_said(text: str, language: str) -> None:
    told = explain(text, language)
    reached = " ".join(text.split())
    for step in told.steps:
        assert step.before == reached
        reached = step.after
    assert " ".join(reached.split()) == told.spoken == spoken(text, language)


@pytest.mark.slow
@given(st.lists(st.from_regex(r"[a-zé]{3,9}", fullmatch=True), min_size=1))
@example(["dept", "aka"])
def test_plain_words_are_hardly_ever_changed(words: list[str]) -> None:
    said = spoken(" ".join(words), "en").split()
    assert len(said) >= len(words)


@given(st.lists(st.sampled_from(["the", "mayor", "said", "Harbourne", "would", "never", "I"]), min_size=1))
def test_plain_words_are_said_as_they_are(words: list[str]) -> None:
    assert spoken(" ".join(words), "en") == " ".join(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_tells_of_every_rule_and_its_source(language: str) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "spoken.md").read_text("utf-8")
    assert [rule for rule in rules(language) if f"| {rule.name} |" not in manual] == []
    assert [rule for rule in rules(language) if rule.source not in manual] == []


def test_american_text_has_american_units() -> None:
    assert spoken("5 km/h, 2 l", "en-US") == "five kilometers per hour, two liters"
    assert spoken("5 km/h, 2 l", "en-GB") == "five kilometres per hour, two litres"


@pytest.mark.parametrize(
    ("printed", "marked", "plain"),
    [
        ("The mayor (a baker) said so.", "The mayor (a baker) said so.", "The mayor, a baker, said so."),
        ("It rained—at last—in May.", "It rained — at last — in May.", "It rained, at last, in May."),
        ("The vote (5-4) — held [on Monday].", "The vote (five to four) — held on Monday.", None),
        ("(He left.)", "He left.", "He left."),
        ("a) one", "a, one", "a, one"),
        ("He said – slowly –", "He said — slowly", "He said, slowly"),
        ("Ships and house(s) -- old", "Ships and houses — old", "Ships and houses, old"),
    ],
)
def test_brackets_and_dashes_stay_for_voices_that_know_them(
    printed: str, marked: str, plain: str | None
) -> None:
    assert speak(printed, "en", marks=True).text == marked
    assert plain is None or speak(printed, "en").text == plain
