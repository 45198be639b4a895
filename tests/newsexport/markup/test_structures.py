"""Code, formulas, folds, embedded things, galleries and boxes: from the page of a site to the blocks of its article."""

import pytest
from tests.newsexport.extraction.oldhaven_pages import FERRY
from tests.newsexport.markup.test_blocks import read

from newsexport.events import noticed
from newsexport.model import (
    Alignment,
    Article,
    Block,
    Code,
    Figure,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Table,
    plain,
)
from newsexport.protocols import Resource
from newsexport.sources.page import PageSource


def of_page(html: str) -> tuple[Block, ...]:
    """What becomes of it in the middle of an article of a page."""
    page = FERRY.replace(
        "<h2>What it costs</h2>",
        f"<p>Before all of it.</p>{html}<p>Behind all of it.</p><h2>What it costs</h2>",
    )
    (article,) = PageSource().read(Resource("p.html", page.encode(), address="https://a.example/news/"))
    assert isinstance(article, Article)
    texts = [plain(block.spans) if isinstance(block, Paragraph) else "" for block in article.body]
    return tuple(article.body)[texts.index("Before all of it.") + 1 : texts.index("Behind all of it.")]


def told(blocks: tuple[Block, ...]) -> list[str]:
    """Each block in a line: what it is, and what it says."""
    return [_line(block) for block in blocks]


def _line(block: Block) -> str:
    match block:
        case Paragraph(spans):
            strong = all(Mark.STRONG in span.marks for span in spans)
            href = next((span.href for span in spans if span.href), "")
            return f"{'**' if strong else ''}{plain(spans)}{f' <{href}>' if href else ''}"
        case Heading(spans):
            return f"# {plain(spans)}"
        case Code(text, syntax):
            return f"```{syntax or ''} {text}"
        case Figure(media, _, caption):
            return f"!{media.rpartition('/')[2]} {plain(caption)}".strip()
        case Quote(inner, attribution=attribution):
            return f"> {' / '.join(map(_line, inner))} — {plain(attribution)}"
        case _:
            items = block.items if isinstance(block, Listing) else ()
            return " ".join(f"- {' '.join(map(_line, item))}" for item in items) or type(block).__name__


LISTINGS = {
    "a line an element": '<pre><code><div class="line">a = 1</div><div class="line"></div><div class="line">  b</div></code></pre>',
    "a line a span": '<pre class="shiki"><code><span class="line">a = 1</span><span class="line"></span><span class="line">  b</span></code></pre>',
    "a line an item": '<pre class="prettyprint"><ol class="linenums"><li class="L0">a = 1</li><li class="L1"></li><li>  b</li></ol></pre>',
    "breaks": "<pre>a = 1<br><br>  b</pre>",
    "two columns": """<div class="highlight"><table><tr><td class="gutter"><pre>1\n2\n3</pre></td><td class="code"><pre><span
class="line">a = 1</span>\n<span class="line"></span>\n<span class="line">  b</span></pre></td></tr></table></div>""",
    "a row a line": """<table class="highlight"><tr><td class="blob-num" data-line-number="1"></td><td class="blob-code">a = 1</td>
</tr><tr><td class="blob-num" data-line-number="2"></td><td class="blob-code"></td></tr><tr><td class="blob-num"
data-line-number="3"></td><td class="blob-code">  b</td></tr></table>""",
    "numbers in lines": """<pre><code><span class="line"><span class="ln">1</span><span class="cl">a = 1\n</span></span><span
class="line"><span class="ln">2</span><span class="cl">\n</span></span><span class="line"><span class="ln">3</span><span
class="cl">  b</span></span></code></pre>""",
    "numbers beside": """<div class="code"><pre class="line-numbers">1\n2\n3</pre><pre><code>a = 1\n\n  b</code></pre></div>""",
    "an editor": """<div class="cm-content"><div class="cm-line">a = 1</div><div class="cm-line"><br></div><div class="cm-line">
</div></div>""".replace(">\n<", ">  b<"),
    "in the rows of an old highlighter": """<div class="syntaxhighlighter js"><table><tr><td class="gutter"><div class="line
number1">1</div><div class="line number2">2</div><div class="line number3">3</div></td><td class="code"><div
class="container"><div class="line number1"><code>a</code><code> = 1</code></div><div class="line number2"></div><div
class="line number3"><code>  b</code></div></div></td></tr></table></div>""",
}


