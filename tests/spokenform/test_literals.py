"""What a pattern needs to be there, before it is searched for."""

import re

import pytest
from tests.spokenform.readings import PHRASES, phrases

from spokenform.languages import es, it, nl, pl, pt, ru, sv, tr
from spokenform.languages.de.words import LANGUAGE as GERMAN
from spokenform.languages.en.abbreviations import PLAIN
from spokenform.languages.fr.words import LANGUAGE as FRENCH
from spokenform.literals import needed

MODULES = (es, it, nl, pl, pt, ru, sv, tr)
PATTERNS = [
    pattern
    for language in (GERMAN, FRENCH, *(module.LANGUAGE for module in MODULES))
    for pattern, _ in language.abbreviations
] + [pattern for pattern, _ in PLAIN]


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        (r"\b[vV]gl\.", ("gl.",)),
        (r"Std\.|Min\.", ("Std.", "Min.")),
        (r"(?<=\d )TL\b", ("TL",)),
        ("ab?c*de+f", ("de",)),
        (r"x[)(]yz(?:q|w)", ("yz",)),
        (r"[a-z]+|Mr", ()),
    ],
)
def test_a_run_of_letters_that_surely_stands_there(pattern: str, runs: tuple[str, ...]) -> None:
    assert needed(pattern) == runs


def test_no_phrase_is_passed_over_that_a_pattern_finds() -> None:
    printed = [phrase.printed for path in PHRASES.glob("*.toml") for phrase in phrases(path.stem)]
    met = 0
    for pattern in PATTERNS:
        search, runs = re.compile(pattern).search, needed(pattern)
        for text in printed:
            if search(text):
                met += 1
                assert not runs or any(run in text for run in runs)
    assert met > 500
