"""What is done with articles where they are kept, after the issue that they stand in is published.

Nothing is told anybody before the issue is there, and nothing is forgotten, wherever a run ends:

1. `around` begins with what an earlier run left. What that run promised an issue, and could not write down as
   done, is kept if the library has that very issue, and dropped if not. Then what waits is done.
2. `promise` writes down what the issue asks for, just before it is published: its errands, and what the
   history is to note of it, so that what a run has published that was then killed is not printed again.
3. `published` makes errands of that, in one step, when the issue is published.
4. `around` ends with doing them. What a place has answered is written down at once; what it has not answered
   waits for the next run. To ask again for what a place has heard, but could not answer, changes nothing.

So a new kind of place, which is no service, joins in `places`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from newsexport.collecting.tally import EDITION
from newsexport.configuration.plan import PaperPlan, Plan, PlannedSection
from newsexport.errors import NewsExportError
from newsexport.events import ARTICLE, PICTURE, Counted, Lost, Noted, Report
from newsexport.interchange import from_json
from newsexport.interchange.json_reader import JsonError
from newsexport.library.issue import Issue, contents_of
from newsexport.library.library import Library
from newsexport.model import Article, Edition, Origin, pictured
from newsexport.reading.carrying import edition_file
from newsexport.routine.inbox import InboxRoom
from newsexport.sources.services.accounts import Accounts
from newsexport.sources.services.asking import ServiceError
from newsexport.sources.services.choice import INBOX, REFERENCE
from newsexport.sources.services.telling import After, Deed, Place, Told, after_of
from newsexport.storage.history import Notes, Seen
from newsexport.storage.outbox import TRIED, Errand, Outbox, Promise, State
from newsexport.text.counting import counted

# What is done, as a line of a log tells it.
DONE: Mapping[Deed, str] = {
    Deed.READ: "marked as read",
    Deed.ARCHIVE: "put into the archive",
    Deed.TAG: "tagged",
}


def places(accounts: Accounts, inbox: InboxRoom) -> Mapping[str, Place]:
    """Whatever can be told that its articles were printed, by the name that their origins have."""
    found: dict[str, Place] = {name: partial(accounts.told, name) for name in accounts.by_name}
    return {**found, INBOX: inbox.take_out}


def after_for(plan: Plan, paper: PaperPlan, section: PlannedSection, place: str) -> After:
    """What is to be done with an article of a section that is kept at a place."""
    usual = After(Deed.ARCHIVE if place == INBOX else Deed.NOTHING)
    return section.after or paper.after or plan.after.get(place, usual)


def intended(plan: Plan, paper: PaperPlan) -> Iterator[tuple[str, str]]:
    """What a run will do with what it prints of each source, in words, and the source."""
    for section in paper.sections:
        for source in section.sources:
            found = REFERENCE.fullmatch(source)
            place = source if source == INBOX else found["name"] if found else ""
            after = after_for(plan, paper, section, place)
            if after.deed is not Deed.NOTHING and (place == INBOX or place in plan.services):
                yield told_done(place, after), source


def waiting(box: Outbox) -> Iterator[tuple[str, str, int]]:
    """What earlier runs could not do: where it is to be done, what in words, and with how many articles."""
    for (place, after), errands in grouped(box.due()).items():
        yield place, told_done(place, after), len(errands)


@dataclass(slots=True)
class Afterwards:
    """What is to be done after one issue of a paper."""

    plan: Plan
    paper: PaperPlan
    library: Callable[[], Library]
    box: Outbox
    places: Mapping[str, Place]
    report: Report
    clock: Callable[[], datetime]
    _wanted: dict[Origin, dict[After, None]] = field(default_factory=lambda: defaultdict(dict))
    _met: dict[Origin, Article] = field(default_factory=dict)
    _promise: Promise | None = None
    _tried: set[Errand] = field(default_factory=set)

    @contextmanager
    def around(self, seen: Seen) -> Iterator[None]:
        """A run: what was left before it comes first, and what it leaves is done at its end.

        Raises, before the run, `UsageError` when nothing could be remembered, and `OutputError` when it
        cannot be found out whether something was published.
        """
        self._resume(seen)
        self._locate()
        self._work_off()
        try:
            yield
        except NewsExportError:
            self._work_off()  # there was nothing new, but what was met again may be to be done
            raise
        self._work_off()

    def came(self, section: PlannedSection, articles: Iterable[Article]) -> None:
        """Articles that were collected for a section, those folded into others too."""
        for article in articles:
            self._want(section, article.origin)

    def met(self, section: PlannedSection) -> Callable[[Article], None]:
        """Take note of what an earlier issue had, and is still given by its place."""

        def note(article: Article) -> None:
            if self._want(section, article.origin) and article.origin is not None:
                self._met[article.origin] = article

        return note

    def standing(self, came: Sequence[Article], issued: date) -> list[Article]:
        """What the issue of that day has already, and no place gives once more because it was told.

        So what comes later on a day is added to its issue, and takes no place in it. Where nothing came,
        the issue is not made again.
        """
        folder = f"{self.paper.paper.key}/{issued}"
        told = {errand.article for errand in self.box.of_issue(folder)} if came else set()
        told -= {article.id for article in came}
        issue = self.library().issue(folder) if told else None
        path = edition_file(issue) if issue else None
        if path is None:
            return []
        try:
            edition = from_json(self.library().store.read(path))
        except NewsExportError as error:
            self.report(Lost(folder, f"what it had before cannot be read, and is not in it now: {error}"))
            return []
        standing = [
            replace(article, section=article.section or section.title)
            for section in edition.sections
            for article in section.articles
            if article.id in told
        ]
        for thing, number in ((ARTICLE, len(standing)), (PICTURE, sum(map(pictured, standing)))):
            self.report(Counted(EDITION, thing, number, number))
        return standing

    def promise(
        self, issue: Issue, edition: Edition, folded: Sequence[tuple[Article, Article]], notes: Notes | None
    ) -> None:
        """Write down what an issue asks for that is about to be published."""
        errands = tuple({(each.origin, each.after): each for each in self._errands(edition, folded)}.values())
        if errands or notes:
            told = json.dumps([notes.articles, notes.folded], ensure_ascii=False) if notes else ""
            self._promise = Promise(f"{issue.folder} {contents_of(issue)}", errands, told)
            self.box.promise(self._promise, self.clock())
            self._locate()

    def published(self) -> None:
        """Make errands of what was promised: the issue is published."""
        if self._promise is not None:
            self.box.keep(self._promise, self.clock())
            self._promise = None

    def _want(self, section: PlannedSection, origin: Origin | None) -> bool:
        """Note what is to be done with what is kept somewhere; whether anything is."""
        after = after_for(self.plan, self.paper, section, origin.place) if origin else After()
        if origin is None or after.deed is Deed.NOTHING:
            return False
        self._wanted[origin][after] = None
        return True

    def _errands(self, edition: Edition, folded: Sequence[tuple[Article, Article]]) -> Iterator[Errand]:
        """What is to be done with what stands in an edition; nothing yet with what is there in part alone."""
        there = {article.id: article for article in edition.articles()}
        own = ((article, article) for article in edition.articles())
        for printed, article in (*own, *((there[one.id], twin) for one, twin in folded if one.id in there)):
            if article.origin is not None:
                for after in self._wanted.get(article.origin, ()):
                    yield Errand(article.origin, str(after), printed.id, held=printed.partial)

    def _resume(self, seen: Seen) -> None:
        """Keep what an earlier run promised and did not come to, if its issue was published."""
        for promise in self.box.promises():
            issue = self.library().issue(promise.folder)
            if issue is None or contents_of(issue) != promise.contents:
                self.box.drop(promise)
                continue
            if promise.notes:
                seen.note(Notes(*(tuple(map(tuple, rows)) for rows in json.loads(promise.notes))))
            self.box.keep(promise, self.clock())

    def _locate(self) -> None:
        """Give up what waits for a service that is another one by now."""
        accounts = self.plan.services.items()
        where = {name: f"{each.address} {getattr(each, 'user', '')}".rstrip() for name, each in accounts}
        for (place, after), errands in grouped(self.box.locate(where, self.clock())).items():
            self._note(
                place, len(errands), f"could not be {told_done(place, after)} where it was before; given up"
            )

    def _work_off(self) -> None:
        met = [
            Errand(origin, str(after), article.id)
            for origin, article in self._met.items()
            for after in self._wanted[origin]
        ]
        self.box.add(met, "", self.clock())
        self._met.clear()
        for (place, after), errands in grouped(self.box.expire(self.clock())).items():
            self._note(
                place, len(errands), f"could not be {told_done(place, after)} for {TRIED.days} days; given up"
            )
        for (place, after), errands in grouped(self.box.due()).items():
            if not self._tried.issuperset(errands):  # what this run could not do, it need not try again
                self._tell(place, after, errands)

    def _tell(self, place: str, after: After, errands: Sequence[Errand]) -> None:
        """Do one thing at one place; what could not be done waits, and that is told."""
        left = {errand.origin.id: errand for errand in errands}
        done = 0
        try:
            for told in self._told(place, after, list(left)):
                found = [left.pop(one) for one in told.ids if one in left]
                self.box.settle(found, State.REFUSED if told.refused else State.DONE, self.clock())
                done += 0 if told.refused else len(found)
                if told.refused and found:
                    self._note(place, len(found), f"could not be {told_done(place, after)}: {told.refused}")
        except (ServiceError, JsonError, NewsExportError) as error:
            self._tried.update(left.values())
            what = told_done(place, after)
            self._note(place, len(left), f"could not be {what}, which is tried again: {error}")
        if done:
            self._note(place, done, told_done(place, after))

    def _note(self, place: str, number: int, what: str) -> None:
        self.report(Noted(f"{place}: {counted(number, 'article')} {what}"))

    def _told(self, place: str, after: After, ids: Sequence[str]) -> Iterator[Told]:
        if place not in self.places:
            raise ServiceError("no service of this name is configured any more")
        return self.places[place](ids, after)


def grouped(errands: Iterable[Errand]) -> Mapping[tuple[str, After], Sequence[Errand]]:
    """Errands by where they are for and what is to be done there."""
    found: dict[tuple[str, After], list[Errand]] = defaultdict(list)
    for errand in errands:
        found[errand.origin.place, after_of(errand.after)].append(errand)
    return found


def told_done(place: str, after: After) -> str:
    """``put into the archive``, ``tagged printed``; of the inbox ``taken out``."""
    if place == INBOX:
        return "taken out"
    return f"{DONE[after.deed]} {after.tag}".rstrip()
