"""What the desk does to every run of text: links without trackers, languages only where they differ."""

from newsexport.collecting.clean_links import cleaned, in_language
from newsexport.model import (
    Article,
    Block,
    Figure,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
    called_notes,
    runs,
)

TRACKED = "https://a.example/x?utm_source=page"


def everywhere(spans: Spans) -> Article:
    """An article that has these spans wherever spans may be."""
    body: tuple[Block, ...] = (
        Paragraph(spans),
        Heading(spans),
        Quote((Paragraph(spans),), pulled=True),
        Listing(((Paragraph(spans),),)),
        Figure("a", caption=spans),
        Table((spans,), ((spans,),), spans),
        Paragraph((Span("", note="1"),)),
    )
    return Article("Ferry", body, lead=Figure("b", caption=spans), notes=(Note("1", (Paragraph(spans),)),))


def test_links_lose_their_trackers_wherever_they_stand_and_nothing_else_changes() -> None:
    said = Span("霧", frozenset({Mark.STRONG}), TRACKED, "ja", "きり")
    clean = Span("霧", frozenset({Mark.STRONG}), "https://a.example/x", "ja", "きり")
    assert cleaned(everywhere((said, Span("x")))) == everywhere((clean, Span("x")))


def test_a_note_that_nothing_calls_any_more_goes() -> None:
    article = Article("x", (Paragraph((Span("", note="b"),)),), notes=(Note("a", ()), Note("b", ())))
    assert cleaned(article).notes == (Note("b", ()),)


def test_notes_are_in_the_order_of_their_calls_those_of_notes_last() -> None:
    def calls(*names: str) -> tuple[Block, ...]:
        return (Paragraph(tuple(Span("", note=name) for name in names)),)

    notes = (Note("a", calls("d", "a")), Note("b", ()), Note("c", ()), Note("d", calls("c")))
    article = Article("x", calls("b", "a", "b", "gone"), notes=notes)
    assert [note.id for note in called_notes(article)] == ["b", "a", "d", "c"]


def test_only_what_is_in_another_language_says_so() -> None:
    spans = (
        Span("a ", language="en"),
        Span("b "),
        Span("c ", language="EN-gb"),
        Span("d", language="fr"),
        Span("e", language="en", ruby="f"),
    )
    told = (Span("a b c "), Span("d", language="fr"), Span("e", ruby="f"))
    article = in_language(everywhere(spans), "en-GB")
    assert article.language == "en-GB"
    assert {run for run in runs((*article.body, *article.notes[0].blocks)) if len(run) > 1} == {told}


def test_equal_readings_side_by_side_stay_two() -> None:
    spans = (Span("子", language="ja", ruby="こ"),) * 2
    article = in_language(Article("x", (Paragraph(spans),)), "ja")
    assert article.body == (Paragraph((Span("子", ruby="こ"),) * 2),)


def test_a_region_that_the_article_does_not_name_is_kept() -> None:
    article = in_language(Article("x", (Paragraph((Span("a", language="en-US"),)),)), "en")
    assert article.body == (Paragraph((Span("a", language="en-US"),)),)
