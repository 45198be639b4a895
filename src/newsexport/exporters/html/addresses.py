"""Addresses as a book may link to them, whatever an article says they are."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from urllib.parse import quote, urlsplit

# Nearly every link of nearly every article is of this form and is taken as it stands.
PLAIN = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?:/[A-Za-z0-9._~/-]*)?")

HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
MAILBOX = re.compile(r"mailto:[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII | re.IGNORECASE)
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

# RFC 3986, appendix A: what may stand in a path, a query and a fragment unencoded.
PATH, QUERY = "%/:@!$&'()*+,;=~", "%/:@!$&'()*+,;=~?"


@lru_cache(maxsize=4096)
def address(href: str) -> str | None:
    """The address as a URI of a scheme that is safe to open, or None.

    Web and mail addresses remain; scripts, files, fragments and relative references,
    which would point at nothing inside a book, do not. A name and password before the
    host are dropped.
    """
    href = href.strip()
    if PLAIN.fullmatch(href) or MAILBOX.fullmatch(href):
        return href
    try:
        parts = urlsplit(href)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or host is None:
        return None
    return "".join(
        (
            f"{parts.scheme}://{host}",
            f":{port}" if port is not None else "",
            _encoded(parts.path, PATH),
            f"?{_encoded(parts.query, QUERY)}" if parts.query else "",
            f"#{_encoded(parts.fragment, QUERY)}" if parts.fragment else "",
        )
    )


def site(href: str) -> str:
    """The host of an address for people to read, or the address when it has none."""
    return (urlsplit(href).hostname or href).removeprefix("www.")


def _host(name: str) -> str | None:
    """The host as it goes over the wire; None when there is no such host name."""
    try:
        number = ip_address(name)
    except ValueError:
        pass
    else:
        return f"[{number}]" if isinstance(number, IPv6Address) else str(number)
    wired = name.encode("idna").decode("ascii").lower()  # UnicodeError is a ValueError
    return wired if HOST.fullmatch(wired) else None


def _encoded(part: str, safe: str) -> str:
    return quote(STRAY_PERCENT.sub("%25", part), safe=safe, errors="replace")
