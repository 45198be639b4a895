"""Finished files brought to where they are read: an e-reader, a folder, a server, or a mailbox."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never
from urllib.parse import quote, urlsplit

from newsexport.delivery import crosspoint, devices, remarkable, shelves, webdav
from newsexport.delivery.mail import Account, Ledger, Postman
from newsexport.delivery.remote import Remote
from newsexport.delivery.remote_shelf import Bringing, Holdings
from newsexport.errors import UsageError
from newsexport.events import Report
from newsexport.net.login import Login
from newsexport.net.retry import Timing
from newsexport.net.secrets import Secret, revealed
from newsexport.text.addresses import redacted
from newsexport.text.nearest import nearest

# Beside the ledger, what is ours at places that hold no list of it.
HOLDINGS = "delivered"

WITHOUT_CABLE = re.compile(
    r"(?P<kind>crosspoint|remarkable)(?::(?P<host>(?:https?://)?[^/]*)(?P<folder>/.*)?)?", re.IGNORECASE
)

# How the tries that follow upon trouble are waited for.
PATIENCE = Timing()

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


@dataclass(frozen=True, slots=True)
class ToCrossPoint:
    """To a reader with CrossPoint, into a folder of its card, while its file transfer is on."""

    address: str = crosspoint.ADDRESS
    folder: str = "/newsexport"
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class ToRemarkable:
    """To a reMarkable, by the page that it shows over its cable; `folder` is there already."""

    address: str = remarkable.ADDRESS
    folder: str = ""


@dataclass(frozen=True, slots=True)
class ToWebdav:
    """To the folder at an address of a WebDAV server. Without `formats` it gets every file.

    The password is sent unencrypted to another machine only where that is said: `unencrypted`.
    """

    address: str
    user: str = ""
    password: Secret | None = None
    formats: tuple[str, ...] = ()
    keep: int | None = None
    unencrypted: bool = False


Destination = ToDevice | ToFolder | ToMail | ToCrossPoint | ToRemarkable | ToWebdav


def told(destination: Destination) -> str:
    """Where files go, for people: ``to ada@kindle.example by mail``. No secret is in it."""
    match destination:
        case ToDevice(path):
            return f"to the device at {path}" if path else "to the e-reader that is plugged in"
        case ToFolder(path):
            return f"into {path}"
        case ToMail(to):
            return f"to {to} by mail"
        case ToCrossPoint(address, folder):
            return f"to the CrossPoint reader at {address}, into {folder}"
        case ToRemarkable(address, folder):
            return f"to the reMarkable at {address}" + (f", into {folder}" if folder else "")
        case ToWebdav(address):
            return f"to {redacted(address)}"
        case _:
            assert_never(destination)


def deliver(
    destination: Destination,
    files: Sequence[Path],
    ledger: Ledger,
    report: Report,
    *,
    again: bool = False,
    timing: Timing = PATIENCE,
) -> list[str]:
    """Bring files to a destination; a line for each that is safely there.

    What `ledger` knows to have been sent to an address or a reMarkable is not sent there `again` unless that
    is asked. What is ours on a server or a device in the network is written down beside it.

    Raises:
        UsageError: there is no such device, or none of the files is one that it reads.
        DeliveryError: a medium, a device or a server refuses, or is not reached.
    """
    match destination:
        case ToDevice(path, keep):
            return _to_device(_device(path), files, keep, report)
        case ToFolder(path, formats, keep):
            chosen = [file for file in files if not formats or file.suffix.lstrip(".") in formats]
            return [str(one.path) for one in shelves.to_folder(path, chosen, keep, report)]
        case ToMail():
            postman = Postman(_account(destination), ledger, report, timing.sleep)
            sent = postman.send(files, destination.to, again=again)
            return [f"{file.name} to {destination.to}" for file in sent]
        case ToCrossPoint():
            return _to_crosspoint(destination, files, ledger, report, timing)
        case ToRemarkable(address, folder):
            remote = Remote(address, remarkable.HINT, headers=remarkable.headers(address), timing=timing)
            tablet = remarkable.Tablet(remote, folder, ledger, report)
            names = tablet.send(_readable(remarkable.MODEL, files), again=again)
            return [f"{name} to the reMarkable" for name in names]
        case ToWebdav():
            return _to_webdav(destination, files, ledger, report, timing)
        case _:
            assert_never(destination)


def _to_device(
    device: devices.ConnectedDevice, files: Sequence[Path], keep: int | None, report: Report
) -> list[str]:
    there = shelves.to_device(device, files, keep, report)
    return [f"{one.path} (read back and compared)" for one in there] + [f"{device.name} can be unplugged now"]


def _to_crosspoint(
    to: ToCrossPoint, files: Sequence[Path], ledger: Ledger, report: Report, timing: Timing
) -> list[str]:
    remote = Remote(to.address, crosspoint.HINT, timing=timing)
    shelf = crosspoint.CrossPointShelf(remote, f"/{to.folder.strip('/')}")
    holdings = Holdings.at(f"crosspoint {to.address} {shelf.folder}", ledger.path.parent / HOLDINGS)
    there = Bringing(shelf, holdings, report).bring(_readable(crosspoint.MODEL, files), to.keep)
    return [f"{name} to {shelf.folder} on the CrossPoint reader (its size is right)" for name in there]


def _to_webdav(
    to: ToWebdav, files: Sequence[Path], ledger: Ledger, report: Report, timing: Timing
) -> list[str]:
    parts = urlsplit(to.address)
    address = parts._replace(path=quote(parts.path, safe="/%:@!$&'()*+,;=~")).geturl().rstrip("/")
    login = Login(to.user, revealed(to.password).strip()) if to.password else None
    remote = Remote(address, login=login, unencrypted=to.unencrypted, timing=timing, silence=webdav.SILENCE)
    holdings = Holdings.at(f"webdav {address}", ledger.path.parent / HOLDINGS)
    shelf = webdav.WebdavShelf(remote, holdings.token())
    wanted = [file for file in files if not to.formats or file.suffix.lstrip(".") in to.formats]
    return [f"{name} to {remote.host}" for name in Bringing(shelf, holdings, report).bring(wanted, to.keep)]


def _readable(model: devices.Model, files: Sequence[Path]) -> list[Path]:
    """Those that such a device reads, of each book the best form. Raises `NothingForItError`."""
    found = shelves.best_of(devices.ConnectedDevice(model, Path()), files)
    if not found:
        raise shelves.NothingForItError(
            f"a {model.kind} reads none of {', '.join(file.name for file in files)}"
        )
    return found


def destination_at(place: str, keep: int | None = None) -> ToDevice | ToFolder | ToCrossPoint | ToRemarkable:
    """What the name of a place means: a device's root or kind (``kobo``), or a folder.

    A folder that is not there is made when its name ends in a slash. After ``crosspoint`` and ``remarkable``
    can stand where it is, and a folder there: ``crosspoint:192.168.1.20/News``.

    Raises:
        UsageError: a device that is not plugged in, a folder that is not there and not written as one, or
            a `keep` that nobody can heed.
    """
    if (elsewhere := WITHOUT_CABLE.fullmatch(place)) and not Path(place).exists():
        return _without_cable(elsewhere, keep)
    path = _place(place)
    return ToFolder(path, keep=keep) if devices.recognised(path) is None else ToDevice(path, keep)


def _without_cable(place: re.Match[str], keep: int | None) -> ToCrossPoint | ToRemarkable:
    host, folder = place["host"], place["folder"]
    told = {**({"address": device_address(host)} if host else {}), **({"folder": folder} if folder else {})}
    if place["kind"].lower() == "crosspoint":
        return ToCrossPoint(**told, keep=keep)
    if keep is not None:
        raise UsageError("what is on a reMarkable can only be removed there, so --keep means nothing")
    return ToRemarkable(**told)


def device_address(said: str) -> str:
    """The address of a device in the network, which speaks plain HTTP; its host alone is enough."""
    return said if "://" in said else f"http://{said}"


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
