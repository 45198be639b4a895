"""Editions as JSON: the same bytes, the same edition back, and a clear word about what is wrong."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, get_args, get_type_hints

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport import assets
from newsexport.interchange import InterchangeError, from_json, to_json
from newsexport.interchange.edition_reader import BLOCKS
from newsexport.model import (
    Article,
    Block,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Mark,
    Media,
    Note,
    Paragraph,
    Quote,
    Rule,
    Section,
    Span,
    Table,
    Twin,
)
from newsexport.text.plaintext import storable

PIXEL = Media.named(
    "image/png",
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
    ),
)

texts = st.text(max_size=40).map(storable)
filled = texts.filter(bool)
languages = st.sampled_from(["", "en", "he", "pt-BR", "zh-Hant-TW"])
spans = st.builds(
    Span,
    texts,
    st.frozensets(st.sampled_from(Mark)),
    st.none() | filled,
    st.none() | languages.filter(bool),
    st.none() | filled,
)
calls = st.builds(lambda note: Span("", note=note), st.sampled_from("12"))
runs = st.lists(spans | calls, max_size=4).map(tuple)
figures = st.builds(Figure, st.just(PIXEL.name) | filled, texts, runs)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    row = st.lists(runs, min_size=width, max_size=width).map(tuple)
    return Table(draw(st.just(()) | row), tuple(draw(st.lists(row, max_size=3))), draw(runs))


blocks = st.recursive(
    st.builds(Paragraph, runs)
    | st.builds(Heading, runs, st.integers(2, 6))
    | figures
    | tables()
    | st.builds(Code, texts, st.none() | filled)
    | st.just(Rule()),
    lambda inner: (
        st.builds(Quote, st.lists(inner, max_size=3).map(tuple), st.booleans(), runs)
        | st.builds(
            Listing,
            st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple),
            st.booleans(),
            st.integers(-5, 100),
        )
        | st.lists(st.tuples(st.lists(inner, max_size=2).map(tuple), st.integers(-5, 100)), max_size=3).map(
            lambda items: Listing(
                tuple(item for item, _ in items), ordered=True, numbers=tuple(number for _, number in items)
            )
        )
    ),
    max_leaves=8,
)
notes = st.tuples(*(st.builds(Note, st.just(name), st.lists(blocks, max_size=2).map(tuple)) for name in "12"))
articles = st.builds(
    Article,
    title=texts,
    body=st.lists(blocks, max_size=4).map(tuple),
    standfirst=texts,
    byline=st.lists(texts, max_size=3).map(tuple),
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
    section=texts,
    url=st.none() | filled,
    site=st.none() | filled,
    reference=texts,
    language=languages,
    lead=st.none() | figures,
    media=st.sampled_from([(), (PIXEL,)]),
    guid=texts,
    partial=st.booleans(),
    update=st.booleans(),
    also_in=st.lists(st.builds(Twin, texts, texts), max_size=2).map(tuple),
    notes=notes,
    tags=st.lists(texts, max_size=3).map(tuple),
    again=st.none() | st.dates(),
)
editions = st.builds(
    Edition,
    title=texts,
    issued=st.dates(),
    language=languages,
    sections=st.lists(st.builds(Section, texts, st.lists(articles, max_size=2).map(tuple)), max_size=2).map(
        tuple
    ),
)


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    form = json.loads(assets.read("edition.schema.json"))
    jsonschema.Draft202012Validator.check_schema(form)
    return jsonschema.Draft202012Validator(form)


def daily() -> Edition:
    """One of everything."""
    body = (
        Paragraph((Span("She called it "), Span("dear", frozenset({Mark.EMPHASIS})), Span("."))),
        Heading((Span("What it cost"),)),
        Table(
            ((Span("Item"),), (Span("€ million"),)),
            (((Span("Steel"),), (Span("61.2"),)),),
            (Span("In 2026"),),
        ),
        Quote((Paragraph((Span("Ask me in a year."),)),)),
        Listing(((Paragraph((Span("two tracks"),)),), (Rule(),)), ordered=True, start=4),
        Figure(PIXEL.name, "a dot", (Span("The bridge from afar."),)),
        Code("print('toll')", "python"),
        Rule(),
        Paragraph(
            (Span("Read on", href="https://gazette.example/x", language="en-GB"), Span("", note="toll"))
        ),
        Quote((Paragraph((Span("Expensive."),)),), pulled=True),
        Paragraph((Span("The ferry is called "), Span("霧", language="ja", ruby="きり"), Span("."))),
    )
    article = Article(
        "Marrow Bridge reopens",
        body,
        standfirst="Eleven years after the flood.",
        byline=("Ada Fenn",),
        published=datetime(2026, 11, 22, 8, 30, tzinfo=UTC),
        url="https://gazette.example/bridge",
        site="The Oldhaven Gazette",
        reference="bridge.txt",
        language="en",
        lead=Figure(PIXEL.name),
        media=(PIXEL,),
        notes=(Note("toll", (Paragraph((Span("From 1 May."),)),)),),
    )
    sections = (Section("World", (article,)), Section("Sport", (Article("Cup final off", ()),)))
    return Edition("The Oldhaven Gazette", date(2026, 11, 23), "en", sections)


def document(**changes: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(to_json(daily()))
    return read | changes


def refused(changed: Any) -> str:
    with pytest.raises(InterchangeError) as caught:
        from_json(json.dumps(changed).encode())
    return str(caught.value)


def test_an_edition_is_written_as_people_can_read_it(golden: Callable[[str, str], None]) -> None:
    golden("interchange/daily.json", to_json(daily()).decode())


@pytest.mark.slow
@given(editions)
def test_an_edition_comes_back_equal(edition: Edition) -> None:
    assert from_json(to_json(edition)) == edition


@pytest.mark.slow
@given(editions)
def test_the_same_edition_gives_the_same_bytes(edition: Edition) -> None:
    assert to_json(from_json(to_json(edition))) == to_json(edition)


@pytest.mark.slow
@given(edition=editions)
def test_what_is_written_follows_the_schema(
    schema: jsonschema.Draft202012Validator, edition: Edition
) -> None:
    schema.validate(json.loads(to_json(edition)))


def test_a_picture_shown_twice_is_stored_once() -> None:
    twice = tuple(Article(title, (), media=(PIXEL,)) for title in ("One", "Two"))
    written = to_json(Edition("News", date(2026, 1, 1), "en", (Section("", twice),)))
    assert written.count(base64.b64encode(PIXEL.data)) == 1


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"newsexport": 2}, "newsexport: is version 2, and this program reads up to 1"),
        ({"newsexport": True}, "newsexport: must be a whole number"),
        ({"title": None}, "title: is missing"),
        ({"title": 7}, "title: must be a text"),
        ({"titel": "x"}, "titel: is not a member we know"),
        ({"issued": "tomorrow"}, "issued: must be a date such as 2026-11-23"),
        ({"language": "in English"}, "language: must be a language tag such as en or pt-BR"),
        ({"sections": {}}, "sections: must be a list"),
        ({"sections": [7]}, "sections[0]: must be an object"),
        ({"media": {"../x": {}}}, "media.../x: has a name of other characters than letters, digits, . _ -"),
        ({"media": {"a": {"type": "image/svg+xml", "data": ""}}}, "media.a.type: must be image/jpeg or"),
        ({"media": {"a": {"type": "image/png", "data": "?"}}}, "media.a.data: must be base64"),
        ({"media": {"a": {"type": "image/png", "data": "PHN2Zz4="}}}, "media.a.data: must be a picture of"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    schema: jsonschema.Draft202012Validator, change: dict[str, Any], complaint: str
) -> None:
    assert complaint in refused(document(**change))
    # The schema knows no signatures and no base64, everything else it refuses too.
    assert "data" in complaint or not schema.is_valid(document(**change))


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        ({}, ".type: is missing"),
        ({"type": "video"}, ".type: must be one of paragraph, heading"),
        ({"type": "paragraph"}, ".text: is missing"),
        (
            {"type": "paragraph", "text": [{"text": "a", "marks": ["bold"]}]},
            ".text[0].marks[0]: must be one of",
        ),
        ({"type": "paragraph", "text": [{"text": "a", "note": "1"}]}, ".text[0].text: must be empty where"),
        ({"type": "paragraph", "text": [{"ruby": "a"}]}, ".text[0].text: is missing"),
        ({"type": "quote", "blocks": [], "pulled": "yes"}, ".pulled: must be true or false"),
        ({"type": "heading", "text": "a", "level": 1}, ".level: must be a whole number from 2 to 6"),
        ({"type": "list", "items": ["a"]}, ".items[0]: must be a list"),
        ({"type": "table", "rows": [["a"], ["b", "c"]]}, ": has rows of different length"),
        ({"type": "table", "rows": [["a"]], "alignment": ["right", None]}, ": has an alignment of another"),
        (
            {"type": "table", "rows": [["a"]], "alignment": ["middle"]},
            ".alignment[0]: must be left, center,",
        ),
        ({"type": "code", "text": "a", "lang": "c"}, ".lang: is not a member we know"),
    ],
)
def test_a_wrong_block_is_told_with_its_place(block: dict[str, Any], complaint: str) -> None:
    article = {"title": "Marrow", "body": [{"type": "rule"}, block]}
    told = refused(document(sections=[{"articles": [article]}], media={}))
    assert told.startswith("sections[0].articles[0].body[1]" + complaint)


@pytest.mark.parametrize(
    ("notes", "complaint"),
    [
        ([], "sections[0].articles[0]: calls a note '1' that is not among its notes"),
        (
            [{"id": "1", "blocks": []}] * 2,
            ".notes[1].id: must be a name that no other note of the article has",
        ),
        ([{"id": "", "blocks": []}], ".notes[0].id: must be a name that no other note of the article has"),
        ([{"blocks": []}], ".notes[0].id: is missing"),
        ([{"id": "1", "text": "a"}], ".notes[0].text: is not a member we know"),
        (
            [{"id": "1", "blocks": [{"type": "paragraph", "text": [{"note": "2"}]}]}],
            ": calls a note '2' that",
        ),
    ],
)
def test_a_note_is_called_by_the_one_name_it_has(notes: list[Any], complaint: str) -> None:
    article = {"title": "Marrow", "body": [{"type": "paragraph", "text": [{"note": "1"}]}], "notes": notes}
    assert complaint in refused(document(sections=[{"articles": [article]}], media={}))


@pytest.mark.parametrize(
    "depth", [40, 100_000], ids=["deeper than anyone needs", "deeper than the interpreter can go"]
)
def test_hostile_nesting_is_refused(depth: int) -> None:
    body = '{"type":"quote","blocks":[' * depth + "]}" * depth
    data = (
        '{"newsexport":1,"title":"","issued":"2026-01-01","sections":[{"articles":[{"title":"","body":['
        + body
        + "]}]}]}"
    )
    with pytest.raises(InterchangeError, match="nested too deeply"):
        from_json(data.encode())


def test_characters_no_format_can_hold_are_dropped_on_the_way_in() -> None:
    read = from_json(json.dumps(document(title="A\ud800\u0000B\ufffeC")).encode())
    assert read.title == "ABC"


@given(st.binary(max_size=200))
def test_random_bytes_are_refused_by_name_of_the_fault(data: bytes) -> None:
    with pytest.raises(InterchangeError):
        from_json(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "items", "rows", "blocks", "marks", "media", "title", "body"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_any_json_in_place_of_a_body_is_read_or_refused(body: Any) -> None:
    changed = document(sections=[{"articles": [{"title": "Marrow", "body": body}]}])
    try:
        from_json(json.dumps(changed).encode())
    except InterchangeError as error:
        assert error.subject.startswith("sections[0].articles[0].body")


def test_every_kind_of_block_can_be_read() -> None:
    read = {get_type_hints(reader)["return"] for reader in BLOCKS.values()}
    assert read == set(get_args(Block))
    assert len(BLOCKS) == len(read)
