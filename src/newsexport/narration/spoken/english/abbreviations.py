"""Titles and abbreviations, and the two meanings of ``St.``.

Which abbreviations occur, and whether a name must follow, from the AP Stylebook and the
Guardian style guide; their readings are the words they stand for.
"""

from __future__ import annotations

import re

from newsexport.narration.spoken.english.context import ends
from newsexport.narration.spoken.english.figures import Variety

# Said in full before a name; with a point or, in Britain, without one.
TITLES = {
    "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz", "Dr": "Doctor", "Prof": "Professor", "Sen": "Senator",
    "Sens": "Senators", "Rep": "Representative", "Reps": "Representatives", "Gov": "Governor",
    "Govs": "Governors", "Gen": "General", "Lt": "Lieutenant", "Lieut": "Lieutenant", "Col": "Colonel",
    "Maj": "Major", "Sgt": "Sergeant", "Capt": "Captain", "Cpl": "Corporal", "Pvt": "Private", "Pte": "Private",
    "Cmdr": "Commander", "Cdr": "Commander", "Adm": "Admiral", "Brig": "Brigadier", "Det": "Detective",
    "Insp": "Inspector", "Supt": "Superintendent", "Rev": "Reverend", "Revd": "Reverend", "Fr": "Father",
    "Hon": "Honourable", "Pres": "President", "Messrs": "Messrs", "Atty": "Attorney", "Amb": "Ambassador",
    "Rt": "Right", "Msgr": "Monsignor", "Del": "Delegate", "Asst": "Assistant", "Mt": "Mount",
    "Ft": "Fort", "Drs": "Doctors", "Profs": "Professors", "Spc": "Specialist", "Ald": "Alderman",
}  # fmt: skip
_BARE = ("Mr", "Mrs", "Ms", "Dr", "Prof", "Revd", "Messrs", "Mt", "Lt", "Sgt", "Capt", "Cpl", "Col", "Maj", "Insp", "Supt")

_MILITARY = "Lt|Gen|Col|Maj|Sgt|Cmdr|Adm|Brig|Det|Capt|Insp|Supt|Atty|Asst|Chief"
TITLE = re.compile(rf"\b(?P<title>{'|'.join(TITLES)})\.[\s-]+(?=[A-ZÀ-Þ“\"'(]|and\s(?:Mr|Mrs|Ms|Dr|Prof|Sen|Gov)\b)")
BARE = re.compile(rf"\b(?P<title>{'|'.join(_BARE)})\s(?=[A-ZÀ-Þ]|and\s(?:Mr|Mrs|Ms|Dr|Prof)\b)")
TITLE_END = re.compile(r"\b(?P<title>Gen|Sen|Gov|Rep|Lt|Maj|Prof|Capt|Sgt)\.(?=\s[a-z])")

# After a name.
SUFFIXES = {
    "Jr": "Junior", "Jnr": "Junior", "Sr": "Senior", "Snr": "Senior", "Inc": "Incorporated", "Ltd": "Limited",
    "Corp": "Corporation", "Co": "Company", "Bros": "Brothers", "Cos": "Companies", "Esq": "Esquire",
    "Pty": "Proprietary", "Mfg": "Manufacturing", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road",
    "Ln": "Lane", "Sq": "Square", "Hwy": "Highway", "Pkwy": "Parkway", "Pl": "Place", "Ct": "Court", "Ter": "Terrace",
    "Dept": "Department", "Univ": "University", "Assn": "Association", "Assoc": "Association", "Natl": "National",
    "Intl": "International", "Govt": "Government", "Hosp": "Hospital", "Inst": "Institute", "Dist": "District",
    "Mfrs": "Manufacturers", "Comm": "Committee", "Cttee": "Committee", "Bldg": "Building", "Apt": "Apartment",
    "Ste": "Suite", "Pkg": "Package", "Mgmt": "Management", "Cpl": "Corporal", "Tce": "Terrace", "Cres": "Crescent",
}  # fmt: skip
_DOTLESS = ("Ltd", "Jr", "Jnr", "Sr", "Snr", "Blvd", "Rd", "Ave", "Dept", "Govt", "Hwy", "Bros")
SUFFIX = re.compile(rf"\b(?P<word>{'|'.join(SUFFIXES)})\.|\b(?P<bare>{'|'.join(_DOTLESS)})\b(?!\.)(?=[\s,;:)’']|$)")

