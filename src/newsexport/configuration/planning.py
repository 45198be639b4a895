"""From a document to a plan: everything is checked, and all that is wrong is told at once."""

from __future__ import annotations

import uuid
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_origin

from newsexport.configuration.document import ConfigurationError, Document, Key, read
from newsexport.configuration.names import InboxService, Names, known_names
from newsexport.configuration.option_kinds import Kinds, is_group, kind_of, kinds, needed
from newsexport.configuration.plan import LibraryPlan, PaperPlan, Plan, PlannedSection
from newsexport.configuration.reading import DocumentReading, made_with
from newsexport.configuration.services import AFTER, after_in, services
from newsexport.delivery.deliver import (
    Destination,
    ToCrossPoint,
    ToDevice,
    ToFolder,
    ToMail,
    ToRemarkable,
    ToWebdav,
    device_address,
)
from newsexport.delivery.places import DeliveryPlace, identity
from newsexport.errors import UsageError
from newsexport.library.issue import FeedContents, Keep, Paper
from newsexport.library.timetable import Timetable, days_of_week, time_of_day, timetable
from newsexport.net.mailbox import Mailbox
from newsexport.publishing.site import site_at
from newsexport.reading.carrying import Carry, carry_of
from newsexport.sources.services.accounts import ServiceAccount
from newsexport.sources.services.choice import INBOX, REFERENCE
from newsexport.storage.atomic import is_reserved
from newsexport.text.addresses import address_meant, is_web
from newsexport.text.languages import is_tag
from newsexport.text.nearest import there_is

KEY = "abcdefghijklmnopqrstuvwxyz0123456789-"

# What is said once for all papers of the library.
FEEDS: Kinds = {"section_feeds": bool, "numbered": bool}
PAPER: Kinds = {name: kind for name, kind in kinds(Paper).items() if name not in {"key", "timetable", *FEEDS}}
CARRY: Kinds = kinds(carry_of)
LISTED: Kinds = {
    "timezone": str,
    "sources": tuple[str, ...],
    "formats": tuple[str, ...],
    "keep": int,
    "keep_days": int,
    "after": AFTER,
    "after_read": AFTER,
    **CARRY,
    **kinds(timetable),
}
SECTION: Kinds = {"title": str, "sources": tuple[str, ...], "after": AFTER}
TIMES: Mapping[str, Callable[[str], object]] = {"at": time_of_day, "on": days_of_week}
INBOX_SERVICE = kinds(InboxService)
MAILBOX = kinds(Mailbox)
LIBRARY: Kinds = {"folder": str, "base": str, **FEEDS}
MAKES: Mapping[str, Callable[..., Destination]] = {
    "device": ToDevice,
    "folder": ToFolder,
    "mail": ToMail,
    "crosspoint": ToCrossPoint,
    "remarkable": ToRemarkable,
    "webdav": ToWebdav,
}
DESTINATIONS: Mapping[str, Kinds] = {by: {"name": str, **kinds(made)} for by, made in MAKES.items()}
NEEDED = {by: needed(made) for by, made in MAKES.items()}
SECURITY = ("tls", "starttls")
DEVICES = ("crosspoint", "remarkable")


def read_plan(path: Path) -> Plan:
    """The plan in the file at a path. Raises `ConfigurationError`, with every fault in a line of its own."""
    return plan_of(read(path), known_names())


def plan_of(document: Document, names: Names) -> Plan:
    """The plan that a document is.

    Raises:
        ConfigurationError: with every fault, a line each.
    """
    reading = DocumentReading(document, names)
    top = reading.table(document.values, (), ("library", "serve", "inbox", "service", "paper"))
    library, feeds = _library(reading, top.get("library", {}))
    serve = _serve(reading, top.get("serve", {}))
    inbox, mailbox = _inbox(reading, top.get("inbox", {}))
    accounts, after = services(reading, top.get("service", {}))
    papers = reading.table(top.get("paper", {}), ("paper",), top.get("paper", {}))
    plans = {key: _paper(reading, key, value, feeds, accounts) for key, value in papers.items()}
    if not plans:
        reading.faults.append(f"{document.name}: no paper is planned; it needs a table [paper.NAME]")
    if reading.faults:
        raise ConfigurationError("\n".join(reading.faults))
    planned = {key: plan for key, plan in plans.items() if plan is not None}
    return Plan(document, library, planned, serve, inbox, mailbox, accounts, after)


def read_services(path: Path) -> Mapping[str, ServiceAccount]:
    """The services in the file at a path, whatever else is in it. Raises `ConfigurationError`."""
    reading = DocumentReading(read(path), Names({}, {}, {}))
    accounts, _ = services(reading, reading.document.values.get("service", {}))
    if reading.faults:
        raise ConfigurationError("\n".join(reading.faults))
    return accounts


