"""Whatever bytes come, clean text or one clear refusal comes out."""

import codecs
import gzip
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.errors import SourceError
from newsexport.markup import parse
from newsexport.model import Article
from newsexport.protocols import Resource
from newsexport.sources.decoding import clean, decode
from newsexport.sources.feed import FeedSource
from newsexport.sources.page import PageSource

GERMAN = "Das Rathaus öffnet später als üblich. Die Gemeinde zählt über tausend Bürger – „mehr denn je“."
FRENCH = (
    "Le café du port a été fermé après l’orage, et personne n’a été blessé, précise la mairie de Saint-Élier."
)
RUSSIAN = "Мэр города объявил о новом мосте через реку. Работы начнутся весной и продлятся три года."
CZECH = "Příliš dlouhá zima skončila a město otevřelo nový most přes řeku, který stál čtyři miliony korun."
GREEK = "Ο δήμαρχος ανακοίνωσε μια νέα γέφυρα πάνω από τον ποταμό, που θα ανοίξει την άνοιξη."
HEBREW = "ראש העיר הודיע על גשר חדש מעל הנהר. העבודות יתחילו באביב ויימשכו שלוש שנים, לדברי העירייה."
ARABIC = "أعلن رئيس البلدية عن جسر جديد فوق النهر، وستبدأ الأعمال في الربيع وتستمر ثلاث سنوات."
JAPANESE = "市長は川に架かる新しい橋を発表した。工事は来年の春に始まり、三年間続く予定だという。"
CHINESE = "市长宣布在河上修建一座新桥。工程将于明年春天开始,预计持续三年,耗资四百万。"
SWEDISH = "Staden öppnar en ny bro på måndag, säger borgmästaren. Priset blev högre än väntat."
SPANISH = "El año pasado la ciudad cerró el puente después de la inundación, según el alcalde."
POLISH = "Miasto otworzyło nowy most nad rzeką, który kosztował cztery miliony złotych – mówi burmistrz."
HUNGARIAN = "A város új hidat nyitott a folyó fölött, amely négymillióba került, mondta a polgármester."
TURKISH = "Belediye başkanı nehrin üzerine yeni bir köprü yapılacağını açıkladı; çalışmalar başlıyor."
LITHUANIAN = (
    "Meras pranešė apie naują tiltą per upę, kuris bus pastatytas per trejus metus, sakė jis šiandien."
)
KOREAN = "시장은 강 위에 새로운 다리를 놓겠다고 발표했다. 공사는 내년 봄에 시작되어 삼 년 동안 이어진다."


def decoded(data: bytes) -> str:
    return decode(Resource("note.txt", data))


