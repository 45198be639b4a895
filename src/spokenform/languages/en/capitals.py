"""Capitals: initials that are spelled, acronyms that are words, and words that shout.

Which acronyms are words from the Guardian and BBC News style guides, which print those that
are pronounced with one capital (Nato, Unesco); the rest by whether English could say them.
"""

from __future__ import annotations

import re

from spokenform.languages.en.figures import Variety
from spokenform.languages.en.letters import spelled
from spokenform.placeholders import SOUNDED
from spokenform.word_lists import words

ACRONYMS = words(
    """NATO NASA UNESCO UNICEF OPEC AIDS COVID SARS MERS FIFA UEFA ASEAN SWAT RADAR LASER SCUBA POTUS
    SCOTUS FLOTUS NAFTA OSHA FEMA DARPA BRICS AUKUS NORAD EBITDA FTSE DAX NASDAQ COBRA OFSTED HAMAS ISIS
    IKEA LEGO GIF PIN SIM RAM ROM ACAS SAGE MENSA GAAP INTERPOL EUROPOL WASP YIMBY NIMBY YOLO FOMO TED DACA
    ICE SNAP STEM PETA CERN JAXA GATT MAGA PAC TASS DEFRA OFCOM OFGEM OFWAT BAFTA GLAAD COP SALT START NEET
    BAME RICO OXFAM FARC SOCOM CAPTCHA WIFI ECOWAS MERCOSUR APEC ANZAC CENTCOM PEPFAR GAVI UNIFIL HIMARS
    SAM MANPADS OLED DARE MASH MADD NOW EGOT AMBER FIDE CONCACAF CONMEBOL CAF NASCAR MOMA NICE HAZMAT
    FRONTEX QUANGO TESSA SONAR LIDAR MIDI BASIC ASBO TARDIS DREAM CHOGM MOSSAD BREXIT ISIL COMECON UNISON
    ASLEF NASUWT ANOVA CRISPR LAN WAN BIOS CAD CAM SQUID NORAD SACEUR"""
)
# Initialisms that look like words, or that English could say.
SPELLED = words(
    """US UK EU UN IT WHO AI UAE USA OECD UCLA IAEA AARP ACLU EFTA ESPN HSBC ECHR ICAO IATA IOC ICC ICU IPO
    IRA IRS ISP AFP API ATM AA AP BA BP CIA CEO CFO COO CTO DIY DOJ EPA ESA FAA FAQ GOP GPS HIV HBO IBM IED
    IMF IOU IVF LSE MIT MEP MOD MOT MP NHS NGO NRA NSA OAP OAS ODI OPCW PA PE PI PLO PLC POW PR PTA QE RAF
    RSI SAS SEC SEO SOS SUV TUC UFO UFC UPS URL USB USSR VAT VIP ABC APA ADHD ANC ASA AOL BAE CAA DUP EEA
    EDF EIA ERA ESG ETF EV FBI FCA FIA GMO HR ID IQ KO LA LED LA MLA NBA NFL OBR OS PC PM AM PMQ QC RBA RBI
    SNP TA TV UEA UNHCR USAF USAID USPS VAR VR WWE WTO XL DA ADA DEA CBI CNBC ITV CBS NBC MSNBC NPR PBS UDA
    UVF IDF PKK AKP BJP AFD CDU SPD FDP CSU UDI ILO IEA EIB ECB EBRD AIG UBS LOL OMG NYPD LAPD NCAA MMA MLS
    NHL NSW UAW AFL CIO ICBM IUCN EASA ESMA ACA ACL AFC ITN EMA ETA EHRC ONS IFS IEEE ISO"""
)
# Said in a way of their own.
SAID = {"FTSE": "Footsie"}
# Short words of English that may stand in capitals for emphasis or in headlines.
WORDS = words(
    """max plus pro mini maxi a able act add age ago aid aim air all also an and any are arm art as ask at
    away baby back bad bag ban bank bar base bay be bed bee best bet bid big bill bin bit blow blue boat
    body bomb book boss both bow box boy bus but buy by call came can cap car care case cash cat city club
    cold come cop cost cow crew cry cup cut dad data date day dead deal debt did die diet dig do dog door
    down drug dry due dug ear east easy eat egg end era even ever eye face fact fair fall fan far fast fat
    fee few fed film find fine fire fit five fix flat fly food foot for four free from fuel full fun gas
    gave get girl give go goal god gold gone good got gun guy had half hall hand hard has hat have he head
    hear heat held hell help her here high hill him his hit hold home hope hot hour how huge hurt i ice if
    in into is it its jail jam jet job join joy just keep key kid kill king knew know lab lack lady lake
    land last late law lay lead left leg less let lie life like line list live load loan long look lose
    loss lost lot love low mad made mail main make man many map mark may me meet men met mind miss mix mob
    mom more most move much mum must my name near need net new next nice nine no none nor not now nun oath
    odd of off oil old on once one only onto open or our out over own pact page paid pain park part pass
    past path pay peak pet pick plan play plea plot poll pool poor pope post pub pull push put quit race
    rage raid rail rain ran rare rate raw read real red rest rich ride ring rise risk road role room row
    rule run safe said sale same save saw say sea seat see seek sell send set seven sex she ship shop shot
    show shut sick side sign sir sit six size ski skin sky slam so soap sold some son song soon sort soul
    spy star stay step stop such sue sun sure talk tax team tell ten test than that the them then they this
    tie time tin tip to toll too took top toy trip true try turn two up upon urge use used very vow vote
    wage wait walk wall want war was way we weak wear week well went were west what when who why wife wild
    will win wind wine wise wish with won word work year yes yet you your zone zoo about after again break
    crash court death fears floods fraud killed labour labor police strike storm trial under update video
    watch women world would young news alert poll"""
)
DOTTED = re.compile(
    r"\b(?P<letters>(?:[A-Z]\.\s?){2,}(?!\w)|(?:[A-Z]\.){1,}[A-Z]\b|(?:[A-Z]\.){2,}(?=[A-Z][a-z]))(?P<s>[’']?s\b)?"
)
LOWER_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?=\W|$)")
DOCTOR = re.compile(r"\b(?:Ph\.\s?D|PhD)(?P<s>s)?\b\.?|\bM\.?Phil\b\.?")
# A sentence that ends in a letter ("the One X. And") is followed by a word that begins one.
_BEGINS = r"(?:And|But|The|It|He|She|They|We|You|In|On|At|This|That|There|What|When|Why|How|For|With|Yet)\b"
INITIAL = re.compile(
    rf"(?<!\b[AP] )\b(?P<letter>[A-Z])\.(?=[\s-]+(?!{_BEGINS})[A-Z])|\b(?P<last>[A-Z])\.(?=,|\s[a-z])"
)
CAMEL = re.compile(r"\b(?!MiG)(?:[A-Z][a-z][A-Z]|[BM]Sc)(?=s?\b)")
AMPERSAND = re.compile(r"\b(?P<a>[A-Z]{1,3})\s?&\s?(?P<b>[A-Z]{1,3})\b(?![a-z])")
CONTRACTED = re.compile(r"\b(?P<word>[A-Z]+)(?P<rest>['’](?:T|LL|RE|VE|D|M))\b")
CAPITALS = re.compile(r"(?<![^\W_])(?P<word>[A-ZÀ-ÖØ-Þ]{2,})(?P<s>[’']?s|s[’'])?(?![^\W_])")
MIXED = re.compile(r"\b(?P<low>m|t|r|nc|si)(?P<word>RNA|DNA|PFC)(?P<s>s)?\b")
ANY_WORD = re.compile(r"[^\W\d_]{2,}")
SAYABLE = re.compile(
    r"(?:[bcdfghjklmnprstvwz]|[bcdfgkpst][lr]|[cs]h|th|wh|qu|s[cklmnptw]|str|spr|scr|spl|y)?(?:[aeiouy]{1,2})"
    r"(?:(?:[bcdfghjklmnpqrstvwxz]{1,2}|nst|ngl|mpl|rst|tch|nch|rch|ght|str|ckl|ttl|ndr|ntr|mbr|rth)[aeiouy]{1,3})*"
    r"(?:[bcdfghklmnprstvwxyz]|[lnrs][dkpt]|[fcpx]t|ck|ss|ll|ff|[lr][mnfbs]|sh|ch|th|ng|nd|nds|nts|rs|ns|ls|ks|ts|ds|"
    r"ps|ms|nce|ght|tch|nch|rch|mp|ws|wn|zz|gh|rth|nth|lth|rst|cks|rds|rks|rts|lls|cts|sts)?"
)
# What is told apart by letters: "Vitamin A", "plan A".
LETTER = re.compile(
    r"\b(?P<name>(?i:vitamins?|plan|group|hepatitis|grade|category|class|section|schedule|exhibit|type|serie|level|block|"
    r"team|tier|influenza|pool|side|point|appendix|annex|option|model|letter|gate|wing|unit|strep|flu|figure|count))\sA\b"
    r"(?!\s[A-Z][a-z])"
)
# Initials elsewhere, words in a headline.
SHOUTED = frozenset(("IT", "AM", "ERA"))
US_PRONOUN = re.compile(
    r"\b(?:LET|OF|TO|FOR|WITH|FROM|TELL|TELLS|HELP|GIVE|MAKE|BETWEEN|SAVE|AMONG|BEHIND|ABOUT)\s$"
)