@pytest.mark.parametrize("html", LISTINGS.values(), ids=LISTINGS)
def test_code_keeps_its_lines_and_no_numbers(html: str) -> None:
    assert told(read(html)) == ["``` a = 1\n\n  b"]
    assert told(of_page(html)) == ["``` a = 1\n\n  b"]


@pytest.mark.parametrize(
    "html",
    [
        "<div class='language-ruby highlighter-rouge'><div class='highlight'><pre class='highlight'><code>a</code></pre></div></div>",
        "<div class='highlight-ruby notranslate'><div class='highlight'><pre>a</pre></div></div>",
        "<pre data-language='Ruby'><code class='language-plaintext'>a</code></pre>",
        "<pre class='sourceCode ruby'><code class='sourceCode ruby'>a</code></pre>",
    ],
)
def test_the_language_of_code_is_told_around_it(html: str) -> None:
    assert told(read(html)) == ["```ruby a"]


def test_columns_stand_where_all_of_their_cells_say() -> None:
    (table,) = of_page(
        """<table><tr><th align="center">A<th>B<th>C<th>D<th>E<tr align="right"><td align="CENTER">a<td>b
        <td style="color: red; TEXT-ALIGN:Center">c<td align="left">1<td style="text-align: justify">e
        <tr align="right"><td align="center">a<td>b<td style="text-align:center ">c<td align="left">2<td>e
        <tr align="right"><td align="center">a<td>b<td><td align="left">3<td>e</table>"""
    )
    assert isinstance(table, Table)
    center, right = Alignment.CENTER, Alignment.RIGHT
    assert table.alignment == (center, right, center, None, None)
    (table,) = of_page(
        "<table align=center><tr><td>a<td><table align=right><tr><td>b</table><tr><td>c<td>d</table>"
    )
    assert isinstance(table, Table) and table.alignment == ()


def test_a_table_of_numbers_is_no_code() -> None:
    html = "<table><tr><th>Day</th><th>Boats</th></tr><tr><td>1</td><td>12</td></tr></table>"
    assert told(read(html)) == ["Table"]


