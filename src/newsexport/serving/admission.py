"""Who may come in, decided before anything is looked up.

Two things are asked of a request. Its `Host` must be a name this server is known by: a page
that a browser has open elsewhere can point a name of its own at this machine (DNS rebinding),
but it cannot send another name than that. Nor may it name another port: what listens there is somebody
else's, and no page of theirs shall be taken for ours. And where others reach the server, the address must
begin with the token. Headers in which a proxy tells whom it speaks for are not read, because anybody
can send them.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote_to_bytes, urlsplit

from newsexport.errors import OutputError
from newsexport.publishing.site import Site
from newsexport.serving.request import ClientRequest
from newsexport.storage.atomic import file_errors
from newsexport.storage.private import make_private
from newsexport.storage.staging import staged

# The part of an address that nobody can guess, kept so that subscriptions go on working.

# 144 bits, in characters that need no encoding in an address.
BYTES = 18
TOKEN = re.compile(r"[A-Za-z0-9_-]{22,256}", re.ASCII)


def _drawn() -> str:
    return secrets.token_urlsafe(BYTES)


def kept_token(path: Path, *, renew: bool = False, draw: Callable[[], str] = _drawn) -> str:
    """The token in a file that only its owner can read; made where there is none, or a new one is wanted.

    Raises:
        OutputError: the file cannot be read or written, or holds something else.
    """
    kept = ""
    with file_errors(path), suppress(FileNotFoundError):
        kept = "" if renew else path.read_text("ascii", "replace").strip()
    if TOKEN.fullmatch(kept):
        return kept
    if kept:
        raise OutputError(str(path), "holds no token; remove it, or make a new one with --new-token")
    token = draw()
    with file_errors(path):
        make_private(path.parent)
    with staged(path) as draft:
        draft.touch(mode=0o600)
        draft.write_text(f"{token}\n", "ascii")
    return token


HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?P<port>:[0-9]{1,5})?", re.ASCII)

# Ports that are not written.
DEFAULTS = {"http": 80, "https": 443}

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody is let in; `status` is that of HTTP."""

    status: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Admitted:
    """What was asked for, relative to the library's root, and the address the library has for this client."""

    path: str
    site: Site


@dataclass(frozen=True, slots=True)
class Redirect:
    """Who forgot the last slash of the library's address is sent there."""

    address: str


Verdict: TypeAlias = Admitted | Redirect | Refused


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """Who is let in.

    `names` are host names without ports, in lower case. `token` is empty where nobody else can
    reach the server. `base` is the address that a proxy gives the server, if one does.
    """

    names: frozenset[str] = LOCAL_NAMES
    token: str = ""
    base: str = ""

    def admit(self, request: ClientRequest) -> Verdict:
        """The path and the site of a request, or where to go instead, or why it is refused."""
        host = self._host(request)
        if isinstance(host, Refused):
            return host
        site = self.site(request.scheme, host)
        if self.token and hmac.compare_digest(request.target, f"/{self.token}".encode()):
            return Redirect(site.base)
        path = _inside(request.target, self.token)
        return Refused(404) if path is None else Admitted(path, site)

    def known(self, request: ClientRequest) -> Admitted | None:
        """The path and the site of a request, be the token before it or not; None for a strange Host.

        For what asks for the token by itself.
        """
        host = self._host(request)
        if isinstance(host, Refused):
            return None
        inside = _inside(request.target, self.token)
        path = _inside(request.target, "") if inside is None else inside
        return None if path is None else Admitted(path, self.site(request.scheme, host))

    def site(self, scheme: str, host: str) -> Site:
        """The library as seen by those who reach it under a host, which may have a port."""
        public = urlsplit(self.base)
        base = self.base if self.base and host == public.netloc.lower() else f"{scheme}://{host}/"
        return Site(base + (f"{self.token}/" if self.token else ""))

    def _host(self, request: ClientRequest) -> str | Refused:
        if len(request.hosts) != 1:
            return Refused(400, "one Host is needed")
        host = request.hosts[0].lower()
        match = HOST.fullmatch(host)
        if match is None:
            return Refused(400, "this is no Host")
        name, port = match["name"].rstrip("."), match["port"] and int(match["port"][1:])
        public = urlsplit(self.base)
        if name == _named(public.hostname) and port in {None, public.port, DEFAULTS.get(public.scheme)}:
            return public.netloc.lower()
        if name not in self.names | {_bracketed(request.local), _named(public.hostname)}:
            return Refused(421, "this server is not known by that name")
        if port in {None, request.port} or request.port is None:  # without one it is a proxy's, or nobody's
            return f"{name}{match['port'] or ''}"
        return Refused(421, "this server is not known by that port")


def _inside(target: bytes, token: str) -> str | None:
    """The path behind the token, decoded once; None where there can be nothing."""
    if not target.startswith(b"/"):
        return None
    inside = target[1:]
    if token:
        given, slash, inside = inside.partition(b"/")
        if not hmac.compare_digest(given, token.encode()) or not slash:
            return None
    try:
        return unquote_to_bytes(inside).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _named(host: str | None) -> str | None:
    """A host as it stands in a `Host`."""
    return f"[{host}]" if host and ":" in host else host


def _bracketed(address: str) -> str | None:
    """An address as it stands in a `Host`, without the zone a link-local one may have."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return f"[{ip}]" if ip.version == 6 else str(ip)
