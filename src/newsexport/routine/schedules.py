"""What to hand to a scheduler so that a paper comes out by itself.

Sources: crontab(5); systemd.timer(5), systemd.time(7); launchd.plist(5); GitHub Actions,
workflow syntax, on.schedule; Microsoft, ScheduledTasks module and PowerShell's about_Quoting_Rules.
"""

from __future__ import annotations

import plistlib
import re
import shlex
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from string import Template
from zoneinfo import ZoneInfo

from newsexport.errors import UsageError
from newsexport.library.timetable import DAYS, NAMES, Timetable

# The library and what is remembered live in a cache from run to run; 1 (something was left out) and
# 3 (nothing new) are no failures, and what is there is deployed. The offline voice comes with the package.
WORKFLOW = Template(
    """\
# .github/workflows/$paper.yml
# $local now; the clock here is UTC all year round, and so is the day of a paper without a timezone
name: $paper
on:
  schedule:
    - cron: "$cron"
  workflow_dispatch:
permissions: { contents: read, pages: write, id-token: write }
concurrency: newsexport
jobs:
  issue:
    runs-on: ubuntu-latest
    environment: github-pages
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: { python-version: "3.12" }
      - uses: actions/cache@v4
        with:
          path: |
            library
            ~/.local/state/newsexport
            ~/.cache/newsexport
          key: newsexport-$${{ github.run_id }}
          restore-keys: newsexport-
      - run: pip install wheels/newsexport-*.whl  # made by: pip wheel --no-deps -w wheels CHECKOUT
      - run: |
          code=0
          newsexport run $paper --quiet || code=$$?
          case $$code in 0|1|3) ;; *) exit $$code ;; esac
      - uses: actions/upload-pages-artifact@v3
        with: { path: library }
      - uses: actions/deploy-pages@v4
"""
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a paper comes out, in a time zone or that of the machine; `command`, run in `folder`, makes it."""

    paper: str
    when: Timetable
    command: tuple[str, ...]
    folder: str
    timezone: str = ""


def snippet(what: Schedule, system: str, now: datetime) -> str:
    """What goes where, with a word on how, for ``cron``, ``systemd``, ``launchd``, ``windows`` or ``github``.

    Raises:
        UsageError: another system.
    """
    make = SYSTEMS.get(system.lower())
    if make is None:
        raise UsageError(f"--for: expected {', '.join(SYSTEMS)}, not {system!r}")
    return make(what, now)


def _line(what: Schedule) -> str:
    return f"cd {shlex.quote(what.folder)} && {shlex.join(what.command)} --quiet"


def _cron(what: Schedule, now: datetime) -> str:  # noqa: ARG001 - the shape of all of them
    """One line of a crontab; cron mails whatever is printed."""
    days = (
        "*" if what.when.days == DAYS else ",".join(str((DAYS.index(day) + 1) % 7) for day in what.when.days)
    )
    zone = (
        "# Debian's cron knows no CRON_TZ and goes by the clock of the machine (`timedatectl` tells it);\n"
        "# others heed it for all lines below\n"
        f"CRON_TZ={what.timezone}\n"
        if what.timezone
        else ""
    )
    # A per cent sign ends a command in a crontab.
    command = _line(what).replace("%", "\\%")
    return (
        "# crontab -e; what the run tells is mailed to MAILTO\n"
        f"{zone}{what.when.at.minute} {what.when.at.hour} * * {days} {command}\n"
    )


def _systemd(what: Schedule, now: datetime) -> str:  # noqa: ARG001 - the shape of all of them
    """A service and a timer, which also makes up for a time at which the machine was off."""
    days = "" if what.when.days == DAYS else ",".join(day.title() for day in what.when.days) + " "
    zone = f" {what.timezone}" if what.timezone else ""
    name = f"newsexport-{what.paper}"
    words = " ".join(_quoted(word) for word in (*what.command, "--quiet"))
    return (
        f"# ~/.config/systemd/user/{name}.service\n"
        "[Unit]\n"
        f"Description=The paper {what.paper}\n"
        "Wants=network-online.target\n"
        "After=network-online.target\n\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"WorkingDirectory={_quoted(what.folder)}\n"
        f"ExecStart={words}\n"
        "SuccessExitStatus=1 3\n\n"
        f"# ~/.config/systemd/user/{name}.timer\n"
        "[Unit]\n"
        f"Description=When the paper {what.paper} comes out\n\n"
        "[Timer]\n"
        f"OnCalendar={days}*-*-* {what.when.at.hour:02}:{what.when.at.minute:02}:00{zone}\n"
        "Persistent=true\n\n"
        "[Install]\n"
        "WantedBy=timers.target\n\n"
        f"# systemctl --user enable --now {name}.timer\n"
    )


def _quoted(word: str) -> str:
    """As systemd reads it: per cent and dollar signs doubled, in quotes where it has spaces."""
    word = word.replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{word}"' if re.search(r"[\s'\"]", word) else word


def _launchd(what: Schedule, now: datetime) -> str:  # noqa: ARG001 - the shape of all of them
    """A property list; launchd makes up for a time at which the machine slept, in its own time zone."""
    times: list[dict[str, int]] = [
        {"Hour": what.when.at.hour, "Minute": what.when.at.minute, "Weekday": (DAYS.index(day) + 1) % 7}
        for day in what.when.days
    ]
    if what.when.days == DAYS:
        times = [{"Hour": what.when.at.hour, "Minute": what.when.at.minute}]
    whole = plistlib.dumps(
        {
            "Label": f"org.newsexport.{what.paper}",
            "ProgramArguments": [*what.command, "--quiet"],
            "WorkingDirectory": what.folder,
            "StartCalendarInterval": times,
        }
    ).decode()
    note = "<!-- for ~/Library/LaunchAgents; the time of day is that of the Mac -->"
    return whole.replace("<plist", f"{note}\n<plist", 1)


def _windows(what: Schedule, now: datetime) -> str:  # noqa: ARG001 - the shape of all of them
    """A task for PowerShell to register, which is made up for when the machine was off."""
    program, *words = (*what.command, "--quiet")
    days = ",".join(NAMES[DAYS.index(day)] for day in what.when.days)
    often = "-Daily" if what.when.days == DAYS else f"-Weekly -DaysOfWeek {days}"
    return (
        "# to be pasted into PowerShell; the time of day is that of this machine\n"
        f"$action = New-ScheduledTaskAction -Execute {_literal(program)} `\n"
        f"  -Argument {_literal(subprocess.list2cmdline(words))} -WorkingDirectory {_literal(what.folder)}\n"
        f"$trigger = New-ScheduledTaskTrigger {often} -At {_literal(what.when.at.strftime('%H:%M'))}\n"
        "$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -RunOnlyIfNetworkAvailable\n"
        f"Register-ScheduledTask -TaskName {_literal(f'newsexport {what.paper}')} `\n"
        "  -Action $action -Trigger $trigger -Settings $settings\n"
        f"# Start-ScheduledTask -TaskName {_literal(f'newsexport {what.paper}')} tries it at once\n"
    )


def _literal(text: str) -> str:
    """As PowerShell takes it word for word: typographic quotes end a string there, too, and are doubled."""
    return "'" + re.sub(r"['\u2018-\u201b]", r"\g<0>\g<0>", text) + "'"


def _github(what: Schedule, now: datetime) -> str:
    """A workflow; its clock is UTC, so summer and winter differ by the hour that the clocks are put."""
    local = now.astimezone(ZoneInfo(what.timezone) if what.timezone else None)
    utc = local.replace(
        hour=what.when.at.hour, minute=what.when.at.minute, second=0, microsecond=0
    ).astimezone(UTC)
    shift = (utc.date() - local.date()).days
    days = "*"
    if what.when.days != DAYS:
        days = ",".join(str((DAYS.index(day) + 1 + shift) % 7) for day in what.when.days)
    return WORKFLOW.substitute(
        paper=what.paper,
        local=f"{what.when.at.hour:02}:{what.when.at.minute:02} {local.tzname()}",
        cron=f"{utc.minute} {utc.hour} * * {days}",
    )


SYSTEMS: Mapping[str, Callable[[Schedule, datetime], str]] = {
    "cron": _cron,
    "systemd": _systemd,
    "launchd": _launchd,
    "windows": _windows,
    "github": _github,
}
