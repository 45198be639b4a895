"""Asks the W3C's feed validator about feeds.

Usage: python tests/newsexport/publishing/validate_feed.py CHECKOUT [FEED.xml ...]

CHECKOUT is a copy of github.com/w3c/feedvalidator, whose other needs (html5lib, lxml) are installed.
Without files, feeds made of the samples of these tests are judged, each at the address that it gives as its own.
Two of its warnings are expected and not counted: that it does not know Podlove's namespace for chapters,
and that a paper which gives no address for mail has none.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from lxml import etree
from tests.newsexport.publishing import papers

from newsexport.library.timetable import timetable
from newsexport.publishing import feed
from newsexport.publishing.site import Site

EXPECTED = {
    ("MissingItunesEmail", None),
    ("UnknownNamespace", feed.CHAPTERS),
}


def complaints(checkout: Path, data: bytes) -> list[str]:
    """What the validator says of a feed, but for what is expected."""
    sys.path.insert(0, str(checkout / "src"))
    import feedvalidator
    from feedvalidator import logging

    own = etree.fromstring(data).find(f"channel/{{{feed.ATOM}}}link")
    assert own is not None
    address = own.get("href")
    told = feedvalidator.validateString(data.decode(), firstOccurrenceOnly=0, base=address)["loggedEvents"]
    return [
        f"{type(event).__name__} {event.params}"
        for event in told
        if isinstance(event, logging.Warning | logging.Error)
        and (type(event).__name__, event.params.get("namespace")) not in EXPECTED
    ]


def samples() -> dict[str, bytes]:
    site = Site("https://oldhaven.example/paper/")
    arabic = replace(papers.MORNING, language="ar", title="صباح", description="أخبار", private=True)
    stories = [replace(papers.STORIES[0], title="الميناء\x00 ]]> 🦆", summary="\u200f<script>")]
    return {
        "full": feed.podcast(papers.MORNING, papers.days(3), site),
        "numbered": feed.podcast(replace(papers.MORNING, numbered=True), papers.days(3), site),
        "weekdays": feed.podcast(
            replace(papers.MORNING, timetable=timetable("06:15", "weekdays")), papers.days(3), site
        ),
        "arabic": feed.podcast(arabic, [papers.issue(arabic, stories=stories)], site),
        "parts": feed.podcast(papers.MORNING, [papers.in_parts("article")], site),
        "articles": feed.article_podcast(
            replace(papers.MORNING, numbered=True), [papers.by_articles(silent=[2])], site
        ),
        "books": feed.book_feed(papers.MORNING, papers.days(3), site),
        "sections": feed.podcast(papers.MORNING, [papers.in_parts("section")], site),
        "empty": feed.podcast(papers.MORNING, [], site),
        "bare": feed.podcast(
            replace(papers.MORNING, email="", author="", link=""), [papers.issue(suffixes=[".mp3"])], site
        ),
    }


def main() -> int:
    checkout, *files = map(Path, sys.argv[1:])
    feeds = {path.name: path.read_bytes() for path in files} or samples()
    found = {name: complaints(checkout, data) for name, data in feeds.items()}
    for name, said in found.items():
        sys.stdout.write("\n  ".join([name, *(said or ["is fine"])]) + "\n")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
