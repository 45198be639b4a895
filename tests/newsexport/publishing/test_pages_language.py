"""The pages of a library speak the language of its papers, and say where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import pytest
from lxml import html
from tests.newsexport.publishing import papers

from newsexport.library.issue import Paper
from newsexport.library.library import Holding
from newsexport.model import Article, Edition, Heading, Note, Paragraph, Section, Span
from newsexport.publishing import pages
from newsexport.publishing.pages import Pages
from newsexport.publishing.site import Site
from newsexport.text.wording import languages, wording

SITE = Site("https://paper.example/")
READ_OUT = ("aria-label", "title", "data-play", "data-pause", "alt")


def page(language: str, edition: Edition | None = None) -> html.HtmlElement:
    paper = replace(papers.MORNING, language=language)
    one = replace(papers.issue(paper), language=language)
    return html.document_fromstring(pages.issue_page(paper, one, SITE, pages.IssueText(edition)).decode())


def spoken(document: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Everything that a page says, and in which language it says that this is."""
    for element in document.iter(html.etree.Element):
        language = next(each.get("lang") for each in (element, *element.iterancestors()) if each.get("lang"))
        around = language if element.getparent() is None else _around(element)
        said = (*(element.get(name) for name in READ_OUT), element.text)
        yield from ((text.strip(), language) for text in said if text and text.strip())
        if element.tail and element.tail.strip():
            yield element.tail.strip(), around


def _around(element: html.HtmlElement) -> str:
    return next(str(each.get("lang")) for each in element.iterancestors() if each.get("lang"))


@pytest.mark.parametrize("language", languages())
def test_a_page_says_all_its_words_in_its_language(language: str) -> None:
    said = {text.partition(" (")[0] for text, _ in spoken(page(language))}
    ours = _words(language)
    assert set(ours.values()) - said == set()
    assert {_words("en")[name] for name, word in ours.items() if word != _words("en")[name]} & said == set()


def _words(language: str) -> dict[str, str]:
    ours = wording(language)
    words = asdict(ours.page)
    for unseen in ("papers", "daily", "earlier", "add", "catalogue", "scan", "text"):
        del words[unseen]
    around = {"contents": ours.contents}
    words["back"], words["forward"] = (
        words["back"].format(ours.numeral(15)),
        words["forward"].format(ours.numeral(30)),
    )
    return {**words, **{f"our {name}": word for name, word in around.items()}}


def test_a_german_page_is_german_throughout() -> None:
    document = page("de-AT")
    assert document.get("lang") == "de-AT"
    told = [text for text, language in spoken(document) if language == "de-AT"]
    assert told[:1] == ["The Oldhaven Morning, 25. November 2026"]
    bars = [[text for text, _ in spoken(bar)] for bar in document.find_class("bar")]
    assert bars == [
        ["15 Sekunden zurück", "15 Sekunden zurück (j)", "−15", "Abspielen oder anhalten (k)", "Abspielen", "Pause",
         "Abspielen", "30 Sekunden vor", "30 Sekunden vor (l)", "+30", "Audioplayer"],
        ["Tempo", "Vorheriger Artikel ([)", "Vorheriger Artikel", "Nächster Artikel (])", "Nächster Artikel",
         "Tempo", "0,75×", "1×", "1,25×", "1,5×", "1,75×", "2×", "Mitlesen"],
    ]  # fmt: skip
    assert [each.text for each in document.find("body").find("footer").iter("h2")] == [
        "Zum Mitnehmen",
        "Abonnieren",
    ]
    assert "(mp3, 123\u00a0kB)" in told


@pytest.mark.parametrize(
    ("language", "octets", "size"),
    [("en", 4_310_000, "4.3\u00a0MB"), ("fr", 4_310_000, "4,3\u00a0Mo"), ("de", 1, "1\u00a0kB")],
)
def test_a_size_is_written_as_the_language_has_it(language: str, octets: int, size: str) -> None:
    assert wording(language).size(octets) == size


@pytest.mark.parametrize(("language", "direction"), [("sw", "ltr"), ("ur", "rtl")])
def test_in_a_language_that_we_do_not_speak_our_words_are_english_and_say_so(
    language: str, direction: str
) -> None:
    document = page(language)
    assert (document.get("lang"), document.get("dir")) == (language, direction)
    english = set(_words("en").values())
    told = [(text.partition(" (")[0], tongue) for text, tongue in spoken(document)]
    assert {tongue for text, tongue in told if text in english} == {"en"}
    assert ("The ferry is back", language) in told
    assert document.find_class("player")[0].get("dir") == ("ltr" if direction == "rtl" else None)


