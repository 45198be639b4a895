"""What the user typed, as resources: files, folders, patterns, standard input and addresses.

Everything is opened without blocking and looked at before it is read, so that a pipe
nobody writes to or a device without end is refused instead of waited for.
"""

from __future__ import annotations

import glob
import io
import os
import re
import stat
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO, TypeAlias
from urllib.parse import unquote, urlsplit

from newsexport.errors import SourceError
from newsexport.events import Cause, Omitted
from newsexport.model import Article
from newsexport.protocols import Entry, Resource
from newsexport.sources.exports import is_export
from newsexport.sources.opening import opened
from newsexport.sources.services.accounts import Accounts
from newsexport.storage.atomic import identity
from newsexport.text.addresses import address_meant
from newsexport.text.sections import section_of

LARGEST_BESIDE = 20_000_000
STDIN = "-"
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")

NO_ACCOUNTS = Accounts()

# Files and folders that were met, by what tells them apart.
Seen: TypeAlias = set[tuple[int, int | str]]

# What lies beside articles in a folder and is none. In a folder it is passed over; named
# by itself it is refused like anything else that no source reads.
COMPANIONS = re.compile(
    r"""(?ix) .* \. (?:
        jpe?g | png | gif | webp | avif | heic | svg | bmp | tiff? | ico | mp3 | m4[ab] | ogg | opus | flac
      | wav | mp4 | mov | webm | mkv | epub | azw3 | mobi | pdf | tar | tgz | css | js | [ot]tf | woff2?
      | bak | tmp | toml | ya?ml | pyc? | sh
    )"""
)


# Those of them that are for reading, so that somebody may wonder where they are.
FOR_READING = (".epub", ".azw3", ".mobi", ".pdf", ".gz", ".tgz", ".tar")

GZ = ".gz"

# How like a name that is not there another one is that was meant, of 1 at most.
LIKE = 0.7

# What a reference leads to, or what is left out on the way.
Lead: TypeAlias = Resource | Entry | SourceError | Omitted


def resources(references: Sequence[str], stdin: BinaryIO, accounts: Accounts = NO_ACCOUNTS) -> Iterator[Lead]:
    """Every file the references lead to, once, in the order given; inside folders in natural order.

    An address comes as the `Entry` to be fetched; what it leads to is not known yet. What one of the
    `accounts` has is asked for.

    A link inside a folder is followed where it leads to something else in that folder, and refused where
    it leads out of it. A sub-folder names the section of all articles below it. A folder that is given beside
    other references names the section itself, unless it holds nothing but sub-folders.

    What cannot be read comes as the `SourceError` that says why, so that the rest is read.
    """
    expanded = [path for reference in references for path in _expand(reference)]
    seen: Seen = set()
    for at, reference in enumerate(expanded):
        if reference == STDIN:
            yield from _standard_input(stdin) if STDIN not in expanded[:at] else ()
        elif not reference:
            yield SourceError("''", "is an empty name, and no file")
        elif ADDRESS.match(reference):
            yield Entry(reference, Article("", (), reference=printable(reference)), chosen=True, many=True)
        elif accounts.names(reference) and not os.path.lexists(reference):
            yield from accounts.resources(reference)
        elif os.path.isdir(reference):  # noqa: PTH112 - a Path would lose the way the user wrote it
            section = section_title(Path(reference).resolve().name) if len(expanded) > 1 else ""
            yield from _folder(reference, section, seen)
        else:
            yield from _once(reference, "", seen)


