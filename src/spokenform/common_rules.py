"""Rules for every language that writes its decimals with a comma: words, addresses, capitals, signs.

They put the words of a `Language` where the signs stand; `amounts` does so for figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from spokenform import amounts, general, numerals
from spokenform.frame import Kind, RuleFor
from spokenform.language import Language, roman
from spokenform.literals import needed
from spokenform.placeholders import SOUNDED
from spokenform.word_lists import words

ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>«»“”„\"]*[^\s<>«»“”„\".,;:!?)\]’']", re.IGNORECASE)
MAIL = re.compile(r"(?<![\w.@])([\w.+-]+)@((?:[\w-]+\.)+[A-Za-z]{2,})")
BARE = re.compile(
    r"(?<![\w.@/-])((?:[A-Za-z0-9][\w-]*\.)+(?:com|org|net|info|de|at|ch|fr|es|it|pt|br|eu|be|nl|lu|mx|ar|example|io|tv))"
    r"(?:/[\w./?=&%#~+-]*[\w/])?(?![\w@]|\.\w)"
)
FIGURES = re.compile(r"\d+")
HASHTAG = re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d])(\w+)")
HANDLE = re.compile(r"(?<![\w@./])@(?=\w)(\w+)")
HUMPS = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|_|(?<=\D)(?=\d)")


def say_addresses(text: str, language: Language) -> str:
    """``https://www.example.org/a`` is its host, its points said."""
    if "." in text:
        text = MAIL.sub(lambda m: f"{_figures(m[1], language)} {language.at} {_dotted(m[2], language)}", text)
        text = BARE.sub(
            lambda m: _dotted(m[1], language),
            ADDRESS.sub(lambda m: _dotted(general.host(m.group()), language), text),
        )
    text = HASHTAG.sub(lambda m: f"{language.hashtag} {HUMPS.sub(' ', m[1])}", text)
    return HANDLE.sub(lambda m: f"{language.at} {HUMPS.sub(' ', m[1])}", text)


def _dotted(name: str, language: Language) -> str:
    labels = re.sub(r"^www\.", "", name, flags=re.IGNORECASE).strip(".").split(".")
    return f" {language.dot} ".join(_label(label, language) for label in labels if label)


def _label(label: str, language: Language) -> str:
    """A part of an address: ``de`` is spelled; what has no vowel every voice spells by itself."""
    if label in language.domains:
        return " ".join(label.upper())
    for sign, said in (("-", language.hyphen), ("_", language.underscore), ("+", language.plus)):
        label = label.replace(sign, f" {said} ") if said else label.replace(sign, " ")
    return " ".join(label.split())


def _figures(name: str, language: Language) -> str:
    """The name before an at, its figures one by one."""
    said = FIGURES.sub(lambda match: f" {numerals.digits(match.group(), language.tag)} ", name)
    return f" {language.dot} ".join(_label(" ".join(part.split()), language) for part in said.split("."))


def say_abbreviations(text: str, language: Language) -> str:
    """The words that abbreviations stand for."""
    for pattern, said, begins in _compiled(language):
        if not begins or any(map(text.__contains__, begins)):
            text = pattern.sub(said, text)
    return text


def _as_begun(said: str) -> Callable[[re.Match[str]], str]:
    """What an abbreviation stands for, with a capital where it has one."""
    return lambda match: said[0].upper() + said[1:] if match.group()[0].isupper() else said


@cache
def _compiled(
    language: Language,
) -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str], tuple[str, ...]], ...]:
    return tuple(
        (re.compile(pattern), _as_begun(said) if pattern.startswith(r"\b(?i:") else said, needed(pattern))
        for pattern, said in language.abbreviations
    )


IBAN = re.compile(
    r"\b(?P<land>[A-Z]{2})(?P<figures>\d{2}\s?(?:[A-Z]\d{3}|\d{4}|[A-Z]{4})(?:\s?\d{4}){2,7}(?:\s?\d{1,3})?)(?!\w)"
)


