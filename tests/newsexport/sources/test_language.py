"""Languages are told from the text, and only when there is enough of it."""

import gc
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import LanguageIdentifier

from newsexport import pipeline
from newsexport.model import Article, Paragraph, Span
from newsexport.pipeline import Arrangement, Collected, arrange
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


def test_closely_related_languages_are_not_mixed_up() -> None:
    portuguese = "O conselho da cidade decidiu que a ponte velha será reconstruída antes do inverno. " * 5
    galician = "O concello da cidade decidiu que a ponte vella será reconstruída antes do inverno. " * 5
    assert detect(portuguese, "xx") == "pt"
    assert detect(galician, "xx") in {"gl", "pt"}
    afrikaans = "Die raad van die stad het besluit dat die ou brug voor die winter herbou sal word. " * 5
    assert detect(afrikaans, "xx") == "af"


def test_an_ordinary_article_needs_no_model() -> None:
    script = (
        "import sys; from newsexport.sources.language import detect;"
        "text = 'The council of the town has voted for a bridge, and it is to be paid by the county. ' * 4;"
        "assert detect(text, 'xx') == 'en'; assert 'py3langid' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


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


def test_many_articles_leave_no_model_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    danish = "Kommunen har besluttet, at den gamle bro bliver genopbygget inden vinteren. "
    articles = tuple(Article(f"Bro {n}", (Paragraph((Span(danish * 2),)),)) for n in range(3))
    assert arrange(Collected(articles), Arrangement(date(2026, 11, 23))).language == "da"
    assert any(type(one) is LanguageIdentifier for one in gc.get_objects())
    monkeypatch.setattr(pipeline, "ROOM", 2)
    assert arrange(Collected(articles), Arrangement(date(2026, 11, 23))).language == "da"
    gc.collect()
    assert not any(type(one) is LanguageIdentifier for one in gc.get_objects())
