"""Rulers and saints in German, whose number and title take the case of the sentence."""

from __future__ import annotations

import re

from spokenform.language import Tongue, roman
from spokenform.languages.de.endings import ending, stem
from spokenform.rules import words

KINGS = words(
    """Karl Ludwig Friedrich Wilhelm Heinrich Otto Franz Johann Johannes Paul Pius Leo Benedikt Georg
    Philipp Philippe Ferdinand Carl Gustaf Gustav Albert Leopold Maximilian Nikolaus Alexander Peter Iwan
    Napoleon Franziskus Gregor Innozenz Clemens Urban Joseph Josef Rudolf Konrad Christian Harald Charles
    Felipe Juan Carlos Willem Baudouin Albrecht August Augustus Ernst Eduard Jakob Richard Viktor Emanuel
    Umberto Xaver Sixtus Frederik Haakon Olav Hussein Abdullah Mohammed Hassan Faruk Ramses Dareios Georgios
    Julius Hadrian Coelestin Stephan Sigismund Ottokar Adolf Waldemar Knut Erik Olaf Alfons Manuel Pedro
    Antiochos Ptolemaios Ptolemäus Mithridates Murad Selim Mehmed Süleyman Abdülhamid Rama"""
)
QUEENS = words(
    """Elisabeth Elizabeth Margrethe Margarethe Katharina Maria Beatrix Wilhelmina Juliana Viktoria Victoria
    Christina Isabella Anna Johanna Mary Kleopatra Ulrika Eleonore Zita Berenike Silvia"""
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


def say_rulers(text: str, _tongue: Tongue) -> str:
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


def say_saints(text: str, _tongue: Tongue) -> str:
    """``Hl. Geist`` is Heiliger Geist, ``der Hl. Stuhl`` der Heilige Stuhl, ``zum hl. Paul`` heiligen."""

    def saint(match: re.Match[str]) -> str:
        end = ending(match.string[: match.start()])
        if end == "er":
            end = "e" if _HER.match(match["noun"]) else "es" if _ITS.match(match["noun"]) else end
        return f"{match.group()[0]}eilig{end} "

    return SAINT.sub(saint, SAINTS.sub("Heiligen", text))
