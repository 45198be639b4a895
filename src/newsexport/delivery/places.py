"""Places as a configuration has them, and what tells one from every other, in whatever order they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never
from urllib.parse import urlsplit

from newsexport.delivery.deliver import (
    Destination,
    ToCrossPoint,
    ToDevice,
    ToFolder,
    ToMail,
    ToRemarkable,
    ToWebdav,
)
from newsexport.text.addresses import canonical, redacted


@dataclass(frozen=True, slots=True)
class DeliveryPlace:
    """A destination, by the `name` that it was given, if any."""

    destination: Destination
    name: str = ""

    @property
    def told(self) -> str:
        """Its name, or else what it is and where: ``mail ada@kindle.example``. No secret is in it."""
        kind, *parts = identity(self.destination)
        return self.name or " ".join(filter(None, (kind, *map(redacted, parts))))


def identity(destination: Destination) -> tuple[str, ...]:
    """What kind of place it is and where: equal for two that are one place, whatever is sent there and how.

    A parameter of an address that is a secret may be in it, a password is not.
    """
    match destination:
        case ToDevice(path):
            return ("device", str(path or ""))
        case ToFolder(path):
            return ("folder", str(path))
        case ToMail(to):
            local, at, host = to.strip().rpartition("@")
            return ("mail", f"{local}{at}{host.lower()}")
        case ToCrossPoint(address, folder):
            return ("crosspoint", f"{canonical(address).rstrip('/')}/{folder.strip('/')}")
        case ToRemarkable(address, folder):
            return ("remarkable", f"{canonical(address).rstrip('/')}/{folder.strip('/')}")
        case ToWebdav(address, user):
            name = user or urlsplit(address).username or ""
            return ("webdav", *([name] if name else []), canonical(address).rstrip("/"))
        case _:
            assert_never(destination)
