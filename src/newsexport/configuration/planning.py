"""From a document to a plan: everything is checked, and all that is wrong is told at once."""

from __future__ import annotations

import os
import uuid
import zoneinfo
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_origin

from newsexport.configuration.document import ConfigurationError, Document, Key, read
from newsexport.configuration.names import Names, known_names
from newsexport.configuration.option_kinds import Kinds, is_group, kind_of, kinds, needed, parse_value
from newsexport.configuration.plan import LibraryPlan, PaperPlan, Plan, PlannedSection
from newsexport.delivery.deliver import Destination, ToDevice, ToFolder, ToMail
from newsexport.errors import UsageError
from newsexport.library.issue import FeedContents, Keep, Paper
from newsexport.library.timetable import Timetable, days_of_week, time_of_day, timetable
from newsexport.net.secrets import Literal
from newsexport.publishing.site import site_at
from newsexport.sources.services.accounts import KINDS as SERVICE_KINDS
from newsexport.sources.services.accounts import REFERENCE, ServiceAccount
from newsexport.storage.atomic import is_reserved
from newsexport.text.addresses import address_meant, is_web
from newsexport.text.languages import is_tag
from newsexport.text.nearest import nearest, there_is

KEY = "abcdefghijklmnopqrstuvwxyz0123456789-"

# What is said once for all papers of the library.
FEEDS: Kinds = {"section_feeds": bool, "numbered": bool}
PAPER: Kinds = {name: kind for name, kind in kinds(Paper).items() if name not in {"key", "timetable", *FEEDS}}
LISTED: Kinds = {
    "timezone": str,
    "sources": tuple[str, ...],
    "formats": tuple[str, ...],
    "keep": int,
    "keep_days": int,
    **kinds(timetable),
}
TIMES: Mapping[str, Callable[[str], object]] = {"at": time_of_day, "on": days_of_week}
LIBRARY: Kinds = {"folder": str, "base": str, **FEEDS}
MAKES: Mapping[str, Callable[..., Destination]] = {"device": ToDevice, "folder": ToFolder, "mail": ToMail}
DESTINATIONS: Mapping[str, Kinds] = {by: kinds(made) for by, made in MAKES.items()}
NEEDED = {by: needed(made) for by, made in MAKES.items()}
SECURITY = ("tls", "starttls")
SERVICES: Mapping[str, Kinds] = {kind: kinds(made) for kind, made in SERVICE_KINDS.items()}


@dataclass(slots=True)
class _Reading:
    """A document being read, and what was found wrong with it."""

    document: Document
    names: Names
    faults: list[str] = field(default_factory=list)

    def fault(self, key: Key, reason: str) -> None:
        """Note what is wrong, with its place."""
        self.faults.append(f"{self.document.place(key)}: {reason}")

    def table(self, value: object, key: Key, known: Iterable[str]) -> Mapping[str, Any]:
        """A table; keys that nobody knows are faults, and told with the nearest that somebody does."""
        if not isinstance(value, Mapping):
            self.fault(key, "expected a table")
            return {}
        known = list(known)
        for name in value:
            if name not in known:
                near = nearest(name, known)
                hint = f"; do you mean {near}?" if near else there_is(name, sorted(known))
                self.fault((*key, name), f"there is no such key{hint}")
        return {name: inner for name, inner in value.items() if name in known}

    def values(self, table: Mapping[str, Any], kinds: Mapping[str, Any], key: Key) -> dict[str, Any]:
        """Those keys of a table that `kinds` knows, each as what it should be."""
        found = {}
        for name, kind in kinds.items():
            if name in table:
                found[name] = self.value(table[name], kind, (*key, name))
        return {name: value for name, value in found.items() if value is not None}

    def value(self, value: object, kind: Any, key: Key) -> Any:
        """A value as its kind, or None and a fault."""
        try:
            return parse_value(value, kind, self.document.folder)
        except (ValueError, TypeError, UsageError) as error:
            self.fault(key, str(error))
            return None


