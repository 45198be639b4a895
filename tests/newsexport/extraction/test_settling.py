"""What stands between or behind the text of an article goes with it, whatever it says of itself."""

from __future__ import annotations

import pytest

from newsexport.extraction.candidates import candidates
from newsexport.extraction.evidence import FEATURES
from newsexport.extraction.json_ld import asked_in
from newsexport.extraction.settling import ALONE, settled
from newsexport.markup import parse
from newsexport.model import Article, figures, plain, plain_blocks
from newsexport.protocols import Resource
from newsexport.sources.page import PageSource

TEXT = (
    "The harbour board met on Tuesday, behind closed doors, to hear how high the water will stand in 2060.",
    "Two engineers had come, with a model of the quay, a bucket, and, as they said, no good news at all.",
    "The quay, which was built for the tides of 1911, is too low by a hand, and will be by a foot, they told.",
    "Nobody asked what it would cost, because everybody, except the mayor, had read that in the newspaper.",
    "At the end the bucket was emptied into the harbour, which, to look at, was none the higher for it.",
)
ROWS = dict.fromkeys(range(4), (9.0,) * len(FEATURES))
LAST = "The board will vote in March, if the ferry company, which is to pay a third, has answered by then."


def read(body: str) -> Article:
    page = f"<title>High water</title><body><nav><a href='/'>Home</a></nav>{body}<footer>© 2024</footer>"
    (article,) = PageSource().read(Resource("page.html", page.encode()))
    assert isinstance(article, Article)
    return article


def paragraphs(lines: tuple[str, ...] = TEXT) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    "formula",
    [
        r'<script type="math/tex; mode=display">h = a + b\,t</script>',
        r'<math display="block" alttext="h = a + b\,t"><mi>h</mi><mo>=</mo><mi>a</mi></math>',
        r'<div class="katex-display"><math><annotation encoding="application/x-tex">h = a + b\,t</annotation></math></div>',
    ],
)
def test_a_formula_that_stands_by_itself_is_kept_with_its_text(formula: str) -> None:
    article = read(f"<article><h1>High water</h1>{paragraphs()}{formula}<p>{LAST}</p></article>")
    assert "h = a + b" in " ".join(plain_blocks(article.body))


def test_a_last_paragraph_that_is_hardly_sure_is_kept_with_the_heading_before_it() -> None:
    """Its neighbour is no text: what is asked is whether anything is kept before the heading."""
    page = f"<body>{paragraphs(TEXT[:2])}<h2>In the end</h2><p>{LAST}</p></body>"
    sure, hardly, unsure = ALONE + 100, 100, -100
    sums = dict(enumerate((sure, sure, unsure, hardly)))
    assert settled(candidates(parse(page.encode())), sums, 0, ROWS) == {0, 1, 2, 3}


def test_a_paragraph_with_nothing_around_it_must_be_surer() -> None:
    page = f"<body>{paragraphs(TEXT[:3])}</body>"
    assert settled(candidates(parse(page.encode())), {0: 100, 1: -5000, 2: ALONE}, 0, ROWS) == {2}


@pytest.mark.parametrize(
    "closing",
    [
        "Ada Brook contributed reporting.",
        "Reporting by Ada Brook in Oldhaven; Editing by Tom Reed",
        "A version of this article appears in print on March 5, 2026, Section A, Page 12 of the Oldhaven edition.",
        "Alle Angaben ohne Gewähr.",
        "(dpa/rie)",
        "/jr/DP/kd",
        "（责任编辑：周舟）",
        "Do YOU have a story? Write to tips@gazette.example",
        "Una Field covers harbours for the Gazette. She joined it in 2019.",
    ],
)
def test_what_closes_an_article_is_none_of_its_text(closing: str) -> None:
    byline = '<meta name="author" content="Una Field">'
    article = read(f"{byline}<article><h1>High water</h1>{paragraphs()}<p>{closing}</p></article>")
    assert closing not in list(plain_blocks(article.body))
    assert len(list(plain_blocks(article.body))) == len(TEXT)