def spell_initials(text: str, _variety: Variety) -> str:
    """``U.S.`` is U S, ``J. R. Marsh`` J R Marsh, ``R&D`` R and D, ``Ph.D.`` P H D."""
    text = AMPERSAND.sub(lambda match: f"{spelled(match['a'])} and {spelled(match['b'])}", text)
    text = CAMEL.sub(lambda match: spelled(match.group().upper()), text)
    text = MIXED.sub(lambda match: f"{match['low']} {spelled(match['word'], match['s'] or '')}", text)
    if "." not in text:
        return DOCTOR.sub(_doctor, text)
    text = DOCTOR.sub(_doctor, text)
    text = DOTTED.sub(_dotted, text)
    text = LOWER_DOTTED.sub(lambda match: " ".join(match.group().replace(".", "")), text)
    return INITIAL.sub(lambda match: match["letter"] or match["last"], text)


def _doctor(match: re.Match[str]) -> str:
    return f"P H D{match.groupdict().get('s') or ''}" if match.group().startswith("P") else "M Phil"


def _dotted(match: re.Match[str]) -> str:
    printed = re.findall("[A-Z]", match["letters"])
    after = match.string[match.end() :]
    word = "".join(printed)
    ending = match["s"] or ""
    letters = word.capitalize() + ending if word in ACRONYMS else spelled(printed, ending)
    if match["letters"].endswith(" ") or re.match(r"[A-Z][a-z]", after):
        return f"{letters} "
    return letters


