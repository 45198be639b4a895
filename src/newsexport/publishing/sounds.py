"""The sounds of an issue: one of the whole, in some formats, or a file for each of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsexport.library.issue import FileRole, Issue, IssueArticle, IssueFile

# What players know best comes first.
KNOWN = ("audio/mpeg", "audio/mp4", "audio/ogg")


@dataclass(frozen=True, slots=True)
class SoundPart:
    """A part of a sound, in one format or more, and the stories that are told in it."""

    sounds: tuple[IssueFile, ...]
    stories: tuple[IssueArticle, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.sounds[0].part


@dataclass(frozen=True, slots=True)
class Track:
    """A file that is played, and the second at which it begins when all of an issue are played."""

    file: IssueFile
    begin: float


def of_whole(issue: Issue, section: str = "") -> tuple[IssueFile, ...]:
    """The sounds of the whole issue, or of the section; the one that every player knows first."""
    return _best_first([file for file in issue.of(FileRole.SOUND) if file.part == section])


def parts_of(issue: Issue) -> tuple[SoundPart, ...]:
    """The parts of a sound that was published in parts alone; none where there is one of the whole."""
    if of_whole(issue):
        return ()
    stems: dict[str, list[IssueFile]] = {}
    for file in issue.of(FileRole.SOUND):
        stems.setdefault(file.stem, []).append(file)
    sounds = [_best_first(files) for files in stems.values()]
    return tuple(map(SoundPart, sounds, _told(issue.stories, [files[0].part for files in sounds])))


def tracks_of(issue: Issue) -> tuple[Track, ...]:
    """What is played one after the other to hear the whole issue; nothing where there is no sound."""
    whole = of_whole(issue)
    if whole:
        return (Track(whole[0], 0.0),)
    tracks, begin = [], 0.0
    for part in parts_of(issue):
        tracks.append(Track(part.sounds[0], begin))
        begin = round(begin + (part.sounds[0].seconds or 0.0), 3)
    return tuple(tracks)


def _told(stories: Sequence[IssueArticle], titles: Sequence[str]) -> list[tuple[IssueArticle, ...]]:
    """The stories of each part: those of the section it is called after, or else the next of its title."""
    sections = {story.section for story in stories}
    if set(titles) <= sections:
        return [tuple(story for story in stories if story.section == title) for title in titles]
    left = list(stories)
    told: list[tuple[IssueArticle, ...]] = []
    for title in titles:
        one = next((story for story in left if story.title == title), None)
        if one:
            left.remove(one)
        told.append((one,) if one else ())
    return told


def _best_first(files: Sequence[IssueFile]) -> tuple[IssueFile, ...]:
    return tuple(sorted(files, key=lambda file: KNOWN.index(file.type) if file.type in KNOWN else len(KNOWN)))
