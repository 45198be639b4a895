"""One measure of length for all scripts: spaces decide nothing."""

import pytest

from newsexport.text.counting import count_words, extent, first_words, is_unspaced, most_words


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("The ferry sails again", "The ferry sails again"),
        (" ".join("abcdefghijklmnop"), "a b c d e f g h i j k l"),
        ("渡轮又开航了", "渡轮又开航了"),
        ("林港市议会星期二投票决定，整个夏季禁止汽车驶入港口路。", "林港市议会星期二投票决定"),
        ("渡" * 60, "渡" * 24),
        ("เรือข้ามฟาก" * 9, ("เรือข้ามฟาก" * 9)[:24]),
        ("", ""),
    ],
)
def test_a_beginning_is_short_in_every_script(text: str, begun: str) -> None:
    assert first_words(text) == begun


def test_lengths_compare_across_scripts() -> None:
    english = "The council voted on Tuesday to close the harbour road to cars all summer."
    chinese = "市议会星期二投票决定整个夏季禁止汽车驶入港口路"
    assert 0.7 < extent(chinese) / extent(english) < 1.4
    assert 0.6 < count_words(chinese) / count_words(english) < 1.6
    assert is_unspaced(chinese)
    assert not is_unspaced(english)
    assert most_words(chinese) == len(chinese)
    assert most_words(english) == count_words(english) == 14
