"""What all feeds have in common: from the item of a feed to an article, or to where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from newsexport.events import ARTICLE, Cause, omit
from newsexport.extraction.site_names import without_site_behind
from newsexport.model import Article, Block, Figure, Note, Paragraph, figures, plain, plain_blocks
from newsexport.protocols import Entry
from newsexport.text.addresses import absolute, is_web
from newsexport.text.counting import first_words, word_count
from newsexport.text.dates import dated
from newsexport.text.languages import is_tag
from newsexport.text.people import people_in
from newsexport.text.plaintext import storable

# From here on a text is taken for the whole article unless it says otherwise: calibre
# takes 2,000 characters as the mean of a feed that has its articles in it.
WHOLE = 250  # words

UNIQUE = re.compile(r"(?i)(?:https?|tag|urn):|[0-9a-f]{8}-[0-9a-f-]{27}$")
CUT = re.compile(
    r"(?i)(?:\[\s*(?:…|\.\.\.|&hellip;)\s*\]|…|\.\.\."
    r"|(?:(?:continue )?reading|(?:read )?more|weiterlesen|lire la suite|leer más)[^.!?]{0,80}[→»›>…]?)\s*$"
)
FOOTER = re.compile(r"(?i)^the post .{1,300} (?:first )?appeared first on .{1,100}$")
# What counts readers, by its host or by the whole of its path: "/pixel-9-review.jpg" is a photograph.
PIXEL = re.compile(
    r"(?i)^(?:https?:)?//(?:[\w-]+\.)*(?:feedburner\.com/~|feedsportal\.com/|doubleclick\.net/|stats\.wordpress\.com/"
    r"|pixel\.wp\.com/)|/(?:pixel|b|ad)(?:\.(?:gif|png))?/?(?:[?#]|$)|/rss/share"
)
MOST = 5000
# So many blocks from the end of a text are looked at for what asks to subscribe, to read on.
ENDING = 5


class Content(StrEnum):
    """Where the article of an item is taken from."""

    AUTO = "auto"
    FEED = "feed"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, and where it was found."""

    title: str = ""
    address: str = ""
    link: str = ""
    language: str = ""
    section: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item as it stands in its feed: texts may be HTML, addresses relative.

    `enclosed` are the types of what else it brings, which is no text.
    """

    title: str = ""
    link: str = ""
    guid: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    content: str = ""
    summary: str = ""
    language: str = ""
    picture: str = ""
    base: str = ""
    site: str = ""
    enclosed: tuple[str, ...] = ()


def content_of(address: str, usual: str, of: Mapping[str, str]) -> Content:
    """Where the articles of the feed at an address are taken from; the longest matching beginning counts."""
    begins = max((beginning for beginning in of if address.startswith(beginning)), key=len, default=None)
    return Content(usual if begins is None else of[begins])


def items_of(feed: Feed, items: Iterable[FeedItem], content: Content) -> Iterator[Article | Entry]:
    """Each item once, in order; of those with the same identity the last counts, in the first's place.

    The section is that of the list the feed stands in, else the title of the feed.
    """
    found: dict[str, Article | Entry] = {}
    items = iter(items)
    for number, item in zip(range(MOST), items, strict=False):
        article = _article(feed, item)
        if article is None:
            omit("with nothing in it", Cause.EMPTY, ARTICLE)
            continue
        for kind in item.enclosed:
            omit(f"of feeds, which are no text ({storable(kind)[:60]})", Cause.FORMAT, "attachment")
        identity = article.guid or article.url or f"{number} {article.id}"
        if identity in found:
            omit("given again by the same feed", Cause.EMPTY, ARTICLE)
        found[identity] = _placed(article, content)
    omit(f"beyond the {MOST} of one feed that are taken", Cause.LIMIT, ARTICLE, sum(1 for _ in items))
    yield from found.values()


def _article(feed: Feed, item: FeedItem) -> Article | None:
    from newsexport.markup import text  # noqa: PLC0415 - loads the parser

    base = next((url for url in (feed.link, feed.address, item.base) if is_web(url)), "")
    url = _address(item.link, base) or (item.guid if is_web(item.guid) else "")
    whole, notes = _body(item.content or item.summary, _address(item.base, base or url) or url or base)
    body = _without_wall(whole)
    title = without_site_behind(text(item.title), (text(feed.title), item.site))
    if not title and not body and not url:
        return None
    article = Article(
        title=title or first_words(" ".join(plain_blocks(body))) or _shown(body) or url or text(feed.title),
        body=body,
        standfirst=_standfirst(text(item.summary) if item.content else "", body),
        byline=tuple(dict.fromkeys(person for name in item.authors for person in people_in(text(name)))),
        published=dated(item.published) if item.published else None,
        section=feed.section or text(feed.title),
        url=url or None,
        site=text(feed.title) or None,
        reference=url or feed.reference,
        language=next((tag for tag in (item.language, feed.language) if tag and is_tag(tag)), ""),
        guid=_identity(item.guid, feed),
        notes=notes,
        partial=body != whole or _is_cut(body),
    )
    picture = _address(item.picture, base)
    shown = picture and next(figures(article), None) is None
    return replace(article, lead=Figure(picture)) if shown else article


def _shown(body: tuple[Block, ...]) -> str:
    """What the first picture shows."""
    return next((block.alt for block in body if isinstance(block, Figure) and block.alt), "")


def _identity(guid: str, feed: Feed) -> str:
    """The guid; one that only means something inside its feed, with the feed's address."""
    return guid if not guid or UNIQUE.match(guid) else f"{feed.address}#{guid}"


def _address(link: str, base: str) -> str:
    address = absolute(base, link)
    return address if link and is_web(address) else ""


def _body(html: str, base: str) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The content as blocks, without what feeds put below their items."""
    from newsexport.markup import MarkupError, blocks_and_notes, parse, prepared  # noqa: PLC0415 - loads the parser

    if not html.strip():
        return (), ()
    try:
        found, notes = blocks_and_notes(prepared(parse(f"<html><body>{html}</body></html>"), base), base)
    except MarkupError:
        return (), ()
    return tuple(block for block in found if not _is_footer(block)), notes


def _without_wall(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The content without lines at its end behind which the rest is hidden."""
    from newsexport.extraction.refusing import without_wall  # noqa: PLC0415 - loads the parser

    kept, _ = without_wall(body[-ENDING:])
    return body[:-ENDING] + kept


def _is_cut(body: tuple[Block, ...]) -> bool:
    return any(CUT.search(text) for text in list(plain_blocks(body))[-1:])


def _is_footer(block: Block) -> bool:
    match block:
        case Paragraph(spans):
            return FOOTER.match(plain(spans).strip()) is not None
        case Figure(media) if PIXEL.search(media):
            omit("only telling who reads", Cause.EMPTY)
            return True
        case _:
            return False


def _standfirst(summary: str, body: tuple[Block, ...]) -> str:
    """The summary beside a full content, unless it is only how that begins, or was cut off."""
    if not summary or len(summary) > 400 or CUT.search(summary):
        return ""
    opening = " ".join(" ".join(plain_blocks(body)).split())
    return "" if summary[:60] in opening[:2000] else summary


def _placed(article: Article, content: Content) -> Article | Entry:
    """The article itself when the feed has it whole, or where it is; one cut short is marked as partial."""
    if article.url is None or content is Content.FEED:
        return article
    if content is Content.AUTO and _is_whole(article):
        return article
    return Entry(article.url, replace(article, partial=bool(article.body)))


def _is_whole(article: Article) -> bool:
    return not article.partial and word_count(article) >= WHOLE
