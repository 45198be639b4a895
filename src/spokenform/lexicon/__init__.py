"""How names and foreign words are said: the user's pronunciations, and a list to begin with.

An entry says of a word, a phrase or a pattern what is spoken in its place, or how it sounds.
Lexicons are read from TOML and from PLS (`docs/lexicon.md`), and lie one upon the other.
"""

from spokenform.lexicon.entries import ADDRESS, EMPTY, Entry, Lexicon, LexiconError
from spokenform.lexicon.files import PLS_SUFFIXES, from_toml, read, starter, to_toml, with_starter, words

__all__ = [
    "ADDRESS",
    "EMPTY",
    "PLS_SUFFIXES",
    "Entry",
    "Lexicon",
    "LexiconError",
    "from_toml",
    "read",
    "starter",
    "to_toml",
    "with_starter",
    "words",
]
