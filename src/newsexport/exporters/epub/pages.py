"""The pages of a book, each a whole XHTML file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsexport.dateline import dateline
from newsexport.exporters.epub.addresses import address, site
from newsexport.exporters.epub.blocks import Setting, figure, flow
from newsexport.exporters.epub.contents import Entry, listed
from newsexport.exporters.epub.layout import Layout, Leaf, Part
from newsexport.exporters.epub.xhtml import Sheet, attribute, label, language_attributes, text
from newsexport.model import Article, figures, plain_blocks
from newsexport.wording import Wording, wording

COVER, NAV = "cover.xhtml", "nav.xhtml"

# Headlines a section shows on the front page: with four sections they fill a 6-inch screen.
TEASERS = 3

# Characters that the largest letter takes in two lines on such a screen.
LARGE_TITLE = 30


@dataclass(frozen=True, slots=True)
class Pages:
    """Draws the pages of one book.

    `files` gives the file of a picture by its name, `places` that of an article by its
    address.
    """

    layout: Layout
    sheet: Sheet
    files: dict[str, str]
    places: dict[str, str]

    def cover(self, picture: str) -> bytes:
        """The cover alone on its page, as Kobo wants it."""
        alt = f"{self.layout.wording.cover}: {self.layout.title}, {self._dated()}"
        body = f'<div class="cover"><img src="{picture}" alt="{attribute(alt)}"/></div>'
        return self.sheet.page(self.layout.title, self.layout.language, body, "cover")

    def front(self) -> bytes:
        """The title page: masthead, date and the first headlines of every section."""
        leaves = [leaf for _, leaf in self.layout.leaves()]
        size = "masthead" if len(self.layout.title) <= LARGE_TITLE else "masthead long"
        parts = [
            f'<h1 class="{size}">{text(self.layout.title)}</h1>',
            f'<p class="dated">{self._dated()}</p>',
            f'<p class="count"{self._spoken()}>{self._extent(leaves)}</p>',
            *(self._teasers(section) for section in self.layout.sections),
        ]
        return self.sheet.page(self.layout.title, self.layout.language, "\n".join(parts), "titlepage")

    def contents(self, entries: list[Entry]) -> bytes:
        """The navigation document, which is also the page of contents."""
        layout, words = self.layout, self.layout.wording
        start = entries[0].href
        body = (
            f'<nav epub:type="toc" id="toc"><h1{self._spoken()}>{words.contents}</h1>\n'
            f"{listed(entries, layout.language)}</nav>\n"
            '<nav epub:type="landmarks" id="landmarks" hidden="hidden"><ol>\n'
            f'<li><a epub:type="cover" href="{COVER}">{words.cover}</a></li>\n'
            f'<li><a epub:type="toc" href="{NAV}">{words.contents}</a></li>\n'
            f'<li><a epub:type="bodymatter" href="{start}">{text(layout.title)}</a></li>\n'
            "</ol></nav>"
        )
        return self.sheet.page(words.contents, layout.language, body, "frontmatter")

    def section(self, section: Part) -> bytes:
        """The front page of a section: every headline with its standfirst and minutes."""
        teasers = "\n".join(map(self._teaser, section.leaves))
        body = f'<h1 class="section">{text(section.title)}</h1>\n{teasers}'
        return self.sheet.page(section.title, self.layout.language, body)

    def article(self, section: Part, leaf: Leaf, before: Leaf | None, after: Leaf | None) -> bytes:
        """One article, and the ways on from it."""
        article, words = leaf.article, wording(leaf.language)
        setting = Setting(leaf.language, self.files, self.places, words.picture)
        parts = [
            "<article>",
            "<header>",
            *self._head(section, leaf, words),
            "</header>",
            _lead(article, setting),
            flow(article.body, setting),
            _source(article, leaf.language, words),
            "</article>",
            self._turn(section, leaf, before, after),
        ]
        return self.sheet.page(leaf.title, leaf.language, "\n".join(part for part in parts if part))

    def _head(self, section: Part, leaf: Leaf, words: Wording) -> Iterator[str]:
        article = leaf.article
        if section.file:
            link = _link(section.file, section.title, self.layout.language, leaf.language)
            yield f'<p class="kicker">{link}</p>'
        yield f"<h1>{text(label(article.title, 1000) or leaf.title)}</h1>"
        if standfirst := label(article.standfirst, 2000):
            yield f'<p class="standfirst">{text(standfirst)}</p>'
        spoken = language_attributes(words.language, leaf.language)
        if names := _names(article):
            yield f'<p class="byline"{spoken}>{text(words.names(names))}</p>'
        yield f'<p class="dateline"{spoken}>{_dateline(leaf, words)}</p>'

    def _turn(self, section: Part, leaf: Leaf, before: Leaf | None, after: Leaf | None) -> str:
        """Where to go from here. Links lead to files: Kobo opens those to places as pop-up notes."""
        words = self.layout.wording
        links = []
        if before:
            links.append(f'<a href="{before.file}">{words.previous}</a>')
        if section.file:
            links.append(_link(section.file, section.title, self.layout.language, words.language))
        links.append(f'<a href="{NAV}">{words.contents}</a>')
        onward = ""
        if after:
            link = _link(after.file, after.title, after.language, words.language)
            onward = f'<p class="next">{words.following}: {link}</p>\n'
        spoken = language_attributes(words.language, leaf.language)
        return f'<nav class="turn"{spoken}>\n{onward}<p>{" · ".join(links)}</p>\n</nav>'

    def _teasers(self, section: Part) -> str:
        """A section on the title page: its first headlines, the very first with a few words."""
        most = TEASERS if section.title else 2 * TEASERS
        first, *others = section.leaves[:most]
        summary = text(_summary(first.article))
        if first.title == self.layout.title and summary:  # the masthead has said the headline
            lines = []
            summary = f'<a href="{first.file}">{summary}</a>'
        else:
            lines = [f'<li class="lead">{self._headline(first)}</li>']
        if summary:
            spoken = language_attributes(first.language, self.layout.language)
            lines.append(f'<li class="standfirst"{spoken}>{summary}</li>')
        lines += [f"<li>{self._headline(leaf)}</li>" for leaf in others]
        kind = "name first" if section is self.layout.sections[0] else "name"
        name = (
            f'<h2 class="{kind}"><a href="{section.file}">{text(section.title)}</a></h2>\n'
            if section.file
            else ""
        )
        rows = "\n".join(lines)
        return f'{name}<ul class="teasers">\n{rows}\n</ul>'

    def _teaser(self, leaf: Leaf) -> str:
        """An article on the front page of its section, with its standfirst and minutes."""
        words = wording(leaf.language)
        summary = _summary(leaf.article)
        lines = f"<p>{text(summary)}</p>\n" if summary else ""
        spoken = language_attributes(words.language, leaf.language)
        return (
            f'<div class="teaser"{language_attributes(leaf.language, self.layout.language)}>\n'
            f'<h2><a href="{leaf.file}">{text(leaf.title)}</a></h2>\n{lines}'
            f'<p class="dateline"{spoken}>{words.minutes.format(leaf.minutes)}</p>\n</div>'
        )

    def _headline(self, leaf: Leaf) -> str:
        return _link(leaf.file, leaf.title, leaf.language, self.layout.language)

    def _extent(self, leaves: list[Leaf]) -> str:
        words = self.layout.wording
        return f"{words.count(len(leaves))} · {words.minutes.format(sum(leaf.minutes for leaf in leaves))}"

    def _dated(self) -> str:
        return dateline(self.layout.edition.issued, self.layout.language)

    def _spoken(self) -> str:
        """The language of our own words, where it is not that of the book."""
        return language_attributes(self.layout.wording.language, self.layout.language)


def _link(file: str, title: str, language: str, around: str) -> str:
    return f'<a href="{file}"{language_attributes(language, around)}>{text(title)}</a>'


def _summary(article: Article) -> str:
    """The standfirst, or else how the article begins, unless that is its title already."""
    opening = (
        "" if not label(article.title) else next(filter(None, map(label, plain_blocks(article.body))), "")
    )
    return label(article.standfirst, 400) or opening


def _names(article: Article) -> tuple[str, ...]:
    return tuple(name for name in (label(name) for name in article.byline) if name)


def _dateline(leaf: Leaf, words: Wording) -> str:
    """Date, site and minutes, as far as they are known."""
    article = leaf.article
    facts = []
    if article.published:
        day = article.published.date()
        facts.append(f'<time datetime="{day.isoformat()}">{dateline(day, words.language)}</time>')
    if origin := _origin(article):
        facts.append(origin)
    facts.append(words.minutes.format(leaf.minutes))
    facts += words.standing(partial=article.partial, update=article.update)
    return " · ".join(facts)


def _origin(article: Article) -> str:
    """The site the article was published at, a link where we know the address."""
    return _linked(article.url or "", article.site or "")


def _linked(url: str, named: str) -> str:
    """The name as a link where the address is one; its host where there is no name."""
    target = address(url) if url else None
    name = label(named) or (site(target) if target else "")
    return f'<a href="{attribute(target)}">{text(name)}</a>' if target else text(name)


def _source(article: Article, language: str, words: Wording) -> str:
    """The last lines of an article: where the original is, and where else the story stood."""
    others = ", ".join(filter(None, (_linked(twin.url, twin.site) for twin in article.also_in)))
    spoken = language_attributes(words.language, language)
    return "\n".join(
        f'<p class="source"{spoken}>{lead}: {origin}</p>'
        for lead, origin in ((words.source, _origin(article)), (words.also_in, others))
        if origin
    )


def _lead(article: Article, setting: Setting) -> str:
    """The leading picture, unless the text shows it again."""
    lead = article.lead
    if lead is None or any(other.media == lead.media for other in figures(article) if other is not lead):
        return ""
    return figure(lead, setting)
