"""What an app serves: a table of what there is now, and the files it names."""

from __future__ import annotations

import io
from typing import Protocol

from newsexport.serving.table import Stored, Table


class Holdings(Protocol):
    """Something to serve. Both methods are called from threads."""

    def table(self) -> Table:
        """What there is now; the same object as before where nothing has changed."""
        ...

    def open(self, stored: Stored) -> io.FileIO | None:
        """The file, positioned anywhere, or None where it is not there as its manifest tells it."""
        ...
