"""All of an article, wherever its page keeps the parts."""

import base64
import json
from datetime import date

import pytest

from newsexport.errors import SourceError
from newsexport.model import Article, Figure, Heading, Listing, Paragraph, figures, plain_blocks
from newsexport.protocols import Continued, Resource
from newsexport.sources.page import PageSource

TITLE = "Council votes for the wall"
ONE = "The council of Oldhaven met on Monday, in the old school, to talk about the harbour wall, which leaks."
TWO = (
    "Nobody had expected a quick decision, because the last debate had lasted until midnight, without a vote."
)
THREE = (
    "This time, however, the treasurer had brought figures, a sample of stone, and a letter from the ferry."
)
FOUR = "The wall will now be rebuilt in two summers, and the first stones are to be laid, in fair weather, in March."
EVERYTHING = [ONE, TWO, THREE, FOUR]


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def read(body: str, head: str = "") -> Article:
    html = f"<!DOCTYPE html><html lang=en><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    (item,) = PageSource().read(Resource("page.html", html.encode()))
    assert isinstance(item, Article | Continued)
    return item if isinstance(item, Article) else item.article


def lines(article: Article) -> list[str]:
    return list(plain_blocks(article.body))


@pytest.mark.parametrize(
    ("place", "part", "call"),
    [
        ("<!--$?--><template id='B:0'></template><p>Loading</p><!--/$-->", "S:0", '$RC("B:0","S:0")'),
        ("<!--$?--><template id='B:1f'></template><!--/$-->", "S:2a", '$RR("B:1f","S:2a",[])'),
        ("<template id='P:3'></template>", "S:3", '$RS("S:3","P:3")'),
        ("<!--$?--><template id='x-B:0'></template><!--/$-->", "x-S:0", ""),
    ],
)
def test_parts_that_react_streams_stand_where_they_belong(place: str, part: str, call: str) -> None:
    article = read(
        f"<main><article><h1>{TITLE}</h1>{paragraphs(ONE)}{place}{paragraphs(FOUR)}</article></main>"
        f"<div hidden id='{part}'>{paragraphs(TWO, THREE)}</div><script>{call}</script>"
    )
    assert lines(article) == EVERYTHING


def test_a_part_within_a_streamed_part_is_there_too() -> None:
    article = read(
        f"<main><article><h1>{TITLE}</h1>{paragraphs(ONE)}<template id='B:0'></template></article></main>"
        f"<div hidden id='S:1'>{paragraphs(THREE)}</div>"
        f"<div hidden id='S:0'>{paragraphs(TWO)}<template id='P:1'></template>{paragraphs(FOUR)}</div>"
        '<script>$RS("S:1","P:1");$RC("B:0","S:0")</script>'
    )
    assert lines(article) == EVERYTHING


def test_a_part_whose_place_is_gone_is_shown_where_it_is() -> None:
    article = read(
        f"<main><article>{paragraphs(ONE)}<div hidden id='S:0'>{paragraphs(TWO, THREE)}</div></article></main>"
    )
    assert lines(article) == [ONE, TWO, THREE]


@pytest.mark.parametrize("name", ["shadowrootmode", "shadowroot"])
def test_a_shadow_root_shows_its_host_in_its_slots(name: str) -> None:
    article = read(
        f"<paper-story><template {name}=open><style>p {{}}</style><article><h1><slot name=title></slot></h1>{paragraphs(ONE)}"
        f"<slot></slot>{paragraphs(FOUR)}<slot name=note>Nothing here.</slot></article></template>"
        f"<span slot=title>{TITLE}</span><p>{TWO}</p><p>{THREE}</p></paper-story>"
    )
    assert lines(article) == [*EVERYTHING, "Nothing here."]


def test_a_slot_that_is_passed_on_holds_what_the_outer_page_gives() -> None:
    inner = f"<x-text><template shadowrootmode=open>{paragraphs(TWO)}<slot></slot></template><slot name=end></slot></x-text>"
    article = read(
        f"<x-page><template shadowrootmode=open><main>{paragraphs(ONE)}{inner}<slot></slot></main></template>"
        f"<p slot=end>{THREE}</p><p>{FOUR}</p></x-page>"
    )
    assert lines(article) == EVERYTHING


