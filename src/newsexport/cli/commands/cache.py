"""The command `cache`: what was spoken before and need not be spoken again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from newsexport.cli.command import command
from newsexport.cli.console import printable
from newsexport.cli.context import user_folders
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Telling, option
from newsexport.storage.cache import CacheContents, FolderCache
from newsexport.text.counting import counted


@dataclass(frozen=True)
class Clearing:
    """What to do with what was spoken before."""

    clear: Annotated[bool, option("Remove all of it.", "--clear")] = False


@command(examples=("", "--clear"))
def cache(clearing: Clearing, telling: Telling) -> None:
    """Tell what is kept, or remove it. Ends the run with its exit code."""
    with reporting(telling) as console:
        kept = user_folders().speech()
        held = kept.clear() if clearing.clear else kept.contents()
        console.show(_text(kept, held, cleared=clearing.clear), _facts(kept, held))


def _text(cache: FolderCache, held: CacheContents, *, cleared: bool) -> str:
    amount = f"{_counted(held)}, {held.size / 1e6:.1f} MB"
    if cleared:
        return f"removed {amount}"
    lines = [f"{printable(str(cache.folder))}: {amount} of {cache.limit / 1e6:.0f} MB at most"]
    if held.oldest is not None:
        lines.append(f"unused for longest: since {_moment(held.oldest):%Y-%m-%d %H:%M}")
    return "\n".join(lines)


def _counted(held: CacheContents) -> str:
    """Each kind of entry by its number: a passage is an article or a part of one, a segment a sentence."""
    counts = {"passage": 0, "segment": 0, **held.kinds}
    return ", ".join(counted(count, kind) for kind, count in counts.items())


def _facts(cache: FolderCache, held: CacheContents) -> dict[str, object]:
    return {
        "path": str(cache.folder),
        "entries": held.entries,
        "kinds": dict(held.kinds),
        "bytes": held.size,
        "limit": cache.limit,
        "oldest": None if held.oldest is None else _moment(held.oldest).isoformat(),
    }


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone()
