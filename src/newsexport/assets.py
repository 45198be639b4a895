"""Files shipped with the package: styles, fonts, the cover design, the JSON Schema."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def folder() -> Traversable:
    """The `assets` folder: inside an installed package, or beside the sources in a checkout."""
    installed = files("newsexport").joinpath("assets")
    if installed.is_dir():
        return installed
    return Path(__file__).parents[2] / "assets"


def read(name: str) -> bytes:
    """The bytes of one shipped file, named relative to `assets` with forward slashes."""
    return folder().joinpath(*name.split("/")).read_bytes()
