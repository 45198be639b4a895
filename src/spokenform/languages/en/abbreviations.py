"""Titles and abbreviations, and the two meanings of ``St.``.

Which abbreviations occur, and whether a name must follow, from the AP Stylebook and the
Guardian style guide; their readings are the words they stand for.
"""

from __future__ import annotations

import re

from spokenform.languages.en.context import ends
from spokenform.languages.en.figures import Variety
from spokenform.languages.en.shortened import (
    BEFORE_A_NUMBER,
    COUNTIES,
    PARTIES,
    PLAIN,
    POSTAL,
    STATES,
    SUFFIXES,
    TITLES,
)
from spokenform.rules import words

_BARE = (
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Prof",
    "Revd",
    "Rev",
    "Rt",
    "Hon",
    "Messrs",
    "Mt",
    "Lt",
    "Sgt",
    "Capt",
    "Cpl",
    "Col",
    "Maj",
    "Insp",
    "Supt",
)

_MILITARY = "Lt|Gen|Col|Maj|Sgt|Cmdr|Adm|Brig|Det|Capt|Insp|Supt|Atty|Asst|Chief"
TITLE = re.compile(
    rf"\b(?P<title>{'|'.join(TITLES)})\.[\s-]+(?=[A-ZÀ-Þ“\"'(]|(?:and|&)\s(?:Mr|Mrs|Ms|Dr|Prof|Sen|Gov)\b)"
)
BARE = re.compile(rf"\b(?P<title>{'|'.join(_BARE)})\s(?=[A-ZÀ-Þ]|(?:and|&)\s(?:Mr|Mrs|Ms|Dr|Prof)\b)")
TITLE_END = re.compile(r"\b(?P<title>Gen|Sen|Gov|Rep|Lt|Maj|Prof|Capt|Sgt|Pres)\.(?=\s[a-z]|-elect)")

_DOTLESS = (
    "Ltd",
    "Jr",
    "Jnr",
    "Sr",
    "Snr",
    "Blvd",
    "Rd",
    "Ave",
    "Dept",
    "Govt",
    "Hwy",
    "Pkwy",
    "Expy",
    "Bros",
    "Inc",
    "Corp",
)
SUFFIX = re.compile(
    rf"\b(?P<word>{'|'.join(SUFFIXES)})\.|\b(?P<bare>{'|'.join(_DOTLESS)})\b(?!\.)(?=[\s,;:)’']|$)"
)

STATE = re.compile(rf"(?<=[a-z],\s)(?P<state>{'|'.join(map(re.escape, STATES))})\.")

# "OK" after a comma is rather a word than Oklahoma.
TOWN_AND_STATE = re.compile(
    rf"(?P<town>\b[A-Z][a-z]+,\s)(?P<state>{'|'.join(sorted(POSTAL.keys() - {'OK'}))})\b(?![\w-]|\.\w)"
)

