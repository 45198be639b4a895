"""The same article is there once; the same story in several papers, too, and the others are named."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.collecting.clean import cleaned
from newsexport.collecting.deduplicate import merged
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ended at 12 points", "ended at 45 points"),
        ("won by 3 to 1", "won by 2 to 1"),
        ("it was -3 degrees", "it was 3 degrees"),
        ("12 dead", "45 dead"),
    ],
)
def test_the_same_words_around_other_figures_are_two_stories(one: str, other: str) -> None:
    before, after = story(9, 100), story(10, 100)
    found = merged(
        [article(f"{before} {said} {after}", f"https://a.example/{said}") for said in (one, other)]
    )
    assert len(found.articles) == 2
    assert found.folded == ()


def test_a_story_that_was_shortened_or_written_otherwise_is_the_same_whatever_figures_it_lost() -> None:
    text = f"{story(9, 80)} cost 310,000 pounds at 06.14 of {story(10, 80)} in 2015 {story(11, 60)}"
    short = text.replace("310,000", "310 000").replace("06.14", "6:14").rpartition(" in 2015 ")[0]
    found = merged([article(text, "https://a.example/s"), article(short, "https://b.example/s")])
    assert len(found.articles) == 1


def test_what_an_article_stands_for_is_told_with_it() -> None:
    text = story(12)
    first = article(text, "https://a.example/s", guid="a", site="A")
    again = article(text, "https://a.example/s", guid="b")
    twin = article(f"Ours. {text}", "https://b.example/s", site="B")
    other = article(story(13), "https://c.example/s")
    found = merged([first, other, again, twin])
    (kept, _) = found.articles
    assert kept.url == twin.url
    assert found.folded == ((kept, first), (kept, again), (kept, twin))


CHINESE = (
    "周日中午，十一年来第一次，有人从里面转动了市图书馆的钥匙。四十个人在门口等着，其中有一个班级和他们的老师。"
    "图书馆在2015年失去了周日开放，当时市政府每年节省了310000英镑的工资。一位不愿透露姓名的读者留下的遗产，"
    "现在支付到2031年为止的费用。最热闹的地方是三楼的阅览室，那里能看到港口，暖气也很好。"
)


def test_a_story_in_two_chinese_papers_is_told_once_unless_its_figures_differ() -> None:
    own = article(CHINESE, "https://a.example/s", site="甲报")
    twin = article(f"本报讯。{CHINESE}", "https://b.example/s", site="乙报")
    assert len(merged([own, twin]).articles) == 1
    other = article(CHINESE.replace("310000", "420000"), "https://c.example/s")
    assert len(merged([own, other]).articles) == 2
    unlike = article(CHINESE[::-1], "https://d.example/s")
    assert len(merged([own, unlike]).articles) == 2


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
