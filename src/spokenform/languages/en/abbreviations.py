"""Titles and abbreviations, and the two meanings of ``St.``.

Which abbreviations occur, and whether a name must follow, from the AP Stylebook and the
Guardian style guide; their readings are the words they stand for.
"""

from __future__ import annotations

import re

from spokenform.languages.en.figures import Variety, ends
from spokenform.languages.en.tables import TABLES
from spokenform.literals import needed
from spokenform.word_lists import listed, pairs

COUNTIES = (
    "Antrim|Armagh|Clare|Cork|Derry|Donegal|Down|Dublin|Durham|Galway|Kerry|Kildare|Limerick|Mayo|Meath|"
    "Sligo|Tyrone|Wicklow"
)

# Said in full before a name; with a point or, in Britain, without one.
TITLES = pairs(TABLES["abbreviations"]["titles"])

# After a name.
SUFFIXES = pairs(TABLES["abbreviations"]["suffixes"])

# The states as the AP Stylebook shortens them.
STATES = pairs(TABLES["abbreviations"]["states"])

# ISO 3166-2:US, and the same state as the AP Stylebook has it, which does not shorten all.
POSTAL = pairs(TABLES["abbreviations"]["postal"])

# Of an American politician: ``D-Calif.``, ``R-Texas``.
PARTIES = {"D": "Democrat", "R": "Republican", "I": "Independent"}

BEFORE_A_NUMBER = pairs(TABLES["abbreviations"]["before_a_number"])

