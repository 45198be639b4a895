"""To a WebDAV server that we did not write: a whole issue at its name or none, whatever happens on the way."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.newsexport.library.places import webdav

from newsexport.delivery.deliver import ToWebdav, deliver
from newsexport.delivery.mail import Ledger
from newsexport.delivery.remote import Remote
from newsexport.delivery.remote_shelf import Bringing, Holdings
from newsexport.delivery.webdav import WebdavShelf
from newsexport.errors import DeliveryError
from newsexport.events import Event, Noted, Omitted, ignore
from newsexport.net.login import Login
from newsexport.net.retry import Timing
from newsexport.net.secrets import Literal
from newsexport.storage.old_issues import OLD

BOUND = 10.0
ADA = {"ada": {"password": "sésame:1"}}

BRING = """
import sys
from pathlib import Path
from newsexport.delivery.deliver import ToWebdav, deliver
from newsexport.delivery.mail import Ledger
folder = Path(sys.argv[1])
deliver(ToWebdav(sys.argv[2]), [folder / "morning-2026-11-25.epub"], Ledger(folder / "mailed.json"), print)
"""


@dataclass
class Breaks:
    """What goes wrong around a server: at a method, once for each time that it is told.

    ``lost`` lets all be done and answers 500; a number is an answer in its place; ``hang`` waits; ``race`` has
    somebody take the name to which a file is to be moved.
    """

    folder: Path
    told: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)

    def around(self, app: Any) -> Callable[..., Iterable[bytes]]:
        def broken(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            method = str(environ["REQUEST_METHOD"])
            self.asked.append(method)
            what = next((what for at, what in self.told if at == method), "")
            if not what:
                return app(environ, start)  # type: ignore[no-any-return]  # of a stranger
            self.told.remove((method, what))
            if what == "race":
                name = str(environ["HTTP_DESTINATION"]).rpartition("/")[2]
                (self.folder / "cloud" / name).write_bytes(b"somebody's")
                return app(environ, start)  # type: ignore[no-any-return]  # of a stranger
            if what == "lost":
                list(app(environ, lambda *_: lambda _: None))
            if what == "hang":
                self.reached.set()
                self.closing.wait(BOUND)
            environ["wsgi.input"].read()
            status = what if what.isdecimal() else "500"
            start(f"{status} As told", [("Content-Length", "0")])
            return [b""]

        return broken


@pytest.fixture
def breaks(tmp_path: Path) -> Iterator[Breaks]:
    found = Breaks(tmp_path)
    yield found
    found.closing.set()


@pytest.fixture
def cloud(tmp_path: Path, breaks: Breaks) -> Iterator[str]:
    (tmp_path / "cloud").mkdir()
    with webdav(tmp_path / "cloud", around=breaks.around) as address:
        yield address
        breaks.closing.set()


def book(folder: Path, name: str, content: bytes = b"a book " * 40_000) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def bring(
    address: str, folder: Path, *files: Path, keep: int | None = None, told: list[Event] | None = None
) -> list[str]:
    holdings = Holdings(folder / "held.json")
    remote = Remote(address, timing=Timing(sleep=lambda _: None), silence=0.4)
    report = ignore if told is None else told.append
    return Bringing(WebdavShelf(remote, holdings.token()), holdings, report).bring(files, keep)


def there(folder: Path) -> dict[str, bytes]:
    """All files of a cloud, drafts too."""
    found = (path for path in (folder / "cloud").rglob("*") if path.is_file())
    return {path.relative_to(folder / "cloud").as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("digest", [False, True])
def test_a_cloud_gets_an_issue_from_who_shows_the_password(tmp_path: Path, *, digest: bool) -> None:
    (tmp_path / "cloud").mkdir()
    files = [book(tmp_path, "Größe 🐟-2026-11-25.3fa9c1d0.epub"), book(tmp_path, "morning-2026-11-25.mp3")]
    ledger = Ledger(tmp_path / "mailed.json")
    with webdav(tmp_path / "cloud", ADA, digest=digest) as address:
        place = f"{address}/Meine Bücher/Täglich/"
        to = ToWebdav(place, "ada", Literal("sésame:1"), ("epub",))
        told = deliver(to, files, ledger, ignore)
        assert told == [f"Größe 🐟-2026-11-25.epub to {address.partition('://')[2]}"]
        assert there(tmp_path) == {"Meine Bücher/Täglich/Größe 🐟-2026-11-25.epub": files[0].read_bytes()}
        wrong = ToWebdav(place, "ada", Literal("open sesame"))
        with pytest.raises(DeliveryError, match="takes neither this name nor this password") as error:
            deliver(wrong, files, ledger, ignore)
        with pytest.raises(DeliveryError, match="wants a name and a password"):
            deliver(ToWebdav(place), files, ledger, ignore)
    assert "open sesame" not in str(error.value)
    assert "tried" not in str(error.value)


def test_a_password_is_sent_unencrypted_only_where_that_is_said(tmp_path: Path) -> None:
    to = ToWebdav("http://cloud.invalid/dav", "ada", Literal("secret"))
    with pytest.raises(DeliveryError, match="its password is not sent unencrypted"):
        deliver(to, [book(tmp_path, "a.epub")], Ledger(tmp_path / "mailed.json"), ignore)


def test_a_password_in_the_address_is_told_nowhere(tmp_path: Path) -> None:
    to = ToWebdav("https://ada:topsecret@cloud.invalid/dav")
    with pytest.raises(DeliveryError, match="must hold no name or password") as error:
        deliver(to, [book(tmp_path, "a.epub")], Ledger(tmp_path / "mailed.json"), ignore)
    assert str(error.value).startswith("cloud.invalid: ")


def test_the_digest_is_that_of_the_standard() -> None:
    """The example of RFC 2617, section 3.5, without what a client makes up: there is no qop here."""
    login = Login("Mufasa", "Circle Of Life")
    assert login.shown("GET", "/dir/index.html") == {}
    assert login.heard('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"')
    told = login.shown("GET", "/dir/index.html")["Authorization"]
    assert 'response="670fd8c2df070c60b045671b8b24ff02"' in told
    assert not login.heard('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"')
    assert login.heard('Basic realm="no", Digest realm="a \\"b\\" c", nonce="another"')
    assert 'realm="a \\"b\\" c"' in login.shown("GET", "/")["Authorization"]


def test_what_was_written_down_and_is_damaged_is_told(cloud: str, tmp_path: Path) -> None:
    bring(cloud, tmp_path, book(tmp_path, "a.epub"))
    for damage in ("{", '{"token": "t", "files": {"a.epub": [{"size": "x"}]}}'):
        (tmp_path / "held.json").write_text(damage)
        with pytest.raises(DeliveryError, match=r"held\.json: is damaged .*; remove it"):
            bring(cloud, tmp_path, tmp_path / "a.epub")


@pytest.mark.parametrize("method", ["HEAD", "PUT", "MKCOL", "MOVE", "GET"])
@pytest.mark.parametrize("what", ["500", "lost", "hang", "423"])
def test_a_break_at_any_step_is_got_over(
    cloud: str, breaks: Breaks, tmp_path: Path, method: str, what: str
) -> None:
    old, new = book(tmp_path, "evening-2026-11-25.epub"), book(tmp_path, "morning-2026-11-25.epub")
    place = f"{cloud}/news"
    if method == "GET":
        bring(place, tmp_path, old)
    breaks.told = [(method, what)]
    assert bring(place, tmp_path, old, new) == [old.name, new.name]
    assert breaks.told == []
    assert there(tmp_path) == {f"news/{file.name}": file.read_bytes() for file in (old, new)}


@pytest.mark.parametrize(
    ("method", "status", "reason"),
    [
        ("PUT", "507", r"has no room left \(507\)$"),
        ("PUT", "413", r"answers 413 \(As told\)$"),
        ("PUT", "403", r"answers 403 \(As told\)$"),
        ("MOVE", "405", r"answers 405 \(As told\)$"),
        ("MOVE", "409", r"answers 409 when the file is to be moved into its place$"),
        ("PUT", "500", r"answers 500 \(As told\) \(tried 4 times\)$"),
    ],
)
def test_what_lasts_is_told_in_a_line_and_leaves_the_old_issue(
    cloud: str, breaks: Breaks, tmp_path: Path, method: str, status: str, reason: str
) -> None:
    bring(cloud, tmp_path, book(tmp_path, "morning-2026-11-25.epub", b"old"))
    breaks.told = [(method, status)] * 4
    with pytest.raises(DeliveryError, match=reason):
        bring(cloud, tmp_path, book(tmp_path, "morning-2026-11-25.epub", b"new"))
    breaks.told = []
    assert there(tmp_path) == {"morning-2026-11-25.epub": b"old"}
    bring(cloud, tmp_path, tmp_path / "morning-2026-11-25.epub")
    assert there(tmp_path) == {"morning-2026-11-25.epub": b"new"}


def test_a_server_behind_another_takes_its_own_path(cloud: str, breaks: Breaks, tmp_path: Path) -> None:
    breaks.told = [("MOVE", "502")]
    assert bring(cloud, tmp_path, book(tmp_path, "a.epub")) == ["a.epub"]
    assert breaks.asked.count("MOVE") == 2


def test_nothing_is_sent_twice_and_nobody_elses_file_is_touched(
    cloud: str, breaks: Breaks, tmp_path: Path
) -> None:
    told: list[Event] = []
    book(tmp_path / "cloud", "morning-2026-11-20.epub", b"somebody's")
    book(tmp_path / "cloud", "morning-2026-11-25.epub", b"somebody's too")
    for day in ("22", "23", "24", "25"):
        file = book(tmp_path, f"morning-2026-11-{day}.epub", day.encode())
        for _ in range(2):
            bring(cloud, tmp_path, file, keep=2, told=told)
        if day == "23":
            book(tmp_path / "cloud", "morning-2026-11-23.epub", b"no")
    assert breaks.asked.count("PUT") == 4
    assert there(tmp_path) == {
        "morning-2026-11-20.epub": b"somebody's",
        "morning-2026-11-23.epub": b"no",
        "morning-2026-11-24.epub": b"24",
        "morning-2026-11-25.epub": b"somebody's too",
        "morning-2026-11-25-2.epub": b"25",
    }
    assert Omitted("morning-2026-11-22.epub", OLD, "issue") in told
    assert Noted("morning-2026-11-23.epub is not as it was delivered, and stays") in told


def test_a_name_that_is_taken_in_the_meantime_is_left(cloud: str, breaks: Breaks, tmp_path: Path) -> None:
    breaks.told = [("MOVE", "race")]
    file = book(tmp_path, "morning-2026-11-25.epub")
    assert bring(cloud, tmp_path, file) == ["morning-2026-11-25-2.epub"]
    assert there(tmp_path) == {
        "morning-2026-11-25.epub": b"somebody's",
        "morning-2026-11-25-2.epub": file.read_bytes(),
    }


@pytest.mark.parametrize("method", ["PUT", "MOVE"])
def test_a_run_that_is_killed_leaves_the_old_issue_and_the_next_brings_the_new(
    cloud: str, breaks: Breaks, tmp_path: Path, method: str
) -> None:
    file = book(tmp_path, "morning-2026-11-25.epub", b"old")
    ledger = Ledger(tmp_path / "mailed.json")
    deliver(ToWebdav(cloud), [file], ledger, ignore)
    book(tmp_path, file.name, b"new")
    breaks.told = [(method, "hang")]
    run = subprocess.Popen([sys.executable, "-c", BRING, str(tmp_path), cloud], env=dict(os.environ))
    try:
        assert breaks.reached.wait(30)
    finally:
        run.kill()
        run.wait(10)
    drafts = {name for name in there(tmp_path) if name.startswith(".newsexport-")}
    assert len(drafts) == (method == "MOVE")
    assert there(tmp_path)[file.name] == b"old"
    breaks.closing.set()
    other = book(tmp_path, "evening-2026-11-25.epub", b"other")
    deliver(ToWebdav(cloud), [other], ledger, ignore)
    assert there(tmp_path) == {file.name: b"old", other.name: b"other"}
    deliver(ToWebdav(cloud), [file], ledger, ignore)
    assert there(tmp_path)[file.name] == b"new"
