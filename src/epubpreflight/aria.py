"""Roles for assistive technology, and the states that go with them.

Sources: WAI-ARIA 1.2, section 5.4 (roles) and 6 (states); ARIA in HTML; EPUBCheck RSC-005.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from epubpreflight.document_schema import one_of, words

GLOBAL = frozenset(
    f"aria-{name}"
    for name in words(
        "atomic busy controls current describedby description details disabled errormessage flowto haspopup "
        "hidden invalid keyshortcuts label labelledby live owns relevant roledescription"
    )
)
_RANGE = "valuemax valuemin valuenow valuetext"
_TEXT = "activedescendant autocomplete multiline readonly required placeholder"
_LIST = "activedescendant expanded orientation"
# The states of a role, beyond those that every element may have.
STATES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        role: frozenset(f"aria-{name}" for name in words(states))
        for roles, states in {
            "alert application article banner complementary contentinfo definition directory": "expanded",
            "document feed figure form img link list log main marquee math navigation note": "expanded",
            "region status tabpanel term": "expanded",
            "search": "expanded orientation",
            "alertdialog dialog": "expanded modal",
            "button": "expanded pressed",
            "cell": "colspan colindex rowspan rowindex",
            "columnheader rowheader": "sort readonly required colspan colindex rowspan rowindex selected "
            "expanded",
            "checkbox menuitemcheckbox switch": "checked",
            "combobox": "activedescendant expanded autocomplete required readonly orientation",
            "group rowgroup toolbar": _LIST,
            "heading": "level expanded",
            "listbox": f"multiselectable required {_LIST}",
            "listitem": "posinset setsize level expanded",
            "menu menubar": _LIST,
            "menuitem": "expanded posinset setsize",
            "menuitemradio radio option": "checked selected posinset setsize",
            "progressbar": _RANGE,
            "radiogroup": f"required {_LIST}",
            "row": "level selected activedescendant expanded",
            "scrollbar slider": f"orientation {_RANGE}",
            "searchbox textbox": _TEXT,
            "separator": f"expanded orientation {_RANGE}",
            "spinbutton": f"required {_RANGE}",
            "tab": "selected expanded posinset setsize",
            "table": "colcount rowcount",
            "tablist": f"level multiselectable {_LIST}",
            "tree": f"multiselectable required {_LIST}",
            "treeitem": "checked expanded level posinset selected setsize",
            "presentation none": "",
        }.items()
        for role in words(roles)
    }
)
REQUIRED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(words("checkbox menuitemcheckbox menuitemradio radio switch"), ("aria-checked",)),
        **dict.fromkeys(words("slider spinbutton"), ("aria-valuemax", "aria-valuemin", "aria-valuenow")),
        "combobox": ("aria-expanded",),
        "scrollbar": ("aria-orientation", "aria-valuemax", "aria-valuemin", "aria-valuenow"),
    }
)
ROLES = (
    "alert alertdialog application article banner button cell checkbox columnheader combobox complementary "
    "contentinfo definition dialog directory document feed figure form grid gridcell group "
    "graphics-document graphics-object graphics-symbol heading img link list listbox listitem log main "
    "marquee math menu menubar menuitem menuitemcheckbox menuitemradio navigation none note option "
    "presentation progressbar radio radiogroup region row rowgroup rowheader searchbox scrollbar search "
    "separator slider spinbutton status switch tab table tablist tabpanel term textbox timer toolbar "
    "tooltip tree treegrid treeitem"
)
# The roles of Digital Publishing WAI-ARIA.
PUBLISHING = (
    "doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-biblioentry "
    "doc-bibliography doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover doc-credit "
    "doc-credits doc-dedication doc-endnote doc-endnotes doc-epigraph doc-epilogue doc-errata doc-example "
    "doc-footnote doc-foreword doc-glossary doc-glossref doc-index doc-introduction doc-noteref doc-notice "
    "doc-pagebreak doc-pagelist doc-part doc-preface doc-prologue doc-pullquote doc-qna doc-subtitle "
    "doc-tip doc-toc"
)
_LIST_ROLES = "directory group list listbox menu menubar radiogroup tablist toolbar tree presentation none"
_ITEM_ROLES = (
    "listitem menuitem menuitemcheckbox menuitemradio option radio tab treeitem separator presentation none "
    "doc-biblioentry doc-endnote"
)
_PRESSED_ROLES = (
    "button checkbox combobox link menuitem menuitemcheckbox menuitemradio option radio switch tab"
)
_SECTION_ROLES = (
    "alert alertdialog application dialog feed group log marquee presentation none region status tabpanel "
    "banner complementary contentinfo document main navigation note search doc-abstract "
    "doc-acknowledgments doc-afterword doc-appendix doc-bibliography doc-chapter doc-colophon "
    "doc-conclusion doc-credit doc-credits doc-dedication doc-endnotes doc-epigraph doc-epilogue "
    "doc-errata doc-example doc-foreword doc-glossary doc-index doc-introduction doc-notice doc-pagelist "
    "doc-part doc-preface doc-prologue doc-pullquote doc-qna doc-toc"
)
_ASIDE_ROLES = (
    "note complementary search feed region presentation none doc-dedication doc-example doc-footnote "
    "doc-glossary doc-pullquote doc-tip"
)
_LINK_ROLES = (
    "button checkbox link menuitem menuitemcheckbox menuitemradio option radio switch tab treeitem "
    "doc-backlink doc-biblioref doc-glossref doc-noteref"
)
_IMAGE_ROLES = (
    "button checkbox img link math menuitem menuitemcheckbox menuitemradio none option presentation "
    "progressbar radio scrollbar separator slider switch tab treeitem doc-cover"
)

# Elements that may not take any role; "" is none at all.
ROLES_OF: dict[str, str] = {
    **dict.fromkeys(
        words(
            "legend script picture source param map track html head title base style meter caption "
            "colgroup col template meta label datalist"
        ),
        "",
    ),
    **dict.fromkeys(words("ul ol menu"), _LIST_ROLES),
    **dict.fromkeys(words("h1 h2 h3 h4 h5 h6"), "heading tab presentation none doc-subtitle"),
    **dict.fromkeys(words("br wbr"), "presentation none"),
    **dict.fromkeys(words("video audio"), "application"),
    **dict.fromkeys(words("embed iframe"), "application document img presentation none"),
    "object": "application document img",
    "li": _ITEM_ROLES,
    "hr": "separator presentation none doc-pagebreak",
    "dl": "list group presentation none",
    "dt": "term listitem",
    "dd": "definition",
    "progress": "progressbar",
    "dialog": "alertdialog",
    "details": "group",
    "summary": "button",
    "img": _IMAGE_ROLES,
    "area": "link button",
    "figcaption": "presentation none group",
    "body": "application document presentation none",
    "link": "link presentation none menuitem",
    "section": _SECTION_ROLES,
    "nav": "navigation doc-index doc-pagelist doc-toc menu menubar none presentation tablist",
    "article": "article document application main feed region presentation none",
    "aside": _ASIDE_ROLES,
    "header": "banner group presentation none doc-footnote",
    "footer": "contentinfo group presentation none doc-footnote",
    "main": "main",
    "search": "search form group none presentation region",
    "input": "textbox combobox searchbox spinbutton slider button checkbox link menuitem menuitemcheckbox "
    "menuitemradio option radio switch tab",
    "textarea": "textbox",
    "option": "option",
    "optgroup": "group",
    "select": "listbox combobox menu",
    "button": _PRESSED_ROLES,
    "form": "form search presentation none",
    "fieldset": "group radiogroup presentation none",
}
LINK_ROLES = one_of(*_LINK_ROLES.split())
# Whether these two may be used depends on the place too; EPUBCheck warns of them wherever they are.
DEPRECATED_ROLES = frozenset({"doc-endnote", "doc-biblioentry"})
# What elements are without a role (ARIA in HTML, section 4), as far as that gives them states.
IMPLICIT: Mapping[str, str] = MappingProxyType(
    {
        "progress": "progressbar",
        "dialog": "article",
        "details": "group",
        "summary": "button",
        "hr": "separator",
        "li": "listitem",
        "td": "cell",
        "th": "columnheader",
        "tr": "row",
        "table": "table",
        "textarea": "textbox",
        "option": "option",
        "optgroup": "group",
        "fieldset": "group",
        "button": "button",
        "a": "link",
        **dict.fromkeys(words("h1 h2 h3 h4 h5 h6"), "heading"),
        **dict.fromkeys(words("thead tbody tfoot"), "rowgroup"),
        **dict.fromkeys(
            words(
                "ul ol menu dt dd img area figure body section nav article aside header footer main search "
                "form output"
            ),
            "region",
        ),
    }
)
FIELDS = frozenset({"input", "select"})
"""What fields are depends on their type; they may have any state."""


def state_problems(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """The states an element has and may not have (False), and those it lacks and must have (True)."""
    role = attributes.get("role", "").strip().lower()
    if name not in FIELDS:
        kind = role or IMPLICIT.get(name, "none")
        allowed = STATES.get(kind, frozenset() if kind.startswith("doc-") else None)
        if allowed is not None:
            yield from (
                (key, False)
                for key in attributes
                if key.startswith("aria-") and key not in GLOBAL and key not in allowed
            )
    yield from ((key, True) for key in REQUIRED.get(role, ()) if key not in attributes)
