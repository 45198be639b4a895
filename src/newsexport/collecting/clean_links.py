"""What a reader is trusted with and an edition is not: the secrets in the addresses that were asked for.

An address such as ``https://paper.example.org/feed?token=…`` is its owner's alone. What is read
there names it again: as where an article was published, as part of its guid, in its links.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from newsexport.model import Article, Note, Span, Spans, called_notes, hrefs, respanned, reworded
from newsexport.text.addresses import canonical, is_web, secret_parts, unwrapped, without_parts


@dataclass(frozen=True, slots=True)
class SecretRemover:
    """Leaves those parameters out of articles, each as it stands in an address: ``token=…``."""

    parts: frozenset[str]

    @classmethod
    def about(cls, references: Iterable[str]) -> SecretRemover:
        """As far as the references that somebody asked for have secrets."""
        return cls(frozenset().union(*map(secret_parts, references)))

    def kept(self, article: Article) -> Article:
        """The article with nothing in it that the references keep secret."""
        if not self.parts:
            return article
        return replace(
            article,
            url=self._without(article.url) if article.url else None,
            guid=self._without(article.guid),
            body=reworded(article, self._discreet),
            notes=tuple(
                replace(note, blocks=respanned(note.blocks, self._discreet)) for note in article.notes
            ),
        )

    def _discreet(self, spans: Spans) -> Spans:
        return tuple(replace(span, href=self._without(span.href)) if span.href else span for span in spans)

    def _without(self, address: str) -> str:
        return without_parts(address, self.parts)


# Addresses inside an article as a reader would pass them on: without what follows readers around.


def cleaned(article: Article) -> Article:
    """The article with its own address and every link free of trackers and redirectors.

    Notes that nothing calls any more, because what called them was left out, go with it.
    """
    lead = replace(article.lead, caption=_spans(article.lead.caption)) if article.lead else None
    return replace(
        article,
        url=canonical(unwrapped(article.url)) if article.url else None,
        lead=lead,
        body=article.body
        if all(_link(href) == href for href in hrefs(article))
        else reworded(article, _spans),
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


# An article in its language: only what is in another one says so.


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
        body=reworded(article, told),
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
