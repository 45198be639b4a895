"""What gateways, mail programs and signatures do to a text is undone; what is sealed says so."""

import pytest
from tests.newsexport.sources.oldhaven_letters import HEAD

from newsexport.errors import SourceError
from newsexport.model import Article, Paragraph, Quote, Span, plain_blocks
from newsexport.protocols import Item, Resource
from newsexport.sources.mail import MailSource


def read(rest: str) -> Item:
    data = (HEAD.format(subject="A lighthouse is sold", id="w1") + rest).encode()
    (found,) = MailSource().read(Resource("a.eml", data))
    return found


def letter(rest: str) -> Article:
    found = read(rest)
    assert isinstance(found, Article)
    return found


def words(article: Article) -> str:
    return "\n".join(plain_blocks(article.body))


def test_what_gateways_pad_ends_no_line() -> None:
    found = letter(
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "The lighthouse at Brin= \r\nmouth is sold to a baker, who =\t\r\npaid 5 =E2=82=AC for it.\r\n"
    )
    assert words(found) == "The lighthouse at Brinmouth is sold to a baker, who paid 5 € for it."


@pytest.mark.parametrize(("delsp", "end"), [("no", "stands \ntwenty"), ("yes", "sta \nnds twenty")])
def test_soft_ends_of_lines_are_none_at_any_depth(delsp: str, end: str) -> None:
    found = letter(
        f"Content-Type: text/plain; charset=utf-8; format=flowed; delsp={delsp}\n\n"
        f"The pump {end} metres lower.\n\nBo wrote:\n> The {end.replace(chr(10), chr(10) + '> ')} metres.\n> New line.\n"
    )
    assert found.body == (
        Paragraph((Span("The pump stands twenty metres lower."),)),
        Paragraph((Span("Bo wrote:"),)),
        Quote((Paragraph((Span("The stands twenty metres.\nNew line."),)),)),
    )


def test_a_text_signed_in_the_clear_is_its_text() -> None:
    found = letter(
        "Content-Type: text/plain; charset=utf-8\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n"
        "The signal box is kept.\n\n- - with a cake\n- - with a kettle\n-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAd\n"
        "=abcd\n-----END PGP SIGNATURE-----\n"
    )
    assert words(found).splitlines() == ["The signal box is kept.", "with a cake", "with a kettle"]


KEYED = """--x
Content-Type: application/pgp-encrypted

Version: 1
--x
Content-Type: application/octet-stream

-----BEGIN PGP MESSAGE-----
--x--
"""


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ("Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\nMIAG\n", "sealed (S/MIME)"),
        ("Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n", "encrypted (PGP)"),
        (f'Content-Type: multipart/encrypted; boundary="x"\n\n{KEYED}', "encrypted (PGP)"),
        ("Content-Type: application/ms-tnef\n\nx\n", "winmail.dat"),
    ],
)  # fmt: skip
def test_what_is_sealed_is_refused_as_what_it_is(rest: str, reason: str) -> None:
    refused = read(rest)
    assert isinstance(refused, SourceError)
    assert reason in refused.reason


def test_pictures_are_found_by_the_names_that_the_text_has_for_them() -> None:
    found = letter(
        'Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n\n'
        '<p>The ships.</p><img src="cid:pic%40one@a"><img src="cid:TWO.png@b"><img src="cid:Three&amp;c">\n'
        "--x\nContent-Type: image/png\nContent-ID: <pic@one@a>\nContent-Transfer-Encoding: base64\n\nMQ==\n"
        '--x\nContent-Type: application/octet-stream; name="two.png"\nContent-ID: two.png@b\n'
        "Content-Transfer-Encoding: base64\n\nMg==\n"
        "--x\nContent-Type: image/gif\nContent-ID: <three&c>\nContent-Transfer-Encoding: base64\n\nMw==\n--x--\n"
    )
    assert {media.name: media.data for media in found.media} == {
        "cid:pic%40one@a": b"1", "cid:TWO.png@b": b"2", "cid:Three&c": b"3",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_header_may_stand_there_as_it_is(encoding: str) -> None:
    head = HEAD.format(subject="Die Brücke – fertig", id="w1").replace("The Oldhaven Letter", "Jörg Böll")
    (found,) = MailSource().read(Resource("a.eml", f"{head}\nIt is open to everybody.\n".encode(encoding)))
    assert isinstance(found, Article)
    assert (found.title, found.site) == ("Die Brücke – fertig", "Jörg Böll")
