"""States that assistive technology is told of, and the roles that have them.

Sources: WAI-ARIA 1.2, section 5.4 (roles) and 6 (states); ARIA in HTML; EPUBCheck RSC-005.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from newsexport.preflight.grammar import words

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
# What a role adds to the states that everything has.
STATES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        role: frozenset(f"aria-{name}" for name in words(states))
        for roles, states in {
            "alert application article banner complementary contentinfo definition directory document": "expanded",
            "feed figure form img link list log main marquee math navigation note region status": "expanded",
            "tabpanel term": "expanded",
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
                "ul ol menu dt dd img area figure body section nav article aside header footer main search form "
                "output"
            ),
            "region",
        ),
    }
)
FIELDS = frozenset({"input", "select"})
"""What fields are depends on their type; they may have any state."""


def state_problems(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """The states an element has and should not have (False), and those it must have and has not (True)."""
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
