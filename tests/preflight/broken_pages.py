"""Books with one fault each in what they show: pages, contents, styles, links."""

from broken_books import Broken, broken
from sound_books import (
    OLD, PLAIN, PNG, body, css, has, head, item, nav, ncx, opf, put, swap,
)  # fmt: skip
from variants import SVG

A = "EPUB/a.xhtml"
BOMB = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


SVG_NAME, HTML_NAME = '"http://www.w3.org/2000/svg"', '"http://www.w3.org/1999/xhtml"'


def drawn(svg: str) -> Broken:
    return broken("drawing-content", has("svg"), body(svg))


def calculated(inner: str) -> Broken:
    math = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>'
    return broken("formula-content", has("mathml"), body(f"<p>{math}</p>"))


PAGES: tuple[Broken, ...] = (
    broken("not-well-formed", swap(A, "</section>", "")),
    broken("not-well-formed", body("<p>a &nbsp; b</p>")),
    broken("not-well-formed", body("<!-- a -- b -->")),
    broken("not-well-formed", body("<p>a & b</p>")),
    broken("not-well-formed", body("<o:p>x</o:p>")),
    broken("not-well-formed", swap(A, "<?xml", " <?xml")),
    broken("not-well-formed", body('<p class="a" class="b">x</p>')),
    broken("not-well-formed", put(A, b"")),
    broken("entity-bomb", swap(A, "<!DOCTYPE html>", BOMB)),
    broken("page-document-type", swap(A, "<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">')),
    broken("page-document-type", swap(A, "XHTML 1.1//EN", "XHTML 1.0 Strict//EN"), files=OLD),
    broken("page-external-entity", swap(A, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x SYSTEM "b.xhtml">]>')),
    broken("page-utf-16", put(A, PLAIN[A].decode().replace("UTF-8", "UTF-16").encode("utf-16"))),
    broken("document-encoding", put(A, PLAIN[A].decode().replace("UTF-8", "ISO-8859-1").encode("latin-1"))),
    broken("xml-version", swap(A, 'version="1.0"', 'version="1.1"')),
    broken("page-root", put(A, '<p xmlns="http://www.w3.org/1999/xhtml">x</p>')),
    broken("page-root", put(A, "<html><head><title>t</title></head><body/></html>")),
    broken("element-unknown", body("<p><o>x</o></p>")),
    broken("element-unknown", body("<center>x</center>")),
    broken("element-unknown", body('<p><font color="red">x</font></p>')),
    broken("element-unknown", body('<p xmlns:o="urn:o"><o:p>x</o:p></p>')),
    broken("element-misplaced", body("<p>a<p>b</p></p>")),
    broken("element-misplaced", body("<p><div>b</div></p>")),
    broken("element-misplaced", body("<li>b</li>")),
    broken("element-misplaced", body("<ul><p>b</p></ul>")),
    broken("element-misplaced", body("<ul><ul><li>b</li></ul></ul>")),
    broken("element-misplaced", body("<table><td>b</td></table>")),
    broken("element-misplaced", body("<td>b</td>")),
    broken("element-misplaced", body("<figcaption>b</figcaption>")),
    broken("element-misplaced", body("<style>p { margin: 0 }</style>")),
    broken("element-misplaced", body("<span><p>b</p></span>")),
    broken("element-misplaced", body("<p><a href='b.xhtml'><div>b</div></a></p>")),
    broken("element-misplaced", body("<span>b</span>"), files=OLD),
    broken("words-misplaced", body("<ul>b<li>c</li></ul>")),
    broken("words-misplaced", body("<table><tr>b</tr></table>")),
    broken("words-misplaced", body("words"), files=OLD),
    broken("children-incomplete", body("<dl><dt>a</dt></dl>")),
    broken("children-incomplete", body("<dl><dd>a</dd><dt>b</dt></dl>")),
    broken("children-incomplete", body("<table><tr><td>a</td></tr><caption>b</caption></table>")),
    broken("children-incomplete", body("<figure><figcaption>a</figcaption><p>b</p><figcaption>c</figcaption></figure>")),
    broken("children-incomplete", body("<p><ruby>a</ruby></p>")),
    broken("children-incomplete", body("<details><p>a</p></details>")),
    broken("children-incomplete", body("<ul/>"), files=OLD),
    broken("element-nested", body('<p><a href="b.xhtml">a<a href="b.xhtml">b</a></a></p>')),
    broken("element-nested", body('<p><a href="b.xhtml"><span><a href="b.xhtml">b</a></span></a></p>')),
    broken("element-nested", body("<header><header>a</header></header>")),
    broken("attribute-unknown", body('<p align="center">a</p>')),
    broken("attribute-unknown", body('<table cellpadding="1"><tr><td>a</td></tr></table>')),
    broken("attribute-unknown", body('<p><a target="_blank">a</a></p>')),
    broken("attribute-unknown", body('<p onshow="x">a</p>')),
    broken("attribute-unknown", body('<p data="x">a</p>'), files=OLD),
    broken("attribute-value", body('<p dir="left">a</p>')),
    broken("attribute-value", body('<p id="a b">a</p>')),
    broken("attribute-value", body('<p xml:lang="en_US" lang="en_US">a</p>')),
    broken("attribute-value", body('<p><img src="pic.png" alt="a" width="50%"/></p>')),
    broken("attribute-value", body('<p><time datetime="yesterday">a</time></p>')),
    broken("attribute-value", body('<p role="paragraphs">a</p>')),
    broken("attribute-value", body('<section role="doc-footnote">a</section>')),
    broken("attribute-missing", body("<p><bdo>a</bdo></p>")),
    broken("attribute-missing", body("<p><map><area/></map></p>")),
    broken("attribute-missing", swap(A, ' alt="A quay"', ""), files=OLD),
    broken("picture-without-source", body('<p><img alt="a"/></p>')),
    broken("id-twice", body('<p id="later">a</p>')),
    broken("languages-differ", swap(A, 'xml:lang="en" lang="en"', 'xml:lang="en" lang="fr"')),
    broken("id-referred-missing", body('<p aria-labelledby="none">a</p>')),
    broken("page-without-title", swap(A, "<title>Port</title>", "")),
    broken("page-title-empty", swap(A, "<title>Port</title>", "<title> </title>")),
    broken("meta-wrong", head('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"/>')),
    broken("meta-wrong", head('<meta http-equiv="Expires" content="0"/>')),
    broken("meta-wrong", head('<meta name="author"/>')),
    broken("meta-wrong", head('<meta charset="utf-8"/><meta charset="utf-8"/>')),
    broken("attribute-data", body('<p data-Big="x">a</p>')),
    broken("attribute-namespace", body('<p xmlns:o="http://www.w3.org/o" o:x="x">a</p>')),
    broken("prefix-undeclared", body('<p epub:type="own:x">a</p>')),
    broken("property-malformed", body('<p epub:type="own:">a</p>')),
    broken("style-alternate-untitled", head('<link rel="alternate stylesheet" href="style.css"/>')),
    broken("speech-empty", body('<p xmlns:ssml="http://www.w3.org/2001/10/synthesis" ssml:ph=" ">a</p>')),
    broken("switch-obsolete", has("switch"), body(
        '<epub:switch><epub:case required-namespace="urn:x"><p>a</p></epub:case>'
        "<epub:default><p>b</p></epub:default></epub:switch>"
    )),
    broken("role-obsolete", body('<ol><li role="doc-endnote">a</li></ol>')),
    drawn('<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><x xmlns="urn:x"/></foreignObject></svg>'),
    drawn('<svg xmlns="http://www.w3.org/2000/svg"><title><x xmlns="urn:x"/></title></svg>'),
    broken(
        "nested-too-deeply",
        has("svg"),
        body(
            f"<div>{'<svg xmlns=%s><foreignObject><p xmlns=%s>' % (SVG_NAME, HTML_NAME) * 600}"
            f"{'</p></foreignObject></svg>' * 600}</div>"
        ),
    ),
    drawn('<svg xmlns="http://www.w3.org/2000/svg"><defs epub:type="cover"/></svg>'),
    calculated("<mfrac><mn>1</mn></mfrac>"),
    calculated("<mstuff/>"),
    calculated("<mrow>1</mrow>"),
)  # fmt: skip
LANDMARK = '<li><a epub:type="bodymatter" href="a.xhtml">Text</a></li>'
TARGET = '<pageTarget type="normal" value="1"><navLabel><text>1</text></navLabel><content src="a.xhtml"/></pageTarget>'
CONTENTS: tuple[Broken, ...] = (
    broken("nav-without-contents", nav('epub:type="toc"', 'epub:type="lot"')),
    broken("nav-repeated", nav("</body>", '<nav epub:type="landmarks"><ol><li><a epub:type="toc" href="#toc">x</a></li></ol></nav></body>')),
    broken("nav-shape", nav("</body>", '<nav epub:type="lot"><h2>x</h2><ol/></nav></body>')),
    broken("nav-shape", nav('<li><a href="b.xhtml">Town</a></li>', "<li>Town</li>")),
    broken("nav-shape", nav("<h1>Contents</h1>", "<p>Contents</p>")),
    broken("nav-empty-label", nav(">Town<", "> <")),
    broken("nav-empty-heading", nav(">Contents</h1>", "></h1>")),
    broken("nav-without-heading", nav("</body>", '<nav epub:type="lot"><ol><li><a href="a.xhtml">x</a></li></ol></nav></body>')),
    broken("landmark-without-type", nav(LANDMARK, '<li><a href="a.xhtml">Text</a></li>')),
    broken("landmark-twice", nav(LANDMARK, LANDMARK * 2)),
    broken("nav-not-flat", nav(LANDMARK, LANDMARK.replace("</li>", f"<ol>{LANDMARK.replace('a.xhtml', 'b.xhtml')}</ol></li>"))),
    broken("nav-remote", nav('href="b.xhtml">Town', 'href="https://example.org/">Town')),
    broken("nav-order", nav('<li><a href="a.xhtml">Port</a>', '<li><a href="b.xhtml">Port</a>')),
    broken("ncx-shape", ncx("</navMap>", "</navMap><navMap/>")),
    broken("ncx-shape", ncx(' id="n1"', "")),
    broken("ncx-shape", ncx(' version="2005-1"', "")),
    broken("ncx-id-twice", ncx('id="n2"', 'id="n1"')),
    broken("ncx-play-order", ncx('playOrder="2"', 'playOrder="3"')),
    broken("ncx-play-order", ncx('playOrder="2"', 'playOrder="1"')),
    broken("ncx-page-twice", ncx("</navMap>", f"</navMap><pageList>{TARGET * 2}</pageList>")),
    broken("ncx-identifier", ncx("123e4567", "00000000")),
    broken("ncx-empty-label", ncx("<text>Town</text>", "<text/>")),
)  # fmt: skip
LINKS: tuple[Broken, ...] = (
    broken("address-malformed", body('<p><a href="http:////example.org">a</a></p>')),
    broken("address-malformed", body('<p><a href="a b.xhtml">a</a></p>'), put("EPUB/a b.xhtml", "")),
    broken("address-malformed", body('<p><a href="https://exa mple.org/">a</a></p>')),
    broken("address-malformed", body('<p><a href="https://example.org/%zz">a</a></p>')),
    broken("address-malformed", body('<p><a href="b.xhtml\\x">a</a></p>')),
    broken("address-malformed", body('<p><a href="http://">a</a></p>')),
    broken("address-on-this-machine", body('<p><a href="file:///tmp/x.html">a</a></p>')),
    broken("address-leaves-the-book", body('<p><a href="../../EPUB/b.xhtml">a</a></p>')),
    broken("address-with-question", body('<p><a href="b.xhtml?x=1">a</a></p>')),
    broken("link-to-data", body('<p><a href="data:text/html,x">a</a></p>')),
    broken("target-missing", body('<p><a href="gone.xhtml">a</a></p>')),
    broken("target-missing", ncx('src="b.xhtml"', 'src="gone.xhtml"')),
    broken("target-missing", css("p { background: url(gone.png) }")),
    broken("target-missing", css('@import "gone.css";')),
    broken("target-missing", head('<link rel="stylesheet" href="gone.css"/>')),
    broken("picture-missing", body('<p><img src="gone.png" alt="a"/></p>')),
    broken("target-undeclared", put("EPUB/more.css", ""), head('<link rel="stylesheet" href="more.css"/>')),
    broken("target-undeclared", put("EPUB/more.png", PNG), body('<p><img src="more.png" alt="a"/></p>')),
    broken("place-missing", body('<p><a href="#none">a</a></p>')),
    broken("place-missing", body('<p><a href="b.xhtml#none">a</a></p>')),
    broken("place-missing", ncx('src="b.xhtml"', 'src="b.xhtml#none"')),
    broken("place-missing", nav('href="b.xhtml">Town', 'href="b.xhtml#none">Town')),
    broken("place-kind", has("svg"), body(
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><linearGradient id="g"/></defs></svg><p><a href="#g">a</a></p>'
    )),
    broken("place-untold", has("svg"), item('<item id="svg" href="d.svg" media-type="image/svg+xml"/>'), put("EPUB/d.svg", SVG), body(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="d.svg"/></svg>'
    )),
    broken("picture-place", body('<p><img src="pic.png#x" alt="a"/></p>')),
    broken("style-place", head('<link rel="stylesheet" href="style.css#x"/>')),
    broken("link-to-no-page", body('<p><a href="pic.png">a</a></p>')),
    broken("link-out-of-order", opf('<itemref idref="b"/>', "")),
    broken("resource-foreign", item('<item id="x" href="x.xyz" media-type="image/xyz"/>'), put("EPUB/x.xyz", "x"), body('<p><img src="x.xyz" alt="a"/></p>')),
    broken("resource-remote", has("remote-resources"), body('<p><img src="https://example.org/a.png" alt="a"/></p>')),
    broken("resource-remote", body('<p><img src="https://example.org/a.png" alt="a"/></p>'), files=OLD),
    broken("resource-insecure", has("remote-resources"), item('<item id="f" href="http://example.org/f.mp4" media-type="video/mp4"/>'),
           body('<video src="http://example.org/f.mp4"></video>')),
    broken("link-scheme", body('<p><a href="wrong:thing">a</a></p>')),
    broken("resource-type-differs", body('<object data="pic.png" type="image/gif">a</object>')),
    broken("picture-fallback-foreign", item('<item id="x" href="x.xyz" media-type="image/xyz"/>'), put("EPUB/x.xyz", "x"), body('<p><picture><img src="x.xyz" alt="a"/></picture></p>')),
    broken("picture-source-untyped", item('<item id="x" href="x.xyz" media-type="image/xyz"/>'), put("EPUB/x.xyz", "x"), body('<p><picture><source srcset="x.xyz"/><img src="pic.png" alt="a"/></picture></p>')),
    broken("page-unreachable", opf('<itemref idref="b"/>', '<itemref idref="b" linear="no"/>'), swap(A, '<a href="b.xhtml">On to the town</a>', ""),
           nav('<li><a href="b.xhtml">Town</a></li>', ""), ncx('<content src="b.xhtml"/>', '<content src="a.xhtml#p1"/>')),
    broken("item-property-missing", body('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    broken("item-property-missing", body('<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mn>1</mn></math></p>')),
    broken("item-property-missing", body("<script>1</script>")),
    broken("item-property-missing", item('<item id="f" href="https://example.org/f.mp4" media-type="video/mp4"/>'), body('<video src="https://example.org/f.mp4"></video>')),
    broken("item-property-untrue", has("svg")),
    broken("item-property-untrue", has("scripted")),
    broken("item-remote-untrue", has("remote-resources")),
)  # fmt: skip
STYLES: tuple[Broken, ...] = (
    broken("style-syntax", css("p { color red }")),
    broken("style-syntax", css("p { color: }")),
    broken("style-syntax", css("p { color: red")),
    broken("style-syntax", css("p { color: red }}")),
    broken("style-syntax", css("/* p { color: red }")),
    broken("style-syntax", css("{ color: red }")),
    broken("style-syntax", css("p, { color: red }")),
    broken("style-syntax", css("<style>p { color: red }</style>")),
    broken("style-syntax", body('<p style="color">a</p>')),
    broken("style-direction", css("p { direction: rtl }")),
    broken("style-direction", body('<p style="unicode-bidi: embed">a</p>')),
    broken("style-empty-address", css('p { background: url("") }')),
    broken("style-utf-16", put("EPUB/style.css", "p { margin: 0 }".encode("utf-16"))),
    broken("style-encoding", put("EPUB/style.css", '@charset "iso-8859-1"; p { margin: 0 }')),
    broken("style-empty-font", css("@font-face { }")),
    broken("style-position-fixed", css("p { position: fixed }")),
)  # fmt: skip
