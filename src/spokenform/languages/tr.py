"""Turkish: its words, and per cent before the number."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.amounts import AMOUNTS
from spokenform.calendar import DAY_FIRST, DayFirst
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import NUMBER, Language
from spokenform.rules import Rule
from spokenform.word_lists import alike, listed, metric, pairs, short_months, shortened, words


class Turkish(DayFirst):
    """``12,5`` is twelve and a half; a figure before a suffix has it as a part."""

    def number(self, printed: str, *, before: str = "") -> str:
        """As in any language, but that of a half."""
        whole, _, part = printed.partition(",")
        if part in {"5", "50"} and whole.isdigit() and int(whole):
            return f"{self.cardinal(int(whole))} buçuk"
        return super().number(printed, before=before)

    def fraction(self, top: int, bottom: int) -> str:
        """``2/3`` is three's two: üçte iki."""
        if (top, bottom) == (1, 2):
            return self.half
        return (
            f"{_located(numerals.cardinal(bottom, 'tr'))} {numerals.cardinal(top, 'tr')}"
            if bottom > 1
            else ""
        )


def _located(said: str) -> str:
    """``üçte``, ``dörtte``, ``beşte``, ``onda``: the ending agrees with the last vowel and consonant."""
    vowel = re.findall("[aıoueiöü]", said)[-1]
    hard = said[-1] in "fstkçşhp"
    return said + ("t" if hard else "d") + ("e" if vowel in "eiöü" else "a")


def _clock(hour: int, minute: int, _before: str) -> str:
    rest = f" {numerals.cardinal(minute, 'tr')}" if minute else ""
    return f"{numerals.cardinal(hour, 'tr')}{rest}"


LANGUAGE = Turkish(
    tag="tr",
    months=listed("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"),
    short_months=short_months("Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara"),
    comma="virgül",
    percent="yüzde",
    permille="binde",
    minus="eksi",
    plus="artı",
    until="ila",
    score="",
    dot="nokta",
    at="et",
    hashtag="etiket",
    one="bir",
    conjunction="ve",
    per="bölü",
    half="yarım",
    clock=_clock,
    before_hours="saat|Saat|saatler",
    ordinal_mark=r"\.(?=\s[A-ZÇĞİÖŞÜa-zçğıöşü])|['’](?:inci|ıncı|uncu|üncü|nci|ncı|ncu|ncü)(?!\w)",
    nth=lambda value, _end, _before: numerals.ordinal(value, "tr"),
    cents=("kuruş",),
    cents_link="",
    thousand="bin",
    domains=words("tr"),
    pence={"avro": ("sent",), "dolar": ("sent",), "sterlin": ("peni",)},
    currencies=alike(
        """€ EUR avro euro = avro; $ USD dolar = dolar; £ GBP sterlin = sterlin; ₺ TL TRY lira = lira
        ¥ JPY = yen; CHF = İsviçre frangı; ₽ = ruble; ₹ = rupi"""
    ),
    magnitudes=alike("mn milyon = milyon; mlr milyar = milyar; trilyon = trilyon; bin = bin"),
    units=metric(
        "kilo santi mili desi hekto mikro nano mega giga tera",
        """m = metre/metre; g = gram/gram; l L = litre/litre; W = vat/vat; Wh = vatsaat/vatsaat
        V = volt/volt; Hz = hertz/hertz; B = bayt/bayt; J = jul/jul; Pa = paskal/paskal; t = ton/ton
        cal = kalori/kalori; s = saniye/saniye; bit/s = bit bölü saniye/bit bölü saniye""",
    )
    | alike(
        """ha = hektar; m² m2 = metrekare; km² km2 = kilometrekare; m³ m3 = metreküp
        km/sa km/s km/h = kilometre/saat; °C = santigrat derece; ° = derece; dB = desibel; dk dk. = dakika
        sn sn. = saniye; sa sa. = saat; bg = beygir gücü"""
    )
    | dict.fromkeys(("km/sa", "km/h"), ("kilometre bölü saat",)),
    abbreviations=(
        *shortened(
            """vb. = ve benzeri; vs. = vesaire; Dr. = doktor; Prof. = profesör; Doç. = doçent; Av. = avukat
            Sn. = sayın; Hz. = hazreti; No. = numara; Cad. = caddesi; Sok. = sokak; Mah. = mahallesi
            Apt. = apartmanı; tel. = telefon; M. Ö. = milattan önce; M. S. = milattan sonra; örn. = örneğin
            yy. = yüzyıl; bkz. = bakınız"""
        ),
    ),
    signs=pairs(
        """& = ve; + = artı; = = eşittir; ± = artı eksi; × = çarpı; § = paragraf; % = yüzde; € = avro
        $ = dolar; £ = sterlin; ₺ = lira; @ = et; ° = derece; ≈ = yaklaşık; ~ = yaklaşık; < = küçüktür
        > = büyüktür; ÷ = bölü"""
    ),
    particles=words("ve ile de da ki bu bir için gibi kadar göre ya veya ise mi"),
    no_nouns=words("ve ile"),
    arc=(("derece",), ("dakika",), ("saniye",)),
    compass={"K": "kuzey", "G": "güney", "D": "doğu", "B": "batı"},
    power="üssü",
    acronyms=words("NATO NASA UNESCO UNICEF OPEC AIDS COVID FIFA UEFA TOKİ TÜİK YÖK SİHA İHA"),
    spelled=words("AB ABD BM AKP CHP MHP HDP TRT TBMM THY PKK SGK KDV TL"),
)

