"""What agrees with nouns and prepositions in German: ordinals, halves, one, rulers and saints."""

from __future__ import annotations

import re

from spokenform import numerals
from spokenform.language import Language, roman
from spokenform.languages.de.words import LANGUAGE
from spokenform.word_lists import words

BEFORE_DATIVE = re.compile(
    r"\b(?:am|im|vom|zum|dem|den|des|beim|ins|bis|ab|nach|seit|diesem|jedem|seinem|ihrem|meinem|einem|unserem|"
    r"(?:in|an|auf|von|aus|mit|bei|nach|zu|unter|seit|vor|ab) (?:der|dieser|ihrer|seiner)|ihren|seinen|"
    r"(?:am|vom|zum|dem) \w+[.,]?)\s$",
    re.IGNORECASE,
)
BEFORE_WEAK = re.compile(
    r"\b(?:der|die|das|eine|ihre|seine|jede[rs]?|diese|dieser|dieses|welche)\s$", re.IGNORECASE
)
BEFORE_NEUTER = re.compile(r"\b(?:ihr|sein|ein) $", re.IGNORECASE)


# "am ersten Mai und dritten Oktober"
WITH_ANOTHER = re.compile(
    r"(?:(?:\w+t(e[nr]?)|\b\d{1,2}\.) [A-ZÄ]\w+|\b\d{1,2}\.\d{1,2}\.) (?:und|oder|bis) $"
)
# The second of two ordinals has the ending of the first: "im 18. und 19. Jahrhundert".
BESIDE = re.compile(r"(?:\d{1,3}\.,?\s(?:und|oder|bis|sowie)\s)+$")


def stem(value: int) -> str:
    """The ordinal without its ending: ``dritt``, ``einundzwanzigst``."""
    return numerals.ordinal(value, LANGUAGE.tag)[:-1]


def ending(before: str) -> str:
    """The ending of an ordinal or an adjective, from the words before it: e, en, es or er."""
    if other := WITH_ANOTHER.search(before):
        return other[1] or ending(before[: other.start()])
    before = BESIDE.sub("", before)
    if BEFORE_WEAK.search(before) and not BEFORE_DATIVE.search(before):
        return "e"
    if BEFORE_DATIVE.search(before):
        return "en"
    return "es" if BEFORE_NEUTER.search(before) else "er"


