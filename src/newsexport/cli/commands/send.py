"""The command `send`: to the e-reader that is plugged in, into a folder, or by mail."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

from newsexport.cli.console import Console, printable
from newsexport.cli.dispatching import Dispatch
from newsexport.cli.exits import run
from newsexport.cli.options import Telling
from newsexport.configuration.plan import Destination, ToDevice, ToFolder, ToMail
from newsexport.configuration.secrets import FromEnvironment, Secret, revealed
from newsexport.delivery import devices, shelves
from newsexport.delivery.mail import Account, Ledger, Postman
from newsexport.errors import UsageError
from newsexport.events import Noted, Report
from newsexport.text.nearest import nearest

# Where systems put what is plugged in.
MEDIA = ("/media", "/run/media", "/Volumes")

PASSWORD = "NEWSEXPORT_SMTP_PASSWORD"  # noqa: S105 - the name of a variable


def send_files(dispatch: Dispatch, telling: Telling) -> None:
    """Bring the files where they were asked to go. Ends the run with its exit code."""
    with run(telling) as console:
        if dispatch.devices:
            _show_devices(console)
            return
        if not dispatch.files:
            raise UsageError("name the files to send, such as dist/*.epub")
        missing = [file for file in dispatch.files if not file.is_file()]
        if missing:
            raise UsageError(f"{missing[0]}: no such file")
        destination = _destination(dispatch)
        for line in delivered(destination, dispatch.files, console.report, again=dispatch.resend):
            console.show(printable(line), {"delivered": line})


def delivered(
    destination: Destination, files: Sequence[Path], report: Report, *, again: bool = False
) -> list[str]:
    """Bring files to a destination; a line for each that is safely there.

    Raises:
        UsageError, DeliveryError: as the modules of `newsexport.delivery`.
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
            ledger = Ledger(platformdirs.user_state_path("newsexport") / "mailed.json")
            postman = Postman(_account(destination), ledger, report, time.sleep)
            return [
                f"{file.name} to {destination.to}"
                for file in postman.send(files, destination.to, again=again)
            ]


def _destination(dispatch: Dispatch) -> Destination:
    place = dispatch.to
    if not place:
        return ToDevice(keep=dispatch.keep)
    if "@" in place and not Path(place).exists():
        return _by_mail(dispatch)
    path = _place(place)
    if devices.recognised(path) is not None:
        return ToDevice(path, dispatch.keep)
    return ToFolder(path, keep=dispatch.keep)


def _place(place: str) -> Path:
    """The folder that is meant, which may have to be made; a device of that name, where it is plugged in.

    Raises:
        UsageError: a device that is not plugged in, or a folder that is not there and not written as one.
    """
    path = Path(place).expanduser()
    if path.is_dir():
        return path
    kinds = {str(kind).lower(): kind for kind in devices.Kind}
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
        meant = f" (do you mean {near}?)" if near else ""
        raise UsageError(f"{place}: there is no such folder{meant}; end its name with / to have it made")
    return path


def _by_mail(dispatch: Dispatch) -> ToMail:
    sender = dispatch.sender or os.environ.get("NEWSEXPORT_SMTP_FROM", "")
    host = dispatch.host or os.environ.get("NEWSEXPORT_SMTP_HOST", "")
    if not sender or not host:
        raise UsageError(
            "to mail, give --from ADDRESS and --host NAME, and the password in NEWSEXPORT_SMTP_PASSWORD"
        )
    security, port = ("starttls", 587) if dispatch.starttls else ("tls", 465)
    user = dispatch.user or sender if os.environ.get(PASSWORD) else dispatch.user
    password = FromEnvironment(PASSWORD) if user else None
    return ToMail(dispatch.to, sender, host, dispatch.port or port, security, user, password)


def _account(to: ToMail) -> Account:
    return Account(to.host, to.sender, to.port, to.security, to.user, _asking(to.password))


def _asking(password: Secret | None) -> Callable[[], str] | None:
    return None if password is None else lambda: revealed(password)


def _device(path: Path | None) -> devices.Device:
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


def _show_devices(console: Console) -> None:
    found = devices.plugged_in(devices.roots())
    if not found:
        console.report(Noted("no e-reader is plugged in, or none that shows its files as a drive"))
    for device in found:
        facts = {"kind": str(device.model.kind), "root": str(device.root), "formats": device.model.formats}
        console.show(printable(device.name), facts)
