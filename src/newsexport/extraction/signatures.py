"""The people who sign an article, in the lines that a page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from urllib.parse import urlsplit

from newsexport.extraction.site_names import folded, named
from newsexport.extraction.vicinity import Line, LinePiece
from newsexport.markup.parsing import Element
from newsexport.text.counting import is_unspaced
from newsexport.text.dates import dates_in
from newsexport.text.people import (
    AND,
    BY,
    BY_ALONE,
    CREDENTIAL,
    LONGEST,
    OFFICE,
    OFFICE_ENDS,
    OFFICED,
    OFFICED_WIDE,
    OTHERS,
    RANK,
    WIDE_OFFICE,
    is_name,
    people_in,
)

MARKS = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z]))"
    r"(?:[Aa]uthor|[Bb]yline|[Ww]riter|[Cc]ontributor|[Aa]utor|[Aa]uteur|[Aa]utore|[Vv]erfasser|p-author)s?"
    r"(?=$|[\s_-]|[A-Z]|name|link|info|meta)|(?:^|\s)fn(?!\sorg\b)(?:$|\s)"
)
# Names of what tells more of an author than the name.
ABOUT = re.compile(
    r"(?i)(?:^|[\W_])(?:bio|description|role|position|job|social|follow|label|excerpt|count)(?:$|[\W_])"
)
PLACE = re.compile(
    r"(?i)/(?:authors?|profiles?|contributors?|writers?|people|person|staff|reporters?|journalists?"
    r"|autor(?:en|es)?|auteurs?|autori?|redaktion|columnists?|by|byline|users?|team|producers?|experts?)/[^/]"
    r"|[?&]author=|/@[\w.-]+/?$"
)
TOPIC = re.compile(r"(?i)/(?:categor(?:y|ies)|topics?|tags?|sections?|archives?|search)\b")
HANDLE = re.compile(r"(?!(?i:mon|tue|wed|thu|fri|sat|sun)\w*$)[^\W\d][\w.-]{2,24}(?: [^\W\d][\w.-]{2,24})?")
ABOUT_AUTHOR = re.compile(
    r"(?i)(?:author|writer|autor|auteur)\w*[-_]*(?:bio|description|role|position|job|title)"
)
# What stands before a name alone, and behind it.
LEADING = re.compile(r"^(?:\W+|(?i:from|with|in|on|at|for|to|the)\s.*)")
RANKED_BEHIND = re.compile(rf"\s*[,|–—-]\s*(?i:(?:(?:{RANK})\.?\s)*(?:{OFFICE})s?)(?:[,|–—-].*)?")
SIGNED = re.compile(r"\d{4}\b.*\b(?:by|von|par|por|door) ([^|•·—–/]+)$")
DEEP, SOON = 3, 4
SHORTEST_LINE = 30  # characters of a script without spaces, for people with their offices
# How many words the name of one person has.
MOST_NAMES = 5
# Where scripts have no spaces, who wrote may be named behind where it came from.
LABELLED = re.compile(
    r"(?:作者|投稿者|執筆者?|筆者|記者|记者|撰文|文|글쓴이|작성자)\s?[:：｜=＝]\s?"
    r"(?P<people>[^:：|｜]+?)(?=\s\S+[:：｜]|\s?[|｜]|$)"
)
# In Korean and Japanese they are what they are behind their names; so is the house before them.
REPORTING = re.compile(
    rf"(?:^|[=\]】\s])(?P<people>[\uac00-\ud7a3]{{2,4}}(?:\s?[·,]\s?[\uac00-\ud7a3]{{2,4}})*\s?{WIDE_OFFICE})(?=$|[\s\]】)=])"
)
# What comes between who reviewed and who wrote.
WRITING = re.compile(r"(?i)\W*(?:(?:written|words)\s)?by\b|\W*author:")
THEN = re.compile(r"(?P<mark>[—–|•·;.-]\s+)(?=(?:[Ww]ritten |[Ww]ords )?[Bb]y\b|[Aa]uthor:)")
# Offices without a name.
NOBODY = re.compile(
    r"(?i)(?:the )?(?:(?:editorial|editors?|marketing|content|web|news|staff|team|desk|newsroom|writers?"
    r"|guest|digital|online|communications?|press|office|media|support|redaktion|rédaction|redacción|redazione|redação"
    r"|redakcja|redactie|blog|writing|research|publishing|admin|contributors?|authors?)(?:$|\s+))+"
)
# What an editorial office is called beside the name of its house.
OFFICES = re.compile(
    r"(?:editorial|editors?|newsroom|staff|desk|team|online|redaktion|redakcja|redactie|redacción|redação"
    r"|redazione|rédaction|la|le|les|el|los|il|o|the|der|die|das|de|del|da|du|di|of|von|社|編集部|編集局|编辑部|記者|记者)*"
)
# What stands above what is told of the author, what that begins with, and what its box is called.
ABOUT_HEADING = re.compile(
    r"(?i)^\W*(?:(?:about|meet) (?:the|our) authors?|about the writer|author bio(?:graphy)?"
    r"|über d(?:en|ie) autor(?:in)?|(?:à propos de l|l)['’]aute(?:ur|rice)|sobre (?:el|la|o|a) autora?"
    r"|sull['’]autor[ei]|over de auteur|o autor(?:ze|ce)|об авторе|om författaren"
    r"|この記事を書いた人|作者简介)\b\W*"
)
TELLS = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){1,3})(?:, [A-Z][A-Za-z.]{1,5})*,?"
    r" (?:is|was|has|writes|works|covers|holds) "
)
BOX = re.compile(r"(?i)(?:^|[\s_-])(?:authors?|bio|biography|byline|contributor|about-author)(?:$|[\s_-])")
ABOUT_SOMEBODY = re.compile(r"About (.+)")
PARTED = re.compile(r"\s+[|•·]\s+")
WRITTEN = re.compile(
    r"(?i)^\W*(?:this \w+ was )?(?:written|authored|verfasst|écrit|escrito|scritto|geschrieben) "
)


def is_house(name: str, known: Iterable[str]) -> bool:
    """Whether a name is that of the site, or of its editorial office."""
    key = named(name)
    if NOBODY.fullmatch(name):
        return True
    return any(
        OFFICES.fullmatch(key, 0, at) and OFFICES.fullmatch(key, at + len(site))
        for site in known
        for at in range(len(key) - len(site) + 1)
        if key.startswith(site, at)
    )


def is_handle(name: str) -> bool:
    """Whether a name is what somebody is called on a site, and nowhere else."""
    return " " not in name and (name.islower() or any(each.isdecimal() for each in name))


def has_all(visible: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Whether those who are shown are at least all that are told of."""
    keys = list(map(folded, visible))
    return bool(told) and all(any(folded(name) in key for key in keys) for name in told)


