"""Italian: its words."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.frame import Kind, RuleFor
from spokenform.language import Language
from spokenform.languages.romance import Romance
from spokenform.languages.romance import rules as romance_rules
from spokenform.rules import Rule
from spokenform.word_lists import listed, metric, pairs, several, short_months, shortened, words


def _part(bottom: int) -> tuple[str, str]:
    """``terzo``, ``dodicesimo``."""
    return numerals.ordinal(bottom, "it"), numerals.ordinal(bottom, "it", "masculine-plural")


LANGUAGE = Romance(
    tag="it",
    half="mezzo",
    part=_part,
    months=listed(
        """gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"""
    ),
    short_months=short_months("gen feb mar apr mag giu lug ago set/sett ott nov dic"),
    comma="virgola",
    percent="per cento",
    permille="per mille",
    minus="meno",
    plus="più",
    until="a",
    score="a",
    dot="punto",
    at="chiocciola",
    hashtag="hashtag",
    one="un",
    conjunction="e",
    per="per",
    of=lambda unit: f"di {unit}",
    partitive=r"di\s|d['’]",
    thousand="mila",
    cents_link=" e",
    cents_named=True,
    tall="alt[oae]|altezza|uomo|donna",
    tall_link=" e",
    out_of="su",
    marks="pres|vot|ottenut",
    phones="3|8",
    no_nouns=words("contro a al nel nella con per di e in"),
    labels="art[ií]colo|numero|pagina|linea|capitolo|comma|serie|gruppo|livello|fase|sala|aula",
    men_in_a=words("Nicola Luca Andrea"),
    weekdays="lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|giorno",
    elided_article="l'",
    before_hours=r"(?:ore|alle|dalle)\s|all'|dall'",
    no_hours="euro|mil|met|punt|grad",
    elisions={"una ora": "un'ora"},
    half_elided={"ora": "mezz'"},
    phone_words=r"[Tt]el(?:efono)?|[Cc]ellulare|[Ff]ax|[Nn]umero verde",
    laws=r"(?:[Ll]egge|[Dd]ecreto(?:[\s-][Ll]eg\w*)?|[Dd]irettiva|[Rr]egolamento|DL|DPR|D\.?P\.?R\.)(?:\slegislativo)?",
    links="e|ed|o|a|al",
    chapters=r"\b(?P<name>[Cc]apitolo|[Aa]tto|[Pp]arte|[Aa]rt[ií]colo|[Tt]omo|[Ff]ase|[Mm]ondiale|[Aa]pollo|[Ff]ascia)"
    r"\s(?P<n>[IVXL]+)\b",
    decimals_together=True,
    cents=("centesimo", "centesimi"),
    currencies=several(
        """€ EUR euro = euro/euro; US$ USD = dollaro americano/dollari americani
        $ dollari dollaro = dollaro/dollari; £ GBP sterline = sterlina/sterline; ¥ JPY = yen/yen
        CHF = franco svizzero/franchi svizzeri; ₽ = rublo/rubli; R$ = real/real"""
    ),
    magnitudes=several(
        """mln milioni milione M = milione/milioni; mld miliardi miliardo = miliardo/miliardi
        mila k = mila/mila; bilioni = bilione/bilioni"""
    ),
    units=metric(
        "chilo centi milli deci etto micro nano mega giga tera",
        """m = metro/metri; g = grammo/grammi; l L = litro/litri; W = watt/watt; Wh = wattora/wattora
        V = volt/volt; Hz = hertz/hertz; B = byte/byte; J = joule/joule; Pa = pascal/pascal
        s = secondo/secondi; A = ampere/ampere; t = tonnellata/tonnellate; bit = bit/bit; N = newton/newton
        Sv = sievert/sievert; eV = elettronvolt/elettronvolt; cal = caloria/calorie; Ω = ohm/ohm""",
    )
    | several(
        """kg = chilo/chili; gr = grammo/grammi; ha = ettaro/ettari
        m² mq m2 = metro quadrato/metri quadrati; km² kmq = chilometro quadrato/chilometri quadrati
        m³ mc = metro cubo/metri cubi; km/h = chilometro orario/chilometri orari
        °C ℃ = grado Celsius/gradi Celsius; °F = grado Fahrenheit/gradi Fahrenheit; lb lbs = libbra/libbre
        oz = oncia/once; ft = piede/piedi; mi = miglio/miglia; yd = iarda/iarde; gal = gallone/galloni
        mph = miglio orario/miglia orarie; km/s = chilometro al secondo/chilometri al secondo
        min = minuto/minuti; ° = grado/gradi; pb = punto base/punti base
        p.p. pp = punto percentuale/punti percentuali; Mpx MP = megapixel/megapixel; h = ora/ore
        ppm = parte per milione/parti per milione; Mt = milione di tonnellate/milioni di tonnellate
        m/s = metro al secondo/metri al secondo; CV = cavallo/cavalli; dB = decibel/decibel
        q = quintale/quintali; km2 = chilometro quadrato/chilometri quadrati; m3 = metro cubo/metri cubi"""
    )
    | {"l/100 km": ("litro per cento chilometri", "litri per cento chilometri")},
    power="elevato a",
    arc=(("grado", "gradi"), ("minuto", "minuti"), ("secondo", "secondi")),
    compass={"N": "nord", "S": "sud", "E": "est", "O": "ovest", "W": "ovest"},
    queens=words("Beatrice Margrethe Elisabeth Matilde Isabel"),
    hours=("ora", "ore"),
    the=("il|del|al|dal|nel|sul|un|lo", "la|della|alla|dalla|nella|sulla|una"),
    particles=words(
        """di a e o in per con su da al del dei della alla ha era è si la le il lo i gli un una ogni non
        più ma se come nel nella sul sulla"""
    ),
    masculine=words("problema sistema tema programma pianeta clima dramma poeta atleta papa"),
    feminine_one="una",
    feminine_ending=r"(?:a|zione|sione|tà|tù|trice)$",
    of_year="del",
    abbreviations=(
        (r"\b[sS]ig\.ra\b", "signora"),
        (r"\b((?:[Tt]ra|[Ff]ra)(?: il| i| le| gli)? )(-?\d[\d.,]*)\s?[-–]\s?(?=\d)", r"\1\2 e "),
        (r"\bs\.\s?l\.\s?m\.", "sul livello del mare"),
        (r"\b[lL]un\.?\s?[-–]\s?ven\b\.?", "da lunedì a venerdì"),
        (r"\b[lL]un\.?\s?[-–]\s?sab\b\.?", "da lunedì a sabato"),
        (r"\b[lL]un\.?\s?[-–]\s?dom\b\.?", "da lunedì a domenica"),
        (r"\bi sec\.(?=\s[IVX])", "i secoli"),
        (r"(?<=[IVX]\s)sec\.|\b[sS]ec\.(?=\s[IVX])", "secolo"),
        (r"\b[hH]\.?\s(?=\d{1,2}(?:[.:,]\d\d)?\b)", "ore "),
        (r"\b([aAdD]ll'|[dD]all')1(?![\d.,:])", r"\1una"),
        (r"\b([aA]ll|[dD]all)e 1(?=[:.]\d\d)", r"\1'1"),
        (r"\b([oO]re) 1(?![\d.,:])", r"\1 una"),
        (r"\bes\.(?=[\s,:])", "esempio"),
        (r"\be 1/2\b", "e mezzo"),
        (r"(?<=\d\s)ab\.", "abitanti"),
        (r"\bpm\b", "P M"),
        (r"\bSpett\.le", "spettabile"),
        (r"\bEgr\.", "egregio"),
        (r"\bGent\.ma", "gentilissima"),
        (r"\bGent\.mo", "gentilissimo"),
        (r"\b[pP]roff\.", "professori"),
        (r"\bS\.(?=\s[A-Z][a-z]*a\b(?<!Andrea)(?<!Luca)(?<!Nicola))", "Santa"),
        (r"\bS\.\s(?=[AEIOU][a-z])", "Sant'"),
        (r"\bp\.zza(?=\s[A-Z])", "piazza"),
        (r"\bv\.le(?=\s[A-Z])", "viale"),
        (r"\bc\.so(?=\s[A-Z])", "corso"),
        (r"\bdpcm\b", "D P C M"),
        (r"\bS\.?n\.?c\.|\bSnc\b", "S N C"),
        (r"\bSrl\b", "S R L"),
        (r"&\s?C\.", "e C"),
        (r"\b[nN]r\.\s?(?=\d)", "numero "),
        (r"\bnn\.\s?(?=\d)", "numeri "),
        *shortened("c. p. p. = codice di procedura penale; c. p. c. = codice di procedura civile"),
        (r"\bc\.\s?p\.(?=\W|$)", "codice penale"),
        (r"\bc\.\s?c\.(?=\W|$)", "codice civile"),
        (r"\bartt\.(?=\s\d)", "articoli"),
        (r"\bco\.(?=\s\d)", "comma"),
        (r"\bpagg\.(?=\s?\d)|\bpp\.(?=\s?\d)", "pagine"),
        (r"\b[dD]\.?\s?P\.?\s?R\.?(?=\s\d)", "DPR"),
        (r"\b[cC]ell\.(?=\s\+?\d)", "cellulare"),
        (r"\b[gG]eom\.(?=\s[A-Z])", "geometra"),
        (r"\b[rR]ag\.(?=\s[A-Z])", "ragionier"),
        (r"\b[aA]rch\.(?=\s[A-Z])", "architetto"),
        (r"\bcol\.(?=\s[A-Z])", "colonnello"),
        (r"\bmar\.(?=\s[A-Z][a-z])", "maresciallo"),
        (r"\bcap\.(?=\s[A-Z][a-z])", "capitano"),
        (r"\bten\.(?=\s[A-Z])", "tenente"),
        (r"\b1 (?=[aeiouAEIOU]\w*(?:a|zione|tà)\b)", "un'"),
        (r"\b1 (?=(?:[sS][bcdfglmnpqrtvz]|[zZ]|[gG]n|[pP]s)\w*[oe]\b)", "uno "),
        (r"(?<!\w)'(?=\d{2,3}\b)", ""),
        (
            r"(?<=[a-zàèéìòù]{3})/(?=(?:giorno|mese|anno|ora|settimana|minuto|notte|persona|abitante)\b)",
            " per ",
        ),
        (r"\b[sS]ig\.na\b", "signorina"),
        (r"\b[aA]vv\.", "avvocato"),
        (r"\b[oO]n\.(?=\s[A-Z])", "onorevole"),
        (r"\b[iI]ng\.(?=\s[A-Z])", "ingegner"),
        (r"\b[sS]en\.(?=\s[A-Z])", "senatore"),
        (r"\bCost\.", "Costituzione"),
        (r"(?<!D\.)(?<!D\.\s)\bL\.(?=\s\d)", "legge"),
        (r"\b[Dd]\.?\s?[Ll]gs\.?(?=\s(?:n\.\s)?\d)", "decreto legislativo"),
        (r"\bD\.?L\.?(?=\s\d)", "decreto legge"),
        (r"\bC\.so(?=\s[A-Z])", "corso"),
        (r"\bTe[lL]\.", "telefono"),
        (r"\bc\.(?=\s\d)", "comma"),
        (r"\bSig\.ra|\bSig\.na", "signora"),
        *shortened("Sigg. = signori; Sig.|sig. = signor"),
        (r"\bDott\.ssa|\bdott\.ssa", "dottoressa"),
        (r"\bDott\.|\bdott\.|\bDr\.", "dottor"),
        (r"\bProf\.ssa", "professoressa"),
        *shortened("Prof.|prof. = professor; Avv. = avvocato; Ing. = ingegner"),
        (r"\bOn\.(?=\s[A-Z])", "onorevole"),
        (r"\bSen\.(?=\s[A-Z])", "senatore"),
        (r"\becc\.|\betc\.", "eccetera"),
        (r"\bad es\.", "ad esempio"),
        (r"\bp\.\s?es\.", "per esempio"),
        (r"\bn\.\s?(?=\d)|\bn[°º]\s?(?=\d)|\bN\.\s?(?=\d)", "numero "),
        (r"\bpagg?\.|\bpp?\.(?=\s?\d)", "pagina"),
        (r"\bvol\.(?=\s\d)", "volume"),
        (r"\b[cC]ap\.(?=\s[\dIVXL])", "capitolo"),
        (r"\b[aA]rt\.(?=\s\d)", "articolo"),
        (r"\bcirca\b|\bca\.", "circa"),
        (r"\bS\.(?=\s[A-Z][a-z])", "San"),
        *shortened("a. C. = avanti Cristo; d. C. = dopo Cristo; tel. = telefono"),
        (r"\bV\.le(?=\s[A-Z])", "viale"),
        (r"\bP\.zza(?=\s[A-Z])", "piazza"),
        (r"\bS\.p\.A\.|\bSpA\b", "S P A"),
        (r"\bS\.r\.l\.", "S R L"),
        (r"\be/o\b", "e o"),
        (r"\bmons\.|\bMons\.", "monsignor"),
        (r"\bgen\.(?=\s[A-Z])", "generale"),
        (r"\bcfr\.", "confronta"),
        (r"(?<=anni )['’](?=\d0)", ""),
        (r"\bSS\.(?=\s[A-Z])", "Santi"),
    ),
    signs=pairs(
        """& = e; + = più; = = uguale a; ± = più o meno; × = per; § = paragrafo; % = per cento; € = euro
        $ = dollari; £ = sterline; @ = chiocciola; ° = gradi; ≈ = circa; ~ = circa; < = minore di
        > = maggiore di; ≥ = almeno; ≤ = al massimo; √ = radice di; π = pi greco; ∞ = infinito; ÷ = diviso"""
    ),
    acronyms=words(
        """NATO NASA UNESCO UNICEF OPEC ONU AIDS COVID FIFA UEFA IVA PIL INPS ISTAT ENI FIAT CONSOB ANSA
        RAI USA UIL IRAP IRPEF INAIL ANAS IMU TAR TAV BOT COP"""
    ),
    spelled=words("UE PD"),
    first="primo",
    link=" ",
    and_minutes=" e ",
    kings=words(
        """Carlo Luigi Enrico Federico Vittorio Emanuele Umberto Giovanni Paolo Pio Leone Benedetto
        Francesco Elisabetta Giorgio Edoardo Guglielmo Napoleone Alessandro Gregorio Innocenzo Clemente
        Sisto Urbano Filippo Ferdinando Alfonso Nicola Ottone Giulio Adriano Caterina Maria"""
    ),
    last_ordinal=24,
    centuries="[Ss]ecol[oi]",
    century_ordinal=True,
)


AGED = re.compile(r"(?<![\w.,])(?P<n>\d{1,3})-?(?P<end>enn[ei]|ennale|enni[oa])\b")


def say_ages(text: str, language: Language) -> str:
    """``un 15enne`` is quindicenne, ``due 18enni`` diciottenni."""

    def aged(match: re.Match[str]) -> str:
        said = language.cardinal(int(match["n"]))
        said = said.replace("é", "e") if said.endswith(("tre", "tré")) else said[:-1]
        return said + match["end"]

    return AGED.sub(aged, text)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """The whole row of Italian."""
    source = "Accademia della Crusca, numeri e abbreviazioni"
    return romance_rules(LANGUAGE, source, {Kind.COMPOUNDS: (RuleFor(say_ages, source),)})
