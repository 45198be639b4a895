from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.errors import UsageError
from newsexport.exporters.text import TextExporter, render
from newsexport.job import Job
from newsexport.model import (
    Alignment,
    Article,
    Block,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Rule,
    Section,
    Span,
    Spans,
    Table,
    Twin,
)
from newsexport.text.counting import columns
from newsexport.text.plaintext import wrap

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Mn", "Zs")), max_size=200)


def spans(text: str) -> Spans:
    return (Span(text),)


def paragraph(text: str) -> Paragraph:
    return Paragraph(spans(text))


def body(*blocks: Block, width: int = 72) -> str:
    """What the blocks become below a headline and the minutes to read."""
    article = Article("T", blocks)
    text = render(Edition("T", date(2026, 1, 2), "en", (Section("", (article,)),)), width)
    return text.removeprefix("T\n-\n\n1\u00a0min read\n\n")


FERRY = Article(
    "The ferry comes back after two years in the yard, and nobody can say quite what was done to it",
    (
        Paragraph(
            (
                Span("The "),
                Span("ferry", href="https://example.org/ferry"),
                Span(" is back, says "),
                Span("the ", href="https://example.org/port"),
                Span("port", frozenset({Mark.STRONG}), href="https://example.org/port"),
                Span(". More at "),
                Span("https://example.org/ferry", href="https://example.org/ferry"),
                Span("."),
            )
        ),
        Heading(spans("What it costs")),
        Table(
            (spans("Ticket"), spans("Price"), spans("Valid")),
            (
                (
                    spans("Single"),
                    spans("€2.40"),
                    spans("On the day, in one direction, on any boat of the line"),
                ),
                (spans("Return"), spans("€4"), spans("A week")),
            ),
            spans("Fares from 1 May"),
        ),
        Listing(
            (
                (paragraph("On weekdays"), Listing(((paragraph("at dawn"),), (paragraph("at noon"),)))),
                (paragraph("On Sundays"),),
            ),
            ordered=True,
            start=9,
        ),
        Quote((paragraph("It floats, which is the main thing for a boat of its age and of its weight."),)),
        Figure("boat.jpg", "A boat at a quay", spans("The ferry on Monday")),
        Rule(),
        Heading(spans("For those who write programs"), 3),
        Code("if ferry.floats:\n    board(ferry)\n"),
    ),
    standfirst="It floats.",
    byline=("Ann Other", "A. N. Body"),
    published=datetime(2026, 1, 1, 12, tzinfo=UTC),
    url="https://example.org/1",
    site="The Example",
)
JAPANESE = "東京の港に新しい船が来ました。市長は「とても良い船だ」と言いました。"
TOKYO = Article(
    "東京の港",
    (paragraph(JAPANESE * 3),),
    language="ja",
)
HAIFA = Article("הנמל נפתח", (paragraph("הנמל נפתח מחדש אחרי שנתיים."),), language="he")
EDITION = Edition(
    "Morning", date(2026, 1, 2), "en", (Section("Port", (FERRY, TOKYO)), Section("Town", (HAIFA,)))
)


def test_an_edition_looks_as_it_always_did(golden: Callable[[str, str], None]) -> None:
    golden("text/edition.txt", render(EDITION, 72))


def test_a_narrow_edition_looks_as_it_always_did(golden: Callable[[str, str], None]) -> None:
    golden("text/narrow.txt", render(EDITION, 32))


def test_the_file_is_utf_8_with_plain_newlines_and_one_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    TextExporter().write(EDITION, target, Job())
    data = target.read_bytes()
    assert data.decode("utf-8") == render(EDITION, 72)
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")


@pytest.mark.parametrize("width", [24, 40, 72])
def test_no_line_is_wider_than_asked_but_for_addresses(width: int) -> None:
    for line in render(EDITION, width).splitlines():
        assert columns(line) <= width or "https://" in line, line


@given(WORDS, st.integers(5, 60))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=12)), st.integers(12, 40))
def test_lines_are_as_full_as_they_can_be(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width)
    assert all(len(line) <= width for line in lines)
    for line, after in pairwise(lines):
        assert len(line) + 1 + len(after.split()[0]) > width


def test_wide_characters_take_two_columns_and_accents_none() -> None:
    assert columns("港") == 2
    assert columns("e\u0301") == 1
    assert all(columns(line) <= 20 for line in wrap("新しい船が来ました" * 9, 20))


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    for width in range(8, 40):
        for line in wrap("市長は「良い船だ」と言い、皆も「そうだ」と答えた。" * 3, width):
            assert line[0] not in "」、。"
            assert line[-1] != "「"


def test_a_no_break_space_does_not_break() -> None:
    assert wrap("It took 24\u00a0hours", 12) == ["It took", "24\u00a0hours"]


def test_a_forced_line_break_stays() -> None:
    assert body(paragraph("Roses\nViolets")) == "Roses\nViolets\n"


def test_a_link_is_numbered_once_and_told_at_the_end() -> None:
    text = body(
        Paragraph(
            (
                Span("One", href="https://example.org/x"),
                Span(" two "),
                Span("three", href="https://example.org/y"),
            )
        ),
        Paragraph((Span("Again", href="https://example.org/x"),)),
    )
    assert text == (
        "One [1] two three [2]\n\nAgain [1]\n\n[1] https://example.org/x\n[2] https://example.org/y\n"
    )


def test_numbers_stand_on_the_right_under_their_heading() -> None:
    table = Table(
        (spans("Team"), spans("Goals")), ((spans("Reds"), spans("7")), (spans("Blues"), spans("12")))
    )
    assert body(table) == "Team   Goals\n-----  -----\nReds       7\nBlues     12\n"


