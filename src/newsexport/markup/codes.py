"""Listings of code: each line a line, and without the numbers in front of them.

Highlighters put a line into an element of its own, or numbers and lines into the columns of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsexport.markup.parsing import Element
from newsexport.model import Code

SYNTAX = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight|brush:|sourceCode)[-\s]?([a-z0-9+#]{1,20})(?:\s|;|$)",
    re.IGNORECASE,
)
NO_SYNTAX = frozenset(
    ("none", "plain", "plaintext", "text", "default", "notranslate", "highlight", "code", "linenos")
)
LINES = ("div", "p", "li", "tr")
LINE = re.compile(r"(?:^|\s)(?:[\w-]*[-_])?(?:line|cl)(?:\s|$)", re.IGNORECASE)
NUMBERS = re.compile(
    r"line-?(?:no|num)|line-numbers|(?:^|[\s_-])(?:gutter|linenos?|lnt?|blob-num|gl|crayon-nums?)(?:[\s_-]|$)|hljs-ln-n",
    re.IGNORECASE,
)
LISTING = re.compile(
    r"highlight|(?:^|[\s_-])(?:code|hljs|syntax|gist|blob|rouge|chroma|lntable|crayon|prism|shiki)(?:[\s_-]|$)",
    re.IGNORECASE,
)
# What editors and old highlighters make of a listing, with no ``pre`` around the lines.
EDITORS = re.compile(
    r"(?:^|\s)(?:CodeMirror-code|cm-content|view-lines|syntaxhighlighter|crayon-main)(?:\s|$)"
)
DIGITS = re.compile(r"[\d\s.:|]*")
AROUND = 3


def listed(root: Element) -> None:
    """Make one ``pre`` of every listing that is laid out as a table or as a row of elements."""
    for table in [each for each in root.iter("table") if _is_listing(each)]:
        _replace(table, "\n".join(_lines_of(table)))
    for element in [each for each in root.iter("div", "code") if _is_bare(each)]:
        _replace(element, lines_in(element))
    for pre in list(root.iter("pre")):
        text = "".join(pre.itertext())
        if text.strip() and DIGITS.fullmatch(text) and NUMBERS.search(_names(pre)):
            pre.drop_tree()


def code(element: Element) -> Code:
    """The listing that an element holds."""
    return Code(lines_in(element).strip("\n").expandtabs(4), _syntax(element))


# Where an element that is a line begins and ends; no parser of HTML lets these characters through.
BEGINS, ENDS = "\0", "\1"


def lines_in(listing: Element) -> str:
    """The text of a listing: an element that is a line ends it, and numbers of lines are left out."""
    parts: list[str] = []
    begun: list[int] = []
    ahead: list[Element | str] = [listing]
    while ahead:  # no recursion, for listings are nested as deep as somebody likes
        piece = ahead.pop()
        if piece == BEGINS:
            if parts and not parts[-1].endswith("\n"):
                parts.append("\n")
            begun.append(len(parts))
        elif piece == ENDS:
            if len(parts) == begun.pop() or not parts[-1].endswith("\n"):
                parts.append("\n")
        elif isinstance(piece, str):
            parts.append(piece)
        else:
            ahead += reversed(list(_pieces(piece)))
    return "".join(parts)


def _pieces(element: Element) -> Iterator[Element | str]:
    """What is in an element, in reading order, with the ends of its lines."""
    if element.text:
        yield element.text
    for child in element:
        tail = child.tail or ""
        if not isinstance(child.tag, str) or _is_number(child):
            pass
        elif child.tag == "br":
            yield "\n"
        elif _is_line(child):
            yield from (BEGINS, child, ENDS)
            tail = re.sub(r"^[ \t]*\r?\n", "", tail)
        else:
            yield child
        if tail:
            yield tail


def _is_line(element: Element) -> bool:
    if element.tag in LINES:
        return True
    return LINE.search(element.get("class") or "") is not None and _has_sibling_line(element)


def _has_sibling_line(element: Element) -> bool:
    siblings = (element.getprevious(), element.getnext())
    return any(each is not None and LINE.search(each.get("class") or "") for each in siblings)


def _is_number(element: Element) -> bool:
    if not NUMBERS.search(_names(element)):
        return False
    return all(DIGITS.fullmatch(piece) for piece in element.itertext())


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _syntax(element: Element) -> str | None:
    """The language that the listing, or what is right around it, says it is in."""
    around = [each for _, each in zip(range(AROUND), element.iterancestors("div", "figure"), strict=False)]
    for each in (*element.iter("code"), element, *around):
        named = SYNTAX.search(each.get("class") or "")
        said = named[1] if named else each.get("data-lang") or each.get("data-language") or ""
        if said and said.lower() not in NO_SYNTAX and len(said) <= 20:
            return str(said.lower())
    return None


def _is_listing(table: Element) -> bool:
    """Whether all rows of a table are a number, or a column of them, and code."""
    around = [table, *(each for _, each in zip(range(AROUND), table.iterancestors(), strict=False))]
    if not any(LISTING.search(_names(each)) for each in around):
        return False
    rows = list(table.iter("tr"))
    return bool(rows) and all(_is_numbered(_cells(row)) for row in rows)


def _is_numbered(cells: list[Element]) -> bool:
    if not cells or len(cells) > 2:
        return False
    code = (
        next(cells[-1].iter("pre", "code"), None) is not None or LISTING.search(_names(cells[-1])) is not None
    )
    numbers = len(cells) == 1 or all(DIGITS.fullmatch(piece) for piece in cells[0].itertext())
    return numbers and (code or LINE.search(_names(cells[-1])) is not None)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _lines_of(table: Element) -> Iterator[str]:
    for row in table.iter("tr"):
        yield lines_in(_cells(row)[-1]).strip("\n")


def _is_bare(element: Element) -> bool:
    """Whether it is a listing of lines that no ``pre`` is around."""
    if element.tag == "code":
        parts = (child for child in element if child.tag in {"div", "li", "ol"})
        lined = any("".join(child.itertext()).strip() for child in parts)
    else:
        lined = EDITORS.search(element.get("class") or "") is not None and _has_lines(element)
    return lined and element.getparent() is not None and next(element.iterancestors("pre"), None) is None


def _has_lines(element: Element) -> bool:
    return any(LINE.search(each.get("class") or "") for each in _first(element.iter("div", "pre", "span")))


def _first(elements: Iterable[Element]) -> Iterator[Element]:
    return (each for _, each in zip(range(20), elements, strict=False))


def _replace(element: Element, text: str) -> None:
    pre = element.makeelement("pre")
    inner = element.makeelement("code")
    pre.append(inner)
    inner.text = text.strip("\n")
    if syntax := _syntax(element):
        inner.set("class", f"language-{syntax}")
    pre.tail, element.tail = element.tail, None
    element.getparent().replace(element, pre)
