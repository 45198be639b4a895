"""The command `send`: to an e-reader, with or without a cable, into a folder, to a server, or by mail."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.console import Console, printable
from newsexport.cli.context import find_configuration, user_folders
from newsexport.cli.exits import raise_gravest, reporting
from newsexport.cli.option_groups import Config, Panel, Telling, argument, option
from newsexport.delivery import devices
from newsexport.delivery.deliver import Destination, ToDevice, ToMail, ToWebdav, deliver, destination_at
from newsexport.delivery.mail import Ledger
from newsexport.delivery.places import DeliveryPlace
from newsexport.errors import DeliveryError, NewsExportError, UsageError
from newsexport.events import Noted
from newsexport.net.secrets import FromEnvironment
from newsexport.text.addresses import is_web
from newsexport.text.nearest import there_is

if TYPE_CHECKING:
    from newsexport.routine.deliveries import Deliveries

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
            "Send what runs could not deliver, where the configuration says; with --to, what waits for a"
            " place that is not in it any more to one that is.",
            "--waiting",
            panel=Panel.PLACE,
        ),
    ] = False
    waiting_for: Annotated[
        str,
        option(
            "The same with nothing but what waits for this place, as `status` names it.",
            panel=Panel.PLACE,
            metavar="PLACE",
        ),
    ] = ""
    drop: Annotated[
        bool,
        option(
            "With --waiting, give up what waits for a place that is not in the configuration any more; with"
            " --waiting-for, what waits for that one.",
            "--drop",
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
        if sending.waiting or sending.waiting_for:
            _send_waiting(sending, console)
            return
        if sending.drop:
            raise UsageError("--drop needs --waiting: it gives up what waits")
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
    from newsexport.routine.deliveries import Deliveries, told_of  # noqa: PLC0415 - as above
    from newsexport.routine.lock import alone  # noqa: PLC0415 - as above
    from newsexport.routine.owners import dropped, owned  # noqa: PLC0415 - as above

    plan = read_plan(find_configuration(sending.config))
    folders = owned(plan, user_folders())
    planned = list(plan.papers.values())
    places = [place for paper in planned for place in paper.deliver if place.told == sending.to][:1]
    gone = [replace(paper, deliver=tuple(places)) for paper in dropped(plan, folders)]
    every = [Deliveries.of(plan, paper, folders, console.report) for paper in (*planned, *gone)]
    _check_choice(sending, every)
    failures: list[Exception] = []
    lines = 0
    for deliveries in every:
        with alone(folders.of_paper(deliveries.paper.paper.key, ".lock"), begins=False):
            for place in _chosen(sending, deliveries):
                try:
                    for line in deliveries.bring_to(place):
                        console.show(printable(line), {"delivered": line})
                        lines += 1
                except NewsExportError as error:
                    failures.append(error)
            if not sending.waiting_for:
                whose = "" if deliveries.paper in planned else deliveries.paper.paper.key
                strays = deliveries.strays()
                failures += [DeliveryError("delivery", told_of(stray, whose)) for stray in strays]
    if not lines and not failures and not sending.drop:
        console.report(Noted("nothing waits"))
    raise_gravest(failures, console)


def _check_choice(sending: Sending, every: Sequence[Deliveries]) -> None:
    """Refuse what would do nothing, or send to one what waits for several. Raises `UsageError`."""
    if sending.files:
        raise UsageError("--waiting sends what waits, and nothing else")
    if sending.drop and sending.to:
        raise UsageError("--drop gives up what waits, and --to sends it; one of them")
    known = dict.fromkeys(place.told for each in every for place in each.paper.deliver)
    strays = dict.fromkeys(stray.told for each in every for stray in each.strays())
    if sending.to and sending.to not in known:
        raise UsageError(f"--to: the configuration has no place {sending.to!r}{there_is(sending.to, known)}")
    if sending.waiting_for and sending.waiting_for not in {**known, **strays}:
        near = there_is(sending.waiting_for, {**known, **strays})
        raise UsageError(f"--waiting-for: nothing waits for {sending.waiting_for!r}{near}")
    if sending.to and not sending.waiting_for and len(strays) > 1:
        raise UsageError(f"--to: files wait for {', '.join(strays)}; --waiting-for chooses one of them")


def _chosen(sending: Sending, deliveries: Deliveries) -> Sequence[DeliveryPlace]:
    """The places that are to be brought what waits, once what waits is theirs or given up, as was asked."""
    place, meant = deliveries.place(sending.to), deliveries.place(sending.waiting_for)
    asked = sending.waiting_for
    waiting = deliveries.waiting_for(asked) if asked else deliveries.strays()
    if sending.drop:
        for each in waiting:
            deliveries.give_up(each)
        return ()
    if not sending.to:
        return deliveries.paper.deliver if not asked else [meant] if meant else []
    if place is None:
        return []
    for each in waiting:
        deliveries.redirect(each, place)
    return [place]


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
