"""The audio exporter: options in, finished files out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, ClassVar

from newsexport.artwork import cover as covers
from newsexport.artwork import pictures
from newsexport.audio import mp3, playlist
from newsexport.audio.coding import CodingError, Form, SoundFormat, form_of
from newsexport.audio.id3 import TagError
from newsexport.errors import ExportError, UsageError
from newsexport.events import Made, Report, ignore
from newsexport.exporters.audio.episode import (
    SUFFIX,
    Episode,
    listed_parts,
    part_name,
)
from newsexport.job import Job, Work
from newsexport.model import Article, Edition
from newsexport.narration.auditions import casting
from newsexport.narration.casting import AUTO, Cast, voiced
from newsexport.narration.lexicons import with_starter
from newsexport.narration.narrate import expected, narrate, size
from newsexport.narration.omissions import tell_unspoken
from newsexport.narration.options import Announcements, Direction, Parts, Pauses, check_pauses
from newsexport.narration.orders import Studio, ready
from newsexport.narration.parting import NarrationPart, Split, parted
from newsexport.narration.pieces import LEAST, MOST
from newsexport.narration.script import Level, Passage, ended, script, telling_silent
from newsexport.narration.script_file import read_script
from newsexport.narration.speech_form_cache import SpeechFormCache
from newsexport.narration.timeline import Placed, Timeline, assemble
from newsexport.narration.transcripts import Transcript, transcript
from newsexport.storage.atomic import read_named

# Sounds of the user's own around what is spoken: at the beginning, at the end, before each section.


@dataclass(frozen=True, slots=True)
class Jingles:
    """The sound files as they came; empty where there is none."""

    intro: bytes = b""
    outro: bytes = b""
    section: bytes = b""


def jingles(intro: Path | None, outro: Path | None, section: Path | None) -> Jingles:
    """The files, read and listened to, so that a bad one ends the run before a word is spoken.

    Raises:
        UsageError: one that cannot be read or holds no sound, with its name.
    """
    return Jingles(_sound(intro), _sound(outro), _sound(section))


def _sound(file: Path | None) -> bytes:
    if file is None:
        return b""
    from newsexport.audio.sound import DecodeError  # noqa: PLC0415 - loads what decodes
    from newsexport.narration.recording import brought  # noqa: PLC0415 - as above

    data = read_named(file)
    try:
        brought(data, 22050)
    except DecodeError as error:
        raise UsageError(f"{file}: is no sound that can be used: {error}") from error
    return data


def around(passages: Iterable[Passage], sounds: Jingles) -> Iterator[Passage]:
    """The passages with the sounds among them; none comes right after another."""
    if sounds.intro:
        yield Passage((), sound=sounds.intro)
    sections = 0
    for passage in passages:
        if any(opening.level == Level.SECTION for opening in passage.openings):
            sections += 1
            if sounds.section and not (sections == 1 and sounds.intro):
                yield Passage((), sound=sounds.section)
        yield passage
    if sounds.outro:
        yield Passage((), sound=sounds.outro)


# Pixels a side that podcast clients ask of a cover at least.
COVER_PICTURE = 1400

# Characters that are certain to be several pieces, for which processes are begun.
SEVERAL = 2 * MOST * LEAST[Work.COMPUTE]

# How a narration may be split, and be heard as a whole.
WHOLE = (Split.NONE, Split.BOTH)

# kbit/s that speech is well served with.
BITRATES = {SoundFormat.MP3: 64, SoundFormat.M4B: 64, SoundFormat.OPUS: 32}


@dataclass(frozen=True, slots=True)
class AudioExporter:
    """Speaks an edition. The fields are the options of ``newsexport audio``.

    `bitrate` is in kbit/s, that of `BITRATES` unless told, `loudness` in LUFS, `peak` in dBTP.
    `split` makes a file of each article or section, and a playlist, or the whole and each article beside
    it. `intro`, `outro` and
    `jingle` are sounds that are heard first, last and before each section. `options` go to
    the engine beside voice and speed. `heading_chapters` is the least number of seconds for which a
    part of an article is a chapter of its own. Each of `transcript` becomes a file beside
    the MP3, as do the chapters with `chapters_json`. `lexicon` are files of pronunciations, the
    later the stronger. `script` is a script that is spoken as it stands; then pauses, parts,
    announcements and lexicon are the script's own.
    """

    format: SoundFormat = SoundFormat.MP3
    engine: str = AUTO
    voice: str = ""
    speed: float = 1.0
    bitrate: int | None = None
    loudness: float = -16.0
    peak: float = -1.0
    cover: Path | None = None
    split: Split = Split.NONE
    intro: Path | None = None
    outro: Path | None = None
    jingle: Path | None = None
    chapters_json: bool = False
    transcript: tuple[Transcript, ...] = ()
    heading_chapters: float = 60.0
    pauses: Pauses = field(default_factory=Pauses)
    parts: Parts = field(default_factory=Parts)
    announcements: Announcements = field(default_factory=Announcements)
    lexicon: Sequence[Path] = ()
    script: Path | None = None
    options: Mapping[str, object] = field(default_factory=dict)

    suffixes: ClassVar[Mapping[str, Mapping[str, object]]] = {
        ".mp3": {"format": SoundFormat.MP3, "split": WHOLE},
        ".m4b": {"format": SoundFormat.M4B, "split": WHOLE},
        ".m4a": {"format": SoundFormat.M4B, "split": WHOLE},
        ".opus": {"format": SoundFormat.OPUS, "split": WHOLE},
        ".ogg": {"format": SoundFormat.OPUS, "split": WHOLE},
    }

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
        """That of the format, or of a playlist where there are several files."""
        return f".{self.format}" if self.split in WHOLE else SUFFIX

    @property
    def companions(self) -> Sequence[str]:
        """Those of transcripts and chapters; the files of a sound in parts bear names of their own."""
        chapters = (".chapters.json",) if self.chapters_json else ()
        parts = (SUFFIX,) if self.split is Split.BOTH else ()
        return (*(kind.suffix for kind in self.transcript), *chapters, *parts)

    def check(self) -> None:
        """Look at what the options name, and at who is to speak. Raises `SpeechError`, `UsageError`."""
        jingles(self.intro, self.outro, self.jingle)
        if self.cover is not None:
            _square(self.cover)
        if self.script is not None:
            read_script(self.script)
        with_starter(self.lexicon)
        if self.engine.lower() != AUTO or self.voice:  # else there is always one that speaks
            cast = self._cast(ignore)
            if cast.named:
                self._form(cast.rate)

    def write(self, edition: Edition, target: Path, job: Job) -> None:
        """Record, lay out, tag. Raises `SpeechError`, `UsageError`, `ExportError`."""
        with self._drawing(edition, job) as cover, spool(target) as frames:
            placed, form = self.recorded(edition, frames, job)
            if self.script is None:  # else it is the script's articles that are heard
                job.report(Made(len({id(one.passage.article) for one in placed if one.passage.article})))
            episode = Episode(edition, form, cover(), job)
            if self.split in WHOLE:
                (whole,) = parted(placed, Split.NONE, edition.title)
                self._write_part(episode, whole, frames, target)
            if self.split is not Split.NONE:
                self._write_parts(episode, placed, frames, target.with_suffix(SUFFIX))

    def recorded(self, edition: Edition, frames: BinaryIO, job: Job) -> tuple[list[Placed], Form]:
        """What is said, its coded frames written to `frames` one passage behind the other.

        Raises:
            SpeechError, UsageError: nobody can speak, or not so.
        """
        sounds = jingles(self.intro, self.outro, self.jingle)
        spoken, total, new = self._passages(edition, job)
        cast = self._cast(job.report, offline=job.offline)
        cast.announce(self._languages(edition))
        form = self._form(cast.rate)
        passages: Iterable[Passage] = around(voiced(spoken, cast), sounds)
        if self.script is None:
            passages = ended(passages)
        studio = Studio(cast.chosen(edition.language).engine, form, self.loudness, self.peak)
        if not new or total < SEVERAL or studio.engine.work is not Work.COMPUTE:
            return narrate(passages, studio, job, frames, total, cast), form
        with job.begun(Work.COMPUTE, ready, studio) as begun:
            return narrate(passages, studio, begun, frames, total, cast), form

    def parts_of(self, finished: Path) -> Sequence[Path]:
        """The files that a playlist of ours names: this one, or that beside the whole."""
        return listed_parts(finished.with_suffix(SUFFIX))

    def _write_parts(
        self, episode: Episode, placed: Sequence[Placed], frames: BinaryIO, target: Path
    ) -> None:
        """Each part into a file of its own beside the playlist that names them."""
        parts = parted(placed, self.split, episode.edition.title)
        alone = self.split is not Split.SECTION
        numbers = {id(one): number for number, one in enumerate(episode.edition.articles(), 1) if alone}
        entries = []
        for number, part in enumerate(parts, 1):
            file = target.with_name(part_name(target.stem, number, len(parts), part.title, f".{self.format}"))
            own = numbers.get(id(part.article))
            shown = part.article if own and self.cover is None else None
            heard = replace(episode, cover=_pictured(episode.edition, shown)) if shown else episode
            seconds = self._write_part(heard, part, frames, file, (number, len(parts))) / episode.form.rate
            entries.append(playlist.PlaylistEntry(file.name, part.title, seconds, own))
        text = playlist.written(episode.edition.title, entries)
        target.write_text(text, encoding="utf-8", newline="\n")

    def _write_part(
        self,
        episode: Episode,
        part: NarrationPart,
        frames: BinaryIO,
        target: Path,
        track: tuple[int, int] | None = None,
    ) -> int:
        """The file of a part and its companions. Its length in samples."""
        form = episode.form
        frames.seek(part.begin)
        timeline = assemble(part.placed, form.rate, part.title, self.heading_chapters)
        tag = episode.tag(timeline, part.title if track else "", track)
        try:
            episode.bind(tag, frames, part.size, timeline.length, target)
        except (mp3.MP3Error, TagError) as error:
            raise ExportError(f"{error}; export fewer articles at a time, or --split them") from error
        self._write_companions(episode, timeline, target)
        return timeline.length

    def _write_companions(self, episode: Episode, timeline: Timeline, target: Path) -> None:
        """What lies beside the sound under the same name, and is published with it."""
        texts = {kind.suffix: transcript(kind, timeline) for kind in self.transcript}
        if self.chapters_json:
            texts[".chapters.json"] = episode.chapters(timeline)
        for suffix, text in texts.items():
            target.with_suffix(suffix).write_text(text, encoding="utf-8", newline="\n")

    def _passages(self, edition: Edition, job: Job) -> tuple[Iterable[Passage], int, bool]:
        """What is spoken, about how many characters that is, and whether nothing of it was spoken before.

        It is the script that was named as it stands, or else that of the edition.
        """
        if self.script is not None:
            written = read_script(self.script).passages
            return written, sum(map(size, written)), False
        lexicon = with_starter(self.lexicon)
        say = SpeechFormCache(job.cache, edition.title, lexicon)
        direction = Direction(self.pauses, self.parts, self.announcements, lexicon, say)
        tell_unspoken(edition, direction, job.report)
        passages = say.remembering(script(edition, direction))
        return telling_silent(passages, edition, job.report), expected(edition), say.is_new

    def _languages(self, edition: Edition) -> list[str]:
        """Those of what is said, that of the announcements first."""
        if self.script is None:
            return [edition.language, *(one.language for one in edition.articles())]
        written = read_script(self.script).passages
        return [one.language for passage in written for one in passage.utterances] or [edition.language]

    def _cast(self, report: Report, *, offline: bool = False) -> Cast:
        options = {"speed": self.speed, **self.options}
        if self.voice:  # an engine has a voice of its own when none is named
            options["voice"] = self.voice
        return casting(self.engine, options, report, offline=offline)

    def _form(self, rate: int) -> Form:
        try:
            return form_of(self.format, rate, self.bitrate or BITRATES[self.format])
        except CodingError as error:
            raise UsageError(str(error)) from error

    @contextmanager
    def _drawing(self, edition: Edition, job: Job) -> Iterator[Callable[[], bytes]]:
        """A way to the cover, drawn while there is speaking; one that was brought is looked at first."""
        if self.cover is not None:
            brought = _square(self.cover)
            yield lambda: brought
            return
        executor = job.executors(Work.WAIT)
        drawn = executor.submit(covers.draw_square, edition, COVER_PICTURE)
        try:
            yield drawn.result
        finally:
            executor.shutdown(wait=False)


@contextmanager
def spool(target: Path) -> Iterator[BinaryIO]:
    """A file for the frames of all passages, gone at the end."""
    path = target.with_suffix(".frames")
    with path.open("w+b") as frames:
        yield frames
    path.unlink()


def _pictured(edition: Edition, article: Article) -> bytes:
    """The picture in the tag of an article's own file, which is small itself."""
    return covers.thumbnail(covers.draw_article(edition, article))


def _square(cover: Path) -> bytes:
    try:
        return pictures.jpeg(pictures.square(read_named(cover), COVER_PICTURE))
    except pictures.PictureError as error:
        raise UsageError(f"{cover}: {error}") from error
