"""Cantonese: the words of Chinese, in the characters of Hong Kong where those are spoken."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from spokenform import numerals
from spokenform.languages import wide, zh
from spokenform.rewriting import Rule

LANGUAGE = replace(
    zh.LANGUAGE,
    tag="yue",
    point="點",
    hour="{}點",
    minus="負",
    speed="每小時{}公里",
    year=lambda figures: numerals.digits(figures, "yue").replace(" ", ""),
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Cantonese."""
    return wide.rules(LANGUAGE, "GB/T 15835; Unicode CLDR 46")
