"""What the judge makes of candidates one by one, made to agree with their neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsexport.extraction.candidates import TextBlock

# Sums in thousandths, as of `judging.Judge`. A heading before text that is kept, and what stands between two
# that are kept, is kept by so much less; what stands alone must be surer by so much.
# What stands in a box, short, must be as sure.
EASED, ALONE = 1000, 700
# So many candidates behind a heading are looked at, and a longer one is none.
BEHIND, SHORT = 12, 200


def settled(found: Sequence[TextBlock], sums: Mapping[int, int], least: int) -> set[int]:
    """The numbers of the candidates that are kept."""
    kept = {at for at, total in sums.items() if total >= least}
    kept -= {at for at in kept if at - 1 not in kept and at + 1 not in kept and sums[at] < least + ALONE}
    first, eased = min(kept, default=0), {at for at, total in sums.items() if total >= least - EASED}
    kept |= {at for at in eased if at - 1 in kept and at + 1 in kept and not _is_in_box(found[at])}
    for at in range(len(found) - 1, -1, -1):
        if not found[at].heading or len(found[at].text) > SHORT:
            continue
        if not any(behind in kept for behind in range(at + 1, at + 1 + BEHIND)):
            kept.discard(at)
        elif at in eased and at > first:
            kept.add(at)
    return kept


def _stands_alone(at: int, kept: set[int], found: Sequence[TextBlock]) -> bool:
    return at - 1 not in kept and at + 1 not in kept and len(found[at].text) < 2 * SHORT


def _is_in_box(candidate: TextBlock) -> bool:
    return "aside" in candidate.place.tags and len(candidate.text) < SHORT