def test_text_for_those_without_scripts_counts_where_there_is_no_other() -> None:
    article = read(
        f"<main><h1>{TITLE}</h1><div id=app></div><noscript>{paragraphs(*EVERYTHING)}</noscript></main>"
    )
    assert lines(article) == EVERYTHING
    twice = read(f"<main>{paragraphs(*EVERYTHING)}</main><noscript>{paragraphs(*EVERYTHING)}</noscript>")
    assert lines(twice) == EVERYTHING


LINKED = '<script type="application/ld+json">{}</script>'
SHELL = "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"


@pytest.mark.parametrize(
    "body",
    [
        "\n\n".join(EVERYTHING),
        "\n".join(EVERYTHING),
        paragraphs(*EVERYTHING),
        paragraphs(*EVERYTHING).replace("<", "&lt;").replace(">", "&gt;"),
        f"{ONE}<br><br>{TWO}<br><br>{THREE}<br><br>{FOUR}",
    ],
)
def test_the_text_that_json_ld_gives_is_read_where_the_page_has_none(body: str) -> None:
    told = {
        "@graph": [
            {"@type": "NewsArticle", "headline": TITLE, "author": {"name": "Ada Fenn"}, "articleBody": body}
        ]
    }
    article = read(SHELL, LINKED.format(json.dumps(told).replace("</", "<\\/")))
    assert lines(article) == EVERYTHING
    assert (article.title, article.byline, article.partial) == (TITLE, ("Ada Fenn",), False)


def test_what_is_told_as_it_happens_is_read_from_json_ld_too() -> None:
    updates = [{"@type": "BlogPosting", "headline": f"{at} o'clock", "articleBody": line}
               for at, line in enumerate(EVERYTHING, 9)]  # fmt: skip
    told = {"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": updates}
    article = read(SHELL, LINKED.format(json.dumps(told)))
    assert [line for line in lines(article) if line in EVERYTHING] == EVERYTHING
    assert [type(block) for block in article.body[:2]] == [Heading, Paragraph]


def test_json_ld_serves_where_the_page_shows_only_how_it_begins() -> None:
    told = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(EVERYTHING * 4)}
    head = LINKED.format(json.dumps(told))
    assert len(lines(read(f"<main>{paragraphs(ONE, TWO)}</main>", head))) == 16
    closed = LINKED.format(json.dumps({**told, "isAccessibleForFree": False}))
    teaser = read(f"<main>{paragraphs(ONE, TWO)}</main>", closed)
    assert lines(teaser) == [ONE, TWO]
    assert teaser.partial


def state(
    value: object, script: str = '<script id="__NEXT_DATA__" type="application/json">{}</script>'
) -> str:
    return script.format(json.dumps(value))


OTHER = {"title": "Another story", "body": paragraphs(*[FOUR] * 12)}
STORY = {"headline": TITLE, "contentHtml": f"<h2>The vote</h2>{paragraphs(*EVERYTHING)}"}
PIECES = {"headline": TITLE, "content_elements": [{"type": "text", "content": line} for line in EVERYTHING]}


@pytest.mark.parametrize(
    ("kept", "first"),
    [
        (state({"props": {"more": [OTHER], "story": STORY}}), "The vote"),
        (state({"props": {"more": [OTHER], "story": PIECES}}), ONE),
        (state({"a": STORY}, "<script>window.__STATE__ = {};console.log(1)</script>"), "The vote"),
    ],
)
def test_the_state_of_a_program_holds_the_story_beside_its_title(kept: str, first: str) -> None:
    article = read(f"<div id=__next></div>{kept}")
    assert lines(article)[0] == first
    assert lines(article)[-4:] == EVERYTHING
    assert any(isinstance(block, Heading) for block in article.body) == (first != ONE)


