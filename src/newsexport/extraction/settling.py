"""What the judge makes of candidates one by one, made to agree with their neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from newsexport.extraction.candidates import TextBlock
from newsexport.extraction.evidence import FEATURES
from newsexport.extraction.measuring import ENDINGS
from newsexport.markup.pictures import is_named_caption

# Sums in thousandths, as of `judging.Judge`. A heading before text that is kept, and what stands between two
# that are kept, is kept by so much less; what stands alone must be surer by so much.
# What stands in a box, short, must be as sure.
EASED, ALONE, STRUCTURAL = 1000, 700, 2500
# A kicker has fewer letters.
KICKER = 40
CLEANED = FEATURES.index("cleaned")
BEGINS_RELATED, HOLDS_BYLINE, WITHIN_AUTHOR, WITHIN_TOPICS, WITHIN_TIME = map(
    FEATURES.index, ("begins_related", "holds_byline", "within_author", "within_topics", "within_time")
)
# How much of the words of its heading the headline has, and so many lines above that are looked at.
HEADLINE, ALL, ABOVE = FEATURES.index("headline"), 0.9, 4
# By so much surer must a kicker be.
KICKED = 2000
# What leads to another story is shorter than this, or mostly link.
TEASER = 120
# So many candidates behind a heading are looked at, and a longer one is none.
BEHIND, SHORT = 12, 200
HOST = re.compile(r"(?:https?://([^/?#]*))?")
# So many letters of text may stand behind a list that ends an article.
TAIL = 400
# The share of letters from which on a block is a link; with signs around it, that of a ticker.
MOSTLY, HALF = 0.9, 0.5


def settled(
    found: Sequence[TextBlock], sums: Mapping[int, int], least: int, rows: Mapping[int, Sequence[float]]
) -> set[int]:
    """The numbers of the candidates that are kept; `rows` is the evidence."""
    sums = {
        at: total
        for at, total in sums.items()
        if not (_is_furniture(found[at], rows[at]) or _is_teaser(at, found) or _is_in_menu(found[at]))
    }
    kept = {at for at, total in sums.items() if total >= least}
    kept -= {at for at in kept if _stands_alone(at, kept, found) and sums[at] < least + ALONE}
    first = min(kept, default=0)
    eased = {at for at, total in sums.items() if total >= least - _ease(found[at], rows[at])}
    kept |= {at for at in eased if at - 1 in kept and at + 1 in kept and not _is_in_box(found[at])}
    kept |= {at for at, block in enumerate(found) if {at - 1, at + 1} & kept and _is_formula(block)}
    for at in range(len(found) - 1, -1, -1):
        if not found[at].heading or len(found[at].text) > SHORT:
            continue
        if not any(behind in kept for behind in range(at + 1, at + 1 + BEHIND)):
            kept.discard(at)
        elif at in eased and at > first:
            kept.add(at)
    kept -= {at for at, more in _heads(found, kept) if sums[at] < least + more}
    kept -= set(_kickers(found, rows))
    return kept - _other_stories(found, kept, rows)


def _stands_alone(at: int, kept: set[int], found: Sequence[TextBlock]) -> bool:
    """Whether it is short and nothing is kept on either side; headings between are not asked."""
    before, after = at - 1, at + 1
    while before >= 0 and found[before].heading:
        before -= 1
    while after < len(found) and found[after].heading:
        after += 1
    return not kept & {before, at - 1, at + 1, after} and len(found[at].text) < 2 * SHORT


def _is_in_box(candidate: TextBlock) -> bool:
    return "aside" in candidate.place.tags and len(candidate.text) < SHORT


def _is_formula(block: TextBlock) -> bool:
    return len(block.text) < SHORT and next(block.element.iter("math"), None) is not None


def _ease(block: TextBlock, row: Sequence[float]) -> int:
    """By how much less what scoring and cleaning leave is kept: most for what holds structure."""
    structural = block.heading or block.element.tag in {"li", "table", "dd", "dt"}
    return STRUCTURAL if structural and row[CLEANED] > 0 else EASED


def _is_teaser(at: int, found: Sequence[TextBlock]) -> bool:
    """Whether it is nothing but a link to elsewhere, and no item of a list and not announced."""
    block = found[at]
    announced = at > 0 and found[at - 1].text.endswith((":", "："))
    return (
        (block.linked > 0.95 or (block.text.startswith("+++") and block.linked > HALF))
        and block.element.tag in {"p", "div"}
        and not ({"li", "td", "dd"} & block.place.tags or announced)
    )


def _is_in_menu(block: TextBlock) -> bool:
    """Whether it is a link of a menu to another page, and not to a part of this one."""
    if "nav" not in block.place.tags or block.linked < MOSTLY:
        return False
    links = [*block.element.iter("a"), *block.element.iterancestors("a")]
    return not any("#" in (link.get("href") or "#") for link in links)


def _other_stories(
    found: Sequence[TextBlock], kept: set[int], rows: Mapping[int, Sequence[float]]
) -> set[int]:
    """A list of nothing but links within the site that ends an article and that its text does not announce.

    Behind it may stand who wrote it, and what else is short. What is longer than half of the text before it
    is what the article is about.
    """
    listed = [at for at in sorted(kept) if "li" in found[at].place.tags]
    items = [at for at in listed if found[at].listing == found[listed[-1]].listing]
    if not items:
        return set()
    first, last = items[0], items[-1]
    prose = {at: len(found[at].text) for at in kept if _is_prose(found[at])}
    before = sum(length for at, length in prose.items() if at < first)
    behind = sum(length for at, length in prose.items() if at > last)
    intro = found[first - 1] if first else None
    related = first - 1 in rows and rows[first - 1][BEGINS_RELATED] > 0
    announced = intro is not None and intro.text.endswith((":", "：")) and not related
    if announced or behind > TAIL or 2 * sum(len(found[at].text) for at in items) > before:
        return set()
    home = _home(found)
    if not all(found[at].linked > MOSTLY and _hosts(found[at]) <= {"", home} for at in items):
        return set()
    heading = {at for at in (first - 1,) if intro and (intro.heading or related)}
    return {*items, *heading}


def _is_prose(block: TextBlock) -> bool:
    return (
        not block.heading
        and "li" not in block.place.tags
        and len(block.text) >= KICKER
        and block.linked < MOSTLY
    )


def _home(found: Sequence[TextBlock]) -> str:
    """The host that most links of a page with a host lead to, if several do."""
    hosts = Counter(host for block in found for host in _hosts(block) if host)
    host, number = next(iter(hosts.most_common(1)), ("", 0))
    return host if number > 2 and 2 * number > hosts.total() else ""


def _hosts(block: TextBlock) -> set[str]:
    """Where the links of a block lead; empty for what stays in the site as it is written."""
    found = (HOST.match(link.get("href") or "") for link in block.element.iter("a"))
    return {(host[1] or "").lower() for host in found if host}


def _heads(found: Sequence[TextBlock], kept: set[int]) -> Iterator[tuple[int, int]]:
    """What is short and no sentence, and headings, before the first paragraph; by how much it must be surer.

    Those are kickers, minutes to read, places and days.
    """
    for at in sorted(kept):
        block = found[at]
        if len(block.text) > SHORT / 2 and block.text.endswith(ENDINGS) and not block.heading:
            return
        if (
            not block.heading
            and not {"li", "dd", "td"} & block.place.tags
            and len(block.text) < SHORT / 2
            and not block.text.endswith((*ENDINGS, ":"))
        ):
            yield at, EASED if len(block.text) > KICKER else KICKED


def _kickers(found: Sequence[TextBlock], rows: Mapping[int, Sequence[float]]) -> Iterator[int]:
    """Lines right above the headline that are no sentences: its section, or what it is about."""
    headings = (at for at, block in enumerate(found) if block.heading == 1 and at in rows)
    at = next((at for at in headings if rows[at][HEADLINE] >= ALL), 0)
    for before in range(at - 1, max(at - 1 - ABOVE, -1), -1):
        block = found[before]
        if len(block.text) > KICKER or block.text.endswith(ENDINGS):
            return
        if not block.heading:
            yield before


def _is_furniture(block: TextBlock, row: Sequence[float]) -> bool:
    """What wording and links, or wording and names, say together: kickers, more stories, authors."""
    if len(block.text) > SHORT or block.heading:
        return False
    if (
        len(block.text) < KICKER
        and min(row[WITHIN_TOPICS], row[WITHIN_TIME]) < 1
        and "li" not in block.place.tags
    ):
        return not block.text.endswith(ENDINGS)
    if is_named_caption(block.element):
        return True
    related = row[BEGINS_RELATED] > 0 and block.linked > (0.1 if len(block.text) < TEASER else 0.3)
    return related or (row[WITHIN_AUTHOR] < 2 and row[HOLDS_BYLINE] > 0)
