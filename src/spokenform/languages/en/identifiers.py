"""Numbers that are names: of telephones, flights, roads, rooms, models, books, versions."""

from __future__ import annotations

import re

from spokenform.languages.en.abbreviations import state_of
from spokenform.languages.en.capitals import ACRONYMS
from spokenform.languages.en.figures import (
    ONES,
    Variety,
    below_hundred,
    cardinal,
    digits,
    label,
    number,
    year,
)
from spokenform.languages.en.letters import spelled
from spokenform.placeholders import SOUNDED

_SEP = r"[\s.\-–]"
PHONE = re.compile(
    rf"(?<![\w.,$£€/-])(?:(?P<plus>\+)(?P<country>\d{{1,3}}){_SEP}?)?(?P<nought>\(0\){_SEP}?)?"
    rf"(?![12]\d{{3}}-[01]\d-[0-3]\d\b)(?P<rest>(?:\(0?\d{{1,5}}\){_SEP}?|0?\d{{1,5}}{_SEP})\d{{2,8}}(?:{_SEP}\d{{2,8}}){{0,4}})(?![\w]|[.,]\d|{_SEP}\d)"
)
HOST = re.compile(r"(?<![\w.,])(?P<host>(?:\d{1,3}\.){3}\d{1,3})(?::(?P<port>\d{2,5}))?(?![\w]|\.\d)")
# What begins with these is rung for nothing, or for the price of a local call: "0800 1111".
FREE = frozenset(("0300", "0345", "0500", "0800", "0808", "0845", "1800"))
LOCAL = re.compile(r"(?<![\w.,$£€/-])\d{3}[-–]\d{4}(?![\w-]|[.,]\d)")
RINGING = re.compile(
    r"\b(?:calls?|called|calling|dial|dialled|dialed|ring|rang|phone|phoned|tel|telephone|text|fax|hotline|helpline|on|at|number)"
    r"[\s.:]+$",
    re.IGNORECASE,
)
EMERGENCY = re.compile(
    r"(?P<before>\b(?:[Cc]all(?:s|ed|ing)?|[Dd]ial(?:s|led|ed|ling|ing)?|[Rr]ing|[Rr]ang|[Tt]ext|[Pp]hone)\s(?:the\s)?)"
    r"(?P<number>\d{3})\b(?![,.]\d|\s(?:people|residents|voters|families|customers))|(?P<named>\b(?:911|999|112|988))(?=\s(?:calls?|caller|operator|dispatcher|hotline|helpline|line|service|number|emergency)\b)"
    r"|(?<=\b(?:999|911|112|101|111)\sor\s)(?P<other>999|911|112|101|111)\b(?![,.]?\d)"
)
SERIAL = re.compile(
    r"(?P<name>\b(?:ISBN(?:-1[03])?|ISSN|IMEI|IBAN|VIN|EAN|serial(?:\s(?:number|no\.?))?|account(?:\s(?:number|no\.?))|"
    r"PIN(?:\scode)?|code|passcode|[Pp]ostcode|ZIP(?:\scode)?|[Pp]atent(?:\s(?:number|no\.?))?|[Rr]eference(?:\s(?:number|no\.?))?|"
    r"[Cc]ase\s(?:number|no\.?)|[Ll]icen[cs]e\s(?:number|no\.?)|badge\s(?:number|no\.?)):?\s)(?P<figures>[A-Z]?\d[\dX-]*\d[\dX]?|\d{2,})\b(?![.,]\d)"
)
# "case No. 24-1107", "1-800-MEDICARE", "text HOME to 741741".
DOCKET = re.compile(r"\b(?:[Nn]o\.|[Nn]umber|[Dd]ocket)\s(?P<a>\d{1,4})-(?P<b>\d{3,5})\b(?![,.]?\d|-)")
VANITY = re.compile(
    r"(?<![\w-])(?P<one>1-)?(?P<area>[89]\d\d)-(?P<group>\d{3}-)?(?P<word>[A-Z]{3,8}(?:-[A-Z]{2,6})*)\b"
)
SHORT_CODE = re.compile(
    r"(?P<before>\b[Tt]ext(?:s|ed|ing)?\s(?=\d{4})|\b[Tt]ext(?:s|ed|ing)?\s[“\"']?\w+[”\"']?(?:\s\w+)?\sto\s)(?P<code>\d{3,7})\b(?![,.]\d)"
)
ZIP = re.compile(r"(?P<before>,\s(?P<state>[A-Z]{2})\s)(?P<zip>\d{5})(?:-(?P<plus>\d{4}))?\b")
CALIBER = re.compile(
    r"(?<![\w.])\.(?P<n>\d\d)(?=[\s-](?:cal\b|calib(?:er|re)|Magnum|ACP|rifle|pistol|handgun|revolver|round))"
)
FLIGHT = re.compile(r"(?P<before>\b[Ff]lights?\s(?:number\s)?(?:[A-Z]{1,3}\s?)?)(?P<number>\d{2,4})\b")
# After these a number is a name.
NAMED = re.compile(
    r"(?P<before>\b(?:Room|room|Rooms|Highway|Hwy|Route|Interstate|Boeing|Airbus|Suite|Apartment|Unit|Box|Bus|bus|Train|"
    r"Platform|Gate|Porsche|Peugeot|Ferrari|Studio|Area|Line|County\sRoad|State\sRoad|Embraer|Concorde|RTX|Rule|Xbox|Nikkei|FTSE|[Ee]xt\.|extension|US)"
    r"[\s-])(?P<number>\d{3,4})(?P<letter>[A-Za-z])?\b(?![,.]\d)(?!(?<=US \d{3}) [a-z]+s\b)"
)
HOUSE = re.compile(
    r"(?<![\w.,$£€-])(?P<number>\d{3,4})(?=\s(?:[NSEW]\.?\s)?(?:(?:[A-Z][\w’'-]+|\d+(?:st|nd|rd|th))\s){1,3}(?:Street|Road|Avenue|Boulevard|Lane|Drive|"
    r"Square|Way|Place|Court|Terrace|Highway|Expressway|Parkway|St|Rd|Ave|Blvd|Ln|Dr|Ct|Pl|Hwy|Pkwy|Expy)\b)"
)
VERSION = re.compile(
    r"(?<![\w.])(?P<v>v|V(?=\d+\.)|version\s|Version\s|[Vv]er\.\s?)\s?(?P<number>\d+(?:\.\d+)+|(?<=[vV])\d+)(?![\w]|\.\d)"
)
LABELLED = re.compile(r"(?<![\w.,])(?P<number>\d{3})\((?P<letter>[a-z])\)(?:\((?P<more>\d)\))?")
LINEAGE = re.compile(r"(?<![\w.])(?P<letters>[A-Z]{1,3})(?P<numbers>(?:\.\d{1,3}){2,})(?![\w])")
MODEL = re.compile(r"(?:(?<![\w.,$£€-])(?=7)|(?<=\bA)(?=3))(7[0-9]7|3\d0)-(\d{1,4})([A-Z]{0,3})(?![\w-])")
# The elements that stand in formulas of the news.
FORMULA = re.compile(
    r"\b(?=[A-Za-z]{1,3}\d)(?:(?:Na|Cl|Ca|Fe|Al|Li|Si|Mg|Cu|Zn|Pb|Hg|He|Br|[HCNOSPFKUI])\d{0,2}){2,}(?![\w.-])"
)
JETS = re.compile(
    r"(?<=\b[Tt]he\s)7[0-8]7(?=[’']s|\s(?:MAX|Max|jet|plane|fleet))|(?<=\b[Aa]\s)7[0-8]7(?=[\s,.;]|s\b|$)(?!\s[a-z]+s\b)"
)
SECTION = re.compile(
    r"(?<=\d)\((?P<letter>[a-zA-Z]|\d{1,2}|[ivx]{1,4})\)"
    r"|(?<=(?:..section|paragraph|..article|...clause|.....rule|.....part)\s)\((?P<second>\d{1,2})\)"
)
SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
BY_FOUR = re.compile(r"\b(?P<a>\d)x(?P<b>\d)s?\b")
CLASS_YEAR = re.compile(r"\b(?P<k>K)-(?P<n>1[0-2]|8|5)\b(?!\.)")
MIXED = re.compile(
    r"(?<![\w.,'’-])(?P<head>[A-Za-z]{1,12})(?P<dash>-?)(?P<number>\d{1,6}(?:\.\d+)?)(?P<tail>[A-Za-z]{0,3})(?![\w]|[.,]\d|-\d)"
)
FIGURE_FIRST = re.compile(r"(?<![\w.,$£€-])(?P<number>\d{1,4})(?P<tail>[A-Za-z]{1,3})(?![\w])")
# "CVE-2024-1234": letters, a year and a number.
RECORDED = re.compile(r"\b(?P<letters>[A-Z]{2,5})-(?P<year>(?:19|20)\d\d)-(?P<n>\d{3,6})\b(?!-)")
LONG = re.compile(r"(?<![\w.,])(?P<figures>0\d+|\d{8,}(?!\d*\.\d))(?![\w,]|\.\d)")


