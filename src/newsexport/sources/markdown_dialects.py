"""What is written in Markdown beyond CommonMark: formulas, links between notes, marked words, tasks.

Formulas as pandoc has them; the others as Obsidian, Logseq and GitHub do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsexport.events import Cause, omit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

LINKED = re.compile(
    r"!?\[\[(?P<target>[^\[\]|#^]*)(?:[#^](?P<place>[^\[\]|]*))?(?:\\?\|(?P<label>[^\[\]]*))?\]\](?![(:\[])"
)
PICTURE = re.compile(r"(?i)\.(?:png|jpe?g|gif|webp|avif|svg|bmp|heic)$")
SIZED = re.compile(r"\d+(?:x\d+)?")
MARKED = re.compile(r"==(?=[^\s=])(?P<words>[^\n]+?)(?<=[^\s=])==(?!=)")
HIDDEN = re.compile(r"%%[^%]+%%|(?P<call>\{\{(?:<[^{}]*>|%[^{}]*%)\}\})")
ANCHOR = re.compile(r"\s\^[A-Za-z][\w-]*\s*$")
TASK = re.compile(r"\[(?P<done>[ xX])\]\s+")
OPEN, DONE = "☐", "☑"
# A formula has such a sign, or is one letter; what begins with a figure may be a sum of money before another.
FORMULA = re.compile(
    r"\$\$(?P<displayed>[^$]+)\$\$"
    r"|\$(?=\S)(?=[^$\n]*\\|(?!\d)[^$\n]*[\^_={}<>]|[^\W\d]\$)(?P<inline>(?:\\.|[^$\\\n])+)(?<=\S)\$(?!\d)"
)


def taught(parser: MarkdownIt) -> MarkdownIt:
    """The parser with all of this."""
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415 - it is the parser's

    dollarmath_plugin(
        parser, allow_labels=False, allow_space=False, allow_digits=False, allow_blank_lines=False
    )
    parser.inline.ruler.at("math_inline", _formula)
    parser.inline.ruler.before("link", "note_link", _note_link)
    parser.inline.ruler.before("link", "marked", _marked)
    parser.inline.ruler.before("link", "hidden", _hidden)
    parser.core.ruler.after("inline", "tasks", _tasks)
    parser.core.ruler.after("inline", "displayed", _displayed)
    return parser


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    found = FORMULA.match(state.src, state.pos, state.posMax)
    if found is None or state.src[state.pos - 1 : state.pos].isalnum():
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = (found["displayed"] or found["inline"]).strip()
    state.pos = found.end()
    return True


def _note_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    found = LINKED.match(state.src, state.pos)
    if found is None or (found["target"].isdecimal() and not found["label"]):
        return False
    target, label = found["target"].strip(), (found["label"] or "").strip()
    if not silent:
        if state.src[state.pos] == "!" and PICTURE.search(target):
            token = state.push("image", "img", 0)
            token.attrs = {"src": target}
            token.content = "" if SIZED.fullmatch(label) else label
        else:
            place = (found["place"] or "").strip()
            state.push("text", "", 0).content = label or " › ".join(filter(None, (target, place)))
    state.pos = found.end()
    return True


def _marked(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    found = MARKED.match(state.src, state.pos, state.posMax)
    if found is None or _in_a_word(state, found.end()):
        return False
    if not silent:
        end, state.pos, state.posMax = state.posMax, found.start("words"), found.end("words")
        state.push("mark_open", "mark", 1)
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
        state.posMax = end
    state.pos = found.end()
    return True


def _hidden(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    found = HIDDEN.match(state.src, state.pos)
    if found is None or (not found["call"] and _in_a_word(state, state.pos)):
        return False
    if found["call"] and not silent:
        omit("of programs that make pages", Cause.FORMAT, "call")
    state.pos = found.end()
    return True


def _in_a_word(state: StateInline, end: int) -> bool:
    """Whether what begins here goes on in the word before it or behind its end: ``a==b``, ``100%%``."""
    return any(map(str.isalnum, state.src[max(state.pos - 1, 0) : state.pos] + state.src[end : end + 1]))


def _displayed(state: StateCore) -> None:
    """Formulas that stand by themselves as paragraphs of one formula."""
    from markdown_it.token import Token  # noqa: PLC0415 - whoever has tokens has imported it

    for at in [at for at, token in enumerate(state.tokens) if token.type == "math_block"][::-1]:
        inside = Token("math_inline", "math", 0, content=state.tokens[at].content.strip())
        state.tokens[at : at + 1] = [
            Token("paragraph_open", "p", 1),
            Token("inline", "", 0, children=[inside]),
            Token("paragraph_close", "p", -1),
        ]


def _tasks(state: StateCore) -> None:
    """Boxes for the tasks of a list, and no names of blocks at their ends."""
    for at, token in enumerate(state.tokens):
        texts = [each for each in token.children or () if each.type == "text"]
        if token.type != "inline" or not texts:
            continue
        texts[-1].content = ANCHOR.sub("", texts[-1].content)
        first = at > 1 and state.tokens[at - 2].type == "list_item_open"
        if first and token.children and token.children[0] is texts[0] and (task := TASK.match(token.content)):
            texts[0].content = TASK.sub(
                f"{OPEN if task['done'] == ' ' else DONE} ", texts[0].content, count=1
            )
