"""How long a text is, in any script: in words, in letters, in columns, in minutes to read it.

Nothing else counts words by the spaces between them, which half the world does not write.
"""

from __future__ import annotations

import unicodedata
from itertools import takewhile

from newsexport.model import Article, plain_blocks
from newsexport.text.patterns import pattern

# Scripts written without spaces: Thai, Lao, Burmese and Khmer; Japanese and Chinese.
LETTERS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
CHARACTERS = "\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED = pattern(f"[{LETTERS}{CHARACTERS}]")
DENSE = pattern(f"[{CHARACTERS}]")

# Words a minute that adults read silently, the mean for non-fiction in English:
# M. Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109 (2019).
READING_SPEED = 238

# Letters of an alphabet that say what one character of Chinese or Japanese says: a word is
# two of them, and with its space six letters of English.
LETTERS_A_CHARACTER = 3

# What ends a sentence: before a space, and in scripts without spaces.
SENTENCE_ENDS = ".!?…؟।॥۔።։။។"
UNSPACED_SENTENCE_ENDS = "。！？｡．"

# After which a text without spaces may be cut.
STOP = pattern(r"[。！？；…」』）]|[，、：,.!?;:\s]")


def word_count(article: Article) -> int:
    """How many words the article has, its standfirst included and its headline not."""
    return count_words(" ".join((article.standfirst, *plain_blocks(article.body))))


def count_words(text: str) -> int:
    """How many words the text has.

    Scripts written without spaces have no words to count; two of their characters are
    taken as one, which is what reading speeds are usually quoted in.
    """
    unspaced = 0 if is_western(text) else len(UNSPACED.findall(text))
    return len(text.split()) + unspaced // 2


def is_unspaced(text: str) -> bool:
    """Whether most of the text is in scripts without spaces, so that spaces divide no words in it."""
    return not is_western(text) and 2 * len(UNSPACED.findall(text)) > len(text)


def most_words(text: str) -> int:
    """How many words whoever counts most generously finds: some count every character of Chinese."""
    unspaced = 0 if is_western(text) else len(UNSPACED.findall(text))
    return max(count_words(text), unspaced)


def extent(text: str) -> int:
    """How long a text is in letters of an alphabet, by which lengths in any two scripts compare."""
    dense = 0 if is_western(text) else len(DENSE.findall(text))
    return len(text) + (LETTERS_A_CHARACTER - 1) * dense


def columns(text: str) -> int:
    """Columns that a text takes: two for a wide letter, none for a mark on another letter.

    Source: Unicode Standard Annex 11, East Asian Width.
    """
    return len(text) if text.isascii() else sum(map(_column, text))


def _column(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if is_wide(character) else 1


def is_wide(character: str) -> bool:
    """Whether it takes the room of two Latin letters, as those of East Asia do."""
    return unicodedata.east_asian_width(character) in {"W", "F"}


def first_words(text: str, most: int = 12) -> str:
    """How the text begins, in at most so many words: a name for what has none."""
    words = text.split()
    begun = " ".join(words[:most])
    if is_western(begun) or count_words(begun) <= most:
        return begun
    cut = begun[: _end(begun, most)]
    stops = [found.end() for found in STOP.finditer(cut) if found.end() * 2 > len(cut)]
    return (cut[: stops[0]] if stops else cut).rstrip("，、：,;: ")


def _end(text: str, most: int) -> int:
    """Where a text has had so many words, two characters of unspaced scripts to a word."""
    words = 0.0
    for at, character in enumerate(text):
        words += 0.5 if UNSPACED.match(character) else character.isspace()
        if words > most:
            return at
    return len(text)


def is_western(text: str) -> bool:
    """Whether the text is written with Windows' western letters: asked ten times as fast as a pattern is."""
    try:
        return text.isascii() or text.encode("cp1252") is not None
    except UnicodeEncodeError:
        return False


def reading_minutes(article: Article) -> int:
    """Minutes to read the article silently, see `minutes_for`."""
    return minutes_for(word_count(article))


def minutes_for(words: int) -> int:
    """Minutes to read so many words silently, at least one."""
    return max(1, round(words / READING_SPEED))


# Numbers of things in words.


def counted(number: int, one: str, many: str = "") -> str:
    """``1 article``, ``2 articles``, ``0 entries``; `many` where it is not `one` and an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def agreeing(number: int, unit: str) -> str:
    """A number and a unit that is told in the plural: ``1 article`` of ``articles``, ``3 entries``."""
    if number != 1 or not unit:
        return f"{number} {unit}".rstrip()
    head, _, rest = unit.partition(" ")
    one = head.removesuffix("ies") + "y" if head.endswith("ies") else head.removesuffix("s")
    return f"1 {one} {rest}".rstrip()


# What a reader takes for one letter, and text cut without cutting one.

_REGIONAL = frozenset(map(chr, range(0x1F1E6, 0x1F200)))


def clipped(text: str, most: int) -> str:
    """As much of the text as `most` bytes of UTF-8 hold, ending where a letter ends."""
    if len(text.encode("utf-8", "replace")) <= most:
        return text
    at = len(text.encode("utf-8", "replace")[:most].decode(errors="ignore"))
    return text[: next((end for end in range(at, 0, -1) if not is_one(text, end, 0)), at)].rstrip()


def is_one(text: str, at: int, begin: int) -> bool:
    """Whether the characters before and after `at` are one grapheme to a reader.

    No grapheme goes on across `begin`.

    The rules of Unicode Standard Annex #29, section 3.1.1, as far as the standard
    library knows the properties they rest on.
    """
    before, after = text[at - 1], text[at]
    return (
        unicodedata.category(after) in {"Mn", "Mc", "Me"}
        or "\u200d" in {before, after}
        or unicodedata.combining(before) == 9  # a virama joins the consonant after it
        or ("\u1160" <= after <= "\u11ff" and "\u1100" <= before <= "\u11ff")  # Hangul, decomposed
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # a skin tone
        or ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff")
        or _is_flag(text, at, begin)
    )


def _is_flag(text: str, at: int, begin: int) -> bool:
    """Whether `at` lies between the two regional indicators that make a flag."""
    indicators = takewhile(_REGIONAL.__contains__, (text[back] for back in range(at - 1, begin - 1, -1)))
    return text[at] in _REGIONAL and sum(1 for _ in indicators) % 2 == 1
