"""IPA spelled in the phonemes that an espeak-ng voice has, and in those of misaki.

espeak-ng takes phonemes between double brackets, by mnemonics of its own, and those only
that the voice's language has: an unknown one silences the rest of the word (measured with
1.52, which reads the content of SSML's ``<phoneme>`` as if it were plain text). So what a
voice has is asked of it, and the nearest it has is taken for what it has not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

# Mnemonics worth trying, the plainest first (espeak-ng 1.52, docs/phonemes.md and the
# tables of the languages news is read in).
VOWELS = (
    "@", "a", "e", "i", "o", "u", "a:", "e:", "i:", "o:", "u:", "E", "E:", "I", "I:", "O", "O:", "U",
    "V", "A", "A:", "0", "3", "3:", "W", "W:", "Y", "Y:", "y", "y:", "&", "&:", "a#", "@2", "I2", "i2",
    "U:", "9", "8", 'u"', 'i"', "o-", "aI", "aU", "eI", "oU", "OI", "e@", "i@3", "U@", "A@", "O@", "i@",
    "aI@", "aI3", "EI", "OY", "EU", "ai", "au", "ei", "oi", "ui", "eu", "ou", "ey", "iu", "A~", "O~",
    "E~", "W~", "a~", "e~", "i~", "o~", "u~", "&~", "&U~", "oI~", "Wy", "u-", "m-", "n-", "l-", "r-",
    "N-", "@L",
)  # fmt: skip
CONSONANTS = (
    "p", "b", "t", "d", "k", "g", "f", "v", "s", "z", "h", "j", "w", "m", "n", "l", "r", "R", "x", "S",
    "Z", "T", "D", "N", "tS", "dZ", "ts", "dz", "C", "Q", "B", "X", "J", "J^", "c", "q", "?", "n^",
    "l^", "L/", "s.", "z.", "t.", "d.", "n.", "l.", "S;", "Z;", "tS;", "dZ;", "v#", "w#", "r/", 'r"',
    "**", "*", "l#", 'Q"', "H", "pF", "t[", "d[", "H^", "P",
)  # fmt: skip

# What comes nearest to a sound that a voice has not, the best first; each may lack in its turn.
NEAREST = {
    "a": ("ɑ", "ɑː", "æ", "ɐ"),
    "æ": ("a", "ɛ"),
    "ɐ": ("ə", "a"),
    "ɑ": ("ɑː", "a", "ɔ"),
    "ɒ": ("ɔ", "ɑ"),
    "ɔ": ("o", "ɒ"),
    "ə": ("ɐ", "ɘ", "e"),
    "ɘ": ("ə",),
    "ɚ": ("əɹ",),
    "ɝ": ("ɜːɹ",),
    "ɜ": ("ɜː", "œ", "ə"),
    "ʌ": ("a", "ə"),
    "e": ("ɛ",),
    "ɛ": ("e",),
    "i": ("ɪ",),
    "ɪ": ("i",),
    "ɨ": ("ɪ",),
    "o": ("ɔ",),
    "u": ("ʊ",),
    "ʊ": ("u",),
    "ʉ": ("u",),
    "ɯ": ("u",),
    "ɤ": ("ə",),
    "ɵ": ("ʊ",),
    "y": ("u",),
    "ʏ": ("y", "ʊ"),
    "ø": ("œ", "ɜ", "e"),
    "œ": ("ø", "ɜ", "ɛ"),
    "ɑ̃": ("ɔ̃", "ɑn"),
    "ã": ("ɑ̃", "an"),
    "ɛ̃": ("æ̃", "ɛn"),
    "ẽ": ("en",),
    "ĩ": ("in",),
    "ɔ̃": ("õ", "ɔn"),
    "õ": ("ɔ̃", "on"),
    "ũ": ("un",),
    "œ̃": ("ɛ̃",),
    "m̩": ("əm",),
    "n̩": ("ən",),
    "ŋ̩": ("əŋ",),
    "l̩": ("əl",),
    "r̩": ("ər",),
    "ɹ̩": ("əɹ",),
    "r": ("ɾ", "ɹ", "ʁ"),
    "ɾ": ("r", "ɹ", "ʁ"),
    "ɹ": ("r", "ɾ", "ʁ"),
    "ɻ": ("ɹ",),
    "ɽ": ("ɾ",),
    "ʁ": ("ʀ", "ɣ", "r"),
    "ʀ": ("ʁ", "r"),
    "x": ("χ", "ç", "h", "k"),
    "χ": ("x", "h"),
    "ç": ("x", "ʃ"),
    "ħ": ("h",),
    "ɦ": ("h",),
    "h": ("x", ""),
    "ʔ": ("",),
    "ʕ": ("",),
    "ɣ": ("ɡ",),
    "ɡ": ("k",),
    "β": ("b",),
    "ɸ": ("f",),
    "ʋ": ("v", "w"),
    "w": ("ʋ", "u"),
    "ʍ": ("w",),
    "ɥ": ("j",),
    "j": ("i",),
    "θ": ("s",),
    "ð": ("z", "d"),
    "z": ("s",),
    "ʒ": ("ʃ",),
    "ʃ": ("s",),
    "ɕ": ("ʃ",),
    "ʑ": ("ʒ",),
    "ʂ": ("ʃ",),
    "ʐ": ("ʒ",),
    "ʈ": ("t",),
    "ɖ": ("d",),
    "q": ("k",),
    "c": ("kj",),
    "ɟ": ("ɡj",),
    "ʝ": ("j",),
    "ŋ": ("nɡ",),
    "ɲ": ("nj",),
    "ɳ": ("n",),
    "ɴ": ("ŋ",),
    "ɱ": ("m",),
    "ʎ": ("lj",),
    "ɫ": ("l",),
    "ɭ": ("l",),
    "ɬ": ("l",),
}

_SPELLINGS = str.maketrans(
    {
        "g": "ɡ", ":": "ː", "'": "ˈ", "’": "ˈ", "ʼ": None, "ˑ": None, ".": None, "‿": None, "͡": None,
        "͜": None, "/": None, "[": None, "]": None, "ʲ": "j", "ʷ": "w", "ʰ": None, "ʱ": None, "˞": "ɹ",
        "̯": None, "̪": None, "̚": None, "ʴ": "ɹ", "(": None, ")": None, "̥": None, "̊": None, "̞": None, "̝": None,
        "̠": None, "̟": None, "ˠ": None, "ɝ": "ɜɹ", "ᵻ": "ɪ", "ʦ": "ts", "ʧ": "tʃ", "ʤ": "dʒ", "ʣ": "dz",
    }
)  # fmt: skip
_VOWEL_LETTERS = frozenset("aæɐɑɒɔəɘɚɜʌeɛiɪɨoɵøœɤuʊʉɯyʏ")
_STRESSES = {"ˈ": "'", "ˌ": ","}
_NASAL_OR_SYLLABIC = "\u0303\u0329"
_TONES = re.compile("[˥˦˧˨˩↗↘ꜛꜜ\u0300\u0301\u0302\u0304\u030b\u030c\u030f]")


def plain(ipa: str) -> str:
    """IPA in one spelling: no brackets, tie bars, syllable points, tones or fine detail."""
    decomposed = unicodedata.normalize("NFD", ipa.replace("ç", "\0"))
    text = _TONES.sub("", decomposed).replace("\0", "ç").translate(_SPELLINGS)
    return " ".join(text.split())


def pronounced(ipa: str, inventory: Mapping[str, str]) -> str | None:
    """The words of an IPA transcription as espeak-ng takes them: ``[[k|'i:|v]]``.

    `inventory` maps the sounds that the voice has, in `plain` IPA, to mnemonics. None when
    there is a sign in it that is no sound known here.
    """
    words = [_word(word, inventory) for word in plain(ipa).split()]
    spelled = [word for word in words if word]
    if not spelled or len(spelled) < len(words):
        return None
    return " ".join(f"[[{word}]]" for word in spelled)


def _word(ipa: str, inventory: Mapping[str, str]) -> str | None:
    longest = max(map(len, inventory), default=0)
    parts: list[str] = []
    at = 0
    while at < len(ipa):
        if ipa[at] in _STRESSES:
            parts.append(_STRESSES[ipa[at]])
            at += 1
            continue
        ends = (at + length for length in range(longest, 0, -1) if ipa[at : at + length] in inventory)
        end = next((end for end in ends if not _goes_on(ipa, end)), at + _symbol(ipa, at))
        found = _nearest(ipa[at:end], inventory, ())
        if found is None:
            return None
        parts += found
        at = end
    return "|".join(parts)


def _symbol(ipa: str, at: int) -> int:
    """Characters of one sound: a letter with what modifies it."""
    length = 1
    while _goes_on(ipa, at + length):
        length += 1
    return length


def _goes_on(ipa: str, at: int) -> bool:
    """Whether what stands here modifies the letter before."""
    return ipa[at : at + 1] != "" and ipa[at] in _NASAL_OR_SYLLABIC + "ː"


def _nearest(sound: str, inventory: Mapping[str, str], tried: tuple[str, ...]) -> list[str] | None:
    """Mnemonics for a sound, or for what comes nearest to it; None when nothing does."""
    if sound in inventory:
        return [inventory[sound]]
    if sound in tried:
        return None
    if sound.endswith("ː") and sound[0] not in _VOWEL_LETTERS:
        short = _nearest(sound[:-1], inventory, (*tried, sound))
        return short and [*short, ":"]
    for other in _neighbours(sound):
        parts = [_nearest(part, inventory, (*tried, sound)) for part in _parts(other)]
        if None not in parts:
            return [mnemonic for part in parts if part for mnemonic in part]
    return None


def _neighbours(sound: str) -> Iterator[str]:
    """What may stand for a sound, the best first: of its own length if there is such a one."""
    yield from NEAREST.get(sound, ())
    base, modifier = sound[:-1], sound[-1:]
    if base and modifier == "ː":
        yield from (f"{other}ː" for other in NEAREST.get(base, ()) if len(other) == 1)
    if base and modifier in _NASAL_OR_SYLLABIC + "ː":
        yield base
    elif len(sound) == 1:
        yield f"{sound}ː"


def _parts(sounds: str) -> list[str]:
    parts: list[str] = []
    at = 0
    while at < len(sounds):
        length = _symbol(sounds, at)
        parts.append(sounds[at : at + length])
        at += length
    return parts


# IPA in the alphabet of misaki (its EN_PHONES.md), which Kokoro and hibari speak: capitals are diphthongs,
# and a stress stands before its vowel.

_AMERICAN = {
    **{sound: sound for sound in "bdfhjklmnpstvwzɡŋɹʃʒθðiuɑɔəɛɜɪʊʌæɾʔ"},
    "tʃ": "ʧ", "dʒ": "ʤ", "eɪ": "A", "aɪ": "I", "ɔɪ": "Y", "aʊ": "W", "oʊ": "O", "əʊ": "O", "eː": "A",
    "oː": "O", "iː": "i", "uː": "u", "ɑː": "ɑ", "ɔː": "ɔ", "ɒ": "ɑ", "ɜː": "ɜɹ", "ɜːɹ": "ɜɹ", "ʁ": "ɹ",
    "r": "ɹ", "x": "k", "ç": "h", "ɐ": "ə", "a": "ɑ", "aː": "ɑ", "o": "ɔ", "ɫ": "l", "e": "ɛ",
}  # fmt: skip
_BRITISH = {
    **_AMERICAN,
    "oʊ": "Q", "əʊ": "Q", "oː": "Q", "iː": "iː", "uː": "uː", "ɑː": "ɑː", "ɔː": "ɔː", "ɜː": "ɜː", "ɜːɹ": "ɜː",
    "ɒ": "ɒ", "ɛː": "ɛː", "ɪə": "ɪə", "a": "a", "æ": "a", "aː": "ɑː",
}  # fmt: skip
_MISAKI_STRESSES = str.maketrans({"'": "ˈ", ",": "ˌ", "|": None, "[": None, "]": None})
_EARLY_STRESS = re.compile(r"([ˈˌ])([bdfhjklmnpstvwzɡŋɹʃʒθðʧʤɾʔ]+)")


def misaki(ipa: str, *, british: bool = False) -> str | None:
    """IPA in the alphabet of misaki, the nearest sound of English for what it has not; None for no IPA."""
    told = pronounced(ipa, _BRITISH if british else _AMERICAN)
    return told and _EARLY_STRESS.sub(r"\2\1", told.translate(_MISAKI_STRESSES))
