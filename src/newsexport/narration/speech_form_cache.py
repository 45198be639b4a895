"""Spoken forms that are remembered from one edition of a paper to the next.

Most of today's sentences were spoken yesterday or an hour ago, and the rules take longer over
them than it takes to look them up: half a second for an edition of which nothing has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

import spokenform
from newsexport import __version__
from newsexport.job import Cache
from newsexport.speech import Pronunciation
from spokenform import Lexicon, Spoken, speak

T = TypeVar("T")

# In the name of what is kept.
KIND = "saying"

# What the rules ask beside themselves.
ASKED = ("unicode-rbnf", "langcodes")


class SpeechFormCache:
    """`speak` with a memory: that of an edition, under its name, for one lexicon.

    Only what was asked for this time is remembered for the next, so it does not grow.
    """

    def __init__(self, kept: Cache, edition: str, lexicon: Lexicon) -> None:
        self._kept = kept
        self._lexicon = lexicon
        self._key = f"{KIND}/{_digest(json.dumps([rules(), edition, repr(lexicon.entries)]))}"
        self._known = _read(kept.get(self._key))
        self._asked: dict[str, Spoken] = {}

    @property
    def is_new(self) -> bool:
        """Whether nothing is remembered of the edition."""
        return not self._known

    def __call__(self, text: str, language: str, lexicon: Lexicon) -> Spoken:
        """The text as it should be said, remembered or worked out."""
        name = f"{language}\n{text}"
        told = self._asked.get(name) or self._known.get(name)
        if told is None or lexicon is not self._lexicon:
            told = speak(text, language, lexicon, marks=True)
        self._asked[name] = told
        return told

    def remembering(self, items: Iterable[T]) -> Iterator[T]:
        """The items; when all were taken, what was asked for meanwhile is remembered."""
        yield from items
        if self._asked.keys() != self._known.keys():
            told = {name: [one.text, *map(astuple, one.pronunciations)] for name, one in self._asked.items()}
            self._kept.put(self._key, json.dumps(told).encode())


def _read(data: bytes | None) -> dict[str, Spoken]:
    """What was kept: our own writing by these very rules, as the key says; whole, as the cache does."""
    told = json.loads(data) if data else {}
    return {
        name: Spoken(text, tuple(Pronunciation(*one) for one in sounds))
        for name, (text, *sounds) in told.items()
    }


@cache
def rules() -> str:
    """A digest of all that spoken forms follow from but text and lexicon: other rules, other memories."""
    read = hashlib.sha256()
    for name, path in sources():
        data = path.read_bytes()
        read.update(f"{name} {len(data)} ".encode() + data)
    return _digest(json.dumps([read.hexdigest(), __version__, *map(_version, ASKED)]))


def sources() -> list[tuple[str, Path]]:
    """The files that spoken forms follow from, by name: those of this room and of all languages."""
    packages = (Path(__file__).parent, Path(spokenform.__file__).parent)
    return [
        (path.relative_to(package.parent).as_posix(), path)
        for package in packages
        for path in sorted((*package.rglob("*.py"), *package.rglob("*.toml")))
    ]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