def read_plan(path: Path) -> Plan:
    """The plan in the file at a path. Raises `ConfigurationError`, with every fault in a line of its own."""
    return plan_of(read(path), known_names())


def plan_of(document: Document, names: Names) -> Plan:
    """The plan that a document is.

    Raises:
        ConfigurationError: with every fault, a line each.
    """
    reading = _Reading(document, names)
    top = reading.table(document.values, (), ("library", "serve", "service", "paper"))
    library, feeds = _library(reading, top.get("library", {}))
    serve = _serve(reading, top.get("serve", {}))
    services = _services(reading, top.get("service", {}))
    papers = reading.table(top.get("paper", {}), ("paper",), top.get("paper", {}))
    plans = {key: _paper(reading, key, value, feeds) for key, value in papers.items()}
    if not plans:
        reading.faults.append(f"{document.name}: no paper is planned; it needs a table [paper.NAME]")
    if reading.faults:
        raise ConfigurationError("\n".join(reading.faults))
    planned = {key: plan for key, plan in plans.items() if plan is not None}
    return Plan(document, library, planned, serve, services)


def read_services(path: Path) -> Mapping[str, ServiceAccount]:
    """The services in the file at a path, whatever else is in it. Raises `ConfigurationError`."""
    reading = _Reading(read(path), Names({}, {}, {}))
    services = _services(reading, reading.document.values.get("service", {}))
    if reading.faults:
        raise ConfigurationError("\n".join(reading.faults))
    return services


def _services(reading: _Reading, value: object) -> Mapping[str, ServiceAccount]:
    """The services by name; one that is called after its kind need not tell that."""
    found = {}
    for name, each in reading.table(value, ("service",), value if isinstance(value, Mapping) else ()).items():
        key: Key = ("service", name)
        kind = str(each.get("kind", name)) if isinstance(each, Mapping) else name
        if not REFERENCE.fullmatch(f"{name}:"):
            reading.fault(key, "expected a name of two or more small letters, figures and hyphens")
        if kind not in SERVICES:
            reading.fault((*key, "kind"), f"there is no kind {kind!r}{there_is(kind, SERVICES)}")
            continue
        options = _made_with(reading, each, ("kind", SERVICES[kind], needed(SERVICE_KINDS[kind])), key)
        if not reading.faults:
            found[name] = SERVICE_KINDS[kind](**options)
    return found


def _made_with(
    reading: _Reading, value: object, known: tuple[str, Kinds, Sequence[str]], key: Key
) -> Mapping[str, Any]:
    """The values of a table, one of whose keys tells what others it may have and which it needs.

    A secret in a file that others can read is a fault.
    """
    told, options_known, wanted = known
    options = reading.values(reading.table(value, key, (told, *options_known)), options_known, key)
    for name in wanted:
        if name not in options:
            reading.fault(key, f"needs {name}")
    for name, option in options.items():
        if isinstance(option, Literal) and _is_readable(reading.document.name):
            reading.fault(
                (*key, name), 'others can read this file; use { env = "X" }, or `chmod 600` the file'
            )
    return options


def _library(reading: _Reading, value: object) -> tuple[LibraryPlan, Mapping[str, bool]]:
    """Where the library is, and what is said of the feeds of all its papers."""
    table = reading.table(value, ("library",), LIBRARY)
    found = reading.values(table, LIBRARY, ("library",))
    place = found.get("folder", "library")
    if "://" not in place:
        place = str(reading.document.folder / place)
    feeds = {name: found[name] for name in FEEDS if name in found}
    return LibraryPlan(place, _base(reading, found, "library")), feeds


def _serve(reading: _Reading, value: object) -> Mapping[str, object]:
    kinds = reading.names.serve
    table = reading.table(value, ("serve",), kinds)
    found = reading.values(table, kinds, ("serve",))
    _base(reading, found, "serve")
    if found.get("mdns") and not table.get("lan"):
        reading.fault(("serve", "mdns"), "needs lan = true: others could not reach what is announced")
    return found