@pytest.mark.parametrize(
    "author",
    [
        {"byline": "By Ada Fenn"},
        {"authors": [{"name": "Ada Fenn", "bio": "She writes."}]},
        {"author": {"firstName": "Ada", "lastName": "Fenn"}},
    ],
)
def test_the_state_of_a_program_says_who_wrote_the_story_and_when(author: dict[str, object]) -> None:
    other = {**OTHER, "byline": "Bo Lind", "publishedAt": "2024-01-01"}
    story = {**STORY, **author, "publishedAt": "2025-11-18T08:00:00Z", "updatedAt": "2025-12-01"}
    article = read(f"<div id=__next></div>{state({'props': {'more': [other], 'story': story}})}")
    assert article.byline == ("Ada Fenn",)
    assert article.published and article.published.date() == date(2025, 11, 18)


RUNS = [{"_type": "block", "children": [{"_type": "span", "text": line[:30]}, {"_type": "span", "text": line[30:]}]}
        for line in EVERYTHING]  # fmt: skip


@pytest.mark.parametrize(
    "kept",
    [
        state({"story": {"title": TITLE, "body": RUNS}}),
        state({"status": 200, "body": json.dumps(STORY)}),
        state(
            [["Reactive", 1], {"data": 2}, {"headline": 3, "contentHtml": 4}, TITLE, paragraphs(*EVERYTHING)]
        ),
        f"<script>(function() {{ window.__STATE__ = JSON.parse({json.dumps(json.dumps(STORY))}); }})()</script>",
        f"<div id=app data-page='{json.dumps(STORY)}'></div>",
    ],
    ids=["runs of text", "json in json", "devalue", "parsed", "attribute"],
)
def test_programs_keep_their_state_in_many_ways(kept: str) -> None:
    assert lines(read(f"<div id=__nuxt></div>{kept}"))[-4:] == EVERYTHING


def test_of_several_stories_none_of_which_is_named_none_is_taken() -> None:
    with pytest.raises(SourceError, match="loaded by scripts"):
        read(SHELL + state({"a": OTHER, "b": {**OTHER, "body": paragraphs(*[ONE] * 11)}}))


def pushed(*rows: str) -> str:
    """Rows as Next.js sends them: cut anywhere, in scripts of their own."""
    text = "".join(rows)
    cut = len(text) // 3
    pieces = (text[:cut], text[cut : 2 * cut], text[2 * cut :])
    first = "<script>(self.__next_f=self.__next_f||[]).push([0])</script>"
    return first + "".join(
        f"<script>self.__next_f.push({json.dumps([1, piece])})</script>" for piece in pieces
    )


def row(name: str, value: object) -> str:
    return f"{name}:{json.dumps(value)}\n"


def test_what_next_js_sends_for_react_is_drawn_where_the_page_is_empty() -> None:
    listed = [
        "$",
        "ul",
        None,
        {"children": [["$", "li", "1", {"children": "Stone: 4"}], ["$", "li", "2", {"children": 7}]]},
    ]
    link = ["$", "$L3", None, {"href": "/ferry", "children": "ferry"}]
    picture = ["$", "img", None, {"src": "https://gazette.example/wall.jpg", "alt": "The wall"}]
    story = ["$", "article", None, {"children": [
        ["$", "h1", None, {"children": TITLE}], ["$", "p", None, {"children": ONE}], picture, "$La",
        ["$", "div", None, {"dangerouslySetInnerHTML": {"__html": "$b"}}], listed,
    ]}]  # fmt: skip
    raw = paragraphs(THREE, FOUR)
    article = read(
        pushed(
            '3:I[4711,["static/a.js"],"default"]\n:HL["/a.css","style"]\n',
            row("0", {"P": None, "f": [[["", {"children": []}], ["", {"children": ["main", story]}]]]}),
            row(
                "a",
                [
                    "$",
                    "p",
                    None,
                    {"children": [TWO.removesuffix("vote."), ["$", "em", None, {"children": "vote"}], "."]},
                ],
            ),
            f"b:T{len(raw.encode()):x},{raw}",
            row("c", ["$", "p", None, {"children": ["$undefined", link]}]),
        )
    )
    assert lines(article)[:4] != []
    assert [line for line in lines(article) if line in EVERYTHING] == EVERYTHING
    assert any(isinstance(block, Listing) for block in article.body)
    assert Figure("https://gazette.example/wall.jpg", "The wall") in list(figures(article))


