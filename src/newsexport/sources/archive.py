"""ZIP archives of anything that is read here. Nothing is unpacked to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from newsexport import plugins
from newsexport.errors import SourceError
from newsexport.events import Cause
from newsexport.model import Article, Media, figures
from newsexport.omissions import omit
from newsexport.protocols import Entry, Item, Resource

LARGEST_MEMBER = 20_000_000
LARGEST_TOTAL = 500_000_000
MOST = 10_000

# Honest text shrinks to a tenth, a page of nothing but spaces to a hundredth.
RATIO, HARMLESS = 100, 1_000_000

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
)


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """What the members hold, in order; folders are sections. Archives inside are not opened."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """Any ZIP that is not a book or an office document, which begin with a member that says so."""
        data = resource.data
        if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return 0
        return 0 if b"mimetype" in data[30:60] or b"[Content_Types].xml" in data[:2000] else 0.9

    def read(self, resource: Resource) -> Iterator[Item]:
        """Each member by the source that is surest of it. Raises `SourceError`."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(resource.data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise SourceError(resource.reference, "is a damaged archive") from error
        sources = [make() for name, make in plugins.sources.items() if name != "archive"]
        left = LARGEST_TOTAL
        for info in _members(archive):
            reference = f"{resource.reference} › {info.filename}"
            try:
                data = member(archive, info, min(LARGEST_MEMBER, left), reference)
            except SourceError as error:
                yield error
                continue
            left -= len(data)
            inside = Resource(reference, data, resource.section or _section(info.filename))
            surest = max(sources, key=lambda source: source.accepts(inside))
            if surest.accepts(inside) <= 0:
                yield SourceError(reference, "no source reads this kind of file")
                continue
            try:
                for item in surest.read(inside):
                    yield _illustrated(_placed(item, inside.section), archive, info)
            except SourceError as error:
                yield error


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int, reference: str) -> bytes:
    """The bytes of a member, which may be larger than it claims and are counted as they come.

    Raises:
        SourceError: it is encrypted, damaged, larger than `largest`, or a bomb.
    """
    if info.flag_bits & 1:
        raise SourceError(reference, "is encrypted")
    if info.file_size > HARMLESS and info.file_size > RATIO * max(info.compress_size, 1):
        raise SourceError(reference, "is compressed beyond what is honest")
    try:
        with archive.open(info) as file:
            data = file.read(largest + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise SourceError(reference, "is damaged") from error
    if len(data) > largest:
        raise SourceError(reference, f"is larger than {largest // 1_000_000} MB")
    return data


def _members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """Files that may be articles, each name once."""
    seen: set[str] = set()
    beyond = len(archive.infolist()) - MOST
    omit(f"beyond the {MOST} of one archive that are taken", Cause.LIMIT, "file", beyond)
    for info in archive.infolist()[:MOST]:
        name = info.filename
        hidden = any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
        if info.is_dir() or hidden or name in seen or name.lower().endswith(PASSED_OVER):
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


def _illustrated(item: Item, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Item:
    """The article with the pictures that lie beside it in the archive."""
    if not isinstance(item, Article):
        return item
    folder = info.filename.rpartition("/")[0]
    media = []
    for target in dict.fromkeys(figure.media for figure in figures(item)):
        name = f"{folder}/{target}".lstrip("/").replace("/./", "/")
        if item.picture(target) is None and name in archive.NameToInfo:
            try:
                media.append(Media(target, "", member(archive, archive.getinfo(name), LARGEST_MEMBER, name)))
            except SourceError:
                continue  # told when the picture is not found
    return replace(item, media=item.media + tuple(media))
