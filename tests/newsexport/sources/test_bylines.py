"""What stands around an article is found, and sentences of the article are left alone."""

from datetime import UTC, datetime

import pytest

from newsexport.model import Article, Heading, Listing, Paragraph, Span
from newsexport.sources.bylines import byline, fields_lifted, shortened
from newsexport.text.boilerplate import credit, is_boilerplate
from newsexport.text.dates import parse_date


def paragraph(text: str, href: str | None = None) -> Paragraph:
    return Paragraph((Span(text, href=href),))


@pytest.mark.parametrize(
    "text",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Read more",
        "Read more »",
        "Read more: How Skerry rebuilt its harbour wall",
        "Related: Tolls for ships",
        "Share this article",
        "[Share]",
        "Subscribe to our newsletter for more stories like this.",
        "Follow us on every screen you own",
        "Click here to read the rest of this story",
        "© 2026 The Skerry Times. All rights reserved.",
        "Tags: harbour, tolls",
        "Anzeige",
        "Lesen Sie auch: Neue Gebühren im Hafen",
        "Lire aussi : Le port de Skerry",
        "Читайте также: Новые сборы в порту",
        "פרסומת",
        "続きを読む",
    ],
)
def test_boilerplate_is_recognised(text: str) -> None:
    assert is_boilerplate(text)


@pytest.mark.parametrize(
    "text",
    [
        "Read more than ten books a year and you are in a minority.",
        "Related species have been found in three lakes.",
        "Share prices fell by 4% on Friday.",
        "Advertisement spending rose for the third year.",
        "Comments: they were many, and most were kind, the editor said.",
        "Subscribe, he told the crowd, to nothing you would not read twice.",
        "Follow us, said the ferrymen, and the boats followed.",
        "Click.",
        "Copyright law has not kept up, the minister said.",
        "Print is not dead, and the Skerry Times is the proof of it.",
        "Source: Read Full Article",
        "",
    ],
)
def test_sentences_with_the_same_words_are_kept(text: str) -> None:
    assert not is_boilerplate(text)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Source: Read Full Article", ""),
        ("Source: https://skerry.example/a.", "https://skerry.example/a"),
        ("Source: Read Full Article (https://skerry.example/a)", "https://skerry.example/a"),
        ("Source: The Skerry Times", "The Skerry Times"),
        ("Quelle: Skerryer Bote", "Skerryer Bote"),
        ("This article was originally published at https://skerry.example/a", "https://skerry.example/a"),
        ("Originally published by The Skerry Times.", "The Skerry Times"),
        ("Source: a dam above the town, said an engineer who had warned of it for years.", None),
        ("Via the harbour, the ships reach the sea.", None),
        ("The source of the river is unknown.", None),
        ("Source:", None),
    ],
)
def test_a_line_of_credit_names_an_address_or_a_publisher(line: str, named: str | None) -> None:
    assert credit(line) == named


def test_a_footer_goes_and_leaves_its_address() -> None:
    body = (
        paragraph("The first paragraph."),
        paragraph("Advertisement"),
        paragraph("Source: the harbour master."),
        paragraph("The last paragraph."),
        paragraph("Source: https://skerry.example/tolls"),
        paragraph("Share this article"),
    )
    read = fields_lifted(Article("Tolls", body))
    assert read.body == (body[0], body[2], body[3])
    assert read.url == "https://skerry.example/tolls"


def test_a_linked_footer_leaves_its_address_when_there_is_only_one() -> None:
    one = paragraph("Read full article", "https://skerry.example/a")
    other = paragraph("Read more", "https://skerry.example/b")
    text = paragraph("Text.")
    assert fields_lifted(Article("Tolls", (text, one))).url == "https://skerry.example/a"
    assert fields_lifted(Article("Tolls", (text, one, other))).url is None
    assert (
        fields_lifted(Article("Tolls", (text, one), url="https://own.example")).url == "https://own.example"
    )


def test_a_last_list_of_related_articles_goes_with_its_heading() -> None:
    items = Listing(((paragraph("One"),), (paragraph("Two"),)))
    label = Heading((Span("Related articles"),))
    text = paragraph("Text.")
    assert fields_lifted(Article("Tolls", (text, label, items))).body == (text,)
    assert fields_lifted(Article("Tolls", (label, items, text))).body == (label, items, text)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Fenn", ("Ada Fenn",)),
        ("By Ada Fenn and Bo Lind", ("Ada Fenn", "Bo Lind")),
        ("BY ADA FENN, BO LIND AND CY ODE", ("ADA FENN", "BO LIND", "CY ODE")),
        ("By Ada Fenn, Bo Lind and Cy Ode", ("Ada Fenn", "Bo Lind", "Cy Ode")),
        ("By Ada Fenn, Science Correspondent", ("Ada Fenn, Science Correspondent",)),
        ("Von Almut von der Heide", ("Almut von der Heide",)),
        ("Par Odile Marsh et Jean Brac", ("Odile Marsh", "Jean Brac")),
        ("By noon the harbour was full", ()),
        ("By Friday", ()),
        ("By Sunday 23 November", ()),
        ("By Ada Fenn. She lives in Skerry", ()),
    ],
)
def test_a_byline_is_names_and_nothing_else(line: str, names: tuple[str, ...]) -> None:
    assert byline(line) == names


def test_byline_and_date_below_the_headline_leave_the_body() -> None:
    body = (paragraph("By Ada Fenn\nPublished on 23 November 2026"), paragraph("Text."))
    read = fields_lifted(Article("Tolls", body))
    assert read.byline == ("Ada Fenn",)
    assert read.published == datetime(2026, 11, 23, tzinfo=UTC)
    assert read.body == body[1:]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "2026-11-23T00:00:00Z",
        "23 November 2026",
        "Monday, 23 November 2026",
        "Mon, 23 Nov 2026 00:00:00 GMT",
        "November 23rd, 2026",
        "Nov. 23, 2026",
        "23. November 2026",
        "23 de noviembre de 2026",
        "23.11.2026",
    ],
)
def test_dates_are_read_in_the_forms_people_write(text: str) -> None:
    assert parse_date(text) == datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "11/12/2026", "31 February 2026", "23 Movember 2026", "99.99.2026"]
)
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_first_words_end_with_a_word() -> None:
    assert shortened("one two three", 8) == "one two…"
    assert shortened("one", 8) == "one"


@pytest.mark.parametrize(
    "text", ["→ The bottom line: it rains.", "—", "* * *", ">> See our guide: ferries", "💡"]
)
def test_signs_without_words_are_no_label(text: str) -> None:
    assert not is_boilerplate(text)
