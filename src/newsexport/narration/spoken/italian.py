"""Italian: its words."""

from __future__ import annotations

from functools import cache

from newsexport.narration.spoken.romance import Romance
from newsexport.narration.spoken.romance import rules as row
from newsexport.narration.spoken.rules import Rule
from newsexport.narration.spoken.tongue import several

TONGUE = Romance(
    language="it",
    months=("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre",
            "dicembre"),
    short_months={"gen": 1, "feb": 2, "mar": 3, "apr": 4, "mag": 5, "giu": 6, "lug": 7, "ago": 8, "set": 9, "sett": 9, "ott": 10, "nov": 11, "dic": 12},
    comma="virgola", percent="per cento", permille="per mille", minus="meno", plus="più", until="a", score="a", dot="punto", at="chiocciola",
    hashtag="hashtag", one="un", conjunction="e", per="per", squared=("quadrato", "quadrati"), of=lambda unit: f"di {unit}",
    decimals_together=True, cents=("centesimo", "centesimi"),
    currencies=several("€ EUR euro = euro/euro", "US$ USD = dollaro americano/dollari americani", "$ dollari dollaro = dollaro/dollari", "£ GBP sterline = sterlina/sterline",
        "¥ JPY = yen/yen", "CHF = franco svizzero/franchi svizzeri", "₽ = rublo/rubli", "R$ = real/real"),
    magnitudes=several("mln milioni milione M = milione/milioni", "mld miliardi miliardo = miliardo/miliardi", "mila k = mila/mila", "bilioni = bilione/bilioni"),
    units=several("km = chilometro/chilometri", "m = metro/metri", "cm = centimetro/centimetri", "mm = millimetro/millimetri", "kg = chilo/chili", "g gr = grammo/grammi", "l = litro/litri",
        "ml = millilitro/millilitri", "ha = ettaro/ettari", "t = tonnellata/tonnellate", "m² mq m2 = metro quadrato/metri quadrati", "km² kmq = chilometro quadrato/chilometri quadrati",
        "m³ mc = metro cubo/metri cubi", "km/h = chilometro orario/chilometri orari", "kW = chilowatt/chilowatt", "MW = megawatt/megawatt", "GW = gigawatt/gigawatt", "W = watt/watt",
        "kWh = chilowattora/chilowattora", "MWh = megawattora/megawattora", "GB = gigabyte/gigabyte", "MB = megabyte/megabyte", "°C = grado/gradi", "min = minuto/minuti", "GHz = gigahertz/gigahertz"),
    abbreviations=(
        (r"\bSig\.ra|\bSig\.na", "signora"), (r"\bSigg\.", "signori"), (r"\bSig\.|\bsig\.", "signor"), (r"\bDott\.ssa|\bdott\.ssa", "dottoressa"), (r"\bDott\.|\bdott\.|\bDr\.", "dottor"),
        (r"\bProf\.ssa", "professoressa"), (r"\bProf\.|\bprof\.", "professor"), (r"\bAvv\.", "avvocato"), (r"\bIng\.", "ingegner"), (r"\bOn\.(?=\s[A-Z])", "onorevole"), (r"\bSen\.(?=\s[A-Z])", "senatore"),
        (r"\becc\.|\betc\.", "eccetera"), (r"\bad es\.", "ad esempio"), (r"\bp\.\s?es\.", "per esempio"), (r"\bn\.\s?(?=\d)|\bn[°º]\s?(?=\d)|\bN\.\s?(?=\d)", "numero "), (r"\bpagg?\.|\bpp?\.(?=\s?\d)", "pagina"),
        (r"\bvol\.(?=\s\d)", "volume"), (r"\bcap\.(?=\s\d)", "capitolo"), (r"\bart\.(?=\s\d)", "articolo"), (r"\bcirca\b|\bca\.", "circa"), (r"\bS\.(?=\s[A-Z][a-z])", "San"), (r"\ba\.\s?C\.", "avanti Cristo"),
        (r"\bd\.\s?C\.", "dopo Cristo"), (r"\btel\.", "telefono"), (r"\bV\.le(?=\s[A-Z])", "viale"), (r"\bP\.zza(?=\s[A-Z])", "piazza"), (r"\bS\.p\.A\.|\bSpA\b", "S P A"), (r"\bS\.r\.l\.", "S R L"), (r"\be/o\b", "e o"),
        (r"\bmons\.|\bMons\.", "monsignor"), (r"\bgen\.(?=\s[A-Z])", "generale"), (r"\bcfr\.", "confronta"), (r"(?<=anni )['’](?=\d0)", ""), (r"\bSS\.(?=\s[A-Z])", "Santi"),
    ),
    signs={"&": "e", "+": "più", "=": "uguale a", "±": "più o meno", "×": "per", "§": "paragrafo", "%": "per cento", "€": "euro", "$": "dollari", "£": "sterline", "@": "chiocciola", "°": "gradi", "≈": "circa",
           "~": "circa", "<": "minore di", ">": "maggiore di", "≥": "almeno", "≤": "al massimo", "√": "radice di", "π": "pi greco", "∞": "infinito", "÷": "diviso"},
    fractions={"½": "mezzo", "¼": "un quarto", "¾": "tre quarti", "⅓": "un terzo", "⅔": "due terzi", "1/2": "un mezzo", "1/3": "un terzo", "2/3": "due terzi", "1/4": "un quarto", "3/4": "tre quarti",
               "1/5": "un quinto", "2/5": "due quinti", "3/5": "tre quinti", "4/5": "quattro quinti", "1/10": "un decimo"},
    acronyms=frozenset("NATO NASA UNESCO UNICEF OPEC ONU AIDS COVID FIFA UEFA IVA PIL INPS ISTAT ENI FIAT CONSOB ANSA RAI USA IRPEF INAIL ANAS IMU TAR TAV BOT BTP".split()) - {"BTP"},
    spelled=frozenset("UE PD CGIL CISL".split()) - {"CGIL", "CISL"},
    first="primo", link=" ", hour="ore", and_minutes=" e ",
    ordinals=("primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo", "nono", "decimo", "undicesimo", "dodicesimo", "tredicesimo", "quattordicesimo", "quindicesimo",
              "sedicesimo", "diciassettesimo", "diciottesimo", "diciannovesimo", "ventesimo", "ventunesimo", "ventiduesimo", "ventitreesimo", "ventiquattresimo"),
    kings=frozenset("Carlo Luigi Enrico Federico Vittorio Emanuele Umberto Giovanni Paolo Pio Leone Benedetto Francesco Elisabetta Giorgio Edoardo Guglielmo Napoleone Alessandro Gregorio Innocenzo "
                    "Clemente Sisto Urbano Filippo Ferdinando Alfonso Nicola Ottone Giulio Adriano Caterina Maria".split()),
    last_ordinal=24, centuries="[Ss]ecol[oi]", century_ordinal=True,
)  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """The whole row of Italian."""
    return row(TONGUE, "Accademia della Crusca, numeri e abbreviazioni")
