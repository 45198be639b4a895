"""Books that are right and have in them what books may have: none of them may be found fault with."""

from tests.epubpreflight.sound_books import (
    GIF,
    OLD,
    PLAIN,
    SOUND,
    Change,
    Files,
    body,
    changed,
    drop,
    has,
    head,
    item,
    meta,
    nav,
    ncx,
    opf,
    put,
    swap,
)  # fmt: skip

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A square</title><rect width="9" height="9"/></svg>'
SMIL = """<?xml version="1.0" encoding="UTF-8"?>
<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0"><body>
<par id="s1"><text src="a.xhtml#later"/><audio src="a.mp3" clipBegin="0s" clipEnd="2s"/></par>
</body></smil>"""
SPOKEN_CHANGES: tuple[Change, ...] = (
    item('<item id="smil" href="a.smil" media-type="application/smil+xml"/>'),
    item('<item id="mp3" href="a.mp3" media-type="audio/mpeg"/>'),
    opf('<item id="a" href', '<item id="a" media-overlay="smil" href'),
    meta('<meta property="media:duration" refines="#smil">0:00:02</meta>'),
    meta('<meta property="media:duration">0:00:02</meta>'),
    put("EPUB/a.smil", SMIL),
    put("EPUB/a.mp3", SOUND),
)
FIXED_CHANGES: tuple[Change, ...] = (
    meta('<meta property="rendition:layout">pre-paginated</meta>'),
    head('<meta name="viewport" content="width=600, height=800"/>'),
    swap("EPUB/b.xhtml", "</head>", '<meta name="viewport" content="width=600,height=800"/></head>'),
)
SPOKEN: Files = changed(PLAIN, SPOKEN_CHANGES)
FIXED: Files = changed(PLAIN, FIXED_CHANGES)

RICH_BODY = """
<article><header><p>Kicker</p></header><h2>Everything</h2>
<p>A note<a epub:type="noteref" role="doc-noteref" href="#n1" id="r1">1</a>, <ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>,
<bdi>a</bdi>, <bdo dir="rtl">b</bdo>, <abbr title="x">y</abbr>, <time datetime="2026-01-02T10:00:00Z">today</time>,
<q cite="https://example.org/">said</q>, H<sub>2</sub>O, <code>c</code><br/><wbr/><mark>m</mark><a href="http://ada@[::1]:8000/a?b=c#d">v6</a><del>d</del><ins>i</ins></p>
<blockquote epub:type="z3998:verse"><p xml:lang="de" lang="de">Ein Gedicht</p></blockquote>
<ul><li>one<ul><li>two</li></ul></li></ul><ol start="3" reversed="reversed" type="a"><li value="4">x</li></ol>
<dl><dt>a</dt><dd>b</dd></dl><dl><div><dt>a</dt><dd>b</dd></div></dl>
<table><caption>Table</caption><colgroup><col span="2"/></colgroup><thead><tr><th scope="col">a</th><th>b</th></tr></thead>
<tbody><tr><td colspan="2">c</td></tr></tbody><tfoot><tr><td>d</td><td>e</td></tr></tfoot></table>
<details><summary>s</summary><p>more</p></details><pre>  p  </pre><hr/>
<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="a half"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" role="img">
<title>A drawing</title><defs><linearGradient id="g"/></defs><rect fill="url(#g)" width="9" height="9"/>
<image xlink:href="pic.png" width="9" height="9"/></svg>
<figure><figcaption>Before</figcaption><img src="anim.gif" alt="" width="1" height="1"/></figure>
<audio controls="controls" src="a.mp3"><p>No sound</p></audio>
<picture><source srcset="pic.png 1x, pic.png 2x" type="image/png"/><img src="pic.png" alt="x"/></picture>
<a href="https://example.org/a?b=c#d">web</a> <a href="mailto:post@example.org">mail</a> <x-own data-a-b="1">own</x-own>
<div role="doc-pullquote" aria-label="l" hidden="hidden" data-x="1" style="margin: 0 auto; color: #333">d</div>
<p><span style="font-size: 90%; background: url('pic.png') no-repeat">s</span></p>
<aside epub:type="footnote" role="doc-footnote" id="n1"><p><a href="#r1">1</a> The note.</p></aside>
</article>"""
RICH_CSS = """@charset "UTF-8";
@namespace epub "http://www.idpf.org/2007/ops";
@import url("more.css") screen;
@font-face { font-family: "Own"; src: url("own.woff2") format("woff2"); font-weight: 400 }
@page { margin: 1em }
@media (max-width: 30em) and (orientation: portrait) { p:not(.a)::first-line, a[href^="http"] > b + i ~ u { color: red } }
@supports (display: flex) { .x { display: flex } }
.v { -epub-writing-mode: vertical-rl; writing-mode: vertical-rl; width: calc(100% - 2em) !important }
:root { --own: 1px } .w { margin: var(--own); content: "\\201C"; quotes: none }
h1.a#b:nth-child(2n+1)::after { content: attr(title) " " counter(c) }
@keyframes k { from { opacity: 0 } 50% { opacity: .5 } to { opacity: 1 } }
"""