def test_an_article_in_another_language_is_told_in_it_wherever_it_is_named() -> None:
    ferry = Article(
        "Die Fähre fährt", (Paragraph((Span("Sie fährt "), Span("again", language="en"), Span("."))),),
        byline=("Ada Fenn",), url="https://oldhaven.example/", language="de",
    )  # fmt: skip
    ship = Article("船が戻る", (Paragraph((Span("港"),)),), byline=("Ada Fenn",), language="ja")
    boat = Article("Meli", (Paragraph((Span("Bandari"),)),), byline=("Bo Lind",), language="sw")
    unknown = Article("Herring", (Paragraph((Span("Dear", language="xx"),)),), language="xx")
    edition = Edition("Paper", date(2026, 11, 25), "en-GB", (Section("", (ferry, ship, boat, unknown)),))
    told = list(spoken(page("en-GB", edition)))
    assert {("Die Fähre fährt", "de"), ("Sie fährt", "de"), ("again", "en"), ("Von Ada Fenn ·", "de")} < set(
        told
    )
    assert {
        ("Quelle", "de"),
        ("船が戻る", "ja"),
        ("文：Ada Fenn", "ja"),
        ("By Bo Lind", "en"),
        ("Dear", "en-GB"),
    } < set(told)
    assert {language for _, language in told} == {"en-GB", "en", "de", "ja", "sw"}


def test_a_tag_that_is_none_is_not_handed_on() -> None:
    assert page("und").get("lang") == "en"
    assert page('"><script>').get("lang") == "en"
    assert page("de_de").get("lang") == "de-de"


@pytest.mark.parametrize(
    ("languages", "language", "title"),
    [
        ((), "en", "Papers"),
        (("de-AT", "de-AT"), "de-AT", "Zeitungen"),
        (("de-AT", "de-DE"), "de", "Zeitungen"),
        (("pt", "pt-BR"), "pt", "Jornais"),
        (("de", "fr"), "en", "Papers"),
        (("ja", "ja"), "ja", "新聞"),
        (("sw", "sw"), "sw", "Papers"),
    ],
)
def test_an_index_speaks_the_language_that_all_papers_share(
    languages: tuple[str, ...], language: str, title: str
) -> None:
    several = [Paper(f"paper-{at}", f"Paper {at}", language=each) for at, each in enumerate(languages)]
    issues = [replace(papers.issue(), paper=paper.key, language=paper.language) for paper in several]
    document = html.document_fromstring(
        pages.index(
            [Holding(paper, (one,)) for paper, one in zip(several, issues, strict=True)], SITE
        ).decode()
    )
    assert document.get("lang") == language
    named = "en" if title == "Papers" else language
    assert [each for each in spoken(document) if each[0] in ("Papers", title)] == [(title, named)] * 2
    shown = dict(spoken(document))
    assert [shown[paper.title] for paper in several] == [
        paper.language if language == "en" else language for paper in several
    ]


def test_an_index_of_one_paper_speaks_its_language_and_an_issue_its_own() -> None:
    paper = replace(papers.MORNING, language="de")
    one = replace(papers.issue(paper), language="fr", published=datetime(2026, 11, 25, tzinfo=UTC))
    document = html.document_fromstring(pages.index([Holding(paper, (one,))], SITE).decode())
    assert document.get("lang") == "de"
    assert ("mercredi, 25 novembre 2026", "fr") in set(spoken(document))


def test_no_level_of_headings_is_left_out_whether_sections_have_names_or_not() -> None:
    body = (Heading((Span("At the quay"),)), Paragraph((Span("It sails."), Span("", note="1"))))
    article = Article("The ferry", body, notes=(Note("1", (Paragraph((Span("By day."),)),)),), language="en")
    for name, levels in (("", ["h1", "h2", "h3", "h3"]), ("Harbour", ["h1", "h2", "h3", "h4", "h4"])):
        edition = Edition("Paper", date(2026, 11, 25), "en", (Section(name, (article,)),))
        headings = page("en", edition).xpath("//h1 | //main//*[self::h2 or self::h3 or self::h4]")
        assert [each.tag for each in headings] == levels


@pytest.mark.parametrize("language", languages())
def test_the_ways_to_a_paper_are_told_in_its_language(language: str) -> None:
    paper = replace(papers.MORNING, language=language)
    issues = tuple(replace(papers.issue(paper, date(2026, 11, day)), language=language) for day in (24, 25))
    made = Pages(SITE).of_library([Holding(paper, issues)])
    words = wording(language).page
    for name, expected in (
        ("index.html", {words.listen, words.read, words.earlier}),
        (f"{paper.key}/listen.html", {words.listen, words.add, words.scan}),
        (f"{paper.key}/read.html", {words.read, words.catalogue, words.scan}),
    ):
        document = html.document_fromstring(made[name].decode())
        assert expected <= {text for text, _ in spoken(document)}
