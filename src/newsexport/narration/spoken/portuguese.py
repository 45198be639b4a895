"""Portuguese: its words."""

from __future__ import annotations

from functools import cache

from newsexport.narration.spoken.romance import Romance
from newsexport.narration.spoken.romance import rules as row
from newsexport.narration.spoken.rules import Rule
from newsexport.narration.spoken.tongue import several

TONGUE = Romance(
    language="pt-BR",
    months=("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
            "dezembro"),
    short_months={"jan": 1, "fev": 2, "mar": 3, "abr": 4, "mai": 5, "jun": 6, "jul": 7, "ago": 8, "set": 9, "out": 10, "nov": 11, "dez": 12},
    comma="vírgula", percent="por cento", permille="por mil", minus="menos", plus="mais", until="a", score="a", dot="ponto", at="arroba",
    hashtag="hashtag", one="um", conjunction="e", per="por", squared=("quadrado", "quadrados"), of=lambda unit: f"de {unit}",
    decimals_together=True, cents=("e", "e"),
    currencies=several("€ EUR euros euro = euro", "US$ USD dólares dólar $ = dólar/dólares", "R$ BRL reais = real/reais", "£ GBP libras = libra", "¥ JPY = iene", "CHF = franco suíço/francos suíços",
        "₽ = rublo", "₹ = rupia"),
    magnitudes=several("milhões milhão mi M = milhão/milhões", "bilhões bilhão bi = bilhão/bilhões", "mil = mil/mil", "trilhões trilhão tri = trilhão/trilhões"),
    units=several("km = quilômetro", "m = metro", "cm = centímetro", "mm = milímetro", "kg = quilo", "g = grama", "mg = miligrama", "l L = litro", "ml = mililitro", "ha = hectare", "t = tonelada",
        "m² m2 = metro quadrado/metros quadrados", "km² km2 = quilômetro quadrado/quilômetros quadrados", "m³ = metro cúbico/metros cúbicos", "km/h = quilômetro por hora/quilômetros por hora",
        "kW = quilowatt", "MW = megawatt", "GW = gigawatt", "W = watt", "kWh = quilowatt-hora/quilowatts-hora", "GB = gigabyte", "MB = megabyte", "°C ºC = grau/graus", "° = grau", "min = minuto", "GHz = gigahertz/gigahertz"),
    abbreviations=(
        (r"\bSrs\.", "senhores"), (r"\bSra\.|\bsra\.", "senhora"), (r"\bSr\.|\bsr\.", "senhor"), (r"\bDra\.|\bdra\.", "doutora"), (r"\bDr\.|\bdr\.", "doutor"), (r"\bProfa\.", "professora"), (r"\bProf\.", "professor"),
        (r"\bD\.(?=\s[A-Z])", "Dom"), (r"\bp\.\s?ex\.", "por exemplo"), (r"\betc\.", "et cetera"), (r"\b[nN]\.?[º°]\s?(?=\d)", "número "), (r"\bpp?\.(?=\s?\d)|\bpág\.", "página"), (r"\bvol\.(?=\s\d)", "volume"),
        (r"\bcap\.(?=\s\d)", "capítulo"), (r"\bart\.(?=\s\d)", "artigo"), (r"\bAv\.", "avenida"), (r"\bR\.(?=\s[A-Z])", "rua"), (r"\ba\.\s?C\.", "antes de Cristo"), (r"\bd\.\s?C\.", "depois de Cristo"), (r"\btel\.", "telefone"),
        (r"\bSto\.", "Santo"), (r"\bSta\.", "Santa"), (r"\bS\.(?=\s[A-Z][a-z])", "São"), (r"\be/ou\b", "e ou"), (r"\bGal\.|\bGen\.", "general"), (r"\baprox\.", "aproximadamente"), (r"\bcia\.|\bCia\.", "companhia"), (r"\bLtda\.?", "limitada"),
    ),
    signs={"&": "e", "+": "mais", "=": "igual a", "±": "mais ou menos", "×": "vezes", "§": "parágrafo", "%": "por cento", "€": "euros", "$": "dólares", "£": "libras", "@": "arroba", "°": "graus", "≈": "cerca de",
           "~": "cerca de", "<": "menor que", ">": "maior que", "≥": "pelo menos", "≤": "no máximo", "√": "raiz de", "π": "pi", "∞": "infinito", "÷": "dividido por"},
    fractions={"½": "meio", "¼": "um quarto", "¾": "três quartos", "⅓": "um terço", "⅔": "dois terços", "1/2": "meio", "1/3": "um terço", "2/3": "dois terços", "1/4": "um quarto", "3/4": "três quartos",
               "1/5": "um quinto", "2/5": "dois quintos", "3/5": "três quintos", "4/5": "quatro quintos", "1/10": "um décimo"},
    acronyms=frozenset("OTAN NATO NASA UNESCO UNICEF OPEP ONU AIDS SIDA COVID FIFA UEFA PIB SUS ENEM CADE ANVISA IBAMA USP MEC OAB".split()) - {"OAB"},
    spelled=frozenset("UE EUA PT PSDB IBGE CPI".split()),
    first="primeiro", link=" de ", hour="horas", and_minutes=" e ",
    ordinals=("primeiro", "segundo", "terceiro", "quarto", "quinto", "sexto", "sétimo", "oitavo", "nono", "décimo"),
    kings=frozenset("João Pedro Paulo Pio Leão Bento Luís Henrique Carlos Filipe Afonso Manuel Sebastião José Miguel Isabel Elizabeth Jorge Eduardo Guilherme Napoleão Francisco Gregório Nicolau Maria Dinis".split()),
    centuries="[Ss]éculos?",
)  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """The whole row of Portuguese."""
    return row(TONGUE, "Manual de redação da Folha de S.Paulo; Manual de comunicação da Secom do Senado")
