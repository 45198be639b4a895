"""An edition of no more than so many bytes: pictures give way, words never do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsexport.artwork.image_limits import Fit
from newsexport.collecting.context import CollectingContext
from newsexport.collecting.pictures import prepared, reached, renamed, spooled
from newsexport.errors import NewsExportError
from newsexport.events import Lost, Report
from newsexport.model import Article, Media, figures, plain_blocks

# What a book needs besides its articles: fonts, cover, contents.
FIXED = 700_000
# Bytes of a compressed page for each character of its text; scripts of many letters take more.
BYTES_A_CHARACTER = 0.9

# Each step takes about half of what the step before left.
STEPS = ((0.75, 75), (0.5, 65), (0.35, 55), (0.25, 45), (0.15, 40))


def within(
    articles: Sequence[Article], most: int, means: CollectingContext, report: Report
) -> tuple[Article, ...]:
    """The articles with pictures made smaller, the largest first, until all fit; else left out, and told.

    The same picture stays the same in every article. `means.fit` is the form they have now.
    """
    text = sum(len(line) for article in articles for line in plain_blocks(article.body))
    left = most - FIXED - int(text * BYTES_A_CHARACTER)
    sizes = {media.name: len(media.data) for article in articles for media in article.media}
    pictures = {media.name: media for article in articles for media in article.media}
    smaller: dict[str, Media] = {}
    fit = means.fit or Fit()
    for scale, quality in STEPS:
        if sum(sizes.values()) <= left:
            break
        share = max(left, 0) / max(len(sizes), 1)
        step = replace(fit, width=int(fit.width * scale), height=int(fit.height * scale), quality=quality)
        for name in sorted(sizes, key=lambda each: (-sizes[each], each)):
            if sizes[name] > share:
                media = _smaller(pictures[name], step, means)
                if media is not None and len(media.data) < sizes[name]:
                    smaller[name], sizes[name] = media, len(media.data)
    dropped = _too_many(sizes, left)
    return tuple(_changed(article, smaller, dropped, report) for article in articles)


def _smaller(media: Media, fit: Fit, means: CollectingContext) -> Media | None:
    try:
        made = means.isolated.submit(prepared, media.data, fit, reached(means)).result()
    except (NewsExportError, OSError):
        return None
    return made and spooled(made, means.spool)


def _too_many(sizes: dict[str, int], left: int) -> frozenset[str]:
    """The largest pictures, as many as must go."""
    total = sum(sizes.values())
    dropped = []
    for name in sorted(sizes, key=lambda each: (-sizes[each], each)):
        if total <= left:
            break
        total -= sizes[name]
        dropped.append(name)
    return frozenset(dropped)


def _changed(article: Article, smaller: dict[str, Media], dropped: frozenset[str], report: Report) -> Article:
    for media in article.media:
        if media.name in dropped:
            report(
                Lost(
                    article.reference,
                    f"picture {media.name}: no room for it in the size asked for",
                    whole=False,
                    pictures=sum(figure.media == media.name for figure in figures(article)),
                )
            )
    kept = (smaller.get(media.name, media) for media in article.media if media.name not in dropped)
    named = {media.name: smaller.get(media.name, media).name for media in article.media}
    return renamed(replace(article, media=tuple(kept)), named)
