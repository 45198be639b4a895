"""Telling a household's devices of a server, by multicast DNS (RFC 6762 and 6763).

What is told is that there is a web server, its name and port, and never the token: everybody in
the network hears it.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

from newsexport.errors import UsageError

# How this machine is called by the others in its network.

# Addresses kept for documentation (RFC 5737, RFC 3849): asking the way there sends nothing to anybody.
ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))

LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


def addresses() -> tuple[str, ...]:
    """The addresses from which this machine reaches others, as they stand in a URL; none without any."""
    found = (_outward(family, far) for family, far in ELSEWHERE)
    return tuple(address for address in found if address)


def names() -> frozenset[str]:
    """The names a router or mDNS may have given this machine, in lower case."""
    full = socket.gethostname().lower().rstrip(".")
    first = full.partition(".")[0]
    usable = LABEL.fullmatch(first) is not None
    return frozenset({full, first, f"{first}.local"}) if usable else frozenset()


def _outward(family: socket.AddressFamily, far: str) -> str:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))
            ip = ip_address(str(probe.getsockname()[0]).partition("%")[0])
    except (OSError, ValueError):
        return ""
    if ip.is_loopback or ip.is_unspecified:
        return ""
    return f"[{ip}]" if ip.version == 6 else str(ip)


SERVICE = "_http._tcp.local."


@contextmanager
def announced(title: str, host: str, addresses: tuple[str, ...], port: int) -> Iterator[None]:
    """Announce a server as long as the block lasts.

    `host` is the name of this machine without a domain, `addresses` its own as they stand in a URL.

    Raises:
        UsageError: zeroconf is not installed, or there is no network to announce anything in.
    """
    try:
        from zeroconf import ServiceInfo, Zeroconf  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("--mdns needs zeroconf: pip install 'newsexport[mdns]'") from error
    reached = [address.strip("[]") for address in addresses]
    packed = [ip_address(address).packed for address in reached]
    if not packed:
        raise UsageError("--mdns: this machine has no address in any network")
    # 63 bytes for a label (RFC 6763, section 4.1.1), and dots would end it
    label = title.replace(".", " ").encode()[:63].decode("utf-8", "ignore")
    info = ServiceInfo(SERVICE, f"{label}.{SERVICE}", port=port, addresses=packed, server=f"{host}.local.")
    try:
        zeroconf = Zeroconf(interfaces=reached)
    except OSError as error:
        raise UsageError(f"--mdns: {error.strerror or error}") from error
    try:
        zeroconf.register_service(info, allow_name_change=True)
        yield
    finally:
        zeroconf.close()