def read_mailbox(path: Path) -> Mailbox | None:
    """The mailbox that the file at a path names for the inbox. Raises `ConfigurationError`."""
    reading = DocumentReading(read(path), Names({}, {}, {}))
    _, mailbox = _inbox(reading, reading.document.values.get("inbox", {}))
    if reading.faults:
        raise ConfigurationError("\n".join(reading.faults))
    return mailbox


def _library(reading: DocumentReading, value: object) -> tuple[LibraryPlan, Mapping[str, bool]]:
    """Where the library is, and what is said of the feeds of all its papers."""
    table = reading.table(value, ("library",), LIBRARY)
    found = reading.values(table, LIBRARY, ("library",))
    place = found.get("folder", "library")
    if "\0" in place:
        reading.fault(("library", "folder"), "no folder can be called so")
    if "://" not in place:
        place = str(reading.document.folder / place)
    feeds = {name: found[name] for name in FEEDS if name in found}
    return LibraryPlan(place, _base(reading, found, "library")), feeds


def _serve(reading: DocumentReading, value: object) -> Mapping[str, object]:
    kinds = reading.names.serve
    table = reading.table(value, ("serve",), kinds)
    found = reading.values(table, kinds, ("serve",))
    _base(reading, found, "serve")
    if found.get("mdns") and not table.get("lan"):
        reading.fault(("serve", "mdns"), "needs lan = true: others could not reach what is announced")
    return found


def _inbox(reading: DocumentReading, value: object) -> tuple[Mapping[str, object], Mailbox | None]:
    """How the inbox is served, and the mailbox that letters come into it from."""
    table = reading.table(value, ("inbox",), (*INBOX_SERVICE, "imap"))
    found = reading.values(table, INBOX_SERVICE, ("inbox",))
    _base(reading, found, "inbox")
    if "imap" not in table:
        return found, None
    options = made_with(reading, table["imap"], ("folder", MAILBOX, needed(Mailbox)), ("inbox", "imap"))
    return found, None if reading.faults else Mailbox(**options)


def _base(reading: DocumentReading, found: Mapping[str, Any], table: str) -> str:
    """The address in a table, with a slash at its end; empty where there is none, or none that could be."""
    try:
        return site_at(found["base"]).base if found.get("base") else ""
    except UsageError as error:
        reading.fault((table, "base"), str(error))
        return ""


def _paper(
    reading: DocumentReading,
    key: str,
    value: object,
    feeds: Mapping[str, bool],
    accounts: Mapping[str, ServiceAccount],
) -> PaperPlan | None:
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
    sections = _sections(reading, table.get("section", []), options, at, accounts)
    if listed.get("sources"):
        sections = (PlannedSection("", _sources(reading, listed)), *sections)
    if not any(section.sources for section in sections):
        reading.fault(at, "needs sources: a list of feeds, pages, files or folders")
    _check_facts(reading, {**facts, **listed}, at)
    formats = _formats(reading, table, listed.get("formats"), at)
    if facts.get("feed", FeedContents.ISSUES) is not FeedContents.ISSUES:
        _check_sound(reading, formats, facts["feed"], at)
    deliveries = _deliveries(reading, table.get("deliver", []), at)
    keep, asked = _keep(reading, listed, at), reading.values(table, options, at)
    sources = [source for section in sections if section.after is None for source in section.sources]
    after = after_in(reading, listed, (*at, "after"), sources, accounts)
    every = [source for section in sections for source in section.sources]
    read = after_in(reading, {"after": listed.get("after_read")}, (*at, "after_read"), every, accounts)
    when, carry = _timetable(reading, listed, at), _carry(reading, listed, at)
    if reading.faults:
        return None
    usual = {"title": key.replace("-", " ").title(), "language": ""}
    paper = Paper(**{"key": key, **usual, **facts, **feeds, "timetable": when})
    zone = listed.get("timezone", "")
    return PaperPlan(paper, zone, sections, asked, formats, keep, deliveries, after, carry, read)


def _check_facts(reading: DocumentReading, facts: Mapping[str, Any], at: Key) -> None:
    """Values whose kind does not tell whether they mean anything."""
    timezone = facts.get("timezone", "")
    if timezone and not _is_zone(timezone):
        reading.fault((*at, "timezone"), f"expected a name such as Europe/Berlin, not {timezone!r}")
    if facts.get("language") and not is_tag(facts["language"]):
        reading.fault((*at, "language"), f"expected a tag such as en or pt-BR, not {facts['language']!r}")
    if facts.get("guid") and not _is_uuid(facts["guid"]):
        reading.fault((*at, "guid"), "expected a UUID")


def _check_sound(
    reading: DocumentReading, formats: Mapping[str, Mapping[str, object]], feed: FeedContents, at: Key
) -> None:
    """A feed of articles has the sound of each, which is therefore made."""
    if "audio" not in formats:
        reading.fault((*at, "feed"), f'{feed} are heard; they need the format "audio"')
    elif "split" in formats["audio"]:
        reading.fault((*at, "audio", "split"), f'goes without saying where feed = "{feed}"; leave it out')


