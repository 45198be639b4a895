"""A library of papers and their issues: what is in it, and how an issue gets in and out.

Media come first, then the manifest, then what is made of all manifests (feeds, catalogues,
pages, what is newest at fixed addresses), and what no manifest names any more is removed last.
A run that dies between two of these steps leaves nothing that names a file which is not there, and
the next one finishes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from itertools import chain, takewhile
from pathlib import Path
from typing import Protocol

from newsexport.errors import OutputError
from newsexport.events import Lost, Noted, Omitted, Report
from newsexport.library.describing import Draft
from newsexport.library.entries import IssueEntry, Issues, Making, entry_of, latest_of, stamped
from newsexport.library.index import INDEX, LibraryIndex, Read
from newsexport.library.issue import EVERYTHING, MANIFEST, PAGE, PAPER, Issue, IssueFile, Keep, Paper
from newsexport.library.manifest import ManifestError, issue_json, paper_json, read_issue
from newsexport.library.store import AbsentError, FolderState, Store, Stored, renew

ISSUE_AT = re.compile(r"(?P<paper>[a-z0-9-]+)/(?P<issued>\d{4}-\d\d-\d\d)/(?P<name>[^/]+)", re.ASCII)
PAPER_AT = re.compile(rf"[a-z0-9-]+/{re.escape(PAPER)}", re.ASCII)
# Feeds of sections, articles and books, pages of catalogues and of years, and what is newest: there may be
# fewer of them than yesterday.
LIST_AT = re.compile(
    r"[a-z0-9-]+/((feed-[0-9a-f]{8}|articles|books)\.xml|opds(-[0-9a-f]{8})?(-\d+)?\.(xml|json)"
    r"|(feed(-[0-9a-f]{8})?|articles|books)-archive-\d+\.xml"
    r"|(listen|read|[0-9]{4})\.html|latest(\.[A-Za-z0-9_-]+)+)",
    re.ASCII,
)
OURS = re.compile(r".+\.[0-9a-f]{8}(\.[A-Za-z0-9.]+)?", re.ASCII | re.DOTALL)

# Bytes for manifests, feeds and pages, asked for beside those of the media.
LEEWAY = 4_000_000
# How often what is made of all issues is made again because another run changed them meanwhile.
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Holding:
    """A paper and its issues, newest first."""

    paper: Paper
    issues: Sequence[Issue]

    @property
    def listed(self) -> Issues:
        """The issues, with what lists must know of them before any is read."""
        if isinstance(self.issues, Issues):
            return self.issues
        issues = {stamped(issue_json(issue)): issue for issue in self.issues}
        entries = (entry_of(issue, stamp) for stamp, issue in issues.items())
        return Issues(tuple(entries), lambda entry: issues[entry.stamp])


Retention = Callable[[Sequence[IssueEntry]], Sequence[IssueEntry]]


class Documents(Protocol):
    """What is made of manifests, by relative paths: a function of what is handed in alone."""

    def of_issue(self, paper: Paper, issue: Issue, read: Read) -> Mapping[str, bytes]:
        """What belongs to one issue, such as its page. `read` gives files of the library by their path."""
        ...

    def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
        """What is made of all issues: feeds, catalogues, the index."""
        ...


@dataclass(frozen=True, slots=True)
class _State:
    """A library that is published: its files before, all issues, those that stay, what is made of them.

    `folders` are those of issues, where the place tells of them. Of these only what is in the `unlike` ones
    is listed, where some are like what they were.
    """

    folders: Mapping[str, FolderState]
    unlike: AbstractSet[str] | None = None
    listed: Sequence[Stored] = ()
    held: Sequence[Holding] = ()
    kept: Sequence[Holding] = ()
    made: Mapping[str, bytes] = field(default_factory=dict)
    written: Sequence[tuple[str, Stored]] = ()

    @property
    def orderly(self) -> AbstractSet[str]:
        """The folders that are not listed."""
        return frozenset() if self.unlike is None else self.folders.keys() - self.unlike


@dataclass(frozen=True, slots=True)
class Library:
    """Papers and issues in a store. What cannot be read is told to `report`, and the rest goes on.

    What its manifests say is kept in an index beside them, or else at `index`, and else nowhere.
    """

    store: Store
    report: Report
    index: Path | None = None

    def holdings(self) -> tuple[Holding, ...]:
        """Every paper by its key, with its issues, newest first."""
        with self._indexed() as index:
            held = self._held(index)
            return tuple(replace(holding, issues=tuple(holding.issues)) for holding in held)

    def papers(self) -> tuple[Paper, ...]:
        """Every paper, by its key."""
        return tuple(holding.paper for holding in self.holdings())

    def issues(self, paper: Paper, most: int | None = None) -> tuple[Issue, ...]:
        """The issues of a paper, newest first; of many so many at most, and no others are read."""
        with self._indexed() as index:
            held = self._held(index)
            return tuple(next((one.listed for one in held if one.paper.key == paper.key), ())[:most])

    def issue(self, folder: str) -> Issue | None:
        """The issue in a folder such as ``morning/2026-11-25``, None where there is none that can be read.

        Raises `OutputError` where the store cannot be asked.
        """
        path = f"{folder}/{MANIFEST}"
        try:
            return read_issue(self.store.read(path), path)
        except (AbsentError, ManifestError):
            return None

    def files(self) -> dict[str, IssueFile]:
        """Every file of every issue, by its path relative to the root."""
        issues = (issue for holding in self.holdings() for issue in holding.issues)
        return {f"{issue.folder}/{file.name}": file for issue in issues for file in issue.files}

    def publish(self, paper: Paper, draft: Draft, documents: Documents, keep: Keep = EVERYTHING) -> Issue:
        """Put an issue in, make `documents` of everything, remove what is not kept; the issue as published.

        An issue of a date that is there already takes its place, with the instant at which that one
        appeared. Files that are there already are not written again. What was just published stays,
        whatever its date; issues of days to come stay too, are told, and are not counted.

        Raises:
            OutputError: the store refuses, or has too little room; what was published before stands.
        """
        with self.store.locked(), self._indexed() as index:
            folders = self.store.folders()
            before = _State(folders, {*index.unlike(folders), draft.issue.folder} if folders else None)
            self.store.sweep(before.orderly)
            issue = self._as_before(draft.issue)
            self._bring(issue, draft)
            described = {
                f"{paper.key}/{PAPER}": paper_json(paper),
                f"{issue.folder}/{MANIFEST}": issue_json(issue),
            }
            renew(self.store, described.items())
            today = max(draft.issue.published.date(), issue.issued)
            wanted = {paper.key: partial(keep.of, today=today)}
            state = self._document(index, documents, wanted, {issue.folder}, before)
            self._clear(index, state, {*state.made, *self._renewed(state)})
            kept = state.kept
        self._tell_of_future(kept, paper, today)
        return issue

    def refresh(self, documents: Documents, keep: Mapping[str, Keep] | None = None) -> None:
        """Make all documents anew, and remove what is not kept, by the key of its paper.

        Raises:
            OutputError: the store refuses.
        """
        with self.store.locked(), self._indexed() as index:
            self.store.sweep()
            wanted = {key: each.of for key, each in (keep or {}).items()}
            state = self._document(index, documents, wanted, None, _State(self.store.folders()))
            self._clear(index, state, {*state.made, *self._renewed(state)})

    def _tell_of_future(self, kept: Sequence[Holding], paper: Paper, today: date) -> None:
        entries = next((one.listed.entries for one in kept if one.paper.key == paper.key), ())
        for issue in takewhile(lambda issue: issue.issued > today, entries):
            self.report(Noted(f"{issue.folder}: is of a day to come; remove it if a clock was wrong then"))

    def _as_before(self, issue: Issue) -> Issue:
        """The issue with the instant at which one of its date first appeared, and when that last changed."""
        before = self.issue(issue.folder)
        if before is None:
            return issue
        same = replace(issue, published=before.published, updated=before.updated)
        return same if same == before else replace(same, updated=issue.published)

    def _bring(self, issue: Issue, draft: Draft) -> None:
        """Put the files that are not there yet, if there is room for all of them."""
        there = {stored.path: stored.size for stored in self.store.list(issue.folder)}
        missing = [file for file in issue.files if there.get(f"{issue.folder}/{file.name}") != file.size]
        needed, room = sum(file.size for file in missing) + LEEWAY, self.store.room()
        if room is not None and room < needed:
            raise OutputError(
                issue.folder, f"publishing needs {needed:,} bytes, and {room:,} are free; nothing was changed"
            )
        self.store.put_all({f"{issue.folder}/{file.name}": draft.paths[file.name] for file in missing})

    def _document(
        self,
        index: LibraryIndex,
        documents: Documents,
        keep: Mapping[str, Retention],
        fresh: Container[str] | None,
        state: _State,
    ) -> _State:
        """Write what is made of the issues that are kept, and tell what there is then.

        Of single issues, only those whose folder is in `fresh` (None: all), or whose page is not
        there or older than the manifest, have theirs made. Where nothing keeps other runs out,
        this goes on until none of them has changed a manifest meanwhile: of several that write
        a feed at once, the last to do so has then seen everything.
        """
        before = None
        for left in reversed(range(MOST_ROUNDS)):
            listed = list(self.store.list(but=state.orderly))
            manifests = [stored for stored in listed if _name(stored.path) in {MANIFEST, PAPER}]
            if manifests == before:
                break
            try:
                gone = left == 0 or not self.store.grace
                index.renew(filter(is_manifest, listed), state.unlike, gone=gone)
            except AbsentError:  # another run is replacing it just now
                continue
            before, old, held = manifests, _outdated(listed), holdings_of(index, self.report)
            kept = tuple(_kept(holding, keep, fresh or ()) for holding in held)
            pages = (
                documents.of_issue(holding.paper, holding.listed.load(entry), self.store.read).items()
                for holding in kept
                for entry in holding.listed.entries
                if fresh is None or entry.folder in fresh or entry.folder in old
            )
            state = replace(state, listed=listed, held=held, kept=kept, made=documents.of_library(kept))
            state = self._written(index, state, chain.from_iterable(pages))
            if not self.store.grace:
                break
        return state

    def _written(self, index: LibraryIndex, state: _State, pages: Iterable[tuple[str, bytes]]) -> _State:
        """Write pages, and what is made of all issues but what was made of the same and lies there still."""
        made = state.made
        recipes = made.recipes if isinstance(made, Making) else {}
        stamps = {path: recipes[path].stamp if path in recipes else "" for path in made}
        before, there = index.made(), {stored.path: stored for stored in state.listed}
        due = [
            path
            for path, stamp in stamps.items()
            if not stamp or path not in there or before.get(path) != (stamp, there[path])
        ]
        renew(self.store, chain(pages, ((path, made[path]) for path in due)))
        told = ((stamps[path], self.store.told(path)) for path in due if stamps[path])
        return replace(state, written=[(stamp, now) for stamp, now in told if now])

    def _renewed(self, state: _State) -> list[str]:
        """Put the newest files at their fixed addresses, where something else stands; all those addresses."""
        there = {stored.path: stored for stored in state.listed}
        latest = {path: file for held in state.kept for path, file in latest_of(held.listed.entries).items()}
        for path, file in latest.items():
            newest, before = there.get(file) or self.store.told(file), there.get(path)
            if newest and not (before and _is_same(before, newest, elsewhere=self.store.grace > 0)):
                try:
                    self.store.copy(newest.path, path)
                except OutputError as error:
                    self.report(Noted(f"could not renew {path}, and will try again: {error.reason}"))
        return list(latest)

    def _clear(self, index: LibraryIndex, state: _State, made: Container[str]) -> None:
        """Remove issues that are not kept, manifest first, and files that no manifest names.

        Of the rest only what bears names that a library gives is touched, nothing of an issue
        whose manifest cannot be read, and nothing so young that another run may be about to name it.
        The time is the store's own: that of the latest file in it.
        """
        known = {holding.paper.key for holding in state.held}
        wanted = {entry.folder for holding in state.kept for entry in holding.listed.entries}
        readable = {entry.folder for holding in state.held for entry in holding.listed.entries}
        stuck = {folder for folder in sorted(readable - wanted) if not self._removed(f"{folder}/{MANIFEST}")}
        self._tell_of_old(readable - wanted - stuck)
        looked = {_folder(stored.path) for stored in state.listed if _name(stored.path) == MANIFEST}
        listed = [*state.listed, *chain.from_iterable(map(self.store.list, state.orderly - wanted))]
        unreadable = looked - (readable - stuck)
        until = max((stored.modified for stored in listed), default=0.0) - self.store.grace
        files, untidy = cache(index.files), {*stuck, *unreadable}
        for stored in listed:
            if stored.modified > until:
                continue
            folder, place = _folder(stored.path), ISSUE_AT.fullmatch(stored.path)
            if (LIST_AT.fullmatch(stored.path) and stored.path not in made) or (
                place
                and place["paper"] in known
                and folder not in unreadable
                and (OURS.fullmatch(place["name"]) or _is_left(stored, wanted))
                and not (folder in wanted and place["name"] in files(folder))
            ):
                self._removed(stored.path)
                untidy.add(folder)
        tidy = wanted - untidy
        index.note(state.written, {at: state.folders.get(at) if at in tidy else None for at in looked})

    def _tell_of_old(self, folders: Iterable[str]) -> None:
        for paper, number in sorted(Counter(folder.partition("/")[0] for folder in folders).items()):
            self.report(
                Omitted(paper, "removed: only the newest are kept (keep, keep_days)", "issue", number)
            )

    def _removed(self, path: str) -> bool:
        """Whether a file is gone. On Windows one that is being sent to somebody stays until the next run."""
        try:
            self.store.remove(path)
        except OutputError as error:
            self.report(Noted(f"could not remove {path}, and will try again: {error.reason}"))
            return False
        return True

    @contextmanager
    def _indexed(self) -> Iterator[LibraryIndex]:
        places = filter(None, (self.store.beside(INDEX), self.index))
        with closing(LibraryIndex(self.store.read, list(places))) as index:
            yield index

    def _held(self, index: LibraryIndex) -> tuple[Holding, ...]:
        """What all manifests say."""
        index.renew(filter(is_manifest, self.store.list()))
        return holdings_of(index, self.report)


def holdings_of(index: LibraryIndex, report: Report) -> tuple[Holding, ...]:
    """Every paper by its key, with its issues, newest first, which are read when they are looked at.

    `report` is told of manifests that cannot be read.
    """
    for fault in index.faults():
        report(Lost(fault.subject, fault.reason))
    papers = index.papers()
    issues = {**dict.fromkeys(papers, Issues((), index.issue)), **index.issues()}
    return tuple(
        Holding(papers.get(key) or Paper(key, inside[0].title), inside)
        for key, inside in sorted(issues.items())
    )


def is_manifest(stored: Stored) -> bool:
    """Whether it describes an issue or a paper, by where it lies."""
    place = ISSUE_AT.fullmatch(stored.path)
    return PAPER_AT.fullmatch(stored.path) is not None or (place is not None and place["name"] == MANIFEST)


def _kept(holding: Holding, keep: Mapping[str, Retention], fresh: Container[str]) -> Holding:
    """The paper with the issues that stay, and with what is fresh in any case."""
    wanted = keep.get(holding.paper.key, EVERYTHING.of)
    stay = {entry.folder for entry in wanted(holding.listed.entries)}
    if len(stay) == len(holding.listed):
        return holding
    issues = holding.listed.having(lambda entry: entry.folder in stay or entry.folder in fresh)
    return replace(holding, issues=issues)


def _is_same(copy: Stored, original: Stored, *, elsewhere: bool) -> bool:
    """Whether a file is a copy of another, by size and time; `elsewhere` a copy is as old as its copying."""
    as_old = copy.modified > original.modified if elsewhere else copy.modified == original.modified
    return copy.size == original.size and as_old


def _outdated(listed: Sequence[Stored]) -> set[str]:
    """Folders of issues whose page is not there, or older than the manifest."""
    pages = {_folder(stored.path): stored.modified for stored in listed if _name(stored.path) == PAGE}
    return {
        _folder(stored.path)
        for stored in listed
        if _name(stored.path) == MANIFEST and pages.get(_folder(stored.path), -1.0) < stored.modified
    }


def _is_left(stored: Stored, wanted: Container[str]) -> bool:
    """Whether it is the page or the manifest of an issue that is not kept."""
    return _name(stored.path) in {PAGE, MANIFEST} and _folder(stored.path) not in wanted


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _name(path: str) -> str:
    return path.rpartition("/")[2]
