"""What stands around the body of an article: byline, date, standfirst, footer.

Newspapers call it furniture. It is found the same way in plain text and in Markdown, by
rules that would rather miss some than take a sentence of the article for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from newsexport.model import Article, Block, Heading, Listing, Paragraph, plain, plain_blocks
from newsexport.sources.boilerplate import credit, is_boilerplate
from newsexport.sources.dates import parse_date

# "By" as it stands before names, and the small words inside names.
BYLINE = re.compile(
    r"(?:By|by|BY|Von|Par|Por|Di|Door|Av|Af|Autor|Author|Автор|מאת|بقلم)\s*:?\s+(?P<names>[^.!?]{2,90}?)\.?"
)
JOINT = re.compile(r"\s+(?:and|&|und|et|y|e|en|och|og|и)\s+")
SMALL = frozenset(
    {"de", "del", "di", "da", "dos", "van", "von", "der", "den", "ter", "al", "bin", "ibn", "la", "le", "du"}
)
DATED = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated)|veröffentlicht|publié)?(?: on)?:?\s*(?P<date>.+)",
    re.IGNORECASE,
)

# A standfirst restates: most of its longer words come back in what follows.
LONGEST_STANDFIRST = 200
RESTATED = 0.5


def furnished(article: Article) -> Article:
    """The article with its furniture lifted out of the body and into its fields."""
    article = _without_footer(article)
    article = _without_byline(article)
    return article if article.standfirst else _with_standfirst(article)


def _without_footer(article: Article) -> Article:
    """Boilerplate goes wherever it stands, a line of credit where the article ends."""
    body = _without_related(article.body)
    kept = [
        block for block in body if not (isinstance(block, Paragraph) and is_boilerplate(plain(block.spans)))
    ]
    links = [link for block in body if block not in kept for link in _links(block)]
    named, url = "", None
    while kept and isinstance(last := kept[-1], Paragraph):
        found = credit(plain(last.spans))
        if found is None:
            break
        kept.pop()
        links = list(_links(last)) + links
        is_address = found.startswith(("http://", "https://"))
        url = found if is_address else url
        named = named if is_address else found or named
    # Only a line of credit leads to the article itself; "read more" may lead anywhere.
    if len(kept) < len(body) and url is None and len(set(links)) == 1:
        url = links[0]
    return replace(article, body=tuple(kept), url=article.url or url, site=article.site or named or None)


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
    """The lines right below the headline that are names or a date; a standfirst may stand above them."""
    lines = list(takewhile(lambda block: isinstance(block, Paragraph), article.body[:4]))
    body = list(article.body)
    for line in lines:
        text = plain(line.spans).strip() if isinstance(line, Paragraph) else ""
        names = () if article.byline else byline(text)
        dated = DATED.fullmatch(text) if len(text) < 60 and not article.published else None
        moment = parse_date(dated["date"]) if dated else None
        if names or moment:
            article = replace(article, byline=names or article.byline, published=moment or article.published)
            body.remove(line)
    return replace(article, body=tuple(body))


def byline(text: str) -> tuple[str, ...]:
    """The names in a line such as ``By Ada Fenn and Bo Lind``; none when it is something else."""
    found = BYLINE.fullmatch(text)
    if not found:
        return ()
    parts = [part.strip(" ,") for part in JOINT.split(found["names"])]
    if len(parts) > 1:
        parts = [name.strip() for part in parts for name in part.split(",")]
    return tuple(parts) if all(_is_name(part.split(",")[0]) for part in parts) else ()


def _is_name(text: str) -> bool:
    words = text.split()
    if not words or len(words) > 6:
        return False
    if not all(word.lower() in SMALL or not word[0].islower() for word in words):
        return False
    return (len(words) > 1 or text.isupper()) and not any(character.isdecimal() for character in text)


def _with_standfirst(article: Article) -> Article:
    paragraphs = list(takewhile(lambda block: isinstance(block, Paragraph), article.body[:7]))
    texts = [plain(block.spans) for block in paragraphs if isinstance(block, Paragraph)]
    if not is_standfirst(texts):
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
    if len(first) > min(LONGEST_STANDFIRST, 0.8 * len(following[0])) or not _is_one_sentence(first):
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
    if len(text) <= limit:
        return text
    return (text[:limit].rsplit(" ", 1)[0] or text[:limit]).rstrip(" ,;:–—-") + "…"


def headline_of(body: Sequence[Block]) -> str:
    """A headline for an article without one: its first words."""
    return shortened(next((text for text in plain_blocks(body) if text.strip()), ""))