@pytest.mark.parametrize(
    "line",
    ["Reporting by night was hard.", "He has contributed more than anybody to this harbour.", "And/or."],
)
def test_a_last_sentence_that_sounds_like_that_is_kept(line: str) -> None:
    article = read(f"<article><h1>High water</h1>{paragraphs()}<p>{line}</p><p>{LAST}</p></article>")
    assert line in list(plain_blocks(article.body))


def test_a_last_word_about_a_report_is_kept() -> None:
    said = "“We never contributed to this report,” said both engineers, and went home."
    article = read(f"<article><h1>High water</h1>{paragraphs()}<p>{said}</p></article>")
    assert said in list(plain_blocks(article.body))


def test_a_caption_whose_picture_is_gone_goes_too() -> None:
    caption = "<p class='imageCaption'>Dry: the bucket on Tuesday</p>"
    article = read(
        f"<article><h1>High water</h1>{paragraphs(TEXT[:3])}{caption}{paragraphs(TEXT[3:])}</article>"
    )
    assert list(plain_blocks(article.body)) == list(TEXT)


def test_who_reported_from_where_is_none_of_the_text() -> None:
    byline = '<meta name="author" content="Una Field">'
    told = "<p>Una Field reported from Oldhaven, and Tom Reed from Skerry.</p>"
    article = read(f"{byline}<article><h1>High water</h1>{told}{paragraphs()}</article>")
    assert list(plain_blocks(article.body)) == list(TEXT)


def test_a_caption_among_the_text_keeps_the_picture_before_it() -> None:
    shown = "<div class='media'><div><img src='/bucket.jpg' width='900' height='600'></div></div>"
    caption = "<div class='media-caption'>The bucket, on Tuesday.</div>"
    body = f"<div>{paragraphs(TEXT[:3])}</div>{shown}{caption}<div>{paragraphs(TEXT[3:])}</div>"
    article = read(f"<main><h1>High water</h1>{body}</main>")
    (figure,) = figures(article)
    assert (figure.media, plain(figure.caption)) == ("/bucket.jpg", "The bucket, on Tuesday.")


STORIES = ("Ten boats that were sold last week", "Nine lamps for the winter", "The mayor and the goat")
LINKED = "".join(f'<li><a href="/n/{number}.html">{story}</a></li>' for number, story in enumerate(STORIES))
REST = "<p>And so the night went by, until somebody lit the last of the nine lamps.</p>" * 7
ELSEWHERE = LINKED.replace('href="/n/', 'href="https://of-')


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        (f"<ul>{LINKED}</ul>", ""),
        (f"<h3>Related</h3><ul>{LINKED}</ul>", ""),
        (f"<p>More:</p><ul>{LINKED}</ul>", ""),
        (f"<p>The council named three reports:</p><ul>{LINKED}</ul>", "kept"),
        (
            f"<ul>{LINKED}</ul><p><em>Ada Fenn writes about harbours.</em></p><p>Additional reporting by B. Li.</p>",
            "",
        ),
        (f"<h3>Sources</h3><ul>{ELSEWHERE}</ul>", "kept"),
        (
            f"<ul>{LINKED}</ul>{REST}",
            True,
        ),
    ],
)
def test_a_list_of_other_stories_behind_an_article_is_none_of_it(end: str, kept: str) -> None:
    text = "".join(
        f"<p>The harbour of Norwick opened on Tuesday, and the ferries sail again, said number {n} of those who"
        " sit in the council and had waited for it for a year.</p>"
        for n in range(6)
    )
    page = f"<html><head><title>Harbour opens</title></head><body><article><h1>Harbour opens</h1>{text}{end}"
    (found,) = PageSource().read(Resource("x.html", f"{page}</article></body></html>".encode()))
    assert isinstance(found, Article)
    assert any(STORIES[0] in block for block in plain_blocks(found.body)) is bool(kept)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Words by Ada Fenn and Bo LiPublished 14 October 2026, 6.12am BSTLast modified 15 October 2026", ""),
        ("By Ada Fenn (Norwick, by sea)", "Photo: the council of Norwick"),
        ("Giriş: 02.11.2026 08:10 Güncelleme: 02.11.2026 12:44", "Bizi takip edin: Instagram"),
        ("نُشر في: 12 مايو 2026 - آخر تحديث: 13 مايو 2026", "تابعونا على فيسبوك"),
        ("", "Comparte esta noticia en tus redes: Facebook"),
        ("", "無断転載を禁じます。"),
        ("", "Подписывайтесь на наш канал в Telegram"),
        ("2026年11月13日 09時10分（11月13日 11時02分更新）", "記事・写真の無断転載を禁じます"),
        ("Publié en novembre 2026", "Cet article vous a plu ? Soutenez Le Ressac."),
        ("", "AC lro/jr</p><p>(foto) (vídeo)"),
        ("", "Thanks for reading Salt Letter! This post is public."),
        ("Salt Letter is a reader-supported publication. To receive new posts, become a subscriber.", ""),
        ("", "Нашли опечатку? Выделите её и нажмите Ctrl+Enter."),
        ("", "<blockquote>İLGİLİ HABER: <a href='/x'>Deniz neden ısınıyor?</a></blockquote>"),
    ],
)
def test_lines_of_who_and_when_and_invitations_are_none_of_an_article(first: str, last: str) -> None:
    text = (
        "The harbour of Norwick opened on Tuesday, and the ferries sail again, said the council in a report. "
    )
    body = "".join(f"<p>{text * 2}{number}.</p>" for number in ("one", "two", "three", "four"))
    page = (
        '<html><head><title>Harbour opens</title><meta name="author" content="Ada Fenn"></head><body><article>'
        f"<h1>Harbour opens</h1><p>{first}</p>{body}<p>{last}</p></article></body></html>"
    )
    (found,) = PageSource().read(Resource("x.html", page.encode()))
    assert isinstance(found, Article)
    ends = [block.rstrip(".").rsplit(" ", 1)[1] for block in plain_blocks(found.body)]
    assert ends == ["one", "two", "three", "four"]


