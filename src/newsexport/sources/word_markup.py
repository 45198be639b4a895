"""What mammoth passes over in a Word document, put where it reads it: formulas, boxes; nothing hidden.

Formulas are Office Math (ECMA-376, part 1, 22.1), made MathML and then a line of text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from newsexport.events import Cause, omit
from newsexport.protocols import Resource
from newsexport.sources.guarded_xml import local, parse

PARTS = frozenset(("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"))
PASSED_OVER = re.compile(rb"<(?:m:oMath|w:vanish|wps:txbx)\b")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PIECE = re.compile(r"\d+(?:[.,]\d+)?|\s+|.", re.DOTALL)
OFF = frozenset(("0", "false", "off", "none"))

# By the names of their parts, what these are in MathML.
SCRIPTS = {
    "sSup": ("msup", "e", "sup"), "sSub": ("msub", "e", "sub"), "sSubSup": ("msubsup", "e", "sub", "sup"),
    "limLow": ("munder", "e", "lim"), "limUpp": ("mover", "e", "lim"), "f": ("mfrac", "num", "den"),
}  # fmt: skip


def readable(data: bytes) -> bytes:
    """The document as mammoth reads all of it; the very same where nothing would be passed over."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        changed = {
            name: _rewritten(part)
            for name in archive.namelist()
            if name in PARTS and PASSED_OVER.search(part := archive.read(name))
        }
        if not changed:
            return data
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy:
            for name in dict.fromkeys(archive.namelist()):
                copy.writestr(name, changed.get(name) or archive.read(name))
    return written.getvalue()


def _rewritten(part: bytes) -> bytes:
    from lxml import etree  # noqa: PLC0415 - few documents have formulas

    root = parse(Resource("", part))
    hidden = [run for run in root.iter(f"{WORD}r") if _is_hidden(run)]
    for run in hidden:
        run.getparent().remove(run)
    omit("hidden by its author", Cause.FORMAT, "passage", len(hidden))
    for formula in list(root.iter("{*}oMath")):
        text = etree.Element(f"{WORD}t")
        text.text = _line(formula)
        run = etree.Element(f"{WORD}r")
        run.append(text)
        run.tail = formula.tail
        formula.getparent().replace(formula, run)
    for group in list(root.iter("{*}oMathPara")):
        for each in group:
            group.addprevious(each)
        group.getparent().remove(group)
    for box in list(root.iter("{*}Choice")):
        _box_in_fallback(box)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _is_hidden(run: Any) -> bool:
    for said in run.iterfind(f"{WORD}rPr/{WORD}vanish"):
        return said.get(f"{WORD}val", "1") not in OFF
    return False


def _box_in_fallback(choice: Any) -> None:
    """Put a box of text, which mammoth reads where programs of before 2010 do, there as well."""
    fallback = next((each for each in choice.itersiblings() if local(each) == "fallback"), None)
    if fallback is None:
        fallback = choice.makeelement(choice.tag.replace("Choice", "Fallback"))
        choice.addnext(fallback)
    if next(fallback.iter(f"{WORD}txbxContent"), None) is None:
        for box in list(choice.iter(f"{WORD}txbxContent")):
            picture = fallback.makeelement(f"{WORD}pict")
            picture.append(box)
            fallback.append(picture)


def _line(formula: Any) -> str:
    from newsexport.markup.mathml import linear  # noqa: PLC0415 - loads the parser

    return linear(_made("math", map(_math, formula)))


def _made(name: str, inside: Iterable[Any] = (), text: str = "") -> Any:
    from lxml import etree  # noqa: PLC0415 - few documents have formulas

    element = etree.Element(name)
    element.text = text
    element.extend([each for each in inside if each is not None])
    return element


def _math(element: Any) -> Any:
    """An element of Office Math as MathML; None for what only describes."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "Pr"
    if name.endswith("Pr") or name == "phant":
        return None
    if name in SCRIPTS:
        kind, *parts = SCRIPTS[name]
        made = _made(kind, [_part(element, part) for part in parts])
        if _said(element, "type") == "noBar":
            made.set("linethickness", "0")
        return made
    match name:
        case "t":
            return _made("mrow", _pieces(element.text or ""))
        case "fName":
            return _made("mi", text="".join(element.itertext()).strip())
        case "rad":
            degree = _part(element, "deg")
            kind, more = ("mroot", [degree]) if "".join(degree.itertext()).strip() else ("msqrt", [])
            return _made(kind, [_part(element, "e"), *more])
        case _:
            return _held(element, name)


def _held(element: Any, name: str) -> Any:
    match name:
        case "nary":
            sign = _made("mo", text=_said(element, "chr", "∫"))
            bounds = [_part(element, part) for part in ("sub", "sup")]
            return _made("mrow", [_made("munderover", [sign, *bounds]), _part(element, "e")])
        case "d":
            inside = _joined(element.iterfind("{*}e"), _said(element, "sepChr", "|"))
            ends = [
                _made("mo", text=_said(element, f"{end}Chr", sign))
                for end, sign in (("beg", "("), ("end", ")"))
            ]
            return _made("mrow", [ends[0], *inside, ends[1]])
        case "m" | "eqArr":
            rows = element.iterfind("{*}mr") if name == "m" else ([each] for each in element.iterfind("{*}e"))
            return _made(
                "mtable", [_made("mtr", [_made("mtd", map(_math, cell)) for cell in row]) for row in rows]
            )
        case "acc" | "bar" | "groupChr":
            accent = "\u0304" if name == "bar" else _said(element, "chr", "\u0302")
            return _made("mrow", [_part(element, "e"), _made("mo", text=accent)])
        case "sPre":
            parts = [_part(element, part) for part in ("sub", "sup")]
            return _made("mmultiscripts", [_part(element, "e"), _made("mprescripts"), *parts])
        case _:
            return _made("mrow", map(_math, element))


def _part(element: Any, name: str) -> Any:
    return _made("mrow", map(_math, next(element.iterfind(f"{{*}}{name}"), ())))


def _joined(parts: Iterable[Any], sign: str) -> Iterator[Any]:
    for at, part in enumerate(parts):
        if at:
            yield _made("mo", text=sign)
        yield _made("mrow", map(_math, part))


def _said(element: Any, name: str, usual: str = "") -> str:
    """What an element says of itself: its sign, its ends."""
    for said in element.iterfind(f"{{*}}{element.tag.rpartition('}')[2]}Pr/{{*}}{name}"):
        return next((value for key, value in said.items() if key.rpartition("}")[2] == "val"), "")
    return usual


def _pieces(text: str) -> Iterator[Any]:
    for piece in PIECE.findall(text):
        if piece.isspace():
            yield _made("mspace")
        else:
            yield _made("mn" if piece[0].isdecimal() else "mi" if piece.isalpha() else "mo", text=piece)
