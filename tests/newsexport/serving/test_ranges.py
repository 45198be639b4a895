"""Parts of a file, by RFC 9110, section 14."""

import pytest

from newsexport.serving.request import ByteRange, stretches

SIZE = 100
ALL = None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("crap", ALL),
        ("crap=", ALL),
        ("crap=1", ALL),
        ("crap=1-2", ALL),
        ("bytes", ALL),
        ("bytes=", ALL),
        ("bytes=,", ALL),
        ("bytes=a-2", ALL),
        ("bytes=2-a", ALL),
        ("bytes=-", ALL),
        ("bytes=--5", ALL),
        ("bytes=+1-2", ALL),
        ("bytes=1 - 2", ALL),
        ("bytes=1_0-20", ALL),
        ("bytes=\u0661-\u0662", ALL),
        ("bytes=0x1-0x2", ALL),
        ("bytes=5-4", ALL),
        ("bytes=0-1,5-4", ALL),
        ("bytes=0-1;2-3", ALL),
        ("bytes:0-1", ALL),
        ("bytes 0-1/100", ALL),
        ("bytes=0-99", [(0, 99)]),
        ("bytes=0-0", [(0, 0)]),
        ("bytes=99-99", [(99, 99)]),
        ("BYTES=0-0", [(0, 0)]),
        ("bytes=0-0,-1", [(0, 0), (99, 99)]),
        ("bytes= 0-0 ,\t-1", [(0, 0), (99, 99)]),
        ("bytes=,0-0,,-1,", [(0, 0), (99, 99)]),
        ("bytes=-5", [(95, 99)]),
        ("bytes=95-", [(95, 99)]),
        ("bytes=0-", [(0, 99)]),
        ("bytes=-200", [(0, 99)]),
        ("bytes=0-1000000", [(0, 99)]),
        ("bytes=000-0099", [(0, 99)]),
        ("bytes=0-99999999999999999999999999", [(0, 99)]),
        ("bytes=-99999999999999999999999999", [(0, 99)]),
        ("bytes=90-" + "9" * 5000, [(90, 99)]),
        ("bytes=0-25,26-50", [(0, 25), (26, 50)]),
        ("bytes=50-60,0-10", [(50, 60), (0, 10)]),
        ("bytes=0-25,20-50", [(0, 50)]),
        ("bytes=20-50,0-25,-1", [(0, 50), (99, 99)]),
        ("bytes=0-5,200-", [(0, 5)]),
        ("bytes=0-,0-,0-", [(0, 99)]),
        ("bytes=100-", []),
        ("bytes=100-200", []),
        ("bytes=100000-", []),
        ("bytes=99999999999999999999999999-", []),
        ("bytes=-0", []),
        ("bytes=100-,-0", []),
    ],
)
def test_a_header_names_these_parts_of_a_hundred_bytes(
    header: str, expected: list[tuple[int, int]] | None
) -> None:
    found = stretches(header, SIZE)
    assert found == (None if expected is None else tuple(ByteRange(*pair) for pair in expected))


def test_a_thousand_ranges_that_overlap_are_one() -> None:
    header = "bytes=" + ",".join(f"{start}-" for start in range(1000))
    assert stretches(header, 10_000) == (ByteRange(0, 9_999),)


def test_a_thousand_ranges_that_do_not_overlap_are_answered_whole() -> None:
    header = "bytes=" + ",".join(f"{start}-{start}" for start in range(0, 2000, 2))
    assert stretches(header, 10_000) is None


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-5", "bytes=0-0", "bytes=-0"])
def test_an_empty_file_is_always_given_whole(header: str) -> None:
    assert stretches(header, 0) is None
