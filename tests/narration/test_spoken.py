"""What is said for what is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.narration.spoken import spoken

ENGLISH = [
    ("a $4.5bn plan", "a 4.5 billion dollars plan"),
    ("£20m was spent", "20 million pounds was spent"),
    ("€1.5 million", "1.5 million euros"),
    ("¥30b", "30 billion yen"),
    ("It costs $1.", "It costs 1 dollar."),
    ("A $20 T-shirt", "A 20 dollars T-shirt"),
    ("£5 m-commerce", "5 pounds m-commerce"),
    ("$5-million deal", "5 million dollars deal"),
    ("a $2t market", "a 2 trillion dollars market"),
    ("a $3.50 ticket", "a 3 dollars and 50 cents ticket"),
    ("£2.01", "2 pounds and 1 penny"),
    ("US$1,200", "1200 US dollars"),
    ("$5 more", "5 dollars more"),
    ("Sen. Okafor and Dr. Weiss met Gov. Lund", "Senator Okafor and Doctor Weiss met Governor Lund"),
    ("Mr. Osei, of St. Aldhelm", "Mister Osei, of Saint Aldhelm"),
    ("the U.S. delegation", "the U S delegation"),
    ("J. R. Marsh wrote", "J R Marsh wrote"),
    ("They won 3-2 on penalties", "They won 3 to 2 on penalties"),
    ("by 52–48", "by 52 to 48"),
    ("the 2019–2024 term", "the 2019 to 2024 term"),
    ("on 2026-11-23", "on 2026-11-23"),
    ("call 555-010-2030", "call 555-010-2030"),
    ("grew 4.2%", "grew 4.2 per cent"),
    ("at -5°C", "at minus 5 degrees Celsius"),
    ("No. 10 and No. 3", "number 10 and number 3"),
    ("at 3 p.m. on Friday", "at 3 P M on Friday"),
    ("at 9:30am", "at 9:30 A M"),
    ("before Dec. 15", "before December 15"),
    ("on 3 Feb 2026", "on 3 February 2026"),
    ("Jan. Smit wrote", "Jan. Smit wrote"),
    ("1.7 m above", "1.7 metres above"),
    ("$14 per kg", "14 dollars per kilogram"),
    ("Harbourne vs. Eastmoor", "Harbourne versus Eastmoor"),
    ("Smith & Daughters", "Smith and Daughters"),
    ("see https://www.example.org/a?b=1.", "see example.org."),
    ("The mayor — who was late — left", "The mayor, who was late, left"),
    ("Well... perhaps", "Well… perhaps"),
    ("See http://[::1 or www.[.com now", "See or now"),
    ("as reported[12] before", "as reported before"),
    ("#Harbourne", "Harbourne"),
    ("soft\u00adhyphen", "softhyphen"),
]


@pytest.mark.parametrize(("printed", "said"), ENGLISH)
def test_english_is_said_as_a_newsreader_says_it(printed: str, said: str) -> None:
    assert spoken(printed, "en-GB") == said


@pytest.mark.parametrize(
    ("printed", "language"),
    [("Er zahlte 4,5 Mio. €.", "de"), ("Le U.S. Open", "fr"), ("שלום 3-2", "he"), ("価格は¥300です", "ja")],
)
def test_other_languages_pass_through(printed: str, language: str) -> None:
    assert spoken(printed, language) == printed


@given(st.text(), st.sampled_from(["en", "de", "ar"]))
def test_any_text_becomes_one_line(text: str, language: str) -> None:
    said = spoken(text, language)
    assert "\n" not in said
    assert said == said.strip()


@given(st.lists(st.from_regex(r"[a-zé]{2,9}", fullmatch=True), min_size=1))
def test_plain_words_are_never_changed(words: list[str]) -> None:
    assert spoken(" ".join(words), "en") == " ".join(words)
