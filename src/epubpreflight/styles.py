"""Style sheets: whether they can be parsed, what they refer to, and what some readers choke on.

Sources: CSS Syntax Module Level 3, read with tinycss2; Selectors Level 3, section 11, as far as EPUBCheck
knows it; EPUB 3.3, section 6.3 (CSS); EPUBCheck's CSS messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import tinycss2

from epubpreflight.rules import Rule

# What the renderer for e-ink that Kobo, Tolino, PocketBook and reMarkable grew from cannot read.
MODERN_VALUES = re.compile(r"^(?:inline-)?(?:flex|grid)$")
MODERN_FUNCTIONS = frozenset({"var", "calc", "min", "max", "clamp", "env"})
MODERN_RULES = frozenset({"supports", "document", "layer", "container", "scope", "starting-style"})
CHARSET = re.compile(rb'@charset\s+"([^"]*)"')
UNBLOCKED = frozenset({"namespace", "charset", "counter-style", "property", "font-feature-values"})
COLOURS = frozenset({"background", "background-color"})


@dataclass(slots=True)
class StyleSheet:
    """What is in a style sheet: faults as rule, line and detail; addresses with their use and line.

    `dangers` names what older renderers cannot read or show badly: ``flex``, ``var()``, ``@supports``…
    """

    faults: list[tuple[Rule, int, str]] = field(default_factory=list)
    addresses: list[tuple[str, str, int]] = field(default_factory=list)
    dangers: set[str] = field(default_factory=set)

    def add(self, rule: Rule, line: int, detail: str = "") -> None:
        """Note a fault."""
        self.faults.append((rule, line, detail))


@lru_cache(maxsize=16)
def inspect_sheet(data: bytes) -> StyleSheet:
    """A whole file of styles. The result is shared: it must not be changed."""
    sheet = StyleSheet()
    encoding = _encoding(data)
    if encoding.startswith("utf-16"):
        sheet.add(Rule.STYLE_UTF_16, 0)
    elif encoding != "utf-8":
        sheet.add(Rule.STYLE_ENCODING, 1, encoding)
    codec = encoding if encoding in {"utf-16", "utf-8"} else "latin-1"
    _inspect(data.decode(codec, "replace").lstrip("\ufeff"), sheet)
    return sheet


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return "utf-16"
    if not data.startswith(b"\xef\xbb\xbf") and (declared := CHARSET.match(data)):
        return declared.group(1).decode("ascii", "replace").lower()
    return "utf-8"


@lru_cache(maxsize=512)
def inspect_text(text: str) -> StyleSheet:
    """The styles inside a page. The result is shared: it must not be changed."""
    sheet = StyleSheet()
    _inspect(text, sheet)
    return sheet


@lru_cache(maxsize=4096)
def inspect_attribute(text: str) -> StyleSheet:
    """The styles of one element. The result is shared: it must not be changed."""
    sheet = StyleSheet()
    _declarations(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True), sheet)
    return sheet


# Comments and strings, which may hold brackets that do not count, and brackets.
BRACES = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|/\*|[{}()\[\]]""", re.DOTALL)


def _unclosed(text: str) -> bool:
    """Whether a bracket or comment is not closed, which the grammar forgives and some readers do not."""
    found = BRACES.findall(text)
    return "/*" in found or any(found.count(one) > found.count(end) for one, end in ("{}", "()", "[]"))


def _inspect(text: str, sheet: StyleSheet) -> None:
    if _unclosed(text):
        sheet.add(Rule.STYLE_SYNTAX, 0, "something is opened and never closed")
    try:
        _rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), sheet)
    except RecursionError:
        sheet.add(Rule.STYLE_SYNTAX, 0, "it is nested too deeply")


def _rules(nodes: Iterable[Any], sheet: StyleSheet) -> None:
    for node in nodes:
        if node.type == "error":
            sheet.add(Rule.STYLE_SYNTAX, node.source_line, node.message)
        elif node.type == "qualified-rule":
            _selector(node, sheet)
            _block(node.content, sheet)
        elif node.type == "at-rule":
            _at_rule(node, sheet)


def _block(content: list[Any] | None, sheet: StyleSheet, *, font: bool = False) -> int:
    if line := _empty_declaration(content or []):
        sheet.add(Rule.STYLE_SYNTAX, line, "a semicolon ends nothing")
    nodes = tinycss2.parse_blocks_contents(content or [], skip_comments=True, skip_whitespace=True)
    return _declarations(nodes, sheet, font=font)


def _empty_declaration(content: list[Any]) -> int:
    """The line of a semicolon behind another, or at the beginning; 0 when there is none."""
    ended = True
    for token in content:
        if token.type == "literal" and token.value == ";":
            if ended:
                return int(token.source_line)
            ended = True
        elif token.type not in {"whitespace", "comment"}:
            ended = False
    return 0


