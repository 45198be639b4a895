"""How the papers of a configuration are published as podcasts, where that was changed since the last run."""

from __future__ import annotations

from collections.abc import Mapping

from newsexport.configuration.plan import Plan
from newsexport.publishing.documents import Broadcast


def broadcasts(planned: Plan) -> Mapping[str, Broadcast]:
    """How each paper is published, by its key."""
    library = planned.library
    return {
        key: Broadcast(library.numbered, library.section_feeds, when=paper.timetable)
        for key, paper in planned.papers.items()
    }
