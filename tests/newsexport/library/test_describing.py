from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from mutagen.mp3 import MP3
from tests.newsexport.library.publishing_run import MORNING, NOW

from newsexport.errors import ExportError, OutputError, UsageError
from newsexport.exporters.audio.exporter import AudioExporter
from newsexport.exporters.json import JsonExporter
from newsexport.job import Job
from newsexport.library.describing import Draft, describe, kind_of
from newsexport.library.issue import (
    FileRole,
    Issue,
    IssueArticle,
    IssueFile,
    articles_of,
    issue_id,
    of_whole,
)
from newsexport.library.manifest import issue_json, read_issue
from newsexport.model import Article, Edition, Figure, Mark, Paragraph, Section, Span
from newsexport.narration.parting import Split
from newsexport.narration.transcripts import Transcript
from newsexport.pipeline import export

LONG = "The ferry sails again, as it did before the storm, and everyone is glad of it. " * 12


def edition(*, same: bool = False) -> Edition:
    titles = ("The ferry is back", "Herring is dearer", "The ferry is back" if same else "Choir sings")
    articles = [
        Article(title, (Paragraph((Span(LONG),)),), url=f"https://oldhaven.example/{number}")
        for number, title in enumerate(titles)
    ]
    sections = (Section("Harbour", tuple(articles[:2])), Section("Culture", tuple(articles[2:])))
    return Edition("The Oldhaven Morning", date(2026, 11, 25), "en", sections)


def exported(folder: Path, made: Edition, **options: object) -> list[Path]:
    audio = AudioExporter(engine="silent", chapters_json=True, transcript=tuple(Transcript), **options)  # type: ignore[arg-type]
    export(made, audio, folder / f"morning-2026-11-25{audio.suffix}", Job())
    export(made, JsonExporter(), folder / "morning-2026-11-25.json", Job())
    return sorted(path for path in folder.iterdir() if path.is_file())


def length_by_mutagen(path: Path) -> float:
    told: Any = MP3(path)  # type: ignore[no-untyped-call]
    return float(told.info.length)


def test_a_story_is_found_among_chapters_that_have_the_quotation_marks_of_its_language(
    tmp_path: Path,
) -> None:
    titles = ('The "Marrow"', "Plain", 'A "mad" dash')
    told = tuple(Article(title, (Paragraph((Span(LONG),)),), language="de") for title in titles)
    made = Edition("The Oldhaven Morning", date(2026, 11, 25), "en", (Section("", told),))
    draft = describe(MORNING, made, exported(tmp_path, made), NOW)
    assert tuple(story.title for story in draft.issue.stories) == titles
    assert all(story.start is not None for story in draft.issue.stories)


def test_an_issue_tells_of_files_and_stories_what_is_in_them(tmp_path: Path) -> None:
    paths = exported(tmp_path, edition())
    draft = describe(MORNING, edition(), paths, NOW)
    assert {draft.paths[file.name].name: (file.role, file.type) for file in draft.issue.files} == {
        "morning-2026-11-25.mp3": (FileRole.SOUND, "audio/mpeg"),
        "morning-2026-11-25.json": (FileRole.EDITION, "application/json"),
        "morning-2026-11-25.chapters.json": (FileRole.CHAPTERS, "application/json+chapters"),
        "morning-2026-11-25.transcript.json": (FileRole.TRANSCRIPT, "application/json"),
        "morning-2026-11-25.transcript.txt": (FileRole.TRANSCRIPT, "text/plain"),
        "morning-2026-11-25.words.vtt": (FileRole.TRANSCRIPT, "text/vtt"),
        "morning-2026-11-25.vtt": (FileRole.TRANSCRIPT, "text/vtt"),
        "morning-2026-11-25.srt": (FileRole.TRANSCRIPT, "application/x-subrip"),
    }
    for file in draft.issue.files:
        data = draft.paths[file.name].read_bytes()
        assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert f".{file.sha256[:8]}." in file.name
        assert file.stem == "morning-2026-11-25"
    (sound,) = draft.issue.of(FileRole.SOUND)
    assert sound.seconds == pytest.approx(length_by_mutagen(draft.paths[sound.name]), abs=0.06)
    starts = [story.start for story in draft.issue.stories]
    assert None not in starts
    assert starts == sorted(starts, key=lambda start: start or 0)
    assert [(story.section, story.title) for story in draft.issue.stories] == [
        ("Harbour", "The ferry is back"),
        ("Harbour", "Herring is dearer"),
        ("Culture", "Choir sings"),
    ]
    assert draft.issue.stories[0].words > 100
    assert len(draft.issue.stories[0].summary) < 310
    assert draft.issue.stories[0].summary.endswith("…")


