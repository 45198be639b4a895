"""Letters as the programs of today send them: their own headline above their own text, and nothing to press."""

import pytest
from tests.newsexport.sources.oldhaven_letters import HEAD

from newsexport.letters.masthead import is_bar
from newsexport.model import Article, Heading, Paragraph, Span, Table, plain_blocks
from newsexport.protocols import Resource
from newsexport.sources.mail import MailSource

FIRST = "The ferry to Skerry sails again after two years, and the first to board was a dog with a red collar."
SECOND = "Work on the harbour wall took longer than planned, cost more than planned, and was finished late and well."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"

SUBSTACK = f"""<div class="preview" style="display:none">Hidden</div><table><tr><td></td><td class="content">
<div><a href="https://g.example/p/ferry">Forwarded this email? Subscribe here for more</a>
<h1 class="post-title published"><a href="https://g.example/p/ferry?utm_source=x">The ferry sails</a></h1>
<h3 class="subtitle">After two years</h3>
<table><tr><td><table><tr><td><a href="https://g.example/@ada">The Oldhaven Letter</a></td></tr><tr><td>Nov 23</td></tr></table></td>
<td><a href="https://g.example/x"><img src="https://g.example/h.png"></a></td><td><a href="https://g.example/s">Share</a></td>
<td><a href="https://g.example/app">READ IN APP</a></td></tr></table>
<div class="body markup"><p>{FIRST}</p><div class="captioned-image-container"><figure><a href="https://g.example/1.png"><img src="https://g.example/1.png"></a>
<figcaption>The ferry at dawn</figcaption></figure></div>
<div class="subscription-widget-wrap"><div class="preamble"><p>Thanks for reading The Oldhaven Letter! Subscribe for free to receive new posts and support my work.</p></div>
<p class="button-wrapper"><a href="https://g.example/subscribe">Subscribe</a></p></div>
<p>{SECOND}</p><p class="button-wrapper"><a href="https://g.example/share">Share</a></p>
<p><a href="https://g.example/c">Leave a comment</a></p>
<p>The Oldhaven Letter is a reader-supported publication. To receive new posts and support my work, consider becoming a free or paid subscriber.</p>
</div><table><tr><td><a href="x">Like</a></td><td><a href="x">Comment</a></td><td><a href="x">Restack</a></td></tr></table>
<p>© 2026 The Oldhaven Letter<br>1 Quay Street<br><a href="https://g.example/u">Unsubscribe</a></p><p><a href="https://substack.example">Start writing</a></p></td></tr></table>"""

GHOST = f"""<table class="body"><tr><td><table class="header"><tr><td class="site-title">The Oldhaven Letter</td></tr>
<tr><td class="post-title"><a href="https://g.example/ferry/" class="post-title-link">The ferry sails</a></td></tr>
<tr><td class="post-meta">By The Oldhaven Letter • 23 Nov 2026</td><td class="post-meta view-online"><a href="https://g.example/ferry/">View in browser</a></td></tr></table>
<p class="post-excerpt">After two years</p>{TEXT}
<table><tr><td><a href="https://g.example/m">More like this</a></td><td><a href="https://g.example/l">Less like this</a></td><td><a href="https://g.example/c">Comment</a></td></tr></table>
<div class="footer"><p>The Oldhaven Letter © 2026 – <a href="https://g.example/u">Unsubscribe</a></p><p><a href="https://ghost.example">Powered by Ghost</a></p></div></td></tr></table>"""

BEEHIIV = f"""<div>November 23, 2026&nbsp; &nbsp;|&nbsp; &nbsp;<a href="https://g.example/p/ferry">Read Online</a></div>
<h1>The ferry sails</h1><p><a href="https://g.example/f">Share on Facebook</a> | <a href="https://g.example/t">Share on X</a></p>
<p>Was this email forwarded to you? <a href="https://g.example/s">Sign up here</a></p>{TEXT}
<p><a href="https://g.example/c">Add a comment</a></p><p><a href="https://g.example/login">Login</a> or <a href="https://g.example/s">Subscribe</a> to participate</p>
<p><a href="https://g.example/u">Update your email preferences or unsubscribe here</a></p><p>© 2026 The Oldhaven Letter</p><p>1 Quay Street</p><p>Powered by beehiiv</p>"""

MAILCHIMP = f"""<center><table><tr><td><a href="https://mail.example/1?e=x" target="_blank">View this email in your browser</a></td></tr>
<tr><td class="mcnTextContent"><h1>The ferry sails</h1>{TEXT}</td></tr>
<tr><td><table><tr><td><a href="https://f.example">Facebook</a></td><td><a href="https://x.example">Twitter</a></td><td><a href="https://g.example">Website</a></td></tr></table></td></tr>
<tr><td><em>Copyright © 2026 The Oldhaven Letter, All rights reserved.</em><br>Our mailing address is:<br>1 Quay Street<br>
Want to change how you receive these emails?<br>You can <a href="https://g.example/p">update your preferences</a> or <a href="https://g.example/u">unsubscribe</a>.</td></tr></table></center>"""


def letter(html: str, subject: str = "Oldhaven 12: dogs aboard") -> Article:
    head = HEAD.format(subject=subject, id="t1")
    data = f"{head}Content-Type: text/html; charset=utf-8\n\n<html><body>{html}</body></html>"
    (found,) = MailSource().read(Resource("letter.eml", data.encode()))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("html", "standfirst", "also"),
    [
        (SUBSTACK, "After two years", ["The ferry at dawn"]),
        (GHOST, "After two years", []),
        (BEEHIIV, "", []),
        (MAILCHIMP, "", []),
    ],
    ids=["Substack", "Ghost", "beehiiv", "Mailchimp"],
)
def test_a_letter_is_its_headline_and_its_text(html: str, standfirst: str, also: list[str]) -> None:
    found = letter(html)
    assert (found.title, found.standfirst) == ("The ferry sails", standfirst)
    assert list(plain_blocks(found.body)) == [FIRST, *also, SECOND]


