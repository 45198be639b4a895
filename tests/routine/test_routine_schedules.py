"""Snippets for schedulers, read back by what the schedulers themselves would use."""

import plistlib
import shutil
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import yaml

from newsexport.errors import UsageError
from newsexport.routine.schedules import DAYS, Schedule, schedule, snippet

NOW = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Europe/Berlin"))
COMMAND = ("/opt/new s/newsexport", "run", "morning", "--config", "/home/ada/papers 100%/newsexport.toml")


def made(at: str = "06:45", on: str = "weekdays", zone: str = "Europe/Berlin") -> Schedule:
    return schedule("morning", at, on, COMMAND, "/home/ada/papers 100%", zone)


def test_days_and_times_are_what_people_write() -> None:
    assert made(on="daily").days == DAYS
    assert made(on="Mon, Thursday").days == ("mon", "thu")
    assert (made(at="7:05").hour, made(at="7:05").minute) == (7, 5)


@pytest.mark.parametrize(("at", "on"), [("25:00", "daily"), ("noon", "daily"), ("6:30", "someday")])
def test_what_means_no_time_is_refused(at: str, on: str) -> None:
    with pytest.raises(UsageError, match="expected"):
        made(at, on)


def test_a_crontab_has_five_fields_and_no_bare_per_cent() -> None:
    lines = snippet(made(), "cron", NOW).splitlines()
    assert lines[1] == "CRON_TZ=Europe/Berlin"
    minute, hour, day, month, weekdays, command = lines[2].split(" ", 5)
    assert (minute, hour, day, month, weekdays) == ("45", "6", "*", "*", "1,2,3,4,5")
    assert "%" not in command.replace("\\%", "")
    done = subprocess.run(
        ["sh", "-c", command.replace("\\%", "%").replace("cd ", "echo ").replace("&& ", "&& echo ")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["/home/ada/papers 100%", " ".join((*COMMAND, "--quiet"))]


def test_launchd_reads_its_property_list() -> None:
    told = plistlib.loads(snippet(made(), "launchd", NOW).encode())
    assert told["ProgramArguments"] == [*COMMAND, "--quiet"]
    assert [time["Weekday"] for time in told["StartCalendarInterval"]] == [1, 2, 3, 4, 5]


def test_a_workflow_runs_at_the_same_hour_by_another_clock() -> None:
    told = yaml.safe_load(snippet(made(), "github", NOW))
    assert told[True]["schedule"] == [{"cron": "45 5 * * 1,2,3,4,5"}]
    early = yaml.safe_load(snippet(made(at="00:30", on="mon"), "github", NOW))
    assert early[True]["schedule"] == [{"cron": "30 23 * * 0"}]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not everywhere")
def test_systemd_takes_the_calendar() -> None:
    line = next(
        line for line in snippet(made(), "systemd", NOW).splitlines() if line.startswith("OnCalendar=")
    )
    subprocess.run(["systemd-analyze", "calendar", line.partition("=")[2]], check=True, capture_output=True)


def test_systemd_gets_words_in_quotes() -> None:
    text = snippet(made(), "systemd", NOW)
    assert 'ExecStart="/opt/new s/newsexport" run morning' in text
    assert "papers 100%%" in text
    assert "OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 06:45:00 Europe/Berlin" in text


def test_another_system_is_refused() -> None:
    with pytest.raises(UsageError, match="cron, systemd, launchd, github"):
        snippet(made(), "windows", NOW)
