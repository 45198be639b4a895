"""Quotation marks as the language of an article prints them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.model import Article, Mark, Paragraph, Span
from newsexport.text.quotation_marks import curled, typographic_article


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en", '"It\'s late," said Jo O\'Brien. "They\'re off."', "“It’s late,” said Jo O’Brien. “They’re off.”"),
        ("en", "He called it 'a \"fine\" mess' in the '90s.", "He called it ‘a “fine” mess’ in the ’90s."),
        ("en", "The boys' hats and James' coat", "The boys’ hats and James’ coat"),
        ("en", 'rock \'n\' roll, ("in brackets"), the "A"-team', "rock ’n’ roll, (“in brackets”), the “A”-team"),
        ("en", '—"What?"', "—“What?”"),
        ("de", "Er sagte: \"Das ist 'gut'.\"", "Er sagte: „Das ist ‚gut‘.“"),
        ("fr", 'Il a dit "oui" et l\'autre "non".', "Il a dit «\u00a0oui\u00a0» et l’autre «\u00a0non\u00a0»."),
        ("es", '"¿Qué?", dijo', "«¿Qué?», dijo"),
        ("sv", '"Hej", sa hon', "”Hej”, sa hon"),
        ("it", "l'altro dell'\"Unità\"", "l’altro dell’«Unità»"),
        ("uk", "п'ять \"слів\"", "п’ять «слів»"),
    ],
)  # fmt: skip
def test_marks_are_those_of_the_language(language: str, typed: str, printed: str) -> None:
    assert curled(typed, language) == printed
    assert curled(printed, language) == printed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It is 5'10\" tall, 6\" wide, 12' long."),
        ("he", "צה\"ל וג'ורג"),
        ("ja", '"iPhone"を買う'),
        ("en", "“Already” ‘there’"),
        ("en", 'said hello" and left'),
    ],
)
def test_what_is_no_quotation_stays_as_it_was(language: str, text: str) -> None:
    assert curled(text, language) == text


def test_a_speaker_who_goes_on_in_the_next_paragraph_is_heard() -> None:
    assert curled('"He went on and on.', "en") == "“He went on and on."


def test_a_quotation_may_end_outside_of_emphasis_and_code_is_as_it_was() -> None:
    spans = (
        Span('She said "'),
        Span("not", frozenset({Mark.EMPHASIS})),
        Span(' now" of '),
        Span("print('x')", frozenset({Mark.CODE})),
        Span(", it's said."),
    )
    article = typographic_article(Article('Ada\'s "no"', (Paragraph(spans),), byline=("Pat O'Neill",)), "en")
    (paragraph,) = article.body
    assert isinstance(paragraph, Paragraph)
    texts = [span.text for span in paragraph.spans]
    assert texts == ["She said “", "not", " now” of ", "print('x')", ", it’s said."]
    assert (article.title, article.byline) == ("Ada’s “no”", ("Pat O’Neill",))


@given(st.text("ab 1.,'\"-(\n", max_size=40), st.sampled_from(["en", "de", "fr", "he", "ja"]))
def test_only_straight_marks_change_and_only_once(text: str, language: str) -> None:
    once = curled(text, language)
    kept = iter(once)
    assert all(letter in kept for letter in text if letter not in "'\"")
    assert curled(once, language).count('"') <= once.count('"') <= text.count('"')
