"""The command `cache`: what was spoken before and need not be spoken again."""

from __future__ import annotations

from datetime import UTC, datetime

import platformdirs

from newsexport.cli.console import printable
from newsexport.cli.exits import run
from newsexport.cli.keeping import Clearing
from newsexport.cli.options import Telling
from newsexport.storage.cache import Contents, FolderCache
from newsexport.text.counting import counted


def speech() -> FolderCache:
    """The cache of this user's narrations."""
    return FolderCache(platformdirs.user_cache_path("newsexport"))


def show_cache(clearing: Clearing, telling: Telling) -> None:
    """Tell what is in it, or empty it. Ends the run with its exit code."""
    with run(telling) as console:
        cache = speech()
        held = cache.clear() if clearing.clear else cache.contents()
        console.show(_text(cache, held, cleared=clearing.clear), _facts(cache, held))


def _text(cache: FolderCache, held: Contents, *, cleared: bool) -> str:
    amount = f"{_counted(held)}, {held.size / 1e6:.1f} MB"
    if cleared:
        return f"removed {amount}"
    lines = [f"{printable(str(cache.folder))}: {amount} of {cache.limit / 1e6:.0f} MB at most"]
    if held.oldest is not None:
        lines.append(f"unused for longest: since {_moment(held.oldest):%Y-%m-%d %H:%M}")
    return "\n".join(lines)


def _counted(held: Contents) -> str:
    """Each kind of entry by its number: a passage is an article or a part of one, a segment a sentence."""
    counts = {"passage": 0, "segment": 0, **held.kinds}
    return ", ".join(counted(count, kind) for kind, count in counts.items())


def _facts(cache: FolderCache, held: Contents) -> dict[str, object]:
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
