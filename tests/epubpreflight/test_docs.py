"""The page of the checker tells every rule."""

from pathlib import Path

from epubpreflight import Rule

PAGE = Path(__file__).parents[2] / "docs" / "epubpreflight.md"
# The first rule of each subject, in the order of the table.
SUBJECTS = {
    Rule.ZIP_UNREADABLE: "The file",
    Rule.ENCRYPTION_SHAPE: "Locked and signed files",
    Rule.PACKAGE_VERSION: "The package",
    Rule.METADATA_TITLE: "Metadata",
    Rule.ITEM_TWICE: "Lists of the package",
    Rule.PREFIXES_SPACED: "Prefixes",
    Rule.NOT_WELL_FORMED: "Pages",
    Rule.NAV_WITHOUT_CONTENTS: "Navigation",
    Rule.NCX_SHAPE: "NCX",
    Rule.ADDRESS_MALFORMED: "Addresses",
    Rule.TARGET_MISSING: "Links and resources",
    Rule.PICTURE_TYPE: "Pictures",
    Rule.STYLE_SYNTAX: "Style sheets",
    Rule.VIEWPORT_MISSING: "Fixed layout and recordings",
    Rule.OVERLAY_SHAPE: "Media overlays",
    Rule.SHOP_LANGUAGE: "Shops and readers",
}


def table() -> str:
    """The tables of all rules as they stand in the page."""
    lines: list[str] = []
    for rule in Rule:
        if subject := SUBJECTS.get(rule):
            last = "EPUBCheck" if rule.vendors is None else "for"
            lines += [
                "",
                f"### {subject}",
                "",
                f"| rule | what comes of it | {last} | source |",
                "|---|---|---|---|",
            ]
        lines.append(f"| `{rule.id}` | {rule.severity} | {minded_by(rule)} | {rule.source} |")
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
