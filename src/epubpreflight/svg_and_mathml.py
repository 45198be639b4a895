"""Drawings (SVG), alone and inside of pages, and formulas (MathML).

Sources: SVG 1.1; EPUB 3.3, section 6.2; MathML 3.0, chapter 3 and appendix A; EPUB 3.3, section 6.1.3.5;
EPUBCheck RSC-005. EPUBCheck looks at drawings with forgiving eyes: whatever SVG has may be in them, and so
may what it has not. Of MathML, pages may hold the presentation of formulas.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from epubpreflight.document_schema import MATHML, NCNAME, OPS, SVG, XHTML, XLINK, has_words, words
from epubpreflight.html_attributes import TOKEN
from epubpreflight.page_findings import PageFindings
from epubpreflight.rules import Rule
from epubpreflight.styles import inspect_text

# What an id in a drawing may name, when links of other kinds must not lead to it.
DRAWING_IDS = {
    SVG + "linearGradient": "paint",
    SVG + "radialGradient": "paint",
    SVG + "pattern": "paint",
    SVG + "clipPath": "clip",
    SVG + "symbol": "symbol",
}
# Only what is painted can be something in a book.
TYPED = frozenset(
    SVG + name
    for name in words(
        "a audio canvas circle ellipse g iframe image line path polygon polyline rect svg switch symbol "
        "text textPath tspan unknown use video"
    )
)


def drawing_element(found: PageFindings, element: Element, at: int, *, epub2: bool, alone: bool) -> None:
    """Check one element of a drawing and collect what it refers to."""
    tag = element.tag
    if not epub2 and OPS + "type" in element.attrib and tag not in TYPED and tag.startswith(SVG):
        found.note(Rule.DRAWING_CONTENT, at, "a type on what is not painted")
    if not epub2:
        for key in element.attrib:
            fits = key == OPS + "type" or (key == OPS + "prefix" and alone and tag == SVG + "svg")
            if key.startswith(OPS) and not fits:
                found.note(Rule.ATTRIBUTE_UNKNOWN, at, tag.removeprefix(SVG), key.removeprefix(OPS))
    if tag == SVG + "foreignObject" and len(element.findall(XHTML + "body")) > 1:
        found.note(Rule.DRAWING_CONTENT, at, "two bodies")
    identifier = element.get("id")
    if identifier is not None and not (NCNAME if alone else TOKEN)(identifier):
        found.note(Rule.ATTRIBUTE_VALUE, at, "id", tag.removeprefix(SVG), identifier)
    for paint in ("fill", "stroke"):
        value = element.get(paint, "")
        if value.startswith("url(") and value.endswith(")"):
            found.refer(value[4:-1], "paint", at)
    _refer(found, element, tag.removeprefix(SVG), at)


def _refer(found: PageFindings, element: Element, name: str, at: int) -> None:
    href = element.get(XLINK + "href")
    match name:
        case "a":
            found.link(href, at)
        case "use":
            found.refer(href, "symbol", at)
        case "image":
            found.refer(href, "image", at)
        case "font-face-uri":
            found.refer(href, "font", at)
        case "script":
            found.needs.add("scripted")
        case "style" if element.text:
            found.styled = True
            found.styles(inspect_text("".join(element.itertext())), at)
        case _:
            pass


PRESENTATION = frozenset(
    words(
        "mi mn mo mtext mspace ms maligngroup malignmark mrow mfrac msqrt mroot mstyle merror mpadded "
        "mphantom mfenced menclose msub msup msubsup munder mover munderover mmultiscripts mtable mstack "
        "mlongdiv maction semantics"
    )
)
TOKENS = frozenset(words("mi mn mo mtext ms"))
# How many arguments these take (MathML 3.0, section 3.1.3.2).
ARGUMENTS = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "msubsup": 3,
    "munder": 2,
    "mover": 2,
    "munderover": 3,
}
WITHIN: dict[str, frozenset[str]] = {
    "mtable": frozenset({"mtr", "mlabeledtr"}),
    "mtr": frozenset({"mtd"}),
    "mlabeledtr": frozenset({"mtd"}),
    "mstack": PRESENTATION | {"mscarries", "msline", "msrow", "msgroup"},
    "mlongdiv": PRESENTATION | {"mscarries", "msline", "msrow", "msgroup"},
    "msgroup": PRESENTATION | {"mscarries", "msline", "msrow", "msgroup"},
    "msrow": PRESENTATION | {"none"},
    "mscarries": PRESENTATION | {"mscarry", "none"},
    "mmultiscripts": PRESENTATION | {"none", "mprescripts"},
    "annotation-xml": PRESENTATION | {"math"},
    "semantics": PRESENTATION | {"annotation", "annotation-xml"},
    **dict.fromkeys(TOKENS, frozenset({"mglyph", "malignmark"})),
    **dict.fromkeys(
        ("mspace", "mglyph", "msline", "none", "mprescripts", "maligngroup", "malignmark"), frozenset()
    ),
}
ENCODINGS = {
    "annotation": None,
    "annotation-xml": frozenset(
        {
            "application/xhtml+xml",
            "text/html",
            "image/svg+xml",
            "SVG1.1",
            "MathML-Content",
            "application/mathml-content+xml",
            "MathML",
            "MathML-Presentation",
            "application/mathml-presentation+xml",
        }
    ),
}


def formula_problem(element: Element, parent: str, *, content: bool) -> str:
    """What is wrong with one element of a formula under that parent; empty when nothing is.

    With `content` it is in an annotation in Content MathML, which is not checked.
    """
    name = element.tag.removeprefix(MATHML)
    if content:
        return ""
    allowed = WITHIN.get(parent, PRESENTATION)
    if parent and name not in allowed:
        return f"<{name}> in <{parent}>"
    wanted = ARGUMENTS.get(name)
    if wanted is not None and len(element) != wanted:
        return f"<{name}> has {len(element)} parts, not {wanted}"
    if name == "annotation-xml":
        return _annotation(element)
    if name not in TOKENS and name != "annotation" and has_words(element):
        return f"words in <{name}>"
    return ""


def _annotation(element: Element) -> str:
    encoding, name = element.get("encoding"), element.get("name")
    allowed = ENCODINGS["annotation-xml"]
    if encoding is not None and allowed is not None and encoding not in allowed:
        return f"an annotation in {encoding}"
    if encoding in {"MathML-Content", "application/mathml-content+xml"} and name != "contentequiv":
        return "an annotation that is not named contentequiv"
    return ""


def is_content_mathml(element: Element) -> bool:
    """Whether it is an annotation in Content MathML."""
    return element.get("encoding") in {"MathML-Content", "application/mathml-content+xml"}