def _holds_rules(content: list[Any]) -> bool:
    """Whether blocks stand in a block before anything ends with a semicolon."""
    for token in content:
        if token.type == "{} block":
            return True
        if token.type == "literal" and token.value == ";":
            return False
    return False


def _selector(node: Any, sheet: StyleSheet) -> None:
    tokens = [one for one in node.prelude if one.type != "comment"]
    if problem := selector_problem(tokens):
        sheet.add(Rule.STYLE_SYNTAX, node.source_line, problem)


def _at_rule(node: Any, sheet: StyleSheet) -> None:
    name, content = node.lower_at_keyword, node.content or []
    if name == "import":
        _import(node, sheet)
        return
    if name == "font-face":
        if not _block(content, sheet, font=True):
            sheet.add(Rule.STYLE_EMPTY_FONT, node.source_line)
        return
    if name in MODERN_RULES or name.endswith("keyframes"):
        sheet.dangers.add("@keyframes" if name.endswith("keyframes") else f"@{name}")
    if name.endswith("keyframes") or name in UNBLOCKED:
        return
    sheet.addresses.extend(_addresses(node.prelude, "generic"))
    if _holds_rules(content):
        _rules(tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True), sheet)
    else:
        _block(content, sheet)


def _import(node: Any, sheet: StyleSheet) -> None:
    for token in node.prelude:
        address = _address(token)
        if address is None and token.type == "string":
            address = token.value
        if address is not None:
            if address.strip():
                sheet.addresses.append((address, "stylesheet", node.source_line))
            else:
                sheet.add(Rule.STYLE_EMPTY_ADDRESS, node.source_line)
            return


def _declarations(nodes: Iterable[Any], sheet: StyleSheet, *, font: bool = False) -> int:
    """Check declarations and return how many there are."""
    count = 0
    for node in nodes:
        if node.type == "error":
            sheet.add(Rule.STYLE_SYNTAX, node.source_line, node.message)
        elif node.type == "declaration":
            count += 1
            _declaration(node, sheet, font=font)
        elif node.type in {"qualified-rule", "at-rule"}:
            sheet.add(Rule.STYLE_SYNTAX, node.source_line, "a rule stands inside of another")
    return count


def _declaration(node: Any, sheet: StyleSheet, *, font: bool) -> None:
    values = [one for one in node.value if one.type not in {"whitespace", "comment"}]
    name = node.lower_name
    _value(node, name, values, sheet)
    if name in {"direction", "unicode-bidi"}:
        sheet.add(Rule.STYLE_DIRECTION, node.source_line, name)
    first = values[0].lower_value if values and values[0].type == "ident" else ""
    if name == "position" and first == "fixed":
        sheet.add(Rule.STYLE_POSITION_FIXED, node.source_line)
    sheet.dangers |= _dangers(name, first)
    for address, use, line in _addresses(node.value, "font" if font else "generic", sheet.dangers):
        if not address.strip():
            sheet.add(Rule.STYLE_EMPTY_ADDRESS, line)
        elif not address.startswith("#"):
            sheet.addresses.append((address, use, line))


def _value(node: Any, name: str, values: list[Any], sheet: StyleSheet) -> None:
    own = name.startswith("--")
    if not values and not own:
        sheet.add(Rule.STYLE_SYNTAX, node.source_line, f"{name} has no value")
    bad = next((one for one in node.value if _unreadable(one)), None)
    if bad is not None:
        sheet.add(Rule.STYLE_SYNTAX, bad.source_line, f"the value of {name} cannot be read")


def _unreadable(token: Any) -> bool:
    if token.type == "error":
        return token.kind not in {")", "bad-url"}  # which are forgiven
    return token.type in {"{} block", "at-keyword"}


def _dangers(name: str, first: str) -> set[str]:
    """What in a declaration older renderers cannot read, or show badly."""
    if name == "display" and MODERN_VALUES.match(first):
        return {first.removeprefix("inline-")}
    if name in COLOURS and first not in {"", "transparent", "none", "inherit", "initial"}:
        return {"background"}
    return {"variables"} if name.startswith("--") else set()


def _addresses(
    tokens: Iterable[Any], use: str, dangers: set[str] | None = None
) -> Iterator[tuple[str, str, int]]:
    for token in tokens:
        address = _address(token)
        if address is not None:
            yield address, use, token.source_line
        elif token.type == "function":
            if dangers is not None and token.lower_name in MODERN_FUNCTIONS:
                dangers.add(f"{token.lower_name}()")
            yield from _addresses(token.arguments, use, dangers)
        elif token.type.endswith("block"):
            yield from _addresses(token.content, use, dangers)


def _address(token: Any) -> str | None:
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        return next((str(one.value) for one in token.arguments if one.type == "string"), "")
    return None


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
