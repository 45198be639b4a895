"""What an author may say about an article above its text: header lines, YAML, TOML or JSON.

::

    Title: A bridge for Oldhaven            ---
    Author: Ada Fenn                        title: A bridge for Oldhaven
    Date: 23 November 2026                  author: [Ada Fenn, Bo Lind]
                                            date: 2026-11-23
    The council of Oldhaven has ...         ---

TOML stands between lines of ``+++``, JSON from its first brace to its last, as Hugo has them; ``---toml`` and
``---json`` open such blocks for Eleventy.

Unknown fields are left alone, and so is a date that cannot be read: neither is a reason
to lose the article. `docs/articles.md` tells it to authors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from newsexport.errors import SourceError
from newsexport.model import Article
from newsexport.sources.bylines import byline
from newsexport.sources.tags import divided, tags_of
from newsexport.text.dates import dated
from newsexport.text.languages import is_tag

# Every name a field goes by, and the one we know it by.
FIELDS = {
    "title": "title", "headline": "title",
    "standfirst": "standfirst", "subtitle": "standfirst", "description": "standfirst",
    "summary": "standfirst",
    "author": "author", "authors": "author", "byline": "author", "by": "author",
    "date": "date", "published": "date", "pubdate": "date", "publishdate": "date",
    "section": "section", "category": "section",
    "language": "language", "lang": "language",
    "source": "source", "url": "source", "link": "source",
    "site": "site", "publisher": "site", "website": "site",
    "tags": "tags", "tag": "tags", "labels": "tags",
    "image": "image", "picture": "image", "alt": "alt", "caption": "caption",
}  # fmt: skip

OWN = ("params", "extra", "taxonomies")

# A headline may begin with such a word too ("Source: army to withdraw"), so one header
# line alone counts only when its key is hardly ever the beginning of a headline.
ALONE = frozenset({"title", "author", "standfirst", "language", "date"})

HEADER_LINE = re.compile(r"(?P<key>[A-Za-z][A-Za-z -]{0,19}?)\s*:(?:\s+(?P<value>.*))?")
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields by their own names, each a text or several."""

    fields: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """The field on one line; empty when it was not given."""
        return " ".join(" ".join(self.fields.get(name, ())).split())

    def _people(self) -> tuple[str, ...]:
        """Who wrote it, as they are named; what is a line of print, "By Ada Fenn", without its "By"."""
        return tuple(name for said in self.fields.get("author", ()) for name in byline(said) or (said,))

    def _tags(self) -> tuple[str, ...]:
        """Its tags, in a list or on a line with commas between them."""
        said = tuple(tag for tag in self.fields.get("tags", ()) if tag not in {"null", "~"})  # YAML's nothing
        return tags_of(divided(said[0]) if len(said) == 1 else said)

    def complete(self, article: Article) -> Article:
        """The article with what the author said put over what is known so far."""
        source = self.text("source")
        language = self.text("language").replace("_", "-")
        address = ADDRESS.fullmatch(source)
        return replace(
            article,
            title=self.text("title") or article.title,
            standfirst=self.text("standfirst") or article.standfirst,
            byline=self._people() or article.byline,
            published=dated(self.text("date"), language) or article.published,
            section=self.text("section") or article.section,
            url=source if address else article.url,
            site=self.text("site") or ("" if address else source) or article.site,
            language=language if is_tag(language) else article.language,
            tags=self._tags() or article.tags,
        )


NOTHING = FrontMatter({})

# A line that TOML has, and hardly any text.
ASSIGNED = re.compile(r"(?m)^\s*[\w.\"'-]+\s*=")


def split(text: str, reference: str) -> tuple[FrontMatter, str]:
    """What stands above the text, and the text.

    Raises:
        SourceError: a block is not YAML or TOML, with the line.
    """
    text = text.lstrip("\n")
    first = text.split("\n", 1)[0].rstrip()
    if first in BLOCKS:
        closing, load = BLOCKS[first]
        end = closing.search(text, len(first))
        fields = load(text[len(first) : end.start()], reference) if end else None
        return (
            (FrontMatter(_known(fields)), text[end.end() :])
            if end and fields is not None
            else (NOTHING, text)
        )
    return _braced(text) if first.startswith("{") else _header(text)


