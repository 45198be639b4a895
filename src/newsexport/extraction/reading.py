"""A page to an article: found, turned into blocks, trimmed, judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from newsexport.errors import SourceError
from newsexport.extraction.assembling import assembled
from newsexport.extraction.bare_pages import is_bare, whole_body
from newsexport.extraction.candidates import numbers
from newsexport.extraction.carried import CarriedArticle, carried
from newsexport.extraction.feeds import NamedFeed, feeds_in, in_words
from newsexport.extraction.finding import Hearing, article_in, heard
from newsexport.extraction.fronts import Front, front, is_list_of_links, leads_to_stories
from newsexport.extraction.measuring import ENDINGS, STOPS, inner_text, link_density
from newsexport.extraction.metadata import PageMetadata, about, author_marks
from newsexport.extraction.opinions import NO_OPINION, trafilatura_opinion
from newsexport.extraction.refusing import (
    HARDLY_ANY,
    likeliest,
    named_by,
    refusal,
    shell_of,
    without_banner,
    without_wall,
    words_of,
)
from newsexport.extraction.rules import Rules, rules_for
from newsexport.extraction.site_names import folded
from newsexport.markup import MarkupError, blocks, blocks_and_notes, levelled, lifted, parse, prepared
from newsexport.markup.parsing import Element, decoded
from newsexport.markup.preparing import drop, is_placeholder
from newsexport.model import (
    Article,
    Block,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Rule,
    called_notes,
    figures,
    plain,
    plain_blocks,
    with_notes,
)
from newsexport.protocols import Continued, Entry, Resource
from newsexport.text.addresses import absolute, is_web, redacted, same_story_key
from newsexport.text.boilerplate import is_boilerplate, is_closing
from newsexport.text.counting import extent, first_words, most_words
from newsexport.text.dates import dates_in, month_in, parse_date
from newsexport.text.people import BY, is_byline
from newsexport.text.plaintext import beginnings

FEWEST_CHARACTERS = 140
# So many letters, as a sentence, make a story in brief.
BRIEF = 40
MOSTLY_LINKS = 0.85
ALIKE = 0.85
BROKEN_OFF = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\])\W*$")
EARLY = 6  # blocks
# Only behind so many blocks is there anything that closes an article; letters of a longest biography.
LEAST_BEFORE, BIOGRAPHY = 4, 600
# A line of who wrote and when has at most so many letters, one of names and places fewer.
LONGEST_BYLINE, BESIDE_NAMES = 160, 80
# A line that is mostly figures, and as many, is a day with its time.
LEAST_FIGURES = 6
FIGURE, YEAR = re.compile(r"\d"), re.compile(r"(?:19|20)\d\d")
REPORTED = re.compile(r"\breport(?:ed|s) (?:this \w+ )?from\b")


def read_page(resource: Resource, rules: Path | None = None) -> Article | Continued | Entry:
    """The article of a page, or of the front of a site the feed that the page names, if that is one.

    The rules of its site hold where the folder `rules` has any.

    Raises:
        SourceError: there is none; with the reason, and the feeds there are.
    """
    try:
        root = assembled(parse(resource.data, resource.media_type))
        _alive = list(root.iter())  # else lxml makes an object of each element whenever it is met
        said = about(root, resource.address)
        own = rules_for(urlsplit(said.url or resource.address).hostname or "", rules) if rules else Rules()
        if own.lines:
            root = assembled(parse(own.rewritten(decoded(resource.data, resource.media_type))))
            said = _ruled(about(root, resource.address), own, root)
    except MarkupError as error:
        raise SourceError(resource.reference, str(error)) from error
    base = resource.address or said.url
    feeds, fronts = feeds_in(root, base), Front.NO if said.is_article else front(root, base, said.names)
    if feeds and not own.lines and fronts is Front.YES:
        return _feed_of(feeds, resource, "holds no article: it is the front page of a site")
    bare = not (own.lines or said.body) and is_bare(root)
    second = NO_OPINION if bare else trafilatura_opinion(root)
    apart = _ready(root, said, own, base)
    headline, found = _headline(root), whole_body(root) if bare else own.body(root)
    found = article_in(root, second, said) if found is None else found
    whole, notes = blocks_and_notes(found, apart=apart, language=said.language)
    body, notes = with_notes(without_banner(trimmed(whole, said), headline), notes)
    none = _why_none(body, found, root, said, resource)
    if (none or _is_teaser(body, said)) and (held := _carried(none, fronts, said, resource)).body:
        said = replace(said, byline=said.byline or held.byline, published=said.published or held.published)
        body, notes, none = trimmed(held.body, said), (), None
    if none:
        return _instead(feeds, fronts, resource, none)
    return _with_next_page(replace(_article(body, said, resource), notes=notes), said, resource)


def _with_next_page(article: Article, said: PageMetadata, resource: Resource) -> Article | Continued:
    """The article with the notes that it calls, and where it goes on, if it does."""
    article = replace(article, notes=called_notes(article))
    following = _next_page(said, resource)
    return Continued(article, following) if following else article


def _ready(root: Element, said: PageMetadata, own: Rules, base: str) -> dict[str, Element]:
    """Bring the page into the state in which its article is looked for; gives the notes taken out of it."""
    own.stripped(prepared(root, base))
    for mark in author_marks(root):
        _drop_byline(mark, said)
    return lifted(root, base)  # now, because lists of notes look like what an article is cleaned of


def hearing_of(resource: Resource, *, second: bool = True) -> Hearing:
    """All that may be of the article of a page, with what speaks for and against it. Raises `MarkupError`."""
    root = assembled(parse(resource.data, resource.media_type))
    said = about(root, resource.address)
    opinion = trafilatura_opinion(root) if second else NO_OPINION
    _ready(root, said, Rules(), resource.address or said.url)
    return heard(root, opinion, said)


def _carried(none: NoArticle | None, fronts: Front, said: PageMetadata, resource: Resource) -> CarriedArticle:
    """What the scripts of a page carry of its article; a wall or a front may carry anything."""
    everything = none is not None and not none.stands_before and fronts is Front.NO
    came = parse(resource.data, resource.media_type)
    return carried(came, said.title, resource.address or said.url, everything=everything)


def _instead(feeds: Sequence[NamedFeed], fronts: Front, resource: Resource, none: NoArticle) -> Entry:
    """What there is where there is no article. A wall before an article is no front page."""
    reason = f"holds no article: {none.reason}" if none.reason else "holds no article"
    if fronts is Front.NO or none.stands_before or not feeds:
        told = f"; {in_words(feeds)}" if feeds else ""
        raise SourceError(resource.reference, f"{reason}{told}")
    return _feed_of(feeds, resource, reason)


def _feed_of(feeds: Sequence[NamedFeed], resource: Resource, reason: str) -> Entry:
    """The only feed of a page. Raises `SourceError` where there are several."""
    if len(feeds) > 1 or not is_web(feeds[0].address):
        raise SourceError(resource.reference, f"{reason}; {in_words(feeds)}")
    address = feeds[0].address
    known = Article("", (), section=resource.section, reference=redacted(address))
    return Entry(address, known, chosen=True, many=True)


def _ruled(said: PageMetadata, own: Rules, root: Element) -> PageMetadata:
    """What the page says, where the rules of its site do not know better."""
    author, date, title = own.text("author", root), own.text("date", root), own.text("title", root)
    return replace(
        said,
        title=title or said.title,
        headlines=(title, *said.headlines) if title else said.headlines,
        byline=(author,) if author else said.byline,
        published=(parse_date(date, said.language) if date else None) or said.published,
        next_page=own.text("next_page_link", root) or said.next_page,
    )


@dataclass(frozen=True, slots=True)
class NoArticle:
    """Why there is no article; `stands_before` when the page stands before one, or in place of one."""

    reason: str = ""
    stands_before: bool = False


def _why_none(
    body: Sequence[Block], found: Element, root: Element, said: PageMetadata, resource: Resource
) -> NoArticle | None:
    """Why what was found is no article, if it is none: a page of another kind, or next to nothing."""
    titles = (*said.headlines, *map(inner_text, [*root.iter("title"), *root.iter("h1")][:3]))
    headline = _headline(root)
    told = page = words_of(titles, body, headline)
    none = _is_none(body, root, said) or link_density(found) > MOSTLY_LINKS
    if none or told.length < HARDLY_ANY or (told.leads and named_by(titles)):
        page = words_of(titles, without_banner(blocks(root), headline), headline)
    came = partial(parse, resource.data, resource.media_type)
    if kind := refusal(told, came) or (refusal(page, came) if page is not told else None):
        return NoArticle(kind.reason, stands_before=kind.name != "scripts")
    if not none:
        return NoArticle("it is a list of links") if _is_list(body, found, root, said) else None
    if shell := shell_of(came()):
        return NoArticle(shell)
    if page.length < 2500 and (kind := likeliest(page, came)):
        return NoArticle(kind.reason, stands_before=True)
    if sum(1 for _ in root.iter("a")) > 20:
        return NoArticle("it is a page of links")
    return NoArticle("" if page.length > 200 else "there is hardly any text")


def _is_list(body: Sequence[Block], found: Element, root: Element, said: PageMetadata) -> bool:
    if said.is_article:
        return False
    return is_list_of_links(body) or leads_to_stories(root, numbers(found), said.url)


def _headline(root: Element) -> str:
    """A heading that the window bears as well."""
    window = " ".join(map(inner_text, root.iter("title")))
    return next((text for each in root.iter("h1") if (text := inner_text(each)) and text in window), "")


def _is_none(body: Sequence[Block], root: Element, said: PageMetadata) -> bool:
    """Whether what was found is next to nothing, and neither all that the page has nor a story in brief."""
    length = sum(map(extent, plain_blocks(body)))
    if length >= FEWEST_CHARACTERS or (length >= 20 and _shows_picture(body)):
        return False
    return length < 20 or (length < 0.5 * extent(inner_text(root)) and not _is_brief(body, root, said))


def _is_brief(body: Sequence[Block], root: Element, said: PageMetadata) -> bool:
    """Whether it is a sentence or two below a headline, and the page says who wrote them, or when."""
    told = (plain(block.spans).rstrip() for block in body if isinstance(block, Paragraph))
    sentences = any(extent(line) >= BRIEF and line.endswith(ENDINGS) for line in told)
    return sentences and bool(said.byline or said.published) and bool(_headline(root))


def _article(body: tuple[Block, ...], said: PageMetadata, resource: Resource) -> Article:
    cut = _is_partial(body, said)
    body, walled = without_wall(body, cut=cut)
    opening, told = beginnings(body)
    lead = Figure(said.picture) if said.picture and not _shows_picture(body) else None
    return Article(
        title=said.title or first_words(told or opening),
        body=body,
        standfirst=_standfirst(said.standfirst, opening),
        byline=said.byline,
        published=said.published,
        section=said.section,
        url=said.url or None,
        site=said.site or None,
        reference=resource.reference,
        language=said.language,
        lead=lead,
        partial=cut or walled,
    )


def _standfirst(described: str, opening: str) -> str:
    """The description, unless the article begins with it or it was cut off."""
    start = described.rstrip(" .…[]")
    cut = described.endswith(("…", "...", "[…]")) or len(described) > 400
    return "" if cut or not start or start[:60].lower() in opening[:600].lower() else described


def _shows_picture(body: Iterable[Block]) -> bool:
    return any(not is_placeholder(figure.media) for figure in figures(Article("", tuple(body))))


def trimmed(body: Sequence[Block], said: PageMetadata) -> tuple[Block, ...]:
    """Without the headline, standfirst, byline and date that the page repeats, and without boilerplate.

    Where the headline stood among the headings, those that are left begin at level 2 again.
    """
    kept: list[Block] = []
    headlines = {folded(line) for line in said.headlines} - {""}
    captions = {folded(plain(figure.caption)) for figure in figures(Article("", tuple(body)))} - {""}
    for number, block in enumerate(body):
        if number < EARLY and _repeats(block, said):
            continue
        repeated = captions | headlines if number < EARLY else captions
        if repeated and isinstance(block, Paragraph) and folded(plain(block.spans)) in repeated:
            continue
        if isinstance(block, Heading) and _is_title(plain(block.spans), said.headlines):
            continue
        if isinstance(block, Quote) and is_boilerplate("\n".join(plain_blocks([block]))):
            continue
        if isinstance(block, Paragraph) and _is_furniture(plain(block.spans), said, early=number < EARLY):
            continue
        kept.append(block)
    while kept and (isinstance(kept[-1], Rule | Heading) or _closes(kept, said)):
        kept.pop()
    while kept and isinstance(kept[0], Rule):
        kept.pop(0)
    return tuple(levelled(kept))


def _repeats(block: Block, said: PageMetadata) -> bool:
    """Whether a block is the standfirst, which has a place of its own: as a heading also where only told."""
    if not (isinstance(block, Heading) or (said.standfirst_shown and isinstance(block, Paragraph))):
        return False
    return bool(said.standfirst) and folded(plain(block.spans)) == folded(said.standfirst)


def _closes(kept: Sequence[Block], said: PageMetadata) -> bool:
    """Whether the last of several blocks is no text any more: it says who helped, or who the author is."""
    last = kept[-1]
    if not isinstance(last, Paragraph) or len(kept) < LEAST_BEFORE:
        return False
    line = " ".join(plain(last.spans).split())
    return is_closing(line) or (len(line) < BIOGRAPHY and line.startswith(_full_names(said)))


def _full_names(said: PageMetadata) -> tuple[str, ...]:
    return tuple(name for name in said.byline if " " in name)


def _is_title(heading: str, headlines: Iterable[str]) -> bool:
    """Whether a heading is one of the forms of the headline, or nearly so."""
    one, *others = (" ".join(re.findall(r"\w+", text.lower())) for text in (heading, *headlines))
    return bool(one) and any(one == other or _are_near(one, other) for other in others)


def _are_near(one: str, other: str) -> bool:
    """Whether two lines are nearly the same; they are not less so by their lengths, and by their letters."""
    if 2 * min(len(one), len(other)) <= ALIKE * (len(one) + len(other)):
        return False
    pair = SequenceMatcher(None, one, other)
    return pair.quick_ratio() > ALIKE and pair.ratio() > ALIKE


def _is_furniture(text: str, said: PageMetadata, *, early: bool) -> bool:
    line = "\n".join(" ".join(each.split()) for each in text.splitlines())
    if is_boilerplate(line):
        return True
    if not early or len(line) > LONGEST_BYLINE:
        return False
    if month_in(line, said.language) or _is_figures(line):
        return True
    days, signed = dates_in(line, said.language), any(name in line for name in said.byline)
    if line.startswith(_full_names(said)) and REPORTED.search(line):
        return True
    # Two days, written and changed; a day beside who wrote it; "By Ada Fenn (Oldhaven, by sea)".
    told = len(days) > 1 or (signed and (days or (BY.match(line) and len(line) < BESIDE_NAMES)))
    return (bool(told) and not line.endswith(STOPS)) or is_byline(line, said.byline, said.language)


def _is_figures(line: str) -> bool:
    """Whether a line is a day and times of it: mostly figures, with a year among them."""
    figures = len(FIGURE.findall(line))
    return (
        YEAR.search(line) is not None
        and 2 * figures > sum(map(str.isalnum, line))
        and figures > LEAST_FIGURES
    )


def _drop_byline(mark: Element, said: PageMetadata) -> None:
    """Take out a line that names the author, where the author is known already."""
    line = inner_text(mark)
    named = len(line) < 100 and any(name.lower() in line.lower() for name in said.byline)
    plain_line = mark.tag in {"p", "span", "address"} or not any(True for _ in mark.iter("img", "p", "h1"))
    if named and plain_line:
        drop(mark)


def _is_teaser(body: Sequence[Block], said: PageMetadata) -> bool:
    """Whether it is less than half of an article that everybody may read, and that the page has elsewhere."""
    return said.free and len(said.body) > 2 * sum(map(len, plain_blocks(body))) + 500


def _is_partial(body: Sequence[Block], said: PageMetadata) -> bool:
    """Whether the page says that there is more."""
    texts = list(plain_blocks(body))
    length = sum(map(len, texts))  # as JSON-LD gives it
    shown = sum(map(most_words, texts))
    if len(said.body) > 1.5 * length + 500 or (said.words > 1.5 * shown + 100):
        return True
    told = sum(map(extent, texts))
    if told < 1500 and texts and BROKEN_OFF.search(texts[-1]):
        return True
    return not said.free and told < 2500


def _next_page(said: PageMetadata, resource: Resource) -> str:
    """The next page of the same article; the next article of a blog is not one."""
    base = resource.address or said.url
    if not said.next_page or not base:
        return ""
    target = absolute(base, said.next_page)
    own, other = urlsplit(base), urlsplit(target)
    if not is_web(target) or own.netloc != other.netloc or same_story_key(target) == same_story_key(base):
        return ""
    own_path = re.sub(r"(?:/(?:page|seite)?[/-]?\d{1,2}|[-_.]\d{1,2})?(?:\.html?)?/*$", "", own.path)
    rest = other.path.removeprefix(own_path)
    numbered = re.fullmatch(r"(?:/(?:page|seite)?[/-]?|[-_.,])\d{1,2}(?:\.html?)?/*", rest)
    paged = rest in {"", "/", ".html"} and re.search(
        r"(?:^|&)(?:page|p|pg|seite|pagewanted)=\d{1,2}(?:&|$)", other.query
    )
    return target if len(own_path) > 1 and other.path.startswith(own_path) and (numbered or paged) else ""
