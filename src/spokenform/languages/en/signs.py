"""Signs that are said in English by their names."""

from __future__ import annotations

import re

from spokenform.languages.en.figures import Variety

# Names from the Unicode CLDR 46 annotations (``en``), shortened to what is said aloud.
BESIDE_FIGURES = (
    (re.compile(r"(?<!\w)[~∼]\s?(?=[\d$£€])"), "about "),
    (re.compile(r"(?<!\w)[≈≃]\s?(?=[\d$£€])"), "approximately "),
    (re.compile(r"±\s?|\+/[-−–]\s?"), " plus or minus "),
    (re.compile(r"(?<!\w)(?:>=|≥|⩾)\s?(?=[\d$£€])"), "at least "),
    (re.compile(r"(?<!\w)(?:<=|≤|⩽)\s?(?=[\d$£€])"), "at most "),
    (re.compile(r"(?<!\w)(?<!\d\s)>\s?(?=[\d$£€])"), "more than "),
    (re.compile(r"(?<!\w)(?<!\d\s)<\s?(?=[\d$£€])"), "less than "),
    (re.compile(r"(?<![\d\s])\s?°\s?C\b|(?<=[a-z])\s°\s?C\b|^°C\b"), " degrees Celsius"),
    (re.compile(r"[$£€]{2,}"), ""),
    (re.compile(r"§§\s?"), "sections "),
    (re.compile(r"§\s?"), "section "),
    (re.compile(r"¶\s?(?=\d)"), "paragraph "),
    (re.compile(r"(?<=\d)\s?[×✕]\s?(?=[\d$£€])|(?<=\d)\s\*\s(?=\d)"), " times "),
    (re.compile(r"(?<=[\d)])\s+[-−–]\s+(?=\d+(?:\.\d+)?\s+=)"), " minus "),
    (re.compile(r"[−](?=\s?[a-zπ√])"), "minus "),
    (re.compile(r"©\s?|\(c\)\s?(?=\d{4})"), "copyright "),
)
NAMES = {
    "&": "and",
    "=": "equals",
    "≈": "is approximately",
    "≠": "is not equal to",
    "≥": "greater than or equal to",
    "≤": "less than or equal to",
    "÷": "divided by",
    "π": "pi",
    "√": "the square root of",
    "∞": "infinity",
    "%": "percent",
    "‰": "per mille",
    "°": "degrees",
    "→": "to",
    "←": "from",
    "↔": "to",
    "@": "at",
    "µ": "micro",
    "∑": "the sum of",
    "€": "euros",
    "£": "pounds",
    "$": "dollars",
    "¥": "yen",
    "₹": "rupees",
    "¢": "cents",
    "№": "number",
    "½": "half",
    "Δ": "delta",
    "∆": "delta",
    "Ω": "omega",
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "λ": "lambda",
    "℃": "degrees Celsius",
    "℉": "degrees Fahrenheit",
    "×": "times",
    "✕": "times",
    "♀": "female",
    "♂": "male",
}
NAMED = re.compile(rf"\s?(?P<sign>[{re.escape(''.join(NAMES))}])\s?")
PER_CENT = re.compile(r"\bper[\s-]cent\b", re.IGNORECASE)
# Marks and ratings: "an A*", "a C-", "AAA", "BBB-".
MARK = re.compile(
    r"(?<![\w.-])(?P<letters>AAA|BBB|CCC|AA(?=[+-])|BB(?=[+-])|[A-F](?=[*-]))(?P<sign>[*+-]?)(?=[\s,.;:)’']|$)(?!\s?(?:and|or)\s[A-Z]-)"
)
TIMES_OVER = {1: "", 2: "double ", 3: "triple "}
MARKED = {"": "", "*": " star", "+": " plus", "-": " minus"}
UNDER = re.compile(
    r"\bU(?:-(?=\d\d(?:s\b|\s(?:World|Euro|side|team|squad|match|player|title|cap|champion|international))))?"
    r"(?P<age>1[5-9]|2[013])(?P<s>s?)\b(?!-)"
)
PLUS_WORD = re.compile(r"(?<=[A-Za-z])\+(?=[\s,.;:)’'!?]|$)")
PLUS = re.compile(r"\s?\+\s?")
COMPARED = ((re.compile(r"\s>\s"), " greater than "), (re.compile(r"\s<\s"), " less than "))
SLASH_FIGURES = re.compile(r"(?<=\d)\s?/\s?(?=\d)")
AND_OR = re.compile(r"\b(and|either|both)/(?=or\b)", re.IGNORECASE)
SLASH_WORDS = re.compile(r"(?<=[a-z’'][a-z’'])\s?/\s?(?=[a-z])")
# Between two phrases.
SPACED = re.compile(r"\s+/\s+")
SLASH = re.compile(r"\s?/+\s?")
BULLET = re.compile(r"^\s*[*•·‣▪▸►●◦○■□–-]+\s+")


def say_signs_beside_figures(text: str, _variety: Variety) -> str:
    """``~40`` is about forty, ``±3`` plus or minus three, ``<10`` less than ten, ``§ 12`` section twelve."""
    text = BULLET.sub("", text)
    for pattern, said in BESIDE_FIGURES:
        text = pattern.sub(said, text)
    return text


def say_marks(text: str, _variety: Variety) -> str:
    """``A*`` is A star, ``BBB-`` triple B minus; a side of ``U21`` under twenty-one."""

    def mark(match: re.Match[str]) -> str:
        letters = match["letters"]
        return f"{TIMES_OVER[len(letters)]}{letters[0]}{MARKED[match['sign']]}"

    return UNDER.sub(r"under \g<age>\g<s>", MARK.sub(mark, text))


def say_signs(text: str, _variety: Variety) -> str:
    """``&`` is and, ``=`` equals, ``+`` plus; a slash parts words that are alternatives."""
    for pattern, said in COMPARED:
        text = pattern.sub(said, text)
    text = PER_CENT.sub("percent", text)
    text = NAMED.sub(lambda match: f" {NAMES[match['sign']]} ", text)
    text = PLUS.sub(" plus ", PLUS_WORD.sub(" plus", text))
    if "/" in text:
        text = SLASH_FIGURES.sub(" slash ", AND_OR.sub(r"\1 ", text))
        text = SLASH.sub(" ", SPACED.sub(", ", SLASH_WORDS.sub(" or ", text)))
    return text
