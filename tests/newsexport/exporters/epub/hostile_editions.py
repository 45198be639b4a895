"""Editions that nobody would print: every oddity of the model, and blocks drawn by lot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

from tests.newsexport.exporters.epub.epub_editions import CHART, HARBOUR, ISSUED, STRONG, p

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


DEEP: Block = p("the innermost")
for _ in range(30):
    DEEP = Quote((Listing(((DEEP,),)),))

ODD_TEXT: tuple[Block, ...] = (
    p(UNWANTED),
    p(""),
    p(" \n\t "),
    Paragraph(()),
    Paragraph(tuple(Span(f"link {number} ", href=href) for number, href in enumerate(HREFS))),
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
)

ODD_BLOCKS: tuple[Block, ...] = (
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
    DEEP,
)

ODD_MEDIA = (
    HARBOUR,
    Media("broken", "image/png", b"\x89PNG\r\n\x1a\nno"),
    Media("bomb", "text/html", b"<script/>"),
)


def nasty_article(title: str, **more: object) -> Article:
    return Article(title=title, body=ODD_TEXT + ODD_BLOCKS, media=ODD_MEDIA, **more)  # type: ignore[arg-type]  # as odd as they come


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


# What texts are drawn from: letters of every direction and width, markup, and what XML cannot hold.
ALPHABET = "aZ  \néß\u05e9\u0639漢😀<&\"'\x02\ud801\ufffe%"


@dataclass(frozen=True)
class Lot:
    """Articles of every shape, drawn by lot."""

    random: Random

    def edition(self) -> Edition:
        sections = tuple(Section(self.text(8), self.articles()) for _ in range(7))
        return Edition(self.text(30), ISSUED, self.random.choice(["en", "ar", self.text(4)]), sections)

    def articles(self) -> tuple[Article, ...]:
        return tuple(self.article() for _ in range(self.random.randrange(9)))

    def article(self) -> Article:
        return Article(
            self.text(40), self.blocks(0), self.text(60), self.texts(3, 9),
            url=self.random.choice([None, *HREFS]), site=self.random.choice([None, self.text(9)]),
            language=self.random.choice(["", "en", "he", self.text(5)]), media=(HARBOUR, CHART),
            lead=self.random.choice([None, Figure(CHART.name)]),
        )  # fmt: skip

    def text(self, most: int) -> str:
        return "".join(self.random.choices(ALPHABET, k=self.random.randrange(most)))

    def texts(self, count: int, most: int) -> tuple[str, ...]:
        return tuple(self.text(most) for _ in range(self.random.randrange(count)))

    def spans(self) -> tuple[Span, ...]:
        return tuple(self.span() for _ in range(self.random.randrange(4)))

    def span(self) -> Span:
        return Span(
            self.text(30),
            frozenset(self.random.sample(list(Mark), self.random.randrange(4))),
            self.random.choice([None, None, *HREFS, self.text(20)]),
            self.random.choice([None, "de", "ar", self.text(6)]),
        )

    def row(self) -> tuple[tuple[Span, ...], ...]:
        return tuple(self.spans() for _ in range(self.random.randrange(4)))

    def blocks(self, depth: int) -> tuple[Block, ...]:
        return tuple(self.block(depth) for _ in range(self.random.randrange(6)))

    def block(self, depth: int) -> Block:
        random = self.random
        choices: list[Callable[[], Block]] = [
            lambda: Paragraph(self.spans()),
            lambda: Heading(self.spans(), random.randrange(-1, 9)),
            lambda: Figure(
                random.choice([HARBOUR.name, CHART.name, self.text(9)]), self.text(9), self.spans()
            ),
            lambda: Table(self.row(), tuple(self.row() for _ in range(random.randrange(3))), self.spans()),
            lambda: Code(self.text(40)),
            Rule,
        ]
        if depth < 3:
            choices += [lambda: Quote(self.blocks(depth + 1)), lambda: self.listing(depth + 1)]
        return random.choice(choices)()

    def listing(self, depth: int) -> Listing:
        items = tuple(self.blocks(depth) for _ in range(self.random.randrange(3)))
        return Listing(items, self.random.random() < 0.5, self.random.randrange(-3, 9))
