"""What Spanish, Italian and Portuguese share: dates, hours, ordinals, kings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from spokenform import numerals
from spokenform.capitals import say_other_numerals
from spokenform.common_rules import rules as row
from spokenform.language import Tongue, full_year, roman
from spokenform.rules import Rule


@dataclass(frozen=True, eq=False)
class Romance(Tongue):
    """A tongue with the words these languages need besides.

    `first` is the first day of a month, `link` what joins day, month and year. `ordinals`
    are one to ten and then those that are regular; `kings` are names that rulers bore, said
    with ordinals up to `last_ordinal`. `hour` is what follows the hour, `and_minutes` what
    joins the minutes. `agreement` makes the end of a number feminine, as patterns and what they become;
    `of_year` stands between the number of a law and its year. `queens` are names of women that
    do not end in *a*, `hours` one hour and several, `the` the articles, of men and of women;
    `shortened` are the endings of ordinals before a noun, *primer*.
    """

    first: str = ""
    link: str = " "
    hour: str = ""
    and_minutes: str = " "
    ordinals: tuple[str, ...] = ()
    kings: frozenset[str] = frozenset()
    last_ordinal: int = 10
    centuries: str = ""
    century_ordinal: bool = False
    apocope: Mapping[str, str] = field(default_factory=dict)
    agreement: tuple[tuple[str, str], ...] = ()
    of_year: str = "de"
    queens: frozenset[str] = frozenset()
    hours: tuple[str, str] = ("", "")
    the: tuple[str, str] = ("", "")
    shortened: Mapping[str, str] = field(default_factory=dict)

    def number(self, printed: str, *, before: str = "") -> str:
        """As for any tongue, but it agrees with a noun: *veintiún*, *veintiuna*, *duzentas*."""
        said = super().number(printed, before=before)
        if before in self.particles or "," in printed:
            return said
        if before and self.is_feminine(before):
            for pattern, feminine in self.agreement:
                said = re.sub(pattern, feminine, said)
            return said
        for full, short in self.apocope.items():
            said = re.sub(rf"{full}(?= mil\b)", short, said)
            if before and said.endswith(full) and not said.endswith(f"{self.comma} {full}"):
                return said.removesuffix(full) + short
        return said

    def ordinal(self, value: int, *, feminine: bool = False) -> str:
        """*segundo*, *seconda*; beyond those that are in use, the number."""
        if 0 < value <= len(self.ordinals):
            said = self.ordinals[value - 1]
        else:
            said = numerals.ordinal(value, self.language) or self.cardinal(value)
            if self.language == "es":  # RAE: decimotercero, cuadragésimo
                said = re.sub(r"^décimo ?(?=\w)", "decimo", said).replace("quadra", "cuadra")
        return re.sub(r"o\b", "a", said) if feminine else said

    def before_noun(self, ordinal: str) -> str:
        """*primer* and *tercer* where the language has them."""
        for full, short in self.shortened.items():
            if ordinal.endswith(full):
                return ordinal.removesuffix(full) + short
        return ordinal

    def woman(self, name: str) -> bool:
        """Whether a ruler's name is a woman's."""
        return name in self.queens or (name.endswith("a") and name not in {"Nicola", "Luca", "Andrea"})


_WEEKDAY = (
    "lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|"
    "segunda|terça|quarta|quinta|sexta|d[ií]a|giorno"
)


@cache
def _dates(tongue: Romance) -> tuple[re.Pattern[str], ...]:
    link = r"\s(?:de\s)?" if "de" in tongue.link else r"\s"
    return (
        re.compile(
            rf"(?<![\w.,])(?:(?P<low>[0-3]?\d)[º°]?\s?[-–]\s?)?(?P<day>[0-3]?\d)(?P<nth>[.]?[º°ª])?{link}(?P<month>{tongue.month})(?:{link}(?P<year>[12]\d{{3}}))?(?!\w)",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?<![\w.,/])(?P<day>[0-3]?\d)[/.](?P<month>[01]?\d)[/.](?P<year>[12]\d{3}|\d\d)(?![\w/])"
        ),
        re.compile(  # after a weekday, and what no fraction can be
            rf"(?:(?P<before>\b(?:{_WEEKDAY})(?:-feira)?,?\s)|(?<=l')(?=11/)|"
            r"(?<![\w.,/'])(?!24/7)(?=1[3-9]|2\d|3[01]))"
            r"(?P<day>[0-3]?\d)/(?P<month>0?[1-9]|1[0-2])(?![\w/]|[.,]\d)",
            re.IGNORECASE,
        ),
        re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])"),
    )


def say_dates(text: str, tongue: Romance) -> str:
    """``3 de noviembre de 2026``, ``1º maggio``, ``03/11/2026``."""

    def date(match: re.Match[str]) -> str:
        day, month = int(match["day"]), match["month"]
        if month.isdigit():
            if not (1 <= day <= 31 and 1 <= int(month) <= 12):
                return match.group()
            month = tongue.months[int(month) - 1]
        named = _day(day, match.string[: match.start("day")], tongue)
        if low := int(match.groupdict().get("low") or 0):
            link = tongue.conjunction if low + 1 == day else tongue.until
            named = f"{_day(low, match.string[: match.start()], tongue)} {link} {named}"
        printed = match.groupdict().get("year") or ""
        year = full_year(printed) if printed else 0
        full = f"{tongue.link}{tongue.cardinal(year)}" if year else ""
        before = match.groupdict().get("before") or ""
        return f"{before}{named}{tongue.link}{tongue.month_name(month).lower()}{full}"

    for pattern in _dates(tongue):
        text = pattern.sub(date, text)
    return SEASON.sub(_season, text)


# "2005-06" is two thousand and five to two thousand and six.
SEASON = re.compile(
    r"(?<![\w.,/-])(?P<first>(?P<century>19|20)\d\d)(?P<mark>[-–/])(?P<last>0\d)(?![\w/-]|[.,]\d)"
)


def _season(match: re.Match[str]) -> str:
    full = f"{match['century']}{match['last']}"
    return f"{match['first']}{match['mark']}{full}" if full > match["first"] else match.group()


def _day(day: int, before: str, tongue: Romance) -> str:
    """*primo*, but *l'uno* behind the elided article."""
    return tongue.first if day == 1 and not before.endswith("'") else tongue.cardinal(day)


