"""The pages of a book: what each template is told, and the page it makes of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from traceback import extract_tb

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup

from newsexport import assets
from newsexport.errors import UsageError
from newsexport.exporters.epub.contents import (
    COVER,
    NAV,
    SECTION_PAGE,
    ArticleEntry,
    Layout,
    SectionEntry,
    TocEntry,
    listed,
    pages,
)
from newsexport.exporters.html.inline import Links
from newsexport.exporters.html.xhtml import label, language_attributes
from newsexport.text.counting import columns
from newsexport.text.dates import full_dateline
from newsexport.text.languages import primary
from newsexport.text.wording import Wording, direction, wording

# The templates of pages, ours or the user's own, by Jinja.
#
# A user's folder may hold any of our templates under its own name; what it does not hold
# is ours. ``{% extends "newsexport/article.xhtml" %}`` builds on ours.

# What a template can raise that is compiled and has a fault.
FAULTS = (
    TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError
)  # fmt: skip

NAMES = ("page", "cover", "front", "section", "article", "contents")


@cache
def environment(folder: Path | None) -> Environment:
    """The templates, those in the folder before ours."""
    ours = DictLoader(
        {f"{name}.xhtml": assets.read(f"epub/{name}.xhtml").decode() for name in NAMES},
    )
    own: list[BaseLoader] = [] if folder is None else [FileSystemLoader(folder)]
    made = Environment(
        loader=ChoiceLoader([*own, ours, PrefixLoader({"newsexport": ours})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["spoken"] = spoken
    return made


def spoken(language: str, around: str) -> Markup:
    """The attributes of an element in a language, within text in another; for use in templates."""
    return Markup(language_attributes(language, around))  # noqa: S704 - made of tags that were checked


def check(folder: Path) -> None:
    """Find the errors of a user's templates before anything is made.

    Raises:
        UsageError: there is no template of ours in the folder, or one cannot be compiled.
    """
    found = [name for name in NAMES if (folder / f"{name}.xhtml").is_file()]
    if not found:
        raise UsageError(
            f"{folder}: holds no template; there can be {', '.join(f'{name}.xhtml' for name in NAMES)}"
        )
    for name in found:
        try:
            environment(folder).get_template(f"{name}.xhtml")
        except TemplateSyntaxError as error:
            raise UsageError(
                f"{error.filename or folder / name}, line {error.lineno}: {error.message}"
            ) from error
        except (TemplateError, OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{folder / name}.xhtml: {error}") from error


def render(folder: Path | None, name: str, values: Mapping[str, object]) -> bytes:
    """A page.

    Raises:
        UsageError: a user's template fails with these values.
    """
    try:
        return environment(folder).get_template(f"{name}.xhtml").render(values).encode("utf-8", "replace")
    except FAULTS as error:
        if folder is None:
            raise
        raise UsageError(f"{_place(error, folder, name)}: {_words(error)}") from error


def _place(error: Exception, folder: Path, name: str) -> str:
    """The file and line of the user's template that failed; Jinja names them in its tracebacks."""
    frames = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).parent == folder]
    return f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else f"{folder / name}.xhtml"


