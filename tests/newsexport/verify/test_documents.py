import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.verify.finished_files import finish

from newsexport.exporters.json import JsonExporter
from newsexport.exporters.text import TextExporter
from newsexport.verify.files import verify


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("finished")
    return {exporter.suffix: finish(exporter, folder) for exporter in (TextExporter(), JsonExporter())}


def test_a_text_of_ours_is_sound_and_told(finished: Mapping[str, Path]) -> None:
    finding = verify(finished[".txt"])
    assert finding.faults == ()
    assert int(dict(finding.facts)["words"]) > 30


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "it is empty"),
        (b"  \n\n", "it is empty"),
        ("für\n".encode("latin-1"), "not UTF-8 from byte 1 on"),
        (b"red \x1b[31malert\n", "1 control characters"),
        (b"cut sho", "the last line does not end"),
    ],
)
def test_a_fault_of_a_text_is_found(data: bytes, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.txt"
    path.write_bytes(data)
    assert fault in verify(path).told


def test_an_edition_as_json_is_sound_and_told(finished: Mapping[str, Path]) -> None:
    finding = verify(finished[".json"])
    assert finding.faults == ()
    assert dict(finding.facts)["articles"] == "3"
    assert [title.depth for title in finding.contents] == [1, 2, 2, 1, 2]


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_json_cut_short_is_not_sound(part: float, finished: Mapping[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "short.json"
    data = finished[".json"].read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    assert not verify(path).sound


def test_json_that_is_no_edition_is_not_sound(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"hello": "world"}), encoding="utf-8")
    assert not verify(path).sound


def test_what_is_no_file_is_a_finding_and_no_error(tmp_path: Path) -> None:
    assert verify(tmp_path / "nowhere").told == ("no such file",)
    assert verify(tmp_path).told == ("not a file",)


@given(
    data=st.binary(max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", b"ID3\x03\0\0", b"\xff\xfb\x90\xc4", b"{"]),
)
def test_any_bytes_get_a_finding(data: bytes, start: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(start + data)
    assert verify(path).path == path


CHAPTERS: list[dict[str, object]] = [
    {"startTime": 0, "endTime": 61.5, "title": "World"},
    {"startTime": 61.5, "endTime": 90, "title": "Sport"},
]


def test_json_chapters_are_sound_and_told(tmp_path: Path) -> None:
    path = tmp_path / "episode.chapters.json"
    path.write_text(json.dumps({"version": "1.2.0", "chapters": CHAPTERS}), encoding="utf-8")
    finding = verify(path)
    assert (finding.kind, finding.faults) == ("JSON chapters", ())
    assert [(title.place, title.text) for title in finding.contents] == [("0:00", "World"), ("1:01", "Sport")]


@pytest.mark.parametrize(
    ("at", "change", "fault"),
    [
        (0, {"startTime": 3}, "the first chapter does not begin at 0"),
        (0, {"endTime": 70}, "Sport begins before the chapter in front of it ends"),
        (1, {"endTime": 5}, "Sport ends before it begins"),
        (1, {"title": None, "startTime": "soon"}, "a chapter without a title or a start"),
        (1, {"startTime": float("inf")}, "a chapter without a title or a start"),
    ],
)
def test_a_fault_of_json_chapters_is_found(
    at: int, change: dict[str, object], fault: str, tmp_path: Path
) -> None:
    chapters = [dict(one) for one in CHAPTERS]
    chapters[at].update(change)
    path = tmp_path / "episode.chapters.json"
    path.write_text(json.dumps({"version": "1.2.0", "chapters": chapters}), encoding="utf-8")
    assert any(told.startswith(fault) for told in verify(path).told)
