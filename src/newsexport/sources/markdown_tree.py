"""The tokens of a Markdown parser as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(slots=True)
class Node:
    """A token, and what stands between it and its closing, or is its text.

    The parser's own tree also points upwards; to build and to free such rings takes half
    as long as all the parsing.
    """

    token: Token
    type: str
    children: list[Node] = field(default_factory=list)

    @property
    def tag(self) -> str:
        """The name of its element in HTML."""
        return self.token.tag

    @property
    def attrs(self) -> Mapping[str, str | int | float]:
        """The attributes of its element."""
        return self.token.attrs

    @property
    def content(self) -> str:
        """The text of a token that has no children."""
        return self.token.content

    @property
    def info(self) -> str:
        """What stands behind the fence of code."""
        return self.token.info

    @property
    def meta(self) -> dict[str, Any]:
        """What plug-ins of the parser know."""
        return self.token.meta

    def walk(self) -> Iterator[Node]:
        """This and everything below it, in the order of the text."""
        ahead = [self]
        while ahead:
            node = ahead.pop()
            yield node
            ahead.extend(reversed(node.children))


def tree(tokens: Iterable[Token]) -> Node:
    """The tokens below a root of the type ``root``, by what they are inside of."""
    from markdown_it.token import Token  # noqa: PLC0415 - whoever has tokens has imported it

    root = Node(Token("root", "", 0), "root")
    around = [root.children]
    for token in tokens:
        if token.nesting < 0:
            around.pop()
            continue
        node = Node(token, token.type.removesuffix("_open"))
        if token.children:
            node.children = tree(token.children).children
        around[-1].append(node)
        if token.nesting:
            around.append(node.children)
    return root
