"""HTML as EPUB 3 pages may use it: content, and what counts as a script.

Sources: HTML Living Standard, sections 3.2.5 (content models), 4 (elements) and 8.1.8 (events), in XML
syntax; EPUB 3.3, sections 6.1 and 6.1.3.4. Where EPUBCheck 5.3 is narrower or wider than the standard, this
follows EPUBCheck, because shops run it.
"""

from __future__ import annotations

from epubpreflight.document_schema import OPS, XHTML, Content, Grammar, ordered, tags, words
from epubpreflight.html_attributes import ATTRIBUTES

SCRIPTING = "script template"
HEADINGS = "h1 h2 h3 h4 h5 h6"
METADATA = f"link style {SCRIPTING} meta"
PHRASING = (
    "a em strong small mark abbr dfn i b s u code var samp kbd sup sub q cite span bdo bdi br wbr img "
    "picture embed object iframe map area link meta script template slot ruby ins del audio video canvas "
    "progress meter time data label input button select datalist textarea output"
)
FLOW = (
    f"{PHRASING} p hr pre ul ol dl div {HEADINGS} hgroup address blockquote section nav article aside header "
    "footer main search figure table form fieldset details dialog menu"
)
FOREIGN = frozenset(
    {
        "{http://www.w3.org/2000/svg}svg",
        "{http://www.w3.org/1998/Math/MathML}math",
        OPS + "switch",
    }
)
PHRASING_TAGS = tags(PHRASING) | FOREIGN
FLOW_TAGS = tags(FLOW) | FOREIGN | {OPS + "trigger"}

PLAIN_FLOW = Content(FLOW_TAGS, words=True)
PLAIN_PHRASING = Content(PHRASING_TAGS, words=True)
EMPTY = Content()
WORDS = Content(words=True)
TRANSPARENT = Content(words=True, inherits=True)
ANYTHING = Content(words=True, anything=True)

# A figure's caption is its first or its last child; a summary or a legend is the first.
EDGE_CAPTION = r"(?:figcaption )?(?:(?!figcaption )\S+ )*|(?:(?!figcaption )\S+ )*(?:figcaption )?"
CELL_ROWS = r"(?:caption )?(?:colgroup )*(?:thead )?(?:(?:tbody )*|(?:tr )+)(?:tfoot )?"
TERMS = r"(?:(?:dt )+(?:dd )+)"
# Atomic, because a repetition of repetitions could backtrack without end.
READINGS = r"(?>(?:(?>rp (?:rtc? rp )+)|rtc? |(?!(?:rt|rtc|rp) )\S+ )*)(?:(?<=\brt )|(?<=\brtc )|(?<=\brp ))"
MEDIA = r"(?:source )*(?:track )*(?:(?!source |track )\S+ )*"


def _only(names: str, order: str = "") -> Content:
    return Content(tags(f"{names} {SCRIPTING}"), order=ordered(order) if order else None)


def _first(name: str, *, optional: bool) -> Content:
    """Flow content behind one element that opens it."""
    head = f"(?:{name} )?" if optional else f"{name} "
    return Content(FLOW_TAGS | tags(name), words=True, order=ordered(rf"{head}(?:(?!{name} )\S+ )*"))


