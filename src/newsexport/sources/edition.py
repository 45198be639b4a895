"""An edition saved as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsexport.model import Article
from newsexport.protocols import Fetch, Resource


@dataclass(frozen=True, slots=True)
class EditionSource:
    """The articles of a saved edition."""

    def accepts(self, resource: Resource) -> float:  # noqa: ARG002
        """Nothing yet."""
        return 0

    def read(self, resource: Resource, fetch: Fetch) -> Iterator[Article]:  # noqa: ARG002
        """Nothing yet."""
        return iter(())
