import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.newsexport.verify.finished_files import finish

from newsexport.exporters.audio import AudioExporter
from newsexport.verify.files import verify

Break = Callable[[bytearray], bytes | bytearray]
INFO_FRAMES = 8
CHAPTER = 10  # the header of an ID3 frame, before the name of its element


def tag_size(data: bytes | bytearray) -> int:
    return 10 + (data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9])


def info_at(data: bytes | bytearray) -> int:
    return data.index(b"Info", tag_size(data))


def first_frame(data: bytes | bytearray) -> int:
    """Where the sound begins, after the Info frame, whose header is like its own."""
    start = tag_size(data)
    return data.index(data[start : start + 2], start + 4)


def cut(part: float) -> Break:
    return lambda data: data[: int(len(data) * part)]


def patched(find: bytes, nth: int, offset: int, new: bytes) -> Break:
    """The bytes at `offset` after the nth occurrence of a mark replaced."""

    def change(data: bytearray) -> bytearray:
        at = [match.start() for match in re.finditer(re.escape(find), data[: tag_size(data)])][nth] + offset
        data[at : at + len(new)] = new
        return data

    return change


def without_info(data: bytearray) -> bytes:
    return bytes(data[: tag_size(data)] + data[first_frame(data) :])


def other_count(data: bytearray) -> bytearray:
    at = info_at(data) + INFO_FRAMES
    data[at : at + 4] = (int.from_bytes(data[at : at + 4]) + 1).to_bytes(4)
    return data


def one_frame_less(data: bytearray) -> bytearray:
    last = data.rindex(data[first_frame(data) : first_frame(data) + 2])
    return data[:last]


def junk_inside(data: bytearray) -> bytes:
    at = first_frame(data)
    return bytes(data[:at]) + b"junk between frames" + bytes(data[at:])


def only_tag(data: bytearray) -> bytes:
    return bytes(data[: tag_size(data)])


def without_tag(data: bytearray) -> bytes:
    return bytes(data[tag_size(data) :])


def other_sound_after(data: bytearray) -> bytes:
    # a frame of MPEG 1, 44100 Hz, 32 kbit/s, mono
    return bytes(data) + b"\xff\xfb\x10\xc4" + bytes(100)


def unsynchronised(data: bytearray) -> bytes:
    """The same tag as programs write it that fear for decoders of 1995."""
    tag = bytes(data[10 : tag_size(data)]).replace(b"\xff", b"\xff\0")
    return bytes(data[:5]) + b"\x80" + synchsafe(len(tag)) + tag + bytes(data[tag_size(data) :])


def synchsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def chapter(nth: int, offset: int, new: bytes) -> Break:
    return patched(b"CHAP", nth, CHAPTER + len("chp0\0") + offset, new)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return finish(AudioExporter(engine="silent"), tmp_path_factory.mktemp("finished"))


def test_a_recording_of_ours_is_sound_and_told(recording: Path) -> None:
    finding = verify(recording)
    assert finding.told == ("there is nothing to hear in it",)
    assert finding.sound
    facts = dict(finding.facts)
    assert facts["tag"] == "ID3v2.3"
    assert "kbit/s" in facts["sound"]
    assert int(facts["frames"]) > 100
    titles = [(title.depth, title.text) for title in finding.contents]
    assert titles[:3] == [(1, "Port"), (2, "The harbour opens"), (2, "Гавань открыта")]
    assert finding.contents[0].place == "0:00"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (cut(0.6), "breaks off inside frame"),
        (one_frame_less, "its Info frame promises"),
        (other_count, "its Info frame promises"),
        (without_info, "no Info frame"),
        (junk_inside, "no frame at byte"),
        (only_tag, "no sound in it"),
        (without_tag, "no ID3 tag"),
        (other_sound_after, "differ in sample rate"),
        (lambda data: data[:200], "the file ends inside its ID3 tag"),
        (patched(b"ID3", 0, 3, b"\x02"), "not a version players share"),
        (unsynchronised, "unsynchronised"),
        (patched(b"ID3", 0, 10, b"tit2"), "holds no frame"),
        (patched(b"TIT2", 0, 0, b"TIT3"), "no title"),
        (patched(b"APIC", -1, 0, b"PRIV"), "no cover"),
        (chapter(0, 0, (5).to_bytes(4)), "the first chapter begins at 0:00, not"),
        (chapter(1, 0, (1).to_bytes(4)), "between 'Port' and"),
        (chapter(-1, 4, (9_999_999).to_bytes(4)), "the last chapter ends at"),
        (chapter(1, 4, (0).to_bytes(4)), "ends before it begins"),
        (chapter(1, 16, b"TIT3"), "has no title"),
        (patched(b"CTOC", 0, 0, b"PRIV"), "0 top-level tables of contents"),
        (patched(b"chp1\0", 0, 0, b"chpX\0"), "lists chpX, which is not there"),
    ],
)
def test_a_fault_is_found(change: Break, fault: str, recording: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.mp3"
    path.write_bytes(change(bytearray(recording.read_bytes())))
    finding = verify(path)
    assert finding.kind == "MP3"
    assert any(fault in found for found in finding.told), finding.told


@pytest.mark.parametrize("after", [b"TAG" + bytes(125), b"APETAGEX" + bytes(24)])
def test_what_other_programs_put_behind_the_sound_is_no_fault(
    after: bytes, recording: Path, tmp_path: Path
) -> None:
    path = tmp_path / "tagged.mp3"
    path.write_bytes(recording.read_bytes() + after)
    assert verify(path).sound


def test_zeros_before_the_sound_make_players_miss_what_its_first_frame_says(
    recording: Path, tmp_path: Path
) -> None:
    data = recording.read_bytes()
    path = tmp_path / "padded.mp3"
    path.write_bytes(data[: tag_size(data)] + bytes(300) + data[tag_size(data) :])
    assert [told for told in verify(path).told if "its frames say" in told]


def test_a_later_tag_version_is_a_fault(recording: Path, tmp_path: Path) -> None:
    path = tmp_path / "later.mp3"
    data = bytearray(recording.read_bytes())
    data[3] = 4
    path.write_bytes(data)
    assert not verify(path).sound


def test_sound_that_does_not_decode_is_a_fault(recording: Path, tmp_path: Path) -> None:
    """Every frame header stands where it should, and nothing but noise behind it."""
    data = bytearray(recording.read_bytes())
    start = first_frame(data)
    header = bytes(data[start : start + 2])
    places = [match.start() for match in re.finditer(re.escape(header), data[start:])]
    for place in places:
        at = start + place + 4
        data[at : at + 60] = bytes([0xA5]) * len(data[at : at + 60])
    path = tmp_path / "noise.mp3"
    path.write_bytes(data)
    assert not verify(path).sound
