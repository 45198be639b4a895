"""Issues on a device or in a folder: brought there, listed, and removed when they are old.

Only what stands in a list of ours on the medium is ever removed: files that we put there,
by their names and hashes. The list is written last.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsexport.delivery.copying import copied, flush
from newsexport.delivery.devices import PLAYER, ConnectedDevice, is_mounted
from newsexport.errors import DeliveryError, UsageError
from newsexport.events import Noted, Omitted, Report
from newsexport.interchange.json_reader import JsonError, document
from newsexport.storage.atomic import file_errors, is_reserved, put_in_place, sha256_of
from newsexport.storage.old_issues import OLD

# Names that every file system takes: FAT's letters, Windows' reserved words, and no two alike.

# Bytes of a whole name; FAT and exFAT take 255 UTF-16 units, ext4 255 bytes, and some readers less.
LONGEST = 120

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def portable(name: str, taken: Collection[str] = ()) -> str:
    """The name as every device takes it, at most `LONGEST` bytes, unlike those that are taken.

    The same name always gives the same; two that differ in case alone are alike.
    """
    stem, suffix = _parted(unicodedata.normalize("NFC", name))
    stem = FORBIDDEN.sub("-", stem).strip(" .").lstrip("-~")
    if is_reserved(stem):
        stem = f"_{stem}"
    others = {other.casefold() for other in taken}
    number = 1
    while True:
        mark = f"-{number}" if number > 1 else ""
        room = LONGEST - len((mark + suffix).encode())
        cut = stem.encode("utf-8", "replace")[:room].decode(errors="ignore").rstrip(" .") or "news"
        candidate = f"{cut}{mark}{suffix}"
        if candidate.casefold() not in others:
            return candidate
        number += 1


def _parted(name: str) -> tuple[str, str]:
    """Stem and suffix; that of a Kobo book, or of one that is read aloud, has two parts."""
    for double in (".kepub.epub", ".readaloud.epub"):
        if name.lower().endswith(double):
            return name[: -len(double)], double
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem or len(suffix) > 8 or not suffix.isalnum():
        return name, ""
    return stem, f".{suffix.lower()}"


LIST = ".newsexport-delivered.json"

# The date in the name of an issue, and before it what it is an issue of.
DATED = re.compile(r"(?P<series>.+?)-?(?P<date>\d{4}-\d\d-\d\d)")
HASHED = re.compile(r"\.[0-9a-f]{8}(?=\.)")


class NothingForItError(UsageError):
    """A device reads none of the files that were to go there, now or later."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that is safely there."""

    path: Path
    sha256: str


def to_device(
    device: ConnectedDevice, files: Sequence[Path], keep: int | None, report: Report
) -> list[Delivered]:
    """Bring what the device reads, in the best form it does, and remove old issues beyond `keep`.

    Raises:
        NothingForItError: none of the files is one that it reads.
        DeliveryError: it is not really mounted, or the medium refuses.
    """
    if not is_mounted(device.root):
        raise DeliveryError(
            str(device.root), "nothing is mounted there; is the device plugged in and unlocked?"
        )
    chosen = best_of(device, files)
    if not chosen:
        raise NothingForItError(
            device.model.advice or f"{device.name} reads none of {', '.join(f.name for f in files)}"
        )
    there = _all_brought((file, device.folder(suffix_of(file))) for file in chosen)
    _settle(device.root, there, keep, report)
    return there


def to_folder(folder: Path, files: Sequence[Path], keep: int | None, report: Report) -> list[Delivered]:
    """The same into a folder: of a player, or one that is synced.

    Raises:
        DeliveryError: the file system refuses.
    """
    there = _all_brought((file, folder) for file in files)
    _settle(folder, there, keep, report)
    return there


def at(root: Path) -> ConnectedDevice:
    """A medium that is no device we know, at its root."""
    return ConnectedDevice(PLAYER, root)


