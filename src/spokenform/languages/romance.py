"""What Spanish, Italian and Portuguese share: dates, hours, ordinals, kings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from spokenform import numerals
from spokenform.common_rules import COMMON, say_chapters, say_other_numerals
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import Language, full_year, roman
from spokenform.rewriting import Rule


@dataclass(frozen=True, eq=False)
class Romance(Language):
    """The words that Spanish, Italian and Portuguese need besides.

    - `first`: the first day of a month; `link` joins day, month and year.
    - `hours`: one hour and several, `hours_named` where they are said; `and_minutes` joins the
      minutes. `before_hours`: a pattern of what stands before hours with a point, `no_hours`
      of nouns that such a figure counts.
    - `respelled` mends ordinals. `shortened`: their endings before a noun, *primer*.
    - `kings`: names of rulers, said with ordinals up to `last_ordinal`. `queens`: names of
      women that do not end in *a*, `men_in_a` of men that do.
    - `centuries`, `weekdays`, `phone_words`, `laws`: patterns of the words that
      numerals and figures stand beside; `links` of those between two numerals.
    - `the`: patterns of the articles, of men and of women; `elided_article`: *l'*.
    - `elisions`: words that run into each other.
    - `half_elided`: half of a noun in one word. `of_year`: between a law's number and year.
    """

    first: str = ""
    link: str = " "
    and_minutes: str = " "
    kings: frozenset[str] = frozenset()
    last_ordinal: int = 10
    centuries: str = ""
    century_ordinal: bool = False
    of_year: str = "de"
    queens: frozenset[str] = frozenset()
    hours: tuple[str, str] = ("", "")
    the: tuple[str, str] = ("", "")
    shortened: Mapping[str, str] = field(default_factory=dict)
    respelled: tuple[tuple[str, str], ...] = ()
    men_in_a: frozenset[str] = frozenset()
    weekdays: str = ""
    elided_article: str = ""
    before_hours: str = ""
    no_hours: str = ""
    hours_named: bool = False
    elisions: Mapping[str, str] = field(default_factory=dict)
    half_elided: Mapping[str, str] = field(default_factory=dict)
    phone_words: str = ""
    laws: str = ""
    links: str = ""

    def ordinal(self, value: int, *, feminine: bool = False) -> str:
        """*segundo*, *seconda*."""
        said = numerals.ordinal(value, self.tag, "feminine" if feminine else "masculine")
        for pattern, respelled in self.respelled:
            said = re.sub(pattern, respelled, said)
        return said

    def before_noun(self, ordinal: str) -> str:
        """*primer* and *tercer* where the language has them."""
        for full, short in self.shortened.items():
            if ordinal.endswith(full):
                return ordinal.removesuffix(full) + short
        return ordinal

    def elided(self, said: str) -> str:
        """*un'ora* where the article runs into the vowel."""
        for full, short in self.elisions.items():
            said = said.replace(full, short)
        return said

    def woman(self, name: str) -> bool:
        """Whether a ruler's name is a woman's."""
        return name in self.queens or (name.endswith("a") and name not in self.men_in_a)


@cache
def _dates(language: Romance) -> tuple[re.Pattern[str], ...]:
    link = rf"\s(?:{language.link.lstrip()})?"
    eleventh = rf"(?<={language.elided_article})(?=11/)|" if language.elided_article else ""
    return (
        re.compile(
            rf"(?<![\w.,])(?:(?P<low>[0-3]?\d)[º°]?\s?[-–]\s?)?(?P<day>[0-3]?\d)(?P<nth>[.]?[º°ª])?{link}(?P<month>{language.month})(?:{link}(?P<year>[12]\d{{3}}))?(?!\w)",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?<![\w.,/-])(?P<day>[0-3]?\d)(?P<mark>[/.-])(?P<month>[01]?\d)(?P=mark)(?P<year>[12]\d{3}|\d\d)(?![\w/-])"
        ),
        re.compile(  # after a weekday, and what no fraction can be
            rf"(?:(?P<before>\b(?:{language.weekdays}),?\s)|{eleventh}"
            r"(?<![\w.,/'])(?!24/7)(?=1[3-9]|2\d|3[01]))"
            r"(?P<day>[0-3]?\d)/(?P<month>0?[1-9]|1[0-2])(?![\w/]|[.,]\d)",
            re.IGNORECASE,
        ),
        re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])"),
    )


