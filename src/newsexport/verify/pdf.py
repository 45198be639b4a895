"""Checks of a PDF, read with pypdf, which comes with ``pip install 'newsexport[pdf]'``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsexport.errors import ExportError, UsageError
from newsexport.verify.finding import Finding, Title, unsound
from newsexport.work.containment import contained

if TYPE_CHECKING:
    from pypdf import PdfReader

PDF = "PDF"
# Where a font program lies in its description (ISO 32000-1, table 122).
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def check_pdf(path: Path) -> Finding:
    """It opens, it has pages with words, those are tagged and in a language, and its fonts lie in it.

    Raises:
        UsageError: pypdf is not installed.
    """
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(f"{path}: reading a PDF needs `pip install 'newsexport[pdf]'`") from error
    try:
        with path.open("rb") as file, contained(ExportError):
            return _finding(path, PdfReader(file))
    except ExportError as error:
        return Finding(path, PDF, faults=unsound(f"cannot be read: {error}"))


def _finding(path: Path, read: PdfReader) -> Finding:
    catalogue: Any = read.trailer["/Root"].get_object()
    pages = list(read.pages)
    words = sum(len(page.extract_text().split()) for page in pages)
    fonts = sorted(_fonts(pages))
    loose = [name for name, embedded in fonts if not embedded]
    tagged = bool(catalogue.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in catalogue
    title, language = _title(read), str(catalogue.get("/Lang", ""))
    metadata: Any = catalogue.get("/Metadata")
    universal = metadata is not None and b"pdfuaid:part" in metadata.get_object().get_data()
    facts = (
        ("title", title),
        ("language", language),
        ("version", f"{read.pdf_header.removeprefix('%')}{', PDF/UA' if universal else ''}"),
        ("pages", str(len(pages))),
        ("words", str(words)),
        ("fonts", str(len(fonts))),
        ("tagged", "yes" if tagged else "no"),
    )
    faults = (
        *(("it has no pages",) if not pages else ()),
        *(("there are no words in it",) if pages and not words else ()),
        *(("it is not tagged: what reads aloud does not know its order",) if not tagged else ()),
        *(("it has no title",) if not title else ()),
        *(("it does not tell its language",) if not language else ()),
        *((f"fonts do not lie in it: {', '.join(loose)}",) if loose else ()),
    )
    return Finding(path, PDF, facts, tuple(_titles(read, read.outline, 1)), unsound(*faults))


def _title(read: PdfReader) -> str:
    return str(read.metadata.title or "") if read.metadata else ""


def _titles(read: PdfReader, outline: Sequence[Any], depth: int) -> Iterator[Title]:
    """The bookmarks; those below one follow it as a list."""
    for one in outline:
        if isinstance(one, list):
            yield from _titles(read, one, depth + 1)
        else:
            page = read.get_destination_page_number(one)
            yield Title(depth, str(one.title), "" if page is None else str(page + 1))


def _fonts(pages: Sequence[Any]) -> set[tuple[str, bool]]:
    """The name of each font that the pages use, and whether it lies in the file."""
    found = set()
    for page in pages:
        for font in (page.get("/Resources") or {}).get("/Font", {}).values():
            told = font.get_object()
            below = [each.get_object() for each in told.get("/DescendantFonts", [told])]
            described = [each["/FontDescriptor"].get_object() for each in below if "/FontDescriptor" in each]
            embedded = told.get("/Subtype") == "/Type3" or any(
                program in each for each in described for program in PROGRAMS
            )
            found.add((str(told.get("/BaseFont", "?")).lstrip("/"), embedded))
    return found
