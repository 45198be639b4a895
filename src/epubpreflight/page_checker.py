"""A walk through the elements of a page: each is looked up in the grammar, and its addresses are noted.

This is what takes the time of a check, so it is one loop over plain tuples, and everything that is rare is
left to functions that are called only then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from epubpreflight.aria import GLOBAL
from epubpreflight.document_schema import (
    EVENTS,
    MATHML,
    OPS,
    SSML,
    SVG,
    XHTML,
    XLINK,
    XML,
    Content,
    Grammar,
    Test,
    has_words,
    local,
    sequence,
)
from epubpreflight.element_checks import (
    ELEMENT_CHECKS,
    EPUB2_ELEMENT_CHECKS,
    ID_LISTS,
    check_id_references,
    general_attribute,
)
from epubpreflight.html import GROUPED_TERMS, HTML, NESTING, SCRIPTED
from epubpreflight.page_findings import PageFindings
from epubpreflight.rules import Rule
from epubpreflight.styles import inspect_attribute
from epubpreflight.svg_and_mathml import DRAWING_IDS, drawing_element, formula_problem, is_content_mathml
from epubpreflight.vocabulary import NCNAME, PAGE_PREFIXES, known_prefixes, property_names
from epubpreflight.xhtml11 import XHTML11

TYPE = OPS + "type"
KNOWN_NAMESPACES = (XHTML, OPS, SVG, MATHML, XML, SSML, EVENTS, XLINK)
PARAGRAPH, DIV, DL, AREA, MAP = (XHTML + one for one in ("p", "div", "dl", "area", "map"))
NOTHING: frozenset[str] = frozenset()
FORBIDDING: dict[str, frozenset[str]] = {
    XHTML + name: frozenset(outer.split()) for name, outer in NESTING.items()
}
OUTER = frozenset(XHTML + name for outer in NESTING.values() for name in outer.split()) | {XHTML + "map"}
# These count as interactive only with the attribute.
WORKED = {"audio": "controls", "video": "controls", "img": "usemap", "object": "usemap"}
FORBIDDING |= {XHTML + name: FORBIDDING.get(XHTML + name, NOTHING) for name in (*WORKED, "input")}
GENERAL = frozenset({"lang", "role", "itemprop", SSML + "ph"}) | {
    key for key in HTML.attributes[PARAGRAPH].tests if key.startswith("aria-") and key not in GLOBAL
}


class Step(NamedTuple):
    """An element to check, the tag of its parent, and what the parent may contain.

    `inline` says that the parent contains phrasing, not flow; `within` names ancestors that matter.
    """

    element: Element
    allowed: frozenset[str] | None
    inline: bool
    within: frozenset[str]
    parent: str


def walk_page(root: Element, version: str) -> PageFindings:
    """Check the elements of an XHTML page and collect what they say."""
    found = PageFindings()
    epub2 = version.startswith("2")
    if root.tag != XHTML + "html":
        found.note(Rule.PAGE_ROOT, 0, local(root.tag))
        return found
    known = known_prefixes(root.get(OPS + "prefix"), PAGE_PREFIXES, found.notes)
    found.prefixes = frozenset(known)
    PageChecker(XHTML11 if epub2 else HTML, found, epub2=epub2).page(
        Step(root, None, inline=False, within=NOTHING, parent="")
    )
    _finish(found)
    return found


def walk_drawing(root: Element, version: str) -> PageFindings:
    """Check the elements of an SVG and collect what they say."""
    found = PageFindings(prefixes=frozenset(PAGE_PREFIXES))
    if root.tag != SVG + "svg":
        found.note(Rule.PAGE_ROOT, 0, local(root.tag))
        return found
    epub2 = version.startswith("2")
    PageChecker(XHTML11 if epub2 else HTML, found, epub2=epub2, alone=True).drawing(root)
    _finish(found)
    return found


class PageChecker:
    """Walks through elements with one grammar and notes what it finds."""

    def __init__(self, grammar: Grammar, found: PageFindings, *, epub2: bool, alone: bool = False) -> None:
        self.grammar = grammar
        self.found = found
        self.epub2 = epub2
        self.alone = alone

    def page(self, first: Step) -> None:
        """Check an element and all in it, in document order."""
        contents, tables, found = self.grammar.content, self.grammar.attributes, self.found
        particular = EPUB2_ELEMENT_CHECKS if self.epub2 else ELEMENT_CHECKS
        stack = [first]
        while stack:
            element, allowed, inline, within, parent = step = stack.pop()
            tag, at = element.tag, found.number
            content = contents.get(tag)
            if content is None or (tag == DIV and parent == DL):
                self.outside_grammar(step, stack)
                continue
            found.number = at + 1
            if allowed is not None and tag not in allowed:
                self.misplaced(tag, parent, at)
            table = tables[tag]
            if element.attrib:
                self.attributes(element, table.tests, at)
            if table.required and not table.required <= element.attrib.keys():
                self.missing_attributes(element, table.required, at)
            if tag in particular:
                particular[tag](found, element, at, parent)
            if within and tag in FORBIDDING:
                self.check_nesting(element, within, at)
            elif tag == AREA and MAP not in within:
                found.note(Rule.ELEMENT_MISPLACED, at, "area", local(parent))
            if tag in OUTER:
                within = _with(within, tag)
            self.children(element, content, Step(element, None, inline, within, tag), stack)

    def children(self, element: Element, content: Content, step: Step, stack: list[Step]) -> None:
        """Put the children of an element on the stack, the first on top, and check their order."""
        if content.anything:
            self.found.number += sum(1 for _ in element.iter()) - 1
            return
        at, inline, tag = self.found.number - 1, step.inline, step.parent
        allowed = content.names
        if content.inherits:
            allowed = _joined(allowed, self.grammar.phrasing if inline else self.grammar.flow)
        else:
            inline = PARAGRAPH not in allowed
        if not content.words and has_words(element):
            self.found.note(Rule.WORDS_MISPLACED, at, local(tag))
        if content.order is not None and not content.order.fullmatch(sequence(element, words=content.words)):
            self.found.note(Rule.CHILDREN_INCOMPLETE, at, local(tag))
        if len(element):
            within = step.within
            stack.extend([Step(child, allowed, inline, within, tag) for child in reversed(element)])

    def outside_grammar(self, step: Step, stack: list[Step]) -> None:
        """Check what is not in the grammar: drawings, formulas, custom elements, and unknown ones."""
        element, allowed, inline, within, parent = step
        tag, at = element.tag, self.found.number
        if tag.startswith(SVG):
            if allowed is not None and tag not in allowed:
                self.misplaced(tag, parent, at)
            self.drawing(element)
            return
        if tag.startswith(MATHML):
            if allowed is not None and tag not in allowed:
                self.misplaced(tag, parent, at)
            self.formula(element)
            return
        self.found.number += 1
        if tag == DIV:
            self.attributes(element, self.grammar.attributes[DIV].tests, at)
            self.children(element, GROUPED_TERMS, Step(element, None, inline, within, tag), stack)
            return
        if tag.startswith(OPS) and not self.epub2:
            self.epub_switch(element, at)
        elif not self.is_custom_element(tag, allowed) and not (
            parent == OPS + "case" or not parent.startswith(XHTML)
        ):
            self.found.note(Rule.ELEMENT_UNKNOWN, at, local(tag))
        self.id_and_type(element, at)
        held = (self.grammar.phrasing if inline else self.grammar.flow) if "-" in tag else None
        stack.extend([Step(child, held, inline, within, tag) for child in reversed(element)])

    def is_custom_element(self, tag: str, allowed: frozenset[str] | None) -> bool:
        """Whether it is a custom element, which HTML allows: with a hyphen in its name."""
        fits = allowed is None or XHTML + "em" in allowed
        return not self.epub2 and tag.startswith(XHTML) and "-" in tag and fits

    def epub_switch(self, element: Element, at: int) -> None:
        """Check an epub:switch, which EPUB 3.0 had."""
        name = local(element.tag)
        if name == "switch":
            self.found.needs.add("switch")
            if not re.fullmatch("(?:case )+default ", sequence(element, words=False)):
                self.found.note(Rule.CHILDREN_INCOMPLETE, at, "epub:switch")
        if name == "trigger":
            for key in ("ref", EVENTS + "observer"):
                if key in element.attrib:
                    self.found.referring.append((element, at, key))
        if name in {"switch", "trigger"}:
            self.found.note(Rule.SWITCH_OBSOLETE, at, name)
        elif name not in {"case", "default"}:
            self.found.note(Rule.ELEMENT_UNKNOWN, at, f"epub:{name}")
        if name == "case" and not element.get("required-namespace"):
            self.found.note(Rule.ATTRIBUTE_MISSING, at, "epub:case", "required-namespace")

    def misplaced(self, tag: str, parent: str, at: int) -> None:
        """Note an element that the grammar knows, where it may not be."""
        self.found.note(Rule.ELEMENT_MISPLACED, at, local(tag), local(parent))

    def missing_attributes(self, element: Element, required: frozenset[str], at: int) -> None:
        """Note the attributes that an element must have and has not."""
        for name in sorted(required - element.attrib.keys()):
            if local(element.tag) == "img" and name == "src":
                self.found.note(Rule.PICTURE_WITHOUT_SOURCE, at)
            else:
                self.found.note(Rule.ATTRIBUTE_MISSING, at, local(element.tag), name)

    def attributes(self, element: Element, tests: Mapping[str, Test | None], at: int) -> None:
        """Check each attribute with its test; collect ids, styles and types."""
        for key, value in element.attrib.items():
            if key not in tests:
                self.unknown_attribute(element, key, at)
                continue
            test = tests[key]
            if test is not None and not test(value) and not test(value.lower()):
                self.found.note(Rule.ATTRIBUTE_VALUE, at, local(key), local(element.tag), value)
            if key == "id":
                self.found.ids.append(value.strip())
            elif key == "style":
                self.found.styles(inspect_attribute(value), at)
            elif key == TYPE:
                self.epub_type(value, at)
            elif key in SCRIPTED:
                self.found.needs.add("scripted")
            elif key in GENERAL:
                general_attribute(self.found, element, at, key)
            elif key in ID_LISTS:
                self.found.referring.append((element, at, key))

    def id_and_type(self, element: Element, at: int) -> None:
        """Collect the id, the type and the style of an element outside of the grammar."""
        identifier = element.get("id")
        if identifier is not None:
            self.found.ids.append(identifier.strip())
            if element.tag in DRAWING_IDS:
                self.found.special[identifier.strip()] = DRAWING_IDS[element.tag]
        if TYPE in element.attrib:
            self.epub_type(element.attrib[TYPE], at)
        style = element.get("style")
        if style:
            self.found.styles(inspect_attribute(style), at)
        if not SCRIPTED.isdisjoint(element.attrib):
            self.found.needs.add("scripted")

    def epub_type(self, value: str, at: int) -> None:
        """Check an epub:type: its prefixes must be declared, its names are free."""
        for prefix, name, rule in property_names(value):
            if rule is not None:
                self.found.note(rule, at, f"{prefix}:{name}")
            elif prefix and prefix not in self.found.prefixes:
                self.found.note(Rule.PREFIX_UNDECLARED, at, prefix)
            else:
                self.found.types.add(name)

    def unknown_attribute(self, element: Element, key: str, at: int) -> None:
        """Check an attribute outside of the grammar: data, one of another namespace, or a mistake."""
        if not self.epub2:
            if key.startswith("data-"):
                rest = key.removeprefix("data-")
                if rest.lower().startswith("amzn"):
                    self.found.feature(f"attribute:{key.lower()}", at)
                if not re.fullmatch(NCNAME, rest) or re.search("[A-Z]", rest):
                    self.found.note(Rule.ATTRIBUTE_DATA, at, key)
                return
            if key.startswith("its-") or (element.tag == XHTML + "embed" and not key.startswith("{")):
                return
            if key.startswith("{") and not key.startswith(KNOWN_NAMESPACES):
                if reserved := _reserved(key[1:].partition("}")[0]):
                    self.found.note(Rule.ATTRIBUTE_NAMESPACE, at, reserved)
                return
        self.found.note(Rule.ATTRIBUTE_UNKNOWN, at, local(element.tag), local(key))

    def check_nesting(self, element: Element, within: frozenset[str], at: int) -> None:
        """Note an element inside of one that may not contain it at any depth."""
        name = local(element.tag)
        outers = FORBIDDING[element.tag]
        if self.epub2:
            outers = outers & {"a"} if name == "a" else NOTHING
        elif WORKED.get(name) in element.attrib or (name == "input" and element.get("type") != "hidden"):
            outers = outers | {"a", "button"}
        for outer in sorted(outers):
            if XHTML + outer in within:
                self.found.note(Rule.ELEMENT_NESTED, at, name, outer)

    def drawing(self, root: Element) -> None:
        """Check an SVG and all in it; HTML inside of it is checked as HTML."""
        found = self.found
        if not self.alone:
            found.needs.add("svg")
        stack: list[tuple[Element, str]] = [(root, "")]
        while stack:
            element, parent = stack.pop()
            tag = element.tag
            if tag.startswith(XHTML) and not self.epub2:
                self.embedded_html(element, parent)
                continue
            at = found.number
            found.number += 1
            self.id_and_type(element, at)
            drawing_element(found, element, at, epub2=self.epub2, alone=self.alone)
            if (
                not self.epub2
                and parent in {SVG + "foreignObject", SVG + "title"}
                and not tag.startswith((SVG, MATHML))
            ):
                found.note(Rule.DRAWING_CONTENT, at, f"<{local(tag)}> in <{local(parent)}>")
            stack.extend((child, tag) for child in reversed(element))

    def embedded_html(self, element: Element, parent: str) -> None:
        """Check HTML inside of a drawing, as foreign objects and titles contain it."""
        bodies = {XHTML + "body", XHTML + "html"} if self.alone or parent == SVG + "title" else set()
        self.page(Step(element, self.grammar.flow | bodies, inline=False, within=NOTHING, parent=parent))

    def formula(self, root: Element) -> None:
        """Check a formula and all in it."""
        found = self.found
        found.needs.add("mathml")
        found.feature("formula", found.number)
        found.refer(root.get("altimg"), "image", found.number)
        stack: list[tuple[Element, str, bool]] = [(root, "", False)]
        while stack:
            element, parent, content = stack.pop()
            if element.tag.startswith(XHTML):
                if parent not in {"mtext", "annotation-xml"}:
                    found.note(Rule.FORMULA_CONTENT, found.number, f"<{local(element.tag)}> in <{parent}>")
                allowed = self.grammar.phrasing if parent == "mtext" else self.grammar.flow
                self.page(Step(element, allowed, parent == "mtext", NOTHING, parent))
                continue
            if element.tag.startswith(SVG):
                self.drawing(element)
                continue
            at = found.number
            found.number += 1
            self.id_and_type(element, at)
            if problem := formula_problem(element, parent, content=content):
                found.note(Rule.FORMULA_CONTENT, at, problem)
            content = content or is_content_mathml(element)
            stack.extend((child, local(element.tag), content) for child in reversed(element))


@lru_cache(maxsize=256)
def _with(within: frozenset[str], tag: str) -> frozenset[str]:
    return within | {tag}


@lru_cache(maxsize=64)
def _joined(names: frozenset[str], inherited: frozenset[str]) -> frozenset[str]:
    return names | inherited


@lru_cache(maxsize=64)
def _reserved(namespace: str) -> str:
    """The domain of a standards body that a namespace belongs to, or nothing."""
    try:
        host = urlsplit(namespace).hostname or ""
    except ValueError:
        return ""
    return next((name for name in ("w3.org", "idpf.org") if name in host), "")


def _finish(found: PageFindings) -> None:
    """Check what takes the whole page: ids that are repeated, or missing."""
    if len(set(found.ids)) < len(found.ids):
        seen: set[str] = set()
        for identifier in found.ids:
            if identifier in seen:
                found.note(Rule.ID_TWICE, -1, identifier)
            seen.add(identifier)
    if found.referring:
        check_id_references(found)
