"""The chapters of a timeline as players see them, in the tag and as Podcasting 2.0 JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

from newsexport.artwork import cover as covers
from newsexport.artwork import pictures
from newsexport.audio.id3 import Mark
from newsexport.events import Lost
from newsexport.job import Job
from newsexport.model import Media
from newsexport.narration.timeline import Chapter, Timeline

# Podcasting 2.0, JSON chapters format 1.2.0.
CHAPTERS_VERSION = "1.2.0"

# Pixels a side: what a chapter's picture needs at most.
CHAPTER_PICTURE = 600


def marks(timeline: Timeline, media: Mapping[str, Media], job: Job, delay: int) -> list[Mark]:
    """One mark a chapter, with its article's picture. The last `delay` samples players do not play."""
    made = []
    for chapter in timeline.chapters:
        picture = None
        if chapter.picture is not None and chapter.picture in media:
            try:
                picture = covers.thumbnail(media[chapter.picture].data, CHAPTER_PICTURE)
            except pictures.PictureError as error:
                job.report(Lost(chapter.title, f"its picture is left out: {error}", whole=False))
        made.append(
            Mark(
                title=chapter.title,
                start=timeline.milliseconds(chapter.first),
                end=_end(chapter, timeline, delay),
                level=chapter.level,
                url=chapter.url,
                picture=picture,
            )
        )
    return made


def json_chapters(timeline: Timeline, delay: int = 0) -> str:
    """The chapters as Podcasting 2.0 JSON, times in seconds."""
    return json.dumps(
        {
            "version": CHAPTERS_VERSION,
            "chapters": [_json_chapter(chapter, timeline, delay) for chapter in timeline.chapters],
        },
        ensure_ascii=False,
        indent=1,
    )


def _json_chapter(chapter: Chapter, timeline: Timeline, delay: int) -> dict[str, object]:
    times = {
        "startTime": timeline.milliseconds(chapter.first) / 1000,
        "endTime": _end(chapter, timeline, delay) / 1000,
    }
    return {**times, "title": chapter.title, **({"url": chapter.url} if chapter.url else {})}


def _end(chapter: Chapter, timeline: Timeline, delay: int) -> int:
    return timeline.milliseconds(min(chapter.last, timeline.length - delay))
