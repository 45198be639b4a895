"""What must be known of a language to set it: its direction, and its name."""

import re
from functools import cache, lru_cache

# Scripts written from right to left, by the languages news is published in
# (Unicode CLDR 46, supplemental data, scripts with likely subtags that are RTL).
RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)


# The tags that occur in practice: a language of two or three letters, then subtags
# (RFC 5646, section 2.1, without the grandfathered ones).
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def is_tag(text: str) -> bool:
    """Whether this is a language tag, such as ``en`` or ``pt-BR``."""
    return TAG.fullmatch(text) is not None


def primary(tag: str) -> str:
    """The primary subtag in lower case: ``en`` for ``en-GB``."""
    return tag.replace("_", "-").split("-", 1)[0].lower()


# ISO 639-1 to ISO 639-2/T, the three letters that ID3 asks for, for languages news is
# commonly published in.
THREE_LETTERS = {
    "af": "afr", "am": "amh", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos",
    "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "eo": "epo",
    "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle", "gl": "glg",
    "gu": "guj", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "hye", "id": "ind", "is": "isl",
    "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz", "km": "khm", "kn": "kan", "ko": "kor", "ku": "kur",
    "ky": "kir", "lb": "ltz", "lo": "lao", "lt": "lit", "lv": "lav", "mk": "mkd", "ml": "mal", "mn": "mon",
    "mr": "mar", "ms": "msa", "mt": "mlt", "my": "mya", "nb": "nob", "ne": "nep", "nl": "nld", "nn": "nno",
    "no": "nor", "pa": "pan", "pl": "pol", "ps": "pus", "pt": "por", "ro": "ron", "ru": "rus", "si": "sin",
    "sk": "slk", "sl": "slv", "so": "som", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam",
    "te": "tel", "tg": "tgk", "th": "tha", "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd", "uz": "uzb",
    "vi": "vie", "yi": "yid", "yo": "yor", "zh": "zho", "zu": "zul",
}  # fmt: skip


def iso639(tag: str) -> str:
    """The three-letter code of a BCP 47 tag, ``und`` (undetermined) when it has none here."""
    subtag = primary(tag)
    return subtag if len(subtag) == 3 else THREE_LETTERS.get(subtag, "und")


@cache
def is_registered(tag: str) -> bool:
    """Whether the primary subtag is that of a language in IANA's registry (BCP 47), ``und`` left out."""
    subtag = primary(tag)
    if subtag in THREE_LETTERS:
        return True
    import langcodes  # noqa: PLC0415 - nearly no edition needs the registry

    return subtag != "und" and langcodes.tag_is_valid(subtag)


# Language, script and region of RFC 5646, section 2.1; what follows them is of no use to
# a reading system, and an error in it would make the whole tag invalid.
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?=-|$)", re.IGNORECASE)


@lru_cache(maxsize=256)
def language_tag(tag: str, fallback: str) -> str:
    """A well-formed BCP 47 tag of a registered language: as much of `tag` as is one, or else the fallback.

    ``und`` counts as none: Kindle refuses books in an undetermined language.
    """
    found = LANGUAGE.match(tag.replace("_", "-"))
    return found[0] if found and is_registered(found[0]) else fallback


# Names of one language (IANA subtag registry: macrolanguages and retired codes).
ALIKE = {"no": "nb", "nn": "nb", "iw": "he", "jw": "jv", "tl": "fil", "cmn": "zh"}


def alike(tag: str) -> str:
    """The language of a tag, under one name."""
    return ALIKE.get(primary(tag), primary(tag))


def is_within(tag: str, around: str) -> bool:
    """Whether text in one language needs no word of it within the other: ``en`` within ``en-GB``."""
    return f"{tag}-".startswith(f"{around}-") or f"{around}-".startswith(f"{tag}-")
