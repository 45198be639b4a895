"""What the reading of articles is done with: made of what was asked, and taken down when it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from newsexport import plugins
from newsexport.artwork.image_limits import DEFAULT, Fit
from newsexport.collecting.context import CollectingContext
from newsexport.collecting.select import Selection, Sort, moment
from newsexport.configuration.collecting_options import (
    CollectingOptions,
    PictureOptions,
    SelectionOptions,
    WebOptions,
    check_rules,
    parse_mode,
    parse_size,
)
from newsexport.configuration.option_kinds import member, parse_named
from newsexport.events import Noted, Report, ignore
from newsexport.model import Article, Edition
from newsexport.net.client import Client
from newsexport.net.settings import FetchSettings
from newsexport.protocols import Source
from newsexport.shelf import TextShelf
from newsexport.sources.services.accounts import Accounts, ServiceAccount
from newsexport.storage.folders import Folders
from newsexport.storage.history import Notes, Seen
from newsexport.work.executors import cores
from newsexport.work.isolation import Isolation

# The options that decide how articles and pictures are got.
GETTING = (*fields(WebOptions), *fields(PictureOptions))


@dataclass(slots=True)
class CollectingSession:
    """The means of a run, and the clients that have to be told when its edition is written."""

    options: CollectingOptions
    report: Report
    fit: Fit
    known: Seen
    isolation: Isolation
    opened: ExitStack
    web: Path
    clients: dict[FetchSettings, Client] = field(default_factory=dict)
    means: CollectingContext = field(init=False)

    def __post_init__(self) -> None:
        """Get the means that all of the run has, unless a part of it asks for others."""
        self.means = self._means(self.options, self.report)

    def means_of(self, options: CollectingOptions) -> CollectingContext:
        """The means of a part of the run, which has options of its own."""
        ours, theirs = self.options, options
        alike = all(getattr(ours, one.name) == getattr(theirs, one.name) for one in GETTING)
        means = self.means if alike else self._means(options, ignore)  # what cannot be used is told by now
        return replace(means, seen=self.known if options.new else None, tags=options.tags)

    def asking(self, accounts: Accounts, options: CollectingOptions) -> CollectingContext:
        """The means of a part of the run that may ask services, also for the pictures they keep.

        Services are often in a private network, into which nothing else is to lead.
        """
        means = replace(self.means_of(options), accounts=accounts)
        if not accounts.hosts:
            return means
        settings = _fetch_settings(options, self.web)
        near = self._client(replace(settings, allowed=settings.allowed.union(accounts.hosts)))
        return replace(means, near=near)

    def check(self) -> None:
        """Refuse, before anything is fetched, what could not be remembered. Raises `UsageError`."""
        if self.options.new:
            self.known.check()

    def notes(
        self, edition: Edition, now: datetime, folded: Sequence[tuple[Article, Article]]
    ) -> Notes | None:
        """What `settle` will remember as exported; None where nobody asked for that."""
        return self.known.notes(edition, now, folded) if self.options.new else None

    def settle(self, edition: Edition, now: datetime, folded: Sequence[tuple[Article, Article]] = ()) -> None:
        """Remember what was fetched and exported: the files of the edition are safely written.

        `folded` are articles that one of the edition stands for, each after that one.
        """
        if self.options.new:
            self.known.remember(edition, now, folded)
        self.commit()

    def rest(self) -> None:
        """Let go of what is needed for reading alone, for others need the room; it can be had again."""
        self.isolation.rest()

    def commit(self) -> None:
        """Remember what was fetched."""
        for client in self.clients.values():
            client.commit()

    def _client(self, settings: FetchSettings) -> Client:
        if settings not in self.clients:
            self.clients[settings] = self.opened.enter_context(Client(settings))
        return self.clients[settings]

    def _means(self, options: CollectingOptions, report: Report) -> CollectingContext:
        client = self._client(_fetch_settings(options, self.web))
        spool = Path(self.opened.enter_context(TemporaryDirectory(prefix="newsexport-")))
        shelf = self.opened.enter_context(closing(TextShelf(spool)))
        return CollectingContext(
            client,
            self.isolation,
            spool,
            _sources(options, report),
            _fit(options, self.fit),
            self.known if options.new else None,
            parse_named("--max-size", options.max_size, parse_size) if options.max_size else None,
            shelf,
        )


@contextmanager
def collecting_session(
    options: CollectingOptions,
    folders: Folders,
    report: Report,
    workers: int | None = None,
    fit: Fit = DEFAULT,
    seen: Seen | None = None,
) -> Iterator[CollectingSession]:
    """Everything that reading needs; its processes, its threads and its folders end with the block.

    A source that cannot be used is told. Pictures are made fit as `fit` says, where the options
    do not. What is new is new to `seen`, or else to what `folders` remember.

    Raises:
        UsageError: an option means nothing; it is named as on the command line.
    """
    isolation = Isolation(workers or cores())
    try:
        with ExitStack() as opened:
            known, web = seen or folders.seen(), folders.cache / "web"
            yield CollectingSession(options, report, fit, known, isolation, opened, web)
    finally:
        with suppress(OSError, RuntimeError):
            isolation.shutdown(wait=False, cancel_futures=True)


def accounts_of(services: Mapping[str, ServiceAccount], options: WebOptions, folders: Folders) -> Accounts:
    """Services as a run asks them, and the inbox."""
    return Accounts(services, options.offline, options.timeout, folders.speech(), inbox=folders.inbox)


def selection(options: SelectionOptions, now: datetime) -> Selection:
    """Which articles are wanted of all there are. Raises `UsageError`."""
    order = parse_named("--sort", options.sort, partial(member, Sort))
    return Selection(
        since=parse_named("--since", options.since, partial(moment, now=now)) if options.since else None,
        most=options.max_articles,
        minutes=options.minutes,
        sort=order,
        since_said=options.since.strip(),
    )


def _sources(options: CollectingOptions, report: Report) -> tuple[Source, ...]:
    """Every source there is, ours with the options of this run; one that cannot be used is told."""
    usual, of = "auto", {}
    for said in options.content or ():
        feed, taken = parse_named("--content", said, parse_mode)
        if feed:
            of[feed] = taken
        else:
            usual = taken
    if options.rules is not None:
        parse_named("--rules", options.rules, check_rules)
    known: dict[str, dict[str, object]] = {
        "feed": {"content": usual, "of": of},
        "jsonfeed": {"content": usual, "of": of},
        "page": {"rules": options.rules},
        "mail": {"remote_pictures": options.letter_pictures},
    }
    return tuple(plugins.sources.made(known, lambda error: report(Noted(str(error)))).values())


def _fetch_settings(options: WebOptions, folder: Path) -> FetchSettings:
    return FetchSettings(
        per_host=options.per_host,
        in_all=options.connections,
        seconds=options.timeout,
        deadline=60 * options.deadline,
        allowed=frozenset(host.lower() for host in options.allow_host or ()),
        cookies=options.cookies,
        folder=folder,
        offline=options.offline,
    )


def _fit(options: PictureOptions, fit: Fit) -> Fit | None:
    if options.no_pictures:
        return None
    side = options.picture_size
    if side is not None:
        fit = replace(fit, width=side, height=side * 4 // 3)
    return replace(fit, grey=fit.grey or options.grey)
