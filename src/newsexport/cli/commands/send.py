"""The command `send`: to an e-reader, with or without a cable, into a folder, to a server, or by mail."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.console import Console, printable
from newsexport.cli.context import find_configuration, user_folders
from newsexport.cli.exits import raise_gravest, reporting
from newsexport.cli.option_groups import Config, Panel, Telling, argument, option
from newsexport.delivery import devices
from newsexport.delivery.deliver import Destination, ToDevice, ToMail, ToWebdav, deliver, destination_at
from newsexport.delivery.mail import Ledger
from newsexport.errors import NewsExportError, UsageError
from newsexport.events import Noted
from newsexport.net.secrets import FromEnvironment
from newsexport.text.addresses import is_web

# The names of variables.
PASSWORD = "NEWSEXPORT_SMTP_PASSWORD"  # noqa: S105
WEBDAV_PASSWORD = "NEWSEXPORT_WEBDAV_PASSWORD"  # noqa: S105


@dataclass(frozen=True)
class Sending:
    """What goes where."""

    files: Annotated[list[Path] | None, argument("Finished files.", "FILE")] = None
    to: Annotated[
        str,
        option(
            "Send to a folder, a device (its root, or its kind such as kobo, crosspoint or remarkable), the"
            " address of a WebDAV folder, or a mail address.  "
            "[default: the e-reader that is plugged in]",
            panel=Panel.PLACE,
            metavar="PLACE",
            autocompletion=completion.places,
        ),
    ] = ""
    keep: Annotated[
        int | None,
        option(
            "Keep the newest N issues there, of those that were sent there before.",
            panel=Panel.PLACE,
            min=1,
            metavar="N",
        ),
    ] = None
    waiting: Annotated[
        bool,
        option(
            "Send what runs could not deliver, where the configuration says.",
            "--waiting",
            panel=Panel.PLACE,
        ),
    ] = False
    config: Config = None
    devices: Annotated[
        bool, option("List the devices that are plugged in.", "--devices", panel=Panel.PLACE)
    ] = False
    resend: Annotated[
        bool,
        option("Send again what was mailed, or sent to a reMarkable, before.", "--resend", panel=Panel.PLACE),
    ] = False
    sender: Annotated[
        str, option("Mail from this address, your own.", "--from", panel=Panel.MAIL, metavar="ADDRESS")
    ] = ""
    host: Annotated[str, option("Mail through this server.", panel=Panel.MAIL, metavar="NAME")] = ""
    port: Annotated[
        int | None,
        option(
            "Connect to this port of the server.  [default: 465; with --starttls 587]",
            panel=Panel.MAIL,
            metavar="NUMBER",
        ),
    ] = None
    starttls: Annotated[
        bool,
        option(
            "Connect in the clear and go on in TLS, for servers that need it.", "--starttls", panel=Panel.MAIL
        ),
    ] = False
    user: Annotated[
        str,
        option(
            "Sign in with this name, also at a WebDAV server.  [default: the address of --from]",
            panel=Panel.MAIL,
            metavar="NAME",
        ),
    ] = ""
    unencrypted: Annotated[
        bool,
        option(
            "Send the password to a WebDAV server unencrypted, within a network of your own.",
            "--unencrypted",
            panel=Panel.PLACE,
        ),
    ] = False


@command(examples=("dist/*.epub --to kobo --keep 7", "--waiting"))
def send(sending: Sending, telling: Telling) -> None:
    """Bring the files where they were asked to go. Ends the run with its exit code."""
    with reporting(telling) as console:
        if sending.devices:
            _show_devices(console)
            return
        if sending.waiting:
            _send_waiting(sending, console)
            return
        if not sending.files:
            raise UsageError("name the files to send, such as dist/*.epub")
        missing = [file for file in sending.files if not file.is_file()]
        if missing:
            raise UsageError(f"{missing[0]}: no such file")
        ledger = Ledger(user_folders().mailed())
        destination = _destination(sending)
        for line in deliver(destination, sending.files, ledger, console.report, again=sending.resend):
            console.show(printable(line), {"delivered": line})


def _send_waiting(sending: Sending, console: Console) -> None:
    """Deliver what waits for any place of any paper. Ends with the gravest of their codes."""
    from newsexport.configuration.planning import read_plan  # noqa: PLC0415 - keeps --help fast
    from newsexport.routine.deliveries import Deliveries  # noqa: PLC0415 - as above
    from newsexport.routine.lock import alone  # noqa: PLC0415 - as above

    if sending.files or sending.to:
        raise UsageError("--waiting sends what waits, and nothing else")
    plan, folders = read_plan(find_configuration(sending.config)), user_folders()
    failures: list[Exception] = []
    lines = 0
    for name, paper in plan.papers.items():
        with alone(folders.of_paper(name, ".lock")):
            deliveries = Deliveries(paper, folders, console.report)
            for place, destination in deliveries.places().items():
                try:
                    for line in deliveries.bring_to(place, destination):
                        console.show(printable(line), {"delivered": line})
                        lines += 1
                except NewsExportError as error:
                    failures.append(error)
    if not lines and not failures:
        console.report(Noted("nothing waits"))
    raise_gravest(failures, console)


def _destination(sending: Sending) -> Destination:
    place = sending.to
    if not place:
        return ToDevice(keep=sending.keep)
    if is_web(place):
        password = FromEnvironment(WEBDAV_PASSWORD) if sending.user else None
        return ToWebdav(place, sending.user, password, keep=sending.keep, unencrypted=sending.unencrypted)
    if "@" in place and not Path(place).exists():
        return _by_mail(sending)
    return destination_at(place, sending.keep)


def _by_mail(sending: Sending) -> ToMail:
    sender = sending.sender or os.environ.get("NEWSEXPORT_SMTP_FROM", "")
    host = sending.host or os.environ.get("NEWSEXPORT_SMTP_HOST", "")
    if not sender or not host:
        raise UsageError(
            "to mail, give --from ADDRESS and --host NAME, and the password in NEWSEXPORT_SMTP_PASSWORD"
        )
    security, port = ("starttls", 587) if sending.starttls else ("tls", 465)
    user = sending.user or sender if os.environ.get(PASSWORD) else sending.user
    password = FromEnvironment(PASSWORD) if user else None
    return ToMail(sending.to, sender, host, sending.port or port, security, user, password)


def _show_devices(console: Console) -> None:
    found = devices.plugged_in(devices.roots())
    if not found:
        console.report(Noted("no e-reader is plugged in, or none that shows its files as a drive"))
    for device in found:
        facts = {"kind": str(device.model.kind), "root": str(device.root), "formats": device.model.formats}
        console.show(printable(device.name), facts)
