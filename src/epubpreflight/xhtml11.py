"""XHTML 1.1 as EPUB 2 pages may use it.

Sources: OPS 2.0.1, section 2.2; XHTML 1.1 (structure, text, hypertext, list, object, presentation, edit,
bidirectional, table, image, maps, style, link, base, target, iframe), as EPUBCheck 5.3 checks them.
"""

from __future__ import annotations

from epubpreflight.document_schema import (
    NCNAME,
    OPS,
    SVG,
    XHTML,
    XML,
    Attributes,
    Content,
    Grammar,
    Test,
    free,
    one_of,
    ordered,
    tags,
    words,
)
from epubpreflight.html_attributes import COUNT, FILLED

HEADINGS = "h1 h2 h3 h4 h5 h6"
INLINE = (
    "a abbr acronym applet b bdo big br cite code del dfn em i iframe img ins kbd map object q samp script "
    "small span strong sub sup tt var"
)
BLOCK = f"address blockquote del div dl hr iframe ins noscript ol p pre script table ul {HEADINGS}"
_SVG = frozenset({SVG + "svg"})
_SWITCH = frozenset({OPS + "switch"})
INLINE_TAGS = tags(INLINE) | _SVG | _SWITCH
BLOCK_TAGS = tags(BLOCK) | _SVG | _SWITCH
FLOW_TAGS = INLINE_TAGS | BLOCK_TAGS

_LINE = Content(INLINE_TAGS, words=True)
_BLOCKS = Content(BLOCK_TAGS)
_FLOW = Content(FLOW_TAGS, words=True)
_EMPTY = Content()


def _only(names: str, order: str = "") -> Content:
    return Content(tags(names), order=ordered(order) if order else None)


CONTENT: dict[str, Content] = {
    **dict.fromkeys(
        words(
            "abbr acronym address b bdo big cite code dfn dt em i kbd p pre q samp small span strong sub sup "
            f"tt var caption {HEADINGS}"
        ),
        _LINE,
    ),
    "a": Content(INLINE_TAGS - tags("a"), words=True),
    **dict.fromkeys(words("dd div li td th iframe"), _FLOW),
    **dict.fromkeys(words("ins del"), Content(words=True, inherits=True)),
    **dict.fromkeys(words("br hr img link meta base param area col"), _EMPTY),
    "title": Content(words=True),
    **dict.fromkeys(words("script style"), Content(words=True, anything=True)),
    "html": Content(tags("head body"), order=ordered("head body ")),
    "head": Content(
        tags("title base link meta object script style"),
        order=ordered(r"(?=.*\btitle )(?!.*\btitle .*\btitle )(?!.*\bbase .*\bbase ).*"),
    ),
    "body": _BLOCKS,
    "blockquote": _BLOCKS,
    "noscript": _BLOCKS,
    "ul": _only("li", "(?:li )+"),
    "ol": _only("li", "(?:li )+"),
    "dl": _only("dt dd", "(?:d[td] )+"),
    "object": Content(FLOW_TAGS | tags("param"), words=True),
    "applet": Content(FLOW_TAGS | tags("param"), words=True),
    "map": Content(BLOCK_TAGS | tags("area")),
    "table": _only(
        "caption col colgroup thead tfoot tbody tr",
        r"(?:caption )?(?:(?:col )*|(?:colgroup )*)(?:thead )?(?:tfoot )?(?:(?:tbody )+|(?:tr )+)",
    ),
    "colgroup": _only("col"),
    "thead": _only("tr", "(?:tr )+"),
    "tfoot": _only("tr", "(?:tr )+"),
    "tbody": _only("tr", "(?:tr )+"),
    "tr": _only("td th", "(?:t[dh] )+"),
}

_LANGUAGE: dict[str, Test | None] = {XML + "lang": None, "lang": None, "dir": one_of("ltr", "rtl")}
_CORE: dict[str, Test | None] = free("class title style") | {"id": NCNAME, XML + "space": one_of("preserve")}
_COMMON = _LANGUAGE | _CORE
_ALIGN: dict[str, Test | None] = free("char charoff") | {
    "align": one_of("left", "center", "right", "justify", "char"),
    "valign": one_of("top", "middle", "bottom", "baseline"),
}
_CELL: dict[str, Test | None] = free("abbr axis headers") | {
    "scope": one_of("row", "col", "rowgroup", "colgroup"),
    "rowspan": COUNT,
    "colspan": COUNT,
}
_SIZE: dict[str, Test | None] = free("width height")
_LINK: dict[str, Test | None] = dict.fromkeys(
    words("href charset type hreflang rel rev accesskey tabindex target")
)
OWN: dict[str, dict[str, Test | None]] = {
    "a": _LINK | free("shape coords"),
    "area": free("href shape coords alt accesskey tabindex target") | {"nohref": one_of("nohref")},
    "base": free("href target"),
    "bdo": {},
    "blockquote": {"cite": None},
    "q": {"cite": None},
    "ins": free("cite datetime"),
    "del": free("cite datetime"),
    "head": {"profile": None},
    "html": {"version": None},
    "img": _SIZE | free("alt longdesc usemap") | {"src": FILLED, "ismap": one_of("ismap")},
    "iframe": _SIZE | free("src longdesc frameborder marginwidth marginheight scrolling"),
    "link": _LINK | {"media": None},
    "map": {},
    "meta": free("http-equiv name content scheme"),
    "object": _SIZE
    | dict.fromkeys(
        words("declare classid codebase data type codetype archive standby name tabindex usemap")
    ),
    "applet": _SIZE | free("codebase archive code object alt name"),
    "param": free("id name value valuetype type"),
    "script": free("charset type src defer") | {XML + "space": None},
    "style": free("type media title") | {XML + "space": None},
    "table": free("summary width border frame rules cellspacing cellpadding"),
    "col": _ALIGN | {"span": COUNT, "width": None},
    "colgroup": _ALIGN | {"span": COUNT, "width": None},
    **dict.fromkeys(words("thead tfoot tbody tr"), _ALIGN),
    **dict.fromkeys(words("td th"), _ALIGN | _CELL),
}
REQUIRED = {
    "img": "src alt",
    "area": "alt",
    "map": "id",
    "meta": "content",
    "script": "type",
    "style": "type",
    "bdo": "dir",
    "param": "name",
    "applet": "width height",
}
_FEW = {
    "html": _LANGUAGE,
    "head": _LANGUAGE,
    "title": _LANGUAGE,
    "meta": _LANGUAGE,
    "style": _LANGUAGE,
    "base": {},
    "script": {},
    "param": {},
}


def _attributes(name: str) -> Attributes:
    tests = dict(_FEW.get(name, _COMMON)) | OWN.get(name, {})
    return Attributes(tests, frozenset(REQUIRED.get(name, "").split()))


XHTML11 = Grammar(
    {XHTML + name: content for name, content in CONTENT.items()},
    {XHTML + name: _attributes(name) for name in CONTENT},
    FLOW_TAGS,
    INLINE_TAGS,
)
