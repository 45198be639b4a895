"""Capitals: initials that are spelled, acronyms that are words, and words that shout.

Which acronyms are words from the Guardian and BBC News style guides, which print those that
are pronounced with one capital (Nato, Unesco); the rest by whether English could say them.
"""

from __future__ import annotations

import re

from spokenform.languages.en.figures import Variety
from spokenform.languages.en.letters import spelled
from spokenform.languages.en.tables import TABLES
from spokenform.placeholders import SOUNDED
from spokenform.word_lists import words

ACRONYMS = words(TABLES["capitals"]["acronyms"])
# Initialisms that look like words, or that English could say.
SPELLED = words(TABLES["capitals"]["spelled"])
# Said in a way of their own.
SAID = {"FTSE": "Footsie"}
# Short words of English that may stand in capitals for emphasis or in headlines.
WORDS = words(TABLES["capitals"]["words"])
DOTTED = re.compile(
    r"\b(?P<letters>(?:[A-Z]\.\s?){2,}(?!\w)|(?:[A-Z]\.){1,}[A-Z]\b|(?:[A-Z]\.){2,}(?=[A-Z][a-z]))(?P<s>[’']?s\b)?"
)
LOWER_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?=\W|$)")
DOCTOR = re.compile(r"\b(?:Ph\.\s?D|PhD)(?P<s>s)?\b\.?|\bM\.?Phil\b\.?")
# A sentence that ends in a letter ("the One X. And") is followed by a word that begins one.
_BEGINS = r"(?:And|But|The|It|He|She|They|We|You|In|On|At|This|That|There|What|When|Why|How|For|With|Yet)\b"
INITIAL = re.compile(
    rf"(?<!\b[AP] )\b(?P<letter>[A-Z])\.(?=[\s-]+(?!{_BEGINS})[A-Z])|\b(?P<last>[A-Z])\.(?=,|\s[a-z])"
)
CAMEL = re.compile(r"\b(?!MiG)(?:[A-Z][a-z][A-Z]|[BM]Sc)(?=s?\b)")
AMPERSAND = re.compile(r"\b(?P<a>[A-Z]{1,3})\s?&\s?(?P<b>[A-Z]{1,3})\b(?![a-z])")
CONTRACTED = re.compile(r"\b(?P<word>[A-Z]+)(?P<rest>['’](?:T|LL|RE|VE|D|M))\b")
CAPITALS = re.compile(r"(?<![^\W_])(?P<word>[A-ZÀ-ÖØ-Þ]{2,})(?P<s>[’']?s|s[’'])?(?![^\W_])")
MIXED = re.compile(r"\b(?P<low>m|t|r|nc|si)(?P<word>RNA|DNA|PFC)(?P<s>s)?\b")
ACIDITY = re.compile(r"\bpH\b")
ANY_WORD = re.compile(r"[^\W\d_]{2,}")
SAYABLE = re.compile(
    r"(?:[bcdfghjklmnprstvwz]|[bcdfgkpst][lr]|[cs]h|th|wh|qu|s[cklmnptw]|str|spr|scr|spl|y)?(?:[aeiouy]{1,2})"
    r"(?:(?:[bcdfghjklmnpqrstvwxz]{1,2}|nst|ngl|mpl|rst|tch|nch|rch|ght|str|ckl|ttl|ndr|ntr|mbr|rth)[aeiouy]{1,3})*"
    r"(?:[bcdfghklmnprstvwxyz]|[lnrs][dkpt]|[fcpx]t|ck|ss|ll|ff|[lr][mnfbs]|sh|ch|th|ng|nd|nds|nts|rs|ns|ls|ks|ts|ds|"
    r"ps|ms|nce|ght|tch|nch|rch|mp|ws|wn|zz|gh|rth|nth|lth|rst|cks|rds|rks|rts|lls|cts|sts)?"
)
# What is told apart by letters: "Vitamin A", "plan A".
LETTER = re.compile(
    r"\b(?P<name>(?i:vitamins?|plan|group|hepatitis|grade|category|class|section|schedule|exhibit|type|serie|level|block|"
    r"team|tier|influenza|pool|side|point|appendix|annex|option|model|letter|gate|wing|unit|strep|flu|figure|count))\sA\b"
    r"(?!\s[A-Z][a-z])"
)
# Initials elsewhere, words in a headline.
SHOUTED = frozenset(("IT", "AM", "ERA"))
US_PRONOUN = re.compile(
    r"\b(?:LET|OF|TO|FOR|WITH|FROM|TELL|TELLS|HELP|GIVE|MAKE|BETWEEN|SAVE|AMONG|BEHIND|ABOUT)\s$"
)


