"""What was read of earlier issues, on its way into the next one, and what is put down for that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from newsexport.collecting.tally import EDITION
from newsexport.configuration.plan import PaperPlan, Plan
from newsexport.errors import NewsExportError, UsageError
from newsexport.events import ARTICLE, PICTURE, Counted, Lost, Noted, Omitted, Report
from newsexport.interchange import from_json
from newsexport.interchange.json_reader import JsonError
from newsexport.library.issue import FileRole, Issue
from newsexport.library.library import Library
from newsexport.library.remote import store_at
from newsexport.library.store import AbsentError
from newsexport.model import Article, pictured
from newsexport.reading.carrying import (
    LATEST,
    IssueReading,
    Unread,
    again_from,
    edition_file,
    unread,
    with_again,
)
from newsexport.reading.files import document_ids, name_of, named, places_in, sound_at, sounds_of
from newsexport.reading.places import Whereabouts
from newsexport.reading.record import HeardSpan, ReadingRecord
from newsexport.routine.afterwards import grouped
from newsexport.sources.services.accounts import Accounts
from newsexport.sources.services.asking import ServiceError
from newsexport.sources.services.telling import After, Deed
from newsexport.storage.folders import Folders
from newsexport.storage.outbox import Errand
from newsexport.text.counting import counted


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is to come of what was read: the titles of articles that come again, the first ones first.

    And those of articles that were read, by where they are kept and what is done with them there.
    """

    again: tuple[str, ...] = ()
    read: Mapping[tuple[str, After], Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadingBack:
    """The reading of one paper; nothing is done where the plan asks for none of it."""

    plan: Plan
    paper: PaperPlan
    folders: Folders
    report: Report
    clock: Callable[[], datetime]
    accounts: Accounts = field(default_factory=Accounts)

    @property
    def record(self) -> ReadingRecord:
        """What was told of reading."""
        return ReadingRecord(self.folders.reading())

    @property
    def is_wanted(self) -> bool:
        """Whether anything is to be put down of this paper."""
        return bool(self.paper.carry or self._after or self.plan.serve.get("progress"))

    @property
    def _after(self) -> After | None:
        """What is done where an article is kept once it was read."""
        after = self.paper.after_read
        return None if after is None or after.deed is Deed.NOTHING else after

    def latest(self) -> list[IssueReading]:
        """How far somebody is in the latest issues, the newest first.

        Raises `NewsExportError` where the library or the record cannot be read.
        """
        return [IssueReading(issue, self.record.reached(issue.folder)) for issue in self._noted()]

    def with_unread(self, came: list[Article], day: date) -> list[Article]:
        """What came, and what comes again; that alone makes no issue.

        What was read is put into the outbox, to be told where it is kept. What keeps anything from coming
        is told, and the issue comes without.
        """
        carry = self.paper.carry
        if not (carry or self._after or (self.is_wanted and self.accounts.listening)):
            return came
        try:
            if self.accounts.listening:
                self._noted()
                self._ask()
            latest = self.latest()
            self._tell_places(came, latest)
            found = list(unread(self.record, latest, day, carry)) if carry and came else []
            again = [article for each in found for article in self._articles(each)]
        except NewsExportError as error:
            self.report(Noted(f"{self.paper.paper.key}: nothing comes again: {error}"))
            return came
        if carry is None:
            return came
        everything, left = with_again(came, again, carry.most)
        self._tell(everything[len(came) :], left)
        return everything

    def foreseen(self, day: date) -> Foreseen:
        """What would come of it in the issue of a day, by what this machine knows: nobody is asked."""
        try:
            return self._foreseen(day) if self.paper.carry or self._after else Foreseen()
        except NewsExportError as error:
            self.report(Noted(f"{self.paper.paper.key}: nothing comes again: {error}"))
            return Foreseen()

    def _foreseen(self, day: date) -> Foreseen:
        issues = self._library().issues(self.paper.paper, LATEST)
        latest = [IssueReading(issue, self.record.reached(issue.folder)) for issue in issues]
        found = unread(self.record, latest, day, self.paper.carry) if self.paper.carry else ()
        again = [each.issue.stories[number - 1].title for each in found for number in each.numbers]
        titles = {name_of(story): story.title for issue in issues for story in issue.stories}
        read = {errand: titles.get(name, name) for name, errand in self._read(latest)}
        new = grouped(self.folders.outbox(self.paper.paper.key).unknown(read))
        told = {where: [read[errand] for errand in errands] for where, errands in new.items()}
        return Foreseen(tuple(again), told)

    def _read(self, latest: Iterable[IssueReading]) -> Iterator[tuple[str, Errand]]:
        """What is to be done with the articles that were read, each with the name of its article."""
        for name in dict.fromkeys(name for each in latest for name in each.read) if self._after else ():
            for origin in self.record.origins(name):
                yield name, Errand(origin, str(self._after))

    def settle(self, issue: Issue, articles: Iterable[Article]) -> None:
        """Put down where the articles of a published issue lie, and which of them came again."""
        if not self.is_wanted:
            return
        try:
            self._note(issue)
            again = [named(article) for article in articles if article.again]
            if self.paper.carry:
                self.record.put_carried(issue.paper, issue.issued, again)
        except NewsExportError as error:
            self.report(Noted(f"{issue.folder}: what is read of it will not be known: {error}"))

    def _ask(self) -> None:
        """Put down what services tell of listening; one that tells nothing now is told, and does no harm."""
        for name in [] if self.accounts.offline else self.accounts.listening:
            try:
                told = list(self.accounts.heard(name))
            except (ServiceError, JsonError, UsageError) as error:
                self.report(Noted(f"{name}: does not tell what was heard: {error}"))
                continue
            at = int(self.clock().timestamp())
            spans = [
                HeardSpan(path, name, 0.0, each.position, each.length, at, guid=each.guid)
                for each in told
                if each.position > 0 and (path := _sound(each.address))
            ]
            self.record.put_listening(name, spans)

    def _tell_places(self, came: Iterable[Article], latest: Iterable[IssueReading]) -> None:
        """Remember where articles are kept, and write down what is to be done with those that were read."""
        if self._after is None:
            return
        self.record.put_origins({named(each): each.origin for each in came if each.origin})
        errands = dict.fromkeys(errand for _, errand in self._read(latest))
        self.folders.outbox(self.paper.paper.key).add(list(errands), "", self.clock())

    def _tell(self, again: Sequence[Article], left: int) -> None:
        key = self.paper.paper.key
        if again:
            self.report(
                Noted(f"{key}: {counted(len(again), 'article')} of earlier issues, not read yet, again")
            )
        for thing, number in ((ARTICLE, len(again)), (PICTURE, sum(map(pictured, again)))):
            if number:
                self.report(Counted(EDITION, thing, number, number))
        if left:
            self.report(Omitted(key, "not read yet, and beyond what comes again (carry_most)", ARTICLE, left))

    def _noted(self) -> tuple[Issue, ...]:
        """The latest issues, after it was put down where articles lie in their files."""
        issues = self._library().issues(self.paper.paper, LATEST)
        for issue in issues:
            self._note(issue)
        return issues

    def _library(self) -> Library:
        place = self.plan.library.place
        return Library(store_at(place), self.report, self.folders.index_of(place))

    def _articles(self, found: Unread) -> tuple[Article, ...]:
        """Those articles; none where the data of their issue is not there as it was."""
        path = edition_file(found.issue)
        if path is None:
            return ()
        try:
            return again_from(found, from_json(self._library().store.read(path)))
        except NewsExportError as error:
            self.report(Lost(path, str(error)))
            return ()

    def _note(self, issue: Issue) -> None:
        """Put down where articles lie in the files of an issue, as far as that was not done."""
        known = self.record.known(issue.folder)
        files = {f"{issue.folder}/{name}": told for name, told in self._files(issue, known)}
        if files:
            self.record.put_files(issue.folder, files)

    def _files(
        self, issue: Issue, known: frozenset[str]
    ) -> Iterator[tuple[str, tuple[Whereabouts, tuple[str, ...]]]]:
        store = self._library().store
        for file in issue.files:
            path = f"{issue.folder}/{file.name}"
            if file.role in {FileRole.BOOK, FileRole.TEXT} and path not in known:
                with suppress(AbsentError), closing(store.open(path)) as opened:
                    ids = document_ids(opened, file.name)
                    opened.seek(0)
                    yield file.name, (places_in(issue, file, opened), ids)
        for sound, places in sounds_of(issue):
            if f"{issue.folder}/{sound.name}" not in known:
                yield sound.name, (places, ())


def _sound(address: str) -> str:
    """Where a sound lies in the library; empty where it is none of ours, or no address."""
    try:
        return sound_at(address)
    except ValueError:
        return ""
