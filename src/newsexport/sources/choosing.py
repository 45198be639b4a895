"""Which source reads what: the one that is surest of it."""

from __future__ import annotations

from collections.abc import Iterable

from newsexport.errors import SourceError
from newsexport.protocols import Resource, Source
from newsexport.work.containment import lost_alone


def surest(sources: Iterable[Source], resource: Resource) -> tuple[Source, float]:
    """The source that is surest of the resource, and how sure; one that fails at looking is passed over.

    Raises:
        SourceError: none reads it. Where one failed, its reason is told.
    """
    best: Source | None = None
    sureness: float = 0
    failed: SourceError | None = None
    for source in sources:
        try:
            with lost_alone(resource.reference):
                sure = float(source.accepts(resource))
        except SourceError as error:
            failed = error
            continue
        if sure > sureness:
            best, sureness = source, sure
    if best is not None:
        return best, sureness
    raise failed or SourceError(resource.reference, "no source reads this kind of file")
