"""The programs books are tried with: Debian's Chromium, and packages of npm."""

import sys
from functools import cache
from pathlib import Path

# pytest does the same, this is for the command line
sys.path.append(str(Path(__file__).parents[2] / "machine"))

from tests.machine import node_packages
from tests.machine.system_tools import find

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
    "--autoplay-policy=no-user-gesture-required",  # as if somebody had pressed a key
    "--font-render-hinting=none",
    "--disable-frame-rate-limit",  # no waiting for a screen that is not there
    "--disable-gpu-vsync",
)


@cache
def chromium() -> Path:
    """Where the browser is.

    Raises:
        ToolMissingError: there is none.
    """
    return Path(find("chromium"))


def node_modules() -> Path:
    """The packages of package.json. Raises `ToolMissingError`."""
    return node_packages.node_modules(HERE / "package.json")
