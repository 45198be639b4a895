"""Tables on the pages of a book, where nothing scrolls."""

import re
from itertools import pairwise

import pytest

from newsexport.exporters.html.blocks import blocks
from newsexport.exporters.html.inline import Setting
from newsexport.exporters.html.note_refs import Calls
from newsexport.exporters.html.tables import breakable
from newsexport.model import Note, Span, Spans, Table

# Letters, with the space between columns, that a page of 536 pixels has room for in every style.
ROOM = 54


def set_in_type(table: Table, *notes: Note) -> str:
    known = frozenset(note.id for note in notes)
    return blocks((table,), Setting("en", {}, {}, "Picture", Calls(known)))


def row(*cells: str) -> tuple[Spans, ...]:
    return tuple((Span(cell),) if cell else () for cell in cells)


def columns(html: str) -> list[list[list[str]]]:
    """The cells of each row of each table."""
    return [
        [
            [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)]
            for line in lines
        ]
        for lines in (
            re.findall(r"<tr>(.*?)</tr>", table)
            for table in re.findall(r"<table.*?</table>", html, re.DOTALL)
        )
    ]


YEARS = Table(
    row("District", *map(str, range(2010, 2026))),
    tuple(
        row(name, *(f"{number}0,{number}46" for number in range(10, 26)))
        for name in ("Oldhaven", "Upper Marrow") * 4
    ),
    (Span("Votes"), Span("", note="n")),
)


def test_a_table_too_wide_for_a_page_is_set_in_groups_of_columns_below_the_first() -> None:
    html = set_in_type(YEARS, Note("n", ()))
    groups = columns(html)
    assert len(groups) > 1
    assert {len(group) for group in groups} == {9}
    assert all(
        [line[0] for line in group] == ["District", *("Oldhaven", "Upper Marrow") * 4] for group in groups
    )
    assert [cell for group in groups for cell in group[0][1:]] == list(map(str, range(2010, 2026)))
    assert max(map(len, (group[0] for group in groups))) - min(map(len, (group[0] for group in groups))) <= 1
    for group in groups:
        assert sum(max(map(len, " ".join(cells).split())) + 2 for cells in zip(*group, strict=True)) <= ROOM
    captions = re.findall(r"<caption>(.*?)</caption>", html)
    assert [caption[-5:] for caption in captions] == [
        f"({at}/{len(groups)})" for at in range(1, len(groups) + 1)
    ]
    assert html.count('class="call"') == 1


def test_a_table_that_fits_is_one_however_many_columns_it_has() -> None:
    narrow = Table(row(*"abcdefghijklmnopq"), (row(*"12345678901234567"),))
    assert len(columns(set_in_type(narrow))) == 1


def test_where_there_would_be_more_groups_than_rows_each_row_is_told_line_by_line() -> None:
    table = Table(YEARS.head, YEARS.rows[:1])
    html = set_in_type(table)
    assert html.startswith('<p class="row"><strong>District: Oldhaven</strong><br/>2010: ')
    assert "<table" not in html
    assert html.count("<br/>") == len(table.head) - 1
    told = re.sub("<[^>]*>", "\n", html)
    named = zip(table.head, table.rows[0], strict=True)
    assert all(f"{name[0].text}: {cell[0].text}" in told for name, cell in named)


def test_no_word_of_a_table_in_east_asian_writing_makes_it_wide() -> None:
    table = Table((), tuple(row(*["東京都千代田区"] * 9) for _ in range(3)))
    assert len(columns(set_in_type(table))) == 1


def test_groups_keep_the_order_of_columns() -> None:
    heads = [f"Column{number}" for number in range(40)]
    table = Table(row(*heads), tuple(row(*map(str, range(40))) for _ in range(50)))
    shown = [cell for group in columns(set_in_type(table)) for cell in group[0][1:]]
    assert shown == heads[1:]
    assert all(int(a[6:]) < int(b[6:]) for a, b in pairwise(shown))


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("Saint-Barthélemy-des-Champs", "Saint-<wbr/>Barthélemy-<wbr/>des-<wbr/>Champs"),
        ("a" * 20, "a" * 20),
        ("x-" + "a" * 24, "x-<wbr/>" + "<wbr/>".join(["a" * 8] * 3)),
    ],
)
def test_a_word_is_broken_at_its_hyphens_before_anywhere_else(word: str, broken: str) -> None:
    assert breakable(word) == broken
