"""A library served as a command and a configuration say: to whom, where, and what is told of it."""

from __future__ import annotations

import io
import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar
from urllib.parse import urlsplit

from newsexport.cli.commands.serve import Hosting
from newsexport.cli.console import Console, printable
from newsexport.cli.context import find_configuration, user_folders
from newsexport.configuration.names import InboxService, Service
from newsexport.configuration.option_kinds import kinds, parse_named
from newsexport.configuration.plan import Plan
from newsexport.configuration.planning import read_plan
from newsexport.errors import UsageError
from newsexport.events import Noted
from newsexport.library.issue import Paper
from newsexport.publishing.documents import Publications
from newsexport.publishing.pages import Pages
from newsexport.publishing.site import Site, site_at
from newsexport.reading.record import ReadingRecord
from newsexport.serving.admission import LOCAL_NAMES, AccessPolicy, kept_token
from newsexport.serving.app import App, Served
from newsexport.serving.conversation import Allowance, Conversation, Password
from newsexport.serving.editions import served
from newsexport.serving.gpodder import EpisodeActions
from newsexport.serving.inbox import LARGEST, PER_MINUTE, InboxPost
from newsexport.serving.inbox_pages import InboxPages
from newsexport.serving.koreader import ProgressSync
from newsexport.serving.mdns import addresses, announced, names
from newsexport.serving.routes import Servable
from newsexport.serving.server import BoundSocket, ConnectionLimits, listen, more_files
from newsexport.serving.server import serve as serve_app

LIBRARY = Path("library")

# What a log is told of the token.
ELSEWHERE = "`newsexport inbox --token` shows them with the token that is needed"

T = TypeVar("T")


def host(hosting: Hosting, console: Console, *, verbose: bool) -> None:
    """Serve until it is told to end.

    Raises:
        UsageError: there is no library, or what is wanted makes no sense.
    """
    planned = _plan(hosting)
    root = hosting.library or (Path(planned.library.place) if planned else LIBRARY)
    if not root.is_dir():
        raise UsageError(f"{root}: there is no such folder; `newsexport run` makes a library")
    wanted = _service(hosting, planned.serve if planned else {}, Service)
    door = AccessPolicy(_names(wanted), _token(wanted, renew=hosting.new_token), _base(wanted.base))
    if hosting.mdns and not wanted.lan:
        raise UsageError("--mdns goes with --lan: others could not reach what is announced")
    papers = {key: each.paper for key, each in planned.papers.items()} if planned else {}
    kept = user_folders().index_of(str(root.resolve()))
    holdings = served(root, partial(_published, papers), _troubled(console), kept)
    app = App(
        holdings,
        door,
        heard=_heard(console, verbose=verbose),
        spoken=_spoken(hosting, wanted, door, holdings),
    )
    more_files(wanted.connections)
    with (
        closing(listen(wanted.port, everywhere=wanted.lan)) as listening,
        _announcement(wanted, listening.port),
    ):
        _tell(console, wanted, door, listening)
        Thread(target=holdings.table, daemon=True).start()  # who asks first need not wait for all of it
        serve_app(app, listening, ConnectionLimits(connections=wanted.connections))


def host_inbox(hosting: Hosting, console: Console, *, verbose: bool) -> None:
    """Serve the inbox until it is told to end.

    Its address is told with the token on a terminal alone; a log would keep it. `newsexport inbox --token`
    shows it anywhere.

    Raises:
        UsageError: what is wanted makes no sense.
    """
    if hosting.library or hosting.mdns or hosting.progress:
        raise UsageError("--inbox: serves no library, takes no progress, and is not announced")
    folders = user_folders()
    wanted = _inbox_service(hosting)
    door = _inbox_door(wanted, renew=hosting.new_token)
    pages = InboxPages(datetime.now(UTC))
    post = InboxPost(folders.inbox(), door, pages, lambda: datetime.now(UTC))
    spoken = Conversation((post,), Allowance(PER_MINUTE), LARGEST)
    app = App(pages, door, heard=_heard(console, verbose=verbose), spoken=spoken)
    more_files(wanted.connections)
    with closing(listen(wanted.port, everywhere=wanted.lan)) as listening:
        told = door if sys.stdout.isatty() else replace(door, token="")
        _tell(console, wanted, told, listening, ELSEWHERE if told is not door else "")
        serve_app(app, listening, ConnectionLimits(connections=wanted.connections))


def show_inbox_address(console: Console, hosting: Hosting) -> None:
    """Tell where the inbox is served, with its token; the first address as a code."""
    wanted = _inbox_service(hosting)
    door = _inbox_door(wanted, renew=hosting.new_token)
    lines, facts = _addresses(wanted, door, wanted.port)
    console.show("\n".join([*lines, f"token: {door.token}"]), {**facts, "token": door.token})