def say_accounts(text: str, language: Language) -> str:
    """``DE12 3456 7890 1234 5678 90``: letters and figures one by one."""

    def account(match: re.Match[str]) -> str:
        signs = (
            sign if sign.isalpha() else numerals.digits(sign, language.tag)
            for sign in match["land"] + match["figures"]
            if sign != " "
        )
        return " ".join(signs)

    return IBAN.sub(account, text)


PHONE = re.compile(
    r"(?<![\w.,/:-])(?!\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b|\d{4}-\d\d-\d\d\b)"
    r"(?:\+\d[\d\s().-]{7,}\d|(?P<whole>\(0\d{1,4}\)\s?\d{5,9})(?!\s?\d)"
    r"|(?P<area>\(0?\d{1,4}\)\s?)?\d{2,9}(?:[\s/-]\d{2,9}){1,5})(?![\w/%]|[.,:-]\d|\s?[€$£])"
)
END = re.compile(r"\s*(?:$|[.;)!?])")


def say_telephones(text: str, language: Language) -> str:
    """``333-1234567``, ``(030) 12 34 56``: groups that are no thousands, figure by figure."""

    def phone(match: re.Match[str]) -> str:
        if not _is_telephone(match, language):
            return match.group()
        plus = f"{language.plus} " if match.group().startswith("+") else ""
        return plus + numerals.digits(match.group(), language.tag)

    return PHONE.sub(phone, text) if sum(map(str.isdecimal, text)) > 7 else text


def _is_telephone(match: re.Match[str], language: Language) -> bool:
    groups = re.findall(r"\d+", match.group())
    sizes = [len(group) for group in groups]
    if match.group().startswith("+") or match["area"] or match["whole"]:
        return sum(sizes) > 7
    if not 8 <= sum(sizes) <= 13:
        return False
    if groups[0].startswith("0") and (sum(sizes) > 8 or (len(sizes) == 2 and sizes[1] > 4)):
        return True
    if "-" in match.group() or "/" in match.group():
        return len(sizes) > 2 or (sizes[0] < 4 and sizes[1] > 5)
    thousands = all(size == 3 for size in sizes[1:])
    if thousands:
        begins = language.phones and re.match(language.phones, groups[0])
        return bool(begins) and len(sizes) == 3 and END.match(match.string[match.end() :]) is not None
    return len(sizes) > 2


DOTTED = re.compile(r"\b(?:[A-ZÀ-Þ]\.\s?){2,}")
CAMEL = re.compile(r"(?<!\w)[A-Z][a-z][A-Z](?!\w)")
# Capitals of Latin, Greek and Cyrillic.
UPPER = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
VOWELS = re.compile("[AEIOUYÀ-ÖØ-ÝĄĘİŐŰАЕЁИОУЫЭЮЯІЇЄ]")
AMPERSAND = re.compile(r"\b([A-Z]{1,2})\s?&\s?([A-Z]{1,2})\b")
# More than two letters of one kind in a row, and nobody could say it.
UNSAYABLE = re.compile(
    r"[BCDFGHJKLMNPQRSTVWXZ]{3}|[AEIOUY]{3}|^[BCDFGHJKLMNPQRSTVWXZ]{2}(?<![BCFGPTDKSV][LRHNTPKC])"
)
NUMERAL = re.compile(r"(?<![\w.&])(?=[IVX]{2}|[IVXL]{4})L?X{0,3}(?:IX|IV|V?I{0,3})(?!\.\w|[\w&])")
# Names of products that are short and yet words in every language: "737 MAX".
PRODUCTS = words("MAX PRO AIR RAM ROM SIM")
# Shorter ones may all be initialisms.
LONG, LONGER = 5, 7


def say_chapters(text: str, language: Language) -> str:
    """``Kapitel IV`` is vier, ``chapitre IV`` quatre."""

    def chapter(match: re.Match[str]) -> str:
        value = roman(match["n"])
        return f"{match['name']} {language.cardinal(value)}" if value else match.group()

    return re.sub(language.chapters, chapter, text) if language.chapters else text


