"""What a book says about itself: title, series, contents, and whom it is accessible to."""

from __future__ import annotations

from collections.abc import Iterator

from newsexport.dateline import dateline
from newsexport.exporters.epub.layout import Layout
from newsexport.exporters.epub.package import File, Guidepost, Package
from newsexport.exporters.epub.pages import COVER, NAV
from newsexport.exporters.epub.xhtml import label
from newsexport.languages import direction
from newsexport.model import figures, plain


def describe(layout: Layout, files: tuple[File, ...]) -> Package:
    """The package of these files.

    The title of a book with several articles bears its date, because on the shelf of a
    device the issues of a paper are told apart by nothing else.
    """
    day, words = layout.edition.issued, layout.wording
    leaves = [leaf for _, leaf in layout.leaves()]
    several = len(leaves) != 1
    authors = tuple(filter(None, map(label, leaves[0].article.byline))) if not several else ()
    return Package(
        identifier=layout.identifier,
        title=f"{layout.title}, {dateline(day, layout.language)}" if several else layout.title,
        language=layout.language,
        direction=direction(layout.language),
        issued=day,
        creators=authors or (label(layout.title),),
        description="\n".join(leaf.title for leaf in leaves),
        files=files,
        guide=(
            Guidepost("cover", words.cover, COVER),
            Guidepost("toc", words.contents, NAV),
            Guidepost("text", layout.title, layout.front),
        ),
        properties=tuple(_accessibility(layout)),
        series=(layout.title, f"{day.year}.{day.month}.{day.day}") if several else None,
    )


def _accessibility(layout: Layout) -> Iterator[tuple[str, str]]:
    """The discovery metadata of EPUB Accessibility 1.1, section 2.2, true of this very book.

    Described means by its alternative text; with a caption in its place a picture can
    still be done without, and is not claimed to be described.
    """
    shown = [
        figure
        for _, leaf in layout.leaves()
        for figure in figures(leaf.article)
        if figure.media in layout.pictures
    ]
    described = all(figure.alt.strip() for figure in shown)
    told = all(figure.alt.strip() or plain(figure.caption).strip() for figure in shown)
    yield "schema:accessMode", "textual"
    if shown:
        yield "schema:accessMode", "visual"
        yield "schema:accessModeSufficient", "textual,visual"
    if told:
        yield "schema:accessModeSufficient", "textual"
    for feature in ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"):
        yield "schema:accessibilityFeature", feature
    if shown and described:
        yield "schema:accessibilityFeature", "alternativeText"
    yield "schema:accessibilityHazard", "none"
    yield "schema:accessibilitySummary", _summary(pictures=len(shown), described=described)


def _summary(*, pictures: int, described: bool) -> str:
    if not pictures:
        return "Text only; headings and a table of contents lead to every article."
    if described:
        return "Every picture is described; headings and a table of contents lead to every article."
    return "Some pictures have no description; headings and a table of contents lead to every article."
