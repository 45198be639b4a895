"""How much of an article is found in a page, and how little else: `python benchmarks/extraction.py FOLDER`.

The folder holds folders of `source.html`, `expected.html` (the article as somebody judged
it) and, if there is one, `expected-metadata.json`. Text is compared as a bag of words:
precision is the share of our words that are expected, recall the share of expected words
that are ours. A list item, table cell, heading or caption is kept when its words come back
in an element of its kind (an item also in a note that is called), a picture when its file
name does. Means over the pages; for elements, over all elements. A folder with
`html/ID.html.gz` and `truth/ID.json` (its `main_content`) is measured by words and by runs of
four words, on the part that `tools/train_judge.py` learned from (`--part fit`) or on the other. The
other rows are the libraries alone on the same pages; those that are not installed are left out.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html

from newsexport.errors import SourceError
from newsexport.model import (
    Article,
    Block,
    Heading,
    Listing,
    Quote,
    Table,
    called_notes,
    figures,
    plain,
    plain_blocks,
)
from newsexport.protocols import Continued, Resource

# What only serves those who edit a page, or leads back from a note.
EDITED = re.compile(r"\[edit\]$|^\^(?: [a-z]\b)*")
KINDS = ("images", "captions", "items", "cells", "headings")


@dataclass
class Found:
    """What was taken from a page; each list in order."""

    text: str = ""
    images: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    article: Article | None = None


def words(text: str) -> list[str]:
    return (
        re.findall(r"[^\W_]+", text.lower())
        if not re.search("[\u3040-\u9fff]", text)
        else re.findall(r"[^\W_]", text)
    )


def key(text: str) -> str:
    return "".join(words(text))


def picture(address: str) -> str:
    path = unquote(urlsplit(address).path)
    return path.rpartition("/")[2].lower()


def pictures(image: Any) -> list[str]:
    """Every file name a picture goes by: the candidates of a set are the same picture."""
    candidates = (part.split()[0] for part in (image.get("srcset") or "").split(",") if part.strip())
    return list(map(picture, (image.get("src") or "", *candidates)))


def of_html(html: str) -> Found:
    if not html.strip():
        return Found()
    root = lxml.html.fromstring(f"<div>{html}</div>")
    for element in list(root.iter("script", "style")):
        element.drop_tree()
    return Found(
        " ".join(root.itertext()),
        [
            "\n".join(pictures(each))
            for each in root.iter("img")
            if not (each.get("src") or "").startswith("data:")
        ],
        [" ".join(each.text_content().split()) for each in root.iter("figcaption")],
        [EDITED.sub("", " ".join(each.text_content().split())) for each in root.iter("li")],
        [" ".join(each.text_content().split()) for each in root.iter("td", "th")],
        [
            EDITED.sub("", " ".join(each.text_content().split()))
            for each in root.iter("h2", "h3", "h4", "h5", "h6")
        ],
    )


def of_article(article: Article) -> Found:
    found = Found(article=article)
    shown = list(figures(article))
    found.text = "\n".join(plain_blocks(article.body))
    found.images = [picture(figure.media) for figure in shown]
    found.items = [" ".join(plain_blocks(note.blocks)) for note in called_notes(article)]
    found.captions = [plain(figure.caption) for figure in shown if figure.caption]
    for block in nested(article.body):
        match block:
            case Heading(spans):
                found.headings.append(plain(spans))
            case Listing(items):
                found.items += [" ".join(plain_blocks(item)) for item in items]
            case Table(head, rows):
                found.cells += [plain(cell) for row in (head, *rows) for cell in row]
            case _:
                pass
    return found


def nested(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        match block:
            case Quote(inner):
                yield from nested(inner)
            case Listing(items):
                for item in items:
                    yield from nested(item)
            case _:
                pass


def newsexport(html: bytes, address: str) -> Found:
    from newsexport.sources.page import PageSource

    resource = Resource(address, html, media_type="text/html", address=address)
    try:
        (item, *_) = PageSource().read(resource)
    except SourceError:
        return Found()
    article = item.article if isinstance(item, Continued) else item
    assert isinstance(article, Article)
    return of_article(article)


def trafilatura(html: bytes, address: str) -> Found:
    import trafilatura

    return of_html(
        trafilatura.extract(
            html, url=address, output_format="html", include_images=True, include_comments=False
        )
        or ""
    )


def readability(html: bytes, address: str) -> Found:
    from readability import Document

    return of_html(
        Document(html.decode("utf-8", "replace"), url=address).summary(
            html_partial=True, keep_all_images=True
        )
    )


def newspaper(html: bytes, address: str) -> Found:
    import newspaper

    article = newspaper.Article(address, fetch_images=False)
    article.download(input_html=html.decode("utf-8", "replace"))
    article.parse()
    return Found(article.text)


SYSTEMS: dict[str, Callable[[bytes, str], Found]] = {
    "newsexport": newsexport,
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
}


def agreement(ours: list[str], truth: list[str]) -> tuple[int, int]:
    """How many elements come back, and of how many. A picture may have several names, one a line."""
    have = Counter(map(key, ours))
    wanted = [[name for name in map(key, each.split("\n")) if name] for each in truth]
    kept = 0
    for names in filter(None, wanted):
        whole = key("".join(names))
        found = next((name for name in (whole, *names) if have[name]), None)
        if found:
            have[found] -= 1
            kept += 1
    return kept, sum(map(bool, wanted))


@dataclass
class Score:
    """The tally of one system."""

    f1: list[float] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    pages: list[tuple[float, str, str]] = field(default_factory=list)
    facts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, ours: Found, truth: Found) -> None:
        mine, theirs = Counter(words(ours.text)), Counter(words(truth.text))
        common = sum((mine & theirs).values())
        precision = common / max(sum(mine.values()), 1)
        recall = common / max(sum(theirs.values()), 1)
        f1 = 2 * precision * recall / (precision + recall) if common else 0.0
        self.f1.append(f1)
        self.precision.append(precision)
        self.recall.append(recall)
        missing = []
        for kind in KINDS:
            kept, wanted = agreement(getattr(ours, kind), getattr(truth, kind))
            self.kept[kind] += kept
            self.expected[kind] += wanted
            if kept < wanted:
                missing.append(f"{kind} {kept}/{wanted}")
        self.pages.append((f1, name, f"P {precision:.3f} R {recall:.3f}  {' '.join(missing)}"))

    def compare(self, name: str, article: Article | None, about: dict[str, Any]) -> None:
        """Title exact; byline and day where the page states them."""
        said = {"title": article.title, "byline": ", ".join(article.byline)} if article else {}
        for fact in ("title", "byline"):
            if about.get(fact):
                right = key(said.get(fact, "")) == key(re.sub(r"(?i)^(by|von|par|por)\s+", "", about[fact]))
                self.facts[f"{fact} right"] += right
                self.facts[fact] += 1
                if not right:
                    self.wrong.append(f"{name} {fact}: {said.get(fact)!r} for {about[fact]!r}")
        if about.get("publishedTime"):
            day = article.published.date().isoformat() if article and article.published else ""
            right = (
                bool(day)
                and abs(int(day.replace("-", "")) - int(re.sub(r"\D", "", about["publishedTime"])[:8] or 0))
                <= 1
            )
            self.facts["date right"] += right
            self.facts["date"] += 1
            if not right:
                self.wrong.append(f"{name} date: {day} for {about['publishedTime']}")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Its runs of four words; a shorter text is one run."""
    said = re.findall(r"\w+", text)
    return Counter(tuple(said[at : at + 4]) for at in range(max(1, len(said) - 3))) if said else Counter()