CLOCK = re.compile(
    r"(?<![\w.,:])(?P<h>[012]?\d)(?:\s?h\s?|:)(?P<m>[0-5]\d)(?:\s?hs?(?!\w)|(?P<named>\shoras))?(?![\w:'])"
)
DOTTED = re.compile(
    r"(?P<before>\b(?:(?:las|la|às|as)\s(?=\d+[.])|(?:ore|alle|dalle)\s|all'|dall'))(?P<h>[012]?\d)[.,](?P<m>[0-5]\d)"
    r"(?:\s?hs?(?!\w)|(?P<named>\shoras))?(?!\w|[.,]\d|\s?%|\s(?:euro|mil|met|punt|grad)\w*)|"
    r"(?<![\w.,:])(?P<dh>[012]?\d)[.](?P<dm>[0-5]\d)\s?hs?(?!\w)"
)
UNTIL = re.compile(
    r"(?:(?<=[:h]\d\d)(?:\s?h)?|(?<=\d)\s?h|(?<=[\s(]\d)|(?<=[\s(]\d\d))"
    r"\s?[-–]\s?(?=\d{1,2}(?:[:h]\d\d|\s?h\b))"
)
HOURS = re.compile(r"(?<![\w.,:])(?P<h>\d{1,3})\s?h(?:s|rs)?\b(?!/)")
LASTED = re.compile(
    r"(?<![\w.,:])(?P<h>\d{1,2})\s?h\s?(?P<m>[0-5]?\d)\s?(?:min(?![a-z])\.?|m(?![a-z])|'(?!'))"
    r"(?:\s?(?P<s>[0-5]?\d)\s?(?:s\b|seg\b\.?|''|[\"″]))?(?![\w:])"
)
STOPWATCH = re.compile(r"(?<![\w.,:])(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?![\w:])")
RUN = re.compile(r"(?<![\w.,:'])(?P<m>\d{1,2})'\s?(?P<s>[0-5]?\d)(?:''|[\"″])(?P<c>\d{1,2})?(?![\w'\"])")


def say_times(text: str, tongue: Romance) -> str:
    """``19:30``, ``ore 19.30``, ``19h30``; ``1h 45min`` is how long something lasted."""
    one, many = tongue.hours

    def hour(figures: str) -> str:
        return tongue.number(str(int(figures)), before=one)

    def clock(match: re.Match[str]) -> str:
        given = match.groupdict()
        figures, minutes = match["h"] or given["dh"], match["m"] or given["dm"]
        said = f"{given.get('before') or ''}{hour(figures)}"
        after = f"{tongue.and_minutes}{tongue.cardinal(int(minutes))}" if minutes != "00" else ""
        if tongue.language.startswith("pt"):
            return f"{said} {one if int(figures) == 1 else many}{after}"
        return f"{said}{after}{given['named'] or ''}"

    def alone(match: re.Match[str]) -> str:
        return _elided(f"{hour(match['h'])} {one if int(match['h']) == 1 else many}")

    def lasted(match: re.Match[str]) -> str:
        parts = [
            f"{tongue.number(str(int(figures)), before=names[0])} {names[int(figures) != 1]}"
            for figures, names in zip(
                map(match.groupdict().get, "hms"), (tongue.hours, *tongue.arc[1:]), strict=True
            )
            if figures and int(figures)
        ]
        hundredths = f" {tongue.cardinal(int(match['c']))}" if match.groupdict().get("c") else ""
        named = " ".join(parts[:-1])
        return _elided(f"{named} {tongue.conjunction} {parts[-1]}" if named else "".join(parts)) + hundredths

    for pattern in (RUN, STOPWATCH, LASTED):
        text = pattern.sub(lasted, text)
    text = UNTIL.sub(f" {tongue.until} ", text)
    return MINUTE.sub("", HOURS.sub(alone, DOTTED.sub(clock, CLOCK.sub(clock, text))))


