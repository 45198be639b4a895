"""A language that has no rules of its own: it passes through safely.

Its numbers are put into words where there are any to put them in, its addresses are named,
and signs that an engine would spell are dropped. Where there are none the figures stay, as
an engine that speaks the language knows them and we do not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from spokenform import general, numerals
from spokenform.frame import Kind, RuleFor, row
from spokenform.rewriting import Rule
from spokenform.tags import primary

# Names of the signs from the Unicode CLDR 46 annotations and currencies:
# per cent, euro, dollar, pound, degrees, and.
NAMES: dict[str, tuple[str, str, str, str, str, str]] = {
    "ca": ("per cent", "euros", "dòlars", "lliures", "graus", "i"),
    "cs": ("procent", "eur", "dolarů", "liber", "stupňů", "a"),
    "da": ("procent", "euro", "dollar", "pund", "grader", "og"),
    "el": ("τοις εκατό", "ευρώ", "δολάρια", "λίρες", "βαθμοί", "και"),
    "fi": ("prosenttia", "euroa", "dollaria", "puntaa", "astetta", "ja"),
    "hr": ("posto", "eura", "dolara", "funti", "stupnjeva", "i"),
    "hu": ("százalék", "euró", "dollár", "font", "fok", "és"),
    "id": ("persen", "euro", "dolar", "pound", "derajat", "dan"),
    "ko": ("퍼센트", "유로", "달러", "파운드", "도", "앤드"),
    "nb": ("prosent", "euro", "dollar", "pund", "grader", "og"),
    "no": ("prosent", "euro", "dollar", "pund", "grader", "og"),
    "ro": ("la sută", "euro", "dolari", "lire", "grade", "și"),
    "sk": ("percent", "eur", "dolárov", "libier", "stupňov", "a"),
    "uk": ("відсотків", "євро", "доларів", "фунтів", "градусів", "і"),
    "vi": ("phần trăm", "euro", "đô la", "bảng", "độ", "và"),
}
SIGNS = "%€$£°&"
BEFORE = re.compile(
    r"(?P<sign>[€$£¥￥])\s?(?P<amount>\d[\d.,]*(?:\s(?:mln|mld|mio|miljoen|miljard|milj|miljoner|million|mrd)\b\.?)?)",
    re.IGNORECASE,
)

# Three figures behind a point or a comma are thousands nearly everywhere.
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,'’ ]\d{3})+(?![\d])")
RAISED = re.compile(r"[²³¹⁰⁴-⁹₀-₉½¼¾⅐-⅞]+")
FIGURES = re.compile(r"\d+")
COMMA = re.compile(r"(?<![\d.,])(\d{1,9}),(\d{1,6})(?![\d]|[.,]\d)")
# Even where a point stands before decimals, no thousands have one or two figures.
SHORT = re.compile(r"(?<![\d.,])(\d{1,9}),(\d{1,2})(?![\d]|[.,]\d)")
POINT = re.compile(r"(?<![\d.,])(\d{1,9})\.(\d{1,6})(?![\d]|[.,]\d)")
WIDE = frozenset(("th", "ko"))

# A day and a time of day in figures, and how they are said where hours and minutes have names of their own.
DAY = re.compile(
    r"(?<![\d.-])(?:(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])"
    r"|(?P<day>0?[1-9]|[12]\d|3[01])\.\s?(?P<month>0?[1-9]|1[0-2])\.\s?(?P<year>\d{4}))(?![\d-])"
)
TIME = re.compile(r"(?<![\d:.,])([01]?\d|2[0-3]):([0-5]\d)(?![\d:]|[.,]\d)")
FIELDS = (("y", "year"), ("m", "month"), ("d", "day"))
DAYS = {"ko": "{}년 {}월 {}일"}
TIMES = {"ko": ("{}시", " {}분"), "th": ("{} นาฬิกา", " {} นาที")}
# Hours from one on, where they are counted with other words than all else.
HOURS = {"ko": ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"]}

# Tags that CLDR spells differently.
SPELLINGS = {"nb": "no", "iw": "he"}


@dataclass(frozen=True, slots=True)
class Other:
    """A language by its tag, and what is known of it."""

    tag: str

    @property
    def subtag(self) -> str:
        """The language alone."""
        return primary(self.tag)

    @property
    def number_words(self) -> str:
        """The language as CLDR calls it."""
        return SPELLINGS.get(self.subtag, self.subtag)

    @property
    def speaks(self) -> bool:
        """Whether its numbers have words."""
        return numerals.speaks(self.number_words)

    @property
    def wide(self) -> bool:
        """Whether no spaces stand between its words, and a point before its decimals."""
        return self.subtag in WIDE

    def cardinal(self, value: int) -> str:
        """The number in words; nothing when the language has no word for it."""
        return numerals.cardinal(value, self.number_words)

    def digits(self, figures: str) -> str:
        """Figure by figure."""
        return numerals.digits(figures, self.number_words)

    def decimal(self, whole: str, part: str) -> str:
        """A number with decimals in words; nothing where there are none."""
        return numerals.decimal(whole, part, self.number_words)


def name_addresses(text: str, _other: Other) -> str:
    """``https://www.example.org/a?b=1`` is its host, ``example.org``."""
    return general.ADDRESS.sub(lambda match: general.host(match.group()), text)


