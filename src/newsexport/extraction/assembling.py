"""A page put together as a browser would: streamed parts, shadow roots, text for those without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newsexport.extraction.measuring import inner_text, link_density
from newsexport.extraction.refusing import asks_for_scripts
from newsexport.markup.parsing import Element
from newsexport.markup.preparing import drop
from newsexport.text.counting import extent

# Text for those without scripts is no article below this, in letters.
FEWEST = 200

# How React says in which place a part belongs: $RC("B:0","S:0"), $RR("B:1","S:1",[…]), $RS("S:2","P:2").
CALL = re.compile(r'\$R[A-Z]\("([^"\\]{1,80})","([^"\\]{1,80})"')
PART = re.compile(r"S:[0-9a-f]+$")


def assembled(root: Element) -> Element:
    """The tree itself, with what a browser moves or opens by itself in its place; before it is `prepared`."""
    _place_streamed(root)
    for template in reversed(list(root.iter("template"))):
        if template.get("shadowrootmode") or template.get("shadowroot"):
            _open_shadow(template)
    for noscript in list(root.iter("noscript")):
        if _tells(noscript, root):
            noscript.tag = "div"
    return root


# React sends the slow parts of a page behind it, hidden, and moves each into its place when it
# has come (https://react.dev/reference/react-dom/server/renderToPipeableStream).


def _place_streamed(root: Element) -> None:
    there = {each.get("id"): each for each in root.xpath("//*[@hidden and @id]")}
    parts = {name: each for name, each in there.items() if PART.search(name)}
    if not parts:
        return
    places = {each.get("id"): each for each in root.iter("template") if each.get("id")}
    called = _calls(root)
    for name, part in parts.items():
        head, _, number = name.rpartition("S:")
        named = (called.get(name, ""), f"{head}B:{number}", f"{head}P:{number}")
        place = next((places[each] for each in named if each in places), None)
        del part.attrib["hidden"]
        if place is not None and part not in place.iterancestors():
            drop(part)
            place.addprevious(part)
            _drop_waiting(place)


def _calls(root: Element) -> dict[str, str]:
    """The place of each part that the scripts of the page name."""
    found: dict[str, str] = {}
    for script in root.iter("script"):
        for one, other in CALL.findall(script.text or "") if "$R" in (script.text or "") else ():
            part, place = (one, other) if PART.search(one) else (other, one)
            found[part] = place
    return found


def _drop_waiting(place: Element) -> None:
    """Take out the place and what was shown in it for as long as its part had not come."""
    waiting: list[Element] = []
    for following in place.itersiblings():
        if following.tag is etree.Comment and (following.text or "").strip() == "/$":
            for each in waiting:
                each.tail = None
                drop(each)
            break
        waiting.append(following)
    drop(place)


# A shadow root is shown instead of what its host holds, and that only in its slots (WHATWG HTML, 4.12.3).


def _open_shadow(template: Element) -> None:
    host = template.getparent()
    if host is None or not inner_text(template):
        return
    light = [child for child in host if child is not template]
    for child in light:
        child.tail = None  # text between them is in no slot with a name
        host.remove(child)
    loose, host.text = host.text, None
    for slot in list(template.iter("slot")):
        name = slot.get("name") or ""
        given = [child for child in light if (_slot_of(child)) == name]
        if given or (not name and (loose or "").strip()):
            for inner in list(slot):
                slot.remove(inner)
            slot.text = loose if not name else None
            slot.extend(given)
        slot.tag = "div" if len(slot) else "span"
    template.tag = "div"
    for name in ("shadowrootmode", "shadowroot"):
        template.attrib.pop(name, None)


def _slot_of(element: Element) -> str:
    return (element.get("slot") or "") if isinstance(element.tag, str) else "-"


# What a page tells those without scripts is mostly that they should turn them on, and seldom the article.


def _tells(noscript: Element, root: Element) -> bool:
    """Whether it holds running text that the page shows nowhere else."""
    paragraphs = list(_paragraphs(noscript))
    if sum(map(extent, paragraphs)) < FEWEST or link_density(noscript) > 0.3:
        return False
    if asks_for_scripts(" ".join(paragraphs)[:600]):
        return False
    shown = root.xpath("string(//body)")
    return bool(shown.count(paragraphs[0][:60]) < 2)


def _paragraphs(noscript: Element) -> Iterator[str]:
    for paragraph in noscript.iter("p"):
        if text := " ".join("".join(paragraph.itertext()).split()):
            yield text
