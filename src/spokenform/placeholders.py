"""What the lexicon says, kept from every rule after it.

The words that an entry is for are out of the text while the rules are at it, and a made-up
name stands in for them: so no rule changes what the user wrote, the words around are judged
as beside any name, and where an entry ended up is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from spokenform.lexicon.entries import LexiconMatch
from spokenform.rewriting import FIGURE, Pronunciation, Spoken

# No rule and no language has these letters in a row.
STEM = "qxjz"
LETTERS = "bcdfghkmnpqrstvwxz"
# Behind a letter that a voice has to be told the sound of; `drop_invisible` takes it out of what is printed.
SOUNDED = "\u2063"
STAND_IN = re.compile(rf"{STEM}([{LETTERS}])([{LETTERS}])|(\w+){SOUNDED}", re.IGNORECASE)
MOST = len(LETTERS) ** 2


NO_LETTERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text with names that stand in; `words` are what is spoken for each, `ipa` what it sounds like."""

    text: str
    words: tuple[str, ...] = ()
    ipa: tuple[str, ...] = field(default=())

    def restored(self, text: str, letters: Mapping[str, str] = NO_LETTERS) -> Spoken:
        """A text made from this one, with the words in their places again and marked letters sounded."""
        if not self.words and SOUNDED not in text:
            return Spoken(text)
        parts: list[str] = []
        sounds: list[Pronunciation] = []
        at = length = 0
        for match in STAND_IN.finditer(text):
            if match[3]:
                words, ipa = match[3], letters.get(match[3], "")
            else:
                number = LETTERS.index(match[1].lower()) * len(LETTERS) + LETTERS.index(match[2].lower())
                if number >= len(self.words):
                    continue
                words, ipa = self.words[number], self.ipa[number]
            before = text[at : match.start()]
            length += len(before)
            if ipa:
                sounds.append(Pronunciation(length, len(words), ipa))
            parts += [before, words]
            length += len(words)
            at = match.end()
        return Spoken("".join((*parts, text[at:])), tuple(sounds))


def mask(text: str, matches: Sequence[LexiconMatch], otherwise: Callable[[str], str]) -> MaskedText:
    """The text with a stand-in for each of the first `MOST` places that an entry is for.

    `otherwise` says what is printed when an entry only tells how it sounds, for engines
    that know no IPA.
    """
    if STEM in text.lower():
        return MaskedText(text)
    telling = [one for one in matches if one.spoken or one.entry.ipa][:MOST]
    parts: list[str] = []
    at = 0
    for number, one in enumerate(telling):
        stem = STEM.capitalize() if text[one.begin].isupper() else STEM
        tens, ones = divmod(number, len(LETTERS))
        parts += [text[at : one.begin], stem, LETTERS[tens], LETTERS[ones]]
        at = one.end
    words = tuple(_words(one, text[one.begin : one.end], otherwise) for one in telling)
    return MaskedText("".join((*parts, text[at:])), words, tuple(one.entry.ipa for one in telling))


def _words(one: LexiconMatch, printed: str, otherwise: Callable[[str], str]) -> str:
    """What the entry says as it says it, but figures, which engines read each in its way, in words."""
    if one.spoken and not FIGURE.search(one.spoken):
        return one.spoken
    return " ".join(otherwise(one.spoken or printed).split()) or printed
