"""A script as a file that can be edited and then spoken: JSON, an utterance a line.

`docs/script.md` tells the form. What is written and read again is the same script; what
was edited is spoken as it then stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from newsexport.errors import UsageError
from newsexport.model import Article, Edition
from newsexport.narration.script import Level, Opening, Passage, speakable
from newsexport.speech import Pronunciation, Role, Utterance
from newsexport.text.languages import is_tag

FORMAT, VERSION = "newsexport-script", 1

# Seconds; more is a slip of the finger.
LONGEST_PAUSE = 60


class ScriptFileError(UsageError):
    """A file that is no script. `path` tells where, as in ``passages[3].utterances[0].role``."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(path, reason)

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


@dataclass(frozen=True, slots=True)
class Script:
    """An edition as it is spoken; the articles of its passages have no bodies."""

    title: str
    issued: date
    language: str
    passages: tuple[Passage, ...]


def to_json(edition: Edition, passages: Sequence[Passage]) -> bytes:
    """The script of an edition."""
    articles = list(dict.fromkeys(passage.article for passage in passages if passage.article))
    head = {
        "format": FORMAT,
        "version": VERSION,
        "title": edition.title,
        "date": edition.issued.isoformat(),
        "language": edition.language,
    }
    lines = [f' "{name}": {_json(value)},' for name, value in head.items()]
    listed = ",\n".join(f"  {_json(_article(article))}" for article in articles)
    number = {article: at for at, article in enumerate(articles)}
    spoken = ",\n".join(_passage(passage, number) for passage in passages)
    lines += [f' "articles": [\n{listed}\n ],', f' "passages": [\n{spoken}\n ]']
    return ("{\n" + "\n".join(lines) + "\n}\n").encode()


def _json(value: object) -> str:
    # JSON may hold half a surrogate pair as an escape, UTF-8 may not
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() or text.isprintable() else json.dumps(value)


def _article(article: Article) -> dict[str, object]:
    facts = {
        "title": article.title,
        "language": article.language,
        "url": article.url,
        "site": article.site,
        "reference": article.reference,
    }
    return {name: value for name, value in facts.items() if value}


def _passage(passage: Passage, number: Mapping[Article, int]) -> str:
    article = "null" if passage.article is None else str(number[passage.article])
    lines = ",\n".join(
        f"   {_json(utterance_facts(one, [each for each in passage.openings if each.at == at]))}"
        for at, one in enumerate(passage.utterances)
    )
    return f'  {{"article": {article}, "utterances": [\n{lines}\n  ]}}'


def utterance_facts(one: Utterance, openings: Sequence[Opening]) -> dict[str, object]:
    """An utterance, and the chapters that open with it, as they stand in the file."""
    facts: dict[str, object] = {
        "printed": one.printed,
        "spoken": one.spoken,
        "language": one.language,
        "role": str(one.role),
        "pause": one.pause,
    }
    if one.pronunciations:
        facts["ipa"] = [
            {"at": each.offset, "words": one.spoken[each.offset :][: each.length], "ipa": each.ipa}
            for each in one.pronunciations
        ]
    if openings:
        facts["chapters"] = [_chapter(opening) for opening in openings]
    return facts


def _chapter(opening: Opening) -> dict[str, object]:
    facts = {"title": opening.title, "level": opening.level.name.lower()}
    more = {"url": opening.url, "picture": opening.picture}
    return {**facts, **{name: value for name, value in more.items() if value is not None}}