def say_dates(text: str, other: Other) -> str:
    """``2026-11-29`` is the 29, 11, 2026, and the 29th of November where months are numbers."""
    if not other.speaks:
        return text

    def said(match: re.Match[str]) -> str:
        year, month, day = (int(match[iso] or match[dotted]) for iso, dotted in FIELDS)
        named = DAYS.get(other.subtag)
        return named.format(year, month, day) if named else f"{day} {month} {year}"

    return DAY.sub(said, text)


def say_times(text: str, other: Other) -> str:
    """``6:30`` is six thirty, ``18:00`` eighteen; an engine that has no words from us knows better."""
    if not other.speaks:
        return text
    hour_named, minute_named = TIMES.get(other.subtag, ("{}", " {}"))
    hours = dict(enumerate(HOURS.get(other.subtag, ()), 1))

    def said(match: re.Match[str]) -> str:
        hour, minute = map(int, match.groups())
        return hour_named.format(hours.get(hour, hour)) + (minute_named.format(minute) if minute else "")

    return TIME.sub(said, text)


def name_signs(text: str, other: Other) -> str:
    """``%``, ``€`` and the degree by their names, an amount before its currency."""
    own = NAMES[other.subtag]
    names = dict(zip((*SIGNS, "¥", "￥", "％"), (*own, "yen", "yen", own[0]), strict=True))
    text = BEFORE.sub(lambda match: f"{match['amount']} {match['sign']}", text)
    for sign, said in names.items():
        if sign in text:
            text = text.replace(sign, said if other.wide else f" {said} ")
    return re.sub(r"(?<=\d) (?=[원유달파])", "", text) if other.wide else text


def say_numbers(text: str, other: Other) -> str:
    """Amounts in words; what is long or begins with a nought figure by figure."""
    if not other.speaks:
        return text
    text = RAISED.sub(
        lambda match: f" {unicodedata.normalize('NFKC', match.group()).replace('⁄', '/')} ", text
    )
    text = GROUPED.sub(lambda match: re.sub(r"\D", "", match.group()), text)
    for decimal in (POINT, SHORT) if other.wide else (COMMA,):
        text = decimal.sub(lambda match: other.decimal(match[1], match[2]) or match.group(), text)

    def amount(match: re.Match[str]) -> str:
        figures = match.group()
        long = len(figures) > numerals.LONGEST or (len(figures) > 1 and figures.startswith("0"))
        said = "" if long else other.cardinal(int(figures))
        said = said or other.digits(figures)
        if other.wide:
            return said.replace(" ", "")
        before = " " if match.start() and match.string[match.start() - 1].isalpha() else ""
        after = " " if match.string[match.end() : match.end() + 1].isalpha() else ""
        return before + said + after

    return FIGURES.sub(amount, text)


def drop_signs(text: str) -> str:
    """As in any language, but what we cannot name and an engine can stays."""
    return "".join(
        part if part in SIGNS else general.drop_signs(part) for part in re.split(f"([{SIGNS}])", text)
    )


@cache
def rules(tag: str) -> tuple[Rule, ...]:
    """The rules for any language."""
    other = Other(tag)
    named = other.subtag in NAMES
    said = {
        Kind.ADDRESSES: (RuleFor(name_addresses, "RFC 3986"),),
        Kind.DATES: (RuleFor(say_dates, "ISO 8601"),),
        Kind.TIMES: (RuleFor(say_times, "ISO 8601"),),
        Kind.MONEY: (RuleFor(name_signs, "Unicode CLDR 46"),) if named else (),
        Kind.NUMBERS: (RuleFor(say_numbers, "Unicode CLDR 46, spelled-out numbers"),),
    }
    return tuple(
        Rule(rule.name, drop_signs, rule.source) if rule.rewrite is general.drop_signs and not named else rule
        for rule in row(other, said)
        if other.speaks or rule.rewrite is not general.figures_as_ascii
    )