FORMULAS = {
    "MathJax 2": '<span class="MathJax_Preview"></span><script type="math/tex">E = h \\nu</script>',
    "MathJax 2, drawn": """<span class="MathJax_Preview"></span><span class="MathJax"><nobr aria-hidden="true">E=h</nobr></span><script
type="math/tex">E = h \\nu</script>""",
    "MathJax 2, saved": """<span class="MathJax" data-mathml="&lt;math&gt;&lt;annotation encoding=&quot;application/x-tex&quot;&gt;E = h
\\nu&lt;/annotation&gt;&lt;/math&gt;"><nobr aria-hidden="true">E=h</nobr></span>""",
    "MathJax 3": """<mjx-container class="MathJax"><mjx-math aria-hidden="true"><mjx-mi>E</mjx-mi></mjx-math><mjx-assistive-mml><math
alttext="E = h \\nu"><mi>E</mi></math></mjx-assistive-mml></mjx-container>""",
    "MathJax 4": '<mjx-container class="MathJax" data-latex="E = h \\nu"><mjx-math aria-hidden="true">E</mjx-math></mjx-container>',
    "KaTeX": """<span class="katex"><span class="katex-mathml"><math><semantics><mi>E</mi><annotation encoding="application/x-tex">E
= h \\nu</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">E=hν</span></span>""",
    "MathML": '<math alttext="E = h \\nu"><mi>E</mi></math>',
    "pandoc": '<span class="math inline">\\(E = h \\nu\\)</span>',
    "a forum": '<span class="math-container">$E = h \\nu$</span>',
    "GitHub": "<math-renderer class='js-inline-math'>$E = h \\nu$</math-renderer>",
    "an attribute": '<span class="ztext-math" data-tex="E = h \\nu">E = hν</span>',
    "WordPress": '<img src="https://s0.wp.com/latex.php?latex=E" alt="E = h \\nu" class="latex">',
    "an address": '<img src="https://latex.codecogs.com/gif.latex?E%20=%20h%20%5Cnu">',
    "Wikipedia": """<span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display: none;"><math
alttext="{\\displaystyle E = h \\nu }"><mi>E</mi></math></span><img src="https://wikimedia.example/api/media/math/render/svg/x"
class="mwe-math-fallback-image-inline" aria-hidden="true" alt="{\\displaystyle E = h \\nu }"></span>""",
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_a_formula_is_the_text_its_author_wrote(formula: str) -> None:
    assert told(read(f"<p>The wave is {formula} high.</p>")) == ["The wave is E = h \\nu high."]
    assert told(of_page(f"<p>The wave is {formula} high.</p>")) == ["The wave is E = h \\nu high."]


@pytest.mark.parametrize(
    "html",
    [
        "<p>So <script type='math/tex; mode=display'>E</script></p><p>it is.</p>",
        "<p>So</p><div class='latex-rendered' data-attrs='{\"persistentExpression\":\"E\"}'></div><p>it is.</p>",
        "<p>So <span class='katex-display'><span class='katex'><math display='block'><mi>E</mi></math></span></span> it is.</p>",
        "<p>So</p><div class='math'>\\[E\\]</div><p>it is.</p>",
        "<p>So</p><script type='math/tex; mode=display'>E</script><p>it is.</p>",
        "<p>So</p><mjx-container display='true'><svg></svg><mjx-assistive-mml><math display='block'><mi>E</mi></math></mjx-assistive-mml></mjx-container><p>it is.</p>",
        "<p>So</p><math display='block'><mi>E</mi></math><p>it is.</p>",
    ],
)
def test_a_formula_that_stands_by_itself_is_a_paragraph(html: str) -> None:
    assert told(read(html)) == ["So", "E", "it is."]
    assert told(of_page(html)) == ["So", "E", "it is."]


@pytest.mark.parametrize("said", ["[" * 100_000, "{", "5"], ids=["deep", "broken", "a number"])
def test_a_formula_that_cannot_be_read_is_none(said: str) -> None:
    html = f"<p>So</p><div class='latex-rendered' data-attrs='{said}'></div><p>it is.</p>"
    assert told(read(html)) == ["So", "it is."]


def test_what_only_looks_like_a_formula_stays_and_what_is_only_drawn_too() -> None:
    assert told(
        read(
            "<p>From <span class='math'>$5</span> to $6, <span class='katex'>E<b aria-hidden=true>=h</b></span>.</p>"
        )
    ) == ["From $5 to $6, E=h."]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="accordion-item"><h3 class="accordion-header"><button type="button">Who pays</button></h3><div class="accordion-collapse collapse"><p>The county, which owns the road and half of the wall.</p></div></div>',
        '<h3><button aria-controls="p1" aria-expanded="false">Who pays</button></h3><div id="p1" hidden><p>The county, which owns the road and half of the wall.</p></div>',
        '<div class="faq"><button aria-controls="p1">Who pays</button><div id="p1" style="display:none"><p>The county, which owns the road and half of the wall.</p></div></div>',
        '<div class="accordion"><div role="button" class="accordion-title">Who pays</div><div><p>The county, which owns the road and half of the wall.</p></div></div>',
        '<div role="heading" aria-level="3">Who pays</div><p>The county, which owns the road and half of the wall.</p>',
        "<details><summary><h3>Who pays</h3></summary><p>The county, which owns the road and half of the wall.</p></details>",
    ],
    ids=["Bootstrap", "hidden", "a button alone", "a part that acts as one", "a part that is one", "details"],
)  # fmt: skip
def test_a_button_that_opens_text_is_its_heading(html: str) -> None:
    expected = ["# Who pays", "The county, which owns the road and half of the wall."]
    assert told(read(html)) == expected
    assert told(of_page(html)) == expected


