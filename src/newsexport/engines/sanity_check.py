"""Whether a sound can be what a text sounds like: not silent, and neither far too short nor too long."""

from __future__ import annotations

import unicodedata

import numpy as np

from newsexport.audio.pcm import QUIET, from_bytes
from newsexport.net.retry import RequestError

# Seconds a letter of running text takes at speed 1 is 0.06 to 0.08; no voice we know comes
# near a third of that or five times as much.
SHORTEST, LONGEST = 0.02, 0.35
# What a service may put around its speech, and what is too little text to judge by.
AROUND, TOO_LITTLE = 3.0, 15


class UnfitSoundError(RequestError):
    """A service answered, but not with the sound of this text."""


def implausible(text: str, pcm: bytes, rate: int, speed: float = 1.0, *, shortest: float = SHORTEST) -> str:
    """What is wrong with a sound that is said to be this text, nothing if it may be."""
    samples = from_bytes(pcm)
    loud = np.flatnonzero(np.abs(samples) > QUIET)
    if not len(loud):
        return "it is silent"
    letters = letters_in(text)
    heard = (int(loud[-1]) - int(loud[0])) / rate * speed
    if letters >= TOO_LITTLE and heard < shortest * letters:
        return f"{heard:.1f} s of sound are too short for it"
    if len(samples) / rate * speed > LONGEST * letters + AROUND:
        return f"{len(samples) / rate:.1f} s of sound are too long for it"
    return ""


def letters_in(text: str) -> float:
    """How many letters a text is said with, roughly: a digit or Han character is as good as a word."""
    return sum(map(_weight, text))


def _weight(character: str) -> float:
    category = unicodedata.category(character)
    if category == "Nd":
        return 4.0
    if category == "Lo" and unicodedata.east_asian_width(character) == "W":
        return 2.5
    return 1.0 if category[0] in "LM" else 0.0 if category[0] == "Z" else 0.5
