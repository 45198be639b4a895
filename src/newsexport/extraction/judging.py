"""Which candidates are the article: boosted trees over the evidence, as `tools/train_judge.py` grew them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from newsexport import assets
from newsexport.extraction.evidence import FEATURES

FORM = 1


# Behind a leaf nothing is asked: a question that no row says yes to.
LEAF = (0, math.inf)


@dataclass(frozen=True, slots=True)
class Judge:
    """Trees, level by level: a level has a row for each place in a tree, and in it all trees.

    At each place one of the questions is asked: whether there is more of a `feature` than the `threshold`.
    Behind the place `at` stand `2 * at` in the next level, where there is no more, and `2 * at + 1`. What a
    node is worth on average is its value in thousandths, so that sums are the same on every machine; there
    is one level more of values. `least` is the sum from which a passage is kept.
    """

    features: npt.NDArray[np.intp]
    thresholds: npt.NDArray[np.float64]
    asked: tuple[npt.NDArray[np.intp], ...]
    values: tuple[npt.NDArray[np.int32], ...]
    base: int
    least: int

    def sums(self, rows: Sequence[tuple[float, ...]]) -> list[int]:
        """What speaks for each row less what speaks against it, in thousandths.

        Every question is answered once for all rows, and leaves are chosen from the ends of the trees: that
        takes less than half of the time in which each row is followed through each tree.
        """
        if not rows:
            return []
        evidence = np.ascontiguousarray(np.asarray(rows, dtype=np.float64).T)
        answers = evidence[self.features] > self.thresholds[:, None]
        chosen = self.values[-1][..., None]
        for asked in reversed(self.asked):
            low, high = chosen[::2], chosen[1::2]
            chosen = low + (high - low) * answers[asked]
        return [int(each) + self.base for each in chosen[0].sum(axis=0, dtype=np.int64)]

    def reasons(self, row: Sequence[float]) -> dict[str, int]:
        """How much each kind of evidence moved the sum of one row."""
        moved: dict[str, int] = {}
        for tree in range(self.values[0].shape[1]):
            at = 0
            for level, asked in enumerate(self.asked):
                question = asked[at, tree]
                feature, threshold = int(self.features[question]), self.thresholds[question]
                behind = 2 * at + int(row[feature] > threshold)
                change = int(self.values[level + 1][behind, tree]) - int(self.values[level][at, tree])
                if threshold < math.inf:
                    moved[FEATURES[feature]] = moved.get(FEATURES[feature], 0) + change
                at = behind
        return moved


@cache
def judge() -> Judge:
    """The judge that is shipped. Raises `ValueError` if it knows other evidence than there is."""
    return judge_of(json.loads(assets.read("extraction/judge.json")))


def judge_of(said: Mapping[str, Any]) -> Judge:
    """A judge as `tools/train_judge.py` writes it: each node is what it is worth, or asks first."""
    if said["form"] != FORM or not set(said["evidence"]) <= set(FEATURES):
        raise ValueError("the judge was trained with other evidence")
    known = [FEATURES.index(name) for name in said["evidence"]]
    questions = {LEAF: 0}
    asked, values = [], []
    level = [[tree[0] for tree in said["trees"]]]
    for _ in range(said["depth"]):
        here = [[(known[node[1]], node[2]) if node[1:] else LEAF for node in place] for place in level]
        asked.append([[questions.setdefault(each, len(questions)) for each in place] for place in here])
        values.append([[node[0] for node in place] for place in level])
        level = [
            [tree[node[side]] if node[1:] else node for tree, node in zip(said["trees"], place, strict=True)]
            for place in level
            for side in (3, 4)
        ]
    values.append([[node[0] for node in place] for place in level])
    features, thresholds = zip(*questions, strict=True)
    return Judge(
        np.array(features, np.intp), np.array(thresholds, np.float64),
        tuple(np.array(each, np.intp) for each in asked), tuple(np.array(each, np.int32) for each in values),
        said["base"], said["least"],
    )  # fmt: skip


def probability(total: int) -> float:
    """Of a sum in thousandths."""
    return 1 / (1 + math.exp(-max(-30_000, min(30_000, total)) / 1000))
