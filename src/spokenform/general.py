"""Rules of every language: what is not said at all, and what is only a pause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from html import unescape
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from spokenform.rewriting import Rule

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180b-\u180e\u200b\u200e-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd]"
)
JOINERS = re.compile("[\u200c\u200d](?![\u0600-\u0dff])")  # they shape Arabic and Indic words
SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\u2028\u2029\\s]+")
ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z][A-Za-z0-9]{1,30});")
FOOTNOTES = re.compile(
    r"\[(?:\d{1,3}|[a-z]|note \d+|citation needed|clarification needed|edit|update|who\?|when\?)\](?=\W|$)"
    r"|(?<=[^\W\d_]{3})[¹²³⁰⁴-⁹]+(?!\w)|(?<=[.,;!?”’\"])[¹²³⁰⁴-⁹]+(?=\s|$)"
    r"|(?<!\w)[+=#_~]{3,}(?!\w)|[†‡⁂※](?=\W|$)|(?<=[^\W\d_])(?<!\b[A-F])\*+(?=\W|$)|(?<!\S)\*+(?=\w)"
)
EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U0001f1e6-\U0001f1ff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\u25a0-\u25ff\ufe0e\ufe0f\u20e3"
    "\U000e0020-\U000e007f\u3030\u303d]+"
)
RAISED = re.compile(r"(?<=[\d.IVX])[ʰ-ˣᵃ-ᵿⁿ]+")
ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?)\]]", re.IGNORECASE)

# An address or a path that stands alone, as ``news/world`` for the name of a section.
ALONE = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|/[\w.~%-]+(?:/[\w.~%-]*)*|"
    r"(?=.*[a-z]{4})[a-z\d_%~-]{3,}(?:/[a-z\d_.%~-]{3,})+/?|[a-z\d_%~-]+(?:/[a-z\d_.%~-]+){2,}/?"
)
# Who took a picture: "Photo: Jane Doe / Agency", "© Agency", "Jane Doe/Agency/Archive".
PICTURED = re.compile(
    r"(?:(?:photo(?:graph)?|picture|image|illustration|foto|fot|bild|grafik|cr[ée]dits?|imagen|immagine|imagem|fotografía|"
    r"zdjęcie|фото|fotoğraf|写真|图片|صورة)\w*\.?(?:\s(?:credit|photo|image|copyright|[a-z]{2,4}))*\s?[:：/–]|©)\s?.+",
    re.IGNORECASE,
)
# The same with a name and no colon: "Picture by Jane Doe", "Foto de Juan Pérez".
TAKEN = re.compile(
    r"(?:Photos?|Photograph|Pictures?|Foto|Fotos|Fotografía|Bild)\s[a-z]{2,4}"
    r"(?:\s[^\W\d_a-z][\w.'’-]+){2,4}(?:\s?[/,]\s?[\w.’' -]+)?"
)
AGENCIES = frozenset(
    ("Getty Images", "AFP", "Reuters", "REUTERS", "AP Photo", "Shutterstock", "iStock", "Alamy", "dpa")
)
AGENCY = re.compile(
    r"^(?=.*/)(?:[\w.’' -]+[/,]\s?)*(?:AP(?: Photo)?|AFP|REUTERS|Reuters|dpa|EPA|EFE|ANSA|PA Wire|"
    r"Getty Images|Shutterstock|iStock|Alamy|imago|Keystone|picture alliance)(?:\s?[/,]\s?[\w.’' -]+)*$"
)

# A letter of Greek that is a sign, and no part of a word; "C#".
GREEK = re.compile("(?<![\u0370-\u03ff\u1f00-\u1fff])[Α-Ωα-ω](?![\u0370-\u03ff\u1f00-\u1fff])")
SHARP = re.compile(r"\b([A-G])#(?!\w)")
OXIDES = re.compile(r"\b([NS]O)x\b")

ELLIPSIS = re.compile(r"\s*(?:(?:\.\s?){3,}|…+)\s*")
DASH = re.compile(r"\s+(?:[-–—―−]+\s+)+|\s*[—―⸺]+\s*|--+|(?<=[^\W\d_])–(?=[^\W\d_]{4})")
TIED = re.compile(r"(?<=\w)[–‐‑](?=\w)")
# Stands for a dash that is kept: a character that no text has.
KEPT_DASH = "\ufdd2"
LOOSE_HYPHEN = re.compile(r"(?<!\w)[-–‐‑−]+|[-–‐‑−]+(?!\w)")
PLURAL = re.compile(r"(?<=\w)\((?P<ending>[a-z]{1,3})\)")
OPENING, CLOSING = re.compile(r"\s*[(\[{⟨（【]+\s*"), re.compile(r"\s*[)\]}⟩）】]+\s*(?P<next>[.,;:!?]?)")
INNER = re.compile(r"(?<=\w)[\[\]](?=\w)|\[(?P<one>\w)\](?=\w)")
DOUBLE_QUOTES = re.compile("[\"“”„‟«»‹›″〝〞]|''|``")
SINGLE = re.compile("[‘’‚‛′`´ʼ]")
QUOTED = re.compile(r"(?<!\w)'(?=\S)(?P<inner>[^']*(?:\w'\w[^']*)*)(?<=\S)'(?!\w)")
COMMAS = re.compile(r"\s*(?:,\s*)+(?P<mark>[.;:!?]?)")
AFTER_STOP = re.compile(r",(?<=[!?:;],)(?=\s)|,(?<=[.],)(?=\s[A-ZÀ-Þ])")
SPACED_MARK = re.compile(r"\s+(?=[.,;:!?](?:\s|$))")
LEADING = re.compile(r"^[\s,;:.]+(?=\w)|^[\s,;:]+$")
PAIRED = re.compile(r"\s*\(\s*(?P<inner>[^()]*[^\W_][^()]*?)\s*\)\s*(?P<next>[.,;:!?]?)")
DASHES = re.compile(r"\s*[,;:]?\s*—[—\s,;:]*(?P<next>[.!?]?)")
KEPT = frozenset(".,;:!?'-—()،؛؟۔।॥。、，！？：；・「」『』《》〈〉،·")


def drop_invisible(text: str) -> str:
    """Soft hyphens, zero-width and direction marks are for the eye; every space is one space."""
    return SPACES.sub(" ", JOINERS.sub("", INVISIBLE.sub("", text))) if not text.isascii() else text


def read_entities(text: str) -> str:
    """``&amp;`` and ``&#8211;``, left in a text that was escaped twice, are the signs they stand for."""
    for _ in range(2):
        text = ENTITY.sub(lambda match: unescape(match.group()), text) if "&" in text else text
    return text


