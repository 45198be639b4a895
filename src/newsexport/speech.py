"""The words between narration and engines: what is asked for, and what comes back."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Who is speaking; an engine with several voices may tell them apart."""

    ANNOUNCER = "announcer"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to say in one breath, usually a sentence.

    `printed` is the text as it stands in the article, `spoken` as it is to be said.
    `pause` is the silence after it in seconds.
    """

    printed: str
    spoken: str
    language: str
    role: Role = Role.READER
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class WordMark:
    """Where a word begins: its offset and length in the spoken text, and the sample."""

    offset: int
    length: int
    sample: int


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine returns: mono, 16-bit little-endian PCM at the engine's rate."""

    pcm: bytes = field(repr=False)
    words: tuple[WordMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that can be asked for by `name`. `language` is a BCP 47 tag."""

    name: str
    language: str
    title: str
    offline: bool
