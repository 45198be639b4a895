"""Regular expressions that are compiled when they are first used.

Compiling one that knows many words, or letters of many scripts, takes about a millisecond: with all that a
module has, most runs would wait for what few need.
"""

from __future__ import annotations

import re
from typing import Any, cast

METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Awaited:
    """Stands for a pattern. Once that is compiled, its methods are found here as fast as there."""

    def __init__(self, expression: str, flags: int) -> None:
        self.pattern = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in METHODS)
        return getattr(compiled, name)


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, which raises `re.error` not now but when the pattern is first used.

    Functions of `re` itself do not take it.
    """
    return cast("re.Pattern[str]", _Awaited(expression, flags))
