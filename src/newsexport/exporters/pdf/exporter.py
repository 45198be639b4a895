"""An edition to a newspaper in columns, as PDF."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from newsexport import assets
from newsexport.artwork import pictures
from newsexport.artwork.image_limits import Fit
from newsexport.errors import UsageError
from newsexport.events import (
    PICTURE,
    Cause,
    Finished,
    Lost,
    Made,
    Noted,
    Omitted,
    Report,
    Started,
    ignore,
)
from newsexport.exporters.epub.articles import is_repeated
from newsexport.exporters.epub.images import images
from newsexport.exporters.html.inline import Links
from newsexport.exporters.pdf.content import Picture, Value
from newsexport.exporters.pdf.newspaper import Newspaper, PageSize, alone, arranged, articles_of, plainly
from newsexport.exporters.pdf.typesetting import Typesetter, TypesettingError, compiler, undrawable
from newsexport.job import Job
from newsexport.model import Article, Edition
from newsexport.text.counting import counted
from newsexport.text.quotation_marks import typographic

STEP = "pdf"
FONTS = {".ttf", ".otf", ".ttc", ".otc"}

# Stands for a letter that no font has; of signs, such as emoji, nothing does.
BOX = "□"
SIGNS = {"So", "Sk", "Cf", "Co", "Cn"}
# Below stand letters that the compiler's own fonts have.
COMMON = 0x180


@dataclass(frozen=True, slots=True)
class PdfExporter:
    """Makes a newspaper in columns, as PDF. The fields are the options of ``newsexport pdf``.

    `page` is what it is printed on or read on. `links` is what becomes of links that lead out of it. Letters
    that our fonts do not have are drawn with those in `font_folder`. With `straight_quotes` quotation marks
    stay as they were typed.
    """

    page: PageSize = PageSize.A4
    links: Links = Links.INLINE
    font_folder: Path | None = None
    straight_quotes: bool = False

    suffixes: ClassVar[Mapping[str, Mapping[str, object]]] = {".pdf": {}}

    @property
    def suffix(self) -> str:
        """``.pdf``."""
        return ".pdf"

    @property
    def fit(self) -> Fit:
        """The form in which the page shows pictures."""
        return self.page.sheet.fit

    def check(self) -> None:
        """Raise `UsageError` when Typst is not installed, or no fonts are in the folder of fonts."""
        compiler()
        folder = self.font_folder
        if folder is not None and not any(file.suffix.lower() in FONTS for file in _within(folder)):
            raise UsageError(f"{folder}: no fonts are there (ttf, otf, ttc)")

    def write(self, edition: Edition, target: Path, job: Job) -> None:
        """Make the file at `target`. What had to be left out or set otherwise is reported.

        Raises:
            UsageError: Typst or the fonts are not there.
            ExportError: Typst refuses the edition.
            OSError: the file system refuses.
        """
        self.check()
        articles = list(edition.articles())
        printed = edition if self.straight_quotes else typographic(edition)
        with TemporaryDirectory(prefix="newsexport-") as name, self._fonts() as fonts:
            typesetter = Typesetter(Path(name), fonts, self.page.sheet)
            laid = _laid(edition, self.fit, typesetter.folder, job)
            values = Newspaper(self.page.sheet, self.links, laid).values(printed, job.report)
            job.report(Started(STEP))
            values, over = _settled(values, articles, typesetter, job.report)
            data, reason = typesetter.pdf()
        target.write_bytes(data)
        if over:
            job.report(Noted(f"{target.name}: {counted(over, 'text')} did not find room in the columns"))
        if reason:
            job.report(Noted(f"{target.name}: is tagged, and no PDF/UA, because {reason}"))
        if repeated := sum(is_repeated(each) for each in articles if each.lead and each.lead.media in laid):
            job.report(Omitted("", "that stand in the text again", PICTURE, repeated, Cause.FORMAT))
        job.report(Made(len(articles), sum(each["shown"] for each in articles_of(values))))
        job.report(Finished(STEP))

    @contextmanager
    def _fonts(self) -> Iterator[Sequence[Path]]:
        with as_file(assets.folder().joinpath("fonts")) as ours:
            yield (ours, self.font_folder) if self.font_folder else (ours,)


def _within(folder: Path) -> Iterator[Path]:
    """The files in a folder of the user's. Raises `UsageError`."""
    try:
        yield from (file for file in folder.rglob("*") if file.is_file())
        if not folder.is_dir():
            raise NotADirectoryError(0, "not a folder")
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}") from error


def _laid(edition: Edition, fit: Fit, folder: Path, job: Job) -> dict[str, Picture]:
    """The pictures of the edition, laid beside the template, by the name their figures know."""
    laid: dict[str, Picture] = {}
    with images(edition, fit, job) as made:
        for name, image in made.images.items():
            data = made.data(image)
            (folder / image.file).write_bytes(data)
            laid[name] = Picture(image.file, *pictures.size(data))
    return laid


def _settled(
    values: Value, articles: Sequence[Article], typesetter: Typesetter, report: Report
) -> tuple[Value, int]:
    """Everything set but for the PDF. Articles that cannot be are set as their bare words, and told."""
    typesetter.place(_drawable(values, typesetter, report))
    try:
        return values, typesetter.settle(len(articles))
    except TypesettingError:
        mended = _mended(values, articles, typesetter, report)
        if mended == values:
            raise
    typesetter.place(_drawable(mended, typesetter, ignore))
    return mended, typesetter.settle(len(articles))


def _mended(values: Value, articles: Sequence[Article], typesetter: Typesetter, report: Report) -> Value:
    """The values, those articles as bare words that cannot be set alone either."""
    sections: list[Value] = []
    for section in values["sections"]:
        mended: list[Value] = []
        for value in section["articles"]:
            article = articles[value["number"] - 1]
            typesetter.place(_drawable(alone(values, section, value), typesetter, ignore))
            try:
                typesetter.settle(1)
                mended.append(value)
            except TypesettingError as error:
                told = f"set without its form: {error}"
                lost = value["shown"]
                report(Lost(article.reference or article.title, told, whole=False, pictures=lost))
                mended.append(plainly(value, article))
        sections.append(arranged({**section, "articles": mended}, typesetter.sheet.columns))
    return {**values, "sections": sections}


def _drawable(values: Value, typesetter: Typesetter, report: Report) -> str:
    """The values as JSON that the fonts can draw; what they cannot is told."""
    written = json.dumps(values, ensure_ascii=False)
    uncommon = {character for character in set(written) if ord(character) >= COMMON}
    missing = undrawable(uncommon, typesetter.fonts, typesetter.folder) if uncommon else frozenset()
    if not missing:
        return written
    counts = Counter(character for character in written if character in missing)
    signs = {each for each in missing if unicodedata.category(each) in SIGNS}
    if count := sum(counts[each] for each in signs):
        report(Omitted("", "that no font here has, such as emoji", "sign", count, Cause.FORMAT))
    if letters := "".join(sorted(missing - signs, key=lambda each: (-counts[each], each))):
        count = sum(counts[each] for each in letters)
        report(
            Lost(
                "fonts",
                f"{counted(count, 'letter')} stand as {BOX} because no font here has them ({letters[:12]}); "
                "name a folder with fonts that do (font_folder)",
                whole=False,
            )
        )
    return written.translate({ord(each): None if each in signs else BOX for each in missing})
