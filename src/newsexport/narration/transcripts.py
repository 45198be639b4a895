"""The timeline as transcripts: WebVTT (by sentences or words), SubRip, Podcasting 2.0 JSON, and text.

Each is a pure function of the timeline. What is printed is shown, not what is spoken:
"$4.5bn", not "four point five billion dollars". Samples become milliseconds here and
nowhere before, so that no cue overlaps the next and none goes back in time.

Sources: W3C WebVTT: The Web Video Text Tracks Format; the SubRip format as Podcasting 2.0
describes it; Podcasting 2.0, podcast:transcript, "JSON Format", version 1.0.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import assert_never

from newsexport.narration.timeline import Chapter, Cue, Timeline, onsets
from newsexport.speech import Role
from newsexport.text.counting import columns as width

# Sentences cut into what fits under a picture: two lines, each as long as an eye takes in.
#
# A sentence that is longer is shown in several captions one after the other, each for the
# share of the sentence's time that its text has of the sentence.
#
# Source of the measures: BBC Subtitle Guidelines 1.2 and Netflix's Timed Text Style Guide
# (two lines; 42 columns, half as many in scripts whose letters are as wide as high).

COLUMNS, LINES = 42, 2

# What a line does not begin with (the commonest of JIS X 4051 and of CLREQ).
CLOSING = frozenset("、。，．,.!?:;！？：；」』）)】〉》]}”’…ー々〜％%")
OPENING = frozenset("「『（([{【〈《“‘")

# White space at which a line may end, and what cannot be shown; the spaces inside "5 km" are neither.
GAP = re.compile(r"[^\S\u00a0\u2007\u202f]|[\x00-\x1f\x7f]")
WORD = re.compile(r"[^ ]+ ?")


@dataclass(frozen=True, slots=True)
class Caption:
    """Lines that are seen together, from sample `first` up to, not including, `last`."""

    lines: tuple[str, ...]
    first: int
    last: int


def captions(cue: Cue, columns: int = COLUMNS) -> Iterator[Caption]:
    """What is shown while an utterance is heard; nothing when it prints nothing.

    All text of the utterance is there, in order; only white space at the ends of lines
    is not.
    """
    lines = balanced(cue.utterance.printed, columns)
    shown = [tuple(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]
    sizes = [sum(map(width, page)) or 1 for page in shown]
    total, span = sum(sizes), cue.last - cue.first
    bounds = [cue.first + span * sum(sizes[:number]) // total for number in range(len(shown) + 1) if total]
    for page, (first, last) in zip(shown, pairwise(bounds), strict=False):
        yield Caption(page, first, last)


def one_line(text: str) -> str:
    """The text with a single space for each gap, and none around it."""
    return " ".join(filter(None, GAP.split(text))).strip()


def balanced(text: str, columns: int) -> list[str]:
    """The fewest lines of at most `columns`, about equally long; none of an empty text."""
    pieces = list(_pieces(text, columns))
    lines = _filled(pieces, columns)
    for narrower in range(columns - 1, 0, -1):
        tried = _filled(pieces, narrower)
        if len(tried) > len(lines) or any(width(line) > narrower for line in tried):
            break
        lines = tried
    return lines


def _filled(pieces: Sequence[str], columns: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and width((line + piece).rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, columns: int) -> Iterator[str]:
    """What must stay together: words with the space after them, and single wide letters."""
    for word in WORD.findall(one_line(text)):
        begin = 0
        for at in range(1, len(word)):
            if _may_part(word, at) or (
                width(word[begin : at + 1].rstrip()) > columns and width(word[at]) > 0
            ):
                yield word[begin:at]
                begin = at
        yield word[begin:]


def _may_part(word: str, at: int) -> bool:
    """Whether a line may end inside a word, before its letter `at`: beside a wide letter."""
    before, after = word[at - 1], word[at]
    if after in CLOSING or after.isspace() or before in OPENING or not width(after):
        return False
    return 2 in {width(before), width(after)} and before != "\u200d"


JSON_VERSION = "1.0.0"


class Transcript(StrEnum):
    """A kind of transcript."""

    VTT = "vtt"
    SRT = "srt"
    JSON = "json"
    TEXT = "text"
    WORDS = "words"

    @property
    def suffix(self) -> str:
        """The end of its file's name; one that no export of the edition itself has."""
        match self:
            case Transcript.VTT | Transcript.SRT:
                return f".{self}"
            case Transcript.JSON:
                return ".transcript.json"
            case Transcript.TEXT:
                return ".transcript.txt"
            case Transcript.WORDS:
                return ".words.vtt"
            case _:
                assert_never(self)


def transcript(kind: Transcript, timeline: Timeline) -> str:
    """The whole text of a transcript of that kind."""
    match kind:
        case Transcript.VTT:
            return webvtt(timeline)
        case Transcript.SRT:
            return subrip(timeline)
        case Transcript.JSON:
            return podcast_json(timeline)
        case Transcript.TEXT:
            return timed_text(timeline)
        case Transcript.WORDS:
            return webvtt(timeline, words=True)
        case _:
            assert_never(kind)