def signing_near(lines: Sequence[Line], known: set[str]) -> tuple[str, ...]:
    """The people in the first line that says so; or else in the first where a name is beside a date.

    The house, whose names are `known`, is named where nobody else is.
    """
    told = (_labelled(line, following) or marked_in(line) or signed(line)
            for line, following in zip_longest(lines, lines[1:]))  # fmt: skip
    houses: tuple[str, ...] = ()
    for people in filter(None, told):
        others = tuple(name for name in people if not is_house(name, known) and not has_all((name,), houses))
        if others:
            return others
        houses = houses or people
    return houses or _dated_below(lines) or next(filter(None, map(_beside, lines)), ())


def _dated_below(lines: Sequence[Line]) -> tuple[str, ...]:
    """The people in the first line, if that names several and nothing but them, above a line with a date.

    Or below it, if a word joins them: what stands there may be sections, too.
    """
    first, second = (*(line.text for line in lines[:2]), "", "")[:2]
    named = first if dates_in(second) else second if dates_in(first) and AND.search(second) else ""
    people = people_in(named) if len(named) < LONGEST and not dates_in(named) else ()
    whole = all(2 <= len(name.split()) <= 4 and is_name(name) for name in people)
    return people if whole and len(people) > 1 else ()


def told_of(lines: Sequence[Line]) -> list[Line]:
    """The lines without those about who did something else, with label and name in one or in two."""
    lines = [_behind_others(line) for line in lines]
    others = [OTHERS.match(line.text) for line in lines]
    alone = [
        other is not None and other.end() == len(line.text) for other, line in zip(others, lines, strict=True)
    ]
    return [
        line
        for line, other, under in zip(lines, others, [False, *alone], strict=False)
        if not (other or under)
    ]


