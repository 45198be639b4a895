"""The user's configuration: where it is, and what names it may use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import platformdirs

from newsexport import plugins
from newsexport.cli.options import Wishes
from newsexport.configuration.document import read
from newsexport.configuration.parameters import kinds
from newsexport.configuration.plan import Names, Plan
from newsexport.configuration.planning import plan_of
from newsexport.errors import UsageError

NAME = "newsexport.toml"

# Exporters' fields that a file calls as the command line does.
CALLED = {"for": "device"}

# Wishes that belong to one run, not to a paper.
OF_A_RUN = frozenset(("date", "offline", "section", "title", "language"))


def plan(config: Path | None) -> Plan:
    """The plan of the file that was named, or of the nearest there is.

    Raises:
        UsageError: there is none, or it cannot be meant.
    """
    return plan_of(read(found(config)), names())


def found(config: Path | None) -> Path:
    """The configuration: the one named, that of this folder, or the user's own. Raises `UsageError`."""
    if config is not None:
        return config
    own = platformdirs.user_config_path("newsexport") / NAME
    for path in (Path(NAME), own):
        if path.is_file():
            return path
    raise UsageError(f"there is no {NAME} here and no {own}; `newsexport init` writes one")


def names() -> Names:
    """The options of the command line and of all exporters, by name and kind."""
    hints = get_type_hints(Wishes, include_extras=True)
    wishes = {name: _bare(hint) for name, hint in hints.items() if name not in OF_A_RUN}
    return Names(wishes, {name: _options(name) for name in plugins.exporters})


def _options(exporter: str) -> dict[str, Any]:
    known = dict(kinds(plugins.exporters[exporter]))
    for called, field in CALLED.items():
        if field in known:
            known[called] = known[field]
    return known


def _bare(hint: Any) -> Any:
    """A kind without what typer is told beside it."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint
