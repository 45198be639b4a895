"""What a book says about itself: title, series, contents, and whom it is accessible to."""

from __future__ import annotations

from collections.abc import Iterator

from newsexport.dateline import dateline
from newsexport.exporters.epub.layout import COVER, FRONT, NAV, Layout
from newsexport.exporters.epub.package import File, Guidepost, Package, Series
from newsexport.languages import direction, primary

# Headlines in the description: a shop shows a screenful.
HEADLINES = 40


def describe(layout: Layout, files: tuple[File, ...], language: str, *, vertical: bool = False) -> Package:
    """The package of these files, in a language that its device takes.

    The title of a book with several articles bears its date, because on the shelf of a
    device the issues of a paper are told apart by nothing else.
    """
    day, words, leaves = layout.issued, layout.wording, layout.leaves
    several = len(leaves) != 1
    read = {file.name for file in files if file.in_spine}
    downwards = vertical and primary(layout.language) in {"ja", "zh"}
    return Package(
        identifier=layout.identifier,
        title=f"{layout.title}, {dateline(day, layout.language)}" if several else layout.title,
        language=language,
        direction="rtl" if downwards else direction(layout.language),
        issued=day,
        creators=layout.authors or (layout.paper,),
        description="\n".join(leaf.title for leaf in leaves[:HEADLINES]),
        files=files,
        guide=tuple(
            post
            for post in (
                Guidepost("cover", words.cover, COVER),
                Guidepost("toc", words.contents, NAV),
                Guidepost("text", layout.title, FRONT),
            )
            if post.file in read
        ),
        properties=tuple(_accessibility(layout, frozenset(file.picture for file in files))),
        series=Series(layout.paper, day, layout.part if layout.parts > 1 else None) if several else None,
    )


def _accessibility(layout: Layout, pictures: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The discovery metadata of EPUB Accessibility 1.1, section 2.2, true of this very book.

    Described means by its alternative text; with a caption in its place a picture can
    still be done without, and is not claimed to be described.
    """
    shown = [shown for leaf in layout.leaves for shown in leaf.pictures if shown.name in pictures]
    described = all(picture.alt for picture in shown)
    told = all(picture.alt or picture.captioned for picture in shown)
    yield "schema:accessMode", "textual"
    if shown:
        yield "schema:accessMode", "visual"
        yield "schema:accessModeSufficient", "textual,visual"
    if told:
        yield "schema:accessModeSufficient", "textual"
    for feature in ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"):
        yield "schema:accessibilityFeature", feature
    if layout.leaves:
        yield "schema:accessibilityFeature", "pageNavigation"
        yield "schema:accessibilityFeature", "pageBreakMarkers"
        yield "pageBreakSource", "none"  # the breaks are those of no printed paper
    if shown and described:
        yield "schema:accessibilityFeature", "alternativeText"
    yield "schema:accessibilityHazard", "none"
    yield "schema:accessibilitySummary", _summary(pictures=len(shown), described=described)


def _summary(*, pictures: int, described: bool) -> str:
    ways = "Headings, a table of contents and a list of pages lead to every article."
    if not pictures:
        return f"Text only. {ways}"
    if described:
        return f"Every picture is described. {ways}"
    return f"Some pictures have no description. {ways}"
