"""Runs of text in which every sentence that is heard is an element of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from newsexport.exporters.html.inline import Setting, linked
from newsexport.model import Span, Spans, Table, plain
from newsexport.narration.following import Follower, HeardRange


@dataclass(frozen=True, slots=True)
class Following:
    """Sets what is heard of a page, in order. `named` gives the attributes of what is heard."""

    follower: Follower
    named: Callable[[HeardRange], str]

    def run(self, spans: Spans, setting: Setting) -> str:
        """A run with the sentences that are heard."""
        return stretched(spans, self.follower.stretches(plain(spans)), setting, self.named)

    def rows(self, table: Table, language: str) -> list[str]:
        """The attributes of each row of a table, which is said in other words than it is printed in."""
        from newsexport.narration.ruby import printed  # noqa: PLC0415 - few books are read aloud
        from newsexport.narration.script import rows_as_sentences  # noqa: PLC0415 - as above

        said = rows_as_sentences(replace(table, caption=()), language)
        found = (self.follower.stretches(printed(row)) for row in said)
        return [f" {self.named(one[0])}" if one else "" for one in found]


def stretched(
    spans: Spans, stretches: Sequence[HeardRange], setting: Setting, named: Callable[[HeardRange], str]
) -> str:
    """The run with each sentence or word that is heard in a ``span``, and nothing else changed.

    One that begins or ends within emphasis or a link parts that in two. `named` gives its attributes.
    """
    ends = [end for one in stretches for end in (one.begin, one.end)]
    between, *pairs = _cut(spans, ends)
    parts = [linked(between, setting)]
    for one, inside, after in zip(stretches, pairs[::2], pairs[1::2], strict=True):
        parts.append(f"<span {named(one)}>{linked(inside, setting)}</span>{linked(after, setting)}")
    return "".join(parts)


def _cut(spans: Spans, ends: Sequence[int]) -> list[Spans]:
    """A run cut at so many characters from its beginning, with one piece more than cuts.

    A call of a note, which has no characters, stays with what stands before it.
    """
    pieces: list[list[Span]] = [[] for _ in range(len(ends) + 1)]
    number, at = 0, 0
    for span in spans:
        if not span.text:
            pieces[number].append(span)
        begin = 0
        while begin < len(span.text):
            while number < len(ends) and ends[number] <= at + begin:
                number += 1
            end = min(len(span.text), ends[number] - at) if number < len(ends) else len(span.text)
            ruby = span.ruby if end - begin == len(span.text) else None
            note = span.note if end == len(span.text) else None
            pieces[number].append(replace(span, text=span.text[begin:end], ruby=ruby, note=note))
            begin = end
        at += len(span.text)
    return [tuple(piece) for piece in pieces]
