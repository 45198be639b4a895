"""Dutch: its words."""

from __future__ import annotations

from functools import cache

from spokenform import numerals
from spokenform.calendar import DAY_FIRST, DayFirst
from spokenform.frame import row
from spokenform.rules import Rule
from spokenform.word_lists import alike, listed, metric, pairs, several, short_months, shortened, words


def _part(bottom: int) -> tuple[str, str]:
    """``derde``, ``kwart``, ``vijfde``."""
    named = "kwart" if bottom == 4 else numerals.ordinal(bottom, "nl")
    return named, named


def _clock(hour: int, minute: int, _before: str) -> str:
    """``negentien uur dertig``."""
    rest = f" {numerals.cardinal(minute, 'nl')}" if minute else ""
    return f"{numerals.cardinal(hour, 'nl')} uur{rest}"


LANGUAGE = DayFirst(
    tag="nl",
    months=listed("januari februari maart april mei juni juli augustus september oktober november december"),
    short_months=short_months("jan feb mrt apr - jun jul aug sept/sep okt nov dec"),
    comma="komma",
    percent="procent",
    permille="promille",
    minus="min",
    plus="plus",
    until="tot",
    score="",
    dot="punt",
    at="apenstaartje",
    hashtag="hashtag",
    one="een",
    conjunction="en",
    per="per",
    half="een half",
    part=_part,
    clock=_clock,
    hour_word="uur|u",
    before_hours="om|vanaf|tot|rond",
    before_year="in|sinds|uit|van|tot|voor|na|eind|begin|medio|jaar|zomer|najaar|voorjaar|winter|lente|herfst",
    ordinal_mark=r"(?:e|ste|de)(?!\w)",
    nth=lambda value, _end, _before: numerals.ordinal(value, "nl"),
    cents=("cent",),
    cents_link="",
    thousand="duizend",
    partitive="",
    domains=words("nl be eu"),
    currencies=alike(
        """€ EUR euro euro's = euro; $ dollar = dollar; US$ USD = Amerikaanse dollar; £ GBP pond = pond
        ¥ JPY = yen; CHF = Zwitserse frank; ₽ = roebel; ₹ = roepie; kr = kroon; zł PLN = zloty; ₺ = lira
        CNY = yuan"""
    ),
    magnitudes=alike(
        """mln. mln mio miljoen = miljoen; mld. mld miljard = miljard; biljoen = biljoen; duizend = duizend"""
    ),
    units=metric(
        "kilo centi milli deci hecto micro nano mega giga tera",
        """m = meter/meter; g = gram/gram; l L = liter/liter; W = watt/watt; Wh = wattuur/wattuur
        V = volt/volt; Hz = hertz/hertz; B = byte/byte; J = joule/joule; Pa = pascal/pascal; t = ton/ton
        Bq = becquerel/becquerel; cal = calorie/calorieën; bit/s = bit per seconde/bit per seconde""",
    )
    | alike(
        """ha = hectare; m² m2 = vierkante meter; km² km2 = vierkante kilometer; m³ m3 = kubieke meter
        km/u km/h = kilometer per uur; m/s = meter per seconde; dB = decibel; pk = paardenkracht; kg = kilo
        min. min = minuten; sec. sec = seconden; u = uur; ppm = delen per miljoen"""
    )
    | several("°C = graad Celsius/graden Celsius; ° = graad/graden"),
    rate_units={"u": "uur", "h": "uur"},
    abbreviations=(
        *shortened(
            """dhr. = de heer; mevr.|mw. = mevrouw; mr. = meester; drs. = doctorandus; dr. = dokter
            prof. = professor; ir. = ingenieur; bijv.|bv. = bijvoorbeeld; d.w.z. = dat wil zeggen
            o. a. = onder andere; m. b. t. = met betrekking tot; i. v. m. = in verband met
            n. a. v. = naar aanleiding van; t. o. v. = ten opzichte van; enz. = enzovoort; etc. = et cetera
            ca. = circa; nr. = nummer; blz. = bladzijde; jl. = jongstleden; a. s. = aanstaande
            m. a. w. = met andere woorden; t. m. = tot en met; St. = Sint; v. Chr. = voor Christus
            n. Chr. = na Christus; incl. = inclusief; excl. = exclusief; tel. = telefoon"""
        ),
        (r"\bt/m\b", "tot en met"),
        (r"\bvs\.?(?=\s)", "versus"),
        (r"(?<=jaren )['’]?(?=\d0\b)", ""),
    ),
    signs=pairs(
        """& = en; + = plus; = = is; ± = plusminus; × = keer; § = paragraaf; % = procent; € = euro
        $ = dollar; £ = pond; @ = apenstaartje; ° = graden; ≈ = ongeveer; ~ = ongeveer; < = kleiner dan
        > = groter dan; ÷ = gedeeld door"""
    ),
    particles=words(
        """de het een en of in op aan bij met van voor tot uit naar om door over is was zijn niet dat die te
        er als"""
    ),
    no_nouns=words("tegen van in op bij na voor en"),
    chapters=r"\b(?P<name>[Hh]oofdstuk|[Aa]rtikel|[Dd]eel|[Ww]ereldoorlog)\s(?P<n>[IVXL]+)\b",
    arc=(("graad", "graden"), ("minuut", "minuten"), ("seconde", "seconden")),
    compass={"N": "noord", "Z": "zuid", "O": "oost", "W": "west"},
    power="tot de macht",
    acronyms=words("NAVO NATO NASA UNESCO UNICEF OPEC AIDS COVID FIFA UEFA ISIS IKEA CITO HAVO MAVO VUT"),
    spelled=words("EU VN VS VVD CDA PVV NOS NS KLM ANP AIVD OM GGD RIVM SP"),
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Dutch."""
    return row(LANGUAGE, DAY_FIRST)
