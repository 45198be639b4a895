"""Articles put into sections: each stands in the edition once, under the name it asks for."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from newsexport.model import Article, Edition, Paragraph, Span
from newsexport.pipeline import Arrangement, Collected, arrange

UNSECTIONED = "News"
SECTIONS = st.lists(st.sampled_from(("", UNSECTIONED, UNSECTIONED.lower(), "Sport", " ", "0")), min_size=1)


def arranged(*sections: str) -> Edition:
    articles = tuple(
        Article(f"Article {number}", (Paragraph((Span("Words of it."),)),), section=section)
        for number, section in enumerate(sections)
    )
    return arrange(Collected(articles), Arrangement(date(2026, 11, 29)))


def contents(edition: Edition) -> dict[str, list[str]]:
    return {section.title: [each.title for each in section.articles] for section in edition.sections}


@given(SECTIONS)
def test_every_article_is_in_the_edition_once(sections: list[str]) -> None:
    edition = arranged(*sections)
    assert sorted(each.title for each in edition.articles()) == sorted(
        f"Article {number}" for number in range(len(sections))
    )
    titles = [section.title for section in edition.sections]
    assert len(set(titles)) == len(titles)


def test_those_without_a_section_stand_with_those_that_name_the_same() -> None:
    assert contents(arranged("", UNSECTIONED, "Sport", "")) == {
        UNSECTIONED: ["Article 0", "Article 1", "Article 3"],
        "Sport": ["Article 2"],
    }


def test_articles_that_all_name_no_section_get_none() -> None:
    assert contents(arranged("", "")) == {"": ["Article 0", "Article 1"]}


def test_what_has_no_name_is_called_news_in_the_language_of_the_edition() -> None:
    body = (Paragraph((Span("Слова."),)),)
    articles = tuple(
        Article(f"Статья {at}", body, section=name, language="ru") for at, name in enumerate(("", "Спорт"))
    )
    edition = arrange(Collected(articles), Arrangement(date(2026, 11, 29)))
    assert (edition.title, [section.title for section in edition.sections]) == (
        "Новости",
        ["Новости", "Спорт"],
    )
    german = arrange(Collected(articles), Arrangement(date(2026, 11, 29), language="de-AT"))
    assert german.title == "Nachrichten"