def test_a_table_too_wide_for_the_page_becomes_records() -> None:
    head = tuple(spans(f"Column {number}") for number in range(9))
    text = body(Table(head, (tuple(spans(f"cell {number}") for number in range(9)),)), width=40)
    assert text.splitlines()[:2] == ["Column 0: cell 0", "Column 1: cell 1"]


def test_a_ragged_and_an_empty_table_are_no_error() -> None:
    assert body(Table((), ((spans("a"), spans("b")), (spans("c"),)))) == "a  b\nc\n"
    assert body(Table((), ()), paragraph("After")) == "After\n"
    rows = tuple((spans(one), spans(two), spans("1")) for one, two in (("a", "b"), ("word", "words")))
    sides = (Alignment.RIGHT, Alignment.CENTER, None)
    head = (spans("A"), spans("B"), spans("100"))
    aligned = body(Table(head, rows, alignment=sides))
    assert aligned == "   A    B    100\n----  -----  ---\n   a    b      1\nword  words    1\n"


def test_code_keeps_its_spaces() -> None:
    assert body(Code("a  =  1\n\n  b")) == "    a  =  1\n\n      b\n"


def test_lists_count_from_where_they_start_and_nest() -> None:
    inner = Listing(((paragraph("inner"),),))
    assert body(Listing(((paragraph("one"), inner), (paragraph("two"),)), ordered=True, start=9)) == (
        " 9. one\n    - inner\n10. two\n"
    )


def test_a_list_counts_as_it_says_and_a_quotation_tells_whom_it_is_from() -> None:
    countdown = Listing(((paragraph("c"),), (paragraph("b"),)), ordered=True, start=10, numbers=(10, 9))
    quote = Quote((paragraph("It floats."),), attribution=(Span("A. Mayor"),))
    assert body(countdown, quote) == "10. c\n 9. b\n\n    It floats.\n    — A. Mayor\n"


def test_what_is_struck_or_lowered_is_told() -> None:
    struck, lowered = frozenset({Mark.STRUCK}), frozenset({Mark.LOWERED})
    spans = (Span("€10", struck), Span(" €8, H"), Span("2", lowered), Span("O"))
    assert body(Paragraph(spans)) == "~~€10~~ €8, H₂O\n"


def test_lists_nested_deeper_than_the_page_is_wide_still_end() -> None:
    block: Block = paragraph("deep down")
    for _ in range(40):
        block = Listing(((block,),))
    assert "deep" in body(block)


def test_text_from_right_to_left_is_left_as_it_is() -> None:
    assert "הנמל נפתח מחדש אחרי שנתיים." in render(EDITION, 72)


def test_nothing_in_an_article_can_steer_a_terminal() -> None:
    assert body(paragraph("red \x1b[31malert\x07 \x9b0m")) == "red [31malert 0m\n"


def test_a_lone_article_has_no_title_page_of_its_own() -> None:
    assert body(paragraph("Text.")) == "Text.\n"


def test_a_width_without_room_for_words_is_refused() -> None:
    with pytest.raises(UsageError, match="at least 24"):
        TextExporter(width=10)


def test_the_words_around_an_article_are_of_its_language() -> None:
    article = Article(
        "Die Brücke",
        (Figure("weg.png", "Ein Band"),),
        byline=("Ada Fenn", "Bo Lind"),
        published=datetime(2026, 11, 22, tzinfo=UTC),
        language="de",
    )
    text = render(Edition("Die Brücke", date(2026, 11, 23), "de", (Section("", (article,)),)), 72)
    assert "Von Ada Fenn und Bo Lind · 22. November 2026 · 1\u00a0Min. Lesezeit\n" in text
    assert "[Bild: Ein Band]" in text


def test_notes_are_numbered_with_the_links_and_stand_at_the_end() -> None:
    article = Article(
        "T",
        (
            Paragraph(
                (
                    Span("Salt"),
                    Span("", note="b"),
                    Span(" is "),
                    Span("dear", href="https://a.example"),
                    Span("."),
                )
            ),
            Paragraph((Span("So it is"), Span("", note="a"), Span("", note="b"), Span("."))),
        ),
        notes=(
            Note(
                "b",
                (
                    Paragraph((Span("Four crowns, they say"), Span("", note="c"), Span("."))),
                    paragraph("Or five."),
                ),
            ),
            Note("a", (Listing(((paragraph("one"),),)),)),
            Note("c", (paragraph("They do."),)),
        ),
    )
    text = render(Edition("T", date(2026, 1, 2), "en", (Section("", (article,)),)), 72)
    assert text.partition("read\n\n")[2] == (
        "Salt[1] is dear [2].\n\nSo it is[3][1].\n\n"
        "[1] Four crowns, they say[4].\n\n    Or five.\n[2] https://a.example\n[3] - one\n[4] They do.\n"
    )


def test_a_reading_stands_behind_what_it_reads_and_a_pulled_quotation_is_left_out() -> None:
    read = Paragraph((Span("漢字", ruby="かんじ"), Span("と"), Span("word", ruby="w")))
    pulled = Quote((paragraph("と"),), pulled=True)
    assert body(read, pulled) == "漢字（かんじ）とword (w)\n"


def test_where_else_a_story_was_is_said_once_a_paper() -> None:
    twins = tuple(
        Twin(site, f"https://{site}.example/{at}") for at, site in enumerate(("Post", "Post", "Echo"))
    )
    article = Article("Ferry sails", (paragraph("It sails."),), also_in=twins)
    edition = Edition("News", date(2026, 11, 23), "en", (Section("", (article,)),))
    assert "Also in: Post, Echo\n" in render(edition, 72)
