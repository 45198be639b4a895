"""Edition to one MP3 with a chapter for every section, article and long part of one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsexport.artwork import cover as covers
from newsexport.artwork import pictures
from newsexport.audio import mp3
from newsexport.audio.id3 import Mark, Tag, TagError
from newsexport.dateline import dateline
from newsexport.errors import ExportError, UsageError
from newsexport.events import Lost
from newsexport.job import Job
from newsexport.languages import iso639
from newsexport.model import Edition
from newsexport.narration.choice import AUTO, choose_engine
from newsexport.narration.direction import Announcements, Direction, Parts, Pauses, check_pauses
from newsexport.narration.lexicon import with_starter
from newsexport.narration.narrate import narrate
from newsexport.narration.recording import Studio
from newsexport.narration.script import Passage, report_silent, script
from newsexport.narration.scriptfile import read_script
from newsexport.narration.timeline import Chapter, Timeline, assemble
from newsexport.narration.transcripts import Transcript, transcript
from newsexport.narration.voicing import voiced

# Podcasting 2.0, JSON chapters format 1.2.0.
CHAPTERS_VERSION = "1.2.0"

# Pixels a side: what podcast clients ask of a cover at least, and what a chapter's needs at most.
COVER_PICTURE, CHAPTER_PICTURE = 1400, 600


@dataclass(frozen=True, slots=True)
class AudioExporter:
    """Speaks an edition. The fields are the options of ``newsexport audio``.

    `bitrate` is in kbit/s, `loudness` in LUFS, `peak` in dBTP. `options` go to the engine
    beside voice and speed. `heading_chapters` is the least number of seconds for which a
    part of an article is a chapter of its own. Each of `transcript` becomes a file beside
    the MP3, as do the chapters with `chapters_json`. `lexicon` are files of pronunciations, the
    later the stronger. `script` is a script that is spoken as it stands; then pauses, parts,
    announcements and lexicon are the script's own.
    """

    engine: str = AUTO
    voice: str = ""
    speed: float = 1.0
    bitrate: int = 64
    loudness: float = -16.0
    peak: float = -1.0
    cover: Path | None = None
    chapters_json: bool = False
    transcript: tuple[Transcript, ...] = ()
    heading_chapters: float = 60.0
    pauses: Pauses = field(default_factory=Pauses)
    parts: Parts = field(default_factory=Parts)
    announcements: Announcements = field(default_factory=Announcements)
    lexicon: Sequence[Path] = ()
    script: Path | None = None
    options: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what no narration can have. Raises `UsageError`."""
        for name, value, least, most in (
            ("speed", self.speed, 0.25, 4),
            ("loudness", self.loudness, -70, -5),
            ("peak", self.peak, -20, 0),
            ("heading_chapters", self.heading_chapters, 0, 86400),
        ):
            if not least <= value <= most:  # false for what is not a number, too
                raise UsageError(f"{name}: expected {least} to {most}, not {value}")
        check_pauses(self.pauses)

    @property
    def suffix(self) -> str:
        """An MP3, which every podcast app and most car radios play."""
        return ".mp3"

    def write(self, edition: Edition, target: Path, job: Job) -> None:
        """Record, lay out, tag. Raises `SpeechError`, `UsageError`, `ExportError`."""
        passages = self._passages(edition, job)
        studio = self._studio(job, passages)
        passages = list(voiced(passages, studio.engine))
        spool = target.with_suffix(".frames")
        with spool.open("wb") as frames:
            placed = narrate(passages, studio, job, frames)
        rate = studio.form.rate
        timeline = assemble(placed, rate, edition.title, self.heading_chapters)
        count = timeline.length // studio.form.frame_samples
        try:
            info = mp3.info_frame(studio.form, count, spool.stat().st_size)
            tag = self._tag(edition, timeline, job).to_bytes()
        except (mp3.MP3Error, TagError) as error:
            raise ExportError(f"{error}; export fewer articles at a time") from error
        with target.open("wb") as file, spool.open("rb") as frames:
            file.write(tag + info)
            shutil.copyfileobj(frames, file, 1 << 20)
        spool.unlink()
        self._write_companions(timeline, target)

    def _write_companions(self, timeline: Timeline, target: Path) -> None:
        """What lies beside the MP3 under the same name, and is published with it."""
        texts = {kind.suffix: transcript(kind, timeline) for kind in self.transcript}
        if self.chapters_json:
            texts[".chapters.json"] = json_chapters(timeline)
        for suffix, text in texts.items():
            target.with_suffix(suffix).write_text(text, encoding="utf-8", newline="\n")

    def _passages(self, edition: Edition, job: Job) -> list[Passage]:
        """What is spoken: the script that was named as it stands, or else that of the edition."""
        if self.script is not None:
            return list(read_script(self.script).passages)
        direction = Direction(self.pauses, self.parts, self.announcements, with_starter(self.lexicon))
        passages = list(script(edition, direction))
        report_silent(edition, passages, job.report)
        return passages

    def _studio(self, job: Job, passages: Sequence[Passage]) -> Studio:
        options = {"speed": self.speed, **self.options}
        if self.voice:  # an engine has a voice of its own when none is named
            options["voice"] = self.voice
        spoken = (one.language for passage in passages for one in passage.utterances)
        engine = choose_engine(self.engine, options, job.report, tuple(dict.fromkeys(spoken)))
        try:
            form = mp3.Format(engine.rate, self.bitrate)
        except mp3.MP3Error as error:
            raise UsageError(str(error)) from error
        return Studio(engine, form, self.loudness, self.peak)

    def _tag(self, edition: Edition, timeline: Timeline, job: Job) -> Tag:
        return Tag(
            title=f"{edition.title}, {dateline(edition.issued, edition.language)}",
            artist=edition.title,
            album=edition.title,
            date=edition.issued.isoformat(),
            language=iso639(edition.language),
            genre="Podcast",
            comment="\n".join(article.title for article in edition.articles()),
            cover=self._cover(edition),
            marks=_marks(edition, timeline, job),
        )

    def _cover(self, edition: Edition) -> bytes:
        if self.cover is None:
            return covers.draw_square(edition, COVER_PICTURE)
        try:
            return pictures.jpeg(pictures.square(self.cover.read_bytes(), COVER_PICTURE))
        except OSError as error:
            raise UsageError(f"{self.cover}: {error.strerror or error}") from error
        except pictures.PictureError as error:
            raise UsageError(f"{self.cover}: {error}") from error


