"""The same article twice, and the same story in several papers."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from mmap import mmap
from zlib import crc32

from newsexport.model import Article, Block, Twin, plain_blocks
from newsexport.shelf import forget, recalled
from newsexport.text.addresses import is_web, same_story_key, site_of
from newsexport.text.counting import UNSPACED, word_count

# Two texts tell the same when so much of the shorter one stands in the longer, and they
# are of like length. An agency's story that two papers print shares nine tenths of its
# runs of four words even after a local first sentence; two reports on the same event
# hardly one tenth; the daily weather or market report, with other figures, about six.
SAME = 0.75
LIKE_LENGTH = 0.5
RUN = 4
FEWEST = 40  # runs; shorter texts are alike by chance

# Of all runs of a text those are compared whose hash is divisible by this: a sample that
# two texts share as they share the whole (A. Broder, On the resemblance and containment
# of documents, 1997).
SAMPLED = 4

# Texts with one run that are looked at: what more of them share is a phrase.
HOLDERS = 50

# Slots in which runs are counted before it is known which of them come twice.
SLOTS = 1 << 22

# A letter of a script written without spaces, or a word of another.
LETTER_OR_WORD = rf"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern})\w)+"
# What makes another figure of it.
SIGN = r"(?:(?<![\w)])[-\u2212](?=\d))?"


@dataclass(frozen=True, slots=True)
class Merged:
    """The articles that are left, and of each that is not its reference and that of the one kept.

    `folded` has everything that one of them stands for, as it came, after that one.
    """

    articles: tuple[Article, ...]
    same: tuple[tuple[str, str], ...] = ()
    alike: tuple[tuple[str, str], ...] = ()
    folded: tuple[tuple[Article, Article], ...] = ()


def merged(articles: Sequence[Article]) -> Merged:
    """Each article once, the fullest of those that are the same in the place of the first.

    The same are those of one guid or one address. Those that tell the same story in other
    papers are named in `also_in` of the one that is kept.
    """
    groups, same = _grouped(articles)
    fullest = [_fullest(group) for group in groups]
    stories, alike = _alike(fullest)
    kept = tuple(_with_twins([fullest[number] for number in story]) for story in stories)
    came = ([article for number in story for article in groups[number]] for story in stories)
    several = ((one, those) for one, those in zip(kept, came, strict=True) if len(those) > 1)
    return Merged(
        kept, tuple(same), tuple(alike), tuple((one, each) for one, those in several for each in those)
    )


def _identities(article: Article) -> Iterator[str]:
    if article.guid:
        yield f"guid {article.guid}"
    if article.url:
        yield f"url {same_story_key(article.url)}"
    if not article.guid and not article.url:
        yield f"id {article.id}"


def _grouped(articles: Sequence[Article]) -> tuple[list[list[Article]], list[tuple[str, str]]]:
    groups: list[list[Article]] = []
    known: dict[str, int] = {}
    same = []
    for article in articles:
        names = list(_identities(article))
        at = next((known[name] for name in names if name in known), None)
        if at is None:
            at = len(groups)
            groups.append([])
        else:
            same.append((article.reference, groups[at][0].reference))
        groups[at].append(article)
        known |= dict.fromkeys(names, at)
    return groups, same


def _fullest(group: list[Article]) -> Article:
    """The one with most to read, completed by what only the others say; it keeps the first's section."""
    if len(group) == 1:
        return group[0]
    best = max(group, key=lambda article: (not article.partial, word_count(article)))
    for other in group:
        best = replace(
            best,
            title=other.title if is_web(best.title) and other.title else best.title,
            byline=best.byline or other.byline,
            published=best.published or other.published,
            standfirst=best.standfirst or other.standfirst,
            guid=best.guid or other.guid,
            lead=best.lead or (other.lead if not other.media else None),
            tags=tuple(dict.fromkeys((*best.tags, *other.tags))),
        )
    return replace(best, section=group[0].section)


def _alike(articles: list[Article]) -> tuple[list[list[int]], list[tuple[str, str]]]:
    """Groups of articles that tell the same, by their numbers; found by the runs of words they share."""
    holders: dict[int, list[int]] = defaultdict(list)
    samples = [recalled(sampled, article.body) for article in articles]
    again = _again(samples)
    group_of: list[int] = []
    groups: list[list[int]] = []
    alike = []
    for number, article in enumerate(articles):
        shared = [run for run in samples[number] if again[run % SLOTS]]
        likely = _likely(number, shared, samples, holders)
        twin = next((other for other in likely if _tell_the_same(article, articles[other])), None)
        if twin is None:
            group_of.append(len(groups))
            groups.append([number])
        else:
            group_of.append(group_of[twin])
            groups[group_of[twin]].append(number)
            alike.append((article.reference, articles[groups[group_of[twin]][0]].reference))
        for run in shared:
            if len(holders[run]) < HOLDERS:
                holders[run].append(number)
        forget(sampled, article.body)
    return groups, alike


