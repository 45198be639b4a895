"""Portuguese: its words."""

from __future__ import annotations

from functools import cache

from spokenform import numerals
from spokenform.languages.romance import Romance
from spokenform.languages.romance import rules as romance_rules
from spokenform.rules import Rule
from spokenform.word_lists import listed, metric, pairs, several, short_months, shortened, words


def _part(bottom: int) -> tuple[str, str]:
    """``terço``, ``quinto``, ``doze avos``, ``centésimo``."""
    if bottom == 3:
        return "terço", "terços"
    if bottom <= 10 or bottom in {100, 1000}:
        named = numerals.ordinal(bottom, "pt")
        return named, f"{named}s"
    named = numerals.cardinal(bottom, "pt")
    return f"{named} avo", f"{named} avos"


LANGUAGE = Romance(
    tag="pt",
    half="meio",
    part=_part,
    months=listed(
        """janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"""
    ),
    short_months=short_months("jan fev mar abr mai jun jul ago set out nov dez"),
    comma="vírgula",
    percent="por cento",
    permille="por mil",
    minus="menos",
    plus="mais",
    until="a",
    score="a",
    dot="ponto",
    at="arroba",
    hashtag="hashtag",
    one="um",
    conjunction="e",
    per="por",
    of=lambda unit: f"de {unit}",
    partitive=r"de\s",
    thousand="mil",
    cents_link=" e",
    cents_named=True,
    tall="alt[oau]|altura|mede|medi|homem|mulher",
    tall_link=" e",
    out_of="em",
    marks="[Tt]ir[oa]u|[Nn]ota|[Oo]bte",
    no_nouns=words("contra a de por no na em e para"),
    labels=r"n[uú]mero|p[aá]gina|linha|cap[ií]tulo|parágrafo|s[eé]rie|grupo|fase|canal|sala|aula",
    weekdays="(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|sábado|domingo|dia",
    before_hours=r"(?:às|as)\s(?=\d+[.])",
    no_hours="euro|mil|met|pont|grau",
    hours_named=True,
    phone_words=r"[Tt]el(?:efone)?|[Cc]elular|[Ff]ax|[Ll]igue(?:\spara)?(?:\so)?",
    laws=r"(?:[Ll]ei|[Dd]ecreto(?:[\s-][Ll]ei\w*)?|[Dd]iretiva|[Rr]egulamento|LC|DL|MP|PEC|PLP?|[Rr]esolução|[Pp]ortaria)(?:\s[Cc]omplementar)?",
    links="e|o|a",
    chapters=r"\b(?P<name>[Cc]ap[ií]tulo|[Aa]to|[Pp]arte|[Tt]omo|[Ff]ase|[Ll]iga|[Tt]ítulo|[Mm]undial|[Aa]pollo)"
    r"\s(?P<n>[IVXL]+)\b",
    decimals_together=True,
    currencies=several(
        """€ EUR euros euro = euro; US$ USD dólares dólar $ = dólar/dólares; R$ BRL reais = real/reais
        £ GBP libras = libra; ¥ JPY = iene; CHF = franco suíço/francos suíços; ₽ = rublo; ₹ = rupia"""
    ),
    magnitudes=several(
        """milhões milhão mi M = milhão/milhões; bilhões bilhão bi = bilhão/bilhões; mil = mil/mil
        trilhões trilhão tri = trilhão/trilhões"""
    ),
    units=metric(
        "quilo centi mili deci hecto micro nano mega giga tera",
        """m = metro; g = grama; l L = litro; W = watt; Wh = watt-hora/watts-hora; V = volt; Hz = hertz/hertz
        B = byte; J = joule; Pa = pascal/pascais; s = segundo; A = ampere; t = tonelada; bit = bit
        N = newton; Sv = sievert; eV = elétron-volt; cal = caloria; Ω = ohm""",
    )
    | several(
        """km = quilômetro; cm = centímetro; mm = milímetro; kg = quilo; ha = hectare
        m² m2 = metro quadrado/metros quadrados; km² km2 = quilômetro quadrado/quilômetros quadrados
        m³ = metro cúbico/metros cúbicos; km/h = quilômetro por hora/quilômetros por hora
        °C ºC ℃ = grau Celsius/graus Celsius; °F ºF = grau Fahrenheit/graus Fahrenheit; lb lbs = libra
        oz = onça; ft = pé; mi² = milha quadrada/milhas quadradas; yd = jarda; gal = galão/galões
        mph = milha por hora/milhas por hora; ° = grau; min = minuto; pb = ponto base/pontos base
        p.p. pp = ponto percentual/pontos percentuais; Mpx MP = megapixel; h = hora
        ppm = parte por milhão/partes por milhão; Mt = milhão de toneladas/milhões de toneladas
        m/s = metro por segundo/metros por segundo; cv CV = cavalo; dB = decibel/decibéis
        m3 = metro cúbico/metros cúbicos"""
    )
    | {"l/100 km": ("litro aos cem quilômetros", "litros aos cem quilômetros")},
    by="por",
    power="elevado a",
    arc=(("grau", "graus"), ("minuto", "minutos"), ("segundo", "segundos")),
    compass={"N": "norte", "S": "sul", "E": "leste", "L": "leste", "O": "oeste", "W": "oeste"},
    pence={
        "real": ("centavo", "centavos"),
        "dólar": ("centavo", "centavos"),
        "euro": ("cêntimo", "cêntimos"),
    },
    queens=words("Isabel Elizabeth Beatriz Margrethe Leonor"),
    hours=("hora", "horas"),
    the=("o|do|ao|no|pelo|um|os", "a|da|à|na|pela|uma|as"),
    particles=words(
        """de a e o em por com sem que ao do da dos das para contra entre até desde se as os foi são é no
        na cada à às não seu sua mais mas como se ou um uma"""
    ),
    feminine=words(
        "mulher mulheres vez vezes noite parte lei voz vozes tarde base sede rede série classe fase"
    ),
    feminine_one="uma",
    masculine=words("dia mapa problema sistema tema programa planeta clima drama idioma poeta atleta cinema"),
    feminine_ending=r"(?:as?|ção|ções|são|sões|dade|dades|tude|tudes|agem|agens)$",
    abbreviations=(
        (r"\b[dD]ep\.(?=\s[A-Z])", "deputado"),
        (r"\b[sS]en\.(?=\s[A-Z])", "senador"),
        (r"\b([Ee]ntre (?:os? )?)(-?\d[\d.,]*)\s?[-–]\s?(?=\d)", r"\1\2 e "),
        (r"\bD\.(?=\s[A-Z]\w*a\b)", "Dona"),
        (r"\bProf\.?ª", "professora"),
        (r"\bDr\.?ª", "doutora"),
        (r"\bSr\.?ª", "senhora"),
        *shortened("Exmo. = excelentíssimo; Exma. = excelentíssima"),
        (r"\bV\.\s?Exa?\.(?:ª)?", "Vossa Excelência"),
        (r"\bArq\.º?(?=\s[A-Z])", "arquiteto"),
        *shortened("Lgo.|Lg. = largo; Trav.|Tv. = travessa"),
        (r"\b(\d{4,5})-(\d{3})(?=\s[A-Z]|\W*$)", r"\1, \2,"),
        (r"(?<![\w,.])(\d{3})\s?x\s?(\d{2,3})(?![\w,.]\d|\s?(?:cm|m|mm)\b|\w)", r"\1 a \2"),
        (r"\b[sS]eg\.\s?a\s?sex\.", "segunda a sexta"),
        (r"\b[sS]eg\.\s?a\s?s[áa]b\.", "segunda a sábado"),
        (r"\b[sS]eg\.\s?a\s?dom\.", "segunda a domingo"),
        (r"(?<=[A-Za-zà-ü])\s[xX]\s(?=[A-Z])", " contra "),
        (r"\b[sS]écs\.(?=\s[IVX])", "séculos"),
        (r"\b[sS]éc\.", "século"),
        (r"\bLda\.?(?=\W|$)", "limitada"),
        (r"\bpp\.(?=\s?\d)|\bpágs\.", "páginas"),
        (r"\b[nN]\.?[º°]s\s?(?=\d)|\bn\.os\s(?=\d)", "números "),
        (r"\bEng\.º?(?=\s[A-Z])", "engenheiro"),
        (r"\b[dD]es\.(?=\s[A-Z])", "desembargador"),
        (r"\b[mM]in\.(?=\s[A-Z])", "ministro"),
        (r"\b[pP]ref\.(?=\s[A-Z])", "prefeito"),
        (r"\b[vV]er\.(?=\s[A-Z])", "vereador"),
        (r"\bcel\.(?=\s[A-Z])|\bCel\.(?=\s[A-Z])", "coronel"),
        (r"\barts\.(?=\s\d)", "artigos"),
        (r"\binc\.(?=\s[IVX\d])", "inciso"),
        (r"\bR\.(?=\sd[aoe]s?\s[A-Z])", "rua"),
        (r"\b4\s?x\s?4\b", "4 por 4"),
        (r"\bhab\.(?=\W|$)", "habitantes"),
        (r"\bdto\.|\bdir\.(?=\W|$)", "direito"),
        (r"\besq\.(?=\W|$)", "esquerdo"),
        (r"(?<=[a-zãáéíóú]{3})/(?=(?:dia|mês|ano|hora|semana|minuto|noite|pessoa|habitante)\b)", " por "),
        *shortened("Pça.|Pç. = praça; Tel. = telefone"),
        (r"(?<![\w,.])(\d{1,2})\s?x\s?(\d{1,2})(?![\w,.]\d|\s?(?:cm|m|mm)\b|\w)", r"\1 a \2"),
        *shortened(
            """Srs. = senhores; Sra.|sra. = senhora; Sr.|sr. = senhor; Dra.|dra. = doutora
            Dr.|dr. = doutor; Profa. = professora; Prof. = professor"""
        ),
        (r"\bD\.(?=\s[A-Z])", "Dom"),
        *shortened("p. ex. = por exemplo; etc. = et cetera"),
        (r"\b[nN]\.?[º°]\s?(?=\d)", "número "),
        (r"\bpp?\.(?=\s?\d)|\bpág\.", "página"),
        (r"\bvol\.(?=\s\d)", "volume"),
        (r"\b[cC]ap\.(?=\s[\dIVXL])", "capítulo"),
        (r"\b[aA]rt\.(?=\s\d)", "artigo"),
        (r"\b([1-4])T\s?(?=\d\d\b)", r"\1.º trimestre de 20"),
        (r"\bAv\.", "avenida"),
        (r"(?<![A-Z]\.\s)\bR\.(?=\s[A-Z])(?!\s[A-Z]\.)", "rua"),
        *shortened(
            """a. C. = antes de Cristo; d. C. = depois de Cristo; tel. = telefone; Sto. = Santo
            Sta. = Santa"""
        ),
        (r"\bS\.(?=\s[A-Z][a-z])", "São"),
        (r"\be/ou\b", "e ou"),
        *shortened("Gal.|Gen. = general; aprox. = aproximadamente; cia.|Cia. = companhia"),
        (r"\bLtda\.?", "limitada"),
    ),
    signs=pairs(
        """& = e; + = mais; = = igual a; ± = mais ou menos; × = vezes; § = parágrafo; % = por cento
        € = euros; $ = dólares; £ = libras; @ = arroba; ° = graus; ≈ = cerca de; ~ = cerca de
        < = menor que; > = maior que; ≥ = pelo menos; ≤ = no máximo; √ = raiz de; π = pi; ∞ = infinito
        ÷ = dividido por"""
    ),
    acronyms=words(
        """OTAN NATO NASA UNESCO UNICEF OPEP ONU AIDS SIDA COVID FIFA UEFA PIB SUS ENEM CADE ANVISA IBAMA
        USP MEC PEC PSOL UNE COP"""
    ),
    spelled=words("UE EUA OCDE PT PSDB IBGE CPI IPVA IPTU IPCA INPC CEP"),
    first="primeiro",
    link=" de ",
    and_minutes=" e ",
    kings=words(
        """João Pedro Paulo Pio Leão Bento Luís Henrique Carlos Filipe Afonso Manuel Sebastião José Miguel
        Isabel Elizabeth Jorge Eduardo Guilherme Napoleão Francisco Gregório Nicolau Maria Dinis"""
    ),
    centuries="[Ss]éculos?",
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """The whole row of Portuguese."""
    return romance_rules(
        LANGUAGE, "Manual de redação da Folha de S.Paulo; Manual de comunicação da Secom do Senado"
    )
