"""Formulas: MathML as EPUB 3 pages may hold it, which is the presentation of formulas.

Sources: MathML 3.0, chapter 3 and appendix A; EPUB 3.3, section 6.1.3.5; EPUBCheck RSC-005.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from epubpreflight.grammar import MATHML, words

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

    With `content` it stands in an annotation that tells what the formula means, which is another language.
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
    if name not in TOKENS and name != "annotation" and _words(element):
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


def _words(element: Element) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def means(element: Element) -> bool:
    """Whether it is an annotation in the language that tells what a formula means."""
    return element.get("encoding") in {"MathML-Content", "application/mathml-content+xml"}