def suffix_of(file: Path) -> str:
    """The end of its name that tells what it is."""
    return ".kepub.epub" if file.name.lower().endswith(".kepub.epub") else file.suffix.lower()


def best_of(device: ConnectedDevice, files: Sequence[Path]) -> list[Path]:
    """The files that it reads; of one book in several forms the best."""
    best: dict[str, Path] = {}
    for file in files:
        suffix = suffix_of(file)
        if not device.takes(suffix):
            continue
        stem = HASHED.sub("", file.name)[: -len(suffix)] if suffix in device.model.formats else file.name
        before = best.get(stem)
        if before is None or _rank(device, suffix) < _rank(device, suffix_of(before)):
            best[stem] = file
    return list(best.values())


def _rank(device: ConnectedDevice, suffix: str) -> int:
    formats = device.model.formats
    return formats.index(suffix) if suffix in formats else len(formats)


def _all_brought(files: Iterable[tuple[Path, Path]]) -> list[Delivered]:
    """Each file in its folder; of several whose names are alike there, each under one of its own."""
    there: list[Delivered] = []
    for file, folder in files:
        taken = {one.path.name for one in there if one.path.parent == folder}
        there.append(Delivered(*_brought(file, folder / portable(HASHED.sub("", file.name), taken))))
    return there


def _brought(file: Path, target: Path) -> tuple[Path, str]:
    """Where it is now, and its hash; one that is there already in these bytes is not written again."""
    with suppress(OSError):
        if target.stat().st_size == file.stat().st_size and (digest := sha256_of(target)) == sha256_of(file):
            return target, digest
    return target, copied(file, target)


def _settle(root: Path, there: Sequence[Delivered], keep: int | None, report: Report) -> None:
    """Remove what is old, then write down what is ours."""
    known = {**_listed(root), **{_relative(one.path, root): one.sha256 for one in there}}
    for name in expired(known, keep, [_relative(one.path, root) for one in there]):
        if _removed(root / name, known[name], report):
            del known[name]
    path, draft = root / LIST, root / f"{LIST}.part"
    with file_errors(path, DeliveryError):
        draft.write_text(json.dumps(known, indent=1, ensure_ascii=False), "utf-8", newline="\n")
        put_in_place(draft, path)
    flush(root)


def _listed(root: Path) -> dict[str, str]:
    """What we put there; nothing where the list cannot be read."""
    try:
        return {name: digest.raw_text() for name, digest in document((root / LIST).read_bytes()).members()}
    except (OSError, JsonError):
        return {}


def _relative(path: Path, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()


def expired(names: Iterable[str], keep: int | None, brought: Sequence[str]) -> list[str]:
    """Names of the issues of each series beyond its newest `keep` dates, but for what was just brought.

    Of dates later than those just brought, which a clock that was wrong may have given, none is counted.
    """
    if keep is None:
        return []
    known, today = _by_date(names), _by_date(brought)
    return [
        name
        for series, dates in known.items()
        for date in _past(dates, today.get(series, dates))[keep:]
        for name in dates[date]
        if name not in brought
    ]


def _past(dates: Iterable[str], today: Iterable[str]) -> list[str]:
    return sorted((date for date in dates if date <= max(today)), reverse=True)


def _by_date(names: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Names of issues by their series and their dates."""
    series: dict[str, dict[str, list[str]]] = {}
    for name in names:
        if match := DATED.match(Path(name).name):
            series.setdefault(match["series"], {}).setdefault(match["date"], []).append(name)
    return series


def _removed(path: Path, digest: str, report: Report) -> bool:
    """Whether it is gone now. What somebody has changed since is somebody's."""
    try:
        if path.is_symlink() or sha256_of(path) != digest:
            report(Noted(f"{path.name} is not as it was delivered, and stays"))
            return True
        path.unlink()
    except FileNotFoundError:
        return True
    except OSError as error:
        report(Noted(f"could not remove the old issue {path.name}: {error.strerror}"))
        return False
    report(Omitted(path.name, OLD, "issue"))
    return True
