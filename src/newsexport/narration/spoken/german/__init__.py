"""German: its words, and what it says in a way of its own."""

from __future__ import annotations

import re
from functools import cache

from newsexport.narration.spoken.german.words import TONGUE
from newsexport.narration.spoken.rules import Rule, words
from newsexport.narration.spoken.shape import rules as row
from newsexport.narration.spoken.tongue import Tongue, full_year, roman

_DATIVE = re.compile(
    r"\b(?:am|im|vom|zum|dem|den|des|beim|ins|bis|ab|nach|diesem|jedem|seinem|ihrem|meinem|einem|unserem|"
    r"(?:in|an|auf|von|aus|mit|bei|nach|zu|unter|seit|vor|ab) (?:der|dieser|ihrer|seiner)|ihren|seinen|"
    r"(?:am|vom|zum|dem) \w+[.,]?)\s$",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\b(?:der|die|das|eine|ihre|seine|jede|diese|dieser|dieses|welche)\s$", re.IGNORECASE)
_NEUTER = re.compile(r"\b(?:ihr|sein|ein) $", re.IGNORECASE)
# After these a sentence begins, so the point before them was a full stop.
_BEGINS = (
    "Der|Die|Das|Ein|Eine|Es|Er|Sie|Wir|Ich|Im|In|Am|Und|Aber|Doch|Auch|Mit|Nach|Bei|Für|Von|Zu|Wie|Was|Wer|"
    "Dann|Danach"
)
DATE = re.compile(
    rf"(?<![\w.,])(?P<day>[0-3]?\d)\.\s?(?:(?P<until>(?:[-–]|bis|und|/)\s?)(?P<last>[0-3]?\d)\.\s?)?(?P<month>{TONGUE.month})"
    r"(?:\s(?P<year>[12]\d{3}))?(?!\w)"
)
FIGURES = re.compile(
    r"(?<![\w.,])(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.\s?(?P<year>[12]\d{3}|\d\d)(?![\w.]\d)"
)
SHORT = re.compile(
    r"(?:(?<=\b[aA]m\s)|(?<=[vzdVZ][oue]m\s)|(?<=\b[bB]is\s)|(?<=\b[sS]eit\s)|(?<=\b[aA]b\s)|(?<=,\s)|^)(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?!\d)"
)
ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])")
MONTH = re.compile(rf"(?<=\s)(?P<month>(?:{'|'.join(TONGUE.short_months)}))\.(?=\s\d{{4}}|\s*$)")
ORDINAL = re.compile(
    rf"(?<![\w.,])(?P<n>\d{{1,3}}(?:\.\d{{3}})?)\.(?=\s(?!(?:{_BEGINS})\b)[A-ZÄÖÜ][A-Za-zäöüß]|\s(?:bis|und)\s\d{{1,2}}\.|\s(?:und|oder)\s[a-z])"
)
NEUTER_NOUN = re.compile(
    r"\s(?:Jahrhundert|Tor|Spiel|Mal|Jahr|Quartal|Kind|Kapitel|Rennen|Viertel|Halbjahr)\b"
)
EACH = re.compile(r"(?P<before>\bjede[rsnm])\s(?P<n>\d{1,3})\.(?=[;,:.!?]|$)")
FEMININE_NOUN = re.compile(
    r"\s(?:\w*[Ll]iga|Runde|Etage|Klasse|Auflage|\w*[Hh]älfte|Halbzeit|Reihe|Kammer|Stufe|Sitzung|Woche|Stelle|Ausgabe|"
    r"Mannschaft|Sinfonie|Symphonie|Minute|Stunde|Etappe|Folge|Staffel|Instanz|Lesung|Generation|Republik|Welle|Armee|"
    r"Division|Novelle|Strophe|Zeile|Spalte|Partie|Strafkammer|Amtszeit|Fassung|Stufe|Saison|Impfung|Dosis)\b"
)
RUN = re.compile(r"(?<![\w.,:])(?P<m>\d{1,2}):(?P<s>[0-5]\d,\d{1,3})(?:\s?(?:Min\.|Minuten|min\b))?(?![\w:])")
STOPWATCH = re.compile(
    r"(?<![\w.,:])(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?:\s(?:Std\.|Stunden|h\b))?(?![\w:])"
)
CLOCK = re.compile(
    r"(?<![\w.,:])(?P<h>[012]?\d)(?:[.:](?P<m>[0-5]\d))?(?:\s?[-–]\s?(?P<h2>[012]?\d)(?:[.:](?P<m2>[0-5]\d))?)?\s?Uhr\b"
)
BARE_CLOCK = re.compile(r"(?<![\w.,:])(?P<h>[012]?\d):(?P<m>[0-5]\d)(?![\w:])(?!\s(?:gegen|Sieg|Niederlage))")
DECADE = re.compile(r"\b(?P<n>(?:1[0-9]|20)?\d\d)er[ -]?(?=n?\b|\s?Jahre)")
SPAN = re.compile(
    r"(?<![\w.,/])(?P<a>1[1-9]\d\d|20\d\d)\s?(?P<mark>[-–/])\s?(?P<b>1[1-9]\d\d|20\d\d|\d\d)(?![\w./])"
)
YEAR = re.compile(
    r"(?<![\w.,])(?P<n>1[1-9]\d\d)(?![\w]|[.,]\d|\s?(?:Menschen|Euro|Personen|Meter|Kilometer|Mitarbeiter|Stellen|Dollar|Prozent|Tonnen|Soldaten|Wohnungen|Gäste|€|km|m\b))"
)
KING = re.compile(
    r"\b(?P<name>[A-ZÄÖÜ][a-zäöüß]+)\s(?P<n>[IVX]+)\.?(?=\s[a-zäöü]|\s[A-ZÄÖÜ][a-zäöüß]|[,;:!?]|\s*$)"
)
CHAPTER = re.compile(
    r"\b(?P<name>Kapitel|Akt|Teil|Band|Artikel|Abschnitt|Weltkrieg|Apollo|Super Bowl|Phase|Klasse|Stufe)\s"
    r"(?P<n>[IVXL]+)\b"
)
KINGS = words(
    """Karl Ludwig Friedrich Wilhelm Heinrich Otto Franz Johann Johannes Paul Pius Leo Benedikt Georg
    Philipp Ferdinand Katharina Elisabeth Margrethe Carl Gustaf Albert Leopold Maximilian Nikolaus
    Alexander Peter Iwan Napoleon Franziskus Gregor Innozenz Clemens Urban Joseph Rudolf Konrad
    Christian Harald Charles Felipe Juan Willem Baudouin Albrecht August Augustus Ernst Eduard Jakob
    Richard Viktor Emanuel Umberto Xaver Sixtus Maria"""
)
PHONE = re.compile(r"(?:(?<=Telefon\s)|(?<![\w.,])(?=\(?0\d{2,4}\)?[\s/-]|\+))[+(]?\d[\d\s/()-]{5,}\d")