PLAIN = (
    (r"(?<=\d(?:st|nd|rd|th)\s)Bn\.?(?=\W|$)", "Battalion"),
    (r"(?<=\d(?:st|nd|rd|th)\s)Regt\.?(?=\W|$)", "Regiment"),
    (r"(?<=\d(?:st|nd|rd|th)\s)Sts\.", "Streets"),
    (r"\b(mins|hrs|secs|yrs|wks|lbs|pts|kgs)\.(?=[,;:)])", r"\1"),
    (r"\bon agg\b\.?|(?<=\d\s)agg\b\.?", "on aggregate"),
    (r"\bagg\b\.?(?=\s\d)", "aggregate"),
    (r"(?<=\()[Rr]et[’']?d?\.?(?=\))|(?<=,\s)[Rr]et[’']?d\.?(?=\W|$)|(?<=,\s)[Rr]et\.(?=,|$)", "retired"),
    (r"\b(?:L|l)at\.(?=\s\d)", "latitude"),
    (r"\b(?:L|l)ong\.(?=\s\d)", "longitude"),
    (r"(?<=[a-z]\s)d\.(?=\s[A-Z][a-z]+\s\d+[-–]\d)", "defeated"),
    (r"(?<=\d\s)ov\b\.?", "overs"),
    (r"(?<=-\d\s)dec\b\.?", "declared"),
    (r"\bs\.(?=\d)", "section "),
    (r"(?<=\d\s)wkts?\b\.?", "wickets"),
    (r"(?<=\d\s)ff\.?(?=\W|$)", "and following"),
    (r"(?<=\d(?:st|nd|rd|th)\s)c\.(?=\W|$)", "century"),
    (r"(?<=[%\d]\s)exp\.(?=\W|$)", "expected"),
    (r"(?<=[%\d]\s)est\.(?=\W|$)", "estimated"),
    (r"\ba bbl\b", "a barrel"),
    (r"\bbtwn\b", "between"),
    (r"(?<=-)yr\b", "year"),
    (r"\b[aA]\.?[eE]\.?[tT]\.?(?=\W|$)", "after extra time"),
    (r"\bon pens\b", "on penalties"),
    (r"\bFY\s?['’]?(?=\d\d(?:\d\d)?\b)", "fiscal year "),
    (r"(?<=\d(?:st|nd|rd|th)\s)ed\.(?=\W|$)", "edition"),
    (r"\bc(?=1[1-9]\d\d\b|20\d\d\b)", "circa "),
    (r"\b[Tt]he Dr\.(?=\s[a-z])", "the Doctor"),
    (r"\bHon\.(?=\s[a-z])", "Honourable"),
    (r"\b(Q[1-4])[’'](?=\d\d\b)", r"\1 "),
    (r"\bAtt:(?=\s\d)", "attendance:"),
    (r"\bRef:(?=\s[A-Z])", "referee:"),
    (r"\b([BM])\.?Sc\b\.?", r"\1 S C"),
    (r"\bMoM\b", "month on month"),
    (r"\bQoQ\b", "quarter on quarter"),
    (r"(?<=[a-z]\s)Utd\b\.?", "United"),
    (r"(?<=[a-z]\s)tsp\b\.?", "teaspoon"),
    (r"(?<=[a-z]\s)tbsp\b\.?", "tablespoon"),
    (r"\bSgt\.?(?=\s\d(?:st|nd)\b)", "Sergeant"),
    (r"\bPvt\.?(?=\s\d(?:st|nd)\b)", "Private"),
    (r"\bLts?\.?(?=\s\d(?:st|nd)\b)", "Lieutenant"),
    (r"\bRes\.(?=\s\d)", "Resolution"),
    (r"\b([QH][1-4])\s?[-–]\s?(?=[QH][1-4]\b)", r"\1 to "),
    (r"\by[/-]y\b|\b[Yy]o[Yy]\b|\by-on?-y\b", "year on year"),
    (r"\bq-o-q\b", "quarter on quarter"),
    (r"\bm-o-m\b", "month on month"),
    (r"\bm/m\b", "month on month"),
    (r"\bq/q\b", "quarter on quarter"),
    (r"\bvs?\.(?=\s)", "versus"),
    (r"(?<=[a-z\d]\s)vs?(?=\s[A-Z\d])", "versus"),
    (r"\bvs\b", "versus"),
    (r"\be\.\s?g\.,?(?=\s|$)|\beg\b(?=\s[a-z])", "for example,"),
    (r"\bi\.\s?e\.,?(?=\s)", "that is,"),
    (r"\bet al\.(?=\s[a-z]|[,;)])", "et al"),
    (r"\bviz\.(?=\s)", "namely"),
    (r"\bcf\.(?=\s)", "compare"),
    (r"\bapprox\.(?=\s)|\bapprox\b", "approximately"),
    (r"\best\.(?=\s[a-z])", "estimated"),
    (r"\ba\.?k\.?a\.?(?=\s)", "also known as"),
    (r"\bN\.?B\.?:?(?=\s[A-Zat])", "note,"),
    (r"\bdept\b\.?", "department"),
    (r"\bDepts\b\.?|\bdepts\b\.?", "departments"),
    (r"\basst\b\.?", "assistant"),
    (r"\bg['’]?ovt\b\.?|\bgov['’]t\b\.?", "government"),
    (r"\bG['’]?ovt\b\.?|\bGov['’]t\b\.?", "Government"),
    (r"\bint['’]l\b|\bintl\b\.?", "international"),
    (r"\bnat['’]l\b|\bnatl\b\.?", "national"),
    (r"\bmgr\b\.?", "manager"),
    (r"\bmgmt\b\.?", "management"),
    (r"\bincl\.(?=\s)", "including"),
    (r"\bexcl\.(?=\s)", "excluding"),
    (r"\bw/c\b", "week commencing"),
    (r"\bw/o\b", "without"),
    (r"\bw/(?=\s?\w)", "with "),
    (r"\bb/c\b", "because"),
    (r"\bc/o\b", "care of"),
    (r"\bn/a\b|\bN/A\b", "not applicable"),
    (r"\bp\.a\.(?=\W|$)", "a year"),
    (r"(?<=[a-z] )ext(?= (?:\d|[a-z]+ ?$))", "extension"),
    (r"(?<=\d )ea\b\.?", "each"),
    (r"(?<=[a-z] )Div\b\.?(?=\W|$)", "Division"),
    (r"\b([Pp])ls\b\.?", r"\1lease"),
    (r"\bh/t\b|\bHT\b(?= \d)", "half time"),
    (r"(?<=\d(?:st|nd|rd|th) )Fl\b\.?", "Floor"),
    (r"\bW\.\s?Va\.?(?=\W|$)", "West Virginia"),
    (r"\bMw (?=\d)", "magnitude "),
    (r"(?<![\w/])(\d)/(?=[$£€]\d)", r"\1 for "),
    (r"\beds\.(?=\s[A-Z])", "editors"),
    (r"\btel\.?(?=[\s:])|\bTel\.?(?=[\s:])", "telephone"),
    (r"\bmisc\.(?=\s)", "miscellaneous"),
    (r"\bmax\.(?=\s)", "maximum"),
    (r"\bavg\.(?=\s)", "average"),
    (r"\bAve\b(?=\s(?:and|in|on|was)\b)", "Avenue"),
    (rf"\bCo\.?\s(?=(?:{COUNTIES})\b)", "County "),
    (r"\bAssn\b|\bassn\b\.?", "association"),
    (r"(?<!\bat )\buniv\b\.?(?! dot)", "university"),
    (r"\btemp\.(?=\s[a-z])", "temperature"),
    (r"\bintro\.", "introduction"),
    (r"\bmos\.(?=\s)", "months"),
    (r"\bsq\.(?=\s(?!(?:ft|in|km|mi|m|yd)\b))", "square"),
    (r"\bhrs\b", "hours"),
    (r"\bmins\b", "minutes"),
    (r"\bsecs\b", "seconds"),
    (r"\byrs\b", "years"),
    (r"\bP\.?O\.?\s?[Bb]ox\b", "P O Box"),
)


_BARE = listed("Mr Mrs Ms Dr Prof Revd Rev Rt Hon Messrs Mt Lt Sgt Capt Cpl Col Maj Insp Supt")

