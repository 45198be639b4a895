"""Where a library is reached."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Site:
    """An address under which a library is reached; `base` ends in a slash."""

    base: str

    def address(self, path: str) -> str:
        """The address of a path relative to the library's root."""
        return self.base + quote(path)
