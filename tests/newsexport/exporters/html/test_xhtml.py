"""Text, attributes and addresses that are well-formed whatever an article holds."""

import pytest

from newsexport.exporters.html.xhtml import (
    address,
    attribute,
    is_seen,
    label,
    language_attributes,
    legal,
    text,
)


@pytest.mark.parametrize(
    ("written", "linked"),
    [
        (" https://a.example/x ", "https://a.example/x"),
        (
            "HTTPS://A.example:8443/ä b%zz?q=ü&x=%20#frag ment",
            "https://a.example:8443/%C3%A4%20b%25zz?q=%C3%BC&x=%20#frag%20ment",
        ),
        ("http://reader:secret@a.example/", "http://a.example/"),
        ("mailto:ada@oldhaven.example", "mailto:ada@oldhaven.example"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("http://127.0.0.1:80/", "http://127.0.0.1:80/"),
        ("http://a.example:0/", "http://a.example:0/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("https://a_b.example/", "https://a_b.example/"),
        ("http://localhost/x", "http://localhost/x"),
        ("https://a.example?x", "https://a.example?x"),
        ("http://a.example/é/?a=é/?#é/?", "http://a.example/%C3%A9/?a=%C3%A9/?#%C3%A9/?"),
        ("http://a.example/\ud800", "http://a.example/%3F"),
    ],
)
def test_an_address_is_written_as_it_goes_over_the_wire(written: str, linked: str) -> None:
    assert address(written) == linked


@pytest.mark.parametrize(
    "written",
    [
        "ftp://a.example/",
        "javascript:alert(1)",
        "mailto:nobody",
        "http://[::1",
        "http://a..b/",
        "https://",
        "//a.example/",
        "http://a.example:99999/",
        "",
    ],
)
def test_what_is_safe_to_open_nowhere_is_no_address(written: str) -> None:
    assert address(written) is None


def test_text_and_attributes_are_escaped_and_lose_what_xml_has_no_place_for() -> None:
    assert legal("a\x00\x0b\xad\ufeff\U0001ffffb\n\tc") == "ab\n\tc"
    assert text('a\x00 & <b> "c"') == 'a &amp; &lt;b&gt; "c"'
    assert attribute(' a "b"\n <c\x00> & ') == "a &quot;b&quot; &lt;c&gt; &amp;"


def test_what_is_blank_in_any_way_is_not_seen() -> None:
    assert not any(map(is_seen, ("", " \n", "\u200b\u2060\ufeff", "\u00ad")))
    assert all(map(is_seen, ("a", " .", "—", "市")))


@pytest.mark.parametrize(
    ("value", "longest", "line"),
    [
        ("  a\n b\x00 ", 160, "a b"),
        ("\u200b \n", 160, ""),
        ("12345678", 8, "12345678"),
        ("123456789", 8, "12345678…"),
        ("abcd efgh", 8, "abcd…"),
        ("ab cd efgh", 8, "ab cd…"),
        ("abc,;:. efgh", 9, "abc…"),
        ("abX efgh", 6, "abX…"),
        ("x" + " " * 63 + "y", 8, "x"),
        ("x" + " " * 62 + "y", 8, "x y"),
    ],
)
def test_a_label_is_one_line_shortened_at_a_word(value: str, longest: int, line: str) -> None:
    assert label(value, longest) == line


def test_a_label_has_at_most_160_letters() -> None:
    assert label("x" * 160) == "x" * 160
    assert label("x" * 161) == "x" * 160 + "…"


@pytest.mark.parametrize(
    ("tag", "around", "attributes", "web"),
    [
        ("fr", "en", ' lang="fr" xml:lang="fr"', ' lang="fr"'),
        ("en-GB", "en", "", ""),
        ("ar", "en", ' lang="ar" xml:lang="ar" dir="rtl"', ' lang="ar" dir="rtl"'),
        ("ar", "fa", ' lang="ar" xml:lang="ar"', ' lang="ar"'),
        ("en", "ar", ' lang="en" xml:lang="en" dir="ltr"', ' lang="en" dir="ltr"'),
    ],
)
def test_an_element_says_its_language_and_direction_where_they_change(
    tag: str, around: str, attributes: str, web: str
) -> None:
    assert language_attributes(tag, around) == attributes
    assert language_attributes(tag, around, xml=False) == web
