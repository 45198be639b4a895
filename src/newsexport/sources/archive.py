"""ZIP archives of anything that is read here. Nothing is unpacked to disk."""

from __future__ import annotations

import io
import posixpath
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import BinaryIO, ClassVar, cast

from newsexport import plugins
from newsexport.errors import SourceError
from newsexport.events import Cause, omit
from newsexport.model import Article, Media, figures
from newsexport.plugins import surest
from newsexport.protocols import Entry, Item, Resource, Source
from newsexport.sources.decoding import unread
from newsexport.sources.exports import Export, service_named
from newsexport.sources.highlights import marking
from newsexport.sources.opening import opened
from newsexport.text.addresses import same_story_key
from newsexport.text.sections import section_of
from newsexport.work.containment import lost_alone

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
LARGEST_MEMBER = 100_000_000
LARGEST_TOTAL = 500_000_000
MOST = 10_000

# What reading a ZIP that is not whole may end with; that it is encrypted is a RuntimeError.
DAMAGED_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    KeyError,
)

# Honest text shrinks to a tenth, a page of nothing but spaces to a hundredth.
RATIO, HARMLESS = 100, 1_000_000

# How sure a source is at most that only guesses by a suffix; when it then finds nothing, that is no loss.
GUESS = 0.2

# What stands in archives and is no article by its kind.
PASSED_OVER = (
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".webp",
    ".avif",
    ".svg",
    ".css",
    ".js",
    ".ico",
    ".woff",
    ".woff2",
    ".ttf",
    ".otf",
    ".mp3",
    ".mp4",
    ".db",
    ".ini",
)


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """What the members hold, in order; folders are sections. Archives inside are not opened."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """Any ZIP that is not a book or an office document, which begin with a member that says so."""
        data = resource.data
        if not data.startswith(SIGNATURES):
            return 0
        return 0 if b"mimetype" in data[30:60] or b"[Content_Types].xml" in data[:2000] else 0.9

    def service(self, resource: Resource) -> str:
        """By the names of the members."""
        try:
            return service_named(
                [info.filename for info in zipfile.ZipFile(io.BytesIO(resource.data)).infolist()]
            )
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return ""

    def read(self, resource: Resource) -> Iterator[Item]:
        """Each member by the source surest of it, those of an export together. Raises `SourceError`."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(resource.data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise SourceError(resource.reference, "is a damaged archive") from error
        members = {info.filename: info for info in _members(archive)}
        around = {name.partition("/")[0] if "/" in name else "" for name in members}
        yield from _Opened(resource, archive, members, int(len(around) == 1)).items()


@dataclass(slots=True)
class _Opened:
    """An archive that is being read, and what has become of its members."""

    resource: Resource
    archive: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]
    shared: int  # folders that are around all of them, one at most
    left: int = LARGEST_TOTAL
    shown: set[str] = field(default_factory=set)
    passed: Counter[str] = field(default_factory=Counter)

    def items(self) -> Iterator[Item]:
        """What the members hold; at last, how many were passed over."""
        export = Export(list(self.members), self._resource)
        for item in export.records():
            yield self._illustrated(item, "")
        marked = export.marked()
        for name in self.members:
            if name in export.used:
                continue
            if name.lower().endswith(PASSED_OVER) or export.unclaimed(name):
                self.passed[_kind(name)] += 1
                continue
            for item in self._read(name, listing=export.is_list(name)):
                notes = marked.get(same_story_key(item.address), ()) if isinstance(item, Entry) else ()
                yield self._illustrated(marking(item, notes), name)
        self.passed.subtract(_kind(name) for name in self.shown)
        if told := [f"{number} {kind}" for kind, number in sorted(self.passed.items()) if number > 0]:
            number = sum(number for number in self.passed.values() if number > 0)
            omit(f"passed over as no articles: {', '.join(told)}", Cause.EMPTY, "file", number)

    def _resource(self, name: str) -> Resource:
        """A member as a resource of its own. Raises `SourceError`."""
        reference = f"{self.resource.reference} › {name}"
        data = member(self.archive, self.members[name], min(LARGEST_MEMBER, self.left), reference)
        self.left -= len(data)
        return Resource(reference, data, self.resource.section or _section(name))

    def _portions(self, name: str) -> Iterator[Resource | SourceError]:
        """A member as a resource of its own, one of many records as several. Raises `SourceError`."""
        reference = f"{self.resource.reference} › {name}"
        inside = Resource(reference, b"", self.resource.section or self._folder(name))
        with unpacking(self.archive, self.members[name], reference) as file:
            for portion in opened(inside, file, min(LARGEST_MEMBER, self.left)):
                if isinstance(portion, Resource):
                    self.left -= len(portion.data)
                yield portion
                if self.left <= 0:
                    raise SourceError(reference, f"is larger than {LARGEST_TOTAL // 1_000_000} MB")

    def _folder(self, name: str) -> str:
        """The section that the first folder around a member names, below one that is around all of them."""
        folders = [part for part in name.split("/")[:-1] if part not in {"", ".", ".."}]
        named = folders[self.shared :]
        return section_of(named[0]) if named else ""

    def _read(self, name: str, *, listing: bool) -> Iterator[Item]:
        """What one member holds. Lists that may be empty, and data that name no address, are passed over."""
        found = 0
        sureness = 0.0
        try:
            with lost_alone(f"{self.resource.reference} › {name}"):
                for inside in self._portions(name):
                    if isinstance(inside, SourceError):
                        yield inside
                        continue
                    source, sureness = _reader(inside)
                    for item in source.read(inside):
                        found += 1
                        yield _placed(item, inside.section)
        except SourceError as error:
            if found or (not listing and not 0 < sureness <= GUESS):
                yield error
            else:
                self.passed[_kind(name)] += 1

    def _illustrated(self, item: Item, name: str) -> Item:
        """The article with the pictures that lie beside it in the archive."""
        if not isinstance(item, Article):
            return item
        folder = name.rpartition("/")[0]
        media = []
        for target in dict.fromkeys(figure.media for figure in figures(item)):
            beside = f"{folder}/{target}".lstrip("/").replace("/./", "/")
            if item.picture(target) is None and beside in self.archive.NameToInfo:
                try:
                    info = self.archive.getinfo(beside)
                    media.append(Media(target, "", member(self.archive, info, LARGEST_MEMBER, beside)))
                    self.shown.add(beside)
                except SourceError:
                    continue  # told when the picture is not found
        return replace(item, media=item.media + tuple(media))


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int, reference: str) -> bytes:
    """The bytes of a member, which may be larger than it claims and are counted as they come.

    Raises:
        SourceError: it is a link, encrypted, damaged, larger than `largest`, or a bomb.
    """
    with unpacking(archive, info, reference) as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise SourceError(reference, f"is larger than {largest // 1_000_000} MB")
    return data


