"""Web pages of papers that do not exist, with all that such pages put around an article."""

LINKS = "".join(
    f"<li><a href='/other/{number}'>Another story, number {number}</a></li>" for number in range(12)
)

PARAGRAPHS = """
<p>The ferry to Skerry sails again after two years, and the first to board was a dog, who knew the way, the crew
said, better than the captain did.</p>
<p>Work on the harbour wall took longer than planned, cost more than planned, and was finished, as the mayor put it,
"in the only way such work ever is: late, dear, and well".</p>
<h2>What it costs</h2>
<p>A single crossing is four crowns, a return seven, and children, who never paid, still do not. The <a
href="/fares?utm_source=page">fares</a> hold until <em>spring</em>.</p>
<ul><li>Single: four crowns</li><li>Return: seven crowns</li><li>Children: nothing, as ever</li></ul>
<figure><img src="/img/placeholder.gif" data-src="/img/ferry.jpg" alt="The ferry at the quay"><figcaption>The ferry
at the quay on Monday. Photo: Bo Lind</figcaption></figure>
<blockquote><p>We had forgotten the noise, said Ann Other, who sells coffee by the gate, and had missed it.</p></blockquote>
<table><tr><th>Day</th><th>First</th><th>Last</th></tr><tr><td>Weekday</td><td>6:10</td><td>22:40</td></tr>
<tr><td>Sunday</td><td>8:00</td><td>20:30</td></tr></table>
<p>The timetable, above, is that of the old ferry, and will be, the council promises, until somebody complains.</p>
"""

HEAD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry sails again | The Oldhaven Gazette</title>
<link rel="canonical" href="https://gazette.example/harbour/ferry">
<meta property="og:title" content="Ferry sails again"><meta property="og:site_name" content="The Oldhaven Gazette">
<meta name="description" content="Two years after the storm Skerry is an island people can leave.">
<meta property="og:image" content="https://gazette.example/img/ferry-large.jpg">
<meta property="article:section" content="Harbour">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"},
{"@type": "NewsArticle", "headline": "Ferry sails again", "datePublished": "2026-11-23T08:30:00+01:00",
"author": [{"@type": "Person", "name": "Ada Fenn"}, {"@type": "Person", "name": "Bo Lind"}],
"publisher": {"@type": "Organization", "name": "The Oldhaven Gazette"}}]}</script></head>"""

FERRY = f"""{HEAD}<body><header class="site-header"><nav><ul>{LINKS}</ul></nav></header>
<div class="cookie-consent"><p>We use cookies, and would like to use more. Accept all, or manage preferences.</p></div>
<main><article class="post"><h1>Ferry sails again</h1>
<p class="byline">By <a rel="author" href="/ada">Ada Fenn</a> and Bo Lind</p><time datetime="2026-11-23">23 November 2026</time>
<div class="share-bar"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>
<div class="entry-content">{PARAGRAPHS}
<div class="newsletter-signup"><h3>The morning letter</h3><p>Sign up for our newsletter and never miss a ferry.</p><form><input></form></div>
<p>Read more: <a href="/other/1">All about Skerry</a></p></div></article></main>
<aside class="related"><h2>Related</h2><ul>{LINKS}</ul></aside>
<section id="comments"><h2>Comments</h2><p>First! And the fares are a scandal, I have said so before, and will again.</p></section>
<footer><p>© 2026 The Oldhaven Gazette. All rights reserved.</p><ul>{LINKS}</ul></footer></body></html>"""

WALLED = f"""{HEAD.replace('"headline"', '"isAccessibleForFree": false, "wordCount": 900, "headline"')}<body><article>
<h1>Ferry sails again</h1><p>The ferry to Skerry sails again after two years, and the first to board was a dog, who knew the
way, the crew said, better than the captain did.</p><p>Work on the harbour wall took longer than planned, cost more than
planned, and was finished late.</p><p>Subscribe to continue reading.</p></article></body></html>"""

FIRST_PAGE = FERRY.replace("</head>", '<link rel="next" href="/harbour/ferry/2"></head>')

HEBREW = """<html lang="he" dir="rtl"><head><title>המעבורת שבה להפליג אחרי שנתיים של עבודה בנמל</title></head><body>
<div class="content"><p>המעבורת שבה להפליג אחרי שנתיים, והראשון שעלה היה כלב, שהכיר את הדרך, לדברי הצוות, טוב יותר
מן הקברניט עצמו, וגם את השעה.</p><p>העבודה בנמל ארכה יותר מן המתוכנן, עלתה יותר מן המתוכנן, והסתיימה, כדברי ראש העיר,
בדרך היחידה שבה עבודה כזאת מסתיימת אי פעם.</p></div></body></html>"""

NONE = {
    "log in": "<html><head><title>Log in</title></head><body><form><p>Please log in to go on.</p><input></form></body></html>",
    "consent": "<html><body><div><p>We value your privacy and use cookies. Accept or decline.</p></div></body></html>",
    "scripts": "<html><body><noscript>Please enable JavaScript to run this app.</noscript><div id='root'></div></body></html>",
    "links": f"<html><body><ul>{LINKS * 3}</ul></body></html>",
    "frames": "<html><frameset cols='20%,80%'><frame src='a.html'><frame src='b.html'></frameset></html>",
}
