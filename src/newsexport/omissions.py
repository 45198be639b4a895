"""What is left out on the way from bytes to articles, told to whoever has them read.

Sources are pure, and the parts that a source is made of return what is there. Deep inside
them it is noticed what is not: a pixel that only tells who reads, rows beyond the most that
are taken. `omit` says so, to the nearest `noticed` around it, or else to nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from newsexport.events import PICTURE, Cause, Omitted

_notebook: ContextVar[Counter[tuple[str, str, Cause]] | None] = ContextVar("notebook", default=None)


def omit(reason: str, cause: Cause, thing: str = PICTURE, count: int = 1) -> None:
    """So many of a thing are left out here; `reason` and `thing` are those of `Omitted`."""
    notebook = _notebook.get()
    if notebook is not None and count > 0:
        notebook[thing, reason, cause] += count


@contextmanager
def noticed(reference: str) -> Iterator[list[Omitted]]:
    """What is left out within the block; the list is filled when that ends."""
    notebook: Counter[tuple[str, str, Cause]] = Counter()
    told: list[Omitted] = []
    token = _notebook.set(notebook)
    try:
        yield told
    finally:
        _notebook.reset(token)
        told += (
            Omitted(reference, reason, thing, count, cause)
            for (thing, reason, cause), count in notebook.items()
        )
