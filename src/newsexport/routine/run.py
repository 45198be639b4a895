"""A whole run of a paper: fetched, exported, published and delivered as its plan says."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from newsexport import pipeline
from newsexport.artwork.image_limits import largest_fit
from newsexport.collecting.context import CollectingContext
from newsexport.collecting.select import Selection, distinct
from newsexport.collecting.tally import EDITION, in_words, nothing, together
from newsexport.configuration.collecting_options import CollectingOptions
from newsexport.configuration.names import PORT
from newsexport.configuration.plan import PaperPlan, Plan, PlannedSection
from newsexport.errors import (
    NewsExportError,
    NothingToExportError,
    OutputError,
)
from newsexport.events import ARTICLE, PICTURE, Counted, Event, Lost, Noted, Report, Wrote, ignore
from newsexport.library.describing import describe
from newsexport.library.issue import Issue
from newsexport.library.library import Library
from newsexport.library.remote import store_at
from newsexport.model import Article, Edition, pictured
from newsexport.protocols import Exporter
from newsexport.publishing.documents import Publications
from newsexport.publishing.pages import Pages
from newsexport.publishing.site import Site
from newsexport.routine.afterwards import Afterwards, places
from newsexport.routine.collecting_session import (
    CollectingSession,
    accounts_of,
    collecting_session,
    selection,
)
from newsexport.routine.deliveries import Deliveries
from newsexport.routine.inbox import InboxRoom
from newsexport.routine.issue_files import make_files
from newsexport.routine.lock import alone
from newsexport.routine.owners import claimed
from newsexport.routine.reading_back import ReadingBack
from newsexport.routine.record import LeftOut, Ran, recall, remember
from newsexport.routine.rehearsal import ready_exporters, sources
from newsexport.storage.atomic import file_errors
from newsexport.storage.folders import Folders
from newsexport.storage.history import Notes, Seen
from newsexport.text.addresses import redacted
from newsexport.work.executors import local_job


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What is asked of one run. `issued` is the date of the issue, today where the paper is if it is None.

    `wait` is how many seconds another run of the paper may take to end; `workers` is as for `local_job`.
    """

    issued: date | None = None
    wait: float = 0.0
    offline: bool = False
    workers: int | None = None
    deliver: bool = True


@dataclass(frozen=True, slots=True)
class PaperRun:
    """A run that published an issue, and what became of it as it is remembered."""

    issue: Issue
    ran: Ran


AS_PLANNED = RunOptions()


def local_now() -> datetime:
    """The time, where this machine is."""
    return datetime.now().astimezone()


def run_paper(
    plan: Plan,
    name: str,
    folders: Folders,
    options: RunOptions = AS_PLANNED,
    report: Report = ignore,
    clock: Callable[[], datetime] = local_now,
) -> PaperRun:
    """Fetch what a paper is made of, make every format, publish the issue and deliver it.

    What becomes of it is written down in `folders.state`, however it ends. What is lost is reported, and the
    rest is published: a source, a format or a destination that fails keeps no other from its issue.

    Raises:
        UsageError: no paper of that name is planned, or what is planned cannot be done.
        BusyError: another run of the paper is under way.
        NothingToExportError: nothing is new, or nothing could be read.
        NewsExportError: what else keeps an issue from being made or published.
    """
    paper = plan.paper(name)
    folders = claimed(plan, name, folders, report)
    with alone(folders.of_paper(name, ".lock"), options.wait):
        path = folders.of_paper(name, ".json")
        record = recall(path, report)
        run = _Run(plan, paper, folders, options, report, clock)
        ran = replace(run.ran(), code=70, message="ended before its end")
        try:
            made = run.issue()
            ran = made.ran
        except NewsExportError as error:
            ran = replace(run.ran(), code=error.exit_code, message=str(error))
            raise
        except KeyboardInterrupt:
            ran = replace(run.ran(), code=130, message="interrupted")
            raise
        finally:
            ended = replace(ran, ended=clock().astimezone(ran.began.tzinfo))
            remember(path, record.after(ended, run.asked()))
            run.inbox.note_attempts(run.asked(), run.lost)
        return made