def read_script(file: Path) -> Script:
    """The script in a file by its name. Raises `UsageError`."""
    try:
        return from_json(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    except ScriptFileError as error:
        raise UsageError(f"{file}: {error}") from error


def from_json(data: bytes) -> Script:
    """The script in a file.

    What has no word to say any more is left out, and its chapters begin with what follows.

    Raises:
        ScriptFileError: it is no script, or of a later version.
    """
    try:
        root = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ScriptFileError("", f"is not JSON: {error}") from error
    if not isinstance(root, dict) or root.get("format") != FORMAT:
        raise ScriptFileError("", f"is no script: its format is not {FORMAT}")
    if root.get("version") != VERSION:
        raise ScriptFileError("version", f"expected {VERSION}, not {root.get('version')!r}")
    top = _Object(root, "")
    articles = [_read_article(each) for each in top.objects("articles")]
    passages = [_read_passage(each, articles) for each in top.objects("passages")]
    try:
        issued = date.fromisoformat(top.text("date"))
    except ValueError as error:
        raise ScriptFileError("date", "expected a date such as 2026-11-23") from error
    return Script(top.text("title"), issued, top.tag(), tuple(one for one in passages if one.utterances))


@dataclass(frozen=True, slots=True)
class _Object:
    """A JSON object, and where it stands."""

    facts: Mapping[str, Any]
    path: str

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str, default: str | None = None) -> str:
        value = self.facts.get(name, default)
        if not isinstance(value, str):
            raise ScriptFileError(self.at(name), "expected text")
        return value

    def maybe(self, name: str) -> str | None:
        return self.text(name) if self.facts.get(name) is not None else None

    def number(self, name: str, most: float) -> float:
        value = self.facts.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise ScriptFileError(self.at(name), f"expected 0 to {most}")
        return value

    def tag(self) -> str:
        value = self.text("language")
        if value and not is_tag(value):
            raise ScriptFileError(self.at("language"), f"{value!r} is no language tag, such as en or pt-BR")
        return value

    def objects(self, name: str) -> Iterator[_Object]:
        value = self.facts.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise ScriptFileError(self.at(name), "expected a list of objects")
        return (_Object(each, f"{self.at(name)}[{at}]") for at, each in enumerate(value))


def _read_article(one: _Object) -> Article:
    return Article(
        one.text("title", ""),
        (),
        url=one.maybe("url"),
        site=one.maybe("site"),
        reference=one.text("reference", ""),
        language=one.text("language", ""),
    )


def _read_passage(one: _Object, articles: Sequence[Article]) -> Passage:
    number = one.facts.get("article")
    if number is not None and (not isinstance(number, int) or not 0 <= number < len(articles)):
        raise ScriptFileError(one.at("article"), f"expected null or a number below {len(articles)}")
    utterances: list[Utterance] = []
    openings: list[Opening] = []
    for each in one.objects("utterances"):
        openings += (_read_chapter(chapter, len(utterances)) for chapter in each.objects("chapters"))
        utterance = _read_utterance(each)
        if speakable(utterance.spoken):
            utterances.append(utterance)
        elif utterances:
            utterances[-1] = replace(utterances[-1], pause=max(utterances[-1].pause, utterance.pause))
    kept = tuple(opening for opening in openings if opening.at < len(utterances))
    return Passage(tuple(utterances), kept, None if number is None else articles[number])


def _read_utterance(one: _Object) -> Utterance:
    role = one.text("role", Role.READER)
    if role not in {*Role}:
        raise ScriptFileError(one.at("role"), f"expected one of {', '.join(Role)}")
    spoken = " ".join(one.text("spoken").split())
    return Utterance(
        printed=one.text("printed", spoken),
        spoken=spoken,
        language=one.tag(),
        role=Role(role),
        pause=one.number("pause", LONGEST_PAUSE),
        pronunciations=tuple(_sounds(one, spoken)),
    )


def _sounds(one: _Object, spoken: str) -> Iterator[Pronunciation]:
    """Each pronunciation where its words stand, which editing may have moved."""
    begin = 0
    for each in one.objects("ipa"):
        words, at = each.text("words"), int(each.number("at", len(spoken) + 10_000))
        if at < begin or not spoken.startswith(words, at):
            at = spoken.find(words, begin)
        if not words or at < 0:
            raise ScriptFileError(each.at("words"), f"{words!r} is not in what is spoken")
        yield Pronunciation(at, len(words), each.text("ipa"))
        begin = at + len(words)


def _read_chapter(one: _Object, at: int) -> Opening:
    level = one.text("level").upper()
    if level not in Level.__members__:
        raise ScriptFileError(one.at("level"), "expected section, article or heading")
    return Opening(one.text("title"), Level[level], at, one.maybe("url"), one.maybe("picture"))
