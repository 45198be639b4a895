"""A language that has no rules of its own: it passes through safely.

Its numbers are put into words where there are any to put them in, its addresses are named,
and signs that an engine would spell are dropped. Where there are none the figures stay, as
an engine that speaks the language knows them and we do not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial

from spokenform import general, numerals
from spokenform.rules import Rule
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
    "ja": ("パーセント", "ユーロ", "ドル", "ポンド", "度", "アンド"),
    "ko": ("퍼센트", "유로", "달러", "파운드", "도", "앤드"),
    "nb": ("prosent", "euro", "dollar", "pund", "grader", "og"),
    "nl": ("procent", "euro", "dollar", "pond", "graden", "en"),
    "no": ("prosent", "euro", "dollar", "pund", "grader", "og"),
    "pl": ("procent", "euro", "dolarów", "funtów", "stopni", "i"),
    "ro": ("la sută", "euro", "dolari", "lire", "grade", "și"),
    "ru": ("процентов", "евро", "долларов", "фунтов", "градусов", "и"),
    "sk": ("percent", "eur", "dolárov", "libier", "stupňov", "a"),
    "sv": ("procent", "euro", "dollar", "pund", "grader", "och"),
    "tr": ("yüzde", "avro", "dolar", "sterlin", "derece", "ve"),
    "uk": ("відсотків", "євро", "доларів", "фунтів", "градусів", "і"),
    "vi": ("phần trăm", "euro", "đô la", "bảng", "độ", "và"),
    "zh": ("%", "欧元", "美元", "英镑", "度", "和"),
}
SIGNS = "%€$£°&"
BEFORE = re.compile(
    r"(?P<sign>[€$£¥￥])\s?(?P<amount>\d[\d.,]*(?:\s(?:mln|mld|mio|miljoen|miljard|milj|miljoner|million|mrd)\b\.?)?)",
    re.IGNORECASE,
)
WIDE_PERCENT = re.compile(r"(?P<amount>\d+(?:\.\d+)?)\s?[%％]")

# Three figures behind a point or a comma are thousands nearly everywhere.
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,'’ ]\d{3})+(?![\d])")
RAISED = re.compile(r"[²³¹⁰⁴-⁹₀-₉½¼¾⅐-⅞]+")
FIGURES = re.compile(r"\d+")
COMMA = re.compile(r"(?<![\d.,])(\d{1,9}),(\d{1,6})(?![\d]|[.,]\d)")
POINT = re.compile(r"(?<![\d.,])(\d{1,9})\.(\d{1,6})(?![\d]|[.,]\d)")
WIDE = frozenset(("zh", "yue", "ja", "th", "ko"))


def name_signs(text: str, language: str) -> str:
    """``%``, ``€`` and the degree by their names, an amount before its currency."""
    known = primary(language)
    if known == "zh":
        text = WIDE_PERCENT.sub(r"百分之\g<amount>", text)
    yen = {"ja": "円", "zh": "元"}.get(known, "yen")
    names = dict(zip((*SIGNS, "¥", "￥", "％"), (*NAMES[known], yen, yen, NAMES[known][0]), strict=True))
    text = BEFORE.sub(lambda match: f"{match['amount']} {match['sign']}", text)
    for sign, said in names.items():
        if sign in text:
            text = text.replace(sign, said if known in WIDE else f" {said} ")
    return re.sub(r"(?<=\d) (?=[円元ドポユパ美英欧])", "", text) if known in WIDE else text


def say_numbers(text: str, language: str) -> str:
    """Amounts in words; what is long or begins with a nought figure by figure."""
    if not numerals.speaks(language):
        return text
    wide = primary(language) in WIDE
    text = RAISED.sub(
        lambda match: f" {unicodedata.normalize('NFKC', match.group()).replace('⁄', '/')} ", text
    )
    text = GROUPED.sub(lambda match: re.sub(r"\D", "", match.group()), text)
    decimal = POINT if wide else COMMA
    text = decimal.sub(lambda match: numerals.decimal(match[1], match[2], language) or match.group(), text)

    def amount(match: re.Match[str]) -> str:
        figures = match.group()
        long = len(figures) > numerals.LONGEST or (len(figures) > 1 and figures.startswith("0"))
        said = "" if long else numerals.cardinal(int(figures), language)
        said = said or numerals.digits(figures, language)
        if wide:
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
def rules(language: str) -> tuple[Rule, ...]:
    """The row for any language."""
    named = primary(language) in NAMES
    before = tuple(rule for rule in general.BEFORE if rule.rewrite is not general.figures_as_ascii)
    ascii_figures = tuple(rule for rule in general.BEFORE if rule.rewrite is general.figures_as_ascii)
    after = tuple(
        Rule("drop signs", drop_signs, rule.source)
        if rule.rewrite is general.drop_signs and not named
        else rule
        for rule in general.AFTER
    )
    signs = (Rule("name signs", partial(name_signs, language=language), "Unicode CLDR 46"),) if named else ()
    numbers = Rule(
        "say numbers", partial(say_numbers, language=language), "num2words; GB/T 15835 for Chinese"
    )
    return (
        *before,
        *(ascii_figures if numerals.speaks(language) else ()),
        Rule("name addresses", general.name_addresses, "RFC 3986"),
        *signs,
        numbers,
        *after,
    )
