"""From the issues of a library to the table of what can be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from newsexport.library.issue import MANIFEST, File, Issue, Paper, Role
from newsexport.serving.table import Made, Resource, Stored, Table

Papers: TypeAlias = Sequence[tuple[Paper, Sequence[Issue]]]

KEY = re.compile(r"[a-z0-9-]+", re.ASCII)

# `type/subtype` and parameters (RFC 9110, section 8.3.1), in characters that may stand in a header.
TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; ?[\w-]+=[\w.+-]+)*", re.ASCII)
UNKNOWN = "application/octet-stream"

# What may come up in a browser's window or an app; everything else is downloaded.
SHOWN = frozenset({Role.SOUND, Role.TEXT, Role.EDITION, Role.CHAPTERS, Role.TRANSCRIPT, Role.COVER})

# What a browser would take for a page or a drawing, which can hold scripts.
ACTIVE = re.compile(r"(html|xml|svg|javascript|ecmascript)", re.IGNORECASE)


def table(papers: Papers, made: Mapping[str, Made]) -> Table:
    """Every file that a manifest names, and what is made of the manifests.

    A name that is not that of one file in the folder of its issue is left out, whoever wrote it.
    """
    stored = (_stored(issue, file) for issue, file in _files(papers))
    resources: dict[str, Resource] = {each.path: each for each in stored}
    return Table({**resources, **made})


def _files(papers: Papers) -> Iterator[tuple[Issue, File]]:
    for paper, issues in papers:
        for issue in issues:
            if KEY.fullmatch(paper.key) and issue.paper == paper.key:
                yield from ((issue, file) for file in issue.files if plain(file.name))


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
        download="" if shown else file.name,
    )


def media_type(declared: str) -> str:
    """A type fit for a header; texts are UTF-8, as everything this program writes."""
    if not TYPE.fullmatch(declared):
        return UNKNOWN
    return f"{declared}; charset=utf-8" if declared.startswith("text/") and ";" not in declared else declared
