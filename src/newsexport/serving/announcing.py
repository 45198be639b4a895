"""Telling a household's devices of a server, by multicast DNS (RFC 6762 and 6763).

What is told is that there is a web server, its name and port, and never the token: everybody in
the network hears it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

from newsexport.errors import UsageError

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
