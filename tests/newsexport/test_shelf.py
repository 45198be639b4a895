"""Texts that wait in a file: as they were, wherever they are looked at."""

import pickle
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport import shelf as shelves
from newsexport.collecting.context import CollectingContext
from newsexport.events import Event
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.json import JsonExporter
from newsexport.exporters.text import TextExporter
from newsexport.job import Job
from newsexport.model import Article, Paragraph, Span, reworded
from newsexport.pipeline import Arrangement, arrange, collect, export
from newsexport.shelf import Known, Shelved, TextShelf, forget, like, memory_of, recalled


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TextShelf]:
    monkeypatch.setattr(shelves, "ROOM", 2)
    with closing(TextShelf(tmp_path)) as made:
        yield made


@given(st.lists(st.tuples(st.text(), st.integers()), max_size=4).map(tuple), st.integers(-5, 5))
def test_what_is_shelved_is_the_sequence_it_was(values: tuple[object, ...], at: int) -> None:
    with TemporaryDirectory() as folder, closing(TextShelf(Path(folder))) as shelf:
        put = shelf.put(values)
        assert (*put,) == values
        assert (len(put), bool(put), put[:at], hash(put)) == (
            len(values),
            bool(values),
            values[:at],
            hash(values),
        )
        assert put == values
        assert values == put
        assert pickle.loads(pickle.dumps(put)) == values
        assert type(pickle.loads(pickle.dumps(put))) is tuple


def test_a_few_stay_in_memory_and_what_changes_stays_where_it_was(shelf: TextShelf) -> None:
    bodies = [(Paragraph((Span(f"Text {number}."),)),) for number in range(40)]
    kept = [shelf.kept(body) for body in bodies]
    assert [isinstance(one, Shelved) for one in kept] == [False, False, *([True] * 38)]
    assert kept == bodies
    assert [list(one) for one in reversed(kept)] == [list(body) for body in reversed(bodies)]
    article = Article("Title", kept[9])
    same = reworded(article, lambda spans: spans)
    assert same is kept[9]
    changed = reworded(article, lambda spans: tuple(replace(span, text="Other.") for span in spans))
    assert isinstance(changed, Shelved)
    assert (*changed,) == (Paragraph((Span("Other."),)),)
    assert isinstance(like(kept[0], bodies[1]), tuple)


def test_what_was_asked_of_a_shelved_text_is_not_asked_again(shelf: TextShelf) -> None:
    asked: list[tuple[int, ...]] = []

    def total(values: tuple[int, ...]) -> int:
        asked.append(values)
        return sum(values)

    values, others = shelf.put((1, 2)), shelf.put((3, 4))
    assert [recalled(total, one) for one in (values, others, values, others)] == [3, 7, 3, 7]
    assert asked == [(1, 2), (3, 4)]
    changed = values.again((5, 6))
    assert [recalled(total, one) for one in (changed, (5, 6))] == [11, 11]
    assert asked[2:] == [(5, 6), (5, 6)]


def test_what_is_known_of_a_text_goes_with_it(shelf: TextShelf) -> None:
    known = Known((1, 2, 3))
    assert (recalled(sum, known), known.memory) == (6, ((sum, 6),))
    sent = pickle.loads(pickle.dumps(known))
    for kept in (sent, shelf.kept(known), shelf.kept(known), shelf.kept(sent)):
        assert (tuple(kept), memory_of(kept)) == ((1, 2, 3), ((sum, 6),))
    assert isinstance(kept, Shelved)
    forget(sum, kept)
    assert (memory_of(kept), memory_of(sent)) == ((), ((sum, 6),))
    assert type(pickle.loads(pickle.dumps(shelf.put(known)))) is tuple


def test_editions_of_shelved_texts_give_the_same_files(tmp_path: Path, shelf: TextShelf) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for number in range(12):
        said = f'The "ferry" of day {number} was late, [says](https://a.example/?utm_source=x) the mayor.'
        text = f"# Story {number}\n\n{said}\n"
        (news / f"{number}.md").write_text(text)
    made = []
    for means in (CollectingContext(), CollectingContext(spool=tmp_path, shelf=shelf)):
        told: list[Event] = []
        collected = collect([str(news)], told.append, means)
        edition = arrange(collected, Arrangement(date(2026, 11, 23), language="en"))
        assert sum(isinstance(one.body, Shelved) for one in edition.articles()) == (10 if means.shelf else 0)
        for exporter in (TextExporter(), JsonExporter(), EpubExporter()):
            target = tmp_path / f"edition{exporter.suffix}"
            export(edition, exporter, target, Job())
            made.append(target.read_bytes())
    assert made[:3] == made[3:]