PARTY = re.compile(
    rf"(?:(?<=[(\[])|(?<=,\s))(?P<party>[{''.join(PARTIES)}])-"
    rf"(?P<place>(?:{'|'.join(map(re.escape, STATES))})\.|(?:{'|'.join(POSTAL)})\b|"
    r"[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)

SAINT = re.compile(r"\bSt\.?(?=[\s-][A-ZÀ-Þ])|\b(?P<many>Sts|SS)\.(?=\s[A-Z])|\bSte\.(?=[\s-][A-Z])")
# A street: its name stands before, and is no small word at the head of a phrase.
_NO_STREET = (
    r"(?:The|At|In|From|Of|On|To|By|For|And|But|As|With|Near|After|Before|When|Why|How|Inside|Saint|Father|Sister|"
    r"Port|Mount|Lake|River|East|West|North|South|Old|New|Outside|Mayor|Bishop|Around)"
)
STREET = re.compile(
    rf"(?P<name>(?:\b(?!{_NO_STREET}\s)[A-Z][a-z’'-]+|\b\d+(?:st|nd|rd|th)|-(?:first|second|third|[a-z]+th))\s)"
    r"St\b(?P<dot>\.?)(?P<after>(?=[\s,;:).]|$))"
)
DRIVE = re.compile(r"(?<=[a-z]\s)(?<!\b[Tt]he\s)(?<!\b[Aa]\s)Dr\.(?=\s+[a-z]|[,;:)]|\s*$)")
COMPASS = re.compile(
    r"\b(?P<side>[NSEW])\.?\s(?=\d+(?:st|nd|rd|th)\b|[A-Z][a-z]+\s(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Drive|Lane)\b)"
)
SIDES = {"N": "North", "S": "South", "E": "East", "W": "West"}

BEFORE_NUMBER = re.compile(
    rf"(?<![\w.])(?P<word>{'|'.join(BEFORE_A_NUMBER)})\.\s?(?:(?=[£$€]?\d)|(?<=\w\w\.\s)(?-i:(?=[IVXL]{{1,6}}\b)))",
    re.IGNORECASE,
)
NUMBER_SIGN = re.compile(
    r"\bno\.\s?(?=\d)|№\s?|\bN[º°]\s?(?=\d)|(?<![\w&])#\s?(?=\d)|(?-i:\bNo\s?(?=\d{1,3}\b(?!\s(?:people|one|more|or|of|to|[a-z]+s)\b)))",
    re.IGNORECASE,
)

PLAIN_RULES = tuple((re.compile(pattern), said) for pattern, said in PLAIN)
# Beginnings of what `PLAIN` is about: most sentences have none, and are not searched for each.
BEGINNINGS = words(
    """a aet agg aka approx assn asst att ave avg b bbl bn bsc btwn c ca cf co d dept depts dr e ed eg est
    et excl exp ff fy g gov govt h hrs i incl int intl intro lat long m max mgmt mgr min mins misc mom
    mos msc n nat natl nb on ov p po pts q qoq ref regt res ret secs sq sts tbsp tbsps tel temp tsp tsps
    univ v viz vs w wkt wkts y yoy yrs"""
)
HEAD = re.compile(r"(?<!\w)(?:[a-z]{2,}|v(?!\w)|[a-z](?=[./\d]))")
ET_CETERA = re.compile(r"\betc\b\.?")
ET_AL = re.compile(r"\bet al\.(?=\s*$)")


def say_streets(text: str, _variety: Variety) -> str:
    """``10 Downing St.`` is a street, ``St. John's`` a saint, ``W. 42nd St.`` west."""
    text = COMPASS.sub(lambda match: f"{SIDES[match['side']]} ", text)
    text = REGION.sub(_region, text)
    text = COUNTY.sub("County ", text)
    if "St" in text or "SS" in text:
        text = STREET.sub(lambda match: f"{match['name']}Street{_stop(match)}", text)
        text = SAINT.sub(lambda match: "Saints" if match["many"] else "Saint", text)
    return DRIVE.sub("Drive", text)


def _region(match: re.Match[str]) -> str:
    northern = match.string.startswith("Ireland", match.end())
    return "Northern " if northern else f"{SIDES[match['side']]} "


def _stop(match: re.Match[str]) -> str:
    """The point of an abbreviation stays where it ends the sentence too."""
    after = match.string[match.end() :]
    return "." if match["dot"] and after.strip() and ends(after) else ""


COUNTY = re.compile(rf"\bCo\.?\s(?=(?:{COUNTIES})\b)")
REGION = re.compile(
    r"\b(?P<side>[NSEW])\.\s?(?=(?:Korea|Africa|America|Dakota|Carolina|Sudan|Yorkshire|Wales|Virginia|Ireland|Bank|London|Germany)\b)"
)


def say_titles(text: str, _variety: Variety) -> str:
    """``Sen. Okafor`` is Senator Okafor; a title is one only in front of a name."""
    for _ in range(2):  # "Lt. Col. Brandt"
        text = TITLE.sub(lambda match: TITLES[match["title"]] + " ", text)
    text = BARE.sub(lambda match: TITLES[match["title"]] + " ", text)
    return TITLE_END.sub(lambda match: TITLES[match["title"]], text)


def say_suffixes(text: str, _variety: Variety) -> str:
    """``Jr.``, ``Inc.``, ``Ltd.``, ``Dept.``, ``Ave.``; ``Calif.`` and ``CA`` after a town."""

    def suffix(match: re.Match[str]) -> str:
        word = SUFFIXES[match["word"] or match["bare"]]
        after = match.string[match.end() :]
        sentence = match["word"] and re.match(r"\s+(?:The|A|An|It|He|She|They|We|But|In|On|At)\b", after)
        return word + ("." if sentence else "")

    text = STATE.sub(lambda match: STATES[match["state"]], PARTY.sub(_politician, text))
    text = TOWN_AND_STATE.sub(lambda match: match["town"] + state_of(match["state"]), text)
    return SUFFIX.sub(suffix, text)


def _politician(match: re.Match[str]) -> str:
    """``D-Calif.`` is Democrat of California."""
    return f"{PARTIES[match['party']]} of {state_of(match['place'].rstrip('.'))}"


def state_of(place: str) -> str:
    """The state of a postal code or an abbreviation; any other place as it is."""
    short = POSTAL.get(place, place)
    return STATES.get(short, short)


def say_abbreviations(text: str, _variety: Variety) -> str:
    """``e.g.``, ``etc.``, ``approx.``, ``No. 10``, ``pp. 5-9``: the words they stand for."""
    text = NUMBER_SIGN.sub("number ", text)
    text = BEFORE_NUMBER.sub(_before_number, text)
    if "etc" in text or "et al" in text:
        text = ET_AL.sub("et al", text)
        text = ET_CETERA.sub(lambda match: "et cetera" + _full_stop(match), text)
    if not BEGINNINGS.isdisjoint(HEAD.findall(text.lower())):
        for pattern, said in PLAIN_RULES:
            text = pattern.sub(said, text)
    return text


def _before_number(match: re.Match[str]) -> str:
    word = match["word"]
    if len(word) == 1 and word.isupper() and word != "P":
        return match.group()
    said = (
        BEFORE_A_NUMBER.get(word)
        or BEFORE_A_NUMBER.get(word.lower())
        or BEFORE_A_NUMBER.get(word.capitalize())
    )
    return f"{said or word} "


def _full_stop(match: re.Match[str]) -> str:
    after = match.string[match.end() :]
    return "." if match.group().endswith(".") and re.match(r"\s+[A-Z]", after) else ""