def spell_initials(text: str, _variety: Variety) -> str:
    """``U.S.`` is U S, ``J. R. Marsh`` J R Marsh, ``R&D`` R and D, ``Ph.D.`` P H D."""
    text = AMPERSAND.sub(lambda match: f"{spelled(match['a'])} and {spelled(match['b'])}", text)
    text = CAMEL.sub(lambda match: spelled(match.group().upper()), text)
    text = ACIDITY.sub("P H", text) if "pH" in text else text
    text = MIXED.sub(lambda match: f"{match['low']} {spelled(match['word'], match['s'] or '')}", text)
    if "." not in text:
        return DOCTOR.sub(_doctor, text)
    text = DOCTOR.sub(_doctor, text)
    text = DOTTED.sub(_dotted, text)
    text = LOWER_DOTTED.sub(lambda match: " ".join(match.group().replace(".", "")), text)
    return INITIAL.sub(lambda match: match["letter"] or match["last"], text)


def _doctor(match: re.Match[str]) -> str:
    return f"P H D{match.groupdict().get('s') or ''}" if match.group().startswith("P") else "M Phil"


def _dotted(match: re.Match[str]) -> str:
    printed = re.findall("[A-Z]", match["letters"])
    after = match.string[match.end() :]
    word = "".join(printed)
    ending = match["s"] or ""
    letters = word.capitalize() + ending if word in ACRONYMS else spelled(printed, ending)
    if match["letters"].endswith(" ") or re.match(r"[A-Z][a-z]", after):
        return f"{letters} "
    return letters


def say_capitals(text: str, _variety: Variety) -> str:
    """``FBI`` is F B I and ``NATO`` Nato; a headline in capitals is words, its initialisms kept."""
    text = LETTER.sub(rf"\g<name> A{SOUNDED}", text) if " A" in text else text
    if not CAPITALS.search(text):
        return text
    text = CONTRACTED.sub(lambda match: match.group().capitalize(), text)
    words = ANY_WORD.findall(text)
    capitals = [word for word in words if word.isupper()]
    shouted = len(capitals) >= 2 and len(capitals) >= 0.6 * len(words) and any(map(_is_word, capitals))

    def say(match: re.Match[str]) -> str:
        word, s = match["word"], match["s"] or ""
        if shouted and s == "’S":
            s = s.lower()
        if _spell(word, match, shouted=shouted):
            return spelled(word, s)
        small = len(word) < 4 and word.lower() in WORDS and word not in ACRONYMS
        return (word.lower() if small else SAID.get(word, word.capitalize())) + s

    text = CAPITALS.sub(say, text)
    return (
        re.sub(r"(?<=[a-z])(['’])([ST]|LL|RE|VE|D)\b", lambda m: m[1] + m[2].lower(), text)
        if shouted
        else text
    )


def _is_word(capitals: str) -> bool:
    return (capitals.lower() in WORDS and capitals not in SPELLED) or len(capitals) > 6


def _spell(word: str, match: re.Match[str], *, shouted: bool) -> bool:
    before = match.string[: match.start()]
    if word in ACRONYMS or (shouted and word in SHOUTED):
        return False
    if shouted and word in {"US", "WHO"}:
        return before.endswith("THE ") if word == "WHO" else not US_PRONOUN.search(before)
    if word in SPELLED:
        return True
    return word.lower() not in WORDS and not _sayable(word, shouted=shouted)


def _sayable(word: str, *, shouted: bool) -> bool:
    """Whether English could say it; a short one is initials unless it stands in a headline."""
    lower = word.lower()
    if len(word) <= 3:
        return False
    if len(word) < (5 if shouted else 6):
        return SAYABLE.fullmatch(lower) is not None
    return re.search("[aeiouy]", lower) is not None
