"""Plain text as people keep news in it becomes an article with nothing lost and nothing added."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.errors import SourceError
from newsexport.interchange import to_json
from newsexport.model import (
    Article,
    Block,
    Edition,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Section,
    Span,
    Table,
    plain,
    plain_blocks,
)
from newsexport.protocols import Resource
from newsexport.sources.layout import linked
from newsexport.sources.text import TextSource

PLAIN = """\
Harbour master of Skerry warns shipowners of new tolls

Ships that leave their engines running in port will pay for it, the harbour master of Skerry said.

The harbour master of Skerry, Capt. Odile R. Marsh, has written to forty shipowners to tell them that ships \
whose engines run in port will pay a toll from January.

Capt. Marsh spoke to the council on Thursday. She said the air in Net Lane was “worse than on the ring road” \
on days with three ships or more, and that the toll would be €400 an hour.

The owners say that the port has only two cables to supply ships with electricity. Capt. Marsh promised six \
more by the spring.

Source: Read Full Article"""


def article(text: str, name: str = "note.txt") -> Article:
    (read,) = TextSource().read(Resource(name, text.encode()))
    return read


def body(text: str) -> tuple[Block, ...]:
    """The blocks of a text below some headline."""
    return tuple(article(f"Headline\n\n{text}").body)


def words(*texts: str) -> tuple[Block, ...]:
    return tuple(Paragraph((Span(text),)) for text in texts)


def test_headline_standfirst_and_body_are_told_apart_and_the_footer_is_gone(
    golden: Callable[[str, str], None],
) -> None:
    read = article(PLAIN)
    assert read.title == "Harbour master of Skerry warns shipowners of new tolls"
    assert read.standfirst.startswith("Ships that leave their engines running")
    assert plain(read.body[0].spans if isinstance(read.body[0], Paragraph) else ()).startswith(
        "The harbour master"
    )
    assert len(read.body) == 3
    assert "Read Full Article" not in "".join(plain_blocks(read.body))
    edition = Edition("News", date(2026, 11, 23), "en", (Section("", (read,)),))
    golden("sources/plain.json", to_json(edition).decode())


def test_line_ends_and_blank_lines_do_not_matter() -> None:
    assert article(PLAIN.replace("\n", "\r\n")) == article(PLAIN)
    assert article(PLAIN.replace("\n", "\r")) == article(PLAIN)
    assert article("\ufeff\n\n" + PLAIN.replace("\n\n", "\n \t\n\n\n") + "\n\n\n") == article(PLAIN)


def test_an_article_without_a_standfirst_keeps_its_first_paragraph() -> None:
    lines = PLAIN.split("\n\n")
    assert article("\n\n".join([lines[0], *lines[2:]])).standfirst == ""


@pytest.mark.parametrize(
    "first",
    [
        "“Ships that leave their engines running in port will pay,” the harbour master of Skerry said.",
        "SKERRY — Ships that leave their engines running will pay, the harbour master of Skerry said.",
        "Ships that leave their engines running in port will pay. The harbour master of Skerry said so.",
        "Everything was quiet on Sunday, apart from some geese whose owner was not to be found.",
        "This is what the harbour master of Skerry says about ships that pay:",
    ],
    ids=["a quotation", "a place", "two sentences", "not said again", "an announcement"],
)
def test_an_ordinary_opening_is_no_standfirst(first: str) -> None:
    lines = PLAIN.split("\n\n")
    read = article("\n\n".join([lines[0], first, *lines[2:]]))
    assert read.standfirst == ""
    assert next(plain_blocks(read.body)) == first


def test_a_wrapped_text_is_joined_into_paragraphs_and_its_headline_too() -> None:
    read = article(
        "Harbour master of Skerry warns the owners of forty ships of new\n"
        "tolls\n\n"
        "The harbour master has written to forty owners to tell them that\n"
        "ships whose engines run in port will pay a toll from January on.\n\n"
        "The owners were not amused at all.\n"
    )
    assert read.title == "Harbour master of Skerry warns the owners of forty ships of new tolls"
    assert read.body == words(
        "The harbour master has written to forty owners to tell them that ships whose engines run in port "
        "will pay a toll from January on.",
        "The owners were not amused at all.",
    )


def test_lines_that_end_early_are_meant_to() -> None:
    read = body("The letter went to this address, where nobody lives:\n\nHarbour House\nNet Lane 3\nSkerry")
    assert read[1:] == words("Harbour House\nNet Lane 3\nSkerry")


def test_without_blank_lines_every_line_is_a_paragraph() -> None:
    long = (
        "This is a line that was never wrapped, because its program left that to the window it was shown in, "
        * 2
    )
    read = article(f"Headline\n{long}\n{long}")
    assert read.title == "Headline"
    assert len(read.body) == 2


def test_a_short_line_between_paragraphs_is_a_heading() -> None:
    prose = (
        "A sentence long enough to be seen as a paragraph of prose, and not as a heading of its own at all."
    )
    assert body(f"{prose}\n\nWhat happens next\n\n{prose}")[1] == Heading((Span("What happens next"),))
    assert body(f"{prose}\n\nIt was late.\n\n{prose}")[1] == words("It was late.")[0]
    assert body(f"What happens next\n\n{prose}")[0] == words("What happens next")[0]
    assert body(f"{prose}\n\nNext\n----\n\n{prose}")[1] == Heading((Span("Next"),), 3)


def test_lists_are_found_also_with_blank_lines_between_items() -> None:
    fruit = tuple(words(name) for name in ("apples", "pears"))
    assert body("- apples\n- pears") == (Listing(fruit),)
    assert body("• apples\n\n• pears") == (Listing(fruit),)
    assert body("3. apples\n4. pears") == (Listing(fruit, ordered=True, start=3),)
    assert body("They sell:\n* apples\n* pears") == (*words("They sell:"), Listing(fruit))


@pytest.mark.parametrize("text", ["1. FC Skerry won.", "- 5 degrees at dawn.", "1998. A year of hope"])
def test_what_only_looks_like_a_list_is_text(text: str) -> None:
    assert body(text) == words(text)


def test_what_is_announced_and_quoted_without_a_blank_line_is_a_quotation() -> None:
    found = article("A title\n\nBo wrote:\n> Is it\n> dry?\nIt is.\n\nIt was more than\n> 40 degrees.").body
    assert found == (
        Paragraph((Span("Bo wrote:"),)),
        Quote((Paragraph((Span("Is it\ndry?"),)),)),
        Paragraph((Span("It is."),)),
        Paragraph((Span("It was more than\n> 40 degrees."),)),
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The council of the town keeps its last tele-\nphone box, and nobody", "last telephone box"),
        ("The council of the town keeps its well-made\nwell-\nmade box, and nobody there", "well-made box"),
        ("A state is what owns the box, which has been state-\nowned and owned", "state-owned and owned"),
        ("The mother of the mayor, and of the town, her mother-\nin-law, is angry", "mother-in-law, is"),
        ("The council of the town has to vote on re-\nand imports of old telephones", "on re- and imports"),
        ("The council of the town keeps its last tele\u00ad\nphone box, and nobody", "last telephone box"),
        (
            "Der Rat der Stadt will seine letzte Telefon-\nUnd so weiter und so fort geht es",
            "Telefon- Und so",
        ),
    ],
)
def test_words_that_were_divided_at_the_ends_of_lines_are_whole(text: str, read: str) -> None:
    found = article(f"A title\n\n{text}\nis glad of it.\n\nAnother paragraph.")
    assert read in "\n".join(plain_blocks(found.body))


def test_a_program_that_keeps_words_whole_has_kept_their_hyphens() -> None:
    found = article(
        "A title\n\nA well-known, hand-made and much-loved box of the far-off town is blue-\ngreen and well-kept.\n\nOh."
    )
    assert "blue-green" in "".join(plain_blocks(found.body))


def test_paragraphs_may_begin_with_an_indent_alone() -> None:
    told = [
        "The ferry sails again, and the first to board was a dog",
        "The harbour wall was finished late and well.",
    ]
    text = f"A title\n\n   {told[0]}\nwith a red collar.\n   {told[1]}\n\nEnd of it."
    assert list(plain_blocks(article(text).body)) == [f"{told[0]} with a red collar.", told[1], "End of it."]


BOATS = Table(
    tuple((Span(word),) for word in ("Boat", "Time")),
    tuple(tuple((Span(word),) for word in row) for row in (("Coot", "13:01"), ("Old Goose", "9:22"))),
)


@pytest.mark.parametrize(
    "table",
    [
        "+---+---+\n| Boat | Time |\n+---+---+\n| Coot | 13:01 |\n| Old Goose | 9:22 |\n+---+---+",
        "+---+---+\n| Boat | Time |\n+===+===+\n| Coot | 13:01 |\n+---+---+\n| Old Goose | 9:22 |\n+---+---+",
        "┌───┬───┐\n│ Boat │ Time │\n├───┼───┤\n│ Coot │ 13:01 │\n│ Old Goose │ 9:22 │\n└───┴───┘",
        "Boat       Time\n---------  -----\nCoot       13:01\nOld Goose   9:22",
        "Boat       Time\nCoot       13:01\nOld Goose   9:22",
        "| Boat | Time |\n|------|------|\n| Coot | 13:01 |\n| Old Goose | 9:22 |",
    ],
)
def test_tables_are_found_however_they_are_drawn(table: str) -> None:
    assert article(f"Results\n\nThey came in late.\n\n{table}\n\nAll had tea.").body[1] == BOATS


def test_sentences_with_two_spaces_between_are_no_table() -> None:
    lines = "It was late.  They came.\nIt rained.  They had tea.\nAll was well.  It was over."
    assert not any(isinstance(block, Table) for block in article(f"Results\n\nFirst.\n\n{lines}").body)


def test_quotes_breaks_and_tables_are_found() -> None:
    assert body("> Dear sir,\n> goodbye.\n\nWe")[0] == Quote(words("Dear sir,\ngoodbye."))
    assert body("one\n\n* * *\n\ntwo") == (*words("one"), Rule(), *words("two"))
    row = ((Span("Skerry"),), (Span("4"),))
    head = ((Span("Port"),), (Span("Ships"),))
    assert body("Port\tShips\nSkerry\t4") == (Table(head, (row,)),)
    assert body("| Port | Ships |\n|---|---:|\n| Skerry | 4 |") == (Table(head, (row,)),)
    assert body("Skerry | 4\nSkerry | 4") == (Table((), (row, row)),)


def test_addresses_become_links_and_the_text_stays() -> None:
    address = "https://skerry.example/tolls_(2026)"
    spans = linked(f"See {address}, or ({'https://skerry.example'}).")
    assert [span.href for span in spans] == [None, address, None, "https://skerry.example", None]


@given(st.text(max_size=300))
def test_linked_text_joined_is_the_text(text: str) -> None:
    assert plain(linked(text)) == text


def test_a_text_without_a_headline_is_given_its_first_words() -> None:
    read = article("word " * 100)
    assert read.title == "word " * 19 + "word…"
    assert read.body == words(("word " * 100).strip())
    assert article("Only this.").title == "Only this."


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "e" + "\u0301" * 10_000,
        "\n" * 2_000_000 + "end",
        "a\n" * 20_000,
        "> " * 200_000,
        " - " * 100_000,
    ],
    ids=["one word", "one letter", "blank lines", "short lines", "quotes", "dashes"],
)
def test_huge_and_strange_texts_are_read_like_any_other(text: str) -> None:
    assert len(article(text).title) <= 300


@given(st.text(alphabet=st.sampled_from("aB1 .:>-*|\t\n\n#=—“"), max_size=200))
def test_no_letter_of_a_text_is_lost_or_invented(text: str) -> None:
    try:
        read = article(text)
    except SourceError:
        return
    everything = " ".join((read.title, read.standfirst, *read.byline, *plain_blocks(read.body)))
    assert set(everything) <= {*text, *" …"}
    assert everything.count("B") >= text.count("B")


@given(st.binary(max_size=300))
def test_random_bytes_give_an_article_or_a_refusal(data: bytes) -> None:
    try:
        (read,) = TextSource().read(Resource("note.txt", data))
    except SourceError:
        return
    assert read.title


def test_header_lines_say_more_about_the_article() -> None:
    read = article(
        "Title: New tolls\nAuthor: Ada Fenn\nDate: 23 November 2026\nLanguage: en_GB\nMood: grim\n"
        "Source: https://skerry.example/tolls\n\nThe first paragraph.\n\nThe second."
    )
    assert read == Article(
        "New tolls",
        words("The first paragraph.", "The second."),
        byline=("Ada Fenn",),
        published=datetime(2026, 11, 23, tzinfo=UTC),
        url="https://skerry.example/tolls",
        language="en-GB",
        reference="note.txt",
    )


@pytest.mark.parametrize(
    "headline", ["Source: army to withdraw", "Image: what a picture changed", "Skerry: a portrait"]
)
def test_a_headline_with_a_colon_is_no_header_line(headline: str) -> None:
    assert article(f"{headline}\n\nText.").title == headline


def test_what_the_author_says_wins_and_what_the_text_says_stays() -> None:
    said = article("Standfirst: Said by hand.\n\n" + PLAIN)
    assert said.standfirst == "Said by hand."
    found = article(PLAIN)
    assert said.body == (*words(found.standfirst), *found.body)
    assert replace(said, body=found.body, standfirst=found.standfirst) == found


def test_only_text_files_and_files_without_a_suffix_are_accepted() -> None:
    assert TextSource().accepts(Resource("a.TXT", b"")) > TextSource().accepts(Resource("-", b"")) > 0
    assert TextSource().accepts(Resource("a.jpg", b"")) == 0
