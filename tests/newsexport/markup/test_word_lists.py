"""Lists of Word and Outlook are lists."""

from newsexport.markup import blocks, parse, prepared
from newsexport.model import Block, Listing, Paragraph, Span


def item(text: str, sign: str, level: int = 1) -> str:
    spaces = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>"
    shown = f"<![if !supportLists]><span><span style='mso-list:Ignore'>{sign}{spaces}</span></span><![endif]>"
    return f"<p class=MsoListParagraph style='margin-left:36pt;mso-list:l0 level{level} lfo1'>{shown}{text}<o:p></o:p></p>"


def read(*parts: str) -> tuple[Block, ...]:
    return blocks(prepared(prepared(parse(f"<html><body>{''.join(parts)}</body></html>"))))


def words(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def test_paragraphs_that_bear_signs_are_a_list() -> None:
    found = read("<p>Before.</p>", item("One", "·"), item("Two", "·"), "Behind ", "<p>it.</p>")
    listing = Listing(((words("One"),), (words("Two"),)))
    assert found == (words("Before."), listing, words("Behind"), words("it."))


def test_what_stands_between_stays() -> None:
    one, loose, two = read(item("One", "·"), "Loose.", item("Two", "·"))
    assert (one, loose, two) == (Listing(((words("One"),),)), words("Loose."), Listing(((words("Two"),),)))


def test_such_lists_count_and_nest() -> None:
    found = read(item("Two", "2."), item("a", "o", 2), item("b", "o", 2), item("Three", "3."))
    inner = Listing(((words("a"),), (words("b"),)))
    assert found == (Listing(((words("Two"), inner), (words("Three"),)), ordered=True, start=2),)


def test_a_paragraph_without_a_sign_is_none() -> None:
    assert read("<p style='mso-list:l0 level1 lfo1'>One</p>") == (words("One"),)