# The states as the AP Stylebook shortens them; postal codes are said only before a ZIP code.
STATES = {
    "Ala": "Alabama", "Ariz": "Arizona", "Ark": "Arkansas", "Calif": "California", "Colo": "Colorado",
    "Conn": "Connecticut", "Del": "Delaware", "Fla": "Florida", "Ga": "Georgia", "Ill": "Illinois", "Ind": "Indiana",
    "Kan": "Kansas", "Ky": "Kentucky", "La": "Louisiana", "Md": "Maryland", "Mass": "Massachusetts",
    "Mich": "Michigan", "Minn": "Minnesota", "Miss": "Mississippi", "Mo": "Missouri", "Mont": "Montana",
    "Neb": "Nebraska", "Nev": "Nevada", "N.H": "New Hampshire", "N.J": "New Jersey", "N.M": "New Mexico",
    "N.Y": "New York", "N.C": "North Carolina", "N.D": "North Dakota", "Okla": "Oklahoma", "Ore": "Oregon",
    "Pa": "Pennsylvania", "R.I": "Rhode Island", "S.C": "South Carolina", "S.D": "South Dakota",
    "Tenn": "Tennessee", "Tex": "Texas", "Vt": "Vermont", "Va": "Virginia", "Wash": "Washington",
    "W.Va": "West Virginia", "Wis": "Wisconsin", "Wyo": "Wyoming", "Ont": "Ontario", "Que": "Quebec",
}  # fmt: skip
STATE = re.compile(rf"(?<=[a-z],\s)(?P<state>{'|'.join(map(re.escape, STATES))})\.")

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
DRIVE = re.compile(r"(?<=[a-z]\s)Dr\.(?=\s+[a-z]|[,;:)]|\s*$)")
COMPASS = re.compile(
    r"\b(?P<side>[NSEW])\.?\s(?=\d+(?:st|nd|rd|th)\b|[A-Z][a-z]+\s(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Drive|Lane)\b)"
)
SIDES = {"N": "North", "S": "South", "E": "East", "W": "West"}

_BEFORE_NUMBER = {
    "Nos": "numbers", "pt": "part", "pts": "parts", "bk": "book", "No": "number", "Fig": "figure", "Figs": "figures", "pp": "pages", "p": "page",
    "pg": "page", "vol": "volume", "vols": "volumes", "ch": "chapter", "chap": "chapter", "sec": "section", "art": "article",
    "ext": "extension", "max": "maximum", "min": "minimum", "est": "established", "approx": "approximately",
    "c": "circa", "ca": "circa", "cca": "circa", "para": "paragraph", "ed": "edition", "tel": "telephone", "ver": "version",
    "apt": "apartment", "rm": "room", "bldg": "building", "b": "born", "d": "died", "eq": "equation", "r": "reigned", "ref": "reference",
    "flt": "flight", "avg": "average", "fl": "flourished", "arts": "articles", "ss": "sections", "line": "line", "lot": "lot",
}  # fmt: skip
BEFORE_NUMBER = re.compile(
    rf"(?<![\w.])(?P<word>{'|'.join(_BEFORE_NUMBER)})\.\s?(?:(?=[£$€]?\d)|(?<=\w\w\.\s)(?-i:(?=[IVXL]{{1,6}}\b)))", re.IGNORECASE
)
NUMBER_SIGN = re.compile(r"\bno\.\s?(?=\d)|№\s?|\bN[º°]\s?(?=\d)|(?<![\w&])#\s?(?=\d)|(?-i:\bNo\s(?=\d{1,3}\b(?!\s(?:people|one|more|or|of|to|[a-z]+s)\b)))", re.IGNORECASE)

