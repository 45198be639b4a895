"""Finished files brought to where they are read: an e-reader, a folder, or a mailbox."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsexport.delivery import devices, shelves
from newsexport.delivery.mail import Account, Ledger, Postman
from newsexport.errors import UsageError
from newsexport.events import Report
from newsexport.net.secrets import Secret, revealed
from newsexport.text.nearest import nearest

# Where systems put what is plugged in.
MEDIA = ("/media", "/run/media", "/Volumes")


@dataclass(frozen=True, slots=True)
class ToDevice:
    """To the e-reader that is plugged in, or the one mounted at `path`; the newest `keep` issues stay."""

    path: Path | None = None
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class ToFolder:
    """To a folder: of a player, or one that is synced. Without `formats` it gets every file."""

    path: Path
    formats: tuple[str, ...] = ()
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class ToMail:
    """To an address, such as a Kindle's. `security` is ``tls`` or ``starttls``."""

    to: str
    sender: str
    host: str
    port: int = 465
    security: str = "tls"
    user: str = ""
    password: Secret | None = None


Destination = ToDevice | ToFolder | ToMail


def deliver(
    destination: Destination, files: Sequence[Path], ledger: Ledger, report: Report, *, again: bool = False
) -> list[str]:
    """Bring files to a destination; a line for each that is safely there.

    What `ledger` knows to have been mailed to an address is not mailed there `again` unless that is asked.

    Raises:
        UsageError: there is no such device, or none of the files is one that it reads.
        DeliveryError: a medium or a mail server refuses.
    """
    match destination:
        case ToDevice(path, keep):
            device = _device(path)
            there = shelves.to_device(device, files, keep, report)
            return [f"{one.path} (read back and compared)" for one in there] + [
                f"{device.name} can be unplugged now"
            ]
        case ToFolder(path, formats, keep):
            chosen = [file for file in files if not formats or file.suffix.lstrip(".") in formats]
            return [str(one.path) for one in shelves.to_folder(path, chosen, keep, report)]
        case ToMail():
            postman = Postman(_account(destination), ledger, report, time.sleep)
            return [
                f"{file.name} to {destination.to}"
                for file in postman.send(files, destination.to, again=again)
            ]


def destination_at(place: str, keep: int | None = None) -> ToDevice | ToFolder:
    """What the name of a place means: a device's root or kind (``kobo``), or a folder.

    One that is not there is made when its name ends in a slash.

    Raises:
        UsageError: a device that is not plugged in, or a folder that is not there and not written as one.
    """
    path = _place(place)
    return ToFolder(path, keep=keep) if devices.recognised(path) is None else ToDevice(path, keep)


def _place(place: str) -> Path:
    path = Path(place).expanduser()
    if path.is_dir():
        return path
    kinds = {str(kind).lower(): kind for kind in devices.DeviceKind}
    if kind := kinds.get(place.lower()):
        found = [one for one in devices.plugged_in(devices.roots()) if one.model.kind is kind]
        if len(found) == 1:
            return found[0].root
        raise UsageError(
            f"{'no' if not found else 'more than one'} {kind} is plugged in; `--to` takes its root"
        )
    if any(path.absolute().is_relative_to(media) for media in MEDIA):
        raise UsageError(f"{place}: is not there; is the device plugged in and unlocked?")
    if not place.endswith(("/", os.sep)):
        near = nearest(place, kinds)
        hint = f" (do you mean {near}?)" if near else ""
        raise UsageError(f"{place}: there is no such folder{hint}; end its name with / to have it made")
    return path


def _account(to: ToMail) -> Account:
    return Account(to.host, to.sender, to.port, to.security, to.user, _asking(to.password))


def _asking(password: Secret | None) -> Callable[[], str] | None:
    return None if password is None else lambda: revealed(password)


def _device(path: Path | None) -> devices.ConnectedDevice:
    """The one that was named, or the only one that is plugged in. Raises `UsageError`."""
    if path is not None:
        return devices.recognised(path) or shelves.at(path)
    found = devices.plugged_in(devices.roots())
    if not found:
        raise UsageError(
            "no e-reader is plugged in; `--to` names a folder, its root, or an address to mail to"
        )
    if len(found) > 1:
        raise UsageError(
            f"several are plugged in: {', '.join(each.name for each in found)}; --to chooses one"
        )
    return found[0]
