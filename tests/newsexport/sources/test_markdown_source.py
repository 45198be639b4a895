"""Markdown becomes the same blocks as everything else."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.errors import SourceError
from newsexport.events import Omitted, noticed
from newsexport.interchange import to_json
from newsexport.model import (
    Alignment,
    Article,
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
    Table,
    plain,
    plain_blocks,
    runs,
)
from newsexport.protocols import Resource
from newsexport.sources.markdown import MarkdownSource

EVERYTHING = """\
---
author: [Ada Fenn, Bo Lind]
section: Harbour
---
# Tolls for *ships*

The harbour master is **very** sure, as `cat tolls.txt`
shows, and [the council](https://skerry.example/council) is not.\\
A new line.

## What it costs

| Ship  | Toll |
|-------|-----:|
| small | *€40* |
| large | |

### In detail

1. First,
2. second:
   - nested

> Pay or sail.
>
> > Said twice.

![A crane](crane.png "The **new** crane")

```python
print("toll")
```

---

<div class="ad"><script>alert(1)</script>Kept &amp; cleaned</div>

Here is <b>bold</b> html<br>and a ~~struck~~ word: https://skerry.example/x.

Tolls rise again[^may], by a third^[Of *all* fares], and again[^may].

[^may]: From May.

    They fell last in 1911.[^1911]

[^1911]: On the king's birthday.

Share this article
"""


def article(text: str, reference: str = "note.md") -> Article:
    (read,) = MarkdownSource().read(Resource(reference, text.encode()))
    return read


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def test_every_kind_of_block_is_read(golden: Callable[[str, str], None]) -> None:
    edition = Edition("News", date(2026, 11, 23), "en", (Section("", (article(EVERYTHING),)),))
    golden("sources/everything.json", to_json(edition).decode())


@pytest.mark.parametrize(
    "target", ["crane.png", "https://skerry.example/crane.png", "data:image/png;base64,AA=="]
)
def test_a_picture_is_named_by_its_target(target: str) -> None:
    read = article(f"# Cranes\n\nText ![A crane]({target} 'The crane') goes on.")
    assert read.body == (
        Paragraph((Span("Text  goes on."),)),
        Figure(target, "A crane", (Span("The crane"),)),
    )
    assert read.media == ()


def test_front_matter_gives_the_lead_picture() -> None:
    read = article("---\nimage: crane.png\nalt: A crane\ncaption: New\n---\n# Cranes\n\nText.")
    assert read.lead == Figure("crane.png", "A crane", (Span("New"),))


@pytest.mark.parametrize(
    "text",
    [
        "# Cranes\n\nText.",
        "Cranes\n======\n\nText.",
        "### Cranes\n\nText.",
        "Cranes\n\nText.",
        "---\ntitle: Cranes\n---\nText.",
        "---\ntitle: Cranes\n---\n# Cranes\n\nText.",
        "Title: Cranes\nMood: grim\n\nText.",
    ],
)
def test_the_headline_is_found_wherever_it_stands(text: str) -> None:
    assert article(text) == Article("Cranes", (paragraph("Text."),), reference="note.md")


def test_the_highest_heading_below_the_headline_is_of_level_two() -> None:
    read = article("# Cranes\n\n#### Old\n\n##### Older\n\n# New")
    assert [block.level for block in read.body if isinstance(block, Heading)] == [5, 6, 2]
    assert article("---\ntitle: Cranes\n---\n### Old\n\nText.").body[0] == Heading((Span("Old"),), 2)


def test_only_links_that_lead_somewhere_safe_are_kept() -> None:
    read = article(
        "# Cranes\n\n[a](javascript:x) [b](#c) [d](mailto:e@skerry.example) [f](HTTPS://skerry.example)"
    )
    (text,) = read.body
    assert isinstance(text, Paragraph)
    assert plain(text.spans) == "a b d f"
    assert [span.href for span in text.spans if span.href] == [
        "mailto:e@skerry.example",
        "HTTPS://skerry.example",
    ]


def test_marks_add_up_and_equal_neighbours_are_one() -> None:
    read = article("# Cranes\n\n*a **b***&amp;c **d**")
    emphasis, strong = Mark.EMPHASIS, Mark.STRONG
    assert read.body == (
        Paragraph(
            (
                Span("a ", frozenset({emphasis})),
                Span("b", frozenset({emphasis, strong})),
                Span("&c "),
                Span("d", frozenset({strong})),
            )
        ),
    )


def test_lists_quotes_tables_and_code_keep_their_form() -> None:
    read = article("# Cranes\n\n3. a\n   > b\n\n| x |\n|---|\n| y |\n\n    code\n\n***")
    assert read.body == (
        Listing(((paragraph("a"), Quote((paragraph("b"),))),), ordered=True, start=3),
        Table(((Span("x"),),), (((Span("y"),),),)),
        Code("code"),
        Rule(),
    )


def test_colons_below_the_head_say_where_columns_stand() -> None:
    (table, plain) = article("# T\n\n|a|b|c|d|\n|:-|:-:|--:|--|\n|w|x|y|z|\n\n|a|b|\n|--|--|\n|c|d|").body
    assert isinstance(table, Table) and isinstance(plain, Table)
    assert table.alignment == (Alignment.LEFT, Alignment.CENTER, Alignment.RIGHT, None)
    assert plain.alignment == ()


def test_what_is_struck_and_what_has_no_sign_but_html_is_marked() -> None:
    (block,) = article("# T\n\n~~a~~ <ins>b</ins> c<sub>1</sub> **d <del>e</del>** f").body
    assert isinstance(block, Paragraph)
    assert [(span.text, set(span.marks)) for span in block.spans if span.marks] == [
        ("a", {Mark.STRUCK}),
        ("b", {Mark.INSERTED}),
        ("1", {Mark.LOWERED}),
        ("d ", {Mark.STRONG}),
        ("e", {Mark.STRONG, Mark.STRUCK}),
    ]


@pytest.mark.parametrize(
    "text", ["> Well.\n> — A. Mayor", "> Well.\n>\n> — A. Mayor", "> Well.\n> -- A. Mayor"]
)
def test_the_last_line_of_a_quotation_tells_whom_it_is_from(text: str) -> None:
    (quote,) = article(f"# T\n\n{text}").body
    assert quote == Quote((paragraph("Well."),), attribution=(Span("A. Mayor"),))


def test_a_note_that_nothing_calls_stays_and_so_does_a_call_of_nothing() -> None:
    read = article("# Cranes\n\nText[^none].\n\n[^old]: Not called.\n\n> [^new]: Called[^new].\n\nEnd[^new].")
    assert read.body[:2] == (paragraph("Text[^none]."), paragraph("Not called."))
    assert read.body[-1] == Paragraph((Span("End"), Span("", note="1"), Span(".")))
    assert read.notes == (Note("1", (Paragraph((Span("Called"), Span("", note="1"), Span("."))),)),)


def test_notes_that_only_call_each_other_are_no_text_lost() -> None:
    read = article("# Cranes\n\nText.\n\n[^a]: One[^b]\n\n[^b]: Two[^a]")
    everything = (*read.body, *(block for note in read.notes for block in note.blocks))
    assert {"Text.", "One", "Two"} <= set(plain_blocks(everything))
    called = {span.note for run in runs(everything) for span in run if span.note}
    assert called == {note.id for note in read.notes}


def test_a_note_of_the_headline_is_told_at_the_end() -> None:
    read = article("# Cranes[^a]\n\nText[^b].\n\n[^a]: One.\n[^b]: Two.")
    assert read.title == "Cranes"
    assert read.body == (Paragraph((Span("Text"), Span("", note="2"), Span("."))), paragraph("One."))
    assert read.notes == (Note("2", (paragraph("Two."),)),)


def test_of_two_notes_of_one_name_the_first_is_called() -> None:
    read = article("# Cranes\n\nText[^a].\n\n[^a]: One.\n\n[^a]: Two.")
    assert read.notes == (Note("1", (paragraph("One."),)),)
    assert read.body[-1] == paragraph("Two.")


def test_yaml_that_is_none_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError) as caught:
        article("---\ntitle: Cranes\nauthor: [Ada\ndate: 2026\n---\nText.")
    assert str(caught.value).startswith("note.md: front matter is not YAML: line ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "block",
    [
        '+++\ntitle = "Cranes"\nauthors = ["Ada Fenn", "Bo Lind"]\ndate = 2026-11-20T08:30:00Z\ndraft = false\n[params]\nmood = 1\n+++',
        '+++  \ntitle = "Cranes"\ndate = 2026-11-20T08:30:00+00:00\n[[authors]]\nname = "Ada Fenn"\n[[authors]]\nname = "Bo Lind"\n+++',
        '{\n  "title": "Cranes",\n  "authors": ["Ada Fenn", "Bo Lind"], "date": "2026-11-20T08:30:00Z", "tags": {"a": [1]}\n}',
        '+++\ntitle = "Cranes"\ndate = 2026-11-20T08:30:00Z\n[extra]\nauthors = ["Ada Fenn", "Bo Lind"]\ntitle = "Own"\n+++',
        '---json\n{"title": "Cranes", "author": [{"name": "Ada Fenn"}, "Bo Lind"], "pubDate": "2026-11-20T08:30:00Z"}\n---',
        '---toml\ntitle = "Cranes"\nauthor = ["Ada Fenn", "Bo Lind"]\ndate = "2026-11-20T08:30:00Z"\n---',
        "---\ntitle: Cranes\nauthor: [{name: Ada Fenn}, Bo Lind]\ndate: 2026-11-20T08:30:00Z\n---",
    ],
)
def test_front_matter_is_yaml_or_toml_or_json(block: str) -> None:
    expected = Article(
        "Cranes", (paragraph("Text."),), byline=("Ada Fenn", "Bo Lind"),
        published=datetime(2026, 11, 20, 8, 30, tzinfo=UTC), reference="note.md",
    )  # fmt: skip
    assert article(f"{block}\n\nText.") == expected


def test_toml_that_is_none_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"^note.md: front matter is not TOML: .*line 3"):
        article('+++\ntitle = "Cranes"\nauthor = [Ada]\n+++\nText.')


@pytest.mark.parametrize(
    "text",
    [
        "+++\nBreaking\n+++\n\nText.",
        '{"a": 1}\n\nText.',
        '{"title": "x"} and so on.\n\nText.',
        "{" * 5_000 + "\n\nText.",
        "---\n\nText.",
        "---\njust a line\n---\nText.",
        "---\n- a\n- b\n---\nText.",
    ],
    ids=["crosses", "an object", "an object in a line", "braces", "a rule", "a paragraph", "a list"],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert "Text." in [plain(block.spans) for block in article(text).body if isinstance(block, Paragraph)]


def test_values_of_front_matter_are_texts_and_odd_ones_are_left_alone() -> None:
    read = article(
        "---\ntitle: 2026-11-23\nauthor: {a: b}\ndate: soon\nlanguage: yes please\nmood: !!x y\n---\nText."
    )
    assert read == Article("2026-11-23", (paragraph("Text."),), reference="note.md")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "> " * 5_000 + "a",
        "- " * 5_000 + "a",
        "*" * 20_000,
        "[" * 5_000,
        "^[" * 2_000 + "a" + "]" * 2_000,
        "[^a]: " * 2_000,
        "[^a]" * 2_000 + "\n\n[^a]: b",
        "<div>" * 5_000,
        "---\n" + "[" * 5_000 + "\n---\na",
    ],
    ids=[
        "quotes",
        "lists",
        "stars",
        "brackets",
        "notes in notes",
        "notes of notes",
        "calls",
        "tags",
        "nested YAML",
    ],
)
def test_hostile_nesting_is_read_or_refused(text: str) -> None:
    try:
        read = article(text)
    except SourceError:
        return
    to_json(Edition("News", date(2026, 1, 1), "en", (Section("", (read,)),)))


@given(st.binary(max_size=200) | st.text("ab*_[]^()!<>`#-|:\n \\&1.", max_size=120).map(str.encode))
def test_any_bytes_give_an_article_or_a_refusal(data: bytes) -> None:
    try:
        (read,) = MarkdownSource().read(Resource("note.md", data))
    except SourceError:
        return
    assert read.title.strip()


def test_markdown_is_known_by_its_suffix_or_its_first_heading() -> None:
    assert MarkdownSource().accepts(Resource("a.MD", b"")) > 0
    assert MarkdownSource().accepts(Resource("-", b"# Cranes")) > 0
    assert MarkdownSource().accepts(Resource("-", b"Cranes")) == 0
    assert MarkdownSource().accepts(Resource("a.txt", b"# Cranes")) == 0


def test_a_notice_is_no_quotation_and_begins_with_its_title_or_its_kind() -> None:
    text = "# T\n\n> [!NOTE]\n> Mind the wall.\n>\n> More.\n\n> [!tip]+ My *own* title\n> Of `mine`.\n\n> [1]\n> Bo"
    (article,) = MarkdownSource().read(Resource("a.md", text.encode()))
    strong = frozenset({Mark.STRONG})
    assert article.body == (
        Paragraph((Span("Note", strong),)),
        Paragraph((Span("Mind the wall."),)),
        Paragraph((Span("More."),)),
        Paragraph((Span("My own title", strong),)),
        Paragraph((Span("Of "), Span("mine", frozenset({Mark.CODE})), Span("."))),
        Quote((Paragraph((Span("[1] Bo"),)),)),
    )


def test_notes_that_are_only_printed_are_notes() -> None:
    text = (
        "# T\n\nSalt[1] is dear* now[^a].\n\nMore of it.\n\n\\* In crowns.\n\n[1] Since May.\n\n[^a]: Today."
    )
    (article,) = MarkdownSource().read(Resource("a.md", text.encode()))
    calls = [span.note for run in runs(article.body) for span in run if span.note]
    notes = {note.id: " ".join(plain_blocks(note.blocks)) for note in article.notes}
    assert [notes[call] for call in calls] == ["Since May.", "In crowns.", "Today."]
    assert list(plain_blocks(article.body)) == ["Salt is dear now.", "More of it."]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Jo Reed", ("Jo Reed",)),
        ("By Pat O'Neill and Bo Lind", ("Pat O'Neill", "Bo Lind")),
        ("[Von Ada Fenn, Bo Lind]", ("Ada Fenn", "Bo Lind")),
    ],
)
def test_a_line_of_print_names_people_without_its_by(said: str, names: tuple[str, ...]) -> None:
    text = f"---\ntitle: T\nbyline: {said}\n---\n\nThe harbour of Norwick opened on Tuesday.\n"
    (article,) = MarkdownSource().read(Resource("a.md", text.encode()))
    assert isinstance(article, Article)
    assert article.byline == names


def test_a_colon_that_yaml_wants_quoted_costs_nothing() -> None:
    text = "---\ntitle: The storm: what we know\nauthor: Ada Fenn\ndate: 2026-11-20\n---\n\nIt rained all night.\n"
    (article,) = MarkdownSource().read(Resource("a.md", text.encode()))
    assert isinstance(article, Article)
    assert (article.title, article.byline) == ("The storm: what we know", ("Ada Fenn",))
    assert article.published is not None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"It is $a_1*b*c_2$, and $\alpha\,\beta$, and $x$.", r"It is a_1*b*c_2, and \alpha\,\beta, and x."),
        (r"It is $$x\,y$$ there.", r"It is x\,y there."),
        ("$$\n\\int x\\,dx\n$$", r"\int x\,dx"),
        ("It costs $5, *or* C$7, and $6; a range of $10-$20 = C$ 7.", "It costs $5, or C$7, and $6; a range of $10-$20 = C$ 7."),
        ("See [[Ferry]], [[Ferry|the ships]] and [[Ferry#Times]].", "See Ferry, the ships and Ferry › Times."),
        ("See [[1]](https://a.example/) and [[2]], `[[x]]`.", "See [1] and [[2]], [[x]]."),
        ("It is ==one *two* three==, a==b and c == d == e.", "It is one two three, a==b and c == d == e."),
        ("It is %%my own remark%%so. 100%% is not 50%%. ^block-1", "It is so. 100%% is not 50%%."),
        ("It is so. ^block-1", "It is so."),
        ("It is 10 ^6", "It is 10 ^6"),
    ],
)  # fmt: skip
def test_what_keepers_of_notes_write_is_understood(written: str, read: str) -> None:
    found = article(f"# A title\n\n{written}\n\nThe end of it, in a sentence.")
    assert next(plain_blocks(found.body)) == read


def test_tasks_have_boxes_and_embedded_pictures_are_figures() -> None:
    found = article("# A title\n\nSee ![[map.png|300]] it.\n\n- [ ] **buy** it\n- [x] sell it\n- [] no\n")
    assert found.body[1] == Figure("map.png")
    assert list(plain_blocks(found.body[2:])) == ["☐ buy it", "☑ sell it", "[] no"]


def test_html_is_read_as_in_pages() -> None:
    found = article(
        "# A title\n\n<table><tr><th>Year</th><th>Fish</th></tr><tr><td>2025</td><td>12</td></tr></table>\n\n"
        "<img src='a.png' alt='The weir'>\n\nSee <a href=\"https://a.example/\">the <b>plan</b></a> and <a href='x'>it</a> "
        '<img alt="A map" src="b.png"/>.\n\n<p>In <em>HTML</em>.</p>\n\n<!-- not <img src="c.png"> -->\n'
    )
    table, weir, words, plan, last = found.body
    assert isinstance(table, Table)
    assert isinstance(words, Paragraph)
    assert (weir, plan) == (Figure("a.png", "The weir"), Figure("b.png", "A map"))
    assert [(span.text, span.href, set(span.marks)) for span in words.spans] == [
        ("See ", None, set()), ("the ", "https://a.example/", set()), ("plan", "https://a.example/", {Mark.STRONG}),
        (" and it .", None, set()),
    ]  # fmt: skip
    assert list(plain_blocks([last])) == ["In HTML."]


def test_calls_of_programs_that_make_pages_are_counted() -> None:
    with noticed("a.md") as told:
        found = article(
            "# A title\n\nSee {{< youtube abc >}}this{{% /notice %}} and {{ .Title }}.\n\nThe end."
        )
    assert next(plain_blocks(found.body)) == "See this and {{ .Title }}."
    assert sum(each.count for each in told if isinstance(each, Omitted) and each.thing == "call") == 2
