"""JSON that nobody vouches for: what is refused, and where it says the fault is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsexport.errors import NewsExportError, SourceError
from newsexport.interchange import from_json
from newsexport.interchange.json_reader import JsonError, JsonValue, document, load
from newsexport.library.manifest import read_issue
from newsexport.narration.script_file import from_json as read_script
from newsexport.protocols import Resource
from newsexport.routine.record import recall


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is not JSON: Expecting value"),
        (b"{", "is not JSON"),
        (b"\xff\xfe\xff", "is not JSON"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"a": [{"b": 1, "b": 2}]}', "has the member 'b' twice in one object"),
        (b"9" * 5000, "is not JSON: Exceeds the limit"),
    ],
)
def test_what_is_no_document_is_told_in_a_line(data: bytes, told: str) -> None:
    with pytest.raises(JsonError) as caught:
        document(data)
    assert caught.value.reason.startswith(told)
    assert "\n" not in str(caught.value)


def test_a_document_has_no_more_bytes_than_allowed() -> None:
    assert document(b'"' + b"." * 8 + b'"', 10).text() == "." * 8
    with pytest.raises(JsonError, match="is larger than 1 MB"):
        document(b'"' + b"." * 1_000_000 + b'"', 1_000_000)


@pytest.mark.parametrize(
    ("value", "read", "told"),
    [
        (7, JsonValue.text, "must be a text"),
        (None, JsonValue.text, "is missing"),
        ("e n", JsonValue.language, "must be a language tag such as en or pt-BR"),
        (True, JsonValue.whole, "must be a whole number"),
        (7.0, JsonValue.whole, "must be a whole number"),
        (7, lambda value: value.whole(8, 9), "must be a whole number from 8 to 9"),
        (float("nan"), lambda value: value.number(0, 60), "must be a number from 0 to 60"),
        (False, lambda value: value.number(0, 60), "must be a number from 0 to 60"),
        (1, JsonValue.flag, "must be true or false"),
        ({}, JsonValue.items, "must be a list"),
        ([], JsonValue.mapping, "must be an object"),
        ("x", lambda value: value.parsed(int, "a number in words"), "must be a number in words"),
        ({"titel": 1}, lambda value: value.only("title"), "articles[3].title.titel: is not a member we know"),
    ],
)
def test_a_fault_is_told_with_its_place(
    value: object, read: Callable[[JsonValue], object], told: str
) -> None:
    data = json.dumps({"articles": [{}, {}, {}, {"title": value}]}).encode()
    with pytest.raises(JsonError) as caught:
        read(document(data).member("articles").items()[3].member("title"))
    assert str(caught.value) == (told if told.startswith("articles") else f"articles[3].title: {told}")


def test_half_of_a_pair_is_no_text_and_no_name_steers_a_terminal() -> None:
    value = document(b'{"a\\u001b[31m\\ud800": 7, "b": "A\\ud800\\u0000B"}')
    assert value.member("b").text() == "AB"
    assert value.member("b").raw_text() == "A\ud800\0B"
    with pytest.raises(JsonError) as caught:
        value.only("b")
    assert str(caught.value) == "a?[31m?: is not a member we know"


def test_what_is_missing_or_null_is_what_it_is_by_default() -> None:
    value = document(b'{"a": null, "c": [1]}')
    assert [value.optional(name, JsonValue.whole, 5) for name in ("a", "b")] == [5, 5]
    assert [len(value.listed(name)) for name in ("a", "b", "c")] == [0, 0, 1]


def test_of_other_programs_a_member_that_is_there_twice_is_taken_as_it_comes() -> None:
    assert load(Resource("saved.json", b'\xef\xbb\xbf{"a": 1, "a": 2}')) == {"a": 2}
    with pytest.raises(SourceError, match=r"^saved\.json: is nested too deeply$"):
        load(Resource("saved.json", b"[" * 100_000))


TWICE = b'{"title": 1, "title": 2}'


def recalled(data: bytes, folder: Path) -> None:
    told: list[Any] = []
    (folder / "record.json").write_bytes(data)
    recall(folder / "record.json", told.append)
    raise JsonError("", told[0].text)


@pytest.mark.parametrize(
    "read",
    [
        lambda data, _: from_json(data),
        lambda data, _: read_script(data),
        lambda data, _: read_issue(data, "issue.json"),
        recalled,
    ],
    ids=["edition", "script", "manifest", "record"],
)
def test_every_reader_of_a_form_of_ours_asks_the_same(
    read: Callable[[bytes, Path], object], tmp_path: Path
) -> None:
    for data, told in ((TWICE, "has the member 'title' twice"), (b"[" * 100_000, "is nested too deeply")):
        with pytest.raises(NewsExportError, match=told):
            read(data, tmp_path)
