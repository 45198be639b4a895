"""The files of a library that can be asked for, as its manifests name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsexport.library.issue import MANIFEST, File, Issue, Role
from newsexport.library.library import Holding
from newsexport.serving.table import Stored

KEY = re.compile(r"[a-z0-9-]+", re.ASCII)

# `type/subtype` and parameters (RFC 9110, section 8.3.1), in characters that may stand in a header.
TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; ?[\w-]+=[\w.+-]+)*", re.ASCII)
# What is kept needs no name that tells it from what it will be tomorrow.
HASH = re.compile(r"\.[0-9a-f]{8}(?=\.|$)")

UNKNOWN = "application/octet-stream"

# What may come up in a browser's window or an app; everything else is downloaded.
SHOWN = frozenset({Role.SOUND, Role.TEXT, Role.EDITION, Role.CHAPTERS, Role.TRANSCRIPT, Role.COVER})

# What a browser would take for a page or a drawing, which can hold scripts.
ACTIVE = re.compile(r"(html|xml|svg|javascript|ecmascript)", re.IGNORECASE)


def stored_files(held: Sequence[Holding]) -> dict[str, Stored]:
    """Every file that a manifest names, by its path relative to the library's root.

    A name that is not that of one file in the folder of its issue is left out, whoever wrote it.
    """
    return {stored.path: stored for holding in held for stored in _of_paper(holding)}


def _of_paper(holding: Holding) -> Iterator[Stored]:
    for issue in holding.issues:
        if KEY.fullmatch(holding.paper.key) and issue.paper == holding.paper.key:
            yield from (_stored(issue, file) for file in issue.files if plain(file.name))


def plain(name: str) -> bool:
    """Whether this names a published file in the folder it stands in: not hidden, not unfinished."""
    return (
        name.isprintable()
        and not name.startswith((".", "~"))
        and not name.endswith((".part", ".tmp", ".lock", "~"))
        and not set(name) & set("/\\:")
        and name not in {"", MANIFEST}
    )


def _stored(issue: Issue, file: File) -> Stored:
    shown = file.role in SHOWN and not ACTIVE.search(file.type)
    return Stored(
        path=f"{issue.folder}/{file.name}",
        type=media_type(file.type),
        size=file.size,
        sha256=file.sha256,
        download="" if shown else HASH.sub("", file.name),
    )


def media_type(declared: str) -> str:
    """A type fit for a header; texts are UTF-8, as everything this program writes."""
    if not TYPE.fullmatch(declared):
        return UNKNOWN
    return f"{declared}; charset=utf-8" if declared.startswith("text/") and ";" not in declared else declared