def test_a_story_is_told_by_its_text_and_not_by_a_caption(tmp_path: Path) -> None:
    words = (Span("It costs "), Span("ten", frozenset({Mark.STRUCK})), Span(" eight crowns."))
    body = (Figure("a.jpg", "A quay", (Span("The quay, photographed"),)), Paragraph(words))
    only = Edition("Paper", date(2026, 11, 25), "en", (Section("", (Article("Tolls", body),)),))
    draft = describe(MORNING, only, exported(tmp_path, only), NOW)
    assert [story.summary for story in draft.issue.stories] == ["It costs eight crowns."]


def test_stories_of_the_same_title_begin_where_each_begins(tmp_path: Path) -> None:
    issue = describe(MORNING, edition(same=True), exported(tmp_path, edition(same=True)), NOW).issue
    assert len({story.start for story in issue.stories}) == 3


def test_a_sound_in_parts_is_told_as_such(tmp_path: Path) -> None:
    draft = describe(MORNING, edition(), exported(tmp_path, edition(), split=Split.SECTION), NOW)
    sounds = draft.issue.of(FileRole.SOUND)
    assert [sound.part for sound in sounds] == ["Harbour", "Culture"]
    assert all(story.start is None for story in draft.issue.stories), (
        "a part does not tell times of the whole"
    )
    assert not any(name.endswith(".m3u8") for name in draft.paths)


def test_what_bears_the_name_of_an_article_s_sound_belongs_to_it(tmp_path: Path) -> None:
    made = exported(tmp_path, edition(), split=Split.BOTH)
    picture = tmp_path / min(path.name for path in made if path.suffix == ".mp3").replace(
        ".mp3", ".picture.jpg"
    )
    picture.write_bytes(b"a picture")
    draft = describe(MORNING, edition(), [*made, picture], NOW)
    articles = list(edition().articles())
    for number, article in enumerate(articles, 1):
        kinds = {FileRole.SOUND, FileRole.TRANSCRIPT, *([FileRole.PICTURE] if number == 1 else [])}
        own = [file for file in draft.issue.files if file.article == number]
        assert kinds <= {file.role for file in own}
        assert {file.part for file in own} == {article.title, ""}, "only a sound is a part of one"
        assert len({file.stem for file in own}) == 1
    (whole,) = of_whole(draft.issue)
    assert (whole.part, whole.article) == ("", None)
    assert [number for number, _ in articles_of(draft.issue)] == list(range(1, len(articles) + 1))
    assert read_issue(issue_json(draft.issue), "issue.json") == draft.issue


def test_an_article_in_another_language_than_its_issue_says_so() -> None:
    harbour, *others = edition().sections
    foreign = replace(harbour.articles[0], language="ru")
    made = replace(edition(), sections=(replace(harbour, articles=(foreign, *harbour.articles[1:])), *others))
    issue = describe(MORNING, made, [], NOW).issue
    assert {story.language for story in issue.stories[1:]} <= {""}
    assert issue.stories[0].language == "ru"
    assert read_issue(issue_json(issue), "issue.json") == issue


def test_who_an_issue_is_follows_from_paper_and_date_alone(tmp_path: Path) -> None:
    book = tmp_path / "a.epub"
    book.write_bytes(b"one")

    def drafted(made: Edition, paths: Sequence[Path] = (book,)) -> Draft:
        return describe(MORNING, made, paths, datetime(2027, 1, 1, tzinfo=UTC))

    first = drafted(edition()).issue.id
    assert drafted(replace(edition(), title="Other", sections=()), []).issue.id == first
    assert drafted(replace(edition(), issued=date(2026, 11, 26))).issue.id != first


