"""French: its words, and what it says in a way of its own."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.common_rules import COMMON, say_chapters, say_other_numerals
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import Language, full_year, roman
from spokenform.languages.fr.words import LANGUAGE
from spokenform.rewriting import Rule
from spokenform.word_lists import words

_DAY = r"(?P<day>[0-3]?\d)(?:er)?"
DATE = re.compile(
    rf"(?<![\w.,])(?:(?P<low>[0-3]?\d)\s?[-–]\s?)?{_DAY}\s(?P<month>{LANGUAGE.month})(?:\s(?P<year>[12]\d{{3}}))?(?!\w)",
    re.IGNORECASE,
)
FIGURES = re.compile(
    r"(?<![\w.,/])(?P<day>[0-3]?\d)(?P<mark>[/.-])(?P<month>[01]?\d)(?P=mark)(?P<year>[12]\d{3}|\d\d)(?![\w/-])"
)
SHORT = re.compile(
    r"(?:(?<=\b(?:[lL]e|[dD]u|[aA]u)\s)|(?<=di\s)|(?<=manche\s)|(?<![\w.,/])(?<!ension )(?=1[3-9]|2\d|3[01]))"
    r"(?P<day>[0-3]?\d)/(?P<month>0?[1-9]|1[0-2])(?![\w/]|[.,]\d)"
)
ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])")
_SHORT = "|".join(LANGUAGE.short_months)
_ANY = rf"(?:(?:{_SHORT})\.|(?:{'|'.join(LANGUAGE.months)})\b)"
MONTH_YEAR = re.compile(
    rf"(?<!\w)(?P<month>{_SHORT})\.(?=\s\d{{4}}\b|\s(?:à|au|et)\s)|(?<=\b[Ee]n )(?P<alone>{_SHORT})\.(?=\W|$)"
)
MONTHS = re.compile(rf"(?<!\w)(?P<month>{_ANY})\s?[-–]\s?(?={_ANY})")
SPAN = re.compile(
    r"(?<!\w)(?P<h>[012]?\d)\s?h\s?(?P<m>[0-5]\d)?\s?[-–]\s?(?P<h2>[012]?\d)\s?h\s?(?P<m2>[0-5]\d)?(?!\w)"
)
CLOCK = re.compile(
    r"(?<![\w.,:/])(?P<h>\d{1,2})\s?(?:h|heures)(?:\s?(?P<m>[0-5]\d)(?:\s?(?P<unit>min|mn)\b)?)?(?![\w/])|(?<![\w.,:])(?P<bh>[012]?\d):(?P<bm>[0-5]\d)(?![\w:])"
)
HEIGHT = re.compile(r"(?<![\w.,])(?P<m>[12])\s?m\s?(?P<cm>\d\d)(?!\w)")
NTH = re.compile(
    r"(?<![\w.,])(?P<n>\d{1,3}(?: \d{3})+|\d{1,4})\s?"
    r"(?P<end>ers?|[eè]?res?|ère?s?|nde?s?|(?<=\b2)de?s?\b|(?:i?[eè]me|e)s?)\b"
)
CENTURY = re.compile(r"(?<!\w)(?P<n>I(?=[eè]?r)|[IVX]+(?![eè]?r))(?P<end>ers?|[eè]?res?|[eè]me|es?)\b")
KING = re.compile(
    r"\b(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+)\s(?P<n>[IVX]{2,}|[IVX](?:(?P<first>er)|(?!er|\.)))\b(?!['’]|\.\w)"
)
HALF = re.compile(r"(?<![\w.,])(?P<n>\d{1,3})(?:\s?½| 1/2)\s(?P<noun>[^\W\d_]+)")
RUN = re.compile(
    r"(?<![\w.,'])(?:(?:(?P<h>\d{1,2})\s?h\s?)?(?P<m>\d{1,2})['′](?P<s>[0-5]\d)(?:(?:''|[\"″])(?P<c>\d{1,3})?)?|(?P<alone>\d{1,2})(?:''|[\"″])(?P<cc>\d{1,2}))(?![\w'\"])"
)
LAP = re.compile(r"(?<![\w.,:])(?P<m>\d{1,2}):(?P<s>[0-5]\d)[.,](?P<c>\d{2,3})(?![\w:])")
STOPWATCH = re.compile(r"(?<![\w.,:])(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?![\w:])")
# A goal in "(12')" and "à la 12'", what was added in "90'+3".
GOAL = re.compile(r"(?:(?<=\()|(?<=\bla\s))(?P<n>\d{1,3})'(?!\w|\s?[\d+'\"])")
MINUTE = re.compile(r"(?<=\d)'(?:(?P<more>\s?(?=\+\s?\d))|(?!\w))")
LAW = re.compile(r"(?<=numéro\s)(?P<year>[12]\d{3})-(?P<n>\d{1,5})\b")
KINGS = words(
    """Louis Charles Henri François Jean Paul Pie Léon Benoît Napoléon Philippe Élisabeth Elizabeth
    Elisabeth Catherine Guillaume Alexandre Nicolas Frédéric Jacques Édouard Edouard George Georges Albert
    Léopold Baudouin Juan Felipe Gustave Christian Harald Grégoire Innocent Clément Urbain Sixte Jules
    Otton Ferdinand Alphonse Pierre Ivan Mohammed Mohamed Hassan Hussein Farouk Ramsès Rainier Carlos
    Robert Hugues Victor Emmanuel Maximilien Rodolphe Joseph Léo Richard Darius"""
)
FREE = re.compile(r"(?<![\w.,])0\s?(80\d)\s(\d{3})\s(\d{3})(?![\w]|[.,]\d| \d)")
PHONE = re.compile(r"(?<![\w.,])(?:\+33\s?(?:\(0\)\s?)?\d|0\d)(?:[\s.-]?\d\d){4}(?!\d)")


def say_dates(text: str, language: Language) -> str:
    """``le 1er mai`` is premier, other days are cardinals; ``03/11/2026`` names the month."""

    def date(match: re.Match[str]) -> str:
        day, month = int(match["day"]), language.month_name(match["month"]).lower()
        low = int(match["low"] or 0)
        link = "et" if low + 1 == day else "à"
        first = f"{'premier' if low == 1 else language.cardinal(low)} {link} " if low else ""
        return first + _date(day, month, match["year"] or "", language)

    def figures(match: re.Match[str]) -> str:
        day, month = int(match["day"]), int(match["month"])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match.group()
        return _date(day, language.months[month - 1], match.groupdict().get("year") or "", language)

    text = LAW.sub(r"\g<year> tiret \g<n>", text)
    text = MONTHS.sub(lambda match: f"{language.month_name(match['month'])} à ", text)
    text = DATE.sub(date, text)
    for pattern in (FIGURES, SHORT, ISO):
        text = pattern.sub(figures, text)
    return MONTH_YEAR.sub(lambda match: language.month_name(match["month"] or match["alone"]), text)


def _date(day: int, month: str, printed: str, language: Language) -> str:
    named = "premier" if day == 1 else language.cardinal(day)
    full = full_year(printed) if printed else 0
    return f"{named} {month} {language.cardinal(full)}" if full else f"{named} {month}"


def say_times(text: str, language: Language) -> str:
    """``19h30`` is dix-neuf heures trente; hours are feminine."""

    def hour(figures: str, minutes: str | None) -> str:
        value = int(figures)
        said = re.sub(r"un$", "une", language.cardinal(value))
        unit = "heure" if value < 2 else "heures"
        return f"{said} {unit}" + (f" {_minutes(minutes, language)}" if minutes and minutes != "00" else "")

    def clock(match: re.Match[str]) -> str:
        said = hour(match["h"] or match["bh"], match["m"] or match["bm"])
        return f"{said} minutes" if match["unit"] else said

    def half(match: re.Match[str]) -> str:
        agreed = "demie" if language.is_feminine(match["noun"]) else "demi"
        return f"{language.number(match['n'], before=match['noun'])} {match['noun']} et {agreed}"

    def run(match: re.Match[str]) -> str:
        minutes = f"{hour(match['h'], None)} " if match["h"] else ""
        if match["m"]:
            unit = "minute" if int(match["m"]) == 1 else "minutes"
            minutes += f"{language.number(str(int(match['m'])), before=unit)} {unit} "
        seconds = f"{_minutes(match['s'] or match['alone'], language)} secondes"
        hundredths = match["c"] or match["cc"]
        return f"{minutes}{seconds}" + (f" {language.cardinal(int(hundredths))}" if hundredths else "")

    text = GOAL.sub(r"\g<n>e minute", text)
    text = LAP.sub(r"\g<m>'\g<s>''\g<c>", text)
    text = STOPWATCH.sub(r"\g<h>h\g<m>'\g<s>''", text)
    text = HALF.sub(half, RUN.sub(run, text))
    text = MINUTE.sub(lambda match: " minutes" if match["more"] is None else "", text)
    text = SPAN.sub(lambda m: f"{hour(m['h'], m['m'])} à {hour(m['h2'], m['m2'])}", text)
    text = HEIGHT.sub(
        lambda m: f"{language.number(m['m'], before='mètre')} mètre {language.cardinal(int(m['cm']))}", text
    )
    return CLOCK.sub(clock, text)


def _minutes(figures: str, language: Language) -> str:
    return re.sub(r"\bun$", "une", language.cardinal(int(figures)))


DEMI = re.compile(
    r"(?<![\d/]\s)(?<![\w.,/])(?P<before>(?:\b(?:une?|la|les|[eE]n|de|chaque|cette|sa|leur|par)\s)?)(?:½|1/2)\s?-?(?=(?P<noun>[^\W\d_]{3,}))"
)
AND_HALF = re.compile(
    r"(?:(?P<n>\d{1,3})\s?|(?<=\bun\s)|(?<=\bune\s))(?P<noun>h\b|kg\b|ans?\b|[^\W\d_]{3,})\s(?:et\s)?(?:½|1/2)(?![\w/])"
)
NAMED = {"h": "heure", "kg": "kilo"}
FINAL = re.compile(
    r"(?P<before>(?:\b(?:une?|le|les|en|des|de|du|aux?|ce|son|leur)\s)?)\b1/(?P<part>4|8|16|32)(?:e|ème)?s?(?=\sde\sfinale)"
)


def say_halves(text: str, language: Language) -> str:
    """``½ heure`` is une demi-heure, ``2 h 1/2`` deux heures et demie, ``en 1/4 de finale`` en quart."""

    def demi(match: re.Match[str]) -> str:
        dated = match.string[: match.start()].endswith(("le ", "du ", "au "))  # "le 1/2 vers midi"
        if dated or match["noun"] in language.particles:
            return match.group()
        one = "une" if language.is_feminine(match["noun"]) else "un"
        return f"{match['before'] or one + ' '}demi-"

    def and_half(match: re.Match[str]) -> str:
        noun = match["noun"]
        if noun in NAMED:
            noun = NAMED[noun] + ("" if match["n"] == "1" else "s")
        half = "demie" if language.is_feminine(noun) else "demi"
        number = f"{language.number(match['n'], before=noun)} " if match["n"] else ""
        return f"{number}{noun} et {half}"

    def final(match: re.Match[str]) -> str:
        part = "quart" if match["part"] == "4" else numerals.ordinal(int(match["part"]), "fr")
        many = "s" if match["before"].strip() in {"les", "des", "aux"} else ""
        return f"{match['before'] or 'un '}{part}{many}"

    text = FINAL.sub(final, text)
    return AND_HALF.sub(and_half, DEMI.sub(demi, text))


def say_ordinals(text: str, _language: Language) -> str:
    """``le 1er``, ``la 3ème``, ``le XXe siècle``, ``la Ve République``."""

    def nth(value: int, end: str) -> str:
        if value == 1:
            return (
                "première"
                if end in {"re", "ère", "ere", "res", "ères"}
                else "premiers"
                if end == "ers"
                else "premier"
            )
        if end.startswith(("nd", "d")):
            return "seconde" if "e" in end else "second"
        return numerals.ordinal(value, "fr") + ("s" if end.endswith("s") else "")

    def century(match: re.Match[str]) -> str:
        value = roman(match["n"])
        return nth(value, match["end"]) if value else match.group()

    return CENTURY.sub(
        century, NTH.sub(lambda match: nth(int(match["n"].replace(" ", "")), match["end"]), text)
    )


COUNTED_OUT = re.compile(
    r"(?P<before>\b(?:années|pages?|numéros?|articles?|chapitres?|paragraphes?|lignes?|salle|l'an|en)\s)(?P<n>\d{0,2}(?:80|\d00))(?!\w|[.,]\d|\s\d)"
    r"(?P<noun>(?:\s[^\W\d_]+)?)"
)


def say_labels(text: str, language: Language) -> str:
    """``page 80`` is quatre-vingt, ``les années 80`` too: what numbers has no *s*."""

    def numbered(match: re.Match[str]) -> str:
        if match["before"].strip() == "en" and (match["noun"].endswith(("s", "x")) or int(match["n"]) < 1000):
            return match.group()
        return match["before"] + language.cardinal(int(match["n"])).removesuffix("s") + match["noun"]

    return COUNTED_OUT.sub(numbered, text)


def say_roman_numerals(text: str, language: Language) -> str:
    """``Louis XIV`` is quatorze, ``François Ier`` premier."""

    def king(match: re.Match[str]) -> str:
        value = roman(match["n"].removesuffix("er"))
        if value is None or (
            match["name"] not in KINGS and match["n"] not in {"II", "III", "IV"} and not match["first"]
        ):
            return match.group()
        return f"{match['name']} {'premier' if value == 1 else language.cardinal(value)}"

    return say_chapters(KING.sub(king, text), language)


def say_pairs(text: str, language: Language) -> str:
    """``01 23 45 67 89`` is said by pairs."""

    def free(match: re.Match[str]) -> str:
        hundreds, *groups = (re.sub("(?<=cent)s$", "", language.cardinal(int(one))) for one in match.groups())
        return ", ".join((f"zéro {hundreds}", *groups))

    def phone(match: re.Match[str]) -> str:
        figures = re.sub(r"\D", "", match.group())
        plus = "plus trente-trois, " if match.group().startswith("+") else ""
        figures = figures[2:] if plus else figures
        pairs = [figures[0], *re.findall("..", figures[1:])] if plus else re.findall("..", figures)
        said = (
            f"zéro {language.cardinal(int(pair[1]))}"
            if pair[0] == "0" and len(pair) > 1
            else language.cardinal(int(pair))
            for pair in pairs
        )
        return plus + ", ".join(said)

    return PHONE.sub(phone, FREE.sub(free, text))


LEXIQUE = "Lexique des règles typographiques de l'Imprimerie nationale"

RULES: dict[Kind, tuple[RuleFor[Language], ...]] = {
    **COMMON,
    Kind.TELEPHONES: (RuleFor(say_pairs, "ITU-T E.123; observed"), *COMMON[Kind.TELEPHONES]),
    Kind.HALVES: (RuleFor(say_halves, "Académie française, demi et les fractions"),),
    Kind.DATES: (RuleFor(say_dates, LEXIQUE),),
    Kind.TIMES: (RuleFor(say_times, LEXIQUE),),
    Kind.NUMERALS: (RuleFor(say_roman_numerals, LEXIQUE), RuleFor(say_other_numerals, LEXIQUE)),
    Kind.ORDINALS: (RuleFor(say_ordinals, LEXIQUE),),
    Kind.YEARS: (RuleFor(say_labels, "Académie française, vingt et cent", figures=True),),
}


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of French."""
    return row(LANGUAGE, RULES)
