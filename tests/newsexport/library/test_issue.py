"""What of an issue is played, in what order, and which stories are told where."""

from dataclasses import replace
from datetime import UTC, date, datetime

from newsexport.library.entries import entry_of, latest_of
from newsexport.library.issue import (
    FileRole,
    Issue,
    IssueArticle,
    IssueFile,
    SoundPart,
    Track,
    articles_of,
    of_whole,
    parts_of,
    tracks_of,
)


def sound(name: str, kind: str = "audio/mpeg", seconds: float | None = None, part: str = "") -> IssueFile:
    return IssueFile(name, FileRole.SOUND, kind, 10, "0" * 64, seconds, part)


def issue(*files: IssueFile, stories: tuple[IssueArticle, ...] = ()) -> Issue:
    when = datetime(2026, 11, 25, tzinfo=UTC)
    return Issue("urn:uuid:1", "morning", "M", date(2026, 11, 25), when, "en", "", stories, files)


BOOK = IssueFile("a.00000000.epub", FileRole.BOOK, "application/epub+zip", 10, "0" * 64)
OPUS = sound("a.00000000.opus", "audio/ogg", 9.0)
M4B = sound("a.00000000.m4b", "audio/mp4", 9.0)
MP3 = sound("a.00000000.mp3", "audio/mpeg", 9.0)
FLAC = sound("a.00000000.flac", "audio/flac", 9.0)

HARBOUR = sound("a-1.00000000.mp3", seconds=10.0004, part="Harbour")
CULTURE = sound("a-2.00000000.mp3", seconds=None, part="Culture")
SPORT = sound("a-3.00000000.mp3", seconds=5.5, part="Sport")
CULTURE_OPUS = sound("a-2.00000000.opus", "audio/ogg", part="Culture")


def test_a_sound_of_the_whole_in_the_format_that_every_player_knows_comes_first() -> None:
    whole = issue(FLAC, BOOK, OPUS, M4B, MP3)
    assert of_whole(whole) == (MP3, M4B, OPUS, FLAC)
    assert of_whole(issue(MP3, HARBOUR), "Harbour") == (HARBOUR,)
    assert parts_of(whole) == ()
    assert tracks_of(whole) == (Track(MP3, 0.0),)
    assert (tracks_of(issue(BOOK)), parts_of(issue(BOOK))) == ((), ())


def test_parts_are_played_one_after_the_other() -> None:
    parts = issue(HARBOUR, CULTURE_OPUS, CULTURE, SPORT)
    assert [(part.title, part.sounds) for part in parts_of(parts)] == [
        ("Harbour", (HARBOUR,)),
        ("Culture", (CULTURE, CULTURE_OPUS)),
        ("Sport", (SPORT,)),
    ]
    assert tracks_of(parts) == (Track(HARBOUR, 0.0), Track(CULTURE, 10.0), Track(SPORT, 10.0))
    last = sound("a-4.00000000.mp3", seconds=1.0, part="Weather")
    assert tracks_of(issue(HARBOUR, SPORT, last))[-1] == Track(last, 15.5)


def test_a_part_called_after_a_section_tells_its_stories() -> None:
    ferry, tolls = IssueArticle("Ferry", "Harbour"), IssueArticle("Tolls", "Harbour")
    choir = IssueArticle("Choir", "Culture")
    told = parts_of(issue(CULTURE, HARBOUR, stories=(ferry, choir, tolls)))
    assert told == (SoundPart((CULTURE,), (choir,)), SoundPart((HARBOUR,), (ferry, tolls)))


def test_a_part_called_after_a_story_tells_the_next_of_that_title() -> None:
    first, second = IssueArticle("Sport", "News", words=1), IssueArticle("Sport", "News", words=2)
    other = IssueArticle("Harbour", "News")
    again = sound("a-4.00000000.mp3", part="Sport")
    told = parts_of(issue(SPORT, HARBOUR, again, CULTURE, stories=(first, other, second)))
    assert [part.stories for part in told] == [(first,), (other,), (second,), ()]


def test_the_newest_of_every_format_is_at_an_address_that_stays() -> None:
    def made(name: str, role: FileRole) -> IssueFile:
        return IssueFile(name, role, "application/octet-stream", 10, "0" * 64)

    aloud, kobo = (replace(BOOK, name=f"a.00000000.{kind}.epub") for kind in ("readaloud", "kepub"))
    data, other = made("a.00000000.json", FileRole.EDITION), made("a.00000000.zine", FileRole.OTHER)
    beside = [made("a.00000000.vtt", FileRole.TRANSCRIPT), made("a.00000000.jpg", FileRole.COVER)]
    old = replace(issue(MP3, BOOK, made("a.00000000.txt", FileRole.TEXT)), issued=date(2026, 11, 24))
    new = issue(BOOK, aloud, kobo, data, other, HARBOUR, *beside)
    latest = latest_of([entry_of(new, ""), entry_of(old, "")])
    assert {path: int(file.split("/")[1][-2:]) for path, file in latest.items()} == {
        "morning/latest.epub": 25,
        "morning/latest.readaloud.epub": 25,
        "morning/latest.kepub.epub": 25,
        "morning/latest.json": 25,
        "morning/latest.zine": 25,
        "morning/latest.mp3": 24,
        "morning/latest.txt": 24,
    }
    assert latest["morning/latest.epub"] == f"morning/2026-11-25/{BOOK.name}"
    assert latest_of([entry_of(issue(HARBOUR, replace(BOOK, name="no-hash")), "")]) == {}


def test_articles_are_known_by_their_numbers_beside_a_whole_and_without() -> None:
    stories = tuple(IssueArticle(title) for title in ("Weather", "Weather", "Choir"))
    alone = [
        replace(sound(f"a-{number}.00000000.mp3", part=stories[number - 1].title), article=number)
        for number in (3, 2)
    ]
    for files in ((MP3, *alone), alone):
        made = issue(*files, stories=stories)
        assert [(number, part.stories, part.sounds) for number, part in articles_of(made)] == [
            (2, stories[1:2], (alone[1],)),
            (3, stories[2:], (alone[0],)),
        ]
    assert parts_of(issue(MP3, *alone, stories=stories)) == ()
    assert [part.stories for part in parts_of(issue(*alone, stories=stories))] == [stories[1:2], stories[2:]]
    assert of_whole(issue(*alone, stories=stories), "Choir") == (), "an article is no section of its name"
    beyond = replace(alone[0], article=9)
    assert articles_of(issue(beyond, stories=stories)) == ()
    assert len(parts_of(issue(beyond, stories=stories))) == 1, (
        "what a manifest numbers wrongly is played still"
    )