def overlap(ours: Counter[Any], truth: Counter[Any]) -> tuple[float, float, float]:
    """F1, precision and recall."""
    common = sum((ours & truth).values())
    precision, recall = common / max(1, sum(ours.values())), common / max(1, sum(truth.values()))
    return (2 * precision * recall / (precision + recall) if common else 0.0), precision, recall


def marked(folder: Path, system: Callable[[bytes, str], Found], *, fit: bool) -> str:
    """One line of totals over the pages of a part, captions left out of our text and in it."""
    totals: list[tuple[float, ...]] = []
    for path in sorted((folder / "truth").glob("*.json")):
        said = json.loads(path.read_bytes())
        learned = hashlib.sha256(path.stem.encode()).hexdigest()[0] in "0123456789"
        if learned != fit or not said["main_content"]:
            continue
        html = gzip.decompress((folder / "html" / f"{path.stem}.html.gz").read_bytes())
        begun = time.process_time()
        try:
            found = system(html, said["url"] or "")
        except Exception:  # noqa: BLE001 - what others raise is part of the comparison
            found = Found()
        spent = time.process_time() - begun
        whole, truth = shingles(found.text), shingles(said["main_content"])
        captions = [plain(figure.caption) for figure in figures(found.article)] if found.article else []
        shorn = shingles("\n".join(line for line in found.text.split("\n") if line not in captions))
        counted = Counter(words(found.text)), Counter(words(said["main_content"]))
        totals.append(
            (*overlap(*counted), *overlap(whole, truth), whole == truth, shorn == truth, spent * 1000)
        )
    means = [sum(each) / len(totals) for each in zip(*totals, strict=True)]
    return f"{len(totals):6}" + "".join(f"{each:8.3f}" for each in means[:-1]) + f"{means[-1]:9.1f}"


