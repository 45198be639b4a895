"""Letters said by their names, and how those sound where a voice would take them for words.

A lone *A* is an article to a voice (*uh eye*), and *R B Is* ends in *is*. The rules put a mark
behind such a letter, and what is marked is given its sound when all rules are through.
"""

from __future__ import annotations

from collections.abc import Iterable

from spokenform.placeholders import SOUNDED
from spokenform.word_lists import pairs

NAMES = pairs(
    """A = ˈeɪ; B = ˈbiː; C = ˈsiː; D = ˈdiː; E = ˈiː; F = ˈɛf; G = ˈdʒiː; H = ˈeɪtʃ; I = ˈaɪ; J = ˈdʒeɪ
    K = ˈkeɪ; L = ˈɛl; M = ˈɛm; N = ˈɛn; O = ˈoʊ; P = ˈpiː; Q = ˈkjuː; R = ˈɑːɹ; S = ˈɛs; T = ˈtiː; U = ˈjuː
    V = ˈviː; W = ˈdʌbəljuː; X = ˈɛks; Y = ˈwaɪ; Z = ˈziː"""
)


def _several(name: str) -> str:
    return name + ("ɪz" if name.endswith(("s", "ʃ")) else "s" if name.endswith("f") else "z")


# What is marked, and how it sounds.
SOUNDS = {"A": NAMES["A"]} | {f"{letter}s": _several(name) for letter, name in NAMES.items()}


def spelled(letters: Iterable[str], ending: str = "") -> str:
    """``A I`` and ``R B Is``, with what has to be told how it sounds marked."""
    *front, last = letters
    last = f"{last}{SOUNDED}" if last == "A" and not ending else last
    plural = f"{ending}{SOUNDED}" if ending == "s" else ending
    return " ".join([*(f"{one}{SOUNDED}" if one == "A" else one for one in front), f"{last}{plural}"])