def _braced(text: str) -> tuple[FrontMatter, str]:
    """A JSON object that ends a line and has a field we know."""
    from json import JSONDecoder  # noqa: PLC0415 - hardly any article begins with a brace

    try:
        fields, end = JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return NOTHING, text
    known = _known(fields)
    return (
        (FrontMatter(known), text[end:]) if known and text[end : end + 1] in ("", "\n") else (NOTHING, text)
    )


def _json(block: str, _reference: str) -> Mapping[str, Any] | None:
    from json import loads  # noqa: PLC0415 - as above

    try:
        found = loads(block)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _toml(block: str, reference: str) -> Mapping[str, Any] | None:
    import tomllib  # noqa: PLC0415 - as of YAML

    try:
        return tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if ASSIGNED.search(block) is None:
            return None  # a text between two lines of crosses
        raise SourceError(reference, f"front matter is not TOML: {str(error)[:100]}") from error


def _yaml(block: str, reference: str) -> Mapping[str, Any] | None:
    import yaml  # noqa: PLC0415 - most articles have no front matter, and the import takes 15 ms

    try:
        found = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes strings and nothing else
    except yaml.MarkedYAMLError as error:
        if error.problem == COLON and (plain := _plain_lines(block)):
            return plain
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(reference, f"front matter is not YAML: line {line}: {error.problem}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SourceError(reference, "front matter is not YAML") from error
    return found if isinstance(found, dict) else None


# What PyYAML says of "title: The storm: what we know".
COLON = "mapping values are not allowed here"


def _plain_lines(block: str) -> dict[str, str]:
    """A block of nothing but header lines, as people write it who do not know what YAML wants quoted."""
    lines = [HEADER_LINE.fullmatch(line.strip()) for line in block.strip().split("\n")]
    return {line["key"]: line["value"] or "" for line in lines if line} if all(lines) else {}


# The line that opens a block, what closes it, and what reads it.
RULE, CROSSES = (
    re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
)
Load: TypeAlias = Callable[[str, str], Mapping[str, Any] | None]
BLOCKS: Mapping[str, tuple[re.Pattern[str], Load]] = {
    "---": (RULE, _yaml),
    "---yaml": (RULE, _yaml),
    "---toml": (RULE, _toml),
    "---json": (RULE, _json),
    "+++": (CROSSES, _toml),
}


def _header(text: str) -> tuple[FrontMatter, str]:
    block, _, rest = text.partition("\n\n")
    if len(block) > 5_000:
        return NOTHING, text
    pairs = [HEADER_LINE.fullmatch(line.strip()) for line in block.split("\n")]
    named = [(pair["key"], pair["value"] or "") for pair in pairs if pair]
    if len(named) < len(pairs) or not named:
        return NOTHING, text
    first = FIELDS.get(named[0][0].lower())
    if first is None or (len(named) == 1 and first not in ALONE):
        return NOTHING, text
    return FrontMatter(_named(named)), rest


def _known(fields: Mapping[Any, Any]) -> dict[str, tuple[str, ...]]:
    """The fields we know, else those in the tables that Hugo and Zola have for one's own."""
    own = [table for name in OWN if isinstance(table := fields.get(name), Mapping)]
    return {name: value for table in (*own, fields) for name, value in _named(table.items()).items()}


def _named(pairs: Iterable[tuple[Any, Any]]) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for key, value in pairs:
        name = FIELDS.get(str(key).strip().lower())
        if name is not None:
            values = value if isinstance(value, list | tuple) else [value]
            texts = tuple(text for each in values if (text := _said(each)))
            known[name] = known.get(name, ()) + texts
    return known


def _said(value: Any) -> str:
    """A value as a text: of an author with several fields the name, of flags nothing."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, date):  # and moments, which are dates
        return value.isoformat()
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value).strip() if is_number or isinstance(value, str) else ""
