"""What becomes of every block of a page, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from newsexport.collecting.context import CollectingContext
from newsexport.collecting.inputs import resources
from newsexport.errors import SourceError
from newsexport.events import Lost, Omitted, Report
from newsexport.extraction.reasons import BlockVerdict, verdicts
from newsexport.protocols import Entry, Request, Resource


def explained(
    references: Sequence[str], report: Report, means: CollectingContext
) -> Iterator[tuple[str, tuple[BlockVerdict, ...]]]:
    """Each page that the references name, with what becomes of its blocks and why.

    What cannot be read is reported as `Lost`.
    """
    for lead in resources(references, sys.stdin.buffer, means.accounts):
        try:
            match lead:
                case Resource():
                    yield lead.reference, means.isolated.submit(verdicts, lead).result()
                case Entry():
                    page = means.web.fetch(Request(lead.address)).result()
                    yield page.reference, means.isolated.submit(verdicts, page).result()
                case SourceError():
                    raise lead
                case Omitted():
                    report(lead)
        except SourceError as error:
            report(Lost(error.subject, error.reason))