def webvtt(timeline: Timeline, *, words: bool = False) -> str:
    """A cue a sentence with its speaker; a note where a chapter begins.

    Sentences in another language than the first are marked with it, for the voice or the
    font of whoever shows them. Players break the lines. With `words` the time stands before
    each word whose time is known (WebVTT 4.2.2, cue timestamps), for players that follow.
    """
    cues = [cue for cue in timeline.cues if _shown(cue)]
    main = cues[0].utterance.language if cues else ""
    blocks = ["WEBVTT"]
    opened = iter(timeline.chapters)
    chapter = next(opened, None)
    for cue, (begin, end) in zip(cues, _times(cues, timeline), strict=True):
        while chapter and chapter.first <= cue.first:
            blocks.append(f"NOTE {_chapter_note(chapter)}")
            chapter = next(opened, None)
        text = _timed(cue, timeline, begin, end) if words else _escaped(_shown(cue))
        blocks.append(f"{_clock(begin)} --> {_clock(end)}\n{_voiced(cue, text, main)}")
    return "\n\n".join(blocks) + "\n"


def _chapter_note(chapter: Chapter) -> str:
    # a note with an arrow in it would be read as a cue
    return f"Chapter: {one_line(chapter.title)}".replace("-->", "→")


def _voiced(cue: Cue, text: str, main: str) -> str:
    if cue.utterance.language != main:
        text = f"<lang {cue.utterance.language}>{text}</lang>"
    return f"<v {speaker(cue.utterance.role)}>{text}"


def _timed(cue: Cue, timeline: Timeline, begin: int, end: int) -> str:
    """The text with the times of its words; each after the last and within the cue, as WebVTT asks."""
    text, done, pieces = _shown(cue), 0, list[str]()
    for offset, at in _onsets(cue, timeline, begin, end):
        pieces.append(f"{_escaped(text[done:offset])}<{_clock(at)}>")
        done = offset
    return "".join(pieces) + _escaped(text[done:])


def _onsets(cue: Cue, timeline: Timeline, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Where in what is shown words begin, and the millisecond at which each is heard, all within the cue."""
    before = begin
    for onset in onsets(cue, _shown(cue)):
        at = timeline.milliseconds(onset.sample)
        if before < at < end:
            yield onset.offset, at
            before = at


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def subrip(timeline: Timeline) -> str:
    """Captions of at most two lines of 42 columns; long sentences take several."""
    shown = [caption for cue in timeline.cues for caption in captions(cue)]
    blocks = (
        f"{number}\n{_clock(begin, ',')} --> {_clock(end, ',')}\n{_unarrowed(caption.lines)}\n"
        for number, (caption, (begin, end)) in enumerate(
            zip(shown, _times(shown, timeline), strict=True), start=1
        )
    )
    return "\n".join(blocks)


def _unarrowed(lines: Iterable[str]) -> str:
    # SubRip cannot escape anything, and readers look for the arrow to find the next time
    return "\n".join(one_line(line).replace("-->", "→") for line in lines)


def podcast_json(timeline: Timeline) -> str:
    """A segment a sentence, a line each; times in seconds.

    `words` is ours, and apps pass over it: for each word whose time is known its offset in the body and when
    it begins, both ascending.
    """
    cues = [cue for cue in timeline.cues if _shown(cue)]
    segments = (
        {
            "startTime": begin / 1000,
            "endTime": end / 1000,
            "speaker": speaker(cue.utterance.role),
            "body": _shown(cue),
        }
        | _words(cue, timeline, begin, end)
        for cue, (begin, end) in zip(cues, _times(cues, timeline), strict=True)
    )
    lines = ",\n".join(json.dumps(segment, ensure_ascii=False) for segment in segments)
    return f'{{"version": "{JSON_VERSION}", "segments": [\n{lines}\n]}}\n'


def _words(cue: Cue, timeline: Timeline, begin: int, end: int) -> dict[str, list[tuple[int, float]]]:
    found = [(offset, at / 1000) for offset, at in _onsets(cue, timeline, begin, end)]
    return {"words": found} if found else {}


def timed_text(timeline: Timeline) -> str:
    """A line a sentence, the time before it; an empty line where a chapter begins."""
    cues = [cue for cue in timeline.cues if _shown(cue)]
    starts = [chapter.first for chapter in timeline.chapters if chapter.first]
    lines: list[str] = []
    for cue, (begin, _) in zip(cues, _times(cues, timeline), strict=True):
        if starts and starts[0] <= cue.first:
            starts = [start for start in starts if start > cue.first]
            lines.append("")
        lines.append(f"{_clock(begin)}  {_shown(cue)}")
    return "".join(f"{line}\n" for line in lines)


def speaker(role: Role) -> str:
    """How a transcript calls who speaks."""
    return str(role).replace("_", " ").capitalize()


def _shown(cue: Cue) -> str:
    return one_line(cue.utterance.printed)


def _times(spans: Iterable[Cue | Caption], timeline: Timeline) -> Iterator[tuple[int, int]]:
    """Begin and end of each in whole milliseconds: at least one long, none before the last has ended."""
    before = 0
    for span in spans:
        begin = max(before, timeline.milliseconds(span.first))
        before = max(begin + 1, timeline.milliseconds(span.last))
        yield begin, before


def _clock(milliseconds: int, point: str = ".") -> str:
    """``01:02:03.456``; the hours as many digits as they need."""
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{thousandths:03}"