class _Run:
    """One paper, now."""

    def __init__(
        self,
        plan: Plan,
        paper: PaperPlan,
        folders: Folders,
        options: RunOptions,
        report: Report,
        clock: Callable[[], datetime],
    ) -> None:
        self.plan = plan
        self.paper = paper
        self.folders = folders
        self.options = options
        self.tell = report
        self.began = clock().astimezone(paper.zone)
        self.lost: list[LeftOut] = []
        self.folded: list[tuple[Article, Article]] = []
        self.sums: dict[str, list[Counted]] = {ARTICLE: [], PICTURE: []}
        self.places = dict(sources(plan, paper))
        accounts = accounts_of(plan.services, CollectingOptions(offline=options.offline), folders)
        box = folders.outbox(paper.paper.key)
        self.inbox = InboxRoom(folders.inbox(), plan.mailbox, self.report, options.offline)
        kept_at = places(accounts, self.inbox)
        self.after = Afterwards(plan, paper, self._library, box, kept_at, self.report, clock)
        self.reading = ReadingBack(plan, paper, folders, self.report, clock, accounts)
        self.deliveries = Deliveries.of(plan, paper, folders, self.report)

    def ran(self) -> Ran:
        """What became of it so far."""
        told = "; ".join(filter(None, (in_words(together(sums)) for sums in self.sums.values() if sums)))
        return Ran(self.began, self.began, 0, left_out=tuple(self.lost), counted=told)

    def asked(self) -> list[str]:
        """As what is told of them names them."""
        return [redacted(source) for section in self.paper.sections for source in section.sources]

    def issue(self) -> PaperRun:
        """Make it and publish it."""
        key = self.paper.paper.key
        issued = self.options.issued or self.began.date()
        exporters = ready_exporters(self.plan, self.paper)
        options = CollectingOptions(**{**self.paper.options, "offline": self.options.offline})  # type: ignore[arg-type]  # checked when it was read
        seen = Seen(self.folders.of_paper(key, ".sqlite3"), f"{key} {issued}")
        own = [replace(options, **section.options) for section in self.paper.sections]  # type: ignore[arg-type]  # idem
        options = replace(options, new=options.new or any(each.new for each in own))
        fit = largest_fit(exporters.values())
        with (
            self.after.around(seen),
            self.deliveries.anyhow() if self.options.deliver else nullcontext(),
            collecting_session(
                options, self.folders, self.report, self.options.workers, fit, seen
            ) as session,
            _workshop(self.folders.workshop(key)) as folder,
        ):
            session.check()
            self.inbox.fetch(self.asked(), self.began)
            edition = self._edition(list(zip(self.paper.sections, own, strict=True)), session, issued)
            session.rest()
            files = self._exported(edition, exporters, folder)
            notes = session.notes(edition, self.began, self.folded)
            issue = self._published(edition, files, notes)
            session.settle(edition, self.began, self.folded)
            self.after.published()
            self.reading.settle(issue, edition.articles())
            arrived = tuple(self.deliveries.bring(files)) if self.options.deliver else ()
        ran = replace(
            self.ran(),
            code=1 if any(lost.whole for lost in self.lost) else 0,
            issued=issue.issued.isoformat(),
            title=issue.title,
            articles=len(issue.stories),
            published=tuple(file.name for file in issue.files),
            delivered=arrived,
        )
        return PaperRun(issue, ran)

    def _edition(
        self,
        sections: Sequence[tuple[PlannedSection, CollectingOptions]],
        session: CollectingSession,
        issued: date,
    ) -> Edition:
        """The articles of all sections in order; one whose sources fail is told and delays no other."""
        wanted = [
            (
                section,
                replace(
                    session.asking(accounts_of(self.plan.services, own, self.folders), own),
                    met=self.after.met(section),
                ),
                selection(own, self.began),
            )
            for section, own in sections
        ]
        came = [article for each in wanted for article in self._collected(*each)]
        came += self.after.standing(came, issued)
        articles = self._once(self.reading.with_unread(came, issued))
        if self.paper.options.get("tags") is False:  # those of earlier issues have some still
            articles = tuple(pipeline.untagged(articles, self.report))
        told = [together(sums) for sums in self.sums.values() if sums]
        for each in told:
            self.tell(each)
        if not articles:
            sums = told[0] if told else Counted(EDITION, ARTICLE, 0, 0)
            raise nothing(sums, f"{self.paper.paper.key}: nothing to publish")
        paper = self.paper.paper
        arrangement = pipeline.Arrangement(issued, issued, paper.title, paper.language)
        return pipeline.arrange(pipeline.Collected(articles), arrangement)

    def _collected(
        self, section: PlannedSection, means: CollectingContext, wanted: Selection
    ) -> Iterator[Article]:
        try:
            found = pipeline.collect(section.sources, self.report, means, wanted)
        except NothingToExportError as error:
            self.report(Noted(f"{section.title or self.paper.paper.title}: {error}"))
            return
        self.folded += found.folded
        self.after.came(section, (*found.articles, *(twin for _, twin in found.folded)))
        for article in found.articles:
            yield replace(article, section=section.title) if section.title else article

    def _once(self, came: Sequence[Article]) -> tuple[Article, ...]:
        """Each article once, and each story, whatever sections they came in: in the first of them."""
        found = distinct(came, self.report)
        stands = {one.id: kept for kept, one in found.folded}
        self.folded = [(stands.get(kept.id, kept), one) for kept, one in self.folded]
        self.folded += found.folded
        gone = len(came) - len(found.articles)
        shown = sum(map(pictured, came)) - sum(map(pictured, found.articles))
        for thing, number in ((ARTICLE, gone), (PICTURE, shown)):
            if number:
                self.sums[thing].append(Counted(EDITION, thing, 0, -number, folded=number))
        return found.articles

    def _exported(self, edition: Edition, exporters: Mapping[str, Exporter], folder: Path) -> list[Path]:
        cache = self.folders.speech()
        job = local_job(self.options.workers, self._quietly, cache)
        job = replace(job, offline=self.options.offline)
        files = make_files(edition, exporters, folder, self.paper.paper, job)
        cache.tidy()
        return files

    def _library(self) -> Library:
        place = self.plan.library.place
        return Library(store_at(place), self.report, self.folders.index_of(place))

    def _published(self, edition: Edition, files: Sequence[Path], notes: Notes | None) -> Issue:
        site = Site(self.plan.library.base or f"http://localhost:{self.plan.serve.get('port') or PORT}/")
        paper = replace(self.paper.paper, language=edition.language)  # asked for, or that of its articles
        draft = describe(paper, edition, files, self.began)
        self.after.promise(draft.issue, edition, self.folded, notes)
        return self._library().publish(paper, draft, Publications(site, pages=Pages(site)), self.paper.keep)

    def report(self, event: Event) -> None:
        """Tell what happens, and note what is left out and how much of each section there is."""
        match event:
            case Lost(reference, reason, whole):
                if place := self.places.get(reference):
                    event = replace(event, reason=f"{reason} ({place})")
                    reason = event.reason
                self.lost.append(LeftOut(reference, reason, whole))
            case Counted(step, thing) if step == EDITION:  # of a section: all together are told
                self.sums[thing].append(event)
                return
            case _:
                pass
        self.tell(event)

    def _quietly(self, event: Event) -> None:
        """Files on their way into the library are not told as results."""
        if not isinstance(event, Wrote):
            self.report(event)


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """An empty folder to make files in, gone at the end.

    What a killed run left in it is removed first, so whoever uses it is alone there.
    """
    with file_errors(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        left = next(folder.iterdir(), None)
    if left is not None:  # Windows does not remove what somebody has open
        raise OutputError(str(left), "is of an earlier run, and cannot be removed; has a program opened it?")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