@contextmanager
def unpacking(archive: zipfile.ZipFile, info: zipfile.ZipInfo, reference: str) -> Iterator[BinaryIO]:
    """The file a member is. It gives no more bytes than the archive says it has.

    Raises:
        SourceError: it is a link, encrypted, damaged (as is seen at reading), or a bomb.
    """
    if stat.S_ISLNK(info.external_attr >> 16):  # whose bytes are the path it leads to, as Info-ZIP writes it
        raise SourceError(reference, "is a link, and links in an archive are not followed")
    if info.flag_bits & 1:
        raise SourceError(reference, "is encrypted")
    if info.file_size > HARMLESS and info.file_size > RATIO * max(info.compress_size, 1):
        raise SourceError(reference, "is compressed beyond what is honest")
    try:
        with archive.open(info) as file:
            yield cast("BinaryIO", file)
    except DAMAGED_ZIP as error:
        raise SourceError(reference, "is damaged") from error


def _members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """Files, each name once, but for hidden ones."""
    seen: set[str] = set()
    beyond = len(archive.infolist()) - MOST
    omit(f"beyond the {MOST} of one archive that are taken", Cause.LIMIT, "file", beyond)
    for info in archive.infolist()[:MOST]:
        name = info.filename
        hidden = any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
        if info.is_dir() or hidden or name in seen:
            continue
        seen.add(name)
        yield info


def _section(name: str) -> str:
    folders = [part for part in name.split("/")[:-1] if part not in {"", ".", ".."}]
    return folders[-1] if len(folders) > 1 else ""


def _placed(item: Item, section: str) -> Item:
    match item:
        case Article() if section and not item.section:
            return replace(item, section=section)
        case Entry(article=article) if section and not article.section:
            return replace(item, article=replace(article, section=section))
        case _:
            return item


def _reader(inside: Resource) -> tuple[Source, float]:
    """The source that is surest of a member, and how sure: none for archives inside. Raises `SourceError`."""
    sources = [source for kind, source in plugins.sources.made({}).items() if kind != "archive"]
    try:
        return surest(sources, inside)
    except SourceError as error:
        if inside.data.startswith(SIGNATURES):
            reason = "is an archive within an archive; give it by itself"
            raise SourceError(inside.reference, reason) from None
        raise unread(error, inside.data) from None


def _kind(name: str) -> str:
    """What a file is called by that is not read: how its name ends, or where it lies."""
    folder = name.rpartition("/")[0].rpartition("/")[2].lower()
    return f"of {folder}/" if folder in {"highlights", "annotations", "collections"} else suffix_of(name)


def suffix_of(name: str) -> str:
    """How a name ends, in small letters with its dot."""
    ending = posixpath.splitext(name)[1].lower()
    return ending or "without suffix"
