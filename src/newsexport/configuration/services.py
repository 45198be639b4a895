"""The services of a configuration, and what is done there with articles that were printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from newsexport.configuration.document import Key
from newsexport.configuration.option_kinds import Checked, Kinds, kinds, needed
from newsexport.configuration.reading import DocumentReading, made_with
from newsexport.sources.services.accounts import KINDS, ServiceAccount
from newsexport.sources.services.choice import INBOX, REFERENCE
from newsexport.sources.services.telling import PATTERN, After, Deed, TakesDeeds, after_of, takes
from newsexport.text.nearest import there_is

AFTER = Annotated[str, Checked(after_of, {"pattern": PATTERN})]
SERVICES: Mapping[str, Kinds] = {kind: {**kinds(made), "after": AFTER} for kind, made in KINDS.items()}


def services(
    reading: DocumentReading, value: object
) -> tuple[Mapping[str, ServiceAccount], Mapping[str, After]]:
    """The services by name, and what is done at each unless a paper asks for something else.

    One that is called after its kind need not tell that.
    """
    found: dict[str, ServiceAccount] = {}
    afters: dict[str, After] = {}
    for name, each in reading.table(value, ("service",), value if isinstance(value, Mapping) else ()).items():
        key: Key = ("service", name)
        kind = str(each.get("kind", name)) if isinstance(each, Mapping) else name
        if not REFERENCE.fullmatch(f"{name}:"):
            reading.fault(key, "expected a name of two or more small letters, figures and hyphens")
        if name.lower() == INBOX:
            reading.fault(key, f"needs another name: {INBOX} is what was added here")
        if kind not in SERVICES:
            reading.fault((*key, "kind"), f"there is no kind {kind!r}{there_is(kind, SERVICES)}")
            continue
        options = dict(made_with(reading, each, ("kind", SERVICES[kind], needed(KINDS[kind])), key))
        said = options.pop("after", None)
        if not reading.faults:
            found[name] = KINDS[kind](**options)
            afters[name] = after_of(said) if said else After()
            _check(reading, (*key, "after"), afters[name], name, found[name])
    return found, afters


def after_in(
    reading: DocumentReading,
    table: Mapping[str, Any],
    key: Key,
    sources: Iterable[str],
    accounts: Mapping[str, ServiceAccount],
) -> After | None:
    """What a table asks to be done with articles of its sources where they are kept; None for nothing."""
    if not table.get("after"):
        return None
    after = after_of(table["after"])
    matches = (REFERENCE.fullmatch(source) for source in sources)
    for name in dict.fromkeys(found["name"] for found in matches if found):
        if name in accounts:
            _check(reading, key, after, name, accounts[name])
    return after


def _check(reading: DocumentReading, key: Key, after: After, name: str, account: ServiceAccount) -> None:
    """Refuse what a service has not."""
    deeds = account.deeds if isinstance(account, TakesDeeds) else ()
    if after.deed not in {*deeds, Deed.NOTHING}:
        reading.fault(key, f"{name} has no such thing as {after.deed}; it takes {takes(account)}")
