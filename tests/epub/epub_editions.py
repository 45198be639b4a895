"""Editions the EPUB tests make books of. Every word in them was invented for the purpose."""

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from newsexport.exporters.epub import EpubExporter
from newsexport.job import Job
from newsexport.model import (
    Article,
    Block,
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

UNWANTED = "\x00\x01\x0b\x1f\x7f\x85\ud800\udfff\ufeff\ufffe\uffff\U0001fffe<&\">'\u202e]]>--\t\r\n"

HREFS = (
    "javascript:alert(1)",
    "http:////",
    "http://",
    "https://",
    "//no.scheme",
    "#top",
    "a relative path.html",
    "http://host.example/a b c",
    "http://host.example/ä/ø?q=ü&x=<y>\"'#ﬁ",
    "http://host.example/%zz%",
    "http://host.example:99999/",
    "http://host.example:/",
    "http://1.2.3.999/",
    "http://[::1]/",
    "http://[::1",
    "http://user:secret@host.example/",
    "http://bücher.example/",
    "http://-bad-.example/",
    "http://a..b/",
    "http://" + "a" * 300 + ".example/",
    "HTTPS://UPPER.EXAMPLE/Path",
    "mailto:someone@host.example",
    "mailto:not an address",
    "data:text/html,hello",
    "file:///etc/passwd",
    "ftp://host.example/",
    "http://host.example/\x00\ud800",
    "http://host.example/[x]{y}|z\\^`",
    "",
    " ",
)


def nasty_article(title: str, **more: object) -> Article:
    links = tuple(Span(f"link {number} ", href=href) for number, href in enumerate(HREFS))
    deep: Block = p("the innermost")
    for _ in range(30):
        deep = Quote((Listing(((deep,),)),))
    body = (
        p(UNWANTED),
        p(""),
        p(" \n\t "),
        Paragraph(()),
        Paragraph(links),
        Paragraph(
            (
                Span("", STRONG, "https://host.example/"),
                Span("\n", href="https://host.example/"),
                Span("x" * 5000),
            )
        ),
        Paragraph(
            (
                Span("bad", language="not a tag"),
                Span("odd", language="x" * 40),
                Span("new", language="de-1996-1996"),
            )
        ),
        Heading((Span("Again"),), 6),
        Heading((Span("Again"),), 2),
        Heading((Span("Again"),), 4),
        Heading((Span(UNWANTED),), 99),
        Heading((Span(""),), -3),
        Heading((Span("\n"),), 3),
        Quote(()),
        Quote((p(""), Heading((Span("inside"),), 5), Rule())),
        Listing(()),
        Listing(((), (p(""),), (Rule(),))),
        Listing(((p("one"),), (Table((), ()), Code(""))), ordered=True, start=-7),
        Table((), ()),
        Table((), ((),)),
        Table(((), ()), (((), ()),), caption=(Span("nothing in it"),)),
        Table(((Span("a"),),), (((Span("1"),), (Span("2"),), ()), ((Span("3"),),))),
        Figure("gone.jpg"),
        Figure("../../" + UNWANTED, UNWANTED, (Span("its caption stays"),)),
        Figure(HARBOUR.name, "  "),
        Figure("broken", "", (Span(""),)),
        Figure("bomb"),
        Code("\n\n\ttabs\tand <tags> & \x00 ]]>\n\n"),
        Code(" \n"),
        deep,
    )
    media = (
        HARBOUR,
        Media("broken", "image/png", b"\x89PNG\r\n\x1a\nno"),
        Media("bomb", "text/html", b"<script/>"),
    )
    return Article(title=title, body=body, media=media, **more)  # type: ignore[arg-type]  # as odd as they come


NASTY = Edition(
    UNWANTED + "Nasty & <b>bold</b>",
    date(1, 1, 1),
    "C",
    (
        Section(
            UNWANTED + "x" * 600,
            (
                nasty_article(UNWANTED, standfirst=UNWANTED, byline=("", UNWANTED, "A & B"), language="und"),
                nasty_article("", language="zz_ZZ_zzzzzzzzz", url="javascript:alert(1)", site="<script>"),
                nasty_article("long " * 100, url=UNWANTED, lead=Figure("gone.jpg", "", (Span("gone"),))),
                Article("", ()),
                Article(
                    "",
                    (),
                    language="ar",
                    url="http:////",
                    lead=Figure("broken"),
                    published=datetime.min.replace(tzinfo=UTC),
                ),
            ),
        ),
        Section("", (nasty_article("Same title"), nasty_article("Same title"))),
        Section("Nothing here", ()),
        Section("Nothing here", (Article("Alone", (Rule(),), lead=Figure(HARBOUR.name)),)),
    ),
)


def random_edition(random: Random) -> Edition:
    """Articles of every shape, from blocks and text drawn by lot."""
    alphabet = [
        "a",
        "Z",
        " ",
        " ",
        "\n",
        "é",
        "ß",
        "ש",
        "ع",
        "漢",
        "😀",
        "<",
        "&",
        '"',
        "'",
        "\x02",
        "\ud801",
        "\ufffe",
        "%",
    ]

    def text(most: int) -> str:
        return "".join(random.choices(alphabet, k=random.randrange(most)))

    def spans() -> tuple[Span, ...]:
        return tuple(
            Span(
                text(30),
                frozenset(random.sample(list(Mark), random.randrange(4))),
                random.choice([None, None, *HREFS, text(20)]),
                random.choice([None, "de", "ar", text(6)]),
            )
            for _ in range(random.randrange(4))
        )

    def blocks(depth: int) -> tuple[Block, ...]:
        return tuple(block(depth) for _ in range(random.randrange(6)))

    def block(depth: int) -> Block:
        leaf: list[Block] = [
            Paragraph(spans()),
            Heading(spans(), random.randrange(-1, 9)),
            Figure(random.choice([HARBOUR.name, CHART.name, text(9)]), text(9), spans()),
            Table(
                tuple(spans() for _ in range(random.randrange(3))),
                tuple(tuple(spans() for _ in range(random.randrange(4))) for _ in range(random.randrange(3))),
                spans(),
            ),
            Code(text(40)),
            Rule(),
        ]
        if depth < 3:
            leaf += [
                Quote(blocks(depth + 1)),
                Listing(
                    tuple(blocks(depth + 1) for _ in range(random.randrange(3))),
                    random.random() < 0.5,
                    random.randrange(-3, 9),
                ),
            ]
        return random.choice(leaf)

    def article() -> Article:
        return Article(
            text(40), blocks(0), text(60), tuple(text(9) for _ in range(random.randrange(3))),
            url=random.choice([None, *HREFS]), site=random.choice([None, text(9)]),
            language=random.choice(["", "en", "he", text(5)]), media=(HARBOUR, CHART),
            lead=random.choice([None, Figure(CHART.name)]),
        )  # fmt: skip

    sections = tuple(Section(text(8), tuple(article() for _ in range(random.randrange(9)))) for _ in range(7))
    return Edition(text(30), ISSUED, random.choice(["en", "ar", text(4)]), sections)


def made(edition: Edition, folder: Path, exporter: EpubExporter | None = None) -> Path:
    """The edition as a book in the folder."""
    target = folder / "book.epub"
    (exporter or EpubExporter()).write(edition, target, Job())
    return target


def page(book: Path, name: str) -> str:
    """A file of a book as text."""
    with zipfile.ZipFile(book) as archive:
        return archive.read(f"EPUB/{name}").decode()