TITLE = re.compile(
    rf"\b(?P<title>{'|'.join(TITLES)})\.[\s-]+(?=[A-ZÀ-Þ“\"'(]|(?:and|&)\s(?:Mr|Mrs|Ms|Dr|Prof|Sen|Gov)\b)"
)
BARE = re.compile(rf"\b(?P<title>{'|'.join(_BARE)})\s(?=[A-ZÀ-Þ]|(?:and|&)\s(?:Mr|Mrs|Ms|Dr|Prof)\b)")
TITLE_END = re.compile(r"\b(?P<title>Gen|Sen|Gov|Rep|Lt|Maj|Prof|Capt|Sgt|Pres)\.(?=\s[a-z]|-elect)")

_DOTLESS = listed("Ltd Jr Jnr Sr Snr Blvd Rd Ave Dept Govt Hwy Pkwy Expy Bros Inc Corp")
SUFFIX = re.compile(
    rf"\b(?P<word>{'|'.join(SUFFIXES)})\.|\b(?P<bare>{'|'.join(_DOTLESS)})\b(?!\.)(?=[\s,;:)’']|$)"
)

# Behind a preposition as well, where the letters are no other word.
_SURE = "Ala|Ariz|Calif|Colo|Conn|Fla|Kan|Ky|Md|Mich|Minn|Mont|Neb|Nev|Okla|Tenn|Vt|Wis|Wyo"
STATE = re.compile(
    rf"(?<=[a-z],\s)(?P<state>{'|'.join(map(re.escape, STATES))})\."
    rf"|(?<=[a-z]\s)(?P<sure>{_SURE})\."
)
PREPOSITION = re.compile(r"\b(?:in|of|off|from|to|near) $")

# "OK" after a comma is rather a word than Oklahoma.
TOWN_AND_STATE = re.compile(
    rf"(?P<town>\b[A-Z][a-z]+,\s)(?P<state>{'|'.join(sorted(POSTAL.keys() - {'OK'}))})\b(?![\w-]|\.\w)"
)

PARTY = re.compile(
    rf"(?:(?<=[(\[])|(?<=,\s)|(?<=both\s))(?P<party>[{''.join(PARTIES)}])-"
    rf"(?P<place>(?:{'|'.join(map(re.escape, STATES))})\.|(?:{'|'.join(POSTAL)})\b|"
    r"[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)

PARTY_ALONE = re.compile(r"(?<=[a-z]\s)\((?P<party>[DR])\)")
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
# "Ohio St. beat Michigan": a university.
STATE_SIDE = re.compile(
    r"(?:(?<=(?<!\d )\bOhio )|(?<=\bPenn )|(?<=\bIowa )|(?<=\bMichigan )|(?<=\bFlorida )|(?<=\bKansas )|"
    r"(?<=\bOregon )|(?<=\bArizona )|(?<=\bBoise )|(?<=\bFresno )|(?<=\bMississippi )|(?<=\bOklahoma ))"
    r"St\.(?=\s(?:\(|[a-z]|\d))"
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
    r"\bno\.\s?(?=\d)|№\s?|\bN[º°]\s?(?=\d)|(?<![\w&])#\s?(?=\d)|(?-i:\bNo\s?(?=\d{1,3}\b(?!\s(?:people|one|more|or|of|to|(?!was|is|has|does|goes|as)[a-z]+s)\b)))",
    re.IGNORECASE,
)

PLAIN_RULES = tuple((re.compile(pattern), said, needed(pattern)) for pattern, said in PLAIN)
ET_CETERA = re.compile(r"\betc\b\.?")
ET_AL = re.compile(r"\bet al\.(?=\s*$)")


def say_streets(text: str, _variety: Variety) -> str:
    """``10 Downing St.`` is a street, ``St. John's`` a saint, ``W. 42nd St.`` west."""
    text = COMPASS.sub(lambda match: f"{SIDES[match['side']]} ", text)
    text = REGION.sub(_region, text)
    text = COUNTY.sub("County ", text)
    if "St" in text or "SS" in text:
        text = STATE_SIDE.sub("State", text)
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

    text = STATE.sub(_state, PARTY.sub(_politician, text))
    text = PARTY_ALONE.sub(lambda match: f"({PARTIES[match['party']]})", text)
    text = TOWN_AND_STATE.sub(lambda match: match["town"] + state_of(match["state"]), text)
    return SUFFIX.sub(suffix, text)


def _state(match: re.Match[str]) -> str:
    if match["sure"] and not PREPOSITION.search(match.string[: match.start()]):
        return match.group()
    name = STATES[match["state"] or match["sure"]]
    return name + ("." if match["sure"] and ends(match.string[match.end() :]) else "")


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
    for pattern, said, begins in PLAIN_RULES:
        if not begins or any(map(text.__contains__, begins)):
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
