"""Clients that leave, dawdle, come in crowds or send rubbish; files that change under them."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from tests.newsexport.serving.serving_rigs import Running, running

from newsexport.serving.server import ConnectionLimits

LONG = 4_000_000
SOUND = "/morning/2026-11-25/morning.3fa9c1d0.mp3"
ASK = f"GET {SOUND} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()

ABORTS = 1000


@pytest.fixture(scope="module")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    patience = ConnectionLimits(head=0.5, stalled=0.5, connections=20)
    with running(tmp_path_factory.mktemp("library"), patience=patience) as server:
        yield server


@pytest.fixture
def server(running_server: Running) -> Iterator[Running]:
    running_server.shelf.put(SOUND[1:], os.urandom(LONG))
    running_server.served.clear()
    yield running_server
    assert comes_true(lambda: not running_server.server.server_state.connections)


def connect(server: Running, receive_buffer: int = 0) -> socket.socket:
    connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(20)
    connection.connect(("127.0.0.1", server.port))
    return connection


def comes_true(fact: Callable[[], bool]) -> bool:
    """Whether something becomes so before anybody would give up waiting."""
    for _ in range(1000):
        if fact():
            return True
        time.sleep(0.02)
    return False


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def open_files(folder: Path) -> list[str]:
    """What this process has open in a folder."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            target = str(descriptor.readlink())
        except FileNotFoundError:
            continue
        found += [target] * target.startswith(str(folder))
    return found


def to_the_end(connection: socket.socket) -> bytes:
    received = b""
    try:
        while chunk := connection.recv(1 << 20):
            received += chunk
    except ConnectionResetError:
        pass
    return received


@pytest.mark.slow
def test_clients_that_leave_in_the_middle_leave_nothing_open(server: Running) -> None:
    def leave(number: int) -> None:
        with connect(server, 4096) as connection:
            connection.sendall(ASK)
            connection.recv(1 + number % 5000)

    server.ask(SOUND, "HEAD")
    before = open_descriptors()
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(leave, range(ABORTS)))
    assert comes_true(lambda: not open_files(server.shelf.folder.root))
    assert comes_true(lambda: open_descriptors() <= before)
    assert comes_true(lambda: not server.server.server_state.tasks)
    assert len([each for each in server.served if each.sent < LONG]) >= ABORTS


def test_who_says_nothing_is_cut_off(server: Running) -> None:
    with connect(server) as silent:
        assert to_the_end(silent) == b""


def test_who_spells_out_a_request_is_cut_off(server: Running) -> None:
    with connect(server) as slow:
        for byte in ASK[:-2]:
            try:
                slow.sendall(bytes([byte]))
            except OSError:
                break
            time.sleep(0.03)
        assert to_the_end(slow) == b""
    assert not server.served


def test_a_second_request_must_come_in_time_as_the_first(server: Running) -> None:
    with connect(server) as slow:
        slow.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HT")
        assert to_the_end(slow).count(b"HTTP/1.1") == 1


def test_who_takes_nothing_is_cut_off(server: Running) -> None:
    with connect(server, 4096) as stuck:
        stuck.sendall(ASK)
        assert comes_true(lambda: bool(open_files(server.shelf.folder.root)))
        assert comes_true(lambda: not server.server.server_state.connections)
        assert not open_files(server.shelf.folder.root)
        assert len(to_the_end(stuck)) < LONG


