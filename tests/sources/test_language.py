"""Languages are told from the text, and only when there is enough of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.sources.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council of Oldhaven has agreed to rebuild the bridge.", "en"),
        ("Der Rat von Lindenau hat beschlossen, die Brücke neu zu bauen.", "de"),
        ("Le conseil municipal a décidé de reconstruire le pont.", "fr"),
        ("Мэр города объявил о новом мосте через реку.", "ru"),
        ("Мер міста оголосив про новий міст через річку.", "uk"),
        ("ראש העיר הודיע על גשר חדש.", "he"),
        ("أعلن رئيس البلدية عن جسر جديد فوق النهر.", "ar"),
        ("Ο δήμαρχος ανακοίνωσε νέα γέφυρα.", "el"),
        ("市长宣布修建一座新桥", "zh"),
        ("市長は新しい橋を発表した", "ja"),
        ("시장은 새로운 다리를 발표했다", "ko"),
        ("นายกเทศมนตรีประกาศสะพานใหม่", "th"),
    ],
)
def test_the_language_is_recognised(text: str, language: str) -> None:
    assert detect(text, "xx") == language


@pytest.mark.parametrize("text", ["", "Paris", "2026: 3–2", "12 345 678 " * 50, "Information"])
def test_too_little_text_gives_the_fallback(text: str) -> None:
    assert detect(text, "xx") == "xx"


def test_a_name_in_another_script_does_not_decide() -> None:
    assert (
        detect("The mayor of Oldhaven has met the author of 東京物語 and talked with him for an hour.", "xx")
        == "en"
    )


@given(st.text())
def test_any_text_gives_a_tag(text: str) -> None:
    assert detect(text, "xx").isalpha()
