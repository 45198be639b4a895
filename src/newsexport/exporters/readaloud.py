"""A book that is read aloud: the EPUB of an edition and its narration, in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from newsexport.artwork.cover import Style
from newsexport.artwork.image_limits import Fit
from newsexport.audio import mp3
from newsexport.errors import ExportError
from newsexport.events import PICTURE, Event, Lost, Noted, Omitted, Report
from newsexport.exporters.audio.exporter import AudioExporter, spool
from newsexport.exporters.epub.device import Device
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.epub.overlays import recital
from newsexport.exporters.html.inline import Links
from newsexport.job import Job
from newsexport.model import Edition
from newsexport.narration.casting import AUTO
from newsexport.narration.options import Announcements, Parts, Pauses

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadAloudExporter:
    """Makes an EPUB 3 with media overlays. The fields are the options of ``newsexport readaloud``.

    Each means what it means to `EpubExporter` or to `AudioExporter`; captions are read, as they are seen.
    With `words` each word is marked, where the voice tells its words, not each sentence.
    """

    device: Device = Device.GENERIC
    style: Style = Style.CLASSIC
    css: Path | None = None
    templates: Path | None = None
    cover: Path | None = None
    fonts: bool | None = None
    links: Links = Links.INLINE
    codes: bool = False
    vertical: bool = False
    part_size: float = 0
    words: bool = False
    straight_quotes: bool = False
    epubcheck: bool = False
    engine: str = AUTO
    voice: str = ""
    speed: float = 1.0
    bitrate: int | None = None
    loudness: float = -16.0
    peak: float = -1.0
    pauses: Pauses = field(default_factory=Pauses)
    parts: Parts = field(default_factory=lambda: Parts(captions=True))
    announcements: Announcements = field(default_factory=Announcements)
    lexicon: Sequence[Path] = ()
    options: Mapping[str, object] = field(default_factory=dict)

    suffix: ClassVar[str] = ".readaloud.epub"
    suffixes: ClassVar[Mapping[str, Mapping[str, object]]] = {suffix: {}, ".epub": {}}

    def __post_init__(self) -> None:
        """Refuse what no book and no narration can have. Raises `UsageError`."""
        self._with(EpubExporter)
        self._with(AudioExporter)

    @property
    def fit(self) -> Fit:
        """The form in which the device shows pictures."""
        return self.device.needs.fit

    def check(self) -> None:
        """Look at what the options name, and at who is to speak. Raises `SpeechError`, `UsageError`."""
        self._with(EpubExporter).check()
        if self.device.needs.sound:
            replace(self._with(AudioExporter), cover=None).check()

    def write(self, edition: Edition, target: Path, job: Job) -> None:
        """Record, and make the book of it; a plain one for a device that loses the sound.

        Raises:
            SpeechError: nobody can speak.
            UsageError, ExportError, OSError: as for books and narrations.
        """
        book = replace(self._with(EpubExporter), kepub=False)
        if not self.device.needs.sound:
            job.report(Noted(f"{self.device} plays no books that are read aloud: this one is a plain EPUB"))
            book.write(edition, target, job)
            return
        if self.device.needs.heard:
            job.report(Noted(f"it is read aloud by {self.device.needs.heard}"))
        with spool(target) as frames:
            speaking = replace(job, report=_printed_none_the_less(job.report))
            placed, form = self._with(AudioExporter).recorded(edition, frames, speaking)
            if not isinstance(form, mp3.Format):
                raise TypeError(f"{form} is no MP3")
            try:
                book.write(edition, target, job, recital(edition, placed, form, frames, words=self.words))
            except mp3.MP3Error as error:
                raise ExportError(str(error)) from error

    def _with(self, exporter: type[T]) -> T:
        """An exporter with those of these options that it takes."""
        own = {one.name for one in fields(self)}
        taken: dict[str, Any] = {
            one.name: getattr(self, one.name)
            for one in fields(exporter)  # type: ignore[arg-type]  # both are dataclasses
            if one.name in own
        }
        return exporter(**taken)


def _printed_none_the_less(report: Report) -> Report:
    """Tells of what nobody can say as of a part that is missing: it stands in the book, as pictures do."""

    def told(event: Event) -> None:
        match event:
            case Lost(whole=True, reason=reason):
                report(replace(event, whole=False, reason=f"is printed and not heard: {reason}"))
            case Omitted(thing=thing) if thing == PICTURE:
                pass
            case _:
                report(event)

    return told
