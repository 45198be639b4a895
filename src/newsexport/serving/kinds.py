"""What is made on request: its media type, and what a browser may do with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsexport.publishing import opds1, opds2, searching
from newsexport.publishing.pages import POLICY

# What a page says of itself, and what only a header can.
PAGES = f"{POLICY}; frame-ancestors 'none'"
NOTHING = "default-src 'none'; frame-ancestors 'none'"


# A page of a list of issues, as `catalogue.shelf_path` names it.
LIST = re.compile(r"(^|/)opds-[^/]*\.xml$|/opds\.xml$")


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type, and a Content-Security-Policy."""

    type: str
    policy: str = NOTHING


# By the end of a path, the first that fits.
KINDS: tuple[tuple[str, Kind], ...] = (
    (".html", Kind("text/html; charset=utf-8", PAGES)),
    (opds1.ROOT, Kind(opds1.NAVIGATION)),
    (searching.DESCRIPTION, Kind(searching.DESCRIPTION_TYPE)),
    (".xml", Kind("application/rss+xml; charset=utf-8")),
    (opds2.SUFFIX, Kind(opds2.TYPE)),
    (".css", Kind("text/css; charset=utf-8")),
    (".js", Kind("text/javascript; charset=utf-8")),
    (".jpg", Kind("image/jpeg")),
    ("", Kind("application/octet-stream", "default-src 'none'; sandbox")),
)


def kind_of(path: str) -> Kind:
    """The kind of what is made at a path."""
    if LIST.search(path):
        return Kind(opds1.LIST)
    return next(kind for end, kind in KINDS if path.endswith(end))