def say_telephones(text: str, _variety: Variety) -> str:
    """``+44 20 7946 0018`` and ``555-0134`` are said figure by figure, in their groups."""

    def phone(match: re.Match[str]) -> str:
        figures = re.sub(r"\D", "", match.group())
        nought = "0" if match["nought"] and not match["plus"] else ""
        groups = re.findall(r"\d+", nought + match["rest"])
        rung = RINGING.search(match.string[: match.start()])
        if not _is_telephone(match, figures, groups, rung=bool(rung)):
            return match.group()
        country = f"plus {digits(match['country'])}, " if match["plus"] else ""
        return country + ", ".join(map(_group, groups))

    text = VANITY.sub(_vanity, text) if "-" in text else text
    text = HOST.sub(_numeric, text)
    text = PHONE.sub(phone, text)
    return LOCAL.sub(lambda match: ", ".join(map(digits, re.findall(r"\d+", match.group()))), text)


def _numeric(match: re.Match[str]) -> str:
    """``192.168.1.10:8080``."""
    port = f" port {label(match['port'])}" if match["port"] else ""
    return " dot ".join(map(digits, match["host"].split("."))) + port


def _vanity(match: re.Match[str]) -> str:
    group = f"{digits(match['group'])}, " if match["group"] else ""
    return f"{'one ' if match['one'] else ''}{_group(match['area'])}, {group}{match['word']}"


