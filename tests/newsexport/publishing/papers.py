"""Papers and issues about places that do not exist, as a library would hold them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from newsexport.library.describing import kind_of
from newsexport.library.index import LibraryIndex
from newsexport.library.issue import MANIFEST, PAPER, Issue, IssueArticle, IssueFile, Paper, issue_id
from newsexport.library.library import Holding
from newsexport.library.manifest import issue_json, paper_json
from newsexport.library.store import Stored


def indexed(holdings: Sequence[Holding]) -> LibraryIndex:
    """An index of a library that has these papers and issues, and lies nowhere."""
    manifests = {f"{holding.paper.key}/{PAPER}": paper_json(holding.paper) for holding in holdings}
    manifests |= {
        f"{issue.folder}/{MANIFEST}": issue_json(issue) for holding in holdings for issue in holding.issues
    }
    index = LibraryIndex(manifests.__getitem__)
    index.renew(Stored(path, len(data), 0.0) for path, data in manifests.items())
    return index


MORNING = Paper(
    key="morning",
    title="The Oldhaven Morning",
    guid="5f0c1f7e-3c1b-4b52-9d0c-3c7c1a4d9b10",
    language="en-GB",
    description="What happened in Oldhaven, read aloud.",
    author="The Oldhaven desk",
    email="desk@oldhaven.example",
    link="https://oldhaven.example/",
    category="News > Daily News",
    private=False,
)

STORIES = (
    IssueArticle(
        "The ferry is back", "Harbour", "https://oldhaven.example/ferry?a=1&b=2", "It sails again.", 300, 4.5
    ),
    IssueArticle("Herring & chips <b>dearer</b>", "Harbour", None, "By 5 % ]]> since May.", 120, 95.25),
    IssueArticle("Choir sings in the rain", "Culture", "https://oldhaven.example/choir", "", 80, 3600.75),
)

SUFFIXES = (
    ".mp3",
    ".m4b",
    ".opus",
    ".chapters.json",
    ".transcript.json",
    ".vtt",
    ".srt",
    ".epub",
    ".kepub.epub",
    ".jpg",
)


def file(name: str, seconds: float | None = None, part: str = "", size: int = 1000) -> IssueFile:
    digest = hashlib.sha256(name.encode()).hexdigest()
    stem, dot, suffix = name.partition(".")
    role, media = kind_of(name)
    return IssueFile(f"{stem}.{digest[:8]}{dot}{suffix}", role, media, size, digest, seconds, part)


def issue(
    paper: Paper = MORNING,
    day: date = date(2026, 11, 25),
    *,
    stories: Sequence[IssueArticle] = STORIES,
    stem: str = "morning",
    suffixes: Sequence[str] = SUFFIXES,
) -> Issue:
    """An issue that appeared at six in the morning, an hour east of Greenwich."""
    sounds = {".mp3", ".m4b", ".opus"}
    return Issue(
        id=issue_id(paper, day),
        paper=paper.key,
        title=paper.title,
        issued=day,
        published=datetime(day.year, day.month, day.day, 6, tzinfo=timezone(timedelta(hours=1))),
        language=paper.language,
        summary="; ".join(story.title for story in stories),
        stories=tuple(stories),
        files=tuple(
            file(f"{stem}-{day}{end}", 4000.25 if end in sounds else None, size=123456 + place)
            for place, end in enumerate(suffixes)
        ),
    )


def in_parts(by: str, day: date = date(2026, 11, 25), suffixes: Sequence[str] = (".mp3",)) -> Issue:
    """An issue whose sound is a file of 100.5 seconds for each ``article`` or ``section``."""
    whole = issue(day=day, suffixes=(), stories=[replace(story, start=None) for story in STORIES])
    titles = [story.title if by == "article" else story.section for story in STORIES]
    files = [
        file(f"morning-{day}-{number:02}{end}", 100.5 if end in {".mp3", ".m4b"} else None, title)
        for number, title in enumerate(dict.fromkeys(titles), 1)
        for end in suffixes
    ]
    companions = {".transcript.json", ".chapters.json"}
    parts = [replace(one, part="") if one.name.endswith(tuple(companions)) else one for one in files]
    return replace(whole, files=tuple(parts))


def by_articles(
    day: date = date(2026, 11, 25), *, silent: Sequence[int] = (), paper: Paper = MORNING
) -> Issue:
    """An issue that has a sound of the whole, and one of each article but the silent ones, by number."""
    whole = issue(paper, day)
    ends = (".mp3", ".chapters.json", ".transcript.json", ".vtt", ".srt", ".picture.jpg")
    files = [
        replace(
            file(
                f"morning-{day}-{number:02}{end}",
                100.5 if end == ".mp3" else None,
                story.title,
                5000 + number,
            ),
            part=story.title if end == ".mp3" else "",
            article=number,
        )
        for number, story in enumerate(whole.stories, 1)
        for end in ends
        if number not in silent
    ]
    return replace(whole, files=(*files, *whole.files))


def days(count: int, paper: Paper = MORNING) -> tuple[Issue, ...]:
    """So many issues, newest first."""
    newest = datetime(2026, 11, 25, tzinfo=UTC).date()
    return tuple(issue(paper, newest - timedelta(days=back)) for back in range(count))
