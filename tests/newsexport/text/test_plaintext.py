"""What marks tell, where there is nothing but letters."""

import pytest

from newsexport.model import (
    Article,
    Figure,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
    plain,
)
from newsexport.text.plaintext import UNSTORABLE, holding, legible, openings, running, storable, stored

STRUCK, INSERTED = frozenset({Mark.STRUCK}), frozenset({Mark.INSERTED})
LOWERED, RAISED = frozenset({Mark.LOWERED}), frozenset({Mark.RAISED})


@pytest.mark.parametrize(
    ("spans", "text"),
    [
        ((Span("€10", STRUCK), Span(" "), Span("€8", INSERTED)), "~~€10~~ €8"),
        ((Span("a ", STRUCK), Span("b", STRUCK | {Mark.STRONG})), "~~a b~~"),
        ((Span("H"), Span("2", LOWERED), Span("O")), "H₂O"),
        ((Span("a"), Span("n+1", LOWERED)), "aₙ₊₁"),
        ((Span("v"), Span("city", LOWERED)), "v_city"),
        ((Span("v"), Span("Q,z", LOWERED)), "v_(Q,z)"),
        ((Span("the 1"), Span("st", RAISED)), "the 1st"),
        ((Span("XX"), Span("e", RAISED), Span(" siècle")), "XXe siècle"),
        ((Span("e"), Span("n+1", RAISED)), "eⁿ⁺¹"),
        ((Span("e"), Span("x+y", RAISED)), "e^(x+y)"),
        ((Span(" ", STRUCK), Span("a")), " a"),
    ],
)
def test_marks_are_told_by_characters_and_signs(spans: Spans, text: str) -> None:
    assert plain(legible(spans)) == text


def test_what_is_struck_does_not_hold() -> None:
    assert holding((Span("It costs "), Span("€10", STRUCK), Span(" "), Span("€8", INSERTED))) == "It costs €8"


def test_an_article_begins_with_its_first_running_text() -> None:
    words = (Span("It opened."),)
    body = (
        Figure("a.jpg", "A harbour", (Span("The harbour, photographed"),)),
        Heading((Span("Monday"),)),
        Table((), (((Span("1"),),),)),
        Quote((Paragraph(words),), attribution=(Span("A. Mayor"),)),
        Listing(((Paragraph((Span("Then it rained."),)),),)),
    )
    assert list(running(body)) == ["It opened.", "Then it rained."]
    assert next(openings(Article("T", body))) == "It opened."
    assert next(openings(Article("T", body[:2]))) == "The harbour, photographed"


@pytest.mark.parametrize(
    "text",
    ["A line\r\n\tand another", "\x00a\x1b\x7f", "caf\x85\xa0é\x9f", "\ufeffa\ufffe\uffff\ufdd0\ufffd", "a\ud800b",
     "\U0001f600\U0001fffe\U0010ffff", "\u3ffe\u3fff"],
)  # fmt: skip
def test_what_is_stored_as_utf_8_is_what_can_be_stored(text: str) -> None:
    assert stored(text) == storable(text).encode()
    assert not UNSTORABLE.search(stored(text).decode())


def test_two_halves_of_a_character_are_the_character() -> None:
    assert storable("a \ud83c\udfad b \ud83c c \udfad") == "a 🎭 b  c "
