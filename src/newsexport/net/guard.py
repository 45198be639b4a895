"""Which addresses may be connected to: public ones, and those the user allowed.

A name is resolved once, and the connection is made to the very address that was looked
at, so that no second answer of a name server can lead elsewhere.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from newsexport.work.executors import Threads

# RFC 6052, section 2.1: the last 32 bits are an IPv4 address.
NAT64 = IPv6Network("64:ff9b::/96")

# IPv6 networks that Python calls global or says nothing of, and that lead inwards: the
# former IPv4-compatible and site-local addresses (RFC 4291, 2.5.5.1 and 2.5.7), local
# NAT64 (RFC 8215), Teredo tunnels (RFC 4380).
INWARDS = tuple(map(IPv6Network, ("::/96", "fec0::/10", "64:ff9b:1::/48", "2001::/32")))

LONGEST = 8000
LOOKUPS = 32  # names that may be looked up at a time
_LOOKUP_THREADS: dict[int, Threads] = {}  # by process: one that was forked has none of its parent's threads
UNFIT = re.compile(r"[\x00-\x20\x7f\\]")


class GuardError(Exception):
    """The address may not be fetched; the message is the reason."""


def checked(url: str) -> SplitResult:
    """The parts of an address of the web. Raises `GuardError`."""
    if len(url) > LONGEST:
        raise GuardError("is longer than any address should be")
    if UNFIT.search(url):
        raise GuardError("has characters in it that no address has")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise GuardError("is no address") from error
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise GuardError("is no address of the web")
    if parts.username is not None:
        raise GuardError("has a user name in it")
    if any(len(label) > 63 for label in host.split(".")) or len(host) > 253:
        raise GuardError("names no host that can be")
    return parts


def is_public(address: str) -> bool:
    """Whether the address of a machine leads to the public internet, whatever form it is wrapped in."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (_last_bits(ip) if ip in NAT64 else None)
        if inner is not None:
            ip = inner
        elif any(ip in network for network in INWARDS):
            return False
    # Before Python 3.11.8 `is_global` said yes to some of these, so each is asked for.
    return ip.is_global and not (ip.is_multicast or ip.is_private or ip.is_reserved or ip.is_link_local)


def _last_bits(ip: IPv6Address) -> IPv4Address:
    return IPv4Address(int(ip) & 0xFFFFFFFF)


def _lookup_threads() -> Threads:
    """Threads in which names are looked up. One that takes long keeps its thread, but not the process."""
    return _LOOKUP_THREADS.setdefault(os.getpid(), Threads(LOOKUPS))


@dataclass(frozen=True, slots=True)
class Guard:
    """Resolves names to what may be connected to.

    `allowed` are hosts (``host`` or ``host:port``) that may lie in a private network.
    """

    allowed: frozenset[str] = frozenset()

    async def check(self, host: str, port: int) -> None:
        """Look at a host that somebody else is to connect to. Raises `GuardError`."""
        if not self.allows(host, port):
            await self.addresses(host, port)

    def allows(self, host: str, port: int) -> bool:
        """Whether the host may lie in a private network."""
        return bool(self.allowed & {host.lower(), f"{host.lower()}:{port}"})

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses behind a name, only those that may be connected to.

        Raises:
            GuardError: there is none, or none that may.
        """
        try:
            lookup = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
            found = await asyncio.get_running_loop().run_in_executor(_lookup_threads(), lookup)
        except (OSError, UnicodeError) as error:
            raise GuardError("no such host") from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        if self.allows(host, port):
            return addresses
        public = [address for address in addresses if is_public(address)]
        if not public:
            raise GuardError(
                f"leads to a private address ({addresses[0]}); --allow-host {host}:{port} would permit it"
            )
        return public
