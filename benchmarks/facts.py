"""What is said of a page's article, beside what people read there: `python benchmarks/facts.py FOLDER`.

The folder holds pages as ``html/ID.html.gz`` and what people marked as ``truth/ID.json``. Titles and
authors are compared twice: as they are, but for white space, quotation marks and case, and once more
without the name of the site, the offices of people, and their order. Dates are compared by the day.
A page that is refused is wrong in all that the truth states. `invented` is what is said where the truth
states nothing. The other rows are trafilatura's, on the same pages, if it is installed.

Three fifths of the pages are there to learn from, the other two (`--part check`) to check by: of them
nothing is ever listed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from newsexport.errors import SourceError
from newsexport.extraction.headlines import names_of
from newsexport.extraction.metadata import about
from newsexport.extraction.site_names import without_site
from newsexport.markup import MarkupError, parse
from newsexport.protocols import Continued, Resource
from newsexport.text.people import people_in

FACTS = ("title", "author", "date")
JOINED = re.compile(r"\s*(?:,?\s+(?:and|und|et|y|&)\s+|[,;|])\s*")


@dataclass(frozen=True)
class Facts:
    """What is said of one page; empty where nothing is."""

    title: str = ""
    author: str = ""
    date: str = ""


def of_article(html: bytes, address: str) -> Facts:
    """What ends in the article."""
    from newsexport.sources.page import PageSource

    try:
        (item, *_) = PageSource().read(Resource(address, html, media_type="text/html", address=address))
    except SourceError:
        return Facts()
    article = item.article if isinstance(item, Continued) else item
    day = article.published.date().isoformat() if getattr(article, "published", None) else ""
    return Facts(article.title, ", ".join(article.byline), day)


def of_page(html: bytes, address: str) -> Facts:
    """What the page says, whether or not an article is found in it."""
    try:
        said = about(parse(html, "text/html"), address)
    except MarkupError:
        return Facts()
    return Facts(
        said.title, ", ".join(said.byline), said.published.date().isoformat() if said.published else ""
    )


def trafilatura(html: bytes, address: str) -> Facts:
    from trafilatura import extract_metadata

    said = extract_metadata(html, default_url=address)
    return Facts(said.title or "", said.author or "", said.date or "")


SYSTEMS: dict[str, Callable[[bytes, str], Facts]] = {
    "article": of_article,
    "page": of_page,
    "trafilatura": trafilatura,
}


def folded(value: str) -> str:
    """The text in one case, with one kind of quotation mark, dash and space."""
    plain = unicodedata.normalize("NFKC", value).casefold()
    plain = re.sub("[\u2018\u2019\u201a\u201b`´\u201c\u201d\u201e«»\"']", "'", plain)
    return " ".join(re.sub("[\u2010-\u2015\u2212]", "-", plain).split())


def people(value: str) -> str:
    return ", ".join(part for part in JOINED.split(folded(re.sub(r"(?i)^\s*by\s+", "", value))) if part)


def without_office(value: str, names: list[str]) -> str:
    """The people without offices and credentials and in any order, as letters alone."""
    told = {re.sub(r"[\W_]+", "", folded(name.partition(",")[0])) for name in people_in(value)}
    own = {re.sub(r"[\W_]+", "", folded(name)) for name in names}
    return " ".join(sorted(told - own or told))


@dataclass
class Tally:
    stated: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    nearly: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, page: str, ours: Facts, truth: dict[str, Any], names: list[str]) -> None:
        wanted = Facts(*(truth.get(key) or "" for key in ("title", "author", "publish_date")))
        forms = {
            "title": (folded, lambda value: re.sub(r"[\W_]+", "", folded(without_site(value, names)))),
            "author": (people, lambda value: without_office(value, names)),
            "date": (str, str),
        }
        for fact in FACTS:
            have, want = getattr(ours, fact), getattr(wanted, fact)
            plainly, nearly = forms[fact]
            exact = plainly(have) == plainly(want)
            loose = nearly(have) == nearly(want) != ""  # an office alone names nobody
            if not want:
                self.invented[fact] += bool(have)
            else:
                self.stated[fact] += 1
                self.right[fact] += exact
                self.nearly[fact] += exact or loose
                self.silent[fact] += not have
            if not exact:
                mark = "~" if loose else " "
                self.wrong.append(f"{fact:7}{mark} {page} {have!r} for {want!r}")


def pages(folder: Path, part: str) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    for path in sorted((folder / "truth").glob("*.json")):
        page = path.stem
        if (sha256(page.encode()).hexdigest()[0] in "0123456789") == (part == "fit"):
            html = gzip.decompress((folder / "html" / f"{page}.html.gz").read_bytes())
            yield page, html, json.loads(path.read_bytes())


def names_on(html: bytes, address: str) -> list[str]:
    try:
        root = parse(html, "text/html")
    except MarkupError:
        return []
    meta = {(each.get("property") or each.get("name") or "").lower(): each.get("content") or ""
            for each in root.iter("meta")}  # fmt: skip
    return [name for name in names_of(root, meta, (), address) if name]


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--part", choices=("fit", "check"), default="fit")
    options.add_argument("--only", choices=SYSTEMS)
    options.add_argument("--verbose", action="store_true", help="list what is not equal (of the fit part)")
    asked = options.parse_args()
    for name, system in SYSTEMS.items():
        if asked.only not in {None, name}:
            continue
        tally = Tally()
        try:
            for page, html, truth in pages(asked.folder, asked.part):
                address = truth.get("url") or ""
                tally.add(page, system(html, address), truth, names_on(html, address))
        except ImportError:
            print(f"{name:12} is not installed")
            continue
        show(name, tally)
        if asked.verbose and asked.part == "fit":
            print("\n".join(sorted(tally.wrong)))


def show(name: str, tally: Tally) -> None:
    for fact in FACTS:
        stated = max(tally.stated[fact], 1)
        print(
            f"{name:12}{fact:8}{tally.right[fact] / stated:7.1%} right,"
            f" {tally.nearly[fact] / stated:6.1%} nearly,"
            f" {tally.silent[fact]} not found, of {stated}; {tally.invented[fact]} invented"
        )


if __name__ == "__main__":
    main()
