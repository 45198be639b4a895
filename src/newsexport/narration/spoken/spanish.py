"""Spanish: its words."""

from __future__ import annotations

from functools import cache

from newsexport.narration.spoken.romance import Romance
from newsexport.narration.spoken.romance import rules as row
from newsexport.narration.spoken.rules import Rule
from newsexport.narration.spoken.tongue import several

TONGUE = Romance(
    language="es",
    months=("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
            "diciembre"),
    short_months={"ene": 1, "feb": 2, "mar": 3, "abr": 4, "jun": 6, "jul": 7, "ago": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dic": 12},
    comma="coma", percent="por ciento", permille="por mil", minus="menos", plus="más", until="a", score="a", dot="punto", at="arroba",
    hashtag="hashtag", one="un", conjunction="y", per="por", squared=("cuadrado", "cuadrados"), of=lambda unit: f"de {unit}",
    decimals_together=True, cents=("céntimo", "céntimos"),
    currencies=several("€ EUR euros euro = euro", "US$ USD = dólar estadounidense/dólares estadounidenses", "$ dólares dólar = dólar/dólares", "£ GBP = libra",
        "¥ JPY = yen/yenes", "CHF = franco suizo/francos suizos", "R$ = real/reales", "₽ = rublo", "₹ = rupia", "S/ = sol/soles", "₡ = colón/colones"),
    magnitudes=several("M millones millón mill. = millón/millones", "mil = mil/mil", "billones billón = billón/billones"),
    units=several("km = kilómetro", "m = metro", "cm = centímetro", "mm = milímetro", "kg = kilo", "g = gramo", "mg = miligramo", "l L = litro", "ml = mililitro",
        "ha = hectárea", "t = tonelada", "m² m2 = metro cuadrado/metros cuadrados", "km² km2 = kilómetro cuadrado/kilómetros cuadrados", "m³ = metro cúbico/metros cúbicos",
        "km/h = kilómetro por hora/kilómetros por hora", "kW = kilovatio", "MW = megavatio", "GW = gigavatio", "W = vatio", "kWh = kilovatio hora/kilovatios hora",
        "MWh = megavatio hora/megavatios hora", "GB = gigabyte", "MB = megabyte", "TB = terabyte", "°C ºC = grado/grados", "° º = grado", "min = minuto", "GHz = gigahercio", "dB = decibelio"),
    abbreviations=(
        (r"\bEE\.?\s?UU\.?", "Estados Unidos"), (r"\bSres\.", "señores"), (r"\bSra\.", "señora"), (r"\bSrta\.", "señorita"), (r"\bSr\.", "señor"), (r"\bDra\.", "doctora"),
        (r"\bDr\.", "doctor"), (r"\bD\.ª|\bDña\.", "doña"), (r"\bD\.(?=\s[A-Z])", "don"), (r"\bProf\.", "profesor"), (r"\bLic\.", "licenciado"), (r"\bIng\.", "ingeniero"),
        (r"\bp\.\s?ej\.", "por ejemplo"), (r"\betc\.", "etcétera"), (r"\bnúm\.|\bn\.?[º°]\s?(?=\d)|\bN[º°]\s?(?=\d)", "número "), (r"\bpp?\.(?=\s?\d)|\bpágs?\.", "página"),
        (r"\bvol\.(?=\s\d)", "volumen"), (r"\bcap\.(?=\s\d)", "capítulo"), (r"\bart\.(?=\s\d)", "artículo"), (r"\baprox\.", "aproximadamente"), (r"\bAv(?:da)?\.", "avenida"),
        (r"\bC/\s?(?=[A-Z])", "calle "), (r"\bSto\.", "Santo"), (r"\bSta\.", "Santa"), (r"\bS\.(?=\s[A-Z][a-z])", "San"), (r"\ba\.\s?C\.", "antes de Cristo"), (r"\bd\.\s?C\.", "después de Cristo"),
        (r"\btel\.|\btfno\.", "teléfono"), (r"\bGral\.", "general"), (r"\bUd\.", "usted"), (r"\bUds\.", "ustedes"), (r"\bS\.\s?A\.", "S A"), (r"\by/o\b", "y o"), (r"\bcía\.", "compañía"),
        (r"\ba\.\s?m\.", "de la mañana"), (r"\bp\.\s?m\.", "de la tarde"),
    ),
    signs={"&": "y", "+": "más", "=": "igual a", "±": "más menos", "×": "por", "§": "sección", "%": "por ciento", "€": "euros", "$": "dólares", "£": "libras", "@": "arroba", "°": "grados",
           "≈": "aproximadamente", "~": "aproximadamente", "<": "menor que", ">": "mayor que", "≥": "al menos", "≤": "como máximo", "√": "raíz de", "π": "pi", "∞": "infinito", "÷": "entre"},
    fractions={"½": "medio", "¼": "un cuarto", "¾": "tres cuartos", "⅓": "un tercio", "⅔": "dos tercios", "1/2": "medio", "1/3": "un tercio", "2/3": "dos tercios", "1/4": "un cuarto",
               "3/4": "tres cuartos", "1/5": "un quinto", "2/5": "dos quintos", "3/5": "tres quintos", "4/5": "cuatro quintos", "1/10": "un décimo"},
    acronyms=frozenset("OTAN NATO NASA UNESCO UNICEF OPEP ONU SIDA COVID FIFA UEFA PIB IVA ERTE OEA PEMEX RENFE AVE ETA FARC CIA PAN".split()) - {"CIA"},
    spelled=frozenset("UE PP PSOE CIA USA".split()) - {"PSOE"},
    first="primero", link=" de ", hour="horas", and_minutes=" y ",
    ordinals=("primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo"),
    kings=frozenset("Felipe Alfonso Carlos Fernando Juan Pablo Pío León Benedicto Luis Enrique Isabel Jorge Eduardo Guillermo Napoleón Pedro Francisco Gregorio Inocencio Clemente Federico Nicolás".split()),
    centuries="[Ss]iglos?", apocope={"veintiuno": "veintiún", " y uno": " y un"},
)  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """The whole row of Spanish."""
    return row(TONGUE, "Ortografía de la lengua española (RAE), números y abreviaturas")
