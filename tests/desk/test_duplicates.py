"""The same article is there once; the same story in several papers, too, and the others are named."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newsexport.desk.duplicates import merged
from newsexport.desk.links import cleaned
from newsexport.model import Article, Paragraph, Span, Twin

WORDS = [
    "harbour",
    "ferry",
    "council",
    "bridge",
    "morning",
    "captain",
    "timetable",
    "island",
    "weather",
    "crossing",
    "ticket",
    "summer",
    "winter",
    "wall",
    "storm",
    "mayor",
    "crew",
    "dog",
    "engine",
    "quay",
    "fares",
    "return",
    "single",
    "children",
    "crowd",
    "band",
    "coffee",
    "noise",
    "silence",
    "repair",
    "cost",
    "delay",
]


def story(seed: int, length: int = 300) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(length))


def article(text: str, url: str = "", **fields: object) -> Article:
    return Article("A title", (Paragraph((Span(text),)),), url=url or None, **fields)  # type: ignore[arg-type]


def test_one_address_is_one_article_and_the_fullest_is_kept() -> None:
    short = article(
        "Teaser.", "http://www.a.example/s?utm_source=x", section="First", byline=("Ada Fenn",), partial=True
    )
    full = article(story(1), "https://a.example/s", section="Second")
    found = merged([short, full])
    assert found.articles == (replace(full, section="First", byline=("Ada Fenn",)),)
    assert len(found.same) == 1


def test_one_guid_is_one_article() -> None:
    found = merged(
        [article("a b", "https://a.example/1", guid="g"), article("a b c", "https://a.example/2", guid="g")]
    )
    assert [one.url for one in found.articles] == ["https://a.example/2"]


def test_an_agency_story_in_three_papers_is_told_once() -> None:
    text = story(2)
    papers = [
        article(text, "https://a.example/s", site="A"),
        article(f"Our own first sentence stands here. {text}", "https://b.example/s", site="B"),
        article(" ".join(text.split()[:260]), "https://c.example/s", site="C"),
    ]
    found = merged([papers[0], article(story(3), "https://d.example/x"), *papers[1:]])
    assert [one.url for one in found.articles] == ["https://b.example/s", "https://d.example/x"]
    assert set(found.articles[0].also_in) == {
        Twin("A", "https://a.example/s"),
        Twin("C", "https://c.example/s"),
    }
    assert len(found.alike) == 2


def test_two_reports_of_one_event_stay_two() -> None:
    shared = story(4, 60)
    found = merged(
        [
            article(f"{shared} {story(5)}", "https://a.example/s"),
            article(f"{shared} {story(6)}", "https://b.example/s"),
        ]
    )
    assert len(found.articles) == 2


def test_the_weather_of_two_days_stays_two() -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    text = story(7)
    found = merged(
        [
            article(f"{text} 7", "https://a.example/1", published=monday),
            article(f"{text} 9", "https://a.example/2", published=monday + timedelta(days=2)),
        ]
    )
    assert len(found.articles) == 2


def test_short_texts_are_alike_by_chance_and_stay() -> None:
    found = merged([article("No results today.", f"https://a.example/{number}") for number in range(3)])
    assert len(found.articles) == 3


def test_scripts_without_spaces_are_compared_too() -> None:
    chance = random.Random(8)
    text = "".join(chance.choice("東西南北春夏秋冬山川海空人口手足目耳") for _ in range(400))
    found = merged(
        [
            article(text, "https://a.example/1", site="A"),
            article(f"今日。{text}", "https://b.example/1", site="B"),
        ]
    )
    assert len(found.articles) == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_merging_again_changes_nothing_and_no_story_is_lost(picks: list[tuple[int, int]]) -> None:
    found = [article(story(seed), f"https://{site}.example/{seed}", site=str(site)) for seed, site in picks]
    once = merged(found)
    assert merged(once.articles).articles == once.articles
    assert {one.body for one in once.articles} == {one.body for one in found}


def test_ten_thousand_articles_are_compared_in_seconds() -> None:
    found = [article(story(number, 120), f"https://a.example/{number}") for number in range(3_000)]
    assert len(merged(found).articles) == 3_000


def test_links_lose_what_follows_readers_around() -> None:
    spans = (
        Span("a", href="https://b.example/x?utm_source=a&id=1#part"),
        Span("b", href="https://www.google.com/url?q=https%3A%2F%2Fc.example%2F"),
        Span("c", href="mailto:ada@oldhaven.example"),
    )
    found = cleaned(Article("T", (Paragraph(spans),), url="HTTPS://A.example/?fbclid=1"))
    assert found.url == "https://a.example/"
    assert isinstance(found.body[0], Paragraph)
    assert [span.href for span in found.body[0].spans] == [
        "https://b.example/x?id=1#part",
        "https://c.example/",
        "mailto:ada@oldhaven.example",
    ]
