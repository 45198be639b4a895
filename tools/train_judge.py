"""Grow the judge of blocks anew: `python tools/train_judge.py FOLDER --also FOLDER`.

FOLDER holds `html/ID.html.gz` and `truth/ID.json` (with `main_content` and `url`), as the development part of
WCXB does (https://github.com/Murrough-Foley/web-content-extraction-benchmark, annotations CC-BY-4.0),
of which
the shipped judge was grown. Pages whose ID hashes to a first digit 0 to 9 are learned from,
the others are for
checking. Every passage of a page is labelled by whether its words stand in the true text, in their place.

Writes `assets/extraction/judge.json`. Wants `pip install lightgbm==4.6.0`; the product does not.
`--cross` tells how a judge does on pages that it has not seen, site by site, and writes nothing.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from newsexport.extraction.evidence import FEATURES
from newsexport.extraction.opinions import words_in
from newsexport.extraction.reading import hearing_of
from newsexport.markup import blocks, parse
from newsexport.model import plain_blocks
from newsexport.protocols import Resource

MODEL = Path(__file__).parents[1] / "assets" / "extraction" / "judge.json"
SEED, ROUNDS, DEPTH, FOLDS = 7, 250, 4, 5
GROWING = {
    "objective": "binary", "num_leaves": 16, "max_depth": DEPTH, "max_bin": 63, "learning_rate": 0.06,
    "min_child_samples": 40,
    "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "verbose": -1,
    "num_threads": 1,
    "seed": SEED, "deterministic": True, "force_row_wise": True,
}  # fmt: skip
# From this probability on a candidate is kept.
LEAST = 0.55
# How much more a long text weighs: by more, more short ones are taken wrongly; by nothing, more words.
BY_LENGTH = 0.25
# Of so many pages a second time without one kind of evidence: the names, or the second opinion.
WITHOUT_NAMES, WITHOUT_SECOND = 0.3, 0.3
# Pages of Readability's tests are few, old and of all kinds, so each counts as several.
OF_READABILITY = 4
NAMES = [at for at, name in enumerate(FEATURES) if name.startswith(("named_", "within_"))]


@dataclass
class Page:
    """A page with its candidates, those that are heard as rows, and whether each is true (else None)."""

    name: str
    host: str
    truth: str
    texts: list[str]
    heard: list[int]
    rows: Any
    labels: list[float | None]
    sums: list[float] = field(default_factory=list)

    @property
    def kept(self) -> str:
        """The text of what is kept."""
        return "\n".join(
            self.texts[at] for at, each in zip(self.heard, self.sums, strict=True) if each >= LEAST
        )


def is_fit(name: str) -> bool:
    """Whether a page is learned from: the others are for checking."""
    return hashlib.sha256(name.encode()).hexdigest()[0] in "0123456789"


@dataclass(frozen=True)
class Sample:
    """A page with its true text; `rough` where it is only what another program finds."""

    name: str
    url: str
    html: Path
    truth: str

    def page(self, *, second: bool = True) -> Page:
        """The page as it is learned from, with or without a second opinion."""
        html = self.html.read_bytes()
        return page_of(self, gzip.decompress(html) if self.html.suffix == ".gz" else html, second=second)


def marked_samples(folder: Path) -> Iterator[Sample]:
    """Of `html/ID.html.gz` and `truth/ID.json`, those that are learned from."""
    for path in sorted((folder / "truth").glob("*.json")):
        said = json.loads(path.read_bytes())
        if is_fit(path.stem):
            yield Sample(
                path.stem, said["url"], folder / "html" / f"{path.stem}.html.gz", said["main_content"]
            )


def readability_samples(folder: Path) -> Iterator[Sample]:
    """Of `NAME/source.html` and `NAME/expected.html`, as Mozilla's Readability has them for its tests."""
    for path in sorted(folder.glob("*/expected.html")):
        truth = "\n".join(plain_blocks(blocks(parse(f"<body>{path.read_text('utf-8')}</body>"))))
        yield Sample(
            path.parent.name, f"http://{path.parent.name}.example/", path.with_name("source.html"), truth
        )


def page_of(sample: Sample, html: bytes, *, second: bool) -> Page:
    """The page with its passages and their labels."""
    url, name = sample.url, sample.name
    hearing = hearing_of(Resource(url, html, media_type="text/html", address=url), second=second)
    texts = [candidate.text for candidate in hearing.candidates]
    heard = sorted(hearing.rows)
    rows = np.array([hearing.rows[at] for at in heard]).reshape(len(heard), len(FEATURES))
    labels = labelled(texts, sample.truth)
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    return Page(name, host, sample.truth, texts, heard, rows, [labels[at] for at in heard])