def _marks(edition: Edition, timeline: Timeline, job: Job) -> list[Mark]:
    media = edition.media()
    marks = []
    for chapter in timeline.chapters:
        picture = None
        if chapter.picture in media:
            try:
                picture = covers.thumbnail(media[chapter.picture].data, CHAPTER_PICTURE)
            except pictures.PictureError as error:
                job.report(Lost(chapter.title, f"its picture is left out: {error}", whole=False))
        marks.append(
            Mark(
                title=chapter.title,
                start=timeline.milliseconds(chapter.first),
                end=timeline.milliseconds(min(chapter.last, timeline.length - mp3.DELAY)),
                level=chapter.level,
                url=chapter.url,
                picture=picture,
            )
        )
    return marks


def json_chapters(timeline: Timeline) -> str:
    """The chapters as Podcasting 2.0 JSON, times in seconds."""
    return json.dumps(
        {
            "version": CHAPTERS_VERSION,
            "chapters": [_json_chapter(chapter, timeline) for chapter in timeline.chapters],
        },
        ensure_ascii=False,
        indent=1,
    )


def _json_chapter(chapter: Chapter, timeline: Timeline) -> dict[str, object]:
    times = {
        "startTime": timeline.milliseconds(chapter.first) / 1000,
        "endTime": timeline.milliseconds(min(chapter.last, timeline.length - mp3.DELAY)) / 1000,
    }
    return {**times, "title": chapter.title, **({"url": chapter.url} if chapter.url else {})}
