"""Which voice says what: one for everything, or one for each language and each role.

Every engine reads its `voice` this way::

    bella                            bella
    bella,de=thorsten                thorsten what is German, bella the rest
    bella,announcer=onyx             onyx what is announced
    de/announcer=kerstin             kerstin what is announced in German
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

from newsexport.job import VOICES_FOLDER
from newsexport.speech import VOICES_VARIABLE, Role
from newsexport.text.languages import primary


@dataclass(frozen=True, slots=True)
class VoiceRule:
    """A voice, and the language and role it is for; where they are empty, it is for all."""

    voice: str
    language: str = ""
    role: str = ""

    def weight(self, language: str, role: str) -> int:
        """How closely it fits: 0 when it is for all, more when it is for this, negative when for others."""
        if self.role and self.role != role:
            return -1
        if self.language.lower() == language.lower():
            return 4 * bool(self.language) + bool(self.role)
        if self.language and primary(self.language) != primary(language):
            return -1
        return 2 * bool(self.language) + bool(self.role)


@dataclass(frozen=True, slots=True)
class VoiceSelection:
    """The voices of an engine, as the user assigned them."""

    rules: tuple[VoiceRule, ...]

    def named(self, language: str, role: Role) -> str:
        """The voice that fits a language and role best; empty when none does."""
        best = max(self.rules, key=lambda rule: rule.weight(language, role), default=None)
        return best.voice if best and best.weight(language, role) >= 0 else ""

    def names(self) -> tuple[str, ...]:
        """Every voice that may be needed."""
        return tuple(dict.fromkeys(rule.voice for rule in self.rules))


def kept_voices(engine: str) -> str:
    """The folder of an engine's voices that the environment names, or that was handed in; else empty."""
    folder = os.environ.get(VOICES_VARIABLE) or VOICES_FOLDER.get()
    return os.path.join(folder, engine) if folder else ""  # noqa: PTH118 - a field of engines, which is text


@cache
def cast(voice: str) -> VoiceSelection:
    """What the option `voice` of an engine says."""
    return VoiceSelection(tuple(map(_rule, filter(None, map(str.strip, voice.split(","))))))


def _rule(text: str) -> VoiceRule:
    target, equals, name = text.partition("=")
    if not equals:
        return VoiceRule(text)
    language, slash, role = target.partition("/")
    if slash:
        return VoiceRule(name.strip(), language.strip(), role.strip())
    if target in {*Role}:
        return VoiceRule(name.strip(), role=target)
    return VoiceRule(name.strip(), language=target.strip())
