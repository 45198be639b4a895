"""The command `serve`: a library over HTTP until it is told to end."""

from __future__ import annotations

import io
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from newsexport.cli.exits import run
from newsexport.cli.hosting import Hosting
from newsexport.cli.options import Telling
from newsexport.cli.planning import found, plan
from newsexport.cli.reporting import Console, printable
from newsexport.errors import UsageError
from newsexport.events import Noted
from newsexport.publishing.documents import Broadcast, Publications
from newsexport.publishing.site import Site
from newsexport.serving.announcing import announced
from newsexport.serving.app import App, Served
from newsexport.serving.connections import Patience
from newsexport.serving.door import LOCAL_NAMES, Door
from newsexport.serving.editions import served
from newsexport.serving.listing import Listing
from newsexport.serving.neighbourhood import addresses, names
from newsexport.serving.server import Listening, listen, more_files, serve
from newsexport.serving.tokens import kept_token

LIBRARY = Path("library")


def serve_library(hosting: Hosting, telling: Telling) -> None:
    """Serve a library. Ends with 0 when it is told to end, by Ctrl-C or by the system."""
    with run(telling) as console:
        root, broadcasts = _library(hosting)
        if not root.is_dir():
            raise UsageError(f"{root}: there is no such folder; `newsexport run` makes a library")
        base = _base(hosting.base)
        door = Door(_names(hosting), _token(hosting), base)
        holdings = served(root, partial(_published, broadcasts), _troubled(console))
        app = App(holdings, door, heard=_heard(console, telling))
        more_files(hosting.connections)
        with (
            closing(listen(hosting.port, everywhere=hosting.lan)) as listening,
            _announcement(hosting, listening.port),
        ):
            _tell(console, hosting, door, listening)
            serve(app, listening, Patience(connections=hosting.connections))


def _library(hosting: Hosting) -> tuple[Path, Mapping[str, Broadcast]]:
    """The folder that was named, or planned, or lies here; and how its papers are published."""
    if hosting.library and not hosting.config:
        return hosting.library, {}
    try:
        config = found(hosting.config)
    except UsageError:  # there is none, and none was named
        return LIBRARY, {}
    planned = plan(config)
    broadcast = Broadcast(by_section=planned.library.section_feeds)
    return hosting.library or Path(planned.library.place), dict.fromkeys(planned.papers, broadcast)


def _published(broadcasts: Mapping[str, Broadcast], site: Site) -> Publications:
    """What those who reach the library under a site are given to see."""
    return Publications(site, broadcasts, pages=Listing(site))


def _base(base: str) -> str:
    """The address of a proxy with a slash at its end."""
    if not base:
        return ""
    try:
        parts = urlsplit(base)
        sound = parts.port != 0 and not (parts.query or parts.fragment or parts.username)
    except ValueError:
        sound = False
    if not sound:
        raise UsageError(f"--base: {base!r} is no address, as https://paper.example.org/ would be")
    return Site(f"{base.rstrip('/')}/").base


def _names(hosting: Hosting) -> frozenset[str]:
    return LOCAL_NAMES | names() if hosting.lan else LOCAL_NAMES


def _token(hosting: Hosting) -> str:
    """A token wherever others can come; a library that only this machine sees needs none."""
    if not (hosting.lan or hosting.base):
        return ""
    path = Path(platformdirs.user_state_dir("newsexport")) / "serve-token"
    return kept_token(path, renew=hosting.new_token)


def _announcement(hosting: Hosting, port: int) -> AbstractContextManager[None]:
    if not hosting.mdns:
        return nullcontext()
    if not hosting.lan:
        raise UsageError("--mdns goes with --lan: others could not reach what is announced")
    host = socket.gethostname().partition(".")[0]
    return announced(f"newsexport on {host}", host, addresses(), port)


def _tell(console: Console, hosting: Hosting, door: Door, listening: Listening) -> None:
    """The addresses, and the first as a code for a telephone's camera."""
    hosts = addresses() if hosting.lan else ()
    sites = [door.site("http", f"{host}:{listening.port}") for host in (*hosts, "localhost")]
    if door.base:
        sites.insert(0, door.site("http", urlsplit(door.base).netloc.lower()))
    lines = [site.base for site in sites]
    drawable = sys.stdout.isatty() and "utf" in (sys.stdout.encoding or "").lower()
    if drawable and (hosting.lan or hosting.base):
        lines.append(_code(sites[0]))
    console.show("\n".join(lines), {"addresses": [site.base for site in sites], "port": listening.port})


def _code(site: Site) -> str:
    import segno  # noqa: PLC0415 - drawn only on terminals

    drawn = io.StringIO()
    segno.make_qr(site.base, error="l").terminal(drawn, compact=True)
    return drawn.getvalue()


def _troubled(console: Console) -> Callable[[str], None]:
    return lambda reason: console.report(Noted(reason))


def _heard(console: Console, telling: Telling) -> Callable[[Served], None]:
    """What becomes of requests: faults of ours always, every request with --verbose, a token never."""

    def heard(served: Served) -> None:
        if served.fault:
            console.report(Noted(f"{served.path}: {served.fault}"))
        if telling.verbose:
            path = printable(served.path) or ("/" if served.status < 400 else "-")
            console.report(Noted(f"{served.client} {served.method} {path} {served.status} {served.sent}"))

    return heard