def _again(samples: Iterable[array[int]]) -> mmap:
    """Which slots hold more than one run: only such runs can be shared, and they alone are worth keeping."""
    once, again = mmap(-1, SLOTS), mmap(-1, SLOTS)  # whose pages are there when they are touched
    for sample in samples:
        for run in sample:
            slot = run % SLOTS
            if once[slot]:
                again[slot] = 1
            once[slot] = 1
    return again


def _likely(
    own: int, runs: list[int], samples: Sequence[array[int]], holders: dict[int, list[int]]
) -> Iterator[int]:
    """Earlier articles in much the same words; `runs` are those of its own that others may share."""
    length = len(samples[own])
    if length * SAMPLED < FEWEST:
        return
    shared = Counter(chain.from_iterable(holders[run] for run in runs if run in holders))
    fewest = SAME * LIKE_LENGTH * length  # of any text of like length
    many = [(number, count) for number, count in shared.items() if count >= fewest]
    for number, count in sorted(many, key=lambda pair: (-pair[1], pair[0]))[:3]:
        smaller, larger = sorted((length, len(samples[number])))
        if count >= SAME * smaller and smaller >= LIKE_LENGTH * larger:
            yield number


def _tell_the_same(one: Article, other: Article) -> bool:
    return not _day_apart(one, other) and not _differ_in_figures(one, other)


def _day_apart(one: Article, other: Article) -> bool:
    """Series (the weather, the markets) are much alike from one day to the next."""
    if one.published is None or other.published is None:
        return False
    return abs((one.published - other.published).total_seconds()) > 36 * 3600


def _differ_in_figures(one: Article, other: Article) -> bool:
    """Whether the same words stand around other figures: two results, two reports of the weather or a market.

    A text that is shortened, or has more figures than the other, does not differ by that.
    """
    here, there = _figures(one), _figures(other)
    return any(
        figures - there[place] and there[place] - figures for place, figures in here.items() if place in there
    )


def _figures(article: Article) -> dict[tuple[str, ...], set[str]]:
    """The figures of a text by the two words, or other figures, before and behind each."""
    words, _ = _words(article.body, SIGN)
    bare = ["#" if _is_figure(word) else word for word in ("", "", *words, "", "")]
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for at, word in enumerate(words):
        if _is_figure(word):
            place = (bare[at], bare[at + 1], bare[at + 3], bare[at + 4])
            found[place].add(word.replace("\u2212", "-").lstrip("0") or "0")
    return found


def _is_figure(word: str) -> bool:
    return word.lstrip("-\u2212")[:1].isnumeric()


def _words(body: Iterable[Block], before: str = "") -> tuple[list[str], int]:
    """The words of a text in order, each with what the pattern `before` finds, and how many make a run.

    Where words are written without spaces every letter stands for one, and a run has twice as many.
    """
    text = " ".join(plain_blocks(body)).lower()
    if text.isascii() or not UNSPACED.search(text):
        return re.findall(rf"{before}\w+", text), RUN
    words = re.findall(f"{before}(?:{LETTER_OR_WORD})", text)
    return words, 2 * RUN if 2 * len(UNSPACED.findall(text)) > len(words) else RUN


def sampled(body: tuple[Block, ...]) -> array[int]:
    """What a text is compared by with others: it is best taken where the text is read."""
    words, run = _words(body)
    joined = " ".join(words) + " "
    spaced = joined.encode("utf-8", "replace")
    lengths = (
        map(len, words) if joined.isascii() else (len(word.encode("utf-8", "replace")) for word in words)
    )
    starts = list(accumulate((length + 1 for length in lengths), initial=0))
    # A quick checksum will do: that three quarters of two samples are equal by chance, it does not.
    hashes = map(crc32, map(spaced.__getitem__, map(slice, starts, starts[run:])))
    return array("I", {value // SAMPLED for value in hashes if not value % SAMPLED})


def _with_twins(group: list[Article]) -> Article:
    if len(group) == 1:
        return group[0]
    best = max(group, key=lambda article: (not article.partial, word_count(article)))
    twins = (
        Twin(other.site or site_of(other.url or ""), other.url or "")
        for other in group
        if other is not best and (other.site or other.url)
    )
    return replace(best, section=group[0].section, also_in=best.also_in + tuple(dict.fromkeys(twins)))
