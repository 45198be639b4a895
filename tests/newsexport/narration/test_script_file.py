"""A script on paper: the same when read again, as it stands when it was edited."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.engines.silent import SilentEngine
from newsexport.errors import UsageError
from newsexport.events import ignore
from newsexport.model import Article, Code, Edition, Figure, Note, Paragraph, Quote, Section, Span, Table
from newsexport.narration.casting import Candidate, Cast, voiced
from newsexport.narration.omissions import unspoken
from newsexport.narration.options import Announcements, Direction, Parts
from newsexport.narration.script import Level, Passage, narrated, script
from newsexport.narration.script_file import ScriptFileError, from_json, read_script, to_json
from newsexport.narration.sentences import stretches
from newsexport.speech import Role, Voice
from spokenform.lexicon import Entry, Lexicon

LEXICON = Lexicon((Entry("Osei", ipa="oʊˈseɪ"), Entry("Tarn", "tarrn")))
DIRECTION = Direction(lexicon=LEXICON)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


FERRY = Article(
    "A ferry for Tarn",
    (
        paragraph("Osei paid $5. Osei left at 3 p.m. by https://ferry.example/a."),
        Quote((paragraph("It was time."),)),
        Quote((paragraph("It was time."),), pulled=True),
        Table(((Span("Day"),),), (((Span("Monday"),),),)),
        Code("x = 1"),
        Figure("a.jpg", "A ferry", (Span("The ferry at dawn."),)),
    ),
    byline=("Ada Marsh",),
    url="https://gazette.example/ferry",
    language="en",
    notes=(Note("1", (paragraph("A note."),)),),
)
EDITION = Edition(
    "Morning", date(2026, 11, 23), "en", (Section("World", (FERRY,)), Section("Home", (FERRY,)))
)


def heard(passages: list[Passage]) -> list[str]:
    return [one.spoken for passage in passages for one in passage.utterances]


def test_a_script_as_a_file(golden: Callable[[str, str], None]) -> None:
    golden("narration/ferry.script.json", to_json(EDITION, list(script(EDITION, DIRECTION))).decode())


def test_a_script_written_is_the_script_read() -> None:
    passages = list(script(EDITION, DIRECTION))
    read = from_json(to_json(EDITION, passages))
    assert (read.title, read.issued, read.language) == ("Morning", date(2026, 11, 23), "en")
    assert [replace(one, article=None) for one in read.passages] == [
        replace(one, article=None) for one in passages
    ]
    assert [one.article.title if one.article else "" for one in read.passages] == [
        one.article.title if one.article else "" for one in passages
    ]


@pytest.mark.slow
@given(st.lists(st.text(), max_size=5))
def test_any_script_written_is_the_script_read(texts: list[str]) -> None:
    article = Article("A headline", tuple(map(paragraph, texts)), language="en")
    edition = Edition("E", date(2026, 11, 23), "en", (Section("", (article,)),))
    passages = list(script(edition, DIRECTION))
    read = from_json(to_json(edition, passages))
    assert [each.utterances for each in read.passages] == [each.utterances for each in passages]


def edited(change: Callable[[list[dict[str, object]]], None]) -> Passage:
    root = json.loads(to_json(EDITION, list(script(EDITION, DIRECTION))))
    change(root["passages"][2]["utterances"])
    return from_json(json.dumps(root).encode()).passages[2]


def test_what_was_edited_is_spoken_as_it_stands() -> None:
    passage = edited(lambda lines: lines[2].update(spoken="In the end, Osei paid 5 dollars!"))
    assert passage.utterances[2].spoken == "In the end, Osei paid 5 dollars!"
    (sound,) = passage.utterances[2].pronunciations
    assert passage.utterances[2].spoken[sound.offset :].startswith("Osei paid")


def test_a_line_taken_out_takes_no_chapter_with_it() -> None:
    passage = edited(lambda lines: lines[0].update(spoken=""))
    assert [(one.title, one.level, one.at) for one in passage.openings] == [
        ("A ferry for Tarn", Level.ARTICLE, 0)
    ]
    assert passage.utterances[0].spoken == "By Ada Marsh."


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("newsexport-script", "other", "is no script"),
        ('"version": 1', '"version": 2', "version: must be 1, not 2"),
        ('"role": "announcer"', '"role": "bishop"', "passages[0].utterances[0].role: must be one of announcer"),
        ('"pause": 0.45', '"pause": -1', "passages[0].utterances[0].pause: must be a number from 0 to 60"),
        ('"language": "en", "role"', '"language": "e n", "role"', "passages[0].utterances[0].language: must be a language tag such as en or pt-BR, not 'e n'"),
        ('"words": "Osei"', '"words": "Osai"', "passages[2].utterances[2].ipa[0].words: 'Osai' is not in what is"),
        ('"level": "section"', '"level": "part"', "passages[1].utterances[0].chapters[0].level: must be section"),
        ('{"article": null', '{"article": 7', "passages[0].article: must be null or a number below 1"),
        ("2026-11-23", "23.11.2026", "date: must be a date"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, reason: str) -> None:
    text = to_json(EDITION, list(script(EDITION, DIRECTION))).decode()
    assert old in text
    with pytest.raises(ScriptFileError) as refused:
        from_json(text.replace(old, new, 1).encode())
    assert str(refused.value).startswith(reason)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_script(tmp_path / "none.script.json")


def test_templates_say_what_is_announced() -> None:
    said = Announcements(
        edition="", section="Part {number} of {count}: {title}", article="Story {number}. {title}"
    )
    words = heard(list(script(EDITION, Direction(announcements=said))))
    assert words[0] == "Part one of two: World."
    assert words[1:3] == ["Story one.", "A ferry for Tarn."]
    assert "Story two." in words


@pytest.mark.parametrize("template", ["{name}", "{title.upper}", "{title!r}", "{number:02}", "{", "{}"])
def test_a_template_that_cannot_be_filled_in_is_refused(template: str) -> None:
    with pytest.raises(UsageError, match=r"announcements\.section"):
        Announcements(section=template)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (Parts(captions=True), "The ferry at dawn."),
        (Parts(code=True), "x equals one."),
        (Parts(), "Monday."),
        (Parts(), "By Ada Marsh."),
    ],
)
def test_parts_are_said_when_they_are_asked_for(parts: Parts, said: str) -> None:
    assert any(said.removesuffix(".") in one for one in heard(list(narrated(FERRY, Direction(parts=parts)))))
    silent = Parts(credits=False, captions=False, tables=False, code=False, links=False)
    nothing = heard(list(narrated(FERRY, Direction(parts=silent))))
    assert not any(said.removesuffix(".") in one for one in nothing)
    assert not any("example" in one for one in nothing)


def test_quotations_have_a_role_of_their_own() -> None:
    roles = {one.printed: one.role for passage in narrated(FERRY, DIRECTION) for one in passage.utterances}
    assert roles["It was time."] is Role.QUOTED
    assert roles["A ferry for Tarn"] is Role.ANNOUNCER


@given(st.builds(Parts, *[st.booleans()] * 5))
def test_every_text_is_spoken_once_or_told_as_unspoken(parts: Parts) -> None:
    direction = Direction(parts=parts)
    said = " ".join(one.printed for passage in narrated(FERRY, direction) for one in passage.utterances)
    left = " ".join(one.text for one in unspoken(FERRY, direction))
    for text in ("By Ada Marsh.", "Monday", "x = 1", "The ferry at dawn.", "A note.", "Osei left"):
        assert (said + left).count(text) == 1, text
    assert (said.count("It was time."), left.count("It was time.")) == (1, 1)


def test_whole_sentences_of_another_language_are_in_its_voice_and_phrases_are_not() -> None:
    spans = (
        Span("She said: “"),
        Span("Wir gehen.", language="de"),
        Span("” Then a "),
        Span("Schadenfreude", language="de"),
        Span(" set in. "),
        Span("Alles ist gut.", language="de-AT"),
    )
    parted = [("".join(span.text for span in run), language) for run, language in stretches(spans, "en")]
    assert parted == [
        ("She said: “", "en"),
        ("Wir gehen.", "de"),
        ("” Then a Schadenfreude set in. ", "en"),
        ("Alles ist gut.", "de-AT"),
    ]
    lines = [
        one
        for passage in narrated(Article("x", (Paragraph(spans),), language="en"), DIRECTION)
        for one in passage.utterances
    ]
    assert [(one.language, one.spoken) for one in lines[1:]] == [
        ("en", "She said:"),
        ("de", "Wir gehen."),
        ("en", "Then a Schadenfreude set in."),
        ("de-AT", "Alles ist gut."),
    ]


def test_a_sentence_in_a_language_that_has_no_voice_is_said_by_the_voice_of_its_article() -> None:
    spans = (Span("She said it."), Span(" Ichyo wen.", language="tlh"), Span(" Wir gehen.", language="de"))
    article = Article("x", (Paragraph(spans),), language="en")
    clerk = Clerk()
    candidate = Candidate("clerk", clerk, {one.language[:2]: one for one in clerk.voices()})
    cast = Cast(lambda: [candidate], ignore)
    cast.announce(["en"])
    (passage,) = voiced(narrated(article, DIRECTION), cast)
    assert [one.language for one in passage.utterances] == ["en", "en", "en", "de"]


class Clerk(SilentEngine):
    """Has voices for two languages."""

    def voices(self) -> list[Voice]:
        return [Voice(tag, tag, tag, offline=True) for tag in ("en-gb", "de")]


def test_another_language_within_a_sentence_stays_though_it_ends_it() -> None:
    spans = (Span("They call it "), Span("Feierabend.", language="de"), Span(" It is late."))
    assert [language for _, language in stretches(spans, "en")] == ["en"]


def test_a_last_line_taken_out_leaves_its_silence() -> None:
    passage = edited(lambda lines: lines[-1].update(spoken=""))
    assert passage.utterances[-1].pause == DIRECTION.pauses.article
