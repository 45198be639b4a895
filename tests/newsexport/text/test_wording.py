"""Every language has every word, its plural forms and its calendar, and one is added by adding a file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest

from newsexport import assets
from newsexport.artwork.text_layout import printable
from newsexport.errors import UsageError
from newsexport.text.dates import dateline, full_dateline, parse_date, spoken_dateline
from newsexport.text.languages import RIGHT_TO_LEFT
from newsexport.text.wording import FURTHER, TAKING, direction, holds, languages, wording

SEVEN = {"en", "de", "fr", "es", "it", "pt", "nl"}
SHIPPED = languages()
# Each month, with days of one figure and of two, and all days of a week.
DAYS = [date(2026, month, day) for month in range(1, 13) for day in (1, 2, 13, 28 if month == 2 else 29)]


def words(value: object) -> Iterator[str]:
    """All texts in a table of words, in whatever it holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in words(inner))
    elif isinstance(value, list | tuple):
        yield from (text for inner in value for text in words(inner))


def test_the_languages_of_half_the_worlds_papers_are_shipped() -> None:
    wanted = "ar bg ca cs da el et eu fa fi gl he hi hr hu id ja ko lt lv nb pl ro ru sk sl sv th tr uk vi zh-Hans zh-Hant"
    assert set(wanted.split()) | SEVEN == set(SHIPPED)
    told = Path(__file__).parents[3].joinpath("docs/languages.md").read_text(encoding="utf-8")
    assert all(f"`{language}`" in told for language in SHIPPED)


@pytest.mark.parametrize("language", SHIPPED)
def test_every_word_is_there_and_takes_what_it_is_given(language: str) -> None:
    own = asdict(wording(language))
    tables = [own, own["page"], own["catalogue"], own["accessibility"]]
    named = [(name, text) for table in tables for name, text in table.items() if isinstance(text, str)]
    assert len(named) > 45
    for name, text in named:
        assert text.strip(), name
        assert text.count("{}") == TAKING.get(name, 0), name
    assert [len(own["calendar"][name]) for name in ("months", "weekdays")] == [12, 7]
    assert len(own["calendar"]["spoken_days"]) in (0, 31)
    assert len(own["quotes"]) == 4
    assert (own["direction"] == "rtl") == (language in RIGHT_TO_LEFT) == (direction(language) == "rtl")


@pytest.mark.parametrize("language", sorted(set(SHIPPED) - {"en"}))
def test_no_sentence_is_left_in_english(language: str) -> None:
    own, english = asdict(wording(language)), asdict(wording("en"))
    for table in ("page", "catalogue", "accessibility"):
        same = {name for name, text in own[table].items() if text == english[table][name]}
        # German, Danish and Norwegian; French and Catalan; German, Czech, Romanian …
        assert same <= {"pause", "section", "articles", "text"}, table
    assert {name for name in own if own[name] == english[name]} & {
        "excerpt",
        "news",
        "untitled",
        "by",
    } == set()


@pytest.mark.parametrize("language", SHIPPED)
def test_every_date_reads_back(language: str) -> None:
    for day in DAYS:
        for printed in (dateline(day, language), full_dateline(day, language)):
            read = parse_date(printed, language)
            assert read is not None, printed
            assert read.date() == day, printed
        assert str(day.year) in dateline(day, language).translate(_ascii(language))
        assert not {"{", "}"} & set(spoken_dateline(day, language))
        assert day.isoformat() not in spoken_dateline(day, language)


def _ascii(language: str) -> dict[int, str]:
    return {ord(own): digit for digit, own in zip("0123456789", wording(language).digits, strict=True)}


@pytest.mark.parametrize("language", SHIPPED)
def test_the_date_of_a_cover_has_no_letter_that_our_fonts_lack(language: str) -> None:
    for day in DAYS:
        drawn = normalize(
            "NFKC", printable(dateline(day, language), language)
        )  # letters of Arabic in their forms
        assert drawn == normalize("NFKC", " ".join(dateline(day, language).split()))


