"""The words of German."""

from __future__ import annotations

from spokenform import numerals
from spokenform.language import Language
from spokenform.languages.de.abbreviations import ABBREVIATIONS
from spokenform.word_lists import alike, listed, metric, pairs, several, short_months, words

_UNITS = (
    metric(
        "Kilo Zenti Milli Dezi Hekto Mikro Nano Mega Giga Tera",
        """m = meter/meter; g = gramm/gramm; l L = liter/liter; W = watt/watt; Wh = wattstunde/wattstunden
        V = volt/volt; Hz = hertz/hertz; B = byte/byte; J = joule/joule; Pa = pascal/pascal
        s = sekunde/sekunden; A = ampere/ampere; Ah = amperestunde/amperestunden; t = tonne/tonnen
        bit = bit/bit; N = newton/newton; Sv = sievert/sievert; eV = elektronenvolt/elektronenvolt
        cal = kalorie/kalorien; Ω = ohm/ohm; Bq = becquerel/becquerel
        bit/s = bit pro Sekunde/bit pro Sekunde""",
    )
    | alike(
        """ha = Hektar; m² qm m2 = Quadratmeter; km² qkm = Quadratkilometer; m³ cbm = Kubikmeter
        km/h = Kilometer pro Stunde; m/s = Meter pro Sekunde; PS = P S; dB dB(A) = Dezibel
        °C ℃ = Grad Celsius; ° = Grad; lb lbs = Pfund; ft = Fuß; °F = Grad Fahrenheit; Std. Std = Stunden
        Min. Min min = Minuten; Sek. = Sekunden; cm³ ccm = Kubikzentimeter; mm² = Quadratmillimeter
        cm² = Quadratzentimeter; MP Mpx = Megapixel; ppm = Teile pro Million; ppb = Teile pro Milliarde
        Bp. bp BP Bp = Basispunkte; PP = Prozentpunkte; mmHg = Millimeter Quecksilbersäule
        dag dkg = Dekagramm; kWp = Kilowatt Peak; MWp = Megawatt Peak; Nm = Newtonmeter
        km/s = Kilometer pro Sekunde; sm = Seemeilen"""
    )
    | several(
        """oz = Unze/Unzen; mi = Meile/Meilen; gal = Gallone/Gallonen
        mph = Meile pro Stunde/Meilen pro Stunde"""
    )
    | {
        "h": ("Stunde", "Stunden"),
        "l/100 km": ("Liter auf einhundert Kilometer", "Liter auf einhundert Kilometer"),
    }
)

_CURRENCIES = alike(
    """€ EUR Euro = Euro; US-$ US$ USD US-Dollar = U S Dollar; $ Dollar = Dollar; £ GBP = Pfund
    ¥ JPY = Yen; CHF Fr. sFr. SFr = Franken; ₽ = Rubel; ₺ = Lira; ₹ = Rupien; ₩ = Won; zł = Zloty
    Kč kr = Kronen; SEK = schwedische Kronen; NOK = norwegische Kronen; DKK = dänische Kronen; DM = D-Mark
    R$ = Real; A$ = australische Dollar; C$ = kanadische Dollar; Cent ct Ct. = Cent"""
)


def _part(bottom: int) -> tuple[str, str]:
    """``Sechstel``, ``Zwanzigstel``, ``Hundertstel``."""
    named = f"{numerals.ordinal(bottom, 'de')[:-1]}el"
    named = (named.removeprefix("ein") if bottom in {100, 1000} else named).capitalize()
    return named, named


LANGUAGE = Language(
    tag="de",
    months=listed("""Januar Februar März April Mai Juni Juli August September Oktober November Dezember"""),
    short_months=short_months("""Jan/Jän/Jänner Feb/Febr Mär/Mrz Apr - Jun Jul Aug Sept/Sep Okt Nov Dez"""),
    comma="Komma",
    percent="Prozent",
    permille="Promille",
    minus="minus",
    plus="plus",
    until="bis",
    score="zu",
    dot="Punkt",
    at="at",
    hashtag="Hashtag",
    one="ein",
    conjunction="und",
    per="pro",
    half="ein halb",
    part=_part,
    feminine=words(
        """Million Milliarde Billion Tonne Stunde Kilowattstunde Frau Person Woche Minute Sekunde Stimme
        Stelle Nacht Aktie Seemeile Sekunde Runde Etage Straße Partei Stadt Schule Seite Krone Rupie
        Meile Unze Gallone"""
    ),
    feminine_one="eine",
    feminine_ending=r"(?:stunde|sekunde|minute|tonne|kalorie|ung|heit|keit|schaft|tion|tät)$",
    rate_units={"h": "Stunde", "Stunden": "Stunde", "min": "Minute", "s": "Sekunde"},
    domains=words("de at eu io"),
    tall="groß|misst|[Gg]röße|hoch|lang",
    out_of="von",
    marks="Note|Wertung|bewertet|eine",
    thousand="tausend",
    cents_link="",
    amount_ends=(r"io\.", r"rd\.", "nen", "den"),
    plural_endings=("s", "en"),
    no_nouns=words("gegen nach für in im am an bei beim zu zum zur vor auf und"),
    labels="Serie",
    chapters=r"\b(?P<name>Kapitel|Akt|Teil|Band|Artikel|Abschnitt|Weltkrieg|Apollo|Super Bowl|Phase|Klasse|"
    r"Stufe)\s(?P<n>[IVXL]+)\b",
    particles=words(
        """und oder zu gegen in im am an bei mit nach von für auf aus der die das den dem des ist war vor
        zum zur bis um ein eine so wie als"""
    ),
    power="hoch",
    arc=(("Grad", "Grad"), ("Minute", "Minuten"), ("Sekunde", "Sekunden")),
    compass={"N": "Nord", "S": "Süd", "O": "Ost", "E": "Ost", "W": "West"},
    currencies=_CURRENCIES,
    cents=("Cent", "Cent"),
    magnitudes=several(
        """Mio. Mio Mill. Millionen = Million/Millionen; Mrd. Mrd Md. Milliarden = Milliarde/Milliarden
        Bio. Billionen = Billion/Billionen; Tsd. = tausend/tausend; Million = Million/Million
        Milliarde = Milliarde/Milliarde; Billion = Billion/Billion"""
    ),
    units=_UNITS,
    abbreviations=ABBREVIATIONS,
    signs=pairs(
        """& = und; + = plus; = = gleich; ± = plus minus; × = mal; §§ = Paragrafen; § = Paragraf
        % = Prozent; ‰ = Promille; € = Euro; $ = Dollar; £ = Pfund; @ = at; ° = Grad; ≈ = ungefähr
        ~ = ungefähr; < = kleiner als; > = größer als; ≥ = mindestens; ≤ = höchstens; → = zu
        √ = Wurzel aus; π = Pi; ∞ = unendlich; ÷ = geteilt durch"""
    ),
    acronyms=words(
        """NATO NASA UNESCO UNICEF OPEC UNO AIDS COVID FIFA UEFA ASEAN BAFIN SCHUFA ISIS BRICS IKEA ELSTER
        MAD DAX PISA COP"""
    ),
    spelled=words("MESZ MEZ USA ARD AFD ICE OECD ADAC BAMF EZB EU UN AOK BASF IAEA"),
)
