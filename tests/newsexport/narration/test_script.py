"""What is said of an edition, as a page that a person can read."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.model import (
    Article,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Rule,
    Section,
    Span,
    Table,
)
from newsexport.narration.omissions import unspoken
from newsexport.narration.options import Announcements, Direction, Pauses
from newsexport.narration.script import narrated, script
from newsexport.speech import Role


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def cell(text: str) -> tuple[Span, ...]:
    return (Span(text),)


TRAM = Article(
    title="Harbourne votes for a tram",
    standfirst="The line will cost $4.5bn and open in 2031.",
    byline=("Ada Marsh",),
    site="The Harbourne Gazette",
    url="https://gazette.example/tram",
    language="en",
    lead=Figure("tram.jpg", "A tram", cell("Not spoken")),
    body=(
        paragraph("The council voted 5-4 on Dec. 15. Mr. Osei, its mayor, was “relieved”."),
        Heading(cell("What it costs")),
        Table(
            (cell("Item"), cell("2026"), cell("2027")),
            ((cell("Rails"), cell("$1.2bn"), cell("$900m")), (cell("Trams"), cell(""), cell("$2.4bn"))),
            cell("Costs by year"),
        ),
        Rule(),
        Quote((paragraph("We asked for a bus."), paragraph("Greta Ollin, shopkeeper"))),
        Listing(((paragraph("Work begins in May."),), (paragraph("It ends in 2031."),)), ordered=True),
        Code("print('not spoken')"),
        Figure("map.png", "A map", cell("Not spoken either")),
        paragraph("See https://www.gazette.example/plans?page=2 for more…"),
    ),
)
WAHL = Article(
    "Lindenau wählt", (paragraph("Am 3. Oktober wird gewählt. Das Ergebnis folgt."),), language="de"
)
EDITION = Edition(
    "The Morning Edition", date(2026, 11, 23), "en", (Section("World", (TRAM,)), Section("Europa", (WAHL,)))
)


def as_page(edition: Edition) -> Iterator[str]:
    for passage in script(edition, Direction()):
        yield "--"
        opened = {opening.at: opening for opening in passage.openings}
        for at, utterance in enumerate(passage.utterances):
            if at in opened:
                yield f"[{opened[at].level.name.lower()}: {opened[at].title}]"
            yield f"{utterance.language} {utterance.role:9} {utterance.spoken}  ({utterance.pause} s)"


def test_the_script_of_an_edition(golden: Callable[[str, str], None]) -> None:
    golden("narration/script.txt", "\n".join(as_page(EDITION)) + "\n")


def test_a_lone_section_without_a_title_is_not_announced() -> None:
    edition = replace(EDITION, sections=(Section("", (WAHL,)),))
    assert [passage.article for passage in script(edition, Direction())] == [None, WAHL]


@pytest.mark.parametrize("announced", ["", "{date}: {title}.", "Good morning. It is {date}."])
def test_a_lone_article_that_gives_the_edition_its_title_is_announced_once(announced: str) -> None:
    edition = replace(EDITION, sections=(Section("", (WAHL,)),), title=WAHL.title, language="de")
    said = Announcements(edition=announced) if announced else Announcements()
    passages = list(script(edition, Direction(announcements=said)))
    told = [one.spoken for passage in passages for one in passage.utterances if one.role is Role.ANNOUNCER]
    assert sum("Lindenau wählt" in one for one in told) == 1
    assert sum("dreiundzwanzigste" in one for one in told) == 1
    opened = [one.title for passage in passages for one in passage.openings]
    assert opened == [WAHL.title]


def test_a_title_of_the_users_own_is_said_before_a_lone_article() -> None:
    edition = replace(EDITION, sections=(Section("", (WAHL,)),), title="For the train", language="de")
    said = [one.spoken for passage in script(edition, Direction()) for one in passage.utterances]
    assert said[0] == "For the train."
    assert said[2] == "Lindenau wählt."


def test_a_heading_stands_no_nearer_to_what_is_before_it_than_to_what_is_behind() -> None:
    pauses = Pauses(sentence=1, paragraph=2, heading=3, article=4)
    (passage,) = narrated(TRAM, Direction(pauses))
    at = next(at for at, one in enumerate(passage.utterances) if one.printed == "What it costs")
    assert [one.pause for one in passage.utterances[at - 2 : at + 2]] == [1, 3, 3, 2]


def test_credits_of_pictures_addresses_and_paths_are_not_said_and_that_is_told() -> None:
    lines = ("Photo: Ada Marsh / Gazette", "https://gazette.example/a", "The tram runs.", "Ada Marsh/AFP")
    article = Article("Tram", tuple(map(paragraph, lines)), language="en")
    sections = (Section("news/world", (article,)), Section("TV/Radio", (article,)))
    edition = Edition("E", date(2026, 11, 23), "en", sections)
    said = [line.spoken for passage in script(edition, Direction()) for line in passage.utterances]
    assert said[2:] == ["Tram.", "The tram runs.", "T V Radio.", "Tram.", "The tram runs."]
    left = [one.text for one in unspoken(article, Direction())]
    assert left == [lines[0], lines[1], lines[3]]


def test_an_article_is_said_the_same_wherever_it_stands() -> None:
    alone = replace(EDITION, sections=(Section("", (TRAM,)),), title="Other")
    said = [passage for passage in script(EDITION, Direction()) if passage.article == TRAM]
    assert said == [passage for passage in script(alone, Direction()) if passage.article == TRAM]


@given(st.lists(st.text(min_size=1), max_size=6))
def test_every_utterance_has_something_to_say(texts: list[str]) -> None:
    article = Article("A headline", tuple(map(paragraph, texts)), language="en")
    for passage in narrated(article, Direction()):
        assert all(any(map(str.isalnum, utterance.spoken)) for utterance in passage.utterances)
        assert passage.utterances[-1].pause >= Pauses().paragraph


def test_notes_and_pulled_quotations_are_not_said() -> None:
    article = Article(
        "Tolls",
        (
            Paragraph((Span("The toll"), Span("", note="1"), Span(" rises."))),
            Quote((paragraph("The toll rises."),), pulled=True),
        ),
        language="en",
        notes=(Note("1", (paragraph("Not spoken."),)),),
    )
    assert said(article) == [("Tolls", "Tolls."), ("The toll rises.", "The toll rises.")]


KIRI = (Span("これは"), Span("霧", ruby="きり"), Span("です。"))


def test_in_japanese_the_reading_is_said_and_elsewhere_what_it_reads() -> None:
    body = (Heading(KIRI), Paragraph(KIRI), Table((), ((KIRI,),)))
    assert said(Article("x", body, language="ja"))[1:] == [("これは霧です。", "これはきりです。")] * 3
    assert said(Article("x", body, language="zh"))[1:] == [("これは霧です。", "これは霧です。")] * 3
    (passage,) = narrated(Article("x", body, language="ja"), Direction())
    assert [opening.title for opening in passage.openings] == ["x", "これは霧です。"]


def test_a_reading_is_said_by_the_language_of_its_span() -> None:
    spans = (Span("The word "), Span("霧", language="ja", ruby="kiri"), Span(" is fog."))
    assert said(Article("x", (Paragraph(spans),), language="en"))[1:] == [
        ("The word 霧 is fog.", "The word kiri is fog.")
    ]


def marked(*parts: tuple[str, Mark | None]) -> Paragraph:
    return Paragraph(tuple(Span(text, frozenset({mark} if mark else ())) for text, mark in parts))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It costs much, struck out, now little."),
        ("de", "It costs much, gestrichen, jetzt little."),
        ("pl", "It costs much, przekreślone, teraz little."),
        ("sw", "It costs little."),  # no words of ours: what no longer holds is not said
    ],
)
def test_what_is_struck_is_said_to_be_and_what_replaces_it_too(language: str, text: str) -> None:
    body = marked(
        ("It costs ", None), ("much", Mark.STRUCK), (" ", None), ("little", Mark.INSERTED), (".", None)
    )
    article = Article("", (body,), language=language)
    assert said(article) == [("It costs ~~much~~ little.", text)]
    left_out = [one.text for one in unspoken(article, Direction())]
    assert left_out == ([] if language != "sw" else ["much"])


def test_indices_and_powers_are_said_apart_from_what_they_belong_to() -> None:
    parts = (
        ("H", None),
        ("2", Mark.LOWERED),
        ("O, a", None),
        ("n+1", Mark.LOWERED),
        (", 10", None),
        ("-3", Mark.RAISED),
    )
    spoken = said(Article("", (marked(*parts),), language="en"))[0][1]
    assert spoken == "H two O, a n plus one, ten to the power of minus three."


def test_whom_a_quotation_is_from_is_said_behind_it_by_the_reader() -> None:
    quote = Quote((paragraph("It floats."),), attribution=(Span("Ada Fenn"),))
    (passage,) = narrated(Article("", (quote,), language="en"), Direction())
    assert [(one.spoken, one.role) for one in passage.utterances] == [
        ("It floats.", Role.QUOTED),
        ("Ada Fenn.", Role.READER),
    ]


def test_no_text_can_pass_for_a_reading() -> None:
    forged = (Span("\ufff9霧\ufffaきり\ufffb"),)
    assert said(Article("x", (Paragraph(forged),), language="ja"))[1:] == [("霧きり", "霧きり.")]


def said(article: Article) -> list[tuple[str, str]]:
    return [
        (utterance.printed, utterance.spoken)
        for passage in narrated(article, Direction())
        for utterance in passage.utterances
    ]


@given(
    st.lists(
        st.tuples(st.text(max_size=900), st.none() | st.text("ab。. \ufff9\ufffa\ufffb", min_size=1)),
        max_size=4,
    )
)
def test_no_sign_of_a_reading_is_ever_said(parts: list[tuple[str, str | None]]) -> None:
    spans = tuple(Span(text, ruby=ruby) for text, ruby in parts)
    for pair in said(Article("x", (Paragraph(spans),), language="ja")):
        assert not {"\ufff9", "\ufffa", "\ufffb"}.intersection("".join(pair))


@pytest.mark.parametrize(
    ("language", "announced", "heard"),
    [
        ("en", "Monday, 23 November 2026.", "Monday, the twenty-third of November twenty twenty-six."),
        ("ru", "понедельник, 23 ноября 2026\u00a0г.", "понедельник, двадцать третье ноября"),
        ("hu", "2026. november 23., hétfő.", "november huszonharmadika, hétfő."),
        ("ko", "2026년 11월 23일 월요일.", "이천이십육년 십일월 이십삼일 월요일."),
        ("cs", "pondělí 23. listopadu 2026.", "pondělí dvacátého třetího listopadu"),
        ("ar", "الاثنين، 23 نوفمبر 2026.", "الاثنين، الثالث والعشرون من نوفمبر"),
    ],
)
def test_the_date_of_an_edition_is_announced_in_its_long_form_as_one_sentence(
    language: str, announced: str, heard: str
) -> None:
    article = Article("Tram", (paragraph("It runs."),), language=language)
    edition = Edition("TRAM", date(2026, 11, 23), language, (Section("", (article,)),))
    *_, said = next(script(edition, Direction())).utterances
    assert said.printed == announced
    assert heard in said.spoken


def test_an_index_in_a_headline_is_said_as_one_in_the_text() -> None:
    """A headline has no marks: there are characters for what stands below the line."""
    article = Article("The series aₙ₊₁, uᵢⱼ and H₂O", (paragraph("Text."),), language="en")
    assert said(article)[0] == ("The series aₙ₊₁, uᵢⱼ and H₂O", "The series a n plus one, u ij and H two O.")


def test_an_article_may_be_announced_with_the_date_too() -> None:
    article = Article("Tramvaj", (paragraph("Jede."),), language="cs")
    edition = Edition("TRAM", date(2026, 11, 23), "cs", (Section("", (article,)),))
    told = Direction(announcements=Announcements(edition="", article="{title}. {date}. Dnes."))
    (passage,) = script(edition, told)
    assert [one.printed for one in passage.utterances][:3] == [
        "Tramvaj.",
        "pondělí 23. listopadu 2026.",
        "Dnes.",
    ]
    assert passage.utterances[1].spoken.startswith("pondělí dvacátého třetího listopadu")
