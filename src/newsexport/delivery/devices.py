"""Which devices are plugged in, what each reads, and where it wants it.

A device is known by folders and files that its own software makes. What reads books over
a cable is told with the formats it takes, best first.

Sources: Kobo, sideloading (kobolabs epub-spec); calibre, devices/*/driver.py, for folders
and marker files; KOReader user guide.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

BOOK, KEPUB = (".epub", ".pdf"), (".kepub.epub", ".epub", ".pdf")
SOUND = (".mp3", ".m4b", ".m4a", ".opus", ".ogg", ".m3u8")


class DeviceKind(StrEnum):
    """What a device is."""

    KOBO = "Kobo"
    KINDLE = "Kindle"
    POCKETBOOK = "PocketBook"
    TOLINO = "tolino"
    ONYX = "Onyx Boox"
    KOREADER = "KOReader"
    CROSSPOINT = "CrossPoint"
    REMARKABLE = "reMarkable"
    PLAYER = "player"


@dataclass(frozen=True, slots=True)
class Model:
    """How a kind of device is recognised, and what it takes.

    `marks` are paths of which one is there; `books` and `sounds` the folders for each, `formats`
    the ends of names, best first. `advice` is why a book cannot be brought by cable.
    """

    kind: DeviceKind
    marks: tuple[str, ...]
    books: str
    formats: tuple[str, ...] = BOOK
    sounds: str = ""
    advice: str = ""


MODELS = (
    Model(DeviceKind.KOBO, (".kobo/version", ".kobo/KoboReader.sqlite"), "newsexport", KEPUB),
    Model(
        DeviceKind.KINDLE,
        ("system/version.txt", "system/thumbnails", "documents/My Clippings.txt"),
        "documents",
        (".pdf",),
        advice="a Kindle reads EPUB only as it comes by mail; `--to name@kindle.com` sends it there",
    ),
    Model(
        DeviceKind.POCKETBOOK,
        ("system/config/settings.cfg", "system/config"),
        "Books/newsexport",
        sounds="Music",
    ),
    Model(DeviceKind.TOLINO, (".tolino", "Digital Editions/.adobe-digital-editions"), "Books"),
    Model(DeviceKind.ONYX, ("Android/data/com.onyx", ".onyx", "noteTemplate"), "Books", sounds="Music"),
    Model(DeviceKind.KOREADER, ("koreader", ".adds/koreader"), "newsexport"),
)

# A medium that somebody said is to be written to, whatever it is.
PLAYER = Model(DeviceKind.PLAYER, (), "", (*BOOK, ".txt"), "")

# File systems that devices are mounted with; tmpfs and the like hold no device.
DEVICES_HAVE = frozenset(
    ("vfat", "msdos", "exfat", "fuseblk", "ntfs", "ntfs3", "hfsplus", "ext4", "ext3", "ext2", "fuse")
)


@dataclass(frozen=True, slots=True)
class ConnectedDevice:
    """A device at its root."""

    model: Model
    root: Path

    @property
    def name(self) -> str:
        """For people: ``Kobo at /media/ada/KOBOeReader``."""
        return f"{self.model.kind} at {self.root}"

    def folder(self, suffix: str) -> Path:
        """Where a file with this end belongs."""
        return self.root / (self.model.sounds if suffix in SOUND else self.model.books)

    def takes(self, suffix: str) -> bool:
        """Whether it reads files with this end."""
        return suffix in self.model.formats or (
            suffix in SOUND and bool(self.model.sounds or self.model.kind is DeviceKind.PLAYER)
        )


def recognised(root: Path) -> ConnectedDevice | None:
    """The device whose root this is; None for any other folder."""
    for model in MODELS:
        if any((root / mark).exists() for mark in model.marks):
            return ConnectedDevice(model, root)
    return None


def plugged_in(roots: Iterable[Path]) -> list[ConnectedDevice]:
    """The devices among these roots, each once."""
    found = (recognised(root) for root in dict.fromkeys(roots))
    return [device for device in found if device is not None]


def roots(mounted: Callable[[], str] | None = None) -> Iterator[Path]:
    """Where media are mounted on this machine."""
    if sys.platform == "darwin":
        yield from sorted(Path("/Volumes").glob("*"))
    elif sys.platform == "win32":
        # of a drive without a medium, os.path says no where a Path raises
        letters = (letter for letter in "DEFGHIJKLMNOPQRSTUVWXYZ" if os.path.isdir(f"{letter}:\\"))  # noqa: PTH112
        yield from (Path(f"{letter}:\\") for letter in letters)
    else:
        text = (mounted or _mountinfo)()
        yield from (Path(place) for kind, place in _mounts(text) if kind.partition(".")[0] in DEVICES_HAVE)


def _mountinfo() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def _mounts(text: str) -> Iterator[tuple[str, str]]:
    """Type of file system and place of each mount (proc_pid_mountinfo(5)); spaces are written in octal."""
    for line in text.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) > 4 and fields[4] != "/":
            yield after.split(" ")[0], re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4])


def is_mounted(root: Path) -> bool:
    """Whether a folder is the root of a medium of its own, and not just the place where one goes."""
    try:
        return root.stat().st_dev != root.parent.stat().st_dev or root == root.parent
    except OSError:
        return False
