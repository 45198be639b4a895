"""What the command line hands to the gathering of articles, and takes down when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs

from newsexport.artwork.fit import Fit
from newsexport.cli.options import Choosing, Fetching, Wishes
from newsexport.cli.remembering import memory
from newsexport.cli.workers import cores
from newsexport.desk.selection import Selection, Sort, moment
from newsexport.errors import UsageError
from newsexport.gathering.means import Means
from newsexport.isolation import Isolation
from newsexport.model import Edition
from newsexport.net.client import Client
from newsexport.net.manners import Manners


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The means of a run, and the client that has to be told when its edition is written."""

    means: Means
    client: Client

    def settle(self, edition: Edition, now: datetime) -> None:
        """Remember what was fetched and exported: the files of the edition are safely written."""
        if self.means.seen is not None:
            self.means.seen.remember(edition, now)
        self.client.commit()


@contextmanager
def newsroom(wishes: Wishes, workers: int | None) -> Iterator[Newsroom]:
    """Everything that gathering needs; its processes, its thread and its folder end with the block."""
    isolation = Isolation(workers or cores())
    try:
        with TemporaryDirectory(prefix="newsexport-") as spool, Client(_manners(wishes)) as client:
            seen = memory() if wishes.new else None
            yield Newsroom(Means(client, isolation, Path(spool), fit=_fit(wishes), seen=seen), client)
    finally:
        with suppress(OSError, RuntimeError):
            isolation.shutdown(wait=False, cancel_futures=True)


def selection(choosing: Choosing, now: datetime) -> Selection:
    """What the user wants of all there is. Raises `UsageError`."""
    try:
        order = Sort(choosing.sort)
    except ValueError as error:
        raise UsageError(f"--sort: expected one of {', '.join(Sort)}, not {choosing.sort!r}") from error
    return Selection(
        since=moment(choosing.since, now) if choosing.since else None,
        most=choosing.max_articles,
        minutes=choosing.minutes,
        sort=order,
    )


def _manners(fetching: Fetching) -> Manners:
    return Manners(
        per_host=fetching.per_host,
        in_all=fetching.connections,
        seconds=fetching.timeout,
        allowed=frozenset(host.lower() for host in fetching.allow_host or ()),
        cookies=fetching.cookies,
        folder=Path(platformdirs.user_cache_dir("newsexport")) / "web",
        offline=fetching.offline,
    )


def _fit(fetching: Fetching) -> Fit | None:
    if fetching.no_pictures:
        return None
    side = fetching.picture_size
    return Fit(side, side * 4 // 3, fetching.grey)