def test_what_cannot_be_described_is_refused_by_name(tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp3"
    noise.write_bytes(b"no sound at all" * 100)
    with pytest.raises(ExportError, match=r"noise\.mp3"):
        describe(MORNING, edition(), [noise], NOW)
    with pytest.raises(OutputError, match=r"none\.epub"):
        describe(MORNING, edition(), [tmp_path / "none.epub"], NOW)
    with pytest.raises(UsageError, match="offset"):
        describe(MORNING, edition(), [], NOW.replace(tzinfo=None))
    chapters = tmp_path / "a.chapters.json"
    chapters.write_text('{"chapters": [{"title": 1}]}')
    with pytest.raises(ExportError, match=r"a\.chapters\.json"):
        describe(MORNING, edition(), [chapters], NOW)


def test_the_longest_end_of_a_name_tells_its_kind() -> None:
    assert kind_of("A.KEPUB.EPUB") == (FileRole.BOOK, "application/epub+zip")
    assert kind_of("a.b.m4b") == (FileRole.SOUND, "audio/mp4")
    assert kind_of("a.zip")[0] is FileRole.OTHER


def book(folder: Path, name: str, data: bytes = b"book") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def of(*articles: Article, **fields: Any) -> Edition:
    return Edition("Paper", date(2026, 11, 25), "en", (Section("Harbour", articles),), **fields)


def test_an_issue_of_a_book_is_described_like_this(tmp_path: Path) -> None:
    ferry = Article("Ferry", (Paragraph((Span("It sails again."),)),), url="https://a.example/ferry")
    choir = Article("Choir", (), standfirst="It  sings.")
    path = book(tmp_path, "morning.epub")
    draft = describe(MORNING, of(ferry, choir), [path], NOW.replace(microsecond=5))
    digest = hashlib.sha256(b"book").hexdigest()
    name = f"morning.{digest[:8]}.epub"
    assert draft == Draft(
        Issue(
            issue_id(MORNING, date(2026, 11, 25)),
            "morning",
            "Paper",
            date(2026, 11, 25),
            NOW,
            "en",
            "Ferry; Choir",
            (
                IssueArticle("Ferry", "Harbour", "https://a.example/ferry", "It sails again.", 3),
                IssueArticle("Choir", "Harbour", summary="It sings.", words=2),
            ),
            (IssueFile(name, FileRole.BOOK, "application/epub+zip", 4, digest),),
        ),
        {name: path},
    )


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("a.b.epub", "a.b.{}.epub"),
        ("a.KEPUB.epub", "a.{}.KEPUB.epub"),
        ("a.words.vtt", "a.{}.words.vtt"),
        ("a.tar.xz", "a.tar.{}.xz"),
        ("a", "a.{}"),
        (".epub", "file.{}.epub"),
        ("..a.txt", "a.{}.txt"),
    ],
)
def test_a_file_is_published_with_its_hash_before_the_end_of_its_name(
    tmp_path: Path, name: str, published: str
) -> None:
    (file,) = describe(MORNING, of(), [book(tmp_path, name)], NOW).issue.files
    assert file.name == published.format(hashlib.sha256(b"book").hexdigest()[:8])


def test_two_files_of_one_name_and_contents_are_refused_and_of_one_name_alone_are_not(tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
    one, same = book(tmp_path / "a", "m.epub"), book(tmp_path / "b", "m.epub")
    other = book(tmp_path / "c", "m.epub", b"other")
    assert len(describe(MORNING, of(), [one, other], NOW).issue.files) == 2
    with pytest.raises(UsageError) as told:
        describe(MORNING, of(), [one, same], NOW)
    assert str(told.value) == "two files of an issue have the same name and contents"
    with pytest.raises(UsageError) as told:
        describe(MORNING, of(), [one], NOW.replace(tzinfo=None))
    assert str(told.value) == "when an issue appears needs an offset from UTC"


def marks(folder: Path, *titles: str) -> Path:
    told = [{"title": title, "startTime": 10 * at} for at, title in enumerate(titles)]
    return book(folder, "a.chapters.json", json.dumps({"version": "1.2.0", "chapters": told}).encode())


def test_stories_begin_at_the_chapters_of_their_titles_in_order(tmp_path: Path) -> None:
    stories = (Article("Ferry", ()), Article("Silent", ()), Article("Choir", ()), Article("Ferry", ()))
    paths = [marks(tmp_path, "Hello", "Ferry", "Tolls", "Choir", "Ferry")]
    issue = describe(MORNING, of(*stories), paths, NOW).issue
    assert [story.start for story in issue.stories] == [10.0, None, 30.0, 40.0]
    backwards = describe(MORNING, of(stories[2], stories[0], stories[0]), paths, NOW).issue
    assert [story.start for story in backwards.stories] == [30.0, 40.0, None]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"chapters": [{}]}', b'{"chapters": [{"title": "a", "startTime": null}]}']
)
def test_what_is_no_list_of_chapters_is_told(tmp_path: Path, data: bytes) -> None:
    path = book(tmp_path, "a.chapters.json", data)
    with pytest.raises(ExportError) as told:
        describe(MORNING, of(), [path], NOW)
    assert str(told.value).startswith(f"{path}: is no list of chapters (")


