"""What all files of a narration share, and how each becomes whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, assert_never

from newsexport.audio import mp3
from newsexport.audio.coding import Aac, Form, Opus
from newsexport.audio.id3 import Tag
from newsexport.events import Cause, Omitted
from newsexport.exporters.audio.chapters import marks
from newsexport.job import Job
from newsexport.model import Edition
from newsexport.narration.timeline import Timeline
from newsexport.text.dates import dateline
from newsexport.text.languages import iso639
from newsexport.text.wording import wording


@dataclass(frozen=True, slots=True)
class Episode:
    """An edition as it is heard. `cover` is a JPEG."""

    edition: Edition
    form: Form
    cover: bytes = field(repr=False)
    job: Job = field(repr=False)

    def tag(self, timeline: Timeline, title: str = "", track: tuple[int, int] | None = None) -> Tag:
        """What a file says of itself; one of several has its own title and its number."""
        edition = self.edition
        whole = (
            f"{edition.title}{wording(edition.language).comma}{dateline(edition.issued, edition.language)}"
        )
        return Tag(
            title=title or whole,
            artist=edition.title,
            album=whole if title else edition.title,
            date=edition.issued.isoformat(),
            language=iso639(edition.language),
            genre="Podcast",
            comment="" if title else "\n".join(article.title for article in edition.articles()),
            cover=self.cover,
            marks=marks(timeline, edition.media(), self.job, self.form.delay),
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
