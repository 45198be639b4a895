r"""Formulas, however a page sets them, as ``math`` elements that bear the TeX their author wrote.

MathJax leaves it in scripts (version 2) or beside the drawn formula (3 and 4), KaTeX in an annotation, others
in an attribute, in the text between ``$`` or ``\(``, or in the description or the address of a picture.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, unquote_plus, urlsplit

from newsexport.markup.mathml import linear
from newsexport.markup.parsing import Element

ATTRIBUTES = (
    "data-latex",
    "data-tex",
    "data-math",
    "data-formula",
    "data-katex",
    "data-equation",
    "data-expr",
    "alttext",
)
PICTURED = re.compile(
    r"latex\.php|codecogs\.com|/math/render|chart\?.*cht=tx|mathtex\.cgi|mimetex\.cgi|texrend|zhihu\.com/equation"
    r"|/latex/|quicklatex",
    re.IGNORECASE,
)
PICTURES = re.compile(
    r"(?:^|\s)(?:latex|tex|math|mwe-math-fallback-image-\w+|ee_img|ql-img-\w+-equation)(?:\s|$)"
)
WRITTEN = re.compile(r"(?:^|\s)(?:math|math-container|tex|latex|katex-source|arithmatex|math-tex)(?:\s|$)")
DELIMITED = re.compile(
    r"\s*(?:\\\((?P<inline>.*)\\\)|\\\[(?P<display>.*)\\\]|\$\$(?P<dollars>.*)\$\$|\$(?P<dollar>[^$]*)\$)\s*",
    re.DOTALL,
)
DISPLAYED = re.compile(r"^\s*\{?\s*\\(?:display|text|script)style\s*(?P<rest>.*?)\s*$", re.DOTALL)
# What is drawn from a formula that stands beside it.
DRAWN = re.compile(
    r"(?:^|\s)(?:MathJax(?:_Preview|_Display|_SVG\w*|_CHTML)?|mjx-chtml|mjx-full-width|katex-html)(?:\s|$)"
)
# What can be a formula, told fast: most elements of a page cannot.
MAYBE, MAYBE_NAMED = frozenset(("img", "mjx-container", "math-renderer")), re.compile(r"atex|\btex\b")
BEARING = frozenset(ATTRIBUTES)
# How an annotation says that it holds TeX: ``application/x-tex``, ``LaTeX``, and not ``text/plain``.
TEX = re.compile(r"(?i)tex(?!t)")
RUN_ON = re.compile(r"[^\W\d_]{3}")
LONGEST = 10_000
# Letters that a formula may be drawn with where its source is short.
FEW = 40


def written(root: Element) -> None:
    """Put a ``math`` element in the place of every formula whose source the page holds."""
    for script in list(root.iter("script")):
        if (
            (script.get("type") or "")
            .strip()
            .lower()
            .startswith(("math/tex", "math/latex", "math/asciimath"))
        ):
            display = "display" in (script.get("type") or "")
            _drop_drawn(script)
            _replace(script, script.text or "", display=display)
    for element in [each for each in root.iter() if _may_be_formula(each)]:
        if element.tag != "math" and element.getparent() is not None:
            _write(element)


def _may_be_formula(element: Element) -> bool:
    if element.tag in MAYBE or not BEARING.isdisjoint(element.keys()):
        return True
    names = element.get("class") or ""
    return "ath" in names or ("tex" in names and MAYBE_NAMED.search(names) is not None)


def source_of(math: Element) -> str:
    """A formula as the text its author gave for it, or as its own characters on one line."""
    for annotation in math.iter("annotation", "{*}annotation"):
        if TEX.search(annotation.get("encoding") or "") and annotation.text:
            return _bare(annotation.text)
    return _bare(math.get("alttext") or linear(math))


def _write(element: Element) -> None:
    classes = element.get("class") or ""
    if element.tag == "img":
        if source := _pictured(element, classes):
            _drop_hidden_twin(element)
            _replace(element, source, display=False)
    elif element.tag in {"mjx-container", "math-renderer"} or "MathJax" in classes or "katex" in classes:
        _write_drawn(element, classes)
    elif "latex-rendered" in classes:
        _replace(element, _persistent(element), display=True)
    elif element.tag in {"span", "div", "p", "code", "inline-math", "block-math"}:
        source = next(filter(None, map(element.get, ATTRIBUTES)), "")
        display = element.tag in {"div", "p", "block-math"} or "display" in classes
        if source and len("".join(element.itertext())) < 4 * len(source) + FEW and not _has(element, "math"):
            _replace(element, source, display=display)
        elif (
            WRITTEN.search(classes)
            and len(element) == 0
            and (found := DELIMITED.fullmatch(element.text or ""))
        ):
            _replace(element, _group(found), display=display or bool(found["display"] or found["dollars"]))


def _write_drawn(element: Element, classes: str) -> None:
    """A formula that a script has drawn: what it was drawn from, if that is still there."""
    if any("katex" in (around.get("class") or "") for around in element.iterancestors("span")):
        return
    display = element.get("display") == "true" or "isplay" in classes
    if RUN_ON.match(element.tail or ""):
        element.tail = f" {element.tail}"  # saved without the space that stood behind it
    math = next(element.iter("math"), None)
    if math is not None:
        _replace(element, source_of(math), display=display or math.get("display") == "block")
    elif element.tag == "math-renderer" and (found := DELIMITED.fullmatch("".join(element.itertext()))):
        _replace(element, _group(found), display=bool(found["display"] or found["dollars"]))
    elif source := next(
        filter(None, (element.get("data-latex"), element.get("data-tex"), _in_mathml(element))), ""
    ):
        _replace(element, source, display=display)
    else:  # only what is drawn
        for each in element.iter():
            if isinstance(each.tag, str):
                each.attrib.pop("aria-hidden", None)


def _has(element: Element, tag: str) -> bool:
    return next(element.iter(tag), None) is not None


def _in_mathml(element: Element) -> str:
    """The text of the MathML that MathJax keeps in an attribute."""
    found = re.search(
        r"<annotation[^>]*tex(?!t)[^>]*>(.*?)</annotation>", element.get("data-mathml") or "", re.DOTALL
    )
    return found[1] if found else ""


def _group(found: re.Match[str]) -> str:
    return next((group for group in found.groups() if group), "")


def _pictured(image: Element, classes: str) -> str:
    """The source of a formula that is shown as a picture."""
    address = image.get("src") or ""
    if not PICTURES.search(classes) and not PICTURED.search(address) and image.get("eeimg") is None:
        return ""
    if alt := (image.get("alt") or "").strip():
        return str(alt)
    try:
        query = urlsplit(address).query
    except ValueError:
        return ""
    asked = parse_qs(query, max_num_fields=20) if "=" in query[:10] else {}
    return next((asked[name][0] for name in ("latex", "tex", "chl") if name in asked), unquote_plus(query))


def _persistent(element: Element) -> str:
    """What a newsletter of Substack says of a formula that its reader draws."""
    try:
        said = json.loads(element.get("data-attrs") or "{}")
    except (ValueError, RecursionError):
        return ""
    source = said.get("persistentExpression") if isinstance(said, dict) else None
    return source if isinstance(source, str) else ""


def _drop_drawn(script: Element) -> None:
    """Take out what MathJax drew in front of the script that holds the formula."""
    before = script.getprevious()
    while before is not None and DRAWN.search(before.get("class") or "") and not (before.tail or "").strip():
        before, gone = before.getprevious(), before
        gone.drop_tree()


def _drop_hidden_twin(image: Element) -> None:
    """Take out the hidden formula in front of its picture, as Wikipedia has both."""
    before = image.getprevious()
    if before is not None and _has(before, "math") and not (before.tail or "").strip():
        before.drop_tree()


def _replace(element: Element, source: str, *, display: bool) -> None:
    if not source.strip() or len(source) > LONGEST:
        return
    math = element.makeelement("math", alttext=_bare(source))
    math.text = _bare(source)  # what says nothing is no part of any text
    if display:
        math.set("display", "block")
    math.tail, element.tail = element.tail, None
    element.getparent().replace(element, math)


def _bare(source: str) -> str:
    """The formula without what only says how large it is."""
    found = DISPLAYED.match(source)
    if found:
        source = found["rest"].removesuffix("}") if source.lstrip().startswith("{") else found["rest"]
    return " ".join(source.split())
