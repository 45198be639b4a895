"""What the judge makes of candidates one by one, made to agree with their neighbours."""

from __future__ import annotations

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
# By so much surer must a kicker be.
KICKED = 2000
# What leads to another story is shorter than this, or mostly link.
TEASER = 120
# So many candidates behind a heading are looked at, and a longer one is none.
BEHIND, SHORT = 12, 200


def settled(
    found: Sequence[TextBlock], sums: Mapping[int, int], least: int, rows: Mapping[int, Sequence[float]]
) -> set[int]:
    """The numbers of the candidates that are kept; `rows` is the evidence."""
    sums = {
        at: total
        for at, total in sums.items()
        if not _is_furniture(found[at], rows[at]) and not _is_teaser(at, found)
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
    return kept - {at for at, more in _heads(found, kept) if sums[at] < least + more}


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
        block.linked > 0.95
        and block.element.tag in {"p", "div"}
        and not ({"li", "td", "dd"} & block.place.tags or announced)
    )


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