def _elided(said: str) -> str:
    """*un'ora*: Italian runs the article into the vowel."""
    return said.replace("una ora", "un'ora")


PHONE = re.compile(
    r"(?P<before>\b(?:[Tt]el(?:[eé]fono|efone)?|[Cc]elular|[Mm]óvil|[Cc]ellulare|[Ff]ax|[Nn]umero verde|"
    r"[Ll]igue(?:\spara)?(?:\so)?|[Ll]lam(?:e|en|ar|ando) al)\b\.?:?\s)"
    r"(?P<number>[+(]?\d[\d\s().-]{5,}\d)|(?P<bare>\+\d[\d\s().-]{7,}\d|\(\d\d\)\s?9?\d{4}-\d{4}\b|\b0[358]00[\s-]\d{3}[\s-]\d{3,4}\b)"
)
LAW = re.compile(
    r"(?P<law>\b(?:[Ll]ey|[Ll]egge|[Ll]ei|[Dd]ecreto(?:[\s-][Ll]e[yg]\w*)?|[Dd]irecti?va|[Dd]irettiva|[Dd]iretiva|"
    r"[Rr]egolamento|[Rr]eglamento|[Rr]egulamento|R\.?D\.?(?:-?ley|L)?|LO|LC|DL|PEC|PLP?|MP|DPR|D\.?P\.?R\.|"
    r"[Rr]esolución|[Rr]esolução|[Pp]ortaria)\s"
    r"(?:[Oo]rgánica\s|[Cc]omplementar\s|legislativo\s|n[.º°]*\s|n[uú]mero\s)?)"
    r"(?P<n>\d{1,2}(?:\.\d{3})|\d{1,5})/(?P<year>\d{4}|\d\d)\b"
)
HALF_OF = re.compile(r"(?<![\w.,/]\s)(?<![\w.,/])(?:½|1/2)\s(?:de\s|di\s)?(?=(?P<noun>[^\W\d_]{3,}))")
HALF = re.compile(r"(?<![\w.,])(?P<n>\d{1,3})(?:\s?½| 1/2)\s(?P<noun>[^\W\d_]+)")
MINUTE = re.compile(r"(?<=\d)'(?=\W|$)")


def say_telephones(text: str, tongue: Romance) -> str:
    """A telephone number is said figure by figure."""

    def phone(match: re.Match[str]) -> str:
        figures = match["number"] or match["bare"]
        plus = f"{tongue.plus} " if figures.startswith("+") else ""
        said = " ".join(tongue.cardinal(int(figure)) for figure in figures if figure.isdecimal())
        return f"{match['before'] or ''}{plus}{said}"

    return PHONE.sub(phone, text)


def say_laws(text: str, tongue: Romance) -> str:
    """``Ley 39/2015`` is thirty-nine of two thousand and fifteen."""

    def law(match: re.Match[str]) -> str:
        year = match["year"]
        full = full_year(year) if int(year) < 40 else year  # but "Lei 8.666/93"
        return f"{match['law']}{match['n']} {tongue.of_year} {full}"

    return LAW.sub(law, text)


def say_halves(text: str, tongue: Romance) -> str:
    """``3 ½ horas`` is three hours and a half, ``1/2 hora`` half an hour."""

    def half_of(match: re.Match[str]) -> str:
        said = tongue.fractions["½"].rpartition(" ")[2]
        agreed = f"{said[:-1]}a" if tongue.is_feminine(match["noun"]) else said
        return "mezz'" if match["noun"] == "ora" else f"{agreed} "

    def half(match: re.Match[str]) -> str:
        said = tongue.fractions["½"].rpartition(" ")[2]
        agreed = f"{said[:-1]}a" if tongue.is_feminine(match["noun"]) else said
        number = tongue.number(match["n"], before=match["noun"])
        return f"{number} {match['noun']} {tongue.conjunction} {agreed}"

    return HALF_OF.sub(half_of, HALF.sub(half, text))


