"""What apps show, and that FFmpeg, which is here to ask, shows what we say it does."""

import io
from pathlib import Path
from typing import Any

import av
import pytest
from mutagen import id3

from newsexport.audio import mp3
from newsexport.audio.pcm import silence, to_bytes
from newsexport.verify.clients import client_faults, showings
from newsexport.verify.id3 import ContentsTable, FoundChapter, FoundTag, read_tag

FORM = mp3.Format(22050, 64)
FRAMES = mp3.encode(to_bytes(silence(22050 * 2)), FORM)

CHAPTERS = (
    FoundChapter("chp0", 0, 1000, "World", size=60, longest=12),
    FoundChapter("chp1", 1000, 2000, "Trams", "https://example.org/trams", 30_000, 30_100, 30_000),
)
TABLE = ContentsTable("toc", top=True, children=("chp0", "chp1"))


def tag(chapters: tuple[FoundChapter, ...] = CHAPTERS, **more: Any) -> FoundTag:
    given = {"version": 3, "tables": (TABLE,), "pictures": 1, **more}
    return FoundTag(chapters=chapters, **given)


def shown(given: FoundTag) -> dict[str, str]:
    return {showing.client: str(showing) for showing in showings(given)}


def rules(given: FoundTag) -> set[tuple[str, str]]:
    return {(fault.rule, fault.place) for fault in client_faults(given)}


ID3: Any = id3  # which says nothing of its types


def written(version: int, title: str, encoding: int, *, table: bool = True) -> bytes:
    """A file as mutagen writes it; its chapters differ in nothing but the title of the first."""
    made = ID3.ID3()
    for number, text in enumerate((title, "B")):
        made.add(
            ID3.CHAP(
                element_id=f"c{number}", start_time=number * 1000, end_time=number * 1000 + 1000,
                sub_frames=[ID3.TIT2(encoding=encoding, text=[text])],
            )
        )  # fmt: skip
    if table:
        made.add(ID3.CTOC(element_id="toc", flags=3, child_element_ids=["c0", "c1"], sub_frames=[]))
    file = io.BytesIO(FRAMES)
    made.save(file, v2_version=version)
    return file.getvalue()


def test_a_good_tag_is_shown_by_all() -> None:
    assert set(shown(tag()).values()) == {"2 chapters, 1 picture, 1 link"}
    assert rules(tag()) == set()


def test_apple_and_overcast_want_a_table_of_contents() -> None:
    told = shown(tag(tables=()))
    for client in ("Apple Podcasts", "Overcast"):
        assert told[client] == "no chapters: it wants a table of contents at the top level"
    assert told["AntennaPod"].startswith("2 chapters")
    assert rules(tag(tables=())) == {
        ("chapters-not-shown", "Apple Podcasts"),
        ("chapters-not-shown", "Overcast"),
    }


def test_a_chapter_in_a_lower_table_is_shown_and_one_in_none_is_hidden() -> None:
    nested = (
        ContentsTable("toc", top=True, children=("toc0",)),
        ContentsTable("toc0", top=False, children=("chp0",)),
    )
    told = shown(tag(tables=nested))
    assert told["Overcast"] == "1 chapter"
    assert told["AntennaPod"].startswith("2 chapters")


def test_tables_that_list_each_other_are_followed_once() -> None:
    ring = (
        ContentsTable("toc", top=True, children=("toc0", "chp0")),
        ContentsTable("toc0", top=False, children=("toc",)),
    )
    assert shown(tag(tables=ring))["Apple Podcasts"] == "1 chapter"


def test_chapters_out_of_order_are_a_fault_where_the_order_of_the_file_is_shown() -> None:
    assert rules(tag(CHAPTERS[::-1])) == {("chapters-unsorted", "mpv, audiobookshelf")}


def test_long_chapters_in_the_later_version_are_not_shown() -> None:
    told = shown(tag(version=4))
    for client in ("Apple Podcasts", "Pocket Casts"):
        assert "ID3v2.3 is safe" in told[client]
    assert told["AntennaPod"].startswith("2 chapters")
    assert told["mpv, audiobookshelf"] == "1 chapter"


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("encoding", [1, 3])
@pytest.mark.parametrize("length", [1, 40, 61, 62, 63, 64, 125, 126, 127, 128, 200])
def test_ffmpeg_shows_what_we_say_it_shows(version: int, encoding: int, length: int, tmp_path: Path) -> None:
    data = written(version, "x" * length, encoding)
    path = tmp_path / "a.mp3"
    path.write_bytes(data)
    with av.open(str(path)) as container:
        read = len(container.chapters())
    told = {showing.client: showing for showing in showings(read_tag(data))}
    assert len(told["mpv, audiobookshelf"].chapters) == read


def test_chapter_pictures_without_a_cover_are_a_fault_in_one_app() -> None:
    assert rules(tag(pictures=0)) == {("cover-missing", "Pocket Casts")}


@pytest.mark.parametrize(
    ("chapter", "rule"),
    [
        (FoundChapter("chp0", 0, 9, "A", picture=900_000), ("picture-large", "")),
        (FoundChapter("chp0", 0, 9, "A", "https://example.org/?q=a+b"), ("link-decoded", "AntennaPod")),
        (FoundChapter("chp0", 0, 9, "A", "https://example.org/ü"), ("link-not-encoded", "")),
    ],
)
def test_what_could_be_better_is_told(chapter: FoundChapter, rule: tuple[str, str]) -> None:
    assert rules(tag((chapter,))) == {rule}


def test_more_chapters_than_a_table_lists_are_told() -> None:
    many = tuple(FoundChapter(f"chp{at}", at, at + 1, "A") for at in range(300))
    tables = (ContentsTable("toc", top=True, children=tuple(chapter.element for chapter in many)),)
    assert rules(tag(many, tables=tables)) == {("chapters-many", "")}
