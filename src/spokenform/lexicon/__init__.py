"""How names and foreign words are said: the user's pronunciations, and a list to begin with.

An entry says of a word, a phrase or a pattern what is spoken in its place, or how it sounds.
Lexicons are read from TOML and from PLS (`docs/lexicon.md`), and lie one upon the other.
"""

from spokenform.lexicon.entries import EMPTY, Entry, Lexicon, LexiconError
from spokenform.lexicon.files import read, starter, with_starter

__all__ = ["EMPTY", "Entry", "Lexicon", "LexiconError", "read", "starter", "with_starter"]
