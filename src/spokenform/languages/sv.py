"""Swedish: its words."""

from __future__ import annotations

from functools import cache

from spokenform import numerals
from spokenform.calendar import DAY_FIRST, DayFirst
from spokenform.frame import row
from spokenform.rules import Rule
from spokenform.word_lists import listed, metric, pairs, several, short_months, shortened, words


def _part(bottom: int) -> tuple[str, str]:
    """``tredjedel``, ``fjärdedel``, ``tiondel``."""
    if bottom == 4:
        return "fjärdedel", "fjärdedelar"
    nth = numerals.ordinal(bottom, "sv", "reale")
    named = f"{nth.removesuffix('de')}del" if nth.endswith("nde") else f"{nth}del"
    return named, f"{named}ar"


def _nth(value: int, end: str, _before: str) -> str:
    """``3:e`` is tredje, ``80-talet`` åttiotalet."""
    return numerals.year(value, "sv") + end[1:] if end.startswith("-") else _day(value, "")


def _day(value: int, _before: str) -> str:
    return numerals.ordinal(value, "sv", "reale")


LANGUAGE = DayFirst(
    tag="sv",
    months=listed("januari februari mars april maj juni juli augusti september oktober november december"),
    short_months=short_months("jan feb mar apr - jun jul aug sept/sep okt nov dec"),
    comma="komma",
    percent="procent",
    permille="promille",
    minus="minus",
    plus="plus",
    until="till",
    score="",
    dot="punkt",
    at="snabel-a",
    hashtag="hashtag",
    one="en",
    conjunction="och",
    per="per",
    half="en halv",
    part=_part,
    day=_day,
    before_hours="klockan|kl\\.?|från|till",
    before_year="år|i|sedan|från|till|under|före|efter|hösten|våren|sommaren|vintern|mellan",
    ordinal_mark=r":[ea](?!\w)|-tal(?:et)?(?!\w)",
    nth=_nth,
    neuter_one="ett",
    neuter=words(
        """år barn hus land ton kilo kilogram gram mål bord rum jobb företag par hundratal tiotal kvarter
        dygn djur fall parti universitet fartyg tåg förslag svar ord"""
    ),
    cents=("öre",),
    cents_link=" och",
    cents_named=True,
    thousand="tusen",
    domains=words("se eu"),
    currencies=several(
        """€ EUR euro = euro/euro; $ dollar = dollar/dollar; US$ USD = amerikansk dollar/amerikanska dollar
        £ GBP pund = pund/pund; ¥ JPY = yen/yen; kr kr. SEK kronor krona = krona/kronor
        NOK = norsk krona/norska kronor; DKK = dansk krona/danska kronor
        CHF = schweizisk franc/schweiziska franc; zł PLN = zloty/zloty; ₽ = rubel/rubel; ₺ = lira/lira
        ₹ = rupie/rupier"""
    ),
    magnitudes=several(
        """mn mnkr milj. miljoner miljon = miljon/miljoner; md mdr mdkr miljarder miljard = miljard/miljarder
        biljoner biljon = biljon/biljoner; tusen = tusen/tusen"""
    ),
    units=metric(
        "kilo centi milli deci hekto mikro nano mega giga tera",
        """m = meter/meter; g = gram/gram; l L = liter/liter; W = watt/watt; Wh = wattimme/wattimmar
        V = volt/volt; Hz = hertz/hertz; B = byte/byte; J = joule/joule; Pa = pascal/pascal; t = ton/ton
        Bq = becquerel/becquerel; cal = kalori/kalorier; bit/s = bit per sekund/bit per sekund
        s = sekund/sekunder""",
    )
    | several(
        """ha = hektar/hektar; m² m2 kvm = kvadratmeter/kvadratmeter
        km² km2 = kvadratkilometer/kvadratkilometer; m³ m3 = kubikmeter/kubikmeter
        km/h km/tim = kilometer i timmen/kilometer i timmen; °C = grad Celsius/grader Celsius
        m/s = meter per sekund/meter per sekund; ° = grad/grader; dB = decibel/decibel
        hk = hästkraft/hästkrafter; min min. = minut/minuter; sek sek. = sekund/sekunder
        tim tim. h = timme/timmar; kg = kilo/kilo; mil = mil/mil"""
    ),
    rate_units={"h": "timme", "tim": "timme"},
    abbreviations=(
        *shortened(
            """bl. a. = bland annat; t. ex. = till exempel; d. v. s.|dvs. = det vill säga; m. m. = med mera
            o. s. v.|osv. = och så vidare; etc. = et cetera; ca. = cirka; nr. = nummer; s. k. = så kallad
            f. d. = före detta; kl. = klockan; jfr. = jämför; f. Kr. = före Kristus; e. Kr. = efter Kristus
            dr. = doktor; prof. = professor; tel. = telefon; inkl. = inklusive; exkl. = exklusive
            fr. o. m. = från och med; t. o. m. = till och med; p. g. a. = på grund av"""
        ),
        (r"\bca\b", "cirka"),
        (r"\bbl a\b", "bland annat"),
        (r"\bt ex\b", "till exempel"),
        (r"\bkl\b", "klockan"),
        (r"\bnr\b(?=\s\d)", "nummer"),
        (r"(?<=\d)\s?mkr\b", " mn kr"),
    ),
    signs=pairs(
        """& = och; + = plus; = = är lika med; ± = plus minus; × = gånger; § = paragraf; % = procent
        € = euro; $ = dollar; £ = pund; @ = snabel-a; ° = grader; ≈ = ungefär; ~ = ungefär; < = mindre än
        > = större än; ÷ = delat med"""
    ),
    particles=words(
        "och i på av med till för från den det ett en om är var som att inte har vid mot under över efter"
    ),
    no_nouns=words("mot av i på till för och"),
    chapters=r"\b(?P<name>[Kk]apitel|[Aa]rtikel|[Dd]el|[Vv]ärldskriget)\s(?P<n>[IVXL]+)\b",
    arc=(("grad", "grader"), ("minut", "minuter"), ("sekund", "sekunder")),
    compass={"N": "nord", "S": "syd", "O": "ost", "V": "väst"},
    power="upphöjt till",
    acronyms=words("NATO NASA UNESCO UNICEF OPEC AIDS COVID FIFA UEFA IKEA SAAB ASEA SÄPO SIDA"),
    spelled=words("EU FN SVT SR USA LO TT SAS SJ KD SD BNP"),
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Swedish."""
    return row(LANGUAGE, DAY_FIRST)
