"""A saved edition is an input again."""

import io
from datetime import date

import pytest
from PIL import Image

from newsexport.errors import SourceError
from newsexport.interchange import to_json
from newsexport.model import Article, Edition, Figure, Media, Paragraph, Section, Span
from newsexport.protocols import Resource
from newsexport.sources.edition import EditionSource


def picture(form: str) -> Media:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 6), "navy").save(drawn, form)
    return Media.named(f"image/{form.lower()}", drawn.getvalue())


def saved(media: Media) -> Edition:
    ship = Article(
        "Tolls",
        (Paragraph((Span("Text."),)), Figure(media.name)),
        section="Harbour",
        reference="tolls.txt",
        language="en",
        media=(media,),
    )
    cup = Article("Cup", (Paragraph((Span("Text."),)),), section="Sport", reference="cup.txt", language="de")
    return Edition("News", date(2026, 11, 23), "en", (Section("Harbour", (ship,)), Section("Sport", (cup,))))


def test_articles_come_back_with_section_order_language_and_pictures() -> None:
    kept = saved(picture("PNG"))
    resource = Resource("news.json", to_json(kept))
    assert tuple(EditionSource().read(resource)) == tuple(kept.articles())
    assert EditionSource().edition(resource) == kept


def test_an_edition_is_known_by_its_marker_whatever_its_name() -> None:
    data = to_json(saved(picture("PNG")))
    assert EditionSource().accepts(Resource("-", data)) == 1
    assert EditionSource().accepts(Resource("a.txt", b"\xef\xbb\xbf" + data)) == 1
    assert EditionSource().accepts(Resource("a.txt", b'About "newsexport" and others')) == 0


def test_other_json_is_refused_by_name() -> None:
    with pytest.raises(SourceError, match=r"package\.json: is no edition: newsexport: is missing"):
        EditionSource().edition(Resource("package.json", b'{"name": "x"}'))
