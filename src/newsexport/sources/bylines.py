"""What stands around the body of an article in plain text and Markdown: byline, date, standfirst, footer.

It is found by rules that would rather miss some than take a sentence of the article for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from newsexport.model import Article, Block, Heading, Listing, Paragraph, Span, plain, plain_blocks
from newsexport.text.boilerplate import credit, is_boilerplate
from newsexport.text.counting import extent, first_words, is_unspaced
from newsexport.text.dates import parse_date
from newsexport.text.people import BY, LONGEST, is_name, people_in
from newsexport.text.printed_notes import with_printed_notes

DATED = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated)|veröffentlicht|publié)?(?: on)?:?\s*(?P<date>.+)",
    re.IGNORECASE,
)

# A standfirst restates: most of its longer words come back in what follows.
LONGEST_STANDFIRST = 200
RESTATED = 0.5


def fields_lifted(article: Article) -> Article:
    """The article with its byline, standfirst and footer lifted out of the body and into its fields."""
    body, notes = with_printed_notes(tuple(article.body), article.notes)
    article = _without_footer(replace(article, body=body, notes=notes))
    article = _without_byline(article)
    return article if article.standfirst else _with_standfirst(article)


def _without_footer(article: Article) -> Article:
    """Boilerplate goes wherever it stands, a line of credit where the article ends.

    An address in a line of credit is the article's own. One that boilerplate links to is,
    when it is the only one; two may lead anywhere.
    """
    kept: list[Block] = []
    linked: set[str] = set()
    for block in _without_related(article.body):
        if isinstance(block, Paragraph) and is_boilerplate(plain(block.spans)):
            linked.update(_links(block))
        else:
            kept.append(block)
    url = site = None
    while kept and isinstance(last := kept[-1], Paragraph):
        named = credit(plain(last.spans))
        if named is None:
            break
        if named.startswith(("http://", "https://")):
            url = named
        else:
            site = named or site
        linked.update(_links(last))
        kept.pop()
    url = url or (linked.pop() if len(linked) == 1 else None)
    return replace(article, body=tuple(kept), url=article.url or url, site=article.site or site)


def _without_related(body: Sequence[Block]) -> Sequence[Block]:
    """Without a last list that stands under "Related articles" or the like."""
    if len(body) > 1 and isinstance(body[-1], Listing):
        label = body[-2]
        if isinstance(label, Paragraph | Heading) and is_boilerplate(plain(label.spans)):
            return body[:-2]
    return body


def _links(block: Block) -> list[str]:
    return [span.href for span in block.spans if span.href] if isinstance(block, Paragraph) else []


def _without_byline(article: Article) -> Article:
    """The paragraphs right below the headline that are names or a date; a standfirst may come first."""
    names, moment = article.byline, article.published
    opening: list[Block] = []
    for block in article.body[:4]:
        found = _credentials(plain(block.spans), article.language) if isinstance(block, Paragraph) else None
        if found is None:
            opening.append(block)
        else:
            names, moment = names or found[0], moment or found[1]
    return replace(article, body=(*opening, *article.body[4:]), byline=names, published=moment)


def _credentials(text: str, language: str) -> tuple[tuple[str, ...], datetime | None] | None:
    """The names and the date a paragraph consists of, line by line; None when it is anything more."""
    names: tuple[str, ...] = ()
    moment = None
    for line in text.split("\n"):
        dated = DATED.fullmatch(line) if len(line) < 60 else None
        when = parse_date(dated["date"], language) if dated else None
        named = byline(line)
        if not when and not named:
            return None
        names, moment = names + named, moment or when
    return names, moment


def byline(text: str) -> tuple[str, ...]:
    """The names in a line such as ``By Ada Fenn and Bo Lind``; none when it is something else."""
    bare = BY.sub("", text, count=1)
    if bare == text or len(bare) > LONGEST or re.search(r"[.!?]\s+\S+\s+\S", bare) or "\n" in text:
        return ()
    people = people_in(bare)
    if len(people) == 1 and bare.startswith(f"{people[0]}, "):
        return (bare.rstrip(" ."),)  # whoever wrote the file wrote what she is
    return people if all(is_name(person.split(",")[0]) for person in people) else ()


def _with_standfirst(article: Article) -> Article:
    """Emphasis and links are kept in the body: a standfirst is plain text in our model."""
    if not all(isinstance(block, Paragraph) for block in article.body[:3]):
        return article
    texts = [plain(block.spans) for block in article.body[:9] if isinstance(block, Paragraph)]
    if not is_standfirst(texts) or article.body[0] != Paragraph((Span(texts[0]),)):
        return article
    return replace(article, standfirst=" ".join(texts[0].split()), body=article.body[1:])


def is_standfirst(texts: Sequence[str]) -> bool:
    """Whether the first of some paragraphs stands apart from the others, as a standfirst does.

    It is one sentence, at most 200 characters and four fifths of the next paragraph; at
    least two paragraphs follow; it opens with neither a quotation nor a place
    ("OLDHAVEN — "); and half of its longer words come back in what follows, because the
    first paragraph of the article proper tells the news again, where an ordinary opening
    is only told once.
    """
    if len(texts) < 3:
        return False
    first, following = texts[0].strip(), texts[1:]
    if extent(first) > min(LONGEST_STANDFIRST, 0.8 * extent(following[0])) or not _is_one_sentence(first):
        return False
    if re.match(r"[\"'“‘«„(\[]|[A-Z][A-Z .]{2,}.{0,30}[—–-]\s", first) or first.endswith((":", ",", ";")):
        return False
    words = _longer_words(first)
    restated = words & _longer_words(" ".join(following))
    return len(words) >= 3 and len(restated) >= RESTATED * len(words)


def _longer_words(text: str) -> set[str]:
    """Beginnings of the words of four letters and more, so that "tram" is found in "trams"."""
    return {word[:5].rstrip("s") for word in re.findall(r"\w{4,}", text.lower())}


def _is_one_sentence(text: str) -> bool:
    from sentencex import segment  # noqa: PLC0415 - only asked of short first paragraphs

    return "\n" not in text and len(list(segment("en", text))) == 1


def shortened(text: str, limit: int = 100) -> str:
    """The first words of a text, for an article that has no headline."""
    text = " ".join(text[: 4 * limit].split())
    if extent(text) <= limit:
        return text
    if is_unspaced(text):
        return first_words(text) + "…"
    return (text[:limit].rsplit(" ", 1)[0] or text[:limit]).rstrip(" ,;:–—-") + "…"


def headline_of(body: Sequence[Block]) -> str:
    """A headline for an article without one: its first words."""
    return shortened(next((text for text in plain_blocks(body) if text.strip()), ""))
