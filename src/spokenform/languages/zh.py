"""Chinese: its words."""

from __future__ import annotations

from functools import cache

from spokenform import numerals
from spokenform.languages import wide
from spokenform.rewriting import Rule
from spokenform.word_file import words_of

# Before these two is said otherwise than alone.
COUNTED = frozenset("个個名位次天人家只隻条條座辆輛架艘场場岁歲万萬千亿億种種项項件支队隊公米斤吨噸小块塊倍")


def _amount(said: str, following: str) -> str:
    """``2个`` is 两个."""
    return "两" if said == "二" and following[:1] in COUNTED else said


LANGUAGE = words_of(
    wide.Wide, __file__, year=lambda figures: numerals.digits(figures, "zh").replace(" ", ""), amount=_amount
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Chinese."""
    return wide.rules(LANGUAGE, "GB/T 15835; Unicode CLDR 46")