def test_a_month_that_is_another_one_elsewhere_is_read_in_the_language_of_the_text() -> None:
    polish, croatian = parse_date("29 listopada 2026", "pl"), parse_date("29 listopada 2026", "hr")
    assert (polish and polish.month, croatian and croatian.month) == (11, 10)
    assert parse_date("29 listopada 2026") is None
    assert parse_date("29. marraskuuta 2026") == parse_date("29 November 2026")
    assert (
        parse_date("29 ноября 2026 года")
        == parse_date("2026年11月29日星期日")
        == parse_date("29 November 2026")
    )
    assert parse_date("۲۹ نوامبر ۲۰۲۶") == parse_date("29 November 2026")
    assert parse_date("Na véspera de 29 de novembro de 2026") is parse_date("ноября 2026") is None


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", ["1 article", "2 articles", "5 articles"]),
        ("ru", ["1 статья", "2 статьи", "5 статей", "21 статья", "112 статей"]),
        ("ar", ["3 مقالات", "11 مقالًا", "100 مقال"]),
        ("sl", ["1 članek", "2 članka", "3 članki", "5 člankov", "101 članek"]),
        ("he", ["כתבה אחת", "שתי כתבות", "3 כתבות"]),
        ("fa", ["۱ مقاله", "۱۲ مقاله"]),
    ],
)
def test_a_number_of_articles_is_in_the_plural_form_of_the_language(
    language: str, counted: list[str]
) -> None:
    numbers = {"one": 1, "אחת": 1, "שתי": 2}
    for text in counted:
        figures = "".join(str(int(letter)) for letter in text if letter.isdecimal())
        number = int(figures or next(number for word, number in numbers.items() if word in text))
        assert wording(language).count(number) == text


def test_a_plural_rule_is_that_of_cldr() -> None:
    few = "v in 0 and i mod 10 in 2..4 and i mod 100 not in 12..14"
    assert [number for number in range(30) if holds(few, number)] == [2, 3, 4, 22, 23, 24]
    assert holds("n in 0,1 or n mod 100 in 11..19", 12)
    with pytest.raises(UsageError, match="no relation"):
        holds("n is 1", 1)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("pt-BR", "pt"), ("pt-PT", "pt"), ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"), ("zh_Hant_HK", "zh-Hant"), ("no", "nb"), ("nn-NO", "nb"), ("iw", "he"), ("de-AT", "de"),
    ],
)  # fmt: skip
def test_a_variety_has_the_words_of_its_language(tag: str, language: str) -> None:
    assert wording(tag).excerpt == wording(language).excerpt
    assert wording(tag).language == tag
    assert wording(tag).speaks(tag)


