"""One and a half of something in German: they agree with the noun, and one with its preposition."""

from __future__ import annotations

import re

from spokenform.language import Tongue
from spokenform.rules import words

NEUTER = words(
    """Jahr Dutzend Kilo Kilogramm Prozent Pfund Spiel Tor Mal Jahrhundert Jahrzehnt Grad Megawatt Kilowatt
    Gramm Kind Mädchen Drittel Viertel Promille Haus Auto Land Tier"""
)
MASCULINE = words(
    """Euro Dollar Cent Franken Tag Monat Meter Kilometer Zentimeter Millimeter Liter Hektar Punkt Zähler Mann
    Platz Hektoliter Quadratmeter Quadratkilometer Kubikmeter Millimeter Sieg Treffer Schritt Kandidat"""
)
SIGNS = {"€": "Euro", "$": "Dollar", "%": "Prozent"}
_NOUN = r"(?=(?P<noun>[A-ZÄÖÜ][a-zäöüß]+|[€$%]))"
HALF = re.compile(
    r"(?<![\w.,/]\s)(?<![\w.,/])(?P<before>(?:\b(?:eine?[mnrs]?|der|die|das)\s)?)(?:½|1/2)\s?" + _NOUN
)
DATIVE = re.compile(
    r"(?P<before>\b(?:mit|von|bei|nach|aus|zu|seit|vor|in|Mit|Von|Bei|Nach|Vor|In)\s)1\s?" + _NOUN
)
ACCUSATIVE = re.compile(r"(?P<before>\b(?:für|um|ohne|gegen|durch|kostet|Für|Um)\s)1\s?" + _NOUN)


def say_halves(text: str, tongue: Tongue) -> str:
    """``1/2 Stunde`` is eine halbe Stunde, ``mit 1 Stimme`` mit einer, ``für 1 Euro`` für einen."""

    def gender(match: re.Match[str]) -> str:
        noun = SIGNS.get(match["noun"], match["noun"])
        if tongue.is_feminine(noun):
            return "f"
        return "n" if noun in NEUTER else "m" if noun in MASCULINE else ""

    def half(match: re.Match[str]) -> str:
        said = {"f": "eine halbe", "n": "ein halbes", "m": "ein halber"}.get(gender(match))
        if match["before"]:
            said = match["before"] + {"f": "halbe", "n": "halbe"}.get(gender(match), "halben")
        return f"{said} " if said else match.group()

    def dative(match: re.Match[str]) -> str:
        one = {"f": "einer", "n": "einem", "m": "einem"}.get(gender(match), "1")
        return f"{match['before']}{one} "

    def accusative(match: re.Match[str]) -> str:
        return f"{match['before']}{'einen' if gender(match) == 'm' else '1'} "

    return ACCUSATIVE.sub(accusative, DATIVE.sub(dative, HALF.sub(half, text)))
