"""Spanish: its words."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.languages.romance import Romance
from spokenform.languages.romance import rules as romance_rules
from spokenform.rules import Rule
from spokenform.word_lists import listed, metric, pairs, several, short_months, shortened, words


def _part(bottom: int) -> tuple[str, str]:
    """``tercio``, ``quinto``, ``doceavo``, ``centésimo`` (RAE, Nueva gramática 21.3)."""
    if bottom == 3:
        return "tercio", "tercios"
    if bottom <= 10 or bottom in {100, 1000}:
        named = numerals.ordinal(bottom, "es")
    else:
        named = re.sub(r"a?$", "avo", numerals.cardinal(bottom, "es").replace(" y ", "i").replace(" ", ""))
    return named, f"{named}s"


LANGUAGE = Romance(
    tag="es",
    half="medio",
    part=_part,
    agreeing=frozenset(("feminine", "masculine")),
    months=listed(
        """enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"""
    ),
    short_months=short_months("ene feb mar abr - jun jul ago sept/sep oct nov dic"),
    comma="coma",
    percent="por ciento",
    permille="por mil",
    minus="menos",
    plus="más",
    until="a",
    score="a",
    dot="punto",
    at="arroba",
    hashtag="hashtag",
    one="un",
    conjunction="y",
    per="por",
    of=lambda unit: f"de {unit}",
    partitive=r"de\s",
    thousand="mil",
    cents_link=" con",
    cents_named=True,
    tall="mide|midi|alt[oau]|estatura|hombre|mujer",
    out_of="sobre",
    marks="[Oo]btuv|[Ss]ac[óoa]|[Nn]ota|[Cc]alific|[Pp]untua",
    phones="[6-9]",
    no_nouns=words("al a contra ante tras de del por y no en e para con"),
    labels=r"art[ií]culo|n[uú]mero|p[aá]gina|l[ií]nea|cap[ií]tulo|p[aá]rrafo|apartado|serie|grupo|nivel|fase|"
    "canal|sala|aula|f[óo]rmula|v[íi]a|and[ée]n|puerta|vuelo",
    respelled=(
        ("^decimoprimer", "undécim"),
        ("^decimosegund", "duodécim"),
        (" milésim", "milésim"),
    ),  # RAE prefers these
    weekdays="lunes|martes|miércoles|jueves|viernes|sábado|domingo|d[ií]a",
    before_hours=r"(?:las|la)\s(?=\d+[.])",
    no_hours="euro|mil|met|punt|grad",
    phone_words=r"[Tt]el(?:[eé]fono)?|[Cc]elular|[Mm]óvil|[Ff]ax|[Ll]lam(?:e|en|ar|ando) al",
    laws=r"(?:[Ll]ey|[Dd]ecreto(?:[\s-][Ll]ey\w*)?|[Dd]irectiva|[Rr]eglamento|R\.?D\.?(?:-?ley|L)?|LO|[Rr]esolución)(?:\s[Oo]rgánica)?",
    links="e|y|o|u|a|al",
    chapters=r"\b(?P<name>[Cc]ap[ií]tulo|[Aa]cto|[Pp]arte|[Aa]rt[ií]culo|[Tt]omo|[Ff]ase|[Ll]iga|[Tt]ítulo|[Mm]undial|[Aa]pollo)"
    r"\s(?P<n>[IVXL]+)\b",
    decimals_together=True,
    cents=("céntimo", "céntimos"),
    currencies=several(
        """€ EUR euros euro = euro; US$ USD = dólar estadounidense/dólares estadounidenses
        $ dólares dólar = dólar/dólares; £ GBP = libra; ¥ JPY = yen/yenes
        CHF = franco suizo/francos suizos; MXN = peso mexicano/pesos mexicanos
        ARS = peso argentino/pesos argentinos; COP = peso colombiano/pesos colombianos
        CLP = peso chileno/pesos chilenos; R$ BRL = real/reales; ₩ KRW = won/wones; ₧ = peseta
        ₺ TRY = lira turca/liras turcas; kr = corona; zł PLN = esloti; Q = quetzal/quetzales
        ₽ = rublo; ₹ = rupia; S/ = sol/soles
        ₡ = colón/colones"""
    ),
    magnitudes=several(
        """M millones millón mill. = millón/millones; mil = mil/mil; billones billón = billón/billones"""
    ),
    units=metric(
        "kilo centi mili deci hecto micro nano mega giga tera",
        """m = metro; g = gramo; l L = litro; W = vatio; Wh = vatio hora/vatios hora; V = voltio; Hz = hercio
        B = byte; J = julio; Pa = pascal/pascales; s = segundo; A = amperio; t = tonelada; bit = bit
        N = newton; Sv = sievert; eV = electronvoltio; cal = caloría; Ω = ohmio""",
    )
    | several(
        """km = kilómetro; cm = centímetro; mm = milímetro; kg = kilo; ha = hectárea
        m² m2 = metro cuadrado/metros cuadrados; km² km2 = kilómetro cuadrado/kilómetros cuadrados
        m³ = metro cúbico/metros cúbicos; km/h = kilómetro por hora/kilómetros por hora
        °C ºC ℃ = grado Celsius/grados Celsius; °F ºF = grado Fahrenheit/grados Fahrenheit; lb lbs = libra
        oz = onza; ft = pie; mi = milla; yd = yarda; gal = galón/galones
        mph = milla por hora/millas por hora; km/s = kilómetro por segundo/kilómetros por segundo
        ° º = grado; min = minuto; pb = punto básico/puntos básicos
        pp = punto porcentual/puntos porcentuales; Mpx MP = megapíxel/megapíxeles; h = hora
        ppm = parte por millón/partes por millón; Mt = millón de toneladas/millones de toneladas
        m/s = metro por segundo/metros por segundo; CV cv = caballo/caballos
        m3 = metro cúbico/metros cúbicos; hm³ hm3 = hectómetro cúbico/hectómetros cúbicos; dB = decibelio"""
    )
    | {"l/100 km": ("litro a los cien kilómetros", "litros a los cien kilómetros")},
    power="elevado a",
    arc=(("grado", "grados"), ("minuto", "minutos"), ("segundo", "segundos")),
    compass={"N": "norte", "S": "sur", "E": "este", "O": "oeste", "W": "oeste"},
    pence={"dólar": ("centavo", "centavos"), "libra": ("penique", "peniques")},
    queens=words("Isabel Beatriz Margarita Elizabeth Margrethe Inés Leonor"),
    hours=("hora", "horas"),
    the=("el|del|al|los|un|su", "la|las|una"),
    shortened={"primero": "primer", "tercero": "tercer"},
    particles=words(
        """de a y e o u en por con sin que al del para contra entre hasta desde se la las el los ha era es
        cada fue son no su sus más como si ya lo le ni"""
    ),
    masculine=words(
        """día mediodía tranvía mapa problema sistema tema programa planeta clima drama idioma poeta atleta
        futbolista cura
        guardia"""
    ),
    feminine=words(
        "mujer mujeres vez veces noche parte calle clase sede serie red luz voz mano ley leyes tarde base"
    ),
    feminine_one="una",
    feminine_ending=r"(?:as?|ción|ciones|sión|siones|dad|dades|tud|tudes|umbres?)$",
    abbreviations=(
        (r"(?<![\w.,])(\d{1,3})[rdtmvn]os?\b", r"\1.º"),
        (r"(?<![\w.,])(\d{1,3})[rdtmvn]as?\b", r"\1.ª"),
        (r"\b([Ll]os|[Dd]e los|[Aa]ños) ['’]?([1-9]0)['’]?s\b", r"\1 \2"),
        (r"\bCC\.\s?OO\.?", "Comisiones Obreras"),
        (r"\s&\s(?=[Hh]?[IiÍí])", " e "),
        (r"\b([Ee]ntre (?:el )?)(-?\d[\d.,]*)\s?[-–]\s?(?=\d)", r"\1\2 y "),
        (r"\b([Ee]l \d{1,2})([MSNAFJDO])\b(?!\s?[€$])", r"\1-\2"),
        (r"\bs\.(?=\s[IVX]+\b)", "siglo"),
        (r"\bss\.(?=\s[IVX]+\b)", "siglos"),
        (r"\b((?:[AaDd]e?|[Hh]asta|[Ss]obre|[Dd]esde) la) 1(?![\d.,:])(?!\s[a-zá-ú]{4})", r"\1 una"),
        (r"(?<=\d\s)cts?\b\.?", "céntimos"),
        (r"\bDª(?=\s)", "doña"),
        (r"\bFdo\.", "firmado"),
        (r"\bCOP(?=\d\d\b)", "Cop "),
        (r"\bkm(?=\s\d)", "kilómetro"),
        (r"\bP(?:dte|te|tdo|residte)\.", "presidente"),
        (r"\bDir\.", "director"),
        (r"\bvs\.?(?=\s)", "contra"),
        (r"\b[fF]igs?\.(?=\s\d)", "figura"),
        (r"\bCía\.", "compañía"),
        (r"\bS\.(?=\s[A-Z][a-z]*a\b)", "Santa"),
        (r"\bs\.\s?n\.\s?m\.", "sobre el nivel del mar"),
        (r"\bL-V\b|\b[lL]un?\.\s?(?:a|-)\s?[vV]i?e?r?\.", "lunes a viernes"),
        (r"\b2/3 (?:de las )?(?=partes)", "dos terceras "),
        (r"\b3/4 (?:de las )?(?=partes)", "tres cuartas "),
        (r"\b1/3 (?=parte\b)", "tercera "),
        (r"\b1/4 (?=parte\b)", "cuarta "),
        *shortened(
            """Excmo. = excelentísimo; Excma. = excelentísima; Ilmo. = ilustrísimo; Ilma. = ilustrísima"""
        ),
        (r"\bmin\.(?=\s\d)", "minuto"),
        (r"\bpp\.(?=\s?\d)|\bpágs\.", "páginas"),
        (r"\bap\.(?=\s\d)", "apartado"),
        (r"\barts\.(?=\s\d)", "artículos"),
        (r"\bnúms\.", "números"),
        (r"\b[nN]\.?[º°]s\s?(?=\d)", "números "),
        *shortened("pza.|plza. = plaza; ctra.|Ctra. = carretera"),
        (r"\bpº(?=\s)|\bP\.º", "paseo"),
        *shortened("izq.|izda. = izquierda; dcha. = derecha; dpto.|Dpto. = departamento"),
        (r"\bS\.\s?L\.(?:\s?U\.)?", "S L"),
        (r"(?<=[a-záéíóú]{3})/(?=(?:día|mes|año|hora|semana|minuto|noche|persona|habitante)\b)", " por "),
        (r"\bFF\.\s?AA\.?", "Fuerzas Armadas"),
        (r"\bCC\.\s?AA\.?", "comunidades autónomas"),
        (r"\bFF\.\s?CC\.?", "ferrocarriles"),
        (r"\bRR\.\s?SS\.?", "redes sociales"),
        (r"\bJJ\.\s?OO\.?", "Juegos Olímpicos"),
        (r"\bRR\.\s?HH\.?", "Recursos Humanos"),
        (r"\bPza\.|\bPl\.(?=\s[A-Zd])", "plaza"),
        (r"\b[tT]el\.|\b[tT]eléf\.|\b[tT]fno\.", "teléfono"),
        (r"\b[nN]úm\.", "número"),
        (r"\bhab\.(?=\W|$)", "habitantes"),
        (r"\baprox\.", "aproximadamente"),
        (r"\bEE\.?\s?UU\.?", "Estados Unidos"),
        *shortened(
            """Sres. = señores; Sra. = señora; Srta. = señorita; Sr. = señor; Dra. = doctora; Dr. = doctor"""
        ),
        (r"\bD\.ª|\bDña\.", "doña"),
        (r"\bD\.(?=\s[A-Z])", "don"),
        *shortened(
            """Prof. = profesor; Lic. = licenciado; Ing. = ingeniero; p. ej. = por ejemplo
            etc. = etcétera"""
        ),
        (r"\bnúm\.|\bn\.?[º°]\s?(?=\d)|\bN[º°]\s?(?=\d)", "número "),
        (r"\bpp?\.(?=\s?\d)|\bpágs?\.", "página"),
        (r"\bvol\.(?=\s\d)", "volumen"),
        (r"\b[cC]ap\.(?=\s[\dIVXL])", "capítulo"),
        (r"\b[aA]rt\.(?=\s\d)", "artículo"),
        (r"\b([1-4])T\s?(?=\d\d\b)", r"\1.º trimestre de 20"),
        (r"\baprox\.", "aproximadamente"),
        (r"\bAv(?:da)?\.", "avenida"),
        (r"\bC/\s?(?=[A-Z])", "calle "),
        *shortened("Sto. = Santo; Sta. = Santa"),
        (r"\bS\.(?=\s[A-Z][a-z])", "San"),
        *shortened(
            """a. C. = antes de Cristo; d. C. = después de Cristo; tel.|tfno. = teléfono; Gral. = general
            Ud. = usted; Uds. = ustedes; S. A. = S A"""
        ),
        (r"\by/o\b", "y o"),
        *shortened("cía. = compañía; a. m. = de la mañana; p. m. = de la tarde"),
    ),
    signs=pairs(
        """& = y; + = más; = = igual a; ± = más menos; × = por; § = sección; % = por ciento; € = euros
        $ = dólares; £ = libras; @ = arroba; ° = grados; ≈ = aproximadamente; ~ = aproximadamente
        < = menor que; > = mayor que; ≥ = al menos; ≤ = como máximo; √ = raíz de; π = pi; ∞ = infinito
        ÷ = entre"""
    ),
    acronyms=words(
        """OTAN NATO NASA UNESCO UNICEF OPEP ONU SIDA COVID FIFA UEFA PIB IVA ERTE OEA PEMEX RENFE AVE ETA
        FARC BOE UME MIR OPA ICO UCO CIS ADIF PAU ERE ESO INE VOX PAN COP"""
    ),
    spelled=words("UE PP CIA USA OCDE"),
    first="primero",
    link=" de ",
    and_minutes=" y ",
    kings=words(
        """Felipe Alfonso Carlos Fernando Juan Pablo Pío León Benedicto Luis Enrique Isabel Jorge Eduardo
        Guillermo Napoleón Pedro Francisco Gregorio Inocencio Clemente Federico Nicolás"""
    ),
    centuries="[Ss]iglos?",
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """The whole row of Spanish."""
    return romance_rules(LANGUAGE, "Ortografía de la lengua española (RAE), números y abreviaturas")
