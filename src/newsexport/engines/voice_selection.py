"""Which voice says what: one for everything, or one for each language and each role.

Every engine reads its `voice` this way::

    bella                            bella
    bella,de=thorsten                thorsten what is German, bella the rest
    bella,announcer=onyx             onyx what is announced
    de/announcer=kerstin             kerstin what is announced in German
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from newsexport.speech import Role
from newsexport.text.languages import primary


@dataclass(frozen=True, slots=True)
class Part:
    """A voice, and what it is for; what is empty is for all."""

    voice: str
    language: str = ""
    role: str = ""

    def weight(self, language: str, role: str) -> int:
        """How exactly it is meant for this: 0 for the voice of all, negative when it is for others."""
        if self.role and self.role != role:
            return -1
        if self.language.lower() == language.lower():
            return 4 * bool(self.language) + bool(self.role)
        if self.language and primary(self.language) != primary(language):
            return -1
        return 2 * bool(self.language) + bool(self.role)


@dataclass(frozen=True, slots=True)
class Cast:
    """The voices of an engine, as the user cast them."""

    parts: tuple[Part, ...]

    def named(self, language: str, role: Role) -> str:
        """The voice that is meant most exactly for a language and role, nothing when none is."""
        best = max(self.parts, key=lambda part: part.weight(language, role), default=None)
        return best.voice if best and best.weight(language, role) >= 0 else ""

    def names(self) -> tuple[str, ...]:
        """Every voice that may be needed."""
        return tuple(dict.fromkeys(part.voice for part in self.parts))


@cache
def cast(voice: str) -> Cast:
    """The cast that an option `voice` describes."""
    return Cast(tuple(map(_part, filter(None, map(str.strip, voice.split(","))))))


def _part(text: str) -> Part:
    meant, equals, name = text.partition("=")
    if not equals:
        return Part(text)
    language, slash, role = meant.partition("/")
    if slash:
        return Part(name.strip(), language.strip(), role.strip())
    return Part(name.strip(), role=meant) if meant in {*Role} else Part(name.strip(), language=meant.strip())
