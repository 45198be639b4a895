"""What a paper is made with, and what would keep it from being made, found out before anything is fetched."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from newsexport import plugins
from newsexport.collecting.inputs import NO_ACCOUNTS, printable, resources
from newsexport.configuration.document import ConfigurationError, Document
from newsexport.configuration.exporter_options import refuse_pipes
from newsexport.configuration.names import CALLED
from newsexport.configuration.option_kinds import made
from newsexport.configuration.plan import PaperPlan, Plan, PlannedSection
from newsexport.errors import NewsExportError, OutputError, SourceError, UsageError
from newsexport.library.issue import FeedContents
from newsexport.narration.parting import Split
from newsexport.narration.transcripts import Transcript
from newsexport.protocols import ChecksReadiness, Exporter
from newsexport.sources.services.accounts import Accounts
from newsexport.storage import staging
from newsexport.text.addresses import redacted

# How the sound is split for what the feed of a paper has.
SPLITS = {FeedContents.ARTICLES: Split.ARTICLE, FeedContents.BOTH: Split.BOTH}

# What pages and feeds are made of, whatever else is wanted.
ALWAYS = "json"


def ready_exporters(plan: Plan, paper: PaperPlan) -> dict[str, Exporter]:
    """The exporters of a paper, each ready, and that of the edition as data, which pages are made of.

    Raises:
        ConfigurationError: an option of one cannot be used; it is told with its line.
        NewsExportError: one is not ready, as a voice that is not reached.
    """
    found = {}
    for name, options in _formats(paper).items():
        try:
            found[name] = _ready(name, options)
        except UsageError as error:
            raise ConfigurationError(_fault(plan.document, paper, name, error)) from error
    return found


def _formats(paper: PaperPlan) -> Mapping[str, Mapping[str, object]]:
    found = {**paper.formats, ALWAYS: paper.formats.get(ALWAYS, {})}
    if "audio" in found and paper.paper.feed in SPLITS:
        found["audio"] = {**found["audio"], "split": SPLITS[paper.paper.feed]}
    return found


def _fault(document: Document, paper: PaperPlan, name: str, error: NewsExportError) -> str:
    """What is wrong with a format, at the option that it is about, where the message has its value."""
    told = str(error)
    options = paper.formats.get(name, {}).items()
    about = sorted((repr(value) in told, option) for option, value in options if str(value) in told)
    return f"{document.place(_key(paper, name, *(option for _, option in about[-1:])))}: {told}"


def _key(paper: PaperPlan, *rest: str | int) -> tuple[str | int, ...]:
    return ("paper", paper.paper.key, *rest)


def _ready(name: str, options: Mapping[str, object]) -> Exporter:
    named = {CALLED.get(option, option): value for option, value in options.items()}
    refuse_pipes(named.values())
    if name == "audio":
        named = {"chapters_json": True, "transcript": (Transcript.JSON, Transcript.VTT), **named}
    exporter = made(name, plugins.exporters[name], named)
    if isinstance(exporter, ChecksReadiness):
        exporter.check()
    return exporter


def faults(plan: Plan, paper: PaperPlan) -> Iterator[str]:
    """All that would go wrong with a paper, a line each, as far as that is known without fetching."""
    for name, options in _formats(paper).items():
        try:
            _ready(name, options)
        except NewsExportError as error:
            yield _fault(plan.document, paper, name, error)
    accounts = Accounts(plan.services, offline=True)
    for section in paper.sections:
        for source in section.sources:
            if reason := missing(source, accounts):
                yield f"{_place(plan.document, paper, section)}: {reason}"
    if "://" not in plan.library.place:
        try:
            staging.check(Path(plan.library.place, "issue"))
        except OutputError as error:
            yield f"{plan.document.place(('library', 'folder'))}: {error}"


def sources(plan: Plan, paper: PaperPlan) -> Iterator[tuple[str, str]]:
    """Every source of a paper, as what is told of it names it, and where the configuration does."""
    for section in paper.sections:
        place = _place(plan.document, paper, section)
        yield from ((printable(redacted(source)), place) for source in section.sources)


def _place(document: Document, paper: PaperPlan, section: PlannedSection) -> str:
    tables = [each for each in paper.sections if each.title]
    at = ("section", tables.index(section)) if section.title else ()
    return document.place(_key(paper, *at, "sources"))


def missing(source: str, accounts: Accounts = NO_ACCOUNTS) -> str:
    """Why a source cannot be there, which is no address; empty where it is there, whatever is in it.

    A service is not asked.
    """
    if os.path.isdir(source) or source == "-":  # noqa: PTH112 - as typed
        return ""
    if accounts.names(source):
        return accounts.fault(source)
    first = next(resources((source,), io.BytesIO(), accounts), None)
    return str(first) if isinstance(first, SourceError) else ""