def test_a_button_that_opens_nothing_is_none() -> None:
    html = "<button>Subscribe</button><p>A</p><button aria-controls=m>Menu</button><ul id=m><li>B</ul><nav><button aria-controls=n>C</button></nav>"
    assert told(read(html)) == ["A", "- B"]


WATCH = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ('<figure class="wp-block-embed"><iframe title="The wall breaks" src="https://www.youtube.com/embed/abcdefghijk?rel=0"></iframe></figure>', f"The wall breaks <{WATCH}>"),
        ('<lite-youtube videoid="abcdefghijk" playlabel="Play: The wall breaks"><a href="/x">Play</a></lite-youtube>', f"The wall breaks <{WATCH}>"),
        ('<amp-youtube data-videoid="abcdefghijk" title="The wall breaks"></amp-youtube>', f"The wall breaks <{WATCH}>"),
        ('<div class="youtube-player" data-id="abcdefghijk"><img src="t.jpg" alt="The wall breaks"></div>', f"The wall breaks <{WATCH}>"),
        ('<noscript><iframe title="The wall breaks" src="https://youtube.com/embed/abcdefghijk"></iframe></noscript>', f"The wall breaks <{WATCH}>"),
        ('<iframe title="A storm" src="https://player.vimeo.com/video/12345?h=ab"></iframe>', "A storm <https://vimeo.com/12345>"),
        ('<iframe title="A song" src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1&color=x"></iframe>', "A song <https://api.soundcloud.com/tracks/1>"),
        ('<iframe title="An hour" src="https://open.spotify.com/embed/episode/4a"></iframe>', "An hour <https://open.spotify.com/episode/4a>"),
        ('<iframe title="Tides" src="https://datawrapper.dwcdn.net/x1/2/"></iframe>', "Tides <https://datawrapper.dwcdn.net/x1/2/>"),
        ('<iframe title="A post by Bo" class="mastodon-embed" src="https://social.example/@bo/1/embed" allowfullscreen></iframe>', "A post by Bo <https://social.example/@bo/1>"),
        ('<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Ab/"><a href="/p">View this post</a><p><a href="/q">A post by Bo</a></p></blockquote>', "A post by Bo <https://www.instagram.com/p/Ab/>"),
        ('<figure class="kg-card kg-bookmark-card"><a href="https://b.example/x"><div class="kg-bookmark-title">The tides</div><div>All of them</div><img src="/t.jpg"></a></figure>', "The tides <https://b.example/x>"),
        ('<audio controls title="Morning news" src="/a.mp3"></audio>', "Morning news <https://a.example/a.mp3>"),
    ],
    ids=["WordPress", "lite", "AMP", "waiting", "without scripts", "Vimeo", "SoundCloud", "Spotify",
         "a chart", "Mastodon", "Instagram", "a bookmark", "a sound"],
)  # fmt: skip
def test_what_is_embedded_is_a_line_with_title_and_link(html: str, line: str) -> None:
    assert told(read(html)) == [line]
    assert told(of_page(html)) == [line]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ('<div class="video"><iframe title="YouTube video player" data-src="//www.youtube-nocookie.com/embed/abcdefghijk"></iframe></div>', f"youtube.com <{WATCH}>"),
        ('<object><param name="movie" value="http://www.youtube.com/v/abcdefghijk&hl=en"><embed src="http://www.youtube.com/v/abcdefghijk"></object>', f"youtube.com <{WATCH}>"),
        ('<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://www.youtube.com/watch?v=abcdefghijk\n</div></figure>', f"youtube.com <{WATCH}>"),
        ('<iframe src="https://embed.bsky.app/embed/did:plc:ab/app.bsky.feed.post/3k"></iframe>', "bsky.app <https://bsky.app/profile/did:plc:ab/post/3k>"),
        ('<iframe src="https://platform.twitter.com/embed/Tweet.html?id=12"></iframe>', "twitter.com <https://twitter.com/i/status/12>"),
    ],
    ids=["without cookies", "old", "an address", "Bluesky", "Twitter"],
)  # fmt: skip
def test_what_is_embedded_without_a_title_is_led_to_by_the_words_that_announce_it(
    html: str, line: str
) -> None:
    address = line.partition(" ")[2]
    assert told(read(html)) == [line]  # there is nothing else
    with noticed("p.html") as omitted:
        assert told(read(f"<p>A line.</p>{html}<p>Another.</p>")) == ["A line.", "Another."]
    assert [(each.count, each.thing) for each in omitted] == [(1, "embedded video or post")]
    assert told(read(f"<p>He said it <b>here</b>:</p>{html}")) == [f"He said it here: {address}"]
    assert told(read(f"<h2>A film:</h2>{html}<p>B</p>")) == ["# A film:", "B"]
    framed = f"<figure>{html}<figcaption>In the storm.</figcaption></figure>"
    assert html.startswith("<figure") or told(read(framed)) == [f"In the storm. {address}"]
    assert told(of_page(html)) == []


