"""What is wrong with chapters as such, in whatever file they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsexport.verify.finding import clock
from newsexport.verify.id3 import Chapter

# How far times may be apart, in seconds: less than anyone hears, more than rounding makes.
TOLERANCE = 0.05


def chapter_faults(chapters: Sequence[Chapter], seconds: float) -> Iterator[str]:
    """Chapters that do not follow each other from the beginning of the sound to its end."""
    if not chapters:
        yield "no chapters"
        return
    if chapters[0].start:
        yield f"the first chapter begins at {clock(chapters[0].start)}, not at 0:00"
    for chapter in chapters:
        if not chapter.title.strip():
            yield f"the chapter at {clock(chapter.start)} has no title"
        if chapter.end <= chapter.start:
            yield f"the chapter {chapter.title!r} ends before it begins"
    for before, after in pairwise(chapters):
        if before.end != after.start:
            yield f"between {before.title!r} and {after.title!r} is {after.start - before.end} ms"
    last = chapters[-1].end / 1000
    if abs(last - seconds) > TOLERANCE:
        yield f"the last chapter ends at {last:.3f} s, the sound at {seconds:.3f} s"