def _behind_others(line: Line) -> Line:
    """What is left of a line about somebody else who is followed by who wrote: ``Reviewed by … — By …``."""
    if not OTHERS.match(line.text):
        return line
    for number, piece in enumerate(line.pieces):
        start = THEN.search(piece.text, 1 if number == 0 else 0)
        if start or (number and WRITING.match(piece.text)):
            first = LinePiece(piece.text[start.end("mark") if start else 0 :], piece.element)
            return Line.of((first, *line.pieces[number + 1 :]))
    return line


def _labelled(line: Line, following: Line | None) -> tuple[str, ...]:
    """The people in the line below one that says nothing but that who wrote comes next."""
    if not following or not BY_ALONE.match(line.text) or len(following.text) > LONGEST:
        return ()
    if any(TOPIC.search(piece.element.get("href") or "") for piece in following.pieces):
        return ()
    people = people_in(following.text)
    return people if all(is_name(name) and len(name.split()) <= MOST_NAMES for name in people) else ()


def supposed(lines: Sequence[Line], portrayed: frozenset[str]) -> tuple[str, ...]:
    """Whoever stands right below the headline, or is portrayed near it."""
    for number, line in enumerate(lines[:SOON]):
        following = lines[number + 1 : number + 2]
        marked = any(ABOUT_AUTHOR.search(each.element.get("class") or "") for each in following)
        beside = number == 0 and any(_is_of_person(each.text) for each in following)
        people = people_in(line.text)
        learned = number == 0 and people and all(map(_is_credentialed, people))
        if learned or (_is_alone(line) and (marked or beside)):
            return people
    return next(filter(None, (_portrayed(line, portrayed) for line in lines)), ())


def _is_credentialed(person: str) -> bool:
    """Whether somebody is named with a degree: ``Ada Fenn, MD``."""
    name, *credentials = person.split(", ")
    return bool(credentials) and " " in name and is_name(name) and all(map(CREDENTIAL.match, credentials))


def _is_of_person(text: str) -> bool:
    """Whether a line has what stands below the name of somebody who wrote: when, and as what."""
    return len(text) < LONGEST and bool(
        dates_in(text) or OFFICE_ENDS.search(text.partition(",")[0]) or OFFICED.match(text)
    )


def _is_alone(line: Line) -> bool:
    """Whether nothing but a name of two or three words is in it."""
    link = line.element.get("href") or ""
    name, told = LEADING.sub("", line.text), people_in(line.text)
    if len(told) == 1 and name.startswith(told[0]) and RANKED_BEHIND.fullmatch(name[len(told[0]) :]):
        name = told[0]
    return (
        2 <= len(name.split()) <= 3 and is_name(name) and not OFFICED.search(name) and not TOPIC.search(link)
    )


def signed(line: Line) -> tuple[str, ...]:
    """The people in a line that begins with the word for it, or has it as a label."""
    if labelled := LABELLED.search(line.text):
        return people_in(labelled["people"])
    if reporting := REPORTING.search(line.text):
        return people_in(reporting["people"])
    parts = PARTED.split(line.text) if len(line.text) < LONGEST else [line.text]
    told = next((part for part in (line.text, *parts) if BY.match(part)), "")
    people = people_in(told)
    named = tuple(filter(is_name, people))
    whole = named and all(OFFICED.search(each) for each in people if each not in named)
    return named if whole else people if len(people) == 1 and len(told.split()) == 2 else ()


def marked_in(line: Line) -> tuple[str, ...]:
    """The people in the pieces of a line that are marked as naming them."""
    marks = [(_is_linked(piece), _is_mark(piece), piece.text) for piece in line.pieces]
    if not any(linked or marked for linked, marked, _ in marks):
        return ()
    told_of = marks[: len(_before_others(line.pieces))]
    linked = [text for linked, _, text in told_of if linked]
    pieces = [text for _, marked, text in told_of if marked]
    for marked in (linked, pieces):
        told = [each for each in marked if not OFFICED.search(each.strip(" ,").partition(",")[0])] or marked
        people = tuple(dict.fromkeys(person for each in told for person in people_in(each)))
        if len(people) > 1 and all(is_name(person) and " " in person for person in people):
            return people
        if len(people) == 1 and ((" " in people[0] and is_name(people[0])) or _is_handle(people[0], told)):
            return people
    return ()