def _group(figures: str) -> str:
    return (
        f"{ONES[int(figures[0])]} hundred" if figures[1:] == "00" and figures[0] in "589" else digits(figures)
    )


def _is_telephone(match: re.Match[str], figures: str, groups: list[str], *, rung: bool) -> bool:
    if match["plus"]:
        return len(figures) >= 8
    if len(figures) < 7 or len(figures) > 14:
        return False
    if figures.startswith("0") and (len(figures) >= 9 or groups[0] in FREE):
        return True
    sizes = [len(group) for group in groups]
    american = sizes in ([3, 3, 4], [1, 3, 3, 4], [3, 2, 4])
    return american or (rung and len(groups) > 1 and min(sizes) >= 2)


def say_emergency_numbers(text: str, _variety: Variety) -> str:
    """``call 999`` is nine nine nine."""
    return EMERGENCY.sub(
        lambda match: (match["before"] or "") + digits(match["number"] or match["named"] or match["other"]),
        text,
    )


def say_serials(text: str, _variety: Variety) -> str:
    """``ISBN 978-0-00-000000-2`` and what else is a code, figure by figure; a ZIP code after its state."""

    def serial(match: re.Match[str]) -> str:
        said = re.sub(r"(?i)\bno\.?", "number", match["name"])
        said = re.sub(r"(?<=ISBN)-1[03]", "", said)
        letters = [f" {c} " if c.isalpha() else digits(c) for c in match["figures"] if c.isalnum()]
        return said + " ".join(" ".join(letters).split())

    def zipped(match: re.Match[str]) -> str:
        state = state_of(match["state"])
        plus = f", {digits(match['plus'])}" if match["plus"] else ""
        return f", {state} {digits(match['zip'])}{plus}"

    if "-" in text:
        text = DOCKET.sub(lambda match: f"number {label(match['a'])} {label(match['b'])}", text)
    text = SHORT_CODE.sub(lambda match: match["before"] + digits(match["code"]), text)
    return ZIP.sub(zipped, SERIAL.sub(serial, text))


def say_named_numbers(text: str, variety: Variety) -> str:
    """``Boeing 737`` is seven thirty-seven, ``Flight 370`` three seven zero, ``Room 101`` one oh one."""

    def flight(match: re.Match[str]) -> str:
        said = digits(match["number"]) if len(match["number"]) == 3 else label(match["number"])
        return f"{match['before'].rstrip()} {said}"

    def named(match: re.Match[str]) -> str:
        letter = f" {match['letter']}" if match["letter"] else ""
        return match["before"] + label(match["number"]) + letter

    text = CALIBER.sub(lambda match: label(match["n"]), text) if "." in text else text
    text = NAMED.sub(named, FLIGHT.sub(flight, text))
    text = LINEAGE.sub(_lineage, text)
    text = MODEL.sub(
        lambda match: f" {label(match[1])} {label(match[2])} {' '.join(match[3])}".rstrip(), text
    )
    text = JETS.sub(lambda match: label(match.group()), text)
    text = HOUSE.sub(lambda match: label(match["number"]), text)

    def version(match: re.Match[str]) -> str:
        numbers = " point ".join(cardinal(int(part), variety) for part in match["number"].split("."))
        return f"version {numbers}"

    return VERSION.sub(version, text)