def _keep(reading: DocumentReading, listed: Mapping[str, Any], at: Key) -> Keep:
    for name in ("keep", "keep_days"):
        if listed.get(name) is not None and listed[name] < 1:
            reading.fault((*at, name), "at least 1 must be kept")
            return Keep()
    return Keep(listed.get("keep"), listed.get("keep_days"))


def _carry(reading: DocumentReading, listed: Mapping[str, Any], at: Key) -> Carry | None:
    try:
        return carry_of(**{name: listed[name] for name in CARRY if name in listed})
    except UsageError as error:
        reading.fault((*at, "carry"), str(error))
        return None


def _timetable(reading: DocumentReading, listed: Mapping[str, Any], at: Key) -> Timetable | None:
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
    reading: DocumentReading,
    value: object,
    options: Mapping[str, Any],
    at: Key,
    accounts: Mapping[str, ServiceAccount],
) -> tuple[PlannedSection, ...]:
    found = []
    for number, each in _tables(reading, value, (*at, "section")):
        key: Key = (*at, "section", number)
        table = reading.table(each, key, (*SECTION, *options))
        facts = reading.values(table, SECTION, key)
        if not facts.get("title") or not facts.get("sources"):
            reading.fault(key, "needs a title and sources")
        asked = reading.values(table, options, key)
        sources = _sources(reading, facts)
        after = after_in(reading, facts, (*key, "after"), sources, accounts)
        found.append(PlannedSection(facts.get("title", ""), sources, asked, after))
    return tuple(found)


def _sources(reading: DocumentReading, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The sources of a table, as a run finds them wherever it is started."""
    return tuple(_from_folder(source, reading.document.folder) for source in facts.get("sources", ()))


def _from_folder(source: str, folder: Path) -> str:
    """Files, folders and patterns start from the folder of the configuration, unlike what else is read."""
    if folder == Path() or source == "-" or source.startswith("~") or is_web(source):
        return source
    path = folder / source
    meant = address_meant(source) or REFERENCE.fullmatch(source) or source == INBOX
    return source if meant and not path.exists() else str(path)


def _tables(reading: DocumentReading, value: object, key: Key) -> Sequence[tuple[int, Any]]:
    if isinstance(value, list):
        return list(enumerate(value))
    reading.fault(key, f"expected tables, each under [[{key[-1]}]]")
    return []


def _formats(
    reading: DocumentReading, table: Mapping[str, Any], listed: Sequence[str] | None, at: Key
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


def _options(
    reading: DocumentReading, value: object, kinds: Mapping[str, Any], key: Key
) -> dict[str, object]:
    """The options of a format; those of a group in a table of their own, or under ``group.name``."""
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


def _deliveries(reading: DocumentReading, value: object, at: Key) -> tuple[DeliveryPlace, ...]:
    found: dict[Key, DeliveryPlace] = {}
    for number, each in _tables(reading, value, (*at, "deliver")):
        key: Key = (*at, "deliver", number)
        kind = str(each.get("by", "")) if isinstance(each, Mapping) else ""
        if kind not in DESTINATIONS:
            reading.fault((*key, "by"), f"expected {', '.join(DESTINATIONS)}")
            continue
        options = made_with(reading, each, ("by", DESTINATIONS[kind], NEEDED[kind]), key)
        if kind == "mail" and options.get("security", "tls") not in SECURITY:
            reading.fault((*key, "security"), "expected tls or starttls; nothing is sent in the clear")
        if options.get("keep") is not None and options["keep"] < 1:
            reading.fault((*key, "keep"), "at least 1 must be kept")
        if kind in DEVICES and "address" in options:
            options = {**options, "address": device_address(options["address"])}
        if "address" in options and not is_web(options["address"]):
            reading.fault((*key, "address"), "expected an address that begins with http:// or https://")
        if not reading.faults:
            name = options.get("name", "").strip()
            found[key] = DeliveryPlace(
                MAKES[kind](**{each: options[each] for each in options if each != "name"}), name
            )
    _check_places(reading, found)
    return tuple(found.values())


def _check_places(reading: DocumentReading, places: Mapping[Key, DeliveryPlace]) -> None:
    """Each is told from the others, for what waits for one goes to no other; for folders nothing waits."""
    called: set[str] = set()
    where: set[tuple[tuple[str, ...], str]] = set()
    for key, place in places.items():
        if not place.name.isprintable():
            reading.fault((*key, "name"), "expected a name in one line, without control characters")
        known = (identity(place.destination), place.name)
        if known not in where and place.told in called:
            reading.fault((*key, "name"), f"another place is called {place.told!r}")
        elif known in where and not isinstance(place.destination, ToFolder):
            reading.fault(key, f"is the same place as another, {place.told}; each needs a name of its own")
        called.add(place.told)
        where.add(known)


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
