"""What a text must have for a pattern to be found in it, so that most patterns need not be searched for."""

from __future__ import annotations

import re

# A class or a group without others in it, an escape, a sign, or a letter that stands for itself.
PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|.", re.DOTALL)
OPTIONAL = frozenset("?*{")


def needed(pattern: str) -> tuple[str, ...]:
    r"""Runs of letters of which a text has one wherever the pattern matches; none where nothing is sure.

    Groups, classes and what may be missing are passed over, so a run is the longest of what surely stands
    there: ``gl.`` of ``\b[vV]gl\.``, ``Std.`` and ``Min.`` of ``Std\.|Min\.``.
    """
    runs: list[str] = []
    for pieces in _alternatives(PIECE.findall(pattern)):
        longest = max(_literals(pieces), key=len, default="")
        if not longest:
            return ()
        runs.append(longest)
    return tuple(runs)


def _alternatives(pieces: list[str]) -> list[list[str]]:
    """What stands between the bars of a pattern, a gap in the place of each group."""
    parts: list[list[str]] = [[]]
    depth = 0
    for piece in pieces:
        depth += piece == "("
        if depth == 0 and piece == "|":
            parts.append([])
        elif depth == 0:
            parts[-1].append(piece)
        elif depth == 1 and piece == ")":
            parts[-1].append("")
        depth -= piece == ")"
    return parts


def _literals(pieces: list[str]) -> list[str]:
    runs = [""]
    for piece, after in zip(pieces, [*pieces[1:], ""], strict=True):
        letter = piece[1:] if piece.startswith("\\") and not piece[1:].isalnum() else piece
        if len(letter) == 1 and after not in OPTIONAL and (letter != piece or letter not in ".^$+?*{}|"):
            runs[-1] += letter
            if after != "+":
                continue
        runs.append("")
    return runs
