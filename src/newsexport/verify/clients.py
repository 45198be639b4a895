"""What podcast apps make of the chapters in an ID3 tag.

No app publishes what it needs. What stands here is what people found out who made files
for them, and what the open ones do in their code; each rule names its source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote, unquote_plus

from epubpreflight import Fault, Severity
from newsexport.text.counting import counted
from newsexport.verify.finding import clock
from newsexport.verify.id3 import FoundChapter, FoundTag

# From this size on a number of seven bits a byte (ID3v2.4) differs from one of eight.
SEVEN_BITS = 128

# A table of contents counts its entries in one byte.
MOST_IN_TABLE = 255

# Bytes of a picture that is more than a phone shows at the size of a chapter's.
LARGE_PICTURE = 200_000

# AntennaPod reads no longer name of an element (ChapterReader.java).
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Showing:
    """What one client, or a family with the same reader, shows: chapters in its order, or why none."""

    client: str
    chapters: tuple[FoundChapter, ...]
    reason: str = ""

    def __str__(self) -> str:
        if not self.chapters:
            return f"no chapters: {self.reason}" if self.reason else "no chapters"
        told = [counted(len(self.chapters), "chapter")]
        for kind, count in (
            ("picture", sum(chapter.picture > 0 for chapter in self.chapters)),
            ("link", sum(bool(chapter.url) for chapter in self.chapters)),
        ):
            told += [counted(count, kind)] if count else []
        return ", ".join(told)


def showings(tag: FoundTag) -> tuple[Showing, ...]:
    """What each client family shows of the chapters in a tag."""
    return tuple(
        Showing(client, () if (reason := why_none(tag)) else which(tag), reason)
        for client, why_none, which in CLIENTS
    )


def client_faults(tag: FoundTag) -> Iterator[Fault]:
    """Chapters that are in the tag and that a client does not show, or shows wrongly."""
    if not tag.chapters:
        return
    for showing in showings(tag):
        if not showing.chapters:
            reason = showing.reason or "none is in the table of contents"
            yield Fault(
                "chapters-not-shown", showing.client, f"shows no chapters: {reason}", Severity.SHOWN_WRONG
            )
            continue
        if len(showing.chapters) < len(tag.chapters):
            hidden = len(tag.chapters) - len(showing.chapters)
            words = f"leaves out {counted(hidden, 'chapter')} of {len(tag.chapters)}"
            yield Fault("chapters-left-out", showing.client, words, Severity.SHOWN_WRONG)
        if any(one.start > other.start for one, other in pairwise(showing.chapters)):
            words = "shows the chapters in the order of the file, which is not that of their times"
            yield Fault("chapters-unsorted", showing.client, words, Severity.SHOWN_WRONG)
    yield from _advice(tag)


def _advice(tag: FoundTag) -> Iterator[Fault]:
    """What is shown, and could be shown better."""
    if len(tag.chapters) > MOST_IN_TABLE:
        words = (
            f"{len(tag.chapters)} chapters; a table of contents lists {MOST_IN_TABLE}, and some apps read one"
        )
        yield Fault("chapters-many", "", words, Severity.ADVICE)
    large = [chapter for chapter in tag.chapters if chapter.picture > LARGE_PICTURE]
    if large:
        words = f"{counted(len(large), 'chapter picture')} beyond {LARGE_PICTURE // 1000} kB, the first at"
        yield Fault("picture-large", "", f"{words} {clock(large[0].start)}", Severity.ADVICE)
    if not tag.pictures and any(chapter.picture for chapter in tag.chapters):
        words = (
            "shows no picture between those of chapters, and on the lock screen none: the file has no cover"
        )
        yield Fault("cover-missing", "Pocket Casts", words, Severity.SHOWN_WRONG)
    changed = [
        chapter for chapter in tag.chapters if unquote(unquote_plus(chapter.url)) != unquote(chapter.url)
    ]
    if changed:
        words = f"opens another address than that of the chapter at {clock(changed[0].start)}: it decodes it"
        yield Fault("link-decoded", "AntennaPod", words, Severity.ADVICE)
    if any(not chapter.url.isascii() for chapter in tag.chapters):
        words = "the link of a chapter has letters that are not percent-encoded"
        yield Fault("link-not-encoded", "", words, Severity.ADVICE)


def _listed(tag: FoundTag) -> tuple[FoundChapter, ...]:
    """The chapters that the top table leads to, itself or by tables below it; each once."""
    tables = {table.element: table for table in tag.tables}
    reached: set[str] = set()
    waiting = [table.element for table in tag.tables if table.top]
    while waiting:
        element = waiting.pop()
        if element not in reached:
            reached.add(element)
            waiting += tables[element].children if element in tables else ()
    return tuple(chapter for chapter in _in_order_of_time(tag) if chapter.element in reached)


def _in_order_of_time(tag: FoundTag) -> tuple[FoundChapter, ...]:
    return tuple(sorted(tag.chapters, key=lambda chapter: chapter.start))


def _read_by_ffmpeg(tag: FoundTag) -> tuple[FoundChapter, ...]:
    """In the order of the file, without those it misreads: libavformat, id3v2.c, measured with FFmpeg 8."""
    return tuple(chapter for chapter in tag.chapters if tag.version == 3 or chapter.longest < SEVEN_BITS)


def _without_table(tag: FoundTag) -> str:
    """mp3chaps issue 5, eyeD3 issue 444 (Apple); node-id3 issue 87 (Overcast)."""
    if not tag.chapters or any(table.top for table in tag.tables):
        return ""
    return "it wants a table of contents at the top level"


def _long_in_seven_bits(tag: FoundTag) -> str:
    """radio-t-site pull request 211, mutagen issue 510: titles of 52 letters and more."""
    if tag.version == 4 and any(chapter.size >= SEVEN_BITS for chapter in tag.chapters):
        return "it misreads ID3v2.4 where a chapter takes 128 bytes or more; ID3v2.3 is safe"
    return ""


def _long_part_in_seven_bits(tag: FoundTag) -> str:
    if not tag.chapters or _read_by_ffmpeg(tag):
        return ""
    return "it misreads ID3v2.4 where a title, link or picture takes 128 bytes or more; ID3v2.3 is safe"


def _apple(tag: FoundTag) -> str:
    return _without_table(tag) or _long_in_seven_bits(tag)


def _antennapod(tag: FoundTag) -> str:
    """ID3Reader.java undoes no unsynchronisation; ChapterReader.java."""
    if tag.chapters and tag.unsynchronised:
        return "it does not read unsynchronised tags"
    if any(len(chapter.element) > LONGEST_NAME for chapter in tag.chapters):
        return "it does not read names of chapters beyond 100 letters"
    return ""


CLIENTS: tuple[tuple[str, Callable[[FoundTag], str], Callable[[FoundTag], tuple[FoundChapter, ...]]], ...] = (
    ("Apple Podcasts", _apple, _listed),
    ("Overcast", _without_table, _listed),
    ("Pocket Casts", _long_in_seven_bits, _in_order_of_time),
    ("AntennaPod", _antennapod, _in_order_of_time),
    ("mpv, audiobookshelf", _long_part_in_seven_bits, _read_by_ffmpeg),
)
