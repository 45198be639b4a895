"""What differs between languages: a package or a module for each, named by its tag.

Each has a function ``rules(tag)`` that gives the rules of the language in order, and may
have a ``lexicon.toml`` beside it. `other` stands in for all that have none of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import cast

from spokenform.rewriting import Rule
from spokenform.tags import primary

# Text in an unknown language is taken for English, as engines take it.
UNKNOWN = frozenset(("", "und"))
DEFAULT = "en"
SUBTAG = re.compile(r"[a-z]{2,3}")


@cache
def rules(tag: str) -> tuple[Rule, ...]:
    """The rules for a language tag, in order. A language is loaded when it is first asked for."""
    return cast("tuple[Rule, ...]", _loaded(tag).rules(tag or DEFAULT))


@cache
def sounds(tag: str) -> Mapping[str, str]:
    """How letters sound, in IPA, that a voice of the language would take for words."""
    module = _loaded(tag)
    own = getattr(module, "SOUNDS", None) or getattr(getattr(module, "LANGUAGE", None), "letters", {})
    return cast("Mapping[str, str]", own)


def _loaded(tag: str) -> ModuleType:
    return import_module(f"{__name__}.{_module(primary(tag))}")


def _module(subtag: str) -> str:
    if subtag in UNKNOWN:
        return DEFAULT
    return subtag if _has_rules(subtag) else "other"


def _has_rules(subtag: str) -> bool:
    """Whether there is a module of this language; a folder without one has no origin."""
    spec = find_spec(f"{__name__}.{subtag}") if SUBTAG.fullmatch(subtag) else None
    return spec is not None and spec.origin is not None


def known() -> list[str]:
    """The languages that have rules of their own, English first."""
    stems = {path.stem for folder in __path__ for path in Path(folder).iterdir()}
    return sorted(filter(_has_rules, stems), key=lambda tag: (tag != DEFAULT, tag))


def add_folder(folder: Path) -> None:
    """Take a folder of more languages: a module or package for each, named by its tag."""
    __path__.append(str(folder))
    rules.cache_clear()


def lexicons() -> Iterator[tuple[str, bytes]]:
    """The starting lexicons that languages have, each with its name."""
    for tag in known():
        for folder in __path__:
            file = Path(folder, tag, "lexicon.toml")
            if file.is_file():
                yield f"{tag}/{file.name}", file.read_bytes()
