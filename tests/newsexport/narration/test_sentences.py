"""Sentences are whole, in order and never too long for a breath."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.narration.sentences import LONGEST, sentences


def test_titles_and_initials_end_no_sentence() -> None:
    text = "Mr. Osei met J. R. Marsh and Gov. Lund on Tuesday. He left at 3 p.m. on Friday. “No.” That’s all."
    assert list(sentences(text, "en")) == [
        "Mr. Osei met J. R. Marsh and Gov. Lund on Tuesday.",
        "He left at 3 p.m. on Friday.",
        "“No.”",
        "That’s all.",
    ]


def test_abbreviations_end_no_sentence_where_it_goes_on() -> None:
    text = "It opens at 7 p.m. ET on Wed. in hall No. 3, est. 1920. The doors shut at 9 p.m. Nobody waits."
    assert list(sentences(text, "en")) == [
        "It opens at 7 p.m. ET on Wed. in hall No. 3, est. 1920.",
        "The doors shut at 9 p.m.",
        "Nobody waits.",
    ]


def test_german_ordinals_end_no_sentence() -> None:
    assert list(sentences("Am 3. Oktober sprach sie. Es war gut.", "de")) == [
        "Am 3. Oktober sprach sie.",
        "Es war gut.",
    ]
    assert list(sentences("Sie spielt in der 1. Liga. Er wurde 2. Danach ging er.", "de")) == [
        "Sie spielt in der 1. Liga.",
        "Er wurde 2.",
        "Danach ging er.",
    ]


def test_a_megabyte_without_punctuation_is_cut() -> None:
    pieces = list(sentences("x" * 1_000_000, "en"))
    assert sum(map(len, pieces)) == 1_000_000
    assert max(map(len, pieces)) <= LONGEST


@given(st.text(), st.sampled_from(["en", "de", "ar", "ja", "xx", ""]))
def test_no_letter_is_lost_or_doubled(text: str, language: str) -> None:
    joined = "".join("".join(sentences(text, language)).split())
    assert joined == "".join(text.split())


def test_a_control_that_the_splitter_does_not_survive_is_a_space() -> None:
    assert " ".join(sentences("A\x85. It goes on.", "en")) == "A . It goes on."


def test_a_full_stop_of_east_asia_ends_a_sentence_before_a_figure_too() -> None:
    assert list(sentences("其余的会留在家里。2019年水管爆裂！3天后？好。", "zh")) == [
        "其余的会留在家里。",
        "2019年水管爆裂！",
        "3天后？",
        "好。",
    ]
    assert list(sentences("यह सच है।2020 में।", "hi")) == ["यह सच है।", "2020 में।"]
    assert list(sentences("「はい。2019年です。」と言った。1.8倍。", "ja")) == [
        "「はい。2019年です。」",
        "と言った。",
        "1.8倍。",
    ]


def test_a_full_stop_behind_a_word_ends_a_sentence_before_a_figure_and_an_abbreviation_does_not() -> None:
    assert list(
        sentences("Wir wollten ausweichen. 2019 sanken sie. In der Hauptstr. 12, Tel. 089.", "de")
    ) == [
        "Wir wollten ausweichen.",
        "2019 sanken sie.",
        "In der Hauptstr. 12, Tel. 089.",
    ]
    assert list(sentences("W 2018 r. było lepiej. Potem nie.", "pl")) == [
        "W 2018 r. było lepiej.",
        "Potem nie.",
    ]


def test_an_ordinal_with_a_point_ends_no_sentence_before_a_word_in_small_letters() -> None:
    assert list(sentences("2026. november 23., hétfő volt. Aztán vége.", "hu")) == [
        "2026. november 23., hétfő volt.",
        "Aztán vége.",
    ]
    assert list(sentences("Bilo je 2026. godine. Potom 3. Onda kraj.", "hr")) == [
        "Bilo je 2026. godine.",
        "Potom 3.",
        "Onda kraj.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ingredients\n1 kg plums\n½ l water\n2 tbsp. sugar", ["Ingredients", "1 kg plums", "½ l water", "2 tbsp. sugar"]),
        ("18:42\nPower is back. All is well.", ["18:42", "Power is back.", "All is well."]),
        ("He stands as if\nthe river were\nA thought,\nHe said.", ["He stands as if the river were", "A thought, He said."]),
        (
            "The council has voted for the bridge, said the mayor of\nHallam on Monday.",
            ["The council has voted for the bridge, said the mayor of Hallam on Monday."],
        ),
    ],
)  # fmt: skip
def test_a_short_line_that_says_something_is_said_by_itself(text: str, said: list[str]) -> None:
    assert list(sentences(text, "en")) == said