def test_a_playlist_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path in (book(tmp_path, "a.m3u8", b"\xff"), tmp_path / "none.m3u8"):
        with pytest.raises(ExportError) as told:
            describe(MORNING, of(), [path], NOW)
        assert str(told.value).startswith(f"{path}: is no playlist (")


def test_what_cannot_be_read_is_told_in_the_words_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as told:
        describe(MORNING, of(), [tmp_path / "none.epub"], NOW)
    assert str(told.value) == f"{tmp_path / 'none.epub'}: No such file or directory"
    with pytest.raises(ExportError) as unheard:
        describe(MORNING, of(), [book(tmp_path, "noise.mp3", b"noise" * 99)], NOW)
    assert str(unheard.value).startswith(f"{tmp_path / 'noise.mp3'}: cannot be published as a sound: ")


def test_a_playlist_by_a_program_that_marks_its_utf_8_tells_the_part(tmp_path: Path) -> None:
    paths = [
        book(tmp_path, "a.txt", b"text"),
        book(tmp_path, "a.m3u8", "\ufeff#EXTM3U\n#EXTINF:5,Häfen\na.txt\n".encode()),
    ]
    (file,) = describe(MORNING, of(), paths, NOW).issue.files
    assert file.part == "Häfen"


@pytest.mark.parametrize(
    ("standfirst", "summary"),
    [
        ("a  b\nc", "a b c"),
        ("x" * 300, "x" * 300),
        ("x" * 301, "x" * 300 + " …"),
        ("x" * 290 + ", " + "y" * 20, "x" * 290 + " …"),
        ("x " * 147 + "one – " + "y" * 20, "x " * 147 + "one …"),
    ],
)
def test_a_summary_is_cut_between_words(standfirst: str, summary: str) -> None:
    issue = describe(MORNING, of(Article("T", (), standfirst=standfirst)), [], NOW).issue
    assert issue.stories[0].summary == summary


def test_a_story_that_is_nothing_but_a_picture_is_told_by_its_caption() -> None:
    pictured = Article("T", tuple(Figure(name, "", (Span(f"The {name}"),)) for name in ("quay", "dog")))
    assert describe(MORNING, of(pictured), [], NOW).issue.stories[0].summary == "The quay The dog"


def test_every_kind_of_file_has_its_role_and_type() -> None:
    assert {end: kind_of(f"A{end.upper()}") for end in (".txt", ".JPG", ".png", ".m4a", ".opus", ".ogg")} == {
        ".txt": (FileRole.TEXT, "text/plain"),
        ".JPG": (FileRole.COVER, "image/jpeg"),
        ".png": (FileRole.COVER, "image/png"),
        ".m4a": (FileRole.SOUND, "audio/mp4"),
        ".opus": (FileRole.SOUND, "audio/ogg"),
        ".ogg": (FileRole.SOUND, "audio/ogg"),
    }
    assert kind_of("a.zip") == (FileRole.OTHER, "application/octet-stream")


def test_a_file_is_published_under_a_name_that_a_manifest_keeps(tmp_path: Path) -> None:
    path = tmp_path / "morn\x07ing.json"
    export(edition(), JsonExporter(), path, Job())
    draft = describe(MORNING, edition(), [path], NOW)
    (file,) = draft.issue.files
    assert file.name.startswith("morning.") and draft.paths[file.name] == path
    assert read_issue(issue_json(draft.issue), "issue.json") == draft.issue
