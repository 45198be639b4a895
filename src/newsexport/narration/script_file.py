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

from newsexport.errors import UsageError
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.model import Article, Edition
from newsexport.narration.script import Level, Opening, Passage, speakable
from newsexport.speech import Pronunciation, Role, Utterance
from newsexport.storage.atomic import read_named
from newsexport.text.languages import is_tag

FORMAT, VERSION = "newsexport-script", 1

# Seconds; more is a slip of the finger.
LONGEST_PAUSE = 60


class ScriptFileError(UsageError):
    """A file that is no script; the message tells where, as in ``passages[3].utterances[0].role``."""


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
        return from_json(read_named(file))
    except ScriptFileError as error:
        raise UsageError(f"{file}: {error}") from error


def from_json(data: bytes) -> Script:
    """The script in a file.

    What has no word to say any more is left out, and its chapters begin with what follows.

    Raises:
        ScriptFileError: it is no script, or of a later version.
    """
    try:
        return _read_script(document(data))
    except JsonError as error:
        raise ScriptFileError(str(error)) from error


def _read_script(top: JsonValue) -> Script:
    if top.mapping().get("format") != FORMAT:
        raise top.error(f"is no script: its format is not {FORMAT}")
    if top.member("version").whole() != VERSION:
        raise top.member("version").wrong(f"{VERSION}, not {top.member('version').value}")
    articles = [_read_article(each) for each in top.listed("articles")]
    passages = [_read_passage(each, articles) for each in top.listed("passages")]
    return Script(
        top.member("title").raw_text(),
        top.member("date").parsed(date.fromisoformat, "a date such as 2026-11-23"),
        _read_language(top),
        tuple(one for one in passages if one.utterances),
    )


def _read_language(value: JsonValue) -> str:
    language = value.member("language")
    if language.raw_text() and not is_tag(language.raw_text()):
        raise language.wrong(f"a language tag such as en or pt-BR, not {language.raw_text()[:40]!r}")
    return language.raw_text()


def _read_article(one: JsonValue) -> Article:
    return Article(
        one.optional("title", JsonValue.raw_text, ""),
        (),
        url=one.optional("url", JsonValue.raw_text, None),
        site=one.optional("site", JsonValue.raw_text, None),
        reference=one.optional("reference", JsonValue.raw_text, ""),
        language=one.optional("language", JsonValue.raw_text, ""),
    )


def _read_passage(one: JsonValue, articles: Sequence[Article]) -> Passage:
    article = one.optional("article", lambda number: _numbered(articles, number), None)
    utterances: list[Utterance] = []
    openings: list[Opening] = []
    for each in one.listed("utterances"):
        openings += (_read_chapter(chapter, len(utterances)) for chapter in each.listed("chapters"))
        utterance = _read_utterance(each)
        if speakable(utterance.spoken):
            utterances.append(utterance)
        elif utterances:
            utterances[-1] = replace(utterances[-1], pause=max(utterances[-1].pause, utterance.pause))
    kept = tuple(opening for opening in openings if opening.at < len(utterances))
    return Passage(tuple(utterances), kept, article)


def _numbered(articles: Sequence[Article], number: JsonValue) -> Article:
    if not 0 <= number.whole() < len(articles):
        raise number.wrong(f"null or a number below {len(articles)}")
    return articles[number.whole()]


def _read_utterance(one: JsonValue) -> Utterance:
    spoken = " ".join(one.member("spoken").raw_text().split())
    return Utterance(
        printed=one.optional("printed", JsonValue.raw_text, spoken),
        spoken=spoken,
        language=_read_language(one),
        role=one.optional("role", lambda role: role.parsed(Role, f"one of {', '.join(Role)}"), Role.READER),
        pause=_read_pause(one.member("pause")) if "pause" in one.mapping() else 0,
        pronunciations=tuple(_sounds(one, spoken)),
    )


def _read_pause(pause: JsonValue) -> float:
    return pause.number(0, LONGEST_PAUSE)


def _sounds(one: JsonValue, spoken: str) -> Iterator[Pronunciation]:
    """Each pronunciation where its words stand, which editing may have moved."""
    begin = 0
    for each in one.listed("ipa"):
        words = each.member("words").raw_text()
        at = each.optional("at", lambda at: at.whole(0, len(spoken) + 10_000), 0)
        if at < begin or not spoken.startswith(words, at):
            at = spoken.find(words, begin)
        if not words or at < 0:
            raise each.member("words").error(f"{words!r} is not in what is spoken")
        yield Pronunciation(at, len(words), each.member("ipa").raw_text())
        begin = at + len(words)


def _read_chapter(one: JsonValue, at: int) -> Opening:
    level = one.member("level")
    if level.raw_text().upper() not in Level.__members__:
        raise level.wrong("section, article or heading")
    return Opening(
        one.member("title").raw_text(),
        Level[level.raw_text().upper()],
        at,
        one.optional("url", JsonValue.raw_text, None),
        one.optional("picture", JsonValue.raw_text, None),
    )
