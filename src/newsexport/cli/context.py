"""What the command line hands to the gathering of articles, and takes down when it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs

from newsexport import plugins
from newsexport.artwork.image_limits import DEFAULT, Fit
from newsexport.cli.commands.seen import memory
from newsexport.cli.meanings import mode, rules, size
from newsexport.cli.options import Choosing, Fetching, Wishes
from newsexport.cli.prompts import meant
from newsexport.collecting.context import Means
from newsexport.collecting.select import Selection, Sort, moment
from newsexport.configuration.option_kinds import member
from newsexport.configuration.plan import Plan
from newsexport.events import Noted, Report, ignore
from newsexport.model import Article, Edition
from newsexport.net.client import Client
from newsexport.net.settings import FetchSettings
from newsexport.protocols import Source
from newsexport.publishing.documents import Broadcast
from newsexport.storage.history import Seen
from newsexport.work.executors import cores
from newsexport.work.isolation import Isolation

# How the papers of a configuration are published as podcasts, where that was changed since the last run.


def broadcasts(planned: Plan) -> Mapping[str, Broadcast]:
    """How each paper is published, by its key."""
    library = planned.library
    return {
        key: Broadcast(library.numbered, library.section_feeds, when=paper.timetable)
        for key, paper in planned.papers.items()
    }


@dataclass(slots=True)
class Newsroom:
    """The means of a run, and the clients that have to be told when its edition is written."""

    wishes: Wishes
    report: Report
    fit: Fit
    known: Seen
    isolation: Isolation
    opened: ExitStack
    clients: dict[FetchSettings, Client] = field(default_factory=dict)
    means: Means = field(init=False)

    def __post_init__(self) -> None:
        """Get the means that all of the run has, unless a part of it wishes for others."""
        self.means = self._means(self.wishes, self.report)

    def means_of(self, wishes: Wishes) -> Means:
        """The means of a part of the run, which has wishes of its own."""
        alike = all(getattr(self.wishes, one.name) == getattr(wishes, one.name) for one in fields(Fetching))
        means = self.means if alike else self._means(wishes, ignore)  # what cannot be used is told by now
        return replace(means, seen=self.known if wishes.new else None)

    def check(self) -> None:
        """Refuse, before anything is fetched, what could not be remembered. Raises `UsageError`."""
        if self.wishes.new:
            self.known.check()

    def settle(self, edition: Edition, now: datetime, folded: Sequence[tuple[Article, Article]] = ()) -> None:
        """Remember what was fetched and exported: the files of the edition are safely written.

        `folded` are articles that one of the edition stands for, each after that one.
        """
        if self.wishes.new:
            self.known.remember(edition, now, folded)
        self.commit()

    def commit(self) -> None:
        """Remember what was fetched."""
        for client in self.clients.values():
            client.commit()

    def _means(self, wishes: Wishes, report: Report) -> Means:
        settings = _fetch_settings(wishes)
        if settings not in self.clients:
            self.clients[settings] = self.opened.enter_context(Client(settings))
        return Means(
            self.clients[settings],
            self.isolation,
            Path(self.opened.enter_context(TemporaryDirectory(prefix="newsexport-"))),
            _sources(wishes, report),
            _fit(wishes, self.fit),
            self.known if wishes.new else None,
            meant("--max-size", wishes.max_size, size) if wishes.max_size else None,
        )


@contextmanager
def newsroom(
    wishes: Wishes, report: Report, workers: int | None = None, fit: Fit = DEFAULT, seen: Seen | None = None
) -> Iterator[Newsroom]:
    """Everything that gathering needs; its processes, its threads and its folders end with the block.

    A source that cannot be used is told. Pictures are made fit as `fit` says, where the user
    does not. What is new is new to `seen`, or else to the memory of this user.
    """
    isolation = Isolation(workers or cores())
    try:
        with ExitStack() as opened:
            yield Newsroom(wishes, report, fit, seen or memory(), isolation, opened)
    finally:
        with suppress(OSError, RuntimeError):
            isolation.shutdown(wait=False, cancel_futures=True)


def selection(choosing: Choosing, now: datetime) -> Selection:
    """What the user wants of all there is. Raises `UsageError`."""
    order = meant("--sort", choosing.sort, partial(member, Sort))
    return Selection(
        since=meant("--since", choosing.since, partial(moment, now=now)) if choosing.since else None,
        most=choosing.max_articles,
        minutes=choosing.minutes,
        sort=order,
        since_said=choosing.since.strip(),
    )


def _sources(fetching: Fetching, report: Report) -> tuple[Source, ...]:
    """Every source there is, ours with the options of the command line; one that cannot be used is told."""
    usual, of = "auto", {}
    for said in fetching.content or ():
        feed, taken = meant("--content", said, mode)
        if feed:
            of[feed] = taken
        else:
            usual = taken
    if fetching.rules is not None:
        meant("--rules", fetching.rules, rules)
    options: dict[str, dict[str, object]] = {
        "feed": {"content": usual, "of": of},
        "jsonfeed": {"content": usual, "of": of},
        "page": {"rules": fetching.rules},
        "mail": {"remote_pictures": fetching.letter_pictures},
    }
    return tuple(plugins.sources.made(options, lambda error: report(Noted(str(error)))).values())


def _fetch_settings(fetching: Fetching) -> FetchSettings:
    return FetchSettings(
        per_host=fetching.per_host,
        in_all=fetching.connections,
        seconds=fetching.timeout,
        deadline=60 * fetching.deadline,
        allowed=frozenset(host.lower() for host in fetching.allow_host or ()),
        cookies=fetching.cookies,
        folder=Path(platformdirs.user_cache_dir("newsexport")) / "web",
        offline=fetching.offline,
    )


def _fit(fetching: Fetching, fit: Fit) -> Fit | None:
    if fetching.no_pictures:
        return None
    side = fetching.picture_size
    if side is not None:
        fit = replace(fit, width=side, height=side * 4 // 3)
    return replace(fit, grey=fit.grey or fetching.grey)
