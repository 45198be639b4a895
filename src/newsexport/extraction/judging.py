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


@dataclass(frozen=True, slots=True)
class Judge:
    """All nodes of all trees in one row.

    Leaves lead to themselves. `value` is what a node is worth on average, in thousandths, so that sums
    are the same on every machine; `least` is the sum from which a passage is kept.
    """

    roots: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float64]
    low: npt.NDArray[np.int32]
    high: npt.NDArray[np.int32]
    value: npt.NDArray[np.int64]
    depth: int
    base: int
    least: int

    def sums(self, rows: Sequence[tuple[float, ...]]) -> list[int]:
        """What speaks for each row less what speaks against it, in thousandths."""
        if not rows:
            return []
        evidence = np.asarray(rows, dtype=np.float64)
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        row = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            at = np.where(evidence[row, self.feature[at]] <= self.threshold[at], self.low[at], self.high[at])
        return [int(each) + self.base for each in self.value[at].sum(axis=1)]

    def reasons(self, row: Sequence[float]) -> dict[str, int]:
        """How much each kind of evidence moved the sum of one row."""
        moved: dict[str, int] = {}
        for root in map(int, self.roots):
            at = root
            while (
                following := int(
                    self.low[at] if row[self.feature[at]] <= self.threshold[at] else self.high[at]
                )
            ) != at:
                name = FEATURES[int(self.feature[at])]
                moved[name] = moved.get(name, 0) + int(self.value[following] - self.value[at])
                at = following
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
    nodes: list[tuple[int, float, int, int, int]] = []
    roots = []
    for tree in said["trees"]:
        start = len(nodes)
        roots.append(start)
        for at, node in enumerate(tree):
            if len(node) == 1:
                nodes.append((0, math.inf, start + at, start + at, node[0]))
            else:
                value, feature, threshold, low, high = node
                nodes.append((known[feature], threshold, start + low, start + high, value))
    feature, threshold, low, high, value = zip(*nodes, strict=True)
    return Judge(
        np.array(roots, np.int32), np.array(feature, np.int32), np.array(threshold, np.float64),
        np.array(low, np.int32), np.array(high, np.int32), np.array(value, np.int64),
        said["depth"], said["base"], said["least"],
    )  # fmt: skip


def probability(total: int) -> float:
    """Of a sum in thousandths."""
    return 1 / (1 + math.exp(-max(-30_000, min(30_000, total)) / 1000))
