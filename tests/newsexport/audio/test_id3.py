"""Tags read back by mutagen and by FFmpeg, neither of which wrote them."""

import io
from pathlib import Path
from typing import Any

import av
import mutagen.id3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.sound.music_metadata import read_by_music_metadata

from newsexport.audio import mp3
from newsexport.audio.id3 import ChapterMark, Tag, TagError
from newsexport.audio.pcm import silence, to_bytes

FORM = mp3.Format(22050, 64)
FRAMES = mp3.encode(to_bytes(silence(22050 * 3)), FORM)
JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)
LONG = (
    "A headline of a hundred and twenty characters, "
    "which is as long as the longest that newspapers print on a busy day, no?"
)
CYRILLIC = "Городской совет проголосовал за новую трамвайную линию вдоль набережной"


def tag(marks: list[ChapterMark], title: str = "Morning", comment: str = "") -> Tag:
    return Tag(title, "The Paper", "The Paper", "2026-11-23", "eng", "Podcast", comment, JPEG, marks)


def file(marks: list[ChapterMark], **text: str) -> bytes:
    count = sum(1 for _ in mp3.frames(FRAMES))
    return tag(marks, **text).to_bytes() + mp3.info_frame(FORM, count, len(FRAMES)) + FRAMES


def read_tag(data: bytes) -> Any:
    return mutagen.id3.ID3(io.BytesIO(data), translate=False)  # type: ignore[no-untyped-call]


def ffmpeg_chapters(data: bytes) -> list[tuple[int, int, str]]:
    with av.open(io.BytesIO(data), "r") as container:
        found = []
        for one in container.chapters():
            assert one["time_base"] is not None
            tick = one["time_base"] * 1000
            found.append((round(one["start"] * tick), round(one["end"] * tick), one["metadata"]["title"]))
        return found


MARKS = [
    ChapterMark("World", 0, 400),
    ChapterMark(LONG, 400, 1000, level=2, url="https://example.org/a?b=1&c=ü", picture=JPEG),
    ChapterMark(CYRILLIC, 1000, 2000, level=2, picture=JPEG * 10),
    ChapterMark("Спорт", 2000, 3000),
]


def test_ffmpeg_reads_every_chapter_in_order_of_time() -> None:
    assert len(LONG) >= 119
    assert ffmpeg_chapters(file(MARKS)) == [(mark.start, mark.end, mark.title) for mark in MARKS]


def test_mutagen_reads_version_2_3_and_every_field() -> None:
    read = read_tag(file(MARKS, comment="One\nЕщё"))
    assert read.version == (2, 3, 0)
    assert read["TIT2"].text == ["Morning"]
    assert (str(read["TYER"]), str(read["TDAT"]), str(read["TLAN"])) == ("2026", "2311", "eng")
    assert read["COMM::eng"].text == ["One\nЕщё"]
    assert read["APIC:"].data == JPEG
    chapter = read["CHAP:chp1"]
    assert chapter.sub_frames["WXXX:"].url == "https://example.org/a?b=1&c=%C3%BC"
    assert chapter.sub_frames["APIC:"].data == JPEG


def test_the_top_table_lists_every_chapter_and_each_section_has_one_of_its_own() -> None:
    read = read_tag(file(MARKS))
    top = read["CTOC:toc"]
    assert int(top.flags) == 3
    assert top.child_element_ids == ["chp0", "chp1", "chp2", "chp3", "toc0", "toc1"]
    assert read["CTOC:toc0"].child_element_ids == ["chp0", "chp1", "chp2"]
    assert read["CTOC:toc0"].sub_frames["TIT2"].text == ["World"]
    assert int(read["CTOC:toc1"].flags) == 1


@pytest.mark.parametrize(("count", "in_section"), [(400, 100), (600, 600), (900, 3), (1000, 1)])
def test_chapters_beyond_what_one_table_can_count_are_each_in_one(count: int, in_section: int) -> None:
    marks = [
        ChapterMark(f"Chapter {at}", at, at + 1, level=1 if at % in_section == 0 else 2)
        for at in range(count)
    ]
    read = read_tag(file(marks))
    tables = {table.element_id: list(table.child_element_ids) for table in read.getall("CTOC")}
    below = [child for name, children in tables.items() if name != "toc" for child in children]
    assert below == [f"chp{at}" for at in range(count)]
    assert [child for child in tables["toc"] if child.startswith("toc")] == [
        f"toc{at}" for at in range(len(tables) - 1)
    ]
    assert max(map(len, tables.values())) <= 255
    assert len(ffmpeg_chapters(file(marks))) == count


