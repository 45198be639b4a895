"""German: its words, and what it says in a way of its own."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.common_rules import COMMON, say_chapters, say_other_numerals
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import Language, full_year, roman
from spokenform.languages.de.agreement import ending, say_halves, say_rulers, say_saints, stem
from spokenform.languages.de.words import LANGUAGE
from spokenform.rewriting import Rule

# After these a sentence begins, so the point before them was a full stop.
_BEGINS = (
    "Der|Die|Das|Ein|Eine|Es|Er|Sie|Wir|Ich|Im|In|Am|Und|Aber|Doch|Auch|Mit|Nach|Bei|Für|Von|Zu|Wie|Was|Wer|"
    "Dann|Danach"
)
DATE = re.compile(
    rf"(?<![\w.,])(?P<day>[0-3]?\d)\.\s?(?:(?P<until>(?:[-–]|bis|und|/)\s?)(?P<last>[0-3]?\d)\.\s?)?(?P<month>{LANGUAGE.month})"
    r"(?:\s(?P<year>[12]\d{3}))?(?!\w)"
)
FIGURES = re.compile(
    r"(?<![\w.,])(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.\s?(?P<year>[12]\d{3}|\d\d)(?![\w.]\d)"
)
SHORT = re.compile(
    r"(?:(?<=\b[aA]m\s)|(?<=[vzdVZ][oue]m\s)|(?<=tag\s)|(?<=woch\s)|(?<=\b[bB]is\s)|(?<=\b[sS]eit\s)|(?<=\b[aA]b\s)|(?<=\bund\s)|(?<=\boder\s)|(?<=,\s)|^)(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?!\d)"
)
ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])")
MONTH = re.compile(
    rf"(?<!\S)(?P<month>(?:{'|'.join(LANGUAGE.short_months)}))\.(?=\s\d{{4}}|\s*$|\s?[-–]\s?[A-Z]|\s(?:bis|und)\s)"
)
# "am Samstag, 5. Dezember" is "am Samstag, dem fünften Dezember".
ON_DAY = re.compile(r"(?P<day>\b[aA]m (?:\w+tag|\w+woch|\w+abend)),\s(?=[0-3]?\d\.\s?(?:[01]?\d\.|[A-ZÄ]))")
# "seit 1. Juli" is "seit dem ersten Juli".
SINCE = re.compile(
    rf"\b(?P<since>[Ss]eit|[Aa]b|[Vv]or|[Nn]ach)\s(?=[0-3]?\d\.\s?(?:[01]?\d\.|{LANGUAGE.month}))"
)
MONTHS = re.compile(rf"\b(?P<month>{LANGUAGE.month})\s?[-–]\s?(?={LANGUAGE.month}(?!\w))")
ORDINAL = re.compile(
    rf"(?<![\w.,])(?P<n>1000|\d{{1,3}}(?:\.\d{{3}})?)\.(?=\s(?!(?:{_BEGINS})\b)[A-ZÄÖÜ][A-Za-zäöüß]|\s(?:bis|und)\s(?:zum\s|der\s|dem\s)?\d{{1,2}}\.|\s(?:und|oder)\s[a-z]|\sbis\s(?:zum\s)?[a-zäöüß]+ten\b)"
)
NEUTER_NOUN = re.compile(
    r"\s(?:Jahrhundert|Tor|Spiel|Mal|Jahr|Quartal|Kind|Kapitel|Rennen|Viertel|Halbjahr|Obergeschoss|Untergeschoss|Gebot|Konzil)\b"
)
# "in der 90.+3 Minute"; and an ordinal that is all there is.
ADDED = re.compile(r"(?<![\w.,(])(?P<n>\d{1,3})\.\s?\+\s?(?P<more>\d{1,2})(?=\.?\s)")
PLACED = re.compile(
    r"(?:(?<=\bals\s)|(?<=\b(?:der|die|das|dem|den|zum|zur|vom)\s)|(?<=\b[ia]m\s))"
    r"(?P<n>\d{1,3})\.(?=[,;:)]|\s(?!(?:und|oder|bis|sowie)\b)[a-zäöü]|$)"
)
LISTED = re.compile(r"^(?P<n>\d{1,4})\.$")
EACH = re.compile(r"(?P<before>\b[Jj]ede[rsnm])\s(?P<n>\d{1,3})\.(?=[;,:.!?)]|$|\s[a-zäöü])")
FEMININE_NOUN = re.compile(
    r"\s(?:\w*[Ll]iga|Runde|Etage|Klasse|Auflage|\w*[Hh]älfte|Halbzeit|Reihe|Kammer|Stufe|Sitzung|Woche|Stelle|Ausgabe|"
    r"Mannschaft|Sinfonie|Symphonie|Minute|Stunde|Etappe|Folge|Staffel|Instanz|Lesung|Generation|Republik|Welle|Armee|"
    r"Division|Novelle|Strophe|Zeile|Spalte|Partie|Strafkammer|Amtszeit|Fassung|Stufe|Saison|Impfung|Dosis)\b"
)
RUN = re.compile(
    r"(?<![\w.,:])(?P<m>\d{1,2}):(?P<s>[0-5]\d[.,]\d{1,3})(?:\s?(?:Min\.|Minuten|min\b))?(?![\w:])"
)
STOPWATCH = re.compile(
    r"(?<![\w.,:])(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?:\s(?:Std\.|Stunden|h\b)|(?P<clock>\sUhr\b))?(?![\w:])"
)
LASTED = re.compile(r"(?<![\w.,:])(?P<h>\d{1,2}):(?P<m>[0-5]\d)\s(?:Std\.|Stunden)(?P<s>)(?P<clock>)")
AFTER = re.compile(r"\b(?:nach|mit|von|in|bei|zu|vor|seit|aus|unter)\s$")
CLOCK = re.compile(
    r"(?<![\w.,:])(?P<h>[012]?\d)(?:[.:](?P<m>[0-5]\d))?(?:\s?[-–]\s?(?P<h2>[012]?\d)(?:[.:](?P<m2>[0-5]\d))?)?\s?(?:Uhr\b|(?<=:\d\d)\sh\b)"
)
BARE_CLOCK = re.compile(
    r"(?<![\w.,:])(?P<h>[012]?\d):(?P<m>[0-5]\d)(?![\w:])(?!\s(?:gegen|Sieg|Niederlage|Erfolg|Heimsieg|Auswärtssieg))"
)
# A result, where the time of day would be no time or somebody won.
SETS = re.compile(r"(?<![\w.,:])\d{1,3}:\d{1,3}(?:,?(?:\sund)?\s\(?\d{1,3}:\d{1,3}\)?)+(?![\w:])")
WON = re.compile(
    r"\b(?:gewann\w*|gew[io]nn\w*|sieg\w*|besieg\w*|verl[oi]r\w*|verloren|unterl[ai]g\w*|schl[uaä]g\w*|führ\w+|Endstand|Ergebnis|"
    r"trenn\w+|bezw\w+)\b(?:[^.;:]|(?<=\d):(?=\d))*(?<!\bum)(?<!\bab)(?<!\bseit)(?<!\bgegen)(?<!\bbis)\s\(?$"
)
DECADE = re.compile(r"\b(?P<n>(?:1[0-9]|20)?\d\d|[1-9])er[ -]?(?=n?\b|\s?Jahre)")
SPAN = re.compile(
    r"(?<![\w.,/])(?P<a>1[1-9]\d\d|20\d\d)\s?(?P<mark>[-–/])\s?(?P<b>1[1-9]\d\d|20\d\d|\d\d)(?![\w./])"
)
YEAR = re.compile(
    r"(?<![\w.,])(?P<n>1[1-9]\d\d)(?![\w]|[.,]\d|\s?(?:Menschen|Euro|Personen|Meter|Kilometer|Mitarbeiter|Stellen|Dollar|Prozent|Tonnen|Soldaten|Wohnungen|Gäste|€|km|m\b))"
)
PHONE = re.compile(r"(?<=Telefon\s)[+(]?\d[\d\s/()-]{5,}\d")


def year(value: int) -> str:
    """``neunzehnhundertneunundachtzig``, from 1100 to 1999; else as an amount."""
    return numerals.year(value, LANGUAGE.tag)


COMPOUND = re.compile(
    r"(?<![\w.,])(?P<n>\d{1,3}(?:\.\d{3})+|\d{1,4})-?(?P<rest>(?:[Jj]ährig|prozentig|[Tt]ägig|stündig|minütig|wöchig|monatig|köpfig|stellig|"
    r"stöckig|teilig|[Ff]ach|malig|mal\b|seitig|einhalb)\w*)"
)
PERCENT = re.compile(r"(?<=\d)\s?%-?(?=ig)")
HALF = re.compile(r"(?<=\d)(?:\s?½| 1/2(?![\d/]))")
# Numbers that count as names: after these one is "eins".
LABEL = re.compile(
    r"(?P<noun>§|\b(?:[A-Z]{1,3}|Artikel|Nummer|Paragraf|Platz|Seite|Kapitel|Absatz|Formel|Band|Teil|Punkt|Liga|Gruppe|Gleis|Zimmer|Ligue|Serie|Tor|Level|Stufe|Phase|Klasse|Variante|Q|Halle|Block))\s1(?!\d|[.,:]\d|\.\s|\s?[-–/]\s?\d)"
)
LABELS = re.compile(
    r"\b(?P<noun>Artikel|Nummern?|Paragrafe?n?|Pl[aä]tze?|Seiten?|Kapitel|Absätze|Absatz|Gruppen?|Klassen?|Stufen?|Gleise?|Verse?|Folgen?)\s"
    r"(?P<first>\d{1,4})\s?[-–]\s?(?=\d{1,4}(?![\d:]))"
)
# "Ludwigs des XIV."
NTH = re.compile(r"(?<=\b(?:de[rmns]|die)\s)(?P<n>[IVX]+)\.(?:\s|$)")
WAR = re.compile(
    r"\b(?P<n>[IVX]+)\.\s(?=(?:Weltkrieg\w*|\w*[Ll]iga|Programm|Quartal|Halbjahr|Jahrhundert\w*|Internationalen?|Korps|Republik|"
    r"Vatikan\w*|Senat|Zivilsenat|Strafsenat|Abteilung|Hauptsatz|Teil|Akt|Kapitel|Abschnitt|Bezirk)\b)"
)


def say_compounds(text: str, language: Language) -> str:
    """``35-jährig`` and ``10%ig`` are one word; ``2½`` is zweieinhalb."""
    text = HALF.sub("-einhalb", PERCENT.sub("-prozent", text))
    text = re.sub(r"(?<=\d)-prozentig", "-prozentig", text)

    def compound(match: re.Match[str]) -> str:
        number = language.number(match["n"], before="jährig")
        said = f"{number}{match['rest'].lower()}"
        return said if match["rest"][0].islower() else said.capitalize()

    text = LABELS.sub(rf"\g<noun> \g<first> {language.until} ", text)
    text = LABEL.sub(r"\g<noun> eins", text)
    return COMPOUND.sub(compound, text)


def say_dates(text: str, language: Language) -> str:
    """``am 3. November`` is am dritten November, alone dritter; ``03.11.2026`` names the month."""

    def date(match: re.Match[str]) -> str:
        end = ending(match.string[: match.start()])
        last = ""
        if match["until"]:
            link = "und" if match["until"].startswith(("und", "/")) else "bis"
            last = f" {link} {stem(int(match['last']))}{end}"
        named = f" {year(int(match['year']))}" if match["year"] else ""
        return f"{stem(int(match['day']))}{end}{last} {language.month_name(match['month'])}{named}"

    def figures(match: re.Match[str]) -> str:
        day, month = int(match["day"]), int(match["month"])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match.group()
        printed = match.groupdict().get("year") or ""
        full = f" {year(full_year(printed))}" if printed else ""
        return f"{stem(day)}{ending(match.string[: match.start()])} {language.months[month - 1]}{full}"

    text = MONTHS.sub(lambda match: f"{language.month_name(match['month'])} bis ", text)
    text = SINCE.sub(r"\g<since> dem ", ON_DAY.sub(r"\g<day>, dem ", text))
    text = DATE.sub(date, text)
    for pattern in (FIGURES, ISO, SHORT):
        text = pattern.sub(figures, text)
    return MONTH.sub(lambda match: language.month_name(match["month"]), text)


def say_times(text: str, language: Language) -> str:
    """``19.30 Uhr`` is neunzehn Uhr dreißig."""

    def clock(match: re.Match[str]) -> str:
        first = _time(match["h"], match["m"], language)
        if not match["h2"]:
            return first
        first = first if match["m"] else first.removesuffix(" Uhr")
        return f"{first} bis {_time(match['h2'], match['m2'], language)}"

    def run(match: re.Match[str]) -> str:
        minutes = (
            f"{language.number(match['m'], before='Minute')} {'Minute' if match['m'] == '1' else 'Minuten'}"
        )
        return f"{minutes} {language.number(match['s'].lstrip('0').replace('.', ','))} Sekunden"

    def bare(match: re.Match[str]) -> str:
        if int(match["h"]) > 24 or WON.search(match.string[: match.start()]):
            return f"{match['h']} {language.score} {int(match['m'])}"
        return _time(match["h"], match["m"], language)

    text = RUN.sub(run, text)
    for pattern in (STOPWATCH, LASTED):
        text = pattern.sub(lambda match: _stopwatch(match, language), text)
    text = CLOCK.sub(clock, text)
    return BARE_CLOCK.sub(bare, SETS.sub(lambda match: _sets(match, language), text))


def _time(hour: str, minute: str | None, language: Language) -> str:
    named = "ein" if int(hour) == 1 else language.cardinal(int(hour))
    return f"{named} Uhr {language.cardinal(int(minute)) if minute and int(minute) else ''}".rstrip()


def _stopwatch(match: re.Match[str], language: Language) -> str:
    if match["clock"]:
        seconds = f" und {language.cardinal(int(match['s']))} Sekunden" if int(match["s"]) else ""
        return _time(match["h"], match["m"], language) + seconds
    parts = [
        f"{language.number(str(int(match[key])), before=one)} {one}{'' if int(match[key]) == 1 else 'n'}"
        for key, one in (("h", "Stunde"), ("m", "Minute"), ("s", "Sekunde"))
        if match[key] and int(match[key])
    ]
    if parts and parts[0].startswith("eine ") and AFTER.search(match.string[: match.start()]):
        parts[0] = f"einer {parts[0].removeprefix('eine ')}"
    return " ".join(parts) or "null Sekunden"


def _sets(match: re.Match[str], language: Language) -> str:
    """``25:18, 22:25`` is a row of results where one of them is no time of day."""
    pairs = [pair.split(":") for pair in re.findall(r"\d+:\d+", match.group())]
    if all(int(hour) < 25 and len(minute) == 2 for hour, minute in pairs):
        return match.group()
    return match.group().replace(":", f" {language.score} ")


def say_years(text: str, language: Language) -> str:
    """``1989`` is neunzehnhundertneunundachtzig, ``die 90er`` die neunziger."""

    def decade(match: re.Match[str]) -> str:
        tail = " " if match.group().endswith((" ", "-")) else ""
        if match["n"] in {"1", "7"}:
            return f"{'einser' if match['n'] == '1' else 'siebener'}{tail}"
        return f"{year(int(match['n']))}er{tail}"

    def span(match: re.Match[str]) -> str:
        first, last = int(match["a"]), int(match["b"])
        if last < 100 and match["mark"] == "/":
            return (
                f"{year(first)} {language.cardinal(last)}"
                if last > 9
                else f"{year(first)} {year(first // 100 * 100 + last)}"
            )
        if last < 100 < first and last > first % 100:
            return f"{year(first)} bis {language.cardinal(last)}"
        return f"{year(first)} bis {year(last)}" if last > first else match.group()

    text = SPAN.sub(span, DECADE.sub(decade, text))
    return YEAR.sub(lambda match: year(int(match["n"])), text)


# The minutes of goals: "(12.)", "(45.+2)", "(3., 78., Elfmeter)".
GOALS = re.compile(
    r"(?<=\()(?P<minutes>\d{1,3}\.(?:\s?\+\s?\d{1,2})?(?:[,/]\s?\d{1,3}\.(?:\s?\+\s?\d{1,2})?)*)(?=[,)])"
)


def _goals(match: re.Match[str]) -> str:
    """``12.`` is zwölfte Minute, ``45.+2`` fünfundvierzigste plus zwei."""
    said = re.sub(
        r"(\d+)\.(\s?\+\s?\d)?", lambda one: f"{stem(int(one[1]))}e{one[2] or ''}", match["minutes"]
    )
    return said if said[-1].isdigit() else f"{said} Minute"


def _agreed(match: re.Match[str]) -> str:
    """The ending that the words before ask for, or, without any, the noun behind."""
    end = ending(match.string[: match.start()])
    if end != "er":
        return end
    after = f" {match.string[match.end() :].lstrip()}"
    return "es" if NEUTER_NOUN.match(after) else "e" if FEMININE_NOUN.match(after) else end


def say_ordinals(text: str, _language: Language) -> str:
    """``im 21. Jahrhundert``, ``der 2. Platz``: the point makes the ordinal, the word before its ending."""

    def nth(match: re.Match[str]) -> str:
        return stem(int(match["n"].replace(".", ""))) + _agreed(match)

    text = EACH.sub(
        lambda match: (
            f"{match['before']} {stem(int(match['n']))}{'e' if match['before'].endswith('r') else 'en'}"
        ),
        text,
    )
    text = ADDED.sub(
        lambda match: f"{nth(match)} plus {LANGUAGE.cardinal(int(match['more']))}", GOALS.sub(_goals, text)
    )
    text = PLACED.sub(lambda match: nth(match).capitalize(), text)
    return LISTED.sub(nth, ORDINAL.sub(nth, text))


def say_roman_numerals(text: str, language: Language) -> str:
    """``Kapitel IV`` is vier, ``II. Weltkrieg`` Zweiter."""

    def war(match: re.Match[str]) -> str:
        value = roman(match["n"])
        return f"{stem(value).capitalize()}{_agreed(match)} " if value else match.group()

    return NTH.sub(war, say_chapters(WAR.sub(war, text), language))


POSTCODE = re.compile(
    r"(?:(?<=\bD-)|(?<=\bD )|(?<=PLZ )|"
    r"(?P<street>\w*(?:[Ss]traße|[Ww]eg|[Pp]latz|[Aa]llee|[Gg]asse|[Rr]ing|[Uu]fer|[Dd]amm|[Mm]arkt)\s\d+\s?[a-z]?,\s))"
    r"(?P<code>\d{5})(?=\s[A-ZÄÖÜ])"
)


def say_postcodes(text: str, language: Language) -> str:
    """``Hafenstraße 3, 26121 Oldhaven``: the post code figure by figure."""

    def code(match: re.Match[str]) -> str:
        return (match["street"] or "") + numerals.digits(match["code"], language.tag)

    return POSTCODE.sub(code, text)


def say_rung_numbers(text: str, language: Language) -> str:
    """``Telefon 1234567`` is said figure by figure."""
    return PHONE.sub(lambda match: numerals.digits(match.group(), language.tag), text)


DUDEN = "Duden, Schreibung von Zahlen und Daten; DIN 5008"
ROMAN = "Duden, römische Zahlzeichen"

RULES: dict[Kind, tuple[RuleFor[Language], ...]] = {
    **COMMON,
    Kind.ABBREVIATIONS: (*COMMON[Kind.ABBREVIATIONS], RuleFor(say_saints, "Duden, Abkürzungen")),
    Kind.IDENTIFIERS: (
        *COMMON[Kind.IDENTIFIERS],
        RuleFor(say_postcodes, "DIN 5008, Anschriften"),
    ),
    Kind.TELEPHONES: (RuleFor(say_rung_numbers, "DIN 5008"), *COMMON[Kind.TELEPHONES]),
    Kind.HALVES: (RuleFor(say_halves, "Duden, Kardinalzahlen und Bruchzahlen"),),
    Kind.COMPOUNDS: (RuleFor(say_compounds, DUDEN),),
    Kind.DATES: (RuleFor(say_dates, DUDEN),),
    Kind.TIMES: (RuleFor(say_times, DUDEN),),
    Kind.NUMERALS: (
        RuleFor(say_roman_numerals, ROMAN),
        RuleFor(say_rulers, "Duden, Namen von Herrschern"),
        RuleFor(say_other_numerals, ROMAN),
    ),
    Kind.ORDINALS: (RuleFor(say_ordinals, DUDEN),),
    Kind.YEARS: (RuleFor(say_years, DUDEN),),
}


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of German."""
    return row(LANGUAGE, RULES)
