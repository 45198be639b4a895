"""Requests of many threads and processes to one server: where they may go, and what is made of failures."""

import multiprocessing
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme
from tests.newsexport.net.web_server import BOUND, Handler, Page, Route, Site, canary, serving, silent

from newsexport.net.environment import proxy_for
from newsexport.net.retry import RequestError
from newsexport.net.service_client import service_client
from newsexport.net.transport import HttpRequest, HttpResponse, Limits

LIMITS = Limits(1_000_000, 5.0, silence=5.0)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def routes() -> dict[str, Route]:
    return {}


@pytest.fixture
def site(routes: dict[str, Route]) -> Iterator[Site]:
    with serving(routes) as site:
        yield site


def get(site: Site, path: str, limits: Limits = LIMITS, redirects: int = 0) -> HttpResponse:
    return service_client(site.url).send(HttpRequest("GET", site.url + path), limits, redirects)


def refusal(site: Site, path: str, limits: Limits = LIMITS, redirects: int = 0) -> RequestError:
    with pytest.raises(RequestError) as caught:
        get(site, path, limits, redirects)
    return caught.value


@pytest.mark.parametrize(
    "value", ["canary\nX-Other: 1", "canary\r", "canary\0", "canary ", "canarié", "canary€"]
)
def test_what_no_header_can_have_is_told_by_its_name_alone(site: Site, value: str) -> None:
    request = HttpRequest("GET", f"{site.url}/a", {"Authorization": value})
    with pytest.raises(RequestError, match="its header Authorization would have characters") as caught:
        service_client(site.url).send(request, LIMITS)
    assert not caught.value.passing
    assert "canar" not in str(caught.value)
    assert site.visits == []


def test_the_server_that_the_user_named_is_asked_wherever_it_lies(
    site: Site, routes: dict[str, Route]
) -> None:
    routes["/a"] = Page(b"text", headers={"X-Two": "one"})
    answer = get(site, "/a")
    assert (answer.status, answer.phrase, answer.body, answer.headers["x-two"]) == (200, "OK", b"text", "one")


@pytest.mark.parametrize("redirects", [0, 3])
def test_nothing_that_it_leads_to_is_connected_to(
    site: Site, routes: dict[str, Route], redirects: int
) -> None:
    routes["/broken"] = Page(b"", 307, {"Location": "http://[::1/"})
    assert "nowhere" in refusal(site, "/broken", redirects=3).reason
    with canary() as bird:
        routes["/away"] = Page(b"", 307, {"Location": f"http://127.0.0.1:{bird.port}/"})
        if redirects:
            told = refusal(site, "/away", redirects=redirects)
            assert told.reason.endswith(f"sends us on to 127.0.0.1:{bird.port} instead of answering")
            assert not told.passing
        else:
            assert get(site, "/away").status == 307
        assert bird.touched == []


def test_redirects_within_the_server_are_followed_as_far_as_allowed(
    site: Site, routes: dict[str, Route]
) -> None:
    routes |= {"/a": Page(b"", 308, {"Location": "/b"}), "/b": Page(b"there")}
    routes["/round"] = Page(b"", 308, {"Location": "/round"})
    assert get(site, "/a", redirects=1).body == b"there"
    assert "round in circles" in refusal(site, "/round", redirects=2).reason
    assert site.paths().count("/round") == 3


def test_connections_are_kept_for_the_next_request(site: Site, routes: dict[str, Route]) -> None:
    ports: set[object] = set()

    def noted(handler: Handler) -> Page:
        ports.add(handler.client_address)
        return Page(b"text")

    routes["/a"] = noted
    for _ in range(5):
        assert get(site, "/a").body == b"text"
    assert len(ports) == 1


