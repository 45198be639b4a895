"""Japanese: its words."""

from __future__ import annotations

from functools import cache

from spokenform import numerals
from spokenform.languages import wide
from spokenform.rewriting import Rule
from spokenform.word_file import words_of

LANGUAGE = words_of(wide.Wide, __file__, year=lambda figures: numerals.cardinal(int(figures), "ja"))


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Japanese."""
    return wide.rules(LANGUAGE, "Unicode CLDR 46; NHK, numbers on air")