@cache
def _months(language: Romance) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """``gen.-mar.``, and short months before a year: ``feb. de 2020``."""
    short = rf"(?:{'|'.join(language.short_months)})"
    named = rf"(?:{short}\.|(?:{'|'.join(language.months)})\b)"
    after = rf"(?:{language.link.strip()}\s)?[12]\d{{3}}\b|(?:{language.until}|{language.conjunction})\s"
    return (
        re.compile(rf"(?<!\w)(?P<month>{named})\s?[-–]\s?(?={named})", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?P<month>{short})\.(?=\s(?:{after}))", re.IGNORECASE),
    )


def say_dates(text: str, language: Romance) -> str:
    """``3 de noviembre de 2026``, ``1º maggio``, ``03/11/2026``."""

    def date(match: re.Match[str]) -> str:
        day, month = int(match["day"]), match["month"]
        if month.isdigit():
            if not (1 <= day <= 31 and 1 <= int(month) <= 12):
                return match.group()
            month = language.months[int(month) - 1]
        named = _day(day, match.string[: match.start("day")], language)
        if low := int(match.groupdict().get("low") or 0):
            link = language.conjunction if low + 1 == day else language.until
            named = f"{_day(low, match.string[: match.start()], language)} {link} {named}"
        printed = match.groupdict().get("year") or ""
        year = full_year(printed) if printed else 0
        full = f"{language.link}{language.cardinal(year)}" if year else ""
        before = match.groupdict().get("before") or ""
        return f"{before}{named}{language.link}{language.month_name(month).lower()}{full}"

    spans, lone = _months(language)
    text = spans.sub(lambda match: f"{language.month_name(match['month'])} {language.until} ", text)
    for pattern in _dates(language):
        text = pattern.sub(date, text)
    text = lone.sub(lambda match: language.month_name(match["month"]), text)
    return SEASON.sub(_season, text)


# "2005-06" is two thousand and five to two thousand and six.
SEASON = re.compile(
    r"(?<![\w.,/-])(?P<first>(?P<century>19|20)\d\d)(?P<mark>[-–/])(?P<last>0\d)(?![\w/-]|[.,]\d)"
)


def _season(match: re.Match[str]) -> str:
    full = f"{match['century']}{match['last']}"
    return f"{match['first']}{match['mark']}{full}" if full > match["first"] else match.group()


def _day(day: int, before: str, language: Romance) -> str:
    """*primo*, but *l'uno* behind the elided article."""
    return language.first if day == 1 and not before.endswith("'") else language.cardinal(day)