def test_a_film_has_its_poster_and_a_caption_stays_behind_what_is_embedded() -> None:
    film = '<video poster="/p.jpg" title="A storm" controls><source src="/s.mp4"></video>'
    assert told(read(film)) == ["!p.jpg", "A storm <https://a.example/s.mp4>"]
    framed = f'<figure><iframe title="The wall" src="{WATCH.replace("watch?v=", "embed/")}"></iframe><figcaption>In the storm.</figcaption></figure>'
    assert told(read(framed)) == [f"The wall <{WATCH}>", "In the storm."]
    assert told(of_page(framed)) == [f"The wall <{WATCH}>", "In the storm."]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ('<p class="bild"><img src="/w.jpg"><br><small>Die Mauer. Foto: Bo Lund</small></p>', "!w.jpg Die Mauer. Foto: Bo Lund"),
        ('<div class="photo"><img src="/w.jpg"><p>灯台=七月十八日、白波町</p></div>', "!w.jpg 灯台=七月十八日、白波町"),
        ('<div class="image-wrap"><span><img src="/w.jpg"></span><div>The wall.</div><div>Bo Lund</div></div>', "!w.jpg The wall. Bo Lund"),
        ('<p><img src="/w.jpg"><br><small>The <em>wall</em>, at dawn.</small></p>', "!w.jpg The wall, at dawn."),
        ('<center><a href="/big"><img src="/w.jpg"></a><br><font size="1"><i>The wall.</i></font></center>', "!w.jpg The wall."),
        ('<p><img src="/w.jpg">The wall at dawn. Photo by Bo Lund.</p>', "!w.jpg The wall at dawn. Photo by Bo Lund."),
        ('<p><img src="/w.jpg"></p><p><small>Foto: Bo Lund</small></p>', "!w.jpg Foto: Bo Lund"),
        ('<div><img src="/w.jpg"></div><div class="caption">The wall.</div><div class="photo-credit">Bo Lund</div>', "!w.jpg The wall. Bo Lund"),
        ('<div><img src="/w.jpg"></div><span class="pie-de-foto">El muro.</span>', "!w.jpg El muro."),
    ],
)  # fmt: skip
def test_a_line_below_a_picture_is_its_caption_however_it_is_told(html: str, line: str) -> None:
    assert told(read(f"<p>A</p>{html}<p>B</p>")) == ["A", line, "B"]
    assert told(of_page(html)) == [line]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ('<img src="/w.jpg"><p>It goes on at once.</p>', ["!w.jpg", "It goes on at once."]),
        ('<p><img src="/w.jpg">The wall stands, and it goes on.</p>', ["!w.jpg", "The wall stands, and it goes on."]),
        ('<p>The wall <img src="/w.jpg">stands.</p>', ["The wall stands.", "!w.jpg"]),
        ('<p>One.<br><br><img src="/w.jpg">Two.</p>', ["One.", "!w.jpg", "Two."]),
        ('<p><img src="/w.jpg"></p><p><em>A note:</em> it stands.</p>', ["!w.jpg", "A note: it stands."]),
        ('<div class="author-photo"><img src="/w.jpg"><p>Bo Lund</p></div>', ["!w.jpg", "Bo Lund"]),
        ('<div class="image"><img src="/w.jpg"><h3>A part</h3></div><p>B</p>', ["!w.jpg", "# A part", "B"]),
        ('<div class="image"><img src="/w.jpg"><p><a href="/s">Another story of walls</a></p></div>', ["!w.jpg", "Another story of walls <https://a.example/s>"]),
    ],
)  # fmt: skip
def test_text_beside_a_picture_stays_text_in_its_place(html: str, lines: list[str]) -> None:
    assert told(read(html)) == lines


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="https://www.googletagmanager.example/ns.html?id=1" height="0" width="0"></iframe>',
        '<iframe title="reCAPTCHA" src="https://www.google.example/recaptcha" allowfullscreen></iframe>',
        '<iframe src="https://bo.substack.com/embed" title="Newsletter"></iframe>',
        '<video autoplay loop muted src="/background.mp4"></video>',
        '<video src="blob:https://a.example/1"></video>',
        '<iframe src="javascript:alert(1)" title="The wall" allowfullscreen></iframe>',
    ],
)
def test_what_is_embedded_for_others_is_left_out(html: str) -> None:
    assert told(read(f"<p>A</p>{html}")) == ["A"]


