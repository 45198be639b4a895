"""The attributes of HTML elements in EPUB 3 pages, and what their values must be like.

Sources: HTML Living Standard, section 3.2.6 (attributes of all elements) and each element's own; ARIA in
HTML; Digital Publishing WAI-ARIA 1.1; RDFa 1.1; EPUB 3.3, section 6.1. EPUBCheck 5.3 decides in doubt.
"""

from __future__ import annotations

from collections.abc import Mapping

from epubpreflight.aria import PUBLISHING, ROLES, ROLES_OF
from epubpreflight.document_schema import (
    LANGUAGE,
    MEDIA_TYPE,
    OPS,
    SSML,
    XML,
    Attributes,
    Test,
    flags,
    free,
    like,
    one_of,
    words,
)

WHOLE = like(r"\s*[+-]?[0-9]+\s*")
COUNT = like(r"\s*\+?[0-9]+\s*")
POSITIVE = like(r"\s*\+?0*[1-9][0-9]*\s*")
NUMBER = like(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")
TOKEN = like(r"\S+")
FILLED = like(r"(?s).*\S.*")
TRUTH = one_of("true", "false")
CONTEXT = like(r"|[^_].*|_(?i:blank|self|parent|top)")
DATE = r"[0-9]{4,}-[0-9]{2}-[0-9]{2}"
CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?"
MOMENT = rf"{DATE}[T ]{CLOCK}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?"
SPAN = (
    r"P(?:[0-9]+D)?(?:T(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]{1,3})?S)?)?"
    r"|(?: *(?:[0-9]+ *[WDHM]|[0-9]+(?:\.[0-9]{1,3})? *S))+ *"
)
TIME = like(
    rf"\s*(?:[0-9]{{4}}|(?:--)?(?:0[0-9]|1[0-2])-(?:0[0-9]|[12][0-9]|3[01])|[0-9]{{4,}}-W[0-9]{{2}}"
    rf"|[0-9]{{4,}}-[0-9]{{2}}|{DATE}|{CLOCK}|{MOMENT}|{SPAN})\s*"
)
_ARIA: dict[str, Test | None] = {
    **dict.fromkeys(
        words("atomic busy disabled hidden modal multiline multiselectable readonly required"), TRUTH
    ),
    **dict.fromkeys(
        words(
            "controls describedby flowto keyshortcuts label labelledby owns "
            "roledescription description valuetext activedescendant placeholder"
        )
    ),
    **dict.fromkeys(words("valuemax valuemin valuenow"), NUMBER),
    **dict.fromkeys(words("colindex colspan level posinset rowindex rowspan"), POSITIVE),
    **dict.fromkeys(words("colcount rowcount setsize"), like(r"\s*(?:-1|\+?[0-9]+)\s*")),
    **dict.fromkeys(words("expanded selected"), one_of("true", "false", "undefined")),
    **dict.fromkeys(words("checked pressed"), one_of("true", "false", "mixed", "undefined")),
    "details": TOKEN,
    "errormessage": TOKEN,
    "current": one_of("page", "step", "location", "date", "time", "true", "false"),
    "haspopup": one_of("true", "false", "menu", "listbox", "tree", "grid", "dialog"),
    "invalid": one_of("true", "false", "grammar", "spelling"),
    "live": one_of("off", "polite", "assertive"),
    "relevant": like(r"\s*(?:(?:all|additions|removals|text)\s*)+"),
    "orientation": one_of("horizontal", "vertical", "undefined"),
    "sort": one_of("ascending", "descending", "none", "other"),
    "autocomplete": one_of("both", "inline", "list", "none"),
}
_EVENTS = (
    "auxclick beforeinput beforematch blur cancel canplay canplaythrough change click close contextlost "
    "contextmenu contextrestored copy cuechange cut dblclick drag dragend dragenter dragleave dragover "
    "dragstart drop durationchange emptied ended error focus formdata input invalid keydown keypress keyup "
    "load loadeddata loadedmetadata loadstart mousedown mouseenter mouseleave mousemove mouseout mouseover "
    "mouseup paste pause play playing progress ratechange reset resize scroll scrollend "
    "securitypolicyviolation seeked seeking select slotchange stalled submit suspend timeupdate toggle "
    "volumechange waiting wheel pointerover pointerenter pointerdown pointermove pointerrawupdate "
    "pointerup pointercancel pointerout pointerleave gotpointercapture lostpointercapture"
)
_BODY_EVENTS = (
    "afterprint beforeprint beforeunload hashchange languagechange message messageerror offline online "
    "pagehide pageshow popstate rejectionhandled storage unhandledrejection unload"
)
COMMON: dict[str, Test | None] = flags("autofocus inert") | {
    **free("class title style accesskey nonce is slot"),
    "id": TOKEN,
    "dir": one_of("ltr", "rtl", "auto"),
    "lang": LANGUAGE,
    "translate": one_of("", "yes", "no"),
    "tabindex": WHOLE,
    "contenteditable": one_of("true", "false", "plaintext-only", ""),
    "draggable": TRUTH,
    "hidden": one_of("hidden", "until-found", ""),
    "popover": one_of("auto", "manual", "hint", ""),
    "inputmode": one_of("none", "text", "tel", "url", "email", "numeric", "decimal", "search"),
    "spellcheck": one_of("true", "false", ""),
    "autocapitalize": one_of("off", "none", "on", "sentences", "words", "characters"),
    "enterkeyhint": one_of("enter", "done", "go", "next", "previous", "search", "send"),
    XML + "lang": LANGUAGE,
    XML + "base": None,
    XML + "space": one_of("preserve", "default"),
    SSML + "ph": None,
    SSML + "alphabet": like("ipa|x-.+"),
    **{f"on{name}": None for name in _EVENTS.split()},
    **{f"aria-{name}": test for name, test in _ARIA.items()},
}
_MICRODATA: dict[str, Test | None] = flags("itemscope") | free("itemref itemprop itemtype itemid")
_RDFA: dict[str, Test | None] = dict.fromkeys(
    words("about prefix property typeof vocab content datatype rel resource rev inlist")
)
# Elements on which epub:type says nothing.
WITHOUT_TYPE = frozenset(words("head title meta link style script base col slot template search rb rtc"))
WITHOUT_DATA = frozenset(words("meta base"))

_SIZE = {"width": COUNT, "height": COUNT}
_ORIGIN = one_of("anonymous", "use-credentials", "")
_POLICY = one_of(
    "",
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
)
_URGENCY = one_of("high", "low", "auto")
_MEDIA: dict[str, Test | None] = flags("autoplay controls loop muted") | {
    "src": FILLED,
    "preload": one_of("none", "metadata", "auto", ""),
    "crossorigin": _ORIGIN,
}
_CELL: dict[str, Test | None] = {"colspan": POSITIVE, "rowspan": COUNT, "headers": None}
_FIELD: dict[str, Test | None] = flags("disabled") | {"name": FILLED, "form": TOKEN}
_POPOVER: dict[str, Test | None] = {
    "popovertarget": TOKEN,
    "popovertargetaction": one_of("hide", "show", "toggle"),
}
_SUBMIT: dict[str, Test | None] = flags("formnovalidate") | {
    "formaction": FILLED,
    "formenctype": one_of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"),
    "formmethod": one_of("get", "post", "dialog"),
    "formtarget": CONTEXT,
}
_INPUT_TYPES = (
    "text password checkbox radio button submit reset file hidden image date month week time "
    "datetime-local number range email url search tel color"
)

OWN: dict[str, Mapping[str, Test | None]] = {
    "html": {OPS + "prefix": None},
    "body": {f"on{name}": None for name in _BODY_EVENTS.split()},
    "base": {"href": None, "target": CONTEXT},
    "link": free("as integrity media scope imagesrcset imagesizes")
    | flags("disabled")
    | {
        "href": FILLED,
        "hreflang": LANGUAGE,
        "type": MEDIA_TYPE,
        "referrerpolicy": _POLICY,
        "sizes": like(r"\s*(?:any|(?:[1-9][0-9]*x[1-9][0-9]*\s*)+)\s*"),
        "color": like("#[A-Fa-f0-9]{6}"),
        "updateviacache": one_of("imports", "all", "none"),
        "workertype": one_of("classic", "module"),
        "fetchpriority": _URGENCY,
        "crossorigin": _ORIGIN,
        "blocking": one_of("render"),
    },
    "meta": free("content http-equiv media")
    | {"name": FILLED, "charset": like("(?i:utf)-8")}
    | _MICRODATA
    | {name: None for name in _RDFA if name not in {"rel", "rev"}},
    "style": free("type media") | {"blocking": one_of("render")},
    "script": free("type charset language integrity")
    | flags("defer async nomodule")
    | {
        "src": FILLED,
        "crossorigin": _ORIGIN,
        "blocking": one_of("render"),
        "fetchpriority": _URGENCY,
        "referrerpolicy": _POLICY,
    },
    "a": free("href download ping")
    | {
        "name": TOKEN,
        "target": CONTEXT,
        "hreflang": LANGUAGE,
        "type": MEDIA_TYPE,
        "referrerpolicy": _POLICY,
    },
    "area": free("href alt download ping")
    | {
        "target": CONTEXT,
        "hreflang": LANGUAGE,
        "type": MEDIA_TYPE,
        "shape": one_of("rect", "circle", "poly", "default"),
        "coords": like(r"\s*-?[0-9]+(?:,-?[0-9]+)*\s*"),
    },
    "q": {"cite": None},
    "blockquote": {"cite": None},
    "ins": {"cite": None, "datetime": like(rf"\s*(?:{DATE}|{MOMENT})\s*")},
    "del": {"cite": None, "datetime": like(rf"\s*(?:{DATE}|{MOMENT})\s*")},
    "time": {"datetime": TIME},
    "data": {"value": None},
    "meter": dict.fromkeys(("value", "min", "low", "high", "max", "optimum"), NUMBER),
    "progress": {"value": NUMBER, "max": NUMBER},
    "ol": flags("reversed") | {"start": WHOLE, "type": one_of("1", "a", "A", "i", "I")},
    "li": {"value": WHOLE},
    "dialog": flags("open"),
    "details": flags("open"),
    "canvas": _SIZE,
    "img": _SIZE
    | free("alt srcset sizes")
    | flags("ismap")
    | {
        "src": FILLED,
        "generator-unable-to-provide-required-alt": one_of(""),
        "usemap": like("#.+"),
        "decoding": one_of("sync", "async", "auto"),
        "loading": one_of("lazy", "eager"),
        "fetchpriority": _URGENCY,
        "border": like(r"\s*0\s*"),
        "referrerpolicy": _POLICY,
        "crossorigin": _ORIGIN,
    },
    "source": _SIZE | free("srcset sizes media") | {"src": FILLED, "type": MEDIA_TYPE},
    "embed": _SIZE | {"src": FILLED, "type": MEDIA_TYPE},
    "object": _SIZE
    | {"data": FILLED, "type": MEDIA_TYPE, "usemap": like("#.+"), "name": like("|[^_].*"), "form": TOKEN},
    "param": free("name value"),
    "iframe": _SIZE
    | free("srcdoc sandbox allow")
    | flags("allowfullscreen")
    | {
        "src": FILLED,
        "name": like("|[^_].*"),
        "loading": one_of("lazy", "eager"),
        "referrerpolicy": _POLICY,
    },
    "map": {"name": TOKEN},
    "audio": _MEDIA,
    "video": _MEDIA | _SIZE | flags("playsinline") | {"poster": FILLED},
    "track": flags("default")
    | {
        "src": FILLED,
        "kind": one_of("subtitles", "captions", "descriptions", "chapters", "metadata"),
        "srclang": LANGUAGE,
        "label": FILLED,
    },
    "table": {"border": one_of("", "1")},
    "colgroup": {"span": POSITIVE},
    "col": {"span": POSITIVE},
    "td": _CELL,
    "th": _CELL | {"scope": one_of("row", "col", "rowgroup", "colgroup"), "abbr": None},
    "slot": {"name": None},
    "label": {"for": TOKEN},
    "output": {"name": FILLED, "form": TOKEN, "for": None},
    "option": flags("disabled selected") | {"label": FILLED, "value": None},
    "optgroup": flags("disabled") | {"label": None},
    "fieldset": _FIELD,
    "select": _FIELD | flags("multiple required") | {"size": POSITIVE, "autocomplete": None},
    "textarea": _FIELD
    | free("placeholder autocomplete")
    | flags("readonly required")
    | {
        "cols": POSITIVE,
        "rows": POSITIVE,
        "maxlength": COUNT,
        "minlength": COUNT,
        "dirname": FILLED,
        "wrap": one_of("hard", "soft"),
    },
    "button": _FIELD | _POPOVER | _SUBMIT | {"type": one_of("submit", "reset", "button"), "value": None},
    "form": flags("novalidate")
    | {
        "action": FILLED,
        "method": one_of("get", "post", "dialog"),
        "enctype": one_of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"),
        "name": FILLED,
        "accept-charset": None,
        "target": CONTEXT,
        "autocomplete": one_of("on", "off"),
    },
    "input": _FIELD
    | _POPOVER
    | _SUBMIT
    | _SIZE
    | free("value autocomplete list pattern placeholder accept dirname min max step alt src")
    | flags("checked readonly required multiple")
    | {
        "type": one_of(*_INPUT_TYPES.split()),
        "maxlength": COUNT,
        "minlength": COUNT,
        "size": POSITIVE,
    },
}
REQUIRED: dict[str, str] = {
    "img": "src",
    "track": "src",
    "map": "name",
    "param": "name value",
    "data": "value",
    "meter": "value",
    "optgroup": "label",
    "bdo": "dir",
}
BARE = (
    "head title em strong small mark abbr dfn i b s u code var samp kbd sup sub cite span bdo bdi br wbr "
    "picture ruby rt rp rb rtc p hr pre ul dl dt dd div h1 h2 h3 h4 h5 h6 hgroup address section nav "
    "article aside header footer main search figure figcaption menu summary caption thead tbody tfoot tr "
    "template legend datalist"
)


def _table(name: str) -> Attributes:
    roles = ROLES_OF.get(name, f"{ROLES} {PUBLISHING}")
    tests: dict[str, Test | None] = dict(COMMON)
    if name not in WITHOUT_DATA:
        tests |= _MICRODATA | _RDFA
    if name not in WITHOUT_TYPE:
        tests[OPS + "type"] = like(r"\s*[^\W]?[\w.:\-]+(?:\s+[\w.:\-]+)*\s*|\s*")
    if roles:
        tests["role"] = one_of(*roles.split())
    tests |= {"prefix": like(r"\s*[^\s:]+: [^ ]+(?:\s+[^\s:]+: [^ ]+)*\s*")} if "prefix" in tests else {}
    tests |= OWN.get(name, {})
    return Attributes(tests, frozenset(REQUIRED.get(name, "").split()))


ATTRIBUTES: dict[str, Attributes] = {name: _table(name) for name in {*BARE.split(), *OWN, "rt", "slot"}}
