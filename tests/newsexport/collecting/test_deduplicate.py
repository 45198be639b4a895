"""The same article is there once; the same story in several papers, too, and the others are named."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.collecting.clean_links import cleaned
from newsexport.collecting.deduplicate import merged
from newsexport.model import Article, Figure, Media, Paragraph, Span, Twin

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


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_merging_again_changes_nothing_and_no_story_is_lost(picks: list[tuple[int, int]]) -> None:
    found = [article(story(seed), f"https://{site}.example/{seed}", site=str(site)) for seed, site in picks]
    once = merged(found)
    assert merged(once.articles).articles == once.articles
    assert {one.body for one in once.articles} == {one.body for one in found}


@pytest.mark.slow
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


def test_all_that_others_know_of_an_article_completes_the_fullest() -> None:
    lead = Figure("https://a.example/a.jpg")
    when = datetime(2026, 11, 25, tzinfo=UTC)
    url = "https://a.example/s"
    teaser = article(
        "Teaser of more words than it has", url, section="News", partial=True, guid="g", byline=("A",)
    )
    full = article("All of it.", url, section="Other")
    listed = article("All", url, published=when, standfirst="Told.", lead=lead, byline=("B",))
    assert merged([teaser, full, listed]).articles == (
        replace(full, section="News", byline=("A",), published=when, standfirst="Told.", guid="g", lead=lead),
    )
    own = replace(
        full, byline=("C",), published=when + timedelta(1), standfirst="Own.", guid="h", lead=Figure("b")
    )
    kept = merged([teaser, own, listed]).articles
    assert kept == (replace(own, section="News"),)


def test_a_picture_that_another_version_brought_along_stays_with_it() -> None:
    url = "https://a.example/s"
    picture = Media.named("image/png", b"png")
    pictured = article("a", url, lead=Figure(picture.name), media=(picture,))
    (kept,) = merged([article("a b c", url), pictured]).articles
    assert kept.lead is None


def test_of_versions_as_full_the_first_is_kept() -> None:
    url = "https://a.example/s"
    first, second = article("a b", url, standfirst=""), article("c d", url)
    assert merged([first, second]).articles == (first,)
    assert merged([first, second]).same == ((second.reference, first.reference),)


def test_articles_without_an_address_are_the_same_when_they_say_the_same() -> None:
    assert len(merged([article("a b"), article("a b")]).articles) == 1
    assert len(merged([article("a b"), article("a c")]).articles) == 2
    assert len(merged([article("a b", guid="g"), article("a b")]).articles) == 2
    assert len(merged([article("a b", "https://a.example/s"), article("a b")]).articles) == 2


def test_an_article_may_be_known_by_its_address_or_its_guid() -> None:
    one = article("a b", "https://a.example/1", guid="g", reference="one")
    moved = article("a b", "https://a.example/2", guid="g", reference="moved")
    again = article("a b", "https://a.example/2", guid="h", reference="again")
    other = article("a b", "https://a.example/3", guid="i", reference="other")
    found = merged([one, moved, again, other])
    assert found.same == (("moved", "one"), ("again", "one"))
    assert [kept.reference for kept in found.articles] == ["one", "other"]
    assert found.folded == ((one, one), (one, moved), (one, again))
    assert merged([other, one, again, moved]).same == (("moved", "one"),)
    assert merged([one, other, replace(one, reference="later")]).same == (("later", "one"),)


@pytest.mark.parametrize(("hours", "stories"), [(36, 1), (37, 2), (-36, 1), (-37, 2)])
def test_a_day_and_a_half_apart_it_is_another_story(hours: int, stories: int) -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    text = story(14)
    one = article(text, "https://a.example/1", published=monday)
    other = article(text, "https://b.example/2", published=monday + timedelta(hours=hours))
    assert len(merged([one, other]).articles) == stories
    assert len(merged([one, replace(other, published=None)]).articles) == 1
    assert len(merged([replace(one, published=None), other]).articles) == 1


@pytest.mark.parametrize(
    ("one", "other", "stories"),
    [
        ("at -3 degrees", "at \u22123 degrees", 1),
        ("at 03 degrees", "at 3 degrees", 1),
        ("at 0 degrees", "at 00 degrees", 1),
        ("at 10 degrees", "at 1 degrees", 2),
        ("from 3 to 5", "from 3 to 6", 2),
        ("of 5", "of 6", 2),
        ("aa bb 5 cc dd", "aa bb 6 cc dd", 2),
        ("zz aa bb 5 cc dd ee", "zy aa bb 6 cc dd ef", 2),
        ("aa bb 5 cc dd", "ax bb 6 cc dd", 1),
        ("aa bb 5 cc dd", "aa bx 6 cc dd", 1),
        ("aa bb 5 cc dd", "aa bb 6 cx dd", 1),
        ("aa bb 5 cc dd", "aa bb 6 cc dx", 1),
        ("well-3 it", "well 3 it", 1),
    ],
)
def test_figures_are_the_same_however_they_are_written(one: str, other: str, stories: int) -> None:
    before, after = story(9, 100), story(10, 100)
    found = merged(
        [
            article(f"{before} {said} {after}", f"https://a.example/{at}")
            for at, said in enumerate((one, other))
        ]
    )
    assert len(found.articles) == stories
    ends = merged(
        [article(f"{before} {said}", f"https://a.example/{at}") for at, said in enumerate((one, other))]
    )
    assert len(ends.articles) == stories
    begins = merged(
        [article(f"{said} {before}", f"https://a.example/{at}") for at, said in enumerate((one, other))]
    )
    assert len(begins.articles) == stories


def test_those_of_which_one_is_much_longer_are_two() -> None:
    text = story(15, 400)
    words = text.split()
    for share, stories in ((0.6, 1), (0.4, 2)):
        part = " ".join(words[: int(len(words) * share)])
        pair = [article(text, "https://a.example/1"), article(part, "https://b.example/2")]
        assert len(merged(pair).articles) == stories
        assert len(merged(pair[::-1]).articles) == stories


@pytest.mark.parametrize(("own", "stories"), [(0.1, 1), (0.5, 2)])
def test_three_quarters_of_the_shorter_are_the_same_story(own: float, stories: int) -> None:
    shared = story(16, round(400 * (1 - own)))
    pair = [
        article(f"{shared} {story(seed, round(400 * own))}", f"https://{seed}.example/s") for seed in (17, 18)
    ]
    assert len(merged(pair).articles) == stories


def test_twins_are_named_once_by_their_paper_or_its_host_and_those_known_before_stay() -> None:
    text = story(19)
    known = Twin("Z", "https://z.example/s")
    fullest = article(
        f"Ours first. {text}", "https://a.example/s", section="Late", also_in=(known,), site="A"
    )
    others = [
        article(text, "https://www.b.example/s", section="Early"),
        article(text, site="C"),
        article(text, "https://d.example/s", site="D", partial=True),
    ]
    (kept,) = merged([*others[:1], fullest, *others[1:]]).articles
    assert kept == replace(
        fullest,
        section="Early",
        also_in=(
            known,
            Twin("b.example", "https://www.b.example/s"),
            Twin("C", ""),
            Twin("D", "https://d.example/s"),
        ),
    )
    assert merged([fullest, *others]).alike == tuple((other.reference, fullest.reference) for other in others)


def test_a_text_that_is_in_part_chinese_is_compared_by_its_words() -> None:
    text = f"{story(20, 150)} 東西 {story(21, 150)}"
    pair = [article(text, "https://a.example/1"), article(f"Ours. {text}", "https://b.example/2")]
    assert len(merged(pair).articles) == 1


def test_the_same_story_is_found_among_many_that_begin_alike() -> None:
    text = story(22)
    opening = " ".join(text.split()[:40])
    others = [article(f"{opening} {story(seed, 260)}", f"https://{seed}.example/s") for seed in range(30, 36)]
    first, twin = article(text, "https://a.example/s"), article(f"Ours. {text}", "https://b.example/s")
    for order in ([first, *others, twin], [*others, first, twin]):
        found = merged(order)
        assert len(found.articles) == 7
        assert found.alike == ((twin.reference, first.reference),)
