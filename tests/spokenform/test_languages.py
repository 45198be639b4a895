"""What differs between languages stands in their folders, and a new one touches nothing else."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.spokenform.readings import LANGUAGES, spoken

import spokenform
from spokenform import add_languages, explain, languages, languages_known, rules
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import Language
from spokenform.languages import es, it, other, pt
from spokenform.languages.de.words import LANGUAGE as GERMAN
from spokenform.languages.fr.words import LANGUAGE as FRENCH
from spokenform.lexicon import files
from spokenform.word_file import words_of
from spokenform.word_lists import words

COMMON = [
    path
    for path in sorted(Path(spokenform.__file__).parent.rglob("*.py"))
    if "languages" not in path.relative_to(Path(spokenform.__file__).parent).parts
]
# Words that are English too, or names of parts of a pattern.
ALSO_ENGLISH = words("minus plus per minutes part out com pro contra mark nov bit cal mol era frozenset")
WORDS = (
    "months short_months comma percent permille minus plus until score dot at one conjunction per currencies magnitudes"
    " units signs half particles no_nouns thousand compass arc feminine kings weekdays hours ordinals"
)


def constants(path: Path) -> Iterator[tuple[str, str]]:
    """Each string of a file that is no docstring, and where it stands."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield f"{path.name}:{node.lineno}", node.value


def vocabulary() -> set[str]:
    """The words of the languages that have them as data, of three letters and more."""
    found: set[str] = set()
    for language in (GERMAN, FRENCH, es.LANGUAGE, it.LANGUAGE, pt.LANGUAGE):
        for name in WORDS.split():
            found |= set(re.findall(r"[^\W\d_]{3,}", repr(getattr(language, name, "")).lower()))
    return found


def test_the_rules_for_all_know_no_language_by_its_tag() -> None:
    tags = {*languages_known(), *other.NAMES, "zh", "yue", "ja", "nl"}
    named = [place for path in COMMON for place, text in constants(path) if text in tags]
    assert [place for place in named if not place.startswith("cli.py")] == []  # the command has a default


def test_the_rules_for_all_have_no_word_of_one_language() -> None:
    foreign = vocabulary() - ALSO_ENGLISH
    met = {
        (place, word)
        for path in COMMON
        for place, text in constants(path)
        for word in re.findall(r"[^\W\d_]{3,}", text)
        if word.lower() in foreign
    }
    assert met == set()


ESPERANTO = '''
"""Esperanto: its words, and hours in a way of its own."""

import re

from spokenform.common_rules import COMMON
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import Language
from spokenform.word_lists import listed, pairs, several, short_months, words

LANGUAGE = Language(
    tag="eo",
    months=listed("januaro februaro marto aprilo majo junio julio aŭgusto septembro oktobro novembro decembro"),
    short_months=short_months("jan feb mar apr - jun jul aŭg sep okt nov dec"),
    comma="komo", percent="procentoj", permille="promiloj", minus="minus", plus="plus", until="ĝis", score="al",
    dot="punkto", at="ĉe", hashtag="kradvorto", one="unu", conjunction="kaj", per="en",
    currencies=several("€ EUR = eŭro/eŭroj"), magnitudes=several("mln = miliono/milionoj"),
    units=several("km = kilometro/kilometroj; km/h = kilometro hore/kilometroj hore"),
    abbreviations=((r"\\bktp\\.", "kaj tiel plu"),), signs=pairs("& = kaj; + = plus"), half="duono",
)


def say_times(text, language):
    """``19:30`` is la deknaŭa tridek."""
    return re.sub(r"(\\d{1,2}):(\\d\\d)", lambda m: f"la {language.cardinal(int(m[1]))}a {language.cardinal(int(m[2]))}", text)


def rules(tag):
    """All rules of Esperanto."""
    return row(LANGUAGE, {**COMMON, Kind.TIMES: (RuleFor(say_times, "PMEG, horoj"),)})
'''


@pytest.fixture
def esperanto(tmp_path: Path) -> Iterator[Path]:
    """A folder with one language more."""
    folder = tmp_path / "eo"
    folder.mkdir()
    (folder / "__init__.py").write_text(ESPERANTO, "utf-8")
    (folder / "lexicon.toml").write_text(
        'language = "eo"\n[[entry]]\nword = "NASA"\nspoken = "naso"\n', "utf-8"
    )
    add_languages(tmp_path)
    files.starter.cache_clear()
    yield folder
    languages.__path__.remove(str(tmp_path))
    languages.rules.cache_clear()
    files.starter.cache_clear()
    sys.modules.pop("spokenform.languages.eo", None)


def test_a_new_language_is_one_folder(esperanto: Path) -> None:
    assert esperanto.name in languages_known()
    said = "je la dek naŭa tridek venis kvin procentoj kaj tiel plu"
    assert spoken("je 19:30 venis 5 % ktp.", "eo") == said
    assert (
        spoken("120 km/h kaj 2,5 mln €", "eo") == "cent dudek kilometroj hore kaj du komo kvin milionoj eŭroj"
    )
    assert "say times" in [step.rule for step in explain("19:30", "eo").steps]
    assert spoken("NASA", "eo", files.starter()) == "naso"