def _base(reading: _Reading, found: Mapping[str, Any], table: str) -> str:
    """The address in a table, with a slash at its end; empty where there is none, or none that could be."""
    try:
        return site_at(found["base"]).base if found.get("base") else ""
    except UsageError as error:
        reading.fault((table, "base"), str(error))
        return ""


def _paper(reading: _Reading, key: str, value: object, feeds: Mapping[str, bool]) -> PaperPlan | None:
    at: Key = ("paper", key)
    if not key or set(key) - set(KEY):
        reading.fault(at, "expected a name of small letters, figures and hyphens")
    if is_reserved(key):
        reading.fault(at, f"needs another name: no folder can be called {key!r} on Windows")
    names = reading.names
    options = {name: kind for name, kind in names.options.items() if name not in {*PAPER, *LISTED}}
    known = (*PAPER, *LISTED, *options, *names.formats, *names.broken, "section", "deliver")
    table = reading.table(value, at, known)
    facts = reading.values(table, PAPER, at)
    listed = reading.values(table, LISTED, at)
    sections = _sections(reading, table.get("section", []), options, at)
    if listed.get("sources"):
        sections = (PlannedSection("", _sources(reading, listed)), *sections)
    if not any(section.sources for section in sections):
        reading.fault(at, "needs sources: a list of feeds, pages, files or folders")
    timezone = listed.get("timezone", "")
    if timezone and not _is_zone(timezone):
        reading.fault((*at, "timezone"), f"expected a name such as Europe/Berlin, not {timezone!r}")
    if facts.get("language") and not is_tag(facts["language"]):
        reading.fault((*at, "language"), f"expected a tag such as en or pt-BR, not {facts['language']!r}")
    if facts.get("guid") and not _is_uuid(facts["guid"]):
        reading.fault((*at, "guid"), "expected a UUID")
    formats = _formats(reading, table, listed.get("formats"), at)
    if facts.get("feed", FeedContents.ISSUES) is not FeedContents.ISSUES:
        _check_sound(reading, formats, facts["feed"], at)
    deliveries = _deliveries(reading, table.get("deliver", []), at)
    keep, asked = _keep(reading, listed, at), reading.values(table, options, at)
    when = _timetable(reading, listed, at)
    if reading.faults:
        return None
    usual = {"title": key.replace("-", " ").title(), "language": ""}
    paper = Paper(**{"key": key, **usual, **facts, **feeds, "timetable": when})
    return PaperPlan(paper, timezone, sections, asked, formats, keep, deliveries)


def _check_sound(
    reading: _Reading, formats: Mapping[str, Mapping[str, object]], feed: FeedContents, at: Key
) -> None:
    """A feed of articles has the sound of each, which is therefore made."""
    if "audio" not in formats:
        reading.fault((*at, "feed"), f'{feed} are heard; they need the format "audio"')
    elif "split" in formats["audio"]:
        reading.fault((*at, "audio", "split"), f'goes without saying where feed = "{feed}"; leave it out')


def _keep(reading: _Reading, listed: Mapping[str, Any], at: Key) -> Keep:
    for name in ("keep", "keep_days"):
        if listed.get(name) is not None and listed[name] < 1:
            reading.fault((*at, name), "at least 1 must be kept")
            return Keep()
    return Keep(listed.get("keep"), listed.get("keep_days"))


def _timetable(reading: _Reading, listed: Mapping[str, Any], at: Key) -> Timetable | None:
    told = {name: listed[name] for name in TIMES if name in listed}
    for name, words in told.items():
        try:
            TIMES[name](words)
        except UsageError as error:
            reading.fault((*at, name), str(error))
            return None
    if told and "at" not in told:
        reading.fault((*at, "on"), "needs at: a time of day such as 06:30")
        return None
    return timetable(**told) if told else None


def _sections(
    reading: _Reading, value: object, options: Mapping[str, Any], at: Key
) -> tuple[PlannedSection, ...]:
    found = []
    for number, each in _tables(reading, value, (*at, "section")):
        key: Key = (*at, "section", number)
        table = reading.table(each, key, ("title", "sources", *options))
        facts = reading.values(table, {"title": str, "sources": tuple[str, ...]}, key)
        if not facts.get("title") or not facts.get("sources"):
            reading.fault(key, "needs a title and sources")
        asked = reading.values(table, options, key)
        found.append(PlannedSection(facts.get("title", ""), _sources(reading, facts), asked))
    return tuple(found)