def show_marked(folder: Path, only: str | None, *, fit: bool) -> None:
    columns = ("F1", "prec.", "recall", "F1 of 4", "prec.", "recall", "exact", "no capt.")
    print(f"{'':18}{'pages':>6}{''.join(f'{each:>8}' for each in columns)}{'ms/page':>9}")
    for name, system in SYSTEMS.items():
        if only in {None, name}:
            print(f"{name:18}{marked(folder, system, fit=fit)}")


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--only", choices=SYSTEMS)
    options.add_argument("--half", choices=("even", "odd"), help="every other page")
    options.add_argument("--skip", type=Path, help="leave out pages that this folder has too")
    options.add_argument("--verbose", action="store_true", help="list the pages, worst first")
    options.add_argument("--part", choices=("fit", "check"), default="fit", help="of pages with their truth")
    asked = options.parse_args()
    if (asked.folder / "truth").is_dir():
        show_marked(asked.folder, asked.only, fit=asked.part == "fit")
        return
    pages = sorted(path.parent for path in asked.folder.glob("*/source.html"))
    pages = [page for page in pages if not (asked.skip and (asked.skip / page.name).exists())]
    if asked.half:
        pages = pages[asked.half == "odd" :: 2]
    print(f"{len(pages)} pages")
    print(
        f"{'':18}{'F1':>7}{'prec.':>7}{'recall':>7}"
        + "".join(f"{kind:>10}" for kind in KINDS)
        + f"{'ms/page':>9}"
    )
    for name, system in SYSTEMS.items():
        if asked.only in {None, name}:
            show(name, tally(system, pages), verbose=asked.verbose)


def tally(system: Callable[[bytes, str], Found], pages: list[Path]) -> Score | None:
    score = Score()
    for page in pages:
        about = page / "expected-metadata.json"
        begun = time.perf_counter()
        try:
            ours = system((page / "source.html").read_bytes(), "http://fakehost/test/page.html")
        except ImportError:
            return None
        except Exception as error:  # noqa: BLE001 - what others raise is part of the comparison
            print(f"{page.name}: {type(error).__name__}: {error}", file=sys.stderr)
            ours = Found()
        score.seconds.append(time.perf_counter() - begun)
        score.add(page.name, ours, of_html((page / "expected.html").read_text("utf-8")))
        if about.exists():
            score.compare(page.name, ours.article, json.loads(about.read_bytes()))
    return score


def show(name: str, score: Score | None, *, verbose: bool) -> None:
    if score is None:
        print(f"{name:18}is not installed")
        return
    count = len(score.f1)
    means = "".join(f"{sum(each) / count:7.3f}" for each in (score.f1, score.precision, score.recall))
    kept = "".join(f"{score.kept[kind] / max(score.expected[kind], 1):10.1%}" for kind in KINDS)
    milliseconds = sorted(score.seconds)[count // 2] * 1000
    print(f"{name:18}{means}{kept}{milliseconds:9.1f}")
    if name == "newsexport":
        facts = ("title", "byline", "date")
        print(
            " " * 18
            + "  ".join(f"{fact} {score.facts[f'{fact} right']}/{score.facts[fact]}" for fact in facts)
        )
    if verbose:
        for f1, page, note in sorted(score.pages):
            print(f"  {f1:.3f} {page:32} {note}")
        print("\n".join(f"  {line}" for line in score.wrong))


if __name__ == "__main__":
    main()
