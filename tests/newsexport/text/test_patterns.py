"""Patterns that are compiled late are what they would have been at once."""

import re

import pytest

from newsexport.text.patterns import METHODS, pattern


def test_it_finds_what_a_compiled_one_finds() -> None:
    late, early = (
        pattern(r"(?P<day>\d+)\. may", re.IGNORECASE),
        re.compile(r"(?P<day>\d+)\. may", re.IGNORECASE),
    )
    assert late.pattern == early.pattern
    for _ in range(2):  # by way of compiling it, and afterwards
        assert late.sub(r"May \g<day>", "on 3. May and 14. may") == "on May 3 and May 14"
        assert [found["day"] for found in late.finditer("3. May, 14. MAY")] == ["3", "14"]
        assert late.flags == early.flags
        assert late.groupindex == early.groupindex
    for method in METHODS:
        assert getattr(late, method) == getattr(early, method)  # that of one and the same: `re` keeps them


def test_a_faulty_one_is_told_of_when_it_is_used() -> None:
    faulty = pattern("(")
    with pytest.raises(re.error):
        faulty.search("a")
