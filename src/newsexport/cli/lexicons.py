"""Which lexicons a run goes by, and the names that none of them has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import platformdirs

from newsexport.cli.console import Console, shown
from newsexport.cli.options import EveryOption, LexiconOptions, Saying, Settings, Wishes
from newsexport.errors import UsageError
from newsexport.narration.lexicons import with_starter

S = TypeVar("S", bound=Settings)


def lexicons(asked: Sequence[Path] | None) -> list[Path]:
    """The files that were named, or else the user's own, where there is one."""
    if asked:
        return list(asked)
    own = platformdirs.user_config_path("newsexport") / "lexicon.toml"
    return [own] if own.is_file() else []


def with_lexicons(options: S, formats: Collection[str]) -> S:
    """The options with the user's own lexicon among them, for formats that speak."""
    if not isinstance(options, LexiconOptions) or options.lexicon:
        return options
    if isinstance(options, EveryOption) and not {"audio", "script"} & set(formats):
        return options
    return replace(options, lexicon=lexicons(None) or None)


def show_unknown(saying: Saying, console: Console) -> None:
    """List the names in some articles that no lexicon has, as entries to be filled in."""
    # what reads articles is needed here alone
    from newsexport import pipeline  # noqa: PLC0415
    from newsexport.cli.commands.export import arrangement_of  # noqa: PLC0415
    from newsexport.cli.context import newsroom, selection  # noqa: PLC0415
    from newsexport.narration.unknown_names import unknown  # noqa: PLC0415

    if not saying.text:
        raise UsageError("--unknown: give files or folders with articles")
    wishes = Wishes(no_pictures=True)
    lexicon = with_starter(lexicons(saying.lexicon))
    wanted = selection(wishes, datetime.now().astimezone())
    with newsroom(wishes, console.report) as room:
        collected = pipeline.collect(saying.text, console.report, room.means, wanted)
        edition = pipeline.arrange(collected, arrangement_of(wishes))
        room.commit()
    for one in unknown(edition, lexicon):
        console.show(shown(one.to_toml()), asdict(one))
