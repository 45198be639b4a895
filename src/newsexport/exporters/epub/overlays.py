"""Media overlays: when each sentence of a book is heard (EPUB 3.3, section 9).

One sound an article, of its passages as they were recorded; what is said before it (the title of
the edition, the name of a section) goes with it. Every moment of a sound belongs to one clip: each
lasts until the next begins, so what is said and printed nowhere is heard with what stands before it.

Readers turn pages that have no overlay without a pause, or stop at them. So every page has one; of
what says nothing it is a moment of the silence that ends a sound: players stop late, and nothing
follows there.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import BinaryIO

from newsexport.audio import mp3
from newsexport.exporters.epub.contents import FRONT, ArticleEntry, Layout, SectionEntry
from newsexport.exporters.epub.package import clock
from newsexport.exporters.epub.pages import HEARD
from newsexport.model import Edition
from newsexport.narration.following import heard_id
from newsexport.narration.parting import Split, parted
from newsexport.narration.script import Level, Passage
from newsexport.narration.timeline import Cue, Onset, Placed, assemble, onsets

# Milliseconds for which a page is shown that says nothing.
SILENT = 40

# Milliseconds that a word is marked at least; a shorter one is marked with the word before it.
SHORTEST = 40


def sound_file(number: int) -> str:
    """The name of the file in which an article is heard."""
    return f"sound{number:04}.mp3"


def overlay_file(page: str) -> str:
    """The name of the file that tells how a page is heard."""
    return f"overlay-{page.removesuffix('.xhtml')}.smil"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is heard of one article and of what leads to it; its frames begin at byte `begin` of all."""

    placed: tuple[Placed, ...]
    begin: int

    @property
    def size(self) -> int:
        """Bytes of its frames."""
        return sum(one.size for one in self.placed)

    def heard(self, rate: int) -> list[tuple[Passage, Cue]]:
        """Every sentence with its passage, in order; samples count from the beginning of the sound."""
        passages = [one.passage for one in self.placed for _ in one.passage.utterances]
        return list(zip(passages, assemble(self.placed, rate, "", 0).cues, strict=True))


@dataclass(frozen=True, slots=True)
class Recital:
    """The sound of an edition: coded frames, and what is heard of each article by its number.

    With `words` each word is shown for itself, where the voice tells when it says it.
    """

    form: mp3.Format
    frames: BinaryIO = field(repr=False)
    readings: Mapping[int, Reading]
    words: bool = False

    @property
    def narrators(self) -> tuple[str, ...]:
        """Whose voices are heard, in order."""
        voices = (one.voice for reading in self.readings.values() for one in reading.placed)
        return tuple(dict.fromkeys(filter(None, voices)))

    def sentences(self, number: int) -> tuple[tuple[str, ...], ...]:
        """The sentences of an article as they are printed, in pieces; none where it is not heard."""
        heard = self.readings[number].heard(self.form.rate) if number in self.readings else ()
        return tuple(self._pieces(cue) for passage, cue in heard if passage.article)

    def _pieces(self, cue: Cue) -> tuple[str, ...]:
        printed = cue.utterance.printed
        begins = [0, *(onset.offset for onset in self.onsets(cue)), len(printed)]
        return tuple(printed[begin:end] for begin, end in pairwise(begins))

    def onsets(self, cue: Cue) -> list[Onset]:
        """Where the pieces of a sentence behind its first begin to be heard, if they are told apart."""
        if not self.words:
            return []
        apart = SHORTEST * self.form.rate // 1000
        found: list[Onset] = []
        for onset in onsets(cue, cue.utterance.printed):
            before = found[-1].sample if found else cue.first
            if onset.offset and onset.sample >= before + apart:
                found.append(onset)
        return found

    def sound(self, number: int) -> bytes:
        """The MP3 of an article. Raises `MP3Error` if it is more than one can hold."""
        reading = self.readings[number]
        self.frames.seek(reading.begin)
        frames = self.frames.read(reading.size)
        return mp3.info_frame(self.form, self.form.count(frames), len(frames)) + frames

    def laid_out(self, layout: Layout) -> Layout:
        """The layout with the bytes of its sound, so that large books are parted.

        It is another book than the plain one, and takes another place on a shelf.
        """
        return replace(
            layout,
            identity=str(uuid.uuid5(uuid.UUID(layout.identity), "read aloud")),
            chapters=tuple(
                replace(chapter, entries=tuple(map(self._weighed, chapter.entries)))
                for chapter in layout.chapters
            ),
        )

    def _weighed(self, entry: ArticleEntry) -> ArticleEntry:
        size = self.readings[entry.number].size if entry.number in self.readings else 0
        return replace(entry, measured=replace(entry.measured, weight=entry.weight + size))


def recital(
    edition: Edition, placed: Iterable[Placed], form: mp3.Format, frames: BinaryIO, *, words: bool = False
) -> Recital:
    """What was recorded of an edition, article by article."""
    articles = enumerate(edition.articles(), 1)
    parts = [(part, part.article) for part in parted(tuple(placed), Split.ARTICLE, edition.title)]
    readings = {
        next(number for number, article in articles if article is own): Reading(part.placed, part.begin)
        for part, own in parts
        if own is not None
    }
    return Recital(form, frames, readings, words)


@dataclass(frozen=True, slots=True)
class Clip:
    """The milliseconds of a sound in which a place in the book is heard, the last `quiet` of them silent."""

    text: str
    sound: str
    begin: int
    end: int
    quiet: int = 0


def clips_of(layout: Layout, recital: Recital, spine: Mapping[str, Sequence[str]]) -> dict[str, list[Clip]]:
    """The clips of each page, of those in the `spine` with the ids that are on each, in order."""
    found: dict[str, list[Clip]] = {page: [] for page in spine}
    for chapter in layout.chapters:
        for entry in chapter.entries:
            if reading := recital.readings.get(entry.number):
                for clip in _clips(reading, recital, _Places(chapter, entry, spine)):
                    found[clip.text.partition("#")[0]].append(clip)
    _fill(found, spine)
    return {page: clips for page, clips in found.items() if clips}


@dataclass(frozen=True, slots=True)
class _Places:
    """Where in the book something is seen while it is heard."""

    chapter: SectionEntry
    entry: ArticleEntry
    spine: Mapping[str, Sequence[str]]

    def announced(self, passage: Passage) -> str:
        """Of an announcement: the page of the section, or the title page."""
        if any(opening.level == Level.SECTION for opening in passage.openings):
            return _titled(self.chapter.file or self.entry.file, self.spine)
        return _titled(FRONT, self.spine)

    def sentences(self) -> dict[str, str]:
        """Of the sentences of the article, by their ids."""
        return {name: f"{page}#{name}" for page in self.entry.files for name in self.spine[page]}


def _titled(page: str, spine: Mapping[str, Sequence[str]]) -> str:
    return f"{page}#{HEARD}" if HEARD in spine[page] else page


def _clips(reading: Reading, recital: Recital, places: _Places) -> Iterator[Clip]:
    """The clips of a sound, from its beginning to its end, in order."""
    form, marks = recital.form, list[tuple[str, int]]()
    named, number, before = places.sentences(), 0, 0
    for passage, cue in reading.heard(form.rate):
        begin = (before + cue.first) // 2 if marks else 0
        before = cue.last
        if passage.article is None:
            place = places.announced(passage)
        else:
            place = named.get(heard_id(number), "")
            number += 1
        if place and (not marks or marks[-1][0] != place):
            marks.append((place, begin))
        if place and passage.article:
            for word, onset in enumerate(recital.onsets(cue), 1):
                if place := named.get(heard_id(number - 1, word), ""):
                    marks.append((place, onset.sample))
    marks = marks or [(_titled(places.entry.file, places.spine), 0)]
    length = sum(one.length for one in reading.placed) - form.delay
    ends = [*(begin for _, begin in marks[1:]), length]
    for (place, *times), end in zip(marks, ends, strict=True):
        begin, until, quiet = (at * 1000 // form.rate for at in (*times, end, max(0, end - before)))
        yield Clip(place, sound_file(places.entry.number), begin, until, quiet)


def _fill(found: dict[str, list[Clip]], spine: Mapping[str, Sequence[str]]) -> None:
    """Give pages without a clip a moment at the end of the sound that is heard next, or was last."""
    ends = {clips[-1].sound: page for page, clips in found.items() if clips}
    sound = next(reversed(ends), "")
    silent: dict[str, list[str]] = {}
    for page in reversed(tuple(spine)):
        if found[page]:
            sound = found[page][0].sound
        elif sound:
            silent.setdefault(sound, []).insert(0, page)
    for name, pages in silent.items():
        last = found[ends[name]][-1]
        edges = _edges(last, len(pages))
        found[ends[name]][-1] = replace(last, end=edges[0])
        for page, (begin, end) in zip(pages, pairwise(edges), strict=False):
            found[page].append(Clip(_titled(page, spine), name, begin, end))


def _edges(clip: Clip, count: int) -> list[int]:
    """Where so many moments at the end of a clip begin and end; fewer where it has no room."""
    each = max(1, min(SILENT, clip.quiet // (count + 1)))
    room = min(count, (clip.end - clip.begin) // (2 * each))
    return [clip.end - left * each for left in range(room, -1, -1)]


def smil(page: str, clips: Sequence[Clip]) -> bytes:
    """The overlay of a page."""
    pars = "\n".join(
        f'<par id="p{number}"><text src="{clip.text}"/><audio src="{clip.sound}" '
        f'clipBegin="{clock(clip.begin)}" clipEnd="{clock(clip.end)}"/></par>'
        for number, clip in enumerate(clips, 1)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">\n'
        f'<body>\n<seq id="all" epub:textref="{page}">\n{pars}\n</seq>\n</body>\n</smil>\n'
    ).encode()
