"""What all files of a narration share, and how each becomes whole."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, assert_never

from newsexport.artwork import cover as covers
from newsexport.artwork import pictures
from newsexport.audio import mp3, playlist
from newsexport.audio.coding import Aac, Form, Opus, SoundFormat
from newsexport.audio.id3 import ChapterMark, Tag
from newsexport.events import Cause, Lost, Omitted
from newsexport.job import Job
from newsexport.model import Edition, Media
from newsexport.narration.timeline import Chapter, Timeline
from newsexport.text.dates import dateline
from newsexport.text.languages import iso639
from newsexport.text.quotation_marks import curled
from newsexport.text.wording import wording

# The chapters of a timeline as players see them, in the tag and as Podcasting 2.0 JSON.

# Podcasting 2.0, JSON chapters format 1.2.0.
CHAPTERS_VERSION = "1.2.0"

# Pixels a side: what a chapter's picture needs at most.
CHAPTER_PICTURE = 600


def marks(timeline: Timeline, media: Mapping[str, Media], job: Job, delay: int) -> list[ChapterMark]:
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
            ChapterMark(
                title=chapter.title,
                start=timeline.milliseconds(chapter.first),
                end=_end(chapter, timeline, delay),
                level=chapter.level,
                url=chapter.url,
                picture=picture,
                voice=chapter.voice,
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
    more = {"url": chapter.url, "voice": chapter.voice}
    return {**times, "title": chapter.title, **{name: value for name, value in more.items() if value}}


def _end(chapter: Chapter, timeline: Timeline, delay: int) -> int:
    return timeline.milliseconds(min(chapter.last, timeline.length - delay))


@dataclass(frozen=True, slots=True)
class Episode:
    """An edition as it is heard. `cover` is a JPEG."""

    edition: Edition
    form: Form
    cover: bytes = field(repr=False)
    job: Job = field(repr=False)

    def printed(self) -> Callable[[str], str]:
        """How people see a title elsewhere: with the quotation marks of its article's language."""
        languages = {one.title: one.language for one in self.edition.articles()}
        return lambda title: curled(title, languages.get(title) or self.edition.language)

    def chapters(self, timeline: Timeline) -> str:
        """The chapters of a file as Podcasting 2.0 JSON."""
        printed = self.printed()
        named = (replace(chapter, title=printed(chapter.title)) for chapter in timeline.chapters)
        return json_chapters(replace(timeline, chapters=tuple(named)), self.form.delay)

    def tag(self, timeline: Timeline, title: str = "", track: tuple[int, int] | None = None) -> Tag:
        """What a file says of itself; one of several has its own title and its number."""
        edition, printed = self.edition, self.printed()
        name = printed(edition.title)
        whole = f"{name}{wording(edition.language).comma}{dateline(edition.issued, edition.language)}"
        shown = marks(timeline, edition.media(), self.job, self.form.delay)
        return Tag(
            title=printed(title) or whole,
            artist=name,
            album=whole if title else name,
            date=edition.issued.isoformat(),
            language=iso639(edition.language),
            genre="Podcast",
            comment="" if title else "\n".join(printed(one.title) for one in edition.articles()),
            cover=self.cover,
            marks=[replace(mark, title=printed(mark.title)) for mark in shown],
            track=track,
        )

    def bind(self, tag: Tag, frames: BinaryIO, size: int, length: int, target: Path) -> None:
        """Write a file of the next `size` bytes of frames, which are `length` samples.

        Raises:
            MP3Error, TagError: more than one MP3 can hold.
        """
        match self.form:
            case mp3.Format() as form:
                head = tag.to_bytes() + mp3.info_frame(form, length // form.frame_samples, size)
                with target.open("wb") as file, _next(frames, size) as part:
                    file.write(head)
                    shutil.copyfileobj(part, file, 1 << 20)
            case Aac() | Opus() as form:
                from newsexport.audio.containers import bind, fitting  # noqa: PLC0415 - only these need FFmpeg

                if beyond := len(tag.marks) - len(fitting(tag.marks)) if isinstance(form, Opus) else 0:
                    reason = "that an Opus file cannot count"
                    self.job.report(Omitted(target.name, reason, "chapter", beyond, Cause.LIMIT))
                with _next(frames, size) as part:
                    bind(form, tag, part, target)
            case _:
                assert_never(self.form)


class _Stretch(RawIOBase):
    """The next bytes of a file, as if they were all of it."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.left = file, size

    def readable(self) -> bool:
        """It is read only."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub wants any buffer
        """As for any raw file."""
        data = self.file.read(min(len(buffer), self.left))
        buffer[: len(data)] = data
        self.left -= len(data)
        return len(data)


@contextmanager
def _next(frames: BinaryIO, size: int) -> Iterator[BinaryIO]:
    """The next `size` bytes; when they were read, the file stands right behind them."""
    end = frames.tell() + size
    with BufferedReader(_Stretch(frames, size), 1 << 16) as part:
        yield part
    frames.seek(end)


# One narration as several files.

# Of the file that names the parts.
SUFFIX = ".m3u8"


def listed_parts(finished: Path) -> list[Path]:
    """The files that a playlist names, where it is as we write them: each a part by its name and number.

    Where one is not, somebody else had a hand in it, and none is.
    """
    if finished.suffix != SUFFIX:
        return []
    try:
        text = finished.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    if not text.startswith(f"{playlist.HEAD}\n{playlist.TITLE}"):
        return []
    names = [entry.name for entry in playlist.read(text)]
    width = max(2, len(str(len(names))))
    for number, name in enumerate(names, 1):
        ours = rf"{re.escape(finished.stem)}-{number:0{width}}(-[\w-]+)?\.({'|'.join(SoundFormat)})"
        if not re.fullmatch(ours, name):
            return []
    parts = (finished.with_name(name) for name in names)
    return [path for path in parts if path.is_file() and not path.is_symlink()]


def part_name(stem: str, number: int, count: int, title: str, suffix: str) -> str:
    """``morning-03-the-harbour.mp3``: in order in every list, safe on every file system."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", title).lower())
    slug = "-".join(words).encode()[:60].decode(errors="ignore").strip("-_")
    return f"{stem}-{number:0{max(2, len(str(count)))}}{'-' if slug else ''}{slug}{suffix}"
