"""Whoever speaks in a letter is heard: who passes one on, who answers, and what is in the files that come along."""

import pytest
from tests.newsexport.sources.oldhaven_letters import HEAD

from newsexport.errors import SourceError
from newsexport.events import Cause, Omitted, noticed
from newsexport.model import Article, Quote, plain_blocks
from newsexport.protocols import Item, Resource
from newsexport.sources.mail import MailSource

LONG = " ".join(f"The ferry to Skerry sails on day {day}, and nobody knows why." for day in range(6))
OLD = "<p><b>From:</b> Bo Lind &lt;bo@x.example&gt;<br><b>Sent:</b> 21 November 2026 10:00<br><b>Subject:</b> Tolls</p>"
INSIDE = "Whoever crosses Marrow Bridge will pay two crowns from spring."


def read(subject: str, rest: str) -> list[Item]:
    data = (HEAD.format(subject=subject, id="v1") + rest).encode()
    return list(MailSource().read(Resource("a.eml", data)))


def articles(subject: str, rest: str) -> list[Article]:
    return [item for item in read(subject, rest) if isinstance(item, Article)]


def html(above: str) -> str:
    return f"Content-Type: text/html\n\n<html><body><p>{above}</p>{OLD}<p>{INSIDE}</p></body></html>\n"


def test_a_letter_above_one_that_is_passed_on_is_a_letter_of_its_own() -> None:
    cover, passed = articles("FW: Tolls", html(LONG))
    assert (cover.site, list(plain_blocks(cover.body))) == ("The Oldhaven Letter", [LONG])
    assert (passed.site, list(plain_blocks(passed.body))) == ("Bo Lind", [INSIDE])
    assert cover.guid != passed.guid


def test_a_word_that_goes_with_a_letter_is_counted() -> None:
    with noticed("a.eml") as told:
        (passed,) = articles("FW: Tolls", html("Have you seen this?"))
    assert passed.site == "Bo Lind"
    assert Omitted("a.eml", "above a letter that was passed on", "part of a letter", 1, Cause.FORMAT) in told


@pytest.mark.parametrize("subject", ["RE: Tolls", "AW: Tolls", "[list] Re[2]: Tolls"])
def test_an_answer_is_that_of_who_wrote_it(subject: str) -> None:
    (answer,) = articles(subject, html("I think so, too."))
    assert (answer.title, answer.site) == ("Tolls", "The Oldhaven Letter")
    assert next(plain_blocks(answer.body)) == "I think so, too."
    assert isinstance(quoted := answer.body[-1], Quote)
    assert (list(plain_blocks(quoted.blocks)), quoted.attribution[0].text) == ([INSIDE], "Bo Lind")


def part(kind: str, name: str, text: str) -> str:
    disposition = f"Content-Disposition: attachment; filename={name}\n" if name else ""
    return f"--x\nContent-Type: {kind}\n{disposition}\n{text}\n"


def test_texts_that_come_with_a_letter_are_articles() -> None:
    parts = (
        part("text/plain", "", "See the files."), part("text/plain", "a.txt", f"Ferry on odd days\n\n{LONG}"),
        part("application/octet-stream", "b.md", f"# Toll rises\n\n{INSIDE}"), part("text/html", "c.html", ""),
        part("application/octet-stream", "d.docx", "no document"), part("application/pdf", "e.pdf", "%PDF"),
    )  # fmt: skip
    with noticed("a.eml") as told:
        found = read("Files", 'Content-Type: multipart/mixed; boundary="x"\n\n' + "".join(parts) + "--x--\n")
    assert [(item.title, item.section) for item in found if isinstance(item, Article)] == [
        (title, "The Oldhaven Letter") for title in ("Files", "Ferry on odd days", "Toll rises")
    ]
    assert [item.subject for item in found if isinstance(item, SourceError)] == ["a.eml › d.docx"]
    skipped = [each.reason for each in told if isinstance(each, Omitted)]
    assert skipped == [f"of letters, which are no text ({kind})" for kind in ("text/html", "application/pdf")]


def test_what_is_meant_to_be_unseen_is_not_read() -> None:
    (letter,) = articles(
        "Odd days",
        "Content-Type: text/html\n\n<html><body><div style='max-height:0;overflow:hidden'>Preview.</div>"
        f"<p>{LONG}</p><div style='font-size:0px'><span style='font-size:13px'>Seen.</span></div>"
        "<p style='font-size: 0'>Unseen.</p></body></html>\n",
    )
    assert list(plain_blocks(letter.body)) == [LONG, "Seen."]


def test_a_file_in_the_text_itself_is_no_text() -> None:
    (letter,) = articles(
        "Old picture",
        f"Content-Type: text/plain\n\n{LONG}\n\nbegin 644 a.gif\nM1TE&.#EA`0`!`(```\n`\nend\n\nThe end.\n",
    )
    assert list(plain_blocks(letter.body)) == [LONG, "The end."]
