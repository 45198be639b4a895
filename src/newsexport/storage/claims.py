"""Whose the state of a paper is, where several configurations have one of the same name.

Beside the state of a paper is written which configuration it is planned in and which library it comes out in.
Who has either goes on with it, so a file can be renamed and a library moved; who has neither has a state of
its own. What an earlier version left has no owner, and is that of the first to come.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from newsexport.storage.atomic import durable, lock
from newsexport.storage.private import make_private, privately
from newsexport.text.addresses import redacted

SUFFIX = ".owner"


@dataclass(frozen=True, slots=True)
class Owner:
    """A configuration by its path, and where its library is: `place` as it may be shown, and a hash of it."""

    configuration: str
    place: str
    library: str

    @classmethod
    def of(cls, configuration: str, place: str) -> Owner:
        """That of a configuration and its library, a folder or an address."""
        place = place if "://" in place else _resolved(place)
        told = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()
        return cls(_resolved(configuration), redacted(place), told)

    def is_gone(self) -> bool:
        """Whether neither the configuration nor the library is where it was, as when a folder was moved."""
        places = (self.configuration, self.place)
        return "://" not in self.place and not any(map(os.path.exists, places))

    def has(self, paper: str) -> bool:
        """Whether issues of a paper lie in the library, which is a folder."""
        return os.path.isdir(os.path.join(self.place, paper))  # noqa: PTH112, PTH118 - as above


@dataclass(frozen=True, slots=True)
class Claims:
    """The states of papers in a folder."""

    folder: Path

    def name(self, paper: str, owner: Owner) -> str:
        """What the state of a paper is called that this owner goes on with, or would begin."""
        known = self._known(paper)
        for name, other in known.items():
            if other and other.library == owner.library:
                return name
        for name, other in known.items():
            if other and other.configuration == owner.configuration:
                return name
        first = known[paper]
        if first is None or (first.is_gone() and owner.has(paper)):
            return paper
        told = f"{owner.configuration} {owner.library}".encode("utf-8", "surrogateescape")
        return f"{paper}.{hashlib.sha256(told).hexdigest()[:8]}"

    def claim(self, paper: str, owner: Owner) -> Owner | None:
        """Write down that the state is this owner's; the owner of another that began before, if there is one.

        Raises:
            OSError: it cannot be written down.
        """
        make_private(self.folder)
        with self._alone():
            known, name = self._known(paper), self.name(paper, owner)
            if known.get(name) != owner:
                with durable(self.folder / f"{name}{SUFFIX}") as draft:
                    draft.write(json.dumps(astuple(owner)).encode())
        return None if name == paper else known[paper]

    def papers(self, owner: Owner) -> list[str]:
        """The papers that the owner's configuration has, or had once."""
        known = {path.stem: self._owner(path.stem) for path in sorted(self.folder.glob(f"*{SUFFIX}"))}
        mine = [name for name, other in known.items() if other and other.configuration == owner.configuration]
        return list(dict.fromkeys(name.partition(".")[0] for name in mine))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with open(self.folder / "owners.lock", "ab", opener=privately) as file:
            lock(file)
            yield

    def _known(self, paper: str) -> Mapping[str, Owner | None]:
        """The owners of the states of a paper by their names, the first of all under the paper's own."""
        others = sorted(path.stem for path in self.folder.glob(f"{paper}.*{SUFFIX}"))
        return {name: self._owner(name) for name in (paper, *others)}

    def _owner(self, name: str) -> Owner | None:
        try:
            return Owner(*json.loads((self.folder / f"{name}{SUFFIX}").read_bytes()))
        except (OSError, ValueError, TypeError):
            return None


def _resolved(path: str) -> str:
    """Where it is, whatever links lead there; as it stands where the system can have no such path."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path
