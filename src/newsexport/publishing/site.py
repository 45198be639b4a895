"""Where a library can be reached: the one thing that what is published must know of its host."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from newsexport.errors import UsageError

# RFC 3986, section 3.3, without what feeds and older players decode twice or not at all.
LITERAL = "/-._~"


@dataclass(frozen=True, slots=True)
class Site:
    """The address of the root of a library, `base`, which ends in ``/``.

    A private paper's unguessable part belongs to it.

    Raises:
        UsageError: `base` is no absolute ``http`` or ``https`` address ending in ``/``.
    """

    base: str

    def __post_init__(self) -> None:
        """Refuse what no address could be made of."""
        if not _is_web(self.base) or not self.base.endswith("/"):
            raise UsageError(
                f"{self.base!r} is no address that things could be published at "
                "(expected like https://example.org/papers/)"
            )

    def address(self, path: str = "") -> str:
        """The address of a path relative to the root of the library, percent-encoded."""
        return self.base + quote(path, safe=LITERAL)


def site_at(address: str) -> Site:
    """The site at an address of a host and perhaps a path, with a slash at its end or without.

    Raises:
        UsageError: it is none, or has more than that.
    """
    if not _is_web(address) or set(address) & set("?# ") or urlsplit(address).username is not None:
        raise UsageError(f"{address!r} is no address, as https://paper.example.org/ would be")
    return Site(f"{address.rstrip('/')}/")


def _is_web(address: str) -> bool:
    """Whether it is absolute, ``http`` or ``https``, and of a host and a port that there can be."""
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return sound and address.isascii() and address.isprintable()
