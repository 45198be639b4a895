"""A few small valid files of every kind that is read, to be spoilt."""

import base64
import json
import plistlib
from datetime import UTC, date, datetime

from tests.hostile.mutating import Sample, archived

from newsexport.interchange import to_json
from newsexport.model import (
    Article,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Mark,
    Media,
    Note,
    Paragraph,
    Quote,
    Rule,
    Section,
    Span,
    Table,
    Twin,
)
from newsexport.narration.options import Direction
from newsexport.narration.script import script
from newsexport.narration.script_file import to_json as written
from newsexport.sources.edition import SUFFIX as SCRIPT

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP4z8DAwMDA8J+BgYGB4T8ADfQB/1tqX1cAAAAASUVORK5CYII="
)

WORDS = "The harbour at Oldhaven opened again on Monday after three weeks of repairs, and the first boats went out before dawn."

PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Harbour opens | The Gazette</title>
<meta property="og:title" content="Harbour opens"><meta name="author" content="Nora Vale">
<meta property="article:published_time" content="2026-11-23T08:00:00+01:00"><base href="https://gazette.example/">
<link rel="canonical" href="https://gazette.example/harbour"><link rel="next" href="/harbour?page=2">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Harbour opens","author":[{{"name":"Nora Vale"}}],"datePublished":"2026-11-23"}}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Harbour opens</h1><p class="standfirst">{WORDS}</p>
<figure><img src="boats.png" srcset="boats-2.png 2x" alt="Boats" width="640" height="480"><figcaption>Boats at dawn.</figcaption></figure>
<p>{WORDS} <a href="/other">More</a><sup id="r1"><a href="#n1">1</a></sup></p><blockquote><p>{WORDS}</p><footer>A skipper</footer></blockquote>
<h2>What it cost</h2><ul><li>{WORDS}<ol start="3"><li>Stone</li></ol></li></ul><pre><code class="language-py">x = 1</code></pre>
<table><caption>Costs</caption><tr><th>What</th><th>€</th></tr><tr><td colspan="2">Stone</td></tr></table>
<p><ruby>港<rt>みなと</rt></ruby> <del>10</del> <ins>8</ins> a<sub>n</sub></p><p>{WORDS}</p><ol class="footnotes"><li id="n1">A note. <a href="#r1">↩</a></li></ol>
</article><footer>© The Gazette</footer></body></html>""".encode()

TEXT = f"""Harbour opens

By Nora Vale, 23 November 2026

{WORDS}

* {WORDS}

    x = 1

Source: https://gazette.example/harbour
""".encode()

MARKDOWN = f"""---
title: "Harbour opens"
author: [Nora Vale, Otto Reed]
date: 2026-11-23T08:00:00+01:00
tags: {{a: 1}}
---
# Harbour opens

*{WORDS}* [More](/other "title")[^1]

![Boats](boats.png "Boats at dawn")

> {WORDS}

1. One
   - Two

| What | € |
|------|---|
| Stone | 8 |

```py
x = 1
```

[^1]: A note.
""".encode()

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Gazette</title><link>https://gazette.example/</link><language>en</language>
<item><title>Harbour &amp;amp; boats</title><link>https://gazette.example/harbour</link><guid isPermaLink="false">g1</guid>
<pubDate>Mon, 23 Nov 2026 08:00:00 +0100</pubDate><dc:creator>Nora Vale</dc:creator><description>{WORDS}</description>
<content:encoded><![CDATA[<p>{WORDS}</p><p><img src="https://gazette.example/boats.png"></p>]]></content:encoded>
<media:thumbnail url="https://gazette.example/t.png"/><enclosure url="https://gazette.example/a.jpg" type="image/jpeg" length="1"/></item>
<item><title>Two</title><link>/two</link><description>&lt;b&gt;{WORDS}&lt;/b&gt;</description></item></channel></rss>""".encode()

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://gazette.example/">
<title type="html">The &lt;i&gt;Gazette&lt;/i&gt;</title><id>tag:gazette.example,2026:feed</id><updated>2026-11-23T08:00:00Z</updated>
<entry><title>Harbour opens</title><id>tag:gazette.example,2026:1</id><link rel="alternate" href="harbour"/><updated>2026-11-23T08:00:00Z</updated>
<author><name>Nora Vale</name></author><summary>{WORDS}</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{WORDS}</p></div></content></entry></feed>""".encode()

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1", "title": "The Gazette", "home_page_url": "https://gazette.example/",
        "authors": [{"name": "Nora Vale"}], "language": "en",
        "items": [
            {"id": "1", "url": "https://gazette.example/harbour", "title": "Harbour opens", "content_html": f"<p>{WORDS}</p>",
             "date_published": "2026-11-23T08:00:00+01:00", "image": "https://gazette.example/boats.png", "tags": ["a"]},
            {"id": 2, "content_text": WORDS, "attachments": [{"url": "x", "mime_type": "image/png"}]},
        ],
    }
).encode()  # fmt: skip

OPML = b"""<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="World"><outline type="rss" text="The Gazette" title="The Gazette" xmlUrl="https://gazette.example/feed.xml" htmlUrl="https://gazette.example/"/></outline>
<outline text="Other" XMLURL="https://herald.example/rss" category="/Sport/Rowing"/></body></opml>"""

SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://gazette.example/harbour</loc><lastmod>2026-11-23</lastmod><news:news><news:publication><news:name>The Gazette</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2026-11-23T08:00:00Z</news:publication_date><news:title>Harbour opens</news:title></news:news></url></urlset>"""