def drop_marks(text: str) -> str:
    """Footnote marks (``[12]``, ``¹²``, ``*``) are not said."""
    return FOOTNOTES.sub("", text)


def drop_emoji(text: str) -> str:
    """Pictures among the letters are for the eye."""
    return EMOJI.sub(" ", text) if not text.isascii() else text


def host(address: str) -> str:
    """The host of a web address, without ``www.``; nothing for what is none."""
    try:
        name = urlsplit(address if "//" in address else f"//{address}").netloc
    except ValueError:  # a bracket that makes it look like an IPv6 address, and a bad one
        return ""
    return re.sub(r"^www\.", "", name.rpartition("@")[2].partition(":")[0], flags=re.IGNORECASE)


def without_addresses(text: str) -> str:
    """The text without the addresses that stand in it."""
    return ADDRESS.sub("", text)


def for_the_eye(text: str) -> bool:
    """Whether a line of its own is nothing to be heard: who took a picture, a lone address, a path."""
    text = text.strip(" ()[]")
    if ALONE.fullmatch(text) or text in AGENCIES:
        return True
    met = (PICTURED.fullmatch(text), TAKEN.fullmatch(text), AGENCY.search(text))
    return len(text.split()) < 9 and any(met)


def name_letters(text: str, names: Mapping[str, str]) -> str:
    """``α`` is alpha, in the spelling of the language's `names`, and ``C#`` C sharp."""
    text = SHARP.sub(r"\1 sharp", text) if "#" in text else text
    text = OXIDES.sub(r"\1X", text) if "Ox" in text else text
    return text if text.isascii() else GREEK.sub(lambda match: f" {_greek(match.group(), names)} ", text)


def _greek(letter: str, names: Mapping[str, str]) -> str:
    name = unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda")
    return names.get(name, name)


def straighten_apostrophes(text: str) -> str:
    """One apostrophe for all the signs that stand for it; those that quote are dropped with the quotes."""
    return SINGLE.sub("'", text) if not text.isascii() else text


def drop_quotes(text: str) -> str:
    """Quotation marks are heard in the voice, not said."""
    return QUOTED.sub(lambda match: match["inner"], DOUBLE_QUOTES.sub("", text))


def pause_at_brackets(text: str) -> str:
    """What stands in brackets is said between pauses; ``[The mayor]`` in a quotation without."""
    text = INNER.sub(lambda match: match["one"] or "", PLURAL.sub(r"\g<ending>", text))
    if not OPENING.search(text) and not CLOSING.search(text):
        return text
    text = re.sub(r"\[([^\[\]]*)\]", r"\1", text)
    return CLOSING.sub(lambda match: f"{match['next'] or ','} ", OPENING.sub(", ", text))