def _before_others(pieces: Sequence[LinePiece]) -> Sequence[LinePiece]:
    """The pieces before one that is about those who did something else."""
    at = next((number for number, piece in enumerate(pieces) if OTHERS.search(piece.text)), len(pieces))
    return pieces[:at]


def _is_linked(piece: LinePiece) -> bool:
    """Whether it leads to a page about its author; what stands in a link, to a page called by its name."""
    if PLACE.search(piece.element.get("href") or ""):
        return True
    link = next(piece.element.iterancestors("a"), None)
    place = (link.get("href") or "") if link is not None else ""
    return PLACE.search(place) is not None and folded(piece.text) in folded(urlsplit(place).path)


def _is_handle(name: str, told: list[str]) -> bool:
    """Whether what may be the name of a user is all that is said."""
    return HANDLE.fullmatch(name) is not None and {
        BY.sub("", each).strip() for each in told if people_in(each)
    } == {name}


def _is_mark(piece: LinePiece) -> bool:
    above: Element | None = piece.element
    for _ in range(DEEP):
        if above is None or above.tag in {"article", "main", "body"}:
            return False
        if not above.keys():
            above = above.getparent()
            continue
        if TOPIC.search(above.get("href") or ""):
            return False
        if above.get("rel") == "author" or "author" in (above.get("itemprop") or ""):
            return True
        named = f"{above.get('class') or ''} {above.get('id') or ''}"
        if len(named) > 1 and MARKS.search(named):
            return "name" in named.lower() or not ABOUT.search(named)
        above = above.getparent()
    return False


def _beside(line: Line) -> tuple[str, ...]:
    """A name that stands in one line with a date."""
    if len(line.text) > LONGEST or not dates_in(line.text):
        return ()
    for piece in line.pieces:
        parts = re.split(r"\s*[|•·—–/]\s+|\d{4}\W*", piece.text)
        for part in (*parts, piece.text, *SIGNED.findall(piece.text)):
            people = people_in(part)
            if is_unspaced(part) and OFFICED_WIDE.search(part) and len(part) < SHORTEST_LINE:
                return people
            if (
                len(people) == 1
                and 2 <= len(people[0].split()) <= 4
                and is_name(people[0])
                and not (dates_in(part) and part != piece.text)
            ):
                return () if TOPIC.search(piece.element.get("href") or "") else people
    return ()


def _portrayed(line: Line, portrayed: frozenset[str]) -> tuple[str, ...]:
    """A name that is also that of a picture."""
    name = line.pieces[0].text
    return (
        people_in(name) if folded(name) in portrayed and 2 <= len(name.split()) <= 4 and is_name(name) else ()
    )


def _portrait(line: Line, following: Line | None) -> tuple[str, ...]:
    """Whom a line tells more of as the author: below a heading that says so, or in a box called so."""
    below = following.text if following else ""
    if headed := ABOUT_HEADING.match(line.text):
        told = line.text[headed.end() :] or below
    elif about := ABOUT_SOMEBODY.fullmatch(line.text):
        tells = below.startswith(about[1]) and TELLS.match(below) and OFFICED.search(below)
        told = about[1] if tells else ""
    elif tells := TELLS.match(line.text):
        boxes = (line.element, *islice(line.element.iterancestors(), DEEP))
        told = tells["name"] if any(BOX.search(each.get("class") or "") for each in boxes) else ""
    else:
        return ()
    people = people_in(told) if len(told) < LONGEST else ()
    return people if all(is_name(name.partition(",")[0]) and " " in name for name in people) else ()


def signing_below(lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    """The people in the lines anywhere on a page that say that they wrote."""
    for line, following in zip_longest(lines, lines[1:]):
        people = _labelled(line, following)
        if portrait := _portrait(line, following):
            yield portrait
        elif WRITTEN.match(line.text):
            yield people or signed(line)
        elif all(" " in name for name in people):
            yield people
