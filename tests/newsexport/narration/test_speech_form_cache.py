import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.job import Forgetful
from newsexport.narration.speech_form_cache import SpeechFormCache, sources
from spokenform import EMPTY, Entry, Lexicon, Spoken, languages_known, speak

OLDHAVEN = Lexicon((Entry("Oldhaven", ipa="ˈoʊldheɪvən"),))


class Shelf(dict[str, bytes]):
    """A cache that tells what was put into it."""

    def put(self, key: str, data: bytes) -> None:
        assert key not in self or self[key] != data
        self[key] = data


def told(shelf: Shelf | Forgetful, texts: list[str], lexicon: Lexicon = EMPTY) -> list[Spoken]:
    say = SpeechFormCache(shelf, "The Morning", lexicon)
    return list(say.remembering(say(text, "en", lexicon) for text in texts))


@pytest.mark.slow
@given(st.lists(st.text(max_size=40)))
def test_what_is_remembered_is_what_the_rules_say(texts: list[str]) -> None:
    shelf, plain = Shelf(), [speak(text, "en", OLDHAVEN) for text in texts]
    assert told(shelf, texts, OLDHAVEN) == plain
    assert told(shelf, texts, OLDHAVEN) == plain
    assert told(Forgetful(), texts, OLDHAVEN) == plain


def test_what_is_known_is_not_worked_out_again() -> None:
    shelf = Shelf()
    told(shelf, ["5 kg in Oldhaven"])
    (name,) = shelf
    shelf[name] = shelf[name].replace(b"five", b"six")
    assert told(shelf, ["5 kg in Oldhaven"])[0].text.startswith("six ")


def test_what_was_not_asked_for_this_time_is_forgotten() -> None:
    shelf = Shelf()
    told(shelf, ["one", "two"])
    told(shelf, ["two", "three"])
    (kept,) = shelf.values()
    assert [word in kept for word in (b"one", b"two", b"three")] == [False, True, True]


def test_another_lexicon_has_a_memory_of_its_own() -> None:
    shelf = Shelf()
    told(shelf, ["Oldhaven"])
    assert told(shelf, ["Oldhaven"], OLDHAVEN)[0].pronunciations
    assert len(shelf) == 2


def test_other_rules_are_other_memories_whichever_package_they_stand_in() -> None:
    """What is remembered is kept under a digest of these files."""
    names = {name for name, _ in sources()}
    assert names >= {"narration/sentences.py", "spokenform/amounts.py"}
    for tag in languages_known():
        assert names & {f"spokenform/languages/{tag}.py", f"spokenform/languages/{tag}/__init__.py"}
