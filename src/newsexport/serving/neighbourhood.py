"""How this machine is called by the others in its network."""

from __future__ import annotations

import re
import socket
from ipaddress import ip_address

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
