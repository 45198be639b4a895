"""Checks of an M3U8: the files it names, in order, each by the rules of its own kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from newsexport.audio.decode import DecodeError
from newsexport.audio.playlist import Entry, read
from newsexport.audio.sound import seconds_of
from newsexport.preflight.fault import Fault
from newsexport.verify.finding import Finding, Title, clock, unsound

KIND = "playlist"

# Times in a playlist are whole seconds.
WITHIN = 1.0


def check_playlist(path: Path, check: Callable[[Path], Finding]) -> Finding:
    """Look for every file beside the playlist and have each checked."""
    try:
        entries = list(read(path.read_text("utf-8-sig")))
    except UnicodeDecodeError:
        return Finding(path, KIND, faults=unsound("it is not UTF-8, as M3U8 has to be"))
    # One that is named a thousand times is looked at once.
    once = cache(check), cache(seconds_of)
    faults = [fault for entry in dict.fromkeys(entries) for fault in _faults(path.parent, entry, *once)]
    if not entries:
        faults += unsound("it names no file")
    named = Counter(entry.name for entry in entries)
    faults += unsound(*(f"{name}: named twice" for name in sorted(named) if named[name] > 1))
    seconds = sum(entry.seconds or 0 for entry in entries)
    facts = (("files", str(len(entries))), ("length", clock(round(seconds * 1000))))
    return Finding(path, KIND, facts, tuple(_titles(entries)), tuple(faults))


def _faults(
    folder: Path, entry: Entry, check: Callable[[Path], Finding], length: Callable[[Path], float]
) -> Iterator[Fault]:
    if "/" in entry.name or "\\" in entry.name:
        yield from unsound(f"{entry.name}: not beside the playlist, so it is not looked at")
        return
    file = folder / entry.name
    if not file.is_file():
        yield from unsound(f"{entry.name}: is not there")
        return
    for fault in check(file).faults:
        yield replace(fault, place=f"{entry.name}{', ' if fault.place else ''}{fault.place}")
    if entry.seconds is None:
        yield from unsound(f"{entry.name}: the playlist does not tell how long it is")
        return
    try:
        heard = length(file)
    except DecodeError:  # its own check has told that
        return
    if abs(heard - entry.seconds) > WITHIN:
        yield from unsound(f"{entry.name}: takes {heard:.1f} s, the playlist says {entry.seconds:.0f}")


def _titles(entries: Sequence[Entry]) -> Iterator[Title]:
    at = 0.0
    for entry in entries:
        yield Title(1, entry.title or entry.name, clock(round(at * 1000)))
        at += entry.seconds or 0
