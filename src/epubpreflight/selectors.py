"""Selectors of style sheets: whether they are any.

Sources: Selectors Level 3, section 11; EPUBCheck, which knows no more than that.
"""

from __future__ import annotations

from typing import Any

COMBINATORS = frozenset({">", "+", "~"})
MATCHES = frozenset({"=", "~=", "|=", "^=", "$=", "*="})


def selector_problem(tokens: list[Any]) -> str:
    """What is wrong with the selectors before a block; empty when nothing is."""
    if not any(token.type != "whitespace" for token in tokens):
        return "a rule has no selector"
    before = ","
    for token in tokens:
        if token.type == "whitespace":
            if before in {".", ":", "::"}:
                return f"a selector has nothing behind {before}"
            continue
        kind = _kind(token)
        if not _fits(before, kind):
            return f"a selector cannot hold {_shown(token, kind)}"
        if kind == "[]" and (problem := _attribute(token)):
            return problem
        before = kind if not (kind == ":" and before == ":") else "::"
    ends = before in COMBINATORS or before in {",", ".", ":", "::", "|"}
    return f"a selector ends with {before}" if ends else ""


def _kind(token: Any) -> str:
    match token.type:
        case "literal":
            return str(token.value)
        case "[] block":
            return "[]"
        case _:
            return str(token.type)


def _fits(before: str, kind: str) -> bool:
    """Whether one part of a selector may stand behind another."""
    if before == ".":
        return kind == "ident"
    if before in {":", "::"}:
        return kind in {"ident", "function"} or (before == ":" and kind == ":")
    if kind in COMBINATORS:
        return before not in COMBINATORS and before not in {",", "|"}
    if kind == ",":
        return before not in COMBINATORS and before not in {",", "|"}
    if kind == "|":
        return before != "|"
    return kind in {"ident", "hash", ".", ":", "[]", "*"}


def _shown(token: Any, kind: str) -> str:
    return kind if token.type == "literal" else str(getattr(token, "representation", None) or token.type)


def _attribute(token: Any) -> str:
    """What is wrong with the condition in brackets: a name, and perhaps a match with a value."""
    parts = [one for one in token.content if one.type not in {"whitespace", "comment"}]
    names = 1
    if len(parts) > 2 and _kind(parts[1]) == "|" and parts[2].type == "ident":
        names = 3
    elif len(parts) > 1 and _kind(parts[0]) == "|" and parts[1].type == "ident":
        names = 2
    elif not parts or parts[0].type != "ident":
        return "a condition of a selector has no name"
    rest = parts[names:]
    if not rest:
        return ""
    if len(rest) != 2 or _kind(rest[0]) not in MATCHES or rest[1].type not in {"ident", "string"}:
        return "a condition of a selector cannot be read"
    return ""
