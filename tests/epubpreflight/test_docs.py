"""The page of the checker tells every rule."""

from pathlib import Path

from epubpreflight import Rule
from epubpreflight.rules import by_subject

PAGE = Path(__file__).parents[2] / "docs" / "epubpreflight.md"


def table() -> str:
    """The tables of all rules as they stand in the page."""
    lines: list[str] = []
    for subject, rules in by_subject().items():
        last = "for" if subject == "Shops and readers" else "EPUBCheck"
        lines += [
            "",
            f"### {subject}",
            "",
            f"| rule | what comes of it | {last} | source |",
            "|---|---|---|---|",
        ]
        lines += [f"| `{rule.id}` | {rule.severity} | {minded_by(rule)} | {rule.source} |" for rule in rules]
    return "\n".join(lines) + "\n"


def minded_by(rule: Rule) -> str:
    if rule.vendors is None:
        return rule.epubcheck
    return ", ".join(sorted(vendor.label for vendor in rule.vendors)) or "all"


def test_the_page_lists_every_rule_as_it_is() -> None:
    assert table() in PAGE.read_text("utf-8"), "run this file as a program to write the tables anew"


def test_the_messages_of_rules_are_sentences() -> None:
    for rule in Rule:
        assert rule.message.endswith((".", "?")), rule.id
        assert rule.message[0].isupper() or not rule.message[0].isalpha(), rule.id
        assert rule.source, rule.id


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    PAGE.write_text(text[: text.index("\n### ")] + table(), "utf-8")