def test_a_kept_connection_that_is_closed_just_then_is_no_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(BOUND)
        taken: list[bytes] = []
        answer = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext"

        def serve() -> None:
            """Answer once, take the next request and hang up, as a server does that restarts; then answer."""
            with listening.accept()[0] as first:
                taken.append(first.recv(65536))
                first.sendall(answer)
                taken.append(first.recv(65536))
            with listening.accept()[0] as second:
                taken.append(second.recv(65536))
                second.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        for _ in range(2):
            assert service_client(url).send(HttpRequest("GET", url + "/"), LIMITS).body == b"text"
        thread.join(BOUND)
    assert [request.partition(b"\r")[0] for request in taken] == [b"GET / HTTP/1.1"] * 3


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/slow", "gave no whole answer within 0.3 s"),
        ("/large", "sent more than 1 MB"),
        ("/gone", "broke off: Server disconnected without sending a response."),
    ],
)
def test_what_failed_is_told_with_the_host(
    site: Site, routes: dict[str, Route], path: str, told: str
) -> None:
    def hang_up(handler: Handler) -> None:
        handler.close_connection = True

    routes |= {"/slow": Page(b"", delay=3.0), "/large": Page(b"." * 1_000_001), "/gone": hang_up}
    error = refusal(site, path, Limits(1_000_000, 0.3 if path == "/slow" else 5.0))
    assert error.reason == f"{site.host} {told}"
    assert (error.late, error.passing) == (path == "/slow", path != "/large")


def test_a_host_that_takes_connections_and_says_nothing_is_left_when_the_time_is_over() -> None:
    with silent() as host, pytest.raises(RequestError, match=r"gave no whole answer within 0\.2 s") as caught:
        service_client(f"http://{host}").send(HttpRequest("GET", f"http://{host}/"), Limits(10, 0.2))
    assert caught.value.late


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("http://me:secret@localhost", "must hold no name or password"),
        ("ftp://me:secret@localhost", "must hold no name or password"),
        ("me:secret@localhost:8880/v1", "must hold no name or password"),
        ("localhost:8880", "must begin with http:// or https://"),
        ("http://a b", "has characters in it that no address has"),
        ("http://localhost:99999", "is no address"),
        ("http://[::1", "is no address"),
        ("http://", "is no address of the web"),
    ],
)
def test_what_cannot_be_a_server_is_refused_without_its_secrets(origin: str, told: str) -> None:
    with pytest.raises(RequestError, match=told) as caught:
        service_client(origin)
    assert "secret" not in caught.value.reason and not caught.value.passing


def test_certificates_are_those_of_the_file_or_folder_that_is_named(tmp_path: Path) -> None:
    authority, other = trustme.CA(), trustme.CA()
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(served)
    authority.cert_pem.write_to_path(tmp_path / "own.pem")
    other.cert_pem.write_to_path(tmp_path / "other.pem")
    with serving({"/": Page(b"text")}, served) as site:
        request = HttpRequest("GET", site.url + "/")
        assert service_client(site.url, str(tmp_path / "own.pem")).send(request, LIMITS).body == b"text"
        for ca in ("", str(tmp_path / "other.pem")):
            with pytest.raises(RequestError, match="has a TLS certificate that is not trusted") as caught:
                service_client(site.url, ca).send(request, LIMITS)
            assert not caught.value.passing
    with pytest.raises(RequestError, match=r"nowhere\.pem cannot be read: No such file"):
        service_client(site.url, str(tmp_path / "nowhere.pem"))


def test_a_proxy_of_the_environment_is_asked_for_names_and_never_for_this_machine(
    site: Site, routes: dict[str, Route], monkeypatch: pytest.MonkeyPatch
) -> None:
    routes["/a"] = Page(b"direct")
    seen: list[str] = []

    def proxied(handler: Handler) -> Page:
        seen.append(handler.headers["Proxy-Authorization"])
        return Page(b"proxied")

    with serving({"http://speech.example/a": proxied}) as proxy:
        monkeypatch.setenv("http_proxy", f"http://me:se%63ret@{proxy.host}")
        monkeypatch.setenv("no_proxy", "")
        assert get(site, "/a").body == b"direct"
        client = service_client("http://speech.example")
        assert client.send(HttpRequest("GET", "http://speech.example/a"), LIMITS).body == b"proxied"
    assert seen == ["Basic bWU6c2VjcmV0"]


def test_no_proxy_leads_to_a_name_of_the_network_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    assert proxy_for(urlsplit("http://crosspoint.local/upload")) == ("", None)
    assert proxy_for(urlsplit("http://local.example/")) == ("http://127.0.0.1:9", None)


