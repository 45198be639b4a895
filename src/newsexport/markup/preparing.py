"""A page as its reader would see it: pictures loaded, what is folded open, what is hidden gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from newsexport.markup import captions, codes, drawings, embeds, folds, formulas, sidenotes, word_lists
from newsexport.markup.parsing import Element, finder
from newsexport.text.addresses import absolute, is_web

# Nothing of these is ever part of an article.
NEVER = (
    "script", "style", "template", "iframe", "object", "embed", "applet", "canvas", "input", "button",
    "select",
    "textarea", "link", "meta", "base", "dialog", "map", "frame", "frameset", "noframes", "param", "track",
)  # fmt: skip

# Whole declarations: "--footer-display: none" is a property of somebody's own.
HIDDEN = re.compile(
    r"(?:^|[;{])\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)\s*(?:!|;|$)",
    re.IGNORECASE,
)
# What only serves those who edit the page: "[edit]" beside a heading, "[citation needed]" behind a sentence.
EDITED = finder(
    "/descendant::*[self::span or self::sup][@class]["
    "contains(@class,'mw-editsection') and .//a[contains(@href,'action=edit')] or "
    "self::sup and contains(concat(' ',@class,' '),' noprint ') and starts-with(normalize-space(.),'[')]"
)
# Left open, these swallow the page behind them in the eyes of some parsers.
MISTAKEN = frozenset(("button", "dialog", "object", "canvas", "map", "noframes", "select", "applet"))
A_PAGE = 2500  # letters; no button bears so many
# An element that holds more than this share of the letters of a page is no part of it that nobody is to see.
NEARLY_ALL = 0.8
UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|is-hidden|element-invisible)(?:\s|$)",
    re.IGNORECASE,
)

# Where pages keep the address of a picture until it scrolls into view, the surest first.
LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-hi-res-src", "data-full-src", "data-image-src",
    "data-url",
    "data-actualsrc", "data-original-src", "data-lazy", "data-img", "data-raw-src", "data-src-large",
    "data-pin-media",
    "data-srcset", "data-lazy-srcset", "data-original-set",
)  # fmt: skip
PICTURE = re.compile(r"^\S+\.(?:jpe?g|png|webp|gif|avif|svg)(?:[?#]\S*)?$", re.IGNORECASE)
# What stands where a picture is to come: by the whole of its name, for "lady-jane-grey.jpg" is a photograph.
PLACEHOLDER = re.compile(
    r"^(?:data:image/(?:gif|svg\+xml|png);|about:blank|#)"
    r"|(?:^|/)(?:(?:lazy|load|image|img|picture|default)[-_.]?)?"
    r"(?:blank|placeholder|spacer|loading|loader|spinner|transparent|gr[ea]y|white|pixel|empty|lazyload|1x1)"
    r"(?:[-_.]?(?:image|img|picture|pixel|lazy|\d+(?:x\d+)?(?:px)?))*\.(?:gif|png|svg|jpe?g|webp)(?:[?#].*)?$",
    re.IGNORECASE,
)
# No address of any picture.
NOWHERE = re.compile(r"about:|#", re.IGNORECASE)

# The widest that any reader shows; of several candidates the smallest that is as wide.
WIDE_ENOUGH = 1440


def prepared(root: Element, base: str = "") -> Element:
    """The tree itself, brought into the state in which it is read; `base` is its own address.

    Doing it again changes nothing.
    """
    base = _base(root, base)
    for element in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        drop(element)
    for element in EDITED(root):
        drop(element)
    formulas.written(root)
    codes.listed(root)
    word_lists.listed(root)
    sidenotes.linked(root, _goes)
    folds.opened(root, _goes)
    embeds.shown_as_links(root, lambda address: absolute(base, address))
    for noscript in list(root.iter("noscript")):
        _load_without_scripts(noscript)
    for image in list(root.iter("img", "amp-img", "image")):
        _load(image)
    drawings.shown(root)
    for element in list(root.iter(*NEVER)):
        if element.tag in MISTAKEN and _letters(element) > A_PAGE:
            element.tag = "div"
        else:
            drop(element)
    _hide(root)
    for table in reversed(list(root.iter("table"))):
        if is_layout(table):
            _unwrap_table(table)
    captions.joined(root)
    if base:
        _make_absolute(root, base)
    return root


def _base(root: Element, base: str) -> str:
    """What relative addresses are relative to: a page may name it, but only as an address of the web."""
    for element in root.iter("base"):
        href = absolute(base, element.get("href") or "")
        if is_web(href):
            return href
    return base


def _load_without_scripts(noscript: Element) -> None:
    """What a page shows to those without scripts: only its pictures are of use, where none is yet."""
    images = list(noscript.iter("img"))
    if not images and noscript.text and "<img" in noscript.text:
        images = _inside(noscript.text)
    near = [each for each in (noscript.getprevious(), noscript.getnext()) if each is not None]
    shown = next((image for each in near for image in each.iter("img") if _is_picture(image)), None)
    address = _address(shown) if shown is not None else None
    if images and (address is None or is_placeholder(address)):
        if shown is not None:
            drop(shown)
        for image in images:
            image.tail = None
            noscript.addprevious(image)
    drop(noscript)


def _is_picture(image: Element) -> bool:
    return not is_pixel(image) and image.get(embeds.EMBEDDED) is None


def _inside(markup: str) -> list[Element]:
    from lxml.html import fragments_fromstring  # noqa: PLC0415 - few parsers leave it as text

    try:
        fragments = fragments_fromstring(markup)
    except etree.ParserError:
        return []
    return [image for each in fragments if not isinstance(each, str) for image in each.iter("img")]


def _load(image: Element) -> None:
    """Give the picture the one address that is best to fetch, or take it out."""
    image.tag = "img"
    picture = next(image.iterancestors("picture"), None)
    candidates = image.get("srcset") or image.get("data-srcset") or image.get("data-lazy-srcset") or ""
    if picture is not None:  # of whose sources a parser may have made a nest
        candidates = ", ".join(filter(None, (candidates, *map(_set_of, picture.iter("source")))))
    best = best_candidate(candidates)
    address = best or _address(image)
    if address is None:
        drop(image)
        return
    image.set("src", address)
    for name in [name for name in image.attrib if name == "srcset" or name.startswith("data-")]:
        del image.attrib[name]


def is_pixel(image: Element) -> bool:
    """Whether it is one of those pictures of a pixel that only tell who reads."""
    sizes = ((image.get(name) or "").strip().removesuffix("px") for name in ("width", "height"))
    return any(size in {"0", "1", "2"} for size in sizes)


def _set_of(source: Element) -> str:
    """The candidates of a ``source``, unless they are of a kind that few programs decode."""
    kind = source.get("type") or ""
    if "avif" in kind or "jxl" in kind:
        return ""
    return source.get("srcset") or source.get("data-srcset") or source.get("data-lazy-srcset") or ""


def _address(image: Element) -> str | None:
    """The address of a picture: what stands in wait for a script counts before a placeholder."""
    src = (image.get("src") or "").strip()
    waiting = [(image.get(name) or "").strip() for name in LAZY]
    for value in waiting:
        if value and (not src or PLACEHOLDER.search(src) or PICTURE.match(value)):
            return best_candidate(value) or value.split()[0]
    if src and not is_placeholder(src):
        return src
    others = (value.strip() for name, value in image.attrib.items() if name.startswith("data-"))
    waits = next((value for value in others if PICTURE.match(value)), None)
    return waits or (src if src and not NOWHERE.match(src) else None)


def is_placeholder(address: str) -> bool:
    """Whether an address names what only keeps the place of a picture."""
    return len(address) < 300 and PLACEHOLDER.search(address) is not None


def best_candidate(srcset: str) -> str | None:
    """The smallest candidate that is 1440 pixels wide (or of density 2), else the largest.

    The attribute is cut as WHATWG HTML (4.8.4.2.1) says: an address may hold commas.
    """
    found = list(_candidates(srcset))
    if not found:
        return None
    enough = [each for each in found if each[0] >= WIDE_ENOUGH]
    return (min(enough) if enough else max(found))[1]


def _candidates(srcset: str) -> Iterator[tuple[float, str]]:
    for found in re.finditer(r"[\s,]*(\S*[^\s,])(?:\s+([\d.]+)([wx])[^,]*)?\s*(?:,|$)", srcset[:50_000]):
        address, number, unit = found.groups()
        try:
            size = float(number) if number else 1.0
        except ValueError:
            continue
        if not address.lower().startswith("data:"):
            yield (size if unit == "w" else size * WIDE_ENOUGH / 2), address


def _goes(element: Element) -> bool:
    return element.tag in NEVER or _is_hidden(element)


_STRING = etree.XPath("string()", smart_strings=False)


def _hide(root: Element) -> None:
    """Take out what nobody is to see; what would hide nearly everything hides nothing."""
    hidden = [element for element in root.iter() if _is_hidden(element)]
    if not hidden:
        return
    most = NEARLY_ALL * _letters(root)
    for element in hidden:
        if _letters(element) <= most:
            drop(element)


def _letters(element: Element) -> int:
    return len(str(_STRING(element)))


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    if element.get("hidden") is not None or (style and HIDDEN.search(style)):
        return element.tag not in {"html", "body"}
    if element.get("aria-hidden") == "true":
        return not any(True for _ in element.iter("img", "math")) and "fallback-image" not in (
            element.get("class") or ""
        )
    names = element.get("class")
    if not names or not _are_unseen(names):
        return False
    return not any(
        True for _ in element.iterancestors("figcaption", "figure")
    )  # "Credit:", said to some only


@lru_cache(maxsize=4096)
def _are_unseen(names: str) -> bool:
    return UNSEEN.search(names) is not None


def is_layout(table: Element) -> bool:
    """Whether a table only arranges a page, as those of newsletters and old sites do."""
    if table.get("role") in {"presentation", "none"}:
        return True
    notice = table.getparent() is not None and "admonitionblock" in (table.getparent().get("class") or "")
    if notice or any(True for inner in table.iter("table") if inner is not table):
        return True
    if any(True for _ in table.iter("th", "caption", "thead")) or table.get("summary"):
        return False
    rows = [[cell for cell in row if cell.tag == "td"] for row in table.iter("tr")]
    if max(map(len, rows), default=0) <= 1:
        return True
    cells = [cell for row in rows for cell in row]
    if any(True for cell in cells for _ in cell.iter("h1", "h2", "h3", "ul", "blockquote", "form")):
        return True
    long = sum(len("".join(cell.itertext())) > 400 for cell in cells)
    paragraphs = sum(1 for cell in cells for _ in cell.iter("p"))
    return long * 3 >= len(cells) or paragraphs > 2 * len(cells)


def _unwrap_table(table: Element) -> None:
    parts = table.iter("tbody", "tfoot", "tr", "td")
    own = [part for part in parts if next(part.iterancestors("table"), None) is table]
    for element in (table, *own):
        element.tag = "div"
        element.attrib.pop("role", None)


def _make_absolute(root: Element, base: str) -> None:
    for element in root.iter("a", "img"):
        name = "href" if element.tag == "a" else "src"
        value = (element.get(name) or "").strip()
        if value and not value.startswith("#") and ":" not in value[:6]:
            element.set(name, absolute(base, value))


def drop(element: Element) -> None:
    """Take the element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    element.tail = None
    parent.remove(element)
