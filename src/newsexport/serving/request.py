"""A request as plain values, taken from what an ASGI server hands over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

Scope = Mapping[str, Any]

# Fields of a query, and characters of one.
MOST_FIELDS, LONGEST = 16, 200


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks.

    `target` is the path as it was sent, still percent-encoded and without its `query`; `hosts` every
    `Host` that was sent; `local` the address of this machine that the client reached, and `port` the
    port there, None where a server has none. `headers` have names in lower case, several of one name
    joined by commas (RFC 9110, section 5.3).
    """

    method: str
    target: bytes
    scheme: str
    hosts: tuple[str, ...]
    local: str
    client: str
    headers: Mapping[str, str]
    query: bytes = b""
    port: int | None = None

    def asked(self, name: str) -> str:
        """What a field of the query says, cut to what a person would type; empty where there is none."""
        try:
            fields = parse_qs(self.query.decode("latin-1"), max_num_fields=MOST_FIELDS)
        except ValueError:  # more fields than that
            return ""
        return fields.get(name, [""])[0][:LONGEST]

    @property
    def has_body(self) -> bool:
        """Whether something follows the head, which nothing here would have asked for."""
        return "transfer-encoding" in self.headers or self.headers.get("content-length", "0") != "0"


def read(scope: Scope) -> Request:
    """The request in an ASGI scope of the type `http`.

    A whole address in the first line takes the place of the `Host` (RFC 9112, section 3.2.2).
    """
    headers: dict[str, str] = {}
    hosts: list[str] = []
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
        if name == "host":
            hosts.append(value)
    target: bytes = scope["raw_path"]
    if target.lower().startswith((b"http://", b"https://")):
        authority, slash, path = target.partition(b"//")[2].partition(b"/")
        hosts, target = [authority.decode("latin-1")], slash + path
    return Request(
        method=scope["method"],
        target=target,
        scheme=scope["scheme"],
        hosts=tuple(hosts),
        local=_end(scope.get("server")),
        client=_end(scope.get("client")),
        headers=headers,
        query=scope.get("query_string", b""),
        port=(scope.get("server") or ("", None))[1],
    )


def _end(end: tuple[str, int | None] | None) -> str:
    return end[0] if end else ""
