"""Signs that are said by their names, and addresses, handles, hashtags and tickers."""

from __future__ import annotations

import re

from spokenform.general import host, name_letters
from spokenform.languages.en.figures import Variety, digits, number, year
from spokenform.languages.en.letters import spelled
from spokenform.languages.en.tables import TABLES
from spokenform.word_lists import pairs, words

_TOP = (
    "com|org|net|edu|gov|mil|int|info|biz|news|tv|io|ai|app|dev|blog|shop|online|site|example|test|co|me|fm|eu|uk|us|"
    "ca|au|nz|ie|in|de|fr|es|it|pt|nl|be|ch|at|se|no|dk|fi|pl|cz|ru|cn|jp|kr|br|mx|ar|za|ng|ke|gg|ly|gl|be|to|cc"
)
ADDRESS = re.compile(r"\b(?:https?://|ftp://|www\.)[^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?)\]’']", re.IGNORECASE)
MAIL = re.compile(r"(?<![\w.@])(?:mailto:)?([\w.+-]+)@((?:[\w-]+\.)+[A-Za-z]{2,})", re.IGNORECASE)
BARE = re.compile(
    rf"(?<![\w.@/-])((?:[A-Za-z0-9][\w-]*\.)+(?:{_TOP}))(?:/[\w./?=&%#~+-]*[\w/])?(?![\w@]|\.\w)"
)
SUFFIX = re.compile(rf"(?<![\w.])\.({_TOP}|pdf|doc|zip|exe|jpg|csv)\b", re.IGNORECASE)
FILE = re.compile(
    r"\b([\w-]{2,})\.(pdf|docx?|xlsx?|csv|txt|jpe?g|png|gif|mp3|mp4|zip|exe|html?|json|xml|py|js)\b",
    re.IGNORECASE,
)
INNER = re.compile(r"(?<=[a-z]{3})\.(?=[a-z]{2,}\b)")
HANDLE = re.compile(r"(?<![\w@./])@(?=\w)([\w]+(?:\.\w+)*)")
HASHTAG = re.compile(r"(?<![\w#&/])[#＃](?!\d{1,4}[A-Z]?\b)(?=\w*[^\W\d])(\w+)")
EXCHANGE = re.compile(
    r"\(?\b(?P<exchange>NYSE(?:\s?American)?|NASDAQ|Nasdaq|AMEX|LSE|LON|TSX|ASX|HKEX|HKG|ETR|EPA|FRA|TYO|NSE|BSE|BME|OTC|SIX|JSE)"
    r"\s?:\s?(?P<ticker>[A-Z0-9]{1,6}(?:[.-][A-Z]{1,2})?)\b\)?"
)
# A company's code at Reuters: its ticker, and a letter or two for the exchange.
RIC = re.compile(r"\((?P<ticker>[A-Z]{1,5})\.(?:[A-Z]|AX|BO|DE|HK|KS|MI|NS|PA|SI|SS|SZ|TO)\)")
CASHTAG = re.compile(r"(?<![\w$])\$(?P<ticker>[A-Z]{1,5})\b(?!\$)")
_SPELLED = words(
    """uk us eu tv ai io uk au nz de fr es it pt nl ch br za ng ke mx jp kr cn fm gg ly gl bbc cnn nhs"""
)
_HUMPS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+")


def say_addresses(text: str, variety: Variety) -> str:
    """``https://www.example.org/a?b=1`` is example dot org, ``news@example.org`` news at example dot org."""
    if "." not in text:
        return text
    text = MAIL.sub(lambda match: f"{_named(match[1], variety)} at {_dotted(match[2], variety)}", text)
    text = ADDRESS.sub(lambda match: _dotted(host(match.group()), variety), text)
    text = BARE.sub(lambda match: _dotted(match[1], variety), text)
    text = FILE.sub(lambda match: f"{match[1]} dot {_label(match[2], spell=True)}", text)
    text = SUFFIX.sub(lambda match: f"dot {match[1]}", text)
    return INNER.sub(" dot ", text)


def _named(name: str, variety: Variety) -> str:
    """What stands before an at: its figures, if they are no year, one by one."""
    parts = re.split(r"(\d+)", name)
    apart = (f" {digits(part)} " if len(part) in {3, 5, 6} and part.isdecimal() else part for part in parts)
    return " ".join(_dotted("".join(apart), variety).split())


def _dotted(name: str, variety: Variety) -> str:
    name = re.sub(r"^www\.", "", name, flags=re.IGNORECASE)
    if name.isupper():
        name = name.lower()
    labels = [_words(label, variety) for label in name.strip(".").split(".") if label]
    return " dot ".join(labels)


# What somebody has to write who hears an address.
MARK_NAMES = {"-": "dash", "_": "underscore", "+": "plus"}
MARKS = re.compile(r"[-_+]")


def _words(label: str, variety: Variety) -> str:
    parts = re.sub(r"[%~]+", " ", MARKS.sub(lambda match: f" {MARK_NAMES[match.group()]} ", label)).split()
    return " ".join(_label(part) if not re.search(r"\d", part) else _figures(part, variety) for part in parts)


