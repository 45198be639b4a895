"""The articles that come with the project are read as they were meant."""

from pathlib import Path

import pytest

from newsexport.events import Event, Lost
from newsexport.model import Article, Heading, Listing, Quote, Table, plain_blocks
from newsexport.pipeline import collect
from newsexport.sources.language import detect
from newsexport.text.counting import word_count

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def seeds() -> dict[str, Article]:
    events: list[Event] = []
    articles = collect([str(SEEDS)], events.append).articles
    assert not [event for event in events if isinstance(event, Lost)]
    return {Path(article.reference).stem: article for article in articles}


def kinds(article: Article) -> set[type]:
    return {type(block) for block in article.body}


def test_four_sections_come_in_the_order_of_a_newspaper(seeds: dict[str, Article]) -> None:
    assert list(dict.fromkeys(article.section for article in seeds.values())) == [
        "World",
        "Business",
        "Culture",
        "Sport",
    ]


def test_no_footer_is_left_in_any_of_them(seeds: dict[str, Article]) -> None:
    for article in seeds.values():
        text = "\n".join((article.standfirst, *plain_blocks(article.body)))
        for footer in ("Source:", "Quelle:", "Advertisement", "Read more", "Share this", "Subscribe", "©"):
            assert footer not in text


def test_standfirsts_are_found_where_there_is_one(seeds: dict[str, Article]) -> None:
    without = {
        "02-storm-reaches-kestrel-bay",
        "04-namal-tamar",
        "02-sallow-salt",
        "02-the-lighthouse-hour",
        "02-night-marathon",
    }
    assert {name for name, article in seeds.items() if not article.standfirst} == without


def test_every_kind_of_block_and_a_picture_are_among_them(seeds: dict[str, Article]) -> None:
    assert {Heading, Quote} <= kinds(seeds["01-museum-of-stopped-clocks"])
    assert Listing in kinds(seeds["03-ten-books-nobody-borrowed"])
    assert Table in kinds(seeds["01-tram-fares"])
    assert Table in kinds(seeds["02-night-marathon"])
    assert seeds["01-tram-fares"].lead
    assert seeds["01-tram-fares"].media[0].media_type == "image/png"


def test_they_are_of_the_length_of_news(seeds: dict[str, Article]) -> None:
    assert len(seeds) >= 10
    assert all(120 <= word_count(article) <= 600 for article in seeds.values())
    assert max(len(article.title) for article in seeds.values()) == 120


def test_two_are_not_in_english(seeds: dict[str, Article]) -> None:
    languages = {name: detect(" ".join(plain_blocks(article.body)), "xx") for name, article in seeds.items()}
    assert {name: tag for name, tag in languages.items() if tag != "en"} == {
        "03-lindenau-waehlt": "de",
        "04-namal-tamar": "he",
    }