SHARE = re.compile(
    rf"(?<![\w.,])(?:(?P<mark>[%‰])\s?(?P<before>{NUMBER})(?:\s?[-–]\s?(?P<to>{NUMBER}))?|(?P<after>{NUMBER})\s?(?P<last>[%‰]))"
)
TIMED = re.compile(r"(?<![\w.,:])(?P<h>[01]?\d|2[0-3])[.:](?P<m>[0-5]\d)['’](?P<ending>[a-zçğıöşü]+)")


def say_percentages(text: str, language: Language) -> str:
    """``%12,5`` and ``12,5%`` are yüzde on iki buçuk."""

    def share(match: re.Match[str]) -> str:
        word = language.percent if "%" in match.group() else language.permille
        first = language.number(match["before"] or match["after"])
        return f"{word} {first}" + (
            f" {language.until} {language.number(match['to'])}" if match["to"] else ""
        )

    return SHARE.sub(share, text)


def say_times_with_endings(text: str, _language: Language) -> str:
    """``19.30'da`` is on dokuz otuzda."""
    return TIMED.sub(lambda match: _clock(int(match["h"]), int(match["m"]), "") + match["ending"], text)


def say_suffixes(text: str, language: Language) -> str:
    """``2026'da`` is the number and its ending in one word: iki bin yirmi altıda."""
    return SUFFIXED.sub(lambda match: f"{language.number(match['n'])}{match['ending']}", text)


SUFFIXED = re.compile(rf"(?<![\w.,])(?P<n>{NUMBER})['’](?P<ending>[a-zçğıöşü]+)")


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Turkish."""
    source = "Türk Dil Kurumu, Yazım Kılavuzu"
    own: dict[Kind, tuple[RuleFor[Turkish], ...]] = {
        Kind.TIMES: (RuleFor(say_times_with_endings, source, figures=True), *DAY_FIRST[Kind.TIMES]),
        Kind.PERCENTAGES: (RuleFor(say_percentages, source, figures=True),),
        Kind.NUMBERS: (RuleFor(say_suffixes, source, figures=True), *AMOUNTS[Kind.NUMBERS]),
    }
    return row(LANGUAGE, {**DAY_FIRST, **own})