def test_a_saved_page_whose_megabytes_are_pictures_is_read() -> None:
    picture = base64.b64encode(bytes(6_000_000)).decode()
    article = read(
        f"<article><h1>{TITLE}</h1>{paragraphs(*EVERYTHING)}<img src='data:image/jpeg;base64,{picture}'></article>"
    )
    assert lines(article) == EVERYTHING
    assert [len(figure.media) for figure in figures(article)] == [
        len(picture) + len("data:image/jpeg;base64,")
    ]


def test_a_picture_that_a_saved_page_shows_twice_is_there_twice() -> None:
    picture = f"data:image/jpeg;base64,{base64.b64encode(bytes(9000)).decode()}"
    img = (
        "<figure><img src='data:image/svg+xml,<svg/>' width=640 height=480 "
        "style='background-blend-mode:normal!important;background-image:var(--sf-img-4)!important'></figure>"
    )
    sheet = f'<style>:root{{--sf-img-4:url("{picture}")}}</style>'
    article = read(f"{sheet}<article><h1>{TITLE}</h1>{img}{paragraphs(*EVERYTHING)}{img}</article>")
    assert [figure.media for figure in figures(article)] == [picture, picture]


def test_a_page_whose_megabytes_are_text_is_refused() -> None:
    with pytest.raises(SourceError, match="larger than 5 MB of HTML"):
        read(paragraphs(*[ONE] * 60_000))


def test_a_short_text_that_breaks_off_is_partial() -> None:
    begun = f"<main><h1>{TITLE}</h1>{paragraphs(ONE, TWO)}<p>{THREE.removesuffix('ferry.')}…</p></main>"
    assert read(begun).partial
    assert not read(begun.replace("…", "ferry.")).partial


def test_rows_and_lists_that_refer_to_each_other_without_end_are_read_once() -> None:
    """A thing that holds the next one nine times, sixty deep, would be more than any memory holds."""
    rows = "".join(row(f"{at:x}", ["$", "p", None, {"children": [f"$L{at + 1:x}"] * 9}]) for at in range(60))
    listed = [{"body": 1, "title": 1}, *([at + 1] * 9 for at in range(1, 60))]
    for scripts in (
        pushed(rows),
        state(listed),
        pushed(row("0", ["$", "p", None, {"children": ["$L0", "$L0"]}])),
    ):
        with pytest.raises(SourceError, match="loaded by scripts"):
            read(SHELL + scripts)


MORE = [
    "The stone, which went from hand to hand, came from a quarry at Newport, and weighed more than it looked.",
    "Eleven spoke against, among them the widow of the man who had built the first wall, and who had warned.",
    "In the end nine voted for the new wall, eight against, and one, who had slept, as the others had voted.",
]
BEGIN, MIDDLE, END = paragraphs(ONE, TWO), paragraphs(THREE, *MORE), paragraphs(FOUR)


@pytest.mark.parametrize(
    "layout",
    [
        f"<article><div><div><div>{BEGIN}</div></div></div><div></div><div><div>{MIDDLE}{END}</div></div></article>",
        f"<div class=story><div><div>{BEGIN}</div></div><div class=promo><a href=/x>Win a trip</a></div><div>{MIDDLE}{END}</div></div>",
        f"<article><div class=intro-box><div>{BEGIN}</div></div><div class=body>{MIDDLE}{END}</div></article>",
        f"<article><div class=text>{BEGIN}{MIDDLE}</div><div class=card><div class=card-body>{END}</div></div></article>",
        f"<article><div class=text>{BEGIN}{MIDDLE}</div><div class=highlight>{END}</div></article>",
        f"<div class=lead>{BEGIN}</div><div class=grid><div class=cols><div class=col>{MIDDLE}{END}</div></div></div>",
    ],
    ids=[
        "unequal depth",
        "a promotion between",
        "begin in a box",
        "end in a card",
        "end set off",
        "beginning outside",
    ],
)
def test_no_part_of_an_article_is_left_behind_for_where_it_stands(layout: str) -> None:
    links = "".join(f"<li><a href=/{at}>Another story, number {at}</a></li>" for at in range(8))
    article = read(
        f"<nav><ul>{links}</ul></nav><main><h1>{TITLE}</h1>{layout}</main><aside><ul>{links}</ul></aside>"
    )
    assert lines(article) == [ONE, TWO, THREE, *MORE, FOUR]
