from datetime import date

import pytest

from newsexport.text.dates import dated, dateline, dates_in, full_dateline, spoken_dateline

ISSUED = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "23 November 2026"),
        ("en-GB", "23 November 2026"),
        ("de", "23. November 2026"),
        ("fr", "23 novembre 2026"),
        ("pt-BR", "23 de novembro de 2026"),
        ("he", "23 בנובמבר 2026"),
        ("ru", "23 ноября 2026\u00a0г."),
        ("cs", "23. listopadu 2026"),
        ("fa", "۲۳ نوامبر ۲۰۲۶"),
        ("zh-TW", "2026年11月23日"),
        ("nn", "23. november 2026"),
        ("sw", "2026-11-23"),
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
    assert spoken_dateline(ISSUED, "sw") == "2026-11-23"


@pytest.mark.parametrize(
    ("language", "printed", "spoken"),
    [
        ("ru", "понедельник, 23 ноября 2026\u00a0г.", "понедельник, двадцать третье ноября 2026 года"),
        ("hu", "2026. november 23., hétfő", "2026 november huszonharmadika, hétfő"),
        ("vi", "Thứ Hai, 23 tháng 11, 2026", "Thứ Hai, ngày 23 tháng 11 năm 2026"),
        ("ar", "الاثنين، 23 نوفمبر 2026", "الاثنين، 23 نوفمبر 2026"),
    ],
)
def test_a_date_is_said_in_words_where_its_figures_would_be_said_wrong(
    language: str, printed: str, spoken: str
) -> None:
    assert full_dateline(ISSUED, language) == printed
    assert spoken_dateline(ISSUED, language) == spoken


@pytest.mark.parametrize(
    "line", ["v1.2.2024", "Mark 12, 2024", "Market 12, 2024", "/2024/11/18/", "£2024.50"]
)
def test_what_is_no_date_is_none(line: str) -> None:
    assert dates_in(line, "en") == []


@pytest.mark.parametrize("line", ["18.11.25", "18.11.25 08:12:33", "18.11.25, 8.12 Uhr", "Stand: 18.11.25"])
def test_a_year_may_have_two_figures_where_days_come_first(line: str) -> None:
    assert [when.date() for _, when in dates_in(line, "de")] == [date(2025, 11, 18)]
    assert not dates_in(line)
    assert not dates_in("v18.11.25.1 und 18.11.2", "de")


@pytest.mark.parametrize(
    "line",
    ["11.18.2025", "11/18/2025", "18/Nov/2025", "Published: 18 Nov '25", "Nov 18th, ’25", "18-Nov-2025"],
)
def test_a_date_is_read_however_it_is_shortened(line: str) -> None:
    assert [when.date() for _, when in dates_in(line, "en")] == [date(2025, 11, 18)]
    assert not dates_in("the class of '25 and the 18 rocks of '25", "en")


def test_what_no_reader_can_know_is_no_date() -> None:
    assert dates_in("11/12/2025", "en") == []
    assert [when.month for _, when in dates_in("11/12/2025", "en-US")] == [11]
    assert [when.month for _, when in dates_in("11/12/2025", "en-GB")] == [12]


@pytest.mark.parametrize(
    "field",
    [
        "Tue, Nov 18, 2025 at 2:05 PM",
        "Dienstag, 18. November 2025 14:05",
        "18.11.2025 14:05",
        "2025/11/18",
        "18 nov. 2025 om 14:05",
        "2025-11-18 00:00:00 +0000",
    ],
)
def test_a_field_holds_a_date_with_whatever_stands_around_it(field: str) -> None:
    moment = dated(field)
    assert moment and moment.date() == date(2025, 11, 18)


@pytest.mark.parametrize(("language", "field"), [("nl", "4 mrt 2026 om 08:12"), ("", "4 mrt 2026")])
def test_a_month_is_known_by_its_short_name(language: str, field: str) -> None:
    moment = dated(field, language)
    assert moment and moment.date() == date(2026, 3, 4)
