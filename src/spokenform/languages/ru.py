"""Russian: its words, and years and ordinals in their cases."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.amounts import AMOUNTS
from spokenform.calendar import DAY_FIRST
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import Language, roman
from spokenform.languages.slavic import Slavic, say_governed
from spokenform.rewriting import Rule
from spokenform.word_file import words_of
from spokenform.word_lists import listed, pairs, words

FEMININE = words(
    "тысяча треть четверть часть ночь область степень речь жизнь смерть дочь очередь площадь скорость помощь"
)


def _after_one(noun: str) -> str:
    """*одна минута*, *одно место*, *один дом*."""
    if noun in FEMININE or re.search(r"(?:[ая]|ость)$", noun):
        return "feminine"
    return "neuter" if re.search(r"[оеё]$", noun) and noun != "евро" else "masculine"


def _after_two(noun: str) -> str:
    """*две минуты*, *два дома*."""
    return "feminine" if re.search(r"[ыи]$", noun) else "masculine"


def _governed_decimals(whole: int, part: str) -> str:
    """``до 2,7%`` is двух целых семи десятых."""
    named = ("десятая", "сотая", "тысячная")[len(part) - 1][:-2]
    above, below = (numerals.cardinal(value, "ru", "feminine-genitive") for value in (whole, int(part)))
    one, first = (numerals.plural(str(value), "ru") == "one" for value in (int(part), whole))
    return f"{above} {'целой' if first else 'целых'} {below} {named}{'ой' if one else 'ых'}"


def _with_decimals(whole: int, part: str) -> str:
    """``2,5`` is две целых пять десятых."""
    named = ("десятая", "сотая", "тысячная")[len(part) - 1]
    below = numerals.cardinal(int(part), "ru", "feminine")
    above = numerals.cardinal(whole, "ru", "feminine")
    one, first = (numerals.plural(str(value), "ru") == "one" for value in (int(part), whole))
    return f"{above} {'целая' if first else 'целых'} {below} {named if one else named[:-2] + 'ых'}"


# A hundred years have no ordinal in the rules of CLDR.
HUNDREDS = dict(
    zip(
        range(1100, 2000, 100),
        listed("сто двухсот трёхсот четырёхсот пятисот шестисот семисот восьмисот девятисот"),
        strict=True,
    )
)
ENDINGS = {
    "masculine": "ый",
    "masculine-genitive": "ого",
    "masculine-dative": "ому",
    "masculine-locative": "ом",
    "masculine-ablative": "ым",
}


def _ordinal(value: int, form: str) -> str:
    """By the rules of CLDR, where fifty to eighty lack their first half's ending."""
    said = numerals.ordinal(value, "ru", form).replace("четверт", "четвёрт")
    return TENS.sub(lambda match: TEN[match[1]], said)


TEN = pairs("пять = пяти; шесть = шести; семь = семи; восемь = восьми")
TENS = re.compile(r"\b(пять|шесть|семь|восемь)(?=десят\w)")


def _part(bottom: int) -> tuple[str, ...]:
    """``треть``, ``четверть``, ``пятая``."""
    named = {3: ("треть", "трети", "третей"), 4: ("четверть", "четверти", "четвертей")}.get(bottom)
    many = _ordinal(bottom, "plural-genitive")
    return named or (_ordinal(bottom, "feminine"), many, many)


def _year(value: int, case: str) -> str:
    """``2026`` in a case: две тысячи двадцать шестого."""
    if value in HUNDREDS:
        return f"тысяча {HUNDREDS[value]}{ENDINGS[case]}"
    return _ordinal(value, case).removeprefix("одна ")


def _clock(hour: int, minute: int, _before: str) -> str:
    """``19:30`` is девятнадцать тридцать, ``6:00`` шесть часов."""
    said = numerals.cardinal(hour, "ru")
    if not minute:
        return f"{said} {LANGUAGE.counted(str(hour), ('час', 'часа', 'часов'))}"
    return f"{said} {'ноль ' if minute < 10 else ''}{numerals.cardinal(minute, 'ru')}"


# What stands behind the hyphen of an ordinal, and the form it asks for.
FORMS = pairs(
    """й = masculine; ый = masculine; ий = masculine; я = feminine; ая = feminine; е = neuter; ое = neuter
    го = masculine-genitive; ого = masculine-genitive; му = masculine-dative; ому = masculine-dative
    м = masculine-locative; ом = masculine-locative; ым = masculine-ablative; ой = feminine-genitive
    ю = feminine-accusative; ую = feminine-accusative; х = plural-genitive; ых = plural-genitive
    ые = plural; ми = plural-ablative"""
)


def _nth(value: int, end: str, before: str) -> str:
    form = FORMS[end.lstrip("-")]
    if form == "neuter" and value % 10 == 0 and value > 10:
        form = "plural"  # "80-е"
    if (
        form == "masculine"
        and re.search(r"\b(?:в|на|о|об|при|с|для|из|от|до|после|около)\s$", before)
        and end == "-й"
    ):
        form = "feminine-genitive"  # "на 5-й минуте"
    return _ordinal(value, form)