@pytest.mark.slow
def test_who_listens_slowly_hears_all(server: Running) -> None:
    with connect(server, 16384) as slow:
        slow.sendall(ASK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        received = 0
        while chunk := slow.recv(16384):
            received += len(chunk)
            time.sleep(0.01)
    assert received > LONG


def test_one_too_many_is_told_to_come_back(server: Running) -> None:
    crowd = [connect(server) for _ in range(20)]
    assert comes_true(lambda: len(server.server.server_state.connections) == 20)
    with connect(server) as late:
        assert to_the_end(late).startswith(b"HTTP/1.1 503 ")
    for connection in crowd:
        connection.close()
    assert comes_true(lambda: not server.server.server_state.connections)
    assert server.ask(SOUND, "HEAD").status == 200


@pytest.mark.parametrize(
    "rubbish",
    [
        b"GET / HTTP/0.9\r\n\r\n",
        b"GET /\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET / HTTP/1.1\nHost: localhost\nX: a\x00b\n\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 10_000,
        b"GET /" + b"a" * 10_000_000,
        b"\r\n" * 100_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 1_000_000,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\xff" * 100_000,
    ],
)
def test_rubbish_is_refused_and_the_server_goes_on(server: Running, rubbish: bytes) -> None:
    with connect(server) as connection:
        with suppress(OSError):
            connection.sendall(rubbish)
        found = to_the_end(connection)
    assert found[:13] in {b"", b"HTTP/1.1 400 ", b"HTTP/1.1 404 ", b"HTTP/1.1 501 "}, found[:200]
    assert found.count(b"HTTP/1.1 ") <= 1
    assert server.ask(SOUND, "HEAD").status == 200


def test_requests_in_a_row_are_answered_in_a_row(server: Running) -> None:
    row = b"".join(
        b"GET %s HTTP/1.1\r\nHost: localhost\r\nRange: bytes=%d-%d\r\n%s\r\n"
        % (SOUND.encode(), number, number, b"Connection: close\r\n" if number == 9 else b"")
        for number in range(10)
    )
    content = (server.shelf.folder.root / SOUND[1:]).read_bytes()
    answers = server.raw(row).split(b"HTTP/1.1 206 ")[1:]
    assert [answer.partition(b"\r\n\r\n")[2] for answer in answers] == [content[n : n + 1] for n in range(10)]


def test_a_body_nobody_asked_for_is_not_read_on(server: Running) -> None:
    with connect(server) as eager:
        eager.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n")
        assert eager.recv(65536).startswith(b"HTTP/1.1 405 ")
        eager.settimeout(20)
        sent = 0
        try:
            while sent < 100_000_000:
                sent += eager.send(bytes(100_000))
                time.sleep(0.001)
        except OSError:
            pass
        assert sent < 100_000_000


def test_who_listens_hears_the_old_file_to_its_end_when_a_new_one_takes_its_place(server: Running) -> None:
    path = server.shelf.folder.root / SOUND[1:]
    old, new = path.read_bytes(), os.urandom(LONG)
    with connect(server, 4096) as listener:
        listener.sendall(ASK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        begun = listener.recv(1000)
        draft = path.with_suffix(".part")
        draft.write_bytes(new)
        draft.replace(path)
        answer = begun + to_the_end(listener)
    assert answer.partition(b"\r\n\r\n")[2] == old


def test_a_file_that_is_shorter_than_its_manifest_says_is_not_there(server: Running) -> None:
    path = server.shelf.folder.root / SOUND[1:]
    os.truncate(path, LONG - 1)
    assert server.ask(SOUND).status == 404
    path.unlink()
    assert server.ask(SOUND).status == 404


def test_a_file_cut_short_while_it_is_sent_is_no_whole_answer(server: Running) -> None:
    with connect(server, 4096) as listener:
        listener.sendall(ASK)
        begun = listener.recv(1000)
        os.truncate(server.shelf.folder.root / SOUND[1:], LONG // 2)
        answer = begun + to_the_end(listener)
    assert f"content-length: {LONG}".encode() in answer.lower()
    assert len(answer) < LONG


def test_a_pipe_in_the_place_of_a_file_holds_nobody(server: Running) -> None:
    stored = server.shelf.put("morning/2026-11-25/pipe.mp3", b"")
    path = server.shelf.folder.root / stored.path
    path.unlink()
    os.mkfifo(path)
    assert server.ask(f"/{stored.path}").status == 404


def test_one_page_that_cannot_be_made_is_told_and_harms_no_other(server: Running) -> None:
    server.shelf.make("index.html", "BASE")
    server.shelf.make("broken.html", "BASE")
    made = server.shelf.now.resources["broken.html"]
    object.__setattr__(made, "make", lambda _: 1 / 0)
    assert server.ask("/broken.html").status == 500
    assert comes_true(
        lambda: [each.fault for each in server.served] == ["ZeroDivisionError: division by zero"]
    )
    assert server.ask("/").status == 200
