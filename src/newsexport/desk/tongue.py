"""An article in its language: only what is in another one says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from newsexport.model import Article, Note, Span, Spans, respanned


def in_language(article: Article, language: str) -> Article:
    """The article in a language; a span that says the same of itself, as pages let all of them, says nothing.

    ``en`` says nothing new in an article in ``en-GB``, ``en-GB`` does in one in ``en``.
    """
    known = language.lower()

    def told(spans: Spans) -> Spans:
        if not any(span.language for span in spans):
            return spans
        return _joined(
            replace(span, language=None)
            if span.language and f"{known}-".startswith(f"{span.language.lower()}-")
            else span
            for span in spans
        )

    lead = replace(article.lead, caption=told(article.lead.caption)) if article.lead else None
    return replace(
        article,
        language=language,
        lead=lead,
        body=respanned(article.body, told),
        notes=tuple(Note(note.id, respanned(note.blocks, told)) for note in article.notes),
    )


def _joined(spans: Iterable[Span]) -> Spans:
    """Neighbours of the same look as one; a reading and a call stay by themselves."""
    made: list[Span] = []
    for span in spans:
        last = made[-1] if made else None
        alone = span.ruby is not None or span.note is not None
        if last is not None and not alone and replace(last, text="") == replace(span, text=""):
            made[-1] = replace(last, text=last.text + span.text)
        else:
            made.append(span)
    return tuple(made)
