"""A passage in pieces: divided at sentences, recorded side by side, joined to the sample."""

import io
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.audio import mp3
from newsexport.audio.coding import Aac, Form
from newsexport.engines.espeak import EspeakEngine
from newsexport.job import Job, Work
from newsexport.model import Article
from newsexport.narration.narrate import narrate
from newsexport.narration.orders import Studio
from newsexport.narration.pieces import LEAST, MOST, pieces
from newsexport.narration.script import Passage
from newsexport.narration.timeline import Placed
from newsexport.speech import Utterance
from newsexport.storage.cache import FolderCache
from newsexport.work.executors import executors

SAID = tuple(
    Utterance(text, text, "en", pause=0.45)
    for text in (
        f"Ferry number {number} left at noon, and {number * 7} people saw it go." for number in range(120)
    )
)


def narrated(said: tuple[Utterance, ...], job: Job, form: Form) -> tuple[list[Placed], bytes]:
    sink = io.BytesIO()
    passage = Passage(said, article=Article("The ferries", ()))
    return narrate([passage], Studio(EspeakEngine(), form), job, sink), sink.getvalue()


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=60), st.sampled_from(list(LEAST)))
def test_pieces_are_all_of_a_passage_and_none_is_small(texts: list[str], work: Work) -> None:
    said = [Utterance(text, text, "en", pause=1.0) for text in texts]
    parts = list(pieces(said, work))
    assert [one.spoken for part in parts for one in part] == texts
    assert parts[-1][-1] == said[-1]
    sizes = [sum(len(one.spoken) for one in part) for part in parts]
    assert len(parts) == 1 or min(sizes) >= LEAST[work]
    assert max(sizes) <= MOST * LEAST[work] + max(map(len, texts))


@pytest.mark.parametrize(
    "text", ["No.", "Nobody saw it go.", "It was said to be late again, as it is every week. " * 4]
)
def test_another_sentence_makes_other_pieces_only_near_it(text: str) -> None:
    before = set(pieces(SAID, Work.COMPUTE))
    made = []
    for at in range(len(SAID)):
        changed = (*SAID[:at], replace(SAID[at], spoken=text, printed=text), *SAID[at + 1 :])
        made.append(len(set(pieces(changed, Work.COMPUTE)) - before))
    assert len(before) > 7
    assert sum(made) / len(made) < 2
    assert max(made) <= 5


@pytest.mark.parametrize("form", [mp3.Format(22050, 64), Aac(22050, 64)])
def test_joined_pieces_sound_as_if_said_in_one_go(form: Form) -> None:
    (placed,), frames = narrated(SAID, Job(), form)
    assert placed.length == form.count(frames) * form.frame_samples
    if isinstance(form, Aac):
        return
    with av.open(io.BytesIO(frames), "r") as sound:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in sound.decode(audio=0)])
    loud = np.abs(heard[form.delay :]) > 0.02
    ends = set(accumulate(map(len, pieces(SAID, Work.COMPUTE))))
    for number, ((_, last), (first, _)) in enumerate(zip(placed.spans, placed.spans[1:], strict=False), 1):
        gap = (first - last) / form.rate
        assert gap == pytest.approx(0.45, abs=0.03 if number in ends else 0.001)
        assert not loud[last + 200 : first - 200].any()
        assert loud[first : first + form.rate // 5].any()
        words = placed.words[number]
        assert first <= words[0].sample < words[-1].sample < placed.spans[number][1]


@pytest.mark.slow
def test_several_processes_give_the_bytes_of_one() -> None:
    form = mp3.Format(22050, 64)
    assert narrated(SAID, Job(), form) == narrated(SAID, Job(executors(2)), form)


def test_of_a_changed_article_the_other_pieces_are_remembered(tmp_path: Path) -> None:
    form, cache = mp3.Format(22050, 64), FolderCache(tmp_path)
    narrated(SAID, Job(cache=cache), form)
    before = cache.contents().kinds["passage"]
    changed = (*SAID[:30], replace(SAID[30], spoken="Nobody saw it go."), *SAID[31:])
    (placed,), frames = narrated(changed, Job(cache=cache), form)
    assert 1 <= cache.contents().kinds["passage"] - before <= 3
    assert ([placed], frames) == narrated(changed, Job(), form)
