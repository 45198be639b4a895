"""Polish: its words, and its ordinals, which the rules of CLDR have not."""

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
from spokenform.word_lists import listed, words

ONES = listed(
    """zerowy pierwszy drugi trzeci czwarty piąty szósty siódmy ósmy dziewiąty dziesiąty jedenasty dwunasty
    trzynasty czternasty piętnasty szesnasty siedemnasty osiemnasty dziewiętnasty"""
)
TENS = listed(
    """dwudziesty trzydziesty czterdziesty pięćdziesiąty sześćdziesiąty siedemdziesiąty osiemdziesiąty
    dziewięćdziesiąty"""
)
HUNDREDS = listed(
    "setny dwusetny trzechsetny czterechsetny pięćsetny sześćsetny siedemsetny osiemsetny dziewięćsetny"
)
# Endings of an adjective in -y, and of one in -i.
ENDINGS = {
    "masculine": ("y", "i"), "genitive": ("ego", "iego"), "locative": ("ym", "im"), "feminine": ("a", "ia"),
    "feminine-locative": ("ej", "iej"), "neuter": ("e", "ie"), "plural": ("e", "ie"),
    "plural-genitive": ("ych", "ich"),
}  # fmt: skip


def _ordinal(value: int, form: str = "masculine") -> str:
    """``dwudziesty szósty``; the thousands and hundreds before stay cardinals."""
    head, rest = divmod(value, 100)
    if rest == 0 and head:
        said = (
            f"{_lead(head // 10 * 1000)}{HUNDREDS[head % 10 - 1]}"
            if head % 10
            else f"{_joined(head // 10)}tysięczny"
        )
        return _ending(said, form)
    tens, ones = divmod(rest, 10)
    parts = [ONES[rest]] if rest < 20 else [TENS[tens - 2], *([ONES[ones]] if ones else [])]
    return _lead(head * 100) + " ".join(_ending(part, form) for part in parts)


def _lead(value: int) -> str:
    return f"{numerals.cardinal(value, 'pl')} " if value else ""


def _joined(thousands: int) -> str:
    return {1: "", 2: "dwu"}.get(
        thousands, numerals.cardinal(thousands, "pl", "masculine-genitive").replace(" ", "")
    )


def _ending(said: str, form: str) -> str:
    hard, soft = ENDINGS[form]
    if said.endswith("gi"):
        return said[:-1] + {"feminine": "a"}.get(form, soft)
    return said[:-1] + (soft if said.endswith("i") else hard)


FEMININE = words(
    """osoby osób godziny minuty sekundy kobiety strony złotówki korony tony liry rupie gminy szkoły firmy
    spółki ofiary rodziny ulice linie karetki jednostki bramki drużyny partie książki wersje noce części
    grupy sprawy ustawy umowy stacje sesje fabryki kopalnie łodzie rakiety bomby mapy zasady lekcje płyty
    piosenki rundy kolejki setki dziesiątki"""
)


def _after_one(noun: str) -> str:
    """*jedna godzina*, *jedno miejsce*, *jeden dom*."""
    if noun in FEMININE or noun.endswith(("a", "ość", "noc", "część")):
        return "feminine"
    return "neuter" if noun.endswith(("o", "e", "ę", "um")) and noun != "euro" else "masculine"


def _after_two(noun: str) -> str:
    """*dwie osoby*, *dwa domy*."""
    return "feminine" if noun in FEMININE or noun.endswith(("cje", "nie", "ki")) else "masculine"


def _with_decimals(whole: int, part: str) -> str:
    """``2,5`` is dwa i pół, ``2,75`` dwa przecinek siedemdziesiąt pięć."""
    above = numerals.cardinal(whole, "pl")
    if part == "5":
        return f"{above} i pół" if whole else "pół"
    together = numerals.cardinal(int(part), "pl") if not part.startswith("0") else numerals.digits(part, "pl")
    return f"{above} przecinek {together}"


def _part(bottom: int) -> tuple[str, ...]:
    """``trzecia``, ``trzecie``, ``trzecich``."""
    return tuple(_ordinal(bottom, form) for form in ("feminine", "plural", "plural-genitive"))


def _clock(hour: int, minute: int, before: str) -> str:
    """``19:30`` is dziewiętnasta trzydzieści, behind a preposition dziewiętnastej."""
    governed = re.search(r"\b(?:o|od|do|po|przed|około|godz\.|godzinie|godziny)\s$", before, re.IGNORECASE)
    said = _ordinal(hour, "feminine-locative" if governed else "feminine")
    if not minute:
        return said
    return f"{said} {'zero ' if minute < 10 else ''}{numerals.cardinal(minute, 'pl')}"


def _year(value: int, before: str) -> str:
    return _ordinal(value, "locative" if re.search(r"\bw[e]?\s$", before, re.IGNORECASE) else "genitive")