ADDRESSES = b"# mine\nhttps://gazette.example/harbour\nhttps://herald.example/rowing?x=1#top\n\nhttp://paper.example/\n"

SAVED_JSON = (
    json.dumps({"list": [{"resolved_url": "https://gazette.example/harbour", "resolved_title": "Harbour opens", "excerpt": WORDS, "time_added": "1790000000", "authors": {"2": {"name": "Nora Vale"}}}]}).encode(),
    json.dumps([{"url": "https://gazette.example/harbour", "title": "Harbour opens", "content": f"<p>{WORDS}</p>", "published_at": "2026-11-23", "tags": ["a", {"b": 1}], "author": ["Nora Vale"], "language": "en_GB"}]).encode(),
    json.dumps({"roots": {"bookmark_bar": {"children": [{"name": "News", "children": [{"type": "url", "name": "Harbour", "url": "https://gazette.example/harbour"}]}]}}}).encode(),
    json.dumps({"bookmarks": [{"createdAt": 1731900000, "title": "Harbour", "tags": ["a"], "lists": ["l1"], "content": {"type": "link", "url": "https://gazette.example/harbour"}, "note": "Read it"}, {"createdAt": 1, "title": None, "content": {"type": "text", "text": f"# Mine\n\n{WORDS}"}}], "lists": [{"id": "l1", "name": "News"}]}).encode(),
    json.dumps({"items": [{"title": "Harbour", "published": 1731900000, "canonical": [{"href": "https://gazette.example/harbour"}], "categories": ["user/1/label/News"], "origin": {"title": "The Gazette"}, "summary": {"content": f"<p>{WORDS * 4}</p>"}, "enclosure": [{"href": "x", "type": "image/png"}]}]}).encode(),
    json.dumps({"collections": [{"name": "News", "links": [{"name": "Harbour", "url": "https://gazette.example/harbour", "textContent": WORDS, "tags": [{"name": "a"}]}]}]}).encode(),
)  # fmt: skip

SAVED_CSV = (
    b'title,url,time_added,tags,status\n"Harbour ""opens""",https://gazette.example/harbour,1790000000,a|b,unread\nTwo,https://herald.example/two,x,,archive\n',
    "URL;Title;Folder\nhttps://gazette.example/a;Äpfel;News/World\n".encode(),
)

BOOKMARKS = (
    b'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>\n<DL><p><DT><H3>News</H3><DL><p><DT><A HREF="https://gazette.example/harbour" ADD_DATE="1790000000" TAGS="a">Harbour</A><DD>What it says\n</DL><p></DL>',
    b'<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul><li><a href="https://gazette.example/harbour" time_added="1790000000" tags="a">Harbour</a></li></ul></body></html>',
)

MAIL = (
    f"""From: The Gazette <news@gazette.example>\r\nTo: you@example.org\r\nSubject: =?utf-8?q?Harbour_=C3=B6ffnet?=\r\nDate: Mon, 23 Nov 2026 08:00:00 +0100
Message-ID: <1@gazette.example>\r\nMIME-Version: 1.0\r\nList-Unsubscribe: <https://gazette.example/u>\r\nContent-Type: multipart/alternative; boundary="b1"\r
\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{WORDS} =E2=82=AC\r
\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><body><h1>Harbour opens</h1><p>{WORDS}</p><img src="cid:x"><p>{WORDS}</p></body></html>\r\n--b1--\r\n""".encode(),
    f"From nobody Mon Nov 23 08:00:00 2026\nFrom: a@b.example\nSubject: One\nDate: x\n\n{WORDS}\n\nFrom nobody Mon Nov 23 08:00:00 2026\nFrom: a@b.example\nSubject: Two\nContent-Type: text/plain; charset=iso-2022-jp\n\n{WORDS}\n".encode(),
)

MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gazette.example/harbour\r\nSubject: Harbour\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="b2"\r\n\r\n--b2\r\nContent-Type: text/html\r\nContent-Location: https://gazette.example/harbour\r\n'
    b"Content-Transfer-Encoding: binary\r\n\r\n" + PAGE
    + b"\r\n--b2\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://gazette.example/boats.png\r\n\r\n"
    + base64.b64encode(PIXEL) + b"\r\n--b2--\r\n"
)  # fmt: skip

