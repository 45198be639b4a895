"""Editions the EPUB tests make books of. Every word in them was invented for the purpose."""

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image, ImageDraw

from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.job import Job
from newsexport.model import (
    Article,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Mark,
    Media,
    Paragraph,
    Quote,
    Rule,
    Section,
    Span,
    Table,
)

ISSUED = date(2026, 11, 23)


def p(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def picture(width: int = 900, height: int = 560, kind: str = "JPEG") -> Media:
    """A drawn harbour: a sky, a sea and a wall."""
    image = Image.new("RGB", (width, height), (206, 216, 224))
    canvas = ImageDraw.Draw(image)
    canvas.ellipse((width * 0.7, height * 0.1, width * 0.8, height * 0.1 + width * 0.1), fill=(240, 232, 200))
    canvas.rectangle((0, height * 0.55, width, height), fill=(74, 98, 118))
    for step in range(12):
        left = width * step / 12
        canvas.rectangle((left, height * 0.45, left + width / 13, height * 0.62), fill=(92, 88, 82))
    written = io.BytesIO()
    image.save(written, kind)
    return Media.named(f"image/{kind.lower()}", written.getvalue())


HARBOUR, CHART = picture(), picture(640, 400, "PNG")

STRONG, EMPHASIS, CODE = frozenset({Mark.STRONG}), frozenset({Mark.EMPHASIS}), frozenset({Mark.CODE})

SEA_WALL = Article(
    title="Harbour towns agree to share the cost of a sea wall",
    standfirst="Six councils signed on Monday; the first stones are to be laid in spring.",
    byline=("Ada Fenn", "Bo Lindqvist"),
    published=datetime(2026, 11, 23, 7, 30, tzinfo=UTC),
    url="https://ledger.example/world/sea-wall?from=front&part=1",
    site="The Morning Ledger",
    language="en-GB",
    lead=Figure(
        HARBOUR.name,
        "A low stone wall between a grey sea and an empty quay",
        (Span("The old wall at Oldhaven, built in 1884."),),
    ),
    media=(HARBOUR, CHART),
    body=(
        p(
            "After nine years of argument the six towns on the Grey Coast have agreed to build one wall "
            "instead of six. The work will cost £340m over five years, and each town will pay according "
            "to the length of its quay rather than the number of its people."
        ),
        Paragraph(
            (
                Span("“We have been "),
                Span("very", EMPHASIS),
                Span(" wet and "),
                Span("very patient", STRONG | EMPHASIS),
                Span(",” said the harbour master of Oldhaven. The "),
                Span("full text of the treaty", href="https://council.example/treaty.pdf"),
                Span(" was published at noon; "),
                Span("a report on the money", href="https://ledger.example/business/bread"),
                Span(" follows elsewhere in this edition."),
            )
        ),
        Heading((Span("What will be built"),)),
        p("The plan foresees four kilometres of wall and two gates:"),
        Listing(
            (
                (p("a lower wall of granite, finished by 2028;"),),
                (
                    p("an upper path for walkers,"),
                    Listing(((p("lit at night,"),), (p("closed in storms;"),))),
                ),
                (p("two gates that close in eleven minutes."),),
            )
        ),
        Heading((Span("Who pays"),)),
        Table(
            head=((Span("Town"),), (Span("Quay, m"),), (Span("Share, £m"),)),
            rows=(
                ((Span("Oldhaven"),), (Span("1,240"),), (Span("141"),)),
                ((Span("Fennmouth"),), (Span("890"),), (Span("101"),)),
                ((Span("Grey Sands"),), (Span("860"),), (Span("98"),)),
            ),
            caption=(Span("The three largest shares"),),
        ),
        Figure(CHART.name, "", (Span("Where the wall will run. "), Span("Map: the Ledger", EMPHASIS))),
        Quote(
            (
                p("A wall is only as long as the patience of those who pay for it."),
                p("— an old saying in Fennmouth"),
            )
        ),
        Rule(),
        Paragraph(
            (
                Span("In German the project is called "),
                Span("Küstenschutzbündnis", EMPHASIS, language="de"),
                Span("."),
            )
        ),
        Code("def share(quay, total):\n\treturn 340 * quay / total  # £m & change\n", "python"),
        Listing(((p("Survey"),), (p("Tender"),), (p("Stones"),)), ordered=True, start=3),
    ),
)

BREAD = Article(
    title="Bread prices fall for a third month",
    standfirst="Bakers thank a good harvest and cheaper gas.",
    published=datetime(2026, 11, 22, tzinfo=UTC),
    url="https://ledger.example/business/bread",
    site="The Morning Ledger",
    language="en",
    body=(
        p("A loaf of white bread cost $2.10 on average in October, three cents less than in September."),
        Heading((Span("By month"),)),
        Table(
            head=tuple((Span(month),) for month in ("", "June", "July", "Aug.", "Sept.", "Oct.")),
            rows=(
                tuple((Span(cell),) for cell in ("White", "2.25", "2.24", "2.19", "2.13", "2.10")),
                tuple((Span(cell),) for cell in ("Rye", "2.91", "2.90", "2.90", "2.84", "2.80")),
            ),
        ),
        p("Millers expect the fall to end in winter, when the price of transport usually rises."),
    ),
)

GERMAN = Article(
    title="Ein stiller Komet kehrt nach vierhundert Jahren zurück",
    standfirst="Er ist im Dezember vor Sonnenaufgang mit bloßem Auge zu sehen.",
    byline=("Cora Weiß",),
    published=datetime(2026, 11, 20, tzinfo=UTC),
    url="https://sternwarte.example/komet",
    language="de",
    body=(
        p("Wer früh aufsteht, sieht ihn tief im Südosten: einen blassen Fleck mit kurzem Schweif."),
        Heading((Span("Beobachtungsmöglichkeiten"),), 2),
        Heading((Span("In den Bergen"),), 3),
        p("Oberhalb des Nebels sind die Aussichten am besten."),
        Heading((Span("In der Stadt"),), 3),
        p("Ein Fernglas hilft."),
    ),
)

HEBREW = Article(
    title="העירייה אישרה 12 גנים חדשים עד 2027",
    standfirst="הגן הראשון ייפתח באביב.",
    url="https://iton.example/ganim",
    language="he",
    body=(
        Paragraph(
            (
                Span("המועצה אישרה את התוכנית ברוב גדול. היועצת "),
                Span("Ada Fenn", language="en"),
                Span(" ליוותה את הדיון."),
            )
        ),
        Listing(((p("גן בצפון העיר"),), (p("גן ליד הנמל"),))),
        Quote((p("גן הוא שכן טוב."),)),
    ),
)

ARABIC = Article(
    title="المدينة تفتح ثلاث حدائق جديدة للأطفال",
    language="ar",
    body=(p("تفتح المدينة ثلاث حدائق جديدة قبل نهاية العام."), p("قال المجلس إن العمل يبدأ في الربيع.")),
)

SPORT = Article(
    title="Oldhaven win 3–2 in extra time",
    language="en",
    reference="sport.txt",
    body=(p("It took a header in the 118th minute. Both sides were too tired to celebrate for long."),),
)

RICH = Edition(
    "The Morning Ledger",
    ISSUED,
    "en-GB",
    (
        Section("World", (SEA_WALL, HEBREW, ARABIC)),
        Section("Business", (BREAD,)),
        Section("Science", (GERMAN,)),
        Section("Sport", (SPORT,)),
    ),
)

SINGLE = Edition(SEA_WALL.title, ISSUED, "en", (Section("", (SEA_WALL,)),))

RIGHT_TO_LEFT = Edition("עיתון הבוקר", ISSUED, "he", (Section("חדשות", (HEBREW, ARABIC, SPORT)),))

EMPTY = Edition("", ISSUED, "", ())


def made(edition: Edition, folder: Path, exporter: EpubExporter | None = None) -> Path:
    """The edition as a book in the folder."""
    target = folder / "book.epub"
    (exporter or EpubExporter()).write(edition, target, Job())
    return target


def page(book: Path, name: str) -> str:
    """A file of a book as text."""
    with zipfile.ZipFile(book) as archive:
        return archive.read(f"EPUB/{name}").decode()