PLAIN = (
    (r"\bvs?\.(?=\s)", "versus"), (r"(?<=[a-z]\s)vs?(?=\s[A-Z])", "versus"), (r"\bvs\b", "versus"),
    (r"\be\.\s?g\.,?(?=\s)|\beg\b(?=\s[a-z])", "for example,"), (r"\bi\.\s?e\.,?(?=\s)", "that is,"),
    (r"\bet al\.(?=\s[a-z]|[,;)])", "et al"), (r"\bviz\.(?=\s)", "namely"), (r"\bcf\.(?=\s)", "compare"),
    (r"\bapprox\.(?=\s)|\bapprox\b", "approximately"), (r"\best\.(?=\s[a-z])", "estimated"),
    (r"\ba\.?k\.?a\.?(?=\s)", "also known as"), (r"\bN\.?B\.?:?(?=\s[A-Zat])", "note,"),
    (r"\bdept\b\.?", "department"), (r"\bDepts\b\.?|\bdepts\b\.?", "departments"), (r"\basst\b\.?", "assistant"),
    (r"\bg['’]?ovt\b\.?|\bgov['’]t\b\.?", "government"), (r"\bG['’]?ovt\b\.?|\bGov['’]t\b\.?", "Government"),
    (r"\bint['’]l\b|\bintl\b\.?", "international"), (r"\bnat['’]l\b|\bnatl\b\.?", "national"),
    (r"\bmgr\b\.?", "manager"), (r"\bmgmt\b\.?", "management"), (r"\bincl\.(?=\s)", "including"),
    (r"\bexcl\.(?=\s)", "excluding"), (r"\bw/o\b", "without"), (r"\bw/(?=\s?\w)", "with "), (r"\bb/c\b", "because"),
    (r"\bc/o\b", "care of"), (r"\bn/a\b|\bN/A\b", "not applicable"), (r"\bp\.a\.(?=\W|$)", "a year"),
    (r"\btel\.?(?=[\s:])|\bTel\.?(?=[\s:])", "telephone"), (r"\bmisc\.(?=\s)", "miscellaneous"), (r"\bmax\.(?=\s)", "maximum"), (r"\bavg\.(?=\s)", "average"),
    (r"\bAve\b(?=\s(?:and|in|on|was)\b)", "Avenue"), (r"\bCo\.?\s(?=(?:Antrim|Armagh|Clare|Cork|Derry|Donegal|Down|Dublin|"
    r"Durham|Galway|Kerry|Kildare|Limerick|Mayo|Meath|Sligo|Tyrone|Wicklow)\b)", "County "),
    (r"\bAssn\b|\bassn\b\.?", "association"), (r"\buniv\b\.?", "university"), (r"\btemp\.(?=\s[a-z])", "temperature"),
    (r"\bintro\.", "introduction"), (r"\bmos\.(?=\s)", "months"), (r"\bsq\.(?=\s)", "square"), (r"\bhrs\b", "hours"),
    (r"\bmins\b", "minutes"), (r"\bsecs\b", "seconds"), (r"\byrs\b", "years"), (r"\bP\.?O\.?\s?[Bb]ox\b", "P O Box"),
)  # fmt: skip
PLAIN_RULES = tuple((re.compile(pattern), said) for pattern, said in PLAIN)
_HINT = re.compile(r"[./’']|\b(?:vs?|eg|aka|approx|dept|depts|govt|asst|intl|natl|mgr|mgmt|hrs|mins|secs|yrs|univ|PO|Ave|Co|Assn|assn)\b", re.IGNORECASE)
ET_CETERA = re.compile(r"\betc\b\.?")
ET_AL = re.compile(r"\bet al\.(?=\s*$)")


def say_streets(text: str, _variety: Variety) -> str:
    """``10 Downing St.`` is a street, ``St. John's`` a saint, ``W. 42nd St.`` west."""
    text = COMPASS.sub(lambda match: f"{SIDES[match['side']]} ", text)
    if "St" in text or "SS" in text:
        text = STREET.sub(lambda match: f"{match['name']}Street{_stop(match)}", text)
        text = SAINT.sub(lambda match: "Saints" if match["many"] else "Saint", text)
    return DRIVE.sub("Drive", text)


def _stop(match: re.Match[str]) -> str:
    """The point of an abbreviation stays where it ends the sentence too."""
    after = match.string[match.end() :]
    return "." if match["dot"] and after.strip() and ends(after) else ""


def say_titles(text: str, _variety: Variety) -> str:
    """``Sen. Okafor`` is Senator Okafor; a title is one only in front of a name."""
    for _ in range(2):  # "Lt. Col. Brandt"
        text = TITLE.sub(lambda match: TITLES[match["title"]] + " ", text)
    text = BARE.sub(lambda match: TITLES[match["title"]] + " ", text)
    return TITLE_END.sub(lambda match: TITLES[match["title"]], text)


def say_suffixes(text: str, _variety: Variety) -> str:
    """``Jr.``, ``Inc.``, ``Ltd.``, ``Dept.``, ``Ave.``; ``Calif.`` after a town."""

    def suffix(match: re.Match[str]) -> str:
        word = SUFFIXES[match["word"] or match["bare"]]
        after = match.string[match.end() :]
        sentence = match["word"] and re.match(r"\s+(?:The|A|An|It|He|She|They|We|But|In|On|At)\b", after)
        return word + ("." if sentence else "")

    text = STATE.sub(lambda match: STATES[match["state"]], text)
    return SUFFIX.sub(suffix, text)


def say_abbreviations(text: str, _variety: Variety) -> str:
    """``e.g.``, ``etc.``, ``approx.``, ``No. 10``, ``pp. 5-9``: the words they stand for."""
    text = NUMBER_SIGN.sub("number ", text)
    text = BEFORE_NUMBER.sub(_before_number, text)
    if "etc" in text or "et al" in text:
        text = ET_AL.sub("et al", text)
        text = ET_CETERA.sub(lambda match: "et cetera" + _full_stop(match), text)
    if _HINT.search(text):
        for pattern, said in PLAIN_RULES:
            text = pattern.sub(said, text)
    return text


def _before_number(match: re.Match[str]) -> str:
    word = match["word"]
    said = _BEFORE_NUMBER.get(word) or _BEFORE_NUMBER.get(word.lower()) or _BEFORE_NUMBER.get(word.capitalize())
    return f"{said or word} "


def _full_stop(match: re.Match[str]) -> str:
    after = match.string[match.end() :]
    return "." if match.group().endswith(".") and re.match(r"\s+[A-Z]", after) else ""