def _sources(reading: _Reading, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The sources of a table, as a run finds them wherever it is started."""
    return tuple(_from_folder(source, reading.document.folder) for source in facts.get("sources", ()))


def _from_folder(source: str, folder: Path) -> str:
    """Files, folders and patterns start from the folder of the configuration, unlike what else is read."""
    if folder == Path() or source == "-" or source.startswith("~") or is_web(source):
        return source
    path = folder / source
    meant = address_meant(source) or REFERENCE.fullmatch(source)
    return source if meant and not path.exists() else str(path)


def _tables(reading: _Reading, value: object, key: Key) -> Sequence[tuple[int, Any]]:
    if isinstance(value, list):
        return list(enumerate(value))
    reading.fault(key, f"expected tables, each under [[{key[-1]}]]")
    return []


def _formats(
    reading: _Reading, table: Mapping[str, Any], listed: Sequence[str] | None, at: Key
) -> Mapping[str, Mapping[str, object]]:
    """The formats that are listed, or that have a table; an EPUB where there are neither."""
    known = reading.names.formats
    broken = reading.names.broken
    named = [name for name in (*known, *broken) if name in table]
    by_fold = {name.lower(): name for name in (*known, *broken)}
    called = [by_fold.get(name.lower(), name) for name in (listed if listed is not None else named)]
    wanted = list(dict.fromkeys(called)) or ["epub"]
    for name in wanted:
        if name in broken:
            reading.fault((*at, "formats"), broken[name])
        elif name not in known:
            reading.fault((*at, "formats"), f"there is no format {name!r}{there_is(name, known)}")
    found = {}
    for name in dict.fromkeys((*wanted, *named)):
        if name in known:
            key = (*at, name)
            options = _options(reading, table.get(name, {}), known[name], key)
            if name in wanted:
                found[name] = options
    return found


def _options(reading: _Reading, value: object, kinds: Mapping[str, Any], key: Key) -> dict[str, object]:
    """The options of a format; those of a group stand in a table of their own, or under ``group.name``."""
    groups = {name for name, kind in kinds.items() if is_group(kind) or get_origin(kind) is Mapping}
    table = reading.table(value, key, [name for name in kinds if "." not in name])
    found: dict[str, object] = {}
    for name, inner in table.items():
        if name in groups and isinstance(inner, Mapping):
            for option, each in inner.items():
                kind = kind_of(f"{name}.{option}", kinds)
                if kind is None:
                    reading.fault((*key, name, option), "there is no such key")
                else:
                    found[f"{name}.{option}"] = reading.value(each, kind, (*key, name, option))
        else:
            found[name] = reading.value(inner, kinds[name], (*key, name))
    return found


def _deliveries(reading: _Reading, value: object, at: Key) -> tuple[Destination, ...]:
    found = []
    for number, each in _tables(reading, value, (*at, "deliver")):
        key: Key = (*at, "deliver", number)
        kind = str(each.get("by", "")) if isinstance(each, Mapping) else ""
        if kind not in DESTINATIONS:
            reading.fault((*key, "by"), f"expected {', '.join(DESTINATIONS)}")
            continue
        options = _made_with(reading, each, ("by", DESTINATIONS[kind], NEEDED[kind]), key)
        if kind == "mail" and options.get("security", "tls") not in SECURITY:
            reading.fault((*key, "security"), "expected tls or starttls; nothing is sent in the clear")
        if not reading.faults:
            found.append(MAKES[kind](**options))
    return tuple(found)


def _is_readable(name: str) -> bool:
    """Whether others than the owner can read a file; on Windows its mode does not tell."""
    try:
        return os.name != "nt" and bool(Path(name).stat().st_mode & 0o044)
    except OSError:
        return False


def _is_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