def section_title(folder: str) -> str:
    """The section a folder's name stands for, in characters that can be shown."""
    return printable(section_of(folder))


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sorting key by which ``part 9`` comes before ``part 10``."""
    parts = re.findall(r"[0-9]+|[^0-9]+", unicodedata.normalize("NFC", name).casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def in_order(names: Iterable[str]) -> list[str]:
    """In natural order; names that differ in case alone by their letters, whatever order a disk has."""
    return sorted(sorted(names), key=natural)


def printable(path: str) -> str:
    r"""A path that can be shown and stored: control characters and undecodable bytes as ``\xNN``."""
    if path.isprintable():
        return path
    return "".join(
        character
        if character.isprintable()
        else f"\\x{ord(character) - 0xDC00:02x}"
        if "\udc80" <= character <= "\udcff"
        else character.encode("unicode_escape").decode("ascii")
        for character in path
    )


def beside(target: str, reference: str) -> bytes:
    """A file in the folder of the file at `reference`, or below it.

    Raises:
        SourceError: it is elsewhere, is not a file, or is too large.
    """
    if target.startswith("cid:"):
        raise SourceError(printable(target), "is not in the letter that shows it")
    if SCHEME.match(target) or Path(target).is_absolute():
        raise SourceError(printable(target), "is outside the folder of its article")
    folder = Path() if reference == STDIN else Path(reference).parent
    return _beside(folder, target)


def _beside(folder: Path, target: str) -> bytes:
    named = printable(target)
    try:
        base = folder.resolve()
        for name in _spellings(target):
            path = (base / name).resolve()
            if not path.is_relative_to(base):
                raise SourceError(named, "is outside the folder of its article")
            if path.exists():
                with _regular(str(path), named) as file:
                    return _bounded(file, named)
    except (OSError, ValueError, RuntimeError) as error:
        raise SourceError(named, _reason(error)) from error
    raise SourceError(named, "no such file beside the article")


def _spellings(target: str) -> Iterator[str]:
    """How a file may be called: as written, as Markdown writes a space (%20), as Macs have accents."""
    yield target
    yield unquote(target)
    for form in ("NFC", "NFD"):
        yield unicodedata.normalize(form, unquote(target))


def _expand(reference: str) -> list[str]:
    """The paths a pattern matches, for shells that leave that to us; anything else is itself.

    `pathlib` is used because its ``**`` follows no links, so loops of them end.
    """
    if ADDRESS.match(reference) or os.path.lexists(reference) or not glob.has_magic(reference):
        return [reference]
    pattern = Path(reference)
    base = Path(pattern.anchor)
    try:
        matches = in_order(map(str, base.glob(str(pattern.relative_to(base)))))
    except (OSError, ValueError):
        return [reference]
    hidden = _is_hidden(pattern)
    return [match for match in matches if hidden or not _is_hidden(Path(match))] or [reference]


def _is_hidden(path: Path) -> bool:
    """Whether a name on the way begins with a dot; ``..`` does, as typed."""
    return any(part.startswith(".") for part in path.parts)


def _folder(folder: str, section: str, seen: Seen) -> Iterator[Resource | SourceError | Omitted]:
    """The files of a folder, then those of its sub-folders; a folder met again is a loop and is left."""
    ahead, top, passed = [(folder, section)], folder, Counter[str]()
    root = os.path.realpath(folder)
    outermost = True
    while ahead:
        folder, section = ahead.pop()
        try:
            if _known(folder, os.stat(folder), seen):  # noqa: PTH116 - as typed
                continue
            names = in_order(os.listdir(folder))  # noqa: PTH208 - names are wanted, not paths
        except OSError as error:
            yield SourceError(printable(folder), _reason(error))
            continue
        seen_here = [name for name in names if name[0] != "." and not _is_saved_with_a_page(name, names)]
        there = [(os.path.join(folder, name), name) for name in seen_here]  # noqa: PTH118 - idem
        paths = [(path, name) for path, name in there if not _leads_out(path, root)]
        for path in (path for path, name in there if (path, name) not in paths):
            yield SourceError(printable(path), "is a link that leads out of the folder")
        folders = {path: name for path, name in paths if os.path.isdir(path)}  # noqa: PTH112 - as typed
        articles = [path for path, name in paths if path not in folders and not _is_companion(name)]
        if is_export([name for _, name in paths], list(folders.values())):
            yield from _packed(folder, section)
            continue
        beside = (Path(name).suffix.lower() for _, name in paths if _is_companion(name))
        passed.update(suffix for suffix in beside if suffix in FOR_READING)
        for path in articles:
            yield from _once(path, section, seen)
        if outermost and not articles:
            section = ""
        outermost = False
        ahead += [(path, section or section_title(name)) for path, name in reversed(folders.items())]
    if passed:
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(passed.items()))
        told = f"passed over beside the articles: {kinds}; what of these can be read is read when it is named"
        yield Omitted(printable(top), told, "file", passed.total(), Cause.EMPTY)


def _packed(folder: str, section: str) -> Iterator[Resource | SourceError]:
    """An export that was unpacked, as the archive it was; those of its files that cannot be read are told."""
    try:
        data, errors = packed(folder, lambda name: _beside(Path(folder), name))
    except (SourceError, OSError, ValueError) as error:
        yield error if isinstance(error, SourceError) else SourceError(printable(folder), _reason(error))
        return
    yield Resource(printable(folder), data, section)
    yield from errors


def _is_companion(name: str) -> bool:
    """Whether it lies beside articles and is none; of what is compressed, what is in it is asked."""
    inner = name.lower().removesuffix(GZ)
    return COMPANIONS.fullmatch(inner) is not None or (inner != name.lower() and "." not in inner)


def _leads_out(path: str, root: str) -> bool:
    """Whether it is a link to something that is not in the folder at `root`, which has no link in it."""
    if not os.path.islink(path):  # noqa: PTH114 - as typed
        return False
    return not Path(os.path.realpath(path)).is_relative_to(root)


def _is_saved_with_a_page(folder: str, names: Sequence[str]) -> bool:
    """Whether it is what a browser puts beside ``page.html`` for the pictures of that page."""
    stem = folder.removesuffix("_files")
    return stem != folder and any(f"{stem}{suffix}" in names for suffix in (".html", ".htm", ".xhtml"))


def _once(path: str, section: str, seen: Seen) -> Iterator[Resource | SourceError]:
    try:
        if not _known(path, os.stat(path), seen):  # noqa: PTH116 - as typed
            with _regular(path, printable(path)) as file:
                yield from opened(Resource(printable(path), b"", section), file)
    except SourceError as error:
        yield error
    except FileNotFoundError as error:
        yield SourceError(printable(path), _reason(error) + _meant(path))
    except (OSError, ValueError) as error:
        yield SourceError(printable(path), _reason(error))


def _meant(path: str) -> str:
    """What should have been typed, for a file that is not there."""
    if path.lower().startswith("file:"):
        from urllib.request import url2pathname  # noqa: PLC0415 - loads a client of the web

        meant = url2pathname(urlsplit(path).path)
    elif path.startswith("~"):
        meant = os.path.expanduser(path)  # noqa: PTH111 - as typed
        meant = meant if os.path.exists(meant) else ""  # noqa: PTH110 - as typed
    else:
        meant = address_meant(path) or _beside_it(path)
    return f"; did you mean {printable(meant)}?" if meant and meant != path else ""


def _beside_it(path: str) -> str:
    """What is there under nearly that name."""
    folder, name = os.path.split(path)
    try:
        there = {Path(each).stem.casefold(): each for each in os.listdir(folder or ".")}  # noqa: PTH208 - names
    except (OSError, ValueError):
        return ""
    near = get_close_matches(Path(name).stem.casefold(), there, 1, LIKE)
    return os.path.join(folder, there[near[0]]) if near else ""  # noqa: PTH118 - as typed


def _known(path: str, status: os.stat_result, seen: Seen) -> bool:
    """Whether this very file or folder was met before, under whatever name."""
    one = identity(path, status)
    if one in seen:
        return True
    seen.add(one)
    return False


@contextmanager
def _regular(path: str, reference: str) -> Iterator[BinaryIO]:
    """A regular file. What is opened is what is looked at, so nothing can be swapped between."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise SourceError(reference, f"is {_kind(mode)}, not a file")
        with open(descriptor, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(descriptor)


def _standard_input(stdin: BinaryIO) -> Iterator[Resource | SourceError]:
    try:
        yield from opened(Resource(STDIN, b""), stdin)
    except SourceError as error:
        yield error
    except (OSError, ValueError) as error:
        yield SourceError(STDIN, _reason(error))


def _bounded(file: BinaryIO, reference: str) -> bytes:
    data = file.read(LARGEST_BESIDE + 1)
    if len(data) > LARGEST_BESIDE:
        raise SourceError(reference, f"is larger than {LARGEST_BESIDE // 1_000_000} MB")
    if not data:
        raise SourceError(reference, "is empty")
    return data


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFIFO: "a pipe",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFDIR: "a folder",
    }
    return kinds.get(stat.S_IFMT(mode), "a socket")


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "no such file or folder"
        case OSError(strerror=str(reason)):
            return reason[:1].lower() + reason[1:]
        case _:
            return "is not a path"


# An export that somebody unpacked: its folder as the archive it was, so that its files are read together.

MOST_FILES = 10_000
LARGEST_EXPORT = 200_000_000


def packed(folder: str, read: Callable[[str], bytes]) -> tuple[bytes, list[SourceError]]:
    """The files of a folder as a ZIP, by their names below it, and why some are not in it; `read` opens one.

    Raises:
        SourceError: they are too large together.
    """
    data = io.BytesIO()
    left, errors = LARGEST_EXPORT, list[SourceError]()
    with zipfile.ZipFile(data, "w") as archive:
        for name, _ in zip(_below(folder), range(MOST_FILES), strict=False):
            try:
                content = read(name)
            except SourceError as error:
                errors.append(error)
                continue
            left -= len(content)
            if left < 0:
                raise SourceError(folder, f"is an export of more than {LARGEST_EXPORT // 1_000_000} MB")
            archive.writestr(zipfile.ZipInfo(name.replace(os.sep, "/")), content)
    return data.getvalue(), errors


def _below(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if not name.startswith("."):
                yield os.path.relpath(os.path.join(place, name), folder)  # noqa: PTH118 - as typed
