from datetime import date

import pytest

from newsexport.text.dates import dateline, spoken_dateline

ISSUED = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "23 November 2026"),
        ("en-GB", "23 November 2026"),
        ("de", "23. November 2026"),
        ("fr", "23 novembre 2026"),
        ("pt-BR", "23 de novembro de 2026"),
        ("he", "2026-11-23"),
        ("", "2026-11-23"),
    ],
)
def test_a_date_is_printed_as_its_language_does(language: str, printed: str) -> None:
    assert dateline(ISSUED, language) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [("en", "1 May 2026"), ("de", "1. Mai 2026"), ("fr", "1er mai 2026"), ("it", "1º maggio 2026")],
)
def test_the_first_of_a_month_is_an_ordinal_where_people_write_it_so(language: str, printed: str) -> None:
    assert dateline(date(2026, 5, 1), language) == printed


def test_a_date_is_announced_with_its_day_of_the_week_where_we_know_it() -> None:
    assert spoken_dateline(ISSUED, "en") == "Monday, 23 November 2026"
    assert spoken_dateline(ISSUED, "nl") == "maandag, 23 november 2026"
    assert spoken_dateline(ISSUED, "he") == "2026-11-23"
