"""What can be asked for: every path there is, and what lies behind it.

A path is looked up here and nowhere else. What a client sends is never joined to a folder, so there is
no way out of the library, and no way to anything in it that no manifest names.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol, TypeAlias

from newsexport.publishing.site import Site

# What an app serves: a table of what there is now, and the files it names.


class Servable(Protocol):
    """Something to serve. Both methods are called from threads."""

    def table(self) -> RouteTable:
        """What there is now; the same object as before where nothing has changed."""
        ...

    def open(self, stored: StoredResource) -> io.FileIO | None:
        """The file, positioned anywhere, or None where it is not there as its manifest tells it."""
        ...


INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class StoredResource:
    """A file of an issue.

    `path` is relative to the library's root, `size` in bytes, `sha256` in hexadecimal.
    `download` is the name to keep it under, or empty where it is shown or played in place. What is reached
    by an address that is to lead to another file tomorrow is not `lasting`.
    """

    path: str
    type: str
    size: int
    sha256: str
    download: str = ""
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class GeneratedResource:
    """Something made when it is asked for, as a function of the address it is reached under.

    `policy` is its Content-Security-Policy. `stamp` is another whenever its bytes may be others under the
    same address, so that nothing need be made for who has it; it is empty where nobody can tell.
    """

    type: str
    make: Callable[[Site], bytes]
    modified: datetime
    policy: str
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class SearchResource:
    """Something made of the words that a client looks for, and of the address it is reached under."""

    type: str
    make: Callable[[str, Site], bytes]
    modified: datetime
    policy: str

    def of(self, words: str) -> GeneratedResource:
        """What is made for these words."""
        return GeneratedResource(self.type, partial(self.make, words), self.modified, self.policy)


Resource: TypeAlias = StoredResource | GeneratedResource | SearchResource


def _nothing(_: str) -> None:
    """Nothing more than is in a table."""


@dataclass(frozen=True, slots=True)
class RouteTable:
    """Everything there is at one moment, by its path relative to the library's root.

    `further` finds what is too much to be put into a table.
    """

    resources: Mapping[str, Resource]
    further: Callable[[str], Resource | None] = _nothing

    def find(self, path: str) -> Resource | None:
        """What lies at a path; a folder stands for its page. It may have to be looked for, in files."""
        page = path + INDEX if path == "" or path.endswith("/") else path
        return self.resources.get(page) or self.further(page)
