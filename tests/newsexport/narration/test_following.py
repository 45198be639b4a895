"""What is printed is found again in what was said, in any script, and nothing overlaps."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from newsexport.narration.following import AHEAD, Follower

WORDS = st.lists(
    st.sampled_from(["the", "ferry", "of", "Norwick", "sailed", "on", "time", "Tuesday", "again"]),
    min_size=1,
    max_size=6,
)
SENTENCES = st.lists(WORDS.map(lambda words: " ".join(words) + "."), min_size=1, max_size=6)


def _following(sentences: Sequence[str]) -> Follower:
    return Follower([(one,) for one in sentences])


def found(text: str, *sentences: str) -> list[str]:
    return [text[one.begin : one.end] for one in _following(sentences).stretches(text)]


def test_what_is_spoken_and_not_printed_is_passed_over_and_the_other_way_round() -> None:
    follower = _following(
        ["Good morning.", "World.", "The harbour opens", "It opened on Tuesday.", "Rain came."]
    )
    assert [one.sentence for one in follower.stretches("The harbour opens")] == [2]
    assert follower.stretches("A picture of the harbour") == []
    text = "“It opened   on Tuesday.” Nobody said this. Rain came."
    assert [(text[one.begin : one.end], one.sentence) for one in follower.stretches(text)] == [
        ("“It opened   on Tuesday.”", 3),
        ("Rain came.", 4),
    ]


@given(SENTENCES)
def test_every_sentence_is_found_in_order_and_none_overlaps(sentences: list[str]) -> None:
    text = "  ".join(sentences)
    stretches = _following(sentences).stretches(text)
    assert [" ".join(text[one.begin : one.end].split()) for one in stretches] == sentences
    assert all(a.end <= b.begin and a.sentence < b.sentence for a, b in pairwise(stretches))


def test_scripts_without_spaces_part_their_sentences_by_stops() -> None:
    text = "港が開いた。「雨だ。」彼は言った。"
    assert found(text, "港が開いた。", "「雨だ。」", "彼は言った。") == [
        "港が開いた。",
        "「雨だ。」",
        "彼は言った。",
    ]
    assert found("港が開いた雨が降った", "港が開いた", "雨が降った") == ["港が開いた", "雨が降った"]
    assert found("बारिश हुई। नाव चली।", "बारिश हुई।", "नाव चली।") == ["बारिश हुई।", "नाव चली।"]
    assert found("وصلت السفينة. هطل المطر.", "وصلت السفينة.", "هطل المطر.") == ["وصلت السفينة.", "هطل المطر."]


def test_a_word_is_no_sentence_within_another() -> None:
    assert found("Nobody saw the trains. Rain.", "No.", "Rain.") == ["Rain."]


def test_after_a_long_table_the_text_is_found_again() -> None:
    rows = [f"Port: {number}" for number in range(AHEAD + 20)]
    after = "The ferry sailed again on Tuesday morning."
    assert found(after, *rows, after) == [after]


@given(SENTENCES)
def test_every_word_is_found_in_its_sentence(sentences: list[str]) -> None:
    pieces = [tuple(f"{word} " for word in sentence.split()) for sentence in sentences]
    text = "  ".join(f"“{sentence}”" for sentence in sentences)
    found = Follower(pieces).stretches(text)
    assert [(one.sentence, one.word) for one in found] == [
        (number, word) for number, sentence in enumerate(pieces) for word in range(len(sentence))
    ]
    shown = [text[one.begin : one.end].strip("“”") for one in found]
    assert shown == [word.strip() for sentence in pieces for word in sentence]


def test_pieces_without_letters_are_passed_over() -> None:
    found = Follower([("Rain ", "— ", "and ", "“wind”.")]).stretches("Rain — and “wind”.")
    assert [(one.begin, one.end, one.word) for one in found] == [(0, 4, 0), (7, 10, 2), (11, 18, 3)]