QUEENS = words("Elżbieta Katarzyna Maria Anna Małgorzata Wiktoria Izabela Krystyna Joanna Beatrycze")
CASES = (("a", "genitive"), ("em", "locative"), ("iem", "locative"), ("ie", "locative"))


def _ruler(name: str, value: int) -> str:
    """``Jan Paweł II`` is drugi, ``Jana Pawła II`` drugiego."""
    if name in QUEENS:
        return f"{name} {_ordinal(value, 'feminine')}"
    form = next((case for end, case in CASES if name.endswith(end)), "masculine")
    return f"{name} {_ordinal(value, form)}"


LANGUAGE = words_of(
    Slavic,
    __file__,
    part=_part,
    day=lambda value, _before: _ordinal(value, "genitive"),
    year=_year,
    clock=_clock,
    after_one=_after_one,
    after_two=_after_two,
    with_decimals=_with_decimals,
    ruler=_ruler,
)

YEARS = re.compile(
    r"(?P<before>\b[Ww]e?\s)?(?<![\w.,/-])(?P<a>1[1-9]\d\d|20\d\d)(?:\s?[-–]\s?(?P<b>1[1-9]\d\d|20\d\d))?(?P<word>\s(?:roku|rok|r\.))(?!\w)"
)
BARE = re.compile(r"(?<=\b[Ww]\s)(?P<a>1[5-9]\d\d|20\d\d)(?![\w%]|[.,]\d|\s(?:os|lud|przyp|miej|gmin|szko))")
DECADE = re.compile(
    r"\b(?P<word>[Ll]ata(?:ch)?|[Ll]at)\s(?P<n>[2-9]0)\.(?:\s(?P<and>i|lub|do)\s(?P<m>[2-9]0)\.)?"
)
NTH = re.compile(r"(?<![\w.,])(?P<n>\d{1,3})\.(?=\s(?P<noun>[a-ząćęłńóśźż]{3,}))")
CENTURY = re.compile(r"\b(?P<n>[IVX]+)\s(?P<word>wiek(?:u|iem)?|w\.)(?!\w)")


def say_years(text: str, _language: Language) -> str:
    """``w 2026 roku`` is w dwa tysiące dwudziestym szóstym roku, ``2026 r.`` dwudziestego szóstego."""

    def year(match: re.Match[str]) -> str:
        form = (
            "locative" if match["before"] else "masculine" if match["word"].strip() == "rok" else "genitive"
        )
        said = _ordinal(int(match["a"]), form)
        said += f" do {_ordinal(int(match['b']), form)}" if match["b"] else ""
        return f"{match['before'] or ''}{said}{match['word'].replace('r.', 'roku')}"

    return BARE.sub(lambda match: _ordinal(int(match["a"]), "locative"), YEARS.sub(year, text))


def say_nths(text: str, _language: Language) -> str:
    """``3. miejsce`` is trzecie, ``lata 80.`` osiemdziesiąte, ``XXI wiek`` dwudziesty pierwszy."""

    def nth(match: re.Match[str]) -> str:
        noun = match["noun"]
        if noun in LANGUAGE.particles:
            return match.group()
        ends = (
            ("miejscu|wieku|roku|etapie|meczu|dniu", "locative"),
            ("minucie|rundzie|kolejce|klasie|rocznicy|edycji", "feminine-locative"),
        )
        form = next((form for pattern, form in ends if re.fullmatch(pattern, noun)), _after_one(noun))
        return _ordinal(int(match["n"]), form)

    def decade(match: re.Match[str]) -> str:
        form = "plural" if match["word"].endswith("a") else "plural-genitive"
        more = f" {match['and']} {_ordinal(int(match['m']), form)}" if match["m"] else ""
        return f"{match['word']} {_ordinal(int(match['n']), form)}{more}"

    def century(match: re.Match[str]) -> str:
        form = {"wiek": "masculine", "wieku": "locative", "w.": "locative"}.get(match["word"], "locative")
        before = match.string[: match.start()]
        form = "genitive" if form == "locative" and not re.search(r"\b[Ww]e?\s$", before) else form
        return f"{_ordinal(roman(match['n']) or 0, form)} {match['word'].replace('w.', 'wieku')}"

    text = CENTURY.sub(century, text)
    return NTH.sub(nth, DECADE.sub(decade, text))


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Polish."""
    source = "Wielki słownik ortograficzny PWN, liczebniki i daty"
    own: dict[Kind, tuple[RuleFor[Slavic], ...]] = {
        Kind.COMPOUNDS: (),
        Kind.DATES: (*DAY_FIRST[Kind.DATES], RuleFor(say_years, source, figures=True)),
        Kind.NUMERALS: (RuleFor(say_nths, source), *DAY_FIRST[Kind.NUMERALS]),
        Kind.MONEY: (RuleFor(say_governed, source, figures=True), *AMOUNTS[Kind.MONEY]),
        Kind.YEARS: (),
    }
    return row(LANGUAGE, {**DAY_FIRST, **own})
