"""Files over HTTP, asked for with real clients."""

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.newsexport.serving.serving_rigs import Running, running

CONTENT = b"".join(hashlib.sha256(number.to_bytes(4)).digest() for number in range(6250))  # 200,000 bytes
SOUND = "/morning/2026-11-25/morning-2026-11-25.3fa9c1d0.mp3"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("library")) as server:
        server.shelf.put(SOUND[1:], CONTENT)
        server.shelf.put("morning/2026-11-25/empty.00000000.txt", b"", "text/plain; charset=utf-8")
        yield server


def test_a_file_comes_whole_with_what_describes_it(server: Running) -> None:
    reply = server.ask(SOUND)
    assert reply.status == 200
    assert reply.body == CONTENT
    assert reply.headers["content-type"] == "audio/mpeg"
    assert reply.headers["content-length"] == str(len(CONTENT))
    assert reply.headers["accept-ranges"] == "bytes"
    assert "immutable" in reply.headers["cache-control"]
    assert reply.headers["etag"] == f'"{hashlib.sha256(CONTENT).hexdigest()[:32]}"'


def test_head_says_the_same_and_sends_nothing(server: Running) -> None:
    got, head = server.ask(SOUND), server.ask(SOUND, "HEAD")
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
    assert server.ask(SOUND, "HEAD", range="bytes=0-1").status == 200


def test_one_part(server: Running) -> None:
    reply = server.ask(SOUND, range="bytes=100-199")
    assert (reply.status, reply.body) == (206, CONTENT[100:200])
    assert reply.headers["content-range"] == f"bytes 100-199/{len(CONTENT)}"
    assert reply.headers["content-length"] == "100"


def test_a_part_that_is_not_there(server: Running) -> None:
    reply = server.ask(SOUND, range="bytes=200000-")
    assert (reply.status, reply.body) == (416, b"")
    assert reply.headers["content-range"] == f"bytes */{len(CONTENT)}"


def parts(body: bytes, content_type: str) -> list[tuple[str, bytes]]:
    """The parts of multipart/byteranges, by RFC 9110, section 14.6."""
    boundary = content_type.partition("boundary=")[2].encode()
    assert body.startswith(b"--" + boundary + b"\r\n") and body.endswith(b"\r\n--" + boundary + b"--\r\n")
    found = []
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        lines = head.decode().strip().split("\r\n")
        named = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        assert named["content-type"] == "audio/mpeg"
        found.append((named["content-range"], content[:-2]))
    return found


def test_several_parts(server: Running) -> None:
    reply = server.ask(SOUND, range="bytes=0-25,26-50,-7")
    assert reply.status == 206 and "content-range" not in reply.headers
    assert int(reply.headers["content-length"]) == len(reply.body)
    assert parts(reply.body, reply.headers["content-type"]) == [
        ("bytes 0-25/200000", CONTENT[:26]),
        ("bytes 26-50/200000", CONTENT[26:51]),
        ("bytes 199993-199999/200000", CONTENT[-7:]),
    ]


@pytest.mark.slow
@settings(max_examples=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.integers(0, len(CONTENT) + 10), last=st.integers(0, len(CONTENT) + 10) | st.none())
def test_any_range_equals_a_slice_of_the_file(server: Running, first: int, last: int | None) -> None:
    reply = server.ask(SOUND, range=f"bytes={first}-{'' if last is None else last}")
    if last is not None and last < first:
        assert (reply.status, reply.body) == (200, CONTENT)
    elif first >= len(CONTENT):
        assert (reply.status, reply.body) == (416, b"")
    else:
        assert (reply.status, reply.body) == (
            206,
            CONTENT[first : len(CONTENT) if last is None else last + 1],
        )


def test_an_empty_file_can_be_had_in_every_way(server: Running) -> None:
    path = "/morning/2026-11-25/empty.00000000.txt"
    for headers in ({}, {"range": "bytes=0-"}, {"range": "bytes=-5"}):
        reply = server.ask(path, **headers)
        assert (reply.status, reply.body, reply.headers["content-length"]) == (200, b"", "0")