@contextmanager
def tunnel(to: int) -> Iterator[tuple[str, list[bytes]]]:
    """A proxy that takes one CONNECT and leads to a port of this machine: its host, and the requests it got."""
    asked: list[bytes] = []

    def carry(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        with listening.accept()[0] as client, socket.create_connection(("127.0.0.1", to)) as server:
            client.settimeout(BOUND)
            server.settimeout(BOUND)
            asked.append(client.recv(65536))
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            threading.Thread(target=carry, args=(server, client), daemon=True).start()
            carry(client, server)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(BOUND)
        threading.Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{listening.getsockname()[1]}", asked


def test_through_a_proxy_the_certificate_is_that_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("speech.example").configure_cert(served)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with serving({"/": Page(b"text")}, served) as site:
        port = int(site.url.rpartition(":")[2])
        for ca in (str(tmp_path / "ca.pem"), ""):
            with tunnel(port) as (proxy, asked):
                monkeypatch.setenv("https_proxy", proxy)
                monkeypatch.setenv("no_proxy", "")
                client = service_client(f"https://speech.example:{port}", ca)
                request = HttpRequest("GET", f"https://speech.example:{port}/")
                if ca:
                    assert client.send(request, LIMITS).body == b"text"
                else:
                    with pytest.raises(RequestError, match="has a TLS certificate that is not trusted"):
                        client.send(request, LIMITS)
            assert asked[0].startswith(f"CONNECT speech.example:{port} HTTP/1.1".encode())


def fetch_in_child(url: str, answers: "multiprocessing.SimpleQueue[object]") -> None:
    answers.put(service_client(url).send(HttpRequest("GET", url + "/a"), LIMITS).body)


METHODS = multiprocessing.get_all_start_methods()


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.parametrize("method", [method for method in METHODS if method != "forkserver"])
def test_processes_that_are_forked_or_spawned_ask_over_connections_of_their_own(
    site: Site, routes: dict[str, Route], method: str
) -> None:
    ports: list[object] = []

    def noted(handler: Handler) -> Page:
        ports.append(handler.client_address)
        return Page(b"text")

    routes["/a"] = noted
    assert get(site, "/a").body == b"text"
    context = multiprocessing.get_context(method)
    answers = context.SimpleQueue()
    child = context.Process(target=fetch_in_child, args=(site.url, answers))  # type: ignore[attr-defined]
    child.start()
    child.join(20)
    assert child.exitcode == 0
    assert answers.get() == b"text"
    assert get(site, "/a").body == b"text"
    assert len(ports) == 3 and len(set(ports)) == 2


def test_threads_ask_side_by_side(site: Site, routes: dict[str, Route]) -> None:
    routes["/a"] = Page(b"text", delay=0.3)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: get(site, "/a").body, range(4))) == [b"text"] * 4
    assert site.most_at_once() > 1


INTERRUPTED = """
import signal, socket, sys, threading, time
from newsexport.net.environment import proxy_for
from newsexport.net.service_client import service_client
from newsexport.net.transport import HttpRequest, Limits
from newsexport.work.executors import DaemonThreads
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has it ignored in the background
url = sys.argv[1]
if "example" in url:  # whose name nobody knows for a minute
    socket.getaddrinfo = lambda *_, **__: time.sleep(60)
ask = lambda *_: service_client(url).send(HttpRequest("GET", url + "/"), Limits(10, 60.0, 60.0))
DaemonThreads(1).submit(ask, None)
for seconds in (1, 8):  # a machine may be so busy that at the first it is still beginning
    timer = threading.Timer(seconds, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT))
    timer.daemon = True
    timer.start()
try:
    ask()
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.skipif(os.name == "nt", reason="a lock is waited for there without hearing of an interrupt")
def test_a_run_that_is_interrupted_waits_for_no_answer_and_no_name() -> None:
    with silent() as host:
        for url in (f"http://{host}", "http://slow.example"):
            command = [sys.executable, "-W", "error", "-c", INTERRUPTED, url]
            ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
            assert (ended.stdout, ended.stderr, ended.returncode) == ("interrupted\n", "", 0)
