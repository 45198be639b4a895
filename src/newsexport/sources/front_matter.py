"""What an author may say about an article above its text: header lines or YAML.

::

    Title: A bridge for Oldhaven            ---
    Author: Ada Fenn                        title: A bridge for Oldhaven
    Date: 23 November 2026                  author: [Ada Fenn, Bo Lind]
                                            date: 2026-11-23
    The council of Oldhaven has ...         ---

Unknown fields are left alone, and so is a date that cannot be read: neither is a reason
to lose the article. `docs/articles.md` tells it to authors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from newsexport.errors import SourceError
from newsexport.model import Article
from newsexport.text.dates import parse_date
from newsexport.text.languages import is_tag

# Every name a field goes by, and the one we know it by.
FIELDS = {
    "title": "title", "headline": "title",
    "standfirst": "standfirst", "subtitle": "standfirst", "description": "standfirst",
    "summary": "standfirst",
    "author": "author", "authors": "author", "byline": "author", "by": "author",
    "date": "date", "published": "date",
    "section": "section", "category": "section",
    "language": "language", "lang": "language",
    "source": "source", "url": "source", "link": "source",
    "site": "site", "publisher": "site",
    "image": "image", "picture": "image", "alt": "alt", "caption": "caption",
}  # fmt: skip

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

    def complete(self, article: Article) -> Article:
        """The article with what the author said put over what is known so far."""
        source = self.text("source")
        language = self.text("language").replace("_", "-")
        address = ADDRESS.fullmatch(source)
        return replace(
            article,
            title=self.text("title") or article.title,
            standfirst=self.text("standfirst") or article.standfirst,
            byline=self.fields.get("author") or article.byline,
            published=parse_date(self.text("date"), language) or article.published,
            section=self.text("section") or article.section,
            url=source if address else article.url,
            site=self.text("site") or ("" if address else source) or article.site,
            language=language if is_tag(language) else article.language,
        )


def split(text: str, reference: str) -> tuple[FrontMatter, str]:
    """What stands above the text, and the text.

    Raises:
        SourceError: a YAML block is not YAML, with the line.
    """
    text = text.lstrip("\n")
    lines = text.split("\n", 1)
    if lines[0].rstrip() == "---" and len(lines) > 1:
        return _yaml(text, reference)
    return _header(text)


def _yaml(text: str, reference: str) -> tuple[FrontMatter, str]:
    closing = re.search(r"^(?:---|\.\.\.)[ \t]*$", text[3:], re.MULTILINE)
    if not closing:
        return FrontMatter({}), text  # a rule, not the beginning of a block
    block, rest = text[3 : 3 + closing.start()], text[3 + closing.end() :]
    fields = _load(block, reference)
    if not isinstance(fields, dict):
        return FrontMatter({}), text
    return FrontMatter(_known((str(key), value) for key, value in fields.items())), rest


def _load(block: str, reference: str) -> Any:
    import yaml  # noqa: PLC0415 - most articles have no front matter, and the import takes 15 ms

    try:
        return yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes strings and nothing else
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(reference, f"front matter is not YAML: line {line}: {error.problem}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SourceError(reference, "front matter is not YAML") from error


def _header(text: str) -> tuple[FrontMatter, str]:
    block, _, rest = text.partition("\n\n")
    if len(block) > 5_000:
        return FrontMatter({}), text
    pairs = [HEADER_LINE.fullmatch(line.strip()) for line in block.split("\n")]
    named = [(pair["key"], pair["value"] or "") for pair in pairs if pair]
    if len(named) < len(pairs) or not named:
        return FrontMatter({}), text
    first = FIELDS.get(named[0][0].lower())
    if first is None or (len(named) == 1 and first not in ALONE):
        return FrontMatter({}), text
    return FrontMatter(_known(named)), rest


def _known(pairs: Any) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for key, value in pairs:
        name = FIELDS.get(key.strip().lower())
        if name is not None:
            values = value if isinstance(value, list) else [value]
            texts = tuple(text.strip() for text in values if isinstance(text, str) and text.strip())
            known[name] = known.get(name, ()) + texts
    return known