def test_a_post_is_quoted_with_who_wrote_it() -> None:
    html = """<div class="social-embed"><blockquote class="twitter-tweet"><p>We did not order the fog, and we are not going to
    return it.</p>&mdash; M (@m) <a href="https://twitter.com/m/1">Nov 18</a></blockquote></div>"""
    expected = ["> We did not order the fog, and we are not going to return it. — M (@m) Nov 18"]
    assert told(read(html)) == expected
    assert told(of_page(html)) == expected


@pytest.mark.parametrize(
    "html",
    [
        """<figure class="wp-block-gallery"><figure><img src="/a.jpg"><figcaption>A</figcaption></figure><figure><img
        src="/b.jpg"><figcaption>B</figcaption></figure></figure>""",
        """<ul class="blocks-gallery-grid"><li><figure><img src="/a.jpg"><figcaption>A</figcaption></figure></li><li><figure><img
        src="/b.jpg"><figcaption>B</figcaption></figure></li></ul>""",
        """<div class="gallery"><dl class="gallery-item"><dt><img src="/a.jpg"></dt><dd class="wp-caption-text">A</dd></dl><dl
        class="gallery-item"><dt><img src="/b.jpg"></dt><dd class="wp-caption-text">B</dd></dl></div>""",
        """<div class="image-block"><a href="/full"><img src="/a.jpg"></a><div class="image-caption">A</div></div><div
        class="image-block"><img src="/b.jpg"><p class="imageCaption">B</p></div>""",
        """<figure><img src="/a.jpg"><div class="caption">A</div></figure><figure><img src="/b.jpg"></figure><p class="caption">B</p>""",
        """<figure><div><img src="/a.jpg"><figcaption>A</figcaption></div><div><img src="/b.jpg"><figcaption>B</figcaption></div></figure>""",
    ],
    ids=[
        "figures in a figure",
        "a list",
        "definitions",
        "parts with names",
        "named in a figure",
        "captions in a figure",
    ],
)
def test_each_picture_of_a_gallery_has_its_own_caption(html: str) -> None:
    assert told(read(html)) == ["!a.jpg A", "!b.jpg B"]
    assert told(of_page(html)) == ["!a.jpg A", "!b.jpg B"]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="admonition warning"><p class="admonition-title">Mind this</p><p>The wall is slippery at high tide.</p></div>',
        '<div class="markdown-alert markdown-alert-note"><p class="markdown-alert-title"><svg></svg>Mind this</p><p>The wall is slippery at high tide.</p></div>',
        '<aside class="callout"><p class="callout-title">Mind this</p><p>The wall is slippery at high tide.</p></aside>',
        '<aside role="note"><p><strong>Mind this</strong></p><p>The wall is slippery at high tide.</p></aside>',
        '<div class="theme-admonition theme-admonition-tip alert alert--success"><div class="admonitionHeading_x admonition-heading">Mind this</div><div><p>The wall is slippery at high tide.</p></div></div>',
        '<div class="admonitionblock note"><table><tr><td class="icon"><div class="admonition-title">Mind this</div></td><td class="content">The wall is slippery at high tide.</td></tr></table></div>',
    ],
    ids=["docutils", "GitHub", "a callout", "a role", "Docusaurus", "AsciiDoc"],
)  # fmt: skip
def test_a_notice_belongs_to_its_article(html: str) -> None:
    assert told(read(html)) == ["**Mind this", "The wall is slippery at high tide."]
    assert told(of_page(html)) == ["**Mind this", "The wall is slippery at high tide."]


