"""Style sheets: whether they can be parsed, what they refer to, and what some readers choke on.

Sources: CSS Syntax Module Level 3, read with tinycss2; EPUB 3.3, section 6.3 (CSS); EPUBCheck's CSS messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import tinycss2

from epubpreflight.fault import Rule
from epubpreflight.rules.styles import (
    DIRECTION,
    EMPTY_ADDRESS,
    EMPTY_FONT,
    FIXED,
    OTHER_ENCODING,
    SYNTAX,
    WIDE_ENCODING,
)
from epubpreflight.selectors import selector_problem

# What the renderer for e-ink that Kobo, Tolino, PocketBook and reMarkable grew from cannot read.
MODERN_VALUES = re.compile(r"^(?:inline-)?(?:flex|grid)$")
MODERN_FUNCTIONS = frozenset({"var", "calc", "min", "max", "clamp", "env"})
MODERN_RULES = frozenset({"supports", "document", "layer", "container", "scope", "starting-style"})
CHARSET = re.compile(rb'@charset\s+"([^"]*)"')
UNBLOCKED = frozenset({"namespace", "charset", "counter-style", "property", "font-feature-values"})
COLOURS = frozenset({"background", "background-color"})


@dataclass(slots=True)
class Sheet:
    """What is in a style sheet: faults as rule, line and detail; addresses with their use and line.

    `dangers` names what older renderers cannot read: ``flex``, ``grid``, ``var()``, ``@supports`` and such.
    """

    faults: list[tuple[Rule, int, str]] = field(default_factory=list)
    addresses: list[tuple[str, str, int]] = field(default_factory=list)
    dangers: set[str] = field(default_factory=set)

    def add(self, rule: Rule, line: int, detail: str = "") -> None:
        """Note a fault."""
        self.faults.append((rule, line, detail))


@lru_cache(maxsize=16)
def inspect_sheet(data: bytes) -> Sheet:
    """A whole file of styles. The result is shared: it must not be changed."""
    sheet = Sheet()
    encoding = _encoding(data)
    if encoding.startswith("utf-16"):
        sheet.add(WIDE_ENCODING, 0)
    elif encoding != "utf-8":
        sheet.add(OTHER_ENCODING, 1, encoding)
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
def inspect_text(text: str) -> Sheet:
    """The styles inside a page. The result is shared: it must not be changed."""
    sheet = Sheet()
    _inspect(text, sheet)
    return sheet


@lru_cache(maxsize=4096)
def inspect_attribute(text: str) -> Sheet:
    """The styles of one element. The result is shared: it must not be changed."""
    sheet = Sheet()
    _declarations(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True), sheet)
    return sheet


# What braces and quotes hide in a style sheet, and the braces themselves.
BRACES = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|/\*|[{}()\[\]]""", re.DOTALL)


def _unclosed(text: str) -> bool:
    """Something is opened and not closed, which the grammar forgives and other readers do not."""
    found = BRACES.findall(text)
    return "/*" in found or any(found.count(one) > found.count(end) for one, end in ("{}", "()", "[]"))


def _inspect(text: str, sheet: Sheet) -> None:
    if _unclosed(text):
        sheet.add(SYNTAX, 0, "something is opened and never closed")
    try:
        _rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), sheet)
    except RecursionError:
        sheet.add(SYNTAX, 0, "it is nested too deeply")


def _rules(nodes: Iterable[Any], sheet: Sheet) -> None:
    for node in nodes:
        if node.type == "error":
            sheet.add(SYNTAX, node.source_line, node.message)
        elif node.type == "qualified-rule":
            _selector(node, sheet)
            _block(node.content, sheet)
        elif node.type == "at-rule":
            _at_rule(node, sheet)


def _block(content: list[Any] | None, sheet: Sheet, *, font: bool = False) -> int:
    if line := _empty_declaration(content or []):
        sheet.add(SYNTAX, line, "a semicolon ends nothing")
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


def _selector(node: Any, sheet: Sheet) -> None:
    tokens = [one for one in node.prelude if one.type != "comment"]
    if problem := selector_problem(tokens):
        sheet.add(SYNTAX, node.source_line, problem)


def _at_rule(node: Any, sheet: Sheet) -> None:
    name, content = node.lower_at_keyword, node.content or []
    if name == "import":
        _import(node, sheet)
        return
    if name == "font-face":
        if not _block(content, sheet, font=True):
            sheet.add(EMPTY_FONT, node.source_line)
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


def _import(node: Any, sheet: Sheet) -> None:
    for token in node.prelude:
        address = _address(token)
        if address is None and token.type == "string":
            address = token.value
        if address is not None:
            if address.strip():
                sheet.addresses.append((address, "stylesheet", node.source_line))
            else:
                sheet.add(EMPTY_ADDRESS, node.source_line)
            return


def _declarations(nodes: Iterable[Any], sheet: Sheet, *, font: bool = False) -> int:
    """How many declarations there are; their faults and addresses go to the sheet."""
    count = 0
    for node in nodes:
        if node.type == "error":
            sheet.add(SYNTAX, node.source_line, node.message)
        elif node.type == "declaration":
            count += 1
            _declaration(node, sheet, font=font)
        elif node.type in {"qualified-rule", "at-rule"}:
            sheet.add(SYNTAX, node.source_line, "a rule stands inside of another")
    return count


def _declaration(node: Any, sheet: Sheet, *, font: bool) -> None:
    values = [one for one in node.value if one.type not in {"whitespace", "comment"}]
    name = node.lower_name
    _value(node, name, values, sheet)
    if name in {"direction", "unicode-bidi"}:
        sheet.add(DIRECTION, node.source_line, name)
    first = values[0].lower_value if values and values[0].type == "ident" else ""
    if name == "position" and first == "fixed":
        sheet.add(FIXED, node.source_line)
    sheet.dangers |= _dangers(name, first)
    for address, use, line in _addresses(node.value, "font" if font else "generic", sheet.dangers):
        if not address.strip():
            sheet.add(EMPTY_ADDRESS, line)
        elif not address.startswith("#"):
            sheet.addresses.append((address, use, line))


def _value(node: Any, name: str, values: list[Any], sheet: Sheet) -> None:
    own = name.startswith("--")
    if not values and not own:
        sheet.add(SYNTAX, node.source_line, f"{name} has no value")
    bad = next((one for one in node.value if _unreadable(one)), None)
    if bad is not None:
        sheet.add(SYNTAX, bad.source_line, f"the value of {name} cannot be read")


def _unreadable(token: Any) -> bool:
    if token.type == "error":
        return token.kind not in {")", "bad-url"}  # which are forgiven
    return token.type in {"{} block", "at-keyword"}


def _dangers(name: str, first: str) -> set[str]:
    """What of a declaration older renderers cannot read, or show as nobody meant it."""
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
