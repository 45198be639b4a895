"""Why a block of a page is kept or dropped, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsexport.errors import SourceError
from newsexport.extraction.finding import Hearing, kept_of, sums
from newsexport.extraction.judging import judge, probability
from newsexport.extraction.reading import hearing_of, read_page
from newsexport.markup import MarkupError
from newsexport.model import Article, called_notes, figures, plain, plain_blocks
from newsexport.protocols import Continued, Resource
from newsexport.text.boilerplate import is_boilerplate, is_closing

# So many reasons are told.
STRONGEST = 3

# What each piece of evidence is about; where the name goes on, by how it begins.
ABOUT: Mapping[str, str] = {
    "words": "its length", "letters": "its length", "linked": "its links", "links": "its links",
    "strong": "its bold type", "scored": "our own scoring", "cleaned": "our own cleaning",
    "second": "what trafilatura takes", "told": "the article in linked data",
    "asked": "the questions in linked data", "headed": "headings that say the same",
    "ends": "how it ends",
    "colon": "how it ends", "commas": "its commas", "digits": "its digits", "capitals": "its capitals",
    "titled": "its capitals", "dated": "dates in it",
    "bullet": "how it begins", "opens_small": "how it begins",
    "quote": "how it begins", "brackets": "how it begins",
    "headline": "words of the headline",
    "described": "words of the description", "twice": "where else it stands",
    "picture": "pictures beside it",
    "tag": "being {}", "in": "standing in {}", "begins": "beginning like {}", "holds": "words of {}",
    "named": "names such as {}", "within": "names such as {}", "alike": "others of its kind",
    "position": "its place in the page", "from": "its place in the page", "to": "its place in the page",
    "already": "its place in the page", "pieces": "the size of the page", "page": "the size of the page",
    "median": "the length of the others",
}  # fmt: skip
AROUND = "the elements around it"
BESIDE = "its neighbours"


@dataclass(frozen=True, slots=True)
class BlockVerdict:
    """One block of a page: whether it is in the article, how sure that is (0 to 1), and why."""

    text: str
    tag: str
    kept: bool
    probability: float
    why: str


def verdicts(resource: Resource) -> tuple[BlockVerdict, ...]:
    """Of all blocks of a page, in its order. Raises `SourceError` where there is no HTML."""
    try:
        hearing = hearing_of(resource)
    except MarkupError as error:
        raise SourceError(resource.reference, str(error)) from error
    return tuple(_verdicts(hearing, _article_text(resource)))


def _article_text(resource: Resource) -> str | None:
    """All that is in the article in the end, on one line; None where the page is refused."""
    try:
        item = read_page(resource)
    except SourceError:
        return None
    article = item.article if isinstance(item, Continued) else item
    if not isinstance(article, Article):
        return None
    notes = (line for note in called_notes(article) for line in plain_blocks(note.blocks))
    captions = (plain(figure.caption) for figure in figures(article))
    return _bare(" ".join((*plain_blocks(article.body), *notes, *captions)))


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _verdicts(hearing: Hearing, told: str | None) -> Iterator[BlockVerdict]:
    totals, kept, least = sums(hearing), kept_of(hearing), judge().least
    for at, block in enumerate(hearing.candidates):
        total = totals.get(at)
        is_kept, why = at in kept, "it is short, or a link, and far from what anybody takes"
        if total is not None:
            why = _reasons(judge().reasons(hearing.rows[at]), speaking=total >= least)
            if is_kept != (total >= least):
                why = f"{'it stands among' if is_kept else 'it stands apart from'} what is kept; {why}"
        if is_kept and told is not None and _bare(block.text) not in told:
            is_kept, why = False, _rule(block.text)
        yield BlockVerdict(block.text, block.element.tag, is_kept, probability(total or -(10**4)), why)


def _rule(text: str) -> str:
    """By which rule what the judge kept is no part of the article."""
    if is_boilerplate(text) or is_closing(text):
        return "by rule: it is what pages print around articles"
    return "by rule: it repeats headline, byline or date, or belongs elsewhere"


def _reasons(moved: Mapping[str, int], *, speaking: bool) -> str:
    """The strongest that speak for what came out."""
    by_subject: dict[str, int] = {}
    for name, much in moved.items():
        subject = _subject(name)
        by_subject[subject] = by_subject.get(subject, 0) + (much if speaking else -much)
    strongest = sorted(by_subject, key=lambda subject: -by_subject[subject])[:STRONGEST]
    return ", ".join(subject for subject in strongest if by_subject[subject] > 0)


def _subject(name: str) -> str:
    if name.endswith(("-2", "-1", "+1", "+2", "_before", "_behind")) and not name.startswith("picture"):
        return BESIDE
    kind, _, rest = name.partition("_")
    if rest.isdigit() or kind in {"branch", "main", "down", "up", "depth", "taken", "covers", "count"}:
        return AROUND
    return ABOUT.get(name, ABOUT.get(kind, AROUND)).format(rest)