def test_articles_without_sections_need_no_tables_of_their_own() -> None:
    read = read_tag(file([ChapterMark(f"Article {at}", at, at + 1, level=2) for at in range(5)]))
    assert [table.element_id for table in read.getall("CTOC")] == ["toc"]


def test_chapters_stand_in_order_of_time_in_the_file_itself() -> None:
    data = tag([ChapterMark("Z" * 90, 0, 1), ChapterMark("a", 1, 2), ChapterMark("m" * 40, 2, 3)]).to_bytes()
    assert [data.index(f"chp{number}\0".encode() + number.to_bytes(4)) for number in range(3)] == sorted(
        data.index(f"chp{number}\0".encode() + number.to_bytes(4)) for number in range(3)
    )


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
        min_size=1,
        max_size=20,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_title_is_read_back_as_it_was(titles: list[str]) -> None:
    marks = [ChapterMark(title, number * 10, number * 10 + 10) for number, title in enumerate(titles)]
    read = read_tag(file(marks))
    assert [read[f"CHAP:chp{number}"].sub_frames["TIT2"].text[0] for number in range(len(titles))] == titles


@pytest.mark.parametrize("text", ["", "plain", "naïve café", "снег", "emoji 😀"])
def test_comments_survive_in_either_encoding(text: str) -> None:
    read = read_tag(file(MARKS, comment=text))
    assert ([frame.text[0] for frame in read.getall("COMM")] or [""]) == [text]


@pytest.mark.slow
def test_more_pictures_than_a_tag_can_count_are_refused() -> None:
    picture = bytes(2**22)
    marks = [ChapterMark(f"Chapter {number}", number, number + 1, picture=picture) for number in range(64)]
    with pytest.raises(TagError, match="64 chapters"):
        Tag("Title", "", "", "2026-11-23", "eng", "", "", None, marks).to_bytes()


def test_a_title_is_one_line_whatever_is_in_it() -> None:
    read = read_tag(file([ChapterMark("Trams:\r\nwho\0pays?", 0, 3000)]))
    assert read["CHAP:chp0"].sub_frames["TIT2"].text == ["Trams: who pays?"]


@pytest.mark.parametrize("title", ["x" * 5000, "市" * 5000, "🚋" * 300, "خط ترام جديد على الميناء" * 9])
def test_titles_of_any_length_and_script_are_read_by_ffmpeg(title: str) -> None:
    assert ffmpeg_chapters(
        file([ChapterMark(title, 0, 900), ChapterMark("Next", 900, 901), ChapterMark("Last", 901, 3000)])
    ) == [
        (0, 900, title),
        (900, 901, "Next"),
        (901, 3000, "Last"),
    ]


def test_of_more_chapters_than_a_table_counts_the_top_lists_all_that_it_has_room_for(tmp_path: Path) -> None:
    """music-metadata shows what the top lists, and looks into no other table."""
    (tmp_path / "many.mp3").write_bytes(
        file([ChapterMark(f"Article {at}", 3 * at, 3 * at + 3, level=2) for at in range(302)])
    )
    read = read_tag((tmp_path / "many.mp3").read_bytes())
    assert read["CTOC:toc"].child_element_ids == [*(f"chp{at}" for at in range(253)), "toc0", "toc1"]
    told = read_by_music_metadata(tmp_path / "many.mp3", tmp_path)["chapters"]
    assert [one["title"] for one in told] == [f"Article {at}" for at in range(253)]


def test_parts_of_articles_are_the_first_to_be_left_out_of_the_top() -> None:
    marks = [ChapterMark(f"Mark {at}", at, at + 1, level=(2, 3)[at % 2] if at else 1) for at in range(400)]
    read = read_tag(file(marks))
    listed = [child for child in read["CTOC:toc"].child_element_ids if child.startswith("chp")]
    assert listed == [f"chp{at}" for at in range(0, 400, 2)]
