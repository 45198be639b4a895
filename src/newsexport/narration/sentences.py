"""Text to sentences, with what the splitter gets wrong in news put right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from sentencex import segment

from newsexport.model import Span, Spans
from newsexport.text.languages import is_tag, primary
from newsexport.text.wording import wording

# An end of sentence that is none: initials, titles before a name, what stands before a number.
ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|St|No|vs|Nos|approx|[Ee]st|[Vv]ols?|"
    r"[Ff]igs?|pp?|ch|ca?))\.\s*$"
)
# A short word with a point, and a small letter behind it: "W 2018 r. było".
SHORTENED = re.compile(r"(?:^|[\s(])[^\W\d_]{1,4}\.\s*$")
# A time of day, a weekday: the sentence goes on if what follows is a zone or begins small.
TIMED = re.compile(r"(?:\b[ap]\.m|\b(?:Mon|Tues?|Wed|Thurs?|Fri))\.\s*$")
ON = re.compile(r"(?:[a-z]|(?:[ECMP]|[A-Z]{1,3})[SD]?T\b|UTC|Eastern|Pacific|Central|Mountain)")
# What no word ends in but one that is cut short: "2 tbsp. sugar".
CONSONANTS = re.compile(r"(?:^|[\s(\d])[b-df-hj-np-tv-xz]{2,5}\.\s*$")
# German ordinals have a point: "der 1. Liga".
ORDINAL = re.compile(
    r"\b(?:[Dd](?:er|ie|as|en|em|es)|[Ii]m|[Aa]m|[Vv]om|[Zz]um|[Bb]eim|[Zz]ur)\s\d{1,3}\.\s*$"
)

# An ordinal before a word in small letters, in languages that write it with a point: "23. listopadu".
POINTED, SMALL = re.compile(r"(?:^|\s)\d{1,4}\.\s*$"), re.compile(r"\s*[^\W\d_]")
# Full stops that the splitter takes for a number's before a figure; outside of quotations they are none.
WIDE_STOP = re.compile(r"(?<=[。！？｡।॥])\s?(?=\d)")
# A word of letters that is no abbreviation, before a figure: "ausweichen. 2019 sanken".
VOWEL = "[aeiouyäöüåæøáéíóúőűąęаеиоуыэюя]"
FULL_STOP = re.compile(rf"(?:(?<=[^\W\d_]{{3}}{VOWEL}[^\W\d_]\.)|(?<=[^\W\d_]{{3}}{VOWEL}\.))\s(?=\d)")
OPENING, CLOSING = "“「『（《〈【", "”」』）》〉】"

# Ends of lines within a block. The last one, which is a control in Latin-1, the splitter does not survive.
BREAKS = dict.fromkeys(map(ord, "\n\x85"), " ")

# Characters of a line that is one of a list or of a poem, and not wrapped at a margin.
LINE = 45

# Longer than any sentence that one breath could carry; such text has no punctuation.
LONGEST = 600

# Characters given to the splitter at a time: it takes time that grows with their square.
LOT = 10_000


def sentences(text: str, language: str) -> Iterator[str]:
    """The sentences of a block, stripped, none longer than `LONGEST` characters."""
    spoken_in = primary(language) or "en"
    for line in _lines(text):
        pending = ""
        for piece in _pieces(line.translate(BREAKS), spoken_in):
            if pending and not _goes_on(pending, piece, spoken_in):
                yield from _bounded(pending.strip())
                pending = ""
            pending += piece
        yield from _bounded(pending.strip())


def _lines(text: str) -> Iterator[str]:
    """The lines that say something each, as those of a recipe, of a poem, below a time of day.

    A longer one may only be wrapped, and one that ends in a comma, or before a small letter, goes on.
    """
    begun, *others = text.split("\n")
    last = begun
    for line in others:
        told, following = last.strip(), line.lstrip()[:1]
        if (
            0 < len(told) <= LINE
            and told[-1] not in ",-–—"
            and (following.isupper() or following.isnumeric())
        ):
            yield begun
            begun = line
        else:
            begun += f"\n{line}"
        last = line
    yield begun


def _goes_on(before: str, after: str, language: str) -> bool:
    """Whether the splitter cut where no sentence ends."""
    if ABBREVIATED.search(before):
        return True
    if language == "de":
        return ORDINAL.search(before) is not None
    if language == "en":
        on = after.lstrip()
        timed = TIMED.search(before) is not None and ON.match(on) is not None
        return timed or (on[:1].islower() and CONSONANTS.search(before) is not None)
    begun = SMALL.match(after)
    small = begun is not None and begun[0][-1].islower()
    return (small and SHORTENED.search(before) is not None) or _is_ordinal(before, after, language)


def _is_ordinal(before: str, after: str, language: str) -> bool:
    """Whether the point is that of an ordinal, as in ``23. listopadu`` or ``2026. november 23.``."""
    if POINTED.search(before) is None or not (begun := SMALL.match(after)):
        return False
    words = wording(language)
    return words.speaks(language) and words.calendar.has_pointed_numbers and begun[0][-1].islower()


def _pieces(text: str, language: str) -> Iterator[str]:
    """What the splitter makes of the text, lot by lot; a lot ends with a sentence if it can."""
    at = 0
    while at < len(text):
        end = at + LOT
        if end < len(text):
            cuts = (text.rfind(mark, at, end) for mark in (". ", " "))
            end = next((cut + 1 for cut in cuts if cut >= 0), end)
        for piece in _segmented(language, text[at:end]):
            yield from _at_wide_stops(piece)
        at = end


def _at_wide_stops(piece: str) -> Iterator[str]:
    """The piece, parted where a sentence ends before a figure."""
    begin = 0
    for stop in sorted((*WIDE_STOP.finditer(piece), *FULL_STOP.finditer(piece)), key=re.Match.start):
        before = piece[begin : stop.start()]
        if sum(map(before.count, OPENING)) == sum(map(before.count, CLOSING)):
            yield piece[begin : stop.end()]
            begin = stop.end()
    yield piece[begin:]


def _segmented(language: str, text: str) -> list[str]:
    """What the splitter makes of it; the text whole, where the splitter falls over.

    It is written in Rust and cuts inside a letter of several bytes after some rare controls.
    What it raises then is no `Exception`, has no name that can be imported, and would end
    the run.
    """
    try:
        return list(segment(language, text))
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return [text]


def _bounded(sentence: str) -> Iterator[str]:
    """Cut what is far too long at a comma or a space, in the middle of a word at worst."""
    while len(sentence) > LONGEST:
        cut = max(sentence.rfind(mark, LONGEST // 2, LONGEST) for mark in (", ", "; ", "، ", "、", "，"))
        if cut < 0:
            cut = sentence.rfind(" ", LONGEST // 2, LONGEST)
        if cut < 0:
            cut = LONGEST - 1
        yield sentence[: cut + 1].strip()
        sentence = sentence[cut + 1 :].strip()
    if sentence:
        yield sentence


# A paragraph in several languages, parted where another voice should take over.

# What a sentence may end with, and what may come behind that.
ENDS = frozenset(".!?…:;。！？؟।")
CLOSING = "\"'”’»«›)]】」』 \u00a0\n\t"
OPENING = "\"'“‘«»„‹([【「『 \u00a0\n\t"


def stretches(spans: Spans, language: str) -> list[tuple[Spans, str]]:
    """The run in stretches of one language each, in order, nothing lost.

    Another language is a stretch of its own when it is whole sentences: it begins where a
    sentence may and ends where one does. A foreign phrase within a sentence stays with it.
    """
    runs = [(tuple(run), tag) for tag, run in groupby(spans, key=lambda span: _language(span, language))]
    parted: list[tuple[Spans, str]] = []
    for number, (run, tag) in enumerate(runs):
        before = "".join(span.text for each, _ in runs[:number] for span in each)
        rest = "".join(span.text for each, _ in runs[number + 1 :] for span in each)
        spoken_in = tag if tag == language or _is_whole(before, _text(run), rest) else language
        if parted and parted[-1][1] == spoken_in:
            parted[-1] = ((*parted[-1][0], *run), spoken_in)
        else:
            parted.append((run, spoken_in))
    return parted


def _language(span: Span, language: str) -> str:
    """The span's own language where it is another; punctuation between goes with the text."""
    own = span.language or ""
    return own if is_tag(own) and primary(own) != primary(language) else language


def _text(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def _is_whole(before: str, text: str, after: str) -> bool:
    """Whether a text is whole sentences where it stands."""
    begins = before.rstrip(OPENING)
    ends = text.rstrip(CLOSING)
    return (
        any(map(str.isalnum, text))
        and (not begins or begins[-1] in ENDS)
        and (not any(map(str.isalnum, after)) or (ends != "" and ends[-1] in ENDS))
    )