def year(value: int) -> str:
    """``neunzehnhundertneunundachtzig``, from 1100 to 1999; else as an amount."""
    if 1100 <= value <= 1999:
        century, rest = divmod(value, 100)
        return f"{TONGUE.cardinal(century)}hundert{TONGUE.cardinal(rest) if rest else ''}"
    return TONGUE.cardinal(value)


def stem(value: int) -> str:
    """The ordinal without its ending: ``dritt``, ``einundzwanzigst``."""
    irregular = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
    if value in irregular:
        return irregular[value]
    if value % 100 in irregular and value > 100:
        return TONGUE.cardinal(value - value % 100) + irregular[value % 100]
    return TONGUE.cardinal(value) + ("t" if 0 < value % 100 < 20 else "st")


def _ending(before: str) -> str:
    if _WEAK.search(before) and not _DATIVE.search(before):
        return "e"
    if _DATIVE.search(before):
        return "en"
    return "es" if _NEUTER.search(before) else "er"


COMPOUND = re.compile(
    r"(?<![\w.,])(?P<n>\d{1,3}(?:\.\d{3})+|\d{1,4})-?(?P<rest>(?:[Jj]ährig|prozentig|[Tt]ägig|stündig|minütig|wöchig|monatig|köpfig|stellig|"
    r"stöckig|teilig|fach|malig|mal\b|seitig|einhalb)\w*)"
)
PERCENT = re.compile(r"(?<=\d)\s?%-?(?=ig)")
HALF = re.compile(r"(?<=\d)(?:\s?½| 1/2(?![\d/]))")
# Numbers that count as names: after these one is "eins".
LABEL = re.compile(
    r"\b(?P<noun>Artikel|Nummer|Paragraf|Platz|Seite|Kapitel|Absatz|Formel|Band|Teil|Punkt|Liga|Gruppe)\s1(?![\d.,])"
)
WAR = re.compile(r"\b(?P<n>I{1,3})\.\s(?=Weltkrieg|Liga|Programm|Quartal)")


