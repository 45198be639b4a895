"""Pages of nothing but an article are told by their make, and read as they would be if they were judged."""

from __future__ import annotations

import random

import pytest

from newsexport.extraction.bare_pages import is_bare, whole_body
from newsexport.markup import parse
from newsexport.markup.parsing import Element
from newsexport.model import Article, Heading
from newsexport.protocols import Resource
from newsexport.sources.page import PageSource

BARE = (
    "<h1>Ferry sails again</h1><p>The ferry to Skerry sails again after two years, and the first to board was a dog, who knew the way."
    "</p><h3>The boat</h3><p>Work on the harbour wall took longer than planned, cost twice what was said, and ended"
    " in the fog.</p><p><img src=/boat.jpg alt=A></p>"
)
SENTENCE = "The captain of the ferry has sailed to the island since he was a boy of eleven."


def bare(more: str = "", head: str = "<title>Ferry sails again</title>") -> Element:
    return parse(f"<!doctype html><html><head>{head}</head><body>{BARE}{more}</body></html>")


def read(page: str) -> Article:
    (article,) = PageSource().read(Resource("page.html", page.encode()))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    "more",
    [
        "<ul><li>One thing of <a href=/x>two</a>, and the other</ul>",
        "<ul><li><p>One thing</p><li><p>The other</p></ul>",
        "<p>He said so.</p>",
        "<h2>By the harbour</h2><p>By then it was late.</p>",
        "<p>By midnight the fog had gone, and so had everybody who had come to see the ferry.</p>",
        "<p>The council named three reasons:</p><ol><li>Fog<li>Money<li>The dog</ol>",
        "<table><tr class=header><th>Boat<th>Seats<tr class=odd><td>Skerry Queen<td>40</table>",
        "<blockquote><p>Never again</p></blockquote><hr><pre>tide = 2 * moon</pre>",
        "<figure><img src=/quay.jpg><figcaption>The quay, on Tuesday</figcaption></figure>",
        f"<div class=calibre2><p class=calibre1>{SENTENCE}</p></div>",
        "<h2 class=calibre3 id=the-dog>The dog</h2><p style='text-align: left'>It was asleep.</p>",
        "<h2 id=the-card-game>The card game</h2><p>It was the last of it.</p>",
        f"<section id=s2><!-- two --><p>{SENTENCE}</p></section><script>count()</script>",
    ],
)
def test_a_page_of_nothing_but_an_article_is_told_by_its_make(more: str) -> None:
    assert is_bare(bare(more))


@pytest.mark.parametrize(
    "more",
    [
        f"<div class=box><p>{SENTENCE}</p></div>",
        f"<div id=comments><p>{SENTENCE}</p></div>",
        "<p>Sign up to our newsletter, and have the stories of the harbour sent to you each morning.</p>",
        "<p>Subscribe now.</p>",
        "<p>By Ada Fenn.</p>",
        "<h2>By Ada Fenn</h2>",
        "<p>The Gazette, Harbour Road 1</p>",
        "<p>More of the same:</p>",
        '<p><a href="/y">What the lamps on the wall of the old harbour will cost all of us in the end.</a></p>',
        "<ul><li><a href=/1>Ten boats that were never built</a></ul>",
        "<div><a href=/>Home</a></div>",
        "<p><a href=/><img src=/logo.png></a></p>",
        "<table><tr><td><h2>Harbour</h2><td><ul><li>Boats</ul></table>",
        "<table><tr><th><a href=/1>Ten boats</a><th><a href=/2>Nine lamps</a></table>",
        f"<p hidden>{SENTENCE}</p>",
        f"<p style='display: none'>{SENTENCE}</p>",
        f"<p role=note>{SENTENCE}</p>",
        f"<nav><p>{SENTENCE}</p></nav>",
        f"<aside><p>{SENTENCE}</p></aside>",
        f"<form><p>{SENTENCE}</p></form>",
        f"<footer><p>{SENTENCE}</p></footer>",
        "Loose text, which is in no paragraph.",
        "<h1>Another article</h1>",
    ],
)
def test_a_page_with_anything_else_in_it_is_asked_about(more: str) -> None:
    assert not is_bare(bare(more))


def test_a_page_of_one_paragraph_tells_too_little() -> None:
    assert not is_bare(parse(f"<p>{SENTENCE}</p><p>So he said.</p>"))


def test_all_that_such_a_page_shows_is_its_article() -> None:
    assert [each.tag for each in whole_body(bare())] == ["h1", "p", "h3", "p", "p"]


# What anybody may have written, and in whose hand.

