"""The page on checking tells every rule."""

from pathlib import Path

from epubpreflight.rule_index import RULES, every_rule
from epubpreflight.vendors import NAMES, SHOP_RULES

PAGE = Path(__file__).parents[2] / "docs" / "verify.md"


def table() -> str:
    """The tables of all rules as they stand in the page."""
    shops = {one.rule.name: sorted(NAMES[shop] for shop in one.shops) for one in SHOP_RULES}
    lines: list[str] = []
    for subject, rules in RULES.items():
        last = "for" if subject == "Shops and readers" else "EPUBCheck"
        lines += [
            "",
            f"### {subject}",
            "",
            f"| rule | what comes of it | {last} | source |",
            "|---|---|---|---|",
        ]
        for rule in rules:
            told = ", ".join(shops.get(rule.name, ())) or ("all" if rule.name in shops else rule.epubcheck)
            lines.append(f"| `{rule.name}` | {rule.gravity.value} | {told} | {rule.source} |")
    return "\n".join(lines) + "\n"


def test_the_page_lists_every_rule_as_it_is() -> None:
    assert table() in PAGE.read_text("utf-8"), "run this file as a program to write the tables anew"


def test_the_words_of_rules_are_sentences() -> None:
    for rule in every_rule():
        assert rule.words.endswith((".", "?")), rule.name
        assert rule.words[0].isupper() or not rule.words[0].isalpha(), rule.name
        assert rule.source, rule.name


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    after = text.index("\n# Checking recordings")
    PAGE.write_text(text[: text.index("\n### ")] + table() + text[after:], "utf-8")