def _label(label: str, *, spell: bool = False) -> str:
    vowelless = not re.search("[aeiouy]", label, re.IGNORECASE) and len(label) <= 4
    letters = spell or label.lower() in _SPELLED or (vowelless and len(label) > 1)
    return " ".join(label.upper()) if letters and label.isalpha() else label


def _figures(part: str, variety: Variety) -> str:
    return " ".join(
        _count(piece, variety) if piece.isdecimal() else piece for piece in re.findall(r"\d+|\D+", part)
    )


def _count(figures: str, variety: Variety) -> str:
    if len(figures) == 4 and 1900 <= int(figures) < 2100:
        return year(int(figures), variety)
    return number(figures, variety)


def say_handles(text: str, variety: Variety) -> str:
    """``#ClimateStrike`` is hashtag climate strike, ``@harbourne_news`` at harbourne news."""
    text = re.sub(r"(?i)\bhashtags?[\s:]+[\"“'‘]?(?=#)", "", text) if "#" in text else text
    text = HASHTAG.sub(lambda match: f"hashtag {_humps(match[1], variety)}", text)
    return HANDLE.sub(
        lambda match: f"at {' dot '.join(_humps(part, variety) for part in match[1].split('.'))}", text
    )


def _humps(tag: str, variety: Variety) -> str:
    pieces = _HUMPS.findall(tag)
    return " ".join(_count(piece, variety) if piece.isdecimal() else piece for piece in pieces)


def say_tickers(text: str, _variety: Variety) -> str:
    """``(NYSE: ABC)``: the exchange, then the letters."""

    def listed(match: re.Match[str]) -> str:
        exchange = match["exchange"]
        name = "Nasdaq" if exchange.lower() == "nasdaq" else spelled(exchange.split()[0])
        return f", {name}, {spelled(match['ticker'].replace('.', ''))},"

    text = CASHTAG.sub(lambda match: spelled(match["ticker"]), text)
    text = RIC.sub(lambda match: f"({spelled(match['ticker'])})", text)
    return EXCHANGE.sub(listed, text)


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
    (re.compile(r"(?<=\d)\s?[×✕]\s?(?=[\d$£€])|(?<=\d)\s?\*\s?(?=\d)"), " times "),
    (re.compile(r"(?<=[\d)])\s+[-−–]\s+(?=\d+(?:\.\d+)?\s+=)"), " minus "),
    (re.compile(r"[−](?=\s?[a-zπ√])"), "minus "),
    (re.compile(r"©\s?|\(c\)\s?(?=\d{4})"), "copyright "),
)
NAMES = pairs(TABLES["signs"]["names"])
NAMED = re.compile(rf"\s?(?P<sign>[{re.escape(''.join(NAMES))}])\s?")
PER_CENT = re.compile(r"\bper[\s-]cent\b", re.IGNORECASE)
# Marks and ratings: "an A*", "a C-", "AAA", "BBB-".
MARK = re.compile(
    r"(?<![\w.-])(?P<letters>AAA|BBB|CCC|AA(?=[+-])|BB(?=[+-])|[A-F](?=[*-]))(?P<sign>[*+-]?)(?=[\s,.;:)’']|$)(?!(?<=-)\s?(?:and|or)\s[A-Z]-)"
)
TIMES_OVER = {1: "", 2: "double ", 3: "triple "}
MARKED = {"": "", "*": " star", "+": " plus", "-": " minus"}
UNDER = re.compile(
    r"\bU(?:-(?=\d\d(?:s\b|\s(?:World|Euro|side|team|squad|match|player|title|cap|champion|international))))?"
    r"(?P<age>1[5-9]|2[013])(?P<s>s?)\b(?!-)"
)
PLUS_WORD = re.compile(r"(?<=[A-Za-z])\+(?=[\s,.;:)’'!?]|$)")
PLUS = re.compile(r"\s?\+\s?")
COMPARED = (
    (re.compile(r"\s>\s|(?<=[A-Za-z])\s?>\s?(?=[a-z])"), " greater than "),
    (re.compile(r"\s<\s|(?<=[A-Za-z])\s?<\s?(?=[a-z])"), " less than "),
)
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
        return f"{TIMES_OVER[len(letters)]}{spelled(letters[0])}{MARKED[match['sign']]}"

    return UNDER.sub(r"under \g<age>\g<s>", MARK.sub(mark, text))


def say_signs(text: str, _variety: Variety) -> str:
    """``&`` is and, ``=`` equals, ``α`` alpha; a slash parts words that are alternatives."""
    text = name_letters(text, NAMES)
    for pattern, said in COMPARED if "<" in text or ">" in text else ():
        text = pattern.sub(said, text)
    text = PER_CENT.sub("percent", text) if "ent" in text or "ENT" in text else text
    text = NAMED.sub(lambda match: f" {NAMES[match['sign']]} ", text)
    text = PLUS.sub(" plus ", PLUS_WORD.sub(" plus", text))
    if "/" in text:
        text = SLASH_FIGURES.sub(" slash ", AND_OR.sub(r"\1 ", text))
        text = SLASH.sub(" ", SPACED.sub(", ", SLASH_WORDS.sub(" or ", text)))
    return text