def test_names_are_listed_as_the_language_does() -> None:
    assert wording("en").names(["A"]) == "By A"
    assert wording("en").names(["A", "B", "C", "D"]) == "By A, B, C and D"
    assert wording("ar").names(["A", "B"]) == "بقلم A وB"
    assert wording("zh").listed(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert wording("en").listed([]) == ""


ESPERANTO = """
cldr_locale = "eo"
reviewed = false
quotes = ["“", "”", "‘", "’"]
[words]
cover = "Kovrilo"
contents = "Enhavo"
previous = "Antaŭa"
following = "Sekva"
by = "De {}"
source = "Fonto"
picture = "Bildo"
untitled = "Sentitola"
excerpt = "Nur eltiraĵo"
updated = "Ĝisdatigita"
also_in = "Ankaŭ en"
notes = "Notoj"
landmarks = "Orientiloj"
pages = "Paĝoj"
code = "Rapidkodo"
struck = "trastrekita"
now = "nun"
comma = ", "
news = "Novaĵoj"
[counts]
minutes = { other = "{} min. da legado" }
articles = { one = "{} artikolo", other = "{} artikoloj" }
[page]
papers = "Gazetoj"
skip = "Iri al la teksto"
player = "Ludilo"
play = "Ludi"
pause = "Paŭzi"
toggle = "Ludi aŭ paŭzi"
back = "{} sekundojn reen"
forward = "{} sekundojn antaŭen"
previous = "Antaŭa artikolo"
following = "Sekva artikolo"
speed = "Rapido"
follow = "Sekvi la tekston"
files = "Elŝuti"
subscribe = "Aboni"
daily = "Ĉiutage"
[catalogue]
latest = "Plej novaj numeroj"
all = "Ĉiuj"
search = "Serĉi"
paper = "Gazeto"
section = "Rubriko"
articles = "Artikoloj"
description = "Numeroj laŭ la titoloj de siaj artikoloj"
[accessibility]
ways = "Titoloj, enhavo kaj listo de paĝoj kondukas al ĉiu artikolo."
text_only = "Nur teksto."
described = "Ĉiu bildo estas priskribita."
undescribed = "Kelkaj bildoj ne havas priskribon."
[cldr]
name = "Esperanto"
direction = "ltr"
digits = "0123456789"
decimal = ","
plurals = { one = "i in 1 and v in 0" }
months = ["januaro", "februaro", "marto", "aprilo", "majo", "junio", "julio", "aŭgusto", "septembro", "oktobro", "novembro", "decembro"]
weekdays = ["lundo", "mardo", "merkredo", "ĵaŭdo", "vendredo", "sabato", "dimanĉo"]
date = "{day}-a de {month} {year}"
full_date = "{weekday}, la {day}-a de {month} {year}"
pair = "{0} kaj {1}"
list_start = "{0}, {1}"
list_middle = "{0}, {1}"
list_end = "{0} kaj {1}"
kilobyte = "{} kB"
megabyte = "{} MB"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of languages beside the shipped one."""
    made = tmp_path / "languages"
    made.mkdir()
    monkeypatch.setenv(FURTHER, str(made))
    return made


def test_a_language_is_added_by_adding_a_file(folder: Path, tmp_path: Path) -> None:
    (folder / "eo.toml").write_text(ESPERANTO, encoding="utf-8")
    assert dateline(date(2026, 11, 29), "eo") == "29-a de novembro 2026"
    assert parse_date("29-a de novembro 2026") == parse_date("29 November 2026")
    (tmp_path / "ferry.md").write_text(
        "# La pramo\n\nĜi revenis, kaj ~~morgaŭ~~ hodiaŭ ĝi veturas.\n", encoding="utf-8"
    )
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    for form, end in (("epub", "epub"), ("text", "txt"), ("script", "json")):
        command = [sys.executable, "-m", "newsexport", "export", str(tmp_path / "ferry.md"), "--to", form]
        options = [
            "--language",
            "eo",
            "--date",
            "2026-11-29",
            "--offline",
            "-o",
            str(tmp_path / f"made.{end}"),
        ]
        subprocess.run([*command, *options], check=True, env=environment, capture_output=True, timeout=120)
    assert "1\u00a0min. da legado" in (tmp_path / "made.txt").read_text(encoding="utf-8").replace(
        " min", "\u00a0min"
    )
    script = (tmp_path / "made.json").read_text(encoding="utf-8")
    assert "dimanĉo, la 29-a de novembro 2026" in script
    assert "trastrekita" in script
    assert (tmp_path / "made.epub").stat().st_size > 1000


def test_a_file_that_lacks_a_word_is_told_with_its_name(folder: Path) -> None:
    (folder / "eo.toml").write_text(ESPERANTO.replace('cover = "Kovrilo"', ""), encoding="utf-8")
    with pytest.raises(UsageError, match=r"eo\.toml.*cover"):
        wording("eo")


def test_a_file_written_before_there_was_a_word_for_articles_goes_on_working(folder: Path) -> None:
    older = re.sub(r'(?m)^articles = "[^"]*"\n', "", assets.read("languages/de.toml").decode())
    assert "[catalogue]" in older
    (folder / "de.toml").write_text(older, encoding="utf-8")
    assert wording("de").catalogue.articles == "Articles"
    assert wording("de").catalogue.latest == "Neueste Ausgaben"


def test_a_word_is_changed_by_a_file_that_comes_first(folder: Path) -> None:
    german = assets.read("languages/de.toml").decode()
    (folder / "de.toml").write_text(german.replace("Ohne Titel", "Namenlos"), encoding="utf-8")
    assert wording("de-AT").untitled == "Namenlos"


@pytest.mark.parametrize(
    ("tag", "minutes", "told"),
    [
        ("en", 99, "99\u00a0min read"),
        ("en", 885, "14\u00a0h 45\u00a0min"),
        ("de", 885, "14\u00a0Std. 45\u00a0Min."),
        ("ja", 120, "2\u00a0時間"),
    ],
)
def test_what_takes_long_is_told_in_hours(tag: str, minutes: int, told: str) -> None:
    assert wording(tag).reading_time(minutes) == told