KINGS = words(
    """Karl Ludwig Friedrich Wilhelm Heinrich Otto Franz Johann Johannes Paul Pius Leo Benedikt Georg
    Philipp Philippe Ferdinand Carl Gustaf Gustav Albert Leopold Maximilian Nikolaus Alexander Peter Iwan
    Napoleon Franziskus Gregor Innozenz Clemens Urban Joseph Josef Rudolf Konrad Christian Harald Charles
    Felipe Juan Carlos Willem Baudouin Albrecht August Augustus Ernst Eduard Jakob Richard Viktor Emanuel
    Umberto Xaver Sixtus Frederik Haakon Olav Hussein Abdullah Mohammed Hassan Faruk Ramses Dareios
    Georgios Julius Hadrian Coelestin Stephan Sigismund Ottokar Adolf Waldemar Knut Erik Olaf Alfons Manuel
    Pedro Antiochos Ptolemaios Ptolemäus Mithridates Murad Selim Mehmed Süleyman Abdülhamid Rama"""
)
QUEENS = words(
    """Elisabeth Elizabeth Margrethe Margarethe Katharina Maria Beatrix Wilhelmina Juliana Viktoria
    Victoria Christina Isabella Anna Johanna Mary Kleopatra Ulrika Eleonore Zita Berenike Silvia"""
)
_MEN = (
    "König|Kaiser|Papst|Zar|Großherzog|Erzherzog|Herzog|Fürst|Kurfürst|Prinz|Graf|Sultan|Schah|Pharao|Kalif|Emir|"
    "Bischof|Patriarch"
)
_WOMEN = r"Königin|Kaiserin|Zarin|Großherzogin|Herzogin|Fürstin|Kurfürstin|Prinzessin|Gräfin|Pharaonin"
_TITLE = rf"(?:(?:{_WOMEN}|{_MEN})(?:s|es|en)?|Queen|King|Ihr\w*|Sein\w*)\s"
_NAME = rf"(?:{'|'.join(sorted(KINGS | QUEENS))})"
RULER = re.compile(
    rf"\b(?P<name>{_NAME}|[A-ZÄÖÜ][a-zäöüß]+?)(?P<own>s?'?)\s(?P<n>[IVX]+)\.?"
    rf"(?=\s[a-zäöü]|\s[A-ZÄÖÜ][a-zäöüß]|[,;:!?)]|\s*$|[\"“»–-])"
)
# What stands between a preposition and the name: a title, other names, rulers joined by *und*.
_BETWEEN = (
    rf"(?:(?:{_TITLE})?(?:{_NAME}[\s-])*"
    rf"(?:{_NAME}\s(?:[IVX]+\.|d\w+ \w+),?\sund\s(?:{_TITLE})?)*(?:{_NAME}[\s-])*)"
)
_DATIVE = re.compile(
    rf"\b(?:von|mit|zu|bei|nach|seit|aus|unter|gegenüber|vor|neben|hinter|samt|nebst|dank|wegen|trotz|während|"
    rf"dem|vom|zum|beim|im|am|zur|diesem|einem|"
    rf"(?:Kritik|Mord|Attentat|Anschlag|Verrat|Zweifeln?|Interesse) (?:an|auf))\s{_BETWEEN}$",
    re.IGNORECASE,
)
_ACCUSATIVE = re.compile(rf"\b(?:für|gegen|durch|ohne|um|über|auf|an|den)\s{_BETWEEN}$", re.IGNORECASE)
_GENITIVE = re.compile(rf"\b(?:des|dieses|eines)\s{_BETWEEN}$|\b(?:{_MEN})e?s\s$")
_HERS = re.compile(rf"\b(?:der|dieser|einer|ihrer)\s(?:{_WOMEN})\s(?:{_NAME}[\s-])*$")
_TITLED = re.compile(rf"\b(?:(?P<hers>{_WOMEN})|{_MEN})\s$")
ARTICLES = {"nominative": "der", "accusative": "den", "dative": "dem", "genitive": "des"}


def say_rulers(text: str, _language: Language) -> str:
    """``Ludwig XIV.`` is der Vierzehnte, ``Elisabeth II.`` die Zweite, ``von Karl V.`` dem Fünften."""

    def ruler(match: re.Match[str]) -> str:
        value = roman(match["n"])
        name, own = match["name"], match["own"]
        before = match.string[: match.start()]
        titled = _TITLED.search(before)
        known = name in KINGS or name in QUEENS or titled is not None
        sure = match.group().endswith(".") and match.end() < len(match.string)  # or it ends the sentence
        if value is None or not (known or (len(match["n"]) > 1 and sure)):
            return match.group()
        if own and not known:
            name, own = name + own, ""
        case = "genitive" if own else _case(before)
        number = stem(value).capitalize()
        if name in QUEENS or (titled and titled["hers"]):
            oblique = case in {"dative", "genitive"}
            said = f"der {number}en" if oblique else f"die {number}e"
        else:
            said = f"{ARTICLES[case]} {number}{'e' if case == 'nominative' else 'en'}"
        return f"{name}{own} {said}"

    return RULER.sub(ruler, text)


def _case(before: str) -> str:
    """The case that an article or a preposition before the name asks for; else the nominative."""
    if _GENITIVE.search(before):
        return "genitive"
    if _DATIVE.search(before) or _HERS.search(before):
        return "dative"
    return "accusative" if _ACCUSATIVE.search(before) else "nominative"


SAINT = re.compile(r"\b[Hh]l\.\s(?=(?P<noun>[A-ZÄÖÜ][\wäöüß]+))")
SAINTS = re.compile(r"\b[Hh]ll\.")
_HER = re.compile(
    r"(?:\w+(?:ia|na|ra|ta|la|tha|ea)|Elisabeth|Gertrud|Hildegard|Walburg|\w*(?:[Mm]esse|[Ff]amilie|[Ss]chrift|"
    r"[Nn]acht|[Ss]tadt|[Kk]irche|[Jj]ungfrau|[Ww]oche|[Kk]ommunion|[Tt]aufe|[Ss]tätte))$"
)
_ITS = re.compile(r"(?:Land|Grab|Jahr|Abendmahl|Kreuz|Feuer|Köln|Römisches|Haus|Blut|Herz|Offizium)$")