def reason(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        decoded(data)
    assert caught.value.subject == "note.txt"
    assert "\n" not in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\0\0"])
def test_what_holds_no_text_is_refused_as_empty(data: bytes) -> None:
    assert reason(data) in {"is empty", "looks like binary data, not text"}


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, HEBREW, JAPANESE])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_is_read_by_its_mark_and_the_mark_is_gone(text: str, mark: bytes, encoding: str) -> None:
    assert decoded(mark + text.encode(encoding)) == text


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, HEBREW, ARABIC, f"{CHINESE}\n{CHINESE}\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        ("It’s a “small” town — 400 people.", "cp1252"),
        ("Le café est fermé.", "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (CZECH, "cp1250"),
        (POLISH, "cp1250"),
        (HUNGARIAN, "cp1250"),
        (TURKISH, "cp1254"),
        (LITHUANIAN, "cp1257"),
        (SWEDISH, "cp1252"),
        (SPANISH, "cp1252"),
        (GREEK, "cp1253"),
        (HEBREW, "cp1255"),
        (ARABIC, "cp1256"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (KOREAN, "euc_kr"),
    ],
)
def test_older_encodings_are_found_out(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


def test_damage_in_a_utf_8_text_costs_the_damaged_characters_only() -> None:
    data = RUSSIAN.encode()
    assert decoded(data + b"\xff!\xc3( " + data) == f"{RUSSIAN}\ufffd!\ufffd( {RUSSIAN}"


@pytest.mark.parametrize("stray", ["M\xe4rz", "it\x92s", "\xc9lan", "word\x97word", "“na\xefve”"])
def test_a_stray_byte_beside_a_latin_letter_is_that_of_an_older_encoding(stray: str) -> None:
    data = (
        f"{GERMAN} {FRENCH} ".encode()
        + stray.encode("latin-1" if "“" not in stray else "cp1252")
        + b" "
        + GERMAN.encode()
    )
    meant = stray.encode("latin-1" if "“" not in stray else "cp1252").decode("cp1252")
    assert decoded(data) == f"{GERMAN} {FRENCH} {meant} {GERMAN}"


def test_what_is_beyond_ascii_is_found_wherever_it_is() -> None:
    text = "It is dry here, and nobody knows why. " * 2500 + FRENCH
    assert decoded(text.encode("cp1252")) == text


@pytest.mark.parametrize("declared", ["", "<meta charset=utf-8>", "<meta charset=iso-8859-15>"])
def test_a_page_with_stray_bytes_is_utf_8_unless_it_says_otherwise(declared: str) -> None:
    page = f"<html><head>{declared}</head><p>{GERMAN} {FRENCH} ".encode() + b"M\xe4rz</p></html>"
    text = "".join(parse(page).itertext())
    assert (f"{GERMAN} {FRENCH} März" in text) == ("iso" not in declared)


def test_a_feed_with_stray_bytes_keeps_all_others() -> None:
    feed = (
        f"<rss version='2.0'><channel><item><title>{GERMAN} {FRENCH} ".encode()
        + b"M\xe4rz</title></item></channel></rss>"
    )
    (item,) = FeedSource().read(Resource("a.xml", feed))
    assert isinstance(item, Article)
    assert item.title == f"{GERMAN} {FRENCH} März"


def test_text_with_the_line_ends_of_a_macintosh_has_its_letters() -> None:
    text = f"{GERMAN}\n\n{FRENCH}\n\nHe said: “It’s ours – now.”"
    assert decoded(text.replace("\n", "\r").encode("mac_roman")) == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "looks like a JPEG picture, not text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "looks like a PNG picture, not text"),
        (b"\x7fELF\x02\x01\x01", "looks like a program, not text"),
        (gzip.compress(b"text", mtime=0), "looks like gzip data, not text"),
        (b"PK\x03\x04\x14\0", "looks like a ZIP archive, an e-book or an office document, not text"),
        (b"%PDF-1.7\n%", "looks like a PDF document, not text"),
        (bytes(range(256)) * 4, "looks like binary data, not text"),
        (b"\0" * 1000, "looks like binary data, not text"),
    ],
)
def test_what_is_not_text_is_refused_with_what_it_is(data: bytes, kind: str) -> None:
    assert reason(data) == kind


def test_a_suffix_makes_no_page_of_what_is_not_text() -> None:
    assert PageSource().accepts(Resource("page.html", bytes(range(256)) * 4)) == 0
    assert PageSource().accepts(Resource("page.html", GERMAN.encode("utf-16"))) > 0
    assert PageSource().accepts(Resource("page.html", GERMAN.encode("cp1252"))) > 0


def test_characters_that_no_format_can_hold_are_dropped() -> None:
    assert decoded("A\0 \x1b[0mb\x7f\u009f\ufeffri\ufffedge\U0001ffff.".encode()) == "A [0mbridge."


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\u0085", "\f", "\v"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    assert decoded(f"one{end}two".encode()) == "one\ntwo"


def test_letters_and_their_accents_are_put_together() -> None:
    assert decoded("Cafe\u0301".encode()) == "Café"


@given(st.binary(max_size=400))
def test_no_bytes_at_all_cause_another_error(data: bytes) -> None:
    try:
        text = decoded(data)
    except SourceError:
        return
    assert text.strip()
    text.encode("utf-8")


@given(st.text(max_size=200))
def test_cleaning_is_done_once(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(
        unicodedata.category(character) in {"Cc", "Cs"} for character in cleaned if character not in "\t\n"
    )
