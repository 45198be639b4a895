"""Polish: its words, and its ordinals, which the rules of CLDR have not."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.amounts import AMOUNTS
from spokenform.calendar import DAY_FIRST
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import Language, roman
from spokenform.languages.slavic import Slavic, say_governed
from spokenform.rules import Rule
from spokenform.word_lists import alike, listed, pairs, several, short_months, shortened, words

ONES = listed(
    """zerowy pierwszy drugi trzeci czwarty piąty szósty siódmy ósmy dziewiąty dziesiąty jedenasty dwunasty
    trzynasty czternasty piętnasty szesnasty siedemnasty osiemnasty dziewiętnasty"""
)
TENS = listed(
    """dwudziesty trzydziesty czterdziesty pięćdziesiąty sześćdziesiąty siedemdziesiąty osiemdziesiąty
    dziewięćdziesiąty"""
)
HUNDREDS = listed(
    "setny dwusetny trzechsetny czterechsetny pięćsetny sześćsetny siedemsetny osiemsetny dziewięćsetny"
)
# Endings of an adjective in -y, and of one in -i.
ENDINGS = {
    "masculine": ("y", "i"), "genitive": ("ego", "iego"), "locative": ("ym", "im"), "feminine": ("a", "ia"),
    "feminine-locative": ("ej", "iej"), "neuter": ("e", "ie"), "plural": ("e", "ie"),
    "plural-genitive": ("ych", "ich"),
}  # fmt: skip


def _ordinal(value: int, form: str = "masculine") -> str:
    """``dwudziesty szósty``; the thousands and hundreds before stay cardinals."""
    head, rest = divmod(value, 100)
    if rest == 0 and head:
        said = (
            f"{_lead(head // 10 * 1000)}{HUNDREDS[head % 10 - 1]}"
            if head % 10
            else f"{_joined(head // 10)}tysięczny"
        )
        return _ending(said, form)
    tens, ones = divmod(rest, 10)
    parts = [ONES[rest]] if rest < 20 else [TENS[tens - 2], *([ONES[ones]] if ones else [])]
    return _lead(head * 100) + " ".join(_ending(part, form) for part in parts)


def _lead(value: int) -> str:
    return f"{numerals.cardinal(value, 'pl')} " if value else ""


def _joined(thousands: int) -> str:
    return {1: "", 2: "dwu"}.get(
        thousands, numerals.cardinal(thousands, "pl", "masculine-genitive").replace(" ", "")
    )


def _ending(said: str, form: str) -> str:
    hard, soft = ENDINGS[form]
    if said.endswith("gi"):
        return said[:-1] + {"feminine": "a"}.get(form, soft)
    return said[:-1] + (soft if said.endswith("i") else hard)


FEMININE = words(
    """osoby osób godziny minuty sekundy kobiety strony złotówki korony tony liry rupie gminy szkoły firmy
    spółki ofiary rodziny ulice linie karetki jednostki bramki drużyny partie książki wersje noce części
    grupy sprawy ustawy umowy stacje sesje fabryki kopalnie łodzie rakiety bomby mapy zasady lekcje płyty
    piosenki rundy kolejki setki dziesiątki"""
)


def _after_one(noun: str) -> str:
    """*jedna godzina*, *jedno miejsce*, *jeden dom*."""
    if noun in FEMININE or noun.endswith(("a", "ość", "noc", "część")):
        return "feminine"
    return "neuter" if noun.endswith(("o", "e", "ę", "um")) and noun != "euro" else "masculine"


def _after_two(noun: str) -> str:
    """*dwie osoby*, *dwa domy*."""
    return "feminine" if noun in FEMININE or noun.endswith(("cje", "nie", "ki")) else "masculine"


def _with_decimals(whole: int, part: str) -> str:
    """``2,5`` is dwa i pół, ``2,75`` dwa przecinek siedemdziesiąt pięć."""
    above = numerals.cardinal(whole, "pl")
    if part == "5":
        return f"{above} i pół" if whole else "pół"
    together = numerals.cardinal(int(part), "pl") if not part.startswith("0") else numerals.digits(part, "pl")
    return f"{above} przecinek {together}"


def _part(bottom: int) -> tuple[str, ...]:
    """``trzecia``, ``trzecie``, ``trzecich``."""
    return tuple(_ordinal(bottom, form) for form in ("feminine", "plural", "plural-genitive"))


def _clock(hour: int, minute: int, before: str) -> str:
    """``19:30`` is dziewiętnasta trzydzieści, behind a preposition dziewiętnastej."""
    governed = re.search(r"\b(?:o|od|do|po|przed|około|godz\.|godzinie|godziny)\s$", before, re.IGNORECASE)
    said = _ordinal(hour, "feminine-locative" if governed else "feminine")
    if not minute:
        return said
    return f"{said} {'zero ' if minute < 10 else ''}{numerals.cardinal(minute, 'pl')}"


def _year(value: int, before: str) -> str:
    return _ordinal(value, "locative" if re.search(r"\bw[e]?\s$", before, re.IGNORECASE) else "genitive")


LANGUAGE = Slavic(
    tag="pl",
    plurals=("one", "few", "many", "other"),
    million="many",
    months=listed(
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    ),
    short_months=short_months("sty lut mar kwi - cze lip sie wrz paź lis gru"),
    comma="przecinek",
    percent="procent",
    permille="promil",
    minus="minus",
    plus="plus",
    until="do",
    score="do",
    dot="kropka",
    at="małpa",
    hashtag="hasztag",
    one="jeden",
    conjunction="i",
    per="na",
    half="pół",
    part=_part,
    day=lambda value, _before: _ordinal(value, "genitive"),
    year=_year,
    year_word=r"r\.|roku",
    year_said="roku",
    clock=_clock,
    before_hours=r"o|od|do|po|godz\.|godzinie|godziny",
    after_one=_after_one,
    after_two=_after_two,
    with_decimals=_with_decimals,
    genitive="około|ok\\.|powyżej|poniżej|do|od|z|bez|dla|blisko|niespełna|prawie do|więcej niż do",
    cents=("cent", "centy", "centów", "centa"),
    cents_link=" i",
    cents_named=True,
    thousand="tysiąc",
    pence={"złoty": ("grosz", "grosze", "groszy", "grosza"), "funt": ("pens", "pensy", "pensów", "pensa")},
    currencies=several(
        """zł zł. PLN złotych złote złoty = złoty/złote/złotych/złotego
        $ USD dolarów dolary dolara dolar = dolar/dolary/dolarów/dolara; £ GBP = funt/funty/funtów/funta
        ¥ JPY = jen/jeny/jenów/jena; ₽ = rubel/ruble/rubli/rubla; ₴ = hrywna/hrywny/hrywien/hrywny
        CHF = frank/franki/franków/franka; Kč = korona/korony/koron/korony; ₺ = lira/liry/lir/liry
        ₹ = rupia/rupie/rupii/rupii"""
    )
    | alike("€ EUR euro = euro"),
    magnitudes=several(
        """tys. tys tysięcy tysiące tysiąc = tysiąc/tysiące/tysięcy/tysiąca
        mln milionów miliony miliona milion = milion/miliony/milionów/miliona
        mld miliardów miliardy miliarda miliard = miliard/miliardy/miliardów/miliarda
        bln = bilion/biliony/bilionów/biliona"""
    ),
    units=several(
        """km = kilometr/kilometry/kilometrów/kilometra; m = metr/metry/metrów/metra
        cm = centymetr/centymetry/centymetrów/centymetra; mm = milimetr/milimetry/milimetrów/milimetra
        kg = kilogram/kilogramy/kilogramów/kilograma; g = gram/gramy/gramów/grama; t = tona/tony/ton/tony
        l = litr/litry/litrów/litra; ha = hektar/hektary/hektarów/hektara; W = wat/waty/watów/wata
        km/h = kilometr na godzinę/kilometry na godzinę/kilometrów na godzinę/kilometra na godzinę
        m/s = metr na sekundę/metry na sekundę/metrów na sekundę/metra na sekundę
        kW = kilowat/kilowaty/kilowatów/kilowata
        m² m2 mkw. = metr kwadratowy/metry kwadratowe/metrów kwadratowych/metra kwadratowego
        km² km2 = kilometr kwadratowy/kilometry kwadratowe/kilometrów kwadratowych/kilometra kwadratowego
        m³ m3 = metr sześcienny/metry sześcienne/metrów sześciennych/metra sześciennego
        MW = megawat/megawaty/megawatów/megawata; GW = gigawat/gigawaty/gigawatów/gigawata
        kWh = kilowatogodzina/kilowatogodziny/kilowatogodzin/kilowatogodziny
        GB = gigabajt/gigabajty/gigabajtów/gigabajta; MB = megabajt/megabajty/megabajtów/megabajta
        °C = stopień Celsjusza/stopnie Celsjusza/stopni Celsjusza/stopnia Celsjusza
        ° = stopień/stopnie/stopni/stopnia; godz. h = godzina/godziny/godzin/godziny
        min min. = minuta/minuty/minut/minuty; sek. s = sekunda/sekundy/sekund/sekundy
        Hz = herc/herce/herców/herca; V = wolt/wolty/woltów/wolta; dB = decybel/decybele/decybeli/decybela"""
    ),
    rate_units={"h": "godzinę", "godz.": "godzinę", "s": "sekundę"},
    abbreviations=(
        (r"\bo godz\.(?=\s\d)", "o godzinie"),
        *shortened(
            """m. in. = między innymi; np. = na przykład; itd. = i tak dalej; itp. = i tym podobne
            tzn. = to znaczy; tj. = to jest; ok. = około; ul. = ulica; al. = aleja; prof. = profesor
            św. = święty; tzw. = tak zwany; br. = bieżącego roku; ub. r. = ubiegłego roku
            n. e. = naszej ery; str. = strona; tel. = telefon; ks. = ksiądz; gen. = generał; im. = imienia
            proc. = procent; pkt. = punktów; woj. = województwo; pow. = powiat; inż. = inżynier
            mgr. = magister"""
        ),
        (r"\bdr\b(?=\s[A-ZŁŚŻ])", "doktor"),
        (r"\b[nN]r\b(?=\s\d)", "numer"),
        (r"\bpkt\b", "punktów"),
        (r"\bos\.(?!\w)", "osób"),
    ),
    signs=pairs(
        """& = i; + = plus; = = równa się; ± = plus minus; × = razy; § = paragraf; % = procent; € = euro
        $ = dolarów; £ = funtów; @ = małpa; ° = stopni; ≈ = około; ~ = około; < = mniej niż; > = więcej niż
        ÷ = podzielić przez"""
    ),
    particles=words(
        "i w we na z ze do od po za u o nie a jak że to był była było były dla bez lub czy przy przez się"
    ),
    no_nouns=words("z w na i"),
    chapters=r"\b(?P<name>[Rr]ozdział|[Aa]rtykuł|[Tt]om|[Cc]zęść)\s(?P<n>[IVXL]+)\b",
    arc=(("stopień", "stopnie", "stopni"), ("minuta", "minuty", "minut"), ("sekunda", "sekundy", "sekund")),
    compass={
        "N": "szerokości północnej",
        "S": "szerokości południowej",
        "E": "długości wschodniej",
        "W": "długości zachodniej",
    },
    power="do potęgi",
    acronyms=words(
        "NATO NASA UNESCO UNICEF OPEC AIDS COVID FIFA UEFA ZUS NIK MON ONZ PAN PiS KRUS WOŚP GUS CBOS ABW"
    ),
    spelled=words("UE USA PO TVP TVN PZPN AK KO RP PKN BBN"),
)

YEARS = re.compile(
    r"(?P<before>\b[Ww]e?\s)?(?<![\w.,/-])(?P<a>1[1-9]\d\d|20\d\d)(?:\s?[-–]\s?(?P<b>1[1-9]\d\d|20\d\d))?(?P<word>\s(?:roku|rok|r\.))(?!\w)"
)
BARE = re.compile(r"(?<=\b[Ww]\s)(?P<a>1[5-9]\d\d|20\d\d)(?![\w%]|[.,]\d|\s(?:os|lud|przyp|miej|gmin|szko))")
DECADE = re.compile(r"\b(?P<word>[Ll]ata(?:ch)?|[Ll]at)\s(?P<n>[2-9]0)\.")
NTH = re.compile(r"(?<![\w.,])(?P<n>\d{1,3})\.(?=\s(?P<noun>[a-ząćęłńóśźż]{3,}))")
CENTURY = re.compile(r"\b(?P<n>[IVX]+)\s(?P<word>wiek(?:u|iem)?|w\.)(?!\w)")


def say_years(text: str, _language: Language) -> str:
    """``w 2026 roku`` is w dwa tysiące dwudziestym szóstym roku, ``2026 r.`` dwudziestego szóstego."""

    def year(match: re.Match[str]) -> str:
        form = (
            "locative" if match["before"] else "masculine" if match["word"].strip() == "rok" else "genitive"
        )
        said = _ordinal(int(match["a"]), form)
        said += f" do {_ordinal(int(match['b']), form)}" if match["b"] else ""
        return f"{match['before'] or ''}{said}{match['word'].replace('r.', 'roku')}"

    return BARE.sub(lambda match: _ordinal(int(match["a"]), "locative"), YEARS.sub(year, text))


def say_nths(text: str, _language: Language) -> str:
    """``3. miejsce`` is trzecie, ``lata 80.`` osiemdziesiąte, ``XXI wiek`` dwudziesty pierwszy."""

    def nth(match: re.Match[str]) -> str:
        noun = match["noun"]
        if noun in LANGUAGE.particles:
            return match.group()
        ends = (
            ("miejscu|wieku|roku|etapie|meczu|dniu", "locative"),
            ("minucie|rundzie|kolejce|klasie|rocznicy|edycji", "feminine-locative"),
        )
        form = next((form for pattern, form in ends if re.fullmatch(pattern, noun)), _after_one(noun))
        return _ordinal(int(match["n"]), form)

    def decade(match: re.Match[str]) -> str:
        form = "plural" if match["word"].endswith("a") else "plural-genitive"
        return f"{match['word']} {_ordinal(int(match['n']), form)}"

    def century(match: re.Match[str]) -> str:
        form = {"wiek": "masculine", "wieku": "locative", "w.": "locative"}.get(match["word"], "locative")
        before = match.string[: match.start()]
        form = "genitive" if form == "locative" and not re.search(r"\b[Ww]e?\s$", before) else form
        return f"{_ordinal(roman(match['n']) or 0, form)} {match['word'].replace('w.', 'wieku')}"

    text = CENTURY.sub(century, text)
    return NTH.sub(nth, DECADE.sub(decade, text))


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Polish."""
    source = "Wielki słownik ortograficzny PWN, liczebniki i daty"
    own: dict[Kind, tuple[RuleFor[Slavic], ...]] = {
        Kind.COMPOUNDS: (),
        Kind.DATES: (*DAY_FIRST[Kind.DATES], RuleFor(say_years, source, figures=True)),
        Kind.NUMERALS: (RuleFor(say_nths, source), *DAY_FIRST[Kind.NUMERALS]),
        Kind.MONEY: (RuleFor(say_governed, source, figures=True), *AMOUNTS[Kind.MONEY]),
        Kind.YEARS: (),
    }
    return row(LANGUAGE, {**DAY_FIRST, **own})
