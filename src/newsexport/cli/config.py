"""Where the user's configuration is."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from newsexport.errors import UsageError

NAME = "newsexport.toml"


def found(config: Path | None) -> Path:
    """The configuration: the one named, that of this folder, or the user's own. Raises `UsageError`."""
    if config is not None:
        return config
    own = platformdirs.user_config_path("newsexport") / NAME
    for path in (Path(NAME), own):
        if path.is_file():
            return path
    raise UsageError(f"there is no {NAME} here and no {own}; `newsexport init` writes one")