def say_other_numerals(text: str, language: Language) -> str:
    """``SGB II`` is zwei: a Roman numeral of two letters and more is never spelled."""
    return NUMERAL.sub(lambda match: language.cardinal(roman(match.group()) or 0), text)


def spell_initials(text: str, language: Language) -> str:
    """``R&D`` and ``U.S.`` are spelled."""
    text = AMPERSAND.sub(rf"\1 {language.conjunction} \2", text)
    text = DOTTED.sub(lambda match: _spelled(re.findall(r"[^\W\d_]", match.group()), language) + " ", text)
    return CAMEL.sub(lambda match: _spelled(match.group(), language), text)


def _spelled(letters: Iterable[str], language: Language) -> str:
    return " ".join(f"{one}{SOUNDED}" if one in language.letters else one for one in letters)


def say_capitals(text: str, language: Language) -> str:
    """``EU`` is spelled, ``NATO`` is a word; a headline in capitals is words."""
    shouted = _shouted(text, language)

    def say(match: re.Match[str]) -> str:
        word = match["word"]
        if _spell(word, language, shouted=shouted):
            return _spelled(word, language) + (match["s"] or "")
        small = shouted and len(word) < 4 and word not in language.acronyms
        return (word.lower() if small else word.capitalize()) + (match["s"] or "")

    return _capitals(language).sub(say, text)


@cache
def _capitals(language: Language) -> re.Pattern[str]:
    endings = "|".join(language.plural_endings)
    return re.compile(rf"(?<![^\W_])(?P<word>[{UPPER}]{{2,}})(?P<s>{endings})?(?![^\W_])")


def _shouted(text: str, language: Language) -> bool:
    """Whether a text is a headline in capitals, and not a row of initialisms: ``PME, SNCF, RATP``.

    A headline has long words or small ones (*the*, *of*) in capitals too.
    """
    met = re.findall(r"[^\W\d_]{2,}", text)
    capitals = [word for word in met if word.isupper()]
    if len(met) < 3 or len(capitals) < 0.6 * len(met):
        return False
    least = LONGER if re.search(r"(?<!\w)[a-zà-ÿ]+(?!\w)", text) else LONG
    plain = (word for word in capitals if word not in language.acronyms and word not in language.spelled)
    return any(
        word.lower() in language.particles or (len(word) >= least and VOWELS.search(word)) for word in plain
    )


def _spell(word: str, language: Language, *, shouted: bool) -> bool:
    if word in language.acronyms or word in PRODUCTS:
        return False
    if word in language.spelled or not VOWELS.search(word):
        return True
    return not shouted and (len(word) < 4 or UNSAYABLE.search(word) is not None)


def say_signs(text: str, language: Language) -> str:
    """``&``, ``+``, ``=``, ``α`` and their like by their names; a slash is not said."""
    text = general.name_letters(text, language.greek)
    for sign, said in language.signs.items():
        if sign in text:
            text = text.replace(sign, f" {said} ")
    return re.sub(r"\s*/+\s*", " ", text)


OBSERVED = "observed in newspapers"

COMMON: dict[Kind, tuple[RuleFor[Language], ...]] = {
    Kind.ADDRESSES: (RuleFor(say_addresses, "RFC 3986, RFC 5322"),),
    Kind.ABBREVIATIONS: (RuleFor(say_abbreviations, "dictionaries of the language"),),
    Kind.IDENTIFIERS: (RuleFor(say_accounts, "ISO 13616 (IBAN)", figures=True),),
    Kind.TELEPHONES: (RuleFor(say_telephones, "ITU-T E.123; observed", figures=True),),
    Kind.CAPITALS: (RuleFor(say_capitals, OBSERVED),),
    Kind.INITIALS: (RuleFor(spell_initials, OBSERVED),),
    Kind.SIGNS: (RuleFor(say_signs, "Unicode CLDR 46 annotations"),),
    **amounts.AMOUNTS,
}
