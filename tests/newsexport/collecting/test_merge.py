"""Pages and lists are put together, and each note stays with what calls it."""

from newsexport.collecting.merge import joined, merged
from newsexport.model import Article, Figure, Note, Paragraph, Span, called_notes, plain_blocks
from newsexport.protocols import Entry


def noted(text: str, *ids: str) -> Article:
    """An article of one paragraph that calls these notes, each of which says its id and the text."""
    calls = tuple(Span("", note=name) for name in ids)
    notes = tuple(Note(name, (Paragraph((Span(f"{name} of {text}"),)),)) for name in ids)
    return Article("Ferry", (Paragraph((Span(text), *calls)),), notes=notes)


def test_notes_of_a_further_page_get_names_of_their_own() -> None:
    whole, following = joined(noted("one", "1", "3"), [noted("two", "1", "2")])
    assert following is None
    assert [list(plain_blocks(note.blocks)) for note in whole.notes] == [
        ["1 of one"], ["3 of one"], ["1 of two"], ["2 of two"]
    ]  # fmt: skip
    assert len({note.id for note in whole.notes}) == 4
    assert called_notes(whole) == whole.notes


def test_what_a_list_says_is_not_told_twice_where_the_page_begins_with_a_picture() -> None:
    text = Paragraph((Span("The ferry sails again after two years."),))
    page = Article("Ferry", (Figure("a.jpg", "", (Span("The ferry, photographed"),)), text))
    said = Article("Ferry", (), standfirst="The ferry sails again after…")
    assert merged(Entry("https://a.example", said), page).standfirst == ""
    other = Article("Ferry", (), standfirst="Two years were lost.")
    assert merged(Entry("https://a.example", other), page).standfirst == "Two years were lost."


def test_the_notes_of_the_fuller_body_are_kept() -> None:
    short, long = noted("short", "1"), noted("much longer than short", "1")
    assert merged(Entry("https://a.example", short), long).notes == long.notes
    assert merged(Entry("https://a.example", long), short).notes == long.notes


def test_a_saved_address_gets_the_title_of_its_page_and_what_a_feed_tells_keeps_its_own() -> None:
    page = Article("Ferry sails again", (Paragraph((Span("It does."),)),))
    listed = Article("Oldhaven Post | Ferry - Browser", ())
    assert merged(Entry("https://a.example", listed, chosen=True), page).title == "Ferry sails again"
    assert merged(Entry("https://a.example", listed), page).title == "Oldhaven Post | Ferry - Browser"


def test_a_title_that_only_one_of_them_has_is_kept() -> None:
    named, nameless = Article("Ferry", ()), Article("", ())
    for chosen in (True, False):
        assert merged(Entry("https://a.example", named, chosen=chosen), nameless).title == "Ferry"
        assert merged(Entry("https://a.example", nameless, chosen=chosen), named).title == "Ferry"
