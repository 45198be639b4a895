"""Snippets for schedulers, read back by what the schedulers themselves would use."""

import os
import plistlib
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from tests.machine.system_tools import needed

from newsexport.errors import UsageError
from newsexport.library.timetable import timetable
from newsexport.routine.schedules import Schedule, snippet

NOW = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Europe/Berlin"))
COMMAND = ("/opt/new s/newsexport", "run", "morning", "--config", "/home/ada/papers 100%/newsexport.toml")


def made(at: str = "06:45", on: str = "weekdays", zone: str = "Europe/Berlin") -> Schedule:
    return Schedule("morning", timetable(at, on), COMMAND, "/home/ada/papers 100%", zone)


def test_a_crontab_has_five_fields_and_no_bare_per_cent() -> None:
    lines = [line for line in snippet(made(), "cron", NOW).splitlines() if not line.startswith("#")]
    assert lines[0] == "CRON_TZ=Europe/Berlin"
    minute, hour, day, month, weekdays, command = lines[1].split(" ", 5)
    assert (minute, hour, day, month, weekdays) == ("45", "6", "*", "*", "1,2,3,4,5")
    assert "%" not in command.replace("\\%", "")
    done = subprocess.run(
        [needed("sh"), "-c", command.replace("\\%", "%").replace("cd ", "echo ").replace("&& ", "&& echo ")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["/home/ada/papers 100%", " ".join((*COMMAND, "--quiet"))]


def test_launchd_reads_its_property_list() -> None:
    told = plistlib.loads(snippet(made(), "launchd", NOW).encode())
    assert told["ProgramArguments"] == [*COMMAND, "--quiet"]
    assert [time["Weekday"] for time in told["StartCalendarInterval"]] == [1, 2, 3, 4, 5]


def test_powershell_gets_every_word_as_it_is() -> None:
    folder = r"C:\Users\O'Neil‘s\50% $off"
    what = Schedule("morning", timetable("06:45", "weekdays"), (r"C:\new s\newsexport.exe", "run"), folder)
    lines = snippet(what, "windows", NOW).replace("`\n", "").splitlines()
    words = [re.findall(r"-(\w+) '((?:[^'‘’]|''|‘‘|’’)*)'", line) for line in lines]
    assert dict(words[1]) == {
        "Execute": r"C:\new s\newsexport.exe",
        "Argument": "run --quiet",
        "WorkingDirectory": r"C:\Users\O''Neil‘‘s\50% $off",
    }
    assert "-Weekly -DaysOfWeek Monday,Tuesday,Wednesday,Thursday,Friday -At '06:45'" in lines[2]
    assert "-StartWhenAvailable" in lines[3]
    daily = Schedule("morning", timetable("06:45"), ("newsexport",), folder)
    assert "New-ScheduledTaskTrigger -Daily -At '06:45'" in snippet(daily, "windows", NOW)


def test_a_workflow_runs_at_the_same_hour_by_another_clock() -> None:
    told = yaml.safe_load(snippet(made(), "github", NOW))
    assert told[True]["schedule"] == [{"cron": "45 5 * * 1,2,3,4,5"}]
    early = yaml.safe_load(snippet(made(at="00:30", on="mon"), "github", NOW))
    assert early[True]["schedule"] == [{"cron": "30 23 * * 0"}]


@pytest.mark.parametrize(
    "zone", ["Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"]
)
@pytest.mark.parametrize("at", ["00:10", "06:30", "23:50"])
def test_a_workflow_runs_on_the_day_and_at_the_time_of_the_paper_wherever_that_is(zone: str, at: str) -> None:
    told = yaml.safe_load(snippet(made(at, "mon", zone), "github", NOW))
    minute, hour, _, _, weekday = told[True]["schedule"][0]["cron"].split()
    # The 22nd of November 2026 is a Sunday, which cron counts as 0.
    due = datetime(2026, 11, 22 + int(weekday), int(hour), int(minute), tzinfo=UTC).astimezone(ZoneInfo(zone))
    assert due.strftime("%a %H:%M") == f"Mon {at}"


@pytest.mark.parametrize(("code", "ends"), [(0, 0), (1, 0), (3, 0), (5, 5), (75, 75)])
def test_a_workflow_deploys_a_paper_of_which_something_was_left_out(
    code: int, ends: int, tmp_path: Path
) -> None:
    steps = yaml.safe_load(snippet(made(), "github", NOW))["jobs"]["issue"]["steps"]
    (script,) = (step["run"] for step in steps if "newsexport run" in step.get("run", ""))
    program = tmp_path / "newsexport"
    program.write_text(f"#!/bin/sh\nexit {code}\n")
    program.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run([needed("bash"), "-e", "-c", script], env={"PATH": path}, check=False)
    assert done.returncode == ends
    assert steps[-1]["uses"].startswith("actions/deploy-pages@")


def test_systemd_takes_the_calendar() -> None:
    line = next(
        line for line in snippet(made(), "systemd", NOW).splitlines() if line.startswith("OnCalendar=")
    )
    subprocess.run(
        [needed("systemd-analyze"), "calendar", line.partition("=")[2]], check=True, capture_output=True
    )


def test_systemd_gets_words_in_quotes() -> None:
    text = snippet(made(), "systemd", NOW)
    assert 'ExecStart="/opt/new s/newsexport" run morning' in text
    assert "papers 100%%" in text
    assert "OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 06:45:00 Europe/Berlin" in text


def test_another_system_is_refused() -> None:
    with pytest.raises(UsageError, match="cron, systemd, launchd, windows, github"):
        snippet(made(), "anacron", NOW)
