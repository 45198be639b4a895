"""The command `run`: a paper made, published and delivered as its configuration says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs

from newsexport import pipeline
from newsexport.artwork.image_limits import Fit, HasFit
from newsexport.cli.commands.cache import speech
from newsexport.cli.commands.export import date_asked, job_at
from newsexport.cli.commands.send import delivered
from newsexport.cli.config import found, names, unplanned
from newsexport.cli.console import Console
from newsexport.cli.context import Newsroom, newsroom, selection
from newsexport.cli.exits import SOME_LEFT_OUT, raise_gravest, run
from newsexport.cli.hosting import PORT
from newsexport.cli.options import Telling, Wishes
from newsexport.cli.rehearsing import equipment, faults, sources
from newsexport.cli.routines import Issuing
from newsexport.collecting.context import Means
from newsexport.collecting.select import Selection, distinct
from newsexport.collecting.tally import EDITION, in_words, nothing, together
from newsexport.configuration.document import ConfigurationError, Document, read
from newsexport.configuration.plan import PaperPlan, Plan, Section, ToFolder
from newsexport.configuration.planning import plan_of
from newsexport.errors import DeliveryError, NewsExportError, NothingToExportError, UsageError
from newsexport.events import ARTICLE, PICTURE, Counted, Event, Lost, Noted, Wrote
from newsexport.library.describing import kind_of
from newsexport.library.issue import Issue, Role
from newsexport.library.library import Library
from newsexport.library.remote import store_at
from newsexport.model import Article, Edition, pictured
from newsexport.protocols import Exporter
from newsexport.publishing.documents import Publications
from newsexport.publishing.pages.whole import Pages
from newsexport.publishing.site import Site
from newsexport.routine import issuing
from newsexport.routine.lock import alone
from newsexport.routine.record import LeftOut, Ran, recall, remember
from newsexport.storage.history import Seen
from newsexport.text.addresses import redacted
from newsexport.text.counting import counted


def run_papers(asked: Issuing, telling: Telling) -> None:
    """Make the papers that were named, or all. Ends the run with the gravest of their codes."""
    with run(telling) as console:
        document = read(found(asked.config))
        whole = plan_of(document, names())
        unknown = [name for name in asked.names or () if name not in whole.papers]
        if unknown:
            raise unplanned(unknown[0], whole.papers)
        if asked.dry_run:
            _rehearse([whole.papers[name] for name in asked.names or whole.papers], whole, document, console)
            return
        failures: list[Exception] = []
        for name in asked.names or whole.papers:
            try:
                _Run(document, whole, whole.papers[name], asked, console, quiet=telling.quiet).at_last()
            except Exception as error:  # noqa: BLE001 - whatever it is, the other papers come out none the less
                failures.append(error)
        raise_gravest(failures, console)


def state_folder() -> Path:
    """Where it is remembered what became of runs."""
    return platformdirs.user_state_path("newsexport") / "papers"


def zone_of(paper: PaperPlan) -> ZoneInfo | None:
    """The time zone of a paper; None for that of this machine."""
    return ZoneInfo(paper.timezone) if paper.timezone else None


class _Run:
    """One paper, now."""

    def __init__(
        self,
        document: Document,
        whole: Plan,
        paper: PaperPlan,
        asked: Issuing,
        console: Console,
        *,
        quiet: bool,
    ) -> None:
        self.document = document
        self.whole = whole
        self.paper = paper
        self.asked = asked
        self.console = console
        self.quiet = quiet
        self.began = datetime.now(zone_of(paper)).astimezone(zone_of(paper))
        self.lost: list[LeftOut] = []
        self.folded: list[tuple[Article, Article]] = []
        self.sums: dict[str, list[Counted]] = {ARTICLE: [], PICTURE: []}
        self.places = dict(sources(document, paper))

    def at_last(self) -> None:
        """Make it, and write down what became of it however that ends."""
        key = self.paper.paper.key
        with alone(state_folder() / f"{key}.lock", self.asked.wait):
            path = state_folder() / f"{key}.json"
            record = recall(path, self.console.report)
            ran = replace(self._ran(), code=70, message="ended before its end")
            try:
                ran = self._issue()
            except NewsExportError as error:
                ran = replace(self._ran(), code=error.exit_code, message=str(error))
                raise
            except KeyboardInterrupt:
                ran = replace(self._ran(), code=130, message="interrupted")
                raise
            finally:
                ended = replace(ran, ended=datetime.now(ran.began.tzinfo))
                remember(path, record.after(ended, self._sources()))

    def _ran(self) -> Ran:
        told = "; ".join(filter(None, (in_words(together(sums)) for sums in self.sums.values() if sums)))
        return Ran(self.began, self.began, 0, left_out=tuple(self.lost), counted=told)

    def _sources(self) -> list[str]:
        """As what is told of them names them."""
        return [redacted(source) for section in self.paper.sections for source in section.sources]

    def _issue(self) -> Ran:
        issued = date_asked(self.asked.date) if self.asked.date else self.began.date()
        exporters = equipment(self.document, self.paper)
        wishes = Wishes(**{**self.paper.wishes, "offline": self.asked.offline})  # type: ignore[arg-type]  # checked when it was read
        seen = Seen(state_folder() / f"{self.paper.paper.key}.sqlite3", f"{self.paper.paper.key} {issued}")
        folder = platformdirs.user_cache_path("newsexport") / "papers" / self.paper.paper.key
        own = [replace(wishes, **section.wishes) for section in self.paper.sections]  # type: ignore[arg-type]  # idem
        wishes = replace(wishes, new=wishes.new or any(each.new for each in own))
        with (
            newsroom(wishes, self._report, self.asked.workers, _fit(exporters), seen) as room,
            issuing.workshop(folder) as made_in,
        ):
            room.check()
            edition = self._edition(list(zip(self.paper.sections, own, strict=True)), room, issued)
            files = self._made(edition, exporters, made_in)
            issue = self._published(edition, files)
            room.settle(edition, self.began, self.folded)
            arrived = () if self.asked.no_deliver else tuple(self._delivered(files))
        self._tell(issue, arrived)
        return replace(
            self._ran(),
            code=SOME_LEFT_OUT if any(lost.whole for lost in self.lost) else 0,
            issued=issue.issued.isoformat(),
            title=issue.title,
            articles=len(issue.stories),
            published=tuple(file.name for file in issue.files),
            delivered=arrived,
        )

    def _edition(self, sections: Sequence[tuple[Section, Wishes]], room: Newsroom, issued: date) -> Edition:
        """The articles of all sections in order; one whose sources fail is told and delays no other."""
        wanted = [(section, room.means_of(own), selection(own, self.began)) for section, own in sections]
        came = [article for each in wanted for article in self._collected(*each)]
        articles = self._once(came)
        told = [together(sums) for sums in self.sums.values() if sums]
        for each in told:
            self.console.report(each)
        if not articles:
            sums = told[0] if told else Counted(EDITION, ARTICLE, 0, 0)
            raise nothing(sums, f"{self.paper.paper.key}: nothing to publish")
        paper = self.paper.paper
        arrangement = pipeline.Arrangement(issued, issued, paper.title, paper.language)
        return pipeline.arrange(pipeline.Collected(articles), arrangement)

    def _collected(self, section: Section, means: Means, wanted: Selection) -> Iterator[Article]:
        try:
            found = pipeline.collect(section.sources, self._report, means, wanted)
        except NothingToExportError as error:
            self._report(Noted(f"{section.title or self.paper.paper.title}: {error}"))
            return
        self.folded += found.folded
        for article in found.articles:
            yield replace(article, section=section.title) if section.title else article

    def _once(self, came: Sequence[Article]) -> tuple[Article, ...]:
        """Each article once, and each story, whatever sections they came in: in the first of them."""
        found = distinct(came, self._report)
        stands = {one.id: kept for kept, one in found.folded}
        self.folded = [(stands.get(kept.id, kept), one) for kept, one in self.folded]
        self.folded += found.folded
        gone = len(came) - len(found.articles)
        shown = sum(map(pictured, came)) - sum(map(pictured, found.articles))
        for thing, number in ((ARTICLE, gone), (PICTURE, shown)):
            if number:
                self.sums[thing].append(Counted(EDITION, thing, 0, -number, folded=number))
        return found.articles

    def _made(self, edition: Edition, exporters: Mapping[str, Exporter], folder: Path) -> list[Path]:
        cache = speech()
        job = job_at(self.asked.workers, self._quietly, cache)
        files = issuing.made(edition, exporters, folder, self.paper.paper, job)
        cache.prune()
        return files

    def _published(self, edition: Edition, files: Sequence[Path]) -> Issue:
        site = Site(self.whole.library.base or _here(self.whole))
        documents = Publications(site, pages=Pages(site))
        library = Library(store_at(self.whole.library.place), self._report)
        paper = replace(
            self.paper.paper,
            language=edition.language,  # asked for, or that of its articles
            numbered=self.whole.library.numbered,
            section_feeds=self.whole.library.section_feeds,
            timetable=self.paper.timetable,
        )
        return issuing.issued(edition, paper, files, self.began, self.paper.keep, (library, documents))

    def _delivered(self, files: Sequence[Path]) -> Iterator[str]:
        """What arrived where; a destination that fails is told and keeps no other from its issue.

        Files are delivered from where they were made, wherever the library lies.
        """
        books = _of_role(files, Role.BOOK)
        every = [*books, *_of_role(files, Role.SOUND), *_of_role(files, Role.TEXT)]
        for destination in self.paper.deliver:
            wanted = every if isinstance(destination, ToFolder) else books or every
            try:
                yield from delivered(destination, wanted, self._report)
            except (DeliveryError, UsageError) as error:
                self._report(Lost("delivery", str(error)))

    def _report(self, event: Event) -> None:
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
        self.console.report(event)

    def _quietly(self, event: Event) -> None:
        """Files on their way into the library are not told as results."""
        if not isinstance(event, Wrote):
            self._report(event)

    def _tell(self, issue: Issue, arrived: Sequence[str]) -> None:
        """What cron mails; nothing, where quiet was asked for and all is well."""
        if self.quiet and not self.lost:
            return
        place = f"{redacted(self.whole.library.place).rstrip('/')}/{issue.folder}"
        lines = [
            f"{issue.title}, {issue.issued}: {counted(len(issue.stories), 'article')}",
            *(f"  {place}/{file.name}" for file in issue.files),
        ]
        lines += [f"  delivered {line}" for line in arrived]
        lines += [f"  left out: {lost.reference}: {lost.reason}" for lost in self.lost]
        sums = self._ran().counted
        lines += [f"  {sums}"] if sums else []
        facts = {
            "paper": issue.paper,
            "issued": issue.issued.isoformat(),
            "articles": len(issue.stories),
            "files": [file.name for file in issue.files],
            "left_out": [lost.reference for lost in self.lost],
            "counted": sums,
        }
        self.console.show("\n".join(lines), facts)


def _here(whole: Plan) -> str:
    """Where a library is served that the configuration gives no address for: this machine alone."""
    return f"http://localhost:{whole.serve.get('port') or PORT}/"


def _of_role(files: Sequence[Path], role: Role) -> list[Path]:
    return [file for file in files if kind_of(file.name)[0] is role]


def _fit(exporters: Mapping[str, Exporter]) -> Fit:
    fits = [exporter.fit for exporter in exporters.values() if isinstance(exporter, HasFit)]
    return max(fits, key=lambda fit: (not fit.grey, fit.width), default=Fit())


def _rehearse(papers: Sequence[PaperPlan], whole: Plan, document: Document, console: Console) -> None:
    """Tell what would be done, and then all that would go wrong. Raises `ConfigurationError`."""
    for paper in papers:
        _tell_plan(paper, whole, console)
    wrong = [fault for paper in papers for fault in faults(document, whole, paper)]
    if wrong:
        raise ConfigurationError("\n".join(dict.fromkeys(wrong)))


def _tell_plan(paper: PaperPlan, whole: Plan, console: Console) -> None:
    sources = [redacted(source) for section in paper.sections for source in section.sources]
    text = "\n".join(
        [
            f"{paper.paper.key}: {paper.paper.title}",
            *(f"  reads {source}" for source in sources),
            f"  makes {', '.join(paper.formats)}",
            f"  publishes to {redacted(whole.library.place)}",
            *(f"  delivers {destination}" for destination in paper.deliver),
        ]
    )
    console.show(text, {"paper": paper.paper.key, "sources": sources, "formats": list(paper.formats)})