ESPERANTO_WORDS = r"""
tag = "eo"
months = "januaro februaro marto aprilo majo junio julio aŭgusto septembro oktobro novembro decembro"
short_months = "jan feb mar apr - jun jul aŭg sep okt nov dec"
comma = "komo"
percent = "procentoj"
permille = "promiloj"
minus = "minus"
plus = "plus"
until = "ĝis"
score = "al"
dot = "punkto"
at = "ĉe"
hashtag = "kradvorto"
one = "unu"
conjunction = "kaj"
per = "en"
half = "duono"
cents = "cendo/cendoj"
currencies = "€ EUR = eŭro/eŭroj"
magnitudes = "mln = miliono/milionoj"
signs = "& = kaj; + = plus"
abbreviations = ["ktp. = kaj tiel plu", ['\bn-ro(?=\s\d)', "numero"]]

[units]
metric = ["kilo centi mili deci hekto mikro nano mega giga tera", "m = metro/metroj; g = gramo/gramoj"]
several = "km/h = kilometro hore/kilometroj hore"
named = { "l/100 km" = "litro/litroj" }
"""


def test_the_words_of_a_language_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "eo.toml").write_text(ESPERANTO_WORDS, "utf-8")
    words = words_of(Language, str(tmp_path / "eo.py"), abbreviations=(("x", "y"),))
    assert words.units["kg"] == ("kilogramo", "kilogramoj")
    assert (words.units["km/h"][1], words.units["l/100 km"]) == ("kilometroj hore", ("litro", "litroj"))
    assert words.abbreviations[0][1] == "kaj tiel plu"
    assert words.abbreviations[1:] == ((r"\bn-ro(?=\s\d)", "numero"), ("x", "y"))
    assert (words.cents, words.short_months["okt"], words.months[0]) == (("cendo", "cendoj"), 10, "januaro")


def test_without_its_module_the_language_is_one_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "eo" / "__pycache__").mkdir(parents=True)
    add_languages(tmp_path)
    try:
        assert "eo" not in languages_known()
        assert "ktp" in spoken("ktp. 5", "eo")
    finally:
        languages.__path__.remove(str(tmp_path))
        languages.rules.cache_clear()
    assert "eo" not in languages_known()
    assert "ktp" in spoken("ktp. 5", "eo")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_is_found_by_any_spelling_of_its_tag(tag: str) -> None:
    assert [rule.name for rule in rules(tag)] == [rule.name for rule in rules(tag.replace("-", "_").upper())]


def say_kind(kind: Kind) -> RuleFor[str]:
    def rule(text: str, _language: str) -> str:
        return f"{text} {kind}"

    return RuleFor(rule, "test")


def test_the_frame_gives_one_order_and_a_language_may_put_a_kind_behind_another() -> None:
    said = {kind: (say_kind(kind),) for kind in reversed(Kind)}

    def order(behind: dict[Kind, Kind] | None = None) -> list[str]:
        text = ""
        for rule in row("", said, behind):
            text = rule.rewrite(text) if rule.source == "test" else text
        return text.split()

    assert order() == list(Kind)
    moved = order({Kind.DATES: Kind.MONEY})
    assert moved[moved.index("money") + 1] == "dates"
    assert sorted(moved) == sorted(Kind)


@pytest.mark.parametrize(
    ("language", "printed", "told"),
    [
        ("pl", "O 18:30, 18:05 i 6:00.", "O osiemnastej trzydzieści, osiemnasta zero pięć i szósta."),
        ("ar", "الساعة 6:30 صباحا", "الساعة السادسة والنصف صباحا"),
        ("zh", "早上6:30开始，18:00结束", "早上六点三十分开始，十八点结束"),
        ("ja", "18:05に始まる", "十八時五分に始まる"),
        ("ko", "오후 6:30", "오후 여섯시 삼십분"),
        ("th", "เวลา 18:00", "เวลา สิบแปด นาฬิกา"),
        ("hi", "6:30 बजे", "छह तीस बजे"),
        ("bn", "6:30 টা", "6:30 টা"),  # an engine knows; we have no words
        ("zh", "2026-11-29", "二零二六年十一月二十九日"),
        ("sv", "den 2026-11-29", "den tjugonionde november tjugohundratjugosex"),
        ("pl", "wynik 2:1", "wynik dwa do jeden"),
        ("ko", "12,5%", "십이점오퍼센트"),
        ("fi", "12,5 %", "kaksitoista pilkku viisi prosenttia"),
    ],
)
def test_a_day_and_a_time_in_figures_are_said_in_any_language(language: str, printed: str, told: str) -> None:
    assert spoken(printed, language) == told