WORDS = (
    "harbour", "ferry", "island", "council", "lamp", "wall", "fog", "tide", "mayor", "dog", "board",
    "boat", "storm", "winter", "bridge", "school", "market", "river", "letter", "engine", "sailor",
    "garden", "window", "stone", "paper", "road", "clock", "night", "morning", "price", "vote",
)  # fmt: skip
LITTLE = (
    "the", "of", "and", "to", "in", "a", "that", "for", "it", "was", "on", "with", "as", "by", "at",
    "from", "which", "had", "not", "were",
)  # fmt: skip
# How a page is made: what is around its parts, and the names that are given them.
MAKES = (
    ("", "", ""),
    ("<div>", "</div>", ""),
    ('<article class="content">', "</article>", ""),
    ("<main><section>", "</section></main>", ""),
    ('<div class="calibre">', "</div>", ' class="calibre1"'),
)


class Writer:
    """Writes a page, the same for the same number."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)

    def page(self, body: str = "<body>") -> str:
        opened, closed, named = self.chance.choice(MAKES)
        kinds = (
            self.prose,
            self.short,
            self.section,
            self.listed,
            self.quoted,
            self.table,
            self.shown,
            self.rule,
        )
        chosen = self.chance.choices(kinds, weights=(12, 2, 3, 3, 2, 1, 2, 1), k=14)
        title = self.words(4, 8)
        last = self.chance.choice((self.prose, self.noted))
        parts = "".join(write() for write in (self.prose, self.prose, *chosen, last))
        inside = f"{opened}<h1>{title}</h1>{parts}{closed}".replace("<p>", f"<p{named}>")
        return f"<html><head><title>{title}</title></head>{body}{inside}</body></html>"

    def prose(self) -> str:
        return f"<p>{' '.join(self.sentence(9, 22) for _ in range(self.chance.randint(2, 4)))}</p>"

    def short(self) -> str:
        return f"<p>{self.sentence(4, 7)}</p><pre>{self.words(3, 6)} = 7</pre>{self.prose()}"

    def noted(self) -> str:
        call = '<a href="#fn1" id="fnref1" role="doc-noteref"><sup>1</sup></a>'
        back = '<a href="#fnref1" role="doc-backlink">↩</a>'
        note = f'<ol><li id="fn1"><p>{self.sentence(5, 9)}{back}</p></li></ol>'
        return f'<p>{self.sentence(9, 22)}{call}</p><section role="doc-endnotes"><hr>{note}</section>'

    def section(self) -> str:
        title, tag = self.words(2, 5), self.chance.choice(("h2", "h3"))
        name = f' id="{title.lower().replace(" ", "-")}"' if self.chance.random() < 0.5 else ""
        return f"<{tag}{name}>{title}</{tag}>{self.prose()}"

    def listed(self) -> str:
        items = "".join(f"<li>{self.sentence(6, 12)}</li>" for _ in range(self.chance.randint(2, 5)))
        tag = self.chance.choice(("ul", "ol"))
        return f"{self.prose()}<{tag}>{items}</{tag}>"

    def quoted(self) -> str:
        return f"<blockquote><p>{self.sentence(10, 20)}</p></blockquote>"

    def table(self) -> str:
        rows = "".join(f"<tr><td>{self.words(1, 1)}<td>{self.chance.randint(1, 9999)}" for _ in range(4))
        return f"<table><thead><tr><th>{self.words(1, 1)}<th>Sum<tbody>{rows}</table>"

    def shown(self) -> str:
        caption = f"<figcaption>{self.sentence(5, 9)}</figcaption>"
        return f"<figure><img src=/{self.chance.choice(WORDS)}.jpg>{caption}</figure>"

    def rule(self) -> str:
        return "<hr>"

    def sentence(self, least: int, most: int) -> str:
        *words, last = self.words(least, most).split()
        if self.chance.random() < 0.1:
            last = f'<a href="https://{last}.example/">{last}</a>'
        return f"{' '.join((*words, last))}."

    def words(self, least: int, most: int) -> str:
        several = range(self.chance.randint(least, most))
        return " ".join(self.chance.choice(LITTLE if at % 2 else WORDS) for at in several).capitalize()


@pytest.mark.parametrize("number", range(40))
def test_what_is_taken_whole_is_what_would_be_found(number: int) -> None:
    """The mark on the body shows nothing, but is unknown: so the second of the pages is judged."""
    taken, judged = Writer(number).page(), Writer(number).page("<body data-page=1>")
    assert is_bare(parse(taken))
    assert not is_bare(parse(judged))
    assert read(taken) == read(judged)


def test_headings_begin_below_the_headline_whatever_way_it_goes() -> None:
    page = f"<title>Ferry sails again</title><body>{BARE}<h4>The dog</h4><p>{SENTENCE}</p>"
    for made in (page, page.replace("<body>", "<body><nav><a href=/>Home</a></nav>")):
        levels = [block.level for block in read(made).body if isinstance(block, Heading)]
        assert levels == [2, 3]