# From this share on what stands in the true text in its order is all there.
IN_ORDER = 0.8


def labelled(texts: Sequence[str], truth: str) -> list[float | None]:
    """The share of each text that is true. What a page tells twice is true where that is in its order.

    Contents tell headings before they come, so that the first of two is not always the one that counts.
    """
    labels, shares = _told(texts, truth), _in_order(texts, truth)
    lines = [" ".join(words_in(text)) for text in texts]
    there = {line for line, share in zip(lines, shares, strict=True) if line and share >= IN_ORDER}
    for at, (line, share) in enumerate(zip(lines, shares, strict=True)):
        label = labels[at]
        if label is None:
            continue
        if share < IN_ORDER and line in there:
            labels[at] = 0.0
        elif share >= IN_ORDER and line.count(" ") > 1:
            labels[at] = max(label, share)
    return labels


def _in_order(texts: Sequence[str], truth: str) -> list[float]:
    """The share of the words of each text that stand in the true text, in the order of both."""
    words = [words_in(text) for text in texts]
    all_words = [word for own in words for word in own]
    found = bytearray(len(all_words))
    for at, _, length in SequenceMatcher(
        None, all_words, words_in(truth), autojunk=False
    ).get_matching_blocks():
        found[at : at + length] = b"\1" * length
    shares, at = [], 0
    for own in words:
        shares.append(sum(found[at : at + len(own)]) / max(1, len(own)))
        at += len(own)
    return shares


def _told(texts: Sequence[str], truth: str) -> list[float | None]:
    """The share of each text that is true; short ones count where they stand between their neighbours."""
    told = words_in(truth)
    runs: dict[tuple[str, ...], list[int]] = {}
    firsts: dict[str, list[int]] = {}
    for at, word in enumerate(told):
        firsts.setdefault(word, []).append(at)
        runs.setdefault(tuple(told[at : at + 3]), []).append(at)
    words = [words_in(text) for text in texts]
    labels: list[float | None] = [None] * len(texts)
    where: dict[int, int] = {}
    used: set[int] = set()
    for number, own in enumerate(words):
        if len(own) < 6:
            continue
        hits = [(at, runs[run]) for at in range(len(own) - 2) if (run := tuple(own[at : at + 3])) in runs]
        share = len(hits) / (len(own) - 2)
        labels[number] = share
        if share >= 0.5:
            start = Counter(place - at for at, places in hits for place in places[:20]).most_common(1)[0][0]
            if start in used and share > 0.8:
                labels[number] = 0.0  # it is there a second time
            else:
                where[number] = start
                used.add(start)
    for number, own in enumerate(words):
        if own and labels[number] is None:
            labels[number] = float(_found(own, told, firsts, _between(number, where, words, len(told)), used))
    return labels


def _between(number: int, where: dict[int, int], words: list[tuple[str, ...]], end: int) -> tuple[int, int]:
    known = sorted(where)
    at = bisect_left(known, number)
    begin = max(0, where[known[at - 1]] + len(words[known[at - 1]]) - 2) if at else 0
    return begin - 3, (where[known[at]] if at < len(known) else end) + 3


def _found(
    own: tuple[str, ...],
    told: tuple[str, ...],
    firsts: dict[str, list[int]],
    room: tuple[int, int],
    used: set[int],
) -> bool:
    for at in firsts.get(own[0], ()):
        if room[0] <= at < room[1] and at not in used and told[at : at + len(own)] == own:
            used.add(at)
            return True
    return False


def learned(pages: Sequence[Page]) -> tuple[Any, Any, Any]:
    """Rows, answers, weights. What is half true teaches nothing; long texts weigh more, long pages do not."""
    rows, answers, weights = [], [], []
    for page in pages:
        if not page.heard:
            continue
        words = np.array([max(1, len(words_in(page.texts[at]))) for at in page.heard], dtype=float)
        lengths = words**BY_LENGTH
        lengths /= np.sqrt(lengths.sum())
        labels = np.array([-1.0 if each is None else each for each in page.labels])
        sure = ((labels >= 0) & (labels <= 0.2)) | (labels >= 0.5)
        rows.append(page.rows[sure])
        answers.append(labels[sure] >= 0.5)
        weights.append(lengths[sure] * (1 if page.name.isdigit() else OF_READABILITY))
    return np.concatenate(rows), np.concatenate(answers).astype(int), np.concatenate(weights)


