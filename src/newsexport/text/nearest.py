"""The name that was meant by one that nobody knows: near in letters, or what others call the same."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

# What people call things who know them from elsewhere, each with what it may be here, the likeliest first.
ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    # formats
    "book": ("epub",),
    "ebook": ("epub",),
    "epub3": ("epub",),
    "plain-text": ("text", "plain"),
    "podcast": ("audio",),
    "sound": ("audio",),
    "speech": ("audio",),
    "audiobook": ("audio", "m4b"),
    "mp3": ("audio",),
    "m4b": ("audio",),
    "m4a": ("audio",),
    "opus": ("audio",),
    "ogg": ("audio",),
    "txt": ("text",),
    "kepub": ("epub",),
    # engines
    "google": ("gtts",),
    "google-tts": ("gtts",),
    "espeak-ng": ("espeak",),
    "kokoro": ("openai",),
    "none": ("silent",),
    # devices
    "amazon": ("kindle",),
    "ibooks": ("apple",),
    "ipad": ("apple",),
    "iphone": ("apple",),
    "rakuten": ("kobo",),
    "koreader": ("generic",),
    "all": ("generic",),
    # orders, looks, papers
    "date": ("newest",),
    "large": ("large-print",),
    "big": ("large-print",),
}


def nearest(word: str, known: Iterable[str]) -> str:
    """That of the known names which is most like a word, or is called so elsewhere; empty where none is."""
    names = list(known)
    if word in names:
        return word
    folded = word.casefold().strip()
    by_fold = {name.casefold(): name for name in names}
    if folded in by_fold:
        return by_fold[folded]
    for name in ALSO_CALLED.get(folded.replace("_", "-"), ()):
        if name in names:
            return name
    begun = [name for name in names if len(folded) > 2 and name.casefold().startswith(folded)]
    close = difflib.get_close_matches(folded, by_fold, 1, 0.6)
    return begun[0] if len(begun) == 1 else by_fold[close[0]] if close else ""


def there_is(word: str, known: Iterable[str]) -> str:
    """`` (there is: epub, text); do you mean text?``: the end of a message about a name that nobody knows."""
    names = list(known)
    near = nearest(word, names)
    meant = f"; do you mean {near}?" if near else ""
    return f" (there is: {', '.join(names) or 'none'}){meant}"