def say_compounds(text: str, tongue: Tongue) -> str:
    """``35-jährig`` and ``10%ig`` are one word; ``2½`` is zweieinhalb."""
    text = HALF.sub("-einhalb", PERCENT.sub("-prozent", text))
    text = re.sub(r"(?<=\d)-prozentig", "-prozentig", text)

    def compound(match: re.Match[str]) -> str:
        number = tongue.number(match["n"], before="jährig")
        said = f"{number}{match['rest'].lower()}"
        return said if match["rest"][0].islower() else said.capitalize()

    text = LABEL.sub(r"\g<noun> eins", text)
    return COMPOUND.sub(compound, text)


def say_dates(text: str, tongue: Tongue) -> str:
    """``am 3. November`` is am dritten November, alone dritter; ``03.11.2026`` names the month."""

    def date(match: re.Match[str]) -> str:
        ending = _ending(match.string[: match.start()])
        last = ""
        if match["until"]:
            link = "und" if "und" in match["until"] else "bis"
            last = f" {link} {stem(int(match['last']))}{'en' if ending != 'e' else 'e'}"
        named = f" {year(int(match['year']))}" if match["year"] else ""
        return f"{stem(int(match['day']))}{ending}{last} {tongue.month_name(match['month'])}{named}"

    def figures(match: re.Match[str]) -> str:
        day, month = int(match["day"]), int(match["month"])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match.group()
        printed = match.groupdict().get("year") or ""
        full = f" {year(full_year(printed))}" if printed else ""
        return f"{stem(day)}{_ending(match.string[: match.start()])} {tongue.months[month - 1]}{full}"

    text = DATE.sub(date, text)
    for pattern in (FIGURES, ISO, SHORT):
        text = pattern.sub(figures, text)
    return MONTH.sub(lambda match: tongue.month_name(match["month"]), text)


def say_times(text: str, tongue: Tongue) -> str:
    """``19.30 Uhr`` is neunzehn Uhr dreißig."""

    def hour(figures: str) -> str:
        return "ein" if int(figures) == 1 else tongue.cardinal(int(figures))

    def minutes(figures: str | None) -> str:
        return f" {tongue.cardinal(int(figures))}" if figures and figures != "00" else ""

    def clock(match: re.Match[str]) -> str:
        if match["h2"]:
            first = f"{hour(match['h'])} Uhr{minutes(match['m'])}" if match["m"] else hour(match["h"])
            return f"{first} bis {hour(match['h2'])} Uhr{minutes(match['m2'])}"
        return f"{hour(match['h'])} Uhr{minutes(match['m'])}"

    def stopwatch(match: re.Match[str]) -> str:
        parts = [
            f"{tongue.number(str(int(match[key])), before=one)} {one if int(match[key]) == 1 else one + 'n'}"
            for key, one in (("h", "Stunde"), ("m", "Minute"), ("s", "Sekunde"))
            if int(match[key])
        ]
        return " ".join(parts)

    def run(match: re.Match[str]) -> str:
        minutes = (
            f"{tongue.number(match['m'], before='Minute')} {'Minute' if match['m'] == '1' else 'Minuten'}"
        )
        return f"{minutes} {tongue.number(match['s'].lstrip('0') or '0')} Sekunden"

    text = RUN.sub(run, text)
    text = CLOCK.sub(clock, STOPWATCH.sub(stopwatch, text))
    return BARE_CLOCK.sub(lambda match: f"{hour(match['h'])} Uhr{minutes(match['m'])}", text)


