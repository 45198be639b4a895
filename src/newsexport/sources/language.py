"""The language of a text, when its author does not say."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

SAMPLE = 1_000

# Below this many letters even a person is often wrong ("Paris", "Information").
FEWEST = 20

# Languages that have their script nearly for themselves, by the Unicode name of its letters.
SCRIPTS = {
    "HEBREW": "he", "GREEK": "el", "HANGUL": "ko", "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "HIRAGANA": "ja", "KATAKANA": "ja", "KHMER": "km", "LAO": "lo", "TAMIL": "ta", "TELUGU": "te",
    "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si",
}  # fmt: skip


def detect(text: str, fallback: str) -> str:
    """The primary language subtag of a text; `fallback` when it is too short or unclear.

    Only the first thousand characters are looked at.
    """
    sample = text[:SAMPLE]
    letters = [character for character in sample if character.isalpha()]
    scripts = [unicodedata.name(letter, "").split(" ", 1)[0] for letter in letters]
    if own := _by_script(scripts):
        return own
    if len(letters) < (FEWEST if "LATIN" in scripts else 4):
        return fallback
    language, certainty = _identifier().classify(sample)
    return str(language) if certainty >= 0.8 else fallback


def _by_script(scripts: list[str]) -> str | None:
    """The language of the script most letters are in; kana settle Japanese among Chinese characters."""
    if len(scripts) < 4:
        return None
    kana = sum(script in {"HIRAGANA", "KATAKANA"} for script in scripts)
    if kana * 10 > len(scripts):
        return "ja"
    if scripts.count("CJK") * 2 > len(scripts):
        return "zh"
    for script, language in SCRIPTS.items():
        if scripts.count(script) * 2 > len(scripts):
            return language
    return None


@cache
def _identifier() -> Any:
    """The model, loaded once: that takes 0.7 s, and the identification 0.2 ms."""
    from py3langid import langid  # noqa: PLC0415 - an edition with its languages given needs none of it

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