def _words(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it extends itself"
    return f"there is no template {error}" if isinstance(error, TemplateNotFound) else str(error)


# The id of what is seen of a page while something is heard that is no sentence on it.
HEARD = "heard"

# Headlines a section shows on the front page, and sections that show any: what follows is a list of links.
TEASERS, SECTIONS = 3, 12


@dataclass(frozen=True, slots=True)
class Book:
    """What all pages of a book share. It is sent to workers, so it is small.

    `sheets` are the names of the style sheets, `contents` the page on which readers find
    everything. `templates` is the user's folder of templates, if there is one. `spoken` when the
    book is read aloud.
    """

    title: str
    dated: str
    language: str
    sheets: tuple[str, ...]
    contents: str = NAV
    templates: Path | None = None
    links: Links = Links.INLINE
    codes: bool = False
    vertical: bool = False
    kepub: bool = False
    spoken: bool = False

    @property
    def words(self) -> Wording:
        """The words of the book as a whole."""
        return wording(self.language)

    def page(self, name: str, language: str, title: str, values: Mapping[str, object]) -> bytes:
        """The page that the template of that name makes of these values."""
        words = wording(language)
        common = {
            "book": self,
            "name": name,
            "kind": KINDS.get(name, "bodymatter"),
            "title": title,
            "language": language,
            "direction": direction(language),
            "vertical": self.vertical and primary(language) in VERTICAL,
            "words": words,
            "own": spoken(words.language, language),
            "heard": Markup(f' id="{HEARD}"') if self.spoken else "",  # noqa: S704 - ours
        }
        return render(self.templates, name, {**common, **values})


# The ``epub:type`` of a page (EPUB 3 Structural Semantics Vocabulary 1.1).
KINDS = {"cover": "cover", "front": "titlepage", "contents": "frontmatter"}

# Scripts that can be written from top to bottom, by their languages.
VERTICAL = frozenset({"ja", "zh"})


@dataclass(frozen=True, slots=True)
class Teaser:
    """An article as front pages show it."""

    title: str
    file: str
    language: str
    summary: str
    minutes: str
    words: str
    picture: str = ""
    shape: str = ""
    alt: str = ""
    section: str = ""
    section_file: str = ""


@dataclass(frozen=True, slots=True)
class FrontPageSection:
    """A section as the front page shows it; `more` says how many articles it has beside these."""

    title: str
    file: str
    teasers: tuple[Teaser, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that reading systems offer by name."""

    kind: str
    file: str
    title: str


@dataclass(frozen=True, slots=True)
class FrontPages:
    """Draws the pages that stand before the articles.

    `pictures` gives the file of a picture by its name, `shapes` its class.
    """

    layout: Layout
    book: Book
    pictures: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)

    def by(self, book: Book) -> FrontPages:
        """The same matter, drawn with other templates."""
        return self if book is self.book else replace(self, book=book)

    def cover(self, picture: str, size: tuple[int, int]) -> bytes:
        """The cover alone on its page, as Kobo wants it, of a picture of so many pixels."""
        words, layout = self.layout.wording, self.layout
        alt = f"{words.cover}: {layout.title}, {self.book.dated}"
        values = {"picture": picture, "alt": alt, "width": size[0], "height": size[1]}
        return self.book.page("cover", layout.language, layout.title, values)

    def front(self) -> bytes:
        """The title page: masthead, date, the first story with a picture, headlines of every section."""
        layout = self.layout
        leads = list(self._leads())
        told = {lead.file for lead in leads}
        sections = [self._column(chapter, told) for chapter in layout.chapters[:SECTIONS]]
        single = len(layout.entries) == 1
        dated = full_dateline(layout.issued, layout.language)
        values = {
            "masthead": masthead(layout.title),
            "dated": dated[:1].upper() + dated[1:],
            "extent": self._extent(layout.entries) if len(layout.entries) > 1 else "",
            "alone": single and layout.entries[0].title == label(layout.title),
            "leads": leads,
            "sections": [column for column in sections if column.teasers or column.more],
            "others": [
                FrontPageSection(rest.title, rest.file) for rest in layout.chapters[SECTIONS:] if rest.title
            ],
        }
        return self.book.page("front", layout.language, layout.title, values)

    def contents(self, lines: list[TocEntry]) -> bytes:
        """The navigation document, which is also the page of contents unless it is very long."""
        layout, words = self.layout, self.layout.wording
        values = {
            "entries": Markup(listed(lines, layout.language)),  # noqa: S704 - escaped where it was made
            "pages": Markup(pages(layout)),  # noqa: S704 - idem
            "landmarks": (
                Landmark("cover", COVER, words.cover),
                *((Landmark("toc", NAV, words.contents),) if self.book.contents == NAV else ()),
                Landmark("bodymatter", lines[0].href, layout.title),
            ),
        }
        return self.book.page("contents", layout.language, words.contents, values)

    def section(self, chapter: SectionEntry, number: int) -> bytes:
        """A page of a section's front, counted from 0: every headline with its standfirst and minutes.

        What the front page has just shown with its picture is a headline here, and nothing leads then.
        """
        entries = chapter.entries[number * SECTION_PAGE : (number + 1) * SECTION_PAGE]
        told = {lead.file for lead in self._leads()} if len(self.layout.entries) > 1 else set()
        teasers = [self._teaser(entry) for entry in entries]
        values = {
            "extent": self._extent(chapter.entries),
            "teasers": [replace(one, summary="", picture="") if one.file in told else one for one in teasers],
            "led": not any(one.file in told for one in teasers),
            "onward": next(iter(chapter.files[number + 1 : number + 2]), ""),
        }
        return self.book.page("section", self.layout.language, chapter.title, values)

    def _leads(self) -> Iterator[Teaser]:
        """The first article; and unless it has a picture, the first that has one of those shown anyway."""
        shown = (
            self._teaser(entry, chapter)
            for chapter in self.layout.chapters[:SECTIONS]
            for entry in chapter.entries[: TEASERS + 1]
        )
        first = next(shown, None)
        if first is None:
            return
        yield first
        pictured = None if first.picture else next((teaser for teaser in shown if teaser.picture), None)
        if pictured:
            yield pictured

    def _column(self, chapter: SectionEntry, told: Container[str]) -> FrontPageSection:
        """A section: its first headlines beside the lead stories, which have been told."""
        untold = [entry for entry in chapter.entries if entry.file not in told]
        entries = untold[: TEASERS if chapter.title else 2 * TEASERS]
        left = len(untold) - len(entries)
        more = f"+ {self.layout.wording.count(left)}" if left else ""
        return FrontPageSection(
            chapter.title, chapter.file, tuple(self._teaser(entry) for entry in entries), more
        )

    def _teaser(self, entry: ArticleEntry, chapter: SectionEntry | None = None) -> Teaser:
        words = wording(entry.language)
        picture = next((shown for shown in entry.pictures if shown.name in self.pictures), None)
        return Teaser(
            title=entry.title,
            file=entry.file,
            language=entry.language,
            summary=entry.summary,
            minutes=words.reading_time(entry.minutes),
            words=words.language,
            picture=self.pictures[picture.name] if picture else "",
            shape=self.shapes.get(picture.name, "") if picture else "",
            alt=(picture.alt if picture else "") or words.picture,
            section=chapter.title if chapter else "",
            section_file=chapter.file if chapter else "",
        )

    def _extent(self, entries: Iterable[ArticleEntry]) -> str:
        words, minutes = self.layout.wording, [entry.minutes for entry in entries]
        return f"{words.count(len(minutes))} · {words.reading_time(sum(minutes))}"


def masthead(title: str) -> str:
    """How large a title can be set, so that it fills no screen and its longest word fits on a line."""
    width, longest = columns(title), max(map(columns, title.split()), default=0)
    if width <= 26 and longest <= 12:
        return "short"
    return "long" if width <= 60 and longest <= 18 else "longest"