def pause_at_dashes(text: str) -> str:
    """A dash between words is a pause; so is an ellipsis, which engines read as three dots."""
    text = ELLIPSIS.sub(_ellipsis, text)
    return LOOSE_HYPHEN.sub(" ", TIED.sub("-", DASH.sub(", ", text)))


def keep_brackets(text: str) -> str:
    """Round brackets within a sentence stay; all others are as in `pause_at_brackets`."""
    text = PLURAL.sub(r"\g<ending>", text)
    found = list(PAIRED.finditer(text))
    if (
        not found
        or not text[: found[0].start()].strip()
        or not (found[-1]["next"] or text[found[-1].end() :])
    ):
        return pause_at_brackets(text)
    between = (pause_at_brackets(one) for one in PAIRED.split(text)[::3])
    kept = (f" ({one['inner']}){one['next']} " for one in found)
    return "".join(chain.from_iterable(zip_longest(between, kept, fillvalue="")))


def keep_dashes(text: str) -> str:
    """A dash between words stays; the rest is as in `pause_at_dashes`."""
    text = DASHES.sub(lambda match: match["next"] or " — ", DASH.sub(" — ", ELLIPSIS.sub(_ellipsis, text)))
    return pause_at_dashes(text.strip(" —").replace("—", KEPT_DASH)).replace(KEPT_DASH, "—")


def _ellipsis(match: re.Match[str]) -> str:
    after = match.string[match.end() :]
    if not after:
        return "."
    return ". " if after[0].isupper() else ", " if match.start() else ""


def tidy(text: str) -> str:
    """No pause twice, none before a full stop, none at the head."""
    text = AFTER_STOP.sub("", COMMAS.sub(lambda match: f"{match['mark'] or ','} ", text))
    text = LEADING.sub("", SPACED_MARK.sub("", " ".join(text.split())))
    return re.sub(r",\s*$", "", text).strip()


def drop_signs(text: str) -> str:
    """Whatever sign is left would be spelled by the engine: it is not said."""
    return text if PLAIN.fullmatch(text) else "".join(map(_plain, text))


PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ .,;:!?'-]*")


@cache
def _plain(character: str) -> str:
    if character in KEPT or character.isspace():
        return character
    kind = unicodedata.category(character)
    if kind[0] in "LM" or kind == "Cf":
        return character
    return character if kind == "Nd" else " "


def figures_as_ascii(text: str) -> str:
    """``٣`` and ``３`` are 3 to every rule after this, and ``1ᵉʳ`` is 1er."""
    if text.isascii():
        return text
    text = RAISED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return re.sub(r"[^\W\d_a-z]|\d", lambda match: _figure(match.group()), text)


@cache
def _figure(character: str) -> str:
    return str(unicodedata.digit(character)) if character.isdecimal() else character


BEFORE: tuple[Rule, ...] = (
    Rule("read entities", read_entities, "HTML Standard, 13.5: character references; observed in feeds"),
    Rule("drop invisible", drop_invisible, "Unicode Standard 16, 23.2 and 23.3; observed in pages"),
    Rule(
        "straighten apostrophes", straighten_apostrophes, "Unicode Standard 16, 6.2: U+2019 is the apostrophe"
    ),
    Rule("drop marks", drop_marks, "observed: Wikipedia and reports mark their notes so"),
    Rule("drop emoji", drop_emoji, "Unicode UTS 51"),
    Rule("figures as ascii", figures_as_ascii, "Unicode Character Database: Nd and its values"),
)
AFTER: tuple[Rule, ...] = (
    Rule("drop quotes", drop_quotes, "style guides for broadcasting: no quotation marks are read"),
    Rule("pause at brackets", pause_at_brackets, "observed: engines run them into the sentence"),
    Rule("pause at dashes", pause_at_dashes, "observed: engines read three dots, or nothing"),
    Rule("drop signs", drop_signs, "observed: engines spell what they do not know"),
    Rule("tidy", tidy, "observed: pauses add up, and some engines say a lone comma"),
)
# The same for voices that speak otherwise within brackets and at dashes than at commas.
MARKED: tuple[Rule, ...] = (
    AFTER[0],
    Rule("keep brackets", keep_brackets, "Chicago Manual of Style, 6.95: brackets hold what is said aside"),
    Rule(
        "keep dashes", keep_dashes, "Chicago Manual of Style, 6.85: a dash is a break, sharper than a comma"
    ),
    *AFTER[3:],
)