def say_years(text: str, tongue: Tongue) -> str:
    """``1989`` is neunzehnhundertneunundachtzig, ``die 90er`` die neunziger."""

    def decade(match: re.Match[str]) -> str:
        tail = " " if match.group().endswith((" ", "-")) else ""
        return f"{year(int(match['n']))}er{tail}"

    def span(match: re.Match[str]) -> str:
        first, last = int(match["a"]), int(match["b"])
        if last < 100 and match["mark"] == "/":
            return (
                f"{year(first)} {tongue.cardinal(last)}"
                if last > 9
                else f"{year(first)} {year(first // 100 * 100 + last)}"
            )
        if last < 100 < first and last > first % 100:
            return f"{year(first)} bis {tongue.cardinal(last)}"
        return f"{year(first)} bis {year(last)}" if last > first else match.group()

    text = SPAN.sub(span, DECADE.sub(decade, text))
    return YEAR.sub(lambda match: year(int(match["n"])), text)


def say_ordinals(text: str, _tongue: Tongue) -> str:
    """``im 21. Jahrhundert``, ``der 2. Platz``: the point makes the ordinal, the word before its ending."""

    def nth(match: re.Match[str]) -> str:
        ending = _ending(match.string[: match.start()])
        after = match.string[match.end() :]
        if ending == "er":
            ending = "es" if NEUTER_NOUN.match(after) else "e" if FEMININE_NOUN.match(after) else ending
        return stem(int(match["n"].replace(".", ""))) + ending

    text = EACH.sub(
        lambda match: (
            f"{match['before']} {stem(int(match['n']))}{'e' if match['before'].endswith('r') else 'en'}"
        ),
        text,
    )
    return ORDINAL.sub(nth, text)


def say_roman_numerals(text: str, tongue: Tongue) -> str:
    """``Ludwig XIV.`` is der Vierzehnte; ``Kapitel IV`` vier."""

    def king(match: re.Match[str]) -> str:
        value = roman(match["n"])
        sure = match["name"] in KINGS or (len(match["n"]) > 1 and match.group().endswith("."))
        if value is None or not sure:
            return match.group()
        return f"{match['name']} der {stem(value).capitalize()}e"

    def chapter(match: re.Match[str]) -> str:
        value = roman(match["n"])
        return f"{match['name']} {tongue.cardinal(value)}" if value else match.group()

    def war(match: re.Match[str]) -> str:
        return f"{stem(len(match['n'])).capitalize()}{_ending(match.string[: match.start()])} "

    return KING.sub(king, CHAPTER.sub(chapter, WAR.sub(war, text)))


def say_telephones(text: str, tongue: Tongue) -> str:
    """A telephone number is said figure by figure."""

    def phone(match: re.Match[str]) -> str:
        plus = "plus " if match.group().startswith("+") else ""
        return plus + " ".join(tongue.cardinal(int(figure)) for figure in match.group() if figure.isdigit())

    return PHONE.sub(phone, text)


@cache
def rules(_language: str) -> tuple[Rule, ...]:
    """The whole row of German."""
    duden = "Duden, Schreibung von Zahlen und Daten; DIN 5008"
    own = (
        (say_telephones, "DIN 5008"),
        (say_compounds, duden),
        (say_dates, duden),
        (say_times, duden),
        (say_roman_numerals, "Duden, römische Zahlzeichen"),
        (say_ordinals, duden),
        (say_years, duden),
    )
    return row(TONGUE, own)