SOUND_BOOKS: dict[str, Files] = {
    "plain": PLAIN,
    "old": OLD,
    "spoken": SPOKEN,
    "fixed": FIXED,
    "rich": changed(
        PLAIN,
        (
            body(RICH_BODY),
            swap("EPUB/a.xhtml", 'xml:lang="en" lang', 'epub:prefix="z3998: http://www.daisy.org/z3998/2012/vocab/structure/#" xml:lang="en" lang'),
            has("mathml svg"),
            put("EPUB/style.css", RICH_CSS),
            put("EPUB/more.css", "p { color: black }"),
            put("EPUB/own.woff2", b"wOF2" + bytes(60)),
            put("EPUB/anim.gif", GIF),
            put("EPUB/a.mp3", SOUND),
            item(
                '<item id="more" href="more.css" media-type="text/css"/>'
                '<item id="font" href="own.woff2" media-type="font/woff2"/>'
                '<item id="gif" href="anim.gif" media-type="image/gif"/>'
                '<item id="mp3" href="a.mp3" media-type="audio/mpeg"/>'
            ),
        ),
    ),
    "right to left": changed(
        PLAIN,
        (
            opf("<spine ", '<spine page-progression-direction="rtl" '),
            opf("<dc:language>en", "<dc:language>ar"),
            body('<section dir="rtl" xml:lang="ar" lang="ar"><h2>الميناء</h2><p>كلمات <span dir="ltr">abc</span></p></section>'),
        ),
    ),
    "metadata": changed(
        PLAIN,
        (
            opf('unique-identifier="uid"', 'unique-identifier="uid" prefix="own: https://example.org/own#"'),
            meta(
                '<meta property="title-type" refines="#title">main</meta>'
                '<meta property="file-as" refines="#creator">Other, Ann</meta>'
                '<meta property="role" refines="#creator" scheme="marc:relators">aut</meta>'
                '<meta property="belongs-to-collection" id="c">The Post</meta>'
                '<meta property="collection-type" refines="#c">series</meta>'
                '<meta property="group-position" refines="#c">20260102</meta>'
                '<meta property="own:thing">x</meta><meta property="authority" refines="#subject">BISAC</meta>'
                '<meta property="term" refines="#subject">NEW</meta>'
                '<meta property="a11y:certifiedBy">Somebody</meta><meta name="calibre:series" content="x"/>'
                '<link rel="record" href="https://example.org/r" media-type="application/xml"/>'
                "<dc:source>urn:x</dc:source><dc:language>pt-BR</dc:language><dc:language>zh-Hans-TW</dc:language>"
            ),
        ),
    ),
    "drawing in the reading order": changed(
        PLAIN,
        (
            item('<item id="svg" href="d.svg" media-type="image/svg+xml"/>'),
            opf("</spine>", '<itemref idref="svg" linear="no" properties="page-spread-left"/></spine>'),
            put("EPUB/d.svg", SVG),
            body('<p><a href="d.svg">The drawing</a> <img src="d.svg" alt="d"/></p>'),
        ),
    ),
    "scripted": changed(PLAIN, (has("scripted"), body('<script>"x"</script><form action="#"><input type="text"/></form>'))),
    "remote film": changed(
        PLAIN,
        (
            has("remote-resources"),
            item('<item id="film" href="https://example.org/f.mp4" media-type="video/mp4"/>'),
            body('<video src="https://example.org/f.mp4"></video>'),
        ),
    ),
    "foreign with something instead": changed(
        PLAIN,
        (
            item('<item id="x" href="x.xyz" media-type="image/xyz" fallback="pic"/>'),
            put("EPUB/x.xyz", b"xyz"),
            body('<p><img src="x.xyz" alt="x"/><object data="x.xyz" type="image/xyz">words</object></p>'),
        ),
    ),
    "no NCX, no guide": changed(
        PLAIN,
        (
            drop("EPUB/toc.ncx"),
            opf('<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>', ""),
            opf(' toc="ncx"', ""),
            opf('<guide><reference type="text" title="Text" href="a.xhtml"/></guide>', ""),
        ),
    ),
    "deep contents": changed(
        PLAIN,
        (
            ncx(
                '<content src="b.xhtml"/>',
                '<content src="b.xhtml"/><navPoint id="n3" playOrder="3"><navLabel><text>x</text></navLabel>'
                '<content src="b.xhtml#x"/></navPoint>',
            ),
            swap("EPUB/b.xhtml", "<h1>", '<h1 id="x">'),
            nav('<li><a href="b.xhtml">Town</a></li>', '<li><span>Part</span><ol><li><a href="b.xhtml">Town</a></li></ol></li>'),
        ),
    ),
    "old with more": changed(
        OLD,
        (
            body(
                '<ul><li>x</li></ul><dl><dt>a</dt><dd>b</dd></dl><table><tr><td>c</td></tr></table>'
                '<p><big>b</big><tt>t</tt><acronym title="x">a</acronym> <a id="x" href="#x">l</a>&mdash;</p>'
                "<blockquote><p>q</p></blockquote><pre>p</pre>"
            ),
            opf("</metadata>", '<meta name="calibre:series" content="x"/></metadata>'),
        ),
    ),
}  # fmt: skip
