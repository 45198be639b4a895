"""Packing text into requests, as laws and as examples that can be read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.engines.split_text import pack

NEWS = st.text(st.sampled_from("aA1é .,;:!?…–—()“”\"'。、，」字\u0301\u200d\U0001f1e6"), max_size=600)
LIMITS = st.integers(3, 120)
WORDS = st.text("abcd", min_size=1, max_size=35).flatmap(
    lambda word: st.sampled_from(["", ",", ".", ";", "?"]).map(lambda mark: word[:34] + mark)
)


def speakable(text: str) -> list[str]:
    return [character for character in text if character.isalnum()]


@pytest.mark.slow
@given(st.one_of(NEWS, st.text(max_size=600)), LIMITS)
def test_every_letter_is_said_once_and_in_order(text: str, limit: int) -> None:
    assert speakable("".join(pack(text, limit))) == speakable(text)


@given(st.one_of(NEWS, st.text(max_size=600)), LIMITS)
def test_every_piece_fits_and_has_something_to_say(text: str, limit: int) -> None:
    for piece in pack(text, limit):
        assert 0 < len(piece) <= limit
        assert speakable(piece)
        assert piece == " ".join(piece.split())


@given(st.lists(WORDS, max_size=80))
def test_words_stay_whole_and_requests_few(words: list[str]) -> None:
    text = " ".join(words)
    pieces = pack(text)
    assert [word for piece in pieces for word in piece.split() if speakable(word)] == [
        word for word in words if speakable(word)
    ]
    assert len(pieces) <= -(-len(text) // 65)


@pytest.mark.slow
@given(st.lists(WORDS, min_size=60))
def test_260_characters_take_at_most_four_pieces(words: list[str]) -> None:
    assert len(pack(" ".join(words)[:260])) <= 4


def test_clauses_just_too_long_to_share_a_piece_do_not_cost_a_fifth() -> None:
    clause = "the ferry goes to the islands in the north at eight,"
    text = " ".join([clause] * 5)
    assert len(text) == 264
    assert [len(piece) for piece in pack(text[:260])][:2] == [52, 52]
    assert len(pack(text[:260])) == 4


@given(st.text(max_size=100))
def test_what_fits_is_one_piece_or_none(text: str) -> None:
    assert pack(text) == ([" ".join(text.split())] if speakable(text) else [])


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("It rained. The match went on. Nobody left.", 30, ["It rained. The match went on.", "Nobody left."]),
        (
            "It rained. The match went on and nobody left.",
            40,
            ["It rained.", "The match went on and nobody left."],
        ),
        ("When it rained, the match went on at once.", 30, ["When it rained,", "the match went on at once."]),
        (
            "The mayor (who is ill) has sent her regrets.",
            30,
            ["The mayor (who is ill)", "has sent her regrets."],
        ),
        ("The mayor of Sund said “this is too much”.", 25, ["The mayor of Sund said", "“this is too much”."]),
        ("one two three four five six", 20, ["one two three", "four five six"]),
        (
            "It is worth 3,000,000 or 2.5 per cent of all",
            30,
            ["It is worth 3,000,000", "or 2.5 per cent of all"],
        ),
        (
            "Now the old Dr. Ada Sund has at last left us",
            30,
            ["Now the old Dr. Ada Sund", "has at last left us"],
        ),
        (
            "“Stop it now!” he shouted at them. They did.",
            36,
            ["“Stop it now!” he shouted at them.", "They did."],
        ),
        # Japanese and Chinese have no spaces to cut at.
        (
            "雨が降った。「試合は続いた。」誰も帰らなかった、と言う。",
            18,
            ["雨が降った。「試合は続いた。」", "誰も帰らなかった、と言う。"],
        ),
        ("市议会周二投票决定，关闭大桥十八个月。", 12, ["市议会周二投票决定，", "关闭大桥十八个月。"]),
        ("wait — he said — for the rest of the day", 30, ["wait — he said —", "for the rest of the day"]),
    ],
)
def test_a_cut_comes_where_a_speaker_would_breathe(text: str, limit: int, pieces: list[str]) -> None:
    assert pack(text, limit) == pieces


@pytest.mark.parametrize("text", ["", "   ", "…", "!?", "— – —", "“”", "***", "🙂"])
def test_nothing_to_say_is_no_piece(text: str) -> None:
    assert pack(text) == []


@pytest.mark.parametrize(
    "grapheme",
    ["e\u0301", "क्ष", "\u1112\u1161\u11ab", "ก็", "ab"],
    ids=["accent", "conjunct", "Hangul", "Thai", "letters"],
)
def test_a_word_too_long_is_cut_between_graphemes(grapheme: str) -> None:
    pieces = pack(grapheme * 100, 10)
    assert "".join(pieces) == grapheme * 100
    if grapheme != "ab":
        assert all(len(piece) % len(grapheme) == 0 for piece in pieces)


def test_a_flag_and_a_surrogate_pair_stay_whole() -> None:
    flags = pack("a" + "🇳🇴" * 30 + "b", 11)
    assert flags[0] == "a" + "🇳🇴" * 5
    pairs = pack("a" + "\ud83d\ude00b" * 20, 8)
    assert all(piece.count("\ud83d") == piece.count("\ude00") for piece in pairs)


def test_a_grapheme_longer_than_a_piece_is_cut_all_the_same() -> None:
    pieces = pack("a" + "\u0301" * 500, 100)
    assert pieces == ["a" + "\u0301" * 99]


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["a", "\u0301", "。", "\U0001f1e6"])
def test_ten_megabytes_without_a_space_come_to_an_end(unit: str) -> None:
    text = unit * (10_000_000 // len(unit.encode()))
    assert speakable("".join(pack(text))) == speakable(text)
