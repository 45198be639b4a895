"""Rules for sites where the general way fails: data, in the form of ftr-site-config.

A file ``a.example.txt`` is for that host and, as ``.a.example.txt``, for all below it; each
line is ``name: value`` (https://help.fivefilters.org/full-text-rss/site-patterns.html).
Understood are title, author, date and body (XPath, the first that finds something), strip
(XPath), strip_id_or_class, strip_image_src, next_page_link, and find_string with
replace_string. Lines with other names say nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from newsexport.markup.parsing import Element
from newsexport.markup.preparing import drop

LINE = re.compile(r"(?P<name>[a-z_]+)(?:\((?P<argument>.*?)\))?\s*:\s*(?P<value>.+)")
LARGEST = 100_000

# Functions by which an expression could reach beyond the page or take its time.
FORBIDDEN = re.compile(r"\b(?:document|doc|unparsed-text|re:|exslt|str:|dyn:)\b|re:")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of one site; each an expression or a text, in the order of the file."""

    lines: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Rules:
        """The rules in a file. Comments and what is not understood are passed over."""
        lines: list[tuple[str, str]] = []
        for line in text[:LARGEST].splitlines():
            found = LINE.match(line.strip())
            if found and not line.lstrip().startswith("#"):
                if found["argument"] is not None and found["name"] == "replace_string":
                    lines += [("find_string", found["argument"]), ("replace_string", found["value"])]
                else:
                    lines.append((found["name"], found["value"].strip()))
        return cls(tuple(lines))

    def rewritten(self, html: str) -> str:
        """The source with every found string replaced."""
        found = list(self._all("find_string"))
        for old, new in zip(found, self._all("replace_string"), strict=False):
            html = html.replace(old, new)
        return html

    def stripped(self, root: Element) -> Element:
        """The tree itself without what the rules take out."""
        for path in self._all("strip"):
            _drop_all(root, path)
        for name in self._all("strip_id_or_class"):
            quoted = name.strip("'\" ").replace('"', "")
            _drop_all(root, f'//*[contains(@class, "{quoted}") or contains(@id, "{quoted}")]')
        for part in self._all("strip_image_src"):
            quoted = part.strip("'\" ").replace('"', "")
            _drop_all(root, f'//img[contains(@src, "{quoted}")]')
        return root

    def body(self, root: Element) -> Element | None:
        """The element that holds the article, when a rule finds it; several are put together."""
        for path in self._all("body"):
            found = [each for each in _found(root, path) if not isinstance(each, str)]
            if found:
                together = root.makeelement("div")
                for each in found:
                    if not any(each in set(other.iterdescendants()) for other in found if other is not each):
                        each.tail = None
                        together.append(each)
                return together
        return None

    def text(self, name: str, root: Element) -> str:
        """The first text that a rule of this name finds; empty when none does."""
        for path in self._all(name):
            for each in _found(root, path):
                said = each if isinstance(each, str) else "".join(each.itertext())
                if said.strip():
                    return " ".join(said.split())
        return ""

    def _all(self, name: str) -> Iterator[str]:
        return (value for each, value in self.lines if each == name)


def rules_for(host: str, folder: Path) -> Rules:
    """The rules in a folder for a host: its own file, else that of the nearest domain above it."""
    host = host.lower().removeprefix("www.")
    parts = host.split(".")
    names = [
        f"{host}.txt",
        f"www.{host}.txt",
        *(f".{'.'.join(parts[at:])}.txt" for at in range(len(parts) - 1)),
    ]
    for name in names:
        path = folder / name
        if "/" not in name and path.is_file():
            return Rules.parse(path.read_text("utf-8-sig", "replace"))
    return Rules()


def _found(root: Element, path: str) -> list[Element | str]:
    """What an expression finds; nothing when it is none, or is more than a path."""
    if FORBIDDEN.search(path) or len(path) > 2000:
        return []
    try:
        found = root.getroottree().xpath(path)
    except (etree.XPathError, ValueError, TypeError):
        return []
    if isinstance(found, str):
        return [found]
    return found if isinstance(found, list) else []


def _drop_all(root: Element, path: str) -> None:
    for each in _found(root, path):
        if not isinstance(each, str) and each.getparent() is not None and each.tag not in {"html", "body"}:
            drop(each)
