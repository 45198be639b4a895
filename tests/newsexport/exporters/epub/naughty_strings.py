"""Strings that have broken programs before, in every place of an edition where text may stand."""

from tests.newsexport.exporters.epub.epub_editions import ISSUED, p, picture

from newsexport.model import (
    Article,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Section,
    Span,
    Table,
)

ZALGO = "h" + "".join(chr(0x300 + number) for number in range(112)) + "i"

STRINGS: dict[str, tuple[str, ...]] = {
    "What programs take for nothing": (
        "", " ", "undefined", "null", "None", "nil", "NaN", "true", "false", "N/A", "-", "--", ".", "..", "*", "?",
    ),
    "Numbers that are none": (
        "0", "1/0", "-1", "1e309", "-Infinity", "0x0", "1,000.00", "1 000,00", "٠١٢٣", "１２３", "½", "01:000052458",
        "9" * 120, "127.0.0.1/8", "2026-02-30", "−7 °C", "∞",
    ),
    "Punctuation": (
        "'", '"', "''", '""', "`", "\\", "\\\\", "/", "//", "<", ">", "<>", "&", "&&", "|", ";", ":", "%", "%%", "#",
        "@", "!@#$%^&*()_+-=[]{}", "“‘„‚«‹›»’”", "…—–‒―·•", "〈《「『【】』」》〉", "¿¡§¶†‡", "⁂", "://", "=cmd|' /C x'!A0",
    ),
    "Markup": (
        "<b>", "</b>", "<b", "</p></body></html>", "<br/>", "<!--", "-->", "<!-- -- -->", "<![CDATA[", "]]>", "<?xml",
        "<?php x ?>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "&amp;",
        "&nbsp;", "&#0;", "&#xD800;", "&#x110000;", "&bogus;", "&lt;i&gt;", "<a href='javascript:alert(1)'>x</a>",
        '"><input autofocus>', "<style>body{display:none}</style>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///x'>]>",
        "&e;", "<math><mi>", "<table><tr>", "<html lang='xx'>", "xmlns:x=''", "<x:y>", "{font-size:0}", "@import 'x';",
    ),
    "Templates and commands": (
        "{{ 7 * 7 }}", "{% raw %}", "{% endraw %}", "{# #}", "${7*7}", "#{7*7}", "<%= 7 %>", "%s%s%n", "%(name)s", "{}",
        "{0}", "{title}", "{0.__class__}", "$(touch x)", "`touch x`", "; rm x", "| x", "' OR '1'='1", "Robert'); --",
        "../../../etc/passwd", "..\\..\\x", "C:\\CON", "CON", "nul.txt", "file:///x", "~", "$HOME", "-rf", "--help",
    ),
    "Spaces and breaks": (
        "a\tb", "a\nb", "a\r\nb", "a\rb", "a\x0bb", "a\x0cb", "a\x85b", "a\u2028b", "a\u2029b", "a\u00a0b", "a\u2003b",
        "a\u200bb", "a\u2060b", "a\u00adb", "a\ufeffb", "\u3000a\u3000", "a" + " " * 300 + "b", "\n" * 40, "\u180e",
    ),
    "Characters that XML cannot hold": (
        "\x00", "a\x01b", "\x08", "\x1b[31mred", "\x7f", "\x9f", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\ud800",
        "\udfff", "\udfff\ud800", "\U0010ffff", "\ufffd", "\ue000", "\uf8ff",
    ),
    "Directions": (
        "\u202etxt.exe", "\u202dabc\u202c", "\u2066abc\u2069", "\u2067שלום", "\u200fabc", "abc \u05d0\u05d1\u05d2 (1)",
        "שלום 123 world", "مرحبا 123 world", "العَرَبِيَّة", "اردو میں", "ﷺ", "ﷲ", "﷽", "سلام\u200cعلیکم", "ܫܠܡܐ", "ދިވެހި", "ߒߞߏ",
    ),
    "Scripts": (
        "Ελληνικά", "Кириллица", "ქართული", "Հայերեն", "हिन्दी क्ष्म्य", "বাংলা", "தமிழ்", "മലയാളം", "සිංහල", "ไทยไม่มีช่องว่าง",
        "ລາວ", "བོད་སྐད་", "မြန်မာ", "ភាសាខ្មែរ", "አማርኛ", "ᐃᓄᒃᑎᑐᑦ", "ᏣᎳᎩ", "한국어", "한글", "日本語", "简体中文", "繁體中文", "𠜎𠜱𠝹𠱓",
        "ｱｲｳ", "ⅷ", "ﬁﬂ", "ǅ", "ẞß", "İıIi", "Tiếng Việt", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "𝕋𝕙𝕖", "ⓣⓗⓔ", "˙ɐnbᴉlɐ", "ᚠᛇᚻ", "𐍈", "𓀀",
    ),
    "Marks and pictures": (
        "e\u0301", "é", "\u0301", "a" + "\u0489" * 30, ZALGO, "ก็็็็็็็", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇺🇳🇺", "🏴\U000e0067\U000e0062\U000e007f",
        "❤️", "❤︎", "1️⃣", "☃", "🀄", "\u200d", "\ufe0f", "\U000e0001", "\U000e0061", "￹a￺b￻", "⿰亻", "☭", "→←↔",
    ),
    "Length": (
        "long " * 100, "x" * 500, "漢" * 300, "ab\u00ad" * 120, "https://example.org/" + "path/" * 80, "🙂" * 120,
        "W" * 64 + " " + "i" * 64, "-" * 200, "a/" * 150, "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    ),
}  # fmt: skip

SMALL = picture(80, 50, "PNG")


def article(text: str) -> Article:
    """The string in every field that may hold any text, and in every kind of block."""
    spans = (
        Span(text),
        Span(" and "),
        Span(text, frozenset({Mark.STRONG}), f"https://example.org/{text}"),
    )
    return Article(
        title=text, standfirst=text, byline=(text, text), site=text, url=text, reference=text,
        lead=Figure(SMALL.name, text, (Span(text),)), media=(SMALL,),
        body=(
            Paragraph(spans), Heading((Span(text),)), Heading((Span(text),), 3), Quote((p(text),)),
            Listing(((p(text),), (p("and"), p(text)))), Code(text), Figure(SMALL.name, text, (Span(text),)),
            Table(((Span(text),), (Span("b"),)), (((Span("1"),), (Span(text),)),), (Span(text),)),
        ),
    )  # fmt: skip


NAUGHTY = Edition(
    "Naughty strings",
    ISSUED,
    "en",
    tuple(Section(f"{name} {texts[-1]}", tuple(map(article, texts))) for name, texts in STRINGS.items()),
)
