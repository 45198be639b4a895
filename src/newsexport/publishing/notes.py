"""Show notes: what is in an issue and when, as HTML and as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from newsexport.library.issue import Issue, IssueArticle, Paper
from newsexport.library.timetable import DAYS
from newsexport.publishing.xml import plain
from newsexport.text.addresses import is_web, site_of
from newsexport.text.dates import dateline
from newsexport.text.languages import language_tag, primary
from newsexport.text.plaintext import storable
from newsexport.text.wording import direction, wording

# What is spoken where nobody says what.
ENGLISH = "en"


def shared_language(papers: Iterable[Paper]) -> str:
    """The language of all papers: what their tags have in common, English if that is nothing."""
    tags = {language_tag(paper.language, ENGLISH) for paper in papers} or {ENGLISH}
    languages = {primary(tag) for tag in tags}
    shared = tags if len(tags) == 1 else languages
    return shared.pop() if len(shared) == 1 else ENGLISH


# What issues are called, when they come out, and times within them.


def dated_title(issue: Issue) -> str:
    """The title of an issue with its date, by which issues of one paper are told apart."""
    dated = dateline(issue.issued, issue.language)
    return issue.title if dated in issue.title else f"{issue.title}{wording(issue.language).comma}{dated}"


def sorting_title(issue: Issue) -> str:
    """The title of an issue before its date in figures: what is called so is in order wherever it lies.

    KOReader and others name what they fetch from a catalogue by author and title.
    """
    dated = issue.issued.isoformat()
    return issue.title if dated in issue.title else f"{issue.title} {dated}"


def days_named(days: Sequence[str], language: str) -> str:
    """``Monday, Thursday`` or ``Daily``; nothing where we do not know the names of days."""
    words = wording(language)
    if not words.speaks(language):
        return ""
    if tuple(days) == DAYS:
        return words.page.daily
    return words.comma.join(words.calendar.weekdays[DAYS.index(day)] for day in days)


def clock(seconds: float) -> str:
    """``01:02:03``, as apps find times in show notes; what is less than a second is left out."""
    minutes, whole = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{whole:02}"


# Apple Podcasts and Spotify take chapters from show notes, and Spotify from the feed, on conditions: the
# first begins at 0, there are three or more, in order, each on a line of its own that is its time and then
# its title as plain text (podcasters.apple.com/support/5482, "Creating and managing chapters" in Spotify's
# help for creators). What is said before the first story is therefore a chapter, and a title is no link.

# Apple Podcasts shows 4,000 characters of a description, and refuses more.
LONGEST_TEXT = 3900


def from_the_beginning(stories: Sequence[IssueArticle], title: str) -> tuple[IssueArticle, ...]:
    """The stories, and before them what is heard from second 0 on: the first section, or else `title`.

    Nothing is added where no story has a time, or where one begins so early that both would be told of
    the same second; that begins at 0 then.
    """
    heard = [story for story in stories if story.start is not None]
    if not heard:
        return tuple(stories)
    if (heard[0].start or 0.0) >= 1:
        section = stories[0].section
        return (IssueArticle(section or title, section, start=0.0), *stories)
    return tuple(replace(story, start=0.0) if story is heard[0] else story for story in stories)


def notes_html(stories: Iterable[IssueArticle], language: str) -> str:
    """Stories under their sections: time and title on a line, then summary, tags, link; all is escaped."""
    listed = _with_voices(stories)
    told = "".join(
        _section(title, list(inside)) for title, inside in groupby(listed, lambda one: one.section)
    )
    return f'<div dir="rtl">{told}</div>' if direction(language) == "rtl" else told


def _section(title: str, stories: list[IssueArticle]) -> str:
    heading = f"<h3>{_text(title)}</h3>" if title else ""
    return f"{heading}<ul>{''.join(map(_item, stories))}</ul>"


def _item(story: IssueArticle) -> str:
    time = f"({clock(story.start)}) " if story.start is not None else ""
    lines = [f"{time}{_text(story.title)}", _text(story.summary), *map(escape, map(storable, _signed(story)))]
    if story.url and is_web(story.url):
        lines.append(f'<a href="{_text(story.url)}">{_text(site_of(story.url))}</a>')
    return f"<li>{'<br>'.join(filter(None, lines))}</li>"


def _with_voices(stories: Iterable[IssueArticle]) -> list[IssueArticle]:
    """The stories, with their voices only where there are several."""
    listed = list(stories)
    several = len({story.voice for story in listed if story.voice}) > 1
    return listed if several else [replace(story, voice="") if story.voice else story for story in listed]


def _signed(story: IssueArticle) -> Iterator[str]:
    """Lines on who speaks, its first day and its tags, with signs in the place of words of a language."""
    if story.voice:
        yield f"\N{STUDIO MICROPHONE}\u00a0{story.voice}"
    if story.again:
        yield f"\N{ANTICLOCKWISE OPEN CIRCLE ARROW}\u00a0{story.again.isoformat()}"
    if tags := " ".join(", ".join(story.tags).split()):
        yield f"\N{LABEL}\u00a0{tags}"


def _text(text: str) -> str:
    return escape(storable(" ".join(text.split())))


def notes_text(stories: Iterable[IssueArticle], longest: int = LONGEST_TEXT, *, timed: bool = True) -> str:
    """A line a story, perhaps with its time, perhaps one with its voice; as many as fit."""
    return "\n".join(_fitting(_lines(_with_voices(stories), timed=timed), longest))


def _lines(stories: Iterable[IssueArticle], *, timed: bool) -> Iterator[str]:
    for story in stories:
        time = f"({clock(story.start)}) " if timed and story.start is not None else ""
        yield f"{time}{plain(story.title)}"
        yield from _signed(story)


def _fitting(lines: Iterable[str], longest: int) -> Iterator[str]:
    left = longest
    for line in lines:
        left -= len(line.encode("utf-8", "replace")) + 1
        if left < 2:
            yield "…"
            return
        yield line
