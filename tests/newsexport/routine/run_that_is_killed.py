"""A whole run of a paper in a process of its own, which kills itself when it is about to do a certain thing.

Arguments: the folder with ``newsexport.toml``, the day, and the moment: what the interpreter is about to do
(an audit event), a part of the path that it does it to, and after how many such moments.
"""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from newsexport.configuration.planning import read_plan
from newsexport.routine import Folders, run_paper


def run(root: Path, day: str) -> None:
    moment = datetime.fromisoformat(day).replace(hour=6, tzinfo=UTC)
    folders = Folders(root / "cache", root / "state")
    run_paper(read_plan(root / "newsexport.toml"), "morning", folders, clock=lambda: moment)


def die_before(event: str, path: str, left: int) -> None:
    def hear(name: str, values: tuple[object, ...]) -> None:
        nonlocal left
        if name == event and any(path in str(value) for value in values[:2]):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hear)


if __name__ == "__main__":
    folder, on, *moment_of_death = sys.argv[1:]
    if moment_of_death:
        what, where, often = moment_of_death
        die_before(what, where, int(often))
    run(Path(folder), on)