def _inbox_service(hosting: Hosting) -> InboxService:
    planned = _plan(hosting)
    return _service(hosting, planned.inbox if planned else {}, InboxService)


def _inbox_door(wanted: InboxService, *, renew: bool) -> AccessPolicy:
    """Nobody puts anything in without the token, from this machine either: any page in a browser could."""
    token = kept_token(user_folders().state / "inbox-token", renew=renew)
    return AccessPolicy(_names(wanted), token, _base(wanted.base))


def _service(hosting: Hosting, planned: Mapping[str, Any], kind: Callable[..., T]) -> T:
    """What the options say, and of what they do not say what is planned."""
    told = {name: getattr(hosting, name) for name in kinds(kind)}
    return kind(**{**planned, **{name: value for name, value in told.items() if value is not None}})


def _plan(hosting: Hosting) -> Plan | None:
    """What is planned; nothing for a folder that is served whatever lies here, or where no plan is."""
    if hosting.library and not hosting.config:
        return None
    try:
        config = find_configuration(hosting.config)
    except UsageError:  # there is none, and none was named
        return None
    return read_plan(config)


def _published(papers: Mapping[str, Paper], site: Site) -> Publications:
    """What those who reach the library under a site are given to see."""
    return Publications(site, papers, pages=Pages(site))


def _base(base: str) -> str:
    """The address of a proxy with a slash at its end."""
    return parse_named("--base", base, site_at).base if base else ""


def _names(wanted: Service | InboxService) -> frozenset[str]:
    return LOCAL_NAMES | names() if wanted.lan else LOCAL_NAMES


def _token(wanted: Service, *, renew: bool) -> str:
    """A token wherever others can come; a library that only this machine sees needs none."""
    if not (wanted.lan or wanted.base):
        return ""
    path = user_folders().state / "serve-token"
    return kept_token(path, renew=renew)


def _spoken(hosting: Hosting, wanted: Service, door: AccessPolicy, holdings: Servable) -> Conversation:
    """The protocols in which apps tell what was read; none, unless that is wanted.

    The token is wanted for them also where everybody on this machine may read the library.
    """
    if not wanted.progress:
        return Conversation()
    folders = user_folders()
    password = Password(door.token or kept_token(folders.state / "serve-token", renew=hosting.new_token))
    record = ReadingRecord(folders.reading())
    heard = EpisodeActions(record, password, lambda path: bool(holdings.table().find(path)), time.time)
    return Conversation((ProgressSync(record, password, time.time), heard))


def _announcement(wanted: Service, port: int) -> AbstractContextManager[None]:
    if not (wanted.mdns and wanted.lan):
        return nullcontext()
    host = socket.gethostname().partition(".")[0]
    return announced(f"newsexport on {host}", host, addresses(), port)


def _tell(
    console: Console,
    wanted: Service | InboxService,
    door: AccessPolicy,
    listening: BoundSocket,
    hint: str = "",
) -> None:
    """The addresses, and the first as a code for a telephone's camera."""
    lines, facts = _addresses(wanted, door, listening.port)
    console.show("\n".join([*lines, hint] if hint else lines), {**facts, "port": listening.port})


def _addresses(
    wanted: Service | InboxService, door: AccessPolicy, port: int
) -> tuple[list[str], dict[str, Any]]:
    hosts = addresses() if wanted.lan else ()
    sites = [door.site("http", f"{host}:{port}") for host in (*hosts, "localhost")]
    if door.base:
        sites.insert(0, door.site("http", urlsplit(door.base).netloc.lower()))
    lines = [site.base for site in sites]
    drawable = sys.stdout.isatty() and "utf" in (sys.stdout.encoding or "").lower()
    if drawable and (wanted.lan or wanted.base):
        lines.append(_code(sites[0]))
    return lines, {"addresses": [site.base for site in sites]}


def _code(site: Site) -> str:
    import segno  # noqa: PLC0415 - drawn only on terminals

    drawn = io.StringIO()
    segno.make_qr(site.base, error="l").terminal(drawn, compact=True)
    return drawn.getvalue()


def _troubled(console: Console) -> Callable[[str], None]:
    return lambda reason: console.report(Noted(reason))


def _heard(console: Console, *, verbose: bool) -> Callable[[Served], None]:
    """What becomes of requests: faults of ours always, every request with --verbose, a token never."""

    def heard(served: Served) -> None:
        if served.fault:
            console.report(Noted(f"{served.path}: {served.fault}"))
        if verbose:
            path = printable(served.path) or ("/" if served.status < 400 else "-")
            console.report(Noted(f"{served.client} {served.method} {path} {served.status} {served.sent}"))

    return heard
