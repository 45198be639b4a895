"""Sounds of the user's own around what is spoken: at the beginning, at the end, before each section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsexport.audio.sound import DecodeError
from newsexport.errors import UsageError
from newsexport.narration.recording import brought
from newsexport.narration.script import Level, Passage


@dataclass(frozen=True, slots=True)
class Jingles:
    """The sound files as they came; empty where there is none."""

    intro: bytes = b""
    outro: bytes = b""
    section: bytes = b""


def jingles(intro: Path | None, outro: Path | None, section: Path | None) -> Jingles:
    """The files, read and listened to, so that a bad one ends the run before a word is spoken.

    Raises:
        UsageError: one that cannot be read or holds no sound, with its name.
    """
    return Jingles(_sound(intro), _sound(outro), _sound(section))


def _sound(file: Path | None) -> bytes:
    if file is None:
        return b""
    try:
        data = file.read_bytes()
        brought(data, 22050)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    except DecodeError as error:
        raise UsageError(f"{file}: is no sound that can be used: {error}") from error
    return data


def around(passages: Iterable[Passage], sounds: Jingles) -> Iterator[Passage]:
    """The passages with the sounds among them; none comes right after another."""
    if sounds.intro:
        yield Passage((), sound=sounds.intro)
    sections = 0
    for passage in passages:
        if any(opening.level == Level.SECTION for opening in passage.openings):
            sections += 1
            if sounds.section and not (sections == 1 and sounds.intro):
                yield Passage((), sound=sounds.section)
        yield passage
    if sounds.outro:
        yield Passage((), sound=sounds.outro)
