"""Tables on the pages of a book, where nothing scrolls."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from newsexport.exporters.html.blocks import blocks
from newsexport.exporters.html.inline import Calls, Setting, WebSetting
from newsexport.exporters.html.tables import breakable
from newsexport.model import Alignment, Note, Span, Spans, Table

# Letters, with the space between columns, that a page of 536 pixels has room for in every style.
ROOM = 54


def setting(*notes: Note) -> Setting:
    return Setting("en", {}, {}, "Picture", Calls(frozenset(note.id for note in notes)))


def set_in_type(table: Table, *notes: Note) -> str:
    return blocks((table,), setting(*notes))


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


LEFT, CENTER, RIGHT = Alignment


@pytest.mark.parametrize(
    ("said", "classes"),
    [
        ((), ["", "", ' class="n"']),
        ((RIGHT, CENTER, None), [' class="right"', ' class="center"', ' class="n"']),
        ((None, LEFT, RIGHT), ["", ' class="left"', ' class="n"']),
        ((None, None, CENTER), ["", "", ' class="center"']),
        ((RIGHT,), [' class="right"', "", ' class="n"']),
    ],
)
def test_columns_stand_where_it_is_said(said: tuple[Alignment | None, ...], classes: list[str]) -> None:
    table = Table(row("A", "B", "C"), (row("a", "b", "1"), row("c", "d", "2")), alignment=said)
    html = set_in_type(table)
    assert re.findall(r"<td( class=.*?)?>", html) == classes * 2
    assert re.findall(r'<th scope="col"( class=.*?)?>', html) == classes


def test_columns_stand_so_in_every_part_of_a_table_too_wide_for_a_page() -> None:
    html = set_in_type(replace(YEARS, alignment=(RIGHT, *[None] * 14, CENTER, None)))
    groups = re.findall(r"<thead>(.*?)</thead>", html)
    assert [group.count('class="right"') for group in groups] == [1] * len(groups)
    assert [group.count('class="center"') for group in groups] == [*[0] * (len(groups) - 1), 1]


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


def table_of(*needs: int, rows: int = 3, head: bool = False, caption: Spans = ()) -> Table:
    """A table whose columns need so many letters, with the space between them."""
    cells = row(*(chr(ord("a") + at) * (need - 2) for at, need in enumerate(needs)))
    names = row(*(f"{at}." for at in range(len(needs)))) if head else ()
    return Table(names, (cells,) * rows, caption)


def test_a_table_is_written_like_this() -> None:
    table = Table(
        row("Boat", "Crew"), (row("Ferry", "12"), row("", ""), row("Dinghy")), (Span(" Boats & crews "),)
    )
    assert set_in_type(table) == (
        "<table><caption>Boats &amp; crews</caption>"
        '<thead><tr><th scope="col">Boat</th><th scope="col" class="n">Crew</th></tr></thead><tbody>\n'
        '<tr><td>Ferry</td><td class="n">12</td></tr>\n'
        '<tr><td>Dinghy</td><td class="n"></td></tr>\n'
        "</tbody></table>"
    )


@pytest.mark.parametrize("cells", [
    ("£400,000", "£1.2m", "–"), ("4,80 €", "3,4 Mio. €"), ("R$ 4,20", "US$3bn"), ("CHF 12.00", ""), ("12 km", "1.5 km"),
    ("12 %", "-3,5 %"), ("12 zł", "4 zł"),
])  # fmt: skip
def test_amounts_in_millions_currencies_and_units_are_figures(cells: tuple[str, ...]) -> None:
    html = set_in_type(Table(row("", "2027"), tuple(row("a", cell) for cell in cells)))
    assert html.count(' class="n"') == len(cells) + 1
    for word in ("12 May", "3 goals", "m", "A38", "1st"):
        assert 'class="n"' not in set_in_type(Table(row("", "2027"), (row("a", cells[0]), row("a", word))))


def test_rows_and_head_are_filled_up_to_the_widest() -> None:
    assert set_in_type(Table(row("A"), (row("x"), row("", "y", "z")))) == (
        '<table><thead><tr><th scope="col">A</th><td></td><td></td></tr></thead><tbody>\n'
        "<tr><td>x</td><td></td><td></td></tr>\n<tr><td></td><td>y</td><td>z</td></tr>\n</tbody></table>"
    )
    assert set_in_type(Table(row("A", "B"), (row("x"),))) == (
        '<table><thead><tr><th scope="col">A</th><th scope="col" class="n">B</th></tr></thead><tbody>\n'
        '<tr><td>x</td><td class="n"></td></tr>\n</tbody></table>'
    )


def test_a_table_without_words_is_its_caption() -> None:
    assert set_in_type(Table(row("A"), (row(" "),), (Span("Boats"),))) == '<p class="caption">Boats</p>'
    assert set_in_type(Table(row("A"), (row(" "),), (Span(" "),))) == ""


@pytest.mark.parametrize(("columns_", "kind"), [(4, ""), (5, ' class="wide"')])
def test_more_than_four_columns_are_set_smaller(columns_: int, kind: str) -> None:
    table = Table((), (row(*"abcdefg"[:columns_]),))
    assert set_in_type(table).startswith(f"<table{kind}><tbody>")
    web = replace(setting(), web=WebSetting(lambda _: "", 3))
    assert blocks((table,), web).startswith(f'<div class="table" tabindex="0"><table{kind}><tbody>')


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("1,234.50", True),
        ("+3 %", True),
        ("€ 12", True),
        ("–", True),
        ("", True),
        ("3 boats", False),
        ("x", False),
    ],
)
def test_a_column_of_figures_is_set_to_be_compared(cell: str, figure: bool) -> None:  # noqa: FBT001 - a column
    assert ('<td class="n">' in set_in_type(Table((), (row("Boats", cell),)))) is figure


def test_what_just_fits_is_one_table_and_a_letter_more_is_several() -> None:
    assert len(columns(set_in_type(table_of(18, 18, 18)))) == 1
    wider = columns(set_in_type(table_of(18, 18, 19)))
    assert [len(part[0]) for part in wider] == [2, 2]
    assert {part[0][0] for part in wider} == {"a" * 16}


def test_groups_of_columns_are_of_about_one_size() -> None:
    parts = columns(set_in_type(table_of(*[12] * 6)))
    assert [[cell[0] for cell in part[0]] for part in parts] == [["a", "b", "c", "d"], ["a", "e", "f"]]
    assert [len(part[0]) for part in columns(set_in_type(table_of(*[12] * 9)))] == [4, 4, 3]
    assert [len(part[0]) for part in columns(set_in_type(table_of(6, *[12] * 6)))] == [4, 4]


def test_where_it_takes_fewer_lines_each_row_is_a_paragraph() -> None:
    html = set_in_type(table_of(18, 18, 19, rows=1, head=True, caption=(Span(" Boats "),)))
    assert html == (
        '<p class="caption">Boats</p>\n'
        f'<p class="row"><strong>0.: {"a" * 16}</strong><br/>1.: {"b" * 16}<br/>2.: {"c" * 17}</p>'
    )
    headless = set_in_type(Table((), (row("", "b" * 23, "c" * 23, "d" * 23),)))
    assert headless == f'<p class="row">{"b" * 23}<br/>{"c" * 23}<br/>{"d" * 23}</p>'


def test_parts_of_a_table_say_which_they_are_and_a_note_is_called_once() -> None:
    caption = (Span("Boats"), Span("", note="n"))
    html = set_in_type(table_of(18, 18, 19, head=True, caption=caption), Note("n", ()))
    found = re.findall("<caption>(.*?)</caption>", html)
    assert [re.sub("<[^>]*>", "", one) for one in found] == ["Boats1\u00a0(1/2)", "Boats\u00a0(2/2)"]
    assert "<caption>" not in set_in_type(table_of(18, 18, 19))
    assert html.count("<thead>") == 2
    assert html.count("</table>\n<table>") == 1


def test_a_word_that_can_be_broken_needs_no_more_room_than_a_piece_of_it() -> None:
    assert len(columns(set_in_type(Table((), (row("a" * 24, "b" * 23, "c" * 17),) * 3)))) == 1
    assert len(columns(set_in_type(Table((), (row("a" * 23, "b" * 23, "c" * 17),) * 3)))) == 2


def test_letters_of_east_asia_take_two_columns_and_break_anywhere() -> None:
    assert len(columns(set_in_type(Table((), (row("東" * 40, "a" * 48),) * 3)))) == 1
    assert len(columns(set_in_type(Table((), (row("東京" * 9, "a" * 23, "b" * 23),) * 3)))) == 1
    assert len(columns(set_in_type(Table((), (row("x" * 5, "a" * 23, "b" * 23),) * 3)))) == 2


@pytest.mark.parametrize(
    ("content", "broken"),
    [
        ("x" * 23, "x" * 23),
        ("x" * 24, "<wbr/>".join(["x" * 8] * 3)),
        ("x" * 25, "<wbr/>".join([*["x" * 8] * 3, "x"])),
        (f'<a href="{"y" * 40}">z</a>', f'<a href="{"y" * 40}">z</a>'),
        ("a" * 10 + "-" + "b" * 13, "a" * 10 + "-<wbr/>" + "b" * 13),
        ("a-" + "b" * 24, "a-<wbr/>" + "<wbr/>".join(["b" * 8] * 3)),
        ("&amp;" * 24, "<wbr/>".join(["&amp;" * 8] * 3)),
    ],
)
def test_a_word_too_long_for_a_column_may_be_broken(content: str, broken: str) -> None:
    assert breakable(content) == broken
