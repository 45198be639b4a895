"""Rules of a site are data, and can do nothing but choose."""

from pathlib import Path

import pytest
from tests.newsexport.extraction.oldhaven_pages import FERRY

from newsexport.extraction.rules import Rules, rules_for
from newsexport.model import Article, plain_blocks
from newsexport.protocols import Resource
from newsexport.sources.page import PageSource

ADDRESS = "https://gazette.example/harbour/ferry"


def read(folder: Path, rules: str, name: str = "gazette.example.txt") -> Article:
    (folder / name).write_text(rules, encoding="utf-8")
    (item,) = PageSource(folder).read(Resource(ADDRESS, FERRY.encode(), address=ADDRESS))
    assert isinstance(item, Article)
    return item


def test_the_rules_of_a_site_count_before_the_general_way(tmp_path: Path) -> None:
    article = read(
        tmp_path,
        "# a comment\ntitle: //h1\nauthor: //a[@rel='author']\nbody: //div[@class='entry-content']\nstrip: //table\n"
        "strip_id_or_class: newsletter\nfind_string: dog\nreplace_string: cat\ntest_url: https://gazette.example/x\n",
    )
    text = " ".join(plain_blocks(article.body))
    assert article.byline == ("Ada Fenn",)
    assert "a cat, who knew the way" in text
    assert "Weekday" not in text
    assert "four crowns" in text


def test_rules_of_a_domain_are_those_of_its_hosts(tmp_path: Path) -> None:
    (tmp_path / ".gazette.example.txt").write_text("title: //h1")
    assert rules_for("www.gazette.example", tmp_path).lines == (("title", "//h1"),)
    assert rules_for("news.gazette.example", tmp_path).lines == (("title", "//h1"),)
    assert rules_for("gazette.other", tmp_path) == Rules()
    assert rules_for("../../etc/passwd", tmp_path) == Rules()


@pytest.mark.parametrize(
    "rule",
    [
        "body: document('/etc/passwd')//text()",
        "body: //[",
        "body: count(//p)",
        "body: //nothing",
        "strip: /html",
        "title: re:test('x', '(a+)+')",
        "replace_string(dog): cat",
    ],
)
def test_a_rule_that_means_nothing_does_nothing(tmp_path: Path, rule: str) -> None:
    assert read(tmp_path, rule).title == "Ferry sails again"
