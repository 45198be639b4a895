"""The language of a text, when its author does not say."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from typing import Any

SAMPLE = 1_000
MORE = 4

# Below this many letters even a person is often wrong ("Paris", "Information").
FEWEST = 20

# Languages that have their script nearly for themselves, by the Unicode name of its letters.
SCRIPTS = {
    "HEBREW": "he", "GREEK": "el", "HANGUL": "ko", "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "HIRAGANA": "ja", "KATAKANA": "ja", "KHMER": "km", "LAO": "lo", "TAMIL": "ta", "TELUGU": "te",
    "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si",
}  # fmt: skip


# Words that make up a quarter of running text in their language and are rare in the others.
FUNCTION_WORDS = {
    "en": "the of and to in a is that for it was on with as by at from its which has have are he she",
    "de": "der die das und den dem ein eine einen einer ist nicht mit von zu auf sich für im auch wird",
    "fr": "le la les des une et est dans que qui pour du au sur pas par avec ce cette son sont il elle",
    "es": "el los las del que y en por con una para su se es más como ha fue son al lo este esta",
    "it": "il che di gli della dei per non una con è del alla sono nel anche più ha si delle le dal",
    "pt": "o os as que do da dos das em não uma com para é mais ao foi são pela pelo como num numa",
    "nl": "de het een van en dat niet zijn op met voor aan ook bij door werd wordt heeft naar uit om",
}
LANGUAGES_OF = {
    word: tuple(language for language, some in FUNCTION_WORDS.items() if word in some.split())
    for words in FUNCTION_WORDS.values()
    for word in words.split()
}


def detect(text: str, fallback: str) -> str:
    """The primary language subtag of a text; `fallback` when it is too short or unclear.

    Only the first thousand characters are looked at. What its script or its commonest
    words make plain is decided at once, by more of the text where that does not suffice;
    a model is loaded for the rest.
    """
    sample = text[:SAMPLE]
    if plain := _by_function_words(sample) or _by_function_words(text[: MORE * SAMPLE]):
        return plain
    letters = [character for character in sample if character.isalpha()]
    scripts = [_script(letter) for letter in letters]
    if own := _by_script(scripts):
        return own
    if len(letters) < (FEWEST if "LATIN" in scripts else 4):
        return fallback
    language, certainty = _identifier().classify(sample)
    return str(language) if certainty >= 0.8 else fallback


def _by_function_words(sample: str) -> str | None:
    """The language that has a fifth of the words for itself, three times what any other has."""
    words = sample.lower().split()
    if len(words) < 30:
        return None
    counts = Counter(language for word in words for language in LANGUAGES_OF.get(word, ()))
    (language, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return language if most * 5 >= len(words) and most >= second * 3 else None


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ", 1)[0]


def _by_script(scripts: list[str]) -> str | None:
    """The language of the script most letters are in; kana settle Japanese among Chinese characters."""
    if len(scripts) < 4:
        return None
    counts = Counter(scripts)
    if (counts["HIRAGANA"] + counts["KATAKANA"]) * 10 > len(scripts):
        return "ja"
    if counts["CJK"] * 2 > len(scripts):
        return "zh"
    script, count = counts.most_common(1)[0]
    return SCRIPTS.get(script) if count * 2 > len(scripts) else None


def forget_model() -> None:
    """Let go of the model, which takes 80 MB; whoever needs it next loads it."""
    _identifier.cache_clear()


@cache
def _identifier() -> Any:
    """The model, loaded once: that takes 0.7 s, and the identification 0.2 ms."""
    from py3langid import langid  # noqa: PLC0415 - an edition with its languages given needs none of it

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
