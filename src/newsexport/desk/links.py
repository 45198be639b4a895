"""Addresses inside an article as a reader would pass them on: without what follows readers around."""

from __future__ import annotations

from dataclasses import replace

from newsexport.addresses import canonical, is_web, unwrapped
from newsexport.model import Article, Note, Spans, called_notes, respanned


def cleaned(article: Article) -> Article:
    """The article with its own address and every link free of trackers and redirectors.

    Notes that nothing calls any more, because what called them was left out, go with it.
    """
    lead = replace(article.lead, caption=_spans(article.lead.caption)) if article.lead else None
    return replace(
        article,
        url=canonical(unwrapped(article.url)) if article.url else None,
        lead=lead,
        body=respanned(article.body, _spans),
        notes=tuple(Note(note.id, respanned(note.blocks, _spans)) for note in called_notes(article)),
    )


def _spans(spans: Spans) -> Spans:
    if not any(span.href for span in spans):
        return spans
    return tuple(replace(span, href=_link(span.href)) if span.href else span for span in spans)


def _link(href: str) -> str:
    """The link without trackers; its place on the page is kept."""
    if not is_web(href):
        return href
    address, hash_, fragment = unwrapped(href).partition("#")
    return canonical(address) + (hash_ + fragment if fragment and not fragment.startswith(":~:") else "")