WEB_ARCHIVE = plistlib.dumps(
    {"WebMainResource": {"WebResourceURL": "https://gazette.example/harbour", "WebResourceMIMEType": "text/html", "WebResourceData": PAGE},
     "WebSubresources": [{"WebResourceURL": "https://gazette.example/boats.png", "WebResourceMIMEType": "image/png", "WebResourceData": PIXEL}]},
    fmt=plistlib.FMT_BINARY,
)  # fmt: skip

BOOK = {
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": b'<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="o/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "o/p.opf": b'<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier><dc:title>The Gazette</dc:title><dc:language>en</dc:language><dc:creator>Nora Vale</dc:creator><dc:date>2026-11-23</dc:date></metadata><manifest><item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="g" href="boats.png" media-type="image/png"/></manifest><spine><itemref idref="a"/></spine></package>',
    "o/n.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>C</title></head><body><nav epub:type="toc"><ol><li><span>World</span><ol><li><a href="a.xhtml">Harbour opens</a></li></ol></li></ol></nav></body></html>',
    "o/a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Harbour opens</title></head><body><h1>Harbour opens</h1><p>{WORDS}</p><img src="boats.png" alt="x"/><p>{WORDS}</p></body></html>'.encode(),
    "o/boats.png": PIXEL,
}

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = {
    "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'<?xml version="1.0"?><w:document {_W}><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Harbour opens</w:t></w:r></w:p><w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{WORDS}</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>Stone</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>'.encode(),
    "docProps/core.xml": b'<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Harbour opens</dc:title><dc:creator>Nora Vale</dc:creator><dcterms:created>2026-11-23T08:00:00Z</dcterms:created></cp:coreProperties>',
}

EDITION = Edition(
    "The Gazette",
    date(2026, 11, 23),
    "en",
    (
        Section(
            "World",
            (
                Article(
                    "Harbour opens",
                    (
                        Paragraph(
                            (
                                Span(WORDS, frozenset({Mark.STRONG}), "https://gazette.example/x"),
                                Span("", note="1"),
                            )
                        ),
                        Heading((Span("What it cost"),)),
                        Quote((Paragraph((Span(WORDS, language="de"),)),)),
                        Listing(((Paragraph((Span("Stone", ruby="s"),)),),), ordered=True, start=3),
                        Table(((Span("What"),),), (((Span("Stone"),),),), (Span("Costs"),)),
                        Code("x = 1", "py"),
                        Rule(),
                    ),
                    standfirst=WORDS,
                    byline=("Nora Vale",),
                    published=datetime(2026, 11, 23, 8, tzinfo=UTC),
                    url="https://gazette.example/harbour",
                    site="The Gazette",
                    lead=Figure("boats.png", "Boats", (Span("Boats at dawn."),)),
                    media=(Media("boats.png", "image/png", PIXEL),),
                    also_in=(Twin("The Herald", "https://herald.example/harbour"),),
                    notes=(Note("1", (Paragraph((Span("A note."),)),)),),
                ),
            ),
        ),
    ),
)

# Of each source: the suffix its files have, and some of them.
SAMPLES: dict[str, tuple[str, tuple[Sample, ...]]] = {
    "text": (".txt", (TEXT, WORDS.encode("utf-16"), "Äußerst laut.\n\nÖfter als früher.".encode("cp1252"))),
    "markdown": (".md", (MARKDOWN,)),
    "page": (".html", (PAGE, PAGE.decode().encode("utf-16"))),
    "feed": (".xml", (RSS, ATOM)),
    "jsonfeed": (".json", (JSON_FEED,)),
    "opml": (".opml", (OPML,)),
    "addresses": (".txt", (ADDRESSES,)),
    "sitemap": (".xml", (SITEMAP,)),
    "saved-json": (".json", SAVED_JSON),
    "saved-csv": (".csv", SAVED_CSV),
    "bookmarks": (".html", BOOKMARKS),
    "archive": (".zip", ({"a/harbour.html": PAGE, "a/boats.png": PIXEL, "b/two.md": MARKDOWN, "list.csv": SAVED_CSV[0], "x.eml": MAIL[0]},)),
    "mail": (".eml", MAIL),
    "mhtml": (".mhtml", (MHTML,)),
    "webarchive": (".webarchive", (WEB_ARCHIVE,)),
    "book": (".epub", (BOOK,)),
    "document": (".docx", (DOCUMENT,)),
    "script": (SCRIPT, (written(EDITION, tuple(script(EDITION, Direction()))),)),
    "json": (".json", (to_json(EDITION),)),
}  # fmt: skip


def whole(sample: Sample) -> bytes:
    """The file that a sample is."""
    return sample if isinstance(sample, bytes) else archived(sample)