@cache
def _clocks(language: Romance) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Times with a colon or an h, and times with a point behind a word that only they have."""
    named = rf"(?:\s?hs?(?!\w)|(?P<named>\s{language.hours[1]}))?"
    return (
        re.compile(rf"(?<![\w.,:])(?P<h>[012]?\d)(?:\s?h\s?|:)(?P<m>[0-5]\d){named}(?![\w:'])"),
        re.compile(
            rf"(?P<before>\b(?:{language.before_hours}))(?P<h>[012]?\d)[.,](?P<m>[0-5]\d){named}"
            rf"(?!\w|[.,]\d|\s?%|\s(?:{language.no_hours})\w*)|"
            rf"(?<![\w.,:])(?P<dh>[012]?\d)[.](?P<dm>[0-5]\d)(?:\s?hs?|(?=\s{language.hours[1]}))(?!\w)"
        ),
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
LAP = re.compile(r"(?<![\w.,:])(?P<m>\d{1,2}):(?P<s>[0-5]\d)[.,](?P<c>\d{2,3})(?![\w:])")
SPRINT = re.compile(r"(?<![\w.,:'])(?P<s>\d{1,2})(?:''|[\"″]|s)(?P<c>\d{2,3})(?![\w'\"])")
STOPWATCH = re.compile(r"(?<![\w.,:])(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?![\w:])")
RUN = re.compile(r"(?<![\w.,:'])(?P<m>\d{1,2})'\s?(?P<s>[0-5]?\d)(?:''|[\"″])(?P<c>\d{1,2})?(?![\w'\"])")


def say_times(text: str, language: Romance) -> str:
    """``19:30``, ``ore 19.30``, ``19h30``; ``1h 45min`` is how long something lasted."""
    one, many = language.hours

    def hour(figures: str) -> str:
        return language.number(str(int(figures)), before=one)

    def clock(match: re.Match[str]) -> str:
        given = match.groupdict()
        figures, minutes = match["h"] or given["dh"], match["m"] or given["dm"]
        said = f"{given.get('before') or ''}{hour(figures)}"
        after = f"{language.and_minutes}{language.cardinal(int(minutes))}" if minutes != "00" else ""
        if language.hours_named:
            return f"{said} {one if int(figures) == 1 else many}{after}"
        return f"{said}{after}{given['named'] or ''}"

    def alone(match: re.Match[str]) -> str:
        return language.elided(f"{hour(match['h'])} {one if int(match['h']) == 1 else many}")

    def lasted(match: re.Match[str]) -> str:
        parts = [
            f"{language.number(str(int(figures)), before=names[0])} {names[int(figures) != 1]}"
            for figures, names in zip(
                map(match.groupdict().get, "hms"), (language.hours, *language.arc[1:]), strict=True
            )
            if figures and int(figures)
        ]
        hundredths = f" {language.cardinal(int(match['c']))}" if match.groupdict().get("c") else ""
        named = " ".join(parts[:-1])
        said = f"{named} {language.conjunction} {parts[-1]}" if named else "".join(parts)
        return language.elided(said) + hundredths

    for pattern in (LAP, RUN, SPRINT, STOPWATCH, LASTED):
        text = pattern.sub(lasted, text)
    text = UNTIL.sub(f" {language.until} ", text)
    for pattern in _clocks(language):
        text = pattern.sub(clock, text)
    return MINUTE.sub("", HOURS.sub(alone, text))


@cache
def _phones(language: Romance) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>\b(?:{language.phone_words})\b\.?:?\s)(?P<number>[+(]?\d[\d\s().-]{{5,}}\d)"
    )


@cache
def _laws(language: Romance) -> re.Pattern[str]:
    law = rf"(?P<law>\b(?:{language.laws})\s(?:n[.º°]*\s|n[uú]mero\s)?)"
    return re.compile(rf"{law}(?P<n>\d{{1,2}}(?:\.\d{{3}})|\d{{1,5}})/(?P<year>\d{{4}}|\d\d)\b")


@cache
def _half_of(language: Romance) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d/]\s)(?<![\w.,/])(?:½|1/2)\s(?:{language.partitive})?(?=(?P<noun>[^\W\d_]{{3,}}))"
    )


HALF = re.compile(
    r"(?<![\w.,])(?P<n>\d{1,3})(?:(?:\s?½| 1/2)\s(?P<noun>[^\W\d_]+)|"
    r"\s(?P<first>[^\W\d_]{3,})\s(?:[ey]\s)?(?:½|1/2)(?![\w/]))"
)
MINUTE = re.compile(r"(?<=\d)'(?=\W|$)")


def say_rung_numbers(text: str, language: Romance) -> str:
    """``tel. 1234567`` is said figure by figure."""

    def phone(match: re.Match[str]) -> str:
        plus = f"{language.plus} " if match["number"].startswith("+") else ""
        return f"{match['before']}{plus}{numerals.digits(match['number'], language.tag)}"

    return _phones(language).sub(phone, text)


def say_laws(text: str, language: Romance) -> str:
    """``Ley 39/2015`` is thirty-nine of two thousand and fifteen."""

    def law(match: re.Match[str]) -> str:
        year = match["year"]
        full = full_year(year) if int(year) < 40 else year  # but "Lei 8.666/93"
        return f"{match['law']}{match['n']} {language.of_year} {full}"

    return _laws(language).sub(law, text)


def say_halves(text: str, language: Romance) -> str:
    """``3 ½ horas`` is three hours and a half, ``1/2 hora`` half an hour."""

    def agreed(noun: str) -> str:
        said = language.half.rpartition(" ")[2]
        return f"{said[:-1]}a" if language.is_feminine(noun) else said

    def half_of(match: re.Match[str]) -> str:
        return language.half_elided.get(match["noun"]) or f"{agreed(match['noun'])} "

    def half(match: re.Match[str]) -> str:
        noun = match["noun"] or match["first"]
        if noun in language.particles:
            return match.group()
        number = language.number(match["n"], before=noun)
        return f"{number} {noun} {language.conjunction} {agreed(noun)}"

    return _half_of(language).sub(half_of, HALF.sub(half, text))


NTH = re.compile(
    r"(?<![\w,])(?P<n>\d{1,3}(?:\.\d{3})+|\d{1,4})(?P<end>[.]?[ºªo°]|\.?er|[.]ª|a(?=\s[a-zA-Zà-ÿ]{3}))(?![\w°])"
)
KING = re.compile(r"\b(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+)\s(?P<n>[IVX]+)\b(?!['’.][A-Z])")
NOUN = re.compile(r"\s([^\W\d_]{3,})")


def say_ordinals(text: str, language: Romance) -> str:
    """``1.º``, ``2ª``, ``3er``."""

    def nth(match: re.Match[str]) -> str:
        said = language.ordinal(int(match["n"].replace(".", "")), feminine=match["end"].endswith(("ª", "a")))
        noun = NOUN.match(match.string[match.end() :])
        counts = noun and noun[1] not in language.particles and not language.is_feminine(noun[1])
        return language.before_noun(said) if counts or match["end"].endswith("er") else said

    return NTH.sub(nth, text)


@cache
def _century(language: Romance) -> re.Pattern[str]:
    link = rf"(?:\s(?:{language.links})\s|\s?[-–]\s?)"
    return re.compile(
        rf"\b(?:(?P<before>{language.centuries})\s(?P<n>[IVX]+)(?:(?P<link>{link})(?P<next>[IVX]+))?|"
        rf"(?:(?P<earlier>[IVX]+)(?P<and>{link}))?(?P<first>[IVX]+)\s(?P<after>{language.centuries}))\b"
    )


@cache
def _event(language: Romance) -> re.Pattern[str]:
    """A numeral between article and noun: ``la II Guerra Mundial``, ``el XXV aniversario``."""
    the = "|".join(language.the)
    return re.compile(rf"\b(?P<the>(?i:{the}))\s(?P<n>[IVX]+)(?=\s[A-ZÀ-Þ]?[a-zà-ÿ]{{3,}})")


def _centuries(match: re.Match[str], language: Romance) -> str:
    """One century or two, before their noun or behind it."""

    def named(figures: str) -> str:
        value = roman(figures)
        if not value:
            return figures
        return language.ordinal(value) if language.century_ordinal else language.cardinal(value)

    first, second = match["n"] or match["earlier"], match["next"] or match["first"]
    link = (match["link"] or match["and"] or "").strip()
    link = language.until if link in {"-", "–"} else link
    said = " ".join(part for part in (named(first or ""), link, named(second or "")) if part)
    return f"{match['before']} {said}" if match["before"] else f"{said} {match['after']}"


def say_roman_numerals(text: str, language: Romance) -> str:
    """``siglo XX`` is veinte, ``XX secolo`` ventesimo, ``Felipe VI`` sexto, ``Isabel II`` segunda."""

    def king(match: re.Match[str]) -> str:
        value = roman(match["n"])
        if not value or (match["name"] not in language.kings and match["n"] not in {"II", "III", "IV"}):
            return match.group()
        if value > language.last_ordinal:
            return f"{match['name']} {language.cardinal(value)}"
        return f"{match['name']} {language.ordinal(value, feminine=language.woman(match['name']))}"

    def event(match: re.Match[str]) -> str:
        value = roman(match["n"])
        if not value:
            return match.group()
        if value > language.last_ordinal and language.shortened:  # "el quince aniversario"
            return f"{match['the']} {language.cardinal(value)}"
        feminine = re.fullmatch(language.the[1], match["the"], re.IGNORECASE) is not None
        said = language.ordinal(value, feminine=feminine)
        return f"{match['the']} {language.before_noun(said)}"

    text = say_chapters(_century(language).sub(lambda match: _centuries(match, language), text), language)
    return KING.sub(king, _event(language).sub(event, text))


def rules(
    language: Romance, source: str, own: Mapping[Kind, tuple[RuleFor[Romance], ...]] | None = None
) -> tuple[Rule, ...]:
    """All rules of one of these languages; `own` are of it alone."""
    said: dict[Kind, tuple[RuleFor[Romance], ...]] = {
        **COMMON,
        Kind.TELEPHONES: (
            RuleFor(say_rung_numbers, "observed in newspapers", figures=True),
            *COMMON[Kind.TELEPHONES],
        ),
        Kind.CITATIONS: (RuleFor(say_laws, source),),
        Kind.HALVES: (RuleFor(say_halves, source),),
        Kind.DATES: (RuleFor(say_dates, source),),
        Kind.TIMES: (RuleFor(say_times, source),),
        Kind.NUMERALS: (RuleFor(say_roman_numerals, source), RuleFor(say_other_numerals, source)),
        Kind.ORDINALS: (RuleFor(say_ordinals, source),),
    }
    return row(language, {**said, **(own or {})})