def _formula(printed: str) -> str:
    """``H2SO4``: letter by letter; ``COP30`` is none."""
    if re.match(r"[A-Za-z]*", printed).group() in ACRONYMS:  # type: ignore[union-attr]  # it may match nothing
        return printed
    pieces = re.findall(r"[A-Z][a-z]?|\d+", printed)
    return " ".join(label(piece) if piece.isdigit() else piece for piece in pieces)


def _lineage(match: re.Match[str]) -> str:
    numbers = " point ".join(label(part) for part in match["numbers"].strip(".").split("."))
    return f"{match['letters']} point {numbers}"


def _numbered(match: re.Match[str], variety: Variety) -> str:
    union = f" {spelled(match['union'])}" if match["union"] else ""
    return f"{year(int(match['year']), variety)}, {label(match['n'])}{union}"


def say_mixed(text: str, variety: Variety) -> str:
    """``A380`` is A three eighty, ``F-16`` F sixteen, ``CO2`` C O two, ``221B`` two twenty-one B."""
    if "-" in text or "/" in text:
        text = RECORDED.sub(
            lambda match: f"{match['letters']} {year(int(match['year']), variety)} {label(match['n'])}", text
        )
        text = NUMBERED_LAW.sub(lambda match: _numbered(match, variety), text)
    text = text.translate(SUBSCRIPT)
    text = FORMULA.sub(lambda match: _formula(match.group()), text)
    text = LABELLED.sub(
        lambda match: " ".join(filter(None, (label(match["number"]), *match.group(2, 3)))), text
    )
    text = SECTION.sub(lambda match: f" {match['letter'] or match['second']} ", text)
    text = BY_FOUR.sub(lambda match: f"{match['a']} by {match['b']}", text)
    text = CLASS_YEAR.sub(lambda match: f"K to {match['n']}", text)

    def mixed(match: re.Match[str]) -> str:
        head, tail, figures = match["head"], match["tail"], match["number"]
        if match["dash"] and len(head) > 3 and head.islower() and len(figures) > 2:
            return match.group()
        said = number(figures, variety) if "." in figures else label(figures)
        gap = "-" if match["dash"] and len(head) > 3 else f"{SOUNDED} " if head == "A" else " "
        if tail == "s":
            return f"{head}{gap}{_plural(said)}"
        return f"{head}{gap}{said} {spelled(tail) if len(tail) == 1 else tail}".rstrip()

    def figure_first(match: re.Match[str]) -> str:
        said = label(match["number"])
        if match["tail"] == "ers":
            return said.removesuffix("e") + "ers"
        return _plural(said) if match["tail"] == "s" else f"{said} {spelled(match['tail'])}"

    # "H5N1" has two figures: what follows the first is a head for the second.
    text = re.sub(r"(?<=[A-Z]\d)(?=[A-Z]\d)|(?<=[A-Z]\d\d\d):(?=[A-Z]\d)", " ", text)
    text = re.sub(r"\b([A-Z][a-z]?\d?)(?=[A-Z][a-z]?\d)(?=[\w]*\b)(?!\w*[a-z]{2})", r"\1 ", text)
    return FIGURE_FIRST.sub(figure_first, MIXED.sub(mixed, text))


def _plural(said: str) -> str:
    return said[:-1] + "ies" if said.endswith("y") else f"{said}s"


# A law of a year: "Directive 2019/790".
NUMBERED_LAW = re.compile(
    r"(?<![\w.,/])(?P<year>(?:19|20)\d\d)/(?P<n>\d{2,5})(?![\d.,]\d)(?:/(?P<union>E[UC]))?"
)


def say_long_numbers(text: str, _variety: Variety) -> str:
    """What begins with a nought, or is long and has no groups, is said figure by figure."""

    def long(match: re.Match[str]) -> str:
        figures = match["figures"]
        if not figures.startswith("0") and figures.endswith("00000"):
            return figures
        if len(figures) == 2 and figures != "00":
            return f"oh {below_hundred(int(figures))}"
        return digits(figures)

    return LONG.sub(long, text)
