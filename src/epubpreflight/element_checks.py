"""Checks of single elements of a page: their addresses, and attributes that depend on each other.

Sources: HTML Living Standard, section 4, under each element; EPUBCheck's Schematron rules for XHTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from epubpreflight.aria import DEPRECATED_ROLES, LINK_ROLES, state_problems
from epubpreflight.document_schema import MATHML, SSML, SVG, XHTML, XML, has_words, local, words
from epubpreflight.html import SCRIPT_TYPES
from epubpreflight.page_findings import PageFindings, Reference
from epubpreflight.rules import Rule
from epubpreflight.styles import inspect_text
from epubpreflight.value_formats import candidates_of

SPOKEN = SSML + "ph"
# What holds the value of an item of microdata.
ITEM_SOURCES = {
    **dict.fromkeys(("a", "area"), "href"),
    **dict.fromkeys(("iframe", "embed", "object"), "data"),
    **dict.fromkeys(("audio", "video"), "src"),
}
ElementCheck = Callable[[PageFindings, Element, int, str], None]

ID_LISTS = frozenset(
    {
        "aria-describedby",
        "aria-flowto",
        "aria-labelledby",
        "aria-owns",
        "aria-controls",
        "for",
        "form",
        "headers",
    }
)
REFRESHING = frozenset(
    {"content-type", "refresh", "default-style", "content-security-policy", "x-ua-compatible"}
)
UTF8 = re.compile(r"text/html;\s*charset=utf-8", re.IGNORECASE)
LINK_ONLY = ("target", "download", "hreflang", "type", "ping", "referrerpolicy")


def _link(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    href = element.get("href")
    if href is None:
        for name in LINK_ONLY:
            if name in element.attrib:
                found.note(Rule.ATTRIBUTE_UNKNOWN, at, "a", name)
        return
    if (role := element.get("role")) is not None and not LINK_ROLES(role):
        found.note(Rule.ATTRIBUTE_VALUE, at, "role", "a", role)
    if href.strip() != ".":
        found.link(href, at)


def _area(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    href = element.get("href")
    if (href is None) != (element.get("alt") is None):
        found.note(Rule.ATTRIBUTE_MISSING, at, "area", "alt" if href is not None else "href")
    found.link(href, at)


def _image(found: PageFindings, element: Element, at: int, parent: str) -> None:
    covered = parent == XHTML + "picture"
    found.refer(element.get("src"), "picture-image" if covered else "image", at, covered=covered)
    _source_set(found, element, at, covered=covered)
    if "alt" not in element.attrib:
        found.feature("image-without-alt", at)
    elif not element.attrib["alt"].strip():
        found.feature("image-empty-alt", at)


def _source_set(found: PageFindings, element: Element, at: int, *, covered: bool) -> None:
    candidates = element.get("srcset")
    if candidates is None:
        return
    found.feature("srcset", at)
    for address in candidates_of(candidates):
        found.refer(address, "image", at, covered=covered)


def _source(found: PageFindings, element: Element, at: int, parent: str) -> None:
    wanted = "srcset" if parent == XHTML + "picture" else "src"
    if wanted not in element.attrib:
        found.note(Rule.ATTRIBUTE_MISSING, at, "source", wanted)
    other = "src" if wanted == "srcset" else "srcset"
    if other in element.attrib:
        found.note(Rule.ATTRIBUTE_UNKNOWN, at, "source", other)
    if wanted == "srcset":
        kind = element.get("type", "").strip()
        for address in candidates_of(element.get("srcset", "")):
            found.refer(address, "picture-source", at, covered=True, media_type=kind)


def _media(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    name = element.tag.removeprefix(XHTML)
    found.feature(name, at)
    found.refer(element.get("src"), "media", at)
    found.refer(element.get("poster"), "image", at)
    sources = element.findall(XHTML + "source")
    if sources and "src" in element.attrib:
        found.note(Rule.ELEMENT_MISPLACED, at, "source", f"{name} with a src")
    for source in sources:
        kind = source.get("type")
        found.refer(source.get("src"), "media-source", at, covered=len(sources) > 1, media_type=kind)


def _object(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    if "data" not in element.attrib and "type" not in element.attrib:
        found.note(Rule.ATTRIBUTE_MISSING, at, "object", "data")
    kind = element.get("type")
    found.refer(element.get("data"), "object", at, covered=palpable(element), media_type=kind)


PALPABLE = frozenset(XHTML + one for one in words("audio canvas embed iframe img object picture video")) | {
    SVG + "svg",
    MATHML + "math",
}
IMPALPABLE = frozenset(XHTML + one for one in words("html head script link meta title style"))


def palpable(element: Element) -> bool:
    """Whether there is something in the element to show: HTML's palpable content."""
    within = [element]
    while within:
        parent = within.pop()
        if has_words(parent):
            return True
        shown = [child for child in parent if child.get("hidden") is None and child.tag not in IMPALPABLE]
        if any(child.tag in PALPABLE for child in shown):
            return True
        within.extend(shown)
    return False