def say_saints(text: str, _language: Language) -> str:
    """``Hl. Geist`` is Heiliger Geist, ``der Hl. Stuhl`` der Heilige Stuhl, ``zum hl. Paul`` heiligen."""

    def saint(match: re.Match[str]) -> str:
        end = ending(match.string[: match.start()])
        if end == "er":
            end = "e" if _HER.match(match["noun"]) else "es" if _ITS.match(match["noun"]) else end
        return f"{match.group()[0]}eilig{end} "

    return SAINT.sub(saint, SAINTS.sub("Heiligen", text))


NEUTER = words(
    """Jahr Dutzend Kilo Kilogramm Prozent Pfund Spiel Tor Mal Jahrhundert Jahrzehnt Grad Megawatt Kilowatt
    Gramm Kind Mädchen Drittel Viertel Promille Haus Auto Land Tier"""
)
MASCULINE = words(
    """Euro Dollar Cent Franken Tag Monat Meter Kilometer Zentimeter Millimeter Liter Hektar Punkt Zähler
    Mann Platz Hektoliter Quadratmeter Quadratkilometer Kubikmeter Millimeter Sieg Treffer Schritt Kandidat
    Teelöffel Esslöffel Sohn Bruder Vater Hund Fall Fehler Punkt Grund Antrag Vertrag Preis Titel Film Brief
    Toter Verletzter Elfmeter Sitz Wagen Zug Bus Stern Schlüssel Kaffee Apfel Arzt
    Lehrer Schüler Spieler Gegner"""
)
SIGNS = {"€": "Euro", "$": "Dollar", "%": "Prozent"}
_NOUN = r"(?=(?P<noun>[A-ZÄÖÜ][a-zäöüß]+|[€$%]))"
HALF = re.compile(
    r"(?<![\d/]\s)(?<![\w.,/])(?P<before>(?:\b(?:eine?[mnrs]?|der|die|das)\s)?)(?:½|1/2)\s?" + _NOUN
)
DATIVE = re.compile(
    r"(?P<before>\b(?:mit|von|bei|nach|aus|zu|seit|vor|in|Mit|Von|Bei|Nach|Vor|In)\s)1\s?" + _NOUN
)
GENITIVE = re.compile(r"(?P<before>\b(?:[Ww]egen|[Ww]ährend|[Tt]rotz|[Ss]tatt)\s)1\s?" + _NOUN)
ACCUSATIVE = re.compile(
    r"(?P<before>\b(?:für|um|ohne|gegen|durch|kostet|Für|Um|hat|haben|hatten?|bekam|bekommt|erhielt|braucht|gab|gibt|sah|fordert)\s)1\s?"
    + _NOUN
)


def say_halves(text: str, language: Language) -> str:
    """``1/2 Stunde`` is eine halbe Stunde, ``mit 1 Stimme`` mit einer, ``für 1 Euro`` für einen."""

    def gender(match: re.Match[str]) -> str:
        noun = SIGNS.get(match["noun"], match["noun"])
        if language.is_feminine(noun):
            return "f"
        return "n" if noun in NEUTER else "m" if noun in MASCULINE else ""

    def half(match: re.Match[str]) -> str:
        said = {"f": "eine halbe", "n": "ein halbes", "m": "ein halber"}.get(gender(match))
        if match["before"]:
            said = match["before"] + {"f": "halbe", "n": "halbe"}.get(gender(match), "halben")
        return f"{said} " if said else match.group()

    def dative(match: re.Match[str]) -> str:
        return f"{match['before']}{'einer' if gender(match) == 'f' else 'einem'} "

    def accusative(match: re.Match[str]) -> str:
        return f"{match['before']}{'einen' if gender(match) == 'm' else '1'} "

    def genitive(match: re.Match[str]) -> str:
        return f"{match['before']}{'einer' if gender(match) == 'f' else 'eines'} "

    text = GENITIVE.sub(genitive, text)
    return ACCUSATIVE.sub(accusative, DATIVE.sub(dative, HALF.sub(half, text)))