def test_a_list_that_a_sentence_announces_stays_though_all_of_it_is_links() -> None:
    html = "<p>Three harbours wrote to the council about it:</p><ul><li><a href='/a'>Skerry</a></li><li><a href='/b'>Newport</a></li></ul>"
    assert told(of_page(html))[1].startswith("- Skerry")


EDIT = '<span class="mw-editsection"><span>[</span><a href="/w/index.php?title=Lock&amp;action=edit&amp;section=1">edit</a><span> | </span><a href="/w/index.php?title=Lock&amp;veaction=edit">edit source</a><span>]</span></span>'


@pytest.mark.parametrize(
    "html",
    [
        f"<h2><span>Who pays</span>{EDIT}</h2><p>Nobody.</p>",
        f"<div><h2>Who pays</h2>{EDIT}</div><p>Nobody.</p>",
        '<h2>Who pays</h2><p>Nobody.<sup class="noprint Inline-Template">[<i><a href="/wiki/Doubt">citation needed</a></i>]</sup></p>',
    ],
)
def test_what_only_serves_those_who_edit_a_page_is_left_out(html: str) -> None:
    assert told(of_page(html)) == ["# Who pays", "Nobody."]


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "<pre>" + "<div class=line>" * 200 + "x",
        "<pre>" + "<span class=line>a</span>" * 50_000,
        "<table class=highlight>" + "<tr><td>1<td><code>a</code>" * 20_000,
        ("<span class=katex>" * 30 + "x" + "</span>" * 30) * 2000,
        "<iframe title=a src=https://www.youtube.com/embed/abcdefghijk></iframe>" * 50_000,
        "<figure>" * 90 + "<img src=a.jpg>" * 1000,
        "<p>x" + "<button aria-controls=a>Title</button>" * 30_000 + "<div hidden id=a>" + "text " * 1000,
        "<div class=note>" * 200 + "x" * 100_000,
        "<script type=math/tex>x</script>" * 50_000,
    ],
    ids=[
        "lines in lines",
        "lines",
        "rows",
        "formulas in formulas",
        "frames",
        "figures",
        "buttons",
        "boxes",
        "formulas",
    ],
)
def test_monsters_come_to_an_end(html: str) -> None:
    assert read(html)