NTH = re.compile(r"(?<![\w,])(?P<n>\d{1,3})(?P<end>[.]?[ºªo°]|\.?er|[.]ª|a(?=\s[a-zA-Zà-ÿ]{3}))(?![\w°])")
KING = re.compile(r"\b(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+)\s(?P<n>[IVX]+)\b(?!['’.][A-Z])")
COUNTED = re.compile(
    r"\b(?P<name>[Cc]ap[ií]tulo|[Cc]apitolo|[Aa]cto|[Aa]tto|[Aa]to|[Pp]art[ei]|[Aa]rt[ií]c(?:ul|ol|l)o|[Tt]omo|[Ff]ase|[Ll]iga|"
    r"[Tt]ítulo|[Mm]undial[e]?|[Aa]pollo|[Ff]ascia)\s(?P<n>[IVXL]+)\b"
)


NOUN = re.compile(r"\s([^\W\d_]{3,})")


def say_ordinals(text: str, tongue: Romance) -> str:
    """``1.º``, ``2ª``, ``3er``."""

    def nth(match: re.Match[str]) -> str:
        said = tongue.ordinal(int(match["n"]), feminine=match["end"].endswith(("ª", "a")))
        noun = NOUN.match(match.string[match.end() :])
        counts = noun and noun[1] not in tongue.particles and not tongue.is_feminine(noun[1])
        return tongue.before_noun(said) if counts or match["end"].endswith("er") else said

    return NTH.sub(nth, text)


@cache
def _century(tongue: Romance) -> re.Pattern[str]:
    link = r"(?:\s(?:e|ed|y|o|u|a|al)\s|\s?[-–]\s?)"
    return re.compile(
        rf"\b(?:(?P<before>{tongue.centuries})\s(?P<n>[IVX]+)(?:(?P<link>{link})(?P<next>[IVX]+))?|"
        rf"(?:(?P<earlier>[IVX]+)(?P<and>{link}))?(?P<first>[IVX]+)\s(?P<after>{tongue.centuries}))\b"
    )


@cache
def _event(tongue: Romance) -> re.Pattern[str]:
    """A numeral between article and noun: ``la II Guerra Mundial``, ``el XXV aniversario``."""
    the = "|".join(tongue.the)
    return re.compile(rf"\b(?P<the>(?i:{the}))\s(?P<n>[IVX]+)(?=\s(?!e\b|y\b)[A-ZÀ-Þ]?[a-zà-ÿ]{{3,}})")


def _centuries(match: re.Match[str], tongue: Romance) -> str:
    """One century or two, before their noun or behind it."""

    def named(figures: str) -> str:
        value = roman(figures)
        if not value:
            return figures
        return tongue.ordinal(value) if tongue.century_ordinal else tongue.cardinal(value)

    first, second = match["n"] or match["earlier"], match["next"] or match["first"]
    link = (match["link"] or match["and"] or "").strip()
    link = tongue.until if link in {"-", "–"} else link
    said = " ".join(part for part in (named(first or ""), link, named(second or "")) if part)
    return f"{match['before']} {said}" if match["before"] else f"{said} {match['after']}"


def say_roman_numerals(text: str, tongue: Romance) -> str:
    """``siglo XX`` is veinte, ``XX secolo`` ventesimo, ``Felipe VI`` sexto, ``Isabel II`` segunda."""

    def king(match: re.Match[str]) -> str:
        value = roman(match["n"])
        if not value or (match["name"] not in tongue.kings and match["n"] not in {"II", "III", "IV"}):
            return match.group()
        if value > tongue.last_ordinal:
            return f"{match['name']} {tongue.cardinal(value)}"
        return f"{match['name']} {tongue.ordinal(value, feminine=tongue.woman(match['name']))}"

    def event(match: re.Match[str]) -> str:
        value = roman(match["n"])
        if not value:
            return match.group()
        if value > tongue.last_ordinal and tongue.shortened:  # Spanish: "el quince aniversario"
            return f"{match['the']} {tongue.cardinal(value)}"
        feminine = re.fullmatch(tongue.the[1], match["the"], re.IGNORECASE) is not None
        said = tongue.ordinal(value, feminine=feminine)
        return f"{match['the']} {tongue.before_noun(said)}"

    def chapter(match: re.Match[str]) -> str:
        value = roman(match["n"])
        return f"{match['name']} {tongue.cardinal(value)}" if value else match.group()

    text = _century(tongue).sub(lambda match: _centuries(match, tongue), text)
    text = COUNTED.sub(chapter, text)
    return KING.sub(king, _event(tongue).sub(event, text))


def rules(
    tongue: Romance, source: str, more: tuple[tuple[Callable[[str, Romance], str], str], ...] = ()
) -> tuple[Rule, ...]:
    """The whole row of one of these languages, with rules of its own."""
    own = (
        *more,
        (say_telephones, "ITU-T E.123; observed"),
        (say_laws, source),
        (say_halves, source),
        (say_dates, source),
        (say_times, source),
        (say_roman_numerals, source),
        (say_other_numerals, source),
        (say_ordinals, source),
    )
    return row(tongue, own)