CONTENT: dict[str, Content] = {
    **dict.fromkeys(PHRASING.split(), PLAIN_PHRASING),
    **dict.fromkeys(FLOW.split()[len(PHRASING.split()) :], PLAIN_FLOW),
    **dict.fromkeys(words(f"p pre {HEADINGS} rt rb"), PLAIN_PHRASING),
    **dict.fromkeys(words("body li dt dd th td caption figcaption"), PLAIN_FLOW),
    **dict.fromkeys(words("a ins del map canvas slot"), TRANSPARENT),
    **dict.fromkeys(
        words("hr br wbr img embed iframe area link meta base input param source track col"), EMPTY
    ),
    **dict.fromkeys(words("title rp textarea option"), WORDS),
    **dict.fromkeys(words("script style template"), ANYTHING),
    "html": Content(tags("head body"), order=ordered("head body ")),
    "head": Content(
        tags(f"title base {METADATA}") | {OPS + "trigger"},
        order=ordered(r"(?!.*\btitle .*\btitle )(?!.*\bbase .*\bbase ).*"),
    ),
    "legend": Content(PHRASING_TAGS | tags(f"{HEADINGS} hgroup"), words=True),
    "summary": Content(PHRASING_TAGS | tags(f"{HEADINGS} hgroup"), words=True),
    "ul": _only("li"),
    "ol": _only("li"),
    "menu": _only("li"),
    "dl": _only("dt dd div", rf"{TERMS}*|(?:div )*"),
    "table": _only("caption colgroup thead tbody tfoot tr", CELL_ROWS),
    "colgroup": _only("col"),
    "thead": _only("tr"),
    "tbody": _only("tr"),
    "tfoot": _only("tr"),
    "tr": _only("td th"),
    "select": _only("optgroup option"),
    "optgroup": _only("option"),
    "hgroup": _only(f"{HEADINGS} p", r"(?:p )*h[1-6] (?:p )*"),
    "picture": _only("source img", r"(?:source )*img "),
    "datalist": Content(PHRASING_TAGS | tags("option"), words=True),
    "figure": Content(FLOW_TAGS | tags("figcaption"), words=True, order=ordered(EDGE_CAPTION)),
    "details": _first("summary", optional=False),
    "fieldset": _first("legend", optional=True),
    "ruby": Content(PHRASING_TAGS | tags("rt rtc rp rb"), words=True, order=ordered(READINGS)),
    "rtc": Content(PHRASING_TAGS | tags("rt rp"), words=True),
    "object": Content(
        tags("param"), words=True, inherits=True, order=ordered(r"(?:param )*(?:(?!param )\S+ )*")
    ),
    "audio": Content(tags("source track"), words=True, inherits=True, order=ordered(MEDIA)),
    "video": Content(tags("source track"), words=True, inherits=True, order=ordered(MEDIA)),
}

# A group of terms and their descriptions inside a list of them.
GROUPED_TERMS = _only("dt dd", rf"{TERMS}")

HTML = Grammar(
    {XHTML + name: content for name, content in CONTENT.items()},
    {XHTML + name: found for name, found in ATTRIBUTES.items()},
    FLOW_TAGS,
    PHRASING_TAGS,
)

# What may not stand anywhere inside of what (EPUBCheck's Schematron rules for XHTML). A link, a button or
# a field that works inside of another would leave open which of them is meant.
NESTING: dict[str, str] = {
    "a": "a button",
    "button": "a button",
    "details": "a button",
    "embed": "a button",
    "iframe": "a button",
    "label": "a button label",
    "menu": "a button",
    "select": "a button",
    "textarea": "a button",
    "audio": "audio video",
    "video": "audio video",
    "address": "address",
    "header": "address header footer",
    "footer": "address header footer",
    "form": "form",
    "progress": "progress",
    "meter": "meter",
    "dfn": "dfn",
    "table": "caption",
}


SCRIPT_TYPES = frozenset(
    {
        *(f"application/{one}" for one in ("javascript", "ecmascript", "x-ecmascript", "x-javascript")),
        *(
            f"text/{one}"
            for one in ("javascript", "ecmascript", "jscript", "livescript", "x-ecmascript", "x-javascript")
        ),
        *(f"text/javascript1.{one}" for one in range(6)),
    }
)
# The events that EPUBCheck takes for scripts.
SCRIPTED = frozenset(
    f"on{name}"
    for name in words(
        "afterprint beforeprint beforeunload error haschange load message offline pagehide pageshow "
        "popstate redo resize storage undo unload blur change contextmenu focus formchange forminput input "
        "invalid reset select submit keydown keypress keyup abort canplay canplaythrough durationchange "
        "emptied ended loadeddata loadedmetadata loadstart pause play playing progress ratechange "
        "readystatechange seeked seeking stalled suspend timeupdate volumechange waiting click dblclick "
        "drag dragend dragenter dragleave dragover dragstart drop mousedown mousemove mouseout mouseover "
        "mouseup mousewheel scroll"
    )
)
