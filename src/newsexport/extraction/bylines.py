"""Who wrote an article, by what a page says and shows: names, without all that is glued to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from newsexport.extraction.json_ld import is_organisation, name_in
from newsexport.extraction.signatures import (
    has_all,
    is_handle,
    is_house,
    marked_in,
    signed,
    signing_below,
    signing_near,
    supposed,
    told_of,
)
from newsexport.extraction.site_names import folded, named
from newsexport.extraction.vicinity import Line, Vicinity
from newsexport.markup import text
from newsexport.text.addresses import is_web
from newsexport.text.people import (
    BY_ALONE,
    MOST_PEOPLE,
    NO_NAME,
    people_in,
)

AUTHORS = ("dc:creator", "dcterms:creator", "author", "parsely-author", "article:author", "sailthru.author",
           "byl", "cxenseparse:author")  # fmt: skip
DUBLIN, MOST_NAMED = 2, 50  # the first two are Dublin Core's, which names one person in each, surname first


def authors_of(
    said: Iterable[Any], meta: Iterable[tuple[str, str]], names: Iterable[str], shown: Callable[[], Vicinity]
) -> tuple[str, ...]:
    """Those who wrote it; `said` is what JSON-LD tells, `meta` every pair of a name and what is said of it.

    People come before the house they write for, and what is said before what is only shown, unless that
    has the same people and more of them.
    """
    known = {named(name) for name in names} - {""}
    about = shown()
    near = told_of(list(about.near()))
    visible = signing_near(near, known)
    houses: list[str] = []
    for people in (_linked(said), _of_meta(list(meta))):
        told = tuple(name for name, house in people.items() if not house and not is_house(name, known))
        houses += (name for name in people if name not in told)
        if told:
            named_better = all(map(is_handle, told)) and any(" " in name for name in visible)
            better = named_better or has_all(visible, told) or _is_signed_by_others(near, told)
            return (visible if better else told)[:MOST_PEOPLE]
    offices = tuple(
        dict.fromkeys(name for name in houses if named(name) not in known and is_house(name, known))
    )
    signing, rest = tuple(name for name in visible if not is_house(name, known)), told_of(list(about.rest()))
    found = signing or _most(signing_below(rest)) or visible or offices
    found = found or _marked_below(rest, known) or supposed(near, _portrayed(about))
    return (found or tuple(dict.fromkeys(houses)))[:MOST_PEOPLE]


def _marked_below(lines: Sequence[Line], known: set[str]) -> tuple[str, ...]:
    """Those who are marked as authors more often than others anywhere; the house where nobody else is."""
    marked = list(filter(None, map(marked_in, lines)))
    others = (tuple(name for name in people if not is_house(name, known)) for people in marked)
    return _most(others) or _most(marked)


def _portrayed(about: Vicinity) -> frozenset[str]:
    """Those who have pictures, but for whom the headline is about."""
    headline = folded(about.lines[about.at].text) if about.at >= 0 else ""
    return frozenset(name for name in about.portrayed if name not in headline)


def _is_signed_by_others(near: Sequence[Line], told: tuple[str, ...]) -> bool:
    """Whether the line below the headline is signed, and those who are `told` are named nowhere near.

    What is told to machines is then whoever put the article on the site.
    """
    signing = signed(near[0]) if near else ()
    shown = folded(" ".join(line.text for line in near))
    return (
        bool(signing)
        and all(" " in name for name in signing)
        and not any(folded(name) in shown for name in told)
    )


def _linked(said: Iterable[Any]) -> dict[str, bool]:
    """The names in JSON-LD, and whether each is no person's."""
    people: dict[str, bool] = {}
    for each in said:
        name = name_in(each)
        if is_organisation(each) and name and not NO_NAME.search(name):
            people.setdefault(name, True)
        else:
            people.update(dict.fromkeys(people_in(name), False))
    return people


def _of_meta(pairs: list[tuple[str, str]]) -> dict[str, bool]:
    cited = [_turned(each) for name, content in pairs if name in {"citation_author", "citation_authors"}
             for each in content.split(";") if each.strip()]  # fmt: skip
    labels = {name.removeprefix("twitter:label") for name, content in pairs
              if name.startswith("twitter:label") and BY_ALONE.match(content)}  # fmt: skip
    marked = [(name, content) for name, content in pairs if name in AUTHORS and not is_web(content)]
    named_by = min(
        (AUTHORS.index(name) for name, content in marked[:MOST_NAMED] if people_in(content)), default=0
    )
    first = [content for name, content in marked[:MOST_NAMED] if name == AUTHORS[named_by]]
    creators = [_turned(content) for content in first if named_by < DUBLIN]
    cited = cited or (creators if len(set(creators)) > 1 else [])
    written = [content for name, content in pairs if name.removeprefix("twitter:data") in labels]
    told = cited or [person for content in (first or written) for person in people_in(content)]
    return dict.fromkeys(told, False)


def _turned(name: str) -> str:
    """``Roy, Aniruddha`` as it is read."""
    last, comma, first = text(name).partition(", ")
    return f"{first} {last}" if comma and "," not in first else text(name)


def _most(told: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Those who are told of more often than anybody else."""
    found = Counter(filter(None, told))
    first, second = (*found.most_common(2), ((), 0), ((), 0))[:2]
    return first[0] if first[1] > second[1] else ()
