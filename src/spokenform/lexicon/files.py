"""Lexicons as files: TOML as people write it, and PLS as programs exchange it."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from spokenform import languages
from spokenform.lexicon.entries import EMPTY, Entry, Lexicon, LexiconError, compiled
from spokenform.tags import is_tag

WRITTEN = ("word", "phrase", "pattern")
TEXTS = (*WRITTEN, "spoken", "ipa", "language")
KEYS = (*TEXTS, "exact")

# Capitals and figures are of X-SAMPA and its like; IPA has small letters, marks and signs of
# its own (Handbook of the IPA, 1999), between slashes or brackets when it is quoted.
IPA = re.compile(r"[^\WA-Z\d_]|[ .|'‖‿ːˑˈˌ˥-˩ˀ-˟\-↗↘ꜛꜜ]")


def from_toml(data: bytes, name: str) -> Lexicon:
    """The lexicon in a TOML file; `name` is the file's, for errors.

    Raises:
        LexiconError: it is no TOML, or an entry cannot be meant.
    """
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise LexiconError(name, "", f"is not TOML: {error}") from error
    language, listed = table.pop("language", ""), table.pop("entry", [])
    if table:
        raise LexiconError(name, "", f"{next(iter(table))!r} means nothing here; entries are [[entry]]")
    if not isinstance(language, str) or (language and not is_tag(language)):
        raise LexiconError(name, "", f"language: {language!r} is no language tag, such as en or pt-BR")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise LexiconError(name, "", "entry: expected a list of entries; write [[entry]]")
    entries = [
        _entry({"language": language, **one}, name, _called(one, number))
        for number, one in enumerate(listed, 1)
    ]
    return Lexicon(tuple(sorted(entries, key=lambda entry: entry.language.count("-") + bool(entry.language))))


def _called(table: Mapping[str, Any], number: int) -> str:
    """An entry by number and by its words, for errors."""
    written = next((table[key] for key in WRITTEN if isinstance(table.get(key), str)), "")
    shown = "".join(character if character.isprintable() else "?" for character in written)
    return f"entry {number}{f' ({shown})' if shown else ''}"


def _entry(table: Mapping[str, Any], file: str, called: str) -> Entry:
    def refuse(reason: str) -> LexiconError:
        return LexiconError(file, called, reason)

    for key, value in table.items():
        if key not in KEYS:
            raise refuse(f"{key!r} means nothing; there is {', '.join(KEYS)}")
        if not isinstance(value, str if key in TEXTS else bool):
            raise refuse(f"{key}: expected {'text' if key in TEXTS else 'true or false'}")
    kinds = [key for key in WRITTEN if key in table]
    if len(kinds) != 1:
        raise refuse("needs a word, a phrase or a pattern, and only one of them")
    (kind,) = kinds
    made = entry(
        table[kind] if kind == "pattern" else words(table[kind]),
        spoken=table.get("spoken", ""),
        ipa=table.get("ipa", ""),
        language=table["language"],
        exact=table.get("exact", True),
    )
    if kind == "word" and " " in made.written:
        raise refuse("a word has no spaces in it; call it a phrase")
    if kind == "pattern":
        made = Entry(made.written, made.spoken, made.ipa, made.language, made.exact, pattern=True)
    if problem := fault(made):
        raise refuse(problem)
    return made


def entry(written: str, *, spoken: str, ipa: str, language: str, exact: bool = True) -> Entry:
    """An entry with its texts on one line, the signs around its IPA taken off."""
    bare = unicodedata.normalize("NFC", " ".join(ipa.split())).strip("/[]⟨⟩ ")
    return Entry(written, " ".join(spoken.split()), bare, language.replace("_", "-"), exact)


def words(written: str) -> str:
    """Words as they are looked for: composed, on one line, with a plain apostrophe."""
    return re.sub("[‘’ʼ]", "'", unicodedata.normalize("NFC", " ".join(written.split())))


def fault(one: Entry) -> str:
    """What is wrong with an entry; empty when nothing is."""
    if len(one.written) < 2 and not one.written.isalpha():
        return "is too short to be looked for"
    if one.language and not is_tag(one.language):
        return f"language: {one.language!r} is no language tag, such as en or pt-BR"
    if strange := next((each for each in one.ipa if not _is_ipa(each)), ""):
        return f"ipa: {strange!r} is no sign of the IPA"
    return _wrong_pattern(one) if one.pattern else ""


def _is_ipa(character: str) -> bool:
    return unicodedata.category(character) == "Mn" or IPA.fullmatch(character) is not None


def _wrong_pattern(one: Entry) -> str:
    try:
        pattern = compiled(one)
    except re.error as error:
        return f"pattern: {error}"
    if pattern.match(""):
        return "pattern: would be found everywhere, for it matches nothing at all"
    groups = {int(number) for number in re.findall(r"\\(\d+)", one.spoken)}
    if any(number > pattern.groups for number in groups):
        return f"spoken: the pattern has {pattern.groups} groups, not {max(groups)}"
    try:
        re.compile(pattern).sub(one.spoken, "")
    except (re.error, IndexError) as error:
        return f"spoken: {error}"
    return ""


def to_toml(lexicon: Lexicon) -> str:
    """The lexicon as TOML, which `from_toml` reads as the same entries."""
    return "\n".join(_table(one) for one in lexicon.entries)


def _table(one: Entry) -> str:
    kind = "pattern" if one.pattern else "phrase" if " " in one.written else "word"
    texts = {kind: one.written, "language": one.language, "spoken": one.spoken, "ipa": one.ipa}
    lines = ["[[entry]]", *(f"{key} = {quoted(text)}" for key, text in texts.items() if text)]
    if not one.exact:
        lines.append("exact = false")
    return "\n".join((*lines, ""))


def quoted(text: str) -> str:
    """A text as a basic string of TOML, whose escapes are those of JSON (TOML 1.0, strings)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


PLS_SUFFIXES = frozenset((".pls", ".xml"))


def read(file: Path) -> Lexicon:
    """A lexicon from a file: PLS when its name ends in ``.pls`` or ``.xml``, else TOML.

    Raises:
        LexiconError: it cannot be read, or an entry cannot be meant.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise LexiconError(str(file), "", error.strerror or str(error)) from error
    if file.suffix.lower() in PLS_SUFFIXES:
        from spokenform.lexicon import pls  # noqa: PLC0415 - few have one, and it needs lxml

        return pls.from_pls(data, str(file))
    return from_toml(data, str(file))


@cache
def starter() -> Lexicon:
    """Places, institutions and foreign words that are often in the news, and how they sound."""
    merged = EMPTY
    for name, data in languages.lexicons():
        merged = merged.under(from_toml(data, name))
    return merged


def with_starter(files: Iterable[Path]) -> Lexicon:
    """The list to begin with, and the user's upon it, in order. Raises `LexiconError`."""
    merged = starter()
    for file in files:
        merged = merged.under(read(file))
    return merged
