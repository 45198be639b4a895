"""The tables of English, from the file beside this module: lists of words, and ``sign = name``."""

from __future__ import annotations

import tomllib
from pathlib import Path

TABLES: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