def grown(pages: Sequence[Page]) -> Any:
    """The trees over these pages."""
    import lightgbm  # noqa: PLC0415 - nothing else needs it

    rows, answers, weights = learned(pages)
    return lightgbm.train(GROWING, lightgbm.Dataset(rows, answers, weight=weights / weights.mean()), ROUNDS)


def without_names(page: Page) -> Page:
    """The page as if no element had a class or id."""
    rows = page.rows.copy()
    rows[:, [at for at in NAMES if FEATURES[at].startswith("named_")]] = 0
    rows[:, [at for at in NAMES if FEATURES[at].startswith("within_")]] = 10
    return Page(page.name, page.host, page.truth, page.texts, page.heard, rows, page.labels)


def written(model: Any) -> dict[str, Any]:
    """The trees as lists of nodes, of which each is [worth] or [worth, evidence, threshold, low, high]."""
    dump = model.dump_model()
    trees = []
    for info in dump["tree_info"]:
        nodes: list[list[float]] = []
        _write(info["tree_structure"], nodes)
        trees.append(nodes)
    least = round(1000 * float(np.log(LEAST / (1 - LEAST))))
    return {"form": 1, "evidence": list(FEATURES), "depth": DEPTH, "base": 0, "least": least, "trees": trees}


def _write(node: dict[str, Any], nodes: list[list[float]]) -> int:
    at = len(nodes)
    if "leaf_value" in node:
        nodes.append([round(1000 * node["leaf_value"])])
        return at
    nodes.append([])
    low, high = _write(node["left_child"], nodes), _write(node["right_child"], nodes)
    nodes[at] = [
        round(1000 * node["internal_value"]),
        node["split_feature"],
        _short(node["threshold"]),
        low,
        high,
    ]
    return at


def _short(threshold: float) -> float:
    return float(f"{threshold:.6g}")


def f1(ours: str, truth: str) -> tuple[float, float, float]:
    """F1, precision and recall of words."""
    mine, theirs = Counter(words_in(ours)), Counter(words_in(truth))
    common = sum((mine & theirs).values())
    precision, recall = common / max(1, sum(mine.values())), common / max(1, sum(theirs.values()))
    return (2 * precision * recall / (precision + recall) if common else 0.0), precision, recall


def crossed(pages: list[Page]) -> None:
    """Every page judged by what was learned from other sites."""
    fold = {page.name: int(hashlib.sha256(page.host.encode()).hexdigest(), 16) % FOLDS for page in pages}
    for number in range(FOLDS):
        model = grown([page for page in pages if fold[page.name] != number])
        for page in pages:
            if fold[page.name] == number:
                page.sums = list(model.predict(page.rows)) if page.heard else []
    scores = [f1(page.kept, page.truth) for page in {page.name: page for page in reversed(pages)}.values()]
    means = [sum(each) / len(scores) for each in zip(*scores, strict=True)]
    print(f"{len(scores)} unseen pages: F1 {means[0]:.4f}, precision {means[1]:.4f}, recall {means[2]:.4f}")


def doubled(samples: Sequence[Sample]) -> Iterator[Page]:
    """The pages, and some of them again without one kind of evidence: nobody always has it."""
    chance = random.Random(SEED)  # noqa: S311 - the same pages each time
    for sample in samples:
        page = sample.page()
        yield page
        if chance.random() < WITHOUT_NAMES:
            yield without_names(page)
        if chance.random() < WITHOUT_SECOND:
            yield sample.page(second=False)


def main() -> None:
    """Learn and write, or check."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--also", type=Path, help="a folder of pages as Readability's tests are")
    options.add_argument("--cross", action="store_true")
    asked = options.parse_args()
    samples = list(marked_samples(asked.folder))
    if asked.also:
        samples += readability_samples(asked.also)
    pages = list(doubled(samples))
    print(f"{len(pages)} pages, {sum(len(page.heard) for page in pages)} candidates", file=sys.stderr)
    if asked.cross:
        crossed(pages)
        return
    text = json.dumps(written(grown(pages)), ensure_ascii=False, separators=(",", ":"))
    MODEL.write_text(text.replace("],[[", "],\n[[").replace('"trees":', '\n"trees":\n') + "\n", "utf-8")


if __name__ == "__main__":
    main()
