"""Where each word begins in what Piper has spoken, from how long its model speaks each sound.

The model is given sounds, not words, and espeak-ng, which makes them, joins words ("of the") and takes
others apart ("2019"). So each word is put into sounds alone once more, and these are laid beside those that
were spoken, as strings of which one has become the other (S. Needleman and C. Wunsch, Journal of Molecular
Biology 48, 1970).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from newsexport.speech import WordMark

if TYPE_CHECKING:
    from piper import AudioChunk

# A word, or sounds that stand in the place of one, with whatever is written against it.
_WORD = re.compile(r"(?:\[\[.*?\]\]|\S)+")
# Signs that change a sound, and may be missing where words are joined: those before it, and those behind.
_STRESS = frozenset("ˈˌ")
_MARKS = _STRESS | frozenset("ːʲ\u0303\u0329")
# Of two words that follow each other at once, the second begins where the first ends: the space between them
# and the sign of stress are the beginning of its first sound. How much earlier than that, and than its first
# sound after a stop, a word is heard, in seconds (benchmarks/word_times.py).
_EARLY_JOINED, _EARLY = 0.01, 0.03
_VOWELS = frozenset("aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɨɪɯɵɶʉʊʌʏ")

# How one string becomes the other, sign by sign.
_STANDS_FOR, _LEFT_OUT, _NOT_SPOKEN = range(3)

Sounds = list[list[str]]


@dataclass(frozen=True, slots=True)
class SpokenSign:
    """A sound, or the space between two words, and the sample where a word is heard that begins with it."""

    sign: str
    sample: int


def marked(text: str, chunks: Sequence[AudioChunk], sounds: Callable[[str], Sounds]) -> Iterator[WordMark]:
    """The words of a text, with the sample of the whole that each begins with.

    `sounds` are those of a word alone, in sentences. Nothing where the model did not tell all.
    """
    heard: list[SpokenSign] = []
    at = 0
    for chunk in chunks:
        told = chunk.phoneme_alignments
        if told is None or sum(one.num_samples for one in told) != len(chunk.audio_float_array):
            return
        heard += _heard(
            [one.phoneme for one in told], [one.num_samples for one in told], at, chunk.sample_rate
        )
        heard.append(SpokenSign(" ", at := at + len(chunk.audio_float_array)))
    words = list(_WORD.finditer(text))
    alone = [(sign, number) for number, word in enumerate(words) for sign in _alone(word[0], sounds)]
    begins_of: dict[int, int] = {}
    for one, other in _beside([one.sign for one in heard], [sign for sign, _ in alone]):
        if alone[other][0] != " ":
            begins_of.setdefault(alone[other][1], heard[one].sample)
    for number, sample in begins_of.items():
        word = words[number]
        yield WordMark(word.start(), len(word[0]), sample)


def _heard(signs: Sequence[str], lengths: Sequence[int], at: int, rate: int) -> Iterator[SpokenSign]:
    """The sounds and spaces of a sentence that begins at a sample, between the signs of its begin and end."""
    begins = list(accumulate(lengths, initial=at))
    for number, sign in enumerate(signs[1:-1], 1):
        if not _counts(sign):
            continue
        first = number
        while signs[first - 1] in _STRESS:
            first -= 1
        before = first
        while signs[before - 1] == " ":
            before -= 1
        joined = before == 1 or _counts(signs[before - 1]) or signs[before - 1] in _MARKS
        begin = (
            begins[before - (before == 1)] - _EARLY_JOINED * rate if joined else begins[first] - _EARLY * rate
        )
        yield SpokenSign(sign, max(0, round(begin)))


def _alone(word: str, sounds: Callable[[str], Sounds]) -> list[str]:
    """The sounds of one word, and the space behind it."""
    return [*filter(_counts, chain.from_iterable(sounds(word))), " "]


def _counts(sign: str) -> bool:
    return sign == " " or (sign.isalpha() and sign not in _MARKS)


def _beside(spoken: Sequence[str], alone: Sequence[str]) -> list[tuple[int, int]]:
    """Which sign of one stands for which of the other, in order."""
    costs = [_omission(sign) for sign in alone]
    above = [0.0, *accumulate(costs)]
    ways: list[list[int]] = []
    for sign in spoken:
        gap = _omission(sign)
        row, way = [above[0] + gap], [_LEFT_OUT]
        for column, other in enumerate(alone):
            same, over, under = (
                above[column] + _unlike(sign, other),
                above[column + 1] + gap,
                row[-1] + costs[column],
            )
            best = min(same, over, under)
            row.append(best)
            way.append(_STANDS_FOR if best == same else _LEFT_OUT if best == over else _NOT_SPOKEN)
        above = row
        ways.append(way)
    pairs: list[tuple[int, int]] = []
    at, beside = len(spoken), len(alone)
    while at and beside:
        step = ways[at - 1][beside]
        at, beside = at - (step != _NOT_SPOKEN), beside - (step != _LEFT_OUT)
        if step == _STANDS_FOR:
            pairs.append((at, beside))
    return pairs[::-1]


def _omission(sign: str) -> float:
    return 0.5 if sign == " " else 1.0


def _unlike(sign: str, other: str) -> float:
    """What it costs to take one sign for another; a sound is no space, and a vowel hardly a consonant."""
    if sign == other:
        return 0.0
    if " " in {sign, other}:
        return 3.0
    return 0.8 if (sign in _VOWELS) == (other in _VOWELS) else 1.6