QUEENS = words("Екатерина Елизавета Анна Мария Виктория Маргрете Изабелла")
# The ending of a name tells the case it is in.
ENDS = (("а", "-genitive"), ("я", "-genitive"), ("у", "-dative"), ("ю", "-dative"), ("ом", "-ablative"),
        ("ем", "-ablative"), ("е", "-locative"))  # fmt: skip


def _ruler(name: str, value: int) -> str:
    """``Николай II`` is второй, ``Николая II`` второго, ``Екатерина II`` вторая."""
    if name in QUEENS:
        return f"{name} {_ordinal(value, 'feminine')}"
    if re.fullmatch(r"(?:Екатерин|Елизавет|Анн|Мари|Виктори)\w{1,2}", name):
        return f"{name} {_ordinal(value, 'feminine-accusative' if name[-1] in 'ую' else 'feminine-genitive')}"
    case = next((case for end, case in ENDS if name.endswith(end)), "")
    return f"{name} {_ordinal(value, f'masculine{case}')}"


LANGUAGE = words_of(
    Slavic,
    __file__,
    part=_part,
    day=lambda value, _before: numerals.ordinal(value, "ru", "neuter-genitive"),
    year=lambda value, _before: _year(value, "masculine-genitive"),
    clock=_clock,
    ordinal_mark=rf"-(?:{'|'.join(sorted(FORMS, key=len, reverse=True))})(?!\w)",
    nth=_nth,
    after_one=_after_one,
    after_two=_after_two,
    with_decimals=_with_decimals,
    governed_decimals=_governed_decimals,
    ruler=_ruler,
)

CASES = pairs(
    """год = masculine; года = masculine-genitive; году = masculine-locative; годом = masculine-ablative
    годы = masculine; годов = masculine-genitive; годах = masculine-locative; век = masculine
    века = masculine-genitive; веку = masculine-dative; веке = masculine-locative; веком = masculine-ablative
    веков = masculine-genitive; веках = masculine-locative; в. = masculine-locative
    вв. = masculine-locative"""
)
YEARS = re.compile(
    r"(?:\b(?P<before>[а-яё]+)\s)?(?<![\w.,])(?P<a>[12]\d{3})(?:\s?[-–—]\s?(?P<b>[12]\d{3}))?\s(?P<word>год(?:[ауы]|ом|ах|ов)?|г\.)(?!\w)",
    re.IGNORECASE,
)
CENTURY = re.compile(
    r"\b(?P<n>[IVX]+)(?:\s?[-–—]\s?(?P<to>[IVX]+))?\s(?P<word>век(?:[аеуи]|ом|ах|ов)?|вв?\.)(?!\w)"
)
COMPOUND = re.compile(
    r"(?<![\w.,])(?P<n>\d{1,4})-(?P<rest>(?:летн|этажн|процентн|метров|километров|дневн|часов|минутн|тысячн|миллионн|градусн|кратн|мест|угольн)\w+)"
)


def say_years(text: str, _language: Language) -> str:
    """``в 2026 году`` is в две тысячи двадцать шестом году, ``с 2026 г.`` in the genitive."""

    def year(match: re.Match[str]) -> str:
        word, before = match["word"].lower(), (match["before"] or "").lower()
        if word == "г.":
            word = "году" if before in {"в", "во"} else "года" if before else "год"
        case = "masculine-dative" if word == "году" and before in {"к", "по"} else CASES[word]
        said = _year(int(match["a"]), case)
        if match["b"]:
            said += f" – {_year(int(match['b']), case)}"
        said = f"{match['before']} {said}" if match["before"] else said
        return f"{said} {word if match['word'] == 'г.' else match['word']}"

    return YEARS.sub(year, text)


def say_centuries(text: str, _language: Language) -> str:
    """``XXI век`` is двадцать первый век, ``в XIX веке`` девятнадцатом."""

    def century(match: re.Match[str]) -> str:
        values = [roman(match[key] or "") for key in ("n", "to")]
        said = " – ".join(_ordinal(value, CASES.get(match["word"], "masculine")) for value in values if value)
        return f"{said} {'веке' if match['word'] == 'в.' else match['word']}"

    return CENTURY.sub(century, text)


def say_compounds(text: str, _language: Language) -> str:
    """``20-летний`` is двадцатилетний."""

    def compound(match: re.Match[str]) -> str:
        value = int(match["n"])
        said = (
            numerals.cardinal(value, "ru", "masculine-genitive")
            if value not in {90, 100, 1000}
            else numerals.cardinal(value, "ru")
        )
        said = {1: "одно", 1000: "тысяче"}.get(value, said.replace(" ", ""))
        return said + match["rest"]

    return COMPOUND.sub(compound, text)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Russian."""
    source = "Мильчин, Чельцова, Справочник издателя и автора: числа и даты"
    own: dict[Kind, tuple[RuleFor[Slavic], ...]] = {
        Kind.COMPOUNDS: (
            RuleFor(say_compounds, source, figures=True),
            RuleFor(say_years, source, figures=True),
        ),
        Kind.NUMERALS: (RuleFor(say_centuries, source), *DAY_FIRST[Kind.NUMERALS]),
        Kind.MONEY: (RuleFor(say_governed, source, figures=True), *AMOUNTS[Kind.MONEY]),
        Kind.YEARS: (),
    }
    return row(LANGUAGE, {**DAY_FIRST, **own})
