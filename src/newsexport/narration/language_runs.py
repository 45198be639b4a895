"""A paragraph in several languages, parted where another voice should take over."""

from __future__ import annotations

from itertools import groupby

from newsexport.model import Span, Spans
from newsexport.text.languages import is_tag, primary

# What a sentence may end with, and what may come behind that.
ENDS = frozenset(".!?…:;。！？؟।")
CLOSING = "\"'”’»«›)]】」』 \u00a0\n\t"
OPENING = "\"'“‘«»„‹([【「『 \u00a0\n\t"


def stretches(spans: Spans, language: str) -> list[tuple[Spans, str]]:
    """The run in stretches of one language each, in order, nothing lost.

    Another language is a stretch of its own when it is whole sentences: it begins where a
    sentence may and ends where one does. A foreign phrase within a sentence stays with it.
    """
    runs = [(tuple(run), tag) for tag, run in groupby(spans, key=lambda span: _language(span, language))]
    parted: list[tuple[Spans, str]] = []
    for number, (run, tag) in enumerate(runs):
        before = "".join(span.text for each, _ in runs[:number] for span in each)
        rest = "".join(span.text for each, _ in runs[number + 1 :] for span in each)
        spoken_in = tag if tag == language or _is_whole(before, _text(run), rest) else language
        if parted and parted[-1][1] == spoken_in:
            parted[-1] = ((*parted[-1][0], *run), spoken_in)
        else:
            parted.append((run, spoken_in))
    return parted


def _language(span: Span, language: str) -> str:
    """The span's own language where it is another; punctuation between goes with the text."""
    own = span.language or ""
    return own if is_tag(own) and primary(own) != primary(language) else language


def _text(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def _is_whole(before: str, text: str, after: str) -> bool:
    """Whether a text is whole sentences where it stands."""
    begins = before.rstrip(OPENING)
    ends = text.rstrip(CLOSING)
    return (
        any(map(str.isalnum, text))
        and (not begins or begins[-1] in ENDS)
        and (not any(map(str.isalnum, after)) or (ends != "" and ends[-1] in ENDS))
    )