def _resource(attribute: str, use: str) -> ElementCheck:
    def noted(found: PageFindings, element: Element, at: int, _parent: str) -> None:
        found.refer(element.get(attribute), use, at, media_type=element.get("type"))

    return noted


def _cited(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    if cite := element.get("cite"):
        found.links.append(Reference(cite, "cite", at))


def _script(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    kind = element.get("type")
    if kind is None or kind.lower() in SCRIPT_TYPES:
        found.needs.add("scripted")
        found.feature("script", at)
    found.refer(element.get("src"), "generic", at)


def _form(found: PageFindings, _element: Element, at: int, _parent: str) -> None:
    found.needs.add("scripted")
    found.feature("form", at)


def _style(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    text = "".join(element.itertext())
    if text:
        found.styled = True
        found.styles(inspect_text(text), at)


def _head(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    if element.find(XHTML + "title") is None:
        found.note(Rule.PAGE_WITHOUT_TITLE, at)
    charsets = [one for one in element.findall(XHTML + "meta") if "charset" in one.attrib]
    if len(charsets) > 1:
        found.note(Rule.META_WRONG, at, "the encoding is told twice")
    declared = [one for one in element.findall(XHTML + "meta") if _equivalent(one) == "content-type"]
    if declared and charsets:
        found.note(Rule.META_WRONG, at, "the encoding is told in two ways")


def _title(found: PageFindings, element: Element, at: int, parent: str) -> None:
    if parent == XHTML + "head" and not "".join(element.itertext()).strip():
        found.note(Rule.PAGE_TITLE_EMPTY, at)


def _equivalent(meta: Element) -> str:
    return meta.get("http-equiv", "").lower()


def _meta(found: PageFindings, element: Element, at: int, parent: str) -> None:
    attributes = element.attrib
    kinds = [one for one in ("name", "http-equiv", "charset", "itemprop", "property") if one in attributes]
    if not kinds:
        found.note(Rule.META_WRONG, at, "it says nothing")
    elif "content" not in attributes and kinds != ["charset"]:
        found.note(Rule.META_WRONG, at, "it has no content")
    elif "charset" in kinds and len(kinds) + ("content" in attributes) > 1:
        found.note(Rule.META_WRONG, at, "it says two things at once")
    if "http-equiv" in attributes:
        if _equivalent(element) not in REFRESHING:
            found.note(Rule.META_WRONG, at, f"http-equiv cannot be {attributes['http-equiv']}")
        elif _equivalent(element) == "content-type" and not UTF8.match(
            " ".join(attributes.get("content", "").split())
        ):
            found.note(Rule.META_WRONG, at, "the encoding must be UTF-8")
    if parent != XHTML + "head" and not {"itemprop", "property"} & attributes.keys():
        found.note(Rule.ELEMENT_MISPLACED, at, "meta", local(parent))
    if attributes.get("name", "").strip() == "viewport":
        found.viewports.append(attributes.get("content", ""))


def _sheet_link(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    attributes = element.attrib
    relations = attributes.get("rel", "")
    if not {"rel", "itemprop", "property"} & attributes.keys():
        found.note(Rule.ATTRIBUTE_MISSING, at, "link", "rel")
    if "stylesheet" in relations.lower():
        found.refer(attributes.get("href"), "stylesheet", at)
    named = relations.split()
    if {"alternate", "stylesheet"} <= set(named) and not attributes.get("title"):
        found.note(Rule.STYLE_ALTERNATE_UNTITLED, at)
    if "sizes" in attributes and relations != "icon":
        found.note(Rule.ATTRIBUTE_UNKNOWN, at, "link", "sizes")
    for prefix in sorted(
        {one.partition(":")[0] for one in attributes.get("class", "").split() if ":" in one}
    ):
        found.note(Rule.PREFIX_UNDECLARED, at, prefix)


def _base(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    if not {"href", "target"} & element.attrib.keys():
        found.note(Rule.ATTRIBUTE_MISSING, at, "base", "href")
    found.feature("base", at)
    found.base, found.base_at = element.get("href", "").strip(), at


def _nav(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    found.navs.append((element, at))


def _heading(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    if not "".join(element.itertext()).strip():
        found.headings.append((element, at))


def _colgroup(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    if "span" in element.attrib and element.find(XHTML + "col") is not None:
        found.note(Rule.ATTRIBUTE_UNKNOWN, at, "colgroup", "span")


def _select(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    chosen = sum("selected" in option.attrib for option in element.iter(XHTML + "option"))
    if "multiple" not in element.attrib and chosen > 1:
        found.note(Rule.ATTRIBUTE_VALUE, at, "options", "select", "two at once")


def _map(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    name, identifier = element.get("name"), element.get("id")
    if name is not None and identifier is not None and name != identifier:
        found.note(Rule.ATTRIBUTE_VALUE, at, "name", "map", name)


def _time(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    if "datetime" not in element.attrib and len(element):
        found.note(Rule.ATTRIBUTE_MISSING, at, "time", "datetime")


def _picture(found: PageFindings, _element: Element, at: int, _parent: str) -> None:
    found.feature("picture-element", at)


def _header_cell(found: PageFindings, element: Element, _at: int, _parent: str) -> None:
    found.heads.add(element.get("id", ""))


def _body(found: PageFindings, element: Element, at: int, _parent: str) -> None:
    if element.get("id"):
        found.feature(f"body-id:{element.get('id')}", at)


ELEMENT_CHECKS: Mapping[str, ElementCheck] = MappingProxyType(
    {
        XHTML + name: particular
        for name, particular in {
            "a": _link,
            "area": _area,
            "img": _image,
            "source": _source,
            "audio": _media,
            "video": _media,
            "track": _resource("src", "track"),
            "object": _object,
            "embed": _resource("src", "embed"),
            "iframe": _resource("src", "generic"),
            "input": _resource("src", "generic"),
            "q": _cited,
            "blockquote": _cited,
            "ins": _cited,
            "del": _cited,
            "script": _script,
            "form": _form,
            "style": _style,
            "head": _head,
            "title": _title,
            "meta": _meta,
            "link": _sheet_link,
            "base": _base,
            "nav": _nav,
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
            "colgroup": _colgroup,
            "select": _select,
            "map": _map,
            "time": _time,
            "picture": _picture,
            "th": _header_cell,
            "body": _body,
        }.items()
    }
)


# Those that apply to EPUB 2 as well.
EPUB2_ELEMENT_CHECKS: Mapping[str, ElementCheck] = MappingProxyType(
    {
        XHTML + name: ELEMENT_CHECKS[XHTML + name]
        for name in words("a area img object iframe script style link body")
    }
)


def check_id_references(found: PageFindings) -> None:
    """Attributes that name other elements of the page must name ones that exist."""
    ids = set(found.ids)
    for element, at, key in found.referring:
        for identifier in element.attrib[key].split():
            if identifier not in (found.heads if key == "headers" else ids):
                found.note(Rule.ID_REFERRED_MISSING, at, key, local(element.tag), identifier)


def general_attribute(found: PageFindings, element: Element, at: int, key: str) -> None:
    """Check an attribute that any element may have, together with the others it has."""
    attributes, name = element.attrib, element.tag.removeprefix(XHTML)
    if key == "lang":
        language = attributes.get(XML + "lang", attributes["lang"])
        if attributes["lang"].lower() != language.lower():
            found.note(Rule.LANGUAGES_DIFFER, at, attributes["lang"], language)
    elif key == "itemprop":
        wanted = ITEM_SOURCES.get(name)
        if wanted is not None and wanted not in attributes:
            found.note(Rule.ATTRIBUTE_MISSING, at, name, wanted)
    elif key == SPOKEN:
        if not attributes[SPOKEN].strip():
            found.note(Rule.SPEECH_EMPTY, at)
    elif key == "role" or "role" not in attributes:
        _states(found, name, element, at)


def _states(found: PageFindings, name: str, element: Element, at: int) -> None:
    for state, missing in state_problems(name, element.attrib):
        found.note(Rule.ATTRIBUTE_MISSING if missing else Rule.ATTRIBUTE_UNKNOWN, at, name, state)
    for role in sorted(DEPRECATED_ROLES.intersection(element.get("role", "").split())):
        found.note(Rule.ROLE_OBSOLETE, at, role)
