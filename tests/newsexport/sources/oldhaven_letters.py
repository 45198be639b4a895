"""Letters of people and papers that do not exist, as mail programs write them."""

HEAD = """From: "The Oldhaven Letter" <letter@oldhaven.example>
To: ada@oldhaven.example
Subject: {subject}
Date: Mon, 23 Nov 2026 08:00:00 +0100
Message-ID: <{id}@oldhaven.example>
MIME-Version: 1.0
"""

FOOT = """<tr><td><p>You are receiving this because you signed up at the ferry.
<a href="https://t.example/unsub?x=1">Unsubscribe</a> | <a href="https://t.example/preferences">Manage preferences</a></p>
<p>The Oldhaven Letter, 1 Quay Street</p><img src="https://t.example/open.gif" width="1" height="1"></td></tr>"""

NEWSLETTER = (
    HEAD.format(subject="=?utf-8?q?The_ferry_sails_=E2=80=94_again?=", id="n1")
    + f"""List-Id: The Oldhaven Letter <l.oldhaven.example>
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8

View this in a browser.

--b1
Content-Type: text/html; charset=utf-8

<html><body><div style="display:none;max-height:0">Hidden words that mail programs preview</div>
<table role="presentation" width="600"><tr><td><a href="https://oldhaven.example/letters/1?utm_source=mail">View in browser</a></td></tr>
<tr><td><h1>The ferry sails, again</h1><p>The ferry to Skerry sails again after two years, and the first to board was a dog.</p>
<p>Work on the harbour wall took longer than planned, cost more than planned, and was finished late and well.</p>
<img src="https://cdn.example/ferry.jpg" width="600" alt="The ferry"></td></tr>{FOOT}</table></body></html>
--b1--
"""
)

DIGEST = (
    HEAD.format(subject="[news] Three things", id="d1")
    + """Content-Type: text/html; charset=utf-8

<html><body><table role="presentation">"""
    + "".join(
        f"""<tr><td><h2><a href="https://oldhaven.example/{number}">Story number {number}</a></h2>
<p>What happened is told here in a sentence or two, and more of it is told elsewhere.</p>
<p><a href="https://oldhaven.example/{number}">Read more</a></p></td></tr>"""
        for number in range(1, 6)
    )
    + FOOT
    + "</table></body></html>\n"
)

FORWARDED = (
    HEAD.format(subject="Fwd: Tolls on Marrow Bridge", id="f1")
    + """Content-Type: text/plain; charset=utf-8

Have you seen this?

---------- Forwarded message ---------
From: Bo Lind <bo@gazette.example>
Date: Sun, Nov 22, 2026 at 9:15 AM
Subject: Tolls on Marrow Bridge
To: <readers@gazette.example>

Whoever crosses Marrow Bridge will pay two crowns from spring, the council decided on Sunday.

Nobody spoke against it, because nobody was told, and those who live beyond the bridge were not asked.
"""
)

FLOWED = (
    HEAD.format(subject="Re: A walk", id="p1")
    + """Content-Type: text/plain; charset=utf-8; format=flowed

The walk from the harbour to the mill takes an hour, and \nthe way back takes two, because of the hill.

There is an inn half way.

-- \nAda Fenn
"""
)

JAPANESE = HEAD.format(subject="=?iso-2022-jp?b?GyRCJVUlJyVqITwbKEI=?=", id="j1").encode() + (
    b"Content-Type: text/plain; charset=iso-2022-jp\n\n"
    + "フェリーが二年ぶりに運航を再開した。\n".encode("iso-2022-jp")
)

PICTURED = (
    HEAD.format(subject="A crane", id="c1")
    + """Content-Type: multipart/related; boundary="b2"

--b2
Content-Type: text/html; charset=utf-8

<p>This crane has stood at the quay for ninety years, and will stand for ninety more.</p><img src="cid:crane" alt="A crane">
<img src="cid:missing" alt="None">
--b2
Content-Type: image/png
Content-ID: <crane>
Content-Transfer-Encoding: base64

cGljdHVyZQ==
--b2
Content-Type: application/zip; name="../../evil.zip"
Content-Disposition: attachment; filename="../../evil.zip"
Content-Transfer-Encoding: base64

UEsDBA==
--b2--
"""
)

MBOX = "".join(
    f"From letter@oldhaven.example Mon Nov 23 08:00:00 2026\n{HEAD.format(subject=f'Letter {number}', id=f'm{number}')}\n"
    f"The text of letter number {number}, which is not long.\n\n>From here on it is quoted.\n\n"
    for number in (1, 2, 3)
)

MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://gazette.example/harbour/ferry
Subject: Ferry
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b3"

--b3
Content-Type: text/html; charset=utf-8
Content-Location: https://gazette.example/harbour/ferry

<html><head><title>The ferry to Skerry sails again at last</title></head><body><article><p>The ferry to Skerry sails again
after two years, and the first to board was a dog, who knew the way, the crew said, better than the captain did.</p>
<p>Work on the harbour wall took longer than planned, cost more than planned, and was finished, the mayor said, late.</p>
<img src="https://gazette.example/ferry.png" alt="The ferry"></article></body></html>
--b3
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://gazette.example/ferry.png

cGljdHVyZQ==
--b3--
"""