@pytest.mark.parametrize(
    "above", ["<div class=x>Weather</div>", "<p>地域</p>", "<span>Lokales</span><p>Sturm</p>"]
)
def test_what_stands_above_a_headline_is_none_of_its_article(above: str) -> None:
    text = (
        "<p>The harbour of Norwick opened on Tuesday, and the ferries sail again, said the council.</p>" * 4
    )
    page = (
        f"<html><head><title>Harbour opens - The Bell</title></head><body><div>{above}<h1>Harbour opens</h1>"
    )
    (found,) = PageSource().read(Resource("x.html", f"{page}{text}</div></body></html>".encode()))
    assert isinstance(found, Article)
    assert len(list(plain_blocks(found.body))) == 4


def test_a_ticker_amid_an_article_is_none_of_it() -> None:
    text = (
        "<p>The harbour of Norwick opened on Tuesday, and the ferries sail again, said the council.</p>" * 4
    )
    page = (
        f"<article><h1>Harbour opens</h1>{text}<p>+++ <a href=/t>Alle Meldungen</a> +++</p>{text}</article>"
    )
    (found,) = PageSource().read(Resource("x.html", page.encode()))
    assert isinstance(found, Article)
    assert not [block for block in plain_blocks(found.body) if "+" in block]


def test_what_a_page_answers_in_its_data_is_asked_and_told_in_lines() -> None:
    asked = {"@type": "Question", "name": "Who sails?", "acceptedAnswer": {"text": "<p>Nobody&nbsp;yet.</p>"}}
    assert asked_in([asked, {"@type": "Article", "name": "x"}]) == "Who sails?\nNobody yet."


def test_a_link_of_a_menu_is_kept_only_if_it_leads_within_the_page() -> None:
    rows = dict.fromkeys(range(2), tuple(10.0 if name.startswith("within_") else 0.0 for name in FEATURES))
    menu = "<nav><ul><li><a href='{}'>A {}</a></li></ul></nav>"
    page = f"<body>{menu.format('/a', 'page')}{menu.format('#b', 'part')}</body>"
    assert settled(candidates(parse(page)), {0: 9000, 1: 9000}, 0, rows) == {1}
