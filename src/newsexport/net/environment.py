"""What the environment says of the net: whose certificates are trusted, and which proxy leads to a host."""

from __future__ import annotations

import os
import ssl
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from newsexport.net.guard import is_public
from newsexport.net.retry import RequestError

# As requests and curl have them.
BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def trusted(ca: str = "") -> ssl.SSLContext:
    """A context that trusts the certificates in `ca`, a file or a folder.

    Without it those of the environment (`BUNDLES`), of the system, or of certifi where the system has none.

    Raises:
        RequestError: they cannot be read.
    """
    return _context(ca or next(filter(None, map(os.environ.get, BUNDLES)), ""))


@cache
def _context(ca: str) -> ssl.SSLContext:
    is_folder = bool(ca) and Path(ca).is_dir()
    try:
        context = ssl.create_default_context(
            cafile=None if is_folder else ca or None, capath=ca if is_folder else None
        )
    except OSError as error:
        reason = f"the certificates in {ca} cannot be read: {error.strerror or error}"
        raise RequestError(reason, passing=False) from error
    if not ca and not _system_has_some(context):
        import certifi  # noqa: PLC0415 - most systems have their own

        context.load_verify_locations(certifi.where())
    return context


def _system_has_some(context: ssl.SSLContext) -> bool:
    """Whether certificates were loaded, or lie in a folder from which they are when they are needed."""
    folder = ssl.get_default_verify_paths().capath
    return bool(context.cert_store_stats()["x509_ca"]) or bool(folder and any(Path(folder).iterdir()))


def proxy_for(parts: SplitResult) -> tuple[str, tuple[str, str] | None]:
    """The proxy that the environment names for an address, and the name and password it wants.

    Empty when there is none. No proxy leads to this machine, to a number in a private network, or to a
    name that machines of one network have among themselves (``.local``, RFC 6762).
    """
    host = parts.hostname or ""
    proxies = getproxies()
    named = proxies.get(parts.scheme) or proxies.get("all") or ""
    private = is_loopback(host) or host.lower().endswith(".local") or (_number(host) and not is_public(host))
    if not named or private or proxy_bypass(host):
        return "", None
    proxy = urlsplit(named if "://" in named else f"http://{named}")
    login = (unquote(proxy.username), unquote(proxy.password or "")) if proxy.username else None
    return urlunsplit((proxy.scheme, proxy.netloc.rpartition("@")[2], "", "", "")), login


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, so that nobody between can read along."""
    number = _number(host)
    return number.is_loopback if number else host.lower() == "localhost"


def _number(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None
