"""A value is held against the same pattern whether or not the letters beyond ASCII were left out of it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from epubpreflight.addresses import RELATIVE
from epubpreflight.document_schema import fits
from epubpreflight.vocabulary import NCNAME, URI

LETTERS = st.text(
    st.sampled_from("azAZ09_:-./?#%[]!$&'()*+,;=@~ \t\n|\\<>\"{}`é\u00a0\u00b7\ud7ff\ue000\uf900\U0001f600")
)


@given(LETTERS | st.text())
def test_what_fits_a_pattern_fits_it_without_letters_that_it_has_not(value: str) -> None:
    for pattern in (NCNAME, URI, RELATIVE):
        assert fits(pattern, value) == (re.fullmatch(pattern, value) is not None)
