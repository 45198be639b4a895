"""The ways to a paper: how it is listened to in a podcast app and read on an e-reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote

from newsexport.library.entries import IssueEntry, Issues, latest_of
from newsexport.library.issue import FeedContents, Paper
from newsexport.publishing.site import Site
from newsexport.text.wording import Wording

# Of a QR code: pixels a module, and modules of quiet around it (ISO/IEC 18004, 9.1).
SCALE, QUIET = 5, 4


@dataclass(frozen=True, slots=True)
class WayIn:
    """An address that is `shown` to be copied, or else what a button opens; `how` says what to do."""

    title: str
    address: str
    how: str = ""
    shown: bool = False

    @property
    def code(self) -> str:
        """The address as a QR code."""
        return code(self.address)


# A code in a page: its address, and the picture of it.
CODE = re.compile(r'(data-code="([^"]*)" src=")[^"]*"')


def code(address: str) -> str:
    """An address as a QR code, a picture as ``data:``; empty where it is too long for one."""
    import segno  # noqa: PLC0415 - few pages have codes

    try:
        return segno.make_qr(address, error="m").svg_data_uri(scale=SCALE, border=QUIET)
    except segno.DataOverflowError:
        return ""


def recoded(page: str) -> str:
    """A page whose addresses were changed, with their codes."""
    return CODE.sub(lambda found: f'{found[1]}{escape(code(unescape(found[2])))}"', page)


def subscriptions(feed: str, *, private: bool = False) -> tuple[tuple[str, str], ...]:
    """How apps subscribe to a feed at an ``http`` or ``https`` address: the app's name, the link.

    A link that leads over somebody's server is not offered for a private feed, whose address
    is its secret.
    """
    bare, quoted = feed.partition("://")[2], quote(feed, safe="")
    own = (
        ("Apple Podcasts", f"podcast://{bare}"),
        ("Overcast", f"overcast://x-callback-url/add?url={quoted}"),
        ("Pocket Casts", f"pktc://subscribe/{bare}"),
        ("Podcast Addict", f"podcastaddict://{bare}"),
    )
    away = () if private else (("AntennaPod", f"https://antennapod.org/deeplink/subscribe?url={quoted}"),)
    return (*own, *away)


def listening(paper: Paper, site: Site, words: Wording) -> Iterator[WayIn]:
    """The address of each podcast of a paper, then the apps that can be opened with it."""
    feeds = list[tuple[str, str]]()
    if paper.feed is not FeedContents.ARTICLES:
        feeds.append((paper.title, site.address(f"{paper.key}/feed.xml")))
    if paper.feed is not FeedContents.ISSUES:
        title = f"{paper.title} · {words.catalogue.articles}"
        feeds.append((title, site.address(f"{paper.key}/articles.xml")))
    for title, address in feeds:
        yield WayIn(title, address, words.page.add, shown=True)
    for app, address in subscriptions(feeds[0][1], private=paper.private):
        yield WayIn(app, address)


def reading(paper: Paper, issues: Issues, site: Site, words: Wording) -> Iterator[WayIn]:
    """The newest book of each kind, the catalogue, and the feed of books."""
    for path, end in books_in(issues.entries):
        yield WayIn(f"{words.page.book} ({end.removeprefix('.')})", site.address(path))
    yield WayIn("KOReader, OPDS", site.address("opds.xml"), words.page.catalogue, shown=True)
    if has_books(issues.entries):
        yield WayIn("RSS", site.address(f"{paper.key}/books.xml"), words.page.add, shown=True)


def books_in(entries: Sequence[IssueEntry]) -> list[tuple[str, str]]:
    """Where the newest book of each kind can always be had, and what its name ends in."""
    kinds = {end for entry in entries for end in entry.has.books}
    ends = ((path, path.partition("/latest")[2]) for path in latest_of(entries))
    return [(path, end) for path, end in ends if end in kinds]


def has_books(entries: Sequence[IssueEntry]) -> bool:
    """Whether there is a feed of books."""
    return any(entry.has.book for entry in entries)