@pytest.mark.parametrize(
    "asked",
    ["Ver este correo en tu navegador", "Voir cet e-mail dans votre navigateur", "Visualizza questa email nel tuo browser",
     "Bekijk deze e-mail in je browser", "Diese E-Mail im Browser ansehen", "Ver este email no seu navegador"],
)  # fmt: skip
def test_to_see_it_elsewhere_is_offered_in_many_languages(asked: str) -> None:
    found = letter(f"<p><a href='https://m.example/1'>{asked}</a></p>{TEXT}")
    assert (list(plain_blocks(found.body)), found.url) == ([FIRST, SECOND], "https://m.example/1")


def test_names_and_days_above_the_text_and_other_letters_below_it_go() -> None:
    above = "<p>The Oldhaven Letter and Bo Lind</p><p>Nov 23</p>"
    below = "<h3>Keep reading</h3><p><a href='https://g.example/2'>Another story</a></p>"
    votes = "<p>What did you think of today's newsletter?</p><ul><li>⭐⭐ Great</li><li>⭐ Bad</li></ul>"
    for html in (f"{above}{TEXT}{votes}{below}", f"<h1>The ferry sails</h1>{above}{TEXT}"):
        assert list(plain_blocks(letter(html).body)) == [FIRST, SECOND]


def test_a_sender_may_be_a_person_and_a_house() -> None:
    sent = HEAD.replace("The Oldhaven Letter", "Ada Fenn from The Oldhaven Letter").format(
        subject="Dogs", id="t2"
    )
    html = f"<h1>The ferry sails</h1><p>Ada Fenn</p><p>Nov 23</p>{TEXT}"
    data = f"{sent}Content-Type: text/html; charset=utf-8\n\n<html><body>{html}</body></html>"
    (found,) = MailSource().read(Resource("letter.eml", data.encode()))
    assert isinstance(found, Article)
    assert (found.byline, found.site) == (("Ada Fenn",), "The Oldhaven Letter")
    assert list(plain_blocks(found.body)) == [FIRST, SECOND]


def test_a_headline_says_where_the_letter_is() -> None:
    assert letter(SUBSTACK).url == "https://g.example/p/ferry?utm_source=x"


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (f"<h1>Hello Ada!</h1>{TEXT}", "Subject"),
        (f"<h1>The Oldhaven Letter</h1>{TEXT}", "Subject"),
        (f"<h1>In this issue</h1>{TEXT}", "Subject"),
        (f"<h1>One</h1>{TEXT}<h1>Two</h1>{TEXT}", "Subject"),
        (f"{TEXT}<h1>Links</h1><p>A long read.</p>", "Subject"),
        (f"{TEXT * 4}<h1>Colophon</h1><p>Thank you.</p>", "Subject"),
        (f"<h1>The ferry sails</h1>{TEXT}", "The ferry sails"),
        (f"<h1>SUBJECT.</h1>{TEXT}", "Subject"),
    ],
)
def test_not_every_large_line_is_a_headline(html: str, title: str) -> None:
    assert letter(html, "Subject").title == title


def linked(text: str) -> Paragraph:
    return Paragraph((Span(text, href="https://g.example/"),))


@pytest.mark.parametrize(
    "block",
    [
        linked("Subscribe now"), linked("Share"), Paragraph((Span("Share"),)), linked("Jetzt abonnieren"), linked("Leer en la app"), linked("READ IN APP"),
        Paragraph((Span("READ IN APP"),)), Paragraph((Span("Share | Comment | 12"),)), linked("Share The Oldhaven Letter"),
        Table((), (((Span("Ada Fenn"),), (Span("Nov 18"),)), ((Span("Share"),), ()))), Heading((Span("Subscribe", href="https://g.example/"),)),
        Paragraph((Span("This post is public so feel free to share it."),)),
        Paragraph((Span("How did you like today’s newsletter?"),)), Paragraph((Span("Wie hat Ihnen diese Ausgabe gefallen?"),)),
        linked("Je m’abonne"), linked("Mehr davon"), Paragraph((Span("Upgrade to paid"),)), Paragraph((Span("Partager Tweeter Transférer"),)),
        Paragraph((Span("Mehr davon", href="https://g.example/1"), Span("Weniger davon", href="https://g.example/2"))),
    ],
)  # fmt: skip
def test_what_can_only_be_pressed_is_a_bar(block: Paragraph | Table | Heading) -> None:
    assert is_bar(block, ("Ada Fenn", "The Oldhaven Letter"), above=False)


@pytest.mark.parametrize(
    "block",
    [
        linked("Share prices fell on Monday"), Paragraph((Span("How did you like today, and the day before?"),)), Paragraph((Span("Mehr davon"),)),
         linked("The ferry sails again"), Paragraph((Span("Nov 18"),)),
        Paragraph((Span("Subscribe to what you like, and read it."),)), Table((), (((Span("Ada Fenn"),), (Span("Mayor"),)),)),
        linked("Message in a bottle"), linked("Like a dog"), Heading((Span("Comment"),)), Paragraph((Span("May 12 | June 3"),)),
        Table((), (((Span("Nov 18"),), (Span("12"),)), ((Span("Nov 19"),), (Span("14"),)))),
    ],
)  # fmt: skip
def test_what_is_told_is_no_bar(block: Paragraph | Table | Heading) -> None:
    assert not is_bar(block, ("Ada Fenn", "The Oldhaven Letter"), above=False)