def say_capitals(text: str, _variety: Variety) -> str:
    """``FBI`` is F B I and ``NATO`` Nato; a headline in capitals is words, its initialisms kept."""
    text = LETTER.sub(rf"\g<name> A{SOUNDED}", text) if " A" in text else text
    if not CAPITALS.search(text):
        return text
    text = CONTRACTED.sub(lambda match: match.group().capitalize(), text)
    words = ANY_WORD.findall(text)
    capitals = [word for word in words if word.isupper()]
    shouted = len(capitals) >= 2 and len(capitals) >= 0.6 * len(words) and any(map(_is_word, capitals))

    def say(match: re.Match[str]) -> str:
        word, s = match["word"], match["s"] or ""
        if shouted and s == "’S":
            s = s.lower()
        if _spell(word, match, shouted=shouted):
            return spelled(word, s)
        small = len(word) < 4 and word.lower() in WORDS and word not in ACRONYMS
        return (word.lower() if small else SAID.get(word, word.capitalize())) + s

    text = CAPITALS.sub(say, text)
    return (
        re.sub(r"(?<=[a-z])(['’])([ST]|LL|RE|VE|D)\b", lambda m: m[1] + m[2].lower(), text)
        if shouted
        else text
    )


def _is_word(capitals: str) -> bool:
    return (capitals.lower() in WORDS and capitals not in SPELLED) or len(capitals) > 6


def _spell(word: str, match: re.Match[str], *, shouted: bool) -> bool:
    before = match.string[: match.start()]
    if word in ACRONYMS or (shouted and word in SHOUTED):
        return False
    if shouted and word in {"US", "WHO"}:
        return before.endswith("THE ") if word == "WHO" else not US_PRONOUN.search(before)
    if word in SPELLED:
        return True
    return word.lower() not in WORDS and not _sayable(word, shouted=shouted)


def _sayable(word: str, *, shouted: bool) -> bool:
    """Whether English could say it; a short one is initials unless it stands in a headline."""
    lower = word.lower()
    if len(word) <= 3:
        return False
    if len(word) < (5 if shouted else 6):
        return SAYABLE.fullmatch(lower) is not None
    return re.search("[aeiouy]", lower) is not None
