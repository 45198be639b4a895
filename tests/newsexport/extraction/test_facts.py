"""What a page says of its article and of itself: headline, people, date; as it is said and as it is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.extraction.json_ld import documents_in
from newsexport.extraction.metadata import PageMetadata, about
from newsexport.markup import parse
from newsexport.model import Article, plain_blocks
from newsexport.protocols import Resource
from newsexport.sources.page import PageSource
from newsexport.text.dates import month_in

TEXT = "<p>The council of Oldhaven met on Monday, in the old school, to talk about the harbour wall.</p>" * 4
SITE = '<meta property="og:site_name" content="The Oldhaven Gazette">'


def said_of(head: str = "", shown: str = "<h1>The wall stays</h1>", language: str = "en") -> PageMetadata:
    page = f'<html lang="{language}"><head>{head}</head><body><main><article>{shown}{TEXT}</article></main></body></html>'
    return about(parse(page), "https://gazette.example/harbour/the-wall-stays")


def linked(told: str) -> str:
    return f'<script type="application/ld+json">{told}</script>'


@pytest.mark.parametrize(
    ("told", "shown", "headline"),
    [
        ("Harbour wall: all you need to know", "Why the harbour wall stays", "Why the harbour wall stays"),
        ("The wall stays | The Oldhaven Gazette", "Most read", "The wall stays"),
        ("The wall stays – Oldhaven Gazette", "The wall stays – Oldhaven Gazette", "The wall stays"),
        ("The wall stays｜The Oldhaven Gazette", "", "The wall stays"),
        ("The Oldhaven Gazette：The wall stays", "", "The wall stays"),
        ("The wall stays － The Oldhaven Gazette", "", "The wall stays"),
        ("The wall stays _ The Oldhaven Gazette", "", "The wall stays"),
        ("The wall stays—The Oldhaven Gazette", "", "The wall stays"),
        ("The wall stays | Gazette", "", "The wall stays"),
        ("The wall stays | TOG", "", "The wall stays"),
        ("The wall stays | Harbour", "", "The wall stays"),
        ("The wall stays | The Oldhaven Gazette Online", "", "The wall stays"),
        ("港口路夏季禁止汽车通行_The Oldhaven Gazette", "", "港口路夏季禁止汽车通行"),
        ("The wall stays, for now, say the mayor and …", "The wall stays, for now, say the mayor and the crew",
         "The wall stays, for now, say the mayor and the crew"),
        ("The wall stays", "THE WALL STAYS", "The wall stays"),
        ("The wall stays", "Nov 18 2025<br>The wall stays", "The wall stays"),
        ("The wall stays", "The Oldhaven Gazette", "The wall stays"),
        ("Why the harbour wall stays", "A word from us</h1><h3 class='post-title'>The harbour wall and why it stays</h3><h1>",
         "The harbour wall and why it stays"),
        ("Gazette: a town and its paper", "Gazette: a town and its paper", "Gazette: a town and its paper"),
        ("The wall stays", "<span>Harbour</span><span>The wall stays</span>", "The wall stays"),
        ("The wall stays | Bo Lind | The Oldhaven Gazette", "", "The wall stays"),
        ("The wall stays - by Bo Lind - The Oldhaven Gazette", "", "The wall stays"),
        ("Bo Lind: the wall stays", "", "Bo Lind: the wall stays"),
    ],
)  # fmt: skip
def test_the_headline_is_the_one_that_is_shown_without_the_site(told: str, shown: str, headline: str) -> None:
    head = f'{SITE}<meta name="author" content="Bo Lind"><meta property="og:title" content="{told}">'
    assert said_of(head, f"<h1>{shown}</h1>").title == headline


@pytest.mark.parametrize(
    ("window", "shown", "headline"),
    [
        (
            "The wall stays | News | The Oldhaven Gazette",
            "<h1>News</h1><h2>The wall stays</h2>",
            "The wall stays",
        ),
        (
            "The wall stays - The Oldhaven Gazette",
            "<h1>News of a harbour since 1873</h1><h2>The wall stays</h2>",
            "The wall stays",
        ),
        (
            "The wall stays - The Oldhaven Gazette",
            "<h1><span>Live</span> The wall stays</h1>",
            "The wall stays",
        ),
        ("The wall stays", "<h1>The wall stays <small>by Ada Fenn</small></h1>", "The wall stays"),
        (
            "The wall stays — 1.0",
            "<h1>The wall stays<a class='headerlink' href='#x'>¶</a></h1>",
            "The wall stays",
        ),
        ("The wall stays - Wiki", "<h1>The wall stays<span>[edit]</span></h1>", "The wall stays"),
        ("The har\u00adbour wall", "<h1>The har&shy;bour wall</h1>", "The harbour wall"),
        ("Loading...", "<h1>The wall stays</h1>", "The wall stays"),
        ("The Oldhaven Gazette", "<h1></h1><h2>The wall stays</h2>", "The wall stays"),
        ("Le mur « reste » - The Oldhaven Gazette", "", "Le mur « reste »"),
        ("The wall stays » The Oldhaven Gazette", "", "The wall stays"),
    ],
)
def test_the_headline_is_found_beside_what_is_none(window: str, shown: str, headline: str) -> None:
    assert said_of(f"{SITE}<title>{window}</title>", shown).title == headline


def test_the_motto_of_a_site_is_no_headline() -> None:
    head = f'{SITE}<meta property="og:title" content="The Oldhaven Gazette | News of a harbour">'
    assert said_of(head).title == "The wall stays"


def test_words_of_a_heading_are_not_glued() -> None:
    assert (
        said_of(shown="<h1><span>Hafen</span><span>Die Mauer bleibt</span></h1>").title
        == "Hafen Die Mauer bleibt"
    )
    assert said_of(shown="<h1><span>T</span>he wall <b>st</b>ays</h1>").title == "The wall stays"


def test_what_a_graph_tells_of_a_person_goes_before_what_an_article_calls_them() -> None:
    told = """{"@graph": [{"@type": "Article", "headline": "The wall", "author": {"name": "afenn", "@id": "#a"}},
        {"@type": "Person", "@id": "#a", "name": "Ada Fenn"}]}"""
    assert said_of(linked(told)).byline == ("Ada Fenn",)


@pytest.mark.parametrize(
    "line",
    [
        '<div class="meta"><span class="author">By Ada Fenn</span> | <span>3 min read</span></div>',
        '<p>By <a href="/authors/ada-fenn">Ada Fenn</a></p>',
        '<div><a rel="author" href="/x">Ada Fenn</a><a href="https://twitter.com/ada">Twitter</a></div>',
        '<div class="p-author h-card"><img alt=""><span>Ada Fenn</span></div>',
        '<div itemprop="author"><span itemprop="name">Ada Fenn</span></div>',
        "<div>Written by</div><div>Ada Fenn</div>",
        "<div>18 November 2025 · Ada Fenn</div>",
        "<div>Ada Fenn</div><div>Staff Writer</div>",
        '<div class="postAuthorName">Ada Fenn</div>',
        '<div>Reviewed by Bo Lind</div><div class="byline">by Ada Fenn</div>',
        '<div><span class="author">By Ada Fenn</span> | <span>Last updated: 18 November 2025 at 14:05 GMT</span></div>',
        "<p>By Ada Fenn | Photo: Bo Lind</p>",
        "<p>Ada Fenn</p><p>18 November 2025 · 3 min read</p>",
        '<div><img alt="Photo of Ada Fenn"></div><div>Ada Fenn</div>',
        "<div>2025-11-18 10:05　来源：港报　作者：Ada Fenn</div>",
        "<p>Von Ada Fenn, Skerry<br>Stand: 18.11.2025, 18:45 Uhr · Lesezeit: 3 Min.</p>",
        '<p>By <a href="/authors/ada-fenn">Ada Fenn</a> – Updated 18 November 2025 | Fact-checked by <a href="/authors/bo-lind">Bo Lind</a></p>',
        '<a href="/blog/authors/ada-fenn"><figure></figure><span>Ada Fenn</span></a>',
        '<p>Medically reviewed by <a href="/r/x">Bo Lind, MD</a> — Written by <a href="/w/y">Ada Fenn</a> — Updated on May 2</p>',
        "<p>Medically reviewed by Bo Lind, MD — By Ada Fenn</p>",
        "<p>Written by Ada Fenn and reviewed by Bo Lind</p>",
        "<p>Author: Ada Fenn | Editor: Bo Lind</p>",
        "<p>Edited by Bo Lind</p><p>Written by Ada Fenn</p>",
        "<p><span>Post author:</span>Ada Fenn</p>",
        "<p>Guest post by Ada Fenn</p>",
        "<p>✍️ Ada Fenn</p><p>November 18, 2025</p>",
        "<p>Ada Fenn, Contributor</p><p>November 18, 2025</p>",
        "<p>Ada Fenn | Senior Staff Writer</p><p>November 18, 2025</p>",
        "<p>Ada Fenn Nov 18, 2025</p>",
        "<p>Reading time: 5 minutes | Author: Ada Fenn</p>",
        "<p>5 min read · By Ada Fenn</p>",
        "<p>Ada Fenn</p><p>VP of Marketing</p>",
        "<p>November 18, 2025 / Ada Fenn / 3 Comments</p>",
        "<p>Posted November 18, 2025 in Sea Life by Ada Fenn</p>",
        "<p>By Ada Fenn, Founder and CEO of Wall & Sons</p>",
        "<p>By Ada Fenn &amp; the Gazette staff</p>",
        "<p>By <a href='/author/ada'>Ada Fenn</a></p><p><a rel='author'>The Gazette on Facebook</a></p>",
        "<div>Fact checked by</div><div class='byline'>Bo Lind</div><div class='byline'>By Ada Fenn</div>",
        "<h4>By</h4><div><a href='/category/sea'>Sea Life</a> <a href='/topic/walls'>Walls</a></div><a rel='author'>Ada Fenn</a>",
        "<p>The wall is old.</p><p>Ada Fenn</p><div class='author-description'>Writes about harbours</div>",
    ],
)
def test_who_wrote_it_is_read_where_it_is_shown(line: str) -> None:
    assert said_of(shown=f"<h1>The wall stays</h1>{line}").byline == ("Ada Fenn",)


@pytest.mark.parametrize(
    ("language", "line", "people"),
    [
        ("fr", "<p>Par Anne Blanc le mardi 18 novembre 2025, 08:12 - <a href='/category/mer'>Mer</a></p>", "Anne Blanc"),
        ("fr", "<p>Article rédigé par Anne Blanc, avec AFP</p><p>Publié le 18/11/2025 08:12</p>", "Anne Blanc"),
        ("de", "<p>Von unserem Redakteur Karl Ried</p>", "Karl Ried"),
        ("de", "<p>Ein Gastbeitrag von Karl Ried</p>", "Karl Ried"),
        ("de", "<p>18.11.2025, 08:12 | Lesedauer: 3 Minuten</p><p>Karl Ried und Jutta Dost</p>", "Karl Ried, Jutta Dost"),
        ("it", "<p>dalla nostra inviata Anna Bianchi</p>", "Anna Bianchi"),
        ("es", "<p>Ana Ruiz / Juan Gil<br>Puerto Viejo - 18 nov 2025 - 08:12 CET</p>", "Ana Ruiz, Juan Gil"),
        ("es", "<p>Redacción: Ana Ruiz</p>", "Ana Ruiz"),
        ("tr", "<p>Haber: Ayşe Kaya</p>", "Ayşe Kaya"),
        ("pl", "<p>Jan Kowalski, PAP</p><p>18.11.2025 08:12</p>", "Jan Kowalski"),
        ("ko", "<p>홍길동 기자 hong@example.org</p>", "홍길동"),
        ("ko", "<p>[구항일보=홍길동 기자] 승인 2025.11.18 09:14</p>", "홍길동"),
        ("ja", "<p>投稿日：2025年11月18日 最終更新日：2025年12月2日 投稿者：佐江木玲</p>", "佐江木玲"),
        ("ja", "<p>取材・文＝佐江木玲</p>", "佐江木玲"),
        ("zh", "<p>文｜陈明　编辑｜李四</p>", "陈明"),
        ("zh", "<p>记者陈明报道　2025-11-18</p>", "陈明"),
        ("zh", "<p>本报记者 陈明 李华</p>", "陈明, 李华"),
        ("en", "<p class=byline>ADA FENN and BO LIND | Associated Press</p>", "ADA FENN, BO LIND"),
        ("en", "<p>Words: Ada Fenn / Photos: Bo Lind</p>", "Ada Fenn"),
        ("en", "<p>Ada Fenn<br>Senior Reporter, Oldhaven Gazette<br>Tuesday, November 18, 2025</p>", "Ada Fenn"),
    ],
)  # fmt: skip
def test_bylines_are_read_in_the_ways_of_their_languages(language: str, line: str, people: str) -> None:
    assert ", ".join(said_of(shown=f"<h1>The wall stays</h1>{line}", language=language).byline) == people


def test_whom_a_headline_is_about_did_not_write_it() -> None:
    shown = "<h1>Bo Lind sells the wall</h1><div><img alt='%s'></div><div>%s</div>"
    assert said_of(shown=shown % ("Bo Lind", "Bo Lind")).byline == ()
    assert said_of(shown=shown % ("Ada Fenn", "Ada Fenn")).byline == ("Ada Fenn",)


def test_who_wrote_it_is_read_below_it_too() -> None:
    house = '<meta property="og:site_name" content="Skerry Data"><meta name="author" content="Skerry Data">'
    told = "<h1>The wall stays</h1><p>By Team Skerry Data</p>"
    for below in ("<p>Written by <a href='/x'>Ada Fenn</a></p>", "<h3>Author</h3><p> Ada Fenn</p>"):
        assert said_of(house, f"{told}{TEXT}{below}").byline == ("Ada Fenn",)
    assert said_of(house, told).byline == ("Team Skerry Data",)
    micro = '<footer><span itemprop="author" itemscope><span itemprop="name">Ada Fenn</span></span></footer>'
    assert said_of(shown=f"<h1>The wall stays</h1>{TEXT}{micro}").byline == ("Ada Fenn",)
    comments = f"<p>{'Nobody knows by whom the wall was built. ' * 20}</p>{micro}{micro.replace('Ada', 'Bo')}"
    assert not said_of(shown=f"<h1>The wall stays</h1>{comments}").byline


def test_who_wrote_is_told_at_the_end_of_a_post() -> None:
    shown = """<h2 class="date-header">terça-feira, 18 de novembro de 2025</h2><div class="post hentry">
        <h3 class="post-title entry-title"><a href=x>A eclusa e o verão</a></h3><div class="post-body">%s</div>
        <div class="post-footer">Publicada por <span class="fn">Mariana Teles</span> à(s) 08:12</div></div>"""
    said = said_of("<title>Crónicas do Cais: A eclusa e o verão</title>", shown % TEXT, "pt")
    assert (said.title, said.byline) == ("A eclusa e o verão", ("Mariana Teles",))
    assert said.published and said.published.date() == date(2025, 11, 18)


def test_people_with_offices_beside_a_date_go_before_the_house() -> None:
    head = '<meta property="og:site_name" content="和江新聞"><meta name="author" content="和江新聞社">'
    line = (
        "<div><span>社会</span><span>佐江木玲 編集委員・大田陸</span><time>2026年3月4日 8時12分</time></div>"
    )
    assert said_of(head, f"<h1>東水門、腐食は９センチ</h1>{line}", "ja").byline == ("佐江木玲", "大田陸")


@pytest.mark.parametrize(
    ("below", "people"),
    [
        ("<h4>About the author</h4><h3>Ada Fenn</h3><p>Ada is a writer.</p>", ("Ada Fenn",)),
        ("<h3>About the Author: Ada Fenn</h3>", ("Ada Fenn",)),
        ("<h3>About Ada Fenn</h3><p>Ada Fenn is a writer in Oldhaven.</p>", ("Ada Fenn",)),
        (
            '<div class="author-box"><p>Ada Fenn is a senior writer at the Gazette.</p></div>',
            ("Ada Fenn",),
        ),
        ("<h4>Über den Autor</h4><p>Ada Fenn</p>", ("Ada Fenn",)),
        ("<h4>À propos de l'auteur</h4><p>Ada Fenn</p>", ("Ada Fenn",)),
        ("<h3>About Wall Inc</h3><p>Wall Inc is a maker of walls.</p>", ()),
        ("<p>Ada Fenn is a member of the council.</p>", ()),
    ],
)
def test_who_wrote_it_is_portrayed_below_it(below: str, people: tuple[str, ...]) -> None:
    assert said_of(shown=f"<h1>The wall stays</h1><p>18 November 2025</p>{TEXT}{below}").byline == people


def test_a_line_of_people_with_degrees_says_who_wrote() -> None:
    line = "<p>Ada Fenn, VMD, DACVB; Bo Lind, BA, VTS (Behavior); Cy Ode, DVM &amp; Eve Oak, PhD</p>"
    said = said_of(shown=f"<h1>The wall stays</h1>{line}")
    assert said.byline == ("Ada Fenn, VMD, DACVB", "Bo Lind, BA, VTS", "Cy Ode, DVM", "Eve Oak, PhD")


def test_who_signs_goes_before_who_put_it_on_the_site() -> None:
    head, line = (
        '<meta name="author" content="Bo Lind">',
        "<h1>The wall stays</h1><h3>By Ada Fenn, Columnist</h3>",
    )
    assert said_of(head, line).byline == ("Ada Fenn",)
    assert said_of(head, f"{line}<p>Posted by Bo Lind</p>").byline == ("Bo Lind",)


def test_who_did_something_else_wrote_nothing() -> None:
    lines = "<p>Reviewed by <a href='/authors/di'>Di Eck</a></p><p>Photograph by Bo Lind</p><p>Fact checked by Cy Dow</p><div><a href='/category/sea'>Sea Life</a></div>"
    assert said_of(shown=f"<h1>The wall stays</h1>{lines}").byline == ()


def test_who_posted_what_is_quoted_wrote_another_thing() -> None:
    post = '<blockquote class="twitter-tweet"><p>Why?</p>— Bo Lind (@bo) <a href="/status/1">18 November 2025</a></blockquote>'
    said = said_of(shown=f"<h1>The wall stays</h1><p>The wall stays where it is.</p>{post}")
    assert (said.byline, said.published) == ((), None)


def test_all_are_named_where_each_has_an_element_of_its_own() -> None:
    cited = "".join(f'<meta name="DC.Creator" content="{name}">' for name in ("Fenn, Ada", "Lind, Bo"))
    assert said_of(cited).byline == ("Ada Fenn", "Bo Lind")
    each = "".join(f'<meta name="author" content="{name}">' for name in ("Ada Fenn", "Bo Lind"))
    assert said_of(each).byline == ("Ada Fenn", "Bo Lind")


def test_people_come_before_the_house_they_write_for() -> None:
    house = linked(
        '{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "The Oldhaven Gazette"}}'
    )
    line = '<h1>The wall stays</h1><p class="byline">By Ada Fenn</p>'
    assert said_of(house + SITE, line).byline == ("Ada Fenn",)
    assert said_of(house + SITE).byline == ("The Oldhaven Gazette",)


@pytest.mark.parametrize(
    ("site", "house"),
    [
        ("Oldhavener Tageblatt", "Oldhavener Tageblatt Redaktion"),
        ("Le Courrier", "Rédaction du Courrier"),
        ("El Faro", "Redacción El Faro"),
        ("The Oldhaven Gazette", "Oldhaven Gazette Staff"),
        ("和江新聞", "和江新聞社"),
        ("和江新聞", "和江新聞編集部"),
    ],
)
def test_an_editorial_office_is_the_house(site: str, house: str) -> None:
    head = f'<meta property="og:site_name" content="{site}"><meta name="author" content="{house}">'
    assert said_of(head, '<h1>The wall stays</h1><p class="byline">By Ada Fenn</p>').byline == ("Ada Fenn",)
    assert said_of(head).byline


@pytest.mark.parametrize("stated", ["Marketing Team", "The Editorial Staff", "afenn", "author2"])
def test_people_come_before_offices_and_names_of_users(stated: str) -> None:
    head = f'<meta name="author" content="{stated}">'
    assert said_of(head, '<h1>The wall stays</h1><p class="byline">By Ada Fenn</p>').byline == ("Ada Fenn",)
    assert said_of(head).byline == (stated,)


def test_an_office_that_is_stated_comes_before_whoever_may_have_written() -> None:
    head = f'{SITE}<meta name="author" content="Oldhaven Gazette Team">'
    guess = "<h1>The wall stays</h1><p>Ada Fenn</p><p>18 November 2025 · 3 min read</p>"
    assert said_of(head, guess).byline == ("Oldhaven Gazette Team",)


@pytest.mark.parametrize(
    "told",
    [
        '{"@type":"NewsArticle","author":{"@type":"Person","name":"Ada Fenn",},}',
        '{"@type":"NewsArticle","description":"one\ntwo","author":{"name":"Ada Fenn"}}',
        '{"@type":"NewsArticle","description":"he said "no" to it","author":{"name":"Ada Fenn"}}',
        '<!-- {"@type":"NewsArticle","author":{"name":"Ada Fenn"}} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","author":{"name":"Ada Fenn"}}\n//]]>',
        '{"@type":"WebSite"}{"@type":"NewsArticle","author":{"name":"Ada Fenn"}}',
        '{"@type":"NewsArticle", /* who */ "author":{"name":"Ada Fenn"}};',
        '{"@graph":[{"@type":"NewsArticle","author":{"@id":"#ada"}},{"@type":"Person","@id":"#ada","name":"Ada Fenn"}]}',
        '{"@type":"NewsArticle","author":[{"@id":"#ada"}]}</script><script type="application/ld+json">{"@id":"#ada","name":"Ada Fenn"}',
    ],
)
def test_json_ld_is_read_though_it_is_a_little_broken(told: str) -> None:
    assert said_of(linked(told)).byline == ("Ada Fenn",)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Last updated: 18 November 2025 at 14:05 GMT"),
        ("en", "Nov. 18th, 2025 | 3 min read"),
        ("en-US", "11/18/2025"),
        ("en-GB", "Published 18/11/2025"),
        ("de", "Stand: 18.11.2025, 14:05 Uhr"),
        ("fr", "Mis à jour le 18 novembre 2025 à 14h"),
        ("es", "18 de noviembre de 2025"),
        ("ru", "18 нояб. 2025, 14:05"),
        ("pl", "18 listopada 2025, 14:05"),
        ("zh", "发布于2025年11月18日 10:05"),
        ("ko", "입력 2025.11.18 09:14"),
        ("ja", "令和7年11月18日"),
        ("th", "18 พฤศจิกายน 2568"),
        ("ar", "١٨ نوفمبر ٢٠٢٥"),
        ("hi", "18 नवंबर 2025"),
        ("hu", "2025. november 18."),
        ("vi", "ngày 18 tháng 11, 2025"),
    ],
)
def test_a_date_is_read_where_it_is_shown_in_every_language(language: str, line: str) -> None:
    said = said_of(shown=f"<h1>The wall stays</h1><div>{line}</div>", language=language)
    assert said.published and said.published.date() == date(2025, 11, 18)


@pytest.mark.parametrize(
    ("head", "line", "day"),
    [
        ('{"datePublished":"2025-11-18T08:00:00Z","dateModified":"2025-12-01"}', "Updated 1 December 2025", "2025-11-18"),
        ('{"datePublished":"2025-11-18T08:00:00Z","dateModified":"2025-12-01"}', "1 December 2025", "2025-11-18"),
        ('{"datePublished":"2025-12-24"}', "Published 18 November 2025", "2025-11-18"),
        ('{"datePublished":"2025-12-24"}', "18 November 2025", "2025-11-18"),
        ("{}", "Updated 1 December 2025. Published 18 November 2025", "2025-11-18"),
        ("{}", "Updated 1 December 2025 – 18 November 2025", "2025-11-18"),
        ("{}", "© 2024. Copyright 1 May 2024", ""),
    ],
)  # fmt: skip
def test_the_day_of_publication_goes_before_that_of_a_change(head: str, line: str, day: str) -> None:
    told = head.replace("{", '{"@type":"NewsArticle",', 1) if len(head) > 2 else head
    said = said_of(linked(told), f"<h1>The wall stays</h1><div>{line}</div>")
    assert (said.published.date().isoformat() if said.published else "") == day


@pytest.mark.parametrize(
    ("head", "shown", "behind"),
    [
        ('<meta name="published" content="November 18, 2025">', "", ""),
        (
            """<meta name="script:ld+json" content='{"@type":"Article","datePublished":"2025-11-18"}'>""",
            "",
            "",
        ),
        ('<meta name="vr:published_time" content="2025-11-18">', "", ""),
        ("", '<time datetime="2025-11-18T08:00:00Z">3 days ago</time>', ""),
        ("", '<p><span title="2025-11-18">a week ago</span></p>', ""),
        ("", '<p property="datePublished" content="2025-11-18T08:00">Tuesday</p>', ""),
        ("", "<p>Event date: 5 January 2026</p><p>18 November 2025</p>", ""),
        ("", "<p>Dec 2, 2025 (originally published Nov 18, 2025)</p>", ""),
        ("", '<script>dataLayer=[{"pagePublishDate":"2025-11-18"}]</script>', ""),
        (linked('{"@type":"Article","datePublished":1763452800}'), "", ""),
        (linked('{"@type":"Article","datePublished":{"@value":"2025-11-18"}}'), "", ""),
        (linked('{"@type":"LiveBlogPosting","coverageStartTime":"2025-11-18T08:00:00Z"}'), "", ""),
        ("", '<div class="newsletter-details"><p>November 18, 2025</p></div>', ""),
        (
            "",
            "<p>30 Sep 2026, 11:07am</p>",
            "<p>This article was originally published on 18 Nov 2025 at 4:12pm.</p>",
        ),
        (
            "",
            "<p>The season for taxes on the harbour wall ends on 15 April 2026.</p>",
            "<p>Page last modified 18 November 2025</p>",
        ),
    ],
)
def test_the_day_is_found_wherever_it_is_told(head: str, shown: str, behind: str) -> None:
    said = said_of(head, f"<h1>The wall stays</h1>{shown}{TEXT}{behind}")
    assert said.published and said.published.date() == date(2025, 11, 18)


@pytest.mark.parametrize("said", ["1763452800", "1763452800000", "18/11/2025", "20251118T080000Z"])
def test_a_day_is_stated_in_many_forms(said: str) -> None:
    told = said_of(f'<meta property="article:published_time" content="{said}">')
    assert told.published and told.published.date() == date(2025, 11, 18)


@pytest.mark.parametrize(
    ("host", "month"), [("gazette.co.uk", 12), ("oldhaven.edu", 11), ("gazette.example", None)]
)
def test_a_day_in_figures_is_read_as_in_the_country_of_the_page(host: str, month: int | None) -> None:
    page = parse(
        f'<html lang="en"><body><main><h1>The wall stays</h1><p>11/12/2025</p>{TEXT}</main></body></html>'
    )
    published = about(page, f"https://{host}/the-wall-stays").published
    assert (published.month if published else None) == month


def test_other_stories_have_days_and_writers_of_their_own() -> None:
    others = "<h2>Also see</h2><p>By Bo Lind</p><p>Published 1 December 2025</p><p>By Cy Ode</p><p>Published 2 December 2025</p>"
    said = said_of(
        shown="<h1>The wall stays</h1>"
        + others
        + TEXT
        + "<h2>About</h2><p>Article written by:</p><p>Ada Fenn</p>"
    )
    assert (said.byline, said.published) == (("Ada Fenn",), None)


@pytest.mark.parametrize(
    "path", ["blog/2025/november/18/wall/", "wall-2025-11-18", "n1/2025/1118/c1-2.html", "202511/18/x.shtml"]
)
def test_an_address_may_tell_the_day(path: str) -> None:
    page = parse(f"<html><body><main><h1>The wall stays</h1>{TEXT}</main></body></html>")
    said = about(page, f"https://gazette.example/{path}")
    assert said.published and said.published.date() == date(2025, 11, 18)


def article_of(page: str) -> Article:
    address = "https://gazette.example/harbour/the-wall-stays"
    (article,) = PageSource().read(Resource(address, page.encode(), address=address))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    "line",
    [
        '<p class="article-subtitle">Forty people came to see it, and one dog.</p>',
        '<div class="StandFirst-module__dek"><span>Forty people came to see it, and one dog.</span></div>',
        '<h2 itemprop="alternativeHeadline">Forty people came to see it, and one dog.</h2>',
    ],
)
def test_the_standfirst_that_is_shown_stands_in_its_place_and_nowhere_else(line: str) -> None:
    head = '<title>The wall stays</title><meta name="description" content="All you need to know of walls">'
    article = article_of(
        f"<html><head>{head}</head><body><article><h1>The wall stays</h1>{line}{TEXT}</article>"
    )
    assert article.standfirst == "Forty people came to see it, and one dog."
    assert article.standfirst not in " ".join(plain_blocks(article.body))


@pytest.mark.parametrize(
    ("behind", "standfirst"),
    [
        ("<p>Forty people came to see it, and one dog.</p><p>By Ada Fenn</p>", True),
        ("<h2>Forty people came to see it, and one dog.</h2><div><time>18 November 2025</time></div>", True),
        ("<p>Forty people came to see it, and one dog.</p>", False),
        ("<p>Forty people came to see it, and one dog.</p><p>By midnight all had gone home.</p>", False),
        (
            "<p>Forty people came to see it, and one dog.</p><p>It was built again on 18 November 2021.</p>",
            False,
        ),
        ("<p>By Ada Fenn, 18 November 2025</p><p>Forty people came to see it, and one dog.</p>", False),
    ],
)
def test_what_stands_between_the_headline_and_the_byline_is_the_standfirst(
    behind: str,
    standfirst: bool,  # noqa: FBT001 - what is expected
) -> None:
    said = said_of(shown=f"<h1>The wall stays</h1>{behind}")
    assert said.standfirst == ("Forty people came to see it, and one dog." if standfirst else "")


def test_a_headline_with_nothing_behind_it_has_no_standfirst() -> None:
    assert about(parse("<body><p>Text before.</p><h1>The wall stays</h1></body>")).standfirst == ""


@pytest.mark.parametrize(
    ("head", "picture"),
    [
        ('<meta property="og:image" content="/img/wall.jpg">', "wall.jpg"),
        ('<meta property="og:image" content="/img/logo-512.png"><meta name="twitter:image" content="/img/wall.jpg">', "wall.jpg"),
        ('<meta property="og:image" content="/img/site-logo.png">', ""),
        ('<meta property="og:image" content="/img/the-logo-of-the-ferry.jpg">', "the-logo-of-the-ferry.jpg"),
        (linked('{"@graph":[{"@type":"NewsArticle","image":{"@id":"#p"}},{"@id":"#p","url":"https://x.example/wall.jpg"}]}'), "wall.jpg"),
        (linked('{"@type":"NewsArticle","image":["https://x.example/a.png","https://x.example/wall.jpg"],'
                '"publisher":{"logo":{"url":"https://x.example/a.png"}}}'), "wall.jpg"),
    ],
)  # fmt: skip
def test_the_lead_picture_is_one_of_the_article_and_no_logo(head: str, picture: str) -> None:
    assert said_of(head).picture.rpartition("/")[2] == picture


MOTHS = ['"', "{", '"\\', "/*", "[" + " " * 50, "}{", ",", "<!--", '{"@id":"a","b":']


@given(st.lists(st.sampled_from([*MOTHS, "author", ":", "}", "]", "\n"]), max_size=40).map("".join))
def test_nothing_in_a_script_is_too_broken(script: str) -> None:
    assert isinstance(documents_in(script), list)
    assert said_of(linked(script)).title == "The wall stays"


@pytest.mark.parametrize("moth", MOTHS)
def test_a_long_broken_script_is_given_up_soon(moth: str) -> None:
    assert len(documents_in(moth * 100_000)) <= 1


def test_what_is_said_above_the_text_of_names_dates_and_figures_is_no_paragraph_of_it() -> None:
    above = (
        "<p>Von Ada Fenn und Bo Lind, Skerry<br>Stand: 18.11.2025, 18:45 Uhr · Lesezeit: 3 Min.</p>"
        "<p>Lesezeit: 3 Min.</p><p>184 shares</p><p>17 Kommentare</p><p>1 / 12</p>"
    )
    page = f'<html lang="de"><body><main><article><h1>Die Mauer bleibt</h1>{above}{TEXT}</article></main></body></html>'
    (article,) = PageSource().read(Resource("page.html", page.encode()))
    assert isinstance(article, Article)
    assert article.byline == ("Ada Fenn", "Bo Lind")
    assert {text[:11] for text in plain_blocks(article.body)} == {"The council"}


@pytest.mark.parametrize(
    ("line", "language", "month"),
    [
        ("March 2026", "en", 3),
        ("Publié en novembre 2026", "fr", 11),
        ("März 2026", "de", 3),
        ("2026年3月", "ja", 3),
        ("2026-03", "en", 3),
        ("Rain in March 2026", "en", None),
        ("2026-13", "en", None),
        ("Room 2026", "en", None),
    ],
)
def test_a_month_alone_is_its_first_day(line: str, language: str, month: int | None) -> None:
    found = month_in(line, language)
    assert (found and (found.year, found.month, found.day)) == (month and (2026, month, 1))


def test_a_line_with_who_and_how_long_beside_the_day_tells_the_day() -> None:
    line = "Von Lena Eich · 13. November 2026, 09:12 Uhr · Lesezeit: 2 Min."
    page = f"<html lang=de><body><h1>Sturm deckt Halle ab</h1><p>{line}</p><p>{'Der Sturm kam. ' * 30}</p></body></html>"
    assert (told := about(parse(page)).published) and told.date().isoformat() == "2026-11-13"


def test_a_site_behind_two_colons_is_none_of_the_title() -> None:
    page = "<html><head><title>Storm takes the roof off the hall :: The Saltmarsh Echo</title></head><body></body></html>"
    assert about(parse(page)).title == "Storm takes the roof off the hall"
